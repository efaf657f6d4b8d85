"""Verdicts as plain data: the criterion, and a proof of the same shape with the cells it read.

Reading judges again from the stored cells, so an answer that does not follow from them is refused.
"""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from attrs import evolve

from rehabcore.rules.criteria import Asked, Compare, Criterion, parts_of
from rehabcore.rules.data.criterion_forms import CriterionReader, write_criterion
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
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.judging.verdicts import Verdict
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.problems import InputError, Problems, one_of, refuse, shown
from rehabcore.strict.structure import Codec, Form, refuse_repeated_keys


def verdict_form(reader: CriterionReader) -> Form:
    """The form of verdicts."""

    def write(verdict: Verdict) -> dict[str, Any]:
        criterion = write_criterion(verdict.criterion, reader.codec)
        on = reader.codec.write(verdict.on)
        return {"on": on, "criterion": criterion, "proof": _write_proof(verdict)}

    def read(plain: object) -> Verdict:
        if not isinstance(plain, dict) or set(plain) != {"on", "criterion", "proof"}:
            refuse(plain, "wrong_type", "an object of on, criterion and proof", secret=True)
        problems = Problems()
        on = problems.at("on", reader.codec.read, plain["on"], date)
        criterion = problems.at("criterion", reader.read, plain["criterion"])
        problems.done()
        # Only the cells are taken from the stored proof. The answers are worked out anew and then
        # compared as a whole, so no altered answer, at any depth, can pass.
        cells: dict[Asked, Cell] = {}
        _read_cells(criterion, plain["proof"], cells, reader.codec, "proof")
        verdict = judge(criterion, cells.__getitem__, on=on)
        if _canonical(_write_proof(verdict)) != _canonical(plain["proof"]):
            refuse(
                plain["proof"],
                "does_not_follow",
                "answers that follow from the cells",
                path="proof",
            )
        return verdict

    return Form(type=Verdict, read=read, write=write)


def _canonical(plain: object) -> str:
    """A proof as text that does not depend on the order of its keys, codes and ids."""
    return json.dumps(_in_order(plain), sort_keys=True)


def _in_order(plain: object) -> object:
    if isinstance(plain, dict):
        return {key: _in_order(value) for key, value in plain.items()}
    if isinstance(plain, list):
        texts = [item for item in plain if isinstance(item, str)]
        return sorted(texts) if len(texts) == len(plain) else [_in_order(item) for item in plain]
    return plain


def _write_proof(verdict: Verdict) -> dict[str, Any]:
    node: dict[str, Any] = {"answer": verdict.answer.value}
    if not verdict.in_force:
        node["in_force"] = False
    if verdict.cell is not None:
        node["cell"] = _write_cell(verdict.cell)
    else:
        node["parts"] = [_write_proof(child) for child in verdict.children]
    return node


def _write_cell(cell: Cell) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    if isinstance(cell, Unknown):
        plain["unknown"] = cell.kind.value
        if cell.between is not None:
            plain["between"] = [_write_value(end) for end in cell.between]
    else:
        plain["value"] = _write_value(cell.value)
        if cell.assumption is not None:
            plain["assumption"] = cell.assumption.value
    if cell.evidence:
        plain["evidence"] = list(cell.evidence)
    return plain


def _write_value(value: Value) -> object:
    match value:
        case bool() | int():
            return value
        case frozenset():
            return sorted(value)
        case date():
            return value.isoformat()
        case str() | Decimal():
            return str(value)
    return value.value


def _read_cells(
    criterion: Criterion, plain: object, cells: dict[Asked, Cell], codec: Codec, path: str
) -> None:
    if not isinstance(plain, dict):
        refuse(plain, "wrong_type", "a proof as an object", path=path)
    refuse_repeated_keys(plain, path)
    if isinstance(criterion, Compare):
        cells[criterion.asked] = _read_cell(criterion.asked.fact, plain.get("cell"), codec, path)
        return
    parts, proofs = parts_of(criterion), plain.get("parts")
    if not isinstance(proofs, list) or len(proofs) != len(parts):
        refuse(proofs, "wrong_type", f"a list of {len(parts)} proofs", path=f"{path}.parts")
    for index, (part, proof) in enumerate(zip(parts, proofs, strict=True)):
        _read_cells(part, proof, cells, codec, f"{path}.parts[{index}]")


def _read_cell(fact: Fact, plain: object, codec: Codec, path: str) -> Cell:
    if not isinstance(plain, dict) or ("value" in plain) == ("unknown" in plain):
        refuse(plain, "wrong_type", "a cell with a value or a kind of unknown", path=f"{path}.cell")
    refuse_repeated_keys(plain, f"{path}.cell")
    evidence = codec.read(plain.get("evidence", []), tuple[str, ...], path=f"{path}.cell.evidence")
    if "unknown" in plain:
        kind = codec.read(plain["unknown"], UnknownKind, path=f"{path}.cell.unknown")
        between = _read_bounds(fact, plain.get("between"), codec, f"{path}.cell.between")
        return Unknown(kind, evidence=evidence, between=between)
    assumption = plain.get("assumption")
    return Known(
        _read_value(fact, plain["value"], codec, f"{path}.cell.value"),
        evidence=evidence,
        assumption=None
        if assumption is None
        else codec.read(assumption, Assumption, path=f"{path}.cell.assumption"),
    )


def _read_bounds(fact: Fact, plain: object, codec: Codec, path: str) -> tuple[Value, Value] | None:
    if plain is None:
        return None
    if fact.shape not in BOUNDED or not isinstance(plain, list) or len(plain) != _LOW_AND_HIGH:
        expected = "the lowest and the highest value of a count, an amount or running time"
        refuse(plain, "wrong_type", expected, path=path, secret=True)
    low, high = (_read_value(fact, end, codec, f"{path}[{i}]") for i, end in enumerate(plain))
    if _ordinal(low) > _ordinal(high):
        refuse(plain, "out_of_range", "the lowest value first", path=path, secret=True)
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


def _read_value(fact: Fact, plain: object, codec: Codec, path: str) -> Value:
    if fact.shape in RUNNING and plain == NEVER.value:
        return NEVER
    read: Callable[..., Value] = codec.read
    try:
        value = read(plain, _value_type(fact), path=path)
    except InputError as error:
        raise InputError(evolve(p, found=_found(fact, plain)) for p in error.problems) from None
    said = value if isinstance(value, frozenset) else frozenset({value})
    if fact.shape in CODED and not said <= set(fact.codes):
        expected = one_of(fact.codes, None if fact.identifying else plain)
        refuse(plain, "unknown_value", expected, path=path, secret=fact.identifying)
    return value


def _value_type(fact: Fact) -> Any:
    return date if fact.shape in RUNNING else _VALUE_TYPES.get(fact.shape, str)


def _found(fact: Fact, plain: object) -> str:
    return shown(plain, secret=fact.identifying)
