"""Lists of objects as tables: the same objects come back, and what is no table is refused."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabcore.exchange.tables import lists_of, rows_of, tabled
from rehabcore.strict.documents import parse_json
from tests.kit.refusals import problems_of

LEVELS: list[dict[str, Any]] = [
    {"id": "some", "title": "some need", "status": "reviewed"},
    {"id": "high", "title": "high need", "status": "draft", "values": []},
    {"id": "none", "title": "no need", "status": "reviewed"},
]
TABLE: dict[str, Any] = {
    "columns": ["id", "title", "status", "values"],
    "usual": {"status": "reviewed"},
    "rows": [["some", "some need"], ["high", "high need", "draft", []], ["none", "no need"]],
}


def test_a_table_says_each_key_once_and_the_usual_value_once() -> None:
    assert tabled(LEVELS) == TABLE
    assert list(rows_of(TABLE)) == LEVELS


def test_lists_share_the_columns_of_their_table() -> None:
    lists = {"few": LEVELS[:1], "many": LEVELS, "none": []}
    table = tabled(lists)
    assert table["rows"] == {"few": TABLE["rows"][:1], "many": TABLE["rows"], "none": []}
    assert {name: list(rows) for name, rows in lists_of(table).items()} == lists


def test_a_list_of_nothing_is_a_table_without_columns() -> None:
    assert tabled([]) == {"columns": [], "rows": []}
    assert list(rows_of(tabled([]))) == []
    assert lists_of(tabled({})) == {}


@pytest.mark.parametrize("value", [7, None, "x" * 101], ids=["number", "null", "long"])
def test_only_a_short_text_that_every_object_has_is_usual(value: object) -> None:
    assert "usual" not in tabled([{"status": value}, {"status": value}, {"status": value}])
    assert "usual" not in tabled([{"status": "draft"}, {"status": "draft"}, {"id": "some"}])
    assert "usual" not in tabled([{"status": "draft"}])


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from("abcd"), st.sampled_from(["x", "y", 0, False, 1, [], {"z": 1}])
        )
    )
)
def test_a_table_gives_back_its_objects(objects: list[dict[str, Any]]) -> None:
    assert list(map(repr, map(sorted_items, rows_of(tabled(objects))))) == list(
        map(repr, map(sorted_items, objects))
    )


def sorted_items(row: dict[str, Any]) -> list[tuple[str, Any]]:
    return sorted(row.items(), key=lambda item: item[0])


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ([], [("wrong_type", "")]),
        ({"rows": []}, [("missing_key", "columns")]),
        ({"columns": [], "rows": [], "more": 1}, [("unknown_key", "")]),
        ({"columns": {}, "rows": []}, [("wrong_type", "columns")]),
        ({"columns": [1], "rows": []}, [("wrong_type", "columns")]),
        ({"columns": ["id", "id"], "rows": []}, [("wrong_type", "columns")]),
        ({"columns": [str(n) for n in range(51)], "rows": []}, [("wrong_type", "columns")]),
        ({"columns": ["id"], "usual": [], "rows": []}, [("wrong_type", "usual")]),
        ({"columns": ["id"], "usual": {"id": 1}, "rows": []}, [("wrong_type", "usual")]),
        ({"columns": ["id"], "usual": {"id": "x" * 101}, "rows": []}, [("wrong_type", "usual")]),
        ({"columns": ["id"], "usual": {"more": ""}, "rows": []}, [("unknown_key", "usual")]),
        ({"columns": ["id"], "rows": {}}, [("wrong_type", "rows")]),
        (
            {"columns": ["id"], "rows": [["a"], ["a", "b"], "c"]},
            [("wrong_type", "rows[1]"), ("wrong_type", "rows[2]")],
        ),
    ],
)
def test_what_is_no_table_is_refused(table: object, expected: list[tuple[str, str]]) -> None:
    assert problems_of(lambda: rows_of(table)) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], [("wrong_type", "rows")]),
        (
            {"one": {}, "other": [1]},
            [("wrong_type", "rows.one"), ("wrong_type", "rows.other[0]")],
        ),
    ],
)
def test_what_is_no_table_of_lists_is_refused(
    rows: object, expected: list[tuple[str, str]]
) -> None:
    assert problems_of(lambda: lists_of({"columns": ["id"], "rows": rows})) == expected


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ('{"columns": [], "rows": {}, "rows": {}}', ""),
        ('{"columns": [], "rows": {"one": [], "one": []}}', "rows"),
        ('{"columns": ["id"], "usual": {"id": "a", "id": "a"}, "rows": {}}', "usual"),
    ],
)
def test_a_key_that_is_given_twice_is_refused(text: str, path: str) -> None:
    assert problems_of(lambda: lists_of(parse_json(text))) == [("repeated_key", path)]
