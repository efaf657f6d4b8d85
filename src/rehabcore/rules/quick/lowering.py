"""A criterion on a day as two ordinary two-valued expressions: certainly true, certainly false.

Neither means unknown. Generated code and bit masks know only two values; with a pair of expressions
they still give all three answers exactly. Nodes that are not law on the day are left out, as
``judge`` leaves them out.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import chain, starmap
from math import prod

from rehabcore.rules.criteria import Compare, Criterion, Not, needed, parts_of
from rehabcore.strict.frozen import frozen

EVERY: int = -1
"""The mask of all bits, however many there are. (In Python, -1 has infinitely many ones.)"""
EVEN = 0.5
"""The guessed chance where nothing suggests another one."""


@frozen
class Snippet:
    """An expression in Python, and a guess of how often it holds, from 0 to 1.

    The guess decides only the order in which parts are asked, never an answer.
    """

    text: str
    chance: float


def _chance(snippet: Snippet) -> float:
    return snippet.chance


@frozen
class Leaf:
    """Comparison number n is certainly true (index 2n), or certainly false (index 2n + 1)."""

    index: int

    def mask(self, leaves: Mapping[int, int]) -> int:
        """The bits for which it holds, given those of every leaf by index."""
        return leaves[self.index]

    def source(self, leaves: Mapping[int, Snippet]) -> Snippet:
        """The expression in Python, given that of every leaf by index."""
        return leaves[self.index]


@frozen
class Every:
    """All parts hold; without any part, always."""

    parts: "tuple[Formula, ...]"

    def mask(self, leaves: Mapping[int, int]) -> int:
        """The bits for which it holds, given those of every leaf by index."""
        bits = EVERY
        for part in self.parts:
            bits &= part.mask(leaves)
        return bits

    def source(self, leaves: Mapping[int, Snippet]) -> Snippet:
        """The expression in Python, given that of every leaf by index."""
        # The part that is likeliest to fail goes first: Python then skips the rest.
        parts = sorted((part.source(leaves) for part in self.parts), key=_chance)
        text = " and ".join(part.text for part in parts)
        return Snippet(f"({text or 'True'})", prod(part.chance for part in parts))


@frozen
class Some:
    """At least ``count`` parts hold; without any part, never."""

    count: int
    parts: "tuple[Formula, ...]"

    def mask(self, leaves: Mapping[int, int]) -> int:
        """The bits for which it holds, given those of every leaf by index."""
        # reached[k] holds the bits for which at least k of the parts seen so far hold. Counting
        # down, no part is counted twice.
        reached = [EVERY] + [0] * self.count
        for part in self.parts:
            holds = part.mask(leaves)
            for k in range(self.count, 0, -1):
                reached[k] |= reached[k - 1] & holds
        return reached[self.count]

    def source(self, leaves: Mapping[int, Snippet]) -> Snippet:
        """The expression in Python, given that of every leaf by index."""
        # The part that is likeliest to hold goes first: Python then skips the rest.
        parts = sorted((part.source(leaves) for part in self.parts), key=_chance, reverse=True)
        if self.count == 1:
            text = " or ".join(part.text for part in parts)
            return Snippet(f"({text or 'False'})", 1 - prod(1 - part.chance for part in parts))
        text = " + ".join(f"({part.text})" for part in parts)
        return Snippet(f"({text} >= {self.count})", EVEN)


Formula = Leaf | Every | Some
"""A two-valued expression: a comparison, or parts of which some number must hold."""


def leaves_of(expression: Formula) -> Iterator[int]:
    """The indices of all leaves of an expression."""
    if isinstance(expression, Leaf):
        yield expression.index
    else:
        for part in expression.parts:
            yield from leaves_of(part)


@frozen
class Lowered:
    """The pair of a criterion: when it is certainly met, and when it is certainly not met."""

    met: Formula
    not_met: Formula


NEVER_LAW = Lowered(met=Some(1, ()), not_met=Every(()))
"""The pair of a rule of which no part is law: never met, always not met."""


def split(pair: Lowered, apart: Callable[[int], bool]) -> tuple[Lowered, Lowered]:
    """A pair as two, which are met together exactly if it is: the second one reads some leaves.

    Args:
        pair: the pair of a rule.
        apart: whether a leaf, by its index, belongs to the second.
    """
    # The two sides of a rule have the same parts, in the same order, as ``lower`` makes them.
    sides: tuple[list[Lowered], list[Lowered]] = [], []
    parts = zip(parts_of_every(pair.met), parts_of_any(pair.not_met), strict=True)
    for part in starmap(Lowered, parts):
        sides[any(map(apart, leaves_of(part.met)))].append(part)
    one, other = (
        Lowered(
            met=Every(tuple(part.met for part in side)),
            not_met=Some(1, tuple(part.not_met for part in side)),
        )
        for side in sides
    )
    return one, other


def lower(criterion: Criterion, number: Callable[[Compare], int], on: date) -> Lowered | None:
    """The pair of a criterion on a day; None if no part of it is law.

    Args:
        criterion: the rule or clause.
        number: gives each comparison its number.
        on: the day; it only decides which nodes are law.
    """
    law = criterion.about.in_force
    if law is not None and on not in law:
        return None
    if isinstance(criterion, Compare):
        leaf = 2 * number(criterion)
        return Lowered(met=Leaf(leaf), not_met=Leaf(leaf + 1))
    lowered = (lower(part, number, on) for part in parts_of(criterion))
    parts = [part for part in lowered if part is not None]
    if not parts:
        return None
    if isinstance(criterion, Not):
        return Lowered(met=parts[0].not_met, not_met=parts[0].met)
    # At least k of n are met; or n - k + 1 of them fail, so that k can no longer be reached.
    least = needed(criterion, len(parts))
    return Lowered(
        met=_at_least(least, [part.met for part in parts]),
        not_met=_at_least(len(parts) - least + 1, [part.not_met for part in parts]),
    )


def _at_least(count: int, parts: list[Formula]) -> Formula:
    # A group within one of its own kind says nothing more than its parts do: joined, they are asked
    # together.
    if len(parts) == 1:
        return parts[0]
    if count == len(parts):
        return Every(tuple(chain.from_iterable(map(parts_of_every, parts))))
    if count == 1:
        return Some(1, tuple(chain.from_iterable(map(parts_of_any, parts))))
    return Some(count, tuple(parts))


def parts_of_every(formula: Formula) -> "tuple[Formula, ...]":
    """The parts that must all hold: those of ``Every``, or else the expression itself."""
    return formula.parts if isinstance(formula, Every) else (formula,)


def parts_of_any(formula: Formula) -> "tuple[Formula, ...]":
    """The parts of which one must hold: those of ``Some`` with one, or else the expression."""
    return formula.parts if isinstance(formula, Some) and formula.count == 1 else (formula,)
