"""Reads the published rows of the needs identifier and the tier, and tells results as they do.

An input that is null is absent. Some rows are of one gate alone; then the need and the risk are
given. Ratings that the published code reads as free text, in any case, become codes.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from rehabcore import instruments
from rehabcore.instruments import Instrument, Respondent, ScoreResult
from rehabcore.rules.truth import Answer

Inputs = Mapping[str, Any]
Results = dict[str, Any]

PNI = instruments.find("uk-ew/pni@hmpps-arns")
PROGRAMMES = instruments.find("uk-ew/pni@accredited-programmes")
TIER = instruments.find("uk-ew/tier@hmpps-tier-v3")

ON = date(2025, 1, 15)
LEVELS = {"LOW": 0, "MEDIUM": 1, "HIGH": 2}
FREE_TEXTS = ("gender", "osp_dc", "osp_iic", "sara_partner", "sara_others")


def results_of(row: Mapping[str, Any]) -> Results:
    """What a row asks for, under the names that it expects."""
    inputs = {name: value for name, value in row["inputs"].items() if value is not None}
    return _TOOLS[row["tool"]](inputs)


def pni(answers: Inputs, model: Instrument = PNI, **more: Any) -> ScoreResult:
    """The whole needs identifier, of somebody in England and Wales."""
    person = Respondent(jurisdiction="uk-ew")
    return instruments.score(model, answers, on=ON, respondent=person, **more)


def tier(answers: Inputs, on: date = ON) -> ScoreResult:
    """The supervision tier on a day."""
    return instruments.score(TIER, answers, on=on, respondent=Respondent(jurisdiction="uk-ew"))


def part(model: Instrument, wanted: str, known: Inputs) -> Any:
    """One scale or band of a model, of what is known."""
    told = dict(known)
    for name in FREE_TEXTS:
        if name in told:
            told[name] = told[name].upper().replace(" ", "_")
    for level in ("need", "risk"):
        if level in told:
            told[level] = LEVELS[told[level]]
    return instruments.part(model, wanted, told, on=ON)


def _pathway(inputs: Inputs) -> Results:
    return {"pathway": pni(inputs).band("pathway").label or "OMISSION"}


def _domain(inputs: Inputs) -> Results:
    items = {name: value for name, value in inputs["items"].items() if value is not None}
    return {
        "score": part(PNI, f"{inputs['domain']}_domain", items),
        "missing_count": part(PNI, f"{inputs['domain']}_missing", items),
    }


def _truths(model: Instrument, **scales: str) -> Callable[[Inputs], Results]:
    return lambda inputs: {name: part(model, scale, inputs) == 1 for name, scale in scales.items()}


def _label(model: Instrument, name: str, band: str) -> Callable[[Inputs], Results]:
    return lambda inputs: {name: part(model, band, inputs)}


def _tier(inputs: Inputs) -> Results:
    answers = dict(inputs)
    on = date.fromisoformat(answers.pop("calculation_date", ON.isoformat()))
    if "latest_release_date" in answers:
        answers["latest_release_date"] = date.fromisoformat(answers["latest_release_date"])
    result = tier(answers, on)
    if result.objections:
        return {"errors": ["REJECTED"]}
    provisional = result.flag("provisional").answer is Answer.MET
    return {"tier": result.band("tier").label, "provisional": provisional}


_TOOLS: dict[str, Callable[[Inputs], Results]] = {
    "pni": _pathway,
    "pni.domain_score": _domain,
    "pni.is_high_risk": _truths(PNI, result="high_risk"),
    "pni.is_medium_risk": _truths(PNI, result="medium_risk"),
    "pni.intensity": _truths(
        PNI, high_intensity="high_intensity", moderate_intensity="moderate_intensity"
    ),
    "pni.matrix": _label(PROGRAMMES, "pathway", "matrix_pathway"),
    "pni.ap.is_high_risk": _truths(PROGRAMMES, result="high_risk"),
    "pni.ap.is_medium_risk": _truths(PROGRAMMES, result="medium_risk"),
    "pni.ap.high_intensity_on_risk": _truths(PROGRAMMES, result="high_intensity_on_risk"),
    "pni.ap.risk_classification": _label(PROGRAMMES, "classification", "risk_level"),
    "tier.v3": _tier,
}


def missing(result: ScoreResult, code: str) -> Iterable[str]:
    """The items that the objections and warnings of a code name."""
    remarks = (*result.objections, *result.warnings)
    return [item for remark in remarks if remark.code == code for item in remark.items]
