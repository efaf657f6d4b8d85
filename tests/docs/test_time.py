"""The page of time tells the days on which comparisons turn, and which fact a clock goes by."""

from datetime import date, timedelta

import pytest

from rehabcore.questions import CLOCKS
from rehabcore.rules.criteria import Compare, ask
from rehabcore.rules.facts import Fact, Known, Operator, Shape
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.time.days import Term
from rehabcore.rules.truth import Answer
from rehabcore.strict.vocabulary import Clock
from tests.kit.pages import page, rows, section

PAGE = page("explanation/time.md")


@pytest.mark.parametrize(
    ("start", "end", "shape", "anchor", "term"),
    [
        pytest.param(
            "### Time that has run\n",
            "\n#",
            Shape.ELAPSED,
            date(2026, 3, 1),
            Term(months=6),
            id="elapsed",
        ),
        pytest.param(
            "### Time that is left\n",
            "\n`at_most",
            Shape.REMAINING,
            date(2028, 3, 1),
            Term(months=9),
            id="remaining",
        ),
    ],
)
def test_a_comparison_turns_on_the_day_that_is_told(
    start: str, end: str, shape: Shape, anchor: date, term: Term
) -> None:
    told = rows(r"^\| `(\w+)` \| .*? \| (from|to) ([\d-]+) \|", section(PAGE, start, end))
    assert len(told) == 4
    asked = ask(Fact(name="running", shape=shape, about="An example."))
    for operator, direction, day in told:
        compare = Compare(asked, Operator(operator), term)
        days = [date.fromisoformat(day) + timedelta(shift) for shift in (-1, 0, 1)]
        met = [judge(compare, lambda _: Known(anchor), on=on).answer is Answer.MET for on in days]
        assert met == [direction == "to", True, direction == "from"], operator


def test_the_fact_that_each_clock_goes_by_is_told() -> None:
    told = PAGE.partition("### Whose day selects")[2]
    assert dict(rows(r"^\| `(\w+)` \| .*? \| (?:`(\w+)` )?\|", told)) == {
        clock.value: CLOCKS.get(clock, "") for clock in Clock
    }
