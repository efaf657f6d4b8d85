"""Case files, results, decisions and scores as JSON, and new records of a case file."""

from rehabcore.exchange.additions import append
from rehabcore.exchange.converters import converter
from rehabcore.exchange.envelopes import SCHEMAS, Document, canonical, content_hash, read, write
from rehabcore.exchange.inputs import Input

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
