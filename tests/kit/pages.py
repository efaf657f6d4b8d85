"""The pages of the documentation, and what stands in their tables."""

import re
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parents[2] / "docs"


def page(name: str) -> str:
    """The text of a page, such as ``reference/facts.md``."""
    return (DOCS / name).read_text("utf-8")


def rows(pattern: str, text: str) -> list[Any]:
    """The texts of the groups of a pattern, as a tuple for each line of a text that it fits."""
    found = re.finditer(pattern, text, re.MULTILINE)
    return [tuple(group or "" for group in line.groups()) for line in found]


def section(text: str, start: str, end: str) -> str:
    """What stands between two marks.

    Raises:
        AssertionError: one of them does not stand there.
    """
    _, begins, after = text.partition(start)
    inside, ends, _ = after.partition(end)
    assert begins, f"nothing begins with {start!r}"
    assert ends, f"nothing ends with {end!r}"
    return inside
