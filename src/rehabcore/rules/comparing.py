"""The meaning of a comparison: one pair, (certainly true, certainly false), over one cell.

Neither means unknown. Whatever answers rules reads this pair and nothing else. Relative dates are
folded into a constant once per day: ``age at_least 18 years`` on a day becomes ``born on or before
the last birth date that has reached 18 by then``, so that no reader does arithmetic on dates.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import Enum, auto
from typing import Any, cast

from attrs import frozen

from rehabcore.rules.criteria import Compare
from rehabcore.rules.days import ONE_DAY, Term
from rehabcore.rules.facts import NEVER, Cell, Known, Operator, Shape


class Check(Enum):
    """The five elementary questions that every comparison comes down to."""

    AT_MOST = auto()
    BELOW = auto()
    ONE_OF = auto()
    HAS_ANY = auto()
    HAS_ALL = auto()


CHECKS: dict[Check, Callable[[Any, Any], bool]] = {
    Check.AT_MOST: lambda value, limit: value <= limit,
    Check.BELOW: lambda value, limit: value < limit,
    Check.ONE_OF: lambda value, codes: value in codes,
    Check.HAS_ANY: lambda value, codes: not codes.isdisjoint(value),
    Check.HAS_ALL: lambda value, codes: codes <= value,
}


@frozen
class Folded:
    """A comparison on one day: a check against a constant, perhaps the other way round."""

    check: Check
    constant: int | Decimal | date | frozenset[Any]
    opposite: bool = False

    def holds(self, value: Any) -> bool:
        """Whether a value passes; an anchor that never comes is later than every day."""
        return CHECKS[self.check](date.max if value is NEVER else value, self.constant) != (
            self.opposite
        )


def fold(compare: Compare, on: date) -> Folded:
    """What a comparison asks on a day, as a check of the cell's value alone."""
    operand = compare.operand
    match compare.operator, operand:
        case Operator.HAS_ANY, frozenset():
            return Folded(Check.HAS_ANY, operand)
        case Operator.HAS_ALL, frozenset():
            return Folded(Check.HAS_ALL, operand)
        case Operator.IN, frozenset():
            return Folded(Check.ONE_OF, operand)
        case Operator.IS, _:
            return Folded(Check.ONE_OF, frozenset({operand}))
        case operator, Term():
            return _fold_running(compare, operator, operand, on)
        case operator, str():
            return Folded(Check.ONE_OF, _levels(compare.asked.fact.codes, operator, operand))
        case (Operator.AT_MOST | Operator.OVER) as operator, limit:
            return Folded(Check.AT_MOST, cast("int | Decimal", limit), operator is Operator.OVER)
    limit = cast("int | Decimal", operand)
    return Folded(Check.BELOW, limit, compare.operator is Operator.AT_LEAST)


def _fold_running(compare: Compare, operator: Operator, term: Term, on: date) -> Folded:
    """Turn a comparison of running time into one of its anchor.

    Time run at least n: the anchor is on or before the last one reached. Time left at most n: it
    is on or before the last one near. ``over`` and ``under`` ask it of the day before.
    """
    if compare.asked.fact.shape is Shape.ELAPSED:
        of_day_before = operator in (Operator.OVER, Operator.AT_MOST)
        opposite = operator in (Operator.AT_MOST, Operator.UNDER)
        last = term.last_anchor_reached
    else:
        of_day_before = operator in (Operator.UNDER, Operator.AT_LEAST)
        opposite = operator in (Operator.AT_LEAST, Operator.OVER)
        last = term.last_anchor_near
    day = on - ONE_DAY if of_day_before else on
    return Folded(Check.AT_MOST, last(day, compare.leap_day), opposite)


def _levels(codes: tuple[str, ...], operator: Operator, limit: str) -> frozenset[str]:
    rank = codes.index(limit)
    return frozenset(
        {
            Operator.AT_LEAST: codes[rank:],
            Operator.OVER: codes[rank + 1 :],
            Operator.AT_MOST: codes[: rank + 1],
            Operator.UNDER: codes[:rank],
        }[operator]
    )


def pair(compare: Compare, cell: Cell, on: date) -> tuple[bool, bool]:
    """Whether the comparison is certainly true, and whether it is certainly false."""
    if not isinstance(cell, Known):
        return False, False
    holds = fold(compare, on).holds(cell.value)
    return holds, not holds
