"""Days, terms and spans, with the edges of the calendar more often than chance has them."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from hypothesis import strategies as st

from rehabcore.rules.time.days import OPEN, UNSURE, LeapDay, Span, Term
from rehabcore.strict.checked import checked_arguments

_YEAR = range(1, 13)


@checked_arguments
def days(
    first: date = date(1990, 1, 1), last: date = date(2040, 12, 31)
) -> st.SearchStrategy[date]:
    """Days, month ends and 29 February more often than others."""
    return _days(first, last)


@lru_cache
def _days(first: date, last: date) -> st.SearchStrategy[date]:
    every = range(first.toordinal(), last.toordinal() + 1)
    months = [date(year, month, 28) for year in range(first.year, last.year + 1) for month in _YEAR]
    ends = [end.toordinal() for end in map(_month_end, months) if first <= end <= last]
    leap = [end for end in ends if date.fromordinal(end).timetuple()[1:3] == (2, 29)]
    kinds = (every, ends or every, leap or ends or every)

    def day(kind: Sequence[int], number: int) -> date:
        return date.fromordinal(kind[number % len(kind)])

    return st.builds(day, st.sampled_from(kinds), st.integers(0, len(every) - 1))


def _month_end(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


@lru_cache
def terms() -> st.SearchStrategy[Term]:
    """Terms of years, months, weeks and days, of any of them and of none."""
    years, months, length = st.integers(0, 60), st.integers(0, 40), st.integers(0, 400)
    weeks, none = st.integers(0, 60), st.just(0)
    return st.builds(Term, none | years, none | months, none | length, weeks=none | weeks)


@lru_cache
def day_terms() -> st.SearchStrategy[Term]:
    """Terms that count days or weeks only."""
    days, weeks = st.integers(0, 8000), st.integers(0, 1000)
    return st.builds(Term, days=days) | st.builds(Term, weeks=weeks)


@lru_cache
def leap_days() -> st.SearchStrategy[LeapDay]:
    """Both policies for 29 February."""
    return st.sampled_from(LeapDay)


@checked_arguments
def spans(
    first: date = date(1990, 1, 1),
    last: date = date(2040, 12, 31),
    *,
    longest: int = 4000,
    unsure: bool = True,
) -> st.SearchStrategy[Span]:
    """Spans that start from ``first`` to ``last`` and end on a day, go on, or end unsurely."""
    return _spans(days(first, last), longest, unsure)


@st.composite
def _spans(draw: st.DrawFn, starts: st.SearchStrategy[date], longest: int, unsure: bool) -> Span:
    start = draw(starts)
    end = st.integers(1, longest).map(lambda length: start + timedelta(days=length))
    return Span(start, draw(end | st.just(OPEN) | (st.just(UNSURE) if unsure else st.nothing())))
