"""From the inputs of a published test vector to results under the names that the vector expects.

Most tools need no adapter of their own: beside the answers their vectors have the sex of the
respondent, whether the answers are points, and what was chosen; and what they expect has the names
of scores, bands, flags and norms. What is unknown is ``null`` in the vectors.
"""

from collections.abc import Callable, Mapping
from typing import Any

from rehabcore.instruments import ScoreResult
from rehabcore.rules.truth import Answer
from tests.kit.instrument_forms import scored

Inputs = Mapping[str, Any]
Results = dict[str, Any]


def _scored(tool: str, inputs: Inputs, tables: tuple[str, ...] = ()) -> ScoreResult:
    choices = dict(inputs)
    answers, sex = choices.pop("answers"), choices.pop("sex", None)
    keyed = choices.pop("keyed", False)
    return scored(tool, answers, sex, keyed=keyed, choices=choices, tables=tables)


def _by_name(tool: str, *tables: str) -> Callable[[Inputs], Results]:
    """The adapter of a tool whose vectors expect what results call it; with tables on request."""
    return lambda inputs: _results(_scored(tool, inputs, tables))


def _results(result: ScoreResult) -> Results:
    return {
        **{score.name: score.value for score in result.scores},
        **{placing.name: placing.label for placing in result.placings},
        **{flag.name: _TOLD[flag.answer] for flag in result.flags},
        **{figure.name: figure.value for figure in result.figures},
    }


_TOLD = {Answer.MET: True, Answer.NOT_MET: False, Answer.UNKNOWN: None}


def _bjmhs(inputs: Inputs) -> Results:
    """The officer's concern stands beside the answers, and is an item here."""
    concern = {"officer_concern": inputs["officer_concern"]}
    return _results(scored("bjmhs", {**inputs["answers"], **concern}))


def _pc_ptsd_5(inputs: Inputs) -> Results:
    result = _scored("pc-ptsd-5", inputs)
    return {**_results(result), "cut": result.figure("cut_used").value}


def _phq_9(inputs: Inputs) -> Results:
    """A total that is missing means that more items were blank than may be filled in.

    The vectors count a blank as a symptom below its threshold. The library leaves open then what
    depends on it: so the least of the possible answers of the algorithm is taken, and a critical
    item without an answer is not up.
    """
    result = _scored("phq-9", inputs)
    raw, algorithm = result.score("raw"), result.band("algorithm")
    void = raw.why == "missing"
    return {
        **_results(result),
        "critical_item9": result.critical == ("critical_item9",),
        "prorated": bool(raw.prorated),
        "algorithm": None if void else algorithm.possible[0],
        "reason": "too_many_missing" if void else None,
    }


DOMAINS = ("physical", "psychological", "social", "environment")


def _whoqol_bref(inputs: Inputs) -> Results:
    result = _scored("whoqol-bref", inputs)
    void = any(score.why == "void_form" for score in result.scores)
    return {"void": void, **{domain: _domain(result, domain) for domain in DOMAINS}}


def _domain(result: ScoreResult, domain: str) -> Results | None:
    raw, scaled = result.score(domain).value, result.score(f"{domain}_100").value
    return None if raw is None else {"raw_4_20": raw, "scaled_0_100": scaled}


ADAPTERS: dict[str, Callable[[Inputs], Results]] = {
    **{
        tool: _by_name(tool)
        for tool in (
            "ASSIST-3.1",
            "AUDIT",
            "AUDIT-C",
            "CES-D",
            "CMR",
            "CUDIT-R",
            "DAST-10",
            "DERS-16",
            "DERS-18",
            "DUDIT",
            "GAD-7",
            "K6",
            "NODS",
            "PCL-5",
            "PGSI",
            "PHQ-2",
            "PSA",
            "SDS",
            "SOCRATES-8",
            "TCUDS-5",
            "URICA",
        )
    },
    "ACE": _by_name("ACE", "four_plus"),
    "BJMHS": _bjmhs,
    "PC-PTSD-5": _pc_ptsd_5,
    "PHQ-9": _phq_9,
    "RSES": _by_name("RSES", "conventional"),
    "WHOQOL-BREF": _whoqol_bref,
}
"""How the vectors of every tool that is built are run: one entry a tool."""
