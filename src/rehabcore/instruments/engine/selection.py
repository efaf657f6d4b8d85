"""Truths and choices among numbers: comparisons, cases, the largest and the smallest."""

import operator
from collections.abc import Callable
from math import inf

from rehabcore.instruments.engine.numbers import Evaluator, Exact, Pair, Situation, corners, exact
from rehabcore.instruments.model.expressions import (
    Cases,
    Compared,
    Expression,
    Extreme,
    FirstKnown,
    FixedNumber,
    Named,
    Negated,
    Pick,
    Test,
)

Selection = Extreme | FirstKnown | Cases | Compared | Negated
"""Expressions that decide among numbers."""


def selection(expression: Selection, of: Callable[[Expression], Evaluator]) -> Evaluator:
    """The evaluator of an expression; ``of`` makes the evaluators of its parts."""
    match expression:
        case Extreme(parts=parts, pick=Pick.ITEMS):
            return _largest_of(tuple(part.name for part in parts if isinstance(part, Named)))
        case Extreme(parts=parts, pick=pick):
            return _extreme(tuple(map(of, parts)), pick not in (Pick.SMALLEST, Pick.ALL))
        case FirstKnown(parts=parts):
            return _first_known(tuple(map(of, parts)))
        case Cases(cases=cases, otherwise=otherwise):
            made = tuple((of(case.when), of(case.then)) for case in cases)
            return _cases(made, of(otherwise))
        case Compared(of=one, test=test, against=FixedNumber(value=value)):
            return _tested(of(one), test, exact(value))
        case Compared(of=one, test=test, against=other):
            return _compared(of(one), _TESTS[test], of(other))
        case _:
            return _negated(of(expression.of))


def _extreme(parts: tuple[Evaluator, ...], largest: bool) -> Evaluator:
    first, *rest = parts

    def greatest(situation: Situation) -> Pair:
        low, high = first(situation)
        for part in rest:
            least, most = part(situation)
            low, high = least if least > low else low, most if most > high else high
        return low, high

    def smallest(situation: Situation) -> Pair:
        low, high = first(situation)
        for part in rest:
            least, most = part(situation)
            low, high = least if least < low else low, most if most < high else high
        return low, high

    return greatest if largest else smallest


def _largest_of(items: tuple[str, ...]) -> Evaluator:
    """The largest of some items: the same as ``_extreme``, with fewer calls."""
    first, *rest = items

    def largest(situation: Situation) -> Pair:
        numbers = situation.numbers
        low, high = numbers[first]
        for item in rest:
            least, most = numbers[item]
            low, high = least if least > low else low, most if most > high else high
        return low, high

    return largest


def _first_known(parts: tuple[Evaluator, ...]) -> Evaluator:
    def number(situation: Situation) -> Pair:
        ends: list[Exact] = []
        for part in parts:
            low, high = pair = part(situation)
            if low == high:
                return pair
            ends += pair
        return corners(ends)

    return number


def _cases(cases: tuple[tuple[Evaluator, Evaluator], ...], otherwise: Evaluator) -> Evaluator:
    def number(situation: Situation) -> Pair:
        low: Exact = inf
        high: Exact = -inf
        # Every case that may be taken widens the range; the first that certainly is ends it.
        for when, then in cases:
            certain, possible = when(situation)
            if possible:
                least, most = then(situation)
                low, high = min(low, least), max(high, most)
            if certain:
                return low, high
        least, most = otherwise(situation)
        return min(low, least), max(high, most)

    return number


_TESTS: dict[Test, Callable[[Pair, Pair], tuple[bool, bool]]] = {
    Test.AT_LEAST: lambda one, other: (one[0] >= other[1], one[1] >= other[0]),
    Test.AT_MOST: lambda one, other: (one[1] <= other[0], one[0] <= other[1]),
    Test.OVER: lambda one, other: (one[0] > other[1], one[1] > other[0]),
    Test.UNDER: lambda one, other: (one[1] < other[0], one[0] < other[1]),
    Test.EQUALS: lambda one, other: (
        one[0] == one[1] == other[0] == other[1],
        one[0] <= other[1] and one[1] >= other[0],
    ),
}
"""For each test of two pairs: whether it is certainly passed, and whether it may be."""
_OPERATORS: dict[Test, Callable[[Exact, Exact], bool]] = {
    Test.AT_LEAST: operator.ge,
    Test.AT_MOST: operator.le,
    Test.OVER: operator.gt,
    Test.UNDER: operator.lt,
    Test.EQUALS: operator.eq,
}
_YES, _NO = (1, 1), (0, 0)


def _compared(
    one: Evaluator, test: Callable[[Pair, Pair], tuple[bool, bool]], other: Evaluator
) -> Evaluator:
    def number(situation: Situation) -> Pair:
        certain, possible = test(one(situation), other(situation))
        return int(certain), int(possible)

    return number


def _tested(one: Evaluator, test: Test, figure: Exact) -> Evaluator:
    """The same as ``_compared``, against a fixed figure; a known number is compared once."""
    against, passes = (figure, figure), _OPERATORS[test]
    compare = _TESTS[test]

    def number(situation: Situation) -> Pair:
        low, high = pair = one(situation)
        if low == high:
            return _YES if passes(low, figure) else _NO
        certain, possible = compare(pair, against)
        return int(certain), int(possible)

    return number


def _negated(inner: Evaluator) -> Evaluator:
    def number(situation: Situation) -> Pair:
        low, high = inner(situation)
        return 1 - high, 1 - low

    return number
