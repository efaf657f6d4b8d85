"""Generated Python: one function of plain values that answers many pairs of expressions.

The source consists only of names, numbers and operators chosen here: values are the variables
``v0, l1, h1, ...``, constants are ``c0, c1, ...``. No name and no constant of a rule is ever
written into the source, so nothing in the data of a country can be executed.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, cast

from attrs import evolve

from rehabcore.rules.facts import Shape
from rehabcore.rules.judging.meaning import Check
from rehabcore.rules.quick.lowering import (
    EVEN,
    Formula,
    Leaf,
    Lowered,
    Snippet,
    Some,
    leaves_of,
    parts_of_any,
)
from rehabcore.rules.quick.numbering import Asking, Numbering
from rehabcore.rules.quick.sheets import TWO_ENDS, Layout
from rehabcore.strict.frozen import frozen

MOST_SOURCES = 512
"""How many compiled sources are kept."""

DEEPEST = 6
"""How deep shared comparisons are nested in generated source."""

Masks = tuple[int, int]
"""Two bit masks, of the pairs that are met and of those that are not met: bit n is pair n."""

# Code for "certainly true" and "certainly false", of a value that lies between l and h or is v.
# A known value is one object for l and h, an unknown one has the widest possible l and h. So no
# code has to ask whether a value is known.
_CERTAIN: dict[Check, tuple[str, str]] = {
    Check.AT_MOST: ("h{v} <= c{c}", "l{v} > c{c}"),
    Check.BELOW: ("h{v} < c{c}", "l{v} >= c{c}"),
    Check.RUNS_LESS: (
        "(c{c} < l{v} and (h{v} <= c{n} or h{v} == c{m} and (l{v} <= c{n} or l{v} == c{m})))",
        "(h{v} <= c{c} or c{n} < l{v} <= h{v} < c{m})",
    ),
    Check.ONE_OF: ("v{v} in c{c}", "v{v} not in c{n}"),
    Check.HAS_ANY: ("(not c{c}.isdisjoint(l{v}))", "c{c}.isdisjoint(h{v})"),
    Check.HAS_ALL: ("c{c} <= l{v}", "(not c{c} <= h{v})"),
}


@frozen
class _Open:
    """A rule that is not answered yet: its bit, what would refuse it, and when it is met."""

    bit: int
    refusals: tuple[Formula, ...]
    met: Formula

    def without(self, refusal: Formula) -> "_Open":
        """The same rule, once that refusal is known not to hold."""
        return evolve(self, refusals=tuple(way for way in self.refusals if way != refusal))


class SourceCode:
    """The source of one function: from the values of a row to the masks of some pairs.

    Attributes:
        text: the source. Pairs that differ only in their constants have the same text, so that it
            is compiled once.
    """

    def __init__(self, numbering: Numbering, pairs: Sequence[Lowered]) -> None:
        self._numbering = numbering
        self._constants: list[Any] = []
        self._leaves: dict[int, Snippet] = {}
        self._said: list[str] = []
        sides = (side for pair in pairs for side in (pair.met, pair.not_met))
        for number in sorted({leaf // 2 for side in sides for leaf in leaves_of(side)}):
            self._name(number)
        self.text = source_of(numbering.layout, self._lines(pairs), len(self._constants))

    def function(self) -> Callable[..., Masks]:
        """The function. It is given the values of a row one by one."""
        function: Callable[..., Masks] = run(self.text)(*self._constants)
        return function

    def listing(self) -> str:
        """The source to read, below a list of what its variables and constants stand for."""
        return "\n".join([*legend(self._numbering.layout), *self._said, self.text])

    def _name(self, number: int) -> None:
        """Name the constants of a comparison, and write both of its sides."""
        first = len(self._constants)
        true, false = self._sides(self._numbering.asking(number))
        self._leaves |= {2 * number: true, 2 * number + 1: false}
        names = ", ".join(f"c{number}" for number in range(first, len(self._constants)))
        if names:
            self._said.append(f"# {names}: {self._numbering.said(number)!a}")

    def _sides(self, asking: Asking) -> tuple[Snippet, Snippet]:
        """The certainly true and the certainly false expression of a comparison."""
        place, folded = asking.place, asking.folded
        fact, first, chance = self._numbering.layout.asked[place].fact, len(self._constants), EVEN
        if fact.shape is Shape.FLAG:
            is_true, is_false = f"v{place} is True", f"v{place} is False"
            texts = (is_true, is_false) if folded.holds(True) else (is_false, is_true)
        else:
            if isinstance(folded.constant, tuple):
                self._constants += folded.constant
            else:
                self._constants.append(folded.constant)
            if folded.check is Check.ONE_OF:  # None is unknown: neither in the codes nor outside
                codes = cast("frozenset[Any]", folded.constant)
                self._constants.append(codes | {None})
                chance = len(codes) / len(fact.codes)
            true, false = _CERTAIN[folded.check]
            names = {"v": place, "c": first, "n": first + 1, "m": first + 2}
            texts = true.format(**names), false.format(**names)
        snippets = Snippet(texts[0], chance), Snippet(texts[1], 1 - chance)
        return snippets[::-1] if folded.opposite else snippets

    def _lines(self, pairs: Sequence[Lowered]) -> Iterator[str]:
        # Most rules fail for most people. So every rule counts as not met until no refusal holds,
        # and refusals are asked first.
        # Bits are written as shifts: a number of many digits would be slow to read, and from some
        # length on it is refused.
        yield f"met, not_met = 0, (1 << {len(pairs)}) - 1"
        rules = [_Open(bit, parts_of_any(pair.not_met), pair.met) for bit, pair in enumerate(pairs)]
        yield from self._sorted_out(rules, 0)
        yield "return met, not_met"

    def _sorted_out(self, rules: list["_Open"], depth: int) -> Iterator[str]:
        """Lines that ask a refusal shared by several rules once, with those rules nested in it."""
        margin = "    " * depth
        while depth < DEEPEST and (refusal := self._most_shared(rules)) is not None:
            yield f"{margin}if not ({refusal.source(self._leaves).text}):"
            sharing = [rule.without(refusal) for rule in rules if refusal in rule.refusals]
            yield from self._sorted_out(sharing, depth + 1)
            rules = [rule for rule in rules if refusal not in rule.refusals]
        for rule in rules:
            within = margin
            if rule.refusals:
                yield f"{margin}if not {Some(1, rule.refusals).source(self._leaves).text}:"
                within += "    "
            yield f"{within}not_met ^= 1 << {rule.bit}"
            yield f"{within}if {rule.met.source(self._leaves).text}:"
            yield f"{within}    met ^= 1 << {rule.bit}"

    def _most_shared(self, rules: list["_Open"]) -> Leaf | None:
        """The comparison to ask first: shared by several rules, and likely to refuse them."""
        leaves = (way for rule in rules for way in rule.refusals if isinstance(way, Leaf))
        shared = {leaf: count for leaf, count in Counter(leaves).items() if count > 1}
        return max(
            shared,
            key=lambda leaf: shared[leaf] * leaf.source(self._leaves).chance,
            default=None,
        )


def source_of(layout: Layout, body: Iterable[str], constants: int) -> str:
    """The source of ``make``: given the constants, it makes a function of the values of a row."""
    given = ", ".join(f"c{number}" for number in range(constants))
    values = ", ".join(", ".join(variables(layout, place)) for place in range(len(layout.asked)))
    lines = "\n".join(f"        {line}" for line in body)
    return f"def make({given}):\n    def answer({values}):\n{lines}\n    return answer\n"


def variables(layout: Layout, place: int) -> tuple[str, ...]:
    """The variables of a fact: of its lowest and its highest value, or of the only one."""
    two = layout.asked[place].fact.shape in TWO_ENDS
    return (f"l{place}", f"h{place}") if two else (f"v{place}",)


def legend(layout: Layout) -> Iterator[str]:
    """The facts that the variables stand for, as comment lines to read; never run."""
    for place, asked in enumerate(layout.asked):
        yield f"# {', '.join(variables(layout, place))}: {str(asked)!a}"


@lru_cache(maxsize=MOST_SOURCES)
def run(source: str) -> Callable[..., Callable[..., Any]]:
    """The function that ``source_of`` wrote, run without builtins and kept for its text."""
    names: dict[str, Any] = {"__builtins__": {}}
    exec(compile(source, "<rehabcore rules>", "exec"), names)  # noqa: S102
    return cast("Callable[..., Callable[..., Any]]", names["make"])
