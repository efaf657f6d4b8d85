"""Where a person lives over time: where a stay ended, and which transitions and answers with it.

A stay is the time in one setting. It ends when a placement in another setting begins, and with it
lapses what offices had accepted in it, but for the office to which the person came. A transition is
over when somebody closes it, when the person moves on after it, and when the person came by another
one to where it leads.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from datetime import date
from typing import TypeVar

from rehabcore.care.moves.acts import AFTER_EVENTS, BEFORE_EVENTS, first_acts, first_versions
from rehabcore.records import CaseFile, LegalStanding, Placement, TransitionAct
from rehabcore.records.changes import days_held
from rehabcore.records.moments import Moment, moment, moment_of
from rehabcore.rules.time.days import End, Ending
from rehabcore.rules.time.partial import LATEST_DAY, Period, last_of
from rehabcore.strict.vocabulary import RecordId, Setting, TransitionEvent


class Whereabouts:
    """Where one person lived, one stay after another, found in time that grows with the records.

    Args:
        history: the records that stand, each thing once (``told_once``), with those that others
            changed over time: a stay is ended also by a change of the placement itself.
    """

    def __init__(self, history: CaseFile) -> None:
        self._first = first_versions(history.transitions)
        self.came_by: dict[RecordId, RecordId] = {}
        """For each placement that followed a move, the transition by which the person came."""
        self._with_office: dict[RecordId, date] = {}
        self._over: dict[RecordId, Moment] = {}
        self._ends: list[Moment] = []
        """The ends of stays, in order."""
        self._to: list[tuple[RecordId | None, str]] = []
        """How the person came into each stay after them: by which transition, to which office."""
        self._moves_into: dict[Setting, list[tuple[Moment, RecordId]]] = defaultdict(list)
        """For each setting, when the person moved into it from another, and by which transition."""
        self._last: RecordId | None = None
        """The transition by which the person moved last."""
        self._moved_now = False
        self._setting: Setting | None = None
        self._holder = self._left = ""
        """The holder of the last placement, and that of the one before the last move."""
        for at, record in sorted(_entries(history), key=lambda one: one[0]):
            if isinstance(record, Placement):
                self._place(at, record)
            else:
                self._act(at, record)

    def _act(self, at: Moment, act: TransitionAct) -> None:
        of = self.of(act)
        if act.event is TransitionEvent.CLOSED:
            self._over.setdefault(of, at)
        elif of != self._last and of not in self._over:
            self._move_on(at)
            self._last, self._moved_now, self._left = of, True, self._holder

    def _place(self, at: Moment, placement: Placement) -> None:
        came_by = self._last if self._moved_now else None
        if came_by is not None:
            self.came_by[placement.filed.record_id] = came_by
        if self._setting not in (None, placement.setting):
            self._ends.append(at)
            self._to.append((came_by, placement.holder))
            if came_by is None:
                self._move_on(at)
            else:
                self._moves_into[placement.setting].append((at, came_by))
        self._setting, self._moved_now = placement.setting, False
        self._holder = placement.holder
        if self._last is not None and placement.filed.source == placement.holder != self._left:
            self._with_office.setdefault(self._last, at[0])

    def _move_on(self, at: Moment) -> None:
        if self._last is not None:
            self._over.setdefault(self._last, at)
        self._last = None

    def of(self, act: TransitionAct) -> RecordId:
        """The transition of an act, by the id under which it was filed first."""
        return self.first(act.transition)

    def first(self, of: RecordId) -> RecordId:
        """The id under which a transition was filed first, by that of any of its versions."""
        return self._first.get(of, of)

    def over(self, of: RecordId) -> Moment | None:
        """The moment from which a transition is over; None if it is not."""
        return self._over.get(self.first(of))

    def moved_otherwise(self, of: RecordId, to: Setting, after: Moment) -> Moment | None:
        """The first moment after one at which another transition led the person into a setting."""
        moves = self._moves_into[to]
        place = bisect_right(moves, after, key=lambda one: one[0])
        own = self.first(of)
        return next((at for at, by in moves[place:] if by != own), None)

    def with_office(self, of: RecordId) -> date:
        """The day from which an office, to which the person came, itself says to have the person.

        ``date.max`` if none does.
        """
        return self._with_office.get(self.first(of), date.max)

    def lapse(self, act: TransitionAct) -> Moment | None:
        """The moment at which an acceptance lapses, or a naming: the end of the stay.

        If the person came to that office then, by its transition or without any, it holds for the
        next stay, too.
        """
        place = bisect_right(self._ends, moment_of(act))
        came_by, office = self._to[place] if place < len(self._to) else (None, "")
        if came_by == self.of(act) or (came_by is None and office == act.office):
            place += 1
        return self._ends[place] if place < len(self._ends) else None


def _entries(view: CaseFile) -> Iterator[tuple[Moment, Placement | TransitionAct]]:
    for act in first_acts(view):
        if act.event in (TransitionEvent.MOVED, TransitionEvent.CLOSED):
            yield moment_of(act), act
    yield from arrivals(view)


def arrivals(view: CaseFile) -> list[tuple[Moment, Placement]]:
    """The placements in order, each with its place in time; of one that is changed all that held.

    A placement that was changed before it began places nobody, and a change that only tells that
    one had ended before neither.
    """
    arrived = []
    for held, begins, since in in_force(view.placements):
        end = _end(held)
        if not isinstance(end, date) or since < end:
            arrived.append((_moment_from(begins, held), held))
    return sorted(arrived, key=lambda one: one[0])


Step = TypeVar("Step")


def with_returns(way: Iterable[tuple[Step, Setting]]) -> Iterator[tuple[Step, bool]]:
    """The steps into custody or the community, each with whether it is a return into custody.

    It is one if the person lived in the community before. From a hospital or a therapeutic
    community nobody returns to prison, and nobody is released into one.

    Args:
        way: the steps in their order, each with the setting to which it led.
    """
    lived: Setting | None = None
    for step, setting in way:
        if setting in (Setting.CUSTODY, Setting.COMMUNITY):
            yield step, (lived, setting) == (Setting.COMMUNITY, Setting.CUSTODY)
            lived = setting


def comes_later(view: CaseFile, settings: Set[Setting], on: date) -> bool:
    """Whether the person comes to live in one of some settings only after a day.

    A hospital counts as no place to live.
    """
    lived: Setting | None = None
    for at, held in arrivals(view):
        if held.setting is Setting.HOSPITAL:
            continue
        if at[0] > on and held.setting in settings:
            return lived not in settings
        if at[0] <= on:
            lived = held.setting
    return False


Held = TypeVar("Held", Placement, LegalStanding)


def in_force(records: Sequence[Held]) -> Iterator[tuple[Held, date, date]]:
    """The records that were not changed before they began, each with two days.

    These are the day on which it has certainly begun, and that from which it stands for another
    that it changes; ``date.min`` if it changes none.
    """
    days = days_held(records)
    for held in records:
        since, until = days.get(held.filed.record_id, (date.min, date.max))
        begins = max(begun(held), since)
        if begins < until:
            yield held, begins, since


def begun(held: Placement | LegalStanding) -> date:
    """The day on which something has certainly begun; if none is told, that of its filing."""
    span = held.span
    if not isinstance(span, Period):
        return span.start
    told = not isinstance(span.start, Ending) and last_of(span.start) < LATEST_DAY
    return span.last_start if told else min(span.last_start, held.filed.recorded_on)


def moment_of_placement(held: Placement) -> Moment:
    """The place of a placement in time: after what was done on its day, unless this ended it.

    One that changes another begins no earlier than it does so.
    """
    return _moment_from(max(begun(held), held.filed.since or date.min), held)


def _moment_from(begins: date, held: Placement) -> Moment:
    end = _end(held)
    ended = held.span.start != begins and isinstance(end, date) and end <= begins
    return moment(held.filed, begins, BEFORE_EVENTS if ended else AFTER_EVENTS)


def _end(held: Placement) -> End:
    """The day by which a placement is certainly over; an ending if there is none."""
    return held.span.last_end if isinstance(held.span, Period) else held.span.end
