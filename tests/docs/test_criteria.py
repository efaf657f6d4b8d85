"""The page of criteria tells every operator, and what a parameter takes."""

import re

from rehabcore.rules.facts import OPERATORS, Takes
from tests.kit.pages import page, rows, section

PAGE = page("reference/criteria.md")


def test_operators_by_shape_are_those_of_the_code() -> None:
    told = rows(
        r"^\| (\w+) \| (`.*?) \|", section(PAGE, "## Operators by shape\n", "`at_least` and")
    )
    assert {shape: re.findall(r"`(\w+)`", said) for shape, said in told} == {
        shape.value: [operator.value for operator in allowed]
        for shape, allowed in OPERATORS.items()
    }


def test_what_a_parameter_takes_is_told_in_the_order_of_the_code() -> None:
    told = section(PAGE, "### What is said for a parameter\n", "A window that")
    assert [kind for (kind,) in rows(r"^\| (\w+) \|", told)] == list(Takes)
