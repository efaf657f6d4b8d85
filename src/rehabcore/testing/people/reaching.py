"""The people who reach an answer of a rule: all choices of regions that lead to it on a day."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from attrs import evolve

from rehabcore.rules.criteria import Asked, Criterion
from rehabcore.rules.differences.diagrams import IN_ORDER, Diagram, Diagrams
from rehabcore.rules.differences.kinds import ValueRange
from rehabcore.rules.differences.pairs import RulePair, rule_pair
from rehabcore.rules.differences.regions import Region
from rehabcore.rules.facts import Cell, Known, Unknown, place
from rehabcore.rules.truth import Answer
from rehabcore.strict.frozen import frozen
from rehabcore.testing.people.records_for import KnownOf, is_silent, may_be

_YOUNGEST = timedelta(14 * 365)
"""The age from which on people of a case file are drawn, where the rule leaves a choice."""


@frozen(kw_only=True)
class FactDrawn:
    """A fact that is drawn next, and the cells by which the answer can still be reached.

    Those that no record says come first. ``leads`` is where each of them leads.
    """

    asked: Asked
    cells: tuple[Cell, ...]
    leads: tuple[Diagram, ...]


class Reaching:
    """All choices of what is known on a day by which a rule gives some answer.

    Args:
        rule: the rule.
        on: the day.
    """

    def __init__(self, rule: Criterion, on: date) -> None:
        self.on = on
        pair = rule_pair(rule, rule, on)
        self._asked = [pair.compares[some[0]].asked for some in pair.facts]
        self._cells = [
            [_cells(asked, region, on) for region in regions]
            for asked, regions in zip(self._asked, pair.regions, strict=True)
        ]
        self._pair = _possible(pair, self._cells)
        self._cells = [[some for some in of_fact if some] for of_fact in self._cells]
        self._diagrams = Diagrams()
        self._rule = self._pair.diagram(self._diagrams, self._pair.rules[0])
        self._ends: dict[Diagram, frozenset[Answer]] = {}

    @property
    def answers(self) -> frozenset[Answer]:
        """The answers that somebody reaches of whom a file can be made."""
        return self._reached(self._rule)

    def _reached(self, diagram: Diagram) -> frozenset[Answer]:
        asks = self._diagrams.asks(diagram)
        if asks is None:
            return frozenset({IN_ORDER[diagram]})
        if diagram not in self._ends:
            self._ends[diagram] = frozenset().union(*map(self._reached, asks[1]))
        return self._ends[diagram]

    def steps(self) -> int:
        """How many facts the rule asks."""
        return len(self._asked)

    def start(self) -> Diagram:
        """Where to begin."""
        return self._rule

    def step(self, fact: int, diagram: Diagram, known: KnownOf, answer: Answer) -> FactDrawn:
        """The cells of a fact by which the answer can still be reached, and where each leads.

        Args:
            fact: the number of the fact, from 0.
            diagram: where the facts before led.
            known: the cells that were drawn for them.
            answer: the answer that is wanted.
        """
        asked, asks = self._asked[fact], self._diagrams.asks(diagram)
        some = self._cells[fact]
        branches = asks[1] if asks is not None and asks[0] == fact else (diagram,) * len(some)
        found = [
            (cell, branch)
            for cells, branch in zip(some, branches, strict=True)
            if answer in self._reached(branch)
            for cell in cells
            if may_be(asked, cell, known, self.on)
        ]
        found.sort(key=lambda it: not is_silent(asked, it[0]))
        cells, leads = tuple(cell for cell, _ in found), tuple(lead for _, lead in found)
        return FactDrawn(asked=asked, cells=cells, leads=leads)


def _possible(pair: RulePair, cells: Sequence[Sequence[tuple[Cell, ...]]]) -> RulePair:
    """The pair with only those regions of which a file can be made."""
    kept = tuple(
        tuple(region for region, some in zip(regions, of_fact, strict=True) if some)
        for regions, of_fact in zip(pair.regions, cells, strict=True)
    )
    return evolve(pair, regions=kept)


def _cells(asked: Asked, region: Region, on: date) -> tuple[Cell, ...]:
    """KnownOf of a region that somebody can have: the values at its ends, and next to them."""
    found: list[Cell] = [*map(Known, values_at_ends(region.values))] or [region.cell]
    absent = asked.fact.absent()
    if isinstance(absent, Unknown) and all(answer is None for answer in region.answers):
        found.append(absent)  # in one region: nothing known at all, and so little that it is no use
    possible = [cell for cell in found if may_be(asked, cell, {}, on)]
    if asked.fact.name == "age":
        possible = [cell for cell in possible if not _is_young(cell, on)] or possible
    return tuple(possible)


def _is_young(cell: Cell, on: date) -> bool:
    return isinstance(cell, Known) and place(cell.value) > on - _YOUNGEST


def values_at_ends(ranges: Iterable[ValueRange]) -> Iterator[Any]:
    """The values at the ends of some ranges and one step inside, each once."""
    seen: dict[Any, None] = {}
    for some in ranges:
        first, last = some.first, some.last
        inside = () if first == last else (_beside(first, 1), _beside(last, -1))
        seen |= dict.fromkeys([first, last, *inside])
    yield from (value for value in seen if value is not None)


def _beside(value: Any, steps: int) -> Any:
    """The next value of a number or day; None if there is no such end."""
    if isinstance(value, date):
        return value + timedelta(steps)
    return value + steps if type(value) is int else None
