"""Plain data as JSON: in one form for hashes, and in lines for people."""

import json


def canonical_text(plain: object) -> str:
    """Plain data as JSON in its one form: keys in order, no space, no escape that is not needed."""
    return _CANONICAL.encode(plain)


def object_of(texts: dict[str, str]) -> str:
    """The canonical JSON of an object, from that of its values; its keys are codes."""
    return "{" + ",".join(f'"{key}":{texts[key]}' for key in sorted(texts)) + "}"


def text_in_lines(plain: object, levels: int, margin: str = "") -> str:
    """Plain data as JSON with a line for each value that stands so many levels deep or less.

    Args:
        plain: the data, of types that JSON has.
        levels: how many levels of objects and lists have lines of their own; the rest is in one.
        margin: what every line but the first begins with.
    """
    # A line is written in C, and each value in a line of its own would be written in Python.
    inner = margin + "  "
    if levels and isinstance(plain, dict) and plain:
        lines = [
            f"{_LINE.encode(key)}: {text_in_lines(one, levels - 1, inner)}"
            for key, one in plain.items()
        ]
        return _between("{", lines, inner, margin + "}")
    if levels and isinstance(plain, list) and plain:
        return _between(
            "[", [text_in_lines(one, levels - 1, inner) for one in plain], inner, margin + "]"
        )
    return _LINE.encode(plain)


def _between(opened: str, lines: list[str], inner: str, closed: str) -> str:
    return f"{opened}\n{inner}" + f",\n{inner}".join(lines) + f"\n{closed}"


_LINE = json.JSONEncoder(ensure_ascii=False, allow_nan=False)


def _foreign(value: object) -> None:
    """The stand-in for a value that JSON does not have, in plain data that was made in Python."""


_CANONICAL = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_foreign
)
