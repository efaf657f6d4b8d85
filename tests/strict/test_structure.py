"""Strict reading and writing of plain data: no coercion, and every problem with its path."""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Any, NewType

import pytest
from attrs import field, frozen

from rehabcore.strict.checked import SECRET, checked
from rehabcore.strict.documents import MOST_ITEMS, parse_json
from rehabcore.strict.problems import LARGEST_NUMBER, InputError, Problem, refuse
from rehabcore.strict.structure import Codec, Form

Colour = StrEnum("Colour", {"RED": "red", "DARK_BLUE": "dark_blue"})
BoxId = NewType("BoxId", str)


class Side(Enum):
    LEFT = "left"
    RIGHT = "right"


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


@frozen(kw_only=True)
class Shelf:
    boxes: tuple[Box, ...]
    label: str = field(default="", metadata=SECRET)
    notes: tuple[str, ...] = field(default=(), metadata=SECRET)
    favourite: Colour | None = field(default=None, metadata=SECRET)


@frozen(kw_only=True)
class Label:
    text: str = ""


JSON = Codec()
TOML = Codec(dates_are_objects=True)


def _found(problems: Iterable[Problem]) -> list[tuple[str, str]]:
    return [(problem.code, problem.path) for problem in problems]


def _refusal(make: Callable[[], object]) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        make()
    return caught.value.problems


# --- scalars and lists --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "plain", "value"),
    [
        pytest.param(bool, True, True, id="flag"),
        pytest.param(int, 0, 0, id="whole-number"),
        pytest.param(int, -3, -3, id="negative-number"),
        pytest.param(int, LARGEST_NUMBER, LARGEST_NUMBER, id="largest-number"),
        pytest.param(str, "", "", id="empty-text"),
        pytest.param(str, "ქართული", "ქართული", id="georgian-text"),
        pytest.param(BoxId, "b-1", "b-1", id="id"),
        pytest.param(Decimal, "12.50", Decimal("12.50"), id="decimal"),
        pytest.param(Decimal, "-3", Decimal(-3), id="negative-decimal"),
        pytest.param(Decimal, "9" * 15 + ".000001", Decimal("9" * 15 + ".000001"), id="longest"),
        pytest.param(date, "2028-02-29", date(2028, 2, 29), id="leap-day"),
        pytest.param(date, "1850-01-01", date(1850, 1, 1), id="earliest-day"),
        pytest.param(date, "2199-12-31", date(2199, 12, 31), id="latest-day"),
        pytest.param(Colour, "dark_blue", Colour("dark_blue"), id="enumeration-of-texts"),
        pytest.param(Side, "left", Side.LEFT, id="enumeration"),
        pytest.param(date | None, None, None, id="optional-null"),
        pytest.param(date | None, "2026-01-31", date(2026, 1, 31), id="optional-day"),
        pytest.param(tuple[int, ...], [], (), id="empty-list"),
        pytest.param(tuple[int, ...], [2, 1, 2], (2, 1, 2), id="list-keeps-its-order"),
        pytest.param(frozenset[int], [2, 1], frozenset({1, 2}), id="set"),
    ],
)
def test_plain_value_is_read(wanted: Any, plain: object, value: object) -> None:
    read = JSON.read(plain, wanted)
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(
    ("wanted", "plain", "code"),
    [
        pytest.param(bool, "false", "wrong_type", id="text-for-a-flag"),
        pytest.param(bool, 0, "wrong_type", id="number-for-a-flag"),
        pytest.param(bool, None, "wrong_type", id="null-for-a-flag"),
        pytest.param(int, True, "wrong_type", id="flag-for-a-number"),
        pytest.param(int, 1.0, "wrong_type", id="float-for-a-number"),
        pytest.param(int, 1.9, "wrong_type", id="fraction-for-a-number"),
        pytest.param(int, "1", "wrong_type", id="text-for-a-number"),
        pytest.param(int, float("nan"), "wrong_type", id="nan-for-a-number"),
        pytest.param(int, None, "wrong_type", id="null-for-a-number"),
        pytest.param(int, LARGEST_NUMBER + 1, "out_of_range", id="too-large-a-number"),
        pytest.param(int, -LARGEST_NUMBER - 1, "out_of_range", id="too-small-a-number"),
        pytest.param(str, 1, "wrong_type", id="number-for-a-text"),
        pytest.param(str, None, "wrong_type", id="null-for-a-text"),
        pytest.param(str, ["a"], "wrong_type", id="list-for-a-text"),
        pytest.param(str, "\ud800", "not_utf8", id="lone-surrogate"),
        pytest.param(BoxId, 1, "wrong_type", id="number-for-an-id"),
        pytest.param(Decimal, 12.5, "wrong_type", id="float-for-a-decimal"),
        pytest.param(Decimal, 12, "wrong_type", id="number-for-a-decimal"),
        pytest.param(Decimal, "NaN", "wrong_type", id="nan-for-a-decimal"),
        pytest.param(Decimal, "1E+3", "wrong_type", id="exponent"),
        pytest.param(Decimal, "1_000", "wrong_type", id="grouped-digits"),
        pytest.param(Decimal, " 1", "wrong_type", id="blank-before"),
        pytest.param(Decimal, "1\n", "wrong_type", id="newline-after"),
        pytest.param(Decimal, ".5", "wrong_type", id="no-digit-before-the-point"),
        pytest.param(Decimal, "1.", "wrong_type", id="no-digit-after-the-point"),
        pytest.param(Decimal, "1.0000001", "wrong_type", id="seven-places"),
        pytest.param(Decimal, "1" * 16, "wrong_type", id="sixteen-digits"),
        pytest.param(Decimal, "١", "wrong_type", id="other-digits"),
        pytest.param(date, 20260131, "wrong_type", id="number-for-a-day"),
        pytest.param(date, None, "wrong_type", id="null-for-a-day"),
        pytest.param(date, date(2026, 1, 31), "wrong_type", id="date-object-in-json"),
        pytest.param(date, "20260131", "bad_date", id="day-without-dashes"),
        pytest.param(date, "2026-W05-6", "bad_date", id="day-by-week"),
        pytest.param(date, "31.01.2026", "bad_date", id="day-with-dots"),
        pytest.param(date, "2026-01-31T00:00:00", "bad_date", id="moment-as-text"),
        pytest.param(date, "2026-01-31\n", "bad_date", id="newline-after-a-day"),
        pytest.param(date, "2026-02-29", "bad_date", id="no-leap-year"),
        pytest.param(date, "2026-00-10", "bad_date", id="month-zero"),
        pytest.param(date, "0000-01-01", "bad_date", id="year-zero"),
        pytest.param(date, "1849-12-31", "date_out_of_range", id="before-the-earliest"),
        pytest.param(date, "2200-01-01", "date_out_of_range", id="after-the-latest"),
        pytest.param(Colour, "green", "unknown_value", id="no-such-colour"),
        pytest.param(Colour, "RED", "unknown_value", id="name-for-a-value"),
        pytest.param(Colour, "", "unknown_value", id="empty-colour"),
        pytest.param(Colour, None, "wrong_type", id="null-for-a-colour"),
        pytest.param(Side, "up", "unknown_value", id="no-such-side"),
        pytest.param(Side, 1, "wrong_type", id="number-for-a-side"),
        pytest.param(tuple[str, ...], "peers", "wrong_type", id="text-for-a-list"),
        pytest.param(tuple[str, ...], None, "wrong_type", id="null-for-a-list"),
        pytest.param(tuple[str, ...], {"0": "a"}, "wrong_type", id="object-for-a-list"),
        pytest.param(frozenset[str], ("a",), "wrong_type", id="tuple-for-a-list"),
        pytest.param(frozenset[str], ["a", "a"], "repeated_item", id="item-twice-in-a-set"),
        pytest.param(Box, None, "wrong_type", id="null-for-an-object"),
        pytest.param(Box, [], "wrong_type", id="list-for-an-object"),
        pytest.param(Box, "b-1", "wrong_type", id="text-for-an-object"),
    ],
)
def test_plain_value_of_another_kind_is_refused(wanted: Any, plain: object, code: str) -> None:
    assert _found(_refusal(lambda: JSON.read(plain, wanted, path="here"))) == [(code, "here")]


def test_enumeration_says_which_values_it_has() -> None:
    (problem,) = _refusal(lambda: JSON.read("green", Colour))
    assert problem.expected == "one of red, dark_blue"


def test_list_of_20000_items_is_the_longest() -> None:
    assert MOST_ITEMS == 20_000
    assert len(JSON.read([1] * MOST_ITEMS, tuple[int, ...])) == MOST_ITEMS
    problems = _refusal(lambda: JSON.read([1] * (MOST_ITEMS + 1), tuple[int, ...]))
    assert _found(problems) == [("too_large", "")]


@pytest.mark.parametrize("wanted", [Box, tuple[str, ...]], ids=["object", "list"])
def test_text_in_place_of_an_object_or_a_list_is_not_shown(wanted: Any) -> None:
    (problem,) = _refusal(lambda: JSON.read("nino", wanted))
    assert problem.found == "a string of 4 characters"


# --- TOML ---------------------------------------------------------------------------------


def test_toml_day_is_a_date() -> None:
    assert TOML.read(date(2026, 1, 31), date) == date(2026, 1, 31)


@pytest.mark.parametrize(
    ("plain", "code"),
    [
        pytest.param("2026-01-31", "wrong_type", id="text"),
        pytest.param(datetime(2026, 1, 31, tzinfo=UTC), "wrong_type", id="moment"),
        pytest.param(time(12), "wrong_type", id="time"),
        pytest.param(None, "wrong_type", id="null"),
        pytest.param(date(1849, 12, 31), "date_out_of_range", id="before-the-earliest"),
        pytest.param(date(2200, 1, 1), "date_out_of_range", id="after-the-latest"),
    ],
)
def test_toml_day_that_is_no_date_is_refused(plain: object, code: str) -> None:
    assert _found(_refusal(lambda: TOML.read(plain, date))) == [(code, "")]


# --- objects ------------------------------------------------------------------------------


def test_object_is_read_and_written_without_its_defaults() -> None:
    plain = {"boxes": [{"box_id": "b-1", "size": 3}], "notes": ["dry"]}
    shelf = Shelf(boxes=(Box(box_id=BoxId("b-1"), size=3),), notes=("dry",))
    assert JSON.read(plain, Shelf) == shelf
    assert JSON.write(shelf) == plain


def test_every_kind_of_field_is_written_as_it_is_read() -> None:
    plain = {
        "box_id": "b-1",
        "size": 3,
        "opened": True,
        "colours": ["dark_blue", "red"],
        "packed_on": "2026-01-31",
        "price": "12.50",
    }
    assert JSON.write(JSON.read(plain, Box)) == plain


@pytest.mark.parametrize("zero", ["0", "-0", "-0.000000", "0.00"])
def test_zero_is_written_without_a_sign(zero: str) -> None:
    """Equal numbers are then told apart by their decimals at most; what was stored still reads."""
    assert JSON.write(JSON.read(zero, Decimal)) == zero.removeprefix("-")


def test_set_is_written_in_order() -> None:
    both = frozenset({Colour("red"), Colour("dark_blue")})
    assert JSON.write(both, frozenset[Colour]) == ["dark_blue", "red"]


def test_enumeration_of_texts_is_written_as_the_text_itself() -> None:
    written = JSON.write(Shelf(boxes=(), favourite=Colour.RED))["favourite"]
    assert (written, type(written)) == ("red", str)


def test_toml_day_is_written_as_it_is_read() -> None:
    plain = {"box_id": "b-1", "size": 3, "packed_on": date(2026, 1, 31), "price": "12.50"}
    assert TOML.write(TOML.read(plain, Box)) == plain


def test_every_problem_is_told_at_once_with_its_path() -> None:
    plain = {
        "boxes": [
            {"box_id": 1, "size": "3"},
            {"box_id": "b-2", "size": 2},
            {"size": 1, "colours": ["red", "green", 3], "packed_on": "2026-02-30"},
            "box",
            {"box_id": "b-5", "size": -1, "opened": True},
        ],
        "notes": "dry",
        "weight": 3,
    }
    problems = _refusal(lambda: JSON.read(plain, Shelf, path="data"))
    assert sorted(_found(problems)) == sorted(
        [
            ("wrong_type", "data.boxes[0].box_id"),
            ("wrong_type", "data.boxes[0].size"),
            ("missing_key", "data.boxes[2].box_id"),
            ("unknown_value", "data.boxes[2].colours[1]"),
            ("wrong_type", "data.boxes[2].colours[2]"),
            ("bad_date", "data.boxes[2].packed_on"),
            ("wrong_type", "data.boxes[3]"),
            ("out_of_range", "data.boxes[4].size"),
            ("missing_key", "data.boxes[4].packed_on"),
            ("wrong_type", "data.notes"),
            ("unknown_key", "data"),
        ]
    )


@pytest.mark.parametrize("codec", [JSON, Codec(compiled=True)], ids=["in-a-loop", "compiled"])
def test_a_key_that_is_missing_is_told_by_either_way_of_reading(codec: Codec) -> None:
    assert _found(_refusal(lambda: codec.read({"box_id": "b-1"}, Box))) == [("missing_key", "size")]
    whole = {"box_id": "b-1", "size": 1}
    assert codec.read(whole, Box) == Box(box_id=BoxId("b-1"), size=1)


def test_lists_within_lists_have_paths() -> None:
    problems = _refusal(lambda: JSON.read([[1], [2, "3"], 4], tuple[tuple[int, ...], ...]))
    assert _found(problems) == [("wrong_type", "[1][1]"), ("wrong_type", "[2]")]


def test_unknown_keys_are_shown_by_length_and_the_known_ones_are_named() -> None:
    plain = {"box_id": "b-1", "size": 1, "Nino Beridze": 1, "sise": 2}
    problems = _refusal(lambda: JSON.read(plain, Box))
    assert [problem.found for problem in problems] == [
        "a key of 12 characters",
        "a key of 4 characters",
    ]
    assert {problem.code for problem in problems} == {"unknown_key"}
    assert problems[0].expected == "only the keys box_id, colours, opened, packed_on, price, size"


@pytest.mark.parametrize(
    ("key", "value", "found"),
    [
        pytest.param("label", 19900501, "a value of type int", id="number"),
        pytest.param("notes", ["ok", 7], "a value of type int", id="number-in-a-list"),
        pytest.param("notes", "nino", "a string of 4 characters", id="text-for-a-list"),
        pytest.param("favourite", "nino", "a string of 4 characters", id="unknown-value"),
    ],
)
def test_value_of_a_secret_field_is_never_shown(key: str, value: object, found: str) -> None:
    (problem,) = _refusal(lambda: JSON.read({"boxes": [], key: value}, Shelf))
    assert problem.found == found


def test_value_of_another_field_is_shown_to_help() -> None:
    (problem,) = _refusal(lambda: JSON.read({"box_id": "b-1", "size": "large"}, Box))
    assert problem.found == '"large"'


def test_repeated_key_is_refused_where_it_stands_with_all_other_problems() -> None:
    text = """{"boxes": [{"box_id": "b-1", "size": 1, "size": 2},
        {"box_id": "b-2", "box_id": "b-3", "size": "3"}], "boxed": 1, "boxed": 2}"""
    problems = _refusal(lambda: JSON.read(parse_json(text), Shelf, path="data"))
    assert sorted(_found(problems)) == sorted(
        [
            ("repeated_key", "data"),
            ("unknown_key", "data"),
            ("repeated_key", "data.boxes[0]"),
            ("repeated_key", "data.boxes[1]"),
            ("wrong_type", "data.boxes[1].size"),
        ]
    )


@pytest.mark.parametrize(
    ("number", "codes"),
    [
        pytest.param(MOST_ITEMS, {"unknown_key"}, id="20000"),
        pytest.param(MOST_ITEMS + 1, {"too_large"}, id="20001"),
    ],
)
def test_object_of_20000_keys_is_the_largest(number: int, codes: set[str]) -> None:
    keys = {f"key_{index}": index for index in range(number)}
    assert {code for code, _ in _found(_refusal(lambda: JSON.read(keys, Label)))} == codes


# --- forms --------------------------------------------------------------------------------


@frozen
class Pair:
    left: str
    right: str


def _read_pair(plain: object) -> Pair:
    if not isinstance(plain, str) or plain.count("/") != 1:
        refuse(plain, "wrong_type", "two texts with a slash between them")
    left, right = plain.split("/")
    if left == "inside":
        refuse(left, "unknown_value", "another text", path="left")
    if left == "bug":
        raise KeyError("nowhere")
    if left == "nothing":
        raise InputError([])
    if left == "noted":
        refusal = InputError([Problem(code="noted", path="", found="it", expected="another")])
        refusal.add_note("seen by hand")
        raise refusal
    return Pair(left, right)


@frozen(kw_only=True)
class Pairs:
    pairs: tuple[Pair, ...]
    left: Pair | None = None


_PAIR = Form(type=Pair, read=_read_pair, write=lambda pair: f"{pair.left}/{pair.right}")
FORMED = Codec([_PAIR])


def test_forms_may_be_given_by_an_iterator() -> None:
    with pytest.raises(InputError, match="two texts with a slash"):
        Codec(iter([_PAIR])).read({"left": "a", "right": "b"}, Pair)


def test_forms_may_be_given_one_by_one() -> None:
    careless = Codec(iter([Form(type=Pair, read=_read_pair, write=str)]))
    assert careless.read("a/b", Pair) == Pair("a", "b")


def test_type_with_a_form_of_its_own_is_read_and_written_by_it() -> None:
    plain = {"pairs": ["a/b", "c/d"], "left": "e/f"}
    pairs = Pairs(pairs=(Pair("a", "b"), Pair("c", "d")), left=Pair("e", "f"))
    assert FORMED.read(plain, Pairs) == pairs
    assert FORMED.write(pairs) == plain


def test_problems_of_a_form_are_seen_from_the_document() -> None:
    plain = {"pairs": ["a/b", "c", "inside/d"]}
    assert _found(_refusal(lambda: FORMED.read(plain, Pairs))) == [
        ("wrong_type", "pairs[1]"),
        ("unknown_value", "pairs[2].left"),
    ]


def test_form_is_never_given_an_object_that_repeats_a_key() -> None:
    plain = parse_json('{"pairs": [], "left": {"a": 1, "a": 2}}')
    assert _found(_refusal(lambda: FORMED.read(plain, Pairs))) == [("repeated_key", "left")]


@pytest.mark.parametrize(
    "plain",
    [
        pytest.param({"pairs": ["bug/b"]}, id="in-a-list"),
        pytest.param({"pairs": [], "left": "bug/b"}, id="in-a-field"),
    ],
)
def test_bug_in_a_form_is_not_taken_for_bad_input(plain: dict[str, object]) -> None:
    with pytest.raises(KeyError):
        FORMED.read(plain, Pairs)


def test_notes_of_others_on_an_error_do_not_disturb_its_path() -> None:
    plain = {"pairs": ["noted/b"]}
    assert _found(_refusal(lambda: FORMED.read(plain, Pairs))) == [("noted", "pairs[0]")]


def test_refusal_without_a_problem_is_not_swallowed() -> None:
    with pytest.raises(InputError):
        FORMED.read("nothing/b", Pair)


def test_object_of_another_mapping_is_read_as_json_gives_it() -> None:
    assert JSON.read(OrderedDict(box_id="b-1", size=3), Box) == Box(box_id=BoxId("b-1"), size=3)


def test_what_a_form_took_over_unread_is_checked_with_its_record() -> None:
    careless = Codec([Form(type=int, read=lambda plain: plain, write=str)])
    problems = _refusal(lambda: careless.read({"box_id": "b-1", "size": "3"}, Box))
    assert _found(problems) == [("wrong_type", "size")]


@frozen
class Node:
    name: str
    next: "Node | None" = None


@frozen
class Doubled:
    number: int

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "number", 2 * self.number)


def _doubled(number: int) -> int:
    return 2 * number


@frozen
class Converted:
    number: int = field(converter=_doubled)


@frozen
class Counted:
    items: tuple[int, ...]
    number: int = field(init=False, default=2)


@pytest.mark.parametrize(
    ("wanted", "plain", "value"),
    [
        pytest.param(Node, {"name": "a", "next": {"name": "b"}}, Node("a", Node("b")), id="itself"),
        pytest.param(Doubled, {"number": 2}, Doubled(2), id="with-work-of-its-own"),
        pytest.param(Converted, {"number": 2}, Converted(2), id="with-a-converter"),
        pytest.param(Counted, {"items": [1]}, Counted((1,)), id="with-a-field-of-its-own"),
        pytest.param(Any, {"number": 2}, {"number": 2}, id="anything"),
    ],
)
def test_class_that_is_made_in_a_way_of_its_own_is_made_so(
    wanted: Any, plain: object, value: object
) -> None:
    assert JSON.read(plain, wanted) == value


def test_field_that_is_not_given_when_an_object_is_made_is_no_key() -> None:
    problems = _refusal(lambda: JSON.read({"items": [], "number": 3}, Counted))
    assert _found(problems) == [("unknown_key", "")]


@pytest.mark.parametrize("wanted", [complex, int | str, int | str | None])
def test_type_that_has_no_plain_form_is_a_mistake_of_the_program(wanted: Any) -> None:
    with pytest.raises(TypeError, match="no plain form"):
        JSON.read("a", wanted)
