"""Case files, results, decisions, scores as JSON, in an envelope that names schema and version.

    { "schema": "case/2", "data": { ... } }

Reading gives an object equal to the one that was written. An older version is raised to the newest;
one newer than this library knows is refused, never guessed. The envelope of a decision also has a
hash of its content, ``sha256``.
"""

import hashlib
import json
import re
from functools import lru_cache
from typing import Any, TypeVar, overload

import attrs

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
from rehabcore.exchange.inputs import Input, plain_of
from rehabcore.exchange.upcasters import raised
from rehabcore.instruments import ScoreResult
from rehabcore.instruments.score_data import SCORE_FORM
from rehabcore.records import CaseFile
from rehabcore.rules.data.criterion_forms import CriterionReader
from rehabcore.rules.data.near_forms import near_form
from rehabcore.rules.data.plain import criterion_forms, plain_forms
from rehabcore.rules.data.verdict_forms import verdict_form
from rehabcore.rules.facts import Fact
from rehabcore.strict.problems import (
    InputError,
    Problem,
    Problems,
    missing_key,
    refuse,
    unknown_keys,
)
from rehabcore.strict.structure import Codec, refuse_repeated_keys

Document = CaseFile | Result | Decision | ScoreResult
"""The types that are written and read as documents."""
D = TypeVar("D", bound=Document)

SCHEMAS: dict[str, tuple[type[Document], int]] = {
    "case": (CaseFile, 2),
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
"""How many codecs are kept, each for one list of declared facts."""

PLAIN = Codec((*plain_forms(), SCORE_FORM))
"""The codec of documents that rest on no declared facts."""


# --- writing ------------------------------------------------------------------------------


def write(value: Document) -> str:
    """Write a document as JSON, always the same text for equal values.

    Raises:
        InputError: the value is not a document.
    """
    document = _envelope(value)
    if _HASH in _keys(type(value)):
        document[_HASH] = _hash(document)
    document = {key: document[key] for key in _keys(type(value))}
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def canonical(value: Document) -> str:
    """The JSON document in its one form: keys in order, no space, no escape that is not needed.

    Equal values have the same text, whatever the order in which their sets were given.

    Raises:
        InputError: the value is not a document.
    """
    return _canonical(_envelope(value))


def content_hash(value: Document) -> str:
    """The SHA-256 of the UTF-8 bytes of a document's canonical JSON, in hexadecimal digits.

    Equal documents have equal hashes. Keep the hash of a case file that somebody is editing: if
    the hash of the stored one differs when they save, somebody else saved in between.

    Raises:
        InputError: the value is not a document.
    """
    return _hash(_envelope(value))


def _envelope(value: Document) -> dict[str, Any]:
    name, version = _schema_of(type(value), "")
    return {"schema": f"{name}/{version}", "data": _WRITER.write(value)}


def _canonical(document: dict[str, Any]) -> str:
    return json.dumps(
        document, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_foreign
    )


def _foreign(value: object) -> None:
    """The stand-in for a value that JSON does not have, in plain data that was made in Python."""


def _hash(document: dict[str, Any]) -> str:
    return hashlib.sha256(_canonical(document).encode("utf-8", "surrogatepass")).hexdigest()


# --- reading ------------------------------------------------------------------------------


@overload
def read(source: Input) -> Document: ...
@overload
def read(source: Input, kind: type[D]) -> D: ...
def read(source: Input, kind: type[Any] | None = None) -> Any:
    """Read a document. Its envelope tells its kind.

    Args:
        source: JSON as text or bytes, a document as ``json.loads`` gives it, or the path of a file.
            A ``str`` is always JSON, never a path.
        kind: the kind that is wanted; any other is refused. None for any kind.

    Raises:
        InputError: names every problem of the first stage that has any, with its path. The stages
            are the source as JSON, types and keys, and whether the fields of records fit together.
    """
    if kind is not None:
        _schema_of(kind, "kind")
    document = plain_of(source)
    if not isinstance(document, dict) or not document.keys() & _ALWAYS:
        refuse(document, "wrong_type", "an object with the keys schema and data", secret=True)
    refuse_repeated_keys(document)
    kind = kind or _kind_of(document.get("schema"))
    data = _open(document, kind)
    if "grounds" not in attrs.fields_dict(kind):
        return PLAIN.read(data, kind, path="data")
    facts = PLAIN.read(_facts_of(data), tuple[Fact, ...], path="data.grounds.facts")
    return _codec(facts).read(data, kind, path="data")


@lru_cache(maxsize=MOST_CODECS)
def _codec(facts: tuple[Fact, ...]) -> Codec:
    """The codec of documents that declare these facts; kept, as making it takes long."""
    reader = CriterionReader(facts={fact.name: fact for fact in facts}, rules={}, codec=PLAIN)
    forms = (*criterion_forms(reader), verdict_form(reader), near_form(reader))
    return Codec((*plain_forms(), SCORE_FORM, *forms))


def _facts_of(data: object) -> object:
    """The declared facts of a result, without which its criteria cannot be read."""
    grounds = data.get("grounds") if isinstance(data, dict) else None
    return grounds.get("facts", []) if isinstance(grounds, dict) else []


def _open(document: dict[str, Any], kind: type[Document]) -> object:
    """The data of an envelope, in the newest version, if it is of the kind and a version known."""
    name, newest = _schema_of(kind, "kind")
    problems, schema = Problems(), document.get("schema")
    told, version = _parts_of(schema)
    if told != name:
        problems.note(schema, "unknown_schema", f'"{name}/{newest}"', path="schema")
    elif version > newest:
        expected = f'"{name}/{newest}", the newest known'
        problems.note(schema, "newer_schema", expected, path="schema")
    keys = _keys(kind)
    problems.add(*(missing_key(key) for key in keys[1:] if key not in document))
    problems.add(*unknown_keys(document, keys))
    problems.done()
    if _HASH in keys:
        _refuse_altered(document)
    return raised(document["data"], name, version, newest)


def _refuse_altered(document: dict[str, Any]) -> None:
    """Refuse a document whose content does not match its hash, whatever its layout."""
    content = {key: value for key, value in document.items() if key != _HASH}
    if document[_HASH] != _hash(content):
        expected = "the hash of this content: the document was altered after it was written"
        refuse(document[_HASH], "altered", expected, path=_HASH, secret=True)


# --- kinds --------------------------------------------------------------------------------


def _schema_of(kind: object, path: str) -> tuple[str, int]:
    """The name of the documents of a kind, and their newest version."""
    for name, (known, newest) in SCHEMAS.items():
        if kind is known:
            return name, newest
    kinds = ", ".join(known.__name__ for known, _ in SCHEMAS.values())
    found = f"a value of type {getattr(kind, '__name__', type(kind).__name__)}"
    expected = f"a document or its kind: {kinds}"
    raise InputError([Problem(code="wrong_type", path=path, found=found, expected=expected)])


def _kind_of(schema: object) -> type[Document]:
    """The kind of document that an envelope names."""
    name, _ = _parts_of(schema)
    if name not in SCHEMAS:
        known = ", ".join(f'"{name}/{newest}"' for name, (_, newest) in SCHEMAS.items())
        refuse(schema, "unknown_schema", f"one of {known}", path="schema")
    return SCHEMAS[name][0]


def _parts_of(schema: object) -> tuple[str, int]:
    """The name and the version that a schema states; no name if it states none."""
    parts = re.fullmatch(r"([a-z_]+)/([1-9][0-9]{0,3})", schema if isinstance(schema, str) else "")
    return (parts[1], int(parts[2])) if parts else ("", 0)


def _keys(kind: type) -> tuple[str, ...]:
    """The keys of the envelope of a kind. A decision is proof, so it has a hash of its content."""
    return ("schema", _HASH, "data") if kind is Decision else ("schema", "data")


_ALWAYS = {"schema", "data"}
"""Keys of every envelope. A document with neither is no envelope; its own keys are not at fault."""
_HASH = "sha256"
_WRITER = _codec(())
