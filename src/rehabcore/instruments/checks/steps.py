"""The steps of the numbers of an instrument: the number of which all values are multiples.

A sum of whole points has the step 1, a percentage with two decimals the step 1/100. A number that
comes from a curve, a division or an amount of money has no step: it can be any number.

The step of an expression is the greatest common divisor of the steps of its parts. So a step may be
finer than the values that can be reached, and is never coarser.
"""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import reduce
from math import gcd

from rehabcore.instruments.checks.naming import TODAY, expressions_of
from rehabcore.instruments.engine.numbers import exact
from rehabcore.instruments.model.declaration import Instrument
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
    Number,
    Pool,
    Power,
    Product,
    Ratio,
    Rounded,
    Stepped,
    subexpressions,
)
from rehabcore.instruments.model.items import MissingAnswers, MissingPolicy

GridStep = Fraction | None
"""Every number is a multiple of this; None where it can be any number. Of 0 alone the step is 0."""

_WHOLE = Fraction(1)


def is_whole(step: GridStep) -> bool:
    """Whether all multiples of a step are whole numbers, so that the next one is one more."""
    return step is not None and step.denominator == 1


def grid_steps(instrument: Instrument) -> dict[str, GridStep]:
    """The step of every name of an instrument."""
    steps: dict[str, GridStep] = {}
    for group in instrument.items:
        for name in group.numbers:
            steps[name] = _common(
                (_WHOLE if group.amount is None else None, steps.get(name, _WHOLE))
            )
    for name, others in _set_otherwise(instrument):
        steps[name] = _common((steps[name], _of_figures(others)))
    steps |= dict.fromkeys((TODAY, *(choice.id for choice in instrument.choices)), _WHOLE)
    for norm in instrument.norms:
        steps[norm.name] = _of_figures(figure.value for figure in norm.figures)
    for scale in instrument.in_order_of_reading():
        steps[scale.name] = grid_step(scale.of, steps, scale.missing or instrument.missing)
    return steps


def _set_otherwise(instrument: Instrument) -> Iterable[tuple[str, Iterable[Number]]]:
    """The numbers of items that are not raw answers: from keys, gates and defaults."""
    for key in instrument.keying:
        for name, points in key.value_map:
            yield name, dict(points).values()
    for gate in instrument.gates:
        for name in gate.items:
            yield name, (gate.score,)
    for _, expression in expressions_of(instrument):
        for part in subexpressions(expression):
            if isinstance(part, Named) and isinstance(part.if_missing, int | float):
                yield part.name, (part.if_missing,)


def _of_figures(figures: Iterable[Number]) -> GridStep:
    return _common(abs(Fraction(exact(figure))) for figure in figures)


def _common(steps: Iterable[GridStep]) -> GridStep:
    """The greatest step that divides all these steps."""
    nothing: GridStep = Fraction(0)
    return reduce(_common_of_two, steps, nothing)


def _common_of_two(one: GridStep, other: GridStep) -> GridStep:
    if one is None or other is None:
        return None
    shared = gcd(one.numerator * other.denominator, other.numerator * one.denominator)
    return Fraction(shared, one.denominator * other.denominator)


def grid_step(
    expression: Expression, steps: Mapping[str, GridStep], missing: MissingAnswers
) -> GridStep:
    """The step of an expression, by the steps of the names that it reads."""

    def of(part: Expression) -> GridStep:
        return grid_step(part, steps, missing)

    match expression:
        case Compared() | Chosen() | ItemCount() | Blanks() | Elapsed():
            return _WHOLE
        case Curved() | Ratio():
            return None
        case FixedNumber(value=value):
            return _of_figures((value,))
        case Named(name=name, if_missing=str(other)):
            return _common((steps[name], steps[other]))
        case Named(name=name):
            return steps[name]
        case Pool(items=items, mean=mean):
            if _fills_in(missing):  # an item may then count as the mean of others
                return None
            return _times(_common(steps[item] for item in items), _share(items, mean))
        case Combined(plus=plus, minus=minus):
            return _common(map(of, (*plus, *minus)))
        case Product(parts=parts):
            return reduce(_times, map(of, parts))
        case Extreme(parts=parts) | FirstKnown(parts=parts):
            return _common(map(of, parts))
        case Power(of=inner, exponent=exponent):
            return reduce(_times, [of(inner)] * exponent)
        case Affine(of=inner, times=times, divide_by=divide_by, add=add):
            factor = Fraction(exact(times)) / Fraction(exact(divide_by))
            return _common((_times(of(inner), abs(factor)), _of_figures((add,))))
        case Rounded(of=inner, decimals=decimals):
            return _rounded(of(inner), Fraction(1, 10**decimals))
        case Clamped(of=inner, low=low, high=high):
            return _common((of(inner), _of_figures((low or 0, high or 0))))
        case Negated(of=inner):
            return _common((of(inner), _WHOLE))
        case _:
            return _of_table(expression, of)


def _of_table(
    table: Stepped | Coded | Grid | Cases, of: Callable[[Expression], GridStep]
) -> GridStep:
    match table:
        case Stepped(steps=rows):
            return _of_figures(row.value for row in rows)
        case Coded(points=points):
            return _of_figures(dict(points).values())
        case Grid(cells=cells):
            return _of_figures(cell for line in cells for cell in line)
        case _:
            return _common((*(of(case.then) for case in table.cases), of(table.otherwise)))


def _times(one: GridStep, other: GridStep) -> GridStep:
    return None if one is None or other is None else one * other


def _share(items: tuple[str, ...], mean: bool) -> Fraction:
    return Fraction(1, len(items)) if mean else _WHOLE


def _rounded(inner: GridStep, rounding: Fraction) -> GridStep:
    """The step after rounding to multiples of one: what is coarser already stays as it is."""
    unchanged = inner is not None and (inner / rounding).denominator == 1
    return inner if unchanged else rounding


def _fills_in(missing: MissingAnswers) -> bool:
    """Whether an unanswered item may count as the mean of others."""
    return MissingPolicy.PRORATE in (missing.policy, missing.not_applicable)
