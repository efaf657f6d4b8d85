"""The inputs that documents are read from: JSON as text or bytes, plain data, a file."""

from os import PathLike
from pathlib import Path
from typing import Any

from rehabcore.strict.documents import (
    BYTE_ORDER_MARK,
    LARGEST_INPUT,
    parse_json,
    refuse_unlike_json,
)
from rehabcore.strict.problems import InputError, Problem, refuse

Input = str | bytes | dict[str, Any] | PathLike[str]
"""JSON as text or bytes, what ``json.loads`` gives for it, or the path of a file.

A ``str`` is always JSON, never a path.
"""


def plain_of(source: object) -> object:
    """The plain data that an ``Input`` is, or that its JSON or its file holds.

    Raises:
        InputError: it is not JSON, is beyond the limits of size and depth, or is a file that cannot
            be read.
    """
    if isinstance(source, str) and _looks_like_a_path(source):
        expected = "JSON text, or a pathlib.Path: a str is never taken for the path of a file"
        refuse(source, "not_json", expected, secret=True)
    if isinstance(source, str | bytes):
        return parse_json(source)
    if isinstance(source, dict):
        refuse_unlike_json(source)
        return source
    if not isinstance(source, PathLike):
        expected = "JSON as text or bytes, a dict as json.loads gives it, or a pathlib.Path"
        refuse(source, "wrong_type", expected, secret=True)
    return parse_json(_bytes_of(source))


def _looks_like_a_path(text: str) -> bool:
    """Whether text that cannot be a JSON object looks like the name of a file."""
    line = text.removeprefix(BYTE_ORDER_MARK).strip()
    if len(line) > _LONGEST_PATH or "\n" in line or line.startswith(("{", "[", '"')):
        return False
    return "/" in line or "\\" in line or line.endswith(".json")


_LONGEST_PATH = 4_096


def _bytes_of(path: PathLike[str]) -> bytes:
    """The content of a file, up to the size at which it is certainly too large."""
    try:
        with Path(path).open("rb") as file:
            return file.read(LARGEST_INPUT + 1)
    except (OSError, TypeError, ValueError) as error:  # also a path of bytes, or with a NUL
        told = error.strerror if isinstance(error, OSError) else "no path"
        expected = f"a file that can be read; the system says: {told}"
        problem = Problem(code="unreadable", path="", found="a path", expected=expected)
        raise InputError([problem]) from None
