"""Laws of days: laying terms on the calendar, and the cut-offs that follow from it."""

from calendar import isleap
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from rehabcore.rules.time.days import OPEN, UNSURE, LeapDay, Span, Term
from rehabcore.testing.strategies.time import day_terms, days, leap_days, spans, terms

ONE_DAY = timedelta(days=1)
AROUND = range(-40, 41)


ONE_OF_EACH = (Term(years=1), Term(months=1), Term(weeks=1), Term(days=1))
"""What makes any term longer."""


def _delta(term: Term) -> relativedelta:
    return relativedelta(years=term.years, months=term.months, weeks=term.weeks, days=term.days)


def _is_leap_day(day: date) -> bool:
    return (day.month, day.day) == (2, 29)


@given(days(), terms())
def test_laying_a_term_equals_the_oracle(anchor: date, term: Term) -> None:
    assert term.after(anchor) == anchor + _delta(term)
    assert term.before(anchor) == anchor - _delta(term)


@given(days(), terms())
def test_march_policy_is_a_day_later_exactly_where_29_february_has_no_anniversary(
    anchor: date, term: Term
) -> None:
    calendar = Term(term.years, term.months)
    for lay, laid in ((term.after, calendar.after(anchor)), (term.before, calendar.before(anchor))):
        moved = _is_leap_day(anchor) and (laid.month, laid.day) == (2, 28)
        expected = lay(anchor) + ONE_DAY if moved else lay(anchor)
        assert lay(anchor, LeapDay.MARCH_1) == expected


@given(days(), st.integers(0, 80))
def test_birthday_of_29_february_is_28_february_or_1_march_in_common_years(
    anchor: date, years: int
) -> None:
    leapling = date(anchor.year - anchor.year % 4, 2, 29)
    in_february = Term(years).after(leapling, LeapDay.FEBRUARY_28)
    in_march = Term(years).after(leapling, LeapDay.MARCH_1)
    if not isleap(leapling.year + years):
        assert in_february == date(leapling.year + years, 2, 28)
        assert in_march == date(leapling.year + years, 3, 1)
    else:
        assert in_february == in_march == date(leapling.year + years, 2, 29)


@given(days(), terms(), leap_days())
def test_laying_is_monotone_in_the_anchor(anchor: date, term: Term, leap_day: LeapDay) -> None:
    next_day = anchor + ONE_DAY
    assert term.after(anchor, leap_day) <= term.after(next_day, leap_day)
    assert term.before(anchor, leap_day) <= term.before(next_day, leap_day)


@given(days(), terms(), leap_days(), st.sampled_from(ONE_OF_EACH))
def test_a_longer_term_is_never_laid_earlier(
    anchor: date, term: Term, leap_day: LeapDay, more: Term
) -> None:
    longer = Term(
        term.years + more.years,
        term.months + more.months,
        term.days + more.days,
        weeks=term.weeks + more.weeks,
    )
    assert term.after(anchor, leap_day) <= longer.after(anchor, leap_day)
    assert term.before(anchor, leap_day) >= longer.before(anchor, leap_day)


@given(days(), terms(), leap_days())
def test_last_anchor_reached_is_the_last_day_whose_laid_day_is_not_after_on(
    on: date, term: Term, leap_day: LeapDay
) -> None:
    around = [on - _delta(term) + timedelta(days=shift) for shift in AROUND]
    reached = [anchor for anchor in around if term.after(anchor, leap_day) <= on]
    assert around[0] in reached
    assert around[-1] not in reached
    assert term.last_anchor_reached(on, leap_day) == reached[-1]


@given(days(), terms(), leap_days())
def test_last_anchor_near_is_the_last_day_that_the_term_before_it_has_come(
    on: date, term: Term, leap_day: LeapDay
) -> None:
    around = [on + _delta(term) + timedelta(days=shift) for shift in AROUND]
    near = [anchor for anchor in around if term.before(anchor, leap_day) <= on]
    assert around[0] in near
    assert around[-1] not in near
    assert term.last_anchor_near(on, leap_day) == near[-1]


@given(days(), terms(), leap_days())
def test_cut_offs_never_move_back_as_days_pass(on: date, term: Term, leap_day: LeapDay) -> None:
    next_day = on + ONE_DAY
    assert term.last_anchor_reached(on, leap_day) <= term.last_anchor_reached(next_day, leap_day)
    assert term.last_anchor_near(on, leap_day) <= term.last_anchor_near(next_day, leap_day)


@given(days(), day_terms())
def test_of_a_term_of_days_the_cut_offs_are_on_less_and_plus_the_term(on: date, term: Term) -> None:
    length = timedelta(days=term.days, weeks=term.weeks)
    assert term.last_anchor_reached(on) == on - length
    assert term.last_anchor_near(on) == on + length


@given(terms())
def test_term_is_written_as_it_is_read(term: Term) -> None:
    assert Term.parse(str(term)) == term


@given(spans(), days())
def test_certain_end_is_the_first_day_after_the_start_that_a_span_does_not_hold(
    span: Span, day: date
) -> None:
    assert span.start in span
    assert span.start - ONE_DAY not in span
    if span.certain_end is None:
        assert span.end is OPEN
        assert (day in span) == (day >= span.start)
    else:
        assert (day in span) == (span.start <= day < span.certain_end)
    if span.end is UNSURE:
        assert span.start + ONE_DAY not in span
