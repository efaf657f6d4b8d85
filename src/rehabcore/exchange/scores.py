"""The data of stored scores. Only who stores or reads a score loads the room of instruments."""

from typing import Any

from rehabcore.instruments import ScoreResult
from rehabcore.instruments.score_data import SCORE_FORM
from rehabcore.rules.data.plain import plain_forms
from rehabcore.strict.structure import Codec

_CODEC = Codec((*plain_forms(), SCORE_FORM))


def written_score(score: ScoreResult) -> Any:
    """The data of a score."""
    return _CODEC.write(score)


def read_score(data: object) -> ScoreResult:
    """Read the data of a score.

    Raises:
        InputError: names every problem, with paths below ``data``.
    """
    return _CODEC.read(data, ScoreResult, path="data")
