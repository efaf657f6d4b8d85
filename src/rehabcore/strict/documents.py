"""Text to plain data (dicts, lists, scalars), within limits of size and depth; and back to TOML.

Input counts as hostile until it is parsed: it must not be too large, too deep or other than UTF-8.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from rehabcore.strict.problems import refuse

LARGEST_INPUT = 8_000_000
"""The most characters accepted as one document."""
DEEPEST_INPUT = 64
"""The most levels of nesting accepted in one document."""
BYTE_ORDER_MARK = "\ufeff"
"""Written by some programs at the start of a file; no part of what it says."""
_MOST_DOTS = 1_000
"""The most dots accepted in one line of TOML: each dot of a key makes a level."""


_BRACKETS_AND_STRINGS = re.compile(r'"(?:[^"\\]|\\.)*(?:"|\Z)|[\[{]|[\]}]', re.DOTALL)


def parse_json(document: str | bytes) -> object:
    """Read JSON within the limits of size and depth.

    An object that gives a key more than once becomes a ``Repetitive`` one.

    Raises:
        InputError: it is not UTF-8, not JSON, too large, or too deep.
    """
    text = _text(document)
    _refuse_deep(text)
    try:
        plain: object = json.loads(text, object_pairs_hook=_table)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}" if text.strip() else "its empty start"
        refuse(text, "not_json", f"JSON; it stops being JSON at {place}", secret=True)
    except ValueError:  # an integer with more digits than Python agrees to read
        refuse(text, "not_a_number", "numbers of a reasonable length", secret=True)
    return plain


def refuse_unlike_json(plain: object) -> None:
    """Refuse plain data made in Python whose shape no JSON text within the limits could have.

    Types of single values are checked later, when they are read as some type.

    Raises:
        InputError: it is too deep, has too many values, a key that is not text, or too long a
            number.
    """
    ahead = [(plain, 0)]
    seen = 0
    while ahead:
        value, depth = ahead.pop()
        seen += 1
        if seen > _MOST_VALUES:  # one list that stands in many places grows without end
            refuse(plain, "too_large", f"at most {_MOST_VALUES} values", secret=True)
        if isinstance(value, int) and value.bit_length() > _MOST_BITS:
            refuse(value, "not_a_number", "numbers of a reasonable length", secret=True)
        if isinstance(value, dict | list):
            if depth == DEEPEST_INPUT:
                refuse(value, "too_deep", f"at most {DEEPEST_INPUT} levels of nesting", secret=True)
            if isinstance(value, dict) and not all(isinstance(key, str) for key in value):
                refuse(value, "wrong_type", "an object whose keys are text", secret=True)
            items = value.values() if isinstance(value, dict) else value
            ahead.extend((item, depth + 1) for item in items)


_MOST_VALUES = 1_000_000
"""The most values accepted in plain data."""
_MOST_BITS = 10_000
"""The most bits of a whole number: about 3,000 digits, which Python still agrees to write."""


class Repetitive(dict[str, object]):
    """An object that has a key more than once; its reader must refuse it."""


def _table(pairs: list[tuple[str, object]]) -> dict[str, object]:
    table = dict(pairs)
    return table if len(table) == len(pairs) else Repetitive(table)


def encodable(text: str) -> bool:
    """Whether text can be written as UTF-8; a lone surrogate cannot."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _text(document: str | bytes) -> str:
    """The text of a document that is not too large."""
    if not isinstance(document, str | bytes):
        refuse(document, "wrong_type", "a document as text or bytes", secret=True)
    if len(document) > LARGEST_INPUT:
        refuse(document, "too_large", f"at most {LARGEST_INPUT} characters", secret=True)
    try:
        text = document.decode("utf-8") if isinstance(document, bytes) else document
    except UnicodeDecodeError:
        refuse(document, "not_utf8", "text in UTF-8")
    return text.removeprefix(BYTE_ORDER_MARK)


def _refuse_deep(text: str) -> None:
    """Refuse nesting deeper than ``DEEPEST_INPUT`` before a recursive parser meets it."""
    # Strings are matched too, and passed over, so that brackets inside of them do not count. A text
    # that is no JSON may be counted wrongly; the parser refuses it anyway.
    depth = 0
    for bracket in _BRACKETS_AND_STRINGS.finditer(text):
        if bracket[0] in "[{":
            depth += 1
            if depth > DEEPEST_INPUT:
                refuse(text, "too_deep", f"at most {DEEPEST_INPUT} levels of nesting", secret=True)
        elif bracket[0] in "]}":
            depth -= 1


def parse_toml(document: str | bytes) -> dict[str, Any]:
    """Read TOML within the limits of size and depth; its dates become dates.

    Raises:
        InputError: it is not UTF-8, not TOML, too large, or too deep.
    """
    # The parser makes a table for each part of a dotted key, by recursion. So dots are counted
    # before it runs; brackets of TOML are left to its own limit, which ends in a RecursionError.
    text = _text(document)
    if any(line.count(".") > _MOST_DOTS for line in text.splitlines()):
        refuse(text, "too_deep", f"at most {_MOST_DOTS} dots in a line", secret=True)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        refuse(text, "not_toml", f"TOML; the parser says: {error}", secret=True)
    except ValueError:  # an integer with more digits than Python agrees to read
        refuse(text, "not_a_number", "numbers of a reasonable length", secret=True)
    except RecursionError:
        refuse(text, "too_deep", f"at most {DEEPEST_INPUT} levels of nesting", secret=True)


def write_toml(plain: Mapping[str, Any]) -> str:
    """Write tables as TOML; ``parse_toml`` reads equal tables, in the same order below the top.

    Equal tables have the same text: a whole number is written without a point. Plain values come
    first, then tables, each with its entries in lines of their own.

    Raises:
        InputError: there is a value that TOML cannot write, such as None or a time of day.
    """
    values = [key for key, held in plain.items() if not _is_section(held)]
    lines = [f"{_key(key)} = {_value(plain[key])}" for key in values]
    for key, held in plain.items():
        if key not in values:
            lines += _sections(_key(key), held)
    return "\n".join(lines).strip() + "\n"


def _is_section(held: object) -> bool:
    return isinstance(held, dict) or _is_tables(held)


def _is_tables(held: object) -> bool:
    return isinstance(held, list) and bool(held) and all(isinstance(one, dict) for one in held)


def _sections(name: str, held: Any) -> Iterator[str]:
    """A table, each table of a list of tables, or each table of a table that holds nothing else."""
    if isinstance(held, list):
        for table in held:
            yield from ("", f"[[{name}]]", *_lines(table))
    elif held and all(isinstance(table, dict) for table in held.values()):
        for key, table in held.items():
            yield from ("", f"[{name}.{_key(key)}]", *_lines(table))
    else:
        yield from ("", f"[{name}]", *_lines(held))


def _lines(table: Mapping[str, Any]) -> Iterator[str]:
    for key, held in table.items():
        if _is_tables(held):
            yield from (f"{_key(key)} = [", *(f"  {_value(one)}," for one in held), "]")
        else:
            yield f"{_key(key)} = {_value(held)}"


_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


def _key(key: str) -> str:
    return key if _BARE_KEY.fullmatch(key) else _text_value(key)


def _text_value(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(held: object) -> str:
    if isinstance(held, bool):
        return "true" if held else "false"
    if isinstance(held, int | float):
        return repr(int(held) if float(held).is_integer() else held)
    if isinstance(held, str):
        return _text_value(held)
    if isinstance(held, date) and not isinstance(held, datetime):
        return held.isoformat()
    if isinstance(held, list):
        return f"[{', '.join(map(_value, held))}]"
    if not isinstance(held, dict):
        refuse(held, "wrong_type", "what TOML can write", secret=True)
    inside = ", ".join(f"{_key(key)} = {_value(one)}" for key, one in held.items())
    return f"{{ {inside} }}" if inside else "{}"
