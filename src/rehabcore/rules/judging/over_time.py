"""Verdicts over time, exact to the day.

A proof can change only on a day on which a cell changes, running time reaches a term, or law begins
or ends. So a criterion is judged once on each such day, and never day by day.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import groupby, pairwise

from attrs import evolve

from rehabcore.rules.criteria import Asked, Compare, Criterion, comparisons, law_changes
from rehabcore.rules.facts import Cell
from rehabcore.rules.judging.cells import CellsOfDay, Histories
from rehabcore.rules.judging.meaning import course
from rehabcore.rules.judging.proving import MOST_PROVERS, prover_of
from rehabcore.rules.judging.verdicts import Verdict
from rehabcore.rules.law.coverage import covered_days, require_covered_throughout
from rehabcore.rules.time.days import UNSURE, End, Span, Term
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import Answer
from rehabcore.strict.checked import LATEST_YEAR, checked, checked_arguments
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem, refuse
from rehabcore.strict.same import Same


@frozen(kw_only=True)
@checked
class Piece:
    """Days on which the proof of a criterion stays the same, with the verdict of the first day.

    Raises:
        InputError: the verdict is not that of the first day.
    """

    span: Span
    verdict: Verdict

    def _problems(self) -> Iterable[Problem]:
        if self.verdict.on != self.span.start:
            expected = f"{self.span.start}, the first day"
            yield Problem.of(self.verdict.on, "does_not_follow", expected, path="verdict.on")


@frozen(kw_only=True)
@checked
class VerdictTimeline:
    """The pieces of a window of days, in order and without a gap; neighbours always differ.

    Raises:
        InputError: there is no piece, there is a gap, or two neighbours have the same proof.
    """

    pieces: tuple[Piece, ...]

    def __repr__(self) -> str:
        start, days = self.pieces[0].span.start.isoformat(), len(self.pieces)
        return f"<VerdictTimeline from {start}: {days} pieces>"

    def _problems(self) -> Iterable[Problem]:
        if not self.pieces:
            expected = "at least one piece"
            yield Problem.of((), "empty_group", expected, path="pieces")
        for number, (one, other) in enumerate(pairwise(self.pieces), start=1):
            touch = one.span.end == other.span.start
            if not touch or same_proof(one.verdict, other.verdict):
                yield Problem.of(
                    other.span.start,
                    "does_not_follow",
                    "the end of the piece before, from which something else holds",
                    path=f"pieces[{number}].span.start",
                )

    @classmethod
    def of_pieces(cls, pieces: tuple[Piece, ...]) -> "VerdictTimeline":
        """The timeline of pieces that were already seen to follow and to differ from each other."""
        timeline = object.__new__(cls)
        object.__setattr__(timeline, "pieces", pieces)
        return timeline

    @property
    def within(self) -> Span:
        """The window."""
        return _joined(self.pieces)

    @checked_arguments
    def at(self, day: date) -> Verdict:
        """The verdict on a day, equal to what ``judge`` gives for it.

        Raises:
            InputError: the day lies outside the window.
        """
        index = bisect_right(self.pieces, day, key=lambda piece: piece.span.start) - 1
        if day not in self.pieces[index].span:  # before the first, the last is looked at
            refuse(day.isoformat(), "out_of_range", "a day of the window", path="day")
        return _on(self.pieces[index].verdict, day)

    def answers(self) -> tuple[tuple[Span, Answer], ...]:
        """The window cut only where the answer changes."""
        runs = groupby(self.pieces, key=lambda piece: piece.verdict.answer)
        return tuple((_joined(tuple(run)), answer) for answer, run in runs)

    def spans(self, answer: Answer) -> tuple[Span, ...]:
        """The spans of the window with one answer, such as when everything is met."""
        return tuple(span for span, given in self.answers() if given is answer)


def _joined(run: tuple[Piece, ...]) -> Span:
    return Span(run[0].span.start, run[-1].span.end)


def _on(verdict: Verdict, day: date) -> Verdict:
    """The same proof for another day."""
    children = tuple(_on(child, day) for child in verdict.children)
    return evolve(verdict, on=day, children=children)


@checked_arguments
def verdicts_over(criterion: Criterion, facts: Histories, within: Span) -> VerdictTimeline:
    """The verdicts of a criterion on every day of a window.

    It is cut wherever any part of the proof changes: an answer, a cell with its evidence and
    assumption, or which clauses are law. ``VerdictTimeline.answers`` cuts only where the answer
    changes. It is not cut after the last year that the library knows.

    Args:
        criterion: the rule.
        facts: gives the cells of each fact on every day.
        within: the window, half-open; its end may be open, but not unknown.

    Raises:
        InputError: the end of the window is unknown.
        NotInForceError: the data of some law does not cover every day of the window.
            ``covered_until`` gives the day up to which one may ask.
    """
    require_covered_throughout(criterion, within)
    return VerdictTimeline(pieces=tuple(pieces_over(criterion, facts, within)))


@checked_arguments
def next_change(criterion: Criterion, facts: Histories, on: date) -> date | None:
    """The first day after ``on`` on which any part of the proof differs; None if it never does.

    It looks only at days for which the data knows the law.

    Raises:
        NotInForceError: the data of some law does not cover ``on``.
    """
    pieces = pieces_over(criterion, facts, covered_days(criterion, on, since=on))
    next(pieces)
    return next((piece.span.start for piece in pieces), None)


@checked_arguments
def next_answer_change(criterion: Criterion, facts: Histories, on: date) -> date | None:
    """The first day after ``on`` with another answer; None if the answer stays for ever.

    It looks only at days for which the data knows the law, as ``next_change`` does.

    Raises:
        NotInForceError: the data of some law does not cover ``on``.
    """
    pieces = pieces_over(criterion, facts, covered_days(criterion, on, since=on))
    answer = next(pieces).verdict.answer
    return next((p.span.start for p in pieces if p.verdict.answer is not answer), None)


def pieces_over(criterion: Criterion, facts: Histories, within: Span) -> Iterator[Piece]:
    """The pieces of a window, one after another: who needs only the next one judges no more.

    The data of the law has to cover the window.
    """
    known_window(within)
    over_time = RulesOverTime(facts)
    return over_time.pieces(over_time.judged(criterion, within.start), within.end)


class RulesOverTime:
    """Criteria on one day and another. What several of them ask is read once for all of them.

    Args:
        facts: gives the cells of each fact on every day.
    """

    def __init__(self, facts: Histories) -> None:
        self._facts = facts
        self._known: dict[Asked, Timeline[Cell]] = {}
        self._cells: dict[date, CellsOfDay] = {}
        self._turns: dict[Compare, tuple[date, ...]] = {}

    def on(self, day: date) -> CellsOfDay:
        """The cells of all facts on a day."""
        cells = self._cells.get(day)
        if cells is None:
            cells = self._cells[day] = CellsOfDay(day, lambda asked: self._history(asked).at(day))
        return cells

    def judged(self, criterion: Criterion, day: date) -> Verdict:
        """The verdict of a criterion on a day."""
        return prover_of(criterion, day).verdicts_by(self.on(day))[0]

    def pieces(self, first: Verdict, end: End) -> Iterator[Piece]:
        """The pieces from a verdict on, up to an end that is known or open, one after another."""
        start, current, last = first.on, first, end if isinstance(end, date) else date.max
        law, compared = _asked_over_time(Same((first.criterion,)))
        days = {*law, *(day for compare in compared for day in self._turns_of(compare))}
        for day in sorted(days):
            if start < day < last and day.year <= LATEST_YEAR:
                verdict = self.judged(first.criterion, day)
                if not same_proof(current, verdict):
                    yield Piece(span=Span(start, day), verdict=current)
                    start, current = day, verdict
        yield Piece(span=Span(start, end), verdict=current)

    def _history(self, asked: Asked) -> Timeline[Cell]:
        cells = self._known.get(asked)
        if cells is None:
            told = self._facts(asked)
            # Every day is asked for at once, so that none is read by itself before.
            cells = self._known[asked] = Timeline(told.starts, told.values)
        return cells

    def _turns_of(self, compare: Compare) -> tuple[date, ...]:
        """Every day on which the proof of a comparison may differ from that of the day before."""
        turns = self._turns.get(compare)
        if turns is None:
            turns = tuple(changes_of(compare, self._history(compare.asked)))
            self._turns[compare] = turns
        return turns


@lru_cache(maxsize=MOST_PROVERS)
def _asked_over_time(judged: Same) -> tuple[frozenset[date], tuple[Compare, ...]]:
    """The days on which the law of a criterion changes, and its comparisons, each once."""
    (criterion,) = judged.objects
    return frozenset(law_changes(criterion)), tuple(dict.fromkeys(comparisons(criterion)))


def known_window(within: Span) -> None:
    """Refuse a window of unknown end.

    Raises:
        InputError: its end is unknown.
    """
    if within.end is UNSURE:
        refuse(within.end.value, "out_of_range", "a window with a known or open end", path="within")


def same_proof(one: Verdict, other: Verdict) -> bool:
    """Whether two verdicts of one criterion differ in nothing but their days."""
    return (
        one.answer is other.answer
        and one.in_force == other.in_force
        and one.cell == other.cell
        and all(map(same_proof, one.children, other.children))
    )


def changes_of(compare: Compare, cells: Timeline[Cell]) -> Iterator[date]:
    """The days on which a cell changes, or time alone turns the comparison of it."""
    # A turn of time counts only while the cell holds that causes it: in another piece, another cell
    # has a course of its own.
    yield from cells.changes()
    if not isinstance(compare.operand, Term):
        return
    course_of = course(compare)
    for start, end, cell in cells.pieces():
        for day, _ in course_of(cell):
            if start < day and (end is None or day < end):
                yield day
