"""Criteria: how they are built in Python, what is said about them, and how they are counted."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from rehabcore.rules.criteria import (
    DEEPEST_CRITERION,
    LARGEST_CRITERION,
    About,
    AllOf,
    AnyOf,
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
from rehabcore.rules.facts import Operator
from rehabcore.rules.sources import Citation, Status, Text
from rehabcore.rules.time.days import OPEN, UNSURE, End, LeapDay, Term
from tests.kit.builders import flag, span
from tests.kit.refusals import problems_of
from tests.kit.rule_makers import AGE, ALONE, DEBT, HOUSING, NEEDS, RISK, SANCTIONS

A, B, C = (ask(flag(name)).is_(True) for name in "abc")


# --- comparisons --------------------------------------------------------------------------


def test_a_fact_with_its_parameters_is_not_gone_through() -> None:
    with pytest.raises(TypeError):
        iter(ask(AGE))  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("built", "text"),
    [
        pytest.param(ask(ALONE).is_(True), "alone is true", id="flag"),
        pytest.param(ask(HOUSING).is_("low"), "housing is low", id="choice"),
        pytest.param(ask(HOUSING).in_("medium", "low"), "housing in low, medium", id="choices"),
        pytest.param(ask(SANCTIONS).at_least(2), "sanctions at_least 2", id="at-least"),
        pytest.param(ask(SANCTIONS).over(2), "sanctions over 2", id="over"),
        pytest.param(ask(DEBT).at_most(Decimal("12.50")), "debt at_most 12.50", id="at-most"),
        pytest.param(ask(AGE).under(Term(18)), "age under 18 years", id="under"),
        pytest.param(ask(NEEDS).has_any("low", "high"), "needs has_any high, low", id="any"),
        pytest.param(ask(NEEDS).has_all("high"), "needs has_all high", id="all"),
    ],
)
def test_comparison_is_built_by_a_word_and_written_by_it(built: Compare, text: str) -> None:
    assert str(built) == text


@pytest.mark.parametrize(
    ("built", "operator", "operand"),
    [
        pytest.param(ask(ALONE).is_(False), Operator.IS, False, id="is"),
        pytest.param(ask(RISK).in_("low"), Operator.IN, {"low"}, id="in"),
        pytest.param(ask(RISK).at_least("low"), Operator.AT_LEAST, "low", id="least"),
        pytest.param(ask(RISK).over("low"), Operator.OVER, "low", id="over"),
        pytest.param(ask(RISK).at_most("low"), Operator.AT_MOST, "low", id="most"),
        pytest.param(ask(RISK).under("low"), Operator.UNDER, "low", id="under"),
        pytest.param(ask(NEEDS).has_any("low"), Operator.HAS_ANY, {"low"}, id="any"),
        pytest.param(ask(NEEDS).has_all("low"), Operator.HAS_ALL, {"low"}, id="all"),
    ],
)
def test_each_word_makes_its_operator(built: Compare, operator: Operator, operand: Any) -> None:
    assert built.operator is operator
    assert built.operand == operand
    assert built.leap_day is LeapDay.FEBRUARY_28


# --- what is said about a node ------------------------------------------------------------


def test_nothing_needs_to_be_said() -> None:
    assert About() == About(id="", title=None, cite=(), in_force=None, status=None, origin="")
    assert A.about == About()


@pytest.mark.parametrize("end", ["2025-01-01", OPEN], ids=["day", "open"])
def test_law_ends_on_a_day_or_goes_on(end: str | End) -> None:
    validity = span("2020-01-01", end)
    assert About(in_force=validity).in_force == validity


def test_law_that_ends_nobody_knows_when_is_refused() -> None:
    assert problems_of(lambda: About(in_force=span("2020-01-01", UNSURE))) == [
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
    assert problems_of(lambda: About(**{field: value})) == [("wrong_type", field)]


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
    assert problems_of(make) == problems


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
    assert problems_of(lambda: wrap(criterion)) == [("too_deep", "")]


def test_criterion_of_2000_nodes_is_the_largest_however_its_parts_are_shared() -> None:
    hundred = AllOf((A,) * 99)
    largest = AnyOf((hundred,) * 19 + (A,) * 99)
    assert largest.extent.nodes == LARGEST_CRITERION == 2000
    assert problems_of(lambda: AnyOf((hundred,) * 20)) == [("too_large", "")]


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


def test_extent_is_counted_never_given_and_never_shown() -> None:
    assert "extent" not in repr(~(A & B) | AtLeast(1, (C,)))
    with pytest.raises(TypeError):
        AllOf((A,), extent=A.extent)  # type: ignore[call-arg]


@pytest.mark.parametrize("kind", [AllOf, AnyOf], ids=["all", "any"])
def test_what_is_said_about_a_group_is_said_by_name(kind: Any) -> None:
    assert kind((A,), about=About(id="x")).about.id == "x"
    with pytest.raises(TypeError):
        kind((A,), About(id="x"))


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
