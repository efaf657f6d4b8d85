"""The strategies of the kit: what each draws at its simplest, and what it must be able to draw."""

from collections.abc import Callable
from datetime import date
from functools import partial
from random import Random
from typing import Any

import pytest
from hypothesis import Phase, find, settings
from hypothesis import strategies as st

from rehabcore.rules.criteria import AllOf, AnyOf, AtLeast, Compare, Not
from rehabcore.rules.facts import BOUNDED, NEVER, OPERATORS, Known, Operator, Unknown
from rehabcore.rules.sources import Text
from rehabcore.rules.time.days import OPEN, UNSURE, LeapDay, Span, Term
from rehabcore.testing import cells_for, criteria, days, facts, sheets, spans, terms
from rehabcore.testing.strategies.criteria import COMPARISONS, comparisons_of, rules, texts
from rehabcore.testing.strategies.facts import (
    FACTS,
    amounts,
    code_sets,
    knowns,
    record_ids,
    unknowns,
    values,
)
from rehabcore.testing.strategies.time import day_terms, leap_days
from tests.kit.record_makers import XX

FEW = settings(max_examples=2_000, database=None, deadline=None)
NOT_SHRUNK = settings(FEW, phases=[Phase.generate])


def simplest(strategy: st.SearchStrategy[Any], fits: Callable[[Any], bool]) -> Any:
    """The simplest thing that a strategy draws and that fits; the same in every run."""
    return find(strategy, fits, settings=FEW, random=Random(0))


def any_that(strategy: st.SearchStrategy[Any], fits: Callable[[Any], bool]) -> Any:
    """The first thing that a strategy draws and that fits; the same in every run."""
    return find(strategy, fits, settings=NOT_SHRUNK, random=Random(0))


@pytest.mark.parametrize(
    ("strategy", "fits", "expected"),
    [
        (days(), lambda day: True, date(1990, 1, 1)),
        (days(), lambda day: (day.month, day.day) == (2, 29), date(1992, 2, 29)),
        (days(date(2021, 3, 1), date(2021, 3, 30)), lambda day: True, date(2021, 3, 1)),
        (terms(), lambda term: True, Term()),
        (terms(), lambda term: term.months > 1, Term(months=2)),
        (day_terms(), lambda term: term.days > 8, Term(days=9)),
        (spans(), lambda span: True, Span(date(1990, 1, 1), OPEN)),
        (spans(), lambda span: span.end is UNSURE, Span(date(1990, 1, 1), UNSURE)),
        (spans(unsure=False), lambda span: span.end is OPEN, Span(date(1990, 1, 1), OPEN)),
        (texts(), lambda text: len(text.wordings) == 1, Text.of(en="0")),
    ],
)
def test_the_simplest_that_fits_is_easily_read(
    strategy: st.SearchStrategy[Any], fits: Callable[[Any], bool], expected: object
) -> None:
    assert simplest(strategy, fits) == expected


@pytest.mark.parametrize("name", FACTS)
def test_every_fact_gets_a_known_and_an_unknown_cell(name: str) -> None:
    fact = FACTS[name]
    assert isinstance(any_that(cells_for(fact), lambda cell: isinstance(cell, Known)), Known)
    unknown = any_that(cells_for(fact), lambda cell: isinstance(cell, Unknown))
    assert fact.shape in BOUNDED or unknown.between is None


def test_an_anchor_that_never_comes_is_later_than_every_day() -> None:
    def later(cell: Any) -> bool:
        return isinstance(cell, Unknown) and NEVER in (cell.between or ())[1:]

    cell: Any = any_that(cells_for(FACTS["age"]), later)
    low, high = cell.between
    assert isinstance(low, date)
    assert high is NEVER


@pytest.mark.parametrize("name", FACTS)
def test_every_fact_is_compared_by_every_operator_that_it_has(name: str) -> None:
    fact = FACTS[name]
    for operator in OPERATORS[fact.shape]:
        found = any_that(comparisons_of(st.just(fact)), partial(_compares, operator))
        assert found.asked.fact is fact


def _compares(operator: Operator, one: Compare) -> bool:
    return one.operator is operator


@pytest.mark.parametrize("name", XX.facts)
def test_every_fact_of_a_country_can_be_asked_and_compared(name: str) -> None:
    assert any_that(criteria([XX.facts[name]]), lambda rule: isinstance(rule, Compare))


@pytest.mark.parametrize("kind", [Compare, AllOf, AnyOf, AtLeast, Not])
def test_criteria_have_every_kind_of_node(kind: type) -> None:
    for strategy in (criteria(), rules()):
        assert isinstance(any_that(strategy, lambda rule: isinstance(rule, kind)), kind)


def test_a_sheet_has_a_cell_for_all_that_is_asked() -> None:
    both = AllOf(COMPARISONS[:2])
    assert list(any_that(sheets(both), lambda sheet: True)) == [COMPARISONS[0].asked]
    assert any_that(leap_days(), lambda day: True) in LeapDay
    assert simplest(facts(), lambda fact: True) is FACTS["alone"]


def test_cells_are_known_and_unknown_for_facts_of_every_shape() -> None:
    for kept in (values, knowns, unknowns, amounts, code_sets, record_ids):
        kept.cache_clear()  # else whoever asked first has them
    for fact in FACTS.values():
        known = find(knowns(fact), lambda cell: bool(cell.evidence), settings=NOT_SHRUNK)
        unknown = find(unknowns(fact), lambda cell: True, settings=NOT_SHRUNK)
        assert isinstance(known, Known)
        assert isinstance(unknown, Unknown)
    assert amounts() is amounts()
