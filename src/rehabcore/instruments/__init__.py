"""Assessment instruments and reference models as data, and their scoring.

    from rehabcore import instruments
    result = instruments.score(instruments.find("audit"), answers, on=day)

An instrument informs a person who decides. Each was made on some population; its results say on
which, and warn when they are used for anybody else.
"""

from rehabcore.instruments.detail import (
    BandChange,
    Contribution,
    ItemState,
    Lacking,
    Neighbour,
    WhyLacking,
    band_changes,
    contributions,
    item_states,
    lacking,
    neighbours,
)
from rehabcore.instruments.library import differs_from_library, find, load_instrument, names
from rehabcore.instruments.model.declaration import Instrument
from rehabcore.instruments.model.provenance import LicenceClass, Tier
from rehabcore.instruments.model.requests import NOT_APPLICABLE, Given, Request, Respondent
from rehabcore.instruments.model.score_results import (
    FigureUsed,
    Flagged,
    Placing,
    Remark,
    ScaleScore,
    ScoreResult,
)
from rehabcore.instruments.parts import part
from rehabcore.instruments.quick import quick_score
from rehabcore.instruments.reading import from_plain, read_instrument, to_plain
from rehabcore.instruments.scoring import score

__all__ = [
    "NOT_APPLICABLE",
    "BandChange",
    "Contribution",
    "FigureUsed",
    "Flagged",
    "Given",
    "Instrument",
    "ItemState",
    "Lacking",
    "LicenceClass",
    "Neighbour",
    "Placing",
    "Remark",
    "Request",
    "Respondent",
    "ScaleScore",
    "ScoreResult",
    "Tier",
    "WhyLacking",
    "band_changes",
    "contributions",
    "differs_from_library",
    "find",
    "from_plain",
    "item_states",
    "lacking",
    "load_instrument",
    "names",
    "neighbours",
    "part",
    "quick_score",
    "read_instrument",
    "score",
    "to_plain",
]


def __dir__() -> list[str]:
    return list(__all__)
