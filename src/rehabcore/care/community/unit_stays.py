"""Stays as the book of a community tells them: where each stands after its acts.

It knows nothing of who stays there, nor why anybody left.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from attrs import evolve, field

from rehabcore.strict.checked import SECRET, checked, not_empty
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem
from rehabcore.strict.vocabulary import UnitEvent

OF_ROLES = frozenset({UnitEvent.APPOINTED, UnitEvent.STOOD_DOWN})
"""The events that name a role."""


@frozen(kw_only=True)
@checked
class UnitAct:
    """Something that happened to one stay on one day.

    ``stay`` is a reference that only the residents' office can resolve. ``number`` is the place of
    the act among those of the stay on that day. Acts with one number are in the order of their
    events, as ``UnitEvent`` lists them.
    """

    stay: str = field(metadata=SECRET)
    event: UnitEvent
    on: date
    role: str = ""
    number: int = 1

    def _problems(self) -> Iterable[Problem]:
        yield from not_empty(self, "stay")
        if (self.event in OF_ROLES) is not bool(self.role):
            expected = "a role where somebody is appointed or stands down, and only there"
            yield Problem.of(self.role, "contradicts_itself", expected, path="role")


@frozen(kw_only=True)
class UnitStay:
    """One stay after some acts. ``phase`` counts from 0; ``roles`` are those that it has.

    ``misplaced`` are the places of acts that could not happen as they are told, each with what
    would be right. They change nothing else.
    """

    stay: str = field(repr=False)
    waiting_since: date | None = None
    admitted_on: date | None = None
    left_on: date | None = None
    phase: int = 0
    suspended_since: date | None = None
    roles: tuple[str, ...] = ()
    misplaced: tuple[tuple[int, str], ...] = ()

    @property
    def is_waiting(self) -> bool:
        """Whether it is on the waiting list."""
        return self.waiting_since is not None

    @property
    def is_resident(self) -> bool:
        """Whether it has a place. A suspended resident keeps it."""
        return self.admitted_on is not None and self.left_on is None


def stays_of(acts: Iterable[UnitAct], phases: int, *, by: date = date.max) -> dict[str, UnitStay]:
    """Every stay by its reference, after the acts that happened by a day.

    Args:
        acts: the acts, in any order.
        phases: how many phases the unit has; 0 if nobody has said, and then nobody moves on.
        by: the day, whose own acts count.
    """
    dated = ((act.on, act.number, _ORDER[act.event], n, act) for n, act in enumerate(acts))
    found: dict[str, UnitStay] = {}
    misplaced: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for *_, index, act in sorted((one for one in dated if one[0] <= by), key=lambda one: one[:4]):
        stay = found.get(act.stay) or UnitStay(stay=act.stay)
        expected = _refusal(stay, act, phases)
        if expected:
            misplaced[act.stay].append((index, expected))
        found[act.stay] = stay if expected else _EFFECTS[act.event](stay, act)
    odd = {stay: evolve(found[stay], misplaced=tuple(those)) for stay, those in misplaced.items()}
    return {**found, **odd}


_ORDER = {event: number for number, event in enumerate(UnitEvent)}


def _refusal(stay: UnitStay, act: UnitAct, phases: int) -> str:
    """The words for what would be right, where an act does not fit; else nothing."""
    event, held = act.event, act.role in stay.roles
    if event in (UnitEvent.WAITLISTED, UnitEvent.ADMITTED):
        if stay.admitted_on is not None:
            return "another reference: a stay is admitted once, and a readmission is a new one"
        return _needs(event is UnitEvent.ADMITTED or not stay.is_waiting, "only once on the list")
    if event is UnitEvent.WITHDRAWN:
        return _needs(stay.is_waiting, "a stay that is on the waiting list")
    if not stay.is_resident:
        return "a stay that has a place on this day"
    match event:
        case UnitEvent.ADVANCED:
            return _needs(stay.phase + 1 < phases, f"one of {phases} phases of the unit")
        case UnitEvent.REGRESSED:
            return _needs(stay.phase > 0, "a phase before it")
        case UnitEvent.SUSPENDED | UnitEvent.RESUMED:
            suspended = stay.suspended_since is not None
            fits = suspended is (event is UnitEvent.RESUMED)
            return _needs(fits, "suspended first, and then resumed")
        case UnitEvent.APPOINTED | UnitEvent.STOOD_DOWN:
            fits = held is (event is UnitEvent.STOOD_DOWN)
            return _needs(fits, "appointed first, and then standing down")
    return ""


def _needs(holds: bool, expected: str) -> str:
    return "" if holds else expected


_EFFECTS: Mapping[UnitEvent, Callable[[UnitStay, UnitAct], UnitStay]] = {
    UnitEvent.WAITLISTED: lambda stay, act: evolve(stay, waiting_since=act.on),
    UnitEvent.WITHDRAWN: lambda stay, _: evolve(stay, waiting_since=None),
    UnitEvent.ADMITTED: lambda stay, act: evolve(stay, waiting_since=None, admitted_on=act.on),
    UnitEvent.ADVANCED: lambda stay, _: evolve(stay, phase=stay.phase + 1),
    UnitEvent.REGRESSED: lambda stay, _: evolve(stay, phase=stay.phase - 1),
    UnitEvent.SUSPENDED: lambda stay, act: evolve(stay, suspended_since=act.on),
    UnitEvent.RESUMED: lambda stay, _: evolve(stay, suspended_since=None),
    UnitEvent.APPOINTED: lambda stay, act: evolve(stay, roles=(*stay.roles, act.role)),
    UnitEvent.STOOD_DOWN: lambda stay, act: evolve(
        stay, roles=tuple(role for role in stay.roles if role != act.role)
    ),
    UnitEvent.LEFT: lambda stay, act: evolve(stay, left_on=act.on, suspended_since=None, roles=()),
}
