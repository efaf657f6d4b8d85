"""Case files, books, results, decisions, scores as JSON, in an envelope with their schema.

    { "schema": "case/2", "data": { ... } }

Reading gives an object equal to the one that was written. An older version is raised to the newest;
one newer than this library knows is refused, never guessed. The envelope also has a hash of its
content, ``sha256``, unless people edit the document: case files, books of units, contents of plans.
"""

import hashlib
import re
from collections.abc import Callable
from importlib import import_module
from typing import Any, TypeVar, overload

from rehabcore.casework.any_result import PlanResult, Result
from rehabcore.casework.results import (
    MatchResult,
    MoveResult,
    MovesResult,
    NearResult,
    NeedsResult,
    TimelineResult,
)
from rehabcore.exchange.country_parts import Contents, canonical_data, contents_of
from rehabcore.exchange.inputs import Input, plain_of
from rehabcore.exchange.stored_results import read_data, written_data
from rehabcore.records import CaseFile
from rehabcore.records.case_file import refuse_too_many
from rehabcore.rules.data.plain import plain_forms
from rehabcore.strict.canonical import canonical_text, object_of, text_in_lines
from rehabcore.strict.documents import LARGEST_INPUT, encodable
from rehabcore.strict.on_demand import class_named
from rehabcore.strict.problems import (
    InputError,
    Problem,
    Problems,
    missing_key,
    refuse,
    unknown_keys,
)
from rehabcore.strict.structure import Codec, refuse_repeated_keys

TYPE_CHECKING = False  # most documents are none of these, and need not wait for their rooms

if TYPE_CHECKING:
    from rehabcore.care.community.units import CommunityUnit
    from rehabcore.care.plans.book import PlanBook
    from rehabcore.casework.care_results import (
        ContinuityResult,
        HandOverResult,
        PathwaysResult,
        ReleasePlanResult,
    )
    from rehabcore.casework.decisions import Decision
    from rehabcore.casework.difference_results import DifferenceResult
    from rehabcore.casework.stay_results import CommunityResult, DiversionResult, ResidencyResult
    from rehabcore.instruments import ScoreResult
    from rehabcore.plans import PlanContent
else:
    CommunityUnit = class_named("rehabcore.care.community.units", "CommunityUnit")
    PlanBook = class_named("rehabcore.care.plans.book", "PlanBook")
    PlanContent = class_named("rehabcore.plans", "PlanContent")
    CommunityResult, DiversionResult, ResidencyResult = (
        class_named("rehabcore.casework.stay_results", name)
        for name in ("CommunityResult", "DiversionResult", "ResidencyResult")
    )
    ContinuityResult, HandOverResult, PathwaysResult, ReleasePlanResult = (
        class_named("rehabcore.casework.care_results", name)
        for name in ("ContinuityResult", "HandOverResult", "PathwaysResult", "ReleasePlanResult")
    )
    Decision = class_named("rehabcore.casework.decisions.decision", "Decision")
    DifferenceResult = class_named("rehabcore.casework.difference_results", "DifferenceResult")
    ScoreResult = class_named("rehabcore.instruments.model.score_results", "ScoreResult")

Document = (
    CaseFile
    | Result
    | Decision
    | ScoreResult
    | CommunityUnit
    | PlanBook
    | PlanContent
    | CommunityResult
    | ResidencyResult
    | DiversionResult
    | ContinuityResult
    | HandOverResult
    | PathwaysResult
    | ReleasePlanResult
    | DifferenceResult
)
"""The types that are written and read as documents."""
D = TypeVar("D", bound=Document)
Sign = Callable[[str], str]
"""A function that signs the hash of a document, given in hexadecimal digits."""
Verify = Callable[[str, str], bool]
"""A function that tells whether a hash, its first argument, has a signature, its second."""

SCHEMAS: dict[str, tuple[type[Document], int]] = {
    "case": (CaseFile, 2),
    "match": (MatchResult, 2),
    "near": (NearResult, 2),
    "timeline": (TimelineResult, 2),
    "needs": (NeedsResult, 2),
    "plan": (PlanResult, 3),
    "move": (MoveResult, 5),
    "moves": (MovesResult, 1),
    "continuity": (ContinuityResult, 1),
    "hand_over": (HandOverResult, 2),
    "pathways": (PathwaysResult, 1),
    "release_plan": (ReleasePlanResult, 1),
    "decision": (Decision, 2),
    "score": (ScoreResult, 2),
    "unit": (CommunityUnit, 1),
    "plan_book": (PlanBook, 1),
    "plan_content": (PlanContent, 1),
    "community": (CommunityResult, 1),
    "residency": (ResidencyResult, 2),
    "diversion": (DiversionResult, 1),
    "difference": (DifferenceResult, 1),
}
"""The documents this library reads and writes, with the newest version of each."""

CASE_CODEC = Codec(plain_forms(), compiled=True)
"""The codec of case files, books of units, and books and contents of plans."""


# --- writing ------------------------------------------------------------------------------


def write(value: Document, *, sign: Sign | None = None) -> str:
    """Write a document as JSON, always the same text for equal values.

    A decimal number keeps the decimals that were stated: 12.5 and 12.50 are equal, and two texts.

    Args:
        value: the document.
        sign: signs the hash of the document. Its signature is written beside the hash.

    Raises:
        InputError: the value is not a document; one without a hash, such as a case file, is to be
            signed; ``sign`` is no function, or gives no text; or the text would be too large to be
            read.
    """
    _require_function(sign, "sign")
    schema = _schema_text(value)
    if isinstance(value, CaseFile | CommunityUnit | PlanContent):
        if sign is not None:
            expected = "none: a document that people edit has no hash"
            refuse(sign, "out_of_range", expected, path="sign", secret=True)
        document = {"schema": schema, "data": CASE_CODEC.write(value)}
        text = text_in_lines(document, _DOWN_TO_RECORDS) + "\n"
    else:
        data = _data(value)
        digest = digest_of(schema, data)
        sealed = {"schema": schema, _HASH: digest}
        if sign is not None:
            sealed[_SIGNATURE] = _signature(sign(digest))
        text = f'{canonical_text(sealed)[:-1]},\n"data":{data}}}\n'
    if len(text) > LARGEST_INPUT:
        expected = f"a document of at most {LARGEST_INPUT} characters, as larger ones are not read"
        refuse(text, "too_large", expected, secret=True)
    return text


_DOWN_TO_RECORDS = 3
"""The levels of a document that people edit: itself, its data, their lists. A record is a line."""


def _require_function(given: object, path: str) -> None:
    if given is not None and not callable(given):
        refuse(given, "wrong_type", "a function", path=path, secret=True)


def _signature(made: object) -> str:
    """A signature, if it can be written and read again."""
    if not isinstance(made, str) or not encodable(made):
        refuse(
            made,
            "wrong_type",
            "a function that gives a signature as text",
            path="sign",
            secret=True,
        )
    return made


def canonical(value: Document) -> str:
    """The JSON document in its one form: keys in order, no space, no escape that is not needed.

    Equal values have the same text, whatever the order in which their sets were given; but a
    decimal number keeps the decimals that were stated.

    Raises:
        InputError: the value is not a document.
    """
    return _content(_schema_text(value), _data(value))


def content_hash(value: Document) -> str:
    """The SHA-256 of the UTF-8 bytes of a document's canonical JSON, in hexadecimal digits.

    Equal documents have equal hashes, if they state the same decimals. Keep the hash of a case file
    that somebody is editing: if the hash of the stored one differs when they save, somebody else
    saved in between.

    Raises:
        InputError: the value is not a document.
    """
    return digest_of(_schema_text(value), _data(value))


def _schema_text(value: Document) -> str:
    name, version = _schema_of(type(value), "")
    return f"{name}/{version}"


def _data(value: Document) -> str:
    """The data of a document, as canonical JSON."""
    if isinstance(value, CaseFile | CommunityUnit | PlanBook | PlanContent):
        return canonical_text(CASE_CODEC.write(value))
    if isinstance(value, ScoreResult):
        from rehabcore.exchange.scores import written_score

        return canonical_text(written_score(value))
    return written_data(value)


def _content(schema: str, data: str) -> str:
    """The text that a hash is of: the schema with the data, which is canonical JSON already."""
    return object_of({"data": data, "schema": canonical_text(schema)})


def digest_of(schema: str, data: str) -> str:
    """The hash of a document by its schema and data, in hexadecimal digits; no data is copied."""
    before, after = _content(schema, " ").split(" ")
    digest = hashlib.sha256(before.encode())
    for start in range(0, len(data), _AT_A_TIME):
        digest.update(data[start : start + _AT_A_TIME].encode("utf-8", "surrogatepass"))
    digest.update(after.encode())
    return digest.hexdigest()


_AT_A_TIME = 4_096


# --- reading ------------------------------------------------------------------------------


@overload
def read(source: Input, *, verify: Verify | None = None) -> Document: ...
@overload
def read(source: Input, kind: type[D], *, verify: Verify | None = None) -> D: ...
def read(source: Input, kind: type[Any] | None = None, *, verify: Verify | None = None) -> Any:
    """Read a document. Its envelope tells its kind.

    Args:
        source: JSON as text or bytes, a document as ``json.loads`` gives it, or the path of a file.
            A ``str`` is always JSON, never a path.
        kind: the kind that is wanted; any other is refused. None for any kind.
        verify: tells whether a signature is that of a hash. The document must then have one. None
            takes documents with a signature or without.

    Raises:
        InputError: names every problem of the first stage that has any, with its path. The stages
            are the source as JSON, the hash and the signature, types and keys, and whether the
            parts fit together. Before them, ``verify`` has to be a function.
    """
    _require_function(verify, "verify")
    if kind is not None:
        _schema_of(kind, "kind")
    document = plain_of(source)
    if not isinstance(document, dict) or not document.keys() & _ALWAYS:
        refuse(document, "wrong_type", "an object with the keys schema and data", secret=True)
    refuse_repeated_keys(document)
    kind = kind or _kind_of(document.get("schema"))
    data, contents = _open(document, kind, verify)
    if kind is CaseFile:
        return CASE_CODEC.read(data, kind, path="data")
    if issubclass(kind, CommunityUnit | PlanBook | PlanContent):
        return CASE_CODEC.read(data, _loaded(kind), path="data")
    if issubclass(kind, ScoreResult):
        from rehabcore.exchange.scores import read_score

        return read_score(data)
    contents = contents_of(data) if contents is None else contents
    return read_data(data, contents, _loaded(kind))


def _loaded(kind: type[D]) -> type[D]:
    """The class itself, whose module need not have been loaded before."""
    loaded: type[D] = getattr(import_module(kind.__module__), kind.__qualname__)
    return loaded


def _open(
    document: dict[str, Any], kind: type[Document], verify: Verify | None
) -> tuple[object, Contents | None]:
    """The data of an envelope, in the newest version, if it is of the kind and a version known.

    With it its contents, if they were looked at for the hash and did not change since.
    """
    name, newest = _schema_of(kind, "kind")
    schema = document.get("schema")
    told, version = _parts_of(schema)
    if told != name:
        refuse(schema, "unknown_schema", f'"{name}/{newest}"', path="schema")
    if version > newest:
        refuse(schema, "newer_schema", f'"{name}/{newest}", the newest known', path="schema")
    sealed = version >= _SEALED[name]
    if sealed or verify or document.keys() != _ALWAYS:
        needed = (*((_HASH,) if sealed else ()), *((_SIGNATURE,) if verify else ()), "data")
        problems = Problems(*(missing_key(key) for key in needed if key not in document))
        problems.add(*unknown_keys(document, _SEALED_KEYS if sealed else _ALWAYS))
        problems.done()
    data, contents = document["data"], None
    if sealed:
        contents = contents_of(data)
        _refuse_altered(document, canonical_data(data, contents), verify)
    if kind is CaseFile and isinstance(data, dict):
        refuse_too_many(data, "data")
    if version == newest:
        return data, contents
    from rehabcore.exchange.upcasters import raised

    now = raised(data, name, version, newest)
    return now, contents if now is data else None


def _refuse_altered(document: dict[str, Any], data: str, verify: Verify | None) -> None:
    """Refuse a document whose content does not match its hash, or the hash its signature.

    Args:
        document: the document.
        data: its data, as canonical JSON.
        verify: tells whether a signature is that of a hash; None for any signature or none.
    """
    if document[_HASH] != digest_of(document["schema"], data):
        expected = "the hash of this content: the document was altered after it was written"
        refuse(document[_HASH], "altered", expected, path=_HASH, secret=True)
    signature = document.get(_SIGNATURE, "")
    if not isinstance(signature, str):
        refuse(signature, "wrong_type", "a signature as text", path=_SIGNATURE, secret=True)
    if verify is not None and not verify(document[_HASH], signature):
        expected = "a signature of this hash"
        refuse(signature, "altered", expected, path=_SIGNATURE, secret=True)


# --- kinds --------------------------------------------------------------------------------


def _schema_of(kind: object, path: str) -> tuple[str, int]:
    """The name of the documents of a kind, and their newest version."""
    for name, (known, newest) in SCHEMAS.items():
        if _named(kind) == _named(known):
            return name, newest
    kinds = ", ".join(known.__name__ for known, _ in SCHEMAS.values())
    found = f"a value of type {getattr(kind, '__name__', type(kind).__name__)}"
    expected = f"a document or its kind: {kinds}"
    raise InputError([Problem(code="wrong_type", path=path, found=found, expected=expected)])


def _named(kind: object) -> tuple[str | None, str | None]:
    """The module and name of a class, by which ``class_named`` tells it; no name if it is none."""
    return getattr(kind, "__module__", None), getattr(kind, "__qualname__", None)


def _kind_of(schema: object) -> type[Document]:
    """The kind of document that an envelope names."""
    name, _ = _parts_of(schema)
    if name not in SCHEMAS:
        known = ", ".join(f'"{name}/{newest}"' for name, (_, newest) in SCHEMAS.items())
        refuse(schema, "unknown_schema", f"one of {known}", path="schema")
    return SCHEMAS[name][0]


def _parts_of(schema: object) -> tuple[str, int]:
    """The name and the version that a schema states; no name if it states none."""
    parts = _SCHEMA.fullmatch(schema) if isinstance(schema, str) else None
    return (parts[1], int(parts[2])) if parts else ("", 0)


_SCHEMA = re.compile(r"([a-z_]+)/([1-9][0-9]{0,3})")
_ALWAYS = {"schema", "data"}
"""Keys of every envelope. A document with neither is no envelope; its own keys are not at fault."""
_HASH, _SIGNATURE = "sha256", "signature"
_SEALED_KEYS = {*_ALWAYS, _HASH, _SIGNATURE}
_NEVER = 10_000
_SEALED = {
    **dict.fromkeys(SCHEMAS, 2),
    **dict.fromkeys(("case", "unit", "plan_content"), _NEVER),
    **dict.fromkeys(("decision", "moves", "community", "residency", "diversion"), 1),
    **dict.fromkeys(("continuity", "hand_over", "pathways", "release_plan", "plan_book"), 1),
    "difference": 1,
}
"""The version from which on documents of a name have a hash. People edit those that never do."""
