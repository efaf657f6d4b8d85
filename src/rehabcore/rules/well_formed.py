"""Mistakes that are found when a rule is built: facts asked or compared in a way they cannot be."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from rehabcore.rules.facts import (
    CODED,
    DATED,
    OPERATORS,
    RUNNING,
    Fact,
    Operator,
    Parameter,
    Shape,
    Takes,
)
from rehabcore.rules.time.ageing import Ageing
from rehabcore.rules.time.days import Term
from rehabcore.strict.checked import conforms
from rehabcore.strict.problems import (
    InputError,
    Problem,
    Problems,
    missing_key,
    one_of,
    refuse,
    unknown_keys,
)

Operand = bool | int | Decimal | str | frozenset[str] | Term | date
"""The constants that a fact can be compared with."""

SEPARATOR = ", "
"""The text between several codes that are given for one parameter."""


def in_one_form(fact: Fact, given: Iterable[tuple[str, object]]) -> tuple[tuple[str, object], ...]:
    """Parameters as they are kept: several codes as one text, in the order of the fact's codes.

    So questions that mean the same are equal. Wrong input is left as it is; ``asked_problems``
    tells of it.
    """
    several = {p.name: p.codes for p in fact.parameters if p.takes is Takes.CODES}
    if not several:
        return tuple(given)
    return tuple(
        (name, _joined(value, several[name]) if name in several else value) for name, value in given
    )


def _joined(value: object, codes: tuple[str, ...]) -> object:
    listed = value.split(SEPARATOR) if isinstance(value, str) else value
    if not isinstance(listed, list | tuple) or not all(isinstance(code, str) for code in listed):
        return value
    order = {code: place for place, code in enumerate(codes)}
    return SEPARATOR.join(sorted(listed, key=lambda code: order.get(code, len(codes))))


def asked_problems(fact: Fact, given: Mapping[str, object]) -> Iterable[Problem]:
    """The problems of asking a fact with these parameters, which are already ``in_one_form``."""
    for parameter in fact.parameters:
        name, value = parameter.name, given.get(parameter.name)
        if name not in given:
            if parameter.required:
                yield missing_key(name)
        elif not isinstance(value, str):
            several = parameter.takes is Takes.CODES
            yield Problem.of(
                value, "wrong_type", "a list of codes" if several else "a text", path=name
            )
        else:
            yield from _said_problems(parameter, value, given)
    yield from unknown_keys(given, [parameter.name for parameter in fact.parameters])


def _said_problems(
    parameter: Parameter, value: str, given: Mapping[str, object]
) -> Iterable[Problem]:
    """The problems of giving a text for one parameter, in view of what the others are given."""
    name, problems = parameter.name, Problems()
    if parameter.codes:
        codes = value.split(SEPARATOR) if parameter.takes is Takes.CODES else [value]
        for code in codes:
            if code not in parameter.codes:
                expected = one_of(parameter.codes, code)
                yield Problem.of(code, "unknown_value", expected, path=name)
        if len(set(codes)) < len(codes):
            yield Problem.of(codes, "repeated_item", "each code once", path=name)
        if parameter.takes is Takes.AGEING and value in tuple(Ageing):
            yield from _ageing_problems(name, Ageing(value), given.get("within"))
    elif parameter.takes is not Takes.OFFICE:
        problems.at(name, share if parameter.takes is Takes.SHARE else Term.parse, value)
    elif not value.strip():
        problems.note(value, "out_of_range", "the code of an office", path=name)
    yield from problems.found


def _ageing_problems(name: str, ageing: Ageing, within: object) -> Iterable[Problem]:
    """The problem of a window that could never hold anything, or would clear before it fills."""
    try:
        fits = ageing.fits(Term.parse(within))
    except InputError:  # told where the window is read
        return
    if not fits:
        expected = "a window of at least a day for this, of whole months if it ages by the month"
        yield Problem.of(ageing.value, "out_of_range", expected, path=name)


_SHARE = re.compile(r"([1-9][0-9]{0,3})(?:/([1-9][0-9]{0,3})|%)")


def share(text: str) -> Fraction:
    """A part of a whole, exactly, from ``"2/3"`` or ``"85%"``.

    Raises:
        InputError: the text is not of that form, or the part is more than the whole.
    """
    match = _SHARE.fullmatch(text)
    if match is None:
        refuse(text, "bad_share", 'a part such as "1/2", "2/3" or "85%"')
    part = Fraction(int(match[1]), int(match[2] or 100))
    if part > 1:
        refuse(text, "out_of_range", "at most the whole")
    return part


def operand_problems(fact: Fact, operator: Operator, operand: object) -> Iterable[Problem]:
    """Why a fact cannot be compared in this way with this constant."""
    allowed = fact.comparisons or OPERATORS[fact.shape]
    wanted = _operand_type(fact, operator)
    if operator not in allowed:
        expected = f"{fact.name} compared by {', '.join(allowed)}"
        yield Problem.of(operator, "cannot_compare", expected, path=operator)
    elif not conforms(operand, wanted):
        yield Problem.of(operand, "wrong_type", _operand_name(wanted), path=operator)
    elif isinstance(operand, int) and operand < 0:
        yield Problem.of(
            operand, "out_of_range", "0 or more: nothing is counted below", path=operator
        )
    elif fact.shape in CODED:
        codes: frozenset[Any] = operand if isinstance(operand, frozenset) else frozenset({operand})
        if not codes:
            yield Problem.of([], "empty_group", "at least one code", path=operator)
        for code in sorted(codes - set(fact.codes)):
            expected = one_of(fact.codes, code)
            yield Problem.of(code, "unknown_value", expected, path=operator)


def _operand_type(fact: Fact, operator: Operator) -> Any:
    if operator in (Operator.IN, Operator.HAS_ANY, Operator.HAS_ALL):
        return frozenset[str]
    if operator in DATED:
        return date
    if fact.shape in RUNNING:
        return Term
    return {Shape.FLAG: bool, Shape.COUNT: int, Shape.AMOUNT: Decimal}.get(fact.shape, str)


def _operand_name(wanted: Any) -> str:
    return _OPERAND_NAMES.get(wanted, "a date")  # `date` is no key: frozen time replaces the name


_OPERAND_NAMES: dict[Any, str] = {
    bool: "true or false",
    int: "a whole number",
    Decimal: 'a decimal number as text, such as "12.50"',
    str: "a code",
    frozenset[str]: "a list of codes",
    Term: 'a length such as "18 years" or "90 days"',
}


def unsure_law(path: str) -> Problem:
    """The problem of law with an unknown end: after its first day nobody could say if it holds."""
    expected = "a day, or open: law ends on a known day or goes on"
    return Problem.of("unknown", "out_of_range", expected, path=f"{path}.end")
