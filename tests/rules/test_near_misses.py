"""What would open a closed door, by time, acts, answers or decisions, and what never does."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest
from attrs import evolve

from rehabcore.rules.criteria import About, AllOf, AnyOf, Asked, AtLeast, Criterion, ask
from rehabcore.rules.facts import NEVER, Absence, Cell, Fact, Known, Shape, Unknown
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.judging.settling import Claim, settle
from rehabcore.rules.near.corrections import MOST_WAYS, answer_after, corrections
from rehabcore.rules.near.cures import NearKind
from rehabcore.rules.near.near_misses import NearMisses, near_misses, turned
from rehabcore.rules.time.days import OPEN, Span, Term
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import Answer, UnknownKind
from rehabcore.strict.checked import EARLIEST_YEAR, LATEST_YEAR
from tests.kit.builders import NO, UNSAID, YES, day, flag, span
from tests.kit.rule_makers import AGE, DEBT, LEFT, NEEDS, RISK, SANCTIONS

APPROACHING, ONE_STEP = NearKind.APPROACHING, NearKind.ONE_STEP
UNCLEAR, PENDING = NearKind.UNCLEAR, NearKind.PENDING


def by_act(fact: Fact) -> Asked:
    """The fact, asked without parameters, as one that an act can change."""
    return ask(evolve(fact, changed_by=("act",), answered_by=("clerk",)))


CONSENT = by_act(flag("consent"))
BARRED = by_act(evolve(flag("barred"), lasting=True))
CLEARED = ask(evolve(flag("cleared"), absence=Absence.NEEDS_PERSON))
MARRIED = ask(flag("married"))
ASSESSED = by_act(RISK)
ADULT = ask(AGE).at_least(Term(18))
BORN: Timeline[Cell] = Timeline.constant(Known(day("2008-02-29"), evidence=("p",)))
STALE, DISPUTED = Unknown(UnknownKind.STALE), Unknown(UnknownKind.DISPUTED)
A_PERSON = Unknown(UnknownKind.NEEDS_PERSON)
ON = day("2026-02-01")

Told = list[tuple[str, str | None, list[str]]]


def _near(
    rule: Criterion,
    known: Mapping[Asked, Cell | Timeline[Cell]],
    on: str = "2026-02-01",
    **more: Term,
) -> NearMisses:
    lines = {
        asked: cell if isinstance(cell, Timeline) else Timeline.constant(cell)
        for asked, cell in known.items()
    }
    return near_misses(rule, lines.__getitem__, on=day(on), **more)


def _text(until: date | None) -> str | None:
    return until.isoformat() if until is not None else None


def _told(near: NearMisses) -> Told:
    """Each way: its day, until when, and what changes how."""
    return [
        (
            way.day.isoformat(),
            _text(way.until),
            [f"{change.kind}: {change.asked}" for change in way.changes],
        )
        for way in near.ways
    ]


def _sets(rule: Criterion, known: Mapping[Asked, Cell]) -> list[list[str]]:
    """The comparisons of each correction, with a minus before those that must not be met."""
    found = corrections(judge(rule, known.__getitem__, on=ON))
    assert found.complete
    return [
        [
            ("" if demand.wanted is Answer.MET else "-") + str(demand.compare)
            for change in changes
            for demand in change.demands
        ]
        for changes in found.sets
    ]


# --- approaching --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "told"),
    [
        ("2026-02-26", [("2026-02-28", None, [])]),
        ("2026-02-27", [("2026-02-28", None, [])]),
        ("2026-02-28", []),
        ("2026-03-01", []),
    ],
)
def test_a_birthday_approaches_until_the_day_before_it(on: str, told: Told) -> None:
    near = _near(ADULT, {Asked(AGE): BORN}, on)
    assert _told(near) == told
    assert all(way.kinds == (APPROACHING,) for way in near.ways)


def _from(*spans: tuple[str, str | None]) -> Timeline[Cell]:
    claims = [
        Claim(f"r-{number}", Span(day(start), OPEN if end is None else day(end)), True)
        for number, (start, end) in enumerate(spans)
    ]
    return settle(claims, Known(False))


@pytest.mark.parametrize(
    ("married", "told"),
    [
        ([("2020-01-01", None)], [("2026-02-28", None, [])]),
        ([("2020-01-01", "2026-03-01")], [("2026-02-28", "2026-03-01", [])]),
        ([("2020-01-01", "2026-02-28")], []),
        ([("2020-01-01", "2026-02-28"), ("2026-04-01", None)], [("2026-04-01", None, [])]),
        (
            [("2020-01-01", "2026-02-10"), ("2026-02-28", "2026-03-01")],
            [("2026-02-28", "2026-03-01", [])],
        ),
    ],
    ids=[
        "goes on",
        "lapses after",
        "lapses on the day",
        "lapses and comes back",
        "comes back for a day",
    ],
)
def test_a_criterion_that_lapses_before_another_is_cured_keeps_the_door_closed(
    married: list[tuple[str, str | None]], told: Told
) -> None:
    rule = ADULT & MARRIED.is_(True)
    assert _told(_near(rule, {Asked(AGE): BORN, MARRIED: _from(*married)})) == told


def test_what_lapses_meanwhile_and_an_act_can_renew_is_needed_by_the_day() -> None:
    near = _near(
        ADULT & CONSENT.is_(True),
        {Asked(AGE): BORN, CONSENT: _from(("2020-01-01", "2026-02-20"))},
    )
    assert _told(near) == [("2026-02-28", None, ["one_step: consent"])]
    assert near.ways[0].kinds == (APPROACHING, ONE_STEP)


@pytest.mark.parametrize(
    ("on", "reached"),
    [("2026-01-27", False), ("2026-01-28", True), ("2026-01-29", True)],
    ids=["the day before", "first day of the window", "the day after"],
)
def test_a_window_looks_ahead_no_further_than_its_term(on: str, reached: bool) -> None:
    near = _near(ADULT, {Asked(AGE): BORN}, on, lead=Term(months=1))
    assert bool(near.ways) is reached


def test_a_rule_that_is_not_yet_law_approaches_with_its_law() -> None:
    rule = evolve(MARRIED.is_(True), about=About(in_force=span("2026-03-01", "2026-05-01")))
    near = _near(rule, {MARRIED: YES})
    assert _told(near) == [("2026-03-01", "2026-05-01", [])]
    assert turned(near.verdict, near.ways[0].verdict) == (near.ways[0].verdict,)


def test_a_rule_that_is_no_longer_law_is_near_nothing() -> None:
    rule = evolve(CONSENT.is_(True), about=About(in_force=span("2020-01-01", "2026-02-01")))
    assert _near(rule, {CONSENT: NO}).ways == ()
    assert corrections(judge(rule, {CONSENT: NO}.__getitem__, on=ON)).sets == ()


def test_what_turns_by_the_day_is_told() -> None:
    near = _near(
        AllOf((ADULT, MARRIED.is_(True), ~ask(LEFT).at_most(Term(1)))),
        {
            Asked(AGE): BORN,
            MARRIED: Timeline.constant(YES),
            Asked(LEFT): Timeline.constant(Known(day("2030-01-01"))),
        },
    )
    assert [str(leaf.criterion) for leaf in turned(near.verdict, near.ways[0].verdict)] == [
        "age at_least 18 years"
    ]


def test_a_known_bad_value_that_will_be_forgotten_is_no_way() -> None:
    ends = Timeline.of_changes(
        [day("2026-05-01")], lambda on: NO if on < day("2026-05-01") else UNSAID
    )
    for rule in (MARRIED.is_(True), ~MARRIED.is_(False)):
        assert _near(rule, {MARRIED: ends}).ways == ()


def test_a_good_value_that_will_be_stale_by_the_day_has_to_be_found_out_anew() -> None:
    fades = Timeline.of_changes(
        [day("2026-02-10")], lambda on: YES if on < day("2026-02-10") else STALE
    )
    near = _near(ADULT & MARRIED.is_(True), {Asked(AGE): BORN, MARRIED: fades})
    assert _told(near) == [("2026-02-28", None, ["unclear: married"])]


def test_a_way_ends_when_what_it_leaves_open_of_a_changed_fact_begins_to_matter() -> None:
    law = span("2020-01-01", "2026-06-01")
    easier = evolve(ASSESSED.at_least("medium"), about=About(in_force=law))
    rule = AnyOf((easier, ASSESSED.is_("high")))
    near = _near(rule, {ASSESSED: Known("low")})
    assert [
        (
            way.day.isoformat(),
            _text(way.until),
            [str(d.compare) for d in way.changes[0].demands],
        )
        for way in near.ways
    ] == [
        ("2026-02-01", "2026-06-01", ["risk at_least medium"]),
        ("2026-02-01", None, ["risk is high"]),
    ]


# --- one step, unclear, pending -----------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "cell", "kinds"),
    [
        (CONSENT, NO, (ONE_STEP,)),
        (CONSENT, UNSAID, (UNCLEAR,)),
        (CONSENT, A_PERSON, (PENDING,)),
        (MARRIED, NO, None),
        (MARRIED, UNSAID, (UNCLEAR,)),
        (MARRIED, STALE, (UNCLEAR,)),
        (MARRIED, DISPUTED, (UNCLEAR,)),
        (CLEARED, A_PERSON, (PENDING,)),
        (CLEARED, NO, None),
    ],
)
def test_kind_of_a_failing_comparison(
    asked: Asked, cell: Cell, kinds: tuple[NearKind, ...] | None
) -> None:
    for rule in (asked.is_(True), ~asked.is_(False)):
        near = _near(rule, {asked: cell})
        assert [way.kinds for way in near.ways] == ([] if kinds is None else [kinds])
        for way in near.ways:
            assert [change.cell for change in way.changes] == [cell]


def test_a_way_says_which_comparison_has_to_answer_what() -> None:
    [way] = _near(CONSENT.is_(True) & CLEARED.is_(True), {CONSENT: NO, CLEARED: A_PERSON}).ways
    assert way.kinds == (ONE_STEP, PENDING)
    assert [(str(d.compare), d.found, d.wanted) for c in way.changes for d in c.demands] == [
        ("consent is true", Answer.NOT_MET, Answer.MET),
        ("cleared is true", Answer.UNKNOWN, Answer.MET),
    ]
    assert [change.asked.fact.changed_by for change in way.changes] == [("act",), ()]


@pytest.mark.parametrize("other", [UNSAID, STALE, NO, YES], ids=["missing", "stale", "no", "yes"])
def test_one_failing_comparison_that_nothing_cures_closes_every_way(other: Cell) -> None:
    rule = CONSENT.is_(True) & MARRIED.is_(True)
    assert _near(rule, {CONSENT: other, MARRIED: NO}).ways == ()


def test_what_is_met_has_no_way() -> None:
    near = _near(CONSENT.is_(True) | MARRIED.is_(True), {CONSENT: YES, MARRIED: UNSAID})
    assert near.verdict.answer is Answer.MET
    assert near.ways == ()
    assert corrections(near.verdict).sets == ((),)


def test_fewer_changes_come_first_then_earlier_days_then_what_is_known() -> None:
    consent, barred = CONSENT.is_(True), BARRED.is_(True)
    rule = AnyOf(
        (CLEARED.is_(True) & consent, CLEARED.is_(True) & ADULT, MARRIED.is_(True), barred)
    )
    known: dict[Asked, Cell | Timeline[Cell]] = {
        CLEARED: A_PERSON,
        CONSENT: NO,
        Asked(AGE): BORN,
        MARRIED: UNSAID,
        BARRED: NO,
    }
    assert [(day_, changes) for day_, _, changes in _told(_near(rule, known))] == [
        ("2026-02-01", ["one_step: barred"]),
        ("2026-02-01", ["unclear: married"]),
        ("2026-02-28", ["pending: cleared"]),
        ("2026-02-01", ["pending: cleared", "one_step: consent"]),
    ]


# --- the smallest sets --------------------------------------------------------------------

FLAGS = {name: by_act(flag(name)) for name in "abcd"}
A, B, C, D = (asked.is_(True) for asked in FLAGS.values())
ALL_NO: dict[Asked, Cell] = dict.fromkeys(FLAGS.values(), NO)


@pytest.mark.parametrize(
    ("rule", "sets"),
    [
        (A & B, [["a", "b"]]),
        (A | B, [["a"], ["b"]]),
        ((A & B) | C, [["c"], ["a", "b"]]),
        ((A | B) & C, [["a", "c"], ["b", "c"]]),
        (AtLeast(2, (A, B, C)), [["a", "b"], ["a", "c"], ["b", "c"]]),
        (~(A & B), [[]]),
        (A | (A & B), [["a"]]),
        ((A | B) & (A | C), [["a"], ["b", "c"]]),
        (A & ~A, []),
        (A & ~B, [["a"]]),
        (A & (~A | B), [["a", "b"]]),
        ((A | ~A) & B, [["b"]]),
        (AtLeast(2, (A, ~B, C)), [["a"], ["c"]]),
        (A & FLAGS["a"].is_(False), []),
    ],
    ids=str,
)
def test_smallest_sets_of_flags_that_are_all_false(rule: Criterion, sets: list[list[str]]) -> None:
    found = _sets(rule, ALL_NO)
    assert [[text.removesuffix(" is true") for text in one] for one in found] == sets


@pytest.mark.parametrize(
    ("rule", "sets"),
    [
        (~(A | B), [["-a", "-b"]]),
        (~(A & B), [["-a"], ["-b"]]),
        (~AtLeast(2, (A, B, C)), [["-a", "-b"], ["-a", "-c"], ["-b", "-c"]]),
        (~(~A & ~B), [[]]),
        (~(A & ~B), [[]]),
        (~(A | ~B), [["-a"]]),
    ],
    ids=str,
)
def test_smallest_sets_of_flags_that_are_all_true(rule: Criterion, sets: list[list[str]]) -> None:
    found = _sets(rule, dict.fromkeys(FLAGS.values(), YES))
    assert [[text.removesuffix(" is true") for text in one] for one in found] == sets


def test_a_clause_out_of_force_is_left_out() -> None:
    repealed = evolve(D, about=About(in_force=span("2020-01-01", "2026-02-01")))
    for rule in (AllOf((A, repealed)), AtLeast(2, (A, repealed)), AllOf((A, AllOf((repealed,))))):
        assert _sets(rule, ALL_NO) == [["a is true"]]


def test_the_same_comparison_under_another_title_is_one_change() -> None:
    again = evolve(A, about=About(id="again"))
    assert _sets(AllOf((A, again)), ALL_NO) == [["a is true"]]


def test_a_change_that_must_do_less_makes_one_of_the_same_fact_needless() -> None:
    rises = ASSESSED.at_least("medium")
    rule = AnyOf((rises & ~A, rises & ASSESSED.at_most("medium"), A & B))
    assert _sets(rule, {**ALL_NO, ASSESSED: Known("low")}) == [
        ["risk at_least medium"],
        ["a is true", "b is true"],
    ]


def test_a_change_says_what_it_must_not_undo() -> None:
    rule = AllOf((ASSESSED.at_least("medium"), ASSESSED.at_most("medium")))
    [way] = _near(rule, {ASSESSED: Known("low")}).ways
    assert [(str(d.compare), d.found, d.wanted) for d in way.changes[0].demands] == [
        ("risk at_least medium", Answer.NOT_MET, Answer.MET),
        ("risk at_most medium", Answer.MET, Answer.MET),
    ]


def test_too_many_sets_are_not_weighed_and_the_result_says_so() -> None:
    flags = [ask(flag(f"f{number}")).is_(True) for number in range(60)]
    groups = tuple(AnyOf(tuple(flags[start : start + 5])) for start in range(0, 60, 5))
    rule = AllOf(groups)
    near = _near(rule, {leaf.asked: UNSAID for leaf in flags})
    assert not near.complete
    assert 0 < len(near.ways) <= MOST_WAYS + 1
    for way in near.ways:
        assert len(way.changes) == len(groups)
        assert answer_after(near.verdict, way.changes) is Answer.MET


def test_a_choice_that_another_one_makes_needless_is_not_weighed_on() -> None:
    rule = AllOf((A | B | C | D,) * 40)
    assert _sets(rule, ALL_NO) == [[f"{name} is true"] for name in "abcd"]


def test_a_large_group_is_answered_or_given_up_quickly() -> None:
    flags = [ask(flag(f"f{number}")).is_(True) for number in range(200)]
    near = _near(AtLeast(100, tuple(flags)), {leaf.asked: UNSAID for leaf in flags})
    assert not near.complete
    assert {len(way.changes) for way in near.ways} <= {100}


# --- what one fact can come to ------------------------------------------------------------


COUNT, AMOUNT, SET = by_act(SANCTIONS), by_act(DEBT), by_act(NEEDS)
SINCE, UNTIL = by_act(AGE), by_act(LEFT)
NONE_OF_IT = Known(frozenset[str]())
THOUSANDTHS = Decimal("0.001")


@pytest.mark.parametrize(
    ("rule", "asked", "cell", "possible"),
    [
        (ASSESSED.over("high"), ASSESSED, Known("low"), False),
        (ASSESSED.over("medium"), ASSESSED, Known("low"), True),
        (ASSESSED.is_("low") & ASSESSED.is_("high"), ASSESSED, UNSAID, False),
        (COUNT.under(0), COUNT, Known(3), False),
        (COUNT.under(1), COUNT, Known(3), True),
        (COUNT.over(1) & COUNT.under(3), COUNT, Known(0), True),
        (COUNT.over(1) & COUNT.under(2), COUNT, Known(0), False),
        (AMOUNT.over(Decimal(1)) & AMOUNT.under(Decimal(1) + THOUSANDTHS), AMOUNT, UNSAID, True),
        (AMOUNT.over(Decimal(1)) & AMOUNT.at_most(Decimal(1)), AMOUNT, UNSAID, False),
        (AMOUNT.under(Decimal(0)), AMOUNT, Known(Decimal(5)), True),
        (SET.has_all("low", "high"), SET, NONE_OF_IT, True),
        (SET.has_any("low") & ~SET.has_all("low", "high"), SET, NONE_OF_IT, True),
        (SET.has_all("low", "high") & ~SET.has_any("high"), SET, NONE_OF_IT, False),
        (SET.has_all("low", "high") & ~SET.has_all("low", "medium"), SET, NONE_OF_IT, True),
        (SET.has_all("low", "high") & ~SET.has_all("high"), SET, NONE_OF_IT, False),
        (SINCE.at_least(Term(years=200)), SINCE, UNSAID, False),
        (SINCE.at_least(Term(years=18)), SINCE, UNSAID, True),
        (SINCE.at_least(Term(days=1)), SINCE, Known(NEVER), False),
        (SINCE.at_least(Term()), SINCE, Known(NEVER), True),
        (SINCE.under(Term(days=1)), SINCE, Known(day("2020-01-01")), True),
        (SINCE.before(day("2026-02-01")), SINCE, Known(NEVER), False),
        (SINCE.before(day("2026-02-02")), SINCE, Known(NEVER), True),
        (UNTIL.at_most(Term(months=6)), UNTIL, Known(NEVER), True),
        (UNTIL.over(Term(years=100)), UNTIL, Known(day("2026-03-01")), True),
        (UNTIL.over(Term()) & UNTIL.under(Term(days=1)), UNTIL, UNSAID, False),
        (BARRED.is_(False), BARRED, Known(True), False),
        (BARRED.is_(True), BARRED, Known(False), True),
        (BARRED.is_(False), BARRED, UNSAID, True),
        (CONSENT.is_(False), CONSENT, Known(True), True),
    ],
)
def test_only_what_some_value_satisfies_is_offered(
    rule: Criterion, asked: Asked, cell: Cell, possible: bool
) -> None:
    assert bool(_near(rule, {asked: cell}).ways) is possible


def _between(low: object, high: object) -> Unknown:
    return Unknown(UnknownKind.DISPUTED, between=(low, high))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rule", "asked", "cell", "kinds"),
    [
        (COUNT.at_least(3), COUNT, _between(1, 3), (UNCLEAR,)),
        (COUNT.at_least(3), COUNT, _between(1, 2), (ONE_STEP,)),
        (ask(SANCTIONS).at_least(3), Asked(SANCTIONS), _between(1, 2), None),
        (ask(SANCTIONS).at_least(3), Asked(SANCTIONS), _between(1, 9), (UNCLEAR,)),
        (ADULT, Asked(AGE), _between(day("2008-02-01"), NEVER), (UNCLEAR,)),
        (
            ask(AGE).under(Term(18)),
            Asked(AGE),
            _between(day("2000-01-01"), day("2008-02-01")),
            None,
        ),
        (
            ask(AGE).under(Term(18)),
            Asked(AGE),
            _between(day("2000-01-01"), day("2008-02-02")),
            (UNCLEAR,),
        ),
    ],
)
def test_what_is_partly_known_can_turn_out_only_within_its_bounds(
    rule: Criterion, asked: Asked, cell: Cell, kinds: tuple[NearKind, ...] | None
) -> None:
    near = _near(rule, {asked: cell}, lead=Term())
    assert [way.kinds for way in near.ways] == ([] if kinds is None else [kinds])


def test_sets_denied_in_very_many_ways_are_given_up() -> None:
    codes = tuple(f"c{number}" for number in range(24))
    many = ask(Fact(name="many", shape=Shape.SET, about="Codes.", codes=codes))
    pairs = [many.has_all(codes[at], codes[at + 1]) for at in range(0, 24, 2)]
    kept = many.has_all(*codes[0::2])
    assert len(_near(AllOf(tuple(~pair for pair in pairs)), {many: UNSAID}).ways) == 1
    assert _near(AllOf((*(~pair for pair in pairs), kept)), {many: UNSAID}).ways == ()


@pytest.mark.parametrize("year", [EARLIEST_YEAR, LATEST_YEAR])
def test_an_unknown_day_may_turn_out_to_lie_in_any_year_that_is_known(year: int) -> None:
    first, second = date(year, 6, 1), date(year, 6, 2)
    assert len(_near(UNTIL.since(first) & UNTIL.before(second), {UNTIL: UNSAID}).ways) == 1


# --- after a change -----------------------------------------------------------------------


def test_what_a_change_leaves_open_of_its_fact_is_unknown_afterwards() -> None:
    verdict = judge(A & CONSENT.is_(True), {**ALL_NO, CONSENT: YES}.__getitem__, on=ON)
    [changes] = corrections(verdict).sets
    assert answer_after(verdict, changes) is Answer.MET
    assert answer_after(verdict, ()) is Answer.NOT_MET
    other = judge(A & ~FLAGS["a"].is_(False), ALL_NO.__getitem__, on=ON)
    assert answer_after(other, changes) is Answer.UNKNOWN


def test_what_is_no_law_answers_not_met_after_any_change() -> None:
    rule = evolve(A, about=About(in_force=span("2020-01-01", "2021-01-01")))
    [changes] = corrections(judge(A, ALL_NO.__getitem__, on=ON)).sets
    assert answer_after(judge(rule, ALL_NO.__getitem__, on=ON), changes) is Answer.NOT_MET


def test_a_change_is_told_by_what_has_to_change_and_shows_no_value() -> None:
    (way,) = _near(CONSENT.is_(True), {CONSENT: NO}).ways
    assert repr(way.changes) == "(<Change one_step: consent>,)"
