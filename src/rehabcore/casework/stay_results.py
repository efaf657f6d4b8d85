"""Results about communities, stays in them and diversions, complete with their grounds."""

from collections.abc import Iterable, Iterator
from datetime import date

from attrs import field

from rehabcore.care.community.occupancy import CommunityStanding
from rehabcore.care.community.outlooks import StayOutlook
from rehabcore.care.community.profiles import CommunityPhase, Quoted
from rehabcore.care.community.requests import guarded_by, may_be_next
from rehabcore.care.community.stays import StayStanding
from rehabcore.care.diversion import DiversionStanding
from rehabcore.casework.coherence import each_once
from rehabcore.casework.coherence_of_stays import (
    incoherences_of_community,
    incoherences_of_diversion,
    incoherences_of_stay,
    incoherences_of_stays,
    is_part,
    not_later,
)
from rehabcore.casework.coherence_of_transitions import at_odds
from rehabcore.casework.results import Grounds
from rehabcore.rules.sources import Status, Text
from rehabcore.strict.checked import SECRET, checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem
from rehabcore.strict.vocabulary import CaseId, ResidencyEvent


@frozen(kw_only=True)
@checked
class CommunityResult:
    """A community on a day, and what the country says of it.

    ``profile_title`` is None where the country knows nothing of it. ``planned_places`` is the
    number of places that sources name. ``phases_published`` tells whether any source says which
    phases it has. ``status`` is that of the profile.
    """

    grounds: Grounds
    unit_id: str
    title: Text
    standing: CommunityStanding
    profile_title: Text | None = None
    planned_places: int | None = None
    phases_published: bool = False
    quoted: tuple[Quoted, ...] = ()
    status: Status | None = None

    def __repr__(self) -> str:
        told = f"{self.standing.occupied} of {self.standing.capacity} places"
        return f"<CommunityResult {self.grounds.in_short}: {told}>"

    def _problems(self) -> Iterable[Problem]:
        for problem in incoherences_of_community(self.standing, self.grounds.stamp.on):
            yield problem.below("standing")
        known, standing = self.profile_title is not None, self.standing
        told = {
            "planned_places": self.planned_places is not None,
            "phases_published": self.phases_published,
            "quoted": bool(self.quoted),
            "status": self.status is not None,
            "standing.most": standing.most is not None,
            "standing.published": standing.published is not None,
        }
        for path, is_told in told.items():
            if is_told and not known:
                yield at_odds(None, "nothing, as the country has no profile of it", path)
        if known and self.status is None:
            yield at_odds(None, "the status of the profile", "status")


@frozen(kw_only=True)
@checked
class StaySeen:
    """One stay, its phase and days, what lies ahead, and what lacks for the next step.

    ``phase`` is None before admission, and where nobody has said which phases there are.
    ``lacks`` are the facts that do not certainly hold and would have to for ``next_event``.
    """

    standing: StayStanding
    outlook: StayOutlook
    phase: CommunityPhase | None = None
    days_in_phase: int | None = None
    days: int = 0
    next_event: ResidencyEvent | None = None
    lacks: tuple[str, ...] = ()


@frozen(kw_only=True)
@checked
class ResidencyResult:
    """Every stay of a person in a community, as it stands on a day."""

    grounds: Grounds
    case_id: CaseId = field(repr=False, metadata=SECRET)
    stays: tuple[StaySeen, ...]

    def __repr__(self) -> str:
        states = ", ".join(seen.standing.state for seen in self.stays) or "no stay"
        return f"<ResidencyResult {self.grounds.in_short}: {states}>"

    def _problems(self) -> Iterable[Problem]:
        on = self.grounds.stamp.on
        yield from incoherences_of_stays([seen.standing for seen in self.stays])
        for index, seen in enumerate(self.stays):
            for problem in _of_stay(seen, on):
                yield problem.below(f"stays[{index}]")


def _of_stay(seen: StaySeen, on: date) -> Iterator[Problem]:
    told = seen.standing
    yield from not_later([told.since, told.admitted_on or on], on, "standing")
    amiss = [problem.below("standing") for problem in incoherences_of_stay(told)]
    if amiss:
        yield from amiss
        return
    in_phase = None if told.visit is None else told.visit.days_by(on)
    if (seen.days_in_phase, seen.days) != (in_phase, told.days(on)):
        yield at_odds(seen.days, "the days that its phases give", "days")
    yield from _ahead(seen, on)


def _ahead(seen: StaySeen, on: date) -> Iterator[Problem]:
    """A problem for each part of what lies ahead of a stay that does not follow."""
    told, ahead, phase = seen.standing, seen.outlook, seen.phase
    if phase is not None and told.visit is None:
        yield at_odds(None, "a phase after the admission", "phase")
    minimum, visit = phase and phase.minimum, told.visit if told.has_place else None
    earliest = visit and minimum and max(on, visit.earliest_end(minimum, on))
    if ahead.earliest_next != earliest:
        expected = "the day on which the minimum of the phase has passed"
        yield at_odds(ahead.earliest_next, expected, "outlook.earliest_next")
    if ahead.completion is not None:
        ended = told.visit is not None and earliest is None
        if ended or ahead.completion < (earliest or on):
            expected = "a day not before the phase can be over"
            yield at_odds(ahead.completion, expected, "outlook.completion")
    if seen.next_event not in may_be_next(told):
        value = None if seen.next_event is None else seen.next_event.value
        yield at_odds(value, "what may follow in the table of stays", "next_event")
    elif not is_part(seen.lacks, guarded_by(told, seen.next_event)):
        yield at_odds(list(seen.lacks), "facts that the next event needs", "lacks")


@frozen(kw_only=True)
@checked
class DiversionResult:
    """Every diversion of a person, as it stands on a day."""

    grounds: Grounds
    case_id: CaseId = field(repr=False, metadata=SECRET)
    diversions: tuple[DiversionStanding, ...]

    def __repr__(self) -> str:
        states = ", ".join(one.state for one in self.diversions) or "no diversion"
        return f"<DiversionResult {self.grounds.in_short}: {states}>"

    def _problems(self) -> Iterable[Problem]:
        yield from each_once([one.diversion for one in self.diversions], "diversions")
        for index, one in enumerate(self.diversions):
            for problem in incoherences_of_diversion(one, self.grounds.stamp.on):
                yield problem.below(f"diversions[{index}]")


StayResult = CommunityResult | ResidencyResult | DiversionResult
"""The results about communities, stays and diversions."""
