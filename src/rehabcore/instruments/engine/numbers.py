"""Numbers while a form is scored: exact ones, pairs of them, curves, rounding, calendar time."""

from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction
from math import exp, inf, log

from attrs import define, field

from rehabcore.instruments.model.expressions import Curve, Ends, Number

Exact = int | Fraction | float
"""A number while it is computed. It is a float only if infinite, or from a curve."""
Pair = tuple[Exact, Exact]
"""The least and the most that a number can be, both included."""

ANY_NUMBER: Pair = (-inf, inf)


@define
class Situation:
    """All numbers that are known so far while one form is scored.

    ``numbers`` has a pair for every name so far. ``blank`` holds the items without an answer,
    ``not_applicable`` those answered so. ``bounding`` asks for the range over all answers that
    blank items could have, instead of applying the publisher's policy. ``lacking`` collects the
    items without which that policy gives no score, ``prorated`` those that it filled in.
    """

    numbers: dict[str, Pair]
    blank: frozenset[str] = frozenset()
    not_applicable: frozenset[str] = frozenset()
    bounding: bool = False
    lacking: set[str] = field(factory=set)
    prorated: set[str] = field(factory=set)


Evaluator = Callable[[Situation], Pair]


def exact(number: Number) -> Exact:
    """A figure as it is written: ``0.2`` is one fifth."""
    if type(number) is int:
        return number
    # by way of its text: the float 0.2 itself is a little more than one fifth, and sums of such
    # floats would miss cut-offs that the publisher's decimals reach
    fraction = Fraction(str(number))
    return int(fraction) if fraction.denominator == 1 else fraction


def ends_of(ends: Ends | None) -> Pair:
    """The ends of a range as numbers; without a range any number lies within."""
    low, high = ends or (None, None)
    return -inf if low is None else exact(low), inf if high is None else exact(high)


def times(one: Exact, other: Exact) -> Exact:
    """A product, in which 0 times infinity is 0: a term with weight 0 adds nothing."""
    return one * other if one and other else 0


def corners(numbers: Iterable[Exact]) -> Pair:
    """The pair of the least and the most of some numbers."""
    found = tuple(numbers)
    return min(found), max(found)


def _ln(number: Exact) -> Exact:
    if number <= 0:
        return -inf
    return log(number) if number < inf else inf


_STEEPEST = 700
"""The greatest exponent of e whose power a float can hold."""


def _logistic(number: Exact) -> Exact:
    if not -_STEEPEST <= number <= _STEEPEST:
        return 1.0 if number > 0 else 0.0
    power = exp(number)
    return power / (1 + power)


CURVES: dict[Curve, Callable[[Exact], Exact]] = {
    Curve.LN: _ln,
    Curve.LN1P: lambda number: _ln(number + 1),
    Curve.LOGISTIC: _logistic,
    Curve.DOUBLE: float,
}


def completed_months(start: date, end: date) -> int:
    """The complete calendar months between two days; negative if ``end`` lies before ``start``.

    A month is complete when its day of the month has come round. From the 31st, a month without a
    31st is complete on the first day of the next one. From 29 February, a year is complete on 1
    March of a common year. The published reference models count in this way.
    """
    return 12 * (end.year - start.year) + end.month - start.month - (end.day < start.day)


def rounded(number: Exact, decimals: int) -> Exact:
    """A number rounded half up (away from zero), from its exact value."""
    if abs(number) == inf:
        return number
    scaled = abs(Fraction(number)) * 10**decimals
    whole = int(scaled + Fraction(1, 2)) * (-1 if number < 0 else 1)
    result = Fraction(whole, 10**decimals)
    return int(result) if result.denominator == 1 else result
