"""ARP and VRP: the static and the dynamic set, what each of them needs, and what gives no score."""

from datetime import date
from math import log
from typing import Any

import pytest

from rehabcore import instruments
from rehabcore.instruments import Respondent, ScoreResult
from rehabcore.strict.problems import InputError

ON = date(2026, 8, 1)
MODELS = {name: instruments.find(f"uk-ew/{name}") for name in ("arp", "vrp")}
STATIC = {
    "gender": "MALE",
    "date_of_birth": date(1991, 7, 17),
    "date_of_current_conviction": date(2021, 8, 5),
    "date_at_start_of_followup": date(2021, 12, 12),
    "total_sanctions": 2,
    "age_at_first_sanction": 21,
    "current_offence_code": "11618",
}
DRUGS = (
    "has_other_opiate_usage",
    "has_crack_cocaine_usage",
    "has_powder_cocaine_usage",
    "has_misused_prescription_drug_usage",
    "has_benzodiazepines_usage",
    "has_cannabis_usage",
    "has_steroids_usage",
    "has_other_drugs_usage",
    "has_ketamine_usage",
    "has_spice_usage",
    "has_hallucinogens_usage",
    "has_solvents_usage",
)
DYNAMIC = {
    "suitability_of_accommodation": "SOME_PROBLEMS",
    "is_unemployed": False,
    "current_relationship_status": "NOT_IN_RELATIONSHIP",
    "current_relationship_with_partner": "SOME_PROBLEMS",
    "evidence_of_domestic_abuse": False,
    "regular_offending_activities": "NO_PROBLEMS",
    "current_alcohol_use_problems": "NO_PROBLEMS",
    "excessive_alcohol_use": "NO_PROBLEMS",
    "impulsivity_problems": "NO_PROBLEMS",
}
OWN: dict[str, dict[str, Any]] = {
    "arp": {"pro_criminal_attitudes": "NO_PROBLEMS"},
    "vrp": {"temper_control": "NO_PROBLEMS", "motivation_to_tackle_drug_misuse": "FULL_MOTIVATION"},
}
DRUG = {"arp": "has_heroin_usage", "vrp": "has_methadone_usage"}
BOTH = pytest.mark.parametrize("model", ["arp", "vrp"])


def static(model: str, **more: Any) -> ScoreResult:
    """The result of static answers, with others in their place; None is no answer."""
    violent = {"violent_sanctions": 2} if model == "vrp" else {}
    person = Respondent(jurisdiction="uk-ew")
    given = {**STATIC, **violent, **more}
    return instruments.score(MODELS[model], given, on=ON, respondent=person)


def dynamic(model: str, **more: Any) -> ScoreResult:
    """The result of complete answers, drugs left out, with others in their place."""
    return static(model, **{**DYNAMIC, **OWN[model], **more})


def codes(result: ScoreResult) -> list[str]:
    """The codes of all objections."""
    return [remark.code for remark in result.objections]


def mode(result: ScoreResult) -> str | None:
    """Which set was used."""
    return result.band("mode").label


@pytest.mark.parametrize(
    ("model", "z", "percent"), [("arp", -3.109291542898, 4.27), ("vrp", -3.740518685696, 2.32)]
)
def test_worked_example(model: str, z: float, percent: float) -> None:
    result = static(model)
    assert result.score("offence_free_months").value == 36
    assert result.score("linear_predictor").value == pytest.approx(z, abs=1e-11)
    assert result.score("static_linear_predictor").value == result.score("linear_predictor").value
    assert result.score("score_pct").value == percent
    assert (mode(result), result.band("band").label) == ("STATIC", "LOW")
    assert codes(result) == ["MISSING_DYNAMIC_INPUT"]


@BOTH
def test_complete_answers_use_the_dynamic_set(model: str) -> None:
    result = dynamic(model)
    assert (mode(result), codes(result)) == ("DYNAMIC", [])
    of = {name: result.score(name).value for name in PREDICTORS}
    assert of["linear_predictor"] == of["dynamic_linear_predictor"]
    assert of["static_linear_predictor"] == static(model).score("linear_predictor").value
    assert None not in of.values()


PREDICTORS = ("linear_predictor", "dynamic_linear_predictor", "static_linear_predictor")


@BOTH
def test_every_dynamic_answer_is_needed_for_the_dynamic_set(model: str) -> None:
    for name in {**DYNAMIC, **OWN[model]}:
        result = dynamic(model, **{name: None})
        assert (mode(result), codes(result)) == ("STATIC", ["MISSING_DYNAMIC_INPUT"]), name
        assert result.objections[0].items == (name,)
        assert result.score("dynamic_linear_predictor").value is None
        assert result.score("score_pct").value == static(model).score("score_pct").value


@BOTH
def test_drug_that_is_not_answered_counts_as_none_and_is_told(model: str) -> None:
    silent = dynamic(model)
    told = {remark.items[0] for remark in silent.assumptions}
    absent = {"motivation_to_tackle_drug_misuse"} if model == "arp" else set()
    assert told == {DRUG[model], *DRUGS, *absent}
    no = dict.fromkeys((DRUG[model], *DRUGS), False)
    denied = dynamic(model, **no)
    assert denied.score("score_pct").value == silent.score("score_pct").value
    assert {remark.items[0] for remark in denied.assumptions} == absent


@BOTH
@pytest.mark.parametrize("drug", ["", *DRUGS])
def test_drug_without_motivation_is_inconsistent(model: str, drug: str) -> None:
    absent = {"motivation_to_tackle_drug_misuse": None, drug or DRUG[model]: True}
    result = dynamic(model, **absent)
    missing = ["MISSING_DYNAMIC_INPUT"] if model == "vrp" else []
    assert codes(result) == [*missing, "MOTIVATION_TO_TACKLE_DRUG_MISUSE_INCONSISTENT"]
    assert mode(result) == "STATIC"
    assert result.score("linear_predictor").value == static(model).score("linear_predictor").value


def change(model: str, **more: Any) -> float:
    """By how much other answers raise the dynamic linear predictor."""
    usual = {"motivation_to_tackle_drug_misuse": "FULL_MOTIVATION"}
    values = [
        dynamic(model, **{**usual, **given}).score("dynamic_linear_predictor").value
        for given in ({}, more)
    ]
    assert values[0] is not None
    assert values[1] is not None
    return values[1] - values[0]


@pytest.mark.parametrize(
    ("model", "answers", "expected"),
    [
        ("arp", {"is_unemployed": True}, 2 * 0.0317783733809377),
        ("vrp", {"is_unemployed": True}, 2 * 0.0331815664323161),
        ("arp", {"suitability_of_accommodation": "SIGNIFICANT_PROBLEMS"}, 0.0848049158355753),
        ("arp", {"pro_criminal_attitudes": "SIGNIFICANT_PROBLEMS"}, 2 * 0.0439083095441417),
        ("vrp", {"temper_control": "SIGNIFICANT_PROBLEMS"}, 2 * 0.091904896744703),
        ("arp", {"motivation_to_tackle_drug_misuse": "NO_MOTIVATION"}, 2 * 0.08615424993393),
        ("arp", {"has_heroin_usage": True}, 0.182096496867273),
        ("vrp", {"has_methadone_usage": True}, 0.0576906845544844),
        ("arp", {"has_spice_usage": True, "has_solvents_usage": True}, 0.0267794308651123),
        ("arp", {"current_relationship_status": "IN_RELATIONSHIP_NOT_LIVING_TOGETHER"}, 0),
        (
            "arp",
            {"current_relationship_status": "IN_RELATIONSHIP_LIVING_TOGETHER"},
            -0.266331545877519 + 0.141655261924428,
        ),
    ],
)
def test_what_an_answer_is_worth(model: str, answers: dict[str, Any], expected: float) -> None:
    assert change(model, **answers) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(("n", "years"), [(3, 8), (10, 20)])
def test_rate_of_sanctions_counts_from_the_third(n: int, years: int) -> None:
    first = 30 - years
    steps = [
        static("vrp", total_sanctions=k, violent_sanctions=1, age_at_first_sanction=first)
        for k in (n, n + 1)
    ]
    values = [step.score("static_linear_predictor").value or 0 for step in steps]
    rate = 0.620598396891494 * (log((n + 1) / (years + 12)) - log(n / (years + 12)))
    assert values[1] - values[0] == pytest.approx(rate - 0.0067658067744931, abs=1e-12)


@BOTH
@pytest.mark.parametrize(
    ("followup", "months"),
    [
        (date(2026, 8, 2), 0),
        (date(2026, 8, 1), 0),
        (date(2026, 7, 2), 0),
        (date(2026, 7, 1), 1),
        (date(2023, 8, 2), 35),
        (date(2023, 8, 1), 36),
        (date(2022, 8, 1), 36),
    ],
)
def test_offence_free_months_are_complete_ones_up_to_three_years(
    model: str, followup: date, months: int
) -> None:
    result = static(model, date_at_start_of_followup=followup)
    assert result.score("offence_free_months").value == months


@BOTH
def test_follow_up_that_is_not_given_starts_with_the_conviction_and_is_told(model: str) -> None:
    day = STATIC["date_of_current_conviction"]
    silent, given = (static(model, date_at_start_of_followup=one) for one in (None, day))
    assert silent.score("score_pct").value == given.score("score_pct").value
    told = {remark.items[0]: remark.about for remark in silent.assumptions}
    assert told["date_at_start_of_followup"] == "date_of_current_conviction"


@pytest.mark.parametrize(
    ("model", "percent", "label"),
    [
        ("arp", 49.99, "LOW"), ("arp", 50, "MEDIUM"), ("arp", 74.99, "MEDIUM"), ("arp", 75, "HIGH"),
        ("arp", 89.99, "HIGH"), ("arp", 90, "VERY_HIGH"), ("arp", 99.99, "VERY_HIGH"),
        ("vrp", 29.99, "LOW"), ("vrp", 30, "MEDIUM"), ("vrp", 59.99, "MEDIUM"), ("vrp", 60, "HIGH"),
        ("vrp", 79.99, "HIGH"), ("vrp", 80, "VERY_HIGH"), ("vrp", 0, "LOW"),
    ],
)  # fmt: skip
def test_band_of_a_percentage(model: str, percent: float, label: str) -> None:
    assert instruments.part(MODELS[model], "band", {"score_pct": percent}, on=ON) == label


@pytest.mark.parametrize(
    ("z", "percent"), [(0, 50), (12, 99.99), (-12, 0), (-9.91, 0), (-9.9, 0.01), (8.5, 99.98)]
)
def test_percentage_has_two_decimals_half_up_and_is_clamped(z: float, percent: float) -> None:
    known = {"linear_predictor": z}
    assert instruments.part(MODELS["arp"], "score_pct", known, on=ON) == percent


@pytest.mark.parametrize("percent", [-0.01, 100])
def test_percentage_that_is_never_given_has_no_band(percent: float) -> None:
    with pytest.raises(InputError, match="out_of_range"):
        instruments.part(MODELS["arp"], "band", {"score_pct": percent}, on=ON)


DAY = date(1991, 7, 17)


@BOTH
@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"date_of_birth": None}, ["MISSING_MANDATORY_INPUT"]),
        ({"current_offence_code": None}, ["MISSING_MANDATORY_INPUT"]),
        ({"current_offence_code": "1161"}, ["OFFENCE_CODE_INCORRECT_FORMAT"]),
        ({"current_offence_code": "ABCDE"}, ["OFFENCE_CODE_INCORRECT_FORMAT"]),
        ({"current_offence_code": "\u0661" * 5}, ["OFFENCE_CODE_INCORRECT_FORMAT"]),
        ({"current_offence_code": "99999"}, ["OFFENCE_CODE_MAPPING_NOT_FOUND"]),
        ({"current_offence_code": "00000"}, ["OFFENCE_CODE_MAPPING_NOT_FOUND"]),
        ({"total_sanctions": 1000}, ["TOTAL_NUMBER_OF_SANCTIONS_OUT_OF_RANGE"]),
        ({"age_at_first_sanction": -1}, ["AGE_AT_FIRST_SANCTION_OUT_OF_RANGE"]),
        (
            {"age_at_first_sanction": 31},
            ["AGE_AT_FIRST_SANCTION_AFTER_AGE_AT_CURRENT_CONVICTION"],
        ),
        (
            {"age_at_first_sanction": 110},
            [
                "AGE_AT_FIRST_SANCTION_OUT_OF_RANGE",
                "AGE_AT_FIRST_SANCTION_AFTER_AGE_AT_CURRENT_CONVICTION",
            ],
        ),
        (
            {"date_of_current_conviction": DAY, "age_at_first_sanction": 0},
            ["DATE_OF_CURRENT_CONVICTION_BEFORE_DATE_OF_BIRTH"],
        ),
        (
            {"date_of_current_conviction": date(2026, 11, 2)},
            ["DATE_OF_CURRENT_CONVICTION_WITHIN_THREE_MONTHS_OF_ASSESSMENT_DATE"],
        ),
        (
            {"date_at_start_of_followup": None, "date_of_current_conviction": None},
            ["MISSING_MANDATORY_INPUT", "DATE_OF_START_OF_FOLLOWUP_REQUIRED"],
        ),
        (
            {"date_at_start_of_followup": DAY},
            ["DATE_OF_START_OF_FOLLOWUP_BEFORE_DATE_OF_BIRTH"],
        ),
        (
            {"date_at_start_of_followup": date(2101, 7, 17)},
            ["DATE_OF_START_OF_FOLLOWUP_OUT_OF_RANGE"],
        ),
    ],
)
def test_what_gives_no_score(model: str, wrong: dict[str, Any], told: list[str]) -> None:
    result = dynamic(model, **wrong)
    assert codes(result) == told
    assert {score.value for score in result.scores} == {None}
    assert (mode(result), result.band("band").label) == (None, None)


@BOTH
@pytest.mark.parametrize(
    "right",
    [
        {"total_sanctions": 999},
        {"age_at_first_sanction": 0},
        {"age_at_first_sanction": 30},
        {"date_of_current_conviction": date(2026, 11, 1)},
        {"date_at_start_of_followup": date(1991, 7, 18)},
        {"date_at_start_of_followup": date(2101, 7, 16)},
    ],
)
def test_last_answer_that_gives_a_score(model: str, right: dict[str, Any]) -> None:
    result = dynamic(model, **right)
    assert codes(result) == []
    assert result.score("score_pct").value is not None


@pytest.mark.parametrize(("violent", "right"), [(-1, False), (0, True), (2, True), (3, False)])
def test_violent_sanctions_are_part_of_all(violent: int, right: bool) -> None:
    told = [] if right else ["VIOLENT_SANCTION_OUT_OF_RANGE"]
    assert codes(dynamic("vrp", violent_sanctions=violent)) == told


@BOTH
def test_static_errors_come_before_dynamic_ones(model: str) -> None:
    assert codes(static(model, gender=None)) == ["MISSING_MANDATORY_INPUT", "MISSING_DYNAMIC_INPUT"]


@BOTH
def test_other_sex_is_unknown_and_not_refused(model: str) -> None:
    result = dynamic(model, gender="OTHER")
    score = result.score("score_pct")
    assert (score.value, score.missing, codes(result)) == (None, ("gender",), [])


@pytest.mark.parametrize("of", ["static_offence", "dynamic_offence"])
@BOTH
def test_violence_and_weapons_share_one_weight(model: str, of: str) -> None:
    weights = {
        category: instruments.part(MODELS[model], of, {"offence_category": category}, on=ON)
        for group in MODELS[model].items
        if "offence_category" in group.numbers
        for category in group.codes
    }
    assert len(weights) == 24
    alike = [value for name, value in weights.items() if name.startswith(("VIOLENCE", "WEA", "FI"))]
    assert len(alike) == 5
    assert len(set(alike)) == 1
    assert len(set(weights.values())) == 20
