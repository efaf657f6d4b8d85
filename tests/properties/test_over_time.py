"""Laws of verdicts over time: they are those of every single day, in the fewest pieces."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from rehabcore.rules.criteria import About, Compare, Criterion, Not, parts_of
from rehabcore.rules.facts import Cell, Known, Value
from rehabcore.rules.judging.over_time import (
    VerdictTimeline,
    next_answer_change,
    next_change,
    verdicts_over,
)
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.judging.verdicts import Verdict
from rehabcore.rules.time.days import OPEN, Span, Term
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import Answer
from rehabcore.testing.strategies.criteria import COMPARISONS
from tests.kit.story_strategies import FIRST, LAST, Story, season_days, stories

ONE_DAY = timedelta(days=1)
AFTER_ALL = LAST + timedelta(days=70)
"""A day on which nothing of a story changes any more."""


def _over_time(story: Story) -> VerdictTimeline:
    rule, histories, window = story
    return verdicts_over(rule, histories.__getitem__, window)


def _on(story: Story, day: date) -> Verdict:
    rule, histories, _ = story
    return judge(rule, lambda asked: histories[asked].at(day), on=day)


def _each_day(window: Span) -> Iterator[date]:
    """Every day of a window; of an open one, those on which something may change."""
    day, end = window.start, window.certain_end or AFTER_ALL
    while day < end:
        yield day
        day += ONE_DAY


def _proof(verdict: Verdict) -> object:
    """Everything of a verdict but its day."""
    return verdict.answer, verdict.in_force, verdict.cell, [_proof(c) for c in verdict.children]


# --- pieces -------------------------------------------------------------------------------


@given(stories())
def test_verdict_over_time_is_that_of_every_single_day(story: Story) -> None:
    verdicts = _over_time(story)
    for day in _each_day(story[2]):
        assert verdicts.at(day) == _on(story, day)


@given(stories())
def test_pieces_fill_the_window_and_touching_ones_differ(story: Story) -> None:
    pieces, window = _over_time(story).pieces, story[2]
    assert pieces[0].span.start == window.start
    assert pieces[-1].span.end == window.end
    for left, right in pairwise(pieces):
        assert left.span.end == right.span.start
        assert _proof(left.verdict) != _proof(right.verdict)
    assert all(piece.verdict.on == piece.span.start for piece in pieces)


@given(stories())
def test_answers_and_their_spans_part_the_window(story: Story) -> None:
    verdicts, window = _over_time(story), story[2]
    answers = verdicts.answers()
    assert answers[0][0].start == window.start
    assert answers[-1][0].end == window.end
    for (left, before), (right, after) in pairwise(answers):
        assert left.end == right.start
        assert before is not after
    parts = [(span, answer) for answer in Answer for span in verdicts.spans(answer)]
    assert sorted(parts, key=lambda part: part[0].start) == list(answers)
    for day in _each_day(window):
        assert [answer for span, answer in answers if day in span] == [_on(story, day).answer]


@given(stories(), st.data())
def test_narrower_window_cuts_at_the_same_days(story: Story, data: st.DataObject) -> None:
    rule, histories, window = story
    wide = verdicts_over(rule, histories.__getitem__, Span(FIRST - ONE_DAY, OPEN))
    inside = [p.span.start for p in wide.pieces if p.span.start in window]
    narrow = [p.span.start for p in _over_time(story).pieces]
    assert narrow == sorted({window.start, *inside})


# --- the next change ----------------------------------------------------------------------


@given(stories(), season_days())
def test_next_change_is_the_first_day_with_another_proof_or_answer(story: Story, on: date) -> None:
    rule, histories, _ = story
    now = _on(story, on)
    later = [_on(story, day) for day in _each_day(Span(on + ONE_DAY, OPEN))]
    proofs = (verdict.on for verdict in later if _proof(verdict) != _proof(now))
    answers = (verdict.on for verdict in later if verdict.answer is not now.answer)
    facts = histories.__getitem__
    assert _by_then(next_change(rule, facts, on)) == next(proofs, None)
    assert _by_then(next_answer_change(rule, facts, on)) == next(answers, None)


def _by_then(change: date | None) -> date | None:
    """A change within the days that were looked at one by one."""
    return change if change is not None and change < AFTER_ALL else None


# --- order --------------------------------------------------------------------------------


@given(stories(), st.randoms())
def test_order_of_parts_changes_no_answer_over_time(story: Story, random: Any) -> None:
    rule, histories, window = story

    def shuffled(criterion: Criterion) -> Criterion:
        parts = [shuffled(part) for part in parts_of(criterion)]
        random.shuffle(parts)
        return _with_parts(criterion, tuple(parts))

    before, after = _over_time(story), _over_time((shuffled(rule), histories, window))
    assert after.answers() == before.answers()
    assert [piece.span for piece in after.pieces] == [piece.span for piece in before.pieces]


def _with_parts(criterion: Criterion, parts: tuple[Criterion, ...]) -> Criterion:
    if isinstance(criterion, Compare):
        return criterion
    if isinstance(criterion, Not):
        return evolve(criterion, part=parts[0])
    return evolve(criterion, parts=parts)


# --- shifted days -------------------------------------------------------------------------

COUNTING_DAYS = tuple(
    compare
    for compare in COMPARISONS
    if not isinstance(compare.operand, Term) or compare.operand in (Term(), Term(days=90))
)
"""Comparisons that no calendar enters: no months or years run in them."""


@given(stories(COUNTING_DAYS), st.integers(-3000, 3000))
def test_shifting_every_day_shifts_every_piece_of_rules_that_count_days(
    story: Story, shift: int
) -> None:
    by = timedelta(days=shift)
    rule, histories, window = story
    moved = {
        asked: Timeline(_shifted_starts(cells, by), tuple(_shifted(c, by) for c in cells.values))
        for asked, cells in histories.items()
    }
    before = _over_time(story).pieces
    after = _over_time((_shifted_rule(rule, by), moved, _shifted_span(window, by))).pieces
    assert [(_shifted_span(p.span, by), _answers(p.verdict)) for p in before] == [
        (p.span, _answers(p.verdict)) for p in after
    ]


def _answers(verdict: Verdict) -> object:
    return verdict.answer, verdict.in_force, [_answers(child) for child in verdict.children]


def _shifted_starts(cells: Timeline[Cell], by: timedelta) -> tuple[date, ...]:
    return (date.min, *(start + by for start in cells.changes()))


def _shifted(cell: Cell, by: timedelta) -> Cell:
    if isinstance(cell, Known):
        return evolve(cell, value=_moved(cell.value, by))
    if cell.between is None:
        return cell
    low, high = cell.between
    return evolve(cell, between=(_moved(low, by), _moved(high, by)))


def _moved(value: Value, by: timedelta) -> Value:
    return value + by if isinstance(value, date) else value


def _shifted_span(span: Span, by: timedelta) -> Span:
    return Span(span.start + by, span.end + by if isinstance(span.end, date) else span.end)


def _shifted_rule(rule: Criterion, by: timedelta) -> Criterion:
    law = rule.about.in_force
    about = About(in_force=_shifted_span(law, by)) if law else rule.about
    parts = tuple(_shifted_rule(part, by) for part in parts_of(rule))
    moved = _with_parts(evolve(rule, about=about), parts)
    if isinstance(moved, Compare) and isinstance(moved.operand, date):
        return evolve(moved, operand=moved.operand + by)
    return moved
