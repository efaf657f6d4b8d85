"""Bit-sliced tables: one look-up per fact answers any number of rules.

Each fact has a table with a row for each of its values. A row is one number, with a bit for every
rule: 0 if the value loses what the rule asks of the fact. The intersection of the rows of all facts
is the answer.

A rule is more than comparisons that must all hold. So rows have lanes: in the first, a rule loses
its bit if any of its own comparisons fails; in each further one, if a comparison of one of its
groups does. Groups are then put together with whole lanes, for all rules of one form at once.

Every lane has two sides, and so has every answer: what is certain, and what is possible. Nothing
below needs to know which is which, for a rule combines both alike.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from rehabcore.rules.criteria import Criterion
from rehabcore.rules.facts import RUNNING, Shape
from rehabcore.rules.judging.meaning import Check, FoldedRule
from rehabcore.rules.quick.generated import Masks, legend, run, source_of, variables
from rehabcore.rules.quick.lanes import Lanes, held
from rehabcore.rules.quick.lowering import Formula, Lowered, leaves_of
from rehabcore.rules.quick.numbering import Numbering
from rehabcore.rules.quick.sheets import Layout, PlainRow
from rehabcore.strict.frozen import frozen

MOST_ROWS, MOST_BITS = 4096, 2**24
"""How many rows of one table are kept, and how many bits they may have together."""

BLOCK = 2048
"""How many rules are answered by one set of tables; a multiple of eight."""

PairOf = Callable[[Numbering, Criterion], Lowered]
"""A function that gives the pair by which a rule is answered: of the whole rule, or of a part."""

COUNTED = frozenset({Shape.COUNT, *RUNNING})
"""The shapes of whole numbers. All that lie between two limits have one row."""


@frozen
class _Wish:
    """A check of a fact, and the bits that are lost by each answer."""

    folded: FoldedRule
    lost: Mapping[bool | None, int]


class _Table(dict[Any, int]):
    """The rows of one fact, made when first asked for: by value, or by interval of values.

    ``limits`` part the intervals. Without limits, every value has a row.
    """

    def __init__(self, wishes: list[_Wish], every: int, *, counted: bool) -> None:
        super().__init__()
        self._wishes, self._every = wishes, every
        found = {limit for wish in wishes for limit in _limits(wish.folded)} if counted else ()
        self.limits = sorted(found)
        self._most = min(MOST_ROWS, MOST_BITS // every.bit_length())
        self.kept_between = lru_cache(maxsize=self._most)(self._between)

    def __missing__(self, key: Any) -> int:
        value = key
        if self.limits:
            value = self.limits[key - 1] if key else self.limits[0] - 1
        row = self._between(value, value)
        if len(self) < self._most:
            self[key] = row
        return row

    def _between(self, low: Any, high: Any) -> int:
        """The row of a value that lies between two ends; None as an end means nothing is known."""
        lost = 0
        for wish in self._wishes:
            lost |= wish.lost[_certain(wish.folded, low, high)]
        return self._every ^ lost


def _certain(folded: FoldedRule, low: Any, high: Any) -> bool | None:
    """The answer of a check to all values between two ends; None as an end: nothing is known."""
    return None if low is None else folded.certain(low, high)


def _limits(folded: FoldedRule) -> Iterator[int]:
    """The whole numbers from which on the check answers otherwise than below."""
    constant: Any = folded.constant
    if folded.check is Check.RUNS_LESS:
        reached, on, never = constant
        yield from (reached + 1, on + 1, never)
    else:
        yield int(constant) + (folded.check is Check.AT_MOST)


class Tables:
    """Answers many pairs from the row of a fact sheet.

    Args:
        numbering: the comparisons of the pairs.
        pairs: the pairs by number; a number below ``width`` that has none counts as met.
        width: the number of bits of the answer.

    Attributes:
        masks: a function from the values of a row to the masks of all pairs.
    """

    def __init__(self, numbering: Numbering, pairs: Mapping[int, Lowered], width: int) -> None:
        plan = Lanes(pairs, width)
        self._numbering, self._width, self._rest = numbering, width, plan.rest
        self._constants: list[Any] = [bisect_right, (1 << 2 * width * plan.lanes) - 1]
        look_ups = list(self._look_ups(_tables(numbering, plan, width)))
        lines = ["bits = c1", *look_ups, *self._groups(plan.circuits), *self._asking_the_rest()]
        every = self._named((1 << width) - 1)
        lines.append(f"return bits & {every}, {every} ^ bits >> {width}")
        self._text = source_of(numbering.layout, lines, len(self._constants))
        self.masks: Callable[..., Masks] = run(self._text)(*self._constants)

    def listing(self) -> str:
        """The source to read, below a list of what its variables stand for."""
        return "\n".join([*legend(self._numbering.layout), self._text])

    # The source is generated because a loop over the facts would cost more than the look-ups
    # themselves.

    def _named(self, constant: object) -> str:
        """The name of one more constant."""
        self._constants.append(constant)
        return f"c{len(self._constants) - 1}"

    def _look_ups(self, tables: Mapping[int, _Table]) -> Iterator[str]:
        """Lines that intersect the rows of all tables."""
        for place, table in tables.items():
            names = variables(self._numbering.layout, place)
            low, high, row = names[0], names[-1], self._named(table)
            key = f"c0({self._named(table.limits)}, {low})" if table.limits else low
            line = f"bits &= {row}[{key}]"
            if low != high:
                line += f" if {low} is {high} else {self._named(table.kept_between)}({low}, {high})"
            yield line

    def _groups(self, circuits: Mapping[Formula, int]) -> Iterator[str]:
        """Lines that put groups together from their lanes, for all rules that have them."""
        lanes = {leaf // 2 for form in circuits for leaf in leaves_of(form)}
        for lane in sorted(lanes):
            yield f"x{lane} = bits >> {2 * self._width * lane}"
        sides = (1 << 2 * self._width) - 1
        if lanes:
            yield f"bits &= {self._named(sides)}"
        for form, users in circuits.items():
            lines: list[str] = []
            holds = held(form, lines)
            yield from lines
            yield f"bits &= {holds} | {self._named(sides ^ (users | users << self._width))}"

    def _asking_the_rest(self) -> Iterator[str]:
        if self._rest:
            places = range(len(self._numbering.layout.asked))
            row = ", ".join(v for p in places for v in variables(self._numbering.layout, p))
            yield f"bits = {self._named(self._ask_the_rest)}(bits, ({row},))"

    def _ask_the_rest(self, bits: int, row: PlainRow) -> int:
        """The sides of the rules, once groups that would need too many lanes are asked as well."""
        leaves, both = _Leaves(self._numbering, row, self._width), 1 | 1 << self._width
        for number, groups in self._rest.items():
            if bits >> self._width + number & 1:
                bits &= ~((both & ~groups.mask(leaves)) << number)
        return bits


def _tables(numbering: Numbering, plan: Lanes, width: int) -> dict[int, _Table]:
    """The table of each fact, by its place in the layout."""
    wishes: dict[int, list[_Wish]] = defaultdict(list)
    for leaf in sorted({*plan.holds, *plan.fails}):
        asking, wanted = numbering.asking(leaf // 2), leaf % 2 == 0
        holds, fails = plan.holds[leaf], plan.fails[leaf]
        lost = {
            wanted: fails | fails << width,
            None: holds | fails << width,
            not wanted: holds | holds << width,
        }
        wishes[asking.place].append(_Wish(asking.folded, lost))
    every = (1 << 2 * width * plan.lanes) - 1
    shapes = [asked.fact.shape for asked in numbering.layout.asked]
    return {
        place: _Table(of_fact, every, counted=shapes[place] in COUNTED)
        for place, of_fact in sorted(wishes.items())
    }


class _Leaves(dict[int, int]):
    """The two sides of comparisons in a row, worked out when first asked for."""

    def __init__(self, numbering: Numbering, row: PlainRow, width: int) -> None:
        super().__init__()
        self._numbering, self._row, self._possible = numbering, row, 1 << width

    def __missing__(self, leaf: int) -> int:
        asking = self._numbering.asking(leaf // 2)
        low, high = (self._row[end] for end in self._numbering.layout.ends[asking.place])
        certain = _certain(asking.folded, low, high)
        wanted = leaf % 2 == 0
        self[leaf] = (certain is wanted) | self._possible * (certain is not (not wanted))
        return self[leaf]


_Block = tuple[Tables, Callable[[PlainRow], PlainRow]]
"""The tables of some rules, and a function that picks the values that they ask out of a row."""


class Blocks:
    """Answers any number of rules, a block of them after another.

    A row has a bit for every rule, also for those that do not ask its fact. In blocks, the cost of
    rules that ask facts of their own grows as their number does, and not as its square.
    """

    def __init__(self, blocks: Sequence[_Block]) -> None:
        self._blocks = blocks

    def masks(self, *row: Any) -> Masks:
        """The masks of the rules that are met, and of those that are not met."""
        found = [tables.masks(*pick(row)) for tables, pick in self._blocks]
        met, not_met = (b"".join(map(_in_bytes, masks)) for masks in zip(*found, strict=True))
        return int.from_bytes(met, "little"), int.from_bytes(not_met, "little")

    def listing(self) -> str:
        """The source of the look-ups to read, each below a list of what its variables stand for."""
        return "\n".join(tables.listing() for tables, _ in self._blocks)


def blocks_of(
    rules: Sequence[Criterion], layout: Layout, on: date, pair_of: PairOf
) -> Tables | Blocks:
    """Tables for rules on a day, in as many blocks as it takes."""
    starts = range(0, len(rules), BLOCK)
    blocks = [_block(rules[start : start + BLOCK], layout, on, pair_of) for start in starts]
    return blocks[0][0] if len(blocks) == 1 else Blocks(blocks)


def _block(rules: Sequence[Criterion], layout: Layout, on: date, pair_of: PairOf) -> _Block:
    part, pick = layout.part(rules)
    numbering = Numbering(part, on)
    pairs = {number: pair_of(numbering, rule) for number, rule in enumerate(rules)}
    return Tables(numbering, pairs, len(rules)), pick


def _in_bytes(mask: int) -> bytes:
    return mask.to_bytes(BLOCK // 8, "little")
