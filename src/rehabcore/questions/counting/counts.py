"""Counting what several sources report: an exact number, or the least and the most it can be."""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date
from heapq import nlargest

from attrs import frozen

from rehabcore.questions.question import ids
from rehabcore.records import Record
from rehabcore.rules.facts import Assumption, Cell, Known, Unknown
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import UnknownKind


@frozen(kw_only=True)
class Counted:
    """A report that counts from ``start`` up to, and not including, ``end`` (None: for ever).

    ``what`` identifies the thing: reports of several sources about one thing count once. None means
    that no other source reports it. ``unsure`` says why it is not certain that the report counts;
    None if it is certain. ``surely`` are the days (half-open) on which it certainly counts anyway.
    """

    ids: tuple[str, ...]
    start: date
    end: date | None
    what: Hashable | None = None
    source: str = ""
    times: int = 1
    unsure: UnknownKind | None = None
    surely: tuple[date, date | None] | None = None

    @classmethod
    def of(
        cls,
        record: Record,
        day: date | None,
        start: date,
        end: date | None,
        unsure: UnknownKind | None = None,
    ) -> "Counted":
        """A record of something on a day; records of the same day are about the same thing."""
        filed = record.filed
        return cls(
            what=day or _SOME_DAY,
            source=filed.source,
            ids=(filed.record_id,),
            start=start,
            end=end,
            unsure=unsure,
        )


_SOME_DAY = "some day"

AllTold = Mapping[Hashable, Mapping[str, Sequence[Record]]]
"""How often each source reports each thing, whether or not the report counts."""


def by_day_and_source(records: Iterable[tuple[date, Record]]) -> AllTold:
    """How often each source reports something on each day, whether or not it counts."""
    told: dict[Hashable, dict[str, list[Record]]] = defaultdict(lambda: defaultdict(list))
    for day, record in records:
        told[day][record.filed.source].append(record)
    return told


def count(counted: Iterable[Counted], told: AllTold | None = None) -> Timeline[Cell]:
    """The number of things that count on each day; several sources about one thing count once.

    If some are not certain, the number lies between those that certainly count and all that may. If
    one source reports a thing as counting and another as not counting, the thing is disputed.

    Args:
        counted: the reports that count or may count.
        told: everything that sources report; None if it is the same.
    """
    # One sweep over the days: each report is looked at when it begins and when it ceases to count.
    changes: dict[date, list[_Change]] = defaultdict(list)

    def counts(one: Counted, start: date, end: date | None, may: int, sure: int) -> None:
        if end is None or start < end:
            changes[start].append((one, may, sure))
            if end is not None:
                changes[end].append((one, -may, -sure))

    for one in counted:
        counts(one, one.start, one.end, one.times, one.times if one.unsure is None else 0)
        if one.unsure is not None and one.surely is not None:
            counts(one, *one.surely, 0, one.times)
    tally = _Tally(told or {})

    def cell(day: date) -> Cell:
        tally.change(changes.get(day, ()))
        return tally.cell()

    return Timeline.of_changes(changes, cell)


_Change = tuple[Counted, int, int]
"""The change, from a day on, of how often a thing may count, and of how often it surely does."""


class _Thing:
    """One thing that sources report: for each source, how often it may count and surely counts.

    ``told`` is how often each source reports it at all.
    """

    def __init__(self, told: Mapping[str, Sequence[Record]]) -> None:
        self.told = told
        self.may: dict[str, int] = defaultdict(int)
        self.sure: dict[str, int] = defaultdict(int)
        self.bounds = (0, 0, 0)

    def counted(self) -> tuple[int, int, int]:
        """How often it counts: at most, if nothing is disputed, and if every dispute is lost.

        A source disputes the thing as often as it reports it as not counting.
        """
        most, surely = max(self.may.values()), max(self.sure.values(), default=0)
        if not self.told:
            return most, surely, surely
        against = {source: len(rs) - self.may[source] for source, rs in self.told.items()}
        # No source disputes itself. So what it reports is weighed against the strongest dispute of
        # another source, which is the second strongest of all where its own is the strongest.
        first, second = nlargest(2, (*against.values(), 0, 0))
        undisputed = [
            number - (second if against.get(source) == first else first)
            for source, number in self.sure.items()
        ]
        return most, surely, max((0, *undisputed))


class _Tally:
    """The things that count on a day: how many, by which records, and why some are not certain."""

    def __init__(self, told: AllTold) -> None:
        self._told = told
        self._things: dict[Hashable, _Thing] = {}
        self._most = self._surely = self._least = 0
        self._ids: list[str] = []
        self._named: dict[str, int] = defaultdict(int)
        self._doubts: dict[UnknownKind | None, int] = defaultdict(int)

    def change(self, changes: Iterable[_Change]) -> None:
        """Apply the changes of one day."""
        things: dict[Hashable, _Thing] = {}
        for one, may, sure in changes:
            if one.what is None:
                self._add(may, sure, sure)
            else:
                thing = things[one.what] = self._thing(one.what)
                thing.may[one.source] += may
                thing.sure[one.source] += sure
            if may:
                self._doubts[one.unsure] += may
                self._tell(one.ids, may)
        for what, thing in things.items():
            self._add(*(-number for number in thing.bounds))
            thing.bounds = thing.counted()
            self._add(*thing.bounds)
            if not thing.bounds[0]:
                del self._things[what]

    def _add(self, most: int, surely: int, least: int) -> None:
        self._most += most
        self._surely += surely
        self._least += least

    def _thing(self, what: Hashable) -> _Thing:
        if what not in self._things:
            self._things[what] = _Thing(self._told.get(what, {}))
        return self._things[what]

    def _tell(self, record_ids: tuple[str, ...], times: int) -> None:
        for record_id in record_ids:
            if not self._named[record_id]:
                insort(self._ids, record_id)
            self._named[record_id] += times
            if not self._named[record_id]:
                del self._ids[bisect_left(self._ids, record_id)]

    def cell(self) -> Cell:
        """The cell of the number: exact, or between two numbers."""
        evidence = tuple(self._ids)
        if self._least == self._most:
            return Known(self._most, evidence=evidence, assumption=Assumption.NONE_ON_FILE)
        if self._least < self._surely:
            told = (thing.told.values() for thing in self._things.values())
            against = ids(record for sources in told for records in sources for record in records)
            evidence = tuple(sorted({*evidence, *against}))
        kind = next((kind for kind in UnknownKind if self._doubts[kind]), UnknownKind.DISPUTED)
        return Unknown(kind, evidence=evidence, between=(self._least, self._most))
