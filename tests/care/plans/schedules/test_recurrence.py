"""Rules of recurrence name days, or are refused at once."""

from datetime import date, timedelta

import pytest

from rehabcore.care.plans.schedules.recurrence import MOST_SESSIONS, recurring_days
from rehabcore.strict.problems import InputError

TUESDAY = date(2026, 3, 3)


@pytest.mark.parametrize(
    ("start", "rule", "days"),
    [
        # The day of signing is no session unless the rule names it.
        ("2026-03-03", "FREQ=WEEKLY;BYDAY=MO;COUNT=3", ["2026-03-09", "2026-03-16", "2026-03-23"]),
        ("2026-03-03", "FREQ=WEEKLY;COUNT=2", ["2026-03-03", "2026-03-10"]),
        (
            "2026-03-02",
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3",
            ["2026-03-31", "2026-04-30", "2026-05-29"],
        ),
        ("2028-02-29", "FREQ=YEARLY;COUNT=2", ["2028-02-29", "2032-02-29"]),
        ("2026-01-31", "FREQ=MONTHLY;COUNT=3", ["2026-01-31", "2026-03-31", "2026-05-31"]),
        (
            "2026-03-03",
            "FREQ=DAILY;INTERVAL=3;UNTIL=20260309",
            ["2026-03-03", "2026-03-06", "2026-03-09"],
        ),
        ("2026-03-03", "FREQ=DAILY;BYDAY=SA,SU;COUNT=2", ["2026-03-07", "2026-03-08"]),
        ("2026-03-03", "FREQ=MONTHLY;BYDAY=1TH,-1TH;COUNT=2", ["2026-03-05", "2026-03-26"]),
        ("2026-03-03", "FREQ=MONTHLY;BYMONTHDAY=1,-1;COUNT=2", ["2026-03-31", "2026-04-01"]),
        ("2026-03-03", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15;COUNT=1", ["2026-06-15"]),
        # The second week begins on the day that WKST names.
        (
            "2026-03-03",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU;COUNT=3",
            ["2026-03-03", "2026-03-15", "2026-03-17"],
        ),
        (
            "2026-03-03",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;COUNT=3",
            ["2026-03-03", "2026-03-08", "2026-03-17"],
        ),
    ],
)
def test_a_rule_names_days(start: str, rule: str, days: list[str]) -> None:
    named = recurring_days(rule, start=date.fromisoformat(start))
    assert [day.isoformat() for day in named] == days


@pytest.mark.parametrize(
    ("rule", "code", "expected"),
    [
        ("FREQ=WEEKLY", "one_of_two", "a schedule has an end"),
        ("FREQ=WEEKLY;COUNT=2;UNTIL=20260401", "one_of_two", "exactly one"),
        ("FREQ=SECONDLY;COUNT=9", "bad_recurrence", "never by the hour or less"),
        ("FREQ=HOURLY;COUNT=9", "bad_recurrence", "never by the hour or less"),
        ("FREQ=DAILY;BYHOUR=9;COUNT=9", "bad_recurrence", "parts of FREQ, INTERVAL"),
        ("freq=daily;COUNT=9", "bad_recurrence", "parts of FREQ, INTERVAL"),
        ("RRULE:FREQ=DAILY;COUNT=9", "bad_recurrence", "parts of FREQ, INTERVAL"),
        ("FREQ=DAILY;COUNT=9;", "bad_recurrence", "parts of FREQ, INTERVAL"),
        ("FREQ=DAILY;COUNT=9;BYMONTH=1", "bad_recurrence", "for DAILY only BYDAY, COUNT"),
        ("FREQ=WEEKLY;BYDAY=MO;BYSETPOS=1;COUNT=9", "bad_recurrence", "for WEEKLY only BYDAY"),
        ("FREQ=WEEKLY;BYDAY=1MO;COUNT=9", "bad_recurrence", "without a number"),
        ("FREQ=MONTHLY;BYDAY=54MO;COUNT=9", "bad_recurrence", "days of the week"),
        ("FREQ=MONTHLY;BYSETPOS=1;COUNT=9", "missing_key", "from whose days it picks"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,32;COUNT=9", "out_of_range", "1 to 31"),
        ("FREQ=YEARLY;BYMONTH=13;COUNT=9", "out_of_range", "1 to 12"),
        ("FREQ=DAILY;INTERVAL=0;COUNT=9", "bad_recurrence", "1 to 999"),
        ("FREQ=DAILY;COUNT=2001", "too_large", "1 to 2000"),
        ("FREQ=DAILY;UNTIL=20320101", "too_large", "at most 2000"),
        ("FREQ=DAILY;UNTIL=20260401T120000Z", "bad_recurrence", "without a time"),
        ("FREQ=DAILY;UNTIL=20260431", "bad_date", "a day of the calendar"),
        ("FREQ=DAILY;UNTIL=22000101", "bad_date", "from 1850 to 2199"),
        ("FREQ=DAILY;COUNT=2;COUNT=2", "repeated_item", "each part once"),
        ("COUNT=9", "missing_key", "DAILY, WEEKLY"),
        ("", "bad_recurrence", "parts of FREQ, INTERVAL"),
        ("FREQ=YEARLY;COUNT=50", "date_out_of_range", "up to 2066-03-03"),
        ("FREQ=YEARLY;UNTIL=20700101", "date_out_of_range", "at most 40 years"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=1", "date_out_of_range", "40 years"),
        ("FREQ=DAILY;UNTIL=20260301", "empty_group", "at least one day"),
        (f"FREQ=YEARLY;BYMONTH={'1,' * 200}1;COUNT=9", "too_large", "at most 400"),
    ],
)
def test_a_rule_is_refused_with_its_path(rule: str, code: str, expected: str) -> None:
    with pytest.raises(InputError) as caught:
        recurring_days(rule, start=TUESDAY, path="items[0].recurrence")
    problem = caught.value.problems[0]
    assert (problem.code, problem.path) == (code, "items[0].recurrence")
    assert expected in problem.expected


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(InputError) as caught:
        recurring_days("FREQ=MINUTELY;COUNT=0;BYEASTER=1", start=TUESDAY)
    assert len(caught.value.problems) == 3


def test_as_long_as_a_rule_may_be() -> None:
    rule = f"FREQ=YEARLY;COUNT=1;BYMONTH={'3,' * 185}12"
    assert len(rule) == 400
    assert recurring_days(rule, start=TUESDAY) == (TUESDAY,)


def test_as_far_as_a_rule_may_reach() -> None:
    days = recurring_days("FREQ=YEARLY;UNTIL=20660303", start=TUESDAY)
    assert (len(days), days[-1]) == (41, date(2066, 3, 3))


def test_as_many_sessions_as_may_be() -> None:
    days = recurring_days(f"FREQ=WEEKLY;COUNT={MOST_SESSIONS}", start=TUESDAY)
    assert days[-1] == TUESDAY + timedelta(weeks=MOST_SESSIONS - 1)


def test_a_rule_never_leaves_the_years_of_records() -> None:
    with pytest.raises(InputError, match="days up to 2199-12-28"):
        recurring_days("FREQ=YEARLY;COUNT=3", start=date(2198, 12, 30))
