"""Recurring duties: first due after the status began, then after they were last done."""

from typing import Any

import pytest
from attrs import evolve

from rehabcore.rules.criteria import ask
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.time.days import UNSURE, Term
from rehabcore.rules.truth import Answer, UnknownKind
from tests.kit.builders import case, day, some_day
from tests.kit.record_makers import XX, Piece, cell, event, needs, risk, standing, told

MISSING, DISPUTED = UnknownKind.MISSING, UnknownKind.DISPUTED


def _visit(record_id: str, on: str, kind: str = "office_visit", **filing: Any) -> Any:
    return event(record_id, on, kind, **filing)


def _in_part(record_id: str, on: str) -> Any:
    return evolve(_visit(record_id, "2030-01-01"), happened_on=some_day(on))


def _due(*events: Any, standings: Any = None, kinds: Any = "office_visit", **more: Any) -> Any:
    began = (standing("s", "probation", "2030-01-10"),) if standings is None else standings
    file = case(legal_standings=began, events=events, **more)
    return told(file, "time_to_duty", kind=kinds, first="14 days", every="1 month")


START: list[Piece] = [("", MISSING, ""), ("2030-01-10", "2030-01-24", "s")]


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([], START),
        ([_visit("v", "2030-01-20")], [*START, ("2030-01-20", "2030-02-20", "s v")]),
        ([_visit("v", "2030-01-10")], [START[0], ("2030-01-10", "2030-02-10", "s v")]),
        ([_visit("v", "2030-01-09")], START),
        ([_visit("v", "2030-03-31")], [*START, ("2030-03-31", "2030-04-30", "s v")]),
        (
            [_visit("v", "2030-01-20"), _visit("w", "2030-02-25")],
            [
                *START,
                ("2030-01-20", "2030-02-20", "s v"),
                ("2030-02-25", "2030-03-25", "s w"),
            ],
        ),
        ([_visit("v", "2030-01-20", "home_visit")], START),
        (
            [_in_part("v", "2030-02")],
            [
                *START,
                ("2030-02-01", "missing 2030-01-24..2030-03-28", "s v"),
                ("2030-02-28", "missing 2030-03-01..2030-03-28", "s v"),
            ],
        ),
        (
            [_visit("w", "2030-01-20"), _in_part("v", "2030-02"), _visit("x", "2030-03-01")],
            [
                *START,
                ("2030-01-20", "2030-02-20", "s w"),
                ("2030-02-01", "missing 2030-02-20..2030-03-28", "s v w"),
                ("2030-02-28", "missing 2030-03-01..2030-03-28", "s v"),
                ("2030-03-01", "2030-04-01", "s x"),
            ],
        ),
        (
            [_in_part("v", "2030-02"), _in_part("w", "2030-04")],
            [
                *START,
                ("2030-02-01", "missing 2030-01-24..2030-03-28", "s v"),
                ("2030-02-28", "missing 2030-03-01..2030-03-28", "s v"),
                ("2030-04-01", "missing 2030-03-01..2030-05-30", "s v w"),
                ("2030-04-30", "missing 2030-05-01..2030-05-30", "s w"),
            ],
        ),
        (
            [_in_part("v", "2030-01")],
            [
                START[0],
                ("2030-01-10", "missing 2030-01-24..2030-02-28", "s v"),
            ],
        ),
    ],
    ids=[
        "never-done",
        "done-before-it-is-due",
        "done-on-the-first-day",
        "done-before-the-status-began",
        "done-late",
        "done-again",
        "something-else-was-done",
        "done-in-february",
        "done-in-february-and-again",
        "done-in-february-and-in-april",
        "perhaps-done-before-the-status-began",
    ],
)
def test_a_duty_is_due_after_the_start_and_then_after_it_was_done(
    events: list[Any], expected: list[Piece]
) -> None:
    assert _due(*events) == expected
    assert _due(*reversed(events)) == expected


def test_alternatives_fulfil_the_same_duty() -> None:
    visits = (_visit("v", "2030-01-20"), _visit("w", "2030-02-01", "home_visit"))
    assert _due(*visits, kinds=["office_visit", "home_visit"]) == [
        *START,
        ("2030-01-20", "2030-02-20", "s v"),
        ("2030-02-01", "2030-03-01", "s w"),
    ]


@pytest.mark.parametrize("confirmed", [True, False])
def test_a_confirmed_assessment_fulfils_a_duty_to_assess(confirmed: bool) -> None:
    done = [*START, ("2030-01-20", "2030-02-20", "a s")] if confirmed else START
    made = risk("a", "low", "2030-01-20", confirmed=confirmed)
    assert _due(kinds="risk_assessment", risk_assessments=(made,)) == done
    found = needs("a", "2030-01-20", findings={"work": "some"}, confirmed=confirmed)
    assert _due(kinds="needs_assessment", needs_assessments=(found,)) == done
    assert _due(kinds="risk_assessment", needs_assessments=(found,)) == START


@pytest.mark.parametrize(
    ("kinds", "fulfilled_by"),
    [
        ("office_visit", "e"),
        ("risk_assessment", "ra"),
        ("needs_assessment", "na"),
        (["office_visit", "risk_assessment"], "e ra"),
        (["office_visit", "needs_assessment"], "e na"),
        (["needs_assessment", "risk_assessment"], "na ra"),
    ],
)
def test_a_duty_is_fulfilled_by_its_own_kinds_alone(kinds: Any, fulfilled_by: str) -> None:
    """Everything was done on one day; only what is of the kinds of the duty counts."""
    on = "2030-01-20"
    done = _due(
        _visit("e", on),
        _visit("other", on, "home_visit"),
        kinds=kinds,
        risk_assessments=(risk("ra", "low", on),),
        needs_assessments=(needs("na", on, findings={"work": "some"}),),
    )
    evidence = " ".join(sorted([*fulfilled_by.split(), "s"]))
    assert done == [*START, (on, "2030-02-20", evidence)]


def test_a_new_status_begins_the_duty_anew() -> None:
    standings = (
        standing("s", "probation", "2030-01-10", "2030-03-01"),
        standing("t", "suspended", "2030-03-01"),
    )
    assert _due(_visit("v", "2030-02-20"), standings=standings) == [
        *START,
        ("2030-02-20", "2030-03-20", "s v"),
        ("2030-03-01", "2030-03-15", "t"),
    ]


def test_touching_spans_of_one_status_go_on() -> None:
    standings = (
        standing("s", "probation", "2030-01-10", "2030-01-15"),
        standing("t", "probation", "2030-01-15"),
    )
    days = {due for _, due, _ in _due(standings=standings)[1:]}
    assert days == {"2030-01-24"}


@pytest.mark.parametrize(
    ("standings", "expected"),
    [
        ((), [("", MISSING, "")]),
        (
            (standing("s", "probation", "2030-01-10", UNSURE),),
            [*START, ("2030-01-11", MISSING, "s")],
        ),
        (
            (
                standing("s", "probation", "2030-01-10"),
                standing("t", "suspended", "2030-01-20", source="b"),
            ),
            [*START, ("2030-01-20", DISPUTED, "s t")],
        ),
    ],
    ids=["no-status-on-file", "unknown-end", "sources-that-differ"],
)
def test_without_a_known_status_nobody_knows_what_is_due(
    standings: Any, expected: list[Piece]
) -> None:
    assert _due(standings=standings) == expected


@pytest.mark.parametrize(
    ("on", "overdue"),
    [
        ("2030-01-23", Answer.NOT_MET),
        ("2030-01-24", Answer.NOT_MET),
        ("2030-01-25", Answer.MET),
        ("2031-01-25", Answer.MET),
    ],
)
def test_a_duty_is_overdue_from_the_day_after_it_is_due_and_stays_so(
    on: str, overdue: Answer
) -> None:
    given = {"kind": "office_visit", "first": "14 days", "every": "1 month"}
    file = case(legal_standings=(standing("s", "probation", "2030-01-10"),))
    duty = ask(XX.facts["time_to_duty"], **given).under(Term())
    found = cell(file, "time_to_duty", on, **given)
    assert judge(duty, lambda _: found, on=day(on)).answer is overdue
    unknown = cell(evolve(file, legal_standings=()), "time_to_duty", on, **given)
    assert judge(duty, lambda _: unknown, on=day(on)).answer is Answer.UNKNOWN
