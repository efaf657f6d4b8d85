"""Values as code that can be pasted into a test, with all that their ``repr`` hides.

Whatever is printed here was drawn, and so is about nobody. For a real case file there is
``rc.write``.
"""

from collections.abc import Iterator
from datetime import date
from enum import Enum

import attrs


def as_code(value: object) -> str:
    """The expression that makes a record anew, without what is as its class has it by default."""
    match value:
        case date():
            return f"date({value.year}, {value.month}, {value.day})"
        case Enum():
            return f"{type(value).__name__}.{value.name}"
        case tuple():
            return f"({', '.join(map(as_code, value))}{',' * (len(value) == 1)})"
        case frozenset():
            listed = ", ".join(sorted(map(as_code, value)))
            return f"frozenset({{{listed}}})" if value else "frozenset()"
    if attrs.has(type(value)):
        return f"{type(value).__name__}({', '.join(_arguments(value))})"
    return repr(value)


def _arguments(value: object) -> Iterator[str]:
    by_name = False
    for field in attrs.fields(type(value)):  # type: ignore[arg-type]
        held = getattr(value, field.name)
        by_name |= field.kw_only or held == field.default
        if held != field.default:
            yield f"{field.alias}={as_code(held)}" if by_name else as_code(held)


class Shown:
    """A value that is shown as code, when it is shown; until then nothing is written."""

    def __init__(self, value: object) -> None:
        self._value = value

    def __repr__(self) -> str:
        return as_code(self._value)
