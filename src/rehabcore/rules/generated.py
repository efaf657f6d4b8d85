"""Generated Python: many pairs of expressions, answered by one function of plain values.

The source is made of this project's own names, numbers and operators: values stand in variables
``v0, l1, h1, ...``, constants in ``c0, c1, ...``. No name and no constant of a rule is ever written
into it, so there is nothing in data that could be executed.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, cast

from attrs import evolve

from rehabcore.rules.comparing import Check, Folded, fold
from rehabcore.rules.criteria import Compare
from rehabcore.rules.lowering import Lowered
from rehabcore.rules.sheets import TWO_ENDS, Layout, plain

MOST_SOURCES = 512
"""Compiled sources that are kept."""

Masks = tuple[int, int]
"""What is met, and what is not met: bit n stands for pair n."""

# What is certain of a value that lies between l and h, or of the one value v.
_CERTAIN: dict[Check, tuple[str, str]] = {
    Check.AT_MOST: ("h{v} <= c{c}", "l{v} > c{c}"),
    Check.BELOW: ("h{v} < c{c}", "l{v} >= c{c}"),
    Check.ONE_OF: ("v{v} in c{c}", "v{v} not in c{n}"),
    Check.HAS_ANY: ("(not c{c}.isdisjoint(l{v}))", "c{c}.isdisjoint(h{v})"),
    Check.HAS_ALL: ("c{c} <= l{v}", "(not c{c} <= h{v})"),
}


class Writer:
    """Writes functions of the rows of one layout, for comparisons as they are on one day.

    Attributes:
        layout: the facts, in the order of a row.
    """

    def __init__(self, layout: Layout, on: date) -> None:
        self.layout = layout
        self._on = on
        self._comparisons: list[tuple[int, Folded]] = []
        self._numbers: dict[Compare, int] = {}
        self._leaves: list[str] = []
        self._constants: list[Any] = []
        self._said: list[tuple[str, str]] = []

    def ends(self, place: int) -> tuple[str, str]:
        """The variables of the lowest and the highest value of a fact; one where there is one."""
        two = self.layout.asked[place].fact.shape in TWO_ENDS
        return (f"l{place}", f"h{place}") if two else (f"v{place}", f"v{place}")

    def number(self, compare: Compare) -> int:
        """The number of a comparison; equal ones have one number."""
        if compare not in self._numbers:
            folded = fold(compare, self._on)
            folded = evolve(folded, constant=plain(folded.constant))
            place = self.layout.asked.index(compare.asked)
            self._numbers[compare] = len(self._numbers)
            self._comparisons.append((place, folded))
            first = len(self._constants)
            self._leaves += self._leaf(place, folded)
            names = ", ".join(f"c{number}" for number in range(first, len(self._constants)))
            self._said.append((names, str(compare)))
        return self._numbers[compare]

    def comparison(self, number: int) -> tuple[int, Folded]:
        """The place of a comparison's fact, and its check of plain values."""
        return self._comparisons[number]

    def _leaf(self, place: int, folded: Folded) -> tuple[str, str]:
        """The certainly true and the certainly false expression of a comparison."""
        first = len(self._constants)
        self._constants.append(folded.constant)
        if folded.check is Check.ONE_OF:  # what is unknown, None, is not outside either
            self._constants.append(cast("frozenset[Any]", folded.constant) | {None})
        true, false = (
            expression.format(v=place, c=first, n=first + 1)
            for expression in _CERTAIN[folded.check]
        )
        return (false, true) if folded.opposite else (true, false)

    def function(self, pairs: Sequence[Lowered]) -> Callable[..., Masks]:
        """A function of the values of a row that answers every pair."""
        function: Callable[..., Masks] = run(self.source_of(pairs))(*self._constants)
        return function

    def source_of(self, pairs: Sequence[Lowered]) -> str:
        """The source of that function; what is certainly not met comes first, as the likeliest."""
        return self.source(list(self._lines(pairs)), len(self._constants))

    def _lines(self, pairs: Sequence[Lowered]) -> Iterator[str]:
        yield f"met, not_met = 0, {(1 << len(pairs)) - 1}"
        for number, pair in enumerate(pairs):
            yield f"if not {pair.not_met.source(self._leaves)}:"
            yield f"    not_met ^= {1 << number}"
            yield f"    if {pair.met.source(self._leaves)}:"
            yield f"        met ^= {1 << number}"
        yield "return met, not_met"

    def source(self, body: Sequence[str], constants: int) -> str:
        """A function of so many constants that makes a function of the values of a row."""
        given = ", ".join(f"c{number}" for number in range(constants))
        places = range(len(self.layout.asked))
        values = ", ".join(name for place in places for name in dict.fromkeys(self.ends(place)))
        lines = "\n".join(f"        {line}" for line in body)
        return f"def make({given}):\n    def answer({values}):\n{lines}\n    return answer\n"

    def legend(self) -> str:
        """What the variables and constants stand for, as lines of comment to read; never run."""
        lines = [
            f"# {', '.join(dict.fromkeys(self.ends(place)))}: {str(asked)!a}"
            for place, asked in enumerate(self.layout.asked)
        ]
        lines += [f"# {names}: {said!a}" for names, said in self._said]
        return "\n".join([*lines, ""])


@lru_cache(maxsize=MOST_SOURCES)
def run(source: str) -> Callable[..., Callable[..., Any]]:
    """Run source written here, without builtins; what it defines is kept by its text."""
    names: dict[str, Any] = {"__builtins__": {}}
    exec(compile(source, "<rehabcore rules>", "exec"), names)  # noqa: S102
    return cast("Callable[..., Callable[..., Any]]", names["make"])
