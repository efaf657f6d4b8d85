"""Country packs: the law and catalogue of a country as data, read strictly.

The folders in ``packs`` hold data only. ``load`` reads a bundled pack by its id, or any folder of
the same form.
"""

from rehabcore.jurisdictions.country import Jurisdiction
from rehabcore.jurisdictions.ending_law import EndingLaw, ending_law
from rehabcore.jurisdictions.reading.finding import bundled, examples
from rehabcore.jurisdictions.reading.loading import load

__all__ = ["EndingLaw", "Jurisdiction", "bundled", "ending_law", "examples", "load"]


def __dir__() -> list[str]:
    return __all__
