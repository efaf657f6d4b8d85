"""Case files and results as JSON, in an envelope that names the schema and its version.

    { "schema": "case/1", "data": { ... } }

What is written is read back to equal objects. A newer version than this library knows is refused,
never guessed.
"""

import json
import re
from datetime import date
from typing import TypeVar

from rehabcore.documents import parse_json
from rehabcore.errors import fault
from rehabcore.records import CaseFile
from rehabcore.results import MatchResult, MoveResult, PlanResult, Result
from rehabcore.rules.criteria_data import CriterionReader
from rehabcore.rules.facts import Fact
from rehabcore.rules.plain import criterion_forms, plain_forms
from rehabcore.rules.verdict_data import verdict_form
from rehabcore.structure import Codec

T = TypeVar("T", CaseFile, MatchResult, PlanResult, MoveResult)

SCHEMAS: dict[str, tuple[type, int]] = {
    "case": (CaseFile, 1),
    "match": (MatchResult, 1),
    "plan": (PlanResult, 1),
    "move": (MoveResult, 1),
}
"""The documents this library reads and writes, with the newest version of each."""

_PLAIN = Codec(plain_forms())


def write(value: CaseFile | Result) -> str:
    """Write a case file or a result as a JSON document, always the same text for equal values."""
    name, version = next(
        (name, version) for name, (kind, version) in SCHEMAS.items() if type(value) is kind
    )
    data = _WRITER.write(value)
    document = {"schema": f"{name}/{version}", "data": data}
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def read(text: str | bytes, wanted: type[T]) -> T:
    """Read a JSON document of a known kind.

    Raises:
        InputError: every problem of form, with its path below the document.
    """
    data = _open(parse_json(text), wanted)
    if wanted is CaseFile:
        return _PLAIN.read(data, wanted, path="data")
    facts = _PLAIN.read(_at(data, "grounds", "facts") or [], tuple[Fact, ...], path=_FACTS)
    on = _at(data, "grounds", "stamp", "on")
    day = _PLAIN.read(on, date, path=_ON) if on is not None else SOME_DAY
    return _codec({fact.name: fact for fact in facts}, day).read(data, wanted, path="data")


_FACTS, _ON = "data.grounds.facts", "data.grounds.stamp.on"
SOME_DAY = date(2000, 1, 1)
"""Stands in where no day is needed: for writing, and where the day itself is missing."""


def _codec(facts: dict[str, Fact], on: date) -> Codec:
    reader = CriterionReader(facts=facts, rules={}, codec=_PLAIN)
    return Codec((*plain_forms(), *criterion_forms(reader), verdict_form(reader, on)))


def _open(document: object, wanted: type) -> object:
    """The data of an envelope, if it is of the wanted kind and of a version this library knows."""
    name, newest = next((name, v) for name, (kind, v) in SCHEMAS.items() if kind is wanted)
    expected = f'"{name}/{newest}"'
    if not isinstance(document, dict):
        fault(document, "wrong_type", "an object with the keys schema and data")
    schema = document.get("schema")
    text = schema if isinstance(schema, str) else ""
    match = re.fullmatch(r"([a-z_]+)/([1-9][0-9]{0,3})", text)
    if match is None or match[1] != name:
        fault(schema, "unknown_schema", expected, path="schema")
    if int(match[2]) > newest:
        fault(schema, "newer_schema", f"{expected}; this library knows no newer one", path="schema")
    if set(document) != {"schema", "data"}:
        fault(document, "unknown_key", "only the keys schema and data, and both of them")
    return document["data"]


def _at(data: object, *keys: str) -> object:
    for key in keys:
        data = data.get(key) if isinstance(data, dict) else None
    return data


_WRITER = _codec({}, SOME_DAY)
