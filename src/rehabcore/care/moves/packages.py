"""The package that crosses to a recipient: everything that is open, each thing once, with why.

It holds no more than the recipient may see, and does not tell whether anything was left out.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from enum import StrEnum

from attrs import evolve, field

from rehabcore.care.continuity.entitlements import EntitlementSeen
from rehabcore.care.continuity.items import ContinuitySeen
from rehabcore.care.moves.open_goals import OpenGoal
from rehabcore.care.moves.open_records import HandedRecord, HandedWork
from rehabcore.care.moves.recipients import Recipient, works_on_case
from rehabcore.care.moves.stages import TaskKind, TransitionSeen
from rehabcore.care.needs import NeedSeen, NeedsProfile
from rehabcore.care.needs.risks import RiskSeen
from rehabcore.care.resettlement.standings import PathwaySeen, PathwaysSeen
from rehabcore.plans import PlanContent
from rehabcore.programs import Offer
from rehabcore.records import CaseFile
from rehabcore.records.moments import moment_of
from rehabcore.rules.time.days import ONE_DAY
from rehabcore.rules.time.partial import last_of
from rehabcore.strict.checked import SECRET, checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.vocabulary import (
    RecordId,
    TransitionEvent,
)


class HandedNeedReason(StrEnum):
    """Why a need is handed over."""

    NOT_KNOWN = "not_known"
    """It was not assessed, or no level of it holds."""
    IN_A_GOAL = "in_a_goal"
    WITHOUT_A_GOAL = "without_a_goal"
    """It calls for a goal, and no plan that was given has an open one."""
    TO_BE_KNOWN = "to_be_known"
    """It is lower than what calls for a goal."""


@frozen(kw_only=True)
@checked
class HandedNeed:
    """One need domain, with its level or why there is none."""

    need: NeedSeen
    reason: HandedNeedReason


class DutyKind(StrEnum):
    """Something that was to be done by a day."""

    REASSESS_RISK = "reassess_risk"
    REVIEW_PLAN = "review_plan"
    ANSWER_REFERRAL = "answer_referral"
    """An office was asked to take over, and has not answered by its day."""
    RESET_PATHWAYS = "reset_pathways"
    """The person came back to prison, and nobody filed that all pathways begin anew."""
    FIND_AN_OFFICE = "find_an_office"
    """Nobody has taken over in a transition."""
    SET_AN_APPOINTMENT = "set_an_appointment"
    MAKE_CONTACT = "make_contact"


@frozen(kw_only=True)
@checked
class OverdueDuty:
    """A duty that is overdue, with the last day on which it was in time.

    ``about`` is the need domain or the office that it concerns, ``record_id`` its record, if any.
    """

    kind: DutyKind
    due: date
    about: str = field(default="", metadata=SECRET)
    record_id: RecordId | None = field(default=None, metadata=SECRET)


@frozen(kw_only=True)
@checked
class HandOverPackage:
    """Everything that crosses to a recipient.

    ``holder`` is the office that is accountable on the day, empty if there is none. ``goals`` is
    None if no plan was given. ``after`` are the answers of programmes on the day after.
    ``pathways`` are those of resettlement on which something is open, with the needs that are open.
    """

    to: Recipient
    holder: str = field(metadata=SECRET)
    goals: tuple[OpenGoal, ...] | None
    needs: tuple[HandedNeed, ...]
    records: tuple[HandedRecord, ...]
    work: tuple[HandedWork, ...]
    duties: tuple[OverdueDuty, ...]
    care: ContinuitySeen
    after: tuple[Offer, ...]
    entitlements: tuple[EntitlementSeen, ...] = ()
    pathways: tuple[PathwaySeen, ...] = ()


def needs_of(
    profile: NeedsProfile, goal_from: str | None, goals: Iterable[OpenGoal]
) -> tuple[HandedNeed, ...]:
    """Every need domain once, with the reason why it is handed over.

    Args:
        profile: the needs on the day.
        goal_from: the level from which on a need calls for a goal; None if there are no levels.
        goals: the open goals of the plan.
    """
    planned = {domain for goal in goals for domain in goal.needs}
    called = () if goal_from is None else profile.from_level(goal_from)
    calling = {need.domain for need in called}
    return tuple(
        HandedNeed(need=need, reason=_need_reason(need, planned, calling)) for need in profile.needs
    )


def _need_reason(
    need: NeedSeen, planned: Collection[str], calling: Collection[str]
) -> HandedNeedReason:
    if need.level is None:
        return HandedNeedReason.NOT_KNOWN
    if need.domain in planned:
        return HandedNeedReason.IN_A_GOAL
    called = need.domain in calling
    return HandedNeedReason.WITHOUT_A_GOAL if called else HandedNeedReason.TO_BE_KNOWN


def overdue_duties(
    risks: Iterable[RiskSeen], plan: PlanContent | None, on: date
) -> Iterator[OverdueDuty]:
    """The assessments of risk and the review of the plan that are overdue on a day."""
    for risk in risks:
        if risk.reassess_by is not None and risk.reassess_by < on:
            about = risk.domain or ""
            yield OverdueDuty(kind=DutyKind.REASSESS_RISK, due=risk.reassess_by, about=about)
    if plan is not None and plan.review_due is not None and plan.review_due < on:
        yield OverdueDuty(kind=DutyKind.REVIEW_PLAN, due=plan.review_due)


def unanswered_referrals(
    view: CaseFile, transitions: Iterable[TransitionSeen]
) -> Iterator[OverdueDuty]:
    """The offices that were asked to take over and have kept silent too long.

    Args:
        view: the records that hold on the day, as far as the recipient may see them.
        transitions: its transitions, as they stand on the day.
    """
    asked = [a for a in view.transition_acts if a.event is TransitionEvent.REFERRED]
    acts = {(a.transition, a.office): a.filed.record_id for a in sorted(asked, key=moment_of)}
    for seen in transitions:
        for referral in seen.referrals if seen.closed_on is None else ():
            if referral.silent_from is not None and referral.answer is None:
                yield OverdueDuty(
                    kind=DutyKind.ANSWER_REFERRAL,
                    due=referral.silent_from - ONE_DAY,
                    about=referral.office,
                    record_id=acts[seen.transition, referral.office],
                )


_DUTY_OF = {
    TaskKind.FIND_AN_OFFICE: DutyKind.FIND_AN_OFFICE,
    TaskKind.SET_AN_APPOINTMENT: DutyKind.SET_AN_APPOINTMENT,
    TaskKind.MAKE_CONTACT: DutyKind.MAKE_CONTACT,
}
"""An item of a checklist may be health data, so what lacks of one does not cross as a duty."""


def overdue_tasks(transitions: Iterable[TransitionSeen], on: date) -> Iterator[OverdueDuty]:
    """The overdue tasks of transitions that the recipient may see, but for those of a checklist."""
    for seen in transitions:
        for task in seen.tasks if seen.closed_on is None else ():
            if task.kind in _DUTY_OF and task.due is not None and task.due < on:
                kind = _DUTY_OF[task.kind]
                yield OverdueDuty(kind=kind, due=task.due, record_id=seen.transition)


def open_pathways(seen: PathwaysSeen, visible: Collection[str]) -> Iterator[PathwaySeen]:
    """The visible pathways on which something is open, each once, with the needs that are open."""
    for pathway in seen.pathways:
        needs = tuple(need for need in pathway.needs if need.is_open)
        if pathway.pathway in visible and (pathway.is_open or needs):
            yield pathway if needs == pathway.needs else evolve(pathway, needs=needs)


def unfiled_reset(seen: PathwaysSeen, to: Recipient, on: date) -> Iterator[OverdueDuty]:
    """The reset that a return called for before a day and nobody filed, for whoever sees moves.

    Args:
        seen: the pathways as the records tell them that the recipient may see: a reset of hidden
            pathways alone would tell of these.
        to: the recipient.
        on: the day.
    """
    reset = seen.reset_to_file
    if reset is not None and works_on_case(to) and last_of(reset.on) < on:
        due, own = last_of(reset.on), reset.record_id
        yield OverdueDuty(kind=DutyKind.RESET_PATHWAYS, due=due, record_id=own)
