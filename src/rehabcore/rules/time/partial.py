"""Days and spans of days that are known only in part.

Of a ``PartialDay`` only two bounds are known: "in 2026", "in March 2026", "by 2017". Of a
``Period`` the first day or the end is such a day, or unknown; or it began and ended within one
day. Days that are known exactly stay a ``date`` and a ``Span``. No day is ever made up: whoever
reads one asks for its first and its last possible day.
"""

from collections.abc import Iterable
from datetime import date

from attrs import field

from rehabcore.rules.time.days import ONE_DAY, OPEN, End, Ending, Span
from rehabcore.strict.checked import EARLIEST_YEAR, LATEST_YEAR, checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem

EARLIEST_DAY, LATEST_DAY = date(EARLIEST_YEAR, 1, 1), date(LATEST_YEAR, 12, 31)
"""The first and the last day that a record can be about."""


@frozen
@checked
class PartialDay:
    """One day from ``first`` to ``last``, both included; nobody knows which.

    Without ``first`` it is known only by when, without ``last`` only since when.

    Raises:
        InputError: ``last`` does not come after ``first``; a day that is known is a ``date``.
    """

    first: date = field(default=EARLIEST_DAY, repr=False)
    last: date = field(default=LATEST_DAY, repr=False)

    def _problems(self) -> Iterable[Problem]:
        if self.last <= self.first:
            expected = "a day after the first that is possible; a known day is written as a date"
            yield Problem.of(self.last, "ends_before_start", expected, path="to", secret=True)


Day = date | PartialDay
"""A day of a record, known exactly or in part."""

PartialEnd = date | PartialDay | Ending
"""The end of a span of days: ``End``, or a day that is known in part."""


def between(first: date, last: date) -> Day:
    """The day from ``first`` to ``last``, both included; it is known if they are one.

    Raises:
        InputError: ``last`` comes before ``first``.
    """
    return first if first == last else PartialDay(first, last)


def first_of(day: Day) -> date:
    """The first day that it may be."""
    return day.first if isinstance(day, PartialDay) else day


def last_of(day: Day) -> date:
    """The last day that it may be."""
    return day.last if isinstance(day, PartialDay) else day


@frozen
@checked
class Period:
    """Days from ``start`` up to, and not including, ``end``, which are not all known.

    ``start`` may be ``UNSURE``: it began on a day that nobody recorded. If start and end are the
    same day, it began and ended within that day.

    Raises:
        InputError: it certainly ends before it starts, ``start`` is ``OPEN``, or both days are
            known, so that it is a ``Span``.
    """

    start: PartialEnd = field(repr=False)
    end: PartialEnd = field(repr=False)

    def _problems(self) -> Iterable[Problem]:
        if self.start is OPEN:
            expected = 'a day, or "unknown" where nobody recorded it'
            yield Problem.of(self.start.value, "bad_date", expected, path="start")
        start, end = self.start, self.end
        if isinstance(start, Day) and isinstance(end, Day) and last_of(end) < first_of(start):
            expected = "a day not before the start"
            yield Problem.of(end, "ends_before_start", expected, path="end")
        elif isinstance(start, date) and not isinstance(end, PartialDay) and start != end:
            found = "days that are known"
            yield Problem(code="wrong_type", path="", found=found, expected="a Span")

    @property
    def last_start(self) -> date:
        """The last day on which it can begin."""
        last = LATEST_DAY if isinstance(self.start, Ending) else last_of(self.start)
        return last if isinstance(self.end, Ending) else min(last, last_of(self.end))

    @property
    def first_end(self) -> End:
        """The first day on which it can be over; ``OPEN`` if it goes on."""
        if self.end is OPEN:
            return OPEN
        start = self.possible.start
        return start if isinstance(self.end, Ending) else max(start, first_of(self.end))

    @property
    def last_end(self) -> End:
        """The day by which it certainly is over; ``OPEN`` if there is none."""
        return OPEN if isinstance(self.end, Ending) else last_of(self.end)

    @property
    def certain(self) -> Span | None:
        """The days that it certainly holds, from its last start to its first end.

        None if there are none, or only one: that is ``brief``.
        """
        start, end = self.last_start, self.first_end
        return None if isinstance(end, date) and end <= start + ONE_DAY else Span(start, end)

    @property
    def possible(self) -> Span:
        """The days that it may hold: from its first start to its last end."""
        start = EARLIEST_DAY if isinstance(self.start, Ending) else first_of(self.start)
        end = self.last_end
        # What may begin on the last day of its end may hold that day.
        if isinstance(end, date) and end == self.last_start:
            end = OPEN if end == LATEST_DAY else end + ONE_DAY
        return Span(start, end)

    @property
    def brief(self) -> date | None:
        """The one day that it certainly holds, where it may hold no other; None if none is."""
        start, end = self.last_start, self.first_end
        began_then = start == self.start and end == start
        return start if began_then or end == start + ONE_DAY else None


Days = Span | Period
"""The days on which a record says that something held."""


def days_between(start: PartialEnd, end: PartialEnd) -> Days:
    """The days from ``start`` up to, and not including, ``end``, as a span if all are known.

    Raises:
        InputError: the end certainly comes before the start, or ``start`` is ``OPEN``.
    """
    if isinstance(start, date) and not isinstance(end, PartialDay) and start != end:
        return Span(start, end)
    return Period(start, end)


def within_one_day(days: Days) -> bool:
    """Whether something began and ended within one day, which is known."""
    return isinstance(days, Period) and isinstance(days.start, date) and days.start == days.end
