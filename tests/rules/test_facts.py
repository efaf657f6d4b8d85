"""Facts as they are declared, and what a day without a record means."""

from typing import Any

import pytest

from rehabcore.rules.facts import (
    CODED,
    NEVER,
    RUNNING,
    Absence,
    Assumption,
    Cell,
    Fact,
    Known,
    Parameter,
    Shape,
    Takes,
    Unknown,
)
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.problems import InputError


def _fact(shape: Any, **said: Any) -> Fact:
    codes = ("low", "high") if shape in CODED else ()
    return Fact(**{"name": "fact", "shape": shape, "about": "A fact.", "codes": codes, **said})


def _codes_and_paths(error: InputError) -> list[tuple[str, str]]:
    return [(problem.code, problem.path) for problem in error.problems]


@pytest.mark.parametrize("shape", Shape)
def test_missing_record_is_unknown_unless_declared_otherwise(shape: Shape) -> None:
    assert _fact(shape).absent() == Unknown(UnknownKind.MISSING)


@pytest.mark.parametrize(
    ("shape", "nothing"),
    [(Shape.FLAG, False), (Shape.COUNT, 0), (Shape.SET, frozenset()), (Shape.ELAPSED, NEVER)],
    ids=["flag", "count", "set", "elapsed"],
)
def test_none_on_file_means_none_only_as_an_assumption(shape: Shape, nothing: Any) -> None:
    cell = _fact(shape, absence=Absence.NONE).absent()
    assert cell == Known(nothing, assumption=Assumption.NONE_ON_FILE)
    assert isinstance(cell, Known)
    assert type(cell.value) is type(nothing)


@pytest.mark.parametrize("shape", Shape)
def test_what_only_a_person_can_judge_says_so(shape: Shape) -> None:
    assert _fact(shape, absence=Absence.NEEDS_PERSON).absent() == Unknown(UnknownKind.NEEDS_PERSON)


NOTHING_IS_A_VALUE = {Shape.FLAG, Shape.COUNT, Shape.SET, Shape.ELAPSED}


@pytest.mark.parametrize("shape", sorted(set(Shape) - NOTHING_IS_A_VALUE))
def test_shape_without_a_value_for_none_cannot_assume_it(shape: Shape) -> None:
    with pytest.raises(InputError) as caught:
        _fact(shape, absence=Absence.NONE)
    assert _codes_and_paths(caught.value) == [("out_of_range", "absence")]


@pytest.mark.parametrize("shape", sorted(CODED))
def test_coded_fact_needs_codes(shape: Shape) -> None:
    with pytest.raises(InputError) as caught:
        _fact(shape, codes=())
    assert _codes_and_paths(caught.value) == [("out_of_range", "codes")]


@pytest.mark.parametrize("shape", sorted(set(Shape) - CODED))
def test_fact_without_codes_refuses_them(shape: Shape) -> None:
    with pytest.raises(InputError) as caught:
        _fact(shape, codes=("low",))
    assert _codes_and_paths(caught.value) == [("out_of_range", "codes")]


def test_shape_as_text_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        _fact("flag")
    assert _codes_and_paths(caught.value) == [("wrong_type", "shape")]


def test_every_fault_of_a_fact_is_told_at_once() -> None:
    with pytest.raises(InputError) as caught:
        _fact(Shape.LEVEL, codes=(), absence=Absence.NONE)
    assert _codes_and_paths(caught.value) == [
        ("out_of_range", "codes"),
        ("out_of_range", "absence"),
    ]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        pytest.param("name", 3, id="name"),
        pytest.param("codes", "low", id="codes-as-text"),
        pytest.param("codes", ["low"], id="codes-as-list"),
        pytest.param("codes", (1,), id="codes-as-numbers"),
        pytest.param("absence", "none", id="absence-as-text"),
        pytest.param("identifying", 1, id="identifying-as-number"),
        pytest.param("title", "Fact", id="title-as-text"),
    ],
)
def test_fact_of_wrong_types_is_refused(field: str, value: object) -> None:
    with pytest.raises(InputError) as caught:
        _fact(Shape.FLAG, **{field: value})
    assert _codes_and_paths(caught.value) == [("wrong_type", field)]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        pytest.param("codes", ("low", "high", "low"), id="code"),
        pytest.param("parameters", (Parameter(name="a"), Parameter(name="a")), id="parameter"),
    ],
)
def test_nothing_is_declared_twice(field: str, value: object) -> None:
    with pytest.raises(InputError) as caught:
        _fact(Shape.LEVEL, **{field: value})
    assert _codes_and_paths(caught.value) == [("repeated_item", field)]


@pytest.mark.parametrize("shape", [shape for shape in Shape if shape is not Shape.FLAG])
def test_only_a_flag_can_be_lasting(shape: Shape) -> None:
    assert _fact(Shape.FLAG, lasting=True).lasting
    with pytest.raises(InputError) as caught:
        _fact(shape, lasting=True)
    assert _codes_and_paths(caught.value) == [("out_of_range", "lasting")]


@pytest.mark.parametrize(
    ("field", "value"), [("name", 3), ("codes", "abc"), ("takes", "term"), ("required", 1)], ids=str
)
def test_parameter_of_wrong_types_is_refused(field: str, value: object) -> None:
    with pytest.raises(InputError) as caught:
        Parameter(**{"name": "domain", field: value})  # type: ignore[arg-type]
    assert _codes_and_paths(caught.value) == [("wrong_type", field)]


@pytest.mark.parametrize("value", [True, "female", NEVER], ids=str)
def test_value_never_appears_in_the_repr_of_its_cell(value: Any) -> None:
    text = repr(Known(value, evidence=("r-1",)))
    assert repr(value) not in text
    assert "r-1" in text


def test_cells_that_differ_in_anything_are_different() -> None:
    cells: list[Cell] = [
        Known(1),
        Known(2),
        Known(1, evidence=("r-1",)),
        Known(1, assumption=Assumption.NONE_ON_FILE),
        Unknown(UnknownKind.MISSING),
        Unknown(UnknownKind.STALE),
        Unknown(UnknownKind.STALE, evidence=("r-1",)),
    ]
    assert len(set(cells)) == len(cells)


def test_fact_that_says_no_more_is_open_to_all_and_unknown_if_absent() -> None:
    fact = Fact(name="alone", shape=Shape.FLAG, about="Lives alone.")
    assert fact == Fact(
        name="alone",
        shape=Shape.FLAG,
        about="Lives alone.",
        codes=(),
        parameters=(),
        unit="",
        absence=Absence.UNKNOWN,
        answered_by=(),
        changed_by=(),
        lasting=False,
        comparisons=(),
        identifying=False,
        title=None,
    )
    assert Parameter(name="within") == Parameter(
        name="within", codes=(), takes=Takes.TERM, required=True
    )
    assert Parameter(name="domain", codes=("work",)).takes is Takes.CODE


@pytest.mark.parametrize("takes", Takes)
def test_parameter_has_codes_exactly_where_some_are_said(takes: Takes) -> None:
    coded = takes in (Takes.CODE, Takes.CODES, Takes.AGEING)
    assert Parameter(name="p", takes=takes, codes=("a",) if coded else ()).takes is takes
    with pytest.raises(InputError) as caught:
        Parameter(name="p", takes=takes, codes=() if coded else ("a",))
    assert _codes_and_paths(caught.value) == [("out_of_range", "codes")]


def test_wire_values() -> None:
    assert list(Takes) == ["code", "codes", "ageing", "term", "office", "share"]
    assert list(Absence) == ["unknown", "none", "needs_person"]
    assert list(Assumption) == [*("none_on_file", "told_apart", "outside_population", "contested")]
    assert NEVER.value == "never"


def test_running_facts_hold_anchors_and_coded_facts_hold_codes() -> None:
    assert {Shape.ELAPSED, Shape.REMAINING} == RUNNING
    assert {Shape.CHOICE, Shape.LEVEL, Shape.SET} == CODED
