"""Mistakes in what is asked and how it is compared, found when a rule is built."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any

import pytest

from rehabcore.rules.criteria import Asked, Compare, ask
from rehabcore.rules.facts import DATED, OPERATORS, Fact, Operator, Parameter, Shape, Takes
from rehabcore.rules.time.ageing import Ageing
from rehabcore.rules.time.days import LeapDay, Term
from rehabcore.rules.well_formed import asked_problems, share
from rehabcore.strict.problems import InputError
from tests.kit.builders import day, flag
from tests.kit.refusals import problems_of
from tests.kit.rule_makers import (
    AGE,
    ALONE,
    BY_SHAPE,
    DEBT,
    HOUSING,
    LEVELS,
    NEEDS,
    RISK,
    SANCTIONS,
    TIME_AT_RISK,
)

RIGHT_OPERANDS: dict[Shape, Any] = {
    Shape.FLAG: True,
    Shape.COUNT: 2,
    Shape.AMOUNT: Decimal("12.50"),
    Shape.CHOICE: "medium",
    Shape.LEVEL: "medium",
    Shape.SET: frozenset({"low"}),
    Shape.ELAPSED: Term(18),
    Shape.REMAINING: Term(0, 9),
}


def _operand(shape: Shape, operator: Operator) -> Any:
    if operator in DATED:
        return day("2020-01-01")
    return frozenset({"low"}) if operator is Operator.IN else RIGHT_OPERANDS[shape]


# --- comparisons --------------------------------------------------------------------------


@pytest.mark.parametrize("shape", Shape)
def test_shape_is_compared_by_its_own_operators_only(shape: Shape) -> None:
    asked = Asked(BY_SHAPE[shape])
    for operator in Operator:
        if operator in OPERATORS[shape]:
            operand = _operand(shape, operator)
            assert Compare(asked, operator, operand).operand == operand
        else:
            made = partial(Compare, asked, operator, RIGHT_OPERANDS[shape])
            assert problems_of(made) == [("cannot_compare", operator.value)]


def test_operators_of_each_shape() -> None:
    ordered = ["at_least", "over", "at_most", "under"]
    assert {shape.value: list(OPERATORS[shape]) for shape in Shape} == {
        "flag": ["is"],
        "count": ordered,
        "amount": ordered,
        "choice": ["is", "in"],
        "level": ["is", "in", *ordered],
        "set": ["has_any", "has_all"],
        "elapsed": [*ordered, "before", "since"],
        "remaining": [*ordered, "before", "since"],
    }


def test_fact_may_narrow_how_it_is_compared() -> None:
    age = Fact(name="age", shape=Shape.ELAPSED, about="Age.", comparisons=("at_least", "under"))
    assert str(ask(age).at_least(Term(18))) == "age at_least 18 years"
    with pytest.raises(InputError) as caught:
        ask(age).over(Term(18))
    (problem,) = caught.value.problems
    assert (problem.code, problem.expected) == ("cannot_compare", "age compared by at_least, under")


def test_fact_cannot_declare_a_comparison_that_its_shape_does_not_have() -> None:
    assert problems_of(
        lambda: Fact(name="age", shape=Shape.ELAPSED, about="Age.", comparisons=("is",))
    ) == [("cannot_compare", "comparisons")]


@pytest.mark.parametrize(
    ("shape", "operator", "operand"),
    [
        pytest.param(Shape.FLAG, Operator.IS, 1, id="number-for-a-flag"),
        pytest.param(Shape.FLAG, Operator.IS, "true", id="text-for-a-flag"),
        pytest.param(Shape.COUNT, Operator.AT_MOST, True, id="flag-for-a-count"),
        pytest.param(Shape.COUNT, Operator.AT_MOST, Decimal(2), id="decimal-for-a-count"),
        pytest.param(Shape.COUNT, Operator.AT_MOST, "2", id="text-for-a-count"),
        pytest.param(Shape.AMOUNT, Operator.AT_MOST, 2, id="number-for-an-amount"),
        pytest.param(Shape.CHOICE, Operator.IS, True, id="flag-for-a-choice"),
        pytest.param(Shape.CHOICE, Operator.IN, "low", id="text-for-choices"),
        pytest.param(Shape.LEVEL, Operator.AT_LEAST, 2, id="rank-for-a-level"),
        pytest.param(Shape.LEVEL, Operator.UNDER, frozenset({"low"}), id="set-for-a-level"),
        pytest.param(Shape.SET, Operator.HAS_ANY, "low", id="text-for-a-set"),
        pytest.param(Shape.ELAPSED, Operator.AT_LEAST, 18, id="number-for-a-term"),
        pytest.param(Shape.ELAPSED, Operator.AT_LEAST, "18 years", id="text-for-a-term"),
        pytest.param(Shape.REMAINING, Operator.AT_MOST, Decimal(2), id="decimal-for-a-term"),
    ],
)
def test_constant_of_the_wrong_type_is_refused(
    shape: Shape, operator: Operator, operand: Any
) -> None:
    assert problems_of(lambda: Compare(Asked(BY_SHAPE[shape]), operator, operand)) == [
        ("wrong_type", operator.value)
    ]


@pytest.mark.parametrize(
    ("operand", "code"),
    [
        pytest.param(1.5, "wrong_type", id="float"),
        pytest.param(None, "wrong_type", id="nothing"),
        pytest.param(Decimal("NaN"), "wrong_type", id="nan"),
        pytest.param(Decimal("Infinity"), "wrong_type", id="infinity"),
    ],
)
def test_constant_that_is_no_constant_is_refused(operand: Any, code: str) -> None:
    ((found, _),) = problems_of(lambda: ask(DEBT).at_most(operand))
    assert found == code


@pytest.mark.parametrize(
    ("make", "problems"),
    [
        pytest.param(lambda: ask(HOUSING).is_("huge"), [("unknown_value", "is")], id="choice"),
        pytest.param(lambda: ask(RISK).over("huge"), [("unknown_value", "over")], id="level"),
        pytest.param(
            lambda: ask(HOUSING).in_("huge", "low", "tiny"),
            [("unknown_value", "in"), ("unknown_value", "in")],
            id="choices",
        ),
        pytest.param(lambda: ask(HOUSING).in_(), [("empty_group", "in")], id="none-in"),
        pytest.param(lambda: ask(NEEDS).has_any(), [("empty_group", "has_any")], id="none-any"),
        pytest.param(lambda: ask(NEEDS).has_all(), [("empty_group", "has_all")], id="none-all"),
    ],
)
def test_codes_must_be_codes_of_the_fact_and_at_least_one(
    make: Callable[[], object], problems: list[tuple[str, str]]
) -> None:
    assert problems_of(make) == problems


def test_nothing_is_counted_below_zero() -> None:
    assert ask(SANCTIONS).at_most(0).operand == 0
    assert problems_of(lambda: ask(SANCTIONS).at_most(-1)) == [("out_of_range", "at_most")]
    assert ask(DEBT).under(Decimal(-1)).operand == -1


def test_leap_day_policy_belongs_to_running_time_only() -> None:
    leap_day = LeapDay.MARCH_1
    age = Compare(Asked(AGE), Operator.AT_LEAST, Term(18), leap_day=leap_day)
    assert age.leap_day is LeapDay.MARCH_1
    ((_, path),) = problems_of(lambda: Compare(Asked(ALONE), Operator.IS, True, leap_day=leap_day))
    assert path == "leap_day"


# --- what is asked ------------------------------------------------------------------------


NEED = Fact(
    name="need",
    shape=Shape.LEVEL,
    about="Need.",
    codes=LEVELS,
    parameters=(
        Parameter(name="domain", codes=("work", "housing")),
        Parameter(name="within"),
        Parameter(name="by", codes=("staff",), required=False),
    ),
)


def test_question_is_written_with_its_parameters() -> None:
    asked = ask(NEED, within="6 months", domain="work")
    assert str(asked) == "need(domain=work, within=6 months)"
    assert str(ask(ALONE)) == "alone"


def test_parameter_that_was_left_out_is_empty() -> None:
    asked = ask(NEED, within="6 months", domain="work")
    assert asked["domain"] == "work"
    assert asked["by"] == ""


def test_order_in_which_parameters_are_given_makes_no_difference() -> None:
    first = ask(NEED, within="6 months", domain="work", by="staff")
    assert first == ask(NEED, by="staff", domain="work", within="6 months")


@pytest.mark.parametrize(
    ("given", "problems"),
    [
        pytest.param({}, [("missing_key", "domain"), ("missing_key", "within")], id="none"),
        pytest.param(
            {"domain": "health", "within": "1 day"}, [("unknown_value", "domain")], id="code"
        ),
        pytest.param(
            {"domain": "work, housing", "within": "1 day"},
            [("unknown_value", "domain")],
            id="several-codes-where-one-may-be-said",
        ),
        pytest.param({"domain": "work", "within": "soon"}, [("bad_term", "within")], id="term"),
        pytest.param({"domain": "work", "within": ""}, [("bad_term", "within")], id="empty-term"),
        pytest.param(
            {"domain": "work", "within": "999 years"}, [("out_of_range", "within")], id="long-term"
        ),
        pytest.param(
            {"domain": "work", "within": "1 day", "by": "court"},
            [("unknown_value", "by")],
            id="optional-code",
        ),
        pytest.param(
            {"domain": "work", "within": "1 day", "of": "x"}, [("unknown_key", "")], id="unknown"
        ),
        pytest.param(
            {"domain": "x", "within": "y", "by": "z", "of": "w"},
            [
                ("unknown_value", "domain"),
                ("bad_term", "within"),
                ("unknown_value", "by"),
                ("unknown_key", ""),
            ],
            id="all-at-once",
        ),
    ],
)
def test_parameters_must_be_those_of_the_fact(
    given: dict[str, str], problems: list[tuple[str, str]]
) -> None:
    assert problems_of(lambda: ask(NEED, **given)) == problems


def test_fact_without_parameters_takes_none() -> None:
    assert problems_of(lambda: ask(flag(), domain="work")) == [("unknown_key", "")]


@pytest.mark.parametrize(
    "given",
    [
        pytest.param({"domain": "work"}, id="table"),
        pytest.param((("domain", "work", "x"),), id="triple"),
        pytest.param((("domain", 3),), id="number"),
        pytest.param(("domain",), id="text"),
        pytest.param((("domain", "work"), ("domain", 3)), id="texts-and-numbers"),
        pytest.param((("domain", "work"), ("within", ["1 day"])), id="list-for-one-length"),
        pytest.param((("domain", ["work"]), ("within", "1 day")), id="list-for-one-code"),
        pytest.param(None, id="nothing"),
    ],
)
def test_parameters_of_another_form_are_refused(given: Any) -> None:
    assert problems_of(lambda: Asked(NEED, given)) == [("wrong_type", "given")]


def test_parameter_is_given_once() -> None:
    twice = (("domain", "work"), ("domain", "housing"), ("within", "1 day"))
    assert problems_of(lambda: Asked(NEED, twice)) == [("repeated_item", "given")]


def test_parameters_in_another_order_ask_the_same() -> None:
    given = (("domain", "work"), ("within", "1 day"))
    assert Asked(NEED, given[::-1]) == Asked(NEED, given)


# --- several codes, shares and windows ----------------------------------------------------


@pytest.mark.parametrize(
    "levels",
    ["low, high", "high, low", ["low", "high"], ["high", "low"], ("high", "low")],
    ids=str,
)
def test_several_codes_are_kept_in_the_order_of_the_codes(levels: Any) -> None:
    asked = ask(TIME_AT_RISK, levels=levels)
    assert asked["levels"] == "low, high"
    assert asked.codes("levels") == {"low", "high"}
    assert asked == ask(TIME_AT_RISK, levels="low, high")
    assert str(asked) == "time_at_risk(levels=low, high)"


def test_one_code_may_be_said_where_several_may() -> None:
    assert ask(TIME_AT_RISK, levels="high") == ask(TIME_AT_RISK, levels=["high"])
    assert ask(TIME_AT_RISK, levels="high").codes("levels") == {"high"}
    assert ask(TIME_AT_RISK, levels="high").codes("share") == frozenset()


@pytest.mark.parametrize(
    ("levels", "problems"),
    [
        pytest.param("low, huge", [("unknown_value", "levels")], id="unknown"),
        pytest.param("huge, tiny", [("unknown_value", "levels")] * 2, id="two-unknown"),
        pytest.param("low,high", [("unknown_value", "levels")], id="no-blank"),
        pytest.param("low, low", [("repeated_item", "levels")], id="twice"),
        pytest.param([], [("unknown_value", "levels")], id="none"),
        pytest.param("", [("unknown_value", "levels")], id="empty"),
    ],
)
def test_each_of_several_codes_must_be_one_of_the_parameter(
    levels: Any, problems: list[tuple[str, str]]
) -> None:
    assert problems_of(lambda: ask(TIME_AT_RISK, levels=levels)) == problems


@pytest.mark.parametrize("levels", [["low", 1], 3, {"low": 1}, None, [["low"]]], ids=str)
def test_what_is_no_list_of_codes_is_refused(levels: Any) -> None:
    assert problems_of(lambda: Asked(TIME_AT_RISK, (("levels", levels),))) == [
        ("wrong_type", "given")
    ]


@pytest.mark.parametrize(
    ("fact", "given", "expected"),
    [
        pytest.param(NEED, {"domain": "work", "within": 6}, "a text", id="term"),
        pytest.param(NEED, {"domain": 1, "within": "1 day"}, "a text", id="code"),
        pytest.param(TIME_AT_RISK, {"levels": 1}, "a list of codes", id="codes"),
        pytest.param(TIME_AT_RISK, {"levels": "low", "share": 1}, "a text", id="share"),
    ],
)
def test_refusal_says_whether_a_text_or_a_list_of_codes_is_expected(
    fact: Fact, given: dict[str, Any], expected: str
) -> None:
    (problem,) = asked_problems(fact, given)
    assert (problem.code, problem.expected) == ("wrong_type", expected)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("1/2", Fraction(1, 2)),
        ("2/3", Fraction(2, 3)),
        ("85%", Fraction(17, 20)),
        ("100%", Fraction(1)),
        ("7/7", Fraction(1)),
        ("1/9999", Fraction(1, 9999)),
        ("1%", Fraction(1, 100)),
    ],
)
def test_share_is_read_exactly(text: str, part: Fraction) -> None:
    assert share(text) == part
    assert ask(TIME_AT_RISK, levels="low", share=text)["share"] == text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("101%", "out_of_range"),
        ("3/2", "out_of_range"),
        *((text, "bad_share") for text in ("", "0/1", "1/0", "0%", "-1/2", "1", "0.5", "85 %")),
        *((text, "bad_share") for text in ("1/2/3", "01/2", "1/2%", "99999/99999", "half")),
    ],
)
def test_share_of_another_form_or_more_than_the_whole_is_refused(text: str, code: str) -> None:
    assert problems_of(lambda: ask(TIME_AT_RISK, levels="low", share=text)) == [(code, "share")]


WINDOWED = Fact(
    name="reports",
    shape=Shape.COUNT,
    about="Reports.",
    parameters=(
        Parameter(name="within"),
        Parameter(name="ageing", codes=tuple(Ageing), takes=Takes.AGEING),
    ),
)


@pytest.mark.parametrize("within", ["1 month", "2 years", "1 year 6 months"])
@pytest.mark.parametrize("ageing", Ageing)
def test_window_of_whole_months_may_age_in_every_way(within: str, ageing: Ageing) -> None:
    assert ask(WINDOWED, within=within, ageing=ageing.value)["ageing"] == ageing


@pytest.mark.parametrize("within", ["0 days", "10 days", "2 weeks", "1 month 1 day"])
def test_window_of_days_cannot_age_by_the_month(within: str) -> None:
    assert ask(WINDOWED, within=within, ageing="inclusive")["within"] == within
    assert problems_of(lambda: ask(WINDOWED, within=within, ageing="month_truncated")) == [
        ("out_of_range", "ageing")
    ]


@pytest.mark.parametrize(
    ("given", "problems"),
    [
        pytest.param(
            {"ageing": "month_truncated"}, [("missing_key", "within")], id="without-a-window"
        ),
        pytest.param(
            {"within": "soon", "ageing": "month_truncated"},
            [("bad_term", "within")],
            id="window-of-no-length",
        ),
        pytest.param(
            {"within": "10 days", "ageing": "slowly"}, [("unknown_value", "ageing")], id="unknown"
        ),
    ],
)
def test_window_that_is_wrong_is_told_once(
    given: dict[str, str], problems: list[tuple[str, str]]
) -> None:
    assert problems_of(lambda: ask(WINDOWED, **given)) == problems


def test_window_without_a_day_in_it_is_refused() -> None:
    assert ask(WINDOWED, within="1 day", ageing="exclusive")["within"] == "1 day"
    assert problems_of(lambda: ask(WINDOWED, within="0 days", ageing="exclusive")) == [
        ("out_of_range", "ageing")
    ]
