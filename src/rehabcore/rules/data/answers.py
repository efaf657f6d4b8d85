"""The answers of every node of a rule, a letter each, a group before its parts: ``umm-u``.

``m`` is met, ``n`` not met, ``u`` unknown, ``-`` not in force. They are told of a verdict, or
worked out on one day after another without any. A proof has an object for each node, and a document
of many days would need room for all of them before anybody reads one. A law says that both agree.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from rehabcore.rules.criteria import Asked, Compare, Criterion, Not, comparisons, needed, parts_of
from rehabcore.rules.facts import Cell
from rehabcore.rules.judging.meaning import Course, course
from rehabcore.rules.judging.verdicts import Verdict
from rehabcore.rules.law.coverage import require_covered
from rehabcore.rules.time.days import Span
from rehabcore.rules.truth import Answer

_MET, _NOT_MET, _UNKNOWN = "m", "n", "u"
NOT_LAW = "-"
"""The letter of a node that is not in force."""
ANSWER_OF_LETTER = {
    _MET: Answer.MET,
    _NOT_MET: Answer.NOT_MET,
    _UNKNOWN: Answer.UNKNOWN,
    NOT_LAW: Answer.NOT_MET,
}
"""The answer of each letter."""
_LETTERS = {Answer.MET: _MET, Answer.NOT_MET: _NOT_MET, Answer.UNKNOWN: _UNKNOWN}
_CERTAIN = {True: _MET, False: _NOT_MET, None: _UNKNOWN}
_OPPOSITE = {_MET: _NOT_MET, _NOT_MET: _MET, _UNKNOWN: _UNKNOWN}


def answers_of(verdict: Verdict) -> str:
    """The answer of every node of a verdict."""
    letters, ahead = [], [verdict]
    while ahead:
        node = ahead.pop()
        letters.append(_LETTERS[node.answer] if node.in_force else NOT_LAW)
        ahead += reversed(node.children)
    return "".join(letters)


_Answers = Callable[[date, Sequence[Cell]], str]
"""A function that gives the letter of a node, and puts it and those of its parts into their places.

It takes a day and the cells of all that the rule asks.
"""


class AnswersByDay:
    """The answers of a rule on one day after another.

    ``asked`` is all that the rule asks, each once, in order.
    """

    def __init__(self, rule: Criterion) -> None:
        self._rule = rule
        self.asked = tuple(dict.fromkeys(compare.asked for compare in comparisons(rule)))
        self._letters: list[str] = []
        places = {asked: place for place, asked in enumerate(self.asked)}
        self._answer = self._node(rule, places)
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
        self._answer(day, cells)
        return "".join(self._letters)

    def _node(self, node: Criterion, places: dict[Asked, int]) -> _Answers:
        place, letters = len(self._letters), self._letters
        letters.append("")
        answer = (
            _comparison(node, places[node.asked])
            if isinstance(node, Compare)
            else _group(node, [self._node(part, places) for part in parts_of(node)])
        )
        law = node.about.in_force

        def put(day: date, cells: Sequence[Cell]) -> str:
            letter = answer(day, cells)
            if law is not None and day not in law:
                letter = NOT_LAW
            letters[place] = letter
            return letter

        return put


def _comparison(compare: Compare, place: int) -> _Answers:
    course_of = course(compare)
    seen: Cell | None = None
    stages: Course = []

    def answer(day: date, cells: Sequence[Cell]) -> str:
        nonlocal seen, stages
        cell = cells[place]
        if cell is not seen:  # a cell mostly stays the same from one day to the next
            seen, stages = cell, course_of(cell)
        certain = stages[0][1]
        for start, says in stages:
            if start <= day:
                certain = says
        return _CERTAIN[certain]

    return answer


def _group(group: Criterion, parts: list[_Answers]) -> _Answers:
    negated = isinstance(group, Not)

    def answer(day: date, cells: Sequence[Cell]) -> str:
        told = [part(day, cells) for part in parts]
        available = len(told) - told.count(NOT_LAW)
        if not available:
            return NOT_LAW
        if negated:
            return _OPPOSITE[told[0]]
        count = needed(group, available)
        if told.count(_MET) >= count:
            return _MET
        return _UNKNOWN if available - told.count(_NOT_MET) >= count else _NOT_MET

    return answer


def _covered(node: Criterion) -> Iterator[Span]:
    """The days that the data of each node covers, where they are limited."""
    if node.about.covered is not None:
        yield node.about.covered
    for part in parts_of(node):
        yield from _covered(part)
