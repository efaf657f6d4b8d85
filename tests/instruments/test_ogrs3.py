"""OGRS3 in both of its profiles: its tables, its formula, and what gives no score."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from math import exp, log
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabcore import instruments
from rehabcore.instruments import Instrument, Respondent, ScoreResult
from rehabcore.strict.problems import InputError

ON = date(2026, 6, 1)
CALCULATOR, GEN1 = "rsr-calculator", "hmpps-arns-gen1"
PROFILES = (CALCULATOR, GEN1)
STARTS = (10, 12, 14, 16, 18, 21, 25, 30, 35, 40, 50)
# fmt: off
AGE_WEIGHTS = {
    (CALCULATOR, "MALE"): (
        0, 0.083922902, 0.075775765, -0.061594199, -0.625103618, -1.051515067, -1.166679288,
        -1.325976554, -1.368045933, -1.499690953, -2.025261458,
    ),
    (CALCULATOR, "FEMALE"): (
        -0.785038489, -0.613852078, -0.669521331, -0.959179629, -0.897480934, -1.028488454,
        -1.052777806, -1.129127959, -1.42187494, -1.524652221, -2.44983716,
    ),
    (GEN1, "MALE"): (
        0, 0.08392, 0.07578, -0.0616, -0.6251, -1.0515, -1.1667, -1.326, -1.368, -1.4997, -2.0253,
    ),
    (GEN1, "FEMALE"): (
        0.785, 0.61385, 0.66952, -0.9592, -0.8975, -1.0285, -1.0528, -1.1291, -1.4219, -1.5247,
        -2.4498,
    ),
}
OFFENCES = {
    "violence": (0, 0),
    "robbery": (-0.634795912, -0.6348),
    "public_order": (0.181917975, 0.1819),
    "sexual_not_against_child": (0.003276327, 0.0328),
    "sexual_against_child": (-0.653434071, -0.6534),
    "soliciting_or_prostitution": (0.760608858, 0.7606),
    "burglary_domestic": (-0.12394352, -0.1239),
    "burglary_other": (0.240604429, 0.2406),
    "theft_non_motor": (0.661244321, 0.6612),
    "handling_stolen_goods": (0.351866973, 0.3519),
    "fraud_and_forgery": (0.159910192, 0.1599),
    "absconding_or_bail": (0.733378677, 0.7334),
    "taking_and_driving_away": (0.380059431, 0.3801),
    "theft_from_vehicles": (0.427225615, 0.4272),
    "other_motoring": (0.262228428, 0.2622),
    "drink_driving": (-0.121439408, -0.1214),
    "criminal_damage": (0.204960477, 0.205),
    "drug_import_export_production": (-0.795556373, -0.7956),
    "drug_possession_supply": (0.077165871, 0.0772),
    "other": (-0.060667525, -0.0607),
}
CONSTANTS = {
    CALCULATOR: (1.402562384, 2.121705678, 1.251124464, 0.126142106, 0.463062792),
    GEN1: (1.40256, 2.1217, 1.25112, 0.12614, 0.46306),
}
# fmt: on
BY_DATES: dict[str, Any] = {
    "gender": "MALE",
    "date_of_birth": date(1990, 5, 20),
    "date_of_current_conviction": date(2024, 5, 20),
    "date_at_start_of_followup": date(2025, 5, 19),
    "total_sanctions": 2,
    "age_at_first_sanction": 21,
    "current_offence_code": "11618",
}
BY_AGES = {
    "gender": "FEMALE",
    "age_at_followup": 34,
    "age_at_conviction": 34,
    "total_sanctions": 2,
    "age_at_first_sanction": 21,
    "offence_category": "robbery",
}


def model(profile: str = CALCULATOR) -> Instrument:
    """OGRS3 in a profile."""
    return instruments.find(f"uk-ew/ogrs3@{profile}")


def scored(answers: dict[str, Any], profile: str = CALCULATOR, **more: Any) -> ScoreResult:
    """The result of some answers, with more in their place; None is no answer."""
    person = Respondent(jurisdiction="uk-ew")
    return instruments.score(model(profile), {**answers, **more}, on=ON, respondent=person)


def objections(result: ScoreResult) -> list[str]:
    """The codes of all objections."""
    return [remark.code for remark in result.objections]


def warnings(result: ScoreResult) -> set[str]:
    """The codes of the warnings, but for the one that every result has."""
    return {remark.code for remark in result.warnings} - {"age_and_sex_count"}


def weight(profile: str, sex: str, age: int) -> float:
    """The weight of an age, by the table above."""
    return AGE_WEIGHTS[profile, sex][sum(start <= age for start in STARTS) - 1]


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("sex", ["MALE", "FEMALE"])
def test_weight_of_the_first_and_last_year_of_each_band(profile: str, sex: str) -> None:
    answers = {**BY_AGES, "gender": sex, "age_at_first_sanction": 10}
    for age in sorted({*STARTS, *(start - 1 for start in STARTS[1:]), 110}):
        result = scored(answers, profile, age_at_followup=age)
        assert result.score("age_gender").value == weight(profile, sex, age), age


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(("n", "place"), [(1, 3), (2, 4), (50, 4)])
def test_weight_of_a_first_and_of_a_later_sanction(profile: str, n: int, place: int) -> None:
    found = scored(BY_AGES, profile, total_sanctions=n).score("sanction_status").value
    assert found == CONSTANTS[profile][place]


@pytest.mark.parametrize("category", OFFENCES)
def test_weight_of_an_offence(category: str) -> None:
    found = [scored(BY_AGES, profile, offence_category=category) for profile in PROFILES]
    assert tuple(result.score("offence").value for result in found) == OFFENCES[category]


ages = st.integers(min_value=10, max_value=99)


@given(
    profile=st.sampled_from(PROFILES),
    sex=st.sampled_from(["MALE", "FEMALE"]),
    years=st.tuples(ages, ages, ages),
    n=st.integers(min_value=1, max_value=300),
    category=st.sampled_from(sorted(OFFENCES)),
)
def test_score_is_the_published_formula(
    profile: str, sex: str, years: tuple[int, int, int], n: int, category: str
) -> None:
    age, *career = years
    first_age, conviction_age = sorted(career)
    result = scored(
        {"gender": sex, "total_sanctions": n, "offence_category": category},
        profile,
        age_at_followup=age,
        age_at_conviction=conviction_age,
        age_at_first_sanction=first_age,
    )
    one, two, rate, first, again = CONSTANTS[profile]
    z = weight(profile, sex, age) + (first if n == 1 else again)
    z += rate * log(n / (10 + conviction_age - first_age))
    z += OFFENCES[category][PROFILES.index(profile)]
    assert result.score("z").value == pytest.approx(z, abs=1e-12)
    for name, constant in (("one_year", one), ("two_year", two)):
        p = result.score(f"p_{name}").value
        assert isinstance(p, float)
        exactly = 1 / (1 + exp(-constant - z))
        assert p == pytest.approx(exactly, abs=1e-12 if profile == CALCULATOR else 5.1e-6)
        percent = (Decimal(str(p) if profile == GEN1 else p) * 100).quantize(0, ROUND_HALF_UP)
        clamped = min(max(percent, Decimal(1)), Decimal(99)) if profile == GEN1 else percent
        assert result.score(f"{name}_pct").value == clamped


@pytest.mark.parametrize("profile", PROFILES)
def test_worked_example(profile: str) -> None:
    result = scored(
        BY_DATES,
        profile,
        date_of_birth=date(1965, 12, 7),
        date_of_current_conviction=date(2025, 5, 13),
        date_at_start_of_followup=date(2026, 12, 6),
        age_at_first_sanction=47,
        current_offence_code=None,
        offence_category="soliciting_or_prostitution",
    )
    ages = [result.score(name).value for name in ("followup_age", "conviction_age")]
    shares = [result.score(name).value for name in ("one_year_pct", "two_year_pct")]
    z = {CALCULATOR: -3.801655246, GEN1: -3.801694734}[profile]
    assert result.score("z").value == pytest.approx(z, abs=1e-8)
    assert (ages, shares, result.band("band").label) == ([60, 59], [8, 16], "LOW")


@pytest.mark.parametrize(
    ("share", "label"),
    [
        (0, "LOW"), (49, "LOW"), (50, "MEDIUM"), (74, "MEDIUM"),
        (75, "HIGH"), (89, "HIGH"), (90, "VERY_HIGH"), (100, "VERY_HIGH"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("profile", PROFILES)
def test_band_of_a_percentage(profile: str, share: int, label: str) -> None:
    assert instruments.part(model(profile), "band", {"two_year_pct": share}, on=ON) == label


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("share", [-1, 101, 120])
def test_percentage_beyond_a_hundred_is_refused(profile: str, share: int) -> None:
    with pytest.raises(InputError, match="out_of_range"):
        instruments.part(model(profile), "band", {"two_year_pct": share}, on=ON)


@pytest.mark.parametrize(
    ("z", "probability", "percent"),
    [
        (-2.1217, 0.5, 50),
        (-2.12169, 0.5, 50),
        (2.4733, 0.99, 99),
        (6.0, 0.9997, 99),
        (-9.0, 0.00103, 1),
        (-6.7164, 0.01, 1),
        (-6.3, 0.01509, 2),
        (-6.307, 0.01499, 1),
    ],
)
def test_first_generation_rounds_then_clamps(z: float, probability: float, percent: int) -> None:
    of = {name: instruments.part(model(GEN1), name, {"z": z}, on=ON) for name in PERCENT}
    assert of["two_year_pct"] == percent
    assert of["p_two_year"] == pytest.approx(probability, abs=1e-5)
    assert of["p_two_year"] == round(float(str(of["p_two_year"])), 5)


@pytest.mark.parametrize(
    ("probability", "percent"),
    [(0.435, 43), (0.495, 49), (0.745, 74), (0.945, 94), (0.445, 45), (0.895, 90), (0.625, 63)],
    ids=["less", "below 50", "below 75", "less again", "more", "from 90", "a half"],
)
def test_first_generation_rounds_halves_of_binary_floats(probability: float, percent: int) -> None:
    z = log(probability / (1 - probability)) - 2.1217
    of = {name: instruments.part(model(GEN1), name, {"z": z}, on=ON) for name in PERCENT}
    assert of == {"p_two_year": probability, "two_year_pct": percent}


PERCENT = ("p_two_year", "two_year_pct")


def test_calculator_does_not_clamp() -> None:
    assert instruments.part(model(), "two_year_pct", {"z": -9}, on=ON) == 0
    assert instruments.part(model(), "two_year_pct", {"z": 9}, on=ON) == 100


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("age", range(9, 18))
@pytest.mark.parametrize("sex", ["MALE", "FEMALE"])
def test_disputed_weights_of_girls_are_told(profile: str, age: int, sex: str) -> None:
    answers = {**BY_AGES, "gender": sex, "age_at_first_sanction": 10}
    result = scored(answers, profile, age_at_followup=age)
    disputed = profile == GEN1 and sex == "FEMALE" and 10 <= age <= 15
    assert warnings(result) == ({"disputed_weight"} if disputed else set())


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(("n", "told"), [(51, False), (52, True)])
def test_more_than_fifty_previous_sanctions_are_told(profile: str, n: int, told: bool) -> None:
    result = scored(BY_AGES, profile, total_sanctions=n)
    assert warnings(result) == ({"outside_reference_range"} if told else set())
    assert result.score("z").value is not None


NEEDED = (
    "gender",
    "date_of_birth",
    "date_of_current_conviction",
    "date_at_start_of_followup",
    "total_sanctions",
    "age_at_first_sanction",
    "current_offence_code",
)


@pytest.mark.parametrize("name", NEEDED)
def test_missing_answer_is_named_and_there_is_no_score(name: str) -> None:
    result = scored({**BY_DATES, name: None})
    assert objections(result) == ["MISSING_MANDATORY_INPUT"]
    assert result.objections[0].items == result.missing == (name,)
    assert result.score("two_year_pct").value is None


def test_missing_answers_are_named_in_the_published_order() -> None:
    result = instruments.score(model(), {}, on=ON)
    assert result.objections[0].items == NEEDED


@pytest.mark.parametrize("answers", [BY_DATES, BY_AGES], ids=["dates", "ages"])
def test_what_is_told_in_one_way_is_not_missing_in_the_other(answers: dict[str, Any]) -> None:
    result = scored(answers)
    assert (result.missing, result.objections, result.assumptions) == ((), (), ())
    assert all(score.low == score.value == score.high for score in result.scores)


@pytest.mark.parametrize("gender", ["OTHER", "UNKNOWN", "male", ""])
def test_other_sex_is_unknown_and_not_refused(gender: str) -> None:
    result = scored(BY_DATES, gender=gender)
    score = result.score("two_year_pct")
    assert (score.value, score.why, score.missing) == (None, "missing", ("gender",))
    assert result.objections == ()
    assert warnings(result) == {"sentinel"}
    assert result.band("band").possible == ("LOW",)


ALL_WRONG = {
    "total_sanctions": 0,
    "current_offence_code": "1161",
    "gender": None,
    "age_at_first_sanction": 99,
}


@pytest.mark.parametrize(
    ("wrong", "codes"),
    [
        pytest.param(
            {"total_sanctions": n}, ["TOTAL_NUMBER_OF_SANCTIONS_LESS_THAN_ONE"], id=f"n{n}"
        )
        for n in (0, -3)
    ]
    + [
        pytest.param({"current_offence_code": code}, [told], id=code)
        for code, told in (
            ("1161", "OFFENCE_CODE_INCORRECT_FORMAT"),
            ("116180", "OFFENCE_CODE_INCORRECT_FORMAT"),
            ("ABCDE", "OFFENCE_CODE_MAPPING_NOT_FOUND"),
            ("00000", "OFFENCE_CODE_MAPPING_NOT_FOUND"),
            ("08800", "NEED_DETAILS_OF_EXACT_OFFENCE"),
        )
    ]
    + [
        pytest.param(
            {"age_at_first_sanction": 35},
            ["AGE_AT_FIRST_SANCTION_AFTER_AGE_AT_CURRENT_CONVICTION"],
            id="first-after-current",
        ),
        pytest.param(
            {"date_of_current_conviction": date(2000, 5, 19), "age_at_first_sanction": 9},
            ["AGE_AT_CURRENT_CONVICTION_LESS_THAN_TEN"],
            id="convicted-at-nine",
        ),
        pytest.param(
            {"date_at_start_of_followup": date(2000, 5, 19)},
            ["age_at_followup_less_than_ten"],
            id="nine",
        ),
        pytest.param(
            {"date_at_start_of_followup": date(1990, 5, 20)},
            ["date_not_after_birth"],
            id="followed-up-from-birth",
        ),
        pytest.param(
            {"date_of_current_conviction": date(1990, 5, 19)},
            ["date_not_after_birth"],
            id="convicted-before-birth",
        ),
        pytest.param({"age_at_followup": 33}, ["ages_disagree"], id="another-age"),
        pytest.param(
            ALL_WRONG,
            [
                "MISSING_MANDATORY_INPUT",
                "TOTAL_NUMBER_OF_SANCTIONS_LESS_THAN_ONE",
                "OFFENCE_CODE_INCORRECT_FORMAT",
            ],
            id="what-is-found-first",
        ),
        pytest.param(
            {"age_at_first_sanction": 35, "current_offence_code": "00000"},
            [
                "AGE_AT_FIRST_SANCTION_AFTER_AGE_AT_CURRENT_CONVICTION",
                "OFFENCE_CODE_MAPPING_NOT_FOUND",
            ],
            id="what-is-found-then",
        ),
    ],
)
@pytest.mark.parametrize("profile", PROFILES)
def test_what_gives_no_score(profile: str, wrong: dict[str, Any], codes: list[str]) -> None:
    result = scored(BY_DATES, profile, **wrong)
    assert objections(result) == codes
    assert {score.value for score in result.scores} == {None}
    assert result.band("band").label is None


@pytest.mark.parametrize(
    "right",
    [
        {"age_at_first_sanction": 34},
        {"date_of_current_conviction": date(2000, 5, 20), "age_at_first_sanction": 10},
        {"date_at_start_of_followup": date(2000, 5, 20)},
        {"total_sanctions": 1},
        {"age_at_followup": 34},
    ],
    ids="-".join,
)
def test_last_day_that_gives_a_score(right: dict[str, Any]) -> None:
    result = scored(BY_DATES, **right)
    assert result.objections == ()
    assert result.score("z").value is not None


def test_code_and_category_that_disagree_are_refused() -> None:
    agreeing = scored(BY_DATES, offence_category="other")
    assert agreeing.score("offence").value == -0.060667525
    with pytest.raises(InputError, match="given_twice"):
        scored(BY_DATES, offence_category="robbery")


def test_offence_code_is_worth_its_category() -> None:
    by_code = scored(BY_DATES, current_offence_code="03400")
    category = scored(BY_DATES, current_offence_code=None, offence_category="robbery")
    assert by_code.score("offence") == category.score("offence")
