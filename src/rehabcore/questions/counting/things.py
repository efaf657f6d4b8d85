"""Which records tell one real thing: for certain, or perhaps.

A record that names another office's record in ``same_as`` tells the same thing again. Besides,
records of one kind by different offices may tell one thing if their days lie no further apart than
the country states. Two records of one office always tell two things.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from datetime import date, timedelta
from itertools import chain
from typing import Generic, TypeVar

from rehabcore.questions.counting.connected import connected, telling_the_same
from rehabcore.records import Record
from rehabcore.rules.time.partial import EARLIEST_DAY, LATEST_DAY, Day, first_of, last_of
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.frozen import frozen
from rehabcore.strict.vocabulary import RecordId

R = TypeVar("R", bound=Record)

MOST_OFFICES = 10
"""The most offices whose records of one time are compared. Beyond them, all may tell one thing."""

Bounds = tuple[date, date]
"""The first and the last day that a day may be, both included."""


def bounds_of(day: Day) -> Bounds:
    """The first and the last day that a day may be."""
    return first_of(day), last_of(day)


def best_known(days: list[Bounds]) -> list[Bounds]:
    """The days that several statements about one day leave: one if they agree, else the narrowest.

    A statement that includes another contradicts nobody, and adds nothing.
    """
    first, last = max(first for first, _ in days), min(last for _, last in days)
    if first <= last:
        return [(first, last)]
    return [one for one in sorted({*days}) if not any(includes(one, d) and d != one for d in days)]


def includes(days: Bounds, others: Bounds) -> bool:
    """Whether all of other days are among some days."""
    return days[0] <= others[0] and others[1] <= days[1]


@frozen(kw_only=True)
class Thing(Generic[R]):
    """One real thing: the records that certainly tell it, by their ids, and who filed them.

    It happened on a day from ``first`` to ``last``, both included. ``doubt`` says why the day is
    not certain: no record knows it, or two differ; None if it is.
    """

    records: tuple[R, ...]
    offices: frozenset[str]
    first: date
    last: date
    doubt: UnknownKind | None

    @classmethod
    def of(cls, records: list[R], day_of: Callable[[R], Day]) -> "Thing[R]":
        """The thing that records tell together."""
        days = best_known([bounds_of(day_of(record)) for record in records])
        first, last = days[0][0], max(last for _, last in days)
        doubt = UnknownKind.DISPUTED if days[1:] else UnknownKind.MISSING
        return cls(
            records=tuple(sorted(records, key=lambda record: record.filed.record_id)),
            offices=frozenset(record.filed.source for record in records),
            first=first,
            last=last,
            doubt=None if first == last else doubt,
        )

    def ids(self) -> tuple[RecordId, ...]:
        """The ids of its records."""
        return tuple(record.filed.record_id for record in self.records)


class Batch(Generic[R]):
    """The things that the same offices date to the same days.

    ``near`` are the batches of other offices whose things may be things of this one; it is
    ``alone`` if there are none. A thing of this batch happened on a day from ``earliest`` to
    ``latest``, whichever office is right.
    """

    def __init__(self, things: list[Thing[R]]) -> None:
        self.things = things
        self.offices = things[0].offices
        self.first, self.last = things[0].first, things[0].last
        self.earliest, self.latest = self.first, self.last
        self.near: list[Batch[R]] = []
        self.alone = True

    @property
    def doubt(self) -> UnknownKind:
        """Why it is not certain on which day a thing happened, if it is not."""
        return self.things[0].doubt or UnknownKind.DISPUTED

    def ids(self) -> tuple[RecordId, ...]:
        """The ids of the records of all its things."""
        return tuple(own for thing in self.things for own in thing.ids())

    def may_be(self, other: "Batch[R]", reach: int) -> None:
        """Note that things of two batches may be the same, being at most some days apart."""
        for one, another in ((self, other), (other, self)):
            one.near.append(another)
            one.alone = False
            first, last = another.first, another.last
            if first <= one.last and one.first <= last and another.doubt is UnknownKind.MISSING:
                # The two do not differ. If they are the same, it was on a day that is near enough.
                first = max(first, _earlier(one.first, reach))
                last = min(last, _later(one.last, reach))
            one.earliest, one.latest = min(one.earliest, first), max(one.latest, last)


def _earlier(day: date, days: int) -> date:
    return max(EARLIEST_DAY, date.fromordinal(max(1, day.toordinal() - days)))


def _later(day: date, days: int) -> date:
    return min(LATEST_DAY, day + timedelta(min(days, (LATEST_DAY - day).days)))


Cluster = list[Batch[R]]
"""Batches of which each may be the same as another; things of two clusters are never the same."""


def clusters(
    records: Iterable[R],
    day_of: Callable[[R], Day],
    *,
    within: int,
    kind_of: Callable[[R], Hashable] = lambda _: None,
    joined: Iterable[tuple[RecordId, RecordId]] = (),
) -> list[Cluster[R]]:
    """The things that records tell, with those that may be the same standing together.

    Args:
        records: all records of some kinds, whether or not they count.
        day_of: the day on which the thing of a record happened.
        within: how many days the records of two offices about one thing may be apart.
        kind_of: the kind of a record's thing; things of different kinds are never the same.
        joined: pairs of ids of records that tell the same, besides those that ``same_as`` says.
    """
    of_kind: dict[Hashable, dict[Hashable, list[Thing[R]]]] = defaultdict(dict)
    for told in _tell_the_same(list(records), joined):
        thing = Thing.of(told, day_of)
        alike = (thing.offices, thing.first, thing.last, thing.doubt)
        of_kind[kind_of(told[0])].setdefault(alike, []).append(thing)
    found: list[Cluster[R]] = []
    for batches in of_kind.values():
        for stretch in _stretches([Batch(things) for things in batches.values()], within):
            found += _compared(stretch, within)
    return found


def _tell_the_same(records: list[R], joined: Iterable[tuple[RecordId, RecordId]]) -> list[list[R]]:
    """The records of each thing. What ``joined`` names besides them is left aside."""
    places = {record.filed.record_id: place for place, record in enumerate(records)}
    said = telling_the_same(record.filed for record in records)
    more = (
        (places[one], places[other]) for one, other in joined if one in places and other in places
    )
    pairs = chain(said, more)
    return [[records[place] for place in group] for group in connected(len(records), pairs)]


def _stretches(batches: list[Batch[R]], within: int) -> Iterator[list[Batch[R]]]:
    """Batches in order of their days, cut where more days lie between two than one thing allows."""
    stretch: list[Batch[R]] = []
    last = date.min
    for batch in sorted(batches, key=lambda batch: (batch.first, batch.last)):
        if stretch and (batch.first - last).days > within:
            yield stretch
            stretch = []
        stretch.append(batch)
        last = max(last, batch.last)
    yield stretch


def _compared(stretch: list[Batch[R]], within: int) -> list[Cluster[R]]:
    """The clusters of a stretch, once it is known which of its batches may be the same."""
    offices = len(frozenset().union(*(batch.offices for batch in stretch)))
    if offices > MOST_OFFICES:
        first, last = min(b.first for b in stretch), max(b.last for b in stretch)
        for batch in stretch:
            batch.alone, batch.earliest, batch.latest = False, first, last
        return [stretch]
    # Of three offices, the second may be as far from the first as is allowed, and the third as far
    # from the second: all three may tell one thing.
    reach = within * (offices - 1)
    near: list[tuple[int, int]] = []
    for place, batch in enumerate(stretch if offices > 1 else ()):
        for later in range(place + 1, len(stretch)):
            other = stretch[later]
            if (other.first - batch.last).days > reach:
                break
            if batch.offices.isdisjoint(other.offices):
                batch.may_be(other, reach)
                near.append((place, later))
    return [[stretch[place] for place in group] for group in connected(len(stretch), near)]
