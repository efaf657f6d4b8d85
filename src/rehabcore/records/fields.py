"""The meaning of a record's fields beside their types: a word, a first day, another record.

Each field states it as metadata, and every check that concerns all records reads it there. So a new
kind of record needs only its class, and its list in the case file.
"""

from functools import cache
from typing import Any

import attrs

WORD, OF_KIND, PART_OF, PARTS = "word", "of_kind", "part_of", "parts"
FIRST_DAY, BY_PERSON, REFERS_TO = "first_day", "by_person", "refers_to"
"""The keys of metadata, by which ``fields_with`` finds the fields."""

PROGRAMS, MOVES = "programs", "moves"
"""The names that stand for programmes and services, and for kinds of moves, among the lists of a
glossary."""


def word(*lists: str) -> dict[str, Any]:
    """Say that a field holds words of these lists of the glossary, of ``PROGRAMS`` or ``MOVES``."""
    return {WORD: lists}


def of_kind(words: str) -> dict[str, Any]:
    """Say that a field holds one of the words that the record's kind lists under this name."""
    return {OF_KIND: words}


def part_of(name: str) -> dict[str, Any]:
    """Say that the words of a field are parts of the word that another field holds."""
    return {PART_OF: name}


def parts() -> dict[str, Any]:
    """Say that a field holds parts of the record, whose own fields have metadata."""
    return {PARTS: True}


def first_day() -> dict[str, Any]:
    """Say that a field is a first day, or a span with one, which is never before birth."""
    return {FIRST_DAY: True}


def by_person() -> dict[str, Any]:
    """Say that a field is a day, or a span that began, with what only a living person can do."""
    return {BY_PERSON: True}


def refers_to(records: str) -> dict[str, Any]:
    """Say that a field holds ids of records in this list of the case file."""
    return {REFERS_TO: records}


def fields_with(record: object, *keys: str) -> "tuple[attrs.Attribute[Any], ...]":
    """The fields of a record whose metadata have one of these keys, in their order."""
    kind: Any = type(record)
    return fields_of(kind, *keys)


@cache
def fields_of(kind: Any, *keys: str) -> "tuple[attrs.Attribute[Any], ...]":
    """The fields of a kind of record whose metadata have one of these keys, in their order."""
    return tuple(one for one in attrs.fields(kind) if not one.metadata.keys().isdisjoint(keys))
