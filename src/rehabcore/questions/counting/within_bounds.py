"""Things whose days lie within two bounds, as the bounds move."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Generic, TypeVar

T = TypeVar("T")


class WithinBounds(Generic[T]):
    """Things that begin by one day and last until another; both days may move either way.

    Only those are looked at over whose edges a bound moves.

    Args:
        things: all things.
        first: the day by which each begins.
        last: the last day of each.
    """

    def __init__(
        self, things: Sequence[T], first: Callable[[T], date], last: Callable[[T], date]
    ) -> None:
        self._things = things
        self._edges = [(first(thing), last(thing)) for thing in things]
        places = range(len(things))
        self._by_first = sorted(places, key=lambda place: self._edges[place][0])
        self._by_last = sorted(places, key=lambda place: self._edges[place][1])
        self._firsts = [self._edges[place][0] for place in self._by_first]
        self._lasts = [self._edges[place][1] for place in self._by_last]
        self._begun = self._over = 0
        self._within = set[int]()

    def move(self, since: date, until: date) -> Iterator[tuple[T, int]]:
        """Ask for things that begin by ``until`` and last until ``since`` or longer.

        Those that come to be among them are given with 1, those that no longer are with -1.
        """
        begun, over = bisect_right(self._firsts, until), bisect_left(self._lasts, since)
        touched = self._by_first[min(begun, self._begun) : max(begun, self._begun)]
        touched += self._by_last[min(over, self._over) : max(over, self._over)]
        self._begun, self._over = begun, over
        for place in touched:
            first, last = self._edges[place]
            now = first <= until and since <= last
            if now != (place in self._within):
                self._within ^= {place}
                yield self._things[place], 1 if now else -1
