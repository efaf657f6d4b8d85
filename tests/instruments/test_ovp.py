"""OVP: its tables of points, its percentages, and what gives no score."""

from datetime import date
from typing import Any

import pytest

from rehabcore import instruments
from rehabcore.instruments import Respondent, ScoreResult
from rehabcore.strict.problems import InputError

ON = date(2026, 6, 1)
MODEL = instruments.find("uk-ew/ovp")
LEVELS = ("NO_PROBLEMS", "SOME_PROBLEMS", "SIGNIFICANT_PROBLEMS")
NEEDED = (
    "gender",
    "date_of_birth",
    "date_at_start_of_followup",
    "total_sanctions",
    "violent_sanctions",
    "does_recognise_impact_of_offending_on_others",
    "is_currently_of_no_fixed_abode_or_transient_accommodation",
    "is_unemployed",
    "current_alcohol_use_problems",
    "excessive_alcohol_use",
    "has_current_psychiatric_treatment",
    "temper_control",
    "pro_criminal_attitudes",
)
BEST: dict[str, Any] = {
    "gender": "FEMALE",
    "date_of_birth": date(1960, 1, 1),
    "date_at_start_of_followup": date(2026, 1, 1),
    "total_sanctions": 1,
    "violent_sanctions": 0,
    "does_recognise_impact_of_offending_on_others": True,
    "is_currently_of_no_fixed_abode_or_transient_accommodation": False,
    "is_unemployed": False,
    "current_alcohol_use_problems": "NO_PROBLEMS",
    "excessive_alcohol_use": "NO_PROBLEMS",
    "has_current_psychiatric_treatment": False,
    "temper_control": "NO_PROBLEMS",
    "pro_criminal_attitudes": "NO_PROBLEMS",
}


def scored(**more: Any) -> ScoreResult:
    """The result of the answers with the fewest points, with others in their place."""
    person = Respondent(jurisdiction="uk-ew")
    return instruments.score(MODEL, {**BEST, **more}, on=ON, respondent=person)


def of_age(age: int) -> dict[str, Any]:
    """Answers that tell the age as it is."""
    return {"date_of_birth": None, "date_at_start_of_followup": None, "age_at_followup": age}


VIOLENT = (0, 4, 7, 9, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 25)
NON_VIOLENT = {0: 0, 2: 0, 3: 2, 4: 2, 5: 3, 10: 3, 11: 4, 20: 4, 21: 5, 500: 5}
AGES = {
    18: 20, 19: 20, 20: 17, 21: 17, 22: 14, 23: 14, 24: 12, 25: 12, 26: 10, 30: 10, 31: 8, 35: 8,
    36: 6, 40: 6, 41: 4, 45: 4, 46: 2, 50: 2, 51: 0, 99: 0,
}  # fmt: skip


@pytest.mark.parametrize(("violent", "points"), list(enumerate(VIOLENT)))
def test_points_of_violent_sanctions(violent: int, points: int) -> None:
    result = scored(violent_sanctions=violent, total_sanctions=max(violent, 1))
    assert result.score("points").value == 5 + points


@pytest.mark.parametrize(("others", "points"), NON_VIOLENT.items())
def test_points_of_other_sanctions(others: int, points: int) -> None:
    result = scored(violent_sanctions=1, total_sanctions=others + 1)
    assert result.score("non_violent_sanctions_points").value == points


@pytest.mark.parametrize(("age", "points"), AGES.items())
def test_points_of_an_age(age: int, points: int) -> None:
    result = scored(**of_age(age))
    assert result.score("points").value == 5 + points
    assert result.missing == ()


@pytest.mark.parametrize(
    ("answer", "points"),
    [
        ({"gender": "MALE"}, 5),
        ({"does_recognise_impact_of_offending_on_others": False}, 4),
        ({"is_currently_of_no_fixed_abode_or_transient_accommodation": True}, 4),
        ({"is_unemployed": True}, 4),
        ({"has_current_psychiatric_treatment": True}, 4),
        ({"temper_control": "SOME_PROBLEMS"}, 3),
        ({"temper_control": "SIGNIFICANT_PROBLEMS"}, 6),
        ({"pro_criminal_attitudes": "SOME_PROBLEMS"}, 3),
        ({"pro_criminal_attitudes": "SIGNIFICANT_PROBLEMS"}, 6),
    ],
)
def test_points_of_an_answer(answer: dict[str, Any], points: int) -> None:
    assert scored(**answer).score("points").value == 5 + points


@pytest.mark.parametrize("use", range(3))
@pytest.mark.parametrize("excess", range(3))
def test_points_of_alcohol(use: int, excess: int) -> None:
    result = scored(current_alcohol_use_problems=LEVELS[use], excessive_alcohol_use=LEVELS[excess])
    assert result.score("alcohol_points").value == (0, 3, 5, 8, 10)[use + excess]


@pytest.mark.parametrize(
    ("points", "one_year", "two_years", "band"),
    [
        (5, 2, 3, "LOW"),
        (40, 16, 27, "LOW"),
        (42, 18, 30, "MEDIUM"),
        (59, 43, 59, "MEDIUM"),
        (60, 45, 61, "HIGH"),
        (72, 66, 79, "HIGH"),
        (73, 68, 80, "VERY_HIGH"),
        (82, 80, 89, "VERY_HIGH"),
        (100, 94, 97, "VERY_HIGH"),
    ],
)
def test_percentages_and_band_of_points(
    points: int, one_year: int, two_years: int, band: str
) -> None:
    names = ("one_year_pct", "two_year_pct", "band")
    found = [instruments.part(MODEL, name, {"points": points}, on=ON) for name in names]
    assert found == [one_year, two_years, band]


def test_percentages_are_clamped() -> None:
    assert instruments.part(MODEL, "one_year_pct", {"points": -100}, on=ON) == 1
    assert instruments.part(MODEL, "two_year_pct", {"points": 500}, on=ON) == 99


@pytest.mark.parametrize("share", [0, 100])
def test_percentage_that_is_never_given_has_no_band(share: int) -> None:
    with pytest.raises(InputError, match="out_of_range"):
        instruments.part(MODEL, "band", {"two_year_pct": share}, on=ON)


@pytest.mark.parametrize("name", NEEDED)
def test_missing_answer_is_named_and_there_is_no_score(name: str) -> None:
    result = scored(**{name: None})
    assert [remark.code for remark in result.objections] == ["MISSING_MANDATORY_INPUT"]
    assert result.objections[0].items == result.missing == (name,)
    assert result.score("points").value is None


def test_missing_answers_are_named_in_the_published_order() -> None:
    assert instruments.score(MODEL, {}, on=ON).objections[0].items == NEEDED


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"total_sanctions": 0}, "TOTAL_NUMBER_OF_SANCTIONS_LESS_THAN_ONE"),
        ({"violent_sanctions": 2}, "violent_sanctions_more_than_total"),
        (of_age(17), "age_at_followup_less_than_eighteen"),
        ({"age_at_followup": 60}, "ages_disagree"),
    ],
)
def test_what_gives_no_score(wrong: dict[str, Any], code: str) -> None:
    result = scored(**wrong)
    assert [remark.code for remark in result.objections] == [code]
    assert result.band("band").label is None


def test_other_sex_is_unknown_and_not_refused() -> None:
    result = scored(gender="OTHER")
    points = result.score("points")
    assert (points.value, points.low, points.high) == (None, 5, 10)
    assert (points.missing, result.objections) == (("gender",), ())
