"""Tables of expressions: what is wrong with one is told with its place; written, they read back."""

from typing import Any

import pytest
from hypothesis import given

from rehabcore.instruments.files.expression_data import EXPRESSION_FORMS, read_expression
from rehabcore.instruments.files.expression_writing import write_expression
from rehabcore.instruments.model.expressions import Affine, Expression, Named, subexpressions
from rehabcore.strict.problems import InputError
from tests.kit.expression_strategies import EXPRESSIONS

Problems = list[tuple[str, str]]


def problems_of(table: object) -> Problems:
    with pytest.raises(InputError) as refused:
        read_expression(table)
    return [(problem.code, problem.path) for problem in refused.value.problems]


def nested(levels: int) -> dict[str, Any]:
    """A table within tables, so many in all."""
    return {"not": nested(levels - 1)} if levels > 1 else {"of": "a"}


def stepped(*rows: object) -> dict[str, Any]:
    return {"of": "a", "table": list(rows)}


ROW = {"from": 0, "to": 1, "value": 2}
GRID = {"row": "a", "column": "b", "rows": [0], "columns": [0], "cells": [[1]]}

REFUSED: dict[str, tuple[object, Problems]] = {
    "number": (3, [("wrong_type", "")]),
    "nothing": ({}, [("not_an_expression", "")]),
    "two_forms": ({"sum": ["a"], "mean": ["a"]}, [("not_an_expression", "")]),
    "unknown_key": ({"of": "a", "sums": ["a"]}, [("unknown_key", "")]),
    "deeper_than_allowed": (nested(13), [("too_deep", ".".join(["not"] * 12))]),
    "deep_in_a_modifier": (
        {"of": "a", "over": nested(12)},
        [("too_deep", ".".join(["over", *["not"] * 11]))],
    ),
    "operand_of_another_type": ({"of": True}, [("wrong_type", "of")]),
    "endless_figure": ({"value": float("inf")}, [("wrong_type", "value")]),
    "figure_beyond_reason": ({"value": 10**12 + 1}, [("wrong_type", "value")]),
    "figure_as_text": ({"value": "1"}, [("wrong_type", "value")]),
    "names_that_are_none": ({"sum": "ab"}, [("wrong_type", "sum")]),
    "no_names": ({"mean": []}, [("wrong_type", "mean")]),
    "too_many_names": ({"sum": [str(n) for n in range(201)]}, [("wrong_type", "sum")]),
    "name_twice": ({"blanks": ["a", "a"]}, [("wrong_type", "blanks")]),
    "name_that_is_a_number": ({"items": ["a", 1]}, [("wrong_type", "items")]),
    "scales_that_are_no_names": ({"sum_of_scales": [1]}, [("wrong_type", "sum_of_scales")]),
    "operands_that_are_no_list": ({"plus": "a"}, [("wrong_type", "plus")]),
    "no_operands": ({"largest": []}, [("wrong_type", "largest")]),
    "too_many_operands": ({"product": ["a"] * 201}, [("wrong_type", "product")]),
    "every_bad_operand": (
        {"plus": ["a", None], "minus": [[], {}]},
        [("wrong_type", "plus[1]"), ("wrong_type", "minus[0]"), ("not_an_expression", "minus[1]")],
    ),
    "default_of_a_sum": ({"of": {"sum": ["a"]}, "if_missing": 0}, [("wrong_type", "if_missing")]),
    "default_of_a_figure": ({"of": 1, "if_missing": 0}, [("wrong_type", "if_missing")]),
    "default_of_another_type": ({"of": "a", "if_missing": []}, [("wrong_type", "if_missing")]),
    "ratio_to_nothing": ({"ratio": "a"}, [("missing_key", "by")]),
    "count_without_a_number": ({"count": ["a"]}, [("missing_key", "reaching")]),
    "case_that_is_no_table": (
        {"cases": [1], "otherwise": 0},
        [("missing_key", "cases[0].when"), ("missing_key", "cases[0].then")],
    ),
    "cases_that_are_no_list": ({"cases": {}, "otherwise": 0}, [("wrong_type", "cases")]),
    "case_with_more": (
        {"cases": [{"when": "a", "then": 1, "else": 2}]},
        [("unknown_key", "cases[0]"), ("missing_key", "otherwise")],
    ),
    "grid_that_does_not_rise": (
        {**GRID, "rows": [1, 0], "columns": [0, 0]},
        [("not_in_order", "rows"), ("not_in_order", "columns")],
    ),
    "grid_of_nothing": ({**GRID, "rows": []}, [("not_in_order", "rows")]),
    "grid_of_texts": ({**GRID, "cells": [["x"]]}, [("wrong_type", "cells")]),
    "grid_of_one_line": ({**GRID, "cells": [1]}, [("wrong_type", "cells")]),
    "years_of_one_day": ({"years_between": ["a"]}, [("wrong_type", "years_between")]),
    "months_of_three_days": (
        {"months_between": ["a", "b", "c"]},
        [("wrong_type", "months_between")],
    ),
    "years_of_no_days": ({"years_between": "on"}, [("wrong_type", "years_between")]),
    "steps_that_are_none": (stepped(), [("empty_group", "table")]),
    "steps_that_are_no_list": ({"of": "a", "table": 1}, [("wrong_type", "table")]),
    "step_that_is_no_table": (
        stepped(1),
        [("missing_key", f"table[0].{key}") for key in ("from", "to", "value")],
    ),
    "every_bad_step": (
        stepped(ROW, {**ROW, "to": "end"}, {**ROW, "label": "x"}),
        [("wrong_type", "table[1].to"), ("unknown_key", "table[2]")],
    ),
    "points_of_a_sum": ({"sum": ["a"], "points": {"x": 1}}, [("wrong_type", "points")]),
    "points_of_what_has_a_default": (
        {"of": "a", "if_missing": 0, "points": {"x": 1}},
        [("wrong_type", "points")],
    ),
    "points_of_nothing": ({"of": "a", "points": {}}, [("wrong_type", "points")]),
    "points_that_are_no_table": ({"of": "a", "points": [1]}, [("wrong_type", "points")]),
    "points_that_are_no_numbers": (
        {"of": "a", "points": {"x": "1", "y": 2}},
        [("wrong_type", "points.x")],
    ),
    "code_of_a_sum": ({"sum": ["a"], "is": "x"}, [("wrong_type", "is")]),
    "codes_of_a_figure": ({"of": 1, "in": ["x"]}, [("wrong_type", "in")]),
    "code_that_is_a_number": ({"of": "a", "is": 1}, [("wrong_type", "is")]),
    "code_twice": ({"of": "a", "in": ["x", "x"]}, [("wrong_type", "in")]),
    "code_and_codes": ({"of": "a", "is": "x", "in": ["y"]}, [("unknown_key", "")]),
    "unknown_curve": ({"of": "a", "fn": "exp"}, [("unknown_value", "fn")]),
    "curve_that_is_no_text": ({"of": "a", "fn": []}, [("unknown_value", "fn")]),
    "first_power": ({"of": "a", "power": 1}, [("out_of_range", "power")]),
    "ninth_power": ({"of": "a", "power": 9}, [("out_of_range", "power")]),
    "half_a_power": ({"of": "a", "power": 2.0}, [("out_of_range", "power")]),
    "times_nothing": ({"of": "a", "times": 0}, [("out_of_range", "times")]),
    "divided_by_nothing": ({"of": "a", "divide_by": 0.0}, [("out_of_range", "divide_by")]),
    "added_text": ({"of": "a", "add": "b"}, [("wrong_type", "add")]),
    "rounded_to_tens": ({"of": "a", "round": -1}, [("out_of_range", "round")]),
    "thirteen_decimals": ({"of": "a", "round": 13}, [("out_of_range", "round")]),
    "range_with_one_end": ({"of": "a", "clamp": [0]}, [("wrong_type", "clamp")]),
    "range_that_falls": ({"of": "a", "clamp": [1, 0]}, [("not_in_order", "clamp")]),
    "range_of_texts": ({"of": "a", "clamp": ["low", 0]}, [("wrong_type", "clamp")]),
    "two_tests": ({"of": "a", "over": 1, "under": 3}, [("two_operators", "")]),
    "test_against_nothing": ({"of": "a", "equals": None}, [("wrong_type", "equals")]),
}


@pytest.mark.parametrize("name", REFUSED)
def test_bad_table_is_refused_with_every_problem_and_its_place(name: str) -> None:
    table, expected = REFUSED[name]
    assert problems_of(table) == expected


def test_every_form_without_what_it_needs_is_refused_at_its_key() -> None:
    for key in EXPRESSION_FORMS:
        places = {path for _, path in problems_of({key: None})}
        assert key in places, key


def test_tables_may_be_as_deep_as_allowed() -> None:
    assert len(list(subexpressions(read_expression(nested(12))))) == 12


@given(EXPRESSIONS)
def test_what_is_written_reads_back_equal(expression: Expression) -> None:
    assert read_expression(write_expression(expression)) == expression


@pytest.mark.parametrize("change", [{"add": 0}, {"times": 1}, {"divide_by": 1.0}], ids=str)
def test_a_change_that_changes_nothing_is_kept(change: dict[str, Any]) -> None:
    made = read_expression({"of": "a", **change})
    assert made == Affine(Named("a"))
    assert read_expression(write_expression(made)) == made
