"""The book of a therapeutic community: a document of its own, since a case file is one person's.

It tells of the place, and of stays under references that say nothing of a person. What a stay is
about, and why it ended, stands in the resident's own case file.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from attrs import evolve

from rehabcore.care.community.unit_stays import UnitAct, stays_of
from rehabcore.rules.sources import Text
from rehabcore.rules.time.partial import Day
from rehabcore.strict.checked import checked, checked_arguments, codes_only, not_empty
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import MOST_TOLD, Problem, one_of, refuse
from rehabcore.strict.vocabulary import PreparationItem, Sex, UnitStage

MOST_ACTS = 20_000
"""The most acts of stays in one document: five a day for eleven years."""
MOST_NAMED = 100
"""The most phases of one unit, and the most roles."""


@frozen(kw_only=True)
@checked
class Established:
    """A stage that the community reached on a day."""

    stage: UnitStage
    on: Day


@frozen(kw_only=True)
@checked
class Prepared:
    """An item of the preparation that was done on a day."""

    item: PreparationItem
    on: Day


@frozen(kw_only=True)
@checked
class Capacity:
    """The number of places from a day on."""

    places: int
    since: date

    def _problems(self) -> Iterable[Problem]:
        return _not_negative(self, "places")


@frozen(kw_only=True)
@checked
class Staffing:
    """The number of staff from a day on; ``counsellors`` are those of them who counsel."""

    staff: int
    counsellors: int
    since: date

    def _problems(self) -> Iterable[Problem]:
        yield from _not_negative(self, "staff", "counsellors")
        if 0 <= self.staff < self.counsellors:
            expected = f"at most the number of staff, {self.staff}"
            yield Problem.of(self.counsellors, "out_of_range", expected, path="counsellors")


@frozen(kw_only=True)
@checked
class CommunityNorm:
    """A norm that the community itself adopted, with its vote.

    It holds from ``adopted_on`` up to, and not including, ``dropped_on``.
    """

    norm_id: str
    text: Text
    adopted_on: date
    in_favour: int
    against: int = 0
    dropped_on: date | None = None

    def _problems(self) -> Iterable[Problem]:
        yield from codes_only(self, "norm_id")
        yield from _not_negative(self, "in_favour", "against")
        if 0 <= self.in_favour <= self.against:
            expected = f"more than the {self.against} against it, or it was not adopted"
            yield Problem.of(self.in_favour, "out_of_range", expected, path="in_favour")
        if self.dropped_on is not None and self.dropped_on <= self.adopted_on:
            expected = "a day after that of the vote"
            yield Problem.of(self.dropped_on, "ends_before_start", expected, path="dropped_on")


@frozen(kw_only=True)
@checked
class PeerRole:
    """A role that residents take for each other, from a phase on. It gives no power of staff."""

    role_id: str
    title: Text
    minimum_phase: str

    def _problems(self) -> Iterable[Problem]:
        return codes_only(self, "role_id", "minimum_phase")


@frozen(kw_only=True)
@checked
class PlaceHeld:
    """A place that somebody had, of whom nothing else is kept: from ``since`` to before ``until``.

    It is None while the person still has the place.
    """

    since: date
    until: date | None = None

    def _problems(self) -> Iterable[Problem]:
        if self.until is not None and self.until <= self.since:
            expected = "a day after the first"
            yield Problem.of(self.until, "ends_before_start", expected, path="until")


@frozen(kw_only=True)
@checked
class CommunityUnit:
    """The book of one therapeutic community.

    ``profile`` is the code of the country's profile of it. ``houses`` is the sex of its residents,
    ``apart`` whether they live apart from other prisoners; None means that nobody has said.
    ``phases`` are the codes of its phases in their order. ``erased`` are places of people whose
    references were taken out.

    Raises:
        InputError: the acts do not fit together, or there are more than ``MOST_ACTS``; or there are
            more phases or roles than ``MOST_NAMED``.
    """

    unit_id: str
    title: Text
    profile: str = ""
    institution: str = ""
    houses: Sex | None = None
    apart: bool | None = None
    phases: tuple[str, ...] = ()
    establishing: tuple[Established, ...] = ()
    preparation: tuple[Prepared, ...] = ()
    capacities: tuple[Capacity, ...] = ()
    staffing: tuple[Staffing, ...] = ()
    norms: tuple[CommunityNorm, ...] = ()
    roles: tuple[PeerRole, ...] = ()
    acts: tuple[UnitAct, ...] = ()
    erased: tuple[PlaceHeld, ...] = ()

    def __repr__(self) -> str:
        return f"<CommunityUnit of {len(self.capacities)} capacities and {len(self.acts)} acts>"

    def _problems(self) -> Iterable[Problem]:
        yield from not_empty(self, "unit_id")
        too_large = [*_too_large(self)]
        yield from too_large
        if not too_large:
            yield from _of_lists(self)
            yield from _of_acts(self)


@checked_arguments
def without_stay(unit: CommunityUnit, stay: str) -> CommunityUnit:
    """The book without one stay. Only the days on which its place was taken are kept.

    So every day has as many places taken as before, and nobody can tell by whom.

    Raises:
        InputError: the book has no such stay.
    """
    found = stays_of(unit.acts, len(unit.phases)).get(stay)
    if found is None:
        refuse(stay, "dangling_id", "the reference of a stay in the book", path="stay", secret=True)
    held = (
        ()
        if found.admitted_on in (None, found.left_on)
        else (PlaceHeld(since=found.admitted_on, until=found.left_on),)
    )
    acts = tuple(act for act in unit.acts if act.stay != stay)
    return evolve(unit, acts=acts, erased=tuple(sorted((*unit.erased, *held), key=_by_days)))


def _by_days(held: PlaceHeld) -> tuple[date, date]:
    return held.since, held.until or date.max


def _not_negative(record: object, *names: str) -> Iterator[Problem]:
    for name in names:
        if getattr(record, name) < 0:
            yield Problem.of(getattr(record, name), "out_of_range", "0 or more", path=name)


def _too_large(unit: CommunityUnit) -> Iterator[Problem]:
    """The problems of lists that are longer than those of any community."""
    for name, most in (("acts", MOST_ACTS), ("phases", MOST_NAMED), ("roles", MOST_NAMED)):
        number = len(getattr(unit, name))
        if number > most:
            found, expected = f"{number} {name}", f"at most {most} {name} of one unit"
            yield Problem(code="too_large", path=name, found=found, expected=expected)


def _of_lists(unit: CommunityUnit) -> Iterator[Problem]:
    """The problems of the lists beside the acts."""
    yield from _each_once(unit.phases, "phases", "")
    yield from _each_once([norm.norm_id for norm in unit.norms], "norms", "norm_id")
    yield from _each_once([role.role_id for role in unit.roles], "roles", "role_id")
    yield from _each_once([done.item.value for done in unit.preparation], "preparation", "item")
    for name in ("capacities", "staffing"):
        days = [one.since.isoformat() for one in getattr(unit, name)]
        yield from _each_once(days, name, "since")
    for index, role in enumerate(unit.roles):
        if role.minimum_phase not in unit.phases:
            expected = f"a phase of the unit: {one_of(unit.phases, role.minimum_phase)}"
            path = f"roles[{index}].minimum_phase"
            yield Problem.of(role.minimum_phase, "unknown_value", expected, path=path)


def _each_once(keys: Sequence[str], name: str, key: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, one in enumerate(keys):
        if one in seen:
            path = f"{name}[{index}].{key}" if key else f"{name}[{index}]"
            yield Problem.of(one, "repeated_item", "each only once", path=path)
        seen.add(one)


def _of_acts(unit: CommunityUnit) -> Iterator[Problem]:
    """The problems of acts: of roles that the unit does not have, and of stays that do not fit."""
    known = {"", *(role.role_id for role in unit.roles)}
    unknown = [index for index, act in enumerate(unit.acts) if act.role not in known]
    expected = f"a role of the unit: {one_of([role.role_id for role in unit.roles])}"
    for index in unknown:
        path = f"acts[{index}].role"
        yield Problem.of(unit.acts[index].role, "unknown_value", expected, path=path)
    if len(unknown) >= MOST_TOLD:
        return  # no more problems would be told, and one stay may have all of these roles
    for stay in stays_of(unit.acts, len(unit.phases)).values():
        for index, expected in stay.misplaced:
            yield Problem.of(
                unit.acts[index].event.value,
                "contradicts_itself",
                expected,
                path=f"acts[{index}].event",
            )
