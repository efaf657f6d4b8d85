"""Days on which rules are easily wrong: 29 February, the ends of months, the days law changes."""

from calendar import isleap
from collections.abc import Iterator
from datetime import date, timedelta

from rehabcore.rules.criteria import Criterion, law_changes
from rehabcore.rules.time.days import ONE_DAY, OPEN, End
from rehabcore.strict.checked import EARLIEST_YEAR, LATEST_YEAR

_YEARS = EARLIEST_YEAR + 120, LATEST_YEAR - 50
"""Around other days there is no room for a life in the calendar."""
_LONGEST_WITHOUT = 8
"""Years from one leap year to the next, at most: 2100 is none."""


def edge_days(rule: Criterion, on: date) -> tuple[date, ...]:
    """Days around one on which a rule may be wrong by a day, each once.

    They are the day itself; the last of its month, and the first of the next one; 29 February
    before and after it with the days beside it, and 28 February and 1 March of its own year; and of
    each change of law the day before, the day, and the day after.

    Args:
        rule: the rule.
        on: a day.
    """
    return tuple(dict.fromkeys(day for day in _days(rule, on) if _YEARS[0] <= day.year < _YEARS[1]))


def _days(rule: Criterion, on: date) -> Iterator[date]:
    yield on
    next_month = first_of_next_month(on)
    yield from (next_month - ONE_DAY, next_month)
    march = date(on.year, 3, 1)
    yield from (march - ONE_DAY, march)
    for leap_day in (last_leap_day(on), next_leap_day(on)):
        yield from (leap_day - ONE_DAY, leap_day, leap_day + ONE_DAY)
    for change in law_changes(rule):
        yield from (change - ONE_DAY, change, change + ONE_DAY)


def first_of_next_month(on: date) -> date:
    """The first day of the month after that of a day."""
    return (on.replace(day=28) + timedelta(4)).replace(day=1)


def last_leap_day(on: date) -> date:
    """The last 29 February up to a day, that day included."""
    return max(day for day in _leap_days(on) if day <= on)


def next_leap_day(on: date) -> date:
    """The first 29 February after a day."""
    return min(day for day in _leap_days(on) if day > on)


def _leap_days(on: date) -> Iterator[date]:
    """Every 29 February so near that the last one and the next one are among them."""
    for year in range(on.year - _LONGEST_WITHOUT, on.year + _LONGEST_WITHOUT + 1):
        if isleap(year):
            yield date(year, 2, 29)


def days_before(on: date) -> tuple[date, ...]:
    """Days from which on something may hold on a day: the plainest first, then the edges."""
    return (
        on - timedelta(30),
        on,
        on - ONE_DAY,
        on.replace(day=1) - ONE_DAY,
        last_leap_day(on),
    )


def ends_after(on: date) -> tuple[End, ...]:
    """Ends of what holds on a day: none first, then the day after, so that it is the last one."""
    return (OPEN, on + ONE_DAY, first_of_next_month(on), next_leap_day(on) + ONE_DAY)
