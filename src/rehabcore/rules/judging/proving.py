"""Judging: a criterion, the cells of a day and the day give a verdict that carries its proof.

What the day alone decides is worked out once for each criterion and day: which nodes are law, how
many parts a group needs, and the constant that each comparison comes down to. What is left to do
for a person is to look at the cells.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache

from rehabcore.rules.criteria import Asked, Compare, Criterion, Not, comparisons, needed, parts_of
from rehabcore.rules.facts import BOUNDED, Cell, Known
from rehabcore.rules.judging.cells import Cells, require_same_day
from rehabcore.rules.judging.meaning import fold
from rehabcore.rules.judging.verdicts import Verdict
from rehabcore.rules.law.coverage import require_covered
from rehabcore.rules.truth import Answer, opposite
from rehabcore.strict.checked import checked_arguments, require_day
from rehabcore.strict.frozen import frozen
from rehabcore.strict.same import Same

MOST_PROVERS = 4096
"""How many criteria, each on one day, are kept ready to be proved."""

_CERTAIN = {True: Answer.MET, False: Answer.NOT_MET, None: Answer.UNKNOWN}

_Proves = Callable[[Iterator[Cell]], Verdict]
"""A function that takes the cells of its comparisons from an iterator, and makes the proof."""


@checked_arguments
def judge(criterion: Criterion, cells: Cells, *, on: date) -> Verdict:
    """Judge a criterion on a day, with the full proof. Nothing about a person makes it raise.

    Raises:
        InputError: ``on`` is not a date, or the cells are those of another day.
        NotInForceError: the data of some law in the criterion does not cover the day.
    """
    require_day(on, "on")
    require_same_day(cells, on)
    prover = prover_of(criterion, on)
    return prover.verdict(map(cells, prover.asked))


@frozen(eq=False)
class Prover:
    """A criterion on one day, ready to be proved of any person. Made by ``prover_of``.

    ``asked`` lists what its comparisons ask, in order, whether they are law on the day or not.
    """

    criterion: Criterion
    asked: tuple[Asked, ...]
    _proves: _Proves

    def verdict(self, cells: Iterable[Cell]) -> Verdict:
        """The verdict on the cells of ``asked``, in the same order."""
        return self._proves(iter(cells))


def prover_of(criterion: Criterion, on: date) -> Prover:
    """The prover of a criterion on a day, which decides what is law.

    Raises:
        NotInForceError: the data of some law in the criterion does not cover the day.
    """
    # A proof holds the very objects that were judged, not equal ones of an earlier call. A rule of
    # a country and that of a stored result are equal, and both are asked again and again.
    return _prover(Same((criterion,)), on)


@lru_cache(maxsize=MOST_PROVERS)
def _prover(judged: Same, on: date) -> Prover:
    [criterion] = judged.objects
    require_covered(criterion, on)
    asked = tuple(compare.asked for compare in comparisons(criterion))
    proves, _ = _node(criterion, on)
    return Prover(criterion, asked, proves)


def _node(criterion: Criterion, on: date) -> tuple[_Proves, bool]:
    """A function that proves a node, and whether the node is in force."""
    law = criterion.about.in_force
    in_force = law is None or on in law
    if isinstance(criterion, Compare):
        return _comparison(criterion, on, in_force=in_force), in_force
    parts = [_node(part, on) for part in parts_of(criterion)]
    counts = [counted for _, counted in parts]
    if not in_force or not any(counts):
        return _out_of_force(criterion, on, [part for part, _ in parts]), False
    return _group(criterion, on, parts), True


def _comparison(compare: Compare, on: date, *, in_force: bool) -> _Proves:
    if not in_force:
        return lambda cells: Verdict(Answer.NOT_MET, compare, on, False, next(cells))
    certain, bounded = fold(compare, on).certain, compare.asked.fact.shape in BOUNDED

    def prove(cells: Iterator[Cell]) -> Verdict:
        cell = next(cells)
        if isinstance(cell, Known):
            says = certain(cell.value, cell.value)
        else:
            between = cell.between if bounded else None
            says = None if between is None else certain(*between)
        return Verdict(_CERTAIN[says], compare, on, True, cell)

    return prove


def _group(criterion: Criterion, on: date, parts: list[tuple[_Proves, bool]]) -> _Proves:
    provers = [part for part, _ in parts]
    counts = [counted for _, counted in parts]
    available = sum(counts)
    count, negated = needed(criterion, available), isinstance(criterion, Not)

    def prove(cells: Iterator[Cell]) -> Verdict:
        children = tuple([part(cells) for part in provers])
        answers = [child.answer for child in children if child.in_force]
        if negated:
            answer = opposite(answers[0])
        elif answers.count(Answer.MET) >= count:
            answer = Answer.MET
        else:
            within_reach = available - answers.count(Answer.NOT_MET) >= count
            answer = Answer.UNKNOWN if within_reach else Answer.NOT_MET
        return Verdict(answer, criterion, on, True, None, children)

    return prove


def _out_of_force(criterion: Criterion, on: date, provers: list[_Proves]) -> _Proves:
    def prove(cells: Iterator[Cell]) -> Verdict:
        children = tuple([part(cells) for part in provers])
        return Verdict(Answer.NOT_MET, criterion, on, False, None, children)

    return prove
