"""ARP and VRP by their published formula: every coefficient, written down a second time."""

import json
from collections.abc import Mapping
from math import log
from pathlib import Path
from typing import Any

import pytest

from tests.instruments.test_arp_and_vrp import DRUG, OWN, dynamic

FIGURES = json.loads(
    (Path(__file__).parents[1] / "cases" / "arp_and_vrp_figures.json").read_text("utf-8")
)
STEPS = ("NO_PROBLEMS", "SOME_PROBLEMS", "SIGNIFICANT_PROBLEMS")
MOTIVATION = ("FULL_MOTIVATION", "PARTIAL_MOTIVATION", "NO_MOTIVATION")
STEPPED = {
    "suitability_of_accommodation": "ACCOMMODATION_SUITABILITY",
    "current_relationship_with_partner": "RELATIONSHIP_QUALITY",
    "regular_offending_activities": "ACTIVITIES_ENCOURAGE_OFFENDING",
    "current_alcohol_use_problems": "CHRONIC_DRINKING",
    "excessive_alcohol_use": "BINGE_DRINKING",
    "impulsivity_problems": "IMPULSIVITY",
    "pro_criminal_attitudes": "PRO_CRIMINAL_ATTITUDE",
    "temper_control": "TEMPER",
}
FLAGGED = {
    "evidence_of_domestic_abuse": "DOMESTIC_ABUSE",
    "has_heroin_usage": "HEROIN",
    "has_methadone_usage": "METHADONE",
    "has_other_opiate_usage": "OTHER_OPIATE",
    "has_crack_cocaine_usage": "CRACK_COCAINE",
    "has_powder_cocaine_usage": "POWDER_COCAINE",
    "has_misused_prescription_drug_usage": "PRESCRIPTION_DRUG_MISUSE",
    "has_benzodiazepines_usage": "BENZODIAZEPINES",
    "has_cannabis_usage": "CANNABIS",
    "has_steroids_usage": "STEROIDS",
}
ANY_OF = (
    "has_other_drugs_usage",
    "has_ketamine_usage",
    "has_spice_usage",
    "has_hallucinogens_usage",
    "has_solvents_usage",
)
SETS = [(model, kind) for model in OWN for kind in ("static", "dynamic")]
BOTH = pytest.mark.parametrize(("model", "kind"), SETS)


def figures(table: str, model: str, kind: str) -> dict[str, float]:
    """A column of one of the published tables."""
    column = FIGURES["columns"].index(f"{model} {kind}")
    return {name: line[column] for name, line in FIGURES[table].items()}


def predictor(model: str, kind: str, **answers: Any) -> float:
    """What the instrument says. The person is 30 at both days, and free for 36 months."""
    value = dynamic(model, **answers).score(f"{kind}_linear_predictor").value
    assert value is not None
    return value


def static_terms(model: str, of: Mapping[str, float], sex: str, n: int, v: int) -> float:
    """The formula but for the offence and the dynamic answers, of one who is 30, first at 21."""
    age, career, months = 30, 30 - 21, 36
    z = of["TWO_YEAR_CONSTANT"] + (of["FEMALE"] if sex == "FEMALE" else 0)
    for power, name in enumerate(("AAI", "AAI_QUADRATIC", "AAI_CUBIC", "AAI_QUARTIC"), 1):
        z += of[f"{name}_{sex}"] * age**power
    for power, ending in enumerate(("", "_QUADRATIC", "_CUBIC", "_QUARTIC"), 1):
        z += of[f"OFFENCE_FREE_MONTHS{ending}"] * months**power
    z += n * of["SANCTION_OCCASIONS"]
    if n == 1:
        z += of["FIRST_SANCTION"]
    elif n == 2:
        z += of["SECOND_SANCTION"] + career * of[f"YRS_BETWEEN_FIRST_AND_SECOND_SANCTION_{sex}"]
    elif model == "arp":
        rate = log(n / (career + 26))
        z += rate * of[f"THREE_PLUS_SANCTIONS_COPAS_G_{sex}"]
        z += rate**2 * of[f"THREE_PLUS_SANCTIONS_COPAS_SQUARED_{sex}"]
    else:
        z += log(n / (career + 12)) * of[f"THREE_PLUS_SANCTIONS_COPAS_V_{sex}"]
    if model == "vrp" and v == 0:
        z += of[f"NEVER_VIOLENT_{sex}"]
    elif model == "vrp":
        z += v * of["VIOLENT_SANCTIONS"] + log(v / (career + 30)) * of["VIOLENT_RATE"]
        z += of["ONCE_VIOLENT"] if v == 1 else 0
    return z


@pytest.mark.no_cover
@BOTH
@pytest.mark.parametrize("sex", ["MALE", "FEMALE"])
@pytest.mark.parametrize(
    ("n", "v"), [(1, 0), (1, 1), (2, 0), (2, 1), (2, 2), (3, 0), (3, 3), (12, 1)]
)
def test_static_terms_are_those_of_the_formula(
    model: str, kind: str, sex: str, n: int, v: int
) -> None:
    answers: dict[str, Any] = {"gender": sex, "total_sanctions": n}
    if model == "vrp":
        answers["violent_sanctions"] = v
    of = figures("coefficients", model, kind)
    z = static_terms(model, of, sex, n, v) + figures("offences", model, kind)["OTHER_OFFENCES"]
    if kind == "dynamic":  # some problems with accommodation and with the partner
        z += of["ACCOMMODATION_SUITABILITY"] + of["RELATIONSHIP_QUALITY"]
    assert predictor(model, kind, **answers) == pytest.approx(z, abs=1e-11)


@pytest.mark.no_cover
@BOTH
def test_weight_of_an_offence_is_the_published_one(model: str, kind: str) -> None:
    weights, other = figures("offences", model, kind), predictor(model, kind)
    assert list(weights) == list(FIGURES["offences"])
    for category, weight in weights.items():
        told = {"current_offence_code": None, "offence_category": category}
        raised = predictor(model, kind, **told) - other
        expected = pytest.approx(weight - weights["OTHER_OFFENCES"], abs=1e-11)
        assert raised == expected, category


def answered(name: str) -> list[tuple[dict[str, Any], int]]:
    """The answers to a dynamic item, and how many times its coefficient each of them counts."""
    if name in STEPPED:
        return [({name: step}, count) for count, step in enumerate(STEPS)]
    return [({name: False}, 0), ({name: True}, 1)]


@pytest.mark.no_cover
@pytest.mark.parametrize("name", [*STEPPED, *FLAGGED])
@pytest.mark.parametrize("model", OWN)
def test_dynamic_answer_counts_its_coefficient(model: str, name: str) -> None:
    coefficient = figures("coefficients", model, "dynamic")[(STEPPED | FLAGGED)[name]]
    if not coefficient:
        assert name in {*OWN["arp"], *OWN["vrp"], *DRUG.values()}
        return
    motivated = {"motivation_to_tackle_drug_misuse": "FULL_MOTIVATION"}
    found = [predictor(model, "dynamic", **motivated, **told) for told, _ in answered(name)]
    expected = [count * coefficient for _, count in answered(name)]
    assert [value - found[0] for value in found] == pytest.approx(expected, abs=1e-11)


@pytest.mark.parametrize("model", OWN)
def test_other_dynamic_answers_count_as_published(model: str) -> None:
    of = figures("coefficients", model, "dynamic")
    usual = {"motivation_to_tackle_drug_misuse": "FULL_MOTIVATION"}
    before = predictor(model, "dynamic", **usual)

    def raised(**answers: Any) -> float:
        return predictor(model, "dynamic", **{**usual, **answers}) - before

    for count, answer in enumerate(MOTIVATION):
        expected = count * of["MOTIVATION_TO_TACKLE_DRUG_MISUSE"]
        told = raised(motivation_to_tackle_drug_misuse=answer)
        assert told == pytest.approx(expected, abs=1e-11)
    for drugs in (*((drug,) for drug in ANY_OF), ANY_OF):
        told = raised(**dict.fromkeys(drugs, True))
        assert told == pytest.approx(of["OTHER_DRUGS"], abs=1e-11)
    assert raised(is_unemployed=True) == pytest.approx(2 * of["UNEMPLOYED"], abs=1e-11)
    for count, step in enumerate(STEPS):
        partner = {
            "current_relationship_status": "IN_RELATIONSHIP_LIVING_TOGETHER",
            "current_relationship_with_partner": step,
        }
        together = of["LIVE_IN_RELATIONSHIP"] + count * of["QUALITY_OF_LIVE_IN_RELATIONSHIP"]
        together += (count - 1) * of["RELATIONSHIP_QUALITY"]  # alone, there were some problems
        assert raised(**partner) == pytest.approx(together, abs=1e-11)
