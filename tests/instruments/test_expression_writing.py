"""Expressions that are written as other tables than they were read from would read as others."""

import pytest

from rehabcore.instruments.files.expression_data import read_expression
from rehabcore.instruments.files.expression_writing import write_expression


@pytest.mark.parametrize(
    "table",
    [
        {"sum_of_scales": ["a", "b"]},
        {"plus": ["a", {"of": "b", "if_missing": 2}]},
        {"plus": [{"of": "a", "if_missing": 0}, {"of": "b", "if_missing": 0}]},
        {"plus": ["a", "a"]},
        {"plus": ["a", 1]},
        {"plus": ["a"], "minus": ["b"]},
    ],
    ids=["names", "one with a default", "all with defaults", "twice", "a figure", "less another"],
)
def test_sum_is_written_as_it_was_read(table: dict[str, object]) -> None:
    assert write_expression(read_expression(table)) == table
