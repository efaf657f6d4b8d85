"""The delivery of a referral by a provider, as its appointments tell it, and how it is concluded.

A reference model of one country, England and Wales: commissioned rehabilitative services. Its
tables of states are the machines ``uk-ew/service_referral@hmpps-interventions`` and
``uk-ew/action_plan@hmpps-interventions``.

Source: ministryofjustice/hmpps-interventions-service, revision 6cc17e9.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum

from attrs import field

from rehabcore.rules.time.days import Term
from rehabcore.strict.checked import SECRET, checked, checked_arguments, not_empty, require_day
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem

APPOINTED_AHEAD = Term(months=6)
"""How far ahead an appointment may lie."""


class DeliveryState(StrEnum):
    """How far the delivery of a referral has come."""

    NOT_DELIVERING_YET = "not_delivering_yet"
    """No action plan is approved."""
    MISSING_FIRST_SUBSTANTIVE_APPOINTMENT = "missing_first_substantive_appointment"
    """The person has attended no appointment."""
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    """Every planned appointment has an attendance on record."""


class Conclusion(StrEnum):
    """How a referral ends."""

    CANCELLED = "cancelled"
    PREMATURELY_ENDED = "prematurely_ended"
    COMPLETED = "completed"


class WithdrawalState(StrEnum):
    """How far a referral had come when it was withdrawn.

    *ICA* is the first assessment by the provider.
    """

    PRE_ICA_WITHDRAWAL = "pre_ica_withdrawal"
    POST_ICA_WITHDRAWAL = "post_ica_withdrawal"
    POST_ICA_CLOSE_REFERRAL_EARLY = "post_ica_close_referral_early"


class OutcomeAchieved(StrEnum):
    """How far a desired outcome was reached."""

    ACHIEVED = "achieved"
    PARTIALLY_ACHIEVED = "partially_achieved"
    NOT_ACHIEVED = "not_achieved"


class AppointmentAttendance(StrEnum):
    """Whether the person came to an appointment."""

    YES = "yes"
    LATE = "late"
    NO = "no"


_CONCLUDES = {
    DeliveryState.NOT_DELIVERING_YET: Conclusion.CANCELLED,
    DeliveryState.MISSING_FIRST_SUBSTANTIVE_APPOINTMENT: Conclusion.CANCELLED,
    DeliveryState.IN_PROGRESS: Conclusion.PREMATURELY_ENDED,
    DeliveryState.COMPLETED: Conclusion.COMPLETED,
}
_SCORES = {
    OutcomeAchieved.ACHIEVED: Decimal(1),
    OutcomeAchieved.PARTIALLY_ACHIEVED: Decimal("0.5"),
    OutcomeAchieved.NOT_ACHIEVED: Decimal(0),
}


@frozen(kw_only=True)
@checked
class ActionPlan:
    """A provider's plan of so many appointments. A day that has not come is None."""

    appointments: int
    created_on: date
    submitted_on: date | None = None
    approved_on: date | None = None

    def _problems(self) -> Iterable[Problem]:
        if self.appointments < 1:
            yield Problem.of(self.appointments, "out_of_range", "1 or more", path="appointments")
        if self.approved_on is not None and self.submitted_on is None:
            expected = "nothing: only what was submitted can be approved"
            yield Problem.of(self.approved_on, "wrong_order", expected, path="approved_on")
        days = [self.created_on, self.submitted_on, self.approved_on]
        known = [day for day in days if day is not None]
        if known != sorted(known):
            expected = "created, submitted and approved in this order"
            yield Problem.of(known, "wrong_order", expected, path="created_on")


@frozen(kw_only=True)
@checked
class DeliveryAppointment:
    """An appointment of the approved plan. Without ``attendance`` none is on record.

    With ``set_anew`` another appointment has taken its place. ``recorded_on`` is the day on which
    the attendance was recorded.
    """

    day: date
    made_on: date
    attendance: AppointmentAttendance | None = None
    recorded_on: date | None = None
    set_anew: bool = False

    def _problems(self) -> Iterable[Problem]:
        if not self.made_on <= self.day <= APPOINTED_AHEAD.after(self.made_on):
            expected = f"a day from that on which it was made, at most {APPOINTED_AHEAD} ahead"
            yield Problem.of(self.day, "out_of_range", expected, path="day")
        if (self.attendance is None) != (self.recorded_on is None):
            expected = "both or neither of attendance and recorded_on"
            yield Problem.of(self.recorded_on, "one_of_two", expected, path="recorded_on")
        if self.recorded_on is not None and self.recorded_on < self.day:
            expected = f"a day not before {self.day.isoformat()}: nobody attends what is to come"
            yield Problem.of(self.recorded_on, "wrong_order", expected, path="recorded_on")


@frozen(kw_only=True)
@checked
class OutcomeReached:
    """An entry of the report about one desired outcome; a later one replaces it."""

    outcome: str
    achieved: OutcomeAchieved
    progress: str = field(default="", repr=False, metadata=SECRET)
    further_work: str = field(default="", repr=False, metadata=SECRET)

    def _problems(self) -> Iterable[Problem]:
        return not_empty(self, "outcome")


@frozen(kw_only=True)
@checked
class EndOfServiceReport:
    """The report at the end of a service: one a referral. It is a draft until it is submitted."""

    outcomes: tuple[OutcomeReached, ...] = ()
    information: str = field(default="", repr=False, metadata=SECRET)
    submitted_on: date | None = None

    def latest(self) -> tuple[OutcomeReached, ...]:
        """The last entry about each outcome, by outcome."""
        by_outcome = {entry.outcome: entry for entry in self.outcomes}
        return tuple(by_outcome[outcome] for outcome in sorted(by_outcome))

    @checked_arguments
    def score(self, *, on: date) -> Decimal:
        """One for each outcome that was achieved, half for each in part; 0 while it is a draft."""
        if self.submitted_on is None or on < self.submitted_on:
            return Decimal(0)
        return sum((_SCORES[entry.achieved] for entry in self.latest()), Decimal(0))


@frozen(kw_only=True)
@checked
class ServiceReferral:
    """All that is known of the delivery of one referral; ``plans`` in the order of their making.

    Raises:
        InputError: a plan was submitted before the provider's assessment, has fewer appointments
            than the one approved before it, or was approved though a later one had been submitted;
            or more appointments have an attendance than are planned.
    """

    assessed_on: date | None = None
    plans: tuple[ActionPlan, ...] = ()
    appointments: tuple[DeliveryAppointment, ...] = ()
    end_requested_on: date | None = None
    withdrawn_on: date | None = None
    concluded_on: date | None = None
    report: EndOfServiceReport | None = None

    def _problems(self) -> Iterable[Problem]:
        for index, plan in enumerate(self.plans):
            path = f"plans[{index}]"
            if plan.submitted_on is not None and not _by(self.assessed_on, plan.submitted_on):
                expected = "a day from that of the provider's assessment on"
                yield Problem.of(
                    plan.submitted_on, "wrong_order", expected, path=f"{path}.submitted_on"
                )
            yield from self._fewer(path, plan, self.plans[:index])
            yield from self._overtaken(path, plan, self.plans[index + 1 :])

    def _fewer(
        self, path: str, plan: ActionPlan, before: Iterable[ActionPlan]
    ) -> Iterator[Problem]:
        least = max(
            (one.appointments for one in before if _by(one.approved_on, plan.created_on)), default=1
        )
        if plan.appointments < least:
            expected = f"at least {least}, as many as in the approved plan"
            yield Problem.of(
                plan.appointments, "out_of_range", expected, path=f"{path}.appointments"
            )

    def _overtaken(
        self, path: str, plan: ActionPlan, after: Iterable[ActionPlan]
    ) -> Iterator[Problem]:
        approved = plan.approved_on
        if approved is not None and any(_by(one.submitted_on, approved) for one in after):
            expected = "nothing: only the newest plan that was submitted can be approved"
            yield Problem.of(approved, "wrong_order", expected, path=f"{path}.approved_on")


def _by(day: date | None, on: date) -> bool:
    """Whether something had happened by the end of a day."""
    return day is not None and day <= on


@frozen(kw_only=True)
@checked
class DeliverySeen:
    """The delivery of a referral on a day, and what follows from it.

    ``report_due`` says that the end-of-service report is to be written. ``ending_with`` is how the
    referral ends, once that is announced; ``concludes_with`` how it could be concluded at once.
    With ``may_conclude`` there is also a cause to conclude it. ``if_withdrawn`` is what a
    withdrawal on that day would be.
    """

    state: DeliveryState
    report_needed: bool
    report_due: bool
    ending_with: Conclusion | None
    concludes_with: Conclusion | None
    may_conclude: bool
    if_withdrawn: WithdrawalState


@checked_arguments
def delivery_of(referral: ServiceReferral, *, on: date) -> DeliverySeen:
    """The delivery of a referral as its records of a day tell it.

    A cause to conclude is a submitted report, a requested end or a withdrawal: to look at a
    referral that has not begun does not end it, as it does in the published code.

    Args:
        referral: all that is known of it.
        on: the day; what was recorded later does not count.

    Source: ministryofjustice/hmpps-interventions-service, revision 6cc17e9, ``ReferralConcluder``;
        the cause to conclude is ours.
    """
    require_day(on, "on")
    state = _state(referral, on)
    outcome, report = _CONCLUDES[state], referral.report
    needed = state in (DeliveryState.IN_PROGRESS, DeliveryState.COMPLETED)
    submitted = report is not None and _by(report.submitted_on, on)
    requested, withdrawn = _by(referral.end_requested_on, on), _by(referral.withdrawn_on, on)
    can_conclude = submitted or not needed
    ending = state is DeliveryState.COMPLETED or requested
    due = needed and report is None and ending
    announced = requested or can_conclude or _by(referral.concluded_on, on)
    return DeliverySeen(
        state=state,
        report_needed=needed,
        report_due=due,
        ending_with=outcome if announced else None,
        concludes_with=outcome if can_conclude else None,
        may_conclude=withdrawn or (can_conclude and (submitted or requested)),
        if_withdrawn=_if_withdrawn(referral, due, on),
    )


def _state(referral: ServiceReferral, on: date) -> DeliveryState:
    approved = [plan for plan in referral.plans if _by(plan.approved_on, on)]
    if not approved:
        return DeliveryState.NOT_DELIVERING_YET
    recorded = [one for one in referral.appointments if _by(one.recorded_on, on)]
    # An appointment that the person attended, and that was set anew afterwards, was the first.
    if not any(_came(one) for one in recorded):
        return DeliveryState.MISSING_FIRST_SUBSTANTIVE_APPOINTMENT
    still = sum(not one.set_anew for one in recorded)
    done = still >= approved[-1].appointments
    return DeliveryState.COMPLETED if done else DeliveryState.IN_PROGRESS


def _if_withdrawn(referral: ServiceReferral, report_due: bool, on: date) -> WithdrawalState:
    recorded = [one for one in referral.appointments if _by(one.recorded_on, on)]
    attended = sum(_came(one) and not one.set_anew for one in recorded)
    if not attended:
        return WithdrawalState.PRE_ICA_WITHDRAWAL
    if attended == 1 and report_due:
        return WithdrawalState.POST_ICA_WITHDRAWAL
    return WithdrawalState.POST_ICA_CLOSE_REFERRAL_EARLY


def _came(appointment: DeliveryAppointment) -> bool:
    return appointment.attendance in (AppointmentAttendance.YES, AppointmentAttendance.LATE)
