"""How expressions become tables again: the inverse of ``expression_data``."""

from typing import Any

from rehabcore.instruments.files.figures_data import write_bound
from rehabcore.instruments.model.expressions import (
    Affine,
    Blanks,
    Cases,
    Chosen,
    Clamped,
    Coded,
    Combined,
    Compared,
    Curved,
    Elapsed,
    Expression,
    Extreme,
    FirstKnown,
    FixedNumber,
    Grid,
    ItemCount,
    Named,
    Negated,
    Pool,
    Power,
    Product,
    Ratio,
    Rounded,
    Stepped,
)

Modified = Stepped | Curved | Power | Affine | Rounded | Clamped | Compared
"""Expressions that say what becomes of one other number."""
RANKS = {
    Stepped: 1,
    Coded: 1,
    Chosen: 1,
    Curved: 2,
    Power: 3,
    Affine: 4,
    Rounded: 5,
    Clamped: 6,
    Compared: 7,
}
"""The order in which the operations of a table are applied to its number."""
LAST_RANK = 8


def names_only(parts: tuple[Expression, ...]) -> bool:
    """Whether all parts are written as bare names, each once: then a sum is one of scales."""
    bare = all(isinstance(part, Named) and part.if_missing is None for part in parts)
    return bare and len(set(parts)) == len(parts)


def write_expression(expression: Expression) -> dict[str, Any]:
    """The table of an expression."""
    return _table(expression, LAST_RANK)


def _table(expression: Expression, limit: int) -> dict[str, Any]:
    """The table of an expression that may say what comes before a rank."""
    if RANKS.get(type(expression), 0) >= limit:
        return {"of": _operand(expression)}
    return _form(expression)


def _form(expression: Expression) -> dict[str, Any]:
    """The table of an expression, by its kind."""
    match expression:
        case FixedNumber(value=value):
            return {"value": value}
        case Named(name=name, if_missing=None):
            return {"of": name}
        case Named(name=name, if_missing=default):
            return {"of": name, "if_missing": default}
        case Pool(items=items, mean=mean):
            return {"mean" if mean else "sum": [*items]}
        case Combined(plus=plus, minus=()) if names_only(plus):
            return {"sum_of_scales": [_operand(part) for part in plus]}
        case Combined(plus=plus, minus=minus):
            rest = {"minus": _operands(minus)} if minus else {}
            return {"plus": _operands(plus), **rest}
        case FirstKnown(parts=parts):
            return {"first_known": _operands(parts)}
        case Product(parts=parts):
            return {"product": _operands(parts)}
        case Extreme(parts=parts, pick=pick):
            return {pick.value: _operands(parts)}
        case Ratio(of=above, by=below):
            return {"ratio": _operand(above), "by": _operand(below)}
        case Grid():
            return {
                "row": _operand(expression.row),
                "column": _operand(expression.column),
                "rows": [*expression.rows],
                "columns": [*expression.columns],
                "cells": [[*line] for line in expression.cells],
            }
        case Cases(cases=cases, otherwise=otherwise):
            told = [{"when": _operand(c.when), "then": _operand(c.then)} for c in cases]
            return {"cases": told, "otherwise": _operand(otherwise)}
        case Negated(of=inner):
            return {"not": _operand(inner)}
        case ItemCount(items=items, reaching=reaching):
            return {"count": [*items], "reaching": reaching}
        case Blanks(items=items):
            return {"blanks": [*items]}
        case Elapsed(start=start, end=end, unit=unit):
            return {f"{unit.value}_between": [start, end]}
        case Coded(name=name, points=points):
            return {"of": name, "points": dict(points)}
        case Chosen(name=name, codes=codes):
            return {"of": name, "is": codes[0]} if len(codes) == 1 else {"of": name, "in": [*codes]}
        case _:
            rank = RANKS[type(expression)]
            return {**_table(expression.of, rank), **_modified(expression)}


def _modified(expression: Modified) -> dict[str, Any]:
    """The operations that a table applies to its number."""
    match expression:
        case Stepped(steps=steps):
            rows = [
                {"from": write_bound(s.low), "to": write_bound(s.high), "value": s.value}
                for s in steps
            ]
            return {"table": rows}
        case Curved(curve=curve):
            return {"fn": curve.value}
        case Power(exponent=exponent):
            return {"power": exponent}
        case Affine(times=times, divide_by=divide_by, add=add):
            said = {"times": (times, 1), "divide_by": (divide_by, 1), "add": (add, 0)}
            return {key: one for key, (one, usual) in said.items() if one != usual} or {"add": add}
        case Rounded(decimals=decimals):
            return {"round": decimals}
        case Clamped(low=low, high=high):
            return {"clamp": [write_bound(low), write_bound(high)]}
        case _:
            return {expression.test.value: _operand(expression.against)}


def _operands(parts: tuple[Expression, ...]) -> list[object]:
    return [_operand(part) for part in parts]


def _operand(expression: Expression) -> object:
    match expression:
        case Named(name=name, if_missing=None):
            return name
        case FixedNumber(value=value):
            return value
        case _:
            return _table(expression, LAST_RANK)
