"""Counting on every day: an exact number, or the least and the most that it can be."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from rehabcore.rules.evidence import Evidence, Ids, Index, Tally, together
from rehabcore.rules.facts import Assumption, Cell, Known, Unknown
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import UnknownKind, foremost
from rehabcore.strict.frozen import frozen

_Span = tuple[date, date | None]
"""Days from the first up to, and not including, the second; None for ever."""


@frozen(kw_only=True)
class Counted:
    """Something that counts from ``start`` up to, and not including, ``end`` (None: for ever).

    It counts at least ``least`` and at most ``most`` times. ``doubt`` says why the two differ; None
    where something else tells. ``offices`` are those that tell it.
    """

    ids: Ids
    start: date
    end: date | None
    least: int
    most: int
    doubt: UnknownKind | None = None
    offices: frozenset[str] = frozenset()

    @classmethod
    def perhaps(
        cls,
        ids: Ids,
        days: _Span,
        surely: _Span | None,
        doubt: UnknownKind,
        *,
        times: int = 1,
    ) -> "Iterator[Counted]":
        """Something that may count on some days, and surely counts on those of them in ``surely``.

        If it surely counts at all, it does so on days among the others, or from some of them on.
        """
        start, end = days
        since, until = surely or (start, start)
        if until is not None and until <= since:
            since = until = start
        for first, last, least in ((start, since, 0), (since, until, times), (until, end, 0)):
            if first is not None:
                yield cls(
                    ids=ids,
                    start=first,
                    end=last,
                    least=least,
                    most=times,
                    doubt=None if least else doubt,
                )


def count(
    counted: Iterable[Counted], *, apart: bool = False, index: Index | None = None
) -> Timeline[Cell]:
    """The number of things that count on each day.

    If they are not certain, the number lies between the fewest and the most. Where no doubt is
    told, it is only open which records tell one thing; a person has to say so.

    Args:
        counted: what counts or may count.
        apart: that records of different offices on different days tell different things is assumed.
        index: one that knows the records, so that cells can be joined with others of it.
    """
    listed = tuple(counted)
    return Timeline.on_demand(
        lambda: _counted(listed, apart, index or Index(own for one in listed for own in one.ids)),
        lambda day: _counted_on(day, listed, apart),
    )


def _counted_on(day: date, counted: Iterable[Counted], apart: bool) -> Cell:
    """The number on one day."""
    numbers = _Numbers(apart)
    counting = [one for one in counted if one.start <= day and (one.end is None or day < one.end)]
    for one in counting:
        numbers.change(one, 1)
    return numbers.cell(together(one.ids for one in counting))


def _counted(counted: Iterable[Counted], apart: bool, index: Index) -> Timeline[Cell]:
    # One sweep over the days: each is looked at when it begins and when it ceases to count.
    begin: dict[date, list[Counted]] = defaultdict(list)
    end: dict[date, list[Counted]] = defaultdict(list)
    for one in counted:
        if one.end is None or one.start < one.end:
            begin[one.start].append(one)
            if one.end is not None:
                end[one.end].append(one)
    numbers, named = _Numbers(apart), Tally()

    def cell(day: date) -> Cell:
        for one in end.get(day, ()):
            numbers.change(one, -1)
            named.take(index.bits(one.ids))
        for one in begin.get(day, ()):
            numbers.change(one, 1)
            named.add(index.bits(one.ids))
        return numbers.cell(Evidence((index, named.bits())))

    return Timeline.of_changes((*begin, *end), cell)


def told_apart(number: int, by_office: Mapping[str, int], *, apart: bool) -> Assumption | None:
    """The assumption that no thing is told twice, if an exact number rests on it; else None.

    Args:
        number: how many things count.
        by_office: how many of them each office tells.
        apart: that records of different offices on different days tell different things is assumed.
    """
    # If one office tells all of them, none can be told twice.
    return Assumption.TOLD_APART if apart and number > max(by_office.values(), default=0) else None


class OfOneOffice:
    """The most things that one office tells of those that have begun, followed from day to day.

    Args:
        begun: of each thing the day from which it counts, the offices that tell it, and how many it
            is.
    """

    def __init__(self, begun: Iterable[tuple[date, Collection[str], int]]) -> None:
        self._ahead = sorted(begun, key=lambda one: one[0], reverse=True)
        self._told: dict[str, int] = defaultdict(int)
        self._most = 0

    def reach(self, day: date) -> int:
        """The most by a day, which is not before the last one."""
        while self._ahead and self._ahead[-1][0] <= day:
            _, offices, number = self._ahead.pop()
            for office in offices:
                self._told[office] += number
                self._most = max(self._most, self._told[office])
        return self._most


class _Numbers:
    """The things that count on a day: how many, and why some are not certain."""

    def __init__(self, apart: bool) -> None:
        self._apart = apart
        self._least = self._most = 0
        self._doubts: dict[UnknownKind | None, int] = defaultdict(int)
        self._told: dict[str, int] = defaultdict(int)

    def change(self, one: Counted, sign: int) -> None:
        """Something begins to count, or ceases to."""
        self._least += sign * one.least
        self._most += sign * one.most
        self._doubts[one.doubt] += sign
        for office in one.offices:
            self._told[office] += sign * one.most

    def cell(self, evidence: Ids) -> Cell:
        """The cell of the number, which some records tell: exact, or between two numbers."""
        if self._least == self._most:
            assumption = told_apart(self._most, self._told, apart=self._apart)
            assumption = assumption or Assumption.NONE_ON_FILE
            return Known(self._most, evidence=evidence, assumption=assumption)
        kinds = {kind for kind, number in self._doubts.items() if kind and number}
        kind = foremost(kinds or {UnknownKind.NEEDS_PERSON})
        return Unknown(kind, evidence=evidence, between=(self._least, self._most))
