"""Stays in a community, as the case file tells them: where each stands on a day.

What happened is told as it happened, even if it was not allowed. Which phases there are is said by
the community; a file alone tells only how many a person has gone through.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import date, timedelta
from enum import StrEnum

from attrs import evolve, field

from rehabcore.care.community.profiles import CommunityPhase
from rehabcore.care.community.stay_clocks import (
    PhaseVisit,
    days_of,
    left,
    resumed,
    stopped,
)
from rehabcore.care.machines import machine
from rehabcore.care.moves.responsibility import died_by
from rehabcore.care.moves.whereabouts import arrivals
from rehabcore.records import CaseFile, Residency, ResidencyAct
from rehabcore.records.moments import moment, moment_of
from rehabcore.rules.machines.walking import HistoryEntry, Position, Ways
from rehabcore.rules.time.days import Term
from rehabcore.rules.time.partial import last_of
from rehabcore.strict.checked import SECRET, checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.vocabulary import RecordId, ResidencyEvent, Setting

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


class StayMisplacement(StrEnum):
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
    MOVED_AWAY = "moved_away"
    """The person lives elsewhere since, and nobody filed that the stay ended."""


@frozen(kw_only=True)
@checked
class MisplacedInStay:
    """An act that was not as it should be, and why."""

    record_id: RecordId = field(metadata=SECRET)
    event: ResidencyEvent
    why: StayMisplacement


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
    visits: tuple[PhaseVisit, ...] = ()
    reason: str | None = None
    misplaced: tuple[MisplacedInStay, ...] = ()
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
        _Walk(one, ways, phases.get(one.unit, PhasesOf())).standing(acts[one.filed.record_id])
        for one in ordered
    ]
    if died is not None and died <= on:
        found = [_ended_by_death(stay, died) for stay in found]
    second = {*second_places(found)}
    home = _last_home((at[0], held.setting) for at, held in arrivals(view) if at[0] <= on)
    away = {stay.residency for stay in found if _moved_away(stay, home)}
    return tuple(_amiss(stay, second=second, away=away) for stay in found)


class _Walk:
    """One stay, while its acts are read."""

    def __init__(self, residency: Residency, ways: Ways, phases: PhasesOf) -> None:
        self._residency, self._ways, self._phases = residency, ways, phases
        self._at, self._since = REFERRED, last_of(residency.referred_on)
        self._visits: list[PhaseVisit] = []
        self._misplaced: list[MisplacedInStay] = []
        self._reason: str | None = None

    def standing(self, acts: Iterable[ResidencyAct]) -> StayStanding:
        """Where the stay stands after all its acts."""
        for act in acts:
            self._enter(act)
        return StayStanding(
            residency=self._residency.filed.record_id,
            unit=self._residency.unit,
            state=self._at.state,
            since=self._since,
            origin=self._at.origin,
            visits=tuple(self._visits),
            reason=self._reason,
            misplaced=tuple(self._misplaced),
        )

    def _enter(self, act: ResidencyAct) -> None:
        before, has_place = self._at, self._at.state in WITH_PLACE
        passed = self._ways.passed(before, HistoryEntry(event=act.event.value, on=act.on))
        after = passed.after or before
        if self._visits and not has_place and after.state in WITH_PLACE:
            after = before  # whoever has left has no place again: a readmission is another stay
        day, fits = last_of(act.on), passed.arrow is not None
        whys = self._objections(act, day) if fits else (StayMisplacement.NOT_FROM_HERE,)
        for why in (*whys, *_lacking(act)):
            misplaced = MisplacedInStay(record_id=act.filed.record_id, event=act.event, why=why)
            self._misplaced.append(misplaced)
        if has_place or (after.state in WITH_PLACE and not self._visits):
            self._visit(after.state, _STEPS.get(act.event, 0) if fits else 0, day)
        if has_place and after.state not in WITH_PLACE:
            self._reason = act.reason
        self._at, self._since = after, day if after.state != before.state else self._since

    def _visit(self, state: str, step: int, day: date) -> None:
        """Turn the clock where an act leads to a state, and perhaps by a step to another phase."""
        before = self._at.state
        visit = self._visits.pop() if self._visits else PhaseVisit(phase=0, since=day)
        if before == "suspended" != state:
            visit = resumed(visit, day)
        if state not in WITH_PLACE:
            visit = left(visit, day)
        elif state == "suspended" != before:
            visit = stopped(visit, day)
        elif step and _phase_exists(visit.phase + step, self._phases):
            self._visits.append(left(visit, day))
            visit = PhaseVisit(phase=visit.phase + step, since=day)
        self._visits.append(visit)

    def _objections(self, act: ResidencyAct, day: date) -> Iterator[StayMisplacement]:
        """Why an act that the table allows was not as the community works."""
        step, graduates = _STEPS.get(act.event, 0), act.event is ResidencyEvent.GRADUATED
        phases, visit = self._phases, self._visits[-1] if self._visits else None
        if visit is None:
            return
        if step and not _phase_exists(visit.phase + step, phases):
            yield StayMisplacement.NO_SUCH_PHASE
        if graduates and phases.known and visit.phase + 1 < len(phases.phases):
            yield StayMisplacement.NOT_LAST_PHASE
        early = not minimum_passed(visit, phases, day)
        if graduates:
            early = early or not stay_passed(self._visits, phases, day)
        if early and (step == 1 or graduates):
            yield StayMisplacement.TOO_EARLY


def _ended_by_death(stay: StayStanding, died: date) -> StayStanding:
    """The stay, ended if the person had a place."""
    if not stay.has_place:
        return stay
    last = left(stay.visits[-1], max(died, stay.visits[-1].since))
    return evolve(stay, died=True, visits=(*stay.visits[:-1], last))


_STEPS = {ResidencyEvent.ADVANCED: 1, ResidencyEvent.REGRESSED: -1}


def _phase_exists(phase: int, phases: PhasesOf) -> bool:
    """Whether there is such a phase; where nobody has said which there are, any may be."""
    return phase >= 0 and (not phases.known or phase < len(phases.phases))


def minimum_passed(visit: PhaseVisit, phases: PhasesOf, on: date) -> bool:
    """Whether the minimum of a phase has passed by a day; so it has where nobody published one."""
    minimum = phases.minimum(visit.phase)
    return minimum is None or on >= visit.earliest_end(minimum, on)


def stay_passed(visits: Sequence[PhaseVisit], phases: PhasesOf, on: date) -> bool:
    """Whether the minimum of the whole stay has passed by a day, as ``minimum_passed``."""
    earliest = earliest_graduation(visits, phases, on)
    return earliest is None or on >= earliest


def earliest_graduation(visits: Sequence[PhaseVisit], phases: PhasesOf, on: date) -> date | None:
    """The first day on which the minimum of the whole stay has passed; None if there is none."""
    if phases.minimum_stay is None or not visits:
        return None
    suspended = sum(visit.suspended_by(on) for visit in visits)
    return phases.minimum_stay.after(visits[0].since) + timedelta(suspended)


def _lacking(act: ResidencyAct) -> Iterator[StayMisplacement]:
    """Why an act is misplaced that does not say all it should."""
    if act.event in WITH_REASON and act.reason is None:
        yield StayMisplacement.NO_REASON
    if act.event in EXITS and not act.office:
        yield StayMisplacement.NO_OFFICE
    if act.event in EXITS and not act.report:
        yield StayMisplacement.NO_REPORT


WITH_REASON = frozenset(
    (EXITS - {ResidencyEvent.GRADUATED}) | {ResidencyEvent.SUSPENDED, ResidencyEvent.REGRESSED}
)
"""The events for which a reason is given."""


def second_places(stays: Iterable[StayStanding]) -> Iterator[RecordId]:
    """The stays that began while the person had a place by another one."""
    taken = date.min
    for stay in sorted(stays, key=lambda one: one.admitted_on or date.max):
        if stay.admitted_on is not None:
            if stay.admitted_on < taken:
                yield stay.residency
            taken = max(taken, stay.visits[-1].until or date.max)


def admitted_later(view: CaseFile, residency: RecordId, on: date) -> bool:
    """Whether the person may have been admitted by another stay after a day.

    So nobody is admitted for an earlier day who has a place elsewhere since.
    """
    return any(
        act.event is ResidencyEvent.ADMITTED and act.residency != residency and last_of(act.on) > on
        for act in view.residency_acts
    )


def _last_home(placed: Iterable[tuple[date, Setting]]) -> tuple[date, Setting] | None:
    """Since when a person lives in which setting, by the places to which they came, in order.

    A hospital is no other home.
    """
    home: tuple[date, Setting] | None = None
    for day, setting in placed:
        if setting is not Setting.HOSPITAL and (home is None or setting is not home[1]):
            home = day, setting
    return home


def _moved_away(stay: StayStanding, home: tuple[date, Setting] | None) -> bool:
    """Whether a person with a place came to live elsewhere."""
    if home is None or stay.admitted_on is None or not stay.has_place:
        return False
    since, setting = home
    return since > stay.admitted_on and setting is not Setting.RESIDENTIAL


def _amiss(stay: StayStanding, *, second: Set[RecordId], away: Set[RecordId]) -> StayStanding:
    """The stay with everything that is amiss with it as a whole, by the stays that are so."""
    told = tuple(
        MisplacedInStay(record_id=stay.residency, event=ResidencyEvent.ADMITTED, why=why)
        for why, stays in (
            (StayMisplacement.SECOND_PLACE, second),
            (StayMisplacement.MOVED_AWAY, away),
        )
        if stay.residency in stays
    )
    return evolve(stay, misplaced=(*stay.misplaced, *told)) if told else stay
