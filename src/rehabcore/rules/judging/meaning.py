"""The meaning of a comparison: one pair, (certainly true, certainly false), over one cell.

Neither means unknown. Whatever answers rules reads this pair and nothing else. Relative dates are
folded into a constant once per day: ``age at_least 18 years`` on a day becomes ``born on or before
the last birth date that has reached 18 by then``, so that no reader does arithmetic on dates.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import StrEnum, auto
from functools import lru_cache
from typing import Any, cast

from attrs import frozen

from rehabcore.rules.criteria import Compare
from rehabcore.rules.facts import BOUNDED, NEVER, Cell, Fact, Known, Operator, Shape, Value
from rehabcore.rules.time.days import ONE_DAY, LeapDay, Term

MOST_FOLDED = 8192
"""Comparisons folded on a day that are kept."""


class Check(StrEnum):
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
class FoldedRule:
    """A comparison on one day: a check against a constant, perhaps the other way round."""

    check: Check
    constant: int | Decimal | date | frozenset[Any]
    opposite: bool = False

    def holds(self, value: Any) -> bool:
        """Whether a value passes; an anchor that never comes is later than every day."""
        return CHECKS[self.check](date.max if value is NEVER else value, self.constant) != (
            self.opposite
        )

    def certain(self, low: Any, high: Any) -> bool | None:
        """Whether every value between two passes, or none does; None if neither is certain.

        It is enough to ask the two ends: a check that holds at both, or at neither, does so
        between them. Of sets, the ends are the least and the most that may be in them.
        """
        at_low = self.holds(low)
        return at_low if low is high or at_low is self.holds(high) else None


@lru_cache(maxsize=MOST_FOLDED)
def fold(compare: Compare, on: date) -> FoldedRule:
    """What a comparison asks on a day, as a check of the cell's value alone."""
    operand = compare.operand
    match compare.operator, operand:
        case Operator.HAS_ANY, frozenset():
            return FoldedRule(Check.HAS_ANY, operand)
        case Operator.HAS_ALL, frozenset():
            return FoldedRule(Check.HAS_ALL, operand)
        case Operator.IN, frozenset():
            return FoldedRule(Check.ONE_OF, operand)
        case Operator.IS, _:
            return FoldedRule(Check.ONE_OF, frozenset({operand}))
        case _, Term():
            return _fold_running(compare, operand, on)
        case operator, str():
            return FoldedRule(Check.ONE_OF, _levels(compare.asked.fact.codes, operator, operand))
        case (Operator.AT_MOST | Operator.OVER) as operator, limit:
            return FoldedRule(
                Check.AT_MOST, cast("int | Decimal", limit), operator is Operator.OVER
            )
    limit = cast("int | Decimal | date", operand)
    return FoldedRule(Check.BELOW, limit, compare.operator in (Operator.AT_LEAST, Operator.SINCE))


@frozen
class Running:
    """A comparison of running time as one of its anchor: is it on or before the last that fits?

    Time run at least n: the anchor is on or before the last one reached. Time left at most n: it
    is on or before the last one near. ``over`` and ``under`` ask it of the day before.
    """

    last_anchor: Callable[[date, LeapDay], date]
    lay: Callable[[date, LeapDay], date]
    of_day_before: bool
    opposite: bool

    def turn(self, anchor: Value, leap_day: LeapDay) -> date:
        """The first day on which the question is answered yes; ``date.max`` for never."""
        if not isinstance(anchor, date):
            return date.max
        day = self.lay(anchor, leap_day)
        return day + ONE_DAY if self.of_day_before else day


@lru_cache(maxsize=MOST_FOLDED)
def _running(compare: Compare, term: Term) -> Running:
    operator = compare.operator
    if compare.asked.fact.shape is Shape.ELAPSED:
        of_day_before = operator in (Operator.OVER, Operator.AT_MOST)
        opposite = operator in (Operator.AT_MOST, Operator.UNDER)
        return Running(term.last_anchor_reached, term.after, of_day_before, opposite)
    of_day_before = operator in (Operator.UNDER, Operator.AT_LEAST)
    opposite = operator in (Operator.AT_LEAST, Operator.OVER)
    return Running(term.last_anchor_near, term.before, of_day_before, opposite)


def _fold_running(compare: Compare, term: Term, on: date) -> FoldedRule:
    running = _running(compare, term)
    day = on - ONE_DAY if running.of_day_before else on
    return FoldedRule(Check.AT_MOST, running.last_anchor(day, compare.leap_day), running.opposite)


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
    ends = bounds(compare.asked.fact, cell)
    certain = None if ends is None else fold(compare, on).certain(*ends)
    return certain is True, certain is False


def bounds(fact: Fact, cell: Cell) -> tuple[Value, Value] | None:
    """The lowest and the highest value that a cell allows; None if any value may be right."""
    if isinstance(cell, Known):
        return cell.value, cell.value
    return cell.between if fact.shape in BOUNDED else None


Course = list[tuple[date, bool | None]]
"""What is certain from which day on, in order; the first day is ``date.min``."""


@lru_cache(maxsize=MOST_FOLDED)
def course(compare: Compare) -> Callable[[Cell], Course]:
    """What is certain of a comparison on every day, as long as its cell stays the same.

    It changes only as time runs: once where the lowest value turns it, once where the highest does.
    """
    fact, leap_day = compare.asked.fact, compare.leap_day
    if not isinstance(compare.operand, Term):
        folded = fold(compare, date.min)

        def constant(cell: Cell) -> Course:
            ends = bounds(fact, cell)
            return [(date.min, None if ends is None else folded.certain(*ends))]

        return constant

    running = _running(compare, compare.operand)
    before, after = running.opposite, not running.opposite

    def turning(cell: Cell) -> Course:
        ends = bounds(fact, cell)
        if ends is None:
            return [(date.min, None)]
        low = running.turn(ends[0], leap_day)
        high = low if ends[0] is ends[1] else running.turn(ends[1], leap_day)
        stages: Course = [(date.min, before)]
        if low < high:
            stages.append((low, None))
        if high < date.max:
            stages.append((high, after))
        return stages

    return turning
