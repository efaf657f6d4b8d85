"""Assessment instruments and reference models as data, and their scoring.

    from rehabcore import instruments
    result = instruments.score(instruments.find("audit"), answers, on=day)

An instrument informs a person who decides. Each was made on some population; its results say on
which, and warn when they are used for anybody else.
"""

from rehabcore.instruments.library import differs_from_library, find, load, names
from rehabcore.instruments.model.declaration import Instrument
from rehabcore.instruments.model.provenance import LicenceClass, Tier
from rehabcore.instruments.parts import part
from rehabcore.instruments.quick import quick_score
from rehabcore.instruments.reading import from_plain, read, to_plain
from rehabcore.instruments.results import (
    NOT_APPLICABLE,
    FigureUsed,
    Flagged,
    Placing,
    Remark,
    Request,
    Respondent,
    Score,
    ScoreResult,
)
from rehabcore.instruments.scoring import score

__all__ = [
    "NOT_APPLICABLE",
    "FigureUsed",
    "Flagged",
    "Instrument",
    "LicenceClass",
    "Placing",
    "Remark",
    "Request",
    "Respondent",
    "Score",
    "ScoreResult",
    "Tier",
    "differs_from_library",
    "find",
    "from_plain",
    "load",
    "names",
    "part",
    "quick_score",
    "read",
    "score",
    "to_plain",
]
