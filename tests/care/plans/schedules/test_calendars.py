"""Times on the wall, by the day: none is made up, and none is converted."""

from collections.abc import Callable
from datetime import date

import pytest

from rehabcore.care.plans.schedules.calendars import (
    AgeBand,
    WeeklyTimes,
    WeekSlot,
    common_times,
    minute_of,
)
from rehabcore.rules.time.days import LeapDay, Span
from rehabcore.rules.time.partial import PartialDay
from rehabcore.strict.problems import InputError
from tests.kit.schedules import MONDAY

TUESDAY, SUNDAY = date(2026, 3, 3), date(2026, 3, 8)


def test_minutes_of_the_day() -> None:
    assert [minute_of(text) for text in ("00:00", "14:30", "23:59")] == [0, 870, 1439]


WRONG: list[tuple[Callable[[], object], str]] = [
    (lambda: WeekSlot(weekday=7), "weekday"),
    (lambda: WeekSlot(weekday=0, starts_at="9:00"), "starts_at"),
    (lambda: WeekSlot(weekday=0, ends_at="24:00"), "ends_at"),
    (lambda: WeekSlot(weekday=0, starts_at="12:00", ends_at="12:00"), "ends_at"),
    (lambda: AgeBand(at_least=-1), "at_least"),
    (lambda: AgeBand(under=151), "under"),
    (lambda: AgeBand(at_least=18, under=18), "under"),
]


def test_what_is_no_time_and_no_age() -> None:
    for make, path in WRONG:
        with pytest.raises(InputError) as caught:
            make()
        assert [problem.path for problem in caught.value.problems] == [path]


def test_of_whom_nothing_is_said_may_come_at_any_time() -> None:
    assert WeeklyTimes().on(MONDAY) == ((0, 1440),)
    assert WeeklyTimes(weekend=frozenset({6})).on(SUNDAY) == ()
    assert WeeklyTimes(away=(Span(MONDAY, TUESDAY),)).on(MONDAY) == ()


def test_slots_hold_on_their_days() -> None:
    morning = WeekSlot(weekday=0, ends_at="12:00", span=Span(MONDAY, SUNDAY))
    evening = WeekSlot(weekday=0, starts_at="18:00", span=Span(MONDAY, SUNDAY))
    times = WeeklyTimes(slots=(evening, morning))
    assert times.on(MONDAY) == ((0, 720), (1080, 1440))
    assert times.on(TUESDAY) == ()
    assert times.on(SUNDAY) == ((0, 1440),)  # nobody said anything of that day
    assert WeeklyTimes(slots=(WeekSlot(weekday=0),)).on(SUNDAY) == ()


def test_times_together() -> None:
    assert common_times(((0, 720), (800, 900)), ((600, 850),)) == ((600, 720), (800, 850))
    assert common_times(((0, 720),), ((720, 900),)) == ()


@pytest.mark.parametrize(
    ("born", "day", "juvenile", "adult"),
    [
        (date(2008, 3, 3), date(2026, 3, 2), True, False),
        (date(2008, 3, 3), date(2026, 3, 3), False, True),
        (PartialDay(date(2008, 3, 1), date(2008, 3, 9)), date(2026, 3, 3), False, False),
    ],
)
def test_who_comes_of_age(born: date, day: date, juvenile: bool, adult: bool) -> None:
    assert AgeBand(under=18).holds(born, day) is juvenile
    assert AgeBand(at_least=18).holds(born, day) is adult
    assert AgeBand(at_least=0).holds(born, day)


def test_who_was_born_on_a_leap_day() -> None:
    born, before = date(2008, 2, 29), date(2026, 2, 28)
    assert AgeBand(at_least=18).holds(born, before)
    assert not AgeBand(at_least=18, leap_day=LeapDay.MARCH_1).holds(born, before)
