"""Which scores may be the earliest within a term before an assessment."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from rehabcore.levels.earlier_scores import EarlierScores
from rehabcore.rules.time.acts import DatedAct
from rehabcore.rules.time.days import Term
from rehabcore.rules.time.partial import PartialDay

FIRST = date(2026, 1, 1)
Scored = tuple[DatedAct, Decimal]


def _act(first: int, last: int | None = None, row: str = "a", place: int = 1) -> DatedAct:
    """An act so many days after the first of January, perhaps between two days."""
    day = FIRST + timedelta(first)
    on = day if last is None else PartialDay(day, FIRST + timedelta(last))
    return DatedAct(on, (row, True), place)


def _scored(score: int, first: int, last: int | None = None, *order: object) -> Scored:
    return _act(first, last, *order), Decimal(score)  # type: ignore[arg-type]


LATER = _act(30)


@pytest.mark.parametrize(
    ("scored", "expected"),
    [
        pytest.param([], None, id="none"),
        pytest.param([_scored(1, 0)], None, id="too-long-ago"),
        pytest.param([_scored(1, 31)], None, id="later"),
        pytest.param([_scored(1, 25)], (1, 1), id="one"),
        pytest.param([_scored(1, 22), _scored(2, 25)], (1, 1), id="earlier-and-earliest"),
        pytest.param([_scored(1, 22), _scored(2, 22, None, "b")], (1, 2), id="of-two-offices"),
        pytest.param(
            [_scored(1, 22), _scored(2, 22, None, "a", 2), _scored(3, 22, None, "b", 2)],
            (1, 3),
            id="of-one-office-in-order",
        ),
        pytest.param([_scored(1, 21, 24)], (1, 1), id="between-two-days"),
        pytest.param([_scored(1, 21, 24), _scored(2, 24)], (1, 2), id="on-its-last-day-or-before"),
        pytest.param([_scored(1, 25), _scored(2, 24, 27)], (1, 2), id="perhaps-before"),
        pytest.param([_scored(1, 24), _scored(2, 0, 26)], (1, 2), id="perhaps-too-long-ago"),
        pytest.param([_scored(1, 0, 26)], None, id="nothing-is-certainly-within-the-term"),
        pytest.param([_scored(1, 30, None, "a", 0)], (1, 1), id="before-on-the-day"),
        pytest.param([_scored(1, 30, None, "b", 0)], None, id="of-another-office-on-the-day"),
        pytest.param(
            [
                _scored(4, 30, None, "b", 7),
                _scored(1, 30, None, "a", 0),
                _scored(9, 30, None, "a", 1),
                _scored(2, 30, None, "c", 7),
            ],
            (1, 4),
            id="before-on-the-day-or-of-another-office",
        ),
    ],
)
def test_scores_that_may_be_the_earliest(
    scored: list[Scored], expected: tuple[int, int] | None
) -> None:
    for order in (scored, scored[::-1]):
        found = EarlierScores(order, Term(days=10)).earliest_before(LATER)
        assert (None if found is None else tuple(map(int, found))) == expected
