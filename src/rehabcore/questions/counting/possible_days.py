"""Bounds of days, of which all that may be some day are found and taken out."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from datetime import date


class PossibleDays:
    """The first and the last day that each of several things may be on, both included.

    What is taken is not found again, so that finding all of many things takes little longer than
    listing them.
    """

    # A tree over the things in the order of their first days: each node holds the latest last day
    # below it, so that whole branches are passed over that end too early or were taken.

    def __init__(self, bounds: Sequence[tuple[date, date]]) -> None:
        self._order = sorted(range(len(bounds)), key=lambda place: bounds[place][0])
        self._firsts = [bounds[place][0] for place in self._order]
        self._leaves = 1 << max(0, len(bounds) - 1).bit_length()
        self._last: list[date | None] = [None] * (2 * self._leaves)
        for leaf, place in enumerate(self._order, self._leaves):
            self._last[leaf] = bounds[place][1]
        for node in range(self._leaves - 1, 0, -1):
            self._last[node] = self._below(node)

    def _below(self, node: int) -> date | None:
        left, right = self._last[2 * node], self._last[2 * node + 1]
        return max(left, right) if left and right else left or right

    def take(self, low: date, high: date, passes: Callable[[int], bool]) -> Iterator[int]:
        """The places of those that may be on a day from ``low`` to ``high``, and that pass."""
        for leaf in self._touching(low, bisect_right(self._firsts, high)):
            place = self._order[leaf]
            if passes(place):
                self._remove(leaf + self._leaves)
                yield place

    def _touching(self, low: date, end: int) -> list[int]:
        """The numbers of the leaves below ``end`` that do not end before ``low``, in order."""
        found: list[int] = []
        ahead = [(1, 0, self._leaves)]
        while ahead:
            node, first, width = ahead.pop()
            last = self._last[node]
            if first >= end or last is None or last < low:
                continue
            if width == 1:
                found.append(first)
            else:
                half = width // 2
                ahead += [(2 * node + 1, first + half, half), (2 * node, first, half)]
        return found

    def _remove(self, node: int) -> None:
        self._last[node] = None
        while node > 1:
            node //= 2
            self._last[node] = self._below(node)
