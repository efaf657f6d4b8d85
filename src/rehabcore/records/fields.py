"""What a field of a record says beside its type: a word, a first day, another record.

A record says it where the field stands, as metadata, and what is asked of every record is asked
from there. So a new kind of record needs its class, and its list in the case file.
"""

from functools import cache
from typing import Any

import attrs

WORD, OF_KIND, PARTS = "word", "of_kind", "parts"
FIRST_DAY, REFERS_TO = "first_day", "refers_to"
"""The keys of metadata, by which ``fields_with`` finds the fields."""

PROGRAMS = "programs"
"""Stands among the lists of a glossary for the ids of programmes and services."""


def word(*lists: str) -> dict[str, Any]:
    """The field holds a word, or several, of these lists of the glossary, or of ``PROGRAMS``."""
    return {WORD: lists}


def of_kind(words: str) -> dict[str, Any]:
    """The field holds one of the words that the kind of the record has under this name."""
    return {OF_KIND: words}


def parts() -> dict[str, Any]:
    """The field holds parts of the record, in whose fields words stand."""
    return {PARTS: True}


def first_day() -> dict[str, Any]:
    """On this day, or with this span, begins what the record says: never before birth."""
    return {FIRST_DAY: True}


def refers_to(records: str) -> dict[str, Any]:
    """The field holds an id, or several, of records in this list of the case file."""
    return {REFERS_TO: records}


def fields_with(record: object, *keys: str) -> "tuple[attrs.Attribute[Any], ...]":
    """The fields of a record whose metadata have one of these keys, in their order."""
    kind: Any = type(record)
    return _fields_with(kind, keys)


@cache
def _fields_with(kind: Any, keys: tuple[str, ...]) -> "tuple[attrs.Attribute[Any], ...]":
    return tuple(one for one in attrs.fields(kind) if not one.metadata.keys().isdisjoint(keys))
