"""The latest of several things, each of which may be one that another office dates otherwise."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from rehabcore.questions.counting.things import Batch, Cluster
from rehabcore.records import Record
from rehabcore.rules.facts import Cell, Known, Unknown
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import foremost

R = TypeVar("R", bound=Record)


def latest_day(found: Iterable[Cluster[R]], absent: Cell) -> Timeline[Cell]:
    """The day of the latest of some things by the day, as an anchor.

    It lies between two days if the day of a thing is not certain, or if it may be one that another
    office dates otherwise.

    Args:
        found: the things, those that may be the same standing together.
        absent: the cell of days before the first of them.
    """
    batches = sorted(
        (batch for cluster in found for batch in cluster), key=lambda batch: batch.first
    )
    low = date.min  # the latest certainly happened on this day or later
    begun: list[Batch[R]] = []  # those that may be the latest, as far as they have begun
    ahead = batches[::-1]

    def cell(day: date) -> Cell:
        nonlocal low, begun
        while ahead and ahead[-1].first <= day:
            begun.append(ahead.pop())
        low = max([low, *(batch.earliest for batch in begun if batch.latest <= day)])
        begun = [batch for batch in begun if low <= batch.latest]
        if not begun:
            return absent
        high = max(batch.last for batch in begun)
        evidence = tuple(sorted(own for batch in begun for own in batch.ids()))
        if low == high:
            return Known(low, evidence=evidence)
        kind = foremost(batch.doubt for batch in begun)
        if low == date.min:
            return Unknown(kind, evidence=evidence)
        return Unknown(kind, evidence=evidence, between=(low, high))

    days = {day for batch in batches for day in (batch.first, batch.latest)}
    return Timeline.of_changes(days, cell)
