"""Criteria: how they are built in Python, and every mistake that is found while building."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from rehabcore.errors import InputError
from rehabcore.rules.criteria import (
    DEEPEST_CRITERION,
    LARGEST_CRITERION,
    About,
    AllOf,
    AnyOf,
    Asked,
    AtLeast,
    Compare,
    Criterion,
    Not,
    ask,
    comparisons,
    named,
    needed,
    parts_of,
)
from rehabcore.rules.days import UNSURE, LeapDay, Term
from rehabcore.rules.facts import OPERATORS, Fact, Operator, Parameter, Shape
from rehabcore.rules.sources import Citation, Status, Text
from tests.builders import flag, span

CODES = ("low", "medium", "high")
FACTS = {
    Shape.FLAG: Fact(name="alone", shape=Shape.FLAG, about="Lives alone."),
    Shape.COUNT: Fact(name="sanctions", shape=Shape.COUNT, about="Sanctions."),
    Shape.AMOUNT: Fact(name="debt", shape=Shape.AMOUNT, about="Debt."),
    Shape.CHOICE: Fact(name="housing", shape=Shape.CHOICE, about="Housing.", codes=CODES),
    Shape.LEVEL: Fact(name="risk", shape=Shape.LEVEL, about="Risk.", codes=CODES),
    Shape.SET: Fact(name="needs", shape=Shape.SET, about="Needs.", codes=CODES),
    Shape.ELAPSED: Fact(name="age", shape=Shape.ELAPSED, about="Time since birth."),
    Shape.REMAINING: Fact(name="left", shape=Shape.REMAINING, about="Time to the end."),
}
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
A, B, C = (ask(flag(name)).is_(True) for name in "abc")


def _found(make: Callable[[], object]) -> list[tuple[str, str]]:
    with pytest.raises(InputError) as caught:
        make()
    return [(problem.code, problem.path) for problem in caught.value.problems]


def _operand(shape: Shape, operator: Operator) -> Any:
    return frozenset({"low"}) if operator is Operator.IN else RIGHT_OPERANDS[shape]


# --- comparisons --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("built", "text"),
    [
        pytest.param(ask(FACTS[Shape.FLAG]).is_(True), "alone is true", id="flag"),
        pytest.param(ask(FACTS[Shape.CHOICE]).is_("low"), "housing is low", id="choice"),
        pytest.param(
            ask(FACTS[Shape.CHOICE]).in_("medium", "low"), "housing in low, medium", id="choices"
        ),
        pytest.param(ask(FACTS[Shape.COUNT]).at_least(2), "sanctions at_least 2", id="at-least"),
        pytest.param(ask(FACTS[Shape.COUNT]).over(2), "sanctions over 2", id="over"),
        pytest.param(
            ask(FACTS[Shape.AMOUNT]).at_most(Decimal("12.50")), "debt at_most 12.50", id="at-most"
        ),
        pytest.param(ask(FACTS[Shape.ELAPSED]).under(Term(18)), "age under 18 years", id="under"),
        pytest.param(
            ask(FACTS[Shape.SET]).has_any("low", "high"), "needs has_any high, low", id="any"
        ),
        pytest.param(ask(FACTS[Shape.SET]).has_all("high"), "needs has_all high", id="all"),
    ],
)
def test_comparison_is_built_by_a_word_and_written_by_it(built: Compare, text: str) -> None:
    assert str(built) == text


@pytest.mark.parametrize(
    ("built", "operator", "operand"),
    [
        pytest.param(ask(FACTS[Shape.FLAG]).is_(False), Operator.IS, False, id="is"),
        pytest.param(ask(FACTS[Shape.LEVEL]).in_("low"), Operator.IN, {"low"}, id="in"),
        pytest.param(ask(FACTS[Shape.LEVEL]).at_least("low"), Operator.AT_LEAST, "low", id="least"),
        pytest.param(ask(FACTS[Shape.LEVEL]).over("low"), Operator.OVER, "low", id="over"),
        pytest.param(ask(FACTS[Shape.LEVEL]).at_most("low"), Operator.AT_MOST, "low", id="most"),
        pytest.param(ask(FACTS[Shape.LEVEL]).under("low"), Operator.UNDER, "low", id="under"),
        pytest.param(ask(FACTS[Shape.SET]).has_any("low"), Operator.HAS_ANY, {"low"}, id="any"),
        pytest.param(ask(FACTS[Shape.SET]).has_all("low"), Operator.HAS_ALL, {"low"}, id="all"),
    ],
)
def test_each_word_makes_its_operator(built: Compare, operator: Operator, operand: Any) -> None:
    assert built.operator is operator
    assert built.operand == operand
    assert built.leap_day is LeapDay.FEBRUARY_28


@pytest.mark.parametrize("shape", Shape)
@pytest.mark.parametrize("operator", Operator)
def test_shape_is_compared_by_its_own_operators_only(shape: Shape, operator: Operator) -> None:
    asked = Asked(FACTS[shape])
    if operator in OPERATORS[shape]:
        operand = _operand(shape, operator)
        assert Compare(asked, operator, operand).operand == operand
    else:
        assert _found(lambda: Compare(asked, operator, RIGHT_OPERANDS[shape])) == [
            ("cannot_compare", operator.value)
        ]


def test_operators_of_each_shape() -> None:
    ordered = ["at_least", "over", "at_most", "under"]
    assert {shape.value: list(OPERATORS[shape]) for shape in Shape} == {
        "flag": ["is"],
        "count": ordered,
        "amount": ordered,
        "choice": ["is", "in"],
        "level": ["is", "in", *ordered],
        "set": ["has_any", "has_all"],
        "elapsed": ordered,
        "remaining": ordered,
    }


def test_fact_may_narrow_how_it_is_compared() -> None:
    age = Fact(name="age", shape=Shape.ELAPSED, about="Age.", comparisons=("at_least", "under"))
    assert str(ask(age).at_least(Term(18))) == "age at_least 18 years"
    with pytest.raises(InputError) as caught:
        ask(age).over(Term(18))
    (problem,) = caught.value.problems
    assert (problem.code, problem.expected) == ("cannot_compare", "age compared by at_least, under")


def test_fact_cannot_declare_a_comparison_that_its_shape_does_not_have() -> None:
    assert _found(
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
    assert _found(lambda: Compare(Asked(FACTS[shape]), operator, operand)) == [
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
    ((found, _),) = _found(lambda: ask(FACTS[Shape.AMOUNT]).at_most(operand))
    assert found == code


@pytest.mark.parametrize(
    ("make", "problems"),
    [
        pytest.param(
            lambda: ask(FACTS[Shape.CHOICE]).is_("huge"), [("unknown_value", "is")], id="choice"
        ),
        pytest.param(
            lambda: ask(FACTS[Shape.LEVEL]).over("huge"), [("unknown_value", "over")], id="level"
        ),
        pytest.param(
            lambda: ask(FACTS[Shape.CHOICE]).in_("huge", "low", "tiny"),
            [("unknown_value", "in"), ("unknown_value", "in")],
            id="choices",
        ),
        pytest.param(lambda: ask(FACTS[Shape.CHOICE]).in_(), [("empty_group", "in")], id="none-in"),
        pytest.param(
            lambda: ask(FACTS[Shape.SET]).has_any(), [("empty_group", "has_any")], id="none-any"
        ),
        pytest.param(
            lambda: ask(FACTS[Shape.SET]).has_all(), [("empty_group", "has_all")], id="none-all"
        ),
    ],
)
def test_codes_must_be_codes_of_the_fact_and_at_least_one(
    make: Callable[[], object], problems: list[tuple[str, str]]
) -> None:
    assert _found(make) == problems


def test_nothing_is_counted_below_zero() -> None:
    assert ask(FACTS[Shape.COUNT]).at_most(0).operand == 0
    assert _found(lambda: ask(FACTS[Shape.COUNT]).at_most(-1)) == [("out_of_range", "at_most")]
    assert ask(FACTS[Shape.AMOUNT]).under(Decimal(-1)).operand == -1


def test_leap_day_policy_belongs_to_running_time_only() -> None:
    leap_day = LeapDay.MARCH_1
    age = Compare(Asked(FACTS[Shape.ELAPSED]), Operator.AT_LEAST, Term(18), leap_day=leap_day)
    assert age.leap_day is LeapDay.MARCH_1
    ((_, path),) = _found(
        lambda: Compare(Asked(FACTS[Shape.FLAG]), Operator.IS, True, leap_day=leap_day)
    )
    assert path == "leap_day"


# --- what is asked ------------------------------------------------------------------------


NEED = Fact(
    name="need",
    shape=Shape.LEVEL,
    about="Need.",
    codes=CODES,
    parameters=(
        Parameter(name="domain", codes=("work", "housing")),
        Parameter(name="within"),
        Parameter(name="by", codes=("staff",), required=False),
    ),
)


def test_question_is_written_with_its_parameters() -> None:
    asked = ask(NEED, within="6 months", domain="work")
    assert str(asked) == "need(domain=work, within=6 months)"
    assert str(ask(FACTS[Shape.FLAG])) == "alone"


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
    assert _found(lambda: ask(NEED, **given)) == problems


def test_fact_without_parameters_says_so() -> None:
    with pytest.raises(InputError) as caught:
        ask(flag(), domain="work")
    assert caught.value.problems[0].expected == "only the parameters none"


@pytest.mark.parametrize(
    "given",
    [
        pytest.param({"domain": "work"}, id="table"),
        pytest.param((("domain", "work", "x"),), id="triple"),
        pytest.param((("domain", 3),), id="number"),
        pytest.param(("domain",), id="text"),
    ],
)
def test_parameters_of_another_form_are_refused(given: Any) -> None:
    assert _found(lambda: Asked(NEED, given)) == [("wrong_type", "given")]


# --- what is said about a node ------------------------------------------------------------


def test_nothing_needs_to_be_said() -> None:
    assert About() == About(id="", title=None, cite=(), in_force=None, status=None, origin="")
    assert A.about == About()


def test_law_that_ends_nobody_knows_when_is_refused() -> None:
    assert _found(lambda: About(in_force=span("2020-01-01", UNSURE))) == [
        ("out_of_range", "in_force.end")
    ]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", None),
        ("title", "Adult"),
        ("cite", "xx-act"),
        ("cite", (Citation("xx-act"), "xx-act")),
        ("in_force", "2020"),
        ("status", "draft"),
        ("origin", 1),
    ],
    ids=str,
)
def test_about_of_wrong_types_is_refused(field: str, value: Any) -> None:
    assert _found(lambda: About(**{field: value})) == [("wrong_type", field)]


def test_what_is_said_makes_a_different_criterion() -> None:
    said = About(
        id="adult", title=Text.of(en="Adult"), cite=(Citation("xx-act"),), status=Status.DRAFT
    )
    assert AllOf((A,), about=said) != AllOf((A,))


# --- groups -------------------------------------------------------------------------------


def test_operators_build_groups() -> None:
    assert AllOf((A, B)) == A & B
    assert AnyOf((A, B)) == A | B
    assert Not(A) == ~A
    assert AnyOf((AllOf((A, B)), Not(C))) == (A & B) | ~C


@pytest.mark.parametrize(
    ("criterion", "text"),
    [
        pytest.param(A & B, "all(a is true, b is true)", id="all"),
        pytest.param(A | ~B, "any(a is true, not(b is true))", id="any-and-not"),
        pytest.param(
            AtLeast(2, (A, B, C)), "at least 2 of(a is true, b is true, c is true)", id="at-least"
        ),
    ],
)
def test_group_is_written_with_its_parts(criterion: Criterion, text: str) -> None:
    assert str(criterion) == text


@pytest.mark.parametrize(
    ("make", "problems"),
    [
        pytest.param(lambda: AllOf(()), [("empty_group", "")], id="empty-all"),
        pytest.param(lambda: AnyOf(()), [("empty_group", "")], id="empty-any"),
        pytest.param(lambda: AtLeast(1, ()), [("empty_group", "")], id="empty-at-least"),
        pytest.param(lambda: AtLeast(0, (A,)), [("out_of_range", "at_least")], id="none-of"),
        pytest.param(lambda: AtLeast(-1, (A,)), [("out_of_range", "at_least")], id="fewer-than-0"),
        pytest.param(lambda: AtLeast(3, (A, B)), [("out_of_range", "at_least")], id="3-of-2"),
        pytest.param(lambda: AtLeast(True, (A,)), [("wrong_type", "count")], id="flag-for-count"),
        pytest.param(lambda: AllOf([A]), [("wrong_type", "parts")], id="list-of-parts"),  # type: ignore[arg-type]
        pytest.param(lambda: AnyOf((A, "b")), [("wrong_type", "parts")], id="text-for-a-part"),  # type: ignore[arg-type]
        pytest.param(lambda: Not("a"), [("wrong_type", "part")], id="not-of-a-text"),  # type: ignore[arg-type]
        pytest.param(lambda: A & True, [("wrong_type", "parts")], id="and-true"),  # type: ignore[operator]
    ],
)
def test_group_that_means_nothing_is_refused(
    make: Callable[[], object], problems: list[tuple[str, str]]
) -> None:
    assert _found(make) == problems


@pytest.mark.parametrize("count", [1, 2])
def test_at_least_accepts_from_one_to_the_number_of_parts(count: int) -> None:
    assert AtLeast(count, (A, B)).count == count


@pytest.mark.parametrize(
    "wrap",
    [
        pytest.param(Not, id="not"),
        pytest.param(lambda part: AllOf((part,)), id="all"),
        pytest.param(lambda part: AtLeast(1, (A, part)), id="at-least"),
    ],
)
def test_criterion_of_24_levels_is_the_deepest(wrap: Callable[[Criterion], Criterion]) -> None:
    criterion: Criterion = A
    for level in range(2, DEEPEST_CRITERION + 1):
        criterion = wrap(criterion)
        assert criterion.extent.levels == level
    assert DEEPEST_CRITERION == 24
    assert _found(lambda: wrap(criterion)) == [("too_deep", "")]


def test_criterion_of_2000_nodes_is_the_largest_however_its_parts_are_shared() -> None:
    hundred = AllOf((A,) * 99)
    largest = AnyOf((hundred,) * 19 + (A,) * 99)
    assert largest.extent.nodes == LARGEST_CRITERION == 2000
    assert _found(lambda: AnyOf((hundred,) * 20)) == [("too_large", "")]


def test_parts_of_every_kind_of_node() -> None:
    assert parts_of(A) == ()
    assert parts_of(~A) == (A,)
    assert parts_of(A & B) == parts_of(A | B) == parts_of(AtLeast(1, (A, B))) == (A, B)


def test_comparisons_stand_in_order_also_repeated_ones() -> None:
    assert comparisons(A) == (A,)
    assert comparisons((A & ~B) | AtLeast(1, (C, A))) == (A, B, C, A)


@pytest.mark.parametrize(
    ("criterion", "nodes", "levels"),
    [
        pytest.param(A, 1, 1, id="comparison"),
        pytest.param(A & B, 3, 2, id="group"),
        pytest.param((~A & B) | C, 6, 4, id="groups-of-groups"),
        pytest.param(AtLeast(1, (C, ~~A, B)), 6, 4, id="deepest-part-counts"),
    ],
)
def test_extent_counts_nodes_and_levels(criterion: Criterion, nodes: int, levels: int) -> None:
    assert (criterion.extent.nodes, criterion.extent.levels) == (nodes, levels)


def test_extent_follows_what_the_parts_become() -> None:
    assert evolve(A & B, parts=(A, A & B)).extent.nodes == 5


@pytest.mark.parametrize(
    ("criterion", "available", "count"),
    [
        pytest.param(A & B & C, 2, 2, id="all-needs-every-one-in-force"),
        pytest.param(AnyOf((A, B, C)), 2, 1, id="any-needs-one"),
        pytest.param(AtLeast(2, (A, B, C)), 3, 2, id="two-of-three"),
        pytest.param(AtLeast(2, (A, B, C)), 2, 2, id="two-of-the-two-in-force"),
        pytest.param(AtLeast(2, (A, B, C)), 1, 1, id="no-more-than-are-in-force"),
        pytest.param(Not(A), 1, 1, id="not-needs-its-part"),
    ],
)
def test_repealed_part_burdens_nobody(criterion: Criterion, available: int, count: int) -> None:
    assert needed(criterion, available) == count


def test_named_criterion_keeps_a_name_of_its_own() -> None:
    adult = named("adult", A)
    assert adult.about == About(id="adult")
    assert named("grown_up", adult) == adult
    assert named("grown_up", A & B).about.id == "grown_up"
