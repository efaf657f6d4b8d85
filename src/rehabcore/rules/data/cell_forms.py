"""Cells as plain data. The ids of records may be told by what differs from an earlier cell.

{ "value": 2, "evidence": ["e-1", "e-2"] }
{ "value": 1, "dropped": ["e-1"] }
"""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from attrs import evolve

from rehabcore.rules.evidence import Evidence, Ids, Index
from rehabcore.rules.facts import (
    BOUNDED,
    CODED,
    NEVER,
    RUNNING,
    Assumption,
    Cell,
    Fact,
    Known,
    Shape,
    Unknown,
    Value,
)
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.documents import encodable
from rehabcore.strict.problems import InputError, Problems, one_of, refuse, shown, unknown_keys
from rehabcore.strict.structure import Codec, refuse_repeated_keys

SCALARS = Codec()
"""The codec of plain values and days."""
_NOTHING: tuple[str, ...] = ()


def write_cell(cell: Cell, before: tuple[str, ...] = _NOTHING) -> dict[str, Any]:
    """The table of a cell.

    Args:
        cell: the cell.
        before: the evidence of an earlier cell, by whose difference it may be told.
    """
    plain: dict[str, Any] = {}
    if isinstance(cell, Unknown):
        plain["unknown"] = cell.kind.value
        if cell.between is not None:
            plain["between"] = [_write_value(end) for end in cell.between]
    else:
        plain["value"] = _write_value(cell.value)
        if cell.assumption is not None:
            plain["assumption"] = cell.assumption.value
    plain.update(_write_evidence(cell.evidence, before))
    return plain


def _write_evidence(ids: tuple[str, ...], before: tuple[str, ...]) -> dict[str, list[str]]:
    if not before:
        return {"evidence": list(ids)} if ids else {}
    added, dropped = sorted({*ids} - {*before}), sorted({*before} - {*ids})
    if len(added) + len(dropped) < len(ids) and _changed(before, added, dropped) == ids:
        told = {"added": added, "dropped": dropped}
        return {key: listed for key, listed in told.items() if listed} or {"added": []}
    return {"evidence": list(ids)} if ids else {}


def _changed(before: Iterable[str], added: list[str], dropped: list[str]) -> tuple[str, ...]:
    return tuple(sorted({*before}.difference(dropped).union(added)))


MOST_LISTED = 64
"""Up to so many ids are listed; the evidence of a cell that rests on more is a number."""


def _changed_in(index: Index, before: Ids, added: list[str], dropped: list[str]) -> Ids:
    """Like ``_changed``, of cells one after another that rest on very many records."""
    if not added and not dropped:
        return before
    if len(before) + len(added) <= MOST_LISTED:
        return _changed(before, added, dropped)
    for ids in (before if isinstance(before, tuple) else (), added, dropped):
        index.add(ids)
    bits = index.bits(before) & ~index.bits(tuple(dropped)) | index.bits(tuple(added))
    return Evidence((index, bits))


def _write_value(value: Value) -> object:
    match value:
        case bool() | int():
            return value
        case frozenset():
            return sorted(value)
        case date():
            return value.isoformat()
        case str():
            return str(value)
        case Decimal():
            return SCALARS.write(value)
    return value.value


def read_cell(
    fact: Fact, plain: object, before: Ids = _NOTHING, index: Index | None = None
) -> Cell:
    """Read the cell of a fact.

    Args:
        fact: the fact, which says what value there may be.
        plain: the table.
        before: the evidence of the cell from which the table may tell what differs.
        index: the ids of the records of all cells that are read together; None if it is only one.

    Raises:
        InputError: names every problem, with paths relative to the table.
    """
    if not isinstance(plain, dict) or ("value" in plain) == ("unknown" in plain):
        refuse(plain, "wrong_type", "a cell with a value or a kind of unknown", secret=True)
    refuse_repeated_keys(plain)
    problems = Problems(*unknown_keys(plain, _KEYS["value" if "value" in plain else "unknown"]))
    evidence = problems.at("", _read_evidence, plain, before, index or Index(()))
    if "unknown" in plain:
        kind = problems.at("unknown", SCALARS.read, plain["unknown"], UnknownKind)
        between = problems.at("between", _read_bounds, fact, plain.get("between"))
        problems.done()
        return Unknown(kind, evidence=evidence, between=between)
    value = problems.at("value", _read_value, fact, plain["value"])
    assumption = None
    if "assumption" in plain:
        assumption = problems.at("assumption", SCALARS.read, plain["assumption"], Assumption)
    problems.done()
    return Known(value, evidence=evidence, assumption=assumption)


_DIFFERENCE = ("added", "dropped")
_KEYS = {
    "value": ("value", "assumption", "evidence", *_DIFFERENCE),
    "unknown": ("unknown", "between", "evidence", *_DIFFERENCE),
}


def _read_evidence(plain: dict[str, Any], before: Ids, index: Index) -> Ids:
    told = [key for key in _DIFFERENCE if key in plain]
    if not told:
        return tuple(_ids(plain, "evidence")) if "evidence" in plain else ()
    if "evidence" in plain:
        expected = "the evidence, or what differs from that of the cell before"
        refuse(plain["evidence"], "wrong_type", expected, path="evidence", secret=True)
    added, dropped = (_ids(plain, key) if key in plain else [] for key in _DIFFERENCE)
    return _changed_in(index, before, added, dropped)


def _ids(plain: dict[str, Any], key: str) -> list[str]:
    ids = plain[key]
    if not isinstance(ids, list):
        refuse(ids, "wrong_type", "a list of ids of records", path=key, secret=True)
    problems = Problems()
    for index, one in enumerate(ids):
        if type(one) is not str or not encodable(one):
            expected = "the id of a record, as text"
            problems.at(f"{key}[{index}]", refuse, one, "wrong_type", expected, secret=True)
    problems.done()
    return ids


def _read_bounds(fact: Fact, plain: object) -> tuple[Value, Value] | None:
    if plain is None:
        return None
    if fact.shape not in BOUNDED or not isinstance(plain, list) or len(plain) != _LOW_AND_HIGH:
        expected = "the lowest and the highest value of a count, an amount or running time"
        refuse(plain, "wrong_type", expected, secret=True)
    problems = Problems()
    low, high = (problems.at(f"[{i}]", _read_value, fact, end) for i, end in enumerate(plain))
    problems.done()
    if _ordinal(low) > _ordinal(high):
        refuse(plain, "out_of_range", "the lowest value first", secret=True)
    return low, high


def _ordinal(value: Any) -> Any:
    return date.max if value is NEVER else value


_LOW_AND_HIGH = 2
_VALUE_TYPES: dict[Shape, Any] = {
    Shape.FLAG: bool,
    Shape.COUNT: int,
    Shape.AMOUNT: Decimal,
    Shape.SET: frozenset[str],
}


def _read_value(fact: Fact, plain: object) -> Value:
    if fact.shape in RUNNING and plain == NEVER.value:
        return NEVER
    read: Callable[..., Value] = SCALARS.read
    try:
        value = read(plain, _value_type(fact))
    except InputError as error:
        raise error.each(lambda p: evolve(p, found=_found(fact, plain))) from None
    said = value if isinstance(value, frozenset) else frozenset({value})
    if fact.shape in CODED and not said <= set(fact.codes):
        expected = one_of(fact.codes, None if fact.identifying else plain)
        refuse(plain, "unknown_value", expected, secret=fact.identifying)
    return value


def _value_type(fact: Fact) -> Any:
    return date if fact.shape in RUNNING else _VALUE_TYPES.get(fact.shape, str)


def _found(fact: Fact, plain: object) -> str:
    return shown(plain, secret=fact.identifying)
