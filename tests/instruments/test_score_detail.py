"""What each item adds to a score, and what would put it into another band."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabcore import instruments
from rehabcore.instruments import Respondent, ScoreResult
from rehabcore.instruments.detail import (
    ItemState,
    Neighbour,
    band_changes,
    contributions,
    neighbours,
)
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import Sex
from tests.kit.score_makers import INVENTED, ON, audit, mood


def _shares(result: ScoreResult, scale: str) -> list[Any]:
    return [(one.item, one.points, one.share) for one in contributions(result, scale)]


def test_an_item_adds_its_points_to_a_sum() -> None:
    assert _shares(mood(), "mood") == [("1", 1, 1), ("2", 2, 2), ("3", 0, 0)]


def test_an_item_adds_its_part_to_a_mean() -> None:
    assert _shares(mood(), "mean") == [("1", 1, 1 / 3), ("2", 2, 2 / 3), ("3", 0, 0)]


def test_an_item_adds_to_a_scale_through_others_weighed_and_less_what_is_taken_away() -> None:
    assert _shares(mood(), "mixed") == [
        ("1", 1, 1),
        ("2", 2, 2),
        ("3", 0, 0),
        ("behind", 5, 2.5),
        ("extra", 1, -1),
    ]


@pytest.mark.parametrize(
    ("scale", "expected"),
    [
        ("wealth", [("money", 12.5, None)]),
        ("days", [("day", None, None)]),
        ("coded", [("code", 1, None)]),
    ],
)
def test_what_is_no_sum_has_no_shares(scale: str, expected: list[Any]) -> None:
    assert _shares(mood(), scale) == expected


def test_a_sum_of_what_is_no_sum_has_no_shares() -> None:
    text = INVENTED.replace('minus = ["extra"]', 'minus = ["extra", "wealth"]')
    result = instruments.score(instruments.read_instrument(text), {"money": 3}, on=ON)
    assert {one.share for one in contributions(result, "mixed")} == {None}


@pytest.mark.parametrize(
    ("changed", "item", "state", "points"),
    [
        ({}, "behind", ItemState.ANSWERED, 5),
        ({"gate": False}, "behind", ItemState.NOT_ASKED, 2),
        ({"behind": None}, "behind", ItemState.MISSING, None),
        ({"choices": {"form": "short"}, "extra": None}, "extra", ItemState.NOT_ASKED, 0),
        ({"_1": "na"}, "1", ItemState.NOT_APPLICABLE, None),
        ({"_1": None}, "1", ItemState.MISSING, None),
        ({"_1": 9}, "1", ItemState.MISSING, None),
    ],
    ids=["answered", "gate", "missing", "choice", "na", "prorated", "sentinel"],
)
def test_what_became_of_an_item_is_told(
    changed: dict[str, Any], item: str, state: ItemState, points: int | None
) -> None:
    found = {one.item: one for one in contributions(mood(**changed), "mixed")}
    assert (found[item].state, found[item].points) == (state, points)


def test_a_skipped_item_counts_as_nothing() -> None:
    [one, two, *_] = contributions(audit(0, None, None, *[None] * 5, 0, 0), "total")
    assert (one.state, one.share) == (ItemState.ANSWERED, 0)
    assert (two.state, two.points, two.share) == (ItemState.SKIPPED, 0, 0)


def test_an_item_that_another_tells_has_its_points() -> None:
    tool = instruments.find("uk-ew/ogrs3@rsr-calculator")
    answers: dict[str, Any] = {"current_offence_code": "00101"}
    by_code = instruments.score(tool, answers, on=ON)
    [told] = contributions(by_code, "offence")
    by_category = instruments.score(tool, {"offence_category": "violence"}, on=ON)
    [given] = contributions(by_category, "offence")
    assert (told.state, told.answer) == (ItemState.TOLD, None)
    assert (given.state, given.answer) == (ItemState.ANSWERED, "violence")
    assert told.points == given.points
    assert {one.item for one in band_changes(by_code, "band")} & {"current_offence_code"} == set()


_ANSWERS = st.tuples(*[st.integers(0, 4)] * 8, *[st.sampled_from([0, 2, 4])] * 2)


@given(_ANSWERS)
def test_shares_add_up_to_the_sum(answers: tuple[int, ...]) -> None:
    result = audit(*answers)
    for score in result.scores:
        assert sum(one.share or 0 for one in contributions(result, score.name)) == score.value


# --- what would change the band -----------------------------------------------------------


def test_an_answer_that_alone_moves_a_score_into_another_band_is_named() -> None:
    found = [(one.item, one.answers, one.label) for one in band_changes(mood(), "level")]
    assert found == [("1", (0,), "low"), ("2", (0, 1), "low"), ("3", (0,), "high")]


def test_an_item_with_a_few_whole_numbers_is_tried_and_an_amount_is_not() -> None:
    text = INVENTED.replace('[bands.rare]\nof = "mood"', '[bands.rare]\nof = "mixed"').replace(
        '{ from = 0, to = 9, label = "there" }',
        '{ from = "open", below = 6, label = "less" }, '
        '{ from = 6, below = "open", label = "more" }',
    )
    tool = instruments.read_instrument(text)
    answers: dict[str, Any] = {"1": 1, "2": 1, "3": 3, "gate": True, "behind": 4, "extra": 0}
    result = instruments.score(tool, answers, on=ON, tables=("rare",))
    assert result.band("rare").label == "less"
    found = {one.item: one.answers for one in band_changes(result, "rare")}
    assert found["behind"] == (6, 7, 8, 9, 10)
    assert "money" not in found
    wide = instruments.read_instrument(text.replace("whole = [0, 10]", "whole = [0, 200]"))
    again = instruments.score(wide, answers, on=ON, tables=("rare",))
    assert "behind" not in {one.item for one in band_changes(again, "rare")}


def test_an_answer_that_lacks_may_give_a_band() -> None:
    result = audit(*[0] * 8, 0, None)
    assert result.band("zone").label is None
    [change] = band_changes(result, "zone")
    assert (change.item, change.answers, change.label) == ("10", (0, 2, 4), "I")


@given(_ANSWERS)
def test_a_change_gives_the_band_that_it_names(answers: tuple[int, ...]) -> None:
    for change in band_changes(audit(*answers), "zone"):
        for answer in change.answers:
            given = list(answers)
            given[int(change.item) - 1] = int(answer)  # type: ignore[arg-type]
            assert audit(*given).band("zone").label == change.label


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        (0, [("II", 8)]),
        (7, [("II", 1)]),
        (8, [("I", -1), ("III", 8)]),
        (15, [("I", -8), ("III", 1)]),
        (16, [("II", -1), ("IV", 4)]),
        (20, [("III", -1)]),
        (40, [("III", -21)]),
    ],
)
def test_the_next_bands_are_so_many_points_away(total: int, expected: list[Any]) -> None:
    answers = [min(4, max(0, total - 4 * place)) for place in range(10)]
    result = audit(*answers)
    assert result.score("total").value == total
    found = neighbours(result, "zone")
    assert [(one.label, one.points) for one in found] == expected


def test_the_lower_of_half_open_bands_begins_just_beyond_its_end() -> None:
    result = mood(_1=3, _2=2)
    assert result.score("mean").value == 1.6667
    [below] = neighbours(result, "share")
    assert below.label == "less"
    assert below.points == pytest.approx(-0.1667)


def test_a_range_without_a_label_is_a_neighbour_too() -> None:
    assert neighbours(mood(_3=0), "by_sex") == (Neighbour(label=None, points=-1),)


@pytest.mark.parametrize(
    ("result", "bands"),
    [
        (mood(), "group"),
        (mood(Respondent(sex=Sex.MALE)), "by_sex"),
        (mood(Respondent(sex=Sex.OTHER)), "by_sex"),
        (mood(_1=None, _2=None), "level"),
    ],
    ids=["nearest-mean", "no-table", "unread-table", "no-score"],
)
def test_where_no_table_places_a_score_there_are_no_neighbours(
    result: ScoreResult, bands: str
) -> None:
    assert neighbours(result, bands) == ()


@pytest.mark.parametrize("ask", [contributions, band_changes, neighbours])
def test_what_the_instrument_does_not_have_is_refused(
    ask: Callable[[ScoreResult, str], object],
) -> None:
    with pytest.raises(InputError):
        ask(mood(), "nothing")


def test_answers_are_in_no_repr() -> None:
    [one, *_] = contributions(mood(money=12.5), "wealth")
    assert "12.5" not in repr(one)
    assert "(0, 1)" not in repr(band_changes(mood(), "level"))
