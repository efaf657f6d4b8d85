"""The number of an expression, from what is known of the items: a pair that it lies between.

A number that is known is a pair of equals. Whole numbers and decimals are exact (fractions); only
logarithms and the logistic function give binary floats. One evaluator serves three purposes: the
score of complete answers, the range of a score whose answers are incomplete, and, with no answer
at all, the range that a scale can reach.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction
from itertools import product
from math import exp, inf, log

from attrs import define, field

from rehabcore.instruments.declaration import Missing, MissingPolicy
from rehabcore.instruments.expressions import (
    Affine,
    Between,
    Blanks,
    Cases,
    Chosen,
    Clamped,
    Coded,
    Combined,
    Compared,
    Constant,
    Counted,
    Curve,
    Curved,
    Expression,
    Extreme,
    Grid,
    Named,
    Not,
    Number,
    Pick,
    Pool,
    Power,
    Product,
    Ratio,
    Rounded,
    Stepped,
    Test,
    Unit,
)

Exact = int | Fraction | float
"""A number while it is computed. Floats are infinite, or come from a curve."""
Pair = tuple[Exact, Exact]
"""A number lies between these two, both within."""

ANY_NUMBER: Pair = (-inf, inf)


@define
class Situation:
    """What is known while one form is scored.

    ``numbers`` has a pair for every name that is known so far. ``blank`` are the items without an
    answer, ``not_applicable`` those answered so. ``bounding`` asks for the range over everything
    that blank items could be answered, instead of what the publisher makes of them. ``lacking`` are
    the items without which a policy gives no score, ``prorated`` those it filled in.
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
    fraction = Fraction(str(number))
    return int(fraction) if fraction.denominator == 1 else fraction


def evaluator(
    expression: Expression, codes: Mapping[str, tuple[str, ...]], missing: Missing
) -> Evaluator:
    """How the number of an expression is found.

    Args:
        expression: which has only names that the situation knows.
        codes: the codes of each item whose number is the place of a code.
        missing: how sums and means of items treat unanswered ones.
    """

    def of(part: Expression) -> Evaluator:
        return evaluator(part, codes, missing)

    match expression:
        case Constant(value=value):
            known = (exact(value), exact(value))
            return lambda _: known
        case Named(name=name, if_missing=None):
            return lambda situation: situation.numbers[name]
        case Named(name=name, if_missing=default):
            return _with_default(name, exact(default or 0))
        case Pool():
            return _pool(expression, missing)
        case Combined(plus=plus, minus=minus):
            return _combined(tuple(map(of, plus)), tuple(map(of, minus)))
        case Product(parts=parts):
            return _product(tuple(map(of, parts)))
        case Extreme(parts=parts, pick=pick):
            return _extreme(tuple(map(of, parts)), pick not in (Pick.SMALLEST, Pick.ALL))
        case Affine():
            return _affine(of(expression.of), expression)
        case Ratio(of=above, by=below):
            return _ratio(of(above), of(below))
        case Curved(of=inner, curve=curve):
            return _rising(of(inner), _CURVES[curve])
        case Power(of=inner, exponent=exponent):
            return _power(of(inner), exponent)
        case Stepped():
            return _stepped(of(expression.of), expression)
        case Coded(name=name, points=points):
            given = dict(points)
            return _of_code(name, tuple(exact(given[code]) for code in codes[name]))
        case Chosen(name=name, codes=chosen):
            return _of_code(name, tuple(int(code in chosen) for code in codes[name]))
        case Grid():
            return _grid(of(expression.row), of(expression.column), expression)
        case Cases(cases=cases, otherwise=otherwise):
            return _cases(tuple((of(case.when), of(case.then)) for case in cases), of(otherwise))
        case Compared(of=one, test=test, against=other):
            return _compared(of(one), _TESTS[test], of(other))
        case Not(of=inner):
            return _negated(of(inner))
        case Counted(items=items, reaching=reaching):
            return _counted(items, exact(reaching))
        case Blanks(items=items):
            return _blanks(frozenset(items))
        case Between(start=start, end=end, unit=unit):
            return _between(start, end, 12 if unit is Unit.YEARS else 1)
        case Rounded(of=inner, decimals=decimals):
            return _rising(of(inner), lambda number: rounded(number, decimals))
        case Clamped(of=inner, low=low, high=high):
            least = -inf if low is None else exact(low)
            most = inf if high is None else exact(high)
            return _rising(of(inner), lambda number: min(max(number, least), most))


def _with_default(name: str, default: Exact) -> Evaluator:
    known = (default, default)

    def number(situation: Situation) -> Pair:
        lacks = name in situation.blank and not situation.bounding
        return known if lacks else situation.numbers[name]

    return number


def _pool(pool: Pool, missing: Missing) -> Evaluator:
    items, every = pool.items, frozenset(pool.items)
    share = Fraction(1, len(items)) if pool.mean else 1

    def number(situation: Situation) -> Pair:
        low: Exact = 0
        high: Exact = 0
        numbers = situation.numbers
        if situation.blank or situation.not_applicable:
            return _incomplete(situation, every, missing, share)
        for item in items:
            least, most = numbers[item]
            low += least
            high += most
        return (low * share, high * share) if pool.mean else (low, high)

    return number


def _incomplete(
    situation: Situation, every: frozenset[str], missing: Missing, share: Fraction | int
) -> Pair:
    """A sum of items of which some are not answered."""
    blank, aside = every & situation.blank, every & situation.not_applicable
    if aside and missing.not_applicable is MissingPolicy.FORBID:
        blank, aside = blank | aside, frozenset()
    if not situation.bounding and blank:
        fill = missing.policy is MissingPolicy.PRORATE and len(blank) <= missing.max_missing
        if fill and blank | aside < every:
            aside, blank = blank | aside, frozenset()
            situation.prorated |= aside
        else:
            situation.lacking |= blank
    counted = every - aside
    if not counted:
        situation.lacking |= every
        return ANY_NUMBER
    whole = Fraction(len(every), len(counted)) * share
    low = sum((situation.numbers[item][0] for item in counted), 0)
    high = sum((situation.numbers[item][1] for item in counted), 0)
    return low * whole, high * whole


def _combined(plus: tuple[Evaluator, ...], minus: tuple[Evaluator, ...]) -> Evaluator:
    def number(situation: Situation) -> Pair:
        low: Exact = 0
        high: Exact = 0
        for part in plus:
            least, most = part(situation)
            low += least
            high += most
        for part in minus:
            least, most = part(situation)
            low -= most
            high -= least
        return low, high

    return number


def _product(parts: tuple[Evaluator, ...]) -> Evaluator:
    def number(situation: Situation) -> Pair:
        result: Pair = (1, 1)
        for part in parts:
            result = _corners(_times(a, b) for a, b in product(result, part(situation)))
        return result

    return number


def _times(one: Exact, other: Exact) -> Exact:
    """A product in which nothing times no matter how much is nothing."""
    return one * other if one and other else 0


def _corners(numbers: Iterable[Exact]) -> Pair:
    found = tuple(numbers)
    return min(found), max(found)


def _extreme(parts: tuple[Evaluator, ...], largest: bool) -> Evaluator:
    pick: Callable[[Iterable[Exact]], Exact] = max if largest else min

    def number(situation: Situation) -> Pair:
        pairs = [part(situation) for part in parts]
        return pick(low for low, _ in pairs), pick(high for _, high in pairs)

    return number


def _affine(inner: Evaluator, affine: Affine) -> Evaluator:
    factor = Fraction(exact(affine.times)) / Fraction(exact(affine.divide_by))
    add = exact(affine.add)

    def number(situation: Situation) -> Pair:
        low, high = inner(situation)
        one, other = _times(low, factor) + add, _times(high, factor) + add
        return (one, other) if factor > 0 else (other, one)

    return number


def _ratio(above: Evaluator, below: Evaluator) -> Evaluator:
    def number(situation: Situation) -> Pair:
        low, high = below(situation)
        if low <= 0 <= high:
            return ANY_NUMBER
        shares = [0 if abs(end) == inf else 1 / Fraction(end) for end in (low, high)]
        return _corners(_times(a, b) for a, b in product(above(situation), shares))

    return number


def _rising(inner: Evaluator, curve: Callable[[Exact], Exact]) -> Evaluator:
    """A function that never falls, of a number."""

    def number(situation: Situation) -> Pair:
        low, high = inner(situation)
        least = curve(low)
        return least, least if low == high else curve(high)

    return number


def _ln(number: Exact) -> Exact:
    if number <= 0:
        return -inf
    return log(number) if number < inf else inf


_STEEPEST = 700
"""Beyond it e to a number is more than a float can hold."""


def _logistic(number: Exact) -> Exact:
    if abs(number) > _STEEPEST:
        return 1.0 if number > 0 else 0.0
    power = exp(number)
    return power / (1 + power)


_CURVES: dict[Curve, Callable[[Exact], Exact]] = {
    Curve.LN: _ln,
    Curve.LN1P: lambda number: _ln(number + 1),
    Curve.LOGISTIC: _logistic,
}


def _power(inner: Evaluator, exponent: int) -> Evaluator:
    def number(situation: Situation) -> Pair:
        low, high = inner(situation)
        ends: tuple[Exact, Exact] = (low**exponent, high**exponent)
        across = exponent % 2 == 0 and low < 0 < high
        return 0 if across else min(ends), max(ends)

    return number


def _stepped(inner: Evaluator, table: Stepped) -> Evaluator:
    starts = [-inf if step.low is None else exact(step.low) for step in table.steps]
    last = table.steps[-1].high
    end = inf if last is None else exact(last)
    values = [exact(step.value) for step in table.steps]

    def number(situation: Situation) -> Pair:
        low, high = inner(situation)
        if low < starts[0] or high > end:
            return ANY_NUMBER
        return _corners(values[bisect_right(starts, low) - 1 : bisect_right(starts, high)])

    return number


def _of_code(name: str, points: tuple[Exact, ...]) -> Evaluator:
    def number(situation: Situation) -> Pair:
        low, high = situation.numbers[name]
        return _corners(points[int(low) : int(high) + 1])

    return number


def _grid(row: Evaluator, column: Evaluator, grid: Grid) -> Evaluator:
    rows, columns = [exact(n) for n in grid.rows], [exact(n) for n in grid.columns]
    cells = [[exact(cell) for cell in line] for line in grid.cells]

    def number(situation: Situation) -> Pair:
        (low, high), (left, right) = row(situation), column(situation)
        if low < rows[0] or left < columns[0]:
            return ANY_NUMBER
        return _corners(
            cell
            for line in cells[bisect_right(rows, low) - 1 : bisect_right(rows, high)]
            for cell in line[bisect_right(columns, left) - 1 : bisect_right(columns, right)]
        )

    return number


def _cases(cases: tuple[tuple[Evaluator, Evaluator], ...], otherwise: Evaluator) -> Evaluator:
    def number(situation: Situation) -> Pair:
        low: Exact = inf
        high: Exact = -inf
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
"""For each test whether it is certainly passed, and whether it may be."""


def _compared(
    one: Evaluator, test: Callable[[Pair, Pair], tuple[bool, bool]], other: Evaluator
) -> Evaluator:
    def number(situation: Situation) -> Pair:
        certain, possible = test(one(situation), other(situation))
        return int(certain), int(possible)

    return number


def _negated(inner: Evaluator) -> Evaluator:
    def number(situation: Situation) -> Pair:
        low, high = inner(situation)
        return 1 - high, 1 - low

    return number


def _counted(items: tuple[str, ...], reaching: Exact) -> Evaluator:
    def number(situation: Situation) -> Pair:
        pairs = [situation.numbers[item] for item in items]
        return sum(low >= reaching for low, _ in pairs), sum(high >= reaching for _, high in pairs)

    return number


def _blanks(items: frozenset[str]) -> Evaluator:
    def number(situation: Situation) -> Pair:
        count = len(items & situation.blank)
        return (0 if situation.bounding else count), count

    return number


def _between(start: str, end: str, months: int) -> Evaluator:
    def number(situation: Situation) -> Pair:
        (first, late_first), (early_last, last) = situation.numbers[start], situation.numbers[end]
        return _elapsed(late_first, early_last, months), _elapsed(first, last, months)

    return number


def _elapsed(start: Exact, end: Exact, months: int) -> Exact:
    if abs(start) == inf or abs(end) == inf:
        return inf if start < end else -inf
    return completed_months(date.fromordinal(int(start)), date.fromordinal(int(end))) // months


def completed_months(start: date, end: date) -> int:
    """Calendar months that are complete; the day of the month must have come round.

    Since the 31st a month is complete only where there is a 31st, else with the next month's first
    day; born on 29 February, a year is complete on 1 March of a common year. This is how the
    published reference models count. Below zero where ``end`` lies before ``start``.
    """
    return 12 * (end.year - start.year) + end.month - start.month - (end.day < start.day)


def rounded(number: Exact, decimals: int) -> Exact:
    """Half up, away from zero, on the exact value of the number."""
    if abs(number) == inf:
        return number
    scaled = abs(Fraction(number)) * 10**decimals
    whole = int(scaled + Fraction(1, 2)) * (-1 if number < 0 else 1)
    result = Fraction(whole, 10**decimals)
    return int(result) if result.denominator == 1 else result
