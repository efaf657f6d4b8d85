"""The number of every kind of expression: known, or between two that no answers leave."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from math import inf, isclose, isnan
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rehabcore.instruments.engine.evaluation import evaluator
from rehabcore.instruments.engine.numbers import Pair, Situation, rounded
from rehabcore.instruments.files.expression_data import read_expression
from rehabcore.instruments.model.expressions import Expression, FirstKnown, subexpressions
from rehabcore.instruments.model.items import MissingAnswers, MissingPolicy
from tests.kit.expression_strategies import CODES, EXPRESSIONS

Table = dict[str, Any]

ON = date(2026, 3, 1).toordinal()
KNOWN: dict[str, Pair] = {"on": (ON, ON), "cut": (2, 2)}
RANGES: dict[str, Pair] = {
    "a": (0, 3),
    "b": (-1, 2),
    "c": (0, 2),
    "kind": (0, 2),
    "open": (0, inf),
    "born": (-inf, inf),
}
ANSWERS = {"a": 2, "b": 1, "c": 0, "kind": 2, "open": 20, "born": date(2004, 2, 29).toordinal()}
"""Complete answers; of the codes, the last."""
SOME_BLANK = frozenset(("b", "open", "born"))


def situation(
    answers: dict[str, Any], blank: Iterable[str] = (), *, bounding: bool = True
) -> Situation:
    """What is known while only some answers are given."""
    left = frozenset(blank)
    given: dict[str, Pair] = {name: (n, n) for name, n in answers.items() if name not in left}
    return Situation({**KNOWN, **RANGES, **given}, blank=left, bounding=bounding)


def number(expression: Expression, known: Situation, missing: MissingAnswers | None = None) -> Pair:
    return evaluator(expression, {"kind": CODES}, missing or MissingAnswers())(known)


STEPS = [
    {"from": "open", "to": 0, "value": 5},
    {"from": 1, "to": 2, "value": 0.5},
    {"from": 3, "to": 3, "value": 9},
]
GRID = {"row": "a", "column": "b", "rows": [0, 2], "cells": [[1, 2], [3, 4]]}
CASES = [
    {"when": {"of": "b", "at_least": 1}, "then": "a"},
    {"when": {"of": "a", "over": 2}, "then": 9},
]
HALF, ANY = Fraction(1, 2), (-inf, inf)
TRUE, FALSE, EITHER = (1, 1), (0, 0), (0, 1)

Row = tuple[Any, ...]
"""A table, and its number for all answers, without those to ``SOME_BLANK``, without any."""

NUMBERS: dict[str, Row] = {
    "figure": ({"value": 0.1}, *[(Fraction(1, 10),) * 2] * 3),
    "item": ({"of": "b"}, (1, 1), (-1, 2), (-1, 2)),
    "item_with_a_default": ({"of": "b", "if_missing": 5}, (1, 1), (-1, 2), (-1, 2)),
    "sum": ({"sum": ["a", "b"]}, (3, 3), (1, 4), (-1, 5)),
    "mean": ({"mean": ["a", "b"]}, (3 * HALF, 3 * HALF), (HALF, 2), (-HALF, 5 * HALF)),
    "sum_of_scales": ({"sum_of_scales": ["a", "cut"]}, (4, 4), (4, 4), (2, 5)),
    "sums_less_others": ({"plus": ["a", 1], "minus": ["b"]}, (2, 2), (1, 4), (-1, 5)),
    "read_twice": ({"plus": ["b"], "minus": ["b"]}, (0, 0), (-3, 3), (-3, 3)),
    "first_known": ({"first_known": ["b", "a"]}, (1, 1), (2, 2), (-1, 3)),
    "product": ({"product": ["a", "b"]}, (2, 2), (-2, 4), (-3, 6)),
    "product_of_two_signs": ({"product": ["b", "b"]}, (1, 1), (-2, 4), (-2, 4)),
    "nothing_times_no_matter_what": ({"product": [0, "open"]}, (0, 0), (0, 0), (0, 0)),
    "largest": ({"largest": ["a", "b", 1]}, (2, 2), (2, 2), (1, 3)),
    "smallest": ({"smallest": ["a", "b", 1]}, (1, 1), (-1, 1), (-1, 1)),
    "largest_item": ({"items": ["a", "b"]}, (2, 2), (2, 2), (0, 3)),
    "any": ({"any": [{"of": "a", "over": 1}, {"of": "b", "over": 0}]}, TRUE, TRUE, EITHER),
    "all": ({"all": [{"of": "a", "over": 1}, {"of": "b", "over": 0}]}, TRUE, EITHER, EITHER),
    "ratio": (
        {"ratio": "a", "by": {"of": "b", "add": 2}},
        (Fraction(2, 3), Fraction(2, 3)),
        (HALF, 2),
        (0, 3),
    ),
    "ratio_to_what_may_be_nothing": ({"ratio": "a", "by": "b"}, (2, 2), ANY, ANY),
    "ratio_to_no_limit": (
        {"ratio": 1, "by": {"of": "open", "add": 1}},
        (Fraction(1, 21), Fraction(1, 21)),
        (0, 1),
        (0, 1),
    ),
    "times_and_added": (
        {"of": "b", "times": -2, "divide_by": 4, "add": 0.5},
        (0, 0),
        (-HALF, 1),
        (-HALF, 1),
    ),
    "without_limit_on_the_other_side": ({"of": "open", "times": -1}, (-20, -20), *[(-inf, 0)] * 2),
    "ln_of_what_may_be_nothing": (
        {"of": {"of": "open", "divide_by": 20}, "fn": "ln"},
        (0, 0),
        ANY,
        ANY,
    ),
    "ln1p": ({"of": {"of": "open", "times": 0.05, "add": -1}, "fn": "ln1p"}, (0, 0), ANY, ANY),
    "logistic": (
        {"of": {"of": "open", "add": -20}, "fn": "logistic", "times": 2},
        (1, 1),
        *[(pytest.approx(4.122307244877e-9), 2)] * 2,
    ),
    "logistic_of_much": (
        {"of": {"of": "b", "times": 999}, "fn": "logistic"},
        (1, 1),
        EITHER,
        EITHER,
    ),
    "square": ({"of": "b", "power": 2}, (1, 1), (0, 4), (0, 4)),
    "square_below_nothing": ({"of": {"of": "b", "add": -3}, "power": 2}, (4, 4), *[(1, 16)] * 2),
    "cube": ({"of": "b", "power": 3}, (1, 1), (-1, 8), (-1, 8)),
    "points_by_range": ({"of": "b", "table": STEPS}, (HALF, HALF), (HALF, 5), (HALF, 5)),
    "points_of_fractions": (
        {"of": {"of": "a", "add": 0.9}, "table": STEPS},
        (HALF, HALF),
        (HALF, HALF),
        ANY,
    ),
    "points_past_the_last_row": ({"of": "open", "table": STEPS}, ANY, ANY, ANY),
    "points_by_code": (
        {"of": "kind", "points": {"none": 0.5, "some": -1, "much": 3}},
        (3, 3),
        (3, 3),
        (-1, 3),
    ),
    "grid": ({**GRID, "columns": [-1, 1]}, (4, 4), (3, 4), (1, 4)),
    "grid_that_starts_late": ({**GRID, "columns": [0, 1]}, (4, 4), ANY, ANY),
    "cases": ({"cases": CASES, "otherwise": -5}, (2, 2), (-5, 2), (-5, 9)),
    "is": ({"of": "kind", "is": "much"}, TRUE, TRUE, EITHER),
    "in": ({"of": "kind", "in": ["none", "some"]}, FALSE, FALSE, EITHER),
    "not": ({"not": {"of": "a", "over": 1}}, FALSE, FALSE, EITHER),
    "count": ({"count": ["a", "b"], "reaching": 1}, (2, 2), (1, 2), (0, 2)),
    "blanks": ({"blanks": ["a", "b"]}, (0, 0), (0, 1), (0, 2)),
    "years": ({"years_between": ["born", "on"]}, (22, 22), ANY, ANY),
    "months": ({"months_between": ["born", "on"]}, (264, 264), ANY, ANY),
    "rounded": (
        {"of": {"of": "b", "times": 0.25}, "round": 1},
        (Fraction(3, 10),) * 2,
        *[(Fraction(-3, 10), HALF)] * 2,
    ),
    "rounded_without_limit": ({"of": "open", "round": 0}, (20, 20), (0, inf), (0, inf)),
    "clamped": ({"of": "b", "clamp": [0, 1]}, (1, 1), (0, 1), (0, 1)),
    "clamped_from_above": ({"of": "open", "clamp": ["open", 5]}, (5, 5), (0, 5), (0, 5)),
    "clamped_from_below": ({"of": "b", "clamp": [0, "open"]}, (1, 1), (0, 2), (0, 2)),
    "equals_a_figure": ({"of": "b", "equals": 1}, TRUE, EITHER, EITHER),
    "equals_a_number": ({"of": "a", "equals": "b"}, FALSE, EITHER, EITHER),
    "at_least_a_figure": ({"of": "b", "at_least": 2}, FALSE, EITHER, EITHER),
    "at_least_a_number": ({"of": "a", "at_least": "b"}, TRUE, TRUE, EITHER),
    "at_most_a_figure": ({"of": "b", "at_most": 2}, TRUE, TRUE, TRUE),
    "at_most_a_number": ({"of": "a", "at_most": "b"}, FALSE, EITHER, EITHER),
    "over_a_figure": ({"of": "b", "over": 2}, FALSE, FALSE, FALSE),
    "over_a_number": ({"of": "a", "over": "b"}, TRUE, EITHER, EITHER),
    "under_a_figure": ({"of": "b", "under": -1}, FALSE, FALSE, FALSE),
    "under_a_number": ({"of": "a", "under": "b"}, FALSE, FALSE, EITHER),
}


@pytest.mark.parametrize("name", NUMBERS)
def test_number_lies_between_the_least_and_the_most_that_it_can_be(name: str) -> None:
    table, *expected = NUMBERS[name]
    expression = read_expression(table)
    for blank, pair in zip((frozenset[str](), SOME_BLANK, RANGES), expected, strict=True):
        assert number(expression, situation(ANSWERS, blank)) == pair, blank


PRORATED = MissingAnswers(policy=MissingPolicy.PRORATE, max_missing=1)
ASIDE = MissingAnswers(not_applicable=MissingPolicy.PRORATE)
POOL = {"sum": ["a", "b", "c"]}

Left = tuple[Table, MissingAnswers, str, str, Pair, str, str]
"""A table and a policy; what is blank, not applicable; the number, what lacks, what is filled in.

Items are named by single letters.
"""

LEFT_OUT: dict[str, Left] = {
    "default": ({"of": "b", "if_missing": 5}, MissingAnswers(), "b", "", (5, 5), "", ""),
    "default_of_another": (
        {"of": "b", "if_missing": "a"},
        MissingAnswers(),
        "b",
        "",
        (2, 2),
        "",
        "",
    ),
    "default_of_what_is_answered": (
        {"of": "b", "if_missing": 5},
        MissingAnswers(),
        "a",
        "",
        (1, 1),
        "",
        "",
    ),
    "forbidden": (POOL, MissingAnswers(), "b", "", (1, 4), "b", ""),
    "prorated": (POOL, PRORATED, "b", "", (3, 3), "", "b"),
    "prorated_mean": ({"mean": ["a", "b", "c"]}, PRORATED, "b", "", (1, 1), "", "b"),
    "too_many_to_prorate": (POOL, PRORATED, "bc", "", (1, 6), "bc", ""),
    "nothing_to_prorate_from": ({"sum": ["b"]}, PRORATED, "b", "", (-1, 2), "b", ""),
    "not_applicable_is_no_answer": (POOL, MissingAnswers(), "", "b", (1, 4), "b", ""),
    "not_applicable_prorated": (POOL, ASIDE, "", "b", (3, 3), "", "b"),
    "not_applicable_without_a_limit": (POOL, ASIDE, "", "bc", (6, 6), "", "bc"),
    "nothing_is_applicable": (POOL, ASIDE, "", "abc", ANY, "abc", ""),
    "blank_beside_not_applicable": (POOL, ASIDE, "c", "b", (3, 6), "c", ""),
    "blanks_are_always_known": ({"blanks": ["a", "b"]}, MissingAnswers(), "b", "", (1, 1), "", ""),
}


@pytest.mark.parametrize("name", LEFT_OUT)
def test_what_is_left_out_counts_as_the_publisher_says(name: str) -> None:
    table, missing, blank, aside, expected, lacking, filled = LEFT_OUT[name]
    known = situation(ANSWERS, (*blank, *aside), bounding=False)
    known.blank, known.not_applicable = frozenset(blank), frozenset(aside)
    assert number(read_expression(table), known, missing) == expected
    assert (known.lacking, known.prorated) == (set(lacking), set(filled))


@pytest.mark.parametrize(
    ("exact", "decimals", "expected"),
    [
        (Fraction(5, 2), 0, 3),
        (Fraction(-5, 2), 0, -3),
        (Fraction(1005, 1000), 2, Fraction(101, 100)),
        (Fraction(1004, 1000), 2, 1),
        (1.005, 2, 1),  # the binary float lies below
        (inf, 2, inf),
        (-inf, 0, -inf),
    ],
    ids=str,
)
def test_halves_are_rounded_away_from_nothing(exact: float, decimals: int, expected: float) -> None:
    assert rounded(exact, decimals) == expected


SPANS = {
    "a": range(4),
    "b": range(-1, 3),
    "c": range(3),
    "kind": range(3),
    "open": (0, 1, 7),
    "born": (ON - 10_000, ON - 366, ON, ON + 40),
}


@given(
    EXPRESSIONS,
    st.fixed_dictionaries({name: st.sampled_from(span) for name, span in SPANS.items()}),
    st.sets(st.sampled_from(sorted(SPANS))),
)
def test_no_completion_of_answers_leaves_the_bounds(
    expression: Expression, answers: dict[str, int], blank: set[str]
) -> None:
    # numbers told in several ways are the same only if the answers agree, which these need not
    assume(not any(isinstance(part, FirstKnown) for part in subexpressions(expression)))
    low, high = number(expression, situation(answers, blank))
    least, most = number(expression, situation(answers))
    assume(not any(map(isnan, (low, high, least, most))))
    assert low <= high
    assert low <= least or isclose(low, least)
    assert most <= high or isclose(most, high)
