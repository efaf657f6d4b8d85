"""Answers as tables of other libraries hold them: whole numbers, doubles, texts, gaps, moments.

The stand-ins say of themselves what NumPy's scalars say: its integers are registered as whole
numbers, its doubles and texts are subclasses of Python's, its truths are neither.
"""

from collections.abc import Callable
from datetime import date, datetime
from enum import IntEnum
from numbers import Integral
from typing import Any

import pytest

from rehabcore.instruments import (
    Respondent,
    find,
    part,
    quick_score,
    score,
)
from rehabcore.instruments.model.requests import python_value
from rehabcore.strict.problems import InputError

ON = date(2026, 3, 1)


class Int64:
    """A whole number of another library."""

    def __init__(self, number: int) -> None:
        self.number = number

    def __int__(self) -> int:
        return self.number


Integral.register(Int64)


class Float64(float):
    """A double of another library."""


class Text(str):
    """A text of another library, which shows itself in a way of its own."""

    def __str__(self) -> str:
        return "text"


class Truth:
    """A truth of another library: neither a bool nor a whole number."""


class Level(IntEnum):
    """A whole number with a name."""

    OFTEN = 2


@pytest.mark.parametrize(
    ("value", "taken"),
    [
        (Int64(2), 2),
        (Level.OFTEN, 2),
        (Float64(2.5), 2.5),
        (Text("MALE"), "MALE"),
        (True, True),
        (2, 2),
        (2.0, 2.0),
        ("x", "x"),
        (None, None),
        (ON, ON),
    ],
    ids=["whole", "named", "double", "text", *(f"as-it-is-{n}" for n in range(6))],
)
def test_a_value_that_says_what_it_is_becomes_one_of_python(value: object, taken: object) -> None:
    found = python_value(value)
    assert found == taken
    assert type(found) is type(taken)


def test_anything_else_stays_as_it_is() -> None:
    truth = Truth()
    assert python_value(truth) is truth


def test_whole_numbers_of_other_libraries_are_answers() -> None:
    plain = {str(item): 2 for item in range(1, 11)}
    others = {item: Int64(answer) for item, answer in plain.items()}
    audit = find("audit")
    result = score(audit, others, on=ON)  # type: ignore[arg-type]
    assert result == score(audit, plain, on=ON)
    assert {type(answer) for _, answer in result.request.answers} == {int}
    assert quick_score(audit, "total", on=ON)(others) == 20  # type: ignore[arg-type]


def test_doubles_of_other_libraries_are_amounts_and_texts_are_codes() -> None:
    pni, ogrs3 = find("uk-ew/pni@hmpps-arns"), find("uk-ew/ogrs3@rsr-calculator")
    assert score(pni, {"rsr": Float64(2.5)}, on=ON).request.answers == (("rsr", 2.5),)
    coded = score(ogrs3, {"gender": Text("MALE")}, on=ON)
    assert coded.request.answers == (("gender", "MALE"),)
    assert part(ogrs3, "p_two_year", {"z": Float64(0)}, on=ON) == part(
        ogrs3, "p_two_year", {"z": 0}, on=ON
    )


def test_choices_and_ages_may_be_whole_numbers_of_other_libraries() -> None:
    person = Respondent(age=Int64(30))  # type: ignore[arg-type]
    assert person == Respondent(age=30)
    assert type(person.age) is int
    ptsd = find("pc-ptsd-5")
    [choice] = ptsd.choices
    value = choice.values[-1]
    assert isinstance(value, int)
    chosen: Any = {choice.id: Int64(value)}
    assert score(ptsd, {}, on=ON, choices=chosen).request.choices == ((choice.id, value),)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (1.0, "one of 0, 1, 2, 3, 4, without a point"),
        (Float64(1), "one of 0, 1, 2, 3, 4, without a point"),
        (float("nan"), "one of 0, 1, 2, 3, 4; no answer is None"),
        (
            Truth(),
            "one of 0, 1, 2, 3, 4, as a value of Python's own, such as .item() gives of NumPy's",
        ),
        ("1", "one of 0, 1, 2, 3, 4"),
        (True, "one of 0, 1, 2, 3, 4"),
    ],
    ids=["float", "double", "nan", "truth", "text", "bool"],
)
def test_the_text_says_what_to_do_with_other_values(answer: Any, expected: str) -> None:
    with pytest.raises(InputError) as caught:
        score(find("audit-c"), {"1": answer}, on=ON)
    [problem] = caught.value.problems
    assert (problem.code, problem.expected) == ("wrong_type", expected)


def test_a_moment_is_no_day_and_the_text_says_how_to_give_one() -> None:
    model = find("uk-ew/ogrs3@rsr-calculator")
    with pytest.raises(InputError, match=r"without a time, such as \.date\(\) gives"):
        score(model, {"date_of_birth": datetime(2000, 1, 1)}, on=ON)


class Unanswerable:
    """A gap of another library: it refuses to be compared."""

    def __eq__(self, other: object) -> bool:
        raise TypeError("a gap is equal to nothing")

    __hash__: Callable[[object], int] = object.__hash__  # type: ignore[assignment]


@pytest.mark.parametrize("name", ["cmr", "audit", "uk-ew/ogrs3@rsr-calculator", "asi-medical"])
def test_a_gap_of_another_library_is_refused_and_nothing_else_is_raised(name: str) -> None:
    instrument = find(name)
    item = instrument.items[0].numbers[0]
    gap: Any = Unanswerable()
    with pytest.raises(InputError, match="wrong_type"):
        score(instrument, {item: gap}, on=ON)
