"""Case files, results, decisions, scores as JSON, in an envelope that names schema and version.

    { "schema": "case/1", "data": { ... } }

What is written is read back to equal objects. A newer version than this library knows is refused,
never guessed. The envelope of a decision also has a hash of its content, ``sha256``.
"""

import hashlib
import json
import re
from functools import lru_cache
from typing import Any, TypeVar

from rehabcore.casework.decisions import Decision
from rehabcore.casework.results import (
    MatchResult,
    MoveResult,
    NearResult,
    NeedsResult,
    PlanResult,
    Result,
    TimelineResult,
)
from rehabcore.instruments import ScoreResult
from rehabcore.instruments.score_data import SCORE_FORM
from rehabcore.records import CaseFile
from rehabcore.rules.data.criterion_forms import CriterionReader
from rehabcore.rules.data.near_forms import near_form
from rehabcore.rules.data.plain import criterion_forms, plain_forms
from rehabcore.rules.data.verdict_forms import verdict_form
from rehabcore.rules.facts import Fact
from rehabcore.strict.documents import parse_json
from rehabcore.strict.problems import (
    InputError,
    Problem,
    Problems,
    fault,
    missing_key,
    unknown_keys,
)
from rehabcore.strict.structure import Codec, refuse_repeated_keys

Document = CaseFile | Result | Decision | ScoreResult
"""What is written and read."""
T = TypeVar(
    "T",
    CaseFile,
    MatchResult,
    NearResult,
    TimelineResult,
    NeedsResult,
    PlanResult,
    MoveResult,
    Decision,
    ScoreResult,
)

SCHEMAS: dict[str, tuple[type, int]] = {
    "case": (CaseFile, 1),
    "match": (MatchResult, 1),
    "near": (NearResult, 1),
    "timeline": (TimelineResult, 1),
    "needs": (NeedsResult, 1),
    "plan": (PlanResult, 1),
    "move": (MoveResult, 1),
    "decision": (Decision, 1),
    "score": (ScoreResult, 1),
}
"""The documents this library reads and writes, with the newest version of each."""

MOST_CODECS = 4
"""Codecs that are kept, one for each list of declared facts."""

_PLAIN = Codec((*plain_forms(), SCORE_FORM))


def write(value: Document) -> str:
    """Write a document as JSON, always the same text for equal values.

    Raises:
        InputError: this is no document.
    """
    document = _document(value)
    if isinstance(value, Decision):
        document = {"schema": document["schema"], _HASH: _hash(document), "data": document["data"]}
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def canonical(value: Document) -> str:
    """The JSON document in its one form: keys in order, no space, no escape that is not needed.

    Equal values have the same text, whatever the order in which their sets were given. The hash of
    a decision is made of the UTF-8 bytes of this text.

    Raises:
        InputError: this is no document.
    """
    return _canonical(_document(value))


def content_hash(decision: Decision) -> str:
    """The SHA-256 of a decision's canonical JSON, in hexadecimal digits."""
    return _hash(_document(decision))


def _document(value: Document) -> dict[str, Any]:
    name, version = _schema(type(value), "")
    return {"schema": f"{name}/{version}", "data": _WRITER.write(value)}


def _schema(wanted: object, path: str) -> tuple[str, int]:
    """The name of the documents of a kind, and their newest version."""
    for name, (kind, newest) in SCHEMAS.items():
        if kind is wanted:
            return name, newest
    kinds = ", ".join(kind.__name__ for kind, _ in SCHEMAS.values())
    found = getattr(wanted, "__name__", type(wanted).__name__)
    expected = f"a kind of document: {kinds}"
    raise InputError([Problem(code="wrong_type", path=path, found=found, expected=expected)])


def _canonical(document: dict[str, Any]) -> str:
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _hash(document: dict[str, Any]) -> str:
    return hashlib.sha256(_canonical(document).encode("utf-8", "surrogatepass")).hexdigest()


def read(text: str | bytes, wanted: type[T]) -> T:
    """Read a JSON document of a known kind.

    Raises:
        InputError: every problem of the first stage that has any, with its path: first the text as
            JSON, then types and keys, then what the fields of one record say together.
    """
    data = _open(parse_json(text), wanted)
    if wanted in (CaseFile, ScoreResult):
        return _PLAIN.read(data, wanted, path="data")
    facts = _PLAIN.read(_facts_of(data), tuple[Fact, ...], path="data.grounds.facts")
    return _codec(facts).read(data, wanted, path="data")


@lru_cache(maxsize=MOST_CODECS)
def _codec(facts: tuple[Fact, ...]) -> Codec:
    """What reads documents that declare these facts; making it takes longer than reading."""
    reader = CriterionReader(facts={fact.name: fact for fact in facts}, rules={}, codec=_PLAIN)
    forms = (*criterion_forms(reader), verdict_form(reader), near_form(reader))
    return Codec((*plain_forms(), SCORE_FORM, *forms))


def _facts_of(data: object) -> object:
    """The declared facts of a result, without which its criteria cannot be read."""
    grounds = data.get("grounds") if isinstance(data, dict) else None
    return grounds.get("facts", []) if isinstance(grounds, dict) else []


def _open(document: object, wanted: type) -> object:
    """The data of an envelope, if it is of the wanted kind and of a version this library knows."""
    name, newest = _schema(wanted, "wanted")
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
    keys = ("schema", _HASH, "data") if wanted is Decision else ("schema", "data")
    problems.found.extend(missing_key(key) for key in keys[1:] if key not in document)
    problems.found.extend(unknown_keys(document, keys))
    problems.done()
    if wanted is Decision:
        _refuse_altered(document)
    return document["data"]


def _refuse_altered(document: dict[str, Any]) -> None:
    """Refuse a document that is not what its hash was made of, however it is laid out."""
    content = {key: value for key, value in document.items() if key != _HASH}
    if document[_HASH] != _hash(content):
        expected = "the hash of this content: the document was altered after it was written"
        fault(document[_HASH], "altered", expected, path=_HASH, secret=True)


_HASH = "sha256"
_WRITER = _codec(())
