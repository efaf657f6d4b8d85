"""Scores without detail: the same numbers as full results, for those who score many forms."""

from datetime import date
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from rehabcore.instruments import find, from_plain, quick_score, read_instrument, score, to_plain
from rehabcore.instruments.model.declaration import AnswerCheck
from rehabcore.instruments.model.expressions import ItemCount
from rehabcore.strict.problems import InputError

ON = date(2026, 11, 16)
AUDIT = find("audit")
ANSWERS = {str(item): st.sampled_from((0, 2, 4) if item > 8 else range(5)) for item in range(1, 11)}
MAYBE = {item: st.none() | answer for item, answer in ANSWERS.items()}
SCALES = tuple(scale.name for scale in AUDIT.scales)


@given(st.fixed_dictionaries(ANSWERS), st.sampled_from(SCALES))
def test_the_number_of_complete_answers_is_that_of_the_full_result(
    answers: dict[str, int], scale: str
) -> None:
    quick = quick_score(AUDIT, scale, on=ON)
    assert quick(answers) == score(AUDIT, answers, on=ON).score(scale).value


@given(st.fixed_dictionaries({}, optional=MAYBE), st.sampled_from(SCALES))
def test_the_number_of_incomplete_answers_is_that_of_the_full_result(
    answers: dict[str, int | None], scale: str
) -> None:
    quick = quick_score(AUDIT, scale, on=ON)
    assert quick(answers) == score(AUDIT, answers, on=ON).score(scale).value


@pytest.mark.parametrize(
    "change", [{"3": 5}, {"3": True}, {"3": "1"}, {"3": 1.0}, {"9": 1}, {"11": 0}], ids=str
)
def test_what_a_full_result_refuses_is_refused(change: dict[str, int]) -> None:
    answers = {str(item): 0 for item in range(1, 11)} | change
    with pytest.raises(InputError) as slow:
        score(AUDIT, answers, on=ON)
    with pytest.raises(InputError) as quick:
        quick_score(AUDIT, "total", on=ON)(answers)
    assert quick.value.problems == slow.value.problems


def test_answers_that_go_together_with_no_score_have_none() -> None:
    both = AnswerCheck(code="both", when=ItemCount(("1",), reaching=4), about="a test")
    checked = evolve(AUDIT, checks=(both,))
    answers = {str(item): 0 for item in range(1, 11)}
    quick = quick_score(checked, "total", on=ON)
    assert (quick({**answers, "1": 3}), quick({**answers, "1": 4})) == (3, None)


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"missing": {"void_form_over": 0.2}}, id="form-that-blanks-void"),
        pytest.param(
            {"checks": [{"code": "c", "about": "a", "when": {"blanks": ["10"], "at_least": 1}}]},
            id="check",
        ),
    ],
)
def test_other_items_can_take_the_value_away(more: dict[str, Any]) -> None:
    instrument = from_plain({**to_plain(AUDIT), **more})
    answers = dict.fromkeys(map(str, range(1, 11)), 2) | {"8": None, "9": None, "10": None}
    assert score(instrument, answers, on=ON).score("dependence").value is None
    assert quick_score(instrument, "dependence", on=ON)(answers) is None


@pytest.mark.parametrize(
    "given", [{"keyed": "no"}, {"on": "2026-01-01"}, {"choices": {5: 4}}, {"unread": 1}], ids=str
)
def test_arguments_of_a_wrong_type_are_refused(given: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="wrong_type"):
        quick_score(AUDIT, "total", **{"on": ON, **given})


def test_a_sum_of_fractions_is_that_of_the_full_result() -> None:
    halves = {"value_map": {"1": {str(n): n / 2 for n in range(5)}}}
    plain = to_plain(AUDIT)
    del plain["bands"]
    instrument = from_plain({**plain, "keying": [halves]})
    quick = quick_score(instrument, "total", on=ON)
    answers = {str(item): 0 for item in range(1, 11)}
    for answer, value in ((1, 0.5), (2, 1)):
        given = {**answers, "1": answer}
        assert quick(given) == score(instrument, given, on=ON).score("total").value == value


def test_a_scale_that_is_not_there_is_refused() -> None:
    with pytest.raises(InputError, match=r"scale: unknown_value"):
        quick_score(AUDIT, "totals", on=ON)


NORMED = """
instrument = {{ id = "made", tool = "M", title = "Made", edition = "1", higher_means = "more" }}
validity = {{ population = "nobody", administered_by = "anyone" }}
licence = {{ class = "public_domain", holder = "none", notice = "Made for a test." }}
source = [{{ id = "s", cite = "this test", tier = "A" }}]
choices = [{{ id = "form", values = ["long", "short"] }}]
items = [{{ numbers = ["x", "y"], values = [0, 1, 2] }}, {{ numbers = ["z"], values = [0, 1] }}]
norms.by_sex = [
  {{ when = {{ sex = "female" }}, value = 1, source = "s" }},
  {{ when = {{ sex = "not_stated" }}, value = 2, source = "s" }},
]
norms.by_form = [
  {{ when = {{ form = "long" }}, value = 1, source = "s" }},
  {{ when = {{ form = "short" }}, value = 2, source = "s" }},
]
norms.by_age = [{{ when = {{ ages = [18, 64], jurisdiction = "xx" }}, value = 1, source = "s" }}]
scales.raw = {{ sum = ["x", "y"] }}
scales.other = {{ of = "z" }}
scales.above = {{ plus = ["raw"], minus = ["by_sex"] }}
scales.twice = {{ plus = ["above", "above"] }}
scales.chosen = {{ plus = ["raw"], minus = ["by_form"] }}
scales.mixed = {{ plus = ["raw", {{ of = "z", times = 2 }}] }}
scales.aged = {{ plus = ["raw"], minus = ["by_age"] }}
flags.over = {{ of = "raw", over = "by_sex", source = "s" }}
{more}
"""
VOIDS = '[[checks]]\ncode = "c"\nabout = "a test"\nwhen = {{ of = "raw", over = "by_age" }}\n'
WARNS = VOIDS.replace("[[checks]]", "[[checks]]\nwarns = true")
SKIPS = '[[skips]]\nitems = ["y"]\nwhen = {{ of = "x", under = "by_sex" }}\n'
LONG = {"form": "long"}


@pytest.mark.parametrize(
    ("scale", "more", "asked"),
    [
        ("above", "", "sex"),
        ("twice", "", "sex"),
        ("aged", "", "age and jurisdiction"),
        ("raw", VOIDS, "age and jurisdiction"),
        ("raw", SKIPS, "sex"),
    ],
)
def test_a_scale_that_depends_on_the_respondent_is_refused(
    scale: str, more: str, asked: str
) -> None:
    """Nobody is asked for here: the number would be that of somebody of whom nothing is known."""
    made = read_instrument(NORMED.format(more=more.format()))
    with pytest.raises(InputError) as caught:
        quick_score(made, scale, on=ON, choices=LONG)
    [problem] = caught.value.problems
    expected = f"a scale that is the same for everybody: norms of this one ask for {asked}"
    assert (problem.code, problem.path) == ("undefined", "scale")
    assert problem.expected == f"{expected}, which score takes as respondent"


@pytest.mark.parametrize(("scale", "value"), [("raw", 3), ("chosen", 2), ("mixed", 5)])
@pytest.mark.parametrize("more", ["", WARNS], ids=["plain", "warning"])
def test_a_scale_that_others_alone_decide_is_scored(scale: str, value: int, more: str) -> None:
    made = read_instrument(NORMED.format(more=more.format()))
    answers = {"x": 1, "y": 2, "z": 1}
    assert quick_score(made, scale, on=ON, choices=LONG)(answers) == value


def test_choices_are_those_that_were_made_when_it_was_asked_for() -> None:
    choices = dict(LONG)
    quick = quick_score(read_instrument(NORMED.format(more="")), "chosen", on=ON, choices=choices)
    choices["form"] = "short"
    assert quick({"x": 1, "y": 2, "z": 0}) == 2
