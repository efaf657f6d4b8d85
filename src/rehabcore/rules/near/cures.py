"""Whether one fact can come to answer several comparisons at once, and what that would take.

A few values of the fact are tried: at least one of every kind that its comparisons distinguish. Two
facts are never weighed against each other. This room does not know that a person can hardly be in
custody and in the community at once, so it may tell of a way that nobody can go.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from itertools import islice, product
from typing import cast

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
from rehabcore.rules.near.thresholds import values_around
from rehabcore.rules.truth import UnknownKind

Wanted = tuple[Compare, bool]
"""A comparison, and whether it has to be met or not met."""


class NearKind(StrEnum):
    """The kinds of things that a rule which is not met can wait for."""

    APPROACHING = "approaching"
    """A day: by then, time alone will have turned the comparisons that fail."""
    ONE_STEP = "one_step"
    """An act that changes a fact."""
    UNCLEAR = "unclear"
    """An answer: a fact is missing, stale or disputed."""
    PENDING = "pending"
    """A person's decision."""


def cure(wanted: Sequence[Wanted], cell: Cell, on: date) -> NearKind | None:
    """The way in which one fact could answer all comparisons as wanted on a day; None if it cannot.

    An unknown fact may turn out to have a fitting value, within the bounds that are known. Failing
    that, an act may give it such a value. An act cannot change the past: if it starts running time
    anew, the anchor is the day or later. It cannot undo a lasting fact.

    Args:
        wanted: comparisons of one fact, at least one.
        cell: what is known of that fact on the day.
        on: the day.
    """
    fact = wanted[0][0].asked.fact
    if isinstance(cell, Known) and not fact.changed_by:
        return None
    checks = [(fold(compare, on), met) for compare, met in wanted]
    fitting = [
        value
        for value in _telling_values(fact, cell, wanted, on)
        if all(check.holds(value) is met for check, met in checks)
    ]
    # Asking is tried before acting: nobody should change a life where an answer would do.
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
    """Values of a fact: at least one of every kind that the comparisons tell apart."""
    match fact.shape:
        case Shape.FLAG:
            return (False, True)
        case Shape.CHOICE | Shape.LEVEL:
            return fact.codes
        case Shape.SET:
            return _telling_sets(fact, wanted)
    ends = [end for end in bounds(fact, cell) or () if end is not NEVER]
    return values_around(fact, [fold(compare, on) for compare, _ in wanted], ends)


_MOST_SETS = 1_000
"""How many sets are tried for one fact. Only many denials of several codes each would need more."""


def _telling_sets(fact: Fact, wanted: Sequence[Wanted]) -> Iterable[Value]:
    """The largest sets of codes that hold nothing they must not hold."""
    # A comparison that is wanted asks for codes, so a larger set never fits it less well. To fail
    # "has all of a, b", one of the codes must lack: every choice of one is tried.
    denied = {op: _operands(wanted, op) for op in (Operator.HAS_ANY, Operator.HAS_ALL)}
    allowed = frozenset(fact.codes).difference(*denied[Operator.HAS_ANY])
    lacking = product(*map(sorted, denied[Operator.HAS_ALL]))
    return [allowed.difference(codes) for codes in islice(lacking, _MOST_SETS)]


def _operands(wanted: Sequence[Wanted], operator: Operator) -> list[frozenset[str]]:
    """The codes of each comparison by one operator that has to fail."""
    return [
        cast("frozenset[str]", compare.operand)
        for compare, met in wanted
        if compare.operator is operator and not met
    ]
