"""Things counted by what records tell of them: whether each counts, and from which day.

Several offices may tell one thing. Where it is not certain whether they do, the number lies between
two: the most is all that they tell; the least is what that office tells which tells most of it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Generic, TypeVar

from rehabcore.questions.counting.counts import Counted, count
from rehabcore.questions.counting.things import (
    Batch,
    Bounds,
    Cluster,
    Thing,
    best_known,
    bounds_of,
    includes,
)
from rehabcore.records import Record
from rehabcore.rules.facts import Cell
from rehabcore.rules.time.partial import EARLIEST_DAY, LATEST_DAY, Day
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import UnknownKind, foremost
from rehabcore.strict.frozen import frozen

R = TypeVar("R", bound=Record)

Leaves = Callable[[date], date]
"""A function from the day of an event to the first day on which it no longer counts."""

Passes = bool | UnknownKind
"""Whether a record lets its thing count, or why it leaves that open."""


@frozen(kw_only=True)
class Telling:
    """The account that one record gives of a thing: whether it counts, and from which day.

    ``day`` is the day from which it counts. ``passes`` holds whether the record lets the thing
    count, each answer with the first day for which it holds. ``ids`` names the record if it is none
    of those that tell the thing itself.
    """

    day: Day
    passes: tuple[tuple[date, Passes], ...] = ((date.min, True),)
    ids: tuple[str, ...] = ()

    def on(self, day: date) -> Passes:
        """Whether the record lets the thing count on a day."""
        return [passes for since, passes in self.passes if since <= day][-1]


Tell = Callable[[Thing[R]], Iterable[Telling]]
"""A function that gives what the records of a thing tell of it; nothing if they leave it open."""


def each_record(tell: Callable[[R], Telling]) -> Tell[R]:
    """A function that lets each record of a thing tell for itself."""
    return lambda thing: [tell(record) for record in thing.records]


def counted_things(
    found: Iterable[Cluster[R]],
    tell: Tell[R],
    leaves: Leaves | None = None,
    *,
    by_own_day: bool,
    apart: bool,
) -> Timeline[Cell]:
    """The number of things that count on each day.

    Args:
        found: all things of the kinds that are asked for, whether or not they count.
        tell: what the records of a thing tell of it.
        leaves: when a thing leaves the window, by its day; None if it counts for ever.
        by_own_day: whether things count from the day on which they happened, not from another.
        apart: that records of different offices on different days tell different things is assumed.
    """
    counted = (
        one for cluster in found for one in _counted(cluster, tell, leaves, by_own_day=by_own_day)
    )
    return count(counted, apart=apart)


def _counted(
    cluster: Cluster[R], tell: Tell[R], leaves: Leaves | None, *, by_own_day: bool
) -> Iterator[Counted]:
    if len(cluster) == 1 and cluster[0].alone:
        (batch,) = cluster
        plain = [_plainly(thing, tell(thing), leaves) for thing in batch.things]
        if all(one is not None for one in plain):  # as most are; the rest takes longer
            yield from (one for one in plain if one is not None)
            return
    told = {
        id(batch): [_Told(thing, tuple(tell(thing))) for thing in batch.things] for batch in cluster
    }
    ends = {key: _ends_of(things) for key, things in told.items()}
    least = _Least(cluster, {key: _ids_of(things) for key, things in told.items()})
    for batch in cluster:
        others = [end for other in batch.near for end in ends[id(other)]]
        days = [(batch.earliest, batch.latest)] if by_own_day else [end.days for end in others]
        elsewhere = _ids_of(end.one for end in _outermost(others))
        for one in told[id(batch)]:
            for piece in one.pieces(leaves, days):
                least.add(batch, piece)
                if piece.may:
                    yield one.counted(piece, batch, elsewhere if piece.elsewhere else ())
    yield from least.counted()


def _plainly(thing: Thing[R], tellings: Iterable[Telling], leaves: Leaves | None) -> Counted | None:
    """A thing that is told once, on a known day, and certainly counts; None for any other."""
    match [*tellings]:
        case [Telling(day=date() as day, passes=((_, True),), ids=more)]:
            end = None if leaves is None else leaves(day)
            return Counted(
                ids=(*thing.ids(), *more),
                start=day,
                end=None if end == date.max else end,
                least=1,
                most=1,
                offices=thing.offices,
            )
    return None


@frozen(kw_only=True)
class _Piece:
    """Days (half-open) on which what is told of a thing stays the same.

    ``may`` and ``sure`` say whether it may count, and whether it certainly does. ``against`` is
    whether a record of it says that it does not. ``elsewhere`` is whether it is not certain only
    because another office may date it otherwise.
    """

    start: date
    end: date | None
    may: bool
    sure: bool
    against: bool
    doubt: UnknownKind | None
    elsewhere: bool


class _Told(Generic[R]):
    """One thing, and what its records tell of it."""

    def __init__(self, thing: Thing[R], tellings: tuple[Telling, ...]) -> None:
        self.thing, self.tellings = thing, tellings
        self._told = [bounds_of(telling.day) for telling in tellings]
        self.days = best_known(self._told) if tellings else []

    def ids(self) -> tuple[str, ...]:
        """The ids of the records of the thing, and of those that tell more of it."""
        return (*self.thing.ids(), *(own for telling in self.tellings for own in telling.ids))

    def counted(self, piece: _Piece, batch: Batch[R], more: tuple[str, ...]) -> Counted:
        """The thing as something that counts or may count, with the ids of ``more`` records."""
        return Counted(
            ids=(*self.ids(), *more),
            start=piece.start,
            end=piece.end,
            least=int(piece.sure and batch.alone),
            most=1,
            doubt=piece.doubt,
            offices=self.thing.offices,
        )

    def pieces(self, leaves: Leaves | None, others: list[Bounds]) -> Iterator[_Piece]:
        """The days on which it counts, may count, or is told not to.

        ``others`` are the days that other offices may tell of it.
        """
        if not self.tellings:
            return
        windows = {days: _window(days, leaves) for days in self.days}
        alone, sure = _sure(self.days, leaves), _sure([*self.days, *others], leaves)
        days = {date.min, *(day for window in (*windows.values(), alone, sure) for day in window)}
        days |= {since for telling in self.tellings for since, _ in telling.passes}
        starts = sorted(days - {date.max})
        for start, end in zip(starts, [*starts[1:], None], strict=True):
            said = [telling.on(start) for telling in self.tellings]
            counts = [
                passes
                for passes, told in zip(said, self._told, strict=True)
                if passes is not False
                if any(includes(told, own) and _within(start, windows[own]) for own in self.days)
            ]
            against = False in said
            if counts or against:
                passes = True in counts and not against
                certain = passes and _within(start, sure)
                alike = _within(start, alone)
                yield _Piece(
                    start=start,
                    end=end,
                    may=bool(counts),
                    sure=certain,
                    against=against,
                    doubt=None if certain else self._doubt(counts, against, alike),
                    elsewhere=passes and alike and not certain,
                )

    def _doubt(self, counts: Sequence[Passes], against: bool, alike: bool) -> UnknownKind:
        if against or (alike and True in counts):
            return UnknownKind.DISPUTED
        if True not in counts:
            return foremost(kind for kind in counts if isinstance(kind, UnknownKind))
        return UnknownKind.DISPUTED if self.days[1:] else UnknownKind.MISSING


def _window(days: Bounds, leaves: Leaves | None) -> Bounds:
    """The days, half-open, on which something that happened on one of some days may count."""
    first, last = days
    end = date.max if leaves is None or _endless(days) else leaves(last)
    return date.min if first == EARLIEST_DAY and first < last else first, end


def _sure(days: Iterable[Bounds], leaves: Leaves | None) -> Bounds:
    """The days, half-open, on which it counts whichever of some days is right."""
    listed = list(days)
    if any(map(_endless, listed)):
        return date.max, date.max
    since = min(first for first, _ in listed)
    return max(last for _, last in listed), date.max if leaves is None else leaves(since)


def _endless(days: Bounds) -> bool:
    """Whether a day may be any from some day on."""
    return days[0] < days[1] == LATEST_DAY


def _within(day: date, window: Bounds) -> bool:
    return window[0] <= day < window[1]


@frozen
class _End(Generic[R]):
    """Days from which a thing may count, the first or the last of some things."""

    days: Bounds
    one: _Told[R]


def _ends_of(things: Iterable[_Told[R]]) -> list[_End[R]]:
    """The first and the last day from which some things may count, as far as recorded."""
    return _outermost(
        _End((first, last), one)
        for one in things
        for first, last in one.days
        if first == last or (first > EARLIEST_DAY and last < LATEST_DAY)
    )


def _outermost(ends: Iterable[_End[R]]) -> list[_End[R]]:
    listed = list(ends)
    if not listed:
        return []
    return [
        min(listed, key=lambda end: (end.days, end.one.ids())),
        max(listed, key=lambda end: (end.days[1], end.one.ids())),
    ]


def _ids_of(things: Iterable[_Told[R]]) -> tuple[str, ...]:
    return tuple(own for one in things for own in one.ids())


class _Least(Generic[R]):
    """The fewest things of a cluster that certainly count, whichever of them are the same.

    What one office tells is never told twice by itself, so it counts as often as that office tells
    it; but for as many as other offices say do not count, of things that may be these.
    """

    def __init__(self, cluster: Cluster[R], ids: dict[int, tuple[str, ...]]) -> None:
        self._batches = {id(batch): batch for batch in cluster if batch.near}
        self._ids = ids
        self._changes: dict[date, list[tuple[int, int, int]]] = defaultdict(list)
        self._sure: dict[int, int] = defaultdict(int)
        self._against: dict[int, int] = defaultdict(int)
        self._sure_near: dict[int, int] = defaultdict(int)
        self._against_near: dict[int, int] = defaultdict(int)
        self._kept: dict[int, int] = defaultdict(int)
        self._kept_by: dict[str, int] = defaultdict(int)
        self._sure_by: dict[str, int] = defaultdict(int)
        self._against_by: dict[str, int] = defaultdict(int)
        self._all_against = 0
        self._opposing: dict[int, date] = {}

    def add(self, batch: Batch[R], piece: _Piece) -> None:
        """Note what is told of a thing of a batch over some days."""
        sure, against = int(piece.sure), int(piece.against)
        if (sure or against) and batch.near:
            self._changes[piece.start].append((id(batch), sure, against))
            if piece.end is not None:
                self._changes[piece.end].append((id(batch), -sure, -against))

    def counted(self) -> Iterator[Counted]:
        """The fewest on each day; and who says that something does not count after all."""
        least, since = 0, date.min
        for day in sorted(self._changes):
            touched = self._change(self._changes[day])
            now = max(map(self._least_of, self._sure_by))
            if now != least:
                yield Counted(ids=(), start=since, end=day, least=least, most=0)
                least, since = now, day
            yield from self._opposed(day, touched)
        yield Counted(ids=(), start=since, end=None, least=least, most=0)
        for key, start in self._opposing.items():
            yield self._dispute(key, start, None)

    def _least_of(self, office: str) -> int:
        """The fewest of what one office tells, in two ways of which each may miss some.

        What others say does not count is set off against what is near to it, batch by batch; or
        against all that the office tells, since it can be no more than one of these.
        """
        others = self._all_against - self._against_by[office]
        return max(self._kept_by[office], self._sure_by[office] - others)

    def _change(self, changes: list[tuple[int, int, int]]) -> set[int]:
        """Apply the changes of one day; the batches of which something else may now be told."""
        touched = set[int]()
        for key, sure, against in changes:
            self._sure[key] += sure
            self._against[key] += against
            self._all_against += against
            for office in self._batches[key].offices:
                self._sure_by[office] += sure
                self._against_by[office] += against
            touched.add(key)
            for other in map(id, self._batches[key].near):
                self._sure_near[other] += sure
                self._against_near[other] += against
                touched.add(other)
        for key in touched:
            kept = max(0, self._sure[key] - self._against_near[key])
            for office in self._batches[key].offices:
                self._kept_by[office] += kept - self._kept[key]
            self._kept[key] = kept
        return touched

    def _opposed(self, day: date, touched: set[int]) -> Iterator[Counted]:
        """The batches that began or ceased to speak against what others tell for certain."""
        for key in touched:
            if self._against[key] and self._sure_near[key]:
                self._opposing.setdefault(key, day)
            elif key in self._opposing:
                yield self._dispute(key, self._opposing.pop(key), day)

    def _dispute(self, key: int, start: date, end: date | None) -> Counted:
        return Counted(
            ids=self._ids[key],
            start=start,
            end=end,
            least=0,
            most=0,
            doubt=UnknownKind.DISPUTED,
        )
