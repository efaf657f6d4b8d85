"""Which of two acts came first, if anybody can tell.

Acts on different days follow their days. Acts that one office dates to one day follow the places
that it gave them. Of all others nobody knows the order.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cached_property
from itertools import accumulate

from attrs import Factory, field

from rehabcore.rules.time.partial import Day, PartialDay, first_of, last_of
from rehabcore.strict.frozen import frozen


@frozen
class DatedAct:
    """The place of one act in time: its day, and its place among those of one row on that day.

    Acts of one ``row`` on one day are in the order of their places, from 1. Acts of different
    rows on one day are in no known order. The place may have been any from ``earliest`` on.
    """

    on: Day
    row: tuple[str, bool] = field(repr=False)
    place: int
    earliest: int = Factory(lambda self: self.place, takes_self=True)

    @property
    def day(self) -> date | None:
        """The day, if it is known."""
        return None if isinstance(self.on, PartialDay) else self.on


class Acts:
    """Acts of one kind, of which some may come after another act."""

    def __init__(self, acts: Iterable[DatedAct]) -> None:
        listed = list(acts)
        self._of_day: dict[date, dict[tuple[str, bool], tuple[int, int]]] = defaultdict(dict)
        for act in listed:
            if act.day is not None:
                rows = self._of_day[act.day]
                place, earliest = rows.get(act.row, (0, 0))
                rows[act.row] = max(place, act.place), max(earliest, act.earliest)
        firsts = sorted((first_of(act.on), last_of(act.on)) for act in listed)
        self._firsts = [first for first, _ in firsts]
        self._last_from = lowest_from([last for _, last in firsts])
        self._acts = listed

    @cached_property
    def _by_last(self) -> tuple[list[tuple[date, bool]], list[date]]:
        """The last days that the acts may have, in order, and the lowest first day from each on."""
        # Acts of a day that is known stand before those that may have been later on that day.
        lasts = sorted((last_of(act.on), act.day is None, first_of(act.on)) for act in self._acts)
        first_from = lowest_from([first for _, _, first in lasts])
        return [(last, partial) for last, partial, _ in lasts], first_from

    def next_after(self, act: DatedAct) -> Day | None:
        """The day of the next act that certainly comes after another; None if there is none.

        It is known in part if it is not certain which act is the next, or on which day it was.
        """
        if act.day is not None:
            _, earliest = self._of_day.get(act.day, {}).get(act.row, (0, 0))
            if act.place < earliest:
                return act.day
        later = bisect_right(self._firsts, last_of(act.on))
        if later == len(self._firsts):
            return None
        first, last = self._firsts[later], self._last_from[later]
        return first if first == last else PartialDay(first, last)

    def perhaps_after(self, act: DatedAct) -> date | None:
        """The first day on which an act may have come after another; None if none can have."""
        lasts, first_from = self._by_last
        if act.day is None:
            later = bisect_left(lasts, (first_of(act.on), False))
        else:
            rows = self._of_day.get(act.day, {})
            if any(row != act.row or act.earliest <= place for row, (place, _) in rows.items()):
                return act.day
            later = bisect_right(lasts, (act.day, False))
        return None if later == len(lasts) else max(first_from[later], first_of(act.on))


def newest(acts: Iterable[DatedAct]) -> Callable[[DatedAct], bool]:
    """A test of whether none of some acts certainly came after an act."""
    last_start = date.min
    places: dict[tuple[Day, tuple[str, bool]], int] = {}
    for act in acts:
        last_start = max(last_start, first_of(act.on))
        if act.earliest > places.get((act.on, act.row), 0) and act.day is not None:
            places[act.on, act.row] = act.earliest

    def stands(act: DatedAct) -> bool:
        return last_of(act.on) >= last_start and act.place >= places.get((act.on, act.row), 0)

    return stands


def lowest_from(days: Sequence[date]) -> list[date]:
    """The lowest of some days from each of them on."""
    return list(accumulate(reversed(days), min))[::-1]
