"""The regions of a fact: all that can be known of it, parted by what some comparisons answer.

Two cells of one region get the same answers, so one of them stands for all. There are few regions,
whatever the number of days, amounts or codes; some of them hold only what is not fully known.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations, groupby
from operator import itemgetter
from typing import Any, cast

from rehabcore.rules.criteria import Compare
from rehabcore.rules.differences.kinds import ValueRange
from rehabcore.rules.facts import (
    BOUNDED,
    NEVER,
    Absence,
    Cell,
    Fact,
    Known,
    Shape,
    Unknown,
    Value,
    place,
)
from rehabcore.rules.judging.meaning import FoldedRule, bounds, fold
from rehabcore.rules.law.versions import NOT_ON_FILE, UNSETTLED
from rehabcore.rules.near.thresholds import step_of, values_around
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.frozen import frozen

Certainties = tuple[bool | None, ...]
"""The answer of each comparison: certainly true, certainly false, or unknown (None)."""


@frozen(kw_only=True)
class Region:
    """Cells of a fact to which its comparisons give the same answers.

    ``cell`` is one of them: a known value if there is one, next to a threshold if there is one.
    ``values`` are all its known values, in their order; of sets of codes only the smallest ones.
    """

    answers: Certainties
    cell: Cell
    values: tuple[ValueRange, ...] = ()


def regions(compares: Sequence[Compare], on: date) -> tuple[Region, ...]:
    """The regions into which comparisons of one fact part it on a day, known values first.

    Args:
        compares: comparisons of the fact, at least one.
        on: the day.
    """
    fact, checks = compares[0].asked.fact, [fold(compare, on) for compare in compares]
    values = _values(compares, checks)
    found: dict[Certainties, list[ValueRange]] = {}
    for answers, some in _runs(fact, values, checks):
        found.setdefault(answers, []).append(some)
    told = [
        Region(answers=answers, cell=Known(example_of(ranges[0])), values=tuple(ranges))
        for answers, ranges in found.items()
    ]
    for cell in _unknown_cells(fact, values):
        ends = bounds(fact, cell)
        answers = tuple(None if ends is None else check.certain(*ends) for check in checks)
        if answers not in found:
            found[answers] = []
            told.append(Region(answers=answers, cell=cell))
    return tuple(told)


def _values(compares: Sequence[Compare], checks: Sequence[FoldedRule]) -> Sequence[Value]:
    """Values of a fact, in their order: at least one of every kind that its comparisons tell."""
    fact = compares[0].asked.fact
    if fact in (UNSETTLED, NOT_ON_FILE):  # no record can say it
        return ()
    match fact.shape:
        case Shape.FLAG:
            return (True, False)
        case Shape.CHOICE | Shape.LEVEL:
            # Two packs may list other codes for the same fact.
            return tuple(dict.fromkeys(code for one in compares for code in one.asked.fact.codes))
        case Shape.SET:
            return _sets(compares)
    return values_around(fact, checks)


def _sets(compares: Sequence[Compare]) -> Sequence[Value]:
    """Sets of codes, for every choice of answers one of the smallest that gives it."""
    # Codes that are mentioned together are alike, but for whether all of them are there. So they
    # are added group by group, and of sets that no comparison tells apart the smaller is kept.
    wanted = [cast("frozenset[str]", compare.operand) for compare in compares]
    groups: dict[tuple[bool, ...], list[str]] = {}
    for code in sorted(frozenset().union(*wanted)):
        groups.setdefault(tuple(code in codes for codes in wanted), []).append(code)
    sets: dict[object, frozenset[str]] = {None: frozenset()}
    seen: frozenset[str] = frozenset()
    for group in groups.values():
        seen |= frozenset(group)
        parts = [frozenset[str](), frozenset(group[:1]), frozenset(group)]
        grown = sorted((one | part for one in sets.values() for part in parts), key=len)
        sets = {}
        for one in grown:
            told = tuple((one.isdisjoint(codes), codes & seen <= one) for codes in wanted)
            sets.setdefault(told, one)
    return tuple(sets.values())


def _runs(
    fact: Fact, values: Sequence[Value], checks: Sequence[FoldedRule]
) -> Iterator[tuple[Certainties, ValueRange]]:
    """Values that follow each other and get the same answers, in their order."""
    told = [(tuple(check.holds(value) for check in checks), value) for value in values]
    if fact.shape not in BOUNDED:
        yield from ((answers, ValueRange(first=value, last=value)) for answers, value in told)
        return
    counted = [one for one in told if one[1] is not NEVER]
    for answers, run in groupby(counted, key=itemgetter(0)):
        within = [value for _, value in run]
        first = 0 if fact.shape is Shape.COUNT else None
        yield (
            answers,
            ValueRange(
                first=first if within[0] == values[0] else within[0],
                last=None if within[-1] == counted[-1][1] else within[-1],
            ),
        )
    yield from (
        (answers, ValueRange(first=NEVER, last=NEVER)) for answers, _ in told[len(counted) :]
    )


def example_of(values: ValueRange) -> Value:
    """The first of some values, or the last one if no threshold lies before the first."""
    no_threshold = values.first is None or values.first == 0
    nearest = values.last if no_threshold and values.last is not None else values.first
    return cast("Value", nearest)


def joined(fact: Fact, ranges: Iterable[ValueRange]) -> tuple[ValueRange, ...]:
    """The ranges of a fact in their order; those that follow each other are one."""
    if fact.shape not in BOUNDED:
        return tuple(ranges)
    found: list[ValueRange] = []
    for some in sorted(ranges, key=_first):
        before: Any = found[-1].last if found else None
        if isinstance(before, _NUMBERS) and some.first == before + step_of(fact.shape):
            found[-1] = ValueRange(first=found[-1].first, last=some.last)
        else:
            found.append(some)
    return tuple(found)


def _first(values: ValueRange) -> tuple[Any, ...]:
    return () if values.first is None else (place(values.first),)


_NUMBERS = (int, Decimal, date)


def _unknown_cells(fact: Fact, values: Sequence[Value]) -> Iterator[Unknown]:
    """Cells without a value: what is known within narrow bounds first, and nothing known last."""
    kind = _WHY[fact.absence]
    if fact.shape in BOUNDED:
        pairs = combinations(range(len(values)), 2)
        for low, high in sorted(pairs, key=lambda pair: pair[1] - pair[0]):
            yield Unknown(kind, between=(values[low], values[high]))
    yield Unknown(kind)


_WHY = {
    Absence.UNKNOWN: UnknownKind.MISSING,
    Absence.NONE: UnknownKind.DISPUTED,  # where silence is an answer, only records leave it open
    Absence.NEEDS_PERSON: UnknownKind.NEEDS_PERSON,
}
