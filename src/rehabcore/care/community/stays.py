"""Stays in a community, as the case file tells them: where each stands on a day, and what misfits.

What happened is told as it happened, even if it was not allowed. Which phases there are is said by
the community; a file alone tells only how many a person has gone through.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum

from attrs import evolve, field

from rehabcore.care.community.profiles import CommunityPhase
from rehabcore.care.community.stay_clocks import (
    PhaseVisit,
    Visits,
    days_of,
    entered,
    left,
    resumed,
    stopped,
)
from rehabcore.care.machines import machine
from rehabcore.care.moves.responsibility import died_by
from rehabcore.records import CaseFile, Residency, ResidencyAct
from rehabcore.records.moments import moment, moment_of
from rehabcore.rules.machines.walking import HistoryEntry, Position, Ways
from rehabcore.rules.time.days import Term
from rehabcore.rules.time.partial import last_of
from rehabcore.strict.checked import SECRET, checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.vocabulary import RecordId, ResidencyEvent

REFERRED = Position(state="referred")
"""Where every stay begins."""
WITH_PLACE = frozenset({"resident", "suspended"})
"""The states in which a person has a place. A suspended resident keeps it."""
EXITS = frozenset(
    {
        ResidencyEvent.GRADUATED,
        ResidencyEvent.LEFT_VOLUNTARILY,
        ResidencyEvent.DISCHARGED_RULES,
        ResidencyEvent.MEDICAL_EXIT,
        ResidencyEvent.TRANSFERRED_OUT,
        ResidencyEvent.RELEASED_BEFORE_COMPLETION,
    }
)
"""The events by which a person leaves the community."""


class StayMisfit(StrEnum):
    """Why an act of a stay was not as it should be. It happened all the same."""

    NOT_FROM_HERE = "not_from_here"
    """The table of stays does not allow it in the state in which the stay was."""
    NO_SUCH_PHASE = "no_such_phase"
    """There is no phase after the last, and none before the first."""
    TOO_EARLY = "too_early"
    """The minimum of the phase, or of the whole stay, had not passed."""
    NOT_LAST_PHASE = "not_last_phase"
    """Graduated from a phase that is not the last."""
    NO_REASON = "no_reason"
    NO_OFFICE = "no_office"
    """Nobody says to which office the person went."""
    NO_REPORT = "no_report"
    """The next office was not sent the report of the stay, or nobody says so."""
    SECOND_PLACE = "second_place"
    """The person had a place by another stay."""


@frozen(kw_only=True)
@checked
class MisfitAct:
    """An act that was not as it should be, and why."""

    record_id: RecordId = field(metadata=SECRET)
    event: ResidencyEvent
    why: StayMisfit


@frozen(kw_only=True)
@checked
class StayStanding:
    """Where one stay stands at the end of a day.

    ``state`` is one of the machine ``residency``; ``since`` the day on which it was certainly
    reached. ``visits`` are the phases gone through, ``reason`` that of the exit. ``died`` tells
    that the person died in the community, which stops every clock.
    """

    residency: RecordId = field(metadata=SECRET)
    unit: str = field(metadata=SECRET)
    state: str
    since: date
    origin: str = ""
    visits: Visits = ()
    reason: str | None = None
    misfits: tuple[MisfitAct, ...] = ()
    died: bool = False

    @property
    def has_place(self) -> bool:
        """Whether the person has a place. A suspended resident keeps it."""
        return self.state in WITH_PLACE and not self.died

    @property
    def visit(self) -> PhaseVisit | None:
        """The phase in which the person is, or last was; None before admission."""
        return self.visits[-1] if self.visits else None

    @property
    def admitted_on(self) -> date | None:
        """The day of admission; None before."""
        return self.visits[0].since if self.visits else None

    def days(self, on: date) -> int:
        """The days of the whole stay by the day of the standing, suspensions left out."""
        return days_of(self.visits, on)


@frozen(kw_only=True)
@checked
class PhasesOf:
    """The phases of a community in their order, and the minimum of a whole stay.

    ``known`` is false where neither a profile nor a book names the phases.
    """

    phases: tuple[CommunityPhase, ...] = ()
    minimum_stay: Term | None = None

    @property
    def known(self) -> bool:
        """Whether anybody has said which phases there are."""
        return bool(self.phases)

    def minimum(self, phase: int) -> Term | None:
        """The minimum of a phase; None where nobody has published one."""
        return self.phases[phase].minimum if phase < len(self.phases) else None


def stays_on(view: CaseFile, on: date, phases: Mapping[str, PhasesOf]) -> tuple[StayStanding, ...]:
    """Every stay that was referred by a day, in the order of the referrals.

    Args:
        view: the records that hold on the day.
        on: the day; what happened on it counts.
        phases: the phases of each community, by the id of its book.
    """
    acts: dict[RecordId, list[ResidencyAct]] = defaultdict(list)
    for act in sorted(view.residency_acts, key=moment_of):
        if last_of(act.on) <= on:
            acts[act.residency].append(act)
    died = died_by(view)
    begun = [one for one in view.residencies if last_of(one.referred_on) <= on]
    ordered = sorted(begun, key=lambda one: moment(one.filed, one.referred_on))
    ways = Ways(machine("residency"))
    found = [
        _standing(one, acts[one.filed.record_id], ways, phases.get(one.unit, PhasesOf()))
        for one in ordered
    ]
    if died is not None and died <= on:
        found = [_ended_by_death(stay, died) for stay in found]
    second = {*_second_places(found)}
    return tuple(_told_twice(stay) if stay.residency in second else stay for stay in found)


def _standing(
    residency: Residency, acts: Sequence[ResidencyAct], ways: Ways, phases: PhasesOf
) -> StayStanding:
    stay = StayStanding(
        residency=residency.filed.record_id,
        unit=residency.unit,
        state=REFERRED.state,
        since=last_of(residency.referred_on),
    )
    for act in acts:
        stay = _after(stay, act, ways, phases)
    return stay


def _ended_by_death(stay: StayStanding, died: date) -> StayStanding:
    """The stay, ended if the person had a place."""
    if not stay.has_place:
        return stay
    return evolve(stay, died=True, visits=left(stay.visits, max(died, stay.visits[-1].since)))


def _after(stay: StayStanding, act: ResidencyAct, ways: Ways, phases: PhasesOf) -> StayStanding:
    """The stay after one more act."""
    before = Position(state=stay.state, origin=stay.origin)
    passed = ways.passed(before, HistoryEntry(event=act.event.value, on=act.on))
    after = passed.after or before
    if stay.visits and not stay.has_place and after.state in WITH_PLACE:
        after = before  # whoever has left has no place again: a readmission is another stay
    day, fits = last_of(act.on), passed.arrow is not None
    whys = _misfits(stay, act, phases, day) if fits else (StayMisfit.NOT_FROM_HERE,)
    told = (
        MisfitAct(record_id=act.filed.record_id, event=act.event, why=why)
        for why in (*whys, *_lacking(act))
    )
    step = _STEPS.get(act.event, 0) if fits else 0
    leaves = stay.has_place and after.state not in WITH_PLACE
    return evolve(
        stay,
        state=after.state,
        since=day if after.state != stay.state else stay.since,
        origin=after.origin,
        visits=_visits(stay, after.state, step, phases, day),
        reason=act.reason if leaves else stay.reason,
        misfits=(*stay.misfits, *told),
    )


def _visits(stay: StayStanding, state: str, step: int, phases: PhasesOf, day: date) -> Visits:
    """The phases after an act that led to a state, and perhaps by a step to another phase."""
    visits = stay.visits
    if not visits:
        visits = entered((), 0, day) if state in WITH_PLACE else ()
    elif not stay.has_place:
        return visits
    elif stay.state == "suspended" != state:
        visits = resumed(visits, day)
    if visits and state not in WITH_PLACE:
        return left(visits, day)
    if state == "suspended" != stay.state:
        return stopped(visits, day)
    if step and _phase_exists(visits[-1].phase + step, phases):
        return entered(visits, visits[-1].phase + step, day)
    return visits


_STEPS = {ResidencyEvent.ADVANCED: 1, ResidencyEvent.REGRESSED: -1}


def _phase_exists(phase: int, phases: PhasesOf) -> bool:
    """Whether there is such a phase; where nobody has said which there are, any may be."""
    return phase >= 0 and (not phases.known or phase < len(phases.phases))


def _misfits(
    stay: StayStanding, act: ResidencyAct, phases: PhasesOf, day: date
) -> Iterator[StayMisfit]:
    """Why an act that the table allows was not as the community works."""
    visit, step = stay.visit, _STEPS.get(act.event, 0)
    graduates = act.event is ResidencyEvent.GRADUATED
    if visit is None:
        return
    if step and not _phase_exists(visit.phase + step, phases):
        yield StayMisfit.NO_SUCH_PHASE
    if graduates and phases.known and visit.phase + 1 < len(phases.phases):
        yield StayMisfit.NOT_LAST_PHASE
    early = not minimum_passed(visit, phases, day)
    if (step == 1 and early) or (graduates and (early or not stay_passed(stay, phases, day))):
        yield StayMisfit.TOO_EARLY


def minimum_passed(visit: PhaseVisit, phases: PhasesOf, on: date) -> bool:
    """Whether the minimum of a phase has passed by a day; so it has where nobody published one."""
    minimum = phases.minimum(visit.phase)
    return minimum is None or on >= visit.earliest_end(minimum, on)


def stay_passed(stay: StayStanding, phases: PhasesOf, on: date) -> bool:
    """Whether the minimum of the whole stay has passed by a day, as ``minimum_passed``."""
    earliest = earliest_graduation(stay, phases, on)
    return earliest is None or on >= earliest


def earliest_graduation(stay: StayStanding, phases: PhasesOf, on: date) -> date | None:
    """The first day on which the minimum of the whole stay has passed; None if there is none."""
    if phases.minimum_stay is None or stay.admitted_on is None:
        return None
    suspended = sum(visit.suspended_by(on) for visit in stay.visits)
    return phases.minimum_stay.after(stay.admitted_on) + timedelta(suspended)


def _lacking(act: ResidencyAct) -> Iterator[StayMisfit]:
    """The misfits of an act that does not say all it should."""
    if act.event in WITH_REASON and act.reason is None:
        yield StayMisfit.NO_REASON
    if act.event in EXITS and not act.office:
        yield StayMisfit.NO_OFFICE
    if act.event in EXITS and not act.report:
        yield StayMisfit.NO_REPORT


WITH_REASON = frozenset(
    (EXITS - {ResidencyEvent.GRADUATED}) | {ResidencyEvent.SUSPENDED, ResidencyEvent.REGRESSED}
)
"""The events for which a reason is given."""


def _second_places(stays: Iterable[StayStanding]) -> Iterator[RecordId]:
    """The stays that began while the person had a place by another one."""
    taken = date.min
    for stay in sorted(stays, key=lambda one: one.admitted_on or date.max):
        if stay.admitted_on is not None:
            if stay.admitted_on < taken:
                yield stay.residency
            taken = max(taken, stay.visits[-1].until or date.max)


def _told_twice(stay: StayStanding) -> StayStanding:
    twice = MisfitAct(
        record_id=stay.residency, event=ResidencyEvent.ADMITTED, why=StayMisfit.SECOND_PLACE
    )
    return evolve(stay, misfits=(*stay.misfits, twice))
