"""Days, spans and terms: the boundary conventions of dated eligibility, one row each."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from rehabcore.rules.time.days import OPEN, UNSURE, End, LeapDay, Span, Term
from rehabcore.strict.checked import EARLIEST_YEAR, LATEST_YEAR
from rehabcore.strict.problems import InputError
from tests.kit.builders import day, span
from tests.kit.refusals import problems_of

FEBRUARY, MARCH = LeapDay.FEBRUARY_28, LeapDay.MARCH_1


def _codes_and_paths(error: InputError) -> list[tuple[str, str]]:
    return [(problem.code, problem.path) for problem in error.problems]


# --- spans --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("end", "asked", "held"),
    [
        pytest.param("2026-03-01", "2026-01-31", False, id="day-before-the-start"),
        pytest.param("2026-03-01", "2026-02-01", True, id="start"),
        pytest.param("2026-03-01", "2026-02-28", True, id="last-day"),
        pytest.param("2026-03-01", "2026-03-01", False, id="end"),
        pytest.param("2026-03-01", "2026-03-02", False, id="day-after-the-end"),
        pytest.param(OPEN, "2026-01-31", False, id="before-an-open-span"),
        pytest.param(OPEN, "2026-02-01", True, id="start-of-an-open-span"),
        pytest.param(OPEN, "9999-12-31", True, id="open-span-goes-on"),
        pytest.param(UNSURE, "2026-01-31", False, id="before-an-unsure-span"),
        pytest.param(UNSURE, "2026-02-01", True, id="first-day-of-an-unsure-span"),
        pytest.param(UNSURE, "2026-02-02", False, id="second-day-of-an-unsure-span"),
    ],
)
def test_start_counts_and_end_does_not(end: str | End, asked: str, held: bool) -> None:
    assert (day(asked) in span("2026-02-01", end)) is held


def test_validity_until_a_day_inclusive_ends_on_the_day_after() -> None:
    until_the_30th_inclusive = span("2026-01-01", "2026-07-01")
    assert day("2026-06-30") in until_the_30th_inclusive
    assert day("2026-07-01") not in until_the_30th_inclusive


@pytest.mark.parametrize(
    ("end", "certain_end"),
    [
        pytest.param(day("2026-03-01"), day("2026-03-01"), id="day"),
        pytest.param(OPEN, None, id="open"),
        pytest.param(UNSURE, day("2026-02-02"), id="unsure"),
    ],
)
def test_certain_end(end: End, certain_end: date | None) -> None:
    assert Span(day("2026-02-01"), end).certain_end == certain_end


@pytest.mark.parametrize(
    "end", [pytest.param("2026-02-01", id="zero-days"), pytest.param("2026-01-31", id="reversed")]
)
def test_span_that_does_not_hold_a_day_cannot_be_made(end: str) -> None:
    with pytest.raises(InputError) as caught:
        span("2026-02-01", end)
    assert _codes_and_paths(caught.value) == [("ends_before_start", "end")]


def test_span_of_one_day_can_be_made() -> None:
    assert day("2026-02-01") in span("2026-02-01", "2026-02-02")


@pytest.mark.parametrize(
    ("start", "end", "paths"),
    [
        pytest.param("2026-02-01", OPEN, ["start"], id="text-for-a-start"),
        pytest.param(date(2026, 2, 1), None, ["end"], id="no-end"),
        pytest.param(datetime(2026, 2, 1), OPEN, ["start"], id="moment-for-a-day"),
        pytest.param(None, "open", ["start", "end"], id="both"),
    ],
)
def test_span_of_anything_but_days_is_refused(start: object, end: object, paths: list[str]) -> None:
    with pytest.raises(InputError) as caught:
        Span(start, end)  # type: ignore[arg-type]
    assert _codes_and_paths(caught.value) == [("wrong_type", path) for path in paths]


# --- terms as text ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "term", "written"),
    [
        pytest.param("18 years", Term(18), "18 years", id="years"),
        pytest.param("1 year", Term(1), "1 year", id="one-year"),
        pytest.param("6 months", Term(0, 6), "6 months", id="months"),
        pytest.param("1 month", Term(0, 1), "1 month", id="one-month"),
        pytest.param("90 days", Term(0, 0, 90), "90 days", id="days"),
        pytest.param("1 day", Term(0, 0, 1), "1 day", id="one-day"),
        pytest.param("12 weeks", Term(weeks=12), "12 weeks", id="weeks"),
        pytest.param("1 week", Term(weeks=1), "1 week", id="one-week"),
        pytest.param("1 year 6 months", Term(1, 6), "1 year 6 months", id="years-and-months"),
        pytest.param("2 years 10 days", Term(2, 0, 10), "2 years 10 days", id="years-and-days"),
        pytest.param("1 month 2 weeks", Term(0, 1, weeks=2), "1 month 2 weeks", id="months-weeks"),
        pytest.param("2 weeks 1 day", Term(days=1, weeks=2), "2 weeks 1 day", id="weeks-days"),
        pytest.param(
            "1 year 2 months 3 days", Term(1, 2, 3), "1 year 2 months 3 days", id="all-three"
        ),
        pytest.param("0 days", Term(), "0 days", id="nothing"),
        pytest.param("0 years", Term(), "0 days", id="no-years"),
        pytest.param("12 months", Term(0, 12), "12 months", id="twelve-months-stay-months"),
    ],
)
def test_term_is_read_and_written(text: str, term: Term, written: str) -> None:
    assert Term.parse(text) == term
    assert str(term) == written


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param(" ", id="blank"),
        pytest.param(" 5 days", id="blank-before"),
        pytest.param("5 days ", id="blank-after"),
        pytest.param("1 year  6 months", id="two-blanks"),
        pytest.param("1 year  3 days", id="two-blanks-around-a-missing-unit"),
        pytest.param("1 year6 months", id="no-blank"),
        pytest.param("5", id="no-unit"),
        pytest.param("years", id="no-number"),
        pytest.param("-5 days", id="negative"),
        pytest.param("1.5 years", id="fraction"),
        pytest.param("6 months 1 year", id="units-in-another-order"),
        pytest.param("1 day 2 weeks", id="days-before-weeks"),
        pytest.param("5 hours", id="hours"),
        pytest.param("5 Days", id="capital"),
        pytest.param("١٨ years", id="other-digits"),
        pytest.param("10000 years", id="five-digits-of-years"),
        pytest.param(18, id="number"),
        pytest.param(None, id="null"),
        pytest.param(["18 years"], id="list"),
    ],
)
def test_text_that_is_no_term_is_refused(text: object) -> None:
    with pytest.raises(InputError) as caught:
        Term.parse(text)
    assert _codes_and_paths(caught.value) == [("bad_term", "")]


@pytest.mark.parametrize(
    "text", ["201 years", "2401 months", "73001 days", "10429 weeks", "999 years 9999 months"]
)
def test_term_beyond_the_limits_is_refused_at_the_text_itself(text: str) -> None:
    with pytest.raises(InputError) as caught:
        Term.parse(text)
    assert {(problem.code, problem.path) for problem in caught.value.problems} == {
        ("out_of_range", "")
    }


@pytest.mark.parametrize("term", [Term(200), Term(0, 2400), Term(0, 0, 73_000), Term(weeks=10_428)])
def test_longest_terms_are_accepted(term: Term) -> None:
    assert Term.parse(str(term)) == term


@pytest.mark.parametrize(
    ("years", "months", "length", "paths"),
    [
        pytest.param(-1, 0, 0, ["years"], id="negative-years"),
        pytest.param(0, -1, 0, ["months"], id="negative-months"),
        pytest.param(0, 0, -1, ["days"], id="negative-days"),
        pytest.param(201, 0, 0, ["years"], id="201-years"),
        pytest.param(0, 2401, 0, ["months"], id="2401-months"),
        pytest.param(0, 0, 73_001, ["days"], id="73001-days"),
        pytest.param(-1, -1, -1, ["years", "months", "days"], id="all-at-once"),
    ],
)
def test_term_out_of_range_cannot_be_made(
    years: int, months: int, length: int, paths: list[str]
) -> None:
    with pytest.raises(InputError) as caught:
        Term(years, months, length)
    assert _codes_and_paths(caught.value) == [("out_of_range", path) for path in paths]


@pytest.mark.parametrize(
    ("number", "where"),
    [
        pytest.param("x", "years", id="text"),
        pytest.param(1.5, "years", id="fraction"),
        pytest.param(True, "months", id="flag"),
        pytest.param(None, "months", id="null"),
        pytest.param("x", "days", id="text-for-days"),
    ],
)
def test_term_of_anything_but_whole_numbers_is_refused(number: object, where: str) -> None:
    with pytest.raises(InputError) as caught:
        Term(**{where: number})  # type: ignore[arg-type]
    assert _codes_and_paths(caught.value) == [("wrong_type", where)]


def test_terms_are_not_compared_in_the_abstract() -> None:
    assert Term(1) != Term(0, 12)
    with pytest.raises(TypeError):
        Term(1) < Term(2)  # type: ignore[operator]  # noqa: B015


def test_weeks_run_as_their_days_do_and_stay_weeks() -> None:
    """A rule that says 12 weeks is told as it was written; nothing is worked out of it."""
    weeks, same = Term(weeks=12), Term(days=84)
    assert weeks.after(date(2026, 1, 1)) == same.after(date(2026, 1, 1))
    assert weeks.before(date(2026, 1, 1)) == same.before(date(2026, 1, 1))
    assert weeks != same


# --- terms on the calendar ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("term", "anchor", "laid"),
    [
        pytest.param("1 month", "2026-01-28", "2026-02-28", id="same-day-number"),
        pytest.param("1 month", "2026-01-31", "2026-02-28", id="clamped-at-month-end"),
        pytest.param("1 month", "2028-01-31", "2028-02-29", id="clamped-in-a-leap-year"),
        pytest.param("1 month", "2026-02-28", "2026-03-28", id="month-end-is-not-kept"),
        pytest.param("1 month", "2026-03-31", "2026-04-30", id="clamped-to-30"),
        pytest.param("2 months", "2026-01-31", "2026-03-31", id="from-the-anchor-not-chained"),
        pytest.param("1 year", "2028-02-29", "2029-02-28", id="29-february-and-a-year"),
        pytest.param("4 years", "2028-02-29", "2032-02-29", id="29-february-and-four-years"),
        pytest.param("1 year 1 month", "2028-02-29", "2029-03-29", id="clamped-once-at-the-end"),
        pytest.param("1 month 1 day", "2026-01-31", "2026-03-01", id="days-after-months"),
        pytest.param("1 year 1 day", "2027-02-28", "2028-02-29", id="days-after-years"),
        pytest.param("12 months", "2026-05-17", "2027-05-17", id="months-over-the-year"),
        pytest.param("365 days", "2027-03-01", "2028-02-29", id="365-days-are-not-a-year"),
        pytest.param("2 weeks", "2026-12-25", "2027-01-08", id="weeks-count-days"),
        pytest.param("0 days", "2026-01-31", "2026-01-31", id="nothing"),
    ],
)
def test_term_is_laid_forward(term: str, anchor: str, laid: str) -> None:
    assert Term.parse(term).after(day(anchor)) == day(laid)


@pytest.mark.parametrize(
    ("term", "anchor", "laid"),
    [
        pytest.param("1 month", "2030-05-31", "2030-04-30", id="clamped-at-month-end"),
        pytest.param("1 month", "2030-03-31", "2030-02-28", id="clamped-to-february"),
        pytest.param("1 month", "2028-03-30", "2028-02-29", id="clamped-in-a-leap-year"),
        pytest.param("1 year", "2028-02-29", "2027-02-28", id="29-february-less-a-year"),
        pytest.param("1 month 1 day", "2030-03-31", "2030-02-27", id="days-after-months"),
        pytest.param("10 days", "2026-01-05", "2025-12-26", id="days"),
        pytest.param("0 days", "2026-01-31", "2026-01-31", id="nothing"),
    ],
)
def test_term_is_laid_backward(term: str, anchor: str, laid: str) -> None:
    assert Term.parse(term).before(day(anchor)) == day(laid)


@pytest.mark.parametrize(
    ("term", "anchor", "leap_day", "laid"),
    [
        pytest.param("18 years", "2008-02-29", FEBRUARY, "2026-02-28", id="18-in-february"),
        pytest.param("18 years", "2008-02-29", MARCH, "2026-03-01", id="18-in-march"),
        pytest.param("20 years", "2008-02-29", FEBRUARY, "2028-02-29", id="20-in-a-leap-year"),
        pytest.param("20 years", "2008-02-29", MARCH, "2028-02-29", id="20-in-a-leap-year-march"),
        pytest.param("12 months", "2008-02-29", MARCH, "2009-03-01", id="twelve-months"),
        pytest.param("18 years", "2008-02-28", MARCH, "2026-02-28", id="born-on-the-28th"),
        pytest.param("18 years", "2008-03-01", FEBRUARY, "2026-03-01", id="born-on-1-march"),
        pytest.param("1 month", "2026-01-31", MARCH, "2026-02-28", id="a-clamped-month-stays"),
        pytest.param("6 months", "2026-08-31", MARCH, "2027-02-28", id="of-a-later-month-as-well"),
        pytest.param("1 year 1 day", "2028-02-29", MARCH, "2029-03-02", id="days-come-after"),
        pytest.param("1 year 1 day", "2028-02-29", FEBRUARY, "2029-03-01", id="days-in-february"),
    ],
)
def test_leap_day_falls_where_the_policy_says(
    term: str, anchor: str, leap_day: LeapDay, laid: str
) -> None:
    assert Term.parse(term).after(day(anchor), leap_day) == day(laid)


@pytest.mark.parametrize(
    ("leap_day", "laid"),
    [pytest.param(FEBRUARY, "2027-02-28", id="f"), pytest.param(MARCH, "2027-03-01", id="m")],
)
def test_leap_day_policy_holds_backward_too(leap_day: LeapDay, laid: str) -> None:
    assert Term(1).before(day("2028-02-29"), leap_day) == day(laid)


def test_february_is_the_policy_where_none_is_said() -> None:
    leapling = day("2028-02-29")
    assert Term(1).after(leapling) == Term(1).after(leapling, FEBRUARY) == day("2029-02-28")
    assert Term(1).before(leapling) == day("2027-02-28")
    assert Term(1).last_anchor_reached(day("2029-02-28")) == leapling
    assert Term(1).last_anchor_near(day("2027-02-28")) == leapling


# --- cut-offs -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("term", "on", "leap_day", "anchor"),
    [
        pytest.param("18 years", "2026-06-15", FEBRUARY, "2008-06-15", id="birthday"),
        pytest.param("18 years", "2026-02-27", FEBRUARY, "2008-02-27", id="day-before-28-feb"),
        pytest.param("18 years", "2026-02-28", FEBRUARY, "2008-02-29", id="not-on-less-18-years"),
        pytest.param("18 years", "2026-02-28", MARCH, "2008-02-28", id="leapling-waits-for-march"),
        pytest.param("18 years", "2026-03-01", MARCH, "2008-03-01", id="march-for-all"),
        pytest.param("1 month", "2026-02-27", FEBRUARY, "2026-01-27", id="before-the-clamp"),
        pytest.param("1 month", "2026-02-28", FEBRUARY, "2026-01-31", id="four-days-at-once"),
        pytest.param("1 month", "2026-03-01", FEBRUARY, "2026-02-01", id="after-the-clamp"),
        pytest.param("1 month", "2026-03-30", FEBRUARY, "2026-02-28", id="no-30-february"),
        pytest.param("90 days", "2026-04-01", FEBRUARY, "2026-01-01", id="days"),
        pytest.param("1 month 3 days", "2026-03-02", FEBRUARY, "2026-01-27", id="days-after-clamp"),
    ],
)
def test_last_anchor_reached(term: str, on: str, leap_day: LeapDay, anchor: str) -> None:
    assert Term.parse(term).last_anchor_reached(day(on), leap_day) == day(anchor)


def test_anchors_beyond_the_calendar_are_refused() -> None:
    refused, at_once = [("date_out_of_range", "on")], Term(days=0)
    assert problems_of(lambda: at_once.last_anchor_reached(date.max)) == refused
    assert problems_of(lambda: at_once.last_anchor_near(date.max)) == refused


@pytest.mark.parametrize(
    ("term", "on", "leap_day", "anchor"),
    [
        pytest.param("1 month", "2030-04-29", FEBRUARY, "2030-05-29", id="before-the-clamp"),
        pytest.param("1 month", "2030-04-30", FEBRUARY, "2030-05-31", id="lead-day-included"),
        pytest.param("1 month", "2030-05-01", FEBRUARY, "2030-06-01", id="after-the-clamp"),
        pytest.param("1 year", "2027-02-28", FEBRUARY, "2028-02-29", id="leap-day-in-february"),
        pytest.param("1 year", "2027-02-28", MARCH, "2028-02-28", id="leap-day-not-yet"),
        pytest.param("1 year", "2027-03-01", MARCH, "2028-03-01", id="leap-day-in-march"),
        pytest.param("30 days", "2026-01-01", FEBRUARY, "2026-01-31", id="days"),
        pytest.param("1 month 3 days", "2026-01-30", FEBRUARY, "2026-03-02", id="days-after-clamp"),
    ],
)
def test_last_anchor_near(term: str, on: str, leap_day: LeapDay, anchor: str) -> None:
    assert Term.parse(term).last_anchor_near(day(on), leap_day) == day(anchor)


@pytest.mark.parametrize("on", [date(EARLIEST_YEAR, 1, 1), date(LATEST_YEAR, 12, 31)], ids=str)
def test_longest_term_on_the_outermost_accepted_days_does_not_overflow(on: date) -> None:
    longest = Term(200, 2400, 73_000)
    assert longest.before(on) < on < longest.after(on)
    assert longest.after(longest.last_anchor_reached(on)) <= on
    assert longest.before(longest.last_anchor_near(on)) <= on


@pytest.mark.parametrize(
    ("lay", "anchor"),
    [
        (Term(years=1).after, date(9999, 1, 1)),
        (Term(days=1).after, date.max),
        (Term(months=1).after, date(9999, 12, 31)),
        (Term(years=1).before, date(1, 12, 31)),
        (Term(days=1).before, date.min),
        (Term(months=1).before, date(1, 1, 31)),
    ],
)
def test_a_term_is_not_laid_beyond_the_calendar(lay: Callable[[date], date], anchor: date) -> None:
    with pytest.raises(InputError, match="anchor: date_out_of_range: found a value of type date"):
        lay(anchor)
