"""Days in a state, added up over a term before the day; each day counts once.

The term holds the days from the one that lies the term before, up to and not including the day
itself: "30 days" before 31 January are the days from 1 to 30 January. Of a day that some record
leaves open, or that no record tells, it is not known whether it counts.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Iterator
from datetime import date, timedelta
from functools import cache

from rehabcore.questions.counting.seen import Seen
from rehabcore.questions.counting.windows import held_at_all
from rehabcore.rules.facts import Cell, Known, Parameter, Unknown
from rehabcore.rules.judging.settling import Claim
from rehabcore.rules.time.days import ONE_DAY, Term
from rehabcore.rules.time.partial import EARLIEST_DAY, LATEST_DAY
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import UnknownKind

TERM = Parameter(name="within")
"""The parameter for the term whose days are added up."""


def days_in(
    claims: Iterable[Claim], wanted: Container[object], absent: Cell, within: Term
) -> Timeline[Cell]:
    """How many days of the term before each day had one of the values.

    Args:
        claims: the values that records give to days.
        wanted: the values whose days count.
        absent: the cell of a day before which no record tells any day of the term.
        within: the term.
    """
    days = _Days(held_at_all(claims, wanted, absent))

    def cell(day: date) -> Cell:
        if day == date.min:  # no term can be laid back from the first day of the calendar
            return absent
        return days.between(within.before(day), day) or absent

    return Timeline.of_changes(days.changing(within), cell)


class _Days:
    """The days of a flag that are certainly true, and those that may be, added up.

    ``_before`` holds the numbers of both before each piece begins.
    """

    def __init__(self, flags: Timeline[Cell]) -> None:
        self.flags = flags
        self._before = [(0, 0)]
        for start, cell in zip(flags.starts[1:], flags.values, strict=False):
            self._before.append(self._up_to(start, len(self._before) - 1, cell))
        self._seen = Seen(flags.values)

    def _up_to(self, day: date, place: int, cell: Cell) -> tuple[int, int]:
        """The numbers up to, and not including, a day of a piece or the day after it."""
        sure, may = self._before[place]
        more = (day - self.flags.starts[place]).days
        if isinstance(cell, Unknown):
            return sure, may + more
        return (sure + more, may) if cell.value else (sure, may)

    def between(self, first: date, end: date) -> Cell | None:
        """The number of days from ``first`` up to, and not including, ``end``; None if untold.

        Both days never go back from one call to the next.
        """
        values = self.flags.values
        begins, ends = (bisect_right(self.flags.starts, day) - 1 for day in (first, end))
        self._seen.move(begins, bisect_left(self.flags.starts, end))
        evidence = self._seen.ids()
        if not evidence or first == end:
            return None
        sure, may = self._up_to(first, begins, values[begins])
        sure_then, may_then = self._up_to(end, ends, values[ends])
        least, unsure = sure_then - sure, may_then - may
        if not unsure:
            return Known(least, evidence=evidence)
        kind = self._seen.doubt() or UnknownKind.MISSING
        return Unknown(kind, evidence=evidence, between=(least, least + unsure))

    def changing(self, within: Term) -> Iterator[date]:
        """The days on which a number over a term may change."""
        told_from_the_first = bool(self.flags.values[0].rests_on)
        starts = [*([EARLIEST_DAY] if told_from_the_first else []), *self.flags.starts[1:]]
        # Once a piece fills the term, the number rests until the next piece begins.
        day = starts[0] if starts else LATEST_DAY
        for start in starts:
            day, end = max(day, start), min(within.after(start) + _MONTH, LATEST_DAY)
            while day <= end:
                yield day
                day += ONE_DAY
        # A term of months has more days in one month than in another, but not within a month,
        # except where a day is the 29th or later.
        if starts and (within.years or within.months):
            yield from _ends_of_months()[bisect_left(_ends_of_months(), starts[0]) :]


@cache
def _ends_of_months() -> tuple[date, ...]:
    """The first day of every month that the library knows, and the days from the 29th on."""
    days = (LATEST_DAY - EARLIEST_DAY).days + 1
    every = (EARLIEST_DAY + timedelta(days=more) for more in range(days))
    return tuple(day for day in every if day.day == 1 or day.day > _IN_EVERY_MONTH)


_IN_EVERY_MONTH = 28
"""The last day of the month that every month has."""
_MONTH = timedelta(days=31)
"""By at most so many days a term that is laid back from a day may miss one laid forward to it."""
