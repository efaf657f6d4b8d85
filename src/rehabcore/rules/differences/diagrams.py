"""Decision diagrams: what a rule answers, for every choice of one region of each fact.

A diagram asks one fact after another, in a fixed order, and leads by the region of each to the next
question or to a result. Equal diagrams are one, so two rules that answer alike have the same
diagram, and what would be countless combinations takes no more room than the rule does.

Source:
    R. E. Bryant, Graph-based algorithms for Boolean function manipulation, IEEE Transactions on
    Computers 35 (1986), with several branches for each fact instead of two.
"""

from collections.abc import Callable, Iterable, Mapping

from rehabcore.rules.quick.lowering import Every, Formula, Leaf
from rehabcore.rules.truth import Answer

IN_ORDER = (Answer.NOT_MET, Answer.UNKNOWN, Answer.MET)
"""The answers by the results that stand for them: 0, 1, 2."""
NO, YES = 0, 2
"""The results of what only holds or does not hold."""
ALIKE = 0
"""The result of two rules that answer alike; else it is three times the first answer and the second
one."""
_RESULTS = 9
MOST_NODES = 20_000
"""How many questions all diagrams of one search may have."""

Diagram = int
"""A result, or the number of the question that leads to one."""
_Joins = Callable[[Diagram, Diagram], Diagram | None]
"""The diagram of two, if it can be told without asking any further fact."""


class TooManyQuestions(Exception):
    """The diagrams of a rule would be too large."""


class Diagrams:
    """All diagrams of one search, each part of which is kept once."""

    def __init__(self) -> None:
        self._questions: list[tuple[int, tuple[Diagram, ...]]] = []
        self._numbers: dict[tuple[int, tuple[Diagram, ...]], Diagram] = {}
        self._joined: dict[tuple[_Joins, Diagram, Diagram], Diagram] = {}

    def question(self, fact: int, branches: Iterable[Diagram]) -> Diagram:
        """The diagram that asks a fact, by number, and goes on with the branch of its region.

        Raises:
            TooManyQuestions: there are more than ``MOST_NODES``.
        """
        asks = fact, tuple(branches)
        if len(set(asks[1])) == 1:
            return asks[1][0]
        number = self._numbers.get(asks)
        if number is None:
            if len(self._questions) == MOST_NODES:
                raise TooManyQuestions
            number = self._numbers[asks] = _RESULTS + len(self._questions)
            self._questions.append(asks)
        return number

    def asks(self, diagram: Diagram) -> tuple[int, tuple[Diagram, ...]] | None:
        """The fact that a diagram asks first, with its branches; None if it is a result."""
        return None if diagram < _RESULTS else self._questions[diagram - _RESULTS]

    def _join(self, how: _Joins, one: Diagram, other: Diagram) -> Diagram:
        found = how(one, other)
        if found is not None:
            return found
        key = how, one, other
        found = self._joined.get(key)
        if found is None:
            sides = [(self.asks(side), side) for side in (one, other)]
            fact, width = min((asks[0], len(asks[1])) for asks, _ in sides if asks)
            branches = [
                asks[1] if asks and asks[0] == fact else (side,) * width for asks, side in sides
            ]
            pairs = zip(*branches, strict=True)
            found = self.question(fact, [self._join(how, *pair) for pair in pairs])
            self._joined[key] = found
        return found

    def every(self, parts: Iterable[Diagram]) -> Diagram:
        """Whether all of several diagrams hold."""
        found = YES
        for part in parts:
            found = self._join(_both, found, part)
        return found

    def of_formula(self, formula: Formula, leaves: Mapping[int, Diagram]) -> Diagram:
        """The diagram of an expression, given that of every leaf by index."""
        if isinstance(formula, Leaf):
            return leaves[formula.index]
        parts = [self.of_formula(part, leaves) for part in formula.parts]
        if isinstance(formula, Every):
            return self.every(parts)
        # reached[k] tells whether at least k of the parts seen so far hold. Counting down, no part
        # is counted twice.
        reached = [YES] + [NO] * formula.count
        for part in parts:
            for k in range(formula.count, 0, -1):
                more = self._join(_both, reached[k - 1], part)
                reached[k] = self._join(_either, reached[k], more)
        return reached[formula.count]

    def answers(self, met: Diagram, not_met: Diagram) -> Diagram:
        """The answer of a rule, from whether it is certainly met and certainly not met."""
        return self._join(_answer, met, not_met)

    def parting(self, before: Diagram, after: Diagram) -> Diagram:
        """Where two rules answer alike, and what each answers where they do not."""
        return self._join(_parting, before, after)

    def without(self, parting: Diagram, told: Diagram, result: int) -> Diagram:
        """The rest, without the people who are told of and have this result."""
        return self._join(_WITHOUT[result], parting, told)


def _both(one: Diagram, other: Diagram) -> Diagram | None:
    if NO in (one, other):
        return NO
    if one in (YES, other):
        return other
    return one if other == YES else None


def _either(one: Diagram, other: Diagram) -> Diagram | None:
    if YES in (one, other):
        return YES
    if one in (NO, other):
        return other
    return one if other == NO else None


def _answer(met: Diagram, not_met: Diagram) -> Diagram | None:
    if met == YES:
        return IN_ORDER.index(Answer.MET)
    if not_met == YES:
        return IN_ORDER.index(Answer.NOT_MET)
    return IN_ORDER.index(Answer.UNKNOWN) if met == not_met == NO else None


def _parting(before: Diagram, after: Diagram) -> Diagram | None:
    if before == after:
        return ALIKE
    return len(IN_ORDER) * before + after if max(before, after) < _RESULTS else None


def _without(result: int) -> _Joins:
    def left(parting: Diagram, told: Diagram) -> Diagram | None:
        if told == NO or (parting < _RESULTS and parting != result):
            return parting
        return ALIKE if told == YES and parting == result else None

    return left


_WITHOUT = [_without(result) for result in range(_RESULTS)]
