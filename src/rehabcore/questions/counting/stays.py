"""Stays: what records say of days over which something held, turned into claims.

It need not be a stay at a place: a legal status, a state or an entry in a register is read alike.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from rehabcore.questions.counting.connected import connected, telling_the_same
from rehabcore.records import Filed
from rehabcore.rules.facts import Value
from rehabcore.rules.judging.settling import Claim
from rehabcore.rules.time.days import ONE_DAY, OPEN, UNSURE, Ending, Span
from rehabcore.rules.time.partial import (
    EARLIEST_DAY,
    LATEST_DAY,
    Days,
    PartialDay,
    PartialEnd,
    Period,
    between,
    days_between,
    first_of,
    last_of,
)

Stay = tuple[Filed, Days, Value]
"""A record of something that held: its filing, the days, and the value that held."""


def stays(told: Iterable[Stay]) -> list[Claim]:
    """The claims of records of something that held over days.

    A beginning of which no last day is known lies not after the day on which the record was filed,
    for only what has begun can be reported so. What held on one day is taken to have begun and
    ended within it if the office tells something else that goes on from that day. Of two offices
    that tell one thing (``same_as``), one may know the days better: then its days count for both.
    Any other record of another office may be about other days on which the same held.
    """
    listed = list(told)
    going_on = {(filed.source, days.start) for filed, days, _ in listed if not _of_one_day(days)}
    said = [
        (filed, _as_reported(filed, days, brief=(filed.source, days.start) in going_on), value)
        for filed, days, value in listed
    ]
    if not any(isinstance(days, Period) for _, days, _ in said):
        return [Claim(filed.record_id, days, value) for filed, days, value in said]
    edges = {days: _edges(days) for _, days, _ in said}
    same = telling_the_same(filed for filed, _, _ in said)
    things = ([said[place] for place in group] for group in connected(len(said), same))
    return [
        Claim(one[0].record_id, _known_better(one, thing, edges), one[2])
        for thing in things
        for one in thing
    ]


def _of_one_day(days: Days) -> bool:
    return isinstance(days, Span) and days.end == days.start + ONE_DAY


def _as_reported(filed: Filed, days: Days, *, brief: bool) -> Days:
    """The days, with what the filing tells about them; ``brief`` if others go on from that day."""
    if isinstance(days, Span):
        return Period(days.start, days.start) if brief and _of_one_day(days) else days
    begun = PartialDay() if isinstance(days.start, Ending) else days.start
    if last_of(begun) < LATEST_DAY or filed.recorded_on < first_of(begun):
        return days
    return days_between(between(first_of(begun), filed.recorded_on), days.end)


_Edges = tuple[date, date, date, date]
"""The first and the last possible day of the start, then of the end."""


def _known_better(one: Stay, said: list[Stay], edges: Mapping[Days, _Edges]) -> Days:
    """The days that another office states for the same, if they say more about these.

    It may have learnt late of what began long ago. So a beginning or an end of which nothing is
    known stays unknown.
    """
    filed, days, value = one
    if not isinstance(days, Period) or _is_unknown(days):
        return days
    finer = [
        other
        for filing, other, claimed in said
        if claimed == value and filing.source != filed.source
        if other != days and _lies_within(edges[other], edges[days])
    ]
    finest = min(finer, key=lambda other: _width(edges[other]), default=days)
    # Offices that say more, but not the same, leave it open which of them is right.
    agreed = all(_lies_within(edges[finest], edges[other]) for other in finer)
    return finest if agreed else days


def _is_unknown(days: Period) -> bool:
    return days.end is UNSURE or days.possible.start == EARLIEST_DAY


def _edges(days: Days) -> _Edges:
    return (*_bounds(days.start), *_bounds(days.end))


def _bounds(edge: PartialEnd) -> tuple[date, date]:
    if edge is UNSURE:
        return date.min, date.max
    return (date.max, date.max) if edge is OPEN else (first_of(edge), last_of(edge))


def _lies_within(one: _Edges, other: _Edges) -> bool:
    starts = other[0] <= one[0] and one[1] <= other[1]
    return starts and other[2] <= one[2] and one[3] <= other[3]


def _width(edges: _Edges) -> timedelta:
    return edges[1] - edges[0] + (edges[3] - edges[2])
