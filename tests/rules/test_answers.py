"""The answers of all nodes of a rule, from its verdict and day after day without one."""

import copy
import pickle
from typing import Any

import pytest
from attrs import evolve

from rehabcore.rules.criteria import AllOf, AnyOf, AtLeast, Criterion, Not, ask
from rehabcore.rules.data.answers import answers_of
from rehabcore.rules.data.answers_by_day import AnswersByDay
from rehabcore.rules.facts import NEVER, Absence, Cell, Fact, Known, Shape, Unknown
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.judging.verdicts import Verdict
from rehabcore.rules.time.days import Term
from rehabcore.rules.truth import Answer, UnknownKind
from rehabcore.strict.problems import NotInForceError
from tests.kit.builders import day, flag, span

ON = day("2026-06-15")
A, B, C = (ask(flag(name)).is_(True) for name in "abc")
AGE = ask(Fact(name="age", shape=Shape.ELAPSED, about="Age.", absence=Absence.UNKNOWN))
ADULT = AGE.at_least(Term(years=18))
YES, NO, OPEN = Known(True), Known(False), Unknown(UnknownKind.MISSING)


def _law(node: Any, **said: Any) -> Any:
    return evolve(node, about=evolve(node.about, **said))


PAST = span("2020-01-01", "2025-01-01")
RULES: list[tuple[Criterion, tuple[Cell, ...], str]] = [
    (A, (YES,), "m"),
    (Not(A), (YES,), "nm"),
    (Not(A), (OPEN,), "uu"),
    (Not(_law(A, in_force=PAST)), (YES,), "--"),
    (A & B, (YES, OPEN), "umu"),
    (A | B, (NO, OPEN), "unu"),
    (A | B, (NO, NO), "nnn"),
    (_law(A | B, in_force=PAST), (YES, YES), "-mm"),
    (AtLeast(2, (A, B, C)), (YES, OPEN, NO), "umun"),
    (AtLeast(2, (A, _law(B, in_force=PAST), C)), (YES, YES, NO), "nm-n"),
    (AllOf((A, A, AnyOf((A, B)))), (YES, NO), "mmmmmn"),
    (ADULT, (Known(day("2008-06-15")),), "m"),
    (ADULT, (Known(day("2008-06-16")),), "n"),
    (ADULT, (Known(NEVER),), "n"),
]


@pytest.mark.parametrize(
    ("rule", "cells", "letters"), RULES, ids=[f"{n}-{told}" for n, (_, _, told) in enumerate(RULES)]
)
def test_every_node_has_a_letter(rule: Criterion, cells: tuple[Cell, ...], letters: str) -> None:
    answers = AnswersByDay(rule)
    assert answers.on(ON, cells) == letters
    assert answers.on(ON, cells) == letters  # also where nothing is new
    found = dict(zip(answers.asked, cells, strict=True))
    assert answers_of(judge(rule, found.__getitem__, on=ON)) == letters


def test_time_turns_a_letter_while_the_cell_stays() -> None:
    answers, cells = AnswersByDay(ADULT), (Known(day("2008-06-15")),)
    days = ("2026-06-14", "2026-06-15", "2026-06-14")
    assert [answers.on(day(one), cells) for one in days] == ["n", "m", "n"]


def test_a_day_that_is_not_covered_is_refused_unless_the_part_is_no_law() -> None:
    covered = span("2026-01-01", "2027-01-01")
    answers = AnswersByDay(_law(A, covered=covered) & B)
    assert answers.on(ON, (YES, YES)) == "mmm"
    with pytest.raises(NotInForceError):
        answers.on(day("2025-12-31"), (YES, YES))
    repealed = AnswersByDay(_law(A, covered=covered, in_force=covered) & B)
    assert repealed.on(day("2025-12-31"), (YES, YES)) == "m-m"


def _unread(proofs: list[str]) -> tuple[Verdict, Verdict]:
    """A verdict whose proof is made when it is read, and the same one with its proof."""
    whole = judge(A & B, {A.asked: YES, B.asked: NO}.__getitem__, on=ON)

    def prove(on: Any) -> Verdict:
        proofs.append(on.isoformat())
        return whole

    return Verdict.proved_when_read(Answer.NOT_MET, A & B, ON, True, prove), whole


def test_a_proof_is_made_once_and_when_it_is_read() -> None:
    proofs: list[str] = []
    verdict, whole = _unread(proofs)
    assert (verdict.answer, verdict.on, verdict.in_force, verdict.cell) == (
        whole.answer,
        ON,
        True,
        None,
    )
    assert proofs == []
    assert verdict == whole
    assert hash(verdict) == hash(whole)
    assert verdict.children is verdict.children
    assert proofs == ["2026-06-15"]


@pytest.mark.parametrize(
    "copied", [copy.copy, copy.deepcopy, lambda v: pickle.loads(pickle.dumps(v))]
)
def test_a_copy_has_the_proof_with_it(copied: Any) -> None:
    verdict, whole = _unread([])
    assert copied(verdict) == whole
    assert copied(whole) == whole


def test_a_verdict_has_nothing_else() -> None:
    verdict, whole = _unread([])
    for one in (verdict, whole):
        with pytest.raises(AttributeError, match="a verdict has no reason"):
            one.reason  # noqa: B018 - that is what is tried
    with pytest.raises(AttributeError, match="children"):
        object.__new__(Verdict).children  # noqa: B018
