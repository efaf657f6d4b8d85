"""Why a fact cannot be asked or compared in some way: mistakes found when a rule is built."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from rehabcore.errors import Problem, Problems, missing_key, shown, unknown_keys
from rehabcore.rules.days import Term
from rehabcore.rules.facts import CODED, DATED, OPERATORS, RUNNING, Fact, Operator, Shape
from rehabcore.verification import conforms

Operand = bool | int | Decimal | str | frozenset[str] | Term | date
"""The constants that a fact can be compared with."""


def asked_faults(fact: Fact, given: Mapping[str, object]) -> Iterable[Problem]:
    """Why a fact cannot be asked with these parameters."""
    for parameter in fact.parameters:
        name, codes = parameter.name, parameter.codes
        value = given.get(name)
        if name not in given:
            if parameter.required:
                yield missing_key(name)
        elif not isinstance(value, str):
            yield _problem("wrong_type", name, value, "a text")
        elif codes and value not in codes:
            yield _problem("unknown_value", name, value, f"one of {', '.join(codes)}")
        elif not codes:
            problems = Problems()
            problems.at(name, Term.parse, value)
            yield from problems.found
    yield from unknown_keys(given, [parameter.name for parameter in fact.parameters])


def operand_faults(fact: Fact, operator: Operator, operand: object) -> Iterable[Problem]:
    """Why a fact cannot be compared in this way with this constant."""
    allowed = fact.comparisons or OPERATORS[fact.shape]
    wanted = _operand_type(fact, operator)
    if operator not in allowed:
        expected = f"{fact.name} compared by {', '.join(allowed)}"
        yield _problem("cannot_compare", operator, operator, expected)
    elif not conforms(operand, wanted):
        yield _problem("wrong_type", operator, operand, _OPERAND_NAMES[wanted])
    elif isinstance(operand, int) and operand < 0:
        yield _problem("out_of_range", operator, operand, "0 or more: nothing is counted below")
    elif fact.shape in CODED:
        codes: frozenset[Any] = operand if isinstance(operand, frozenset) else frozenset({operand})
        if not codes:
            yield _problem("empty_group", operator, [], "at least one code")
        for code in sorted(codes - set(fact.codes)):
            expected = f"one of {', '.join(fact.codes)}"
            yield _problem("unknown_value", operator, code, expected)


def _operand_type(fact: Fact, operator: Operator) -> Any:
    if operator in (Operator.IN, Operator.HAS_ANY, Operator.HAS_ALL):
        return frozenset[str]
    if operator in DATED:
        return date
    if fact.shape in RUNNING:
        return Term
    return {Shape.FLAG: bool, Shape.COUNT: int, Shape.AMOUNT: Decimal}.get(fact.shape, str)


_OPERAND_NAMES: dict[Any, str] = {
    bool: "true or false",
    int: "a whole number",
    Decimal: 'a decimal number as text, such as "12.50"',
    str: "a code",
    frozenset[str]: "a list of codes",
    Term: 'a length such as "18 years" or "90 days"',
    date: "a day",
}


def unsure_law(path: str) -> Problem:
    """Law with an unknown end: on its second day nobody could say whether it burdens anyone."""
    expected = "a day, or open: law ends on a known day or goes on"
    return _problem("out_of_range", f"{path}.end", "unknown", expected)


def _problem(code: str, path: str, found: object, expected: str) -> Problem:
    return Problem(code=code, path=path, found=shown(found), expected=expected)
