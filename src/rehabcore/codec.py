"""Case files and results as JSON, in an envelope that names the schema and its version.

    { "schema": "case/1", "data": { ... } }

What is written is read back to equal objects. A newer version than this library knows is refused,
never guessed.
"""

import json
import re
from typing import TypeVar

from rehabcore.documents import parse_json
from rehabcore.errors import Problems, fault, missing_key, unknown_keys
from rehabcore.records import CaseFile
from rehabcore.results import MatchResult, MoveResult, PlanResult, Result
from rehabcore.rules.criteria_data import CriterionReader
from rehabcore.rules.facts import Fact
from rehabcore.rules.plain import criterion_forms, plain_forms
from rehabcore.rules.verdict_data import verdict_form
from rehabcore.structure import Codec, refuse_repeated_keys

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
        InputError: every problem of the first stage that has any, with its path: first the text as
            JSON, then types and keys, then what the fields of one record say together.
    """
    data = _open(parse_json(text), wanted)
    if wanted is CaseFile:
        return _PLAIN.read(data, wanted, path="data")
    facts = _PLAIN.read(_facts_of(data), tuple[Fact, ...], path="data.grounds.facts")
    return _codec({fact.name: fact for fact in facts}).read(data, wanted, path="data")


def _codec(facts: dict[str, Fact]) -> Codec:
    reader = CriterionReader(facts=facts, rules={}, codec=_PLAIN)
    return Codec((*plain_forms(), *criterion_forms(reader), verdict_form(reader)))


def _facts_of(data: object) -> object:
    """The declared facts of a result, without which its criteria cannot be read."""
    grounds = data.get("grounds") if isinstance(data, dict) else None
    return grounds.get("facts", []) if isinstance(grounds, dict) else []


def _open(document: object, wanted: type) -> object:
    """The data of an envelope, if it is of the wanted kind and of a version this library knows."""
    name, newest = next((name, v) for name, (kind, v) in SCHEMAS.items() if kind is wanted)
    expected = f'"{name}/{newest}"'
    if not isinstance(document, dict):
        fault(document, "wrong_type", "an object with the keys schema and data", secret=True)
    refuse_repeated_keys(document)
    problems, schema = Problems(), document.get("schema")
    match = re.fullmatch(r"([a-z_]+)/([1-9][0-9]{0,3})", schema if isinstance(schema, str) else "")
    if match is None or match[1] != name:
        problems.note(schema, "unknown_schema", expected, path="schema")
    elif int(match[2]) > newest:
        problems.note(schema, "newer_schema", f"{expected}, the newest known", path="schema")
    if "data" not in document:
        problems.found.append(missing_key("data"))
    problems.found.extend(unknown_keys(document, {"schema", "data"}))
    problems.done()
    return document["data"]


_WRITER = _codec({})
