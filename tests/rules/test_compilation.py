"""Rules answered together: what they answer, what they refuse, and that nothing in data runs."""

import pickle
import re
import threading
from collections.abc import Mapping
from copy import copy, deepcopy
from datetime import date
from decimal import Decimal
from itertools import pairwise, product
from typing import Any, cast

import pytest
from attrs import evolve

from rehabcore.rules.criteria import About, AllOf, AnyOf, Asked, AtLeast, Criterion, ask
from rehabcore.rules.facts import NEVER, Cell, Fact, Known, Shape, Unknown
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.quick import clauses, tables
from rehabcore.rules.quick.compilation import FEW, RulesOfDay, compile_rules
from rehabcore.rules.quick.sheets import FactSheet, Layout
from rehabcore.rules.time.days import OPEN, Span, Term
from rehabcore.rules.truth import Answer, UnknownKind
from tests.kit.builders import NO, UNSAID, YES, day, flag
from tests.kit.refusals import problems_of
from tests.kit.rule_makers import AGE, ALONE, DEBT, HOUSING, LEFT, LEVELS, NEEDS, RISK, SANCTIONS

TODAY = day("2026-06-15")
MET, NOT_MET, UNKNOWN = Answer.MET, Answer.NOT_MET, Answer.UNKNOWN

ADULT = ask(AGE).at_least(Term(18))
SOON_OUT = ask(LEFT).at_most(Term(0, 9))
LOW = ask(RISK).at_most("low")
CLEAN = ask(SANCTIONS).at_most(0)
RULES: tuple[Criterion, ...] = (
    ADULT & LOW,
    AnyOf((SOON_OUT, LOW)),
    ~(ADULT & CLEAN),
    AtLeast(2, (ADULT, LOW, CLEAN)),
    AllOf((ask(NEEDS).has_any("low"), ask(HOUSING).in_("low", "high"), ADULT)),
)
SHEET: Mapping[Asked, Cell] = {
    Asked(AGE): Known(day("2008-06-15"), evidence=("p",)),
    Asked(LEFT): Known(NEVER, evidence=("s",)),
    Asked(RISK): Unknown(UnknownKind.STALE, evidence=("r",)),
    Asked(SANCTIONS): Known(0),
    Asked(NEEDS): Known(frozenset({"low", "high"})),
    Asked(HOUSING): Known("medium"),
}


def _rules(*rules: Criterion, on: date = TODAY) -> RulesOfDay:
    return compile_rules(rules).on(on)


def test_answers_are_those_of_judging_one_by_one() -> None:
    rules = _rules(*RULES)
    expected = tuple(judge(rule, SHEET.__getitem__, on=TODAY).answer for rule in RULES)
    assert rules.answers(rules.sheet(SHEET)) == expected
    assert expected == (UNKNOWN, UNKNOWN, NOT_MET, MET, NOT_MET)


def test_at_least_so_many_is_counted_in_generated_code() -> None:
    counts = [ask(SANCTIONS).at_most(0), ask(SANCTIONS).over(1), ask(SANCTIONS).under(3)]
    rules = _rules(AtLeast(2, tuple(counts)), ~AtLeast(2, tuple(counts)))
    for number, expected in ((0, (MET, NOT_MET)), (1, (NOT_MET, MET)), (2, (MET, NOT_MET))):
        assert rules.answers(rules.sheet({Asked(SANCTIONS): Known(number)})) == expected


def test_masks_have_a_bit_for_each_rule() -> None:
    rules = _rules(*RULES)
    assert rules.masks(rules.sheet(SHEET)) == (0b01000, 0b10100)


def test_proof_of_one_rule_is_that_of_judging_it() -> None:
    rules = _rules(*RULES)
    sheet = rules.sheet(SHEET)
    for number, rule in enumerate(RULES):
        proved = judge(rule, SHEET.__getitem__, on=TODAY)
        assert [rules.proof(number, sheet) for _ in ("made", "kept")] == [proved, proved]


def test_open_clauses_are_the_parts_that_fail_or_are_unknown() -> None:
    either = AnyOf((CLEAN, LOW))
    rules = _rules(AllOf((ADULT, LOW, ~CLEAN, either)), ~ADULT, ADULT)
    first, second, third = rules.open_clauses(rules.sheet(SHEET))
    assert (first.not_met, first.unknown) == ((~CLEAN,), (LOW,))
    assert (second.not_met, second.unknown) == ((~ADULT,), ())
    assert (third.not_met, third.unknown) == ((), ())


@pytest.mark.parametrize("number", [7, 8, 9, 15, 16, 17, 40])
def test_open_clauses_of_a_rule_with_many_parts(number: int) -> None:
    failing = tuple(ask(SANCTIONS).at_least(least) for least in range(1, number))
    rules = _rules(AllOf((ADULT, *failing)), ADULT)
    many, none = rules.open_clauses(rules.sheet(SHEET))
    assert many.not_met == failing
    assert none.not_met == ()


def test_clause_that_is_not_law_is_not_open() -> None:
    repealed = evolve(~CLEAN, about=About(in_force=Span(day("2020-01-01"), TODAY)))
    rules = AllOf((ADULT, repealed)), repealed
    before, after = (_rules(*rules, on=on) for on in (day("2026-06-14"), TODAY))
    [first, second] = before.open_clauses(before.sheet(SHEET))
    assert (first.not_met, second.not_met) == ((ADULT, repealed), (repealed,))
    [first, second] = after.open_clauses(after.sheet(SHEET))
    assert (first.not_met, second.not_met) == ((), ())
    assert after.answers(after.sheet(SHEET)) == (MET, NOT_MET)


def test_value_between_two_others_is_decided_where_both_agree() -> None:
    asked = Asked(SANCTIONS)
    rules = _rules(ask(SANCTIONS).at_most(4), ask(SANCTIONS).at_most(3), ask(SANCTIONS).at_most(1))
    between = Unknown(UnknownKind.DISPUTED, between=(2, 4))
    assert rules.answers(rules.sheet({asked: between})) == (MET, UNKNOWN, NOT_MET)


def test_software_with_its_own_records_leaves_out_what_it_does_not_know() -> None:
    rules = _rules(ADULT, LOW)
    sheet = rules.sheet({Asked(AGE): Known(day("1990-01-01"))})
    assert rules.answers(sheet) == (MET, UNKNOWN)
    assert sheet.cells[1] == Unknown(UnknownKind.MISSING)


@pytest.mark.parametrize(
    ("asked", "cell", "code"),
    [
        pytest.param(Asked(AGE), Known(36), "wrong_type", id="years-for-a-birth-date"),
        pytest.param(Asked(AGE), Known("2008-01-01"), "unknown_value", id="text-for-a-day"),
        pytest.param(Asked(SANCTIONS), Known("0"), "unknown_value", id="text-for-a-number"),
        pytest.param(Asked(SANCTIONS), Known(True), "wrong_type", id="flag-for-a-number"),
        pytest.param(Asked(DEBT), Known(5), "wrong_type", id="whole-for-a-decimal"),
        pytest.param(Asked(DEBT), Known(Decimal("NaN")), "wrong_type", id="no-number"),
        pytest.param(Asked(RISK), Known("Low"), "unknown_value", id="another-spelling"),
        pytest.param(Asked(NEEDS), Known("low"), "unknown_value", id="one-for-a-set"),
        pytest.param(Asked(NEEDS), Known(frozenset({"no"})), "wrong_type", id="a-set-of-others"),
        pytest.param(Asked(ALONE), Known(1), "wrong_type", id="number-for-a-flag"),
        pytest.param(Asked(ALONE), cast("Any", Known)(None), "wrong_type", id="nothing-known"),
        pytest.param(Asked(ALONE), True, "wrong_type", id="a-bare-value"),
        pytest.param(
            Asked(AGE), Unknown(UnknownKind.MISSING, between=(1, 2)), "wrong_type", id="bounds"
        ),
    ],
)
def test_value_that_a_fact_cannot_have_is_refused_and_not_shown(
    asked: Asked, cell: Any, code: str
) -> None:
    rules = _rules(*_one_of_each())
    missing = Unknown(UnknownKind.MISSING)
    said: dict[Asked, Any] = {asked: cell}
    assert problems_of(lambda: rules.sheet(said)) == [(code, asked.fact.name)]
    refused = problems_of(lambda: rules.sheet(lambda each: said.get(each, missing)))
    assert refused == [(code, asked.fact.name)]


def test_every_wrong_value_is_told_at_once() -> None:
    rules = _rules(ADULT & LOW & CLEAN)
    wrong: dict[Asked, Cell] = {
        Asked(AGE): Known(3),
        Asked(RISK): Known("x"),
        Asked(SANCTIONS): Known(0),
    }
    assert problems_of(lambda: rules.sheet(wrong)) == [
        ("wrong_type", "age"),
        ("unknown_value", "risk"),
    ]


def _one_of_each() -> tuple[Criterion, ...]:
    return (
        ADULT,
        LOW,
        CLEAN,
        ask(DEBT).over(Decimal(1)),
        ask(NEEDS).has_any("low"),
        ask(ALONE).is_(True),
    )


@pytest.mark.parametrize("number", [-1, 5, "adult", Decimal("sNaN"), 1j, True])
def test_proof_of_a_rule_that_is_not_there_is_refused(number: Any) -> None:
    rules = _rules(*RULES)
    sheet = rules.sheet(SHEET)
    assert problems_of(lambda: rules.proof(number, sheet)) == [("out_of_range", "number")]


# --- many rules ---------------------------------------------------------------------------


def _many() -> tuple[Criterion, ...]:
    """More rules than generated code answers alone, some with parts that tables leave over."""
    plain: tuple[Criterion, ...] = (
        *(ask(SANCTIONS).at_most(number) for number in range(20)),
        *(ask(SANCTIONS).at_least(number) for number in range(20)),
        *(ask(AGE).at_least(Term(years)) for years in range(10, 30)),
        *(ask(AGE).under(Term(years)) for years in range(10, 30)),
        *(ask(DEBT).over(Decimal(number)) for number in range(10)),
        *(~ask(HOUSING).is_(code) for code in LEVELS),
        *(ask(RISK).at_least(code) for code in LEVELS),
        *(ask(NEEDS).has_all(code, "low") for code in LEVELS),
        *(ask(NEEDS).has_any(code) for code in LEVELS),
    )
    mixed = (AllOf((one, AnyOf((LOW, two)), ADULT)) for one, two in pairwise(plain))
    return (*plain, *mixed, AtLeast(2, plain[:4]))


CELLS: Mapping[Fact, tuple[Cell, ...]] = {
    SANCTIONS: (Known(0), Known(7), Known(40), Unknown(UnknownKind.DISPUTED, between=(3, 9))),
    AGE: (
        Known(day("2008-06-15")),
        Known(day("2008-06-16")),
        Known(NEVER),
        Unknown(UnknownKind.MISSING, between=(day("2000-01-01"), day("2006-06-15"))),
    ),
    DEBT: (Known(Decimal("4.50")), Known(Decimal(-3)), Known(Decimal(9))),
    HOUSING: (Known("medium"), Known("high")),
    RISK: (Known("low"), Known("medium"), Known("high")),
    NEEDS: (Known(frozenset()), Known(frozenset({"low", "high"}))),
}


@pytest.mark.parametrize("turn", range(5))
def test_many_rules_are_answered_as_one_by_one(turn: int) -> None:
    many = _many()
    assert len(many) > FEW
    known = {Asked(fact): (*cells, Unknown(UnknownKind.MISSING)) for fact, cells in CELLS.items()}
    sheet = {asked: cells[turn % len(cells)] for asked, cells in known.items()}
    expected = tuple(judge(rule, sheet.__getitem__, on=TODAY).answer for rule in many)
    rules = _rules(*many)
    assert rules.answers(rules.sheet(sheet)) == expected
    assert rules.answers(rules.sheet(sheet)) == expected, "nor when the rows are known"
    few = [_rules(*many[start : start + FEW]) for start in range(0, len(many), FEW)]
    assert sum((part.answers(part.sheet(sheet)) for part in few), ()) == expected


def test_groups_of_which_one_part_is_enough_are_answered_for_every_mixture() -> None:
    a, b, c, d = flags = [ask(flag(name)).is_(True) for name in "abcd"]
    rules = (a | b, c | d, a & (c | d), (a | c) & (b | d), ~(a & b) & (c | ~d))
    many = _rules(*rules * (FEW // len(rules) + 1))
    for cells in product((YES, NO, UNSAID), repeat=len(flags)):
        sheet = dict(zip((leaf.asked for leaf in flags), cells, strict=True))
        expected = tuple(judge(rule, sheet.__getitem__, on=TODAY).answer for rule in rules)
        assert many.answers(many.sheet(sheet))[: len(rules)] == expected


def test_rules_that_are_no_law_are_not_met_among_many() -> None:
    repealed = evolve(ADULT, about=About(in_force=Span(TODAY, OPEN)))
    rules = _rules(repealed, AllOf((repealed,)), *_many(), on=day("2026-06-14"))
    assert rules.answers(rules.sheet(SHEET))[:2] == (NOT_MET, NOT_MET)


# --- what is kept, and refused ------------------------------------------------------------


def test_equal_rules_are_compiled_once() -> None:
    again = ask(AGE).at_least(Term(18)) & ask(RISK).at_most("low")
    assert compile_rules((again,)) is compile_rules((ADULT & LOW,))
    assert compile_rules((again,)).on(TODAY) is compile_rules((ADULT & LOW,)).on(TODAY)


def test_equal_rules_that_are_written_otherwise_stay_as_they_are_written() -> None:
    for amount in ("12.50", "12.5", "12.50"):
        rule = ask(DEBT).at_most(Decimal(amount))
        assert str(compile_rules((rule,)).rules[0]) == f"debt at_most {amount}"


@pytest.mark.parametrize("again", [copy, deepcopy, lambda one: pickle.loads(pickle.dumps(one))])
def test_rules_days_and_sheets_are_copied_and_sent_to_other_processes(again: Any) -> None:
    rules = _rules(*_one_of_each())
    sheet = rules.sheet(SHEET)
    assert again(compile_rules(rules.rules)) is compile_rules(rules.rules)
    assert again(rules).answers(again(sheet)) == rules.answers(sheet)
    assert again(sheet) == sheet


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(_rules(ADULT, CLEAN).sheet(SHEET), id="other-facts"),
        pytest.param(_rules(ADULT, LOW, on=day("2026-06-14")).sheet(SHEET), id="earlier-day"),
        pytest.param(_rules(ADULT, LOW, on=day("2026-06-16")).sheet(SHEET), id="later-day"),
    ],
)
def test_sheet_of_another_day_or_layout_is_refused(other: FactSheet) -> None:
    rules = _rules(ADULT, LOW)
    refused = [("out_of_range", "sheet")]
    assert problems_of(lambda: rules.answers(other)) == refused
    assert problems_of(lambda: rules.open_clauses(other)) == refused
    assert problems_of(lambda: rules.proof(0, other)) == refused


def test_sheet_that_was_made_apart_is_accepted_if_it_is_equal() -> None:
    apart = Layout((Asked(AGE), Asked(RISK))).sheet(SHEET, day("2026-06-15"))
    assert _rules(ADULT, LOW).answers(apart) == (MET, UNKNOWN)


def test_threads_that_compile_the_same_rules_at_once_agree() -> None:
    answers = []
    rules = tuple(AllOf((ADULT, ask(SANCTIONS).at_most(number))) for number in range(60))

    def work() -> None:
        of_day = compile_rules(rules).on(day("2026-06-17"))
        answers.append(of_day.answers(of_day.sheet(SHEET)))

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [(MET,) * 60] * 8


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clauses, "MOST_WAYS_TO_FAIL", 0)
    monkeypatch.setattr(tables, "MOST_ROWS", 0)
    rules = _rules(*_many(), on=day("2026-06-18"))
    sheet = rules.sheet(SHEET)
    first = rules.open_clauses(sheet), rules.answers(sheet)
    assert (rules.open_clauses(sheet), rules.answers(sheet)) == first


# --- the source ---------------------------------------------------------------------------

HOSTILE = (
    "__import__('os').system('true')",
    "x\nraise SystemExit",
    "c0)] or exit() #",
    '"""',
    "\\N{BULLET}\u2028exit()",
)


SOURCE_WORDS = {"def", "make", "answer", "met", "not_met", "bits", "return", "if", "not", "in"}


def test_nothing_of_a_rule_stands_in_the_source_that_is_run() -> None:
    rules = [
        ask(Fact(name=text, shape=Shape.CHOICE, about=text, codes=(text, "b", "c"))).in_(text, "b")
        for text in HOSTILE
    ]
    for many in (1, FEW):
        of_day = _rules(*rules * many)
        listing = of_day.source()
        code = [line for line in listing.splitlines() if not line.startswith("# ")]
        words = set(re.findall(r"[^\W\d]\w*", "\n".join(code)))
        assert words <= SOURCE_WORDS | {word for word in words if re.fullmatch(r"[vlhc]\d+", word)}
        cells = {rule.asked: Known(text) for rule, text in zip(rules, HOSTILE, strict=True)}
        assert set(of_day.answers(of_day.sheet(cells))) == {MET}


def test_source_can_be_read_with_what_its_variables_stand_for() -> None:
    assert _rules(ADULT & LOW).source() == (
        "# l0, h0: 'age'\n"
        "# v1: 'risk'\n"
        "# c0: 'age at_least 18 years'\n"
        "# c1, c2: 'risk at_most low'\n"
        "def make(c0, c1, c2):\n"
        "    def answer(l0, h0, v1):\n"
        "        met, not_met = 0, (1 << 1) - 1\n"
        "        if not (v1 not in c2 or l0 > c0):\n"
        "            not_met ^= 1 << 0\n"
        "            if (v1 in c1 and h0 <= c0):\n"
        "                met ^= 1 << 0\n"
        "        return met, not_met\n"
        "    return answer\n"
    )


def test_what_several_rules_ask_is_asked_once_whatever_they_call_it() -> None:
    named = [
        evolve(LOW, about=About(id=name)) & other for name, other in (("a", ADULT), ("b", CLEAN))
    ]
    source = _rules(*named).source()
    assert source.count("'risk at_most low'") == 1
    assert source.count("v0 not in") == 1


def test_comparisons_that_come_to_the_same_are_asked_once() -> None:
    source = _rules(LOW & ADULT, ask(RISK).is_("low") & CLEAN).source()
    assert source.count("v0 not in") == 1
    assert "risk is low" not in source
