"""Facts that compare two other facts, such as a level with the recommended one."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from rehabcore.rules.criteria import Asked
from rehabcore.rules.evidence import together
from rehabcore.rules.facts import NEVER, RUNNING, Cell, Fact, Known, Shape, Unknown, Value
from rehabcore.rules.judging.cells import Histories
from rehabcore.rules.judging.meaning import bounds
from rehabcore.rules.sources import Citation, Status, Text
from rehabcore.rules.time.timelines import Timeline
from rehabcore.strict.checked import checked, checked_arguments, codes_only
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem

COMPARED = "compared_"
"""The beginning of the name of such a fact; the id of the comparison follows."""
LEVELS, DAYS = ("lower", "same", "higher"), ("earlier", "same", "later")
"""The results of comparing two levels or numbers, and of comparing two days, in order."""


@frozen(kw_only=True)
@checked
class FactComparison:
    """The comparison of one fact with another of the same kind, as the fact ``compared_ID``.

    Levels run in the order of their codes. A day that never comes is later than every other.

    Raises:
        InputError: the two facts cannot be compared, because they differ in shape or codes.
    """

    id: str
    title: Text
    one: Asked
    other: Asked
    cite: tuple[Citation, ...] = ()
    status: Status = Status.DRAFT

    def _problems(self) -> Iterable[Problem]:
        yield from codes_only(self, "id")
        one, other = self.one.fact, self.other.fact
        if one.shape in (Shape.FLAG, Shape.CHOICE, Shape.SET):
            expected = "a fact whose values run from low to high, or that is a day"
            yield _incomparable("one", one.shape.value, expected)
        elif (one.shape, one.codes) != (other.shape, other.codes):
            yield _incomparable("other", other.name, "a fact of the shape and codes of the first")

    @property
    def fact(self) -> Fact:
        """The fact that rules ask."""
        asked = (self.one.fact, self.other.fact)
        answered_by = dict.fromkeys(who for fact in asked for who in fact.answered_by)
        return Fact(
            name=f"{COMPARED}{self.id}",
            shape=Shape.LEVEL,
            codes=DAYS if self.one.fact.shape in RUNNING else LEVELS,
            about="How one fact stands to another.",
            title=self.title,
            answered_by=tuple(answered_by),
        )

    @checked_arguments
    def read(self, facts: Histories) -> Timeline[Cell]:
        """The cells of the comparison on every day."""
        one, other = facts(self.one), facts(self.other)
        days = (*one.changes(), *other.changes())
        return Timeline.of_changes(days, lambda day: self._cell(one.at(day), other.at(day)))

    def _cell(self, one: Cell, other: Cell) -> Cell:
        """The cell of one day; known if all possible pairs of values compare in the same way."""
        evidence = together((one.rests_on, other.rests_on))
        here, there = _ends(self.one.fact, one), _ends(self.other.fact, other)
        stands = {_stands(a, b) for a in here for b in there}
        if len(stands) == 1:
            assumed = [cell.assumption for cell in (one, other) if isinstance(cell, Known)]
            assumption = next(filter(None, assumed), None)
            return Known(self.fact.codes[stands.pop()], evidence=evidence, assumption=assumption)
        kind = next(cell.kind for cell in (one, other) if isinstance(cell, Unknown))
        return Unknown(kind, evidence=evidence)


def _ends(fact: Fact, cell: Cell) -> tuple[Any, ...]:
    """The lowest and the highest value in a form that can be ordered; empty if any is possible."""
    return tuple(_rank(fact, value) for value in bounds(fact, cell) or ())


def _rank(fact: Fact, value: Value) -> Any:
    if value is NEVER:
        return date.max
    return fact.codes.index(str(value)) if fact.shape is Shape.LEVEL else value


def _stands(one: Any, other: Any) -> int:
    """Whether one is lower than, the same as or higher than the other: a place in the results."""
    return int(one >= other) + int(one > other)


def _incomparable(path: str, found: str, expected: str) -> Problem:
    return Problem.of(found, "cannot_compare", expected, path=path)
