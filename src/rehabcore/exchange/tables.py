"""Lists of objects as tables, which say the name of each key once.

    { "columns": ["id", "title", "status"], "usual": { "status": "reviewed" },
      "rows": [["some", "some need"], ["high", "high need", "draft"]] }

``usual`` are values of columns that most rows share. What a row leaves out, or gives as null, is
the usual value, or a key that the object does not have.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Any

from rehabcore.strict.problems import Problem, Problems, missing_key, refuse, unknown_keys
from rehabcore.strict.structure import refuse_repeated_keys

Rows = list[dict[str, Any]]
"""Objects with text for keys."""
LONGEST_USUAL = 100
"""The most characters of a usual value, which a short row may stand for very many times."""

MOST_COLUMNS = 50
"""The most columns of a table; no record of a country has as many fields."""


def tabled(lists: Rows | Mapping[str, Rows]) -> dict[str, Any]:
    """The table of a list of objects, or of several lists by name, which share its columns."""
    named = lists if isinstance(lists, Mapping) else {"": lists}
    objects = [row for rows in named.values() for row in rows]
    # Column by column, which is several times faster than value by value.
    columns = {key: [row.get(key) for row in objects] for key in dict.fromkeys(chain(*objects))}
    usual = {key: value for key, column in columns.items() if (value := _usual(column))}
    for key, value in usual.items():
        columns[key] = [None if one == value else one for one in columns[key]]
    names = sorted(columns, key=lambda key: columns[key].count(None))
    whole = zip(*(columns[name] for name in names), strict=True) if names else ((),) * len(objects)
    cut = map(_cut, whole)
    rows = {name: list(islice(cut, len(listed))) for name, listed in named.items()}
    table = {"columns": names, "rows": rows if isinstance(lists, Mapping) else rows[""]}
    return {**table, "usual": usual} if usual else table


def _usual(column: list[Any]) -> str | None:
    """The text that most values of a column are, if none of them lacks and it is worth it."""
    if not all(type(value) is str for value in column):
        return None
    [(usual, times)] = Counter(column).most_common(1)
    return usual if 2 * times > len(column) > 1 and len(usual) <= LONGEST_USUAL else None


def _cut(row: tuple[Any, ...]) -> list[Any]:
    """A row without the nulls at its end."""
    length = len(row)
    while length and row[length - 1] is None:
        length -= 1
    return list(row[:length])


def rows_of(plain: object) -> Iterator[dict[str, Any]]:
    """The objects of a table that holds one list, each made when it is its turn.

    Raises:
        InputError: names every problem of the table, with paths relative to it.
    """
    columns, usual, rows = _parts(plain)
    return _objects(rows, columns, usual, "rows")


def lists_of(plain: object) -> dict[str, Iterator[dict[str, Any]]]:
    """The objects of a table that holds several lists by name, each made when it is its turn.

    Raises:
        InputError: names every problem of the table, with paths relative to it.
    """
    columns, usual, lists = _parts(plain)
    if not isinstance(lists, dict):
        refuse(lists, "wrong_type", "an object of lists of rows", path="rows", secret=True)
    refuse_repeated_keys(lists, "rows")
    problems = Problems()
    found = {
        name: problems.at("", _objects, rows, columns, usual, f"rows.{name}")
        for name, rows in lists.items()
    }
    problems.done()
    return found


def _parts(plain: object) -> tuple[list[str], dict[str, str], object]:
    if not isinstance(plain, dict):
        refuse(plain, "wrong_type", "a table of columns and rows", secret=True)
    refuse_repeated_keys(plain)
    problems = Problems(*_wrong_keys(plain))
    problems.done()
    columns, usual = plain["columns"], plain.get("usual", {})
    texts = isinstance(columns, list) and all(type(key) is str for key in columns)
    if not texts or len({*columns}) < len(columns) or len(columns) > MOST_COLUMNS:
        expected = f"a list of at most {MOST_COLUMNS} keys, each once"
        problems.note(columns, "wrong_type", expected, path="columns")
    elif not isinstance(usual, dict) or not all(map(_is_usual, usual.values())):
        expected = f"an object of texts of at most {LONGEST_USUAL} characters"
        problems.note(usual, "wrong_type", expected, path="usual")
    else:
        refuse_repeated_keys(usual, "usual")
        problems.add(*unknown_keys(usual, columns, "usual"))
    problems.done()
    return columns, usual, plain["rows"]


def _wrong_keys(plain: dict[str, Any]) -> Iterable[Problem]:
    yield from (missing_key(key) for key in ("columns", "rows") if key not in plain)
    yield from unknown_keys(plain, ("columns", "rows", "usual"))


def _is_usual(value: object) -> bool:
    return type(value) is str and len(value) <= LONGEST_USUAL


def _objects(
    rows: object, columns: list[str], usual: dict[str, str], path: str
) -> Iterator[dict[str, Any]]:
    if not isinstance(rows, list):
        refuse(rows, "wrong_type", "a list of rows", path=path, secret=True)
    problems = Problems()
    for number, row in enumerate(rows):
        if not isinstance(row, list) or len(row) > len(columns):
            expected = f"a row of at most {len(columns)} values"
            problems.at(f"{path}[{number}]", refuse, row, "wrong_type", expected, secret=True)
    problems.done()
    return (
        {**usual, **{key: one for key, one in zip(columns, row, strict=False) if one is not None}}
        for row in rows
    )
