"""Objects made in Python are checked as strictly as those that are read."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from inspect import signature
from typing import Any, NewType

import pytest
from attrs import frozen

from rehabcore.strict.checked import (
    checked,
    checked_arguments,
    codes_only,
    conforms,
    not_empty,
    soundness_of,
)
from rehabcore.strict.problems import LARGEST_NUMBER, InputError, Problem

Colour = StrEnum("Colour", {"RED": "red", "DARK_BLUE": "dark_blue"})
BoxId = NewType("BoxId", str)


@frozen(kw_only=True)
@checked
class Box:
    box_id: BoxId
    size: int
    opened: bool = False
    colours: frozenset[Colour] = frozenset()
    packed_on: date | None = None
    price: Decimal | None = None

    def _problems(self) -> Iterable[Problem]:
        if self.size < 0:
            yield Problem(code="out_of_range", path="size", found="less", expected="0 or more")
        if self.opened and self.packed_on is None:
            yield Problem(code="missing_key", path="packed_on", found="nothing", expected="a day")


@frozen
class Pair:
    left: str
    right: str


@frozen(kw_only=True)
class Pairs:
    pairs: tuple[Pair, ...]


def _found(problems: Iterable[Problem]) -> list[tuple[str, str]]:
    return [(problem.code, problem.path) for problem in problems]


def _refusal(make: Callable[[], object]) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        make()
    return caught.value.problems


@pytest.mark.parametrize(
    ("said", "problems"),
    [
        pytest.param({"size": "3"}, [("wrong_type", "size")], id="text-for-a-number"),
        pytest.param({"size": True}, [("wrong_type", "size")], id="flag-for-a-number"),
        pytest.param({"opened": 1}, [("wrong_type", "opened")], id="number-for-a-flag"),
        pytest.param({"colours": {"red"}}, [("wrong_type", "colours")], id="set-not-frozen"),
        pytest.param(
            {"colours": frozenset({"red"})}, [("wrong_type", "colours")], id="text-for-a-member"
        ),
        pytest.param(
            {"packed_on": datetime(2026, 1, 31, tzinfo=UTC)},
            [("wrong_type", "packed_on")],
            id="moment-for-a-day",
        ),
        pytest.param({"price": 12.5}, [("wrong_type", "price")], id="float-for-a-decimal"),
        pytest.param({"price": Decimal("NaN")}, [("wrong_type", "price")], id="nan"),
        pytest.param({"price": Decimal("1E+3")}, [("wrong_type", "price")], id="exponent"),
        pytest.param(
            {"packed_on": date(1849, 12, 31)}, [("date_out_of_range", "packed_on")], id="too-early"
        ),
        pytest.param(
            {"packed_on": date(2200, 1, 1)}, [("date_out_of_range", "packed_on")], id="too-late"
        ),
        pytest.param({"box_id": "\ud800"}, [("not_utf8", "box_id")], id="lone-surrogate"),
        pytest.param({"size": LARGEST_NUMBER + 1}, [("out_of_range", "size")], id="too-large"),
        pytest.param(
            {"size": -1, "opened": True},
            [("out_of_range", "size"), ("missing_key", "packed_on")],
            id="every-rule-between-fields",
        ),
        pytest.param(
            {"size": -1, "opened": "yes", "box_id": 3},
            [("wrong_type", "box_id"), ("wrong_type", "opened")],
            id="rules-are-asked-once-types-are-right",
        ),
    ],
)
def test_object_made_in_python_is_checked_as_strictly(
    said: dict[str, Any], problems: list[tuple[str, str]]
) -> None:
    right: dict[str, Any] = {"box_id": BoxId("b-1"), "size": 1}
    assert _found(_refusal(lambda: Box(**{**right, **said}))) == problems


def test_object_made_in_python_that_is_right_passes() -> None:
    box = Box(
        box_id=BoxId("b-1"), size=0, opened=True, packed_on=date(1850, 1, 1), price=Decimal("1.5")
    )
    assert box.opened


def test_object_made_in_python_shows_no_value() -> None:
    (problem,) = _refusal(lambda: Box(box_id=BoxId("b-1"), size=19900501.5))  # type: ignore[arg-type]
    assert "1990" not in str(problem)


KINDS: list[Any] = [
    *(str, BoxId, int, bool, date, Decimal, Colour, Box, Pair, type(None), object, Any),
    *(BoxId | None, date | None, int | None, date | Pair, Colour | Box),
    *(tuple[str, ...], frozenset[int], tuple[str, int]),
]
BOX = Box(box_id=BoxId("b-1"), size=1)
WITHIN: list[Any] = [
    *("", "b-1", "ბ", 0, -3, LARGEST_NUMBER, True, Decimal("1.5"), date(2026, 1, 1), None),
    *(Colour.RED, BOX, Pair("a", "b"), ("a", "b"), ("a", 1), (), frozenset({1})),
]
BEYOND: list[Any] = [
    *("\ud800", LARGEST_NUMBER + 1, date(1849, 12, 31), date(2200, 1, 1), Decimal("NaN")),
    *(("a", "\ud800"), frozenset({LARGEST_NUMBER + 1}), 1.5, datetime(2026, 1, 1, tzinfo=UTC)),
]


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_value_that_looks_right_at_one_glance_is_of_its_type_and_within_the_limits(
    kind: Any,
) -> None:
    is_sound = soundness_of(kind)
    assert [is_sound(value) for value in WITHIN] == [conforms(value, kind) for value in WITHIN]
    beyond = [1.5, BEYOND[-1]] if kind in (object, Any) else []  # which have no limits of their own
    assert [value for value in BEYOND if is_sound(value)] == beyond


@frozen(kw_only=True)
@checked
class Names:
    names: tuple[str, ...]


def test_texts_within_lists_are_checked() -> None:
    assert Names(names=("a", "ბ")).names == ("a", "ბ")
    assert _found(_refusal(lambda: Names(names=("a", "\ud800")))) == [("not_utf8", "names")]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param({"size": "3"}, "a value of type int", id="one-type"),
        pytest.param({"packed_on": 3}, "a value of type date or None", id="one-of-two"),
    ],
)
def test_refusal_says_which_type_would_be_right(said: dict[str, Any], expected: str) -> None:
    right: dict[str, Any] = {"box_id": BoxId("b-1"), "size": 1}
    (problem,) = _refusal(lambda: Box(**{**right, **said}))
    assert problem.expected == expected


@frozen(kw_only=True)
class Label:
    label_id: str
    text: str


@pytest.mark.parametrize(
    ("label_id", "text", "empty", "no_codes"),
    [
        pytest.param("a-1", "b", [], [], id="codes"),
        pytest.param("", "b", ["label_id"], ["label_id"], id="empty"),
        pytest.param("A 1", "", ["text"], ["label_id", "text"], id="both"),
    ],
)
def test_fields_that_must_be_codes(
    label_id: str, text: str, empty: list[str], no_codes: list[str]
) -> None:
    label = Label(label_id=label_id, text=text)
    assert _found(not_empty(label, "label_id", "text")) == [
        ("out_of_range", name) for name in empty
    ]
    assert _found(codes_only(label, "label_id", "text")) == [
        ("not_a_code", name) for name in no_codes
    ]


@pytest.mark.parametrize(
    ("value", "wanted", "does"),
    [
        pytest.param(1, int, True, id="number"),
        pytest.param(True, int, False, id="flag-is-no-number"),
        pytest.param(1, bool, False, id="number-is-no-flag"),
        pytest.param(Colour("red"), str, True, id="enumerated-text-is-a-text"),
        pytest.param("red", Colour, False, id="text-is-no-enumerated-text"),
        pytest.param("b-1", BoxId, True, id="id"),
        pytest.param(1, BoxId, False, id="number-is-no-id"),
        pytest.param(date(2026, 1, 31), date, True, id="day"),
        pytest.param(datetime(2026, 1, 31), date, False, id="moment-is-no-day"),
        pytest.param(None, date | None, True, id="none-of-an-optional"),
        pytest.param(None, date, False, id="none-is-no-day"),
        pytest.param("x", date | None, False, id="neither-of-a-union"),
        pytest.param(("a", "b"), tuple[str, ...], True, id="tuple"),
        pytest.param((), tuple[str, ...], True, id="empty-tuple"),
        pytest.param(["a"], tuple[str, ...], False, id="list-is-no-tuple"),
        pytest.param(("a", 1), tuple[str, ...], False, id="one-item-is-wrong"),
        pytest.param(("a", 1), tuple[str, int], True, id="pair"),
        pytest.param(("a", 1, 2), tuple[str, int], False, id="triple-is-no-pair"),
        pytest.param((1, "a"), tuple[str, int], False, id="pair-the-other-way-round"),
        pytest.param(["a", 1], tuple[str, int], False, id="list-is-no-pair"),
        pytest.param(frozenset({"a"}), frozenset[str], True, id="set"),
        pytest.param({"a"}, frozenset[str], False, id="set-not-frozen"),
        pytest.param(frozenset({1}), frozenset[str], False, id="set-of-others"),
        pytest.param({"a": 1}, Mapping[str, int], True, id="mapping"),
        pytest.param({1: 1}, Mapping[str, int], False, id="key-of-a-mapping-is-wrong"),
        pytest.param({"a": 1, 1: 1}, dict[str, int], False, id="key-of-a-dictionary-is-wrong"),
        pytest.param(["a"], Mapping[str, int], False, id="list-is-no-mapping"),
        pytest.param(Decimal(1), Decimal, True, id="decimal"),
        pytest.param(Pair("a", "b"), Pair, True, id="record"),
        pytest.param(Pair("a", "b"), Pairs, False, id="other-record"),
    ],
)
def test_conforms(value: object, wanted: Any, does: bool) -> None:
    assert conforms(value, wanted) is does


# --- arguments of functions ---------------------------------------------------------------


@checked_arguments
def _asked(
    day: date, names: Iterable[str], *, count: int | None = None, whatever: object = None
) -> tuple[date, list[str], int | None, object]:
    return day, list(names), count, whatever


NAMES: list[Any] = [["a"], (), {"a"}, {"a": 1}, iter(["a"])]


@pytest.mark.parametrize("names", NAMES, ids=["list", "tuple", "set", "dict", "iterator"])
def test_arguments_of_their_types_are_taken(names: Any) -> None:
    expected = list(names) if not isinstance(names, Iterator) else ["a"]
    assert _asked(date(2026, 1, 1), names, count=3, whatever=...) == (
        date(2026, 1, 1),
        expected,
        3,
        ...,
    )


@pytest.mark.parametrize("names", ["a", b"b", None, 3, [1], {1: "a"}, ("a", None)])
def test_a_text_is_not_several_and_items_are_checked_too(names: Any) -> None:
    with pytest.raises(InputError) as caught:
        _asked(date(2026, 1, 1), names)
    [problem] = caught.value.problems
    assert (problem.code, problem.path) == ("wrong_type", "names")
    assert problem.expected == "a value of type Iterable of str"


def test_all_arguments_of_a_wrong_type_are_named_and_none_is_shown() -> None:
    with pytest.raises(InputError) as caught:
        _asked("maria", names=None, count=True)  # type: ignore[arg-type]
    assert [problem.path for problem in caught.value.problems] == ["day", "names", "count"]
    assert "maria" not in str(caught.value)
    with pytest.raises(InputError) as caught:
        _asked(date(2026, 1, 1), names=["a"], count=1.5)  # type: ignore[arg-type]
    assert [problem.path for problem in caught.value.problems] == ["count"]


def test_arguments_too_many_or_too_few_are_refused_as_python_does() -> None:
    call: Any = _asked
    for args, named in (
        ((), {}),
        ((date(2026, 1, 1), [], 3), {}),
        ((date(2026, 1, 1),), {"counts": 3}),
    ):
        with pytest.raises(TypeError):
            call(*args, **named)


def test_a_checked_function_keeps_its_name_its_text_and_its_signature() -> None:
    assert _asked.__name__ == "_asked"
    assert list(signature(_asked).parameters) == ["day", "names", "count", "whatever"]
