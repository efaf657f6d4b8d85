"""The two sides of a rule, certainly true and certainly false, as plain two-valued expressions.

Engines that have only two values are asked for both sides; where neither holds, the answer is
unknown. The lowering is the benchmark's own, so that it cannot share a mistake with the library.
Relative days are folded into constants here, which spares every engine arithmetic on dates.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import combinations

from attrs import frozen

from benchmarks import facts
from benchmarks.rules import Condition, Group, Node


@frozen
class Test:
    """A fact is known and passes a check (``holds``), or is known and fails it.

    ``check`` is ``at_most`` with a number, ``one_of`` or ``has_any`` with codes, or ``is`` True.
    """

    fact: str
    check: str
    constant: int | tuple[str, ...]
    holds: bool


@frozen
class Both:
    """Every part holds."""

    parts: "tuple[Side, ...]"


@frozen
class Either:
    """At least one part holds."""

    parts: "tuple[Side, ...]"


Side = Test | Both | Either
Sides = tuple[Side, Side]
"""Certainly true, certainly false."""


def sides(rule: Node, on: date) -> Sides:
    """Both sides of a rule on a day."""
    return _side(rule, True, on), _side(rule, False, on)


def _side(node: Node, wanted: bool, on: date) -> Side:
    if isinstance(node, Condition):
        return _test(node, wanted, on)
    if node.word == "not":
        return _side(node.parts[0], not wanted, on)
    parts = [_side(part, wanted, on) for part in node.parts]
    needed = _needed(node)
    return _some(parts, needed if wanted else len(parts) - needed + 1)


def _needed(group: Group) -> int:
    return {"all": len(group.parts), "any": 1}.get(group.word, group.count)


def _some(parts: list[Side], count: int) -> Side:
    """At least ``count`` of the parts, spelt out."""
    if count == len(parts):
        return Both(tuple(_flat(Both, parts)))
    chosen = [Both(few) if count > 1 else few[0] for few in combinations(parts, count)]
    return Either(tuple(_flat(Either, chosen)))


def _flat(kind: type, parts: Iterable[Side]) -> Iterable[Side]:
    for part in parts:
        if isinstance(part, Both | Either) and isinstance(part, kind):
            yield from part.parts
        else:
            yield part


def _test(node: Condition, wanted: bool, on: date) -> Test:
    operand = node.operand
    if node.operator in ("is", "has_any", "in") and not isinstance(operand, int):
        codes = (operand,) if isinstance(operand, str) else operand
        check = "has_any" if node.operator == "has_any" else "one_of"
        return Test(node.fact, check, codes, wanted)
    if isinstance(operand, bool):
        return Test(node.fact, "is", True, wanted is operand)
    if isinstance(operand, str):
        return Test(node.fact, "one_of", _levels(node.fact, node.operator, operand), wanted)
    assert isinstance(operand, int)
    limit, opposite = _limit(node, operand, on)
    return Test(node.fact, "at_most", limit, wanted is not opposite)


def _levels(fact: str, operator: str, limit: str) -> tuple[str, ...]:
    codes = facts.FACTS[fact].fact.codes
    rank = codes.index(limit)
    return codes[rank:] if operator == "at_least" else codes[: rank + 1]


def _limit(node: Condition, number: int, on: date) -> tuple[int, bool]:
    """The greatest value that is at most the limit, and whether the condition asks the opposite.

    What has run a long time began on an early day, so for it the order is the other way round.
    """
    match node.fact, node.operator:
        case "age", operator:
            return on.replace(year=on.year - number).toordinal(), operator == "under"
        case "supervised", operator:
            return (on - timedelta(days=number)).toordinal(), operator == "under"
        case "remaining", "at_most":
            return (on + timedelta(days=number)).toordinal(), False
        case "remaining", _:
            return (on + timedelta(days=number - 1)).toordinal(), True
        case _, "at_least":
            return number - 1, True
        case _, operator:
            return number, operator == "over"
