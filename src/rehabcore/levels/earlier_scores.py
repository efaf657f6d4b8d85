"""The scores that may be the earliest within a term before an assessment, found without a search.

Nobody may know on which day a score was found, or which of several of one day came first. Then
several may be the earliest; the least and the greatest of them tell whether they differ.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import accumulate

from rehabcore.rules.time.acts import DatedAct, lowest_from
from rehabcore.rules.time.days import Term
from rehabcore.rules.time.partial import first_of, last_of

Range = tuple[Decimal, Decimal]
"""The least and the greatest of some scores."""
_Scored = tuple[DatedAct, Decimal]


class EarlierScores:
    """Scores of one instrument, of which those within a term before an assessment are compared.

    Args:
        scored: the scores, with the acts that found them.
        within: the term.
    """

    def __init__(self, scored: Iterable[_Scored], within: Term) -> None:
        # Those of a day that is known stand behind those that may have been found on it.
        listed = sorted(scored, key=lambda one: (first_of(one[0].on), one[0].day is not None))
        self._first_until = [within.after(first_of(act.on)) for act, _ in listed]
        self._last_from = lowest_from([last_of(act.on) for act, _ in listed])
        known: dict[date, list[_Scored]] = defaultdict(list)
        for act, score in listed:
            if act.day is not None:
                known[act.day].append((act, score))
        self._of_day = {day: _OfOneDay(found) for day, found in known.items()}
        self._begun = _Begun(listed, within)

    def earliest_before(self, act: DatedAct) -> Range | None:
        """The range of those that may be the earliest before an act; None if none certainly is."""
        since = bisect_left(self._first_until, last_of(act.on))
        earliest = min(self._last_from[since : since + 1], default=date.max)
        found: list[Range] = []
        if earliest < first_of(act.on):
            if earliest in self._of_day:
                found.append(self._of_day[earliest].first)
        elif act.day in self._of_day and self._of_day[act.day].has_before(act):
            earliest = act.day
            found += self._of_day[earliest].not_after_first_of_row(act)
        else:
            return None
        return _joined((*found, *self._begun.by(earliest, first_of(act.on))))


class _OfOneDay:
    """Scores of one day that is known. Those of one row are in an order; rows are in none."""

    def __init__(self, scored: Iterable[_Scored]) -> None:
        rows: dict[tuple[str, bool], list[_Scored]] = defaultdict(list)
        for act, score in scored:
            rows[act.row].append((act, score))
        self._place = {row: place for place, row in enumerate(rows)}
        self._first_place = {row: min(act.place for act, _ in found) for row, found in rows.items()}
        self._first_of_row = {
            row: _joined((s, s) for act, s in found if act.earliest <= self._first_place[row])
            for row, found in rows.items()
        }
        self.first = _joined(self._first_of_row.values())
        every = [_joined((score, score) for _, score in found) for found in rows.values()]
        self._rows_before = list(accumulate(every, _both))
        self._rows_from = list(accumulate(reversed(every), _both))[::-1]

    def has_before(self, act: DatedAct) -> bool:
        """Whether one certainly came before an act of this day."""
        return act.row in self._place and self._first_place[act.row] < act.earliest

    def not_after_first_of_row(self, act: DatedAct) -> list[Range]:
        """The ranges of all but those which another of the row of an act certainly came before."""
        place = self._place[act.row]
        others = (
            self._rows_before[max(0, place - 1) : place],
            self._rows_from[place + 1 : place + 2],
        )
        return [self._first_of_row[act.row], *others[0], *others[1]]


class _Begun:
    """Scores in the order of their first days, of which those that are not too old are found."""

    # Each block holds as many scores up to its place as the lowest bit of its number says, so that
    # those up to any place are a few blocks. Each is in the order of the last days.

    def __init__(self, listed: Sequence[_Scored], within: Term) -> None:
        self._firsts = [(first_of(act.on), act.day is not None) for act, _ in listed]
        until = [(within.after(last_of(act.on)), score) for act, score in listed]
        self._blocks: list[tuple[list[date], list[Range]]] = []
        for end in range(1, len(until) + 1):
            block = sorted(until[end - (end & -end) : end])
            ranges = accumulate(((score, score) for _, score in reversed(block)), _both)
            self._blocks.append(([day for day, _ in block], [*ranges][::-1]))

    def by(self, day: date, since: date) -> Iterator[Range]:
        """The ranges of those that may have been found by a day, and that a term counts until then.

        Those that were certainly found on the day itself are not among them.

        Args:
            day: that day.
            since: the day until which their term has to run.
        """
        end = bisect_left(self._firsts, (day, True))
        while end:
            days, ranges = self._blocks[end - 1]
            yield from ranges[(at := bisect_left(days, since)) : at + 1]
            end -= end & -end


def _both(one: Range, other: Range) -> Range:
    return min(one[0], other[0]), max(one[1], other[1])


def _joined(ranges: Iterable[Range]) -> Range:
    lows, highs = zip(*ranges, strict=True)
    return min(lows), max(highs)
