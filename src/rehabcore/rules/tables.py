"""Bit-sliced tables: many rules answered by one look-up per fact, however many the rules are.

For each value of a fact a table tells which rules it leaves possible, and of which it settles all
that they ask of it: two masks in one number, bit n for rule n. The answer is the intersection over
all facts. What is more in a rule than comparisons that must all hold is left to its generated
function, which is asked only where the tables leave the rule possible.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from attrs import frozen

from rehabcore.rules.comparing import Check, Folded
from rehabcore.rules.facts import RUNNING, Shape
from rehabcore.rules.generated import Masks, Writer, run
from rehabcore.rules.lowering import Every, Leaf, Lowered

MOST_ROWS = 4096
"""Rows of one table that are kept for values that are not laid out in advance."""

COUNTED = frozenset({Shape.COUNT, *RUNNING})
"""The shapes of whole numbers: their rows are laid out in advance, between their limits."""


@frozen
class _Asking:
    """A comparison of a table's fact, the answer that is wanted, and the rules that want it."""

    folded: Folded
    wanted: bool
    rules: int


class _Table(dict[object, int]):
    """What each value of one fact means for so many rules; rows are made when first asked for.

    A row is the mask of the rules left possible, and above it that of the rules settled.
    """

    def __init__(self, asking: list[_Asking], number: int) -> None:
        super().__init__()
        self._asking = asking
        self._number = number

    def __missing__(self, value: Any) -> int:
        row = self.between(value, value)
        if len(self) < MOST_ROWS:
            self[value] = row
        return row

    def between(self, low: Any, high: Any) -> int:
        """The row of a value between two ends."""
        every = (1 << self._number) - 1
        possible = settled = every
        for asking in self._asking:
            certain = None if low is None else asking.folded.certain(low, high)
            if certain is not asking.wanted:
                settled &= ~asking.rules
                if certain is not None:
                    possible &= ~asking.rules
        return possible | settled << self._number

    def laid_out(self) -> tuple[list[int], list[int]]:
        """The limits between whole numbers, and the rows below, between and above them."""
        limits = sorted({_limit(asking.folded) for asking in self._asking})
        return limits, [self.between(value, value) for value in (limits[0] - 1, *limits)]


def _limit(folded: Folded) -> int:
    """The first whole number of which the check no longer holds."""
    constant: Any = folded.constant
    return int(constant) + (folded.check is Check.AT_MOST)


class Tables:
    """Answers many pairs from the row of a fact sheet."""

    def __init__(self, writer: Writer, pairs: Sequence[Lowered]) -> None:
        asking: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
        self._number = len(pairs)
        self._rest: dict[int, Callable[..., Masks]] = {}
        for number, pair in enumerate(pairs):
            parts = pair.met.parts if isinstance(pair.met, Every) else (pair.met,)
            leaves = [part.index for part in parts if isinstance(part, Leaf)]
            for leaf in leaves:
                place, _ = writer.comparison(leaf // 2)
                asking[place][leaf] |= 1 << number
            if len(leaves) < len(parts):
                self._rest[1 << number] = writer.function([pair])
        tables = {
            place: _Table(
                [
                    _Asking(writer.comparison(leaf // 2)[1], leaf % 2 == 0, rules)
                    for leaf, rules in leaves.items()
                ],
                self._number,
            )
            for place, leaves in sorted(asking.items())
        }
        self._look_up = _look_up(writer, tables, (1 << 2 * self._number) - 1)
        self._rest_mask = sum(self._rest)

    def masks(self, *row: Any) -> Masks:
        """What is met, and what is not met."""
        bits = self._look_up(*row)
        every = (1 << self._number) - 1
        possible, settled = bits & every, bits >> self._number
        open_ = possible & self._rest_mask
        while open_:
            bit = open_ & -open_
            met, not_met = self._rest[bit](*row)
            possible ^= bit if not_met else 0
            settled ^= 0 if met else settled & bit
            open_ ^= bit
        return possible & settled, every ^ possible


def _look_up(writer: Writer, tables: dict[int, _Table], every: int) -> Callable[..., int]:
    """One function that intersects the rows of all tables."""
    constants: list[Any] = [bisect_right]
    lines = [f"bits = {every}"]
    for place, table in tables.items():
        low, high, first = *writer.ends(place), len(constants)
        kept_ends = lru_cache(maxsize=MOST_ROWS)(table.between)
        if writer.layout.asked[place].fact.shape in COUNTED:
            constants += [kept_ends, *table.laid_out()]
            row = f"c{first + 2}[c0(c{first + 1}, {low})]"
        else:
            constants += [kept_ends, table]
            row = f"c{first + 1}[{low}]"
        unsure = "" if low == high else f" if {low} is {high} else c{first}({low}, {high})"
        lines.append(f"bits &= {row}{unsure}")
    source = writer.source([*lines, "return bits"], len(constants))
    function: Callable[..., int] = run(source)(*constants)
    return function
