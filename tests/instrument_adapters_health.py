"""From the inputs of a published test vector to results under the names that the vector expects.

What is unknown is ``null`` in the vectors.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from rehabcore import instruments
from rehabcore.instruments import ScoreResult
from rehabcore.rules.truth import Answer
from tests.instrument_forms import ON

Inputs = Mapping[str, Any]
Results = dict[str, Any]


def _scored(tool: str, inputs: Inputs, **how: Any) -> ScoreResult:
    return instruments.score(instruments.find(tool), inputs["answers"], on=ON, **how)


def _values(result: ScoreResult, names: Iterable[str]) -> Results:
    return {name: result.score(name).value for name in names}


def _up(result: ScoreResult, *flags: str) -> Results:
    return {name: _TOLD[result.flag(name).answer] for name in flags}


_TOLD = {Answer.MET: True, Answer.NOT_MET: False, Answer.UNKNOWN: None}


def _bands(result: ScoreResult, *bands: str) -> Results:
    return {name: result.band(name).label for name in bands}


def _phq_9(inputs: Inputs) -> Results:
    """A total that is missing means that more items were blank than may be filled in.

    The vectors count a blank as a symptom below its threshold. The library leaves open then what
    depends on it: so the least of the possible answers of the algorithm is taken, and a critical
    item without an answer is not up.
    """
    result = _scored("PHQ-9", inputs)
    raw, algorithm = result.score("raw"), result.band("algorithm")
    scored = raw.why != "missing"
    return {
        **_values(result, ("total", "raw")),
        **_bands(result, "band"),
        **_up(result, "positive"),
        "critical_item9": result.critical == ("critical_item9",),
        "prorated": bool(raw.prorated),
        "algorithm": algorithm.possible[0] if scored else None,
        "reason": None if scored else "too_many_missing",
    }


def _phq_2(inputs: Inputs) -> Results:
    result = _scored("PHQ-2", inputs)
    return {**_values(result, ("total",)), **_up(result, "positive")}


def _gad_7(inputs: Inputs) -> Results:
    result = _scored("GAD-7", inputs)
    return {**_values(result, ("total",)), **_bands(result, "band"), **_up(result, "positive")}


def _k6(inputs: Inputs) -> Results:
    result = _scored("K6", inputs)
    return {**_values(result, ("total",)), **_bands(result, "band")}


def _pc_ptsd_5(inputs: Inputs) -> Results:
    result = _scored("PC-PTSD-5", inputs, choices={"cut": inputs["cut"]})
    return {
        **_values(result, ("total",)),
        **_up(result, "positive"),
        "cut": result.figure("cut_used").value,
    }


def _pcl_5(inputs: Inputs) -> Results:
    result = _scored("PCL-5", inputs)
    return {
        **_values(result, ("total", "B", "C", "D", "E")),
        **_up(result, "dsm5_provisional", "cut31", "cut33"),
    }


def _bjmhs(inputs: Inputs) -> Results:
    concern = {"officer_concern": inputs["officer_concern"]}
    result = _scored("BJMHS", {"answers": {**inputs["answers"], **concern}})
    return {**_values(result, ("q1_6",)), **_up(result, "refer")}


def _ace(inputs: Inputs) -> Results:
    result = _scored("ACE", inputs, tables=("four_plus",))
    return {**_values(result, ("total",)), **_up(result, "four_plus")}


def _ces_d(inputs: Inputs) -> Results:
    result = _scored("CES-D", inputs)
    return {**_values(result, ("total",)), **_up(result, "positive_16")}


def _scales(tool: str) -> Callable[[Inputs], Results]:
    """The adapter of a tool of which every scale is expected under its own name."""

    def results(inputs: Inputs) -> Results:
        result = _scored(tool, inputs)
        return _values(result, (score.name for score in result.scores))

    return results


def _urica(inputs: Inputs) -> Results:
    result = _scored("URICA", inputs)
    return {
        **_values(result, ("PC", "C", "A", "M", "readiness")),
        **_bands(result, "nearest_group"),
    }


DOMAINS = ("physical", "psychological", "social", "environment")


def _whoqol_bref(inputs: Inputs) -> Results:
    result = _scored("WHOQOL-BREF", inputs, keyed=inputs.get("keyed", False))
    void = any(score.why == "void_form" for score in result.scores)
    return {"void": void, **{domain: _domain(result, domain) for domain in DOMAINS}}


def _domain(result: ScoreResult, domain: str) -> Results | None:
    raw, scaled = result.score(domain).value, result.score(f"{domain}_100").value
    return None if raw is None else {"raw_4_20": raw, "scaled_0_100": scaled}


def _rses(inputs: Inputs) -> Results:
    form = {"form": inputs["form"]}
    result = _scored("RSES", inputs, choices=form, tables=("conventional",))
    return {**_values(result, ("total",)), **_bands(result, "conventional")}


ADAPTERS: dict[str, Callable[[Inputs], Results]] = {
    "PHQ-9": _phq_9,
    "PHQ-2": _phq_2,
    "GAD-7": _gad_7,
    "K6": _k6,
    "PC-PTSD-5": _pc_ptsd_5,
    "PCL-5": _pcl_5,
    "BJMHS": _bjmhs,
    "ACE": _ace,
    "CES-D": _ces_d,
    "CMR": _scales("CMR"),
    "SOCRATES-8": _scales("SOCRATES-8"),
    "URICA": _urica,
    "WHOQOL-BREF": _whoqol_bref,
    "RSES": _rses,
    "DERS-16": _scales("DERS-16"),
    "DERS-18": _scales("DERS-18"),
}
"""The results of each tool, by its name in the vectors."""
