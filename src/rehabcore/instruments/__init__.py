"""Assessment instruments and reference models as data, and their scoring.

    from rehabcore import instruments
    result = instruments.score(instruments.find("audit"), answers, on=day)

An instrument informs a person who decides. Each was made on some population; its results say on
which, and warn when they are used for anybody else.
"""

from rehabcore.strict.on_demand import names_from, names_on_demand

TYPE_CHECKING = False  # type checkers read it as true; the module `typing` is slow to import

_HOMES = {
    "rehabcore.instruments.detail": (
        "BandChange Contribution ItemState Lacking Neighbour WhyLacking band_changes "
        "contributions item_states lacking neighbours"
    ),
    "rehabcore.instruments.library": "differs_from_library find load_instrument names",
    "rehabcore.instruments.model.declaration": "Instrument",
    "rehabcore.instruments.model.provenance": "LicenceClass Tier",
    "rehabcore.instruments.model.requests": "NOT_APPLICABLE Given Request Respondent",
    "rehabcore.instruments.model.score_results": (
        "FigureUsed Flagged Placing Remark ScaleScore ScoreResult"
    ),
    "rehabcore.instruments.parts": "part",
    "rehabcore.instruments.quick": "quick_score",
    "rehabcore.instruments.reading": "from_plain read_instrument to_plain",
    "rehabcore.instruments.scoring": "score",
}
"""The names that the package offers, by the modules that define them."""

__all__ = list(names_from(_HOMES))

if TYPE_CHECKING:
    from rehabcore.instruments.detail import BandChange as BandChange
    from rehabcore.instruments.detail import Contribution as Contribution
    from rehabcore.instruments.detail import ItemState as ItemState
    from rehabcore.instruments.detail import Lacking as Lacking
    from rehabcore.instruments.detail import Neighbour as Neighbour
    from rehabcore.instruments.detail import WhyLacking as WhyLacking
    from rehabcore.instruments.detail import band_changes as band_changes
    from rehabcore.instruments.detail import contributions as contributions
    from rehabcore.instruments.detail import item_states as item_states
    from rehabcore.instruments.detail import lacking as lacking
    from rehabcore.instruments.detail import neighbours as neighbours
    from rehabcore.instruments.library import differs_from_library as differs_from_library
    from rehabcore.instruments.library import find as find
    from rehabcore.instruments.library import load_instrument as load_instrument
    from rehabcore.instruments.library import names as names
    from rehabcore.instruments.model.declaration import Instrument as Instrument
    from rehabcore.instruments.model.provenance import LicenceClass as LicenceClass
    from rehabcore.instruments.model.provenance import Tier as Tier
    from rehabcore.instruments.model.requests import NOT_APPLICABLE as NOT_APPLICABLE
    from rehabcore.instruments.model.requests import Given as Given
    from rehabcore.instruments.model.requests import Request as Request
    from rehabcore.instruments.model.requests import Respondent as Respondent
    from rehabcore.instruments.model.score_results import FigureUsed as FigureUsed
    from rehabcore.instruments.model.score_results import Flagged as Flagged
    from rehabcore.instruments.model.score_results import Placing as Placing
    from rehabcore.instruments.model.score_results import Remark as Remark
    from rehabcore.instruments.model.score_results import ScaleScore as ScaleScore
    from rehabcore.instruments.model.score_results import ScoreResult as ScoreResult
    from rehabcore.instruments.parts import part as part
    from rehabcore.instruments.quick import quick_score as quick_score
    from rehabcore.instruments.reading import from_plain as from_plain
    from rehabcore.instruments.reading import read_instrument as read_instrument
    from rehabcore.instruments.reading import to_plain as to_plain
    from rehabcore.instruments.scoring import score as score
else:
    __getattr__ = names_on_demand(__name__, _HOMES)


def __dir__() -> list[str]:
    return __all__
