"""A value for every day, constant over half-open pieces.

A ``Timeline`` covers the whole calendar: its first piece starts on ``date.min`` and its last one
never ends. Neighbouring pieces always differ, so a timeline has one form only.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Generic, TypeVar

from attrs import define

from rehabcore.strict.checked import is_day
from rehabcore.strict.problems import refuse

T = TypeVar("T")
U = TypeVar("U")

_Pieces = tuple[tuple[date, ...], tuple[T, ...]]
"""The first day of each piece, and its value."""


class Timeline(Generic[T]):
    """One value for each day of the calendar, kept as the days on which it changes.

    Build it with ``constant``, ``of_changes`` or ``on_demand``; read it with ``at`` and ``pieces``.

    Args:
        starts: the first day of each piece, in order; the first is ``date.min``.
        values: the value of each piece.
    """

    __slots__ = ("_made", "_readers")

    def __init__(self, starts: tuple[date, ...], values: tuple[T, ...]) -> None:
        self._made: _Pieces[T] = (starts, values)
        self._readers: _Readers[T] | None = None

    @classmethod
    def constant(cls, value: T) -> "Timeline[T]":
        """The same value on every day."""
        return cls((date.min,), (value,))

    @classmethod
    def of_changes(cls, changes: Iterable[date], value_on: Callable[[date], T]) -> "Timeline[T]":
        """A timeline from the days on which the value may change.

        The value is asked for on ``date.min`` and on each of those days, in order.

        Raises:
            InputError: one of them is not a date, or has a time of day.
        """
        days = {date.min, *changes}
        try:
            in_order = sorted(days)
        except TypeError:  # looked for only then: timelines are made for every fact
            wrong = next(day for day in days if not is_day(day))
            refuse(wrong, "wrong_type", "dates, without a time of day", path="changes", secret=True)
        starts: list[date] = []
        values: list[T] = []
        for day in in_order:
            value = value_on(day)
            if values[-1:] != [value]:
                starts.append(day)
                values.append(value)
        return cls(tuple(starts), tuple(values))

    @classmethod
    def on_demand(
        cls, whole: "Callable[[], Timeline[T]]", on_day: Callable[[date], T]
    ) -> "Timeline[T]":
        """A timeline that is made when more than one day of it is asked for.

        Most questions are about one day, which is found sooner without all others.

        Args:
            whole: makes the timeline; called once, or by several threads at once.
            on_day: finds the value of one day: the same as that of the timeline.
        """
        timeline = cls((), ())
        timeline._readers = _Readers(whole, on_day)
        return timeline

    @property
    def starts(self) -> tuple[date, ...]:
        """The first day of each piece, in order."""
        return self._pieces()[0]

    @property
    def values(self) -> tuple[T, ...]:
        """The value of each piece."""
        return self._pieces()[1]

    def _pieces(self) -> "_Pieces[T]":
        readers = self._readers
        if readers is not None:
            self._made = readers.whole()._pieces()
            self._readers = None
        return self._made

    def __eq__(self, other: object) -> bool:
        """Whether both have the same value on every day."""
        return self._pieces() == other._pieces() if isinstance(other, Timeline) else NotImplemented

    def __hash__(self) -> int:
        """The hash of all pieces."""
        return hash(self._pieces())

    def __repr__(self) -> str:
        """Shown with the days on which it changes."""
        return f"Timeline(starts={self.starts!r}, values={self.values!r})"

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        """A copy holds the pieces."""
        return type(self), self._pieces()

    def at(self, day: date) -> T:
        """The value on a day.

        Raises:
            InputError: ``day`` is not a date, or has a time of day.
        """
        readers = self._readers
        if readers is not None and is_day(day):
            said = readers.said  # looked at once, for another thread may put another day there
            if said is None:
                said = readers.said = day, readers.on_day(day)
            if said[0] == day:
                return said[1]
        starts, values = self._pieces()
        try:
            return values[bisect_right(starts, day) - 1]
        except TypeError:  # told only then: every fact of every question passes here
            refuse(day, "wrong_type", "a date, without a time of day", path="day", secret=True)

    def pieces(self) -> Iterator[tuple[date, date | None, T]]:
        """Start, end (exclusive, None for never) and value of each piece, in order."""
        ends = (*self.starts[1:], None)
        return iter(zip(self.starts, ends, self.values, strict=True))

    def cut(self, days: Iterable[date]) -> Iterator[tuple[date, date | None, T]]:
        """The pieces, of which none goes on over one of some days."""
        starts = sorted({*self.starts, *days})
        for start, end in zip(starts, (*starts[1:], None), strict=True):
            yield start, end, self.at(start)

    def places(self, start: date, end: date | None) -> range:
        """The places in ``values`` of those on the days from ``start`` up to ``end`` (None: never).

        ``end`` itself is not among the days.
        """
        if end is not None and end <= start:
            return range(0)
        until = len(self.starts) if end is None else bisect_left(self.starts, end)
        return range(bisect_right(self.starts, start) - 1, until)

    def changes(self) -> tuple[date, ...]:
        """The days on which the value differs from the day before."""
        return self.starts[1:]

    def map(self, change: Callable[[T], U]) -> "Timeline[U]":
        """The timeline of ``change(value)``."""

        def changed(day: date) -> U:
            return change(self.at(day))

        return Timeline.on_demand(lambda: Timeline.of_changes(self.starts, changed), changed)


@define
class _Readers(Generic[T]):
    """The two ways to read a timeline that is not made yet.

    ``said`` is the only day that was asked for so far, with its value.
    """

    whole: Callable[[], Timeline[T]]
    on_day: Callable[[date], T]
    said: tuple[date, T] | None = None
