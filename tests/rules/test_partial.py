"""Days and spans that are known only in part: their bounds, and how they are written."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from rehabcore.exchange import read
from rehabcore.rules.facts import NEVER, Forever
from rehabcore.rules.time.days import OPEN, UNSURE, Span
from rehabcore.rules.time.partial import (
    EARLIEST_DAY,
    LATEST_DAY,
    Day,
    Days,
    PartialDay,
    PartialEnd,
    Period,
    days_between,
    first_of,
    last_of,
    within_one_day,
)
from rehabcore.strict.problems import InputError
from tests.kit.builders import day, some_day, some_days, span
from tests.kit.refusals import problems_of
from tests.kit.rule_makers import JSON, TOML

DAY: Any = Day
DAYS: Any = Days
END: Any = PartialEnd
ANCHOR: Any = Day | Forever
PERHAPS: Any = Day | None
MARCH = PartialDay(day("2026-03-01"), day("2026-03-31"))


# --- days ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("plain", "first", "last"),
    [
        pytest.param("2026-03-05", "2026-03-05", "2026-03-05", id="day"),
        pytest.param("2026-03", "2026-03-01", "2026-03-31", id="month"),
        pytest.param("2024-02", "2024-02-01", "2024-02-29", id="february-of-a-leap-year"),
        pytest.param("2026", "2026-01-01", "2026-12-31", id="year"),
        pytest.param(
            {"from": "2026-03-05", "to": "2026-03-09"}, "2026-03-05", "2026-03-09", id="between"
        ),
        pytest.param({"from": "2015"}, "2015-01-01", "2199-12-31", id="since"),
        pytest.param({"to": "2017-02"}, "1850-01-01", "2017-02-28", id="by"),
        pytest.param({"from": "1850"}, "1850-01-01", "2199-12-31", id="any"),
    ],
)
def test_a_day_lies_between_its_first_and_its_last(plain: object, first: str, last: str) -> None:
    made = some_day(plain)
    assert (first_of(made), last_of(made)) == (day(first), day(last))
    assert JSON.read(JSON.write(made, DAY), DAY) == made


@pytest.mark.parametrize(
    ("made", "plain"),
    [
        pytest.param(MARCH, "2026-03", id="month"),
        pytest.param(PartialDay(day("2026-01-01"), day("2026-12-31")), "2026", id="year"),
        pytest.param(
            PartialDay(day("2026-01-01"), day("2027-12-31")),
            {"from": "2026-01-01", "to": "2027-12-31"},
            id="two-years",
        ),
        pytest.param(
            PartialDay(day("2026-03-01"), day("2026-03-30")),
            {"from": "2026-03-01", "to": "2026-03-30"},
            id="not-quite-a-month",
        ),
        pytest.param(PartialDay(last=day("2017-12-31")), {"to": "2017-12-31"}, id="by"),
        pytest.param(PartialDay(first=day("2015-01-01")), {"from": "2015-01-01"}, id="since"),
        pytest.param(PartialDay(), {"from": "1850-01-01"}, id="any-day-that-is-known"),
    ],
)
def test_a_partial_day_is_written_in_its_shortest_form(made: PartialDay, plain: object) -> None:
    assert JSON.write(made, DAY) == plain
    assert JSON.read(plain, DAY) == made


@pytest.mark.parametrize(
    ("plain", "problems"),
    [
        pytest.param("2026-13", [("bad_date", "")], id="month-13"),
        pytest.param("2026-00", [("bad_date", "")], id="month-0"),
        pytest.param("2026-3", [("bad_date", "")], id="month-of-one-digit"),
        pytest.param("26", [("bad_date", "")], id="year-of-two-digits"),
        pytest.param("2026-02-30", [("bad_date", "")], id="no-day-of-the-calendar"),
        pytest.param("unknown", [("bad_date", "")], id="unknown"),
        pytest.param("1849", [("date_out_of_range", "")], id="year-too-early"),
        pytest.param("2200-01", [("date_out_of_range", "")], id="year-too-late"),
        pytest.param(2026, [("wrong_type", "")], id="number"),
        pytest.param(None, [("wrong_type", "")], id="null"),
        pytest.param({}, [("missing_key", "from")], id="no-bounds"),
        pytest.param({"since": "2015"}, [("unknown_key", ""), ("missing_key", "from")], id="key"),
        pytest.param(
            {"from": "2026-03-05", "to": "2026-03-04"}, [("ends_before_start", "to")], id="reversed"
        ),
        pytest.param(
            {"from": "2026-03-05", "to": "2026-03-05"}, [("ends_before_start", "to")], id="one-day"
        ),
        pytest.param(
            {"from": "2026-13", "to": 5}, [("bad_date", "from"), ("wrong_type", "to")], id="both"
        ),
    ],
)
def test_nothing_else_is_a_day(plain: object, problems: list[tuple[str, str]]) -> None:
    assert problems_of(lambda: JSON.read(plain, DAY)) == problems


@pytest.mark.parametrize("wanted", [DAY, END, ANCHOR])
@pytest.mark.parametrize("plain", ["198x", "sometime"])
def test_what_is_no_day_is_told_with_the_forms_of_a_partial_day(wanted: Any, plain: str) -> None:
    told = _told(lambda: JSON.read(plain, wanted))
    assert 'a month "2026-03", a year "2026" or {"from": ..., "to": ...}' in told


def test_bounds_of_a_day_are_shown_if_they_are_not_its_bounds() -> None:
    reversed_bounds = {"from": "2026-03-09", "to": "2026-03-05"}
    assert _told(lambda: JSON.read(reversed_bounds, DAY)) == (
        "1 problem\n  to: ends_before_start: found the date 2026-03-05; "
        "expected a day after `from`; write a known day as one day"
    )


@pytest.mark.parametrize(
    ("end", "found"),
    [
        pytest.param("2025", 'found "2025";', id="year"),
        pytest.param({"to": "2025"}, 'found {"to": "2025-12-31"};', id="bounds"),
        pytest.param("2025-05-01", "found the date 2025-05-01;", id="day"),
    ],
)
def test_an_end_before_the_start_is_shown_as_it_is_written(end: object, found: str) -> None:
    assert found in _told(lambda: some_days("2026-03", end))


def test_a_birth_date_that_is_wrong_is_not_shown() -> None:
    born = {
        "filed": {"record_id": "p-1", "recorded_on": "2026-01-01", "source": "office-1"},
        "beneficiary_id": "person-1",
        "birth_date": {"from": "1981-03-09", "to": "1980"},
    }
    data = {"case_id": "case-1", "beneficiary": [born]}
    told = _told(lambda: read({"schema": "case/2", "data": data}))
    assert "a day after `from`" in told
    assert "198" not in told


def _told(make: Callable[[], object]) -> str:
    with pytest.raises(InputError) as caught:
        make()
    return str(caught.value)


def test_a_day_that_need_not_be_known_may_be_null() -> None:
    for made, plain in ((None, None), (MARCH, "2026-03"), (day("2026-03-05"), "2026-03-05")):
        assert JSON.write(made, PERHAPS) == plain
        assert JSON.read(plain, PERHAPS) == made


def test_in_toml_a_day_is_a_date_and_a_partial_one_a_text() -> None:
    assert TOML.read(day("2026-03-05"), DAY) == day("2026-03-05")
    assert TOML.read("2026-03", DAY) == MARCH


@pytest.mark.parametrize(
    ("wanted", "plain", "made"),
    [
        pytest.param(END, "2026-03", MARCH, id="end-in-a-month"),
        pytest.param(END, "2026-03-05", day("2026-03-05"), id="end-on-a-day"),
        pytest.param(END, "open", OPEN, id="open"),
        pytest.param(END, "unknown", UNSURE, id="unknown"),
        pytest.param(ANCHOR, "2026-03", MARCH, id="anchor-in-a-month"),
        pytest.param(ANCHOR, "2026-03-05", day("2026-03-05"), id="anchor-on-a-day"),
        pytest.param(ANCHOR, "never", NEVER, id="never"),
    ],
)
def test_ends_and_anchors_may_be_known_in_part(wanted: Any, plain: object, made: object) -> None:
    assert JSON.read(plain, wanted) == made
    assert JSON.write(made, wanted) == plain


# --- spans of days ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end", "certain", "possible", "brief"),
    [
        pytest.param(
            "2026-03-05",
            "2026-04",
            span("2026-03-05", "2026-04-01"),
            span("2026-03-05", "2026-04-30"),
            None,
            id="end-in-a-month",
        ),
        pytest.param(
            "2026-03",
            "open",
            span("2026-03-31"),
            span("2026-03-01"),
            None,
            id="start-in-a-month",
        ),
        pytest.param(
            "2026-03",
            "2026-05",
            span("2026-03-31", "2026-05-01"),
            span("2026-03-01", "2026-05-31"),
            None,
            id="both-in-months",
        ),
        pytest.param(
            "2026-03", "2026-03", None, span("2026-03-01", "2026-04-01"), None, id="in-one-month"
        ),
        pytest.param(
            "2026-03",
            "2026-03-15",
            None,
            span("2026-03-01", "2026-03-16"),
            None,
            id="over-on-a-day-of-the-month-of-its-start",
        ),
        pytest.param(
            "2026-03-15",
            "2026-03",
            None,
            span("2026-03-15", "2026-03-31"),
            day("2026-03-15"),
            id="over-in-the-month-of-its-start",
        ),
        pytest.param(
            "2026-03-15",
            "2026-03-15",
            None,
            span("2026-03-15", "2026-03-16"),
            day("2026-03-15"),
            id="within-one-day",
        ),
        pytest.param("2026-03", "unknown", None, span("2026-03-01"), None, id="end-unknown"),
        pytest.param(
            "unknown",
            "2026-03-15",
            None,
            span("1850-01-01", "2026-03-16"),
            None,
            id="start-unknown",
        ),
        pytest.param("unknown", "unknown", None, span("1850-01-01"), None, id="nothing-known"),
        pytest.param(
            "unknown", "open", span("2199-12-31"), span("1850-01-01"), None, id="still-going-on"
        ),
        pytest.param(
            "2026-03-15",
            {"from": "2026-04"},
            span("2026-03-15", "2026-04-01"),
            span("2026-03-15", "2199-12-31"),
            None,
            id="end-since",
        ),
        pytest.param(
            {"from": "2026"},
            {"from": "2026"},
            None,
            span("2026-01-01"),
            None,
            id="both-since",
        ),
    ],
)
def test_a_period_holds_days_for_certain_and_may_hold_more(
    start: str, end: object, certain: Span | None, possible: Span, brief: date | None
) -> None:
    period = some_days(start, end)
    assert isinstance(period, Period)
    assert (period.certain, period.possible, period.brief) == (certain, possible, brief)
    assert JSON.read(JSON.write(period, DAYS), DAYS) == period


@pytest.mark.parametrize(
    ("start", "end", "problems"),
    [
        pytest.param("2026-03", "2026-02", [("ends_before_start", "end")], id="months-reversed"),
        pytest.param(
            "2026-03-02", "2026-03-01", [("ends_before_start", "end")], id="days-reversed"
        ),
        pytest.param("open", "2026-03", [("bad_date", "start")], id="open-at-its-start"),
        pytest.param("2026-13", "2026-02-30", [("bad_date", "start"), ("bad_date", "end")]),
        pytest.param("2026-03", None, [("wrong_type", "end")], id="null"),
    ],
)
def test_no_period_certainly_ends_before_it_starts(
    start: object, end: object, problems: list[tuple[str, str]]
) -> None:
    assert problems_of(lambda: some_days(start, end)) == problems


@pytest.mark.parametrize(
    ("plain", "problems"),
    [
        ("2026-03", [("wrong_type", "")]),
        ([], [("wrong_type", "")]),
        ({}, [("missing_key", "start"), ("missing_key", "end")]),
        ({"start": "2026", "end": "open", "by": "2"}, [("unknown_key", "")]),
    ],
)
def test_nothing_else_is_a_span(plain: object, problems: list[tuple[str, str]]) -> None:
    assert problems_of(lambda: JSON.read(plain, DAYS)) == problems


@pytest.mark.parametrize(
    ("start", "end"),
    [
        pytest.param(day("2026-03-01"), day("2026-03-02"), id="days"),
        pytest.param(day("2026-03-01"), OPEN, id="open"),
        pytest.param(day("2026-03-01"), UNSURE, id="end-unknown"),
    ],
)
def test_days_that_are_known_are_a_span_and_no_period(start: Any, end: Any) -> None:
    assert days_between(start, end) == Span(start, end)
    assert problems_of(lambda: Period(start, end)) == [("wrong_type", "")]


def test_what_begins_and_ends_on_one_day_is_within_it() -> None:
    assert within_one_day(some_days("2026-03-01", "2026-03-01"))
    assert not within_one_day(some_days("2026-03-01", "2026-03-02"))
    assert not within_one_day(some_days("2026-03", "2026-03"))


def test_a_day_known_in_part_has_a_last_after_its_first() -> None:
    first = day("2026-03-01")
    assert problems_of(lambda: PartialDay(first, first)) == [("ends_before_start", "to")]


def test_no_day_that_is_known_in_part_appears_in_a_repr() -> None:
    assert "2026" not in repr(MARCH)
    assert "2026" not in repr(some_days("2026-03", "2026-04"))


def test_the_days_that_are_possible_at_all_are_those_that_a_record_can_hold() -> None:
    assert PartialDay() == PartialDay(EARLIEST_DAY, LATEST_DAY)
