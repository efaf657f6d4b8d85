"""Bit-sliced tables: one look-up per fact answers any number of rules.

Each fact has a table with a row for each of its values. A row holds two masks in one number, with
bit n for rule n: the rules that the value leaves possible, and those for which it settles all that
they ask of the fact. The intersection of the rows of all facts is the answer: a rule that is
possible and settled everywhere is met, one that is not possible is not met.

Groups of comparisons of which one is enough are answered by the same look-ups. Any other part of a
rule is left to a generated function, which is called only if the tables leave the rule possible.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from rehabcore.rules.facts import RUNNING, Shape
from rehabcore.rules.judging.meaning import Check, FoldedRule
from rehabcore.rules.quick.generated import Masks, Writer, run
from rehabcore.rules.quick.lowering import Every, Formula, Leaf, Lowered, Some
from rehabcore.strict.frozen import frozen

MOST_ROWS = 4096
"""How many rows of one table are kept, of those that are not laid out in advance."""

COUNTED = frozenset({Shape.COUNT, *RUNNING})
"""The shapes of whole numbers. Their rows are laid out in advance, one for each interval."""


@frozen
class _Asking:
    """A comparison of a table's fact, the answer that is wanted, and the masks of who wants it.

    ``must`` masks the rules in which it must hold, ``may`` the groups in which it is one of several
    of which one must hold.
    """

    folded: FoldedRule
    wanted: bool
    must: int
    may: int


class _Table(dict[object, int]):
    """The rows of one fact by value, made when first asked for.

    A row is four masks, from the lowest bit up: rules left possible, rules settled, groups that
    this fact does not satisfy (shut), groups that it cannot satisfy either (closed).
    """

    def __init__(self, asking: list[_Asking], rules: int, groups: int) -> None:
        super().__init__()
        self._asking = asking
        self._rules, self._groups = rules, groups

    def __missing__(self, value: Any) -> int:
        row = self.between(value, value)
        if len(self) < MOST_ROWS:
            self[value] = row
        return row

    def between(self, low: Any, high: Any) -> int:
        """The row of a value that lies between two ends; None as an end means nothing is known."""
        possible = settled = (1 << self._rules) - 1
        shut = closed = (1 << self._groups) - 1
        for asking in self._asking:
            certain = None if low is None else asking.folded.certain(low, high)
            if certain is asking.wanted:
                shut &= ~asking.may
                closed &= ~asking.may
            else:
                settled &= ~asking.must
                if certain is None:
                    closed &= ~asking.may
                else:
                    possible &= ~asking.must
        # Groups are kept negated. A group is satisfied if some fact satisfies it, an "or"; but rows
        # are intersected, an "and". Not satisfied by any fact is again an "and".
        above = 2 * self._rules
        return possible | settled << self._rules | shut << above | closed << above + self._groups

    def laid_out(self) -> tuple[list[int], list[int]]:
        """The limits that comparisons set, and the rows below, between and above them.

        All whole numbers between two limits have one row, so a bisection finds it.
        """
        limits = sorted({limit for asking in self._asking for limit in _limits(asking.folded)})
        return limits, [self.between(value, value) for value in (limits[0] - 1, *limits)]


def _limits(folded: FoldedRule) -> Iterator[int]:
    """The whole numbers from which on the check answers otherwise than below."""
    constant: Any = folded.constant
    if folded.check is Check.RUNS_LESS:
        reached, on, never = constant
        yield from (reached + 1, on + 1, never)
    else:
        yield int(constant) + (folded.check is Check.AT_MOST)


class _Plan:
    """The comparisons that each rule asks, and the parts of rules that tables cannot answer.

    A rule may have several groups of which one part is enough. The first group of every rule is in
    lane 0, the second in lane 1, and so on. A lane is as wide as the number of rules, so one
    operation applies it to all rules at once.
    """

    def __init__(self, writer: Writer, pairs: Sequence[Lowered]) -> None:
        self.must: dict[int, int] = defaultdict(int)
        self.may: dict[int, int] = defaultdict(int)
        self.lanes: list[int] = []
        self.rest: dict[int, Callable[..., Masks]] = {}
        for number, pair in enumerate(pairs):
            lane = 0
            for part in pair.met.parts if isinstance(pair.met, Every) else (pair.met,):
                if isinstance(part, Leaf):
                    self.must[part.index] |= 1 << number
                elif (leaves := _any_of(part)) is not None:
                    self._group(leaves, number, lane, len(pairs))
                    lane += 1
                else:
                    self.rest[1 << number] = writer.function([pair])

    def _group(self, leaves: list[int], number: int, lane: int, width: int) -> None:
        if lane == len(self.lanes):
            self.lanes.append(0)
        self.lanes[lane] |= 1 << number
        for leaf in leaves:
            self.may[leaf] |= 1 << lane * width + number


def _any_of(part: Formula) -> list[int] | None:
    """The comparisons of a group of which one is enough; None for any other kind of part."""
    if not isinstance(part, Some) or part.count > 1 or not part.parts:
        return None
    leaves = [leaf.index for leaf in part.parts if isinstance(leaf, Leaf)]
    return leaves if len(leaves) == len(part.parts) else None


class Tables:
    """Answers many pairs from the row of a fact sheet."""

    def __init__(self, writer: Writer, pairs: Sequence[Lowered]) -> None:
        plan = _Plan(writer, pairs)
        self._width, self._lanes = len(pairs), len(plan.lanes)
        self._rest, self._open = plan.rest, sum(plan.rest)
        asking: dict[int, list[_Asking]] = defaultdict(list)
        for leaf in sorted({*plan.must, *plan.may}):
            place, folded = writer.comparison(leaf // 2)
            asked = _Asking(folded, leaf % 2 == 0, plan.must[leaf], plan.may[leaf])
            asking[place].append(asked)
        tables = {
            place: _Table(of_fact, self._width, self._width * self._lanes)
            for place, of_fact in sorted(asking.items())
        }
        groups = sum(lane << number * self._width for number, lane in enumerate(plan.lanes))
        every = (1 << 2 * self._width) - 1
        above = groups | groups << self._width * self._lanes
        self._look_up = _look_up(writer, tables, every | above << 2 * self._width)

    def masks(self, *row: Any) -> Masks:
        """The masks of the rules that are met, and of those that are not met."""
        bits, width = self._look_up(*row), self._width
        every = (1 << width) - 1
        possible, settled = bits & every, bits >> width & every
        groups = bits >> 2 * width
        for lane in range(self._lanes):
            settled &= ~(groups >> lane * width)
            possible &= ~(groups >> (self._lanes + lane) * width)
        # Only rules with a part that no table can answer, and that are still possible, are asked
        # one by one; `open_ & -open_` is the lowest bit that is set.
        open_ = possible & self._open
        while open_:
            bit = open_ & -open_
            met, not_met = self._rest[bit](*row)
            possible ^= bit if not_met else 0
            settled ^= 0 if met else settled & bit
            open_ ^= bit
        return possible & settled, every ^ possible


def _look_up(writer: Writer, tables: dict[int, _Table], every: int) -> Callable[..., int]:
    """One function that intersects the rows of all tables."""
    # It is generated because a loop over the facts would cost more than the look-ups themselves.
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
