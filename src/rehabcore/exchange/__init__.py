"""Case files, results, decisions and scores as JSON, and new records of a case file."""

from rehabcore.exchange.additions import append
from rehabcore.exchange.envelopes import SCHEMAS, Document, canonical, content_hash, read, write
from rehabcore.exchange.inputs import Input
from rehabcore.strict.on_demand import names_on_demand

TYPE_CHECKING = False  # type checkers read it as true; cattrs is imported for those who use it

if TYPE_CHECKING:
    from rehabcore.exchange.converters import converter as converter
else:
    __getattr__ = names_on_demand(__name__, {"rehabcore.exchange.converters": "converter"})

__all__ = [
    "SCHEMAS",
    "Document",
    "Input",
    "append",
    "canonical",
    "content_hash",
    "converter",
    "read",
    "write",
]


def __dir__() -> list[str]:
    return __all__
