"""Judging: Kleene's tables on criteria, law out of force, and what a verdict rests on."""

from collections.abc import Mapping
from datetime import date
from itertools import product
from typing import Any

import pytest
from attrs import evolve

from rehabcore.rules.criteria import About, AllOf, AnyOf, AtLeast, Criterion, Not, ask
from rehabcore.rules.facts import Absence, Assumption, Cell, Fact, Known, Shape, Unknown
from rehabcore.rules.judging.cells import Cells
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.judging.verdicts import Verdict, is_draft
from rehabcore.rules.sources import Citation, Status
from rehabcore.rules.time.days import OPEN, End
from rehabcore.rules.truth import Answer, UnknownKind
from tests.kit.builders import day, flag, span

T, F, U = Answer.MET, Answer.NOT_MET, Answer.UNKNOWN
ON = day("2026-06-15")
A, B, C, D = (ask(flag(name)).is_(True) for name in "abcd")
PAST, NOW, LATER = (
    span("2020-01-01", "2025-01-01"),
    span("2025-01-01", "2027-01-01"),
    span("2027-01-01"),
)
CELLS: Mapping[Answer, Cell] = {T: Known(True), F: Known(False), U: Unknown(UnknownKind.MISSING)}


def _during(criterion: Any, validity: Any) -> Any:
    return evolve(criterion, about=evolve(criterion.about, in_force=validity))


def _cells(known: Mapping[str, Answer | Cell]) -> Cells:
    cells = {
        name: CELLS[said] if isinstance(said, Answer) else said for name, said in known.items()
    }
    return lambda asked: cells[asked.fact.name]


def _judge(criterion: Criterion, on: date = ON, **known: Answer | Cell) -> Verdict:
    return judge(criterion, _cells(known), on=on)


def _names(verdicts: tuple[Verdict, ...]) -> str:
    return " ".join(str(verdict.criterion).removesuffix(" is true") for verdict in verdicts)


# --- Kleene's tables ----------------------------------------------------------------------


@pytest.mark.parametrize("answer", Answer)
def test_comparison_answers_by_its_cell(answer: Answer) -> None:
    verdict = _judge(A, a=answer)
    assert verdict == Verdict(answer=answer, criterion=A, on=ON, cell=CELLS[answer])


@pytest.mark.parametrize(("answer", "expected"), [(T, F), (F, T), (U, U)], ids=str)
def test_not(answer: Answer, expected: Answer) -> None:
    assert _judge(~A, a=answer).answer is expected


ALL = {(T, T): T, (T, F): F, (T, U): U, (F, F): F, (F, U): F, (U, U): U}
ANY = {(T, T): T, (T, F): T, (T, U): T, (F, F): F, (F, U): U, (U, U): U}


@pytest.mark.parametrize(("group", "table"), [(AllOf, ALL), (AnyOf, ANY)], ids=["all", "any"])
def test_all_and_any(group: Any, table: Mapping[tuple[Answer, Answer], Answer]) -> None:
    for (left, right), expected in table.items():
        assert _judge(group((A, B)), a=left, b=right).answer is expected
        assert _judge(group((A, B)), a=right, b=left).answer is expected


@pytest.mark.parametrize("count", [1, 2, 3])
def test_at_least_k_of_three(count: int) -> None:
    for answers in product(Answer, repeat=3):
        met, unknown = answers.count(T), answers.count(U)
        expected = T if met >= count else F if met + unknown < count else U
        a, b, c = answers
        assert _judge(AtLeast(count, (A, B, C)), a=a, b=b, c=c).answer is expected


def test_proof_mirrors_the_rule() -> None:
    rule = AllOf((A, Not(AnyOf((B, C)))))
    verdict = _judge(rule, a=T, b=F, c=U)
    first, second = verdict.children
    assert (first.criterion, second.criterion) == rule.parts
    assert [child.answer for child in second.children[0].children] == [F, U]
    assert verdict.on == second.children[0].children[1].on == ON
    assert verdict.cell is None
    assert first.children == ()


# --- law and its validity -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("end", "on", "in_force"),
    [
        pytest.param("2025-01-01", "2019-12-31", False, id="day-before-the-start"),
        pytest.param("2025-01-01", "2020-01-01", True, id="start"),
        pytest.param("2025-01-01", "2024-12-31", True, id="last-inclusive-day"),
        pytest.param("2025-01-01", "2025-01-01", False, id="day-after-the-last"),
        pytest.param(OPEN, "2019-12-31", False, id="before-an-open-validity"),
        pytest.param(OPEN, "2199-12-31", True, id="open-validity-goes-on"),
    ],
)
@pytest.mark.parametrize("rule", [A, AllOf((A,)), ~~A], ids=["comparison", "group", "not"])
def test_whole_rule_out_of_force_is_never_met(
    rule: Criterion, end: str | End, on: str, in_force: bool
) -> None:
    verdict = _judge(_during(rule, span("2020-01-01", end)), day(on), a=T)
    assert verdict.in_force is in_force
    assert verdict.answer is (T if in_force else F)


@pytest.mark.parametrize("answer", Answer)
@pytest.mark.parametrize("rule", [A, ~A, A & A, A | A, AtLeast(1, (A,))], ids=str)
def test_rule_out_of_force_grants_nothing_whatever_is_known(
    rule: Criterion, answer: Answer
) -> None:
    verdict = _judge(_during(rule, PAST), a=answer)
    assert (verdict.answer, verdict.in_force) == (F, False)


def test_clause_out_of_force_stays_visible_with_what_is_known() -> None:
    verdict = _judge(A & _during(B, PAST), a=T, b=F)
    left_out = verdict.children[1]
    assert (left_out.in_force, left_out.cell, left_out.answer) == (False, CELLS[F], F)


OLD = _during(B, PAST)


@pytest.mark.parametrize(
    ("rule", "known", "expected"),
    [
        pytest.param(A & OLD, (T, F), T, id="repealed-requirement-burdens-nobody"),
        pytest.param(A & OLD, (T, U), T, id="nor-does-what-is-not-known-of-it"),
        pytest.param(A & OLD, (F, T), F, id="repealed-requirement-helps-nobody"),
        pytest.param(A | OLD, (F, T), F, id="repealed-alternative-helps-nobody"),
        pytest.param(A | OLD, (U, T), U, id="repealed-alternative-decides-nothing"),
        pytest.param(A | OLD, (T, F), T, id="the-other-alternative-serves"),
        pytest.param(A & ~OLD, (T, T), T, id="not-of-a-repealed-clause-is-left-out"),
        pytest.param(A | ~OLD, (F, F), F, id="not-of-a-repealed-clause-grants-nothing"),
        pytest.param(A & AllOf((OLD,)), (T, F), T, id="group-of-repealed-clauses-is-left-out"),
        pytest.param(A | AnyOf((OLD, OLD)), (F, T), F, id="and-grants-nothing"),
        pytest.param(~(A & OLD), (T, F), F, id="left-out-before-the-not"),
        pytest.param(AtLeast(2, (A, OLD)), (T, F), T, id="two-of-the-one-in-force"),
        pytest.param(AtLeast(2, (A, OLD)), (F, T), F, id="two-of-the-one-in-force-not-met"),
        pytest.param(AtLeast(1, (A, OLD)), (F, T), F, id="one-of-the-one-in-force"),
    ],
)
def test_clause_out_of_force_is_left_out_of_its_group(
    rule: Criterion, known: tuple[Answer, Answer], expected: Answer
) -> None:
    a, b = known
    verdict = _judge(rule, a=a, b=b)
    assert (verdict.answer, verdict.in_force) == (expected, True)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        pytest.param((T, T), T, id="both"),
        pytest.param((T, F), F, id="one"),
        pytest.param((T, U), U, id="one-and-unknown"),
    ],
)
def test_two_of_three_with_one_repealed_needs_both_that_are_left(
    answers: tuple[Answer, Answer], expected: Answer
) -> None:
    rule = AtLeast(2, (A, OLD, C))
    assert _judge(rule, a=answers[0], b=T, c=answers[1]).answer is expected


@pytest.mark.parametrize(
    "rule",
    [
        pytest.param(AllOf((OLD, OLD)), id="all"),
        pytest.param(AnyOf((OLD,)), id="any"),
        pytest.param(Not(OLD), id="not"),
        pytest.param(AtLeast(1, (OLD, _during(A, LATER))), id="at-least"),
        pytest.param(AllOf((AnyOf((OLD,)), ~~OLD)), id="groups-of-groups"),
    ],
)
@pytest.mark.parametrize("answer", Answer)
def test_group_with_no_part_in_force_is_itself_out(rule: Criterion, answer: Answer) -> None:
    verdict = _judge(rule, a=answer, b=answer)
    assert (verdict.answer, verdict.in_force) == (F, False)


def test_version_in_force_on_the_day_is_the_one_that_counts() -> None:
    versions = AnyOf((_during(A, PAST), _during(B, NOW), _during(C, LATER)))
    known: dict[str, Answer | Cell] = {"a": T, "b": F, "c": T}
    for on, expected in (
        ("2024-12-31", T),
        ("2025-01-01", F),
        ("2026-12-31", F),
        ("2027-01-01", T),
    ):
        assert _judge(versions, day(on), **known).answer is expected


# --- reasons, missing, evidence, assumptions ----------------------------------------------


@pytest.mark.parametrize(
    ("rule", "answers", "reasons", "missing"),
    [
        pytest.param(A, "T", "a", "", id="comparison-met"),
        pytest.param(A, "F", "a", "", id="comparison-not-met"),
        pytest.param(A, "U", "a", "a", id="comparison-unknown"),
        pytest.param(A & B & C, "TTT", "a b c", "", id="all-met-rests-on-all"),
        pytest.param(AllOf((A, B, C)), "TFF", "b c", "", id="all-not-met-lists-every-failure"),
        pytest.param(AllOf((A, B, C)), "FTU", "a", "", id="a-failure-decides-over-the-unknown"),
        pytest.param(AllOf((A, B, C)), "TUU", "a b c", "b c", id="all-unknown-lists-every-unknown"),
        pytest.param(AnyOf((A, B, C)), "TFT", "a c", "", id="any-met-rests-on-what-is-met"),
        pytest.param(AnyOf((A, B, C)), "TUF", "a", "", id="any-met-needs-nothing-else"),
        pytest.param(AnyOf((A, B, C)), "FFF", "a b c", "", id="any-not-met-lists-every-failure"),
        pytest.param(AnyOf((A, B, C)), "FUU", "a b c", "b c", id="any-unknown-lists-every-unknown"),
        pytest.param(~A, "T", "a", "", id="not-of-met"),
        pytest.param(~A, "U", "a", "a", id="not-of-unknown"),
        pytest.param(~(A & B), "TT", "a b", "", id="not-of-all-met"),
        pytest.param(~(A & B), "TF", "b", "", id="not-of-all-not-met"),
        pytest.param(~(A | B), "TF", "a", "", id="not-of-any-met"),
        pytest.param(AtLeast(2, (A, B, C)), "TTF", "a b", "", id="two-met"),
        pytest.param(AtLeast(2, (A, B, C)), "TTU", "a b", "", id="two-met-and-unknown"),
        pytest.param(AtLeast(2, (A, B, C)), "TFF", "b c", "", id="two-cannot-be-met"),
        pytest.param(AtLeast(2, (A, B, C)), "UFF", "b c", "", id="even-the-unknown-would-not-do"),
        pytest.param(AtLeast(2, (A, B, C)), "TUF", "a b c", "b", id="one-more-would-do"),
        pytest.param((A & B) | C, "UFU", "b c", "c", id="what-is-decided-asks-for-nothing"),
        pytest.param((A | B) & C, "UTU", "b c", "c", id="nor-does-what-is-met"),
        pytest.param((A & B) | C, "UTF", "a b c", "a", id="unknown-inside-a-branch"),
        pytest.param((A & B) | (C & D), "TTFT", "a b", "", id="only-the-branch-that-is-met"),
        pytest.param((A & B) | (C & D), "TFFU", "b c", "", id="failures-of-every-branch"),
        pytest.param(A & OLD, "TF", "a", "", id="clause-out-of-force-is-no-reason"),
        pytest.param(A & OLD, "UU", "a", "a", id="clause-out-of-force-is-not-missing"),
        pytest.param(~OLD & A, "TU", "a", "", id="nor-below-a-not"),
        pytest.param(_during(A & B, PAST), "FU", "", "", id="rule-out-of-force-rests-on-its-dates"),
        pytest.param(_during(A, PAST), "U", "", "", id="comparison-out-of-force"),
        pytest.param(_during(~A, PAST), "T", "", "", id="not-out-of-force"),
        pytest.param(AllOf((OLD,)), "TF", "", "", id="group-with-no-part-in-force"),
    ],
)
def test_answer_says_what_it_rests_on_and_what_is_missing(
    rule: Criterion, answers: str, reasons: str, missing: str
) -> None:
    letters = {"T": T, "F": F, "U": U}
    a, b, c, d = (letters[letter] for letter in answers.ljust(4, "U"))
    verdict = _judge(rule, a=a, b=b, c=c, d=d)
    assert _names(verdict.reasons()) == reasons
    assert _names(verdict.missing()) == missing


@pytest.mark.parametrize(
    ("group", "known", "counts"),
    [
        pytest.param(AnyOf((A, B, _during(C, PAST))), (T, F, T), [True, False, False], id="met"),
        pytest.param(AllOf((A, B, _during(C, PAST))), (T, F, F), [False, True, False], id="not"),
        pytest.param(AllOf((A, B, _during(C, PAST))), (T, U, U), [True, True, False], id="unknown"),
    ],
)
def test_part_of_a_group_counts_if_the_answer_rests_on_it(
    group: Criterion, known: tuple[Answer, Answer, Answer], counts: list[bool]
) -> None:
    a, b, c = known
    verdict = _judge(group, a=a, b=b, c=c)
    assert [child in verdict.counting for child in verdict.children] == counts


def test_what_a_verdict_lists_can_be_read_more_than_once() -> None:
    verdict = _judge(~A & B, a=NONE_ON_FILE, b=U)
    assumed, unknown = verdict.children[0].children[0], verdict.children[1]
    assert verdict.reasons() == verdict.drafts() == (assumed, unknown)
    assert verdict.missing() == (unknown,)
    assert verdict.assumptions() == ((ask(flag("a")), Assumption.NONE_ON_FILE),)


def test_unknown_kinds_are_those_of_what_is_missing() -> None:
    stale, disputed = Unknown(UnknownKind.STALE), Unknown(UnknownKind.DISPUTED)
    judged = Unknown(UnknownKind.NEEDS_PERSON)
    verdict = _judge(A & (B | C) & D, a=stale, b=T, c=disputed, d=judged)
    assert verdict.unknown_kinds() == {UnknownKind.STALE, UnknownKind.NEEDS_PERSON}
    assert _judge(A & B, a=stale, b=F).unknown_kinds() == frozenset()


def test_evidence_is_that_of_the_reasons_each_once_in_order_of_first_use() -> None:
    first, second = Known(False, evidence=("r-2", "r-1")), Known(False, evidence=("r-1", "r-3"))
    met = Known(True, evidence=("r-9",))
    assert _judge(AllOf((A, B, C)), a=first, b=met, c=second).evidence() == ("r-2", "r-1", "r-3")
    disputed = Unknown(UnknownKind.DISPUTED, evidence=("r-4", "r-5"))
    assert _judge(B & A, a=disputed, b=met).evidence() == ("r-9", "r-4", "r-5")


NONE_ON_FILE = Known(False, assumption=Assumption.NONE_ON_FILE)


@pytest.mark.parametrize(
    ("rule", "known", "assumed"),
    [
        pytest.param(~A, {"a": NONE_ON_FILE}, "a", id="a-pass-that-rests-on-it"),
        pytest.param(A & B, {"a": NONE_ON_FILE, "b": T}, "a", id="a-refusal-that-rests-on-it"),
        pytest.param(A & B, {"a": NONE_ON_FILE, "b": NONE_ON_FILE}, "a b", id="two"),
        pytest.param(A | B, {"a": NONE_ON_FILE, "b": T}, "", id="not-what-decided-nothing"),
        pytest.param(A | B, {"a": NONE_ON_FILE, "b": U}, "a", id="what-keeps-it-undecided"),
        pytest.param(A, {"a": F}, "", id="a-record-is-no-assumption"),
        pytest.param(_during(A, PAST), {"a": NONE_ON_FILE}, "", id="not-out-of-force"),
    ],
)
def test_every_default_that_the_answer_rests_on_is_listed(
    rule: Criterion, known: dict[str, Answer | Cell], assumed: str
) -> None:
    listed = judge(rule, _cells(known), on=ON).assumptions()
    assert [str(asked) for asked, _ in listed] == assumed.split()
    assert {assumption for _, assumption in listed} <= {Assumption.NONE_ON_FILE}


def test_default_that_a_rule_asks_twice_is_listed_once() -> None:
    twice = _judge(~A & ~~~A, a=NONE_ON_FILE)
    assert [str(asked) for asked, _ in twice.assumptions()] == ["a"]


def test_without_the_default_the_node_is_unknown() -> None:
    barred = Fact(name="barred", shape=Shape.FLAG, about="Barred.", absence=Absence.NONE)
    for fact, expected in ((barred, T), (evolve(barred, absence=Absence.UNKNOWN), U)):
        rule = ask(fact).is_(False)
        assert judge(rule, lambda asked: asked.fact.absent(), on=ON).answer is expected


# --- drafts -------------------------------------------------------------------------------

CITED = About(cite=(Citation("xx-act"),))


@pytest.mark.parametrize(
    ("criterion", "draft"),
    [
        pytest.param(A, True, id="comparison-without-a-citation"),
        pytest.param(evolve(A, about=CITED), False, id="comparison-with-a-citation"),
        pytest.param(evolve(A, about=About(status=Status.REVIEWED)), False, id="reviewed"),
        pytest.param(evolve(A, about=evolve(CITED, status=Status.DRAFT)), True, id="cited-draft"),
        pytest.param(A & B, False, id="group-states-nothing-of-its-own"),
        pytest.param(evolve(A & B, about=About(status=Status.DRAFT)), True, id="draft-group"),
        pytest.param(evolve(~A, about=About(status=Status.REVIEWED)), False, id="reviewed-group"),
    ],
)
def test_draft_is_what_no_reviewed_source_is_cited_for(criterion: Criterion, draft: bool) -> None:
    assert is_draft(criterion) is draft


REVIEWED_A, REVIEWED_B = (evolve(part, about=CITED) for part in (A, B))
DRAFT_GROUP = AllOf((REVIEWED_A, REVIEWED_B), about=About(id="group", status=Status.DRAFT))


@pytest.mark.parametrize(
    ("rule", "answers", "drafts"),
    [
        pytest.param(REVIEWED_A, "T", [], id="none"),
        pytest.param(A, "F", ["a is true"], id="draft-comparison"),
        pytest.param(REVIEWED_A & B, "TT", ["b is true"], id="one-part"),
        pytest.param(REVIEWED_A | B, "TF", [], id="part-that-decided-nothing"),
        pytest.param(REVIEWED_A & B, "FT", [], id="part-that-is-met-in-a-refusal"),
        pytest.param(DRAFT_GROUP, "TT", [str(DRAFT_GROUP)], id="draft-group"),
        pytest.param(REVIEWED_A | ~DRAFT_GROUP, "TT", [], id="draft-group-that-decided-nothing"),
        pytest.param(~DRAFT_GROUP, "TF", [str(DRAFT_GROUP)], id="draft-group-below-a-not"),
        pytest.param(_during(A, PAST), "T", ["a is true"], id="dates-of-a-draft-are-draft"),
        pytest.param(_during(A & B, PAST), "TT", [], id="parts-of-a-rule-out-of-force"),
        pytest.param(
            REVIEWED_A & _during(B, PAST), "TF", ["b is true"], id="clause-that-a-draft-repeals"
        ),
        pytest.param(
            REVIEWED_A & _during(REVIEWED_B, PAST), "TF", [], id="clause-that-the-law-repeals"
        ),
    ],
)
def test_answer_says_which_draft_data_it_rests_on(
    rule: Criterion, answers: str, drafts: list[str]
) -> None:
    letters = {"T": T, "F": F, "U": U}
    a, b = (letters[letter] for letter in answers.ljust(2, "U"))
    verdict = _judge(rule, a=a, b=b)
    assert [str(draft.criterion) for draft in verdict.drafts()] == drafts


def test_value_never_appears_in_the_repr_of_a_verdict() -> None:
    verdict = _judge(AllOf((A,)), a=Known("a-secret-value"))
    assert "a-secret-value" not in repr(verdict)
