"""Words of a country in few characters: a title that the id says already is left out.

    { "id": "drug_test", "values": [{ "id": "negative" }, { "id": "none", "title": "no result" }] }

That is short for a drug test with the title "drug test", one of whose values is "negative".
"""

from collections.abc import Iterator
from typing import Any

from rehabcore.rules.sources import Status

_OF_A_WORD = ("values", "severities", "outcomes")
"""The keys whose values are lists of words in a word."""


def short_word(word: dict[str, Any]) -> dict[str, Any]:
    """The row of a word, from what its codec wrote. Most are reviewed, so a draft says so."""
    below = {key: list(map(_untitled, word[key])) for key in _OF_A_WORD if key in word}
    return {"status": Status.DRAFT.value, **_untitled(word), **below}


def _untitled(word: dict[str, Any]) -> dict[str, Any]:
    """A word without its title, if its id says it."""
    if word["title"] != _title(word["id"]):
        return word
    return {key: one for key, one in word.items() if key != "title"}


MOST_BARE_IDS = 1_000
"""The most words of one table that may be no more than their id, as some documents have them."""


def whole_word(row: dict[str, Any], bare: Iterator[int]) -> dict[str, Any]:
    """The inverse of ``short_word``. What does not look like a word is left to its reader.

    Args:
        row: the row.
        bare: as many numbers as there may be words below it that are no more than their id, given
            as text. Each stands for fifty times the text that it is.
    """

    def word(plain: object) -> Any:
        is_bare = type(plain) is str and next(bare, None) is not None
        return _titled({"id": plain} if is_bare else plain)

    below = {key: list(map(word, row[key])) for key in _OF_A_WORD if type(row.get(key)) is list}
    return {**_titled(row), **below}


def _titled(word: Any) -> Any:
    own = word.get("id") if type(word) is dict else None
    return {"title": _title(own), **word} if type(own) is str and "title" not in word else word


def _title(own: str) -> str:
    """The title that an id says."""
    return own.replace("_", " ")
