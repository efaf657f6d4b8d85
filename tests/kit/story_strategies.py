"""Strategies of stories: rules whose law changes, asked about facts that change, over a window."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

from hypothesis import strategies as st

from rehabcore.rules.criteria import About, Asked, Compare, Criterion, comparisons
from rehabcore.rules.facts import NEVER, RUNNING, Cell, Fact, Known, Shape, Unknown, Value
from rehabcore.rules.time.days import OPEN, Ending, Span, Term
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import UnknownKind
from rehabcore.testing.strategies.criteria import COMPARISONS, rules
from rehabcore.testing.strategies.facts import cells_for, lowest_first, record_ids

FIRST, LAST = date(2026, 1, 10), date(2026, 4, 20)
"""The season: hundred days on which all that is drawn here changes, a leap day's birthday in it."""

Story = tuple[Criterion, Mapping[Asked, Timeline[Cell]], Span]
"""A rule, what is known on every day of all that it asks, and a window of the season."""


@cache
def season_days() -> st.SearchStrategy[date]:
    """Days of the season."""
    return st.integers(0, (LAST - FIRST).days).map(lambda shift: FIRST + timedelta(days=shift))


@cache
def windows() -> st.SearchStrategy[Span]:
    """Windows that begin in the season and last some weeks, or go on."""
    ends = st.integers(1, 60) | st.just(OPEN)
    return st.builds(_window, season_days(), ends)


def _window(start: date, length: int | Ending) -> Span:
    return Span(start, start + timedelta(days=length) if isinstance(length, int) else length)


@cache
def season_law() -> st.SearchStrategy[About]:
    """Nothing, or law that begins, and perhaps ends, in the season."""
    law = windows().map(lambda span: About(in_force=span))
    return st.just(About()) | law


@cache
def season_anchors(fact: Fact) -> st.SearchStrategy[Value]:
    """Anchors of which some term of ``COMPARISONS`` is reached on a day of the season."""
    terms = [c.operand for c in COMPARISONS if c.asked.fact == fact and isinstance(c.operand, Term)]
    lay = Term.before if fact.shape is Shape.ELAPSED else Term.after
    reached = st.builds(lay, st.sampled_from(terms), season_days())
    return reached | st.sampled_from((NEVER, date(2008, 2, 29), date(2028, 2, 29)))


@cache
def season_cells(fact: Fact) -> st.SearchStrategy[Cell]:
    """Cells that may answer a fact, with anchors of the season."""
    if fact.shape not in RUNNING:
        return cells_for(fact)
    anchors = season_anchors(fact)
    between = st.none() | st.tuples(anchors, anchors).map(lowest_first)
    unknown = st.builds(Unknown, st.sampled_from(UnknownKind), between=between)
    return st.builds(Known, anchors, evidence=record_ids()) | unknown


@cache
def histories(fact: Fact) -> st.SearchStrategy[Timeline[Cell]]:
    """What is known of a fact on every day: a few changes, all of them in the season."""
    changes = st.dictionaries(season_days(), season_cells(fact), max_size=3)

    def history(first: Cell, later: dict[date, Cell]) -> Timeline[Cell]:
        on = {date.min: first, **later}
        return Timeline.of_changes(on, on.__getitem__)

    return st.builds(history, season_cells(fact), changes)


@st.composite
def stories(draw: st.DrawFn, which: tuple[Compare, ...] = COMPARISONS) -> Story:
    """Rules whose law and whose facts change within the season."""
    rule = draw(rules(season_law(), which))
    asked_for = {leaf.asked: histories(leaf.asked.fact) for leaf in comparisons(rule)}
    return rule, draw(st.fixed_dictionaries(asked_for)), draw(windows())
