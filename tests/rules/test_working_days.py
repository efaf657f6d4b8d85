"""Terms of working days: weekends and holidays are handed in, and no search goes on for ever."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from rehabcore.rules import after_working_days
from rehabcore.strict.problems import InputError
from tests.kit.builders import day
from tests.kit.refusals import problems_of

SATURDAY, SUNDAY, FRIDAY = 5, 6, 4
WEEKEND = frozenset({SATURDAY, SUNDAY})


def _after(
    anchor: str, number: int, holidays: Iterable[str] = (), weekend: frozenset[int] = WEEKEND
) -> str:
    free = frozenset(map(day, holidays))
    return after_working_days(day(anchor), number, holidays=free, weekend=weekend).isoformat()


@pytest.mark.parametrize(
    ("anchor", "number", "holidays", "expected"),
    [
        ("2026-04-27", 0, (), "2026-04-27"),
        ("2026-04-27", 1, (), "2026-04-28"),
        ("2026-04-27", 5, (), "2026-05-04"),
        ("2026-05-01", 1, (), "2026-05-04"),
        ("2026-05-02", 0, (), "2026-05-02"),
        ("2026-05-02", 1, (), "2026-05-04"),
        ("2026-04-30", 1, ("2026-05-01",), "2026-05-04"),
        ("2026-04-30", 1, ("2026-05-01", "2026-05-02", "2026-05-04"), "2026-05-05"),
        ("2026-05-01", 1, ("2026-05-01",), "2026-05-04"),
    ],
)
def test_the_anchor_does_not_count_and_neither_do_free_days(
    anchor: str, number: int, holidays: Iterable[str], expected: str
) -> None:
    assert _after(anchor, number, holidays) == expected


def test_the_weekend_is_that_of_the_country() -> None:
    assert _after("2026-04-30", 1, weekend=frozenset({FRIDAY, SATURDAY})) == "2026-05-03"
    assert _after("2026-05-01", 1, weekend=frozenset()) == "2026-05-02"


class _Everything:
    """A calendar in which every day is free; it can only be asked."""

    def __contains__(self, _: object) -> bool:
        return True


def test_holidays_need_only_answer_whether_a_day_is_one() -> None:
    class Mondays:
        def __contains__(self, asked: object) -> bool:
            return isinstance(asked, date) and asked.weekday() == 0

    made = after_working_days(day("2026-05-01"), 1, holidays=Mondays(), weekend=WEEKEND)
    assert made == day("2026-05-05")


def test_a_calendar_without_a_working_day_is_refused_in_the_end() -> None:
    def search() -> Any:
        return after_working_days(day("2190-05-01"), 1, holidays=_Everything(), weekend=WEEKEND)

    assert problems_of(search) == [("date_out_of_range", "anchor")]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"number": -1}, ("out_of_range", "number")),
        ({"number": 10_001}, ("out_of_range", "number")),
        ({"weekend": frozenset(range(7))}, ("out_of_range", "weekend")),
        ({"weekend": frozenset({7})}, ("out_of_range", "weekend")),
        ({"number": "5"}, ("wrong_type", "number")),
        ({"holidays": None}, ("wrong_type", "holidays")),
    ],
)
def test_what_is_no_term_of_working_days_is_refused(
    changed: dict[str, Any], expected: tuple[str, str]
) -> None:
    given: dict[str, Any] = {"number": 1, "holidays": frozenset(), "weekend": WEEKEND, **changed}
    with pytest.raises(InputError) as caught:
        after_working_days(day("2026-05-01"), given.pop("number"), **given)
    assert [(p.code, p.path) for p in caught.value.problems] == [expected]
