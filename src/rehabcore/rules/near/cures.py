"""Whether one fact can come to answer several comparisons at once, and what that would take.

What a fact can come to is tried out on the few values between which its comparisons tell apart.
Two facts are never weighed against each other: that a person can hardly be in custody and in the
community at once is not known here.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import islice, product
from typing import Any, cast

from rehabcore.rules.criteria import Compare
from rehabcore.rules.facts import (
    BOUNDED,
    NEVER,
    RUNNING,
    Cell,
    Fact,
    Known,
    Operator,
    Shape,
    Unknown,
    Value,
    place,
)
from rehabcore.rules.judging.meaning import bounds, fold
from rehabcore.rules.time.days import ONE_DAY
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.checked import EARLIEST_YEAR, LATEST_YEAR

Wanted = tuple[Compare, bool]
"""A comparison, and whether it has to be met or not met."""


class NearKind(StrEnum):
    """What a rule that is not met waits for."""

    APPROACHING = "approaching"
    """A day, on which time alone will have turned what fails."""
    ONE_STEP = "one_step"
    """An act that changes a fact."""
    UNCLEAR = "unclear"
    """An answer: a fact is missing, stale or disputed."""
    PENDING = "pending"
    """A person's decision."""


def cure(wanted: Sequence[Wanted], cell: Cell, on: date) -> NearKind | None:
    """What makes one fact answer all these comparisons as wanted on a day; None if nothing can.

    What is unknown may turn out so, within what is known of it; else an act that changes the fact
    may bring it about. An act makes no past: running time that it starts anew has its anchor on
    the day or later, and it undoes nothing that is lasting.

    Args:
        wanted: comparisons of one fact, at least one.
        cell: what is known of that fact on the day.
        on: the day.
    """
    fact = wanted[0][0].asked.fact
    fitting = [
        value
        for value in _telling_values(fact, cell, wanted, on)
        if all(fold(compare, on).holds(value) is met for compare, met in wanted)
    ]
    if isinstance(cell, Unknown) and any(_may_be(value, cell, fact) for value in fitting):
        by_person = cell.kind is UnknownKind.NEEDS_PERSON
        return NearKind.PENDING if by_person else NearKind.UNCLEAR
    if fact.changed_by and any(_can_become(value, cell, fact, on) for value in fitting):
        return NearKind.ONE_STEP
    return None


def _may_be(value: Value, cell: Unknown, fact: Fact) -> bool:
    if cell.between is None or fact.shape not in BOUNDED:
        return True
    low, high = cell.between
    return bool(place(low) <= place(value) <= place(high))


def _can_become(value: Value, cell: Cell, fact: Fact, on: date) -> bool:
    if fact.lasting and isinstance(cell, Known) and cell.value is True:
        return value is True
    return fact.shape not in RUNNING or bool(place(value) >= on)


def _telling_values(fact: Fact, cell: Cell, wanted: Sequence[Wanted], on: date) -> Iterable[Value]:
    """Values of a fact: one at least of every kind that the comparisons tell apart."""
    match fact.shape:
        case Shape.FLAG:
            return (False, True)
        case Shape.CHOICE | Shape.LEVEL:
            return fact.codes
        case Shape.SET:
            return _telling_sets(fact, wanted)
    limits: list[Any] = [fold(compare, on).constant for compare, _ in wanted]
    ends = [end for end in bounds(fact, cell) or () if end is not NEVER]
    step = _STEPS.get(fact.shape, ONE_DAY)
    values = sorted({near for at in (*limits, *ends) for near in (at - step, at, at + step)})
    if fact.shape in RUNNING:
        usual = (day for day in values if EARLIEST_YEAR <= day.year <= LATEST_YEAR)
        return (*usual, NEVER)
    return [value for value in values if fact.shape is Shape.AMOUNT or value >= 0]


_STEPS: dict[Shape, Any] = {Shape.COUNT: 1, Shape.AMOUNT: Decimal("0.000001")}
_MOST_SETS = 1_000
"""Sets tried for one fact; more only matter where many comparisons deny it different codes."""


def _telling_sets(fact: Fact, wanted: Sequence[Wanted]) -> Iterable[Value]:
    """The largest sets that hold nothing they must not: what needs codes needs no fewer."""
    denied = {op: _operands(wanted, op) for op in (Operator.HAS_ANY, Operator.HAS_ALL)}
    allowed = frozenset(fact.codes).difference(*denied[Operator.HAS_ANY])
    lacking = product(*map(sorted, denied[Operator.HAS_ALL]))
    return [allowed.difference(codes) for codes in islice(lacking, _MOST_SETS)]


def _operands(wanted: Sequence[Wanted], operator: Operator) -> list[frozenset[str]]:
    """The codes of the comparisons by one operator that have to fail."""
    return [
        cast("frozenset[str]", compare.operand)
        for compare, met in wanted
        if compare.operator is operator and not met
    ]
