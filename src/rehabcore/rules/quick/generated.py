"""Generated Python: one function of plain values that answers many pairs of expressions.

The source consists only of names, numbers and operators chosen here: values are the variables
``v0, l1, h1, ...``, constants are ``c0, c1, ...``. No name and no constant of a rule is ever
written into the source, so nothing in the data of a country can be executed.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, cast

from attrs import evolve

from rehabcore.rules.criteria import Compare
from rehabcore.rules.facts import Shape
from rehabcore.rules.judging.meaning import Check, FoldedRule, fold
from rehabcore.rules.quick.lowering import EVEN, Formula, Leaf, Lowered, Snippet, Some
from rehabcore.rules.quick.sheets import TWO_ENDS, Layout, plain
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


def _open(number: int, pair: Lowered) -> _Open:
    match pair.not_met:
        case Some(count=1, parts=refusals):
            return _Open(1 << number, refusals, pair.met)
        case refusal:
            return _Open(1 << number, (refusal,), pair.met)


class Writer:
    """Writes functions of the rows of one layout, with comparisons folded for one day.

    Attributes:
        layout: the facts, in the order of a row.
    """

    def __init__(self, layout: Layout, on: date) -> None:
        self.layout = layout
        self._on = on
        self._comparisons: list[tuple[int, FoldedRule]] = []
        self._numbers: dict[Compare | tuple[int, FoldedRule], int] = {}
        self._leaves: list[Snippet] = []
        self._constants: list[Any] = []
        self._said: list[tuple[str, str]] = []

    def ends(self, place: int) -> tuple[str, str]:
        """The variables of the lowest and the highest value of a fact, which may be the same."""
        two = self.layout.asked[place].fact.shape in TWO_ENDS
        return (f"l{place}", f"h{place}") if two else (f"v{place}", f"v{place}")

    def number(self, compare: Compare) -> int:
        """The number of a comparison; comparisons that fold to the same check share a number."""
        if compare not in self._numbers:
            folded = fold(compare, self._on)
            folded = evolve(folded, constant=plain(folded.constant))
            asks = (self.layout.asked.index(compare.asked), folded)
            if asks not in self._numbers:
                self._numbers[asks] = len(self._comparisons)
                self._comparisons.append(asks)
                first = len(self._constants)
                self._leaves += self._leaf(*asks)
                names = ", ".join(f"c{number}" for number in range(first, len(self._constants)))
                self._said.append((names, str(compare)))
            self._numbers[compare] = self._numbers[asks]
        return self._numbers[compare]

    def comparison(self, number: int) -> tuple[int, FoldedRule]:
        """The place of a comparison's fact, and its check of plain values."""
        return self._comparisons[number]

    def _leaf(self, place: int, folded: FoldedRule) -> tuple[Snippet, Snippet]:
        """The certainly true and the certainly false expression of a comparison."""
        fact, first, chance = self.layout.asked[place].fact, len(self._constants), EVEN
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

    def function(self, pairs: Sequence[Lowered]) -> Callable[..., Masks]:
        """A function from the values of a row to the masks of all pairs."""
        function: Callable[..., Masks] = run(self.source_of(pairs))(*self._constants)
        return function

    def source_of(self, pairs: Sequence[Lowered]) -> str:
        """The source of the function that answers all pairs."""
        return self.source(list(self._lines(pairs)), len(self._constants))

    def _lines(self, pairs: Sequence[Lowered]) -> Iterator[str]:
        # Most rules fail for most people. So every rule counts as not met until no refusal holds,
        # and refusals are asked first.
        yield f"met, not_met = 0, {(1 << len(pairs)) - 1}"
        yield from self._sorted_out([_open(*numbered) for numbered in enumerate(pairs)], 0)
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
            yield f"{within}not_met ^= {rule.bit}"
            yield f"{within}if {rule.met.source(self._leaves).text}:"
            yield f"{within}    met ^= {rule.bit}"

    def _most_shared(self, rules: list["_Open"]) -> Leaf | None:
        """The comparison to ask first: shared by several rules, and likely to refuse them."""
        leaves = (way for rule in rules for way in rule.refusals if isinstance(way, Leaf))
        shared = {leaf: count for leaf, count in Counter(leaves).items() if count > 1}
        return max(
            shared,
            key=lambda leaf: shared[leaf] * leaf.source(self._leaves).chance,
            default=None,
        )

    def source(self, body: Sequence[str], constants: int) -> str:
        """The source of ``make``: given the constants, it makes a function of the values of a row.

        Source that differs only in its constants is the same text, so that it is compiled once.
        """
        given = ", ".join(f"c{number}" for number in range(constants))
        places = range(len(self.layout.asked))
        values = ", ".join(name for place in places for name in dict.fromkeys(self.ends(place)))
        lines = "\n".join(f"        {line}" for line in body)
        return f"def make({given}):\n    def answer({values}):\n{lines}\n    return answer\n"

    def legend(self) -> str:
        """The meaning of the variables and constants, as comment lines to read; never run."""
        lines = [
            f"# {', '.join(dict.fromkeys(self.ends(place)))}: {str(asked)!a}"
            for place, asked in enumerate(self.layout.asked)
        ]
        lines += [f"# {names}: {said!a}" for names, said in self._said if names]
        return "\n".join([*lines, ""])


@lru_cache(maxsize=MOST_SOURCES)
def run(source: str) -> Callable[..., Callable[..., Any]]:
    """Run source that was written in this module, without builtins, and keep what it defines."""
    names: dict[str, Any] = {"__builtins__": {}}
    exec(compile(source, "<rehabcore rules>", "exec"), names)  # noqa: S102
    return cast("Callable[..., Callable[..., Any]]", names["make"])
