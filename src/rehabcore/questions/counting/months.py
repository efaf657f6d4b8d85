"""Calendar months in a row in which something happened."""

from datetime import date
from functools import cache
from typing import Any

from rehabcore.questions.counting.things import Batch, R
from rehabcore.rules.evidence import Evidence, Index
from rehabcore.rules.facts import Assumption, Cell, Known, Unknown
from rehabcore.rules.time.days import Term
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import UnknownKind, foremost
from rehabcore.strict.frozen import frozen

_MONTH, _TWO_MONTHS = Term(months=1), Term(months=2)


def months_in_a_row(batches: list[Batch[R]]) -> Timeline[Cell]:
    """How many months in a row, up to this or the last, something happened in.

    The present month cannot break the row before it is over. What certainly happened within one
    month makes a month of the row; what may have happened in it, perhaps. The first of each month
    are the evidence.
    """
    index = Index(own for batch in batches for own in batch.ids())
    certain, possible = _rows(_certain(batches), index), _rows(_possible(batches), index)

    def cell(day: date) -> Cell:
        least, most = certain.at(day), possible.at(day)
        evidence = Evidence((index, most.bits))
        if least.number == most.number:
            assumed = Assumption.NONE_ON_FILE
            return Known(most.number, evidence=evidence, assumption=assumed)
        between = (least.number, most.number)
        return Unknown(foremost(most.doubts), evidence=evidence, between=between)

    return Timeline.of_changes((*certain.starts, *possible.starts), cell)


@frozen
class _Month:
    """A month with something in it: since which of its days, and which things were the first."""

    since: date
    batches: tuple[Batch[Any], ...]

    @property
    def doubt(self) -> UnknownKind:
        """Why it is not certain that something happened in it, if it is not."""
        return self.batches[0].doubt


@frozen
class _Row:
    """Months in a row: how many, and the records and the doubts of all of them."""

    number: int = 0
    bits: int = 0
    doubts: frozenset[UnknownKind] = frozenset()

    def and_then(self, month: _Month, bits: int) -> "_Row":
        """The row with one month more, of which the records have some bits."""
        return _Row(self.number + 1, self.bits | bits, self.doubts | {month.doubt})


def _certain(batches: list[Batch[R]]) -> dict[date, _Month]:
    """The months in which something certainly happened, with the day by which it had."""
    found: dict[date, list[Batch[R]]] = {}
    for batch in batches:
        if _first(batch.earliest) == _first(batch.latest):
            found.setdefault(_first(batch.latest), []).append(batch)
    return {month: _begun(among, [b.latest for b in among]) for month, among in found.items()}


def _possible(batches: list[Batch[R]]) -> dict[date, _Month]:
    """The months in which something may have happened, with the day since which it may have."""
    starting: dict[date, list[Batch[R]]] = {}
    for batch in batches:
        starting.setdefault(_first(batch.first), []).append(batch)
    found: dict[date, _Month] = {}
    longest: Batch[R] | None = None  # of those that began in earlier months
    ahead = sorted(starting, reverse=True)
    month = ahead[-1] if ahead else date.max
    while ahead or (longest is not None and month <= longest.last):
        if longest is not None and month <= longest.last:
            found[month] = _Month(month, (longest,))
        else:
            month = ahead[-1]
            found[month] = _begun(starting[month], [b.first for b in starting[month]])
        for batch in starting[ahead.pop()] if ahead and ahead[-1] == month else ():
            if longest is None or longest.last < batch.last:
                longest = batch
        month = _MONTH.after(month)
    return found


def _begun(batches: list[Batch[R]], days: list[date]) -> _Month:
    since = min(days)
    first = (batch for batch, day in zip(batches, days, strict=True) if day == since)
    return _Month(since, tuple(first))


def _rows(months: dict[date, _Month], index: Index) -> Timeline[_Row]:
    """The months in a row, up to the present one or the last."""

    # One thing may have happened in each of many months.
    @cache
    def bits(batches: tuple[Batch[R], ...]) -> int:
        return index.bits(tuple(own for batch in batches for own in batch.ids()))

    row = _Row()
    rows = {date.min: row}
    for month in sorted(months):
        before = row if _MONTH.before(month) in months else _Row()
        row = before.and_then(months[month], bits(months[month].batches))
        rows[months[month].since] = row
        if _MONTH.after(month) not in months:
            rows[_TWO_MONTHS.after(month)] = _Row()
    return Timeline.of_changes(rows, rows.__getitem__)


def _first(day: date) -> date:
    return day.replace(day=1)
