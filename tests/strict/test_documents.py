"""Text to plain data: what is too large, too deep, not UTF-8 or ambiguous is refused."""

import json
import math
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, cast

import pytest

from rehabcore.strict.documents import (
    DEEPEST_INPUT,
    LARGEST_INPUT,
    Repetitive,
    encodable,
    parse_json,
    parse_toml,
    write_toml,
)
from rehabcore.strict.problems import InputError
from tests.kit.refusals import problems_of


def _nested(levels: int) -> str:
    return "[" * levels + "]" * levels


def _objects(number: int, size: int) -> str:
    """A list of objects that take so many bytes each, and one for the comma."""
    return f"[{','.join(['{}'.ljust(size)] * number)}]"


def _lines(form: str) -> str:
    """A thousand lines and one, each with its number."""
    return "\n".join(map(form.format, range(1_001)))


# --- JSON ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("document", "plain"),
    [
        pytest.param('{"a": [1, "b", null, true]}', {"a": [1, "b", None, True]}, id="text"),
        pytest.param('{"a": "ქართული"}'.encode(), {"a": "ქართული"}, id="bytes"),
        pytest.param(b'\xef\xbb\xbf{"a": 1}', {"a": 1}, id="byte-order-mark-in-bytes"),
        pytest.param(" 3 ", 3, id="scalar"),
        pytest.param('"\\ud83d\\ude00"', "😀", id="escaped-pair"),
        pytest.param('{"a": {"k": 1}, "b": {"k": 1}}', {"a": {"k": 1}, "b": {"k": 1}}, id="same"),
        pytest.param(_nested(DEEPEST_INPUT), json.loads(_nested(64)), id="64-levels"),
        pytest.param('["' + "[" * 100 + '"]', ["[" * 100], id="brackets-in-a-string"),
        pytest.param('["\\"' + "{" * 100 + '"]', ['"' + "{" * 100], id="escaped-quote"),
        pytest.param("[" + "[1]," * 200 + "1]", [*[[1]] * 200, 1], id="many-side-by-side"),
    ],
)
def test_json_is_read(document: str | bytes, plain: object) -> None:
    assert parse_json(document) == plain


def test_json_that_is_no_number_is_left_for_the_field_to_refuse() -> None:
    assert math.isnan(float(str(parse_json("NaN"))))


@pytest.mark.parametrize(
    ("document", "code"),
    [
        pytest.param("", "not_json", id="empty"),
        pytest.param("{", "not_json", id="unfinished"),
        pytest.param("{'a': 1}", "not_json", id="single-quotes"),
        pytest.param('{"a": 1,}', "not_json", id="trailing-comma"),
        pytest.param('["a\nb"]', "not_json", id="newline-in-a-string"),
        pytest.param("\ufeff\ufeff{}", "not_json", id="two-byte-order-marks"),
        pytest.param("{}\ufeff", "not_json", id="byte-order-mark-at-the-end"),
        pytest.param('["unfinished', "not_json", id="unfinished-string"),
        pytest.param('["' + "[" * 100, "not_json", id="brackets-in-an-unfinished-string"),
        pytest.param("1" * 5000, "not_a_number", id="number-of-5000-digits"),
        pytest.param(b'{"a": "\xff"}', "not_utf8", id="invalid-bytes"),
        pytest.param('{"a": 1}'.encode("utf-16"), "not_utf8", id="another-encoding"),
        pytest.param(_nested(DEEPEST_INPUT + 1), "too_deep", id="65-levels"),
        pytest.param('{"a":' * 100_000, "too_deep", id="100000-levels"),
        pytest.param('["\\"[", ' + _nested(DEEPEST_INPUT) + "]", "too_deep", id="behind-a-quote"),
        pytest.param(_objects(1_001, 14), "too_large", id="1001-objects-of-15-bytes"),
    ],
)
def test_json_that_cannot_be_read_is_refused(document: str | bytes, code: str) -> None:
    assert problems_of(lambda: parse_json(document)) == [(code, "")]


@pytest.mark.no_cover
@pytest.mark.parametrize("parse", [parse_json, parse_toml], ids=["json", "toml"])
@pytest.mark.parametrize("kind", [str, bytes])
def test_document_of_16000000_characters_is_the_largest(
    parse: Callable[[str | bytes], object], kind: type
) -> None:
    def document(size: int) -> str | bytes:
        text = '"a"' if parse is parse_json else 'a = "b" #'
        text = text.ljust(size, " " if parse is parse_json else "#")
        return text if kind is str else text.encode()

    assert parse(document(LARGEST_INPUT))
    assert problems_of(lambda: parse(document(LARGEST_INPUT + 1))) == [("too_large", "")]


def _repetitive(plain: object) -> list[object]:
    """The keys of every object, inside out, that gave a key more than once."""
    if isinstance(plain, dict):
        below = [found for value in plain.values() for found in _repetitive(value)]
        return [*below, sorted(plain)] if isinstance(plain, Repetitive) else below
    if isinstance(plain, list):
        return [found for value in plain for found in _repetitive(value)]
    return []


@pytest.mark.parametrize(
    ("document", "keys"),
    [
        pytest.param('{"a": 1, "b": 1}', [], id="none"),
        pytest.param('{"a": 1, "a": 1}', [["a"]], id="top"),
        pytest.param('{"a": {"b": 1, "b": 2}, "c": 3}', [["b"]], id="inside"),
        pytest.param('[1, {"a": [{"b": 1, "b": 2}]}]', [["b"]], id="in-lists"),
        pytest.param('{"a": {"b": 1, "b": 2, "c": 1, "c": 1}}', [["b", "c"]], id="two-keys"),
        pytest.param('{"a": [{"a": 1, "a": 2}], "a": {"b": 1}}', [["a"]], id="overwritten"),
    ],
)
def test_an_object_with_a_repeated_key_is_marked(document: str, keys: list[list[str]]) -> None:
    assert _repetitive(parse_json(document)) == keys


def test_no_text_of_a_document_is_shown() -> None:
    for document in ('{"name": "Nino" "x"}', "nino"):
        with pytest.raises(InputError) as caught:
            parse_json(document)
        assert "nino" not in str(caught.value).lower()


def test_json_with_16_bytes_for_each_object_is_read() -> None:
    assert len(cast("list[object]", parse_json(_objects(1_001, 16)))) == 1_001
    assert len(cast("list[object]", parse_json(_objects(900, 2)))) == 900


# --- TOML ---------------------------------------------------------------------------------


def test_toml_is_read_with_its_dates() -> None:
    assert parse_toml(b"a = 2026-01-31\n[b]\nc = [1, 'x']") == {
        "a": date(2026, 1, 31),
        "b": {"c": [1, "x"]},
    }


@pytest.mark.no_cover
@pytest.mark.parametrize(
    "document",
    [
        pytest.param("a." * (DEEPEST_INPUT - 1) + "a.a = 1", id="key-of-65-parts"),
        pytest.param(_lines("rules.k{:04} = 1"), id="keys-beside-each-other"),
        pytest.param(_lines("k{:04} = 0.5"), id="numbers-with-a-point"),
        pytest.param(_lines("k{:04} = '[{{[{{[{{[{{'"), id="brackets-in-texts"),
        pytest.param(_lines('k{:04} = "[a.a.a.a.a.a.a] \\" = [["'), id="quotes-in-texts"),
        pytest.param('a = """' + _lines("[k{:04}]") + '""""', id="headers-in-a-text"),
        pytest.param("a = '''" + _lines("[k{:04}]") + "'''", id="headers-in-a-plain-text"),
        pytest.param("a = 1\n" + _lines("# a.b.c.d.e = [{:04}]"), id="comments"),
        pytest.param(
            _lines("[rules.a_rule_with_a_name_as_long_as_it_takes_to_say_it_{:04}]"),
            id="headers-with-room",
        ),
        pytest.param(
            _lines(
                '[[programs]]\nprogram_id="p{0}"\ntitle={{en="P"}}\nserves=["work"]\n'
                'settings=["community"]\nentry={{all=[{{rule="settled"}},{{rule="adult"}}]}}'
            ),
            id="programmes-written-densely",
        ),
    ],
)
def test_toml_with_text_enough_for_its_tables_is_read(document: str) -> None:
    assert parse_toml(document)


@pytest.mark.parametrize(
    ("document", "code"),
    [
        pytest.param("a =", "not_toml", id="unfinished"),
        pytest.param("a = 1\na = 2", "not_toml", id="repeated-key"),
        pytest.param("a = 2026-02-30", "not_toml", id="impossible-day"),
        pytest.param("a = " + "1" * 5000, "not_a_number", id="number-of-5000-digits"),
        pytest.param(b"a = '\xff'", "not_utf8", id="invalid-bytes"),
        pytest.param("a = " + "[" * 5_000 + "]" * 5_000, "too_deep", id="5000-levels"),
        pytest.param("a = " + "{b = " * 5_000 + "1" + "}" * 5_000, "too_deep", id="5000-tables"),
        pytest.param("a." * DEEPEST_INPUT + "a.a = 1", "too_deep", id="key-of-66-parts"),
        pytest.param("b = 1\n" + "a." * 65 + "a = 1", "too_deep", id="key-of-a-later-line"),
        pytest.param("b = { " + "a." * 65 + "a = 1 }", "too_deep", id="key-within-a-line"),
        pytest.param("[" + "a." * 65 + "a]", "too_deep", id="header-of-66-parts"),
        pytest.param("'a'." * 65 + "a = 1", "too_deep", id="key-in-quotes"),
        pytest.param(_lines("[k{:04}]"), "too_large", id="headers"),
        pytest.param(_lines("[[k{:04}]]"), "too_large", id="headers-of-lists"),
        pytest.param("[[k]]\n" + _lines("k{:04} = []"), "too_large", id="lists-of-one-entry"),
        pytest.param(_lines("k{:04} = []"), "too_large", id="lists"),
        pytest.param(_lines("k{:04} = {{}}"), "too_large", id="tables"),
        pytest.param(_lines("k{:04}.a = 1"), "too_large", id="dotted-keys"),
        pytest.param(_lines("'k{:04}'.a = 1"), "too_large", id="dotted-keys-in-quotes"),
        pytest.param("a = [" + "{b=1}," * 1_001 + "]", "too_large", id="tables-within-a-line"),
    ],
)
def test_toml_that_cannot_be_read_is_refused(document: str | bytes, code: str) -> None:
    assert problems_of(lambda: parse_toml(document)) == [(code, "")]


def test_byte_order_mark_of_a_toml_file_is_left_out() -> None:
    assert parse_toml(b"\xef\xbb\xbfa = 1") == parse_toml("\ufeffa = 1") == {"a": 1}


@pytest.mark.parametrize("parse", [parse_json, parse_toml], ids=["json", "toml"])
@pytest.mark.parametrize("document", [{"a": 1}, None, 3], ids=["table", "nothing", "number"])
def test_document_is_text_or_bytes(parse: Callable[[Any], object], document: object) -> None:
    assert problems_of(lambda: parse(document)) == [("wrong_type", "")]


def test_dots_of_many_lines_are_not_added_up() -> None:
    assert len(parse_toml("\n".join(f"a{number} = 1.5" for number in range(1_500)))) == 1_500


# --- TOML that is written -----------------------------------------------------------------

TABLES: dict[str, Any] = {
    "title": 'a "quoted"\ttext\nof lines, \\ and \x00\x1f\x7f',
    "numbers": [1, -2, 0.25, 1e-05, 2.0, 10**15],
    "none": [],
    "plain": {"yes": True, "no": False, "on": date(2026, 1, 31), "a key": "ქართული"},
    "empty": {},
    "listed": [{"a": 1, "deep": {"b": {"c": [{"d": 1}, {}]}}}, {"a": 2}],
    "named": {"one": {"rows": [{"from": 0, "to": 1}, {"from": 2}]}, "with space": {}},
    "mixed": {"first": {"a": 1}, "then": 5},
}


def test_tables_are_read_back_equal_whatever_they_hold() -> None:
    assert parse_toml(write_toml(TABLES)) == TABLES
    assert list(parse_toml(write_toml(TABLES))["named"]) == ["one", "with space"]


def test_written_tables_are_laid_out_to_be_edited() -> None:
    assert write_toml({key: TABLES[key] for key in ("named", "listed", "numbers")}) == (
        "numbers = [1, -2, 0.25, 1e-05, 2, 1000000000000000]\n"
        "\n"
        "[named.one]\n"
        "rows = [\n"
        "  { from = 0, to = 1 },\n"
        "  { from = 2 },\n"
        "]\n"
        "\n"
        '[named."with space"]\n'
        "\n"
        "[[listed]]\n"
        "a = 1\n"
        "deep = { b = { c = [{ d = 1 }, {}] } }\n"
        "\n"
        "[[listed]]\n"
        "a = 2\n"
    )


def test_equal_tables_are_written_alike_but_for_the_order_of_their_keys() -> None:
    assert write_toml({"a": {"b": 2.0, "c": [1]}}) == write_toml({"a": {"b": 2, "c": [1.0]}})
    assert write_toml({}) == "\n"


@pytest.mark.parametrize(
    "held",
    [None, datetime(2026, 1, 31, 12), ("a",), {1}, b"a"],
    ids=["nothing", "time-of-day", "tuple", "set", "bytes"],
)
def test_what_toml_cannot_write_is_refused(held: object) -> None:
    for tables in ({"a": held}, {"a": {"b": [held]}}):
        assert problems_of(lambda tables=tables: write_toml(tables)) == [("wrong_type", "")]  # type: ignore[misc]


# --- UTF-8 --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "can"),
    [("", True), ("ქართული", True), ("😀", True), ("\ud800", False), ("a\udfff", False)],
    ids=ascii,
)
def test_text_that_cannot_be_written_is_known(text: str, can: bool) -> None:
    assert encodable(text) is can
