"""Words of a country in few characters: a title that the id says already is left out.

    { "id": "drug_test", "values": ["negative", { "id": "none", "title": "no result" }] }

That is short for a drug test with the title "drug test", one of whose values is "negative".
"""

from typing import Any

from rehabcore.rules.sources import Status

_OF_A_WORD = ("values", "severities", "outcomes")
"""The keys whose values are lists of words in a word."""


def short_word(word: dict[str, Any]) -> dict[str, Any]:
    """The row of a word, from what its codec wrote. Most are reviewed, so a draft says so."""
    below = {key: list(map(_short, word[key])) for key in _OF_A_WORD if key in word}
    return {"status": Status.DRAFT.value, **_untitled(word), **below}


def _short(word: dict[str, Any]) -> object:
    """A word in a word; its id alone if nothing else is said of it."""
    told = _untitled(word)
    return told["id"] if len(told) == 1 else told


def _untitled(word: dict[str, Any]) -> dict[str, Any]:
    """A word without its title, if its id says it."""
    if word["title"] != _title(word["id"]):
        return word
    return {key: one for key, one in word.items() if key != "title"}


def whole_word(row: dict[str, Any]) -> dict[str, Any]:
    """The inverse of ``short_word``. What does not look like a word is left to its reader."""
    below = {key: list(map(_whole, row[key])) for key in _OF_A_WORD if type(row.get(key)) is list}
    return {**_titled(row), **below}


def _whole(word: object) -> object:
    if type(word) is str:
        return _titled({"id": word})
    return _titled(word) if type(word) is dict else word


def _titled(word: dict[str, Any]) -> dict[str, Any]:
    own = word.get("id")
    return word if "title" in word or type(own) is not str else {"title": _title(own), **word}


def _title(own: str) -> str:
    """The title that an id says."""
    return own.replace("_", " ")
