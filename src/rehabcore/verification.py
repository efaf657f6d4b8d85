"""attrs objects made in Python, checked as strictly as those that are read from JSON or TOML.

What passes here can be written and read back: types are exact, days are of our time, numbers are
bounded, text is UTF-8.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

import attrs

from rehabcore.documents import encodable
from rehabcore.errors import LARGEST_NUMBER, InputError, Problem, is_code, shown

SECRET = {"secret": True}
"""Field metadata: error texts show its type and length only, since it identifies, is free text,
or holds a code of the caller's that might. What identifies a person is kept out of ``repr`` too."""

EARLIEST_YEAR, LATEST_YEAR = 1850, 2199
"""Days outside these years are refused as slips of the pen; arithmetic on days cannot overflow."""

DECIMAL = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")
"""Decimal numbers as they are written."""


def verify(record: object, rule: Callable[[], Iterable[Problem]] | None = None) -> None:
    """Check a record that was made in Python as strictly as one that was read.

    Args:
        record: an attrs object, within ``__attrs_post_init__``.
        rule: what the fields must satisfy together; asked only if every type is right.

    Raises:
        InputError: every field whose type is wrong, or every problem that ``rule`` names.
    """
    cls: Any = type(record)
    problems = [
        Problem(code=code, path=field.name, found=found, expected=expected)
        for field in _typed_fields(cls)
        for code, found, expected in _field_faults(getattr(record, field.name), field.type)
    ]
    if not problems and rule is not None:
        problems = list(rule())
    if problems:
        raise InputError(problems)


def _field_faults(value: object, wanted: Any) -> Iterable[tuple[str, str, str]]:
    """What is wrong with the value of a field, as code, what was found and what would be right."""
    if not conforms(value, wanted):
        yield "wrong_type", shown(value, secret=True), f"a value of type {_words_for(wanted)}"
    elif isinstance(value, tuple | frozenset):
        for item in value:
            yield from _field_faults(item, object)
    elif isinstance(value, date) and not EARLIEST_YEAR <= value.year <= LATEST_YEAR:
        expected = f"a year from {EARLIEST_YEAR} to {LATEST_YEAR}"
        yield "date_out_of_range", "a day far from today", expected
    elif isinstance(value, int) and abs(value) > LARGEST_NUMBER:
        yield "out_of_range", shown(value), f"at most {LARGEST_NUMBER}"
    elif isinstance(value, Decimal) and not DECIMAL.fullmatch(str(value)):
        yield "wrong_type", "a decimal number", "at most 15 digits, and 6 after the point"
    elif isinstance(value, str) and not encodable(value):
        yield "not_utf8", shown(value, secret=True), "text in UTF-8"


def _words_for(wanted: Any) -> str:
    if get_origin(wanted) in (Union, UnionType):
        return " or ".join(map(_words_for, get_args(wanted)))
    return getattr(wanted, "__name__", str(wanted))


@cache
def _typed_fields(cls: Any) -> tuple[Any, ...]:
    """The fields of a class with their types, also those written as text for later resolution."""
    return tuple(attrs.fields(attrs.resolve_types(cls)))


def not_empty(record: object, *names: str) -> Iterable[Problem]:
    """A problem for each field that holds an empty text."""
    for name in names:
        if not getattr(record, name):
            yield Problem(code="out_of_range", path=name, found="an empty text", expected="a code")


def codes_only(record: object, *names: str) -> Iterable[Problem]:
    """A problem for each field whose text does not look like a code."""
    for name in names:
        if not is_code(getattr(record, name)):
            expected = "a code: lower-case letters, digits, underscores and hyphens"
            found = shown(getattr(record, name))
            yield Problem(code="not_a_code", path=name, found=found, expected=expected)


def conforms(value: object, wanted: Any) -> bool:
    """Whether a value is of a type, counting no ``bool`` as ``int`` and no ``datetime`` as day."""
    return _conformity(wanted)(value)


@cache
def _conformity(wanted: Any) -> Callable[[Any], bool]:
    """How values of a type are told from others, worked out once for each type."""
    origin = get_origin(wanted)
    if origin in (Union, UnionType):
        options = tuple(map(_conformity, get_args(wanted)))
        return lambda value: any(fits(value) for fits in options)
    if origin in (tuple, frozenset):
        return _conformity_of_items(origin, get_args(wanted))
    if isinstance(wanted, TypeVar):  # the value of something generic, which its maker checks
        return lambda _: True
    wanted = getattr(wanted, "__supertype__", wanted)
    if wanted in (bool, int, date):
        return lambda value: type(value) is wanted
    bare = origin or wanted
    return lambda value: isinstance(value, bare)


def _conformity_of_items(origin: Any, items: tuple[Any, ...]) -> Callable[[Any], bool]:
    if origin is tuple and items[-1] is not Ellipsis:
        each = tuple(map(_conformity, items))
        return lambda value: (
            isinstance(value, tuple)
            and len(value) == len(each)
            and all(fits(item) for fits, item in zip(each, value, strict=True))
        )
    every = _conformity(items[0])
    return lambda value: isinstance(value, origin) and all(every(item) for item in value)
