"""Strategies of stories: rules whose law changes, asked about facts that change, over a window."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

from hypothesis import strategies as st

from rehabcore.rules.criteria import About, Asked, Compare, Criterion, comparisons
from rehabcore.rules.days import OPEN, Ending, Span, Term
from rehabcore.rules.facts import NEVER, RUNNING, Cell, Fact, Known, Unknown, Value
from rehabcore.rules.timelines import Timeline
from rehabcore.rules.truth import UnknownKind
from tests.strategies import COMPARISONS, cells, in_order, record_ids, rules

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
def season_anchors() -> st.SearchStrategy[Value]:
    """Anchors from which, or until which, a term of ``COMPARISONS`` runs to a day of the season."""
    terms = tuple({c.operand for c in COMPARISONS if isinstance(c.operand, Term)})
    ends = st.sampled_from(sorted(terms, key=str))
    back = st.builds(lambda term, day: term.before(day), ends, season_days())
    ahead = st.builds(lambda term, day: term.after(day), ends, season_days())
    rare: tuple[Value, ...] = (NEVER, date(2008, 2, 29), date(2028, 2, 29))
    return back | ahead | st.sampled_from(rare)


@cache
def season_cells(fact: Fact) -> st.SearchStrategy[Cell]:
    """Cells that may answer a fact, with anchors of the season."""
    if fact.shape not in RUNNING:
        return cells(fact)
    between = st.tuples(season_anchors(), season_anchors()).map(in_order)
    unknown = st.builds(Unknown, st.sampled_from(UnknownKind), between=st.none() | between)
    return st.builds(Known, season_anchors(), evidence=record_ids()) | unknown


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
