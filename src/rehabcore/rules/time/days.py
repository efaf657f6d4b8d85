"""Days, spans of days and calendar terms.

A ``Span`` is half-open: it holds its start and not its end. Its end is a day, ``OPEN`` (it goes
on) or ``UNSURE`` (nobody recorded it). A ``Term`` is a calendar length; it is never multiplied and
never compared with another term, only laid on the calendar from an anchor day. Nothing here reads
a clock.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from enum import Enum
from functools import cache, lru_cache
from typing import Literal

from attrs import field
from dateutil.relativedelta import relativedelta

from rehabcore.strict.checked import checked, require_day
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import InputError, Problem, refuse, shown_openly

ONE_DAY = timedelta(days=1)

MOST_TERMS = 256
"""How many parsed terms are kept."""


class Ending(Enum):
    """How a span may end other than on a day."""

    OPEN = "open"
    UNSURE = "unknown"


OPEN: Literal[Ending.OPEN] = Ending.OPEN
"""The span goes on; later than every day."""
UNSURE: Literal[Ending.UNSURE] = Ending.UNSURE
"""The span ended or will end on a day that nobody recorded."""

End = date | Ending


@frozen
@checked
class Span:
    """The days from ``start`` up to, and not including, ``end``.

    Raises:
        InputError: ``end`` is a day that does not come after ``start``.
    """

    start: date
    end: End

    def _problems(self) -> Iterable[Problem]:
        if isinstance(self.end, date) and self.end <= self.start:
            yield Problem.of(
                self.end,
                "ends_before_start",
                "a day after the start; the end is the first day that no longer counts",
                path="end",
            )

    def __contains__(self, day: date) -> bool:
        """Whether the span certainly holds the day. Of an unsure span, only the first day is.

        Raises:
            InputError: ``day`` is not a date, or has a time of day.
        """
        try:
            if isinstance(self.end, date):
                return self.start <= day < self.end
            return self.start <= day and (self.end is OPEN or day == self.start)
        except TypeError:  # told only then: spans are asked more often than anything else
            refuse(day, "wrong_type", "a date, without a time of day", path="day", secret=True)

    @property
    def certain_end(self) -> date | None:
        """The first day after the certain part of the span; None if it goes on for ever."""
        if self.end is UNSURE:
            return self.start + ONE_DAY
        return self.end if isinstance(self.end, date) else None


class LeapDay(Enum):
    """The day on which an anniversary of 29 February falls in a year that has none."""

    FEBRUARY_28 = "february_28"
    MARCH_1 = "march_1"


_TERM = re.compile(
    r"(?:([0-9]{1,4}) years?(?: (?=[0-9])|$))?"
    r"(?:([0-9]{1,4}) months?(?: (?=[0-9])|$))?"
    r"(?:([0-9]{1,5}) weeks?(?: (?=[0-9])|$))?"
    r"(?:([0-9]{1,5}) days?)?"
)
_NEARER = "a day so near that the term, laid from it, stays in the calendar"
_LONGEST = {"years": 200, "months": 2_400, "weeks": 10_428, "days": 73_000}


@frozen(order=False)
@checked
class Term:
    """A calendar length. Years and months are laid first, then weeks and days.

    Terms are equal only if they are written alike: 12 weeks are laid as 84 days are, and are told
    as 12 weeks, the words of the law.

    Raises:
        InputError: a negative number, or one beyond 200 years, 2,400 months, 10,428 weeks or
            73,000 days.
    """

    years: int = 0
    months: int = 0
    days: int = 0
    weeks: int = field(default=0, kw_only=True)

    def _problems(self) -> Iterable[Problem]:
        for unit, most in _LONGEST.items():
            if not 0 <= getattr(self, unit) <= most:
                yield Problem.of(getattr(self, unit), "out_of_range", f"0 to {most}", path=unit)

    @classmethod
    def parse(cls, text: object) -> "Term":
        """Read ``"18 years"``, ``"1 year 6 months"``, ``"90 days"``, ``"12 weeks"``.

        Raises:
            InputError: the text is not of that form.
        """
        if not isinstance(text, str):
            raise _no_term(text)
        return _parsed(text)

    def __str__(self) -> str:
        parts = [
            f"{number} {unit}" if number == 1 else f"{number} {unit}s"
            for unit, number in self.units()
        ]
        return " ".join(parts) or "0 days"

    def units(self) -> tuple[tuple[str, int], ...]:
        """Each unit with its number, from years to days; none of those that are 0."""
        units = {
            "year": self.years,
            "month": self.months,
            "week": self.weeks,
            "day": self.days,
        }
        return tuple((unit, number) for unit, number in units.items() if number)

    def _counted(self) -> timedelta:
        """The part that is counted in days, whatever the month."""
        return timedelta(self.days + 7 * self.weeks)

    def after(self, anchor: date, leap_day: LeapDay = LeapDay.FEBRUARY_28) -> date:
        """The day on which this term has run since ``anchor``.

        Months are laid first; a month that is too short gives its last day. Then days are counted.

        >>> Term(months=1).after(date(2026, 1, 31))
        datetime.date(2026, 2, 28)
        >>> Term(years=18).after(date(2008, 2, 29), LeapDay.MARCH_1)
        datetime.date(2026, 3, 1)

        Raises:
            InputError: ``anchor`` is not a date or has a time of day, or no calendar goes that far.
        """
        require_day(anchor, "anchor")
        try:
            laid = _months_on(anchor, 12 * self.years + self.months)
            return _fix_leap_day(anchor, laid, leap_day) + self._counted()
        except (OverflowError, ValueError):
            refuse(anchor, "date_out_of_range", _NEARER, path="anchor", secret=True)

    def before(self, anchor: date, leap_day: LeapDay = LeapDay.FEBRUARY_28) -> date:
        """The day from which exactly this term remains until ``anchor``.

        >>> Term(months=1).before(date(2030, 5, 31))
        datetime.date(2030, 4, 30)

        Raises:
            InputError: ``anchor`` is not a date or has a time of day, or no calendar goes that far.
        """
        require_day(anchor, "anchor")
        try:
            laid = _months_on(anchor, -12 * self.years - self.months)
            return _fix_leap_day(anchor, laid, leap_day) - self._counted()
        except (OverflowError, ValueError):
            refuse(anchor, "date_out_of_range", _NEARER, path="anchor", secret=True)

    def last_anchor_reached(self, on: date, leap_day: LeapDay = LeapDay.FEBRUARY_28) -> date:
        """The last anchor since which this term has run by ``on``.

        Months differ in length, so this is not ``on`` minus the term:

        >>> Term(years=18).last_anchor_reached(date(2026, 2, 28))
        datetime.date(2008, 2, 29)

        Raises:
            InputError: ``on`` is not a date or has a time of day, or no calendar goes that far.
        """
        # `before` may miss by some days where a month end was clamped. It never misses by more
        # than a few, so stepping day by day is exact and cheap.
        anchor = self.before(on)
        try:
            while self.after(anchor + ONE_DAY, leap_day) <= on:
                anchor += ONE_DAY
            while self.after(anchor, leap_day) > on:
                anchor -= ONE_DAY
        except OverflowError:
            refuse(on, "date_out_of_range", _NEARER, path="on", secret=True)
        return anchor

    def last_anchor_near(self, on: date, leap_day: LeapDay = LeapDay.FEBRUARY_28) -> date:
        """The last anchor until which no more than this term remains on ``on``.

        Raises:
            InputError: ``on`` is not a date or has a time of day, or no calendar goes that far.
        """
        anchor = self.after(on)
        try:
            while self.before(anchor + ONE_DAY, leap_day) <= on:
                anchor += ONE_DAY
            while self.before(anchor, leap_day) > on:
                anchor -= ONE_DAY
        except OverflowError:
            refuse(on, "date_out_of_range", _NEARER, path="on", secret=True)
        return anchor


@lru_cache(maxsize=MOST_TERMS)
def _parsed(text: str) -> Term:
    """The term that a text writes. Rules repeat few texts, so results are kept; errors are not."""
    match = _TERM.fullmatch(text)
    if match is None or not match[0]:
        raise _no_term(text)
    years, months, weeks, days = (int(number or 0) for number in match.groups())
    try:
        return Term(years, months, days, weeks=weeks)
    except InputError:
        limits = ", ".join(f"{most} {unit}" for unit, most in _LONGEST.items())
        found, expected = shown_openly(text), f"at most {limits}"
        problem = Problem(code="out_of_range", path="", found=found, expected=expected)
        raise InputError([problem]) from None


def _no_term(text: object) -> InputError:
    expected = 'a length such as "18 years", "1 year 6 months" or "90 days"'
    found = shown_openly(text)
    return InputError([Problem(code="bad_term", path="", found=found, expected=expected)])


# Days up to the 28th exist in every month, so nothing can clamp. Plain arithmetic is then exact,
# and many times faster than dateutil.
_IN_EVERY_MONTH = 28


def _months_on(anchor: date, months: int) -> date:
    """The day some months later, or earlier if negative, clamped to the end of a short month."""
    if anchor.day > _IN_EVERY_MONTH:
        return anchor + _months(months)
    year, month = divmod(12 * anchor.year + anchor.month - 1 + months, 12)
    return date(year, month + 1, anchor.day)


@cache
def _months(number: int) -> relativedelta:
    """A number of months. The cache is bounded because ``Term`` bounds the number."""
    return relativedelta(months=number)


def _fix_leap_day(anchor: date, laid: date, leap_day: LeapDay) -> date:
    if leap_day is LeapDay.FEBRUARY_28:  # where months are clamped to
        return laid
    anniversary = (anchor.month, anchor.day) == (2, 29) and (laid.month, laid.day) == (2, 28)
    return laid + ONE_DAY if anniversary else laid
