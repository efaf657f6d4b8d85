"""What is counted in a window, found a second time by trying every day that is left open."""

from datetime import date, timedelta
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from rehabcore.questions.counting.counts import count
from rehabcore.questions.counting.windows import Happening, any_counted, counted_within
from rehabcore.rules.facts import Known, Unknown
from rehabcore.rules.time.ageing import Ageing
from rehabcore.rules.time.days import Term
from rehabcore.rules.truth import UnknownKind

FIRST = date(2020, 1, 25)
LENGTHS = st.sampled_from((Term(days=1), Term(days=5), Term(months=1), Term(months=1, days=2)))


@st.composite
def _happenings(draw: st.DrawFn) -> list[Happening]:
    """Up to three things that happened, on one day or on one of a few."""
    made = []
    for number in range(draw(st.integers(0, 3))):
        first = FIRST + timedelta(draw(st.integers(0, 12)))
        last = first + timedelta(draw(st.integers(0, 3)))
        made.append(
            Happening(
                first=first,
                last=last,
                ids=(f"r-{number}",),
                times=draw(st.integers(1, 2)),
                certain=draw(st.booleans()),
                doubt=draw(st.sampled_from(UnknownKind)),
            )
        )
    return made


def _numbers(happened: list[Happening], within: Term, ageing: Ageing, on: date) -> set[int]:
    """Every number that can be right on a day."""
    choices = [
        [h.first + timedelta(more) for more in range((h.last - h.first).days + 1)]
        + ([] if h.certain else [None])
        for h in happened
    ]
    return {
        sum(
            h.times
            for h, day in zip(happened, days, strict=True)
            if day is not None and day <= on < ageing.leaves(day, within)
        )
        for days in product(*choices)
    }


@given(_happenings(), LENGTHS, st.sampled_from(Ageing), st.integers(-2, 60))
def test_a_number_lies_between_the_smallest_and_the_largest_that_can_be_right(
    happened: list[Happening], term: Term, ageing: Ageing, after: int
) -> None:
    if not ageing.fits(term):
        return
    on = FIRST + timedelta(after)
    counted = count(counted_within(happened, lambda day: ageing.leaves(day, term)))
    numbers = _numbers(happened, term, ageing, on)
    cell, flag = counted.at(on), any_counted(counted).at(on)
    if len(numbers) == 1:
        assert isinstance(cell, Known)
        assert {cell.value} == numbers
    else:
        assert isinstance(cell, Unknown)
        assert cell.between == (min(numbers), max(numbers))
    if isinstance(flag, Known):
        assert {bool(number) for number in numbers} == {flag.value}
    else:
        assert {bool(number) for number in numbers} == {True, False}
