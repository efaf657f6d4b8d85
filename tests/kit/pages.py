"""The pages of the documentation, and what stands in their tables."""

import re
from pathlib import Path
from typing import Any

import attrs

DOCS = Path(__file__).parents[2] / "docs"


def page(name: str) -> str:
    """The text of a page, such as ``reference/facts.md``."""
    return (DOCS / name).read_text("utf-8")


def rows(pattern: str, text: str) -> list[Any]:
    """The texts of the groups of a pattern, as a tuple for each line of a text that it fits."""
    found = re.finditer(pattern, text, re.MULTILINE)
    return [tuple(group or "" for group in line.groups()) for line in found]


def names_in(pattern: str, text: str) -> list[str]:
    """What stands in backticks in the one group of a pattern, line by line."""
    return [name for (cell,) in rows(pattern, text) for name in re.findall(r"`(\w+)`", cell)]


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


def needs(record: type[Any], *left_out: str) -> dict[str, str]:
    """Whether each key of a record is required or optional, as pages say it."""
    return {
        field.name: "required" if field.default is attrs.NOTHING else "optional"
        for field in attrs.fields(record)
        if field.name not in left_out
    }


def write_files(text: str, folder: Path) -> None:
    """Write each file that a page shows in full, below its name, into a folder."""
    shown = re.findall(r"^`(\S+\.\w+)`:\n\n```\w+\n(.*?)```", text, re.MULTILINE | re.DOTALL)
    assert shown
    for name, told in shown:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(told, "utf-8")
