"""The way of an object through its machine, as its history tells it.

Whatever happened is never refused. An entry that the table does not allow is told, and the walk
goes on to the state that the entry names; else to the one state to which its event leads wherever
the table has it; else it stays. Nothing leads out of a final state.
"""

from collections import defaultdict
from collections.abc import Iterable
from enum import StrEnum

from rehabcore.rules.machines.rows import ORIGIN, Arrow, Entrance
from rehabcore.rules.machines.tables import Machine
from rehabcore.rules.time.partial import EARLIEST_DAY, Day, first_of, last_of
from rehabcore.strict.checked import checked, checked_arguments
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import refuse


@frozen(kw_only=True)
@checked
class HistoryEntry:
    """Something that happened to an object, or that is asked for.

    ``role`` is the role of the one who did it, None if nobody says. ``to`` is the state to which it
    led; empty if only the event is told.
    """

    event: str
    on: Day
    role: str | None = None
    reason: str = ""
    to: str = ""


@frozen(kw_only=True)
@checked
class Position:
    """Where an object is: its state, and if that is a hold, the state from which it was entered."""

    state: str
    origin: str = ""


class Misfit(StrEnum):
    """Why an entry does not fit the table."""

    NOT_FROM_HERE = "not_from_here"
    """No arrow of this event leaves the state, or none leads to where the entry says."""
    UNCLEAR = "unclear"
    """The event could lead to several states, and the entry does not say to which."""
    WRONG_ROLE = "wrong_role"
    """No arrow of this event may be used by this role."""
    REASON_MISSING = "reason_missing"
    WRONG_REASON = "wrong_reason"
    """The reason is none of those that may be given here."""


@frozen(kw_only=True)
class Passed:
    """An entry, and where the object was before and after it.

    ``arrow`` is the one that was used; None if the object was put into the state from outside, or
    if the entry does not fit. ``misfits`` say why it does not fit, and ``allowed`` then lists the
    arrows that leave the state before it. Guards are not asked: they are for requests.
    """

    entry: HistoryEntry
    before: Position | None
    after: Position | None
    arrow: Arrow | None = None
    misfits: tuple[Misfit, ...] = ()
    allowed: tuple[Arrow, ...] = ()

    @property
    def entered(self) -> tuple[str, ...]:
        """The states that the history records for this entry, in order; none if it led nowhere."""
        led_nowhere = self.arrow is None and bool(self.misfits) and self.after == self.before
        if self.after is None or led_nowhere:
            return ()
        via = (self.arrow.via,) if self.arrow is not None and self.arrow.via else ()
        return (*via, self.after.state)


@checked_arguments
def walk(
    machine: Machine, entries: Iterable[HistoryEntry], *, after: Position | None = None
) -> tuple[Passed, ...]:
    """Follow a history, entry by entry, in time that grows with its length.

    Args:
        machine: the table.
        entries: the history, in the order in which it happened; that of one day, too.
        after: where the object was before; None if the history tells its beginning.

    Raises:
        InputError: an entry certainly happened before one that it follows, or ``after`` is no
            state of the machine.
    """
    if after is not None:
        machine.state(after.state)
    ways, position, passed = Ways(machine), after, list[Passed]()
    since = EARLIEST_DAY
    for index, entry in enumerate(entries):
        if last_of(entry.on) < since:
            expected = "a day not before those of the entries that it follows"
            refuse(last_of(entry.on), "wrong_order", expected, path=f"entries[{index}].on")
        since = max(since, first_of(entry.on))
        passed.append(ways.passed(position, entry))
        position = passed[-1].after
    return tuple(passed)


class Ways:
    """The arrows of a machine, ready to be looked up by state and event."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._final = {state.code for state in machine.states if state.final}
        self._holds = {state.code for state in machine.states if state.hold}
        outside = machine.entered_from_outside(at=Entrance.OUTSIDE)
        self._outside = frozenset(outside)
        self._starts = self._outside.union(machine.entered_from_outside(at=Entrance.START))
        self._positions: dict[tuple[str, str], Position] = {}  # few, and a long walk meets many
        self._known = {state.code for state in machine.states}
        self._leaving = {state: machine.leaving(state) for state in self._known}
        self._by_event: dict[tuple[str, str], list[Arrow]] = defaultdict(list)
        self._targets: dict[str, set[str]] = defaultdict(set)
        for state, arrows in self._leaving.items():
            for arrow in arrows:
                self._by_event[state, arrow.event].append(arrow)
                self._targets[arrow.event].add(arrow.to)

    def arrows(self, position: Position | None) -> tuple[Arrow, ...]:
        """The arrows that leave a position."""
        return () if position is None else self._leaving[position.state]

    def fitting(self, position: Position | None, entry: HistoryEntry) -> tuple[Arrow, ...]:
        """The arrows of the event of an entry that leave a position, and lead to where it says."""
        if position is None:
            return ()
        arrows = self._by_event.get((position.state, entry.event), [])
        if not entry.to:
            return tuple(arrows)
        # Where nobody knows the origin of a hold, the entry may tell to which state it returned.
        led_to = {entry.to, ""} if entry.to in self._known else {entry.to}
        return tuple([arrow for arrow in arrows if self.target(arrow, position) in led_to])

    def enters_from_outside(self, position: Position | None, entry: HistoryEntry) -> bool:
        """Whether an entry puts an object into a state from outside of the table."""
        entrances = self._starts if position is None else self._outside
        named = entry.to in ("", entry.event)
        ended = position is not None and position.state in self._final
        return entry.event in entrances and named and not ended

    def target(self, arrow: Arrow, position: Position) -> str:
        """The state to which an arrow leads; empty if it leads back to where nobody knows."""
        return position.origin if arrow.to == ORIGIN else arrow.to

    def after(self, position: Position | None, state: str) -> Position:
        """The position in a state that was entered from another position."""
        origin = self._origin(position) if position is not None and state in self._holds else ""
        known = self._positions.get((state, origin))
        if known is None:
            known = self._positions[state, origin] = Position(state=state, origin=origin)
        return known

    def _origin(self, position: Position) -> str:
        """Where one returns to who is held now; who was held already still came from elsewhere."""
        return position.origin if position.state in self._holds else position.state

    def passed(self, before: Position | None, entry: HistoryEntry) -> Passed:
        """An entry, and where it leads from a position."""
        arrows = self.fitting(before, entry)
        if before is None or not arrows:
            return self._without_arrow(before, entry)
        usable = tuple([arrow for arrow in arrows if arrow.may_be_used_by(entry.role)])
        if len({self.target(arrow, before) for arrow in usable or arrows}) > 1:
            return self._misfit(before, before, entry, Misfit.UNCLEAR)
        wrong_role = () if usable else (Misfit.WRONG_ROLE,)
        return self.through((usable or arrows)[0], before, entry, wrong_role)

    def through(
        self, arrow: Arrow, before: Position, entry: HistoryEntry, misfits: tuple[Misfit, ...] = ()
    ) -> Passed:
        """An entry that uses an arrow, and its misfits besides those that are known already."""
        state = self.target(arrow, before) or entry.to
        if not state:
            return self._misfit(before, before, entry, Misfit.UNCLEAR)
        misfits += self.misfits_of_reason(arrow, entry.reason)
        return Passed(
            entry=entry,
            before=before,
            after=self.after(before, state),
            arrow=arrow,
            misfits=misfits,
            allowed=self.arrows(before) if misfits else (),
        )

    def misfits_of_reason(self, arrow: Arrow, reason: str) -> tuple[Misfit, ...]:
        """The misfit of the reason that is given with an arrow, if there is one."""
        if not reason:
            return (Misfit.REASON_MISSING,) if arrow.reason_required else ()
        fits = reason in self._machine.fitting_reasons(arrow)
        return () if fits else (Misfit.WRONG_REASON,)

    def _without_arrow(self, before: Position | None, entry: HistoryEntry) -> Passed:
        if self.enters_from_outside(before, entry):
            return Passed(entry=entry, before=before, after=self.after(before, entry.event))
        after, targets = before, self._targets.get(entry.event, set[str]())
        if before is None or before.state not in self._final:
            known = entry.to if entry.to in self._known else ""
            state = known or (next(iter(targets)) if len(targets) == 1 else "")
            if state and state != ORIGIN:
                after = self.after(before, state)
        return self._misfit(before, after, entry, Misfit.NOT_FROM_HERE)

    def _misfit(
        self, before: Position | None, after: Position | None, entry: HistoryEntry, why: Misfit
    ) -> Passed:
        allowed = self.arrows(before)
        return Passed(entry=entry, before=before, after=after, misfits=(why,), allowed=allowed)
