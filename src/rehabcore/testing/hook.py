"""The entry point of Hypothesis: it says where strategies of our types are, and loads no room.

``import hypothesis`` calls it, whether or not the library is used. Strategies are looked up when
``st.from_type`` asks for a type of the library, and so when its module was imported.
"""

from contextlib import suppress
from importlib import import_module
from typing import Any


def offer() -> None:
    """Let ``st.from_type`` ask here for the strategies of the library's types.

    Hypothesis offers this to its own extras alone. Where it no longer does, it infers strategies
    from the fields of a record, and importing it must not fail.
    """
    with suppress(ImportError, AttributeError):
        types: Any = import_module("hypothesis.strategies._internal.types")
        types._global_extra_lookup["rehabcore.rules"] = strategy_of


def strategy_of(kind: object) -> Any:
    """The strategy of a type of the library, or None where there is none here."""
    if not str(getattr(kind, "__module__", "")).startswith("rehabcore."):
        return None
    from rehabcore.testing.strategies.types import STRATEGIES

    make = STRATEGIES.get(kind)
    return make and make()
