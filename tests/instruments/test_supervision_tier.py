"""The supervision tier, version 3: each of its rules, on both sides of each edge."""

from datetime import date
from typing import Any

import pytest

from rehabcore import instruments
from rehabcore.instruments import Respondent
from rehabcore.rules.truth import Answer
from rehabcore.strict.problems import InputError
from tests.kit.builders import day
from tests.kit.reference_need_rows import ON, TIER, missing, tier

LEAST: dict[str, Any] = {"arp": 0.0, "csrp": 0.0, "rosh": "LOW"}
"""Both predictors at their least, and nothing else: tier G."""
STATIC = {"arp_type": "STATIC", "csrp_type": "STATIC"}
ARP_STATIC = {"arp_type": "STATIC"}
CSRP_STATIC = {"csrp_type": "STATIC"}


def _label(answers: dict[str, Any], on: date = ON) -> str | None:
    return tier({**LEAST, **answers}, on).band("tier").label


# --- reoffending ---------------------------------------------------------------------------

ARP_STARTS = (90, 75, 50, 25, 15, 0)
GRID = {6.9: "AABBBB", 3: "ABCCCC", 1: "BCDEEE", 0.5: "CDEEFF", 0: "DDEFFG"}


@pytest.mark.parametrize("csrp", GRID)
def test_grid_of_both_predictors_at_the_start_and_the_end_of_each_cell(csrp: float) -> None:
    above = min((start for start in GRID if start > csrp), default=100.01)
    ends = (100.01, *ARP_STARTS)
    for arp, end, label in zip(ARP_STARTS, ends, GRID[csrp], strict=False):
        corners = [(a, c) for a in (arp, end - 0.01) for c in (csrp, above - 0.01)]
        for arp_score, csrp_score in corners:
            told = {"arp": round(arp_score, 2), "csrp": round(csrp_score, 2)}
            assert _label(told) == label, told


@pytest.mark.parametrize(
    ("lacking", "named"),
    [
        ({"arp": None}, ["arp"]),
        ({"csrp": None}, ["csrp"]),
        ({"arp": None, "csrp": None}, ["arp", "csrp"]),
    ],
)
def test_without_a_predictor_there_is_no_tier_whatever_the_other_rules_give(
    lacking: dict[str, Any], named: list[str]
) -> None:
    result = tier({**LEAST, "mappa": True, "rosh": "VERY_HIGH", **lacking})
    assert result.band("tier").label is None
    assert list(missing(result, "MISSING")) == named
    assert list(result.score("tier").missing) == named
    assert result.flag("provisional").answer is Answer.UNKNOWN


@pytest.mark.parametrize("answers", [{}, LEAST, {**LEAST, "dc_srp": 0.1, "dc_srp_band": "MEDIUM"}])
def test_person_without_an_active_sentence_is_not_supervised(answers: dict[str, Any]) -> None:
    result = tier({**answers, "active_sentence": False})
    assert result.band("tier").label == "NOT_SUPERVISED"
    assert not result.objections
    assert result.flag("provisional").answer is Answer.NOT_MET


# --- contact sexual reoffending ------------------------------------------------------------


@pytest.mark.parametrize(
    ("band", "score", "label"),
    [
        ("VERY_HIGH", 0.01, "A"),
        ("HIGH", 5.31, "B"),
        ("HIGH", 0.01, "B"),
        ("MEDIUM", 9.0, "C"),
        ("MEDIUM", 3.36, "C"),
        ("MEDIUM", 3.35, "D"),
        ("MEDIUM", 2.11, "D"),
        ("MEDIUM", 2.1, "C"),
        ("MEDIUM", 1.12, "C"),
        ("MEDIUM", 1.11, "D"),
        ("MEDIUM", 0.6, "D"),
        ("LOW", 0.02, "E"),
        ("NOT_APPLICABLE", 5.31, "G"),
        (None, 5.31, "G"),
        ("VERY_HIGH", 0, "G"),
        ("VERY_HIGH", None, "G"),
        ("MEDIUM", 0, "G"),
    ],
)
def test_tier_by_band_and_score_of_sexual_reoffending(
    band: str | None, score: float | None, label: str
) -> None:
    assert _label({"dc_srp": score, "dc_srp_band": band}) == label


@pytest.mark.parametrize(
    ("score", "reduced", "label"),
    [
        (3.36, True, "C"),
        (3.35, True, "C"),
        (2.11, True, "C"),
        (1.12, True, "C"),
        (1.11, True, "D"),
        (0.6, True, "D"),
        (2.11, False, "D"),
        (2.11, None, "D"),
    ],
)
def test_reduced_score_has_the_tier_of_reduced_scores(
    score: float, reduced: bool | None, label: str
) -> None:
    told = {"dc_srp": score, "dc_srp_band": "MEDIUM", "dc_srp_reduced": reduced}
    assert _label(told) == label


@pytest.mark.parametrize("reduced", [True, False, None])
def test_medium_band_below_its_scores_is_refused(reduced: bool | None) -> None:
    told = {"dc_srp": 0.59, "dc_srp_band": "MEDIUM", "dc_srp_reduced": reduced}
    result = tier({**LEAST, **told})
    assert [one.code for one in result.objections] == ["MEDIUM_BAND_BELOW_ITS_SCORES"]
    assert result.score("tier").value is None
    assert result.flag("provisional").answer is Answer.UNKNOWN


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"dc_srp": 1.0}, ["dc_srp_band"]),
        ({"dc_srp_band": "HIGH"}, ["dc_srp"]),
        ({}, []),
        ({"dc_srp": 1.0, "dc_srp_band": "HIGH"}, []),
    ],
)
def test_half_of_the_sexual_predictor_is_told(given: dict[str, Any], named: list[str]) -> None:
    assert list(missing(tier({**LEAST, **given}), "half_of_dc_srp")) == named


# --- serious harm, long sentences, registers -----------------------------------------------


@pytest.mark.parametrize(
    ("rosh", "with_mappa", "without"),
    [
        ("VERY_HIGH", "A", "C"),
        ("HIGH", "C", "D"),
        ("MEDIUM", "D", "G"),
        ("LOW", "E", "G"),
        (None, "E", "G"),
    ],
)
def test_tier_by_serious_harm(rosh: str | None, with_mappa: str, without: str) -> None:
    assert _label({"rosh": rosh, "mappa": True}) == with_mappa
    assert _label({"rosh": rosh, "mappa": False}) == without
    assert _label({"rosh": rosh}) == without


@pytest.mark.parametrize(
    ("release", "on", "label"),
    [
        ("2025-06-30", "2025-01-15", "B"),
        ("2025-01-16", "2025-01-15", "B"),
        ("2025-01-15", "2025-01-15", "B"),
        ("2024-01-16", "2025-01-15", "B"),
        ("2024-01-15", "2025-01-15", "B"),
        ("2024-01-14", "2025-01-15", "D"),
        ("2020-01-16", "2025-01-15", "D"),
        ("2020-01-15", "2025-01-15", "D"),
        ("2020-01-14", "2025-01-15", "E"),
        ("1990-01-15", "2025-01-15", "E"),
        ("2024-02-29", "2025-02-28", "B"),
        ("2024-02-29", "2025-03-01", "D"),
        ("2023-02-28", "2024-02-28", "B"),
        ("2023-02-28", "2024-02-29", "D"),
        ("2020-02-29", "2025-02-28", "D"),
        ("2020-02-29", "2025-03-01", "E"),
    ],
)
def test_tier_of_a_long_sentence_by_the_years_since_release(
    release: str, on: str, label: str
) -> None:
    told = {"lifer_ipp": True, "latest_release_date": day(release)}
    assert _label(told, day(on)) == label
    assert _label({**told, "lifer_ipp": False}, day(on)) == "G"


def test_long_sentence_without_a_release_gives_nothing() -> None:
    assert _label({"lifer_ipp": True}) == "G"


@pytest.mark.parametrize(
    ("registers", "label"),
    [
        (("domestic_abuse",), "E"),
        (("stalking",), "F"),
        (("child_protection",), "F"),
        (("ever_committed_sexual_offence",), "E"),
        (("stalking", "child_protection"), "F"),
        (("stalking", "domestic_abuse"), "E"),
    ],
)
def test_tier_by_registers(registers: tuple[str, ...], label: str) -> None:
    assert _label(dict.fromkeys(registers, True)) == label
    assert _label(dict.fromkeys(registers, False)) == "G"


# --- provisional tiers ---------------------------------------------------------------------

ABSENT = {"rosh": None}
TODAY = {"lifer_ipp": True, "latest_release_date": ON}


@pytest.mark.parametrize(
    ("answers", "label", "provisional"),
    [
        (LEAST, "G", False),
        ({**STATIC, "arp": 90, "csrp": 6.9, "rosh": "HIGH"}, "A", True),
        ({**STATIC, "dc_srp": 0.01, "dc_srp_band": "VERY_HIGH"}, "A", False),
        ({**STATIC, "mappa": True, "rosh": "VERY_HIGH"}, "A", False),
        ({**STATIC, "dc_srp": 2.11, "dc_srp_band": "HIGH"}, "B", True),
        ({**ARP_STATIC, "csrp": 0.5, "rosh": "MEDIUM"}, "F", True),
        ({**ARP_STATIC, "csrp": 0.5, "mappa": True, "rosh": "HIGH"}, "C", False),
        ({**ARP_STATIC, "csrp": 0.49, "rosh": "HIGH"}, "D", False),
        ({**ARP_STATIC, "csrp": 1, "mappa": True, "rosh": "HIGH"}, "C", True),
        ({**ARP_STATIC, "csrp": 1, **TODAY}, "B", False),
        ({**ARP_STATIC, "csrp": 3, **TODAY}, "B", True),
        ({**CSRP_STATIC, "arp": 25, "rosh": "MEDIUM"}, "F", True),
        ({**CSRP_STATIC, "arp": 74.9, **TODAY}, "B", False),
        ({**CSRP_STATIC, "arp": 75, **TODAY}, "B", True),
        ({**ABSENT, "mappa": True, "arp": 50, "csrp": 6.9}, "B", True),
        ({**ABSENT, "mappa": True, "arp": 90, "csrp": 6.9}, "A", False),
        ({**ABSENT, "mappa": True, "dc_srp": 0.01, "dc_srp_band": "VERY_HIGH"}, "A", False),
        ({**ABSENT, "arp": 75}, "D", True),
        ({**ABSENT, "arp": 90, "csrp": 0.5}, "C", False),
        ({**ABSENT, "dc_srp": 1.12, "dc_srp_band": "MEDIUM"}, "C", False),
        ({**ABSENT, "dc_srp": 0.6, "dc_srp_band": "MEDIUM"}, "D", True),
        ({**ABSENT, **TODAY}, "B", False),
        ({**ABSENT, "ever_committed_sexual_offence": True}, "E", True),
        ({**ABSENT, **ARP_STATIC, "arp": 90, "csrp": 0, **TODAY}, "B", False),
        ({**ABSENT, **CSRP_STATIC, "arp": 15, "csrp": 6.9}, "B", True),
    ],
)
def test_tier_is_provisional_where_what_is_missing_could_raise_it(
    answers: dict[str, Any], label: str, provisional: bool
) -> None:
    result = tier({**LEAST, **answers})
    assert result.band("tier").label == label
    assert result.flag("provisional").answer is (Answer.MET if provisional else Answer.NOT_MET)


# --- what must be known of a result --------------------------------------------------------


def test_every_result_says_that_a_tier_is_no_level_of_risk() -> None:
    assert "no_level_of_risk" in {warning.code for warning in tier(LEAST).warnings}


@pytest.mark.parametrize(
    ("types", "named"),
    [({}, []), (ARP_STATIC, ["arp"]), (CSRP_STATIC, ["csrp"]), (STATIC, ["arp", "csrp"])],
)
def test_static_scores_are_told(types: dict[str, str], named: list[str]) -> None:
    assert list(missing(tier({**LEAST, **types}), "static_score")) == named


def test_tier_outside_england_and_wales_carries_a_warning() -> None:
    outside = instruments.score(TIER, LEAST, on=ON, respondent=Respondent(jurisdiction="xx"))
    assert "outside_population" in {warning.code for warning in outside.warnings}
    assert "outside_population" not in {warning.code for warning in tier(LEAST).warnings}


def test_absent_inputs_that_the_model_takes_as_answered_are_assumptions() -> None:
    taken = {item for remark in tier({"arp": 0, "csrp": 0}).assumptions for item in remark.items}
    assert {"active_sentence", "mappa", "rosh", "dc_srp", "lifer_ipp", "stalking"} <= taken


@pytest.mark.parametrize(
    ("item", "answer"),
    [("arp", -0.1), ("csrp", 100.1), ("rosh", "Very High"), ("latest_release_date", "2025-01-15")],
)
def test_answer_that_an_item_does_not_have_is_refused(item: str, answer: object) -> None:
    with pytest.raises(InputError):
        tier({**LEAST, item: answer})


@pytest.mark.parametrize("release", ["1849-12-31", "2200-01-01"])
def test_day_that_may_lie_ahead_is_refused_only_beyond_reason(release: str) -> None:
    with pytest.raises(InputError) as refused:
        tier({**LEAST, "latest_release_date": day(release)})
    [problem] = refused.value.problems
    assert (problem.code, problem.expected) == ("date_out_of_range", "a day from 1850 to 2199")
