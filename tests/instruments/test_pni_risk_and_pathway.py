"""The Programme Needs Identifier: the gates of risk, the pathway, and what leaves it open."""

from typing import Any

import pytest

from rehabcore import instruments
from rehabcore.instruments import Respondent
from rehabcore.strict.problems import InputError
from tests.instruments.test_pni import CALM, SEX, THIRTEEN, UNSURE
from tests.kit.reference_need_rows import ON, PNI, missing, part, pni

RISK = ["LOW", "MEDIUM", "HIGH"]


@pytest.mark.parametrize(
    ("known", "high", "medium"),
    [
        ({}, False, False),
        ({"ogrs3_two_year": 49}, False, False),
        ({"ogrs3_two_year": 49.99}, False, False),
        ({"ogrs3_two_year": 50}, False, True),
        ({"ogrs3_two_year": 74}, False, True),
        ({"ogrs3_two_year": 74.5}, False, True),
        ({"ogrs3_two_year": 75}, True, False),
        ({"ovp_two_year": 29}, False, False),
        ({"ovp_two_year": 30}, False, True),
        ({"ovp_two_year": 59.5}, False, True),
        ({"ovp_two_year": 60}, True, False),
        ({"rsr": 0.99}, False, False),
        ({"rsr": 1}, False, True),
        ({"rsr": 2.99}, False, True),
        ({"rsr": 3}, True, False),
        (
            {"rsr": 3, "osp_dc_band": "NOT_APPLICABLE", "osp_iic_band": "NOT_APPLICABLE"},
            True,
            False,
        ),
        ({"rsr": 3, "osp_dc_band": "LOW"}, False, False),
        ({"rsr": 1, "osp_iic_band": "LOW"}, False, False),
        ({"osp_dc_band": "LOW"}, False, False),
        ({"osp_dc_band": "MEDIUM"}, False, True),
        ({"osp_dc_band": "HIGH"}, True, False),
        ({"osp_dc_band": "VERY_HIGH"}, True, False),
        ({"osp_iic_band": "MEDIUM"}, False, True),
        ({"osp_iic_band": "HIGH"}, True, False),
        ({"osp_iic_band": "VERY_HIGH"}, True, False),
        ({"osp_dc_band": "HIGH", "osp_iic_band": "MEDIUM"}, True, True),
        ({"sara_risk_to_partner": "LOW"}, False, False),
        ({"sara_risk_to_partner": "MEDIUM"}, False, True),
        ({"sara_risk_to_partner": "HIGH"}, True, False),
        ({"sara_risk_to_others": "MEDIUM"}, False, True),
        ({"sara_risk_to_others": "HIGH", "sara_risk_to_partner": "MEDIUM"}, True, True),
    ],
)
def test_gates_of_risk(known: dict[str, Any], high: bool, medium: bool) -> None:
    assert (part(PNI, "high_risk", known), part(PNI, "medium_risk", known)) == (high, medium)
    level = "HIGH" if high else "MEDIUM" if medium else "LOW"
    assert part(PNI, "risk_level", known) == level


@pytest.mark.parametrize(
    ("changed", "level"),
    [
        ({}, "LOW"),
        ({"rsr": None}, "HIGH"),
        ({"osp_dc_band": None}, "HIGH"),
        ({"osp_iic_band": None}, "HIGH"),
        ({"rsr": None, "osp_iic_band": "LOW"}, "LOW"),
        ({"rsr": 1}, "MEDIUM"),
        ({"ogrs3_two_year": None}, "LOW"),
    ],
)
def test_projected_risk_takes_absent_osp_bands_and_rsr_as_the_worst(
    changed: dict[str, Any], level: str
) -> None:
    assert pni({**CALM, **changed}).band("projected_risk_level").label == level


@pytest.mark.parametrize(
    ("supervision", "grid"),
    [
        ("COMMUNITY", ["AAA", "AMM", "AMM"]),
        ("CUSTODY", ["AAA", "AMM", "AMH"]),
        ("REMAND", ["AAA", "AMM", "AMA"]),
    ],
)
def test_pathway_by_need_and_risk(supervision: str, grid: list[str]) -> None:
    labels = {"A": "ALTERNATIVE", "M": "MODERATE", "H": "HIGH"}
    for need, row in zip(RISK, grid, strict=True):
        for risk, cell in zip(RISK, row, strict=True):
            known = {"need": need, "risk": risk, "supervision_status": supervision}
            assert part(PNI, "pathway", known) == labels[cell], (need, risk)


@pytest.mark.parametrize(
    ("known", "community", "custody", "remand"),
    [
        ({"ogrs3_two_year": 75, "ovp_two_year": 60}, 1, 2, 0),
        ({"ogrs3_two_year": 74, "ovp_two_year": 60}, 0, 0, 0),
        ({"ogrs3_two_year": 75, "ovp_two_year": 59}, 0, 0, 0),
        ({"ogrs3_two_year": 75, "sara_risk_to_others": "HIGH"}, 1, 2, 1),
        ({"ogrs3_two_year": 75, "sara_risk_to_others": "MEDIUM"}, 1, 1, 1),
        ({"sara_risk_to_partner": "HIGH"}, 1, 1, 1),
        ({"sara_risk_to_partner": "MEDIUM"}, 1, 1, 1),
        ({"sara_risk_to_partner": "LOW"}, 0, 0, 0),
    ],
)
def test_scores_and_ratings_open_a_pathway_whatever_the_need(
    known: dict[str, Any], community: int, custody: int, remand: int
) -> None:
    for status, pathway in [("COMMUNITY", community), ("CUSTODY", custody), ("REMAND", remand)]:
        form = {**CALM, **known, "supervision_status": status}
        assert pni(form).score("pathway").value == pathway


# --- omissions -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "community", "custody", "remand"),
    [
        pytest.param({}, "ALTERNATIVE", "ALTERNATIVE", "ALTERNATIVE", id="both ratings are known"),
        pytest.param({"sara_risk_to_partner": None}, None, None, None, id="one rating is absent"),
        pytest.param(
            {"sara_risk_to_partner": None, "sara_risk_to_others": "MEDIUM"},
            *("MODERATE", "MODERATE", "MODERATE"),
            id="one is absent, but the pathway is no alternative",
        ),
        pytest.param(
            {
                "sara_risk_to_partner": None,
                "sara_risk_to_others": None,
                "ogrs3_two_year": 80,
                "ovp_two_year": 80,
            },
            *("MODERATE", None, None),
            id="both are absent",
        ),
        pytest.param({"osp_dc_band": None}, None, None, None, id="projected risk differs"),
        pytest.param(
            {"osp_dc_band": None, "rsr": None, "sara_risk_to_partner": "HIGH"},
            *("MODERATE", "MODERATE", "MODERATE"),
            id="projected risk is the same",
        ),
    ],
)
def test_missing_answer_leaves_the_pathway_open_only_where_published(
    changed: dict[str, Any], community: str | None, custody: str | None, remand: str | None
) -> None:
    for status, label in [("COMMUNITY", community), ("CUSTODY", custody), ("REMAND", remand)]:
        form = {**CALM, **changed, "supervision_status": status}
        result = pni({**form, **UNSURE})
        assert result.band("pathway").label == label
        assert (label is None) == bool(result.objections)
        assert list(missing(result, "MISSING_MANDATORY_INPUT")) == ["hostile_orientation"]
        complete = pni(form)
        assert complete.band("pathway").label is not None
        assert not list(missing(complete, "MISSING_MANDATORY_INPUT"))


def test_without_a_supervision_status_there_is_no_pathway() -> None:
    result = pni(CALM)
    assert [objection.code for objection in result.objections] == ["MISSING_MANDATORY_INPUT"]
    assert result.score("pathway").missing == ("supervision_status",)
    assert result.band("pathway").label is None
    assert result.band("pathway").possible == ("ALTERNATIVE",)
    assert result.band("need_level").label == "LOW"


def test_bounds_tell_what_every_completion_could_give() -> None:
    answers = {**CALM, "supervision_status": "CUSTODY", "sara_risk_to_partner": None}
    pathway = pni({**answers, **UNSURE}).score("pathway")
    assert (pathway.value, pathway.low, pathway.high) == (None, 0, 1)


# --- what must be known of a result --------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"has_ever_committed_sexual_offence": True}, []),
        ({"is_a_risk_of_sexual_harm": False}, [SEX[0]]),
        ({}, [SEX[0]]),
    ],
)
def test_missing_answers_of_a_domain_that_does_not_count_are_told(
    changed: dict[str, Any], told: list[str]
) -> None:
    form = {**CALM, "supervision_status": "CUSTODY", SEX[0]: None, **changed}
    assert list(missing(pni(form), "missing_in_a_domain_that_does_not_count")) == told


@pytest.mark.parametrize(
    ("status", "told"), [("COMMUNITY", False), ("CUSTODY", False), ("REMAND", True)]
)
def test_result_on_remand_says_that_it_is_not_custody(status: str, told: bool) -> None:
    codes = {warning.code for warning in pni({**CALM, "supervision_status": status}).warnings}
    assert ("remand_is_not_custody" in codes) is told


@pytest.mark.parametrize("predictors", ["ARP_VRP_STATIC", "ARP_VRP_DYNAMIC"])
def test_result_of_the_second_generation_says_which_scores_were_used(predictors: str) -> None:
    form = {**CALM, "supervision_status": "CUSTODY", "arp": 75.0, "vrp": 60.0}
    del form["ogrs3_two_year"], form["ovp_two_year"]
    result = pni(form, choices={"predictors": predictors})
    assert result.band("pathway").label == "HIGH"
    assert "thresholds_of_other_scores" in {warning.code for warning in result.warnings}
    assert result.request.choices == (("predictors", predictors),)


def test_scores_of_the_other_generation_are_refused() -> None:
    with pytest.raises(InputError) as refused:
        pni({"arp": 75})
    assert [problem.code for problem in refused.value.problems] == ["not_asked"]


def test_result_outside_england_and_wales_carries_a_warning() -> None:
    form = {**CALM, "supervision_status": "CUSTODY"}
    inside = pni(form)
    outside = instruments.score(PNI, form, on=ON, respondent=Respondent(jurisdiction="xx"))
    assert "outside_population" not in {warning.code for warning in inside.warnings}
    assert "outside_population" in {warning.code for warning in outside.warnings}
    assert PNI.reference_model


def test_absent_scores_that_the_model_takes_as_answered_are_assumptions() -> None:
    result = pni({**dict.fromkeys(THIRTEEN, 0), "supervision_status": "COMMUNITY"})
    taken = {(*remark.items, remark.about) for remark in result.assumptions}
    assert {item for item, _ in taken} == set(result.missing) - set(THIRTEEN)
    assert taken >= {
        ("ogrs3_two_year", "0"),
        ("rsr", "0"),
        ("rsr", "100"),
        ("osp_dc_band", "NOT_APPLICABLE"),
        ("osp_dc_band", "VERY_HIGH"),
        ("osp_iic_band", "NOT_APPLICABLE"),
        ("osp_iic_band", "VERY_HIGH"),
        ("sara_risk_to_partner", "LOW"),
        ("is_a_risk_of_sexual_harm", "false"),
    }


@pytest.mark.parametrize(
    ("item", "answer"),
    [
        ("rsr", -1),
        ("rsr", 101),
        ("ogrs3_two_year", -0.01),
        ("ogrs3_two_year", 100.01),
        ("ovp_two_year", -0.01),
        ("ovp_two_year", 100.01),
        ("temper_control", 3),
        ("supervision_status", "BAIL"),
    ],
)
def test_answer_that_an_item_does_not_have_is_refused(item: str, answer: object) -> None:
    with pytest.raises(InputError):
        pni({**CALM, item: answer})


@pytest.mark.parametrize("item", ["arp", "vrp"])
def test_percentage_of_the_second_generation_is_from_0_to_100(item: str) -> None:
    chosen = {"predictors": "ARP_VRP_STATIC"}
    for percent in (-0.01, 100.01):
        with pytest.raises(InputError, match=rf"answers\.{item}"):
            pni({item: percent}, choices=chosen)
    for percent in (0, 100):
        assert item not in pni({item: percent}, choices=chosen).missing
