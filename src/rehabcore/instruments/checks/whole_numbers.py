"""Whether a number of an instrument can only be whole, so that the next one is one more."""

from collections.abc import Mapping
from fractions import Fraction

from rehabcore.instruments.checks.naming import TODAY, expressions_of
from rehabcore.instruments.engine.numbers import exact
from rehabcore.instruments.model.declaration import Instrument
from rehabcore.instruments.model.expressions import (
    Affine,
    Between,
    Blanks,
    Chosen,
    Clamped,
    Coded,
    Combined,
    Compared,
    Constant,
    Counted,
    Curved,
    Expression,
    Extreme,
    FirstKnown,
    Grid,
    Named,
    Not,
    Number,
    Pool,
    Power,
    Product,
    Ratio,
    Rounded,
    Stepped,
    parts_of,
)
from rehabcore.instruments.model.items import Missing, MissingPolicy


def whole_names(instrument: Instrument) -> dict[str, bool]:
    """For each name whether its number can only be whole."""
    whole: dict[str, bool] = {}
    for group in instrument.items:
        for name in group.numbers:
            whole[name] = group.amount is None and whole.get(name, True)
    for key in instrument.keying:
        for name, points in key.value_map:
            whole[name] &= _all_whole(*dict(points).values())
    for gate in instrument.gates:
        for name in gate.items:
            whole[name] &= _all_whole(gate.score)
    for _, expression in expressions_of(instrument):
        for part in parts_of(expression):
            if isinstance(part, Named) and isinstance(part.if_missing, int | float):
                whole[part.name] &= _all_whole(part.if_missing)
    whole |= dict.fromkeys((TODAY, *(choice.id for choice in instrument.choices)), True)
    for norm in instrument.norms:
        whole[norm.name] = _all_whole(*(figure.value for figure in norm.figures))
    for scale in instrument.in_order_of_reading():
        whole[scale.name] = is_whole(scale.of, whole, scale.missing or instrument.missing)
    return whole


def _all_whole(*numbers: Number) -> bool:
    return all(type(exact(number)) is int for number in numbers)


def is_whole(expression: Expression, whole: Mapping[str, bool], missing: Missing) -> bool:
    """Whether the number of an expression can only be whole, by what it is made of."""

    def every(*parts: Expression) -> bool:
        return all(is_whole(part, whole, missing) for part in parts)

    match expression:
        case Compared() | Chosen() | Counted() | Blanks() | Between():
            return True
        case Curved() | Ratio():
            return False
        case Constant(value=value):
            return _all_whole(value)
        case Named(name=name, if_missing=str(other)):
            return whole[name] and whole[other]
        case Named(name=name):
            return whole[name]
        case Pool(items=items, mean=mean):
            return not mean and not _fills_in(missing) and all(whole[item] for item in items)
        case Combined(plus=plus, minus=minus):
            return every(*plus, *minus)
        case Product(parts=parts) | Extreme(parts=parts) | FirstKnown(parts=parts):
            return every(*parts)
        case Not(of=inner) | Power(of=inner):
            return every(inner)
        case Affine(of=inner, times=times, divide_by=divide_by, add=add):
            factor = Fraction(exact(times)) / Fraction(exact(divide_by))
            if isinstance(inner, Rounded):  # a share of two decimals is a whole percentage
                return (factor / 10**inner.decimals).denominator == 1 and _all_whole(add)
            return every(inner) and factor.denominator == 1 and _all_whole(add)
        case Rounded(of=inner, decimals=decimals):
            return decimals == 0 or every(inner)
        case Clamped(of=inner, low=low, high=high):
            return every(inner) and _all_whole(low or 0, high or 0)
        case Stepped(steps=steps):
            return _all_whole(*(step.value for step in steps))
        case Coded(points=points):
            return _all_whole(*dict(points).values())
        case Grid(cells=cells):
            return _all_whole(*(cell for line in cells for cell in line))
        case _:
            return every(*(case.then for case in expression.cases), expression.otherwise)


def _fills_in(missing: Missing) -> bool:
    """Whether an unanswered item may count as the mean of others."""
    return MissingPolicy.PRORATE in (missing.policy, missing.not_applicable)
