"""The number of an expression, as the pair of the least and the most that it can be.

For a known number, both are equal. Whole numbers and decimals are exact (fractions); only
logarithms and the logistic function give binary floats. One evaluator serves three purposes: the
score of complete answers, the range of a score with incomplete answers, and, without any answer,
the range that a scale can reach.
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from math import inf

from rehabcore.instruments.engine.arithmetic import arithmetic
from rehabcore.instruments.engine.numbers import (
    ANY_NUMBER,
    Evaluator,
    Exact,
    Pair,
    Situation,
    completed_months,
    corners,
    exact,
)
from rehabcore.instruments.engine.selection import selection
from rehabcore.instruments.model.expressions import (
    Blanks,
    Cases,
    Chosen,
    Coded,
    Compared,
    Elapsed,
    Expression,
    Extreme,
    FirstKnown,
    FixedNumber,
    ItemCount,
    Named,
    Negated,
    Number,
    Pool,
    Unit,
)
from rehabcore.instruments.model.items import MissingAnswers, MissingPolicy


def evaluator(
    expression: Expression, codes: Mapping[str, tuple[str, ...]], missing: MissingAnswers
) -> Evaluator:
    """Make the evaluator of an expression.

    Args:
        expression: the expression; the situation must know all its names.
        codes: the codes of each item whose number is the place of a code.
        missing: the policy on unanswered items in sums and means.
    """

    def of(part: Expression) -> Evaluator:
        return evaluator(part, codes, missing)

    match expression:
        case FixedNumber(value=value):
            known = (exact(value), exact(value))
            return lambda _: known
        case Named(name=name, if_missing=None):
            return lambda situation: situation.numbers[name]
        case Named(name=name, if_missing=default):
            return _with_default(name, default)
        case Pool():
            return _pool(expression, missing)
        case Coded(name=name, points=points):
            given = dict(points)
            return _of_code(name, tuple(exact(given[code]) for code in codes[name]))
        case Chosen(name=name, codes=chosen):
            return _of_code(name, tuple(int(code in chosen) for code in codes[name]))
        case ItemCount(items=items, reaching=reaching):
            return _counted(items, exact(reaching))
        case Blanks(items=items):
            return _blanks(frozenset(items))
        case Elapsed(start=start, end=end, unit=unit):
            return _between(start, end, 12 if unit is Unit.YEARS else 1)
        case Extreme() | FirstKnown() | Cases() | Compared() | Negated():
            return selection(expression, of)
        case _:
            return arithmetic(expression, of)


def _with_default(name: str, default: Number | str | None) -> Evaluator:
    figure = default if isinstance(default, int | float) else 0
    known = (exact(figure), exact(figure))

    def number(situation: Situation) -> Pair:
        if name in situation.blank and not situation.bounding:
            return situation.numbers[default] if isinstance(default, str) else known
        return situation.numbers[name]

    return number


def _pool(pool: Pool, missing: MissingAnswers) -> Evaluator:
    items, every = pool.items, frozenset(pool.items)
    share = Fraction(1, len(items)) if pool.mean else 1

    def number(situation: Situation) -> Pair:
        low: Exact = 0
        high: Exact = 0
        numbers = situation.numbers
        if (situation.blank or situation.not_applicable) and not (
            every.isdisjoint(situation.blank) and every.isdisjoint(situation.not_applicable)
        ):
            return _incomplete(situation, every, missing, share)
        for item in items:
            least, most = numbers[item]
            low += least
            high += most
        return (low * share, high * share) if pool.mean else (low, high)

    return number


def _incomplete(
    situation: Situation, every: frozenset[str], missing: MissingAnswers, share: Fraction | int
) -> Pair:
    """A sum of items, some of which are not answered.

    Items that count as the mean of the others are set aside; the sum of the others is then scaled
    up. Items without which there is no score are added to ``situation.lacking``.
    """
    # While bounding, blank items are counted with the range of all their answers: the policy on
    # missing answers decides the value, not what the value could have been.
    blank, aside = every & situation.blank, every & situation.not_applicable
    if aside and missing.not_applicable is MissingPolicy.FORBID:
        blank, aside = blank | aside, frozenset()
    if not situation.bounding and blank:
        fill = missing.policy is MissingPolicy.PRORATE and len(blank) <= missing.max_missing
        if fill and blank | aside < every:
            aside, blank = blank | aside, frozenset()
        else:
            situation.lacking |= blank
    counted = every - aside
    if not counted:
        situation.lacking |= every
        return ANY_NUMBER
    if not situation.bounding and not blank:
        situation.prorated |= aside
    # A factor only where there is one: a fraction of 1 would make fractions of all that follows.
    whole = share if counted == every else Fraction(len(every), len(counted)) * share
    pairs = [situation.numbers[item] for item in counted]
    low, high = sum([low for low, _ in pairs]), sum([high for _, high in pairs])
    return (low, high) if whole == 1 else (low * whole, high * whole)


def _of_code(name: str, points: tuple[Exact, ...]) -> Evaluator:
    def number(situation: Situation) -> Pair:
        low, high = situation.numbers[name]
        return corners(points[int(low) : int(high) + 1])

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
        # The shortest time runs from the latest start to the earliest end.
        (first, late_first), (early_last, last) = situation.numbers[start], situation.numbers[end]
        return _elapsed(late_first, early_last, months), _elapsed(first, last, months)

    return number


def _elapsed(start: Exact, end: Exact, months: int) -> Exact:
    if abs(start) == inf or abs(end) == inf:
        return inf if start < end else -inf
    return completed_months(date.fromordinal(int(start)), date.fromordinal(int(end))) // months
