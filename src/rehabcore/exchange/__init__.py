"""Case files, results, decisions and scores as JSON, and new records of a case file."""

from rehabcore.exchange.additions import append
from rehabcore.exchange.envelopes import SCHEMAS, Document, canonical, content_hash, read, write
from rehabcore.exchange.inputs import Input
from rehabcore.strict.on_demand import names_on_demand

TYPE_CHECKING = False  # type checkers read it as true; cattrs is imported for those who use it

if TYPE_CHECKING:
    from rehabcore.exchange.converters import converter as converter
    from rehabcore.exchange.foreign_plans import PlanRead as PlanRead
    from rehabcore.exchange.foreign_plans import read_plan as read_plan
else:
    _HOMES = {
        "rehabcore.exchange.converters": "converter",
        "rehabcore.exchange.foreign_plans": "PlanRead read_plan",
    }
    __getattr__ = names_on_demand(__name__, _HOMES)

__all__ = [
    "SCHEMAS",
    "Document",
    "Input",
    "PlanRead",
    "append",
    "canonical",
    "content_hash",
    "converter",
    "read",
    "read_plan",
    "write",
]


def __dir__() -> list[str]:
    return __all__
