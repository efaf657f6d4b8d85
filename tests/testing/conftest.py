"""Strategies that are kept are made anew for each example, so that coverage sees them made."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest

KEEPING = ("criteria", "facts", "forms", "time")
"""The modules of strategies that keep what they have made."""


@pytest.fixture(autouse=True)
def _made_anew(request: pytest.FixtureRequest) -> None:
    """Forget what a law may have made, of which no coverage is measured."""
    if request.node.get_closest_marker("no_cover") is None:
        for kept in _kept():
            kept.cache_clear()


def _kept() -> Iterator[Any]:
    for name in KEEPING:
        module = import_module(f"rehabcore.testing.strategies.{name}")
        for found in vars(module).values():
            if hasattr(found, "cache_clear") and found.__module__ == module.__name__:
                yield found
