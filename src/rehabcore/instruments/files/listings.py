"""Lists in files beside an instrument's: the code of an item that each of many answers means.

A list is a CSV file with a line of column names; the first column has the answers, each once. An
instrument's file names the list and the column; only what it says of them is written again.
"""

import csv
import re
from collections.abc import Callable, Iterable
from typing import Any

from rehabcore.instruments.model.items import Entries, Items
from rehabcore.strict.problems import Problem, Problems, refuse, shown_key

_FILE_NAME = re.compile(r"[a-z0-9_-]+\.csv")
LARGEST_LIST = 1_000_000
"""The most bytes accepted as one list."""

Beside = Callable[[str], bytes]
"""A function that reads a file by its name, from the folder of the instrument's own file."""


def no_folder(name: str) -> bytes:
    """Refuse every file: an instrument that was read from a text has no folder.

    Raises:
        InputError: always.
    """
    return refuse(name, "unreadable", "an instrument read from a folder that has this file")


def with_entries(items: object, beside: Beside) -> object:
    """The tables of items, with the entries of every list that they name.

    Raises:
        InputError: every list that cannot be read, or is not what its table says.
    """
    if not isinstance(items, list):
        return items
    problems = Problems()
    made = [
        {**group, "listed": problems.at(f"[{i}].listed", _listing, group["listed"], beside)}
        if isinstance(group, dict) and "listed" in group
        else group
        for i, group in enumerate(items)
    ]
    problems.done()
    return made


def _listing(plain: object, beside: Beside) -> Any:
    if not isinstance(plain, dict) or not {"file", "column"} <= set(plain):
        return plain
    if "entries" in plain:
        refuse(plain["entries"], "unknown_key", "a list in its file", path="entries", secret=True)
    name = plain["file"]
    if not isinstance(name, str) or not _FILE_NAME.fullmatch(name):
        refuse(name, "wrong_type", "the name of a .csv file in the same folder", path="file")
    return {**plain, "entries": _entries(beside(name), plain["column"])}


def drop_entries(items: list[dict[str, Any]]) -> None:
    """Remove the entries of lists from tables of items, as a file only names the list."""
    for group in items:
        group.get("listed", {}).pop("entries", None)


def _entries(document: bytes, column: object) -> Entries:
    """The answers of a list, each with its cell in one column."""
    if len(document) > LARGEST_LIST:
        refuse(len(document), "too_large", f"at most {LARGEST_LIST} bytes", path="file")
    try:
        rows = list(csv.reader(document.decode("utf-8-sig").splitlines(), strict=True))
    except (UnicodeDecodeError, csv.Error):
        refuse("bytes", "not_csv", "comma-separated values in UTF-8", path="file")
    names = rows[0] if rows else []
    if column not in names[1:] or any(len(row) != len(names) for row in rows):
        expected = "a column that every line has, after that of the answers"
        refuse(column, "unknown_column", expected, path="column")
    place = names.index(str(column))
    answers = {row[0]: row[place] for row in rows[1:]}
    if len(answers) < len(rows) - 1:
        refuse(len(rows), "repeated_item", "every answer once", path="file")
    return tuple(answers.items())


def problems_of_lists(groups: Iterable[Items]) -> Iterable[Problem]:
    """The problems of entries that are neither a code of the item they tell, nor a reason."""
    groups = tuple(groups)
    codes = {name: group.codes for group in groups for name in group.numbers}
    for index, listing in ((i, group.listed) for i, group in enumerate(groups) if group.listed):
        path = f"items[{index}].listed"
        if not codes.get(listing.tells):
            expected = "an item with codes"
            yield Problem(
                code="unknown_item",
                path=f"{path}.tells",
                found=shown_key(listing.tells),
                expected=expected,
            )
            continue
        malformed = [text for text, _ in listing.entries if listing.outcome(text) == "malformed"]
        if malformed:
            kind = "digits" if listing.digits else "characters"
            expected = f"only answers of {listing.length} {kind}"
            yield Problem.of(malformed[0], "unknown_value", expected, path=f"{path}.file")
        known = {"", *codes[listing.tells], *listing.reasons}
        if strange := sorted({told for _, told in listing.entries} - known):
            expected = f"codes of the item {listing.tells}, or reasons"
            yield Problem.of(strange[0], "unknown_value", expected, path=f"{path}.column")
