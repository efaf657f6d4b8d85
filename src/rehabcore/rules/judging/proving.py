"""Judging: a criterion, the cells of a day and the day give a verdict that carries its proof.

Everything that the day alone decides is worked out once for some criteria and a day: which nodes
are law, how many parts a group needs, and the constant that each comparison comes down to. What is
left to do for a person is to look at the cells. A node that several of the criteria share, such as
a named rule of a country, is proved once for all of them.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import lru_cache
from operator import itemgetter

from rehabcore.rules.criteria import Asked, Compare, Criterion, Not, needed, parts_of
from rehabcore.rules.facts import BOUNDED, Cell, Known
from rehabcore.rules.judging.cells import Cells, require_same_day
from rehabcore.rules.judging.meaning import fold
from rehabcore.rules.judging.verdicts import Verdict
from rehabcore.rules.law.coverage import require_covered
from rehabcore.rules.truth import Answer, opposite
from rehabcore.strict.checked import checked_arguments, require_day
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import refuse
from rehabcore.strict.same import Same

MOST_PROVERS, MOST_CATALOGUES = 4096, 16
"""How many criteria, and how many catalogues of them, are kept ready, each for one day."""
LARGE = 1024
"""Of catalogues with more criteria only the last one is kept: their provers fill much memory."""

_CERTAIN = {True: Answer.MET, False: Answer.NOT_MET, None: Answer.UNKNOWN}

_Proves = Callable[[Sequence[Cell], Sequence[Verdict]], Verdict]
"""A function that proves a node, by the cells of all facts and the verdicts of the nodes before."""


@checked_arguments
def judge(criterion: Criterion, cells: Cells, *, on: date) -> Verdict:
    """Judge a criterion on a day, with the full proof. Nothing about a person makes it raise.

    Raises:
        InputError: ``on`` is not a date, or the cells are those of another day.
        NotInForceError: the data of some law in the criterion does not cover the day.
    """
    require_day(on, "on")
    require_same_day(cells, on)
    return prover_of(criterion, on).verdicts_by(cells)[0]


def judge_all(criteria: Iterable[Criterion], cells: Cells, *, on: date) -> tuple[Verdict, ...]:
    """Judge several criteria on a day, each as ``judge`` does.

    Raises:
        InputError: one of them is no criterion, ``on`` is not a date, or the cells are those of
            another day.
        NotInForceError: the data of some law in a criterion does not cover the day.
    """
    require_day(on, "on")
    require_same_day(cells, on)
    judged = Same(tuple(criteria))
    prepared = _catalogue if len(judged.objects) <= LARGE else _large_catalogue
    return prepared(judged, on).verdicts_by(cells)


@frozen(eq=False)
class Prover:
    """Criteria on one day, ready to be proved of any person. Made by ``prover_of``.

    ``asked`` lists what their comparisons ask, each once, whether they are law on the day or not.
    """

    asked: tuple[Asked, ...]
    _proves: tuple[_Proves, ...]
    _roots: tuple[int, ...]

    def verdicts(self, cells: Sequence[Cell]) -> tuple[Verdict, ...]:
        """The verdict of each criterion on the cells of ``asked``, in the same order."""
        proved: list[Verdict] = []
        for prove in self._proves:
            proved.append(prove(cells, proved))
        return tuple([proved[root] for root in self._roots])

    def verdicts_by(self, cells: Cells) -> tuple[Verdict, ...]:
        """The same, on the cells that a function gives."""
        return self.verdicts([cells(asked) for asked in self.asked])


def prover_of(criterion: Criterion, on: date) -> Prover:
    """The prover of a criterion on a day, which decides what is law.

    Raises:
        NotInForceError: the data of some law in the criterion does not cover the day.
    """
    # A proof holds the very objects that were judged, not equal ones of an earlier call. A rule of
    # a country and that of a stored result are equal, and both are asked again and again.
    return _prover(Same((criterion,)), on)


def _prepared(judged: Same, on: date) -> Prover:
    prepared = _Preparation(on)
    for criterion in judged.objects:
        if not isinstance(criterion, Criterion):
            refuse(criterion, "wrong_type", "a criterion", path="criteria")
        require_covered(criterion, on)
    roots = tuple(prepared.place(criterion) for criterion in judged.objects)
    return Prover(tuple(prepared.asked), tuple(prepared.proves), roots)


_prover = lru_cache(maxsize=MOST_PROVERS)(_prepared)
_catalogue = lru_cache(maxsize=MOST_CATALOGUES)(_prepared)
_large_catalogue = lru_cache(maxsize=1)(_prepared)


class _Preparation:
    """The nodes of criteria, each after its parts, and none of them twice."""

    def __init__(self, on: date) -> None:
        self._on = on
        self._places: dict[int, int] = {}
        self._in_force: list[bool] = []
        self.asked: dict[Asked, int] = {}
        self.proves: list[_Proves] = []

    def place(self, criterion: Criterion) -> int:
        """The place of a node, known by what it is and not by what it says."""
        known = self._places.get(id(criterion))
        if known is not None:
            return known
        law = criterion.about.in_force
        in_force = law is None or self._on in law
        if isinstance(criterion, Compare):
            cell = self.asked.setdefault(criterion.asked, len(self.asked))
            proves = _comparison(criterion, self._on, cell, in_force=in_force)
        else:
            parts = [self.place(part) for part in parts_of(criterion)]
            counting = [part for part in parts if self._in_force[part]]
            in_force = in_force and bool(counting)
            proves = (
                _group(criterion, self._on, parts, counting)
                if in_force
                else _out_of_force(criterion, self._on, parts)
            )
        self.proves.append(proves)
        self._in_force.append(in_force)
        place = self._places[id(criterion)] = len(self.proves) - 1
        return place


def _comparison(compare: Compare, on: date, place: int, *, in_force: bool) -> _Proves:
    if not in_force:
        return lambda cells, _: Verdict(Answer.NOT_MET, compare, on, False, cells[place])
    certain, bounded = fold(compare, on).certain, compare.asked.fact.shape in BOUNDED

    def prove(cells: Sequence[Cell], _: Sequence[Verdict]) -> Verdict:
        cell = cells[place]
        if isinstance(cell, Known):
            says = certain(cell.value, cell.value)
        else:
            between = cell.between if bounded else None
            says = None if between is None else certain(*between)
        return Verdict(_CERTAIN[says], compare, on, True, cell)

    return prove


_Picks = Callable[[Sequence[Verdict]], tuple[Verdict, ...]]
"""A function that picks the verdicts of some nodes."""


def _picked(places: list[int]) -> _Picks:
    if len(places) > 1:
        return itemgetter(*places)
    (only,) = places  # of one place, an itemgetter would give no tuple
    return lambda verdicts: (verdicts[only],)


def _group(criterion: Criterion, on: date, parts: list[int], counting: list[int]) -> _Proves:
    children_of, voices_of, available = _picked(parts), _picked(counting), len(counting)
    count, negated = needed(criterion, available), isinstance(criterion, Not)

    def prove(_: Sequence[Cell], proved: Sequence[Verdict]) -> Verdict:
        answers = [voice.answer for voice in voices_of(proved)]
        if negated:
            answer = opposite(answers[0])
        elif answers.count(Answer.MET) >= count:
            answer = Answer.MET
        else:
            within_reach = available - answers.count(Answer.NOT_MET) >= count
            answer = Answer.UNKNOWN if within_reach else Answer.NOT_MET
        return Verdict(answer, criterion, on, True, None, children_of(proved))

    return prove


def _out_of_force(criterion: Criterion, on: date, parts: list[int]) -> _Proves:
    children_of = _picked(parts)
    return lambda _, proved: Verdict(
        Answer.NOT_MET, criterion, on, False, None, children_of(proved)
    )
