"""A community on a day, and over time: places taken, who waits, staff, norms, and what is amiss."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import TypeVar

from attrs import field

from rehabcore.care.community.unit_stays import UnitStay, stays_of
from rehabcore.care.community.units import Capacity, CommunityNorm, CommunityUnit, Staffing
from rehabcore.care.machines import machine
from rehabcore.rules.machines.walking import HistoryEntry, Passed, walk
from rehabcore.rules.time.days import OPEN, End, Span
from rehabcore.rules.time.partial import last_of
from rehabcore.strict.checked import SECRET, checked, checked_arguments
from rehabcore.strict.frozen import frozen
from rehabcore.strict.vocabulary import PreparationItem, UnitStage

OPEN_STAGES = frozenset({UnitStage.PILOT, UnitStage.RUNNING})
"""The stages in which a community admits residents."""


class CommunityAlert(StrEnum):
    """Something in a community that a person has to look at."""

    NOT_OPEN = "not_open"
    """There are residents, and the community is neither piloted nor running."""
    OVER_CAPACITY = "over_capacity"
    UNKNOWN_CAPACITY = "unknown_capacity"
    """There are residents, and nobody has said how many places there are."""
    TOO_FEW_COUNSELLORS = "too_few_counsellors"
    NOT_APART = "not_apart"
    """Residents live with other prisoners."""
    ROLE_TOO_EARLY = "role_too_early"
    """A resident has a role that is for a later phase."""
    NOT_PREPARED = "not_prepared"
    """The community opened before every item of its preparation was done."""
    STAGE_SKIPPED = "stage_skipped"
    """A stage was reached by a step that the table of stages does not allow."""
    NOT_PUBLISHED_AS_OPEN = "not_published_as_open"
    """The book says that it is open, and the sources of the country say that it is not."""


@frozen(kw_only=True)
@checked
class Resident:
    """One who has a place; ``phase`` is a code of the unit, empty where it has none."""

    stay: str = field(metadata=SECRET)
    since: date
    phase: str = ""
    suspended_since: date | None = None
    roles: tuple[str, ...] = ()


@frozen(kw_only=True)
@checked
class Waiting:
    """One who waits for a place, since a day."""

    stay: str = field(metadata=SECRET)
    since: date


@frozen(kw_only=True)
@checked
class CommunityStanding:
    """A community at the end of one day.

    ``stage`` and ``capacity`` are None where nobody has said. ``occupied`` counts every place that
    is taken, also by people whose references were taken out. ``most`` is how many residents there
    may be for each counsellor; None if the profile does not say. ``apart`` tells whether residents
    live apart from other prisoners, ``too_early`` who has a role that is for a later phase, and
    ``skipped_to`` the stages that were reached by a step which the machine ``unit`` does not allow.
    ``published`` is the stage that the profile states.
    """

    stage: UnitStage | None
    missing: tuple[PreparationItem, ...]
    capacity: int | None
    occupied: int
    residents: tuple[Resident, ...]
    waiting: tuple[Waiting, ...]
    staff: int | None
    counsellors: int | None
    most: int | None
    norms: tuple[CommunityNorm, ...]
    apart: bool | None = None
    too_early: tuple[str, ...] = field(default=(), metadata=SECRET)
    skipped_to: tuple[UnitStage, ...] = ()
    published: UnitStage | None = None

    @property
    def free(self) -> int | None:
        """How many places are free; None if nobody has said how many there are."""
        return None if self.capacity is None else max(0, self.capacity - self.occupied)

    @property
    def admits(self) -> bool:
        """Whether somebody could be admitted: it is open, and has a free place."""
        return self.stage in OPEN_STAGES and bool(self.free)

    @property
    def alerts(self) -> tuple[CommunityAlert, ...]:
        """Everything that a person has to look at."""
        taken, opened = bool(self.occupied), self.stage in OPEN_STAGES
        told = {
            CommunityAlert.NOT_OPEN: taken and not opened,
            CommunityAlert.OVER_CAPACITY: self.capacity is not None
            and self.occupied > self.capacity,
            CommunityAlert.UNKNOWN_CAPACITY: taken and self.capacity is None,
            CommunityAlert.TOO_FEW_COUNSELLORS: too_few(self.occupied, self.counsellors, self.most),
            CommunityAlert.NOT_APART: taken and self.apart is False,
            CommunityAlert.ROLE_TOO_EARLY: bool(self.too_early),
            CommunityAlert.NOT_PREPARED: opened and bool(self.missing),
            CommunityAlert.STAGE_SKIPPED: bool(self.skipped_to),
            CommunityAlert.NOT_PUBLISHED_AS_OPEN: opened
            and self.published not in (None, *OPEN_STAGES),
        }
        return tuple(alert for alert, holds in told.items() if holds)

    @property
    def ratio(self) -> Decimal | None:
        """Residents for each counsellor, with one decimal; None where no counsellor is known."""
        if not self.counsellors:
            return None
        exact = Decimal(self.occupied) / self.counsellors
        return exact.quantize(Decimal("0.1"), ROUND_HALF_UP)


@checked_arguments
def standing_on(
    unit: CommunityUnit,
    on: date,
    *,
    most: int | None = None,
    published: UnitStage | None = None,
) -> CommunityStanding:
    """The community at the end of a day.

    Args:
        unit: its book.
        on: the day. Whoever leaves on it has no place any more.
        most: how many residents there may be for each counsellor; None for no limit.
        published: the stage that the country's profile states; None if it states none.
    """
    stays = stays_of(unit.acts, len(unit.phases), by=on).values()
    residents = sorted((stay for stay in stays if stay.is_resident), key=_admitted)
    erased = (held for held in unit.erased if held.since <= on < (held.until or date.max))
    occupied = len(residents) + sum(1 for _ in erased)
    capacity, staffing = _latest(unit.capacities, on), _latest(unit.staffing, on)
    reached = stages_by(unit, on)
    prepared = {done.item for done in unit.preparation if last_of(done.on) <= on}
    missing = tuple(item for item in PreparationItem if item not in prepared)
    places = None if capacity is None else capacity.places
    counsellors = None if staffing is None else staffing.counsellors
    return CommunityStanding(
        stage=UnitStage(reached[-1].entry.event) if reached else None,
        missing=missing,
        capacity=places,
        occupied=occupied,
        residents=tuple(_resident(stay, unit.phases) for stay in residents),
        waiting=_waiting(stays),
        staff=None if staffing is None else staffing.staff,
        counsellors=counsellors,
        most=most,
        norms=tuple(n for n in unit.norms if n.adopted_on <= on < (n.dropped_on or date.max)),
        apart=unit.apart,
        published=published,
        skipped_to=tuple(UnitStage(one.entry.event) for one in reached if one.misfits),
        too_early=tuple(_too_early(unit, residents)),
    )


S = TypeVar("S", Capacity, Staffing)


def _latest(listed: Sequence[S], on: date) -> S | None:
    """The one of a list that holds on a day: the last that began by then."""
    begun = [one for one in listed if one.since <= on]
    return max(begun, key=lambda one: one.since) if begun else None


def stages_by(unit: CommunityUnit, on: date) -> tuple[Passed, ...]:
    """The stages that the community has certainly reached by a day, in order, fitting or not.

    Stages of one day are in the order in which they follow each other.
    """
    reached = sorted((last_of(one.on), _STAGES.index(one.stage)) for one in unit.establishing)
    entries = [HistoryEntry(event=_STAGES[n].value, on=day) for day, n in reached if day <= on]
    return walk(machine("unit"), entries)


_STAGES = tuple(UnitStage)


def too_few(residents: int, counsellors: int | None, most: int | None) -> bool:
    """Whether there are too few counsellors for so many residents; no, if nobody has said."""
    return None not in (counsellors, most) and residents > (counsellors or 0) * (most or 0)


def _admitted(stay: UnitStay) -> tuple[date, str]:
    return stay.admitted_on or date.min, stay.stay


def _too_early(unit: CommunityUnit, residents: Iterable[UnitStay]) -> Iterator[str]:
    """The residents who have a role that is for a later phase."""
    places = {phase: place for place, phase in enumerate(unit.phases)}
    earliest = {role.role_id: places[role.minimum_phase] for role in unit.roles}
    for stay in residents:
        if any(earliest[role] > stay.phase for role in stay.roles):
            yield stay.stay


def _resident(stay: UnitStay, phases: tuple[str, ...]) -> Resident:
    return Resident(
        stay=stay.stay,
        since=stay.admitted_on or date.min,
        phase=phases[stay.phase] if phases else "",
        suspended_since=stay.suspended_since,
        roles=stay.roles,
    )


def _waiting(stays: Iterable[UnitStay]) -> tuple[Waiting, ...]:
    """The waiting list, the longest wait first."""
    waiting = (
        Waiting(stay=stay.stay, since=stay.waiting_since)
        for stay in stays
        if stay.waiting_since is not None
    )
    return tuple(sorted(waiting, key=lambda one: (one.since, one.stay)))


@frozen(kw_only=True)
@checked
class Occupancy:
    """The number of places taken on every day of a span, and how many there are."""

    within: Span
    occupied: int
    capacity: int | None

    @property
    def is_over(self) -> bool:
        """Whether more places are taken than there are."""
        return self.capacity is not None and self.occupied > self.capacity


@checked_arguments
def occupancy(unit: CommunityUnit) -> tuple[Occupancy, ...]:
    """The places taken from the first day on which one was, in spans without a change between them.

    A place is taken from the day of admission up to, and not including, the day of leaving.
    """
    changes: Counter[date] = Counter()
    for since, until in _held(unit):
        changes[since] += 1
        if until is not None:
            changes[until] -= 1
    days = sorted({*changes, *(one.since for one in unit.capacities)})
    first = min(changes, default=date.max)
    return tuple(_pieces([day for day in days if day >= first], changes, unit))


def free_from(unit: CommunityUnit, on: date) -> int | None:
    """The fewest places that are free on a day and on all later ones of which the book tells.

    So nobody is admitted for an earlier day into a place that was given to somebody since. None if
    nobody has said how many places there are.
    """
    now = standing_on(unit, on).free
    if now is None:
        return None
    pieces = (piece for piece in occupancy(unit) if piece.within.start > on)
    later = ((piece.capacity or 0) - piece.occupied for piece in pieces)  # once known, it stays so
    return max(0, min((now, *later)))


def _held(unit: CommunityUnit) -> Iterator[tuple[date, date | None]]:
    """The days from and until which each place is taken; who came and went on one day took none."""
    for stay in stays_of(unit.acts, len(unit.phases)).values():
        if stay.admitted_on is not None and stay.admitted_on != stay.left_on:
            yield stay.admitted_on, stay.left_on
    yield from ((held.since, held.until) for held in unit.erased)


def _pieces(
    days: Sequence[date], changes: Counter[date], unit: CommunityUnit
) -> Iterator[Occupancy]:
    ordered = sorted(unit.capacities, key=lambda one: one.since)
    occupied, known, places = 0, 0, None
    ends: list[End] = [*days[1:], OPEN]
    for day, after in zip(days, ends, strict=False):
        occupied += changes[day]
        while known < len(ordered) and ordered[known].since <= day:
            places, known = ordered[known].places, known + 1
        yield Occupancy(within=Span(day, after), occupied=occupied, capacity=places)
