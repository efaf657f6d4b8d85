"""Duties in a draft: from which day and up to which day they bind, and what nobody can plan."""

from datetime import date
from typing import Any

import rehabcore as rc
from rehabcore.plans import PlanContent
from rehabcore.records import CaseFile
from rehabcore.strict.vocabulary import Basis
from tests.kit.builders import case
from tests.kit.golden_plans import ASSESSED, ON, XX, XX_NEEDS
from tests.kit.plan_records import offer_refusal
from tests.kit.record_makers import (
    completion,
    enrolment,
    needs,
    requirement,
    sentence,
    standing,
    state,
)

COUNTRY = rc.load("xx")


def _case(*duties: Any, **more: Any) -> CaseFile:
    """An adult on probation until June 2027 with a need that thinking skills serve."""
    before = XX["adult_on_probation"]
    return case(
        beneficiary=before.beneficiary,
        legal_standings=before.legal_standings,
        placements=before.placements,
        sentences=before.sentences,
        consents=before.consents,
        risk_assessments=before.risk_assessments,
        needs_assessments=(needs("needs-1", *ASSESSED, findings=XX_NEEDS),),
        requirements=duties,
        **more,
    )


def _drafted(*duties: Any, **more: Any) -> PlanContent:
    """The draft, which breaks no law."""
    told = _case(*duties, **more)
    content = rc.plan(told, COUNTRY, on=ON).content
    assert rc.check_plan(content, told, COUNTRY, on=ON) == ()
    return content


def _items(content: PlanContent) -> list[tuple[str, Basis, date, date | None, str | None]]:
    return [
        (one.item_id, one.basis, one.starts, one.ends, one.requirement) for one in content.items
    ]


def _steps(content: PlanContent, goal_id: str) -> list[tuple[str, date | None]]:
    return [
        (step.about.in_language("en")[0], step.due)
        for goal in content.goals
        if goal.goal_id == goal_id
        for step in goal.steps
    ]


def test_a_duty_ends_what_rests_on_it_and_of_several_the_longest_counts() -> None:
    short = requirement("duty-1", "2025-06-01", "2026-03-20")
    long = requirement("duty-2", "2025-06-01", "2026-05-10")
    until = date(2026, 5, 10)
    assert _items(_drafted(short, long)) == [
        ("thinking_skills", Basis.MANDATORY, ON, until, "duty-2")
    ]


def test_by_a_duty_that_is_over_within_a_week_nothing_is_planned_but_it_is_told() -> None:
    content = _drafted(requirement("duty-1", "2025-06-01", "2026-03-08"))
    end = date(2026, 8, 2)
    assert _items(content) == [("thinking_skills", Basis.VOLUNTARY, ON, end, None)]
    assert [goal.goal_id for goal in content.goals][-1] == "duty/duty-1"


def test_a_duty_that_binds_from_a_later_day_on_is_planned_from_that_day_on() -> None:
    content = _drafted(requirement("duty-1", "2026-04-10", "2027-03-10"))
    start, end = date(2026, 4, 10), date(2026, 9, 10)
    assert _items(content) == [("thinking_skills", Basis.MANDATORY, start, end, "duty-1")]


def test_what_is_attended_by_choice_stays_so_until_the_duty_begins_which_is_told() -> None:
    begun = (enrolment("enrolment-1", "2025-12-01"),)
    later = requirement("duty-1", "2026-04-10", "2027-03-10")
    content = _drafted(later, enrolments=begun)
    end = date(2026, 5, 1)
    assert _items(content) == [("thinking_skills", Basis.VOLUNTARY, ON, end, None)]
    assert _steps(content, "duty/duty-1") == [
        ("Decide on a place: Thinking skills", date(2026, 4, 10))
    ]
    no = (offer_refusal("no-1", "2026-02-20", program="thinking_skills"),)
    assert _items(_drafted(later, enrolments=begun, offer_refusals=no)) == []


def test_another_duty_is_due_when_it_begins_and_one_far_ahead_is_not_told() -> None:
    far = requirement("duty-2", "2030-01-01", subject="unpaid_work")
    content = _drafted(requirement("duty-1", "2026-05-01", subject="unpaid_work"), far)
    assert _steps(content, "duty/duty-1") == [("unpaid work", date(2026, 5, 1))]
    assert not _steps(content, "duty/duty-2")


def test_a_duty_of_which_only_some_days_are_certain_holds_on_those() -> None:
    unsure = requirement("duty-1", "2025-06", "2026-05-10")
    until = date(2026, 5, 10)
    assert _items(_drafted(unsure)) == [("thinking_skills", Basis.MANDATORY, ON, until, "duty-1")]
    assert not _steps(_drafted(requirement("duty-1", "2026-03", "2026-03")), "duty/duty-1")


def test_who_ordered_it_is_asked_where_nobody_can_plan_a_duty() -> None:
    """A place is not decided on in what the person has completed, or may not enter at all."""
    due = date(2026, 4, 2)
    asked = "Ask the authority that ordered it what is to be done: "
    completed = _drafted(
        requirement("duty-1", "2025-06-01"),
        enrolments=(enrolment("enrolment-1", "2025-10-01"),),
        completions=(completion("completion-1", "enrolment-1", "2025-12-01"),),
    )
    assert _steps(completed, "duty/duty-1") == [(f"{asked}Thinking skills", due)]
    closed = _drafted(requirement("duty-1", "2025-06-01", subject="thinking_skills_juvenile"))
    ((told, _),) = _steps(closed, "duty/duty-1")
    assert told.startswith(asked)


def test_a_plan_for_who_has_served_the_sentence_is_aftercare_with_its_steps() -> None:
    """Nothing in it is due on a day that had passed before the plan began."""
    served = "2026-01-10"
    told = case(
        beneficiary=XX["adult_on_probation"].beneficiary,
        legal_standings=(
            standing("standing-1", "sentenced_custody", "2024-01-01", served),
            standing("standing-2", "former_prisoner", served),
        ),
        sentences=(sentence("sentence-1", "2024-01-01", served),),
        placements=XX["adult_on_probation"].placements,
        consents=XX["adult_on_probation"].consents,
        needs_assessments=(needs("needs-1", *ASSESSED, findings=XX_NEEDS | {"work": "high"}),),
        states=(state("state-1", "unemployed", "2025-11-01"),),
        enrolments=(enrolment("enrolment-1", "2026-02-01"),),
    )
    content = rc.plan(told, COUNTRY, on=ON).content
    assert rc.check_plan(content, told, COUNTRY, on=ON) == ()
    days = [step.due for goal in content.goals for step in goal.steps]
    assert [day for day in days if day is not None and day < ON] == []
    assert len(days) > 2
