"""The meaning of a comparison: one pair, (certainly true, certainly false), over one cell.

Neither means unknown. Every way of answering rules (proofs, timelines, tables) reads this pair and
nothing else, so they cannot disagree. A relative date is folded into a constant once per day: on a
given day, ``age at_least 18 years`` becomes ``born on or before`` the last birth date that has
reached 18 by then. So judging needs no arithmetic on dates.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import StrEnum, auto
from functools import lru_cache
from typing import Any, cast

from rehabcore.rules.criteria import Compare
from rehabcore.rules.facts import BOUNDED, NEVER, Cell, Fact, Known, Operator, Shape, Value
from rehabcore.rules.time.days import ONE_DAY, LeapDay, Term
from rehabcore.strict.frozen import frozen

MOST_FOLDED = 8192
"""How many folded comparisons are kept."""


class Check(StrEnum):
    """The six elementary questions that every comparison comes down to."""

    AT_MOST = auto()
    BELOW = auto()
    RUNS_LESS = auto()
    """Time has begun to run and has run less than a term; or it never runs."""
    ONE_OF = auto()
    HAS_ANY = auto()
    HAS_ALL = auto()


CHECKS: dict[Check, Callable[[Any, Any], bool]] = {
    Check.AT_MOST: lambda value, limit: value <= limit,
    Check.BELOW: lambda value, limit: value < limit,
    Check.RUNS_LESS: lambda anchor, days: days[0] < anchor <= days[1] or anchor == days[2],
    Check.ONE_OF: lambda value, codes: value in codes,
    Check.HAS_ANY: lambda value, codes: not codes.isdisjoint(value),
    Check.HAS_ALL: lambda value, codes: codes <= value,
}


@frozen
class FoldedRule:
    """A comparison on one day: a check against a constant, negated if ``opposite``.

    The constant of ``RUNS_LESS`` is the last anchor that has reached the term, the day itself, and
    what stands for the anchor that never comes.
    """

    check: Check
    constant: int | Decimal | date | frozenset[Any] | tuple[Any, Any, Any]
    opposite: bool = False

    def holds(self, value: Any) -> bool:
        """Whether a value passes; an anchor that never comes is later than every day."""
        return CHECKS[self.check](date.max if value is NEVER else value, self.constant) != (
            self.opposite
        )

    def certain(self, low: Any, high: Any) -> bool | None:
        """True if every value between two ends passes, False if none does, None if some do.

        For a set, the ends are the fewest and the most codes that may be in it. Of time that may
        run since some day and may never run, it is certain that it does not begin after the day.
        """
        if self.check is Check.RUNS_LESS:
            return self._certainly_runs_less(low, high)
        # Every other check is monotone from the low end to the high one, so one answer at both ends
        # is that of everything between. (ONE_OF is not, but coded values have one end.)
        at_low = self.holds(low)
        return at_low if low is high or at_low is self.holds(high) else None

    def _certainly_runs_less(self, low: Any, high: Any) -> bool | None:
        reached, on, never = cast("tuple[Any, Any, Any]", self.constant)
        low, high = (never if end is NEVER else end for end in (low, high))
        return _less(low, high, on, never, ran=(low <= reached, high <= reached))


def _less(low: Any, high: Any, on: Any, never: Any, *, ran: tuple[bool, bool]) -> bool | None:
    """Whether less than a term has run since an anchor from ``low`` to ``high``, if it has begun.

    Args:
        low: the first possible anchor.
        high: the last one.
        on: the day.
        never: what stands for the anchor that never comes.
        ran: whether the term has run since the first and since the last.
    """
    began = high <= on or (high == never and (low <= on or low == never))
    if began and not ran[0]:
        return True
    return False if ran[1] or on < low <= high < never else None


@lru_cache(maxsize=MOST_FOLDED)
def fold(compare: Compare, on: date) -> FoldedRule:
    """A comparison on a day, as a check that needs only the value of the cell."""
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
    """A comparison of running time, turned into one question: is the anchor on or before a day?

    Time run is at least n if the anchor is on or before ``last_anchor_reached``. Time left is at
    most n if it is on or before ``last_anchor_near``. ``of_day_before`` asks this of the day before
    instead; ``opposite`` negates the answer. Time run is less only once it has begun, so before the
    anchor neither is met.
    """

    last_anchor: Callable[[date, LeapDay], date]
    lay: Callable[[date, LeapDay], date]
    of_day_before: bool
    opposite: bool

    def turn(self, anchor: Value, leap_day: LeapDay) -> date:
        """The first day on which the question is answered yes; ``date.max`` if that never comes."""
        if not isinstance(anchor, date):
            return date.max
        day = self.lay(anchor, leap_day)
        return day + ONE_DAY if self.of_day_before else day


@lru_cache(maxsize=MOST_FOLDED)
def _running(compare: Compare, term: Term) -> Running:
    # Days are whole, so "more than n by today" is "at least n by yesterday", and the other two
    # operators are negations of these. So one kind of check, AT_MOST, answers all four.
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
    last = running.last_anchor(day, compare.leap_day)
    if _runs_less(compare):
        return FoldedRule(Check.RUNS_LESS, (last, on, date.max))
    return FoldedRule(Check.AT_MOST, last, running.opposite)


def _runs_less(compare: Compare) -> bool:
    """Whether a comparison asks that less than a term has run, or no more than it."""
    less = (Operator.UNDER, Operator.AT_MOST)
    return compare.asked.fact.shape is Shape.ELAPSED and compare.operator in less


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
    """Whether a comparison is certainly true, and whether it is certainly false."""
    ends = bounds(compare.asked.fact, cell)
    certain = None if ends is None else fold(compare, on).certain(*ends)
    return certain is True, certain is False


def bounds(fact: Fact, cell: Cell) -> tuple[Value, Value] | None:
    """The lowest and the highest value that a cell allows; None if it allows any value."""
    if isinstance(cell, Known):
        return cell.value, cell.value
    return cell.between if fact.shape in BOUNDED else None


Course = list[tuple[date, bool | None]]
"""Stages in order: from a day on, a comparison is certainly true (True), certainly false (False) or
unknown (None). The first stage begins on ``date.min``."""


@lru_cache(maxsize=MOST_FOLDED)
def course(compare: Compare) -> Callable[[Cell], Course]:
    """The course of a comparison over all days, given a cell that stays the same.

    Only running time changes the answer: once when the lowest possible anchor turns it, once when
    the highest does. Between the two it is unknown. Less than a term runs only from the anchor on.
    """
    fact, leap_day = compare.asked.fact, compare.leap_day
    if not isinstance(compare.operand, Term):
        folded = fold(compare, date.min)

        def constant(cell: Cell) -> Course:
            ends = bounds(fact, cell)
            return [(date.min, None if ends is None else folded.certain(*ends))]

        return constant

    running = _running(compare, compare.operand)
    if _runs_less(compare):
        return lambda cell: _course_of_less(running, leap_day, bounds(fact, cell))
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


def _course_of_less(
    running: Running, leap_day: LeapDay, ends: tuple[Value, Value] | None
) -> Course:
    """The course of a comparison that is met once time runs, until it has run a term."""
    if ends is None:
        return [(date.min, None)]
    low, high = (end if isinstance(end, date) else date.max for end in ends)
    turns = [running.turn(end, leap_day) for end in ends]
    stages: Course = []
    for day in sorted({date.min, low, high, *turns} - {date.max}):
        certain = _less(low, high, day, date.max, ran=(turns[0] <= day, turns[1] <= day))
        if not stages or certain is not stages[-1][1]:
            stages.append((day, certain))
    return stages
