"""The answers of every node of a rule on one day after another, worked out without any verdict.

A proof has an object for each node, and a document of many days would need room for all of them
before anybody reads one. A law says that these are the answers of the verdicts (``answers_of``).
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from attrs import define, field

from rehabcore.rules.criteria import Asked, Compare, Criterion, Not, comparisons, needed, parts_of
from rehabcore.rules.data.answers import LETTER_OF_ANSWER, NOT_LAW
from rehabcore.rules.facts import Cell
from rehabcore.rules.judging.meaning import Course, course
from rehabcore.rules.law.coverage import require_covered
from rehabcore.rules.time.days import Span
from rehabcore.rules.truth import Answer

_MET, _NOT_MET, _UNKNOWN = (
    LETTER_OF_ANSWER[answer] for answer in (Answer.MET, Answer.NOT_MET, Answer.UNKNOWN)
)
_CERTAIN = {True: _MET, False: _NOT_MET, None: _UNKNOWN}
_OPPOSITE = {_MET: _NOT_MET, _NOT_MET: _MET, _UNKNOWN: _UNKNOWN}


@define(eq=False)
class _Leaf:
    """A comparison, with the cell that it met last and the course of its answer with this cell."""

    place: int
    """Among the letters of the rule."""
    asked: int
    """The place of what it asks."""
    course: Callable[[Cell], Course]
    law: Span | None
    cell: Cell | None = None
    stages: Course = field(factory=list)
    moves: bool = True
    """Whether days make a difference as long as the cell stays the same."""

    def letter(self, cell: Cell, day: date) -> str:
        """The letter on a day."""
        if cell is not self.cell:
            self.cell, self.stages = cell, self.course(cell)
            self.moves = self.law is not None or len(self.stages) > 1
        if self.law is not None and day not in self.law:
            return NOT_LAW
        certain = self.stages[0][1]
        for start, says in self.stages[1:]:
            certain = says if start <= day else certain
        return _CERTAIN[certain]


@define(eq=False)
class _Group:
    """A group, with the places of its parts among the letters of the rule."""

    place: int
    node: Criterion
    parts: tuple[int, ...]

    def letter(self, told: list[str], day: date) -> str:
        """The letter on a day, from those of its parts."""
        law = self.node.about.in_force
        available = len(told) - told.count(NOT_LAW)
        if not available or (law is not None and day not in law):
            return NOT_LAW
        if isinstance(self.node, Not):
            return _OPPOSITE[told[0]]
        count = needed(self.node, available)
        if told.count(_MET) >= count:
            return _MET
        return _UNKNOWN if available - told.count(_NOT_MET) >= count else _NOT_MET


class AnswersByDay:
    """The answers of a rule on one day after another.

    ``asked`` is all that the rule asks, each once, in order.
    """

    def __init__(self, rule: Criterion) -> None:
        self._rule = rule
        self.asked = tuple(dict.fromkeys(compare.asked for compare in comparisons(rule)))
        self._letters: list[str] = []
        self._leaves: list[_Leaf] = []
        self._groups: list[_Group] = []
        self._put(rule, {asked: place for place, asked in enumerate(self.asked)})
        self._covered = frozenset(_covered(rule))

    def on(self, day: date, cells: Sequence[Cell]) -> str:
        """The answers on a day.

        Args:
            day: the day.
            cells: the cells of ``asked``, in the same order.

        Raises:
            NotInForceError: the data of some law in the rule does not cover the day.
        """
        if not all(day in span for span in self._covered):
            require_covered(self._rule, day)  # a part that is not law need not be covered
        letters = self._letters
        for leaf in self._leaves:
            cell = cells[leaf.asked]
            if leaf.moves or cell is not leaf.cell:
                letters[leaf.place] = leaf.letter(cell, day)
        for group in self._groups:
            letters[group.place] = group.letter([letters[part] for part in group.parts], day)
        return "".join(letters)

    def _put(self, node: Criterion, places: dict[Asked, int]) -> int:
        """Give a node and its parts their places; a group is answered after its parts."""
        place = len(self._letters)
        self._letters.append("")
        if isinstance(node, Compare):
            leaf = _Leaf(place, places[node.asked], course(node), node.about.in_force)
            self._leaves.append(leaf)
        else:
            parts = tuple(self._put(part, places) for part in parts_of(node))
            self._groups.append(_Group(place, node, parts))
        return place


def _covered(node: Criterion) -> Iterator[Span]:
    """The days that the data of each node covers, where they are limited."""
    if node.about.covered is not None:
        yield node.about.covered
    for part in parts_of(node):
        yield from _covered(part)
