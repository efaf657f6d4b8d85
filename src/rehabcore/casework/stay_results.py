"""Results about communities, stays in them and diversions, complete with their grounds."""

from collections.abc import Iterable, Sequence
from datetime import date

from attrs import field

from rehabcore.care.community.occupancy import CommunityStanding
from rehabcore.care.community.outlooks import StayOutlook
from rehabcore.care.community.profiles import CommunityPhase, Quoted
from rehabcore.care.community.stays import StayStanding
from rehabcore.care.diversion import DiversionStanding
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
        told, on = self.standing, self.grounds.stamp.on
        if len(told.residents) > told.occupied:
            expected = "at most the number of places taken"
            found = len(told.residents)
            yield Problem.of(found, "does_not_follow", expected, path="standing.residents")
        since = {
            "residents": [one.since for one in told.residents],
            "waiting": [one.since for one in told.waiting],
            "norms": [one.adopted_on for one in told.norms],
        }
        for name, days in since.items():
            yield from _not_later(days, on, f"standing.{name}")


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
        for index, seen in enumerate(self.stays):
            told, path = seen.standing, f"stays[{index}]"
            yield from _not_later([told.since, told.admitted_on or on], on, f"{path}.standing")
            in_phase = None if told.visit is None else told.visit.days_by(on)
            if (seen.days_in_phase, seen.days) != (in_phase, told.days(on)):
                expected = "the days that its phases give"
                yield Problem.of(seen.days, "does_not_follow", expected, path=f"{path}.days")


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
        on = self.grounds.stamp.on
        for index, one in enumerate(self.diversions):
            yield from _not_later([one.since, *one.reports], on, f"diversions[{index}]")


StayResult = CommunityResult | ResidencyResult | DiversionResult
"""The results about communities, stays and diversions."""


def _not_later(days: Sequence[date], on: date, path: str) -> Iterable[Problem]:
    if max(days, default=on) > on:
        expected = "days up to that of the stamp"
        yield Problem.of(max(days), "does_not_follow", expected, path=path)
