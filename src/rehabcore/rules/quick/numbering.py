"""Numbers for the comparisons of rules on a day; those that fold to the same check share one."""

from datetime import date

from attrs import evolve

from rehabcore.rules.criteria import Compare, Criterion, SameComparison, same_comparison
from rehabcore.rules.judging.meaning import FoldedRule, fold
from rehabcore.rules.quick.lowering import NEVER_LAW, Lowered, lower, split
from rehabcore.rules.quick.sheets import Layout, plain
from rehabcore.rules.time.days import Term
from rehabcore.strict.frozen import frozen


def runs(compare: Compare) -> bool:
    """Whether time alone changes the answer of a comparison."""
    return isinstance(compare.operand, Term)


@frozen
class Asking:
    """The place of a fact in the layout, and a check of its plain values."""

    place: int
    folded: FoldedRule


class Numbering:
    """The comparisons of some rules on a day, by number.

    Attributes:
        layout: the facts that they ask.
        on: the day.
    """

    def __init__(self, layout: Layout, on: date) -> None:
        self.layout = layout
        self.on = on
        self._numbers: dict[SameComparison | Asking, int] = {}
        self._comparisons: list[tuple[Asking, Compare]] = []

    def pair(self, criterion: Criterion) -> Lowered | None:
        """The pair of a rule or clause; None if no part of it is law on the day."""
        return lower(criterion, self.number, self.on)

    def whole(self, rule: Criterion) -> Lowered:
        """The pair of a rule; one of which no part is law is never met."""
        return self.pair(rule) or NEVER_LAW

    def steady(self, rule: Criterion) -> Lowered:
        """The pair of those parts of a rule in which no time runs."""
        steady, _ = split(self.whole(rule), lambda leaf: runs(self._comparisons[leaf // 2][1]))
        return steady

    def number(self, compare: Compare) -> int:
        """The number of a comparison, which is a new one if nothing like it was asked before."""
        same = same_comparison(compare)
        number = self._numbers.get(same)
        if number is None:
            folded = fold(compare, self.on)
            folded = evolve(folded, constant=plain(folded.constant))
            asking = Asking(self.layout.place(compare.asked), folded)
            number = self._numbers.setdefault(asking, len(self._comparisons))
            if number == len(self._comparisons):
                self._comparisons.append((asking, compare))
            self._numbers[same] = number
        return number

    def asking(self, number: int) -> Asking:
        """The check that a comparison makes, and the place of the fact that it looks at."""
        return self._comparisons[number][0]

    def said(self, number: int) -> str:
        """A comparison as it was first written."""
        return str(self._comparisons[number][1])
