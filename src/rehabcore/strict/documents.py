"""Text to plain data (dicts, lists, scalars), within limits of size and depth; and back to TOML.

Input counts as hostile until it is parsed: it must not be too large, too deep or other than UTF-8.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import accumulate
from typing import Any

from rehabcore.strict.problems import refuse

LARGEST_INPUT = 16_000_000
"""The most characters, or bytes, accepted as one document: 800 for each of 20,000 records."""
DEEPEST_INPUT = 64
"""The most levels of nesting accepted in one document."""
MOST_ITEMS = 20_000
"""The most items accepted in one list, and keys in one object: every record of a person."""
BYTE_ORDER_MARK = "\ufeff"
"""Written by some programs at the start of a file; no part of what it says."""


def parse_json(document: str | bytes) -> object:
    """Read JSON within the limits of size and depth.

    An object that gives a key more than once becomes a ``Repetitive`` one.

    Raises:
        InputError: it is not UTF-8, not JSON, too large, or too deep.
    """
    text = _text(document)
    if text.count("{") + text.count("[") > DEEPEST_INPUT:
        _refuse_nesting(text.encode("utf-8", "surrogatepass"))
    try:
        plain: object = _DECODER.decode(text)
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


_DECODER = json.JSONDecoder(object_pairs_hook=_table)


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


def _refuse_nesting(text: bytes) -> None:
    """Refuse nesting deeper than ``DEEPEST_INPUT`` before a recursive parser meets it.

    Also far more objects and lists than text to fill them: a parser makes much of each.
    """
    brackets = _brackets(text)
    if _depth(brackets) > DEEPEST_INPUT:
        expected = f"at most {DEEPEST_INPUT} levels of nesting"
        refuse(text.decode("utf-8", "surrogatepass"), "too_deep", expected, secret=True)
    opened = brackets.count(b"[")
    if opened > _FEW_TABLES and opened * _ROOM_OF_A_TABLE > len(text):
        expected = f"no more than one object or list for every {_ROOM_OF_A_TABLE} bytes"
        refuse(text.decode("utf-8", "surrogatepass"), "too_large", expected, secret=True)


_FEW_TABLES, _ROOM_OF_A_TABLE = 1_000, 16
"""The bytes of text for each object or list, where there are more than a few. The smallest object
of one key takes 250 bytes when it is read, so that no document takes twenty times its size."""
_SQUARE = bytes.maketrans(b"{}", b"[]")
_NO_BRACKET = bytes(set(range(256)) - set(b"[]{}"))
_NO_MARK = bytes(set(_NO_BRACKET) - set(b'"'))
_WITH_BRACKETS = re.compile(rb'"[^"]*(?:"|\Z)')
_STEP = (ord("\\")).__sub__
"""One level down for an opening bracket, and one up for a closing one: they stand on both sides of
the backslash."""


def _depth(brackets: bytes) -> int:
    """The deepest level that square brackets reach."""
    return max(accumulate(map(_STEP, brackets)), default=0)


def _brackets(text: bytes) -> bytes:
    """The brackets outside of the strings of a JSON text, curly ones as square ones.

    Text that is no JSON is seen as the parser sees it up to where it stops.
    """
    # Once nothing is escaped, each quote begins or ends a string. Two quotes with no bracket
    # between them then change nothing, and few strings are left to look at.
    unescaped = text.replace(b"\\\\", b"").replace(b'\\"', b"")
    marks = unescaped.translate(_SQUARE, _NO_MARK).replace(b'""', b"")
    return _WITH_BRACKETS.sub(b"", marks)


def parse_toml(document: str | bytes) -> dict[str, Any]:
    """Read TOML within the limits of size and depth; its dates become dates.

    Raises:
        InputError: it is not UTF-8, not TOML, too large, or too deep.
    """
    text = _text(document)
    _refuse_crowded(text)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        refuse(text, "not_toml", f"TOML; the parser says: {error}", secret=True)
    except ValueError:  # an integer with more digits than Python agrees to read
        refuse(text, "not_a_number", "numbers of a reasonable length", secret=True)


def _refuse_crowded(text: str) -> None:
    """Refuse TOML that is too deep, and far more tables than text to fill them.

    The parser makes a table for each part of a dotted key, reads brackets by recursion, and keeps
    notes on each table, so this is done before it runs.
    """
    bare = _TOML_TEXT.sub('"', text)
    brackets = bare.encode("utf-8", "surrogatepass").translate(_SQUARE, _NO_BRACKET)
    if _is_certainly_sparse(bare, brackets):
        return
    deepest, tables, beside, entry, noted = _depth(brackets), 0, "", "", 0
    for key, opens in _toml_keys(bare):
        above, _, _ = key.rpartition(".")
        parts = above.count(".") + 1 if above else 0
        deepest = max(deepest, parts)
        # Keys beside each other share the tables above them; of a text nobody knows what it names.
        tables += opens + (parts if above != beside or '"' in above else 0)
        beside = above
        if key.startswith("["):
            # As an entry of a list of tables begins, the notes on the one before it are dropped.
            tables -= noted if key == entry else 0
            entry, noted = key, 0
        noted += opens
    if deepest > DEEPEST_INPUT:
        refuse(text, "too_deep", f"at most {DEEPEST_INPUT} levels of nesting", secret=True)
    if _are_crowded(tables, brackets.count(b"["), text):
        expected = f"no more than one table for every {_ROOM_OF_A_TOML_TABLE} characters"
        refuse(text, "too_large", expected, secret=True)


def _is_certainly_sparse(bare: str, brackets: bytes) -> bool:
    """Whether even with a table for each bracket and each dot, as few texts have, all is well."""
    opened, dots = brackets.count(b"["), max(line.count(".") for line in bare.split("\n"))
    deep = max(_depth(brackets), dots) > DEEPEST_INPUT
    return not deep and not _are_crowded(opened + bare.count("."), opened, bare)


def _are_crowded(tables: int, opened: int, text: str) -> bool:
    """Whether there is too little text for so many tables, and so many brackets."""
    room = _ROOM_OF_A_TOML_TABLE * tables + _ROOM_OF_A_BRACKET * opened
    return tables + opened > _FEW_TABLES and room > len(text)


_ROOM_OF_A_TOML_TABLE, _ROOM_OF_A_BRACKET = 40, 12
"""The characters of TOML for each table that has a key of its own, and for each list or table
within a line. With its notes, the parser takes up to 950 bytes for the first, 190 for the second.
Files of countries have more text for each."""
_TOML_TEXT = re.compile(
    r'"""(?:[^"\\]++|\\.|"(?!""))*+"{3,5}'
    r"|'''(?:[^']++|'(?!''))*+'{3,5}"
    r'|"(?:[^"\\\n]++|\\.)*+"'
    r"|'[^'\n]*+'|#[^\n]*+",
    re.DOTALL,
)
"""Texts and comments of TOML, in which no mark counts."""


_TOML_HEADER = re.compile(r"^[ \t]*\[([^,=\n]*)$", re.MULTILINE)
_TOML_SIGN = re.compile(r"=[ \t]*([\[{]?)")


def _toml_keys(bare: str) -> Iterator[tuple[str, bool]]:
    """Each header and each key of TOML without texts, and whether it opens a table or a list."""
    found = [(header.start(1), header[1], True) for header in _TOML_HEADER.finditer(bare)]
    end = 0
    for sign in _TOML_SIGN.finditer(bare):
        start = max(bare.rfind(mark, end, sign.start()) for mark in "\n{,")
        in_line = start >= 0 and bare[start] != "\n"
        start = max(start + 1, end)
        found.append((start, bare[start : sign.start()], bool(sign[1]) and not in_line))
        end = sign.end()
    return ((key, opens) for _, key, opens in sorted(found))


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
