"""The latest of several things, each of which may be one that another office dates otherwise."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from heapq import heappop, heappush
from typing import Generic, TypeVar

from rehabcore.questions.counting.things import Batch, Cluster
from rehabcore.records import Record
from rehabcore.rules.evidence import Evidence, Index, Tally
from rehabcore.rules.facts import Cell, Known, Unknown
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import UnknownKind, foremost

R = TypeVar("R", bound=Record)


def latest_day(found: Iterable[Cluster[R]], absent: Cell) -> Timeline[Cell]:
    """The day of the latest of some things by the day, as an anchor.

    It lies between two days if the day of a thing is not certain, or if it may be one that another
    office dates otherwise.

    Args:
        found: the things, those that may be the same standing together.
        absent: the cell of days before the first of them.
    """
    batches = [batch for cluster in found for batch in cluster]
    begun = _Begun(batches)

    def cell(day: date) -> Cell:
        low = begun.reach(day)
        if not begun.number:
            return absent
        high, evidence = begun.last, begun.evidence()
        if low == high:
            return Known(low, evidence=evidence)
        kind = foremost(kind for kind, number in begun.doubts.items() if number)
        if low == date.min:
            return Unknown(kind, evidence=evidence)
        return Unknown(kind, evidence=evidence, between=(low, high))

    days = {day for batch in batches for day in (batch.first, batch.latest)}
    return Timeline.of_changes(days, cell)


class _Begun(Generic[R]):
    """The things that may be the latest, as far as they have begun, followed from day to day."""

    def __init__(self, batches: Sequence[Batch[R]]) -> None:
        self._ahead = sorted(batches, key=lambda batch: batch.first, reverse=True)
        self._over = sorted(batches, key=lambda batch: batch.latest, reverse=True)
        self._index = Index(own for batch in batches for own in batch.ids())
        self._low = date.min  # the latest certainly happened on this day or later
        self._records = Tally()
        self._by_latest: list[tuple[date, int, Batch[R]]] = []
        self.doubts = Counter[UnknownKind]()
        self.number = 0
        self.last = date.min  # what is passed over ended before one that is not

    def reach(self, day: date) -> date:
        """Come to a day; the day on which the latest happened, or on a later one."""
        while self._over and self._over[-1].latest <= day:
            self._low = max(self._low, self._over.pop().earliest)
        while self._ahead and self._ahead[-1].first <= day:
            batch = self._ahead.pop()
            heappush(self._by_latest, (batch.latest, len(self._ahead), batch))
            self.last = max(self.last, batch.last)
            self._records.add(self._index.bits(batch.ids()))
            self.doubts[batch.doubt] += 1
            self.number += 1
        while self._by_latest and self._by_latest[0][0] < self._low:
            batch = heappop(self._by_latest)[2]
            self._records.take(self._index.bits(batch.ids()))
            self.doubts[batch.doubt] -= 1
            self.number -= 1
        return self._low

    def evidence(self) -> Evidence:
        """The records of all of them."""
        return Evidence((self._index, self._records.bits()))
