"""Which act comes after another: every edge of two days, two rows and two places."""

from datetime import date

import pytest
from attrs import evolve

from rehabcore.rules.time.acts import Acts, DatedAct
from rehabcore.rules.time.partial import Day, PartialDay
from tests.kit.builders import day

BEFORE, ON, AFTER = day("2026-03-14"), day("2026-03-15"), day("2026-03-16")
MARCH = PartialDay(day("2026-03-01"), day("2026-03-31"))
FROM_THAT_DAY = PartialDay(ON, day("2026-03-31"))
BY_THAT_DAY = PartialDay(day("2026-03-01"), ON)
APRIL = PartialDay(day("2026-04-01"), day("2026-04-30"))


def _act(on: Day, row: str = "a", place: int = 1) -> DatedAct:
    return DatedAct(on, (row, True), place)


@pytest.mark.parametrize(
    ("act", "others", "next_after", "perhaps_after"),
    [
        (_act(ON), [], None, None),
        (_act(ON), [_act(BEFORE)], None, None),
        (_act(ON), [_act(AFTER)], AFTER, AFTER),
        (_act(ON), [_act(AFTER), _act(day("2026-05-01"))], AFTER, AFTER),
        (_act(ON), [_act(ON)], None, ON),
        (_act(ON), [_act(ON, place=2)], ON, ON),
        (_act(ON, place=2), [_act(ON)], None, None),
        (_act(ON, place=2), [_act(ON, place=3), _act(ON)], ON, ON),
        (_act(ON, place=2), [_act(ON), _act(AFTER)], AFTER, AFTER),
        (_act(ON), [_act(ON, "b", 2)], None, ON),
        (_act(ON), [evolve(_act(ON, place=2), earliest=0)], None, ON),
        (evolve(_act(ON, place=2), earliest=0), [_act(ON)], None, ON),
        (evolve(_act(ON), earliest=0), [_act(ON, place=2)], ON, ON),
        (_act(ON, place=2), [_act(ON), _act(ON, "b")], None, ON),
        (_act(ON), [_act(MARCH)], None, ON),
        (_act(ON), [_act(FROM_THAT_DAY)], None, ON),
        (_act(ON, place=2), [_act(BY_THAT_DAY), _act(ON)], None, ON),
        (_act(AFTER), [_act(BY_THAT_DAY)], None, None),
        (_act(BEFORE), [_act(FROM_THAT_DAY)], FROM_THAT_DAY, ON),
        (_act(ON), [_act(APRIL)], APRIL, APRIL.first),
        (
            _act(ON),
            [_act(APRIL), _act(day("2026-04-10"))],
            PartialDay(APRIL.first, day("2026-04-10")),
            APRIL.first,
        ),
        (_act(MARCH), [_act(ON)], None, ON),
        (_act(MARCH), [_act(MARCH, place=2)], None, MARCH.first),
        (_act(MARCH), [_act(MARCH.first)], None, MARCH.first),
        (_act(MARCH), [_act(day("2026-02-28"))], None, None),
        (_act(MARCH), [_act(MARCH.last)], None, MARCH.last),
        (_act(MARCH), [_act(APRIL.first)], APRIL.first, APRIL.first),
    ],
)
def test_an_act_comes_after_another_by_its_day_or_else_by_its_place_in_the_row(
    act: DatedAct, others: list[DatedAct], next_after: Day | None, perhaps_after: date | None
) -> None:
    for listed in (others, others[::-1]):
        assert Acts(listed).next_after(act) == next_after
        assert Acts(listed).perhaps_after(act) == perhaps_after


def test_the_office_is_never_told() -> None:
    assert "office" not in repr(_act(ON, "office"))
