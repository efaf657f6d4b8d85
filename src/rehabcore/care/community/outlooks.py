"""The outlook of a stay: when the next phase can begin, and whether it is completed before release.

A projection takes the shortest way: every phase ends when its minimum has passed, and nobody is
suspended again. Where a minimum that is needed was not published, nothing is projected.
"""

from collections.abc import Container, Iterable
from datetime import date

from attrs import field

from rehabcore.care.community.stay_clocks import PhaseVisit
from rehabcore.care.community.stays import PhasesOf, StayStanding, earliest_graduation
from rehabcore.care.moves.stages import Preparation, TransitionSeen
from rehabcore.care.release_days import ReleaseDay
from rehabcore.rules.time.partial import Day, first_of, last_of
from rehabcore.strict.checked import SECRET, checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.vocabulary import RecordId


@frozen(kw_only=True)
@checked
class StayOutlook:
    """The outlook of a stay, seen from one day.

    ``earliest_next`` is the first day on which the person could go on, ``completion`` that on which
    the stay could be completed; None where it cannot be told. ``release`` is the day on which the
    person leaves custody, as far as it is known, and ``exit_plan`` the transition for which there
    is a plan.
    """

    earliest_next: date | None = None
    completion: date | None = None
    release: Day | None = field(default=None, repr=False)
    exit_plan: RecordId | None = field(default=None, metadata=SECRET)

    @property
    def in_time(self) -> bool | None:
        """Whether it is completed by the day of release; None where either day is not known."""
        if self.completion is None or self.release is None:
            return None
        if self.completion <= first_of(self.release):
            return True
        return None if self.completion <= last_of(self.release) else False


def outlook(
    stay: StayStanding,
    phases: PhasesOf,
    on: date,
    *,
    release: ReleaseDay | None,
    exit_plan: RecordId | None,
) -> StayOutlook:
    """The outlook of a stay, seen from a day.

    Args:
        stay: where it stands on the day.
        phases: the phases of its community.
        on: the day.
        release: the day on which the person leaves custody; None if nothing on file tells it.
        exit_plan: the transition for which there is a plan (``planned_exit``).
    """
    return StayOutlook(
        earliest_next=_earliest_next(stay, phases, on),
        completion=_completion(stay, phases, on),
        release=None if release is None else release.day,
        exit_plan=exit_plan,
    )


def planned_exit(
    transitions: Iterable[TransitionSeen], releases: Container[str]
) -> RecordId | None:
    """The first release that is still ahead and for which there is a plan.

    Args:
        transitions: the transitions of the person, as they stand on the day.
        releases: the ids of the moves by which people are released.
    """
    for one in transitions:
        ahead = one.moved_on is None and one.closed_on is None
        if one.move in releases and ahead and one.preparation not in _WITHOUT_PLAN:
            return one.transition
    return None


_WITHOUT_PLAN = (Preparation.IDENTIFIED, Preparation.ASSESSED)


def _earliest_next(stay: StayStanding, phases: PhasesOf, on: date) -> date | None:
    """The first day from ``on`` at which the minimum of the phase has passed."""
    visit = stay.visit
    if visit is None or not stay.has_place:
        return None
    return _end_of(visit, phases, on)


def _end_of(visit: PhaseVisit, phases: PhasesOf, on: date) -> date | None:
    minimum = phases.minimum(visit.phase)
    return None if minimum is None else max(on, visit.earliest_end(minimum, on))


def _completion(stay: StayStanding, phases: PhasesOf, on: date) -> date | None:
    """The first day on which every phase and the whole stay can be over."""
    if not phases.known or (stay.visits and not stay.has_place):
        return None
    visit = stay.visit or PhaseVisit(phase=0, since=on)
    day, reached = _end_of(visit, phases, on), visit.phase
    for phase in phases.phases[reached + 1 :]:
        if day is None or phase.minimum is None:
            return None
        day = phase.minimum.after(day)
    if day is None:
        return None
    whole = earliest_graduation(stay.visits, phases, on)
    if stay.admitted_on is None and phases.minimum_stay is not None:
        whole = phases.minimum_stay.after(on)
    return max(day, whole or day)
