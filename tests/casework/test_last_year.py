"""The last year that the library knows: no day beyond it is told, and nothing fails there."""

from typing import Any

import pytest
from attrs import evolve

from rehabcore import casework, exchange
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.records import CaseFile
from rehabcore.reports import explain
from rehabcore.rules.criteria import Compare, ask
from rehabcore.rules.facts import NEVER, Known, Unknown
from rehabcore.rules.time.days import OPEN, UNSURE, Span, Term
from rehabcore.rules.truth import Answer, UnknownKind
from rehabcore.strict.vocabulary import ProgramId
from tests.kit.builders import case, day
from tests.kit.record_makers import XX, cell, event, risk, sentence, standing, told

LAST = day("2199-12-31")


def _late(**records: Any) -> CaseFile:
    late = "2199-10-01"
    return case(
        risk_assessments=(risk("ra", "low", late, recorded_on=late),),
        legal_standings=(standing("ls", "probation", late, recorded_on=late),),
        **records,
    )


@pytest.mark.parametrize(
    ("on", "every", "due"),
    [
        ("2199-06-30", Term(months=6), "2199-12-30"),
        ("2199-07-01", Term(months=6), None),
        ("2199-12-30", Term(days=1), "2199-12-31"),
        ("2199-12-31", Term(days=1), None),
        ("2026-06-01", Term(years=173), "2199-06-01"),
        ("2026-06-01", Term(years=174), None),
        ("2026-06-01", Term(years=200, months=2400, days=73_000), None),
    ],
)
def test_a_plan_tells_the_day_of_its_review_if_the_library_knows_it(
    on: str, every: Term, due: str | None
) -> None:
    country = evolve(XX, plan_policy=evolve(XX.plan_policy, review_every=every, near_release=()))
    drafted = casework.plan(case(), country, on=day(on))
    assert drafted.content.review_due == (None if due is None else day(due))
    assert ("No day can be told for the next review" in explain(drafted)) == (due is None)


def test_no_day_is_told_by_which_risk_is_to_be_assessed_anew() -> None:
    seen = casework.needs(_late(), XX, on=LAST)
    assert seen.risk.level == "low"
    assert seen.risk.reassess_by is None
    assert "when it is to be assessed anew is not known" in explain(seen)


DUTY = {"kind": "office_visit", "first": "3 months", "every": "1 month"}
EVENTS = (event("e", "2199-11-30", kind="office_visit", recorded_on="2199-11-30"),)
BEYOND = Unknown(UnknownKind.NEEDS_PERSON, evidence=("ls",), between=(LAST, NEVER))


def test_a_duty_that_is_due_after_the_last_day_is_not_told_but_certainly_later() -> None:
    assert cell(_late(), "time_to_duty", "2199-10-01", **DUTY) == BEYOND
    done = cell(_late(events=EVENTS), "time_to_duty", "2199-12-31", **DUTY)
    assert isinstance(done, Known)
    assert done.value == day("2199-12-30")


def _asking(limit: Compare) -> Jurisdiction:
    [program] = [p for p in XX.programs if p.program_id == "drop_in"]
    return evolve(XX, programs=(evolve(program, entry=limit),))


DUE = ask(XX.facts["time_to_reassessment"])


@pytest.mark.parametrize(
    ("limit", "on", "answer"),
    [
        (DUE.under(Term(days=1)), "2199-10-01", Answer.NOT_MET),
        (DUE.under(Term(years=5)), "2199-10-01", Answer.UNKNOWN),
        (DUE.at_least(Term(days=1)), "2199-12-30", Answer.MET),
    ],
)
def test_what_rests_on_such_a_day_is_decided_where_it_can_be_and_read_back(
    limit: Compare, on: str, answer: Answer
) -> None:
    country, late = _asking(limit), _late()
    matched = casework.match(late, country, on=day(on))
    assert [offer.answer for offer in matched.offers] == [answer]
    window = Span(day(on), OPEN)
    results: list[Any] = [
        matched,
        casework.near(late, country, on=day(on)),
        casework.timeline(late, country, ProgramId("drop_in"), within=window),
        casework.plan(late, country, on=day(on)),
    ]
    for result in results:
        assert exchange.read(exchange.write(result), type(result)) == result
        explain(result)


def test_bounds_reach_no_further_than_the_last_day() -> None:
    file = case(sentences=(sentence("se", "2199-12-31", UNSURE, recorded_on="2199-12-31"),))
    found = cell(file, "sentence_remaining", "2199-12-31")
    assert found == Unknown(UnknownKind.MISSING, evidence=("se",), between=(LAST, NEVER))


def test_days_before_the_last_are_told_as_ever() -> None:
    file = _late(sentences=(sentence("se", "2199-10-01", "2199-12-31", recorded_on="2199-10-01"),))
    assert told(file, "sentence_remaining")[-1] == ("", "2199-12-31", "se")
