"""From the inputs of a published test vector to results under the names that the vector expects.

These tools need no adapter of their own: beside the answers their vectors have the sex of the
respondent, whether the answers are points, and what was chosen; and what they expect has the names
of scores, bands, flags and norms.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from rehabcore import instruments
from rehabcore.instruments import Respondent, ScoreResult
from rehabcore.rules.truth import Answer
from rehabcore.vocabulary import Sex

ON = date(2026, 1, 31)

Inputs = Mapping[str, Any]
Results = dict[str, Any]


def _by_name(tool: str) -> Callable[[Inputs], Results]:
    def results(inputs: Inputs) -> Results:
        choices = dict(inputs)
        answers, sex = choices.pop("answers"), choices.pop("sex", None)
        return _results(
            instruments.score(
                instruments.find(tool),
                answers,
                on=ON,
                respondent=Respondent(sex=Sex(sex) if sex else None),
                keyed=choices.pop("keyed", False),
                choices=choices,
            )
        )

    return results


def _results(result: ScoreResult) -> Results:
    return {
        **{score.name: score.value for score in result.scores},
        **{placing.name: placing.label for placing in result.placings},
        **{flag.name: _TOLD[flag.answer] for flag in result.flags},
        **{figure.name: figure.value for figure in result.figures},
    }


_TOLD = {Answer.MET: True, Answer.NOT_MET: False, Answer.UNKNOWN: None}

ADAPTERS: dict[str, Callable[[Inputs], Results]] = {
    tool: _by_name(tool)
    for tool in (
        "ASSIST-3.1",
        "AUDIT",
        "AUDIT-C",
        "CUDIT-R",
        "DAST-10",
        "DUDIT",
        "NODS",
        "PGSI",
        "PSA",
        "SDS",
        "TCUDS-5",
    )
}
"""The results of each tool, by its name in the vectors."""
