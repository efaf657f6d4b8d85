"""Numbers of expressions: of answers that are not all given, and of people of some ages."""

from itertools import product
from typing import Any

import pytest

from rehabcore import instruments
from rehabcore.instruments import Respondent
from tests.kit.builders import day

FORM = """
instrument = {{ id = "made", tool = "M", title = "Made", edition = "1", higher_means = "more" }}
validity = {{ population = "nobody", administered_by = "anyone" }}
licence = {{ class = "public_domain", holder = "none", notice = "Made for a test." }}
source = [{{ id = "s", cite = "this test", tier = "A" }}]
items = [
  {{ numbers = ["x"], values = [0, 1, 2, 3, 4] }},
  {{ numbers = ["y"], values = [1, 2, 3] }},
]
norms.cut = [
  {{ when = {{ ages = [18, 24] }}, value = 1, source = "s" }},
  {{ when = {{ ages = [65, "open"] }}, value = 2, source = "s" }},
]
scales.total = {{ plus = ["x", "y"] }}
scales.told = {{ {expression}, unrounded = true }}
flags.over = {{ of = "total", at_least = "cut", source = "s" }}
"""

EXPRESSIONS = {
    "sum": 'sum = ["x", "y"]',
    "mean": 'mean = ["x", "y"]',
    "difference": 'plus = ["x"], minus = ["y"]',
    "product": 'product = ["y", { plus = ["x"], minus = [2] }]',
    "ratio": 'ratio = "x", by = "y"',
    "ratio-of-what-may-be-below-zero": 'ratio = { of = "x", add = -2 }, by = "y"',
    "ratio-by-what-is-below-zero": 'ratio = "x", by = { of = "y", times = -1 }',
    "times-below-zero": 'of = { plus = ["x", "y"] }, times = -2, divide_by = 3, add = 1',
    "square-across-zero": 'of = { plus = ["x"], minus = ["y"] }, power = 2',
    "square-below-zero": 'of = { plus = ["x", -9], minus = ["y"] }, power = 2',
    "cube-across-zero": 'of = { plus = ["x"], minus = ["y"] }, power = 3',
    "clamped": 'of = { plus = ["x", "y"] }, clamp = [2, 5]',
    "clamped-from-below": 'of = { plus = ["x", "y"] }, clamp = [2, "open"]',
    "rounded": 'ratio = "x", by = "y", round = 0',
    "logarithm": 'plus = ["x", "y"], fn = "ln"',
    "logistic": 'plus = ["x"], minus = ["y"], fn = "logistic"',
    "table-that-rises-and-falls": (
        'of = "x", table = [{ from = 0, to = 1, value = 3 }, { from = 2, to = 2, value = 9 },'
        " { from = 3, to = 4, value = 1 }]"
    ),
    "grid": (
        'row = "x", column = "y", rows = [0, 2, 4], columns = [1, 3],'
        " cells = [[5, 2], [8, 0], [1, 7]]"
    ),
    "count": 'count = ["x", "y"], reaching = 2',
    "largest": 'largest = ["x", "y"]',
    "smallest": 'smallest = ["x", "y"]',
    "largest-of-computed": 'largest = [{ of = "x", times = 2 }, "y"]',
    "all": 'all = [{ of = "x", over = 2 }, { of = "y", under = 3 }]',
    "any": 'any = [{ of = "x", at_most = 1 }, { of = "y", at_least = 3 }]',
    "equals": 'of = "x", equals = "y"',
    "at-least": 'of = "x", at_least = "y"',
    "at-most": 'of = "x", at_most = "y"',
    "over": 'of = "x", over = "y"',
    "under": 'of = "x", under = "y"',
    "not": 'not = { of = "x", equals = 4 }, times = 3',
    "cases": (
        'cases = [{ when = { of = "x", at_least = 3 }, then = 7 },'
        ' { when = { of = "x", at_least = 2 }, then = "y" }], otherwise = 5'
    ),
}
COMPLETE = [{"x": x, "y": y} for x, y in product(range(5), range(1, 4))]
PARTIAL: list[dict[str, int]] = [
    {},
    *({"x": x} for x in range(5)),
    *({"y": y} for y in range(1, 4)),
]


@pytest.mark.no_cover
@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_score_of_incomplete_answers_lies_between_those_of_their_completions(
    expression: str,
) -> None:
    read = instruments.read_instrument(FORM.format(expression=EXPRESSIONS[expression]))

    def told(answers: Any) -> Any:
        return instruments.score(read, answers, on=day("2026-01-01")).score("told")

    values = [(answers, told(answers).value) for answers in COMPLETE]
    for partial in PARTIAL:
        found = [value for answers, value in values if partial.items() <= answers.items()]
        score = told(partial)
        assert (score.low, score.high) == pytest.approx((min(found), max(found))), partial
        assert (score.value is None) == (score.why == "missing")


@pytest.mark.parametrize(
    ("age", "cut"),
    [(None, None), (17, None), (18, 1), (24, 1), (25, None), (64, None), (65, 2), (110, 2)],
)
def test_figure_is_for_the_first_and_the_last_age_that_it_names(
    age: int | None, cut: int | None
) -> None:
    read = instruments.read_instrument(FORM.format(expression='sum = ["x", "y"]'))
    person = Respondent(age=age)
    result = instruments.score(read, {}, on=day("2026-01-01"), respondent=person)
    assert result.figure("cut").value == cut


@pytest.mark.parametrize(
    ("age", "value", "why"), [(17, None, "undefined"), (18, 1, ""), (64, None, "undefined")]
)
def test_scale_that_reads_a_figure_for_others_is_undefined(
    age: int, value: int | None, why: str
) -> None:
    read = instruments.read_instrument(FORM.format(expression='of = "total", at_least = "cut"'))
    person = Respondent(age=age)
    result = instruments.score(read, {"x": 0, "y": 1}, on=day("2026-01-01"), respondent=person)
    score = result.score("told")
    assert (score.value, score.why, score.missing) == (value, why, ())


@pytest.mark.parametrize(("born", "cut"), [("2008-01-02", None), ("2008-01-01", 1)])
def test_age_is_counted_from_the_day_of_birth(born: str, cut: int | None) -> None:
    read = instruments.read_instrument(FORM.format(expression='sum = ["x", "y"]'))
    person = Respondent(birth_date=day(born))
    result = instruments.score(read, {}, on=day("2026-01-01"), respondent=person)
    assert result.figure("cut").value == cut


def test_a_number_is_told_in_its_form_whatever_was_scored_before() -> None:
    whole, ratio = (
        instruments.read_instrument(FORM.format(expression=EXPRESSIONS[name]))
        for name in ("sum", "ratio")
    )
    of_sum = instruments.score(whole, {"x": 0, "y": 1}, on=day("2026-01-01"))
    of_ratio = instruments.score(ratio, {"x": 2, "y": 2}, on=day("2026-01-01"))
    assert [repr(one.score("told").value) for one in (of_sum, of_ratio)] == ["1", "1.0"]
