"""The days of a rule are those that a calendar shows, looked at day by day."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from itertools import count, islice

from hypothesis import given
from hypothesis import strategies as st

from rehabcore.care.plans.schedules.recurrence import recurring_days

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_STARTS = st.dates(date(2024, 1, 1), date(2029, 12, 31))
_SOME_WEEKDAYS = st.sets(st.integers(0, 6), min_size=1)


def _looked_at(start: date, number: int, named: Callable[[date], bool]) -> tuple[date, ...]:
    days = (start + timedelta(days=ahead) for ahead in count())
    return tuple(islice(filter(named, days), number))


def _by(weekdays: set[int]) -> str:
    return ",".join(_WEEKDAYS[one] for one in sorted(weekdays))


@given(_STARTS, st.integers(1, 6), _SOME_WEEKDAYS, st.integers(1, 12))
def test_days_of_the_week(start: date, interval: int, weekdays: set[int], number: int) -> None:
    def named(day: date) -> bool:
        weeks = (day - timedelta(days=day.weekday())) - (start - timedelta(days=start.weekday()))
        return day.weekday() in weekdays and weeks.days // 7 % interval == 0

    rule = f"FREQ=WEEKLY;INTERVAL={interval};BYDAY={_by(weekdays)};COUNT={number}"
    assert recurring_days(rule, start=start) == _looked_at(start, number, named)


@given(_STARTS, st.integers(1, 4), st.sampled_from((1, 15, 29, 31, -1, -3)), st.integers(1, 6))
def test_days_of_the_month(start: date, interval: int, place: int, number: int) -> None:
    def named(day: date) -> bool:
        months = 12 * (day.year - start.year) + day.month - start.month
        last = monthrange(day.year, day.month)[1]
        return months % interval == 0 and day.day == (place if place > 0 else last + 1 + place)

    rule = f"FREQ=MONTHLY;INTERVAL={interval};BYMONTHDAY={place};COUNT={number}"
    assert recurring_days(rule, start=start) == _looked_at(start, number, named)


@given(_STARTS, _SOME_WEEKDAYS, st.sampled_from((1, 2, -1)), st.integers(1, 6))
def test_some_of_the_days_of_a_month(
    start: date, weekdays: set[int], place: int, number: int
) -> None:
    def named(day: date) -> bool:
        first, last = day.replace(day=1), monthrange(day.year, day.month)[1]
        month = [first + timedelta(days=ahead) for ahead in range(last)]
        chosen = [one for one in month if one.weekday() in weekdays]
        return day == chosen[place - 1 if place > 0 else place]

    rule = f"FREQ=MONTHLY;BYDAY={_by(weekdays)};BYSETPOS={place};COUNT={number}"
    assert recurring_days(rule, start=start) == _looked_at(start, number, named)


@given(_STARTS, st.integers(1, 9), st.integers(0, 60))
def test_days_up_to_the_last(start: date, interval: int, length: int) -> None:
    last = start + timedelta(days=length)
    rule = f"FREQ=DAILY;INTERVAL={interval};UNTIL={last:%Y%m%d}"
    expected = tuple(start + timedelta(days=ahead) for ahead in range(0, length + 1, interval))
    assert recurring_days(rule, start=start) == expected
