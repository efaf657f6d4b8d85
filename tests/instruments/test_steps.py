"""How fine the numbers of an expression are: what each of them is a multiple of."""

from fractions import Fraction

import pytest

from rehabcore.instruments import read_instrument
from rehabcore.instruments.checks.steps import grid_steps, is_whole

FORM = """
instrument = {{ id = "made", tool = "M", title = "Made", edition = "1", higher_means = "more" }}
validity = {{ population = "nobody", administered_by = "anyone" }}
licence = {{ class = "public_domain", holder = "none", notice = "Made for a test." }}
source = [{{ id = "s", cite = "this test", tier = "A" }}]
items = [
  {{ numbers = ["x", "y", "z"], values = [0, 1, 2] }},
  {{ numbers = ["half"], values = [0, 1] }},
  {{ numbers = ["kind"], codes = ["a", "b"] }},
  {{ numbers = ["money"], amount = [0, "open"] }},
  {{ numbers = ["behind"], values = [0, 1] }},
  {{ numbers = ["born", "seen"], day = true }},
]
keying = [{{ value_map = {{ half = {{ 0 = 0, 1 = 0.5 }} }} }}]
gates = [{{ item = "x", closed_at = 0, items = ["behind"], score = 0.25 }}]
norms.cut = [{{ value = 1.5, source = "s" }}]
scales.every = {{ blanks = ["x", "y", "z", "half", "kind", "money", "behind", "born", "seen"] }}
scales.sum = {{ sum = ["x", "y"] }}
scales.told = {{ {expression} }}
"""


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("expression", "step"),
    [
        ('sum = ["x", "y", "z"]', 1),
        ('mean = ["x", "y", "z"]', Fraction(1, 3)),
        ('sum = ["x", "half"]', Fraction(1, 2)),
        ('mean = ["x", "half"]', Fraction(1, 4)),
        ('sum = ["x", "behind"]', Fraction(1, 4)),
        ('sum = ["x", "y"], missing = { policy = "prorate", max_missing = 1 }', None),
        ('sum = ["x", "y"], missing = { policy = "prorate", max_missing = 1 }, round = 0', 1),
        ('of = "money"', None),
        ('of = "money", round = 2', Fraction(1, 100)),
        ('of = { of = "money", round = 2 }, times = 100', 1),
        ('of = "cut"', Fraction(3, 2)),
        ('plus = ["x"], minus = ["cut"]', Fraction(1, 2)),
        ('of = "x", times = 0.3, add = 0.5', Fraction(1, 10)),
        ('of = "x", times = -4', 4),
        ('of = "x", divide_by = 8, round = 2', Fraction(1, 100)),
        ('of = "x", times = 5, round = 0', 5),
        ('of = "x", clamp = [0.5, 1]', Fraction(1, 2)),
        ('of = "x", clamp = [1, "open"]', 1),
        ('of = "x", power = 2', 1),
        ('of = "half", power = 3', Fraction(1, 8)),
        ('product = ["half", "half", "x"]', Fraction(1, 4)),
        ('product = ["x", "money"]', None),
        ('ratio = "x", by = { of = "y", add = 1 }', None),
        ('of = "x", fn = "ln1p"', None),
        ('largest = [{ of = "x", times = 6 }, { of = "y", times = 4 }]', 2),
        ('first_known = ["x", "half"]', Fraction(1, 2)),
        ('of = "x", if_missing = 0.2', Fraction(1, 5)),
        ('of = "x", if_missing = "cut"', Fraction(1, 2)),
        ('of = "x", table = [{ from = 0, to = 0, value = 3 }, { from = 1, to = 2, value = 9 }]', 3),
        ('of = "kind", points = { a = 0.5, b = 0.75 }', Fraction(1, 4)),
        ('row = "x", column = "y", rows = [0], columns = [0, 1], cells = [[6, 10]]', 2),
        (
            'cases = [{ when = { of = "x", equals = 0 }, then = 0.5 }], otherwise = 2',
            Fraction(1, 2),
        ),
        ('of = "x", at_least = 1', 1),
        ('not = { of = "x", at_least = 1 }', 1),
        ('of = "kind", is = "a"', 1),
        ('count = ["x", "half"], reaching = 1', 1),
        ('years_between = ["born", "seen"]', 1),
        ('plus = [{ of = "money" }, "sum"]', None),
        ("plus = [0]", 0),
    ],
)
def test_step_of_an_expression(expression: str, step: Fraction | int | None) -> None:
    instrument = read_instrument(FORM.format(expression=expression))
    assert grid_steps(instrument)["told"] == step


@pytest.mark.parametrize(
    ("step", "whole"),
    [(Fraction(1), True), (Fraction(4), True), (Fraction(0), True), (Fraction(1, 2), False)],
)
def test_multiples_of_a_whole_step_are_whole(step: Fraction, whole: bool) -> None:
    assert is_whole(step) is whole


def test_what_can_be_any_number_is_not_whole() -> None:
    assert not is_whole(None)
