"""Numbers that are computed from others: sums, products, curves, tables."""

from bisect import bisect_right
from collections.abc import Callable
from fractions import Fraction
from itertools import product
from math import inf

from rehabcore.instruments.engine.numbers import (
    ANY_NUMBER,
    CURVES,
    Evaluator,
    Exact,
    Pair,
    Situation,
    corners,
    ends_of,
    exact,
    rounded,
    times,
)
from rehabcore.instruments.model.expressions import (
    Affine,
    Clamped,
    Combined,
    Curved,
    Expression,
    Grid,
    Power,
    Product,
    Ratio,
    Rounded,
    Stepped,
)

Arithmetic = (
    Combined | Product | Affine | Ratio | Curved | Power | Stepped | Grid | Rounded | Clamped
)
"""Expressions that compute a number from others.

A known number is a pair that holds one object twice. Evaluators test this by identity (``is``), and
compute such a number once instead of once for each end.
"""


def arithmetic(expression: Arithmetic, of: Callable[[Expression], Evaluator]) -> Evaluator:
    """The evaluator of an expression; ``of`` makes the evaluators of its parts."""
    match expression:
        case Combined(plus=plus, minus=minus):
            return _combined(tuple(map(of, plus)), tuple(map(of, minus)))
        case Product(parts=parts):
            return _product(tuple(map(of, parts)))
        case Affine():
            return _affine(of(expression.of), expression)
        case Ratio(of=above, by=below):
            return _ratio(of(above), of(below))
        case Curved(of=inner, curve=curve):
            return _rising(of(inner), CURVES[curve])
        case Power(of=inner, exponent=exponent):
            return _power(of(inner), exponent)
        case Stepped():
            return _stepped(of(expression.of), expression)
        case Grid():
            return _grid(of(expression.row), of(expression.column), expression)
        case Rounded(of=inner, decimals=decimals):
            return _rising(of(inner), lambda number: rounded(number, decimals))
        case _:
            low, high = ends_of((expression.low, expression.high))
            return _rising(of(expression.of), lambda number: min(max(number, low), high))


def _combined(plus: tuple[Evaluator, ...], minus: tuple[Evaluator, ...]) -> Evaluator:
    signed = (*((part, 1) for part in plus), *((part, -1) for part in minus))

    def number(situation: Situation) -> Pair:
        low: Exact = 0
        high: Exact | None = None  # as low, for as long as every part is known
        for part, sign in signed:
            least, most = part(situation)
            known = least is most
            if sign < 0:
                least, most = -most, -least
            if high is not None or not known:
                high = (low if high is None else high) + most
            low += least
        return low, low if high is None else high

    return number


def _product(parts: tuple[Evaluator, ...]) -> Evaluator:
    def number(situation: Situation) -> Pair:
        result: Pair = (1, 1)
        for part in parts:
            result = _multiplied(result, part(situation))
        return result

    return number


def _multiplied(one: Pair, other: Pair) -> Pair:
    if one[0] is one[1] and other[0] is other[1]:
        known = times(one[0], other[0])
        return known, known
    return corners(times(a, b) for a, b in product(one, other))


def _affine(inner: Evaluator, affine: Affine) -> Evaluator:
    factor = Fraction(exact(affine.times)) / Fraction(exact(affine.divide_by))
    add = exact(affine.add)

    def number(situation: Situation) -> Pair:
        low, high = inner(situation)
        one = times(low, factor) + add
        other = one if low is high else times(high, factor) + add
        return (one, other) if factor > 0 else (other, one)

    return number


def _ratio(above: Evaluator, below: Evaluator) -> Evaluator:
    def number(situation: Situation) -> Pair:
        low, high = below(situation)
        # Between a small negative and a small positive divisor, the quotient can be any number.
        if low <= 0 <= high:
            return ANY_NUMBER
        one = _inverse(low)
        return _multiplied(above(situation), (one, one if low is high else _inverse(high)))

    return number


def _inverse(number: Exact) -> Exact:
    return 0 if abs(number) == inf else 1 / Fraction(number)


def _rising(inner: Evaluator, curve: Callable[[Exact], Exact]) -> Evaluator:
    """The evaluator of a curve that never falls."""

    # As it never falls, its values at the two ends are the two ends of its values.
    def number(situation: Situation) -> Pair:
        low, high = inner(situation)
        least = curve(low)
        return least, least if low is high else curve(high)

    return number


def _power(inner: Evaluator, exponent: int) -> Evaluator:
    def number(situation: Situation) -> Pair:
        low, high = inner(situation)
        if low is high:
            known: Exact = low**exponent
            return known, known
        ends: tuple[Exact, Exact] = (low**exponent, high**exponent)
        # An even power falls before 0 and rises after it, so its least value is 0 in between.
        across = exponent % 2 == 0 and low < 0 < high
        return 0 if across else min(ends), max(ends)

    return number


def _stepped(inner: Evaluator, table: Stepped) -> Evaluator:
    ends = [ends_of((step.low, step.high)) for step in table.steps]
    starts, (_, last) = [start for start, _ in ends], ends[-1]
    values = [exact(step.value) for step in table.steps]

    def number(situation: Situation) -> Pair:
        low, high = inner(situation)
        if low < starts[0] or high > last:
            return ANY_NUMBER
        return corners(values[bisect_right(starts, low) - 1 : bisect_right(starts, high)])

    return number


def _grid(row: Evaluator, column: Evaluator, grid: Grid) -> Evaluator:
    rows, columns = [exact(n) for n in grid.rows], [exact(n) for n in grid.columns]
    cells = [[exact(cell) for cell in line] for line in grid.cells]

    def number(situation: Situation) -> Pair:
        (low, high), (left, right) = row(situation), column(situation)
        if low < rows[0] or left < columns[0]:
            return ANY_NUMBER
        return corners(
            cell
            for line in cells[bisect_right(rows, low) - 1 : bisect_right(rows, high)]
            for cell in line[bisect_right(columns, left) - 1 : bisect_right(columns, right)]
        )

    return number
