"""Things of which each holds over some days, followed from one day to the next.

Each is looked at twice, when it begins to hold and when it ceases to. So the cells of all days cost
about as much as the things, and not as much as the things of every day.
"""

from collections.abc import Callable, Iterable
from datetime import date
from heapq import heappop, heappush
from typing import Generic, TypeVar

from rehabcore.rules.evidence import Tally

T = TypeVar("T")

Lasts = Callable[[T], tuple[date, date]]
"""A function that gives the first day on which a thing holds, and the first day after these."""


class During(Generic[T]):
    """The things that hold on a day. The days have to be reached in their order.

    Args:
        things: all things.
        lasts: the days on which each holds.
        bits: the number that has the bits of its records.
        unclear: whether something about it is not certain.
        low: a day of which the lowest is asked.
        high: a day of which the highest is asked.

    Attributes:
        number: how many things hold on the day that was reached.
        number_unclear: how many of them are unclear.
        records: the records of those that hold.
    """

    def __init__(
        self,
        things: Iterable[T],
        lasts: Lasts[T],
        *,
        bits: Callable[[T], int] = lambda _: 0,
        unclear: Callable[[T], bool] = lambda _: False,
        low: Callable[[T], date] = lambda _: date.max,
        high: Callable[[T], date] = lambda _: date.min,
    ) -> None:
        listed = ((*lasts(thing), thing) for thing in things)
        lasting = ((start, end, thing) for start, end, thing in listed if start < end)
        self._ahead = sorted(lasting, key=lambda one: one[:2], reverse=True)
        self._bits, self._unclear, self._low, self._high = bits, unclear, low, high
        self._ends: list[tuple[date, int, T]] = []
        self._lows: list[tuple[date, date]] = []
        self._highs: list[tuple[int, date]] = []
        self._begun = 0
        self.records = Tally()
        self.number = self.number_unclear = 0

    def reach(self, day: date) -> "During[T]":
        """Come to a day, which is not before the last one."""
        while self._ahead and self._ahead[-1][0] <= day:
            _, end, thing = self._ahead.pop()
            if day < end:
                self._begins(end, thing)
        while self._ends and self._ends[0][0] <= day:
            thing = heappop(self._ends)[2]
            self.number -= 1
            self.number_unclear -= self._unclear(thing)
            self.records.take(self._bits(thing))
        return self

    def _begins(self, end: date, thing: T) -> None:
        self._begun += 1
        heappush(self._ends, (end, self._begun, thing))
        heappush(self._lows, (self._low(thing), end))
        heappush(self._highs, (-self._high(thing).toordinal(), end))
        self.number += 1
        self.number_unclear += self._unclear(thing)
        self.records.add(self._bits(thing))

    def lowest(self, day: date) -> date:
        """The lowest of the days that are compared, of what holds on a day that was reached."""
        while self._lows and self._lows[0][1] <= day:
            heappop(self._lows)
        return self._lows[0][0] if self._lows else date.max

    def highest(self, day: date) -> date:
        """The highest of the days that are compared, of what holds on a day that was reached."""
        while self._highs and self._highs[0][1] <= day:
            heappop(self._highs)
        return date.fromordinal(-self._highs[0][0]) if self._highs else date.min
