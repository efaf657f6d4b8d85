"""Diversions: treatment or supervision instead of prison, and where each stands on a day.

The conditions are the requirements that the same court or prosecutor imposed and that hold while
the diversion does. That the provider accepted is told by the transition to it. What happened is
told as it happened, even if it was not allowed.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

from attrs import evolve, field

from rehabcore.care.machines import machine
from rehabcore.care.moves.responsibility import died_by
from rehabcore.care.moves.stages import TransitionSeen
from rehabcore.records import CaseFile, Diversion, DiversionAct, Requirement
from rehabcore.records.moments import moment, moment_of
from rehabcore.rules.machines.walking import HistoryEntry, Position, walk
from rehabcore.rules.time.days import ONE_DAY, OPEN, Ending
from rehabcore.rules.time.partial import PartialEnd, Period, first_of, last_of
from rehabcore.strict.checked import SECRET, checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.vocabulary import DiversionEvent, RecordId


class DiversionRemark(StrEnum):
    """Something about a diversion that a person has to look at."""

    NOT_FROM_HERE = "not_from_here"
    """Something happened that the table of diversions does not allow in that state."""
    NO_REFERRAL = "no_referral"
    """No transition leads to a provider."""
    NOT_ACCEPTED = "not_accepted"
    """It began, and the provider has not accepted."""
    CONDITIONS_OPEN = "conditions_open"
    """It was completed while conditions were still running."""
    NO_REASON = "no_reason"
    """A breach or a return has no reason."""
    LAPSED = "lapsed"
    """Its time is over, and it was neither completed nor returned."""


@frozen(kw_only=True)
@checked
class DiversionStanding:
    """Where one diversion stands at the end of a day.

    ``state`` is one of the machine ``diversion``; ``since`` the day on which it was certainly
    reached. ``running`` and ``over`` are its conditions, ``reports`` the days of the reports to the
    court or prosecutor. ``accepted_by`` is the office that accepted the referral; empty if none.
    """

    diversion: RecordId = field(metadata=SECRET)
    decided_by: str = field(metadata=SECRET)
    state: str
    since: date
    until: PartialEnd = OPEN
    accepted_by: str = field(default="", metadata=SECRET)
    running: tuple[RecordId, ...] = field(default=(), metadata=SECRET)
    over: tuple[RecordId, ...] = field(default=(), metadata=SECRET)
    reports: tuple[date, ...] = ()
    remarks: tuple[DiversionRemark, ...] = ()

    @property
    def is_over(self) -> bool:
        """Whether it was completed, or returned to the court or prosecutor."""
        return machine("diversion").state(self.state).final


def diversions_on(
    view: CaseFile, transitions: Iterable[TransitionSeen], on: date
) -> tuple[DiversionStanding, ...]:
    """Every diversion that was decided by a day, in the order of the decisions.

    Args:
        view: the records that hold on the day.
        transitions: its transitions, as they stand on the day.
        on: the day; what happened on it counts.
    """
    acts: dict[RecordId, list[DiversionAct]] = defaultdict(list)
    for act in sorted(view.diversion_acts, key=moment_of):
        if last_of(act.on) <= on:
            acts[act.diversion].append(act)
    own_word = {act.filed.record_id for act in view.transition_acts if act.is_acceptance}
    accepted = {one.transition: one.taken_by for one in transitions if one.taken_by_act in own_word}
    died = died_by(view)
    alive = on if died is None else min(on, died - ONE_DAY)
    decided = [one for one in view.diversions if last_of(one.decided_on) <= on]
    return tuple(
        _standing(one, acts[one.filed.record_id], accepted, view.requirements, on=on, alive=alive)
        for one in sorted(decided, key=lambda one: moment(one.filed, one.decided_on))
    )


def _standing(
    diversion: Diversion,
    acts: Sequence[DiversionAct],
    accepted: dict[RecordId, str],
    requirements: Sequence[Requirement],
    *,
    on: date,
    alive: date,
) -> DiversionStanding:
    own = [one for one in requirements if _is_condition(one, diversion)]
    entries = [HistoryEntry(event=act.event.value, on=act.on) for act in acts]
    passed = walk(machine("diversion"), entries, after=Position(state="decided"))
    state, since = "decided", last_of(diversion.decided_on)
    for one in passed:
        if one.after is not None and one.after.state != state:
            state, since = one.after.state, last_of(one.entry.on)
    told = DiversionStanding(
        diversion=diversion.filed.record_id,
        decided_by=diversion.decided_by,
        state=state,
        since=since,
        until=diversion.until,
        accepted_by=accepted.get(diversion.transition, "") if diversion.transition else "",
        over=tuple(one.filed.record_id for one in own if _is_over(one, on)),
        running=tuple(one.filed.record_id for one in own if not _is_over(one, on)),
        reports=tuple(last_of(a.on) for a in acts if a.event is DiversionEvent.REPORTED),
    )
    unfulfilled = [one for one in own if _may_hold(one, since)]
    remarks = {
        DiversionRemark.NOT_FROM_HERE: any(one.misfits for one in passed),
        DiversionRemark.NO_REFERRAL: diversion.transition is None,
        DiversionRemark.NOT_ACCEPTED: _began(acts) and not told.accepted_by,
        DiversionRemark.CONDITIONS_OPEN: told.state == "completed" and bool(unfulfilled),
        DiversionRemark.NO_REASON: any(a.event in _WITH_REASON and a.reason is None for a in acts),
        DiversionRemark.LAPSED: not told.is_over and _has_ended(diversion.until, alive),
    }
    return evolve(told, remarks=tuple(remark for remark, holds in remarks.items() if holds))


_WITH_REASON = (DiversionEvent.BREACHED, DiversionEvent.RETURNED)


def _began(acts: Sequence[DiversionAct]) -> bool:
    return any(act.event is DiversionEvent.STARTED for act in acts)


def _is_condition(requirement: Requirement, diversion: Diversion) -> bool:
    """Whether the same office imposed a requirement, which was not over before the diversion."""
    return requirement.imposed_by == diversion.decided_by and not _is_over(
        requirement, first_of(diversion.decided_on)
    )


def _may_hold(requirement: Requirement, on: date) -> bool:
    """Whether a requirement may have begun by a day, and has not certainly ended."""
    span = requirement.span
    possible = span.possible if isinstance(span, Period) else span
    return possible.start <= on and not _is_over(requirement, on)


def _is_over(requirement: Requirement, on: date) -> bool:
    """Whether a requirement has certainly ended by a day."""
    span = requirement.span
    return _has_ended(span.last_end if isinstance(span, Period) else span.end, on)


def _has_ended(end: PartialEnd, on: date) -> bool:
    return not isinstance(end, Ending) and last_of(end) <= on
