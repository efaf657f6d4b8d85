"""The delivery of a referral, as it is published, and with the guard that is ours."""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from rehabcore.care.machines import machine
from rehabcore.care.plans.delivery import (
    ActionPlan,
    AppointmentAttendance,
    Conclusion,
    DeliveryAppointment,
    DeliveryState,
    EndOfServiceReport,
    OutcomeAchieved,
    OutcomeReached,
    ServiceReferral,
    WithdrawalState,
    delivery_of,
)
from rehabcore.strict.problems import InputError

CASES = json.loads((Path(__file__).parents[2] / "cases" / "interventions.json").read_text("utf-8"))
MADE, ON = date(2026, 3, 2), date(2026, 6, 1)
APPROVED = ActionPlan(
    appointments=2, created_on=MADE, submitted_on=date(2026, 3, 3), approved_on=date(2026, 3, 4)
)


def _appointment(attendance: str | None = None) -> DeliveryAppointment:
    told = None if attendance is None else AppointmentAttendance(attendance)
    day = date(2026, 4, 1)
    recorded_on = None if told is None else day
    return DeliveryAppointment(day=day, made_on=MADE, attendance=told, recorded_on=recorded_on)


def _referral(*attendances: str | None, **changes: Any) -> ServiceReferral:
    plan = evolve(APPROVED, appointments=max(1, len(attendances)))
    referral = ServiceReferral(
        assessed_on=MADE, plans=(plan,), appointments=tuple(map(_appointment, attendances))
    )
    return evolve(referral, **changes)


def _of_case(inputs: dict[str, Any]) -> ServiceReferral:
    report = {
        "none": None,
        "started": EndOfServiceReport(),
        "submitted": EndOfServiceReport(submitted_on=ON),
    }[inputs["end_of_service_report"]]
    referral = _referral(
        *["yes"] * inputs["attended_or_late"],
        *["no"] * inputs["not_attended"],
        *[None] * inputs["without_outcome"],
        end_requested_on=ON if inputs["end_requested"] else None,
        report=report,
    )
    return referral if inputs["approved_action_plan"] else evolve(referral, plans=())


def _published(conclusion: Conclusion | None) -> str | None:
    return None if conclusion is None else conclusion.value.upper()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_referral_is_concluded_as_it_is_published(case: dict[str, Any]) -> None:
    seen = delivery_of(_of_case(case["inputs"]), on=ON)
    found = {
        "requires_end_of_service_report": seen.report_due,
        "ending_with": _published(seen.ending_with),
        "concludes_with": _published(seen.concludes_with),
    }
    assert found | case["expected"] == found


CAME: list[tuple[ServiceReferral, DeliveryState, Conclusion]] = [
    (ServiceReferral(), DeliveryState.NOT_DELIVERING_YET, Conclusion.CANCELLED),
    (
        _referral("no", "no"),
        DeliveryState.MISSING_FIRST_SUBSTANTIVE_APPOINTMENT,
        Conclusion.CANCELLED,
    ),
    (_referral("late", None), DeliveryState.IN_PROGRESS, Conclusion.PREMATURELY_ENDED),
    (_referral("late", "no"), DeliveryState.COMPLETED, Conclusion.COMPLETED),
]


def test_how_far_the_delivery_has_come() -> None:
    for referral, state, conclusion in CAME:
        seen = delivery_of(evolve(referral, end_requested_on=ON), on=ON)
        assert (seen.state, seen.ending_with) == (state, conclusion)


def test_each_conclusion_is_a_state_of_the_table() -> None:
    table = machine("uk-ew/service_referral@hmpps-interventions")
    assert {one.value for one in Conclusion} == {
        state.code for state in table.states if state.final
    }


def test_what_was_not_approved_or_recorded_by_the_day_does_not_count() -> None:
    referral = _referral("yes", "yes")
    assert delivery_of(referral, on=MADE).state is DeliveryState.NOT_DELIVERING_YET
    early = delivery_of(referral, on=date(2026, 3, 31))
    assert early.state is DeliveryState.MISSING_FIRST_SUBSTANTIVE_APPOINTMENT


def test_an_appointment_set_anew_was_the_first_and_no_longer_counts() -> None:
    anew = evolve(_appointment("yes"), set_anew=True)
    seen = delivery_of(_referral(None, appointments=(anew,)), on=ON)
    assert seen.state is DeliveryState.IN_PROGRESS
    assert seen.if_withdrawn is WithdrawalState.PRE_ICA_WITHDRAWAL


def test_merely_to_look_ends_nothing() -> None:
    untouched = delivery_of(_referral(None), on=ON)
    assert untouched.concludes_with is Conclusion.CANCELLED
    assert not untouched.may_conclude
    for cause in ({"end_requested_on": ON}, {"withdrawn_on": ON}):
        assert delivery_of(_referral(None, **cause), on=ON).may_conclude
    assert delivery_of(_referral("yes", None, withdrawn_on=ON), on=ON).may_conclude
    report = EndOfServiceReport(submitted_on=ON)
    assert delivery_of(_referral("yes", report=report), on=ON).may_conclude
    assert not delivery_of(_referral("yes", report=EndOfServiceReport()), on=ON).may_conclude


def test_a_report_that_is_started_is_not_to_be_started() -> None:
    assert delivery_of(_referral("yes"), on=ON).report_due
    draft = delivery_of(_referral("yes", report=EndOfServiceReport()), on=ON)
    assert (draft.report_needed, draft.report_due, draft.concludes_with) == (True, False, None)


def test_the_end_is_announced_once_it_was_concluded() -> None:
    referral = _referral("yes", None)
    assert delivery_of(referral, on=ON).ending_with is None
    ended = delivery_of(evolve(referral, concluded_on=ON), on=ON)
    assert ended.ending_with is Conclusion.PREMATURELY_ENDED


def test_what_a_withdrawal_would_be() -> None:
    for referral, state in (
        (_referral(None), WithdrawalState.PRE_ICA_WITHDRAWAL),
        (_referral("yes", "no"), WithdrawalState.POST_ICA_WITHDRAWAL),
        (_referral("yes", None), WithdrawalState.POST_ICA_CLOSE_REFERRAL_EARLY),
        (_referral("yes", "yes"), WithdrawalState.POST_ICA_CLOSE_REFERRAL_EARLY),
    ):
        assert delivery_of(referral, on=ON).if_withdrawn is state


def test_a_later_entry_about_an_outcome_replaces_the_earlier() -> None:
    report = EndOfServiceReport(
        outcomes=(
            OutcomeReached(outcome="home", achieved=OutcomeAchieved.NOT_ACHIEVED),
            OutcomeReached(outcome="work", achieved=OutcomeAchieved.PARTIALLY_ACHIEVED),
            OutcomeReached(outcome="home", achieved=OutcomeAchieved.ACHIEVED),
        ),
        submitted_on=ON,
    )
    assert [entry.outcome for entry in report.latest()] == ["home", "work"]
    assert report.score(on=ON) == Decimal("1.5")
    assert report.score(on=MADE) == 0
    assert evolve(report, submitted_on=None).score(on=ON) == 0


LATER = evolve(APPROVED, created_on=date(2026, 4, 1), submitted_on=None, approved_on=None)
WRONG: list[tuple[Callable[[], object], str]] = [
    (lambda: evolve(APPROVED, appointments=0), "appointments"),
    (lambda: evolve(APPROVED, submitted_on=None), "approved_on"),
    (lambda: evolve(APPROVED, approved_on=MADE), "created_on"),
    (lambda: DeliveryAppointment(day=date(2026, 9, 3), made_on=MADE), "day"),
    (lambda: DeliveryAppointment(day=date(2026, 3, 1), made_on=MADE), "day"),
    (lambda: evolve(_appointment(), recorded_on=ON), "recorded_on"),
    (lambda: evolve(_appointment("yes"), recorded_on=date(2026, 3, 31)), "recorded_on"),
    (lambda: OutcomeReached(outcome="", achieved=OutcomeAchieved.ACHIEVED), "outcome"),
    (lambda: ServiceReferral(plans=(APPROVED,)), "plans[0].submitted_on"),
    (
        lambda: _referral(None, plans=(APPROVED, evolve(LATER, appointments=1))),
        "plans[1].appointments",
    ),
    (
        lambda: _referral(
            None,
            plans=(
                evolve(APPROVED, approved_on=ON),
                evolve(LATER, submitted_on=date(2026, 4, 2)),
            ),
        ),
        "plans[0].approved_on",
    ),
]


def test_what_cannot_be_is_refused() -> None:
    for make, path in WRONG:
        with pytest.raises(InputError) as caught:
            make()
        assert [problem.path for problem in caught.value.problems] == [path]


def test_as_far_ahead_as_an_appointment_may_lie() -> None:
    assert DeliveryAppointment(day=MADE, made_on=MADE).attendance is None
    assert DeliveryAppointment(day=date(2026, 9, 2), made_on=MADE).attendance is None
