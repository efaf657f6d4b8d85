"""The Programme Needs Identifier of accredited programmes: gates by sex, matrix, override."""

from typing import Any

import pytest

from rehabcore.instruments import Instrument, ScoreResult
from tests.instruments.test_pni import (
    DOMAINS,
    NO_PROBLEMS,
    RELATIONSHIP,
    SELF_MANAGEMENT,
    SEX,
    THINKING,
)
from tests.kit.reference_need_rows import PNI, PROGRAMMES, missing, part, pni

MEN, WOMEN, BOTH = ("Male",), ("Female",), ("Male", "Female")


def _scored(answers: dict[str, Any], gender: str | None = "MALE") -> ScoreResult:
    return pni({"gender": gender, **answers}, PROGRAMMES)


@pytest.mark.parametrize(
    ("known", "high", "medium"),
    [
        ({}, (), ()),
        ({"ogrs3": 49.99}, (), ()),
        ({"ogrs3": 50}, (), BOTH),
        ({"ogrs3": 74.5}, (), BOTH),
        ({"ogrs3": 75}, BOTH, ()),
        ({"ovp": 29.99}, (), ()),
        ({"ovp": 30}, (), BOTH),
        ({"ovp": 59.5}, (), BOTH),
        ({"ovp": 60}, BOTH, ()),
        ({"rsr": 0.99}, (), ()),
        ({"rsr": 1}, (), BOTH),
        ({"rsr": 2.995}, (), BOTH),
        ({"rsr": 3}, BOTH, ()),
        ({"rsr": 3, "osp_dc": "Not Applicable"}, BOTH, ()),
        ({"rsr": 3, "osp_dc": "Low"}, WOMEN, ()),
        ({"rsr": 1, "osp_iic": "LOW"}, (), WOMEN),
        ({"osp_dc": "Low"}, (), ()),
        ({"osp_dc": "medium"}, (), MEN),
        ({"osp_dc": "High"}, MEN, ()),
        ({"osp_dc": "Very High"}, MEN, ()),
        ({"osp_iic": "Medium"}, (), MEN),
        ({"osp_iic": "VERY_HIGH"}, MEN, ()),
        ({"sara_partner": "Low"}, (), ()),
        ({"sara_partner": "Medium"}, (), BOTH),
        ({"sara_others": "medium"}, (), BOTH),
        ({"sara_partner": "HIGH"}, BOTH, ()),
        ({"sara_others": "Very High"}, BOTH, ()),
        ({"sara_others": "Very High", "sara_partner": "Medium"}, BOTH, BOTH),
    ],
)
def test_gates_of_risk_by_sex(
    known: dict[str, Any], high: tuple[str, ...], medium: tuple[str, ...]
) -> None:
    for gender in BOTH:
        told = {**known, "gender": gender}
        assert part(PROGRAMMES, "high_risk", told) == (gender in high)
        assert part(PROGRAMMES, "medium_risk", told) == (gender in medium)
        level = "HIGH_RISK" if gender in high else "MEDIUM_RISK" if gender in medium else "LOW_RISK"
        assert part(PROGRAMMES, "risk_level", told) == level


@pytest.mark.parametrize(
    ("known", "level"),
    [
        ({"ogrs3": 75, "osp_dc": "LOW"}, "HIGH_RISK"),
        ({"ogrs3": 50}, "MEDIUM_RISK"),
        ({"ogrs3": 49, "rsr": 3}, "HIGH_RISK"),
        ({"ogrs3": 49, "osp_dc": "LOW", "rsr": 0.5}, "LOW_RISK"),
        ({"ogrs3": 49, "osp_dc": "HIGH"}, None),
        ({"ogrs3": 49, "osp_dc": "LOW", "rsr": 3}, None),
    ],
)
@pytest.mark.parametrize("gender", [None, "OTHER"], ids=["not stated", "other"])
def test_sex_that_no_gate_knows_matters_only_where_the_gates_differ(
    known: dict[str, Any], level: str | None, gender: str | None
) -> None:
    result = _scored({**NO_PROBLEMS, **known}, gender)
    assert result.band("risk_level").label == level
    assert result.score("risk").missing == (() if level else ("gender",))


@pytest.mark.parametrize(("need", "row"), [("HIGH", "HMA"), ("MEDIUM", "MMA"), ("LOW", "AAA")])
def test_matrix_of_need_by_risk(need: str, row: str) -> None:
    labels = {"A": "ALTERNATIVE_PATHWAY", "M": "MODERATE_INTENSITY_BC", "H": "HIGH_INTENSITY_BC"}
    for risk, cell in zip(("HIGH", "MEDIUM", "LOW"), row, strict=True):
        known = {"need": need, "risk": risk}
        assert part(PROGRAMMES, "matrix_pathway", known) == labels[cell]
        assert part(PROGRAMMES, "pathway", known) == labels[cell]


@pytest.mark.parametrize(
    ("known", "overrides"),
    [
        ({"ogrs3": 75, "ovp": 60}, True),
        ({"ogrs3": 74.99, "ovp": 60}, False),
        ({"ogrs3": 75, "ovp": 59.99}, False),
        ({"ogrs3": 75}, False),
        ({"ogrs3": 75, "sara_partner": "High"}, True),
        ({"ogrs3": 75, "sara_others": "Very High"}, True),
        ({"ogrs3": 75, "sara_others": "Medium"}, False),
        ({"ovp": 60, "sara_others": "High"}, False),
    ],
)
def test_two_scores_together_override_the_matrix(known: dict[str, Any], overrides: bool) -> None:
    assert part(PROGRAMMES, "high_intensity_on_risk", known) == overrides
    label = "HIGH_INTENSITY_BC" if overrides else "ALTERNATIVE_PATHWAY"
    assert part(PROGRAMMES, "pathway", {"need": "LOW", "gender": "Female", **known}) == label


@pytest.mark.parametrize(
    ("twos", "level"),
    [
        ((), "LOW"),
        ((*THINKING,), "LOW"),
        ((*THINKING, *RELATIONSHIP[:1]), "MEDIUM"),
        ((*THINKING, *RELATIONSHIP, *SELF_MANAGEMENT[:1]), "MEDIUM"),
        ((*THINKING, *RELATIONSHIP, *SELF_MANAGEMENT), "HIGH"),
    ],
)
def test_need_is_the_level_of_the_domain_scores(twos: tuple[str, ...], level: str) -> None:
    answers = {**NO_PROBLEMS, **dict.fromkeys(twos, 2)}
    assert _scored(answers).band("need_level").label == level


SOME_SEX: dict[str, Any] = {SEX[0]: 1, SEX[1]: 0, SEX[2]: None}
NO_SEX: dict[str, Any] = dict.fromkeys(SEX)


@pytest.mark.parametrize(
    ("answers", "gender", "named"),
    [
        ({**SOME_SEX, "osp_dc": "LOW"}, "MALE", [SEX[2]]),
        ({**NO_SEX, "osp_iic": "VERY_HIGH"}, "MALE", [*SEX]),
        ({**SOME_SEX, "osp_dc": "NOT_APPLICABLE"}, "MALE", []),
        (SOME_SEX, "MALE", []),
        (SOME_SEX, "FEMALE", [SEX[2]]),
        (NO_SEX, "FEMALE", []),
        ({**NO_SEX, "osp_dc": "LOW"}, "FEMALE", []),
        ({"osp_dc": "LOW"}, "MALE", []),
    ],
)
def test_incomplete_sex_domain_is_refused_where_published(
    answers: dict[str, Any], gender: str, named: list[str]
) -> None:
    result = _scored({**NO_PROBLEMS, "ogrs3": 80, "ovp": 80, **answers}, gender)
    assert list(missing(result, "INCOMPLETE_SEX_DOMAIN")) == named
    assert (result.band("pathway").label is None) == bool(named)
    assert (result.score("need").value is None) == bool(named)


def test_missing_answers_count_as_zero_and_are_told() -> None:
    result = _scored({**NO_PROBLEMS, THINKING[0]: None})
    assert result.band("need_level").label == "LOW"
    assert list(missing(result, "missing_counts_as_zero")) == [THINKING[0]]
    assert not list(missing(_scored(NO_PROBLEMS), "missing_counts_as_zero"))


@pytest.mark.parametrize("model", [PNI, PROGRAMMES], ids=["arns", "programmes"])
@pytest.mark.parametrize("item", [*SEX, *THINKING, *RELATIONSHIP, *SELF_MANAGEMENT])
def test_missing_answer_counts_0_in_its_domain(model: Instrument, item: str) -> None:
    [domain] = [name for name, items in DOMAINS.items() if item in items]
    ones = dict.fromkeys(DOMAINS[domain], 1)
    answers = pni({**NO_PROBLEMS, **ones, item: None}, model).score(f"{domain}_answers")
    assert answers.value == len(ones) - 1
