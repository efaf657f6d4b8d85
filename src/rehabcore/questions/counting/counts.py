"""Counting what sources tell, each over days of its own: exactly, or between two numbers."""

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
    """What counts from ``start`` up to, and not including, ``end``; None for never.

    ``what`` tells it from other things: what several sources tell of one thing counts once. None
    means that nothing else is told of it. ``unsure`` says why it is not certain that it counts;
    None if it is. ``surely`` are the days on which it counts all the same, from the first up to,
    and not including, the second.
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
        """A record of what happened on a day, told from what happened on others."""
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
"""All that is told of what is counted, by what it is and the source."""


def by_day_and_source(records: Iterable[tuple[date, Record]]) -> AllTold:
    """What sources tell of each day, whether or not it counts."""
    told: dict[Hashable, dict[str, list[Record]]] = defaultdict(lambda: defaultdict(list))
    for day, record in records:
        told[day][record.filed.source].append(record)
    return told


def count(counted: Iterable[Counted], told: AllTold | None = None) -> Timeline[Cell]:
    """How many count on a day; what several sources tell of one thing counts once.

    Where it is not certain of all, the number lies between those that certainly count and all that
    may. A source that tells of a thing what does not count disputes what another tells. Each is
    looked at when it begins and when it ceases to count, however many count at once.
    """
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
"""How many times more, or below 0 less, something may count from a day on, and surely counts."""


class _Thing:
    """One thing of which sources tell on a day: how often it may count, by each, and surely does.

    ``told`` is how often each source tells of it at all.
    """

    def __init__(self, told: Mapping[str, Sequence[Record]]) -> None:
        self.told = told
        self.may: dict[str, int] = defaultdict(int)
        self.sure: dict[str, int] = defaultdict(int)
        self.bounds = (0, 0, 0)

    def counted(self) -> tuple[int, int, int]:
        """How often it counts at most, if no source is disputed, and if every dispute is lost.

        Another source disputes it as often as it tells of it what does not count.
        """
        most, surely = max(self.may.values()), max(self.sure.values(), default=0)
        if not self.told:
            return most, surely, surely
        against = {source: len(rs) - self.may[source] for source, rs in self.told.items()}
        first, second = nlargest(2, (*against.values(), 0, 0))
        undisputed = [
            number - (second if against.get(source) == first else first)
            for source, number in self.sure.items()
        ]
        return most, surely, max((0, *undisputed))


class _Tally:
    """The things that count on a day: how many, by which records, and why it is not certain."""

    def __init__(self, told: AllTold) -> None:
        self._told = told
        self._things: dict[Hashable, _Thing] = {}
        self._most = self._surely = self._least = 0
        self._ids: list[str] = []
        self._named: dict[str, int] = defaultdict(int)
        self._doubts: dict[UnknownKind | None, int] = defaultdict(int)

    def change(self, changes: Iterable[_Change]) -> None:
        """Take up what begins and what ceases to count on the day."""
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
        """How many there are."""
        evidence = tuple(self._ids)
        if self._least == self._most:
            return Known(self._most, evidence=evidence, assumption=Assumption.NONE_ON_FILE)
        if self._least < self._surely:
            told = (thing.told.values() for thing in self._things.values())
            against = ids(record for sources in told for records in sources for record in records)
            evidence = tuple(sorted({*evidence, *against}))
        kind = next((kind for kind in UnknownKind if self._doubts[kind]), UnknownKind.DISPUTED)
        return Unknown(kind, evidence=evidence, between=(self._least, self._most))
