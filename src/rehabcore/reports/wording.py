"""Words in a chosen language, with a visible fallback where a wording is missing.

The library's own phrases are in ``messages/LANGUAGE.toml``; titles come from the country. A phrase
is filled in by name only; nothing in it is ever executed.
"""

import re
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

from rehabcore.rules.sources import Text
from rehabcore.rules.time.days import Term
from rehabcore.strict.problems import one_of, refuse

_MESSAGES = Path(__file__).parent / "messages"
LANGUAGES = ("en", "ka")
"""The languages in which the library has phrases."""

MOST_PHRASES = 4096
"""How many phrases are kept ready to be filled: all of the library's own."""
_GAP = re.compile(r"\{([a-z_]+)\}")


_GROUP = re.compile(r"^\[([a-z_]+)\]$", re.MULTILINE)


def _phrase(language: str, key: str) -> str | None:
    group, _, name = key.partition(".")
    return _phrases(language, group).get(name)


@cache  # a group at a time, for telling a result needs few of them
def _phrases(language: str, group: str) -> dict[str, str]:
    return tomllib.loads(_groups(language).get(group, ""))


@cache
def _groups(language: str) -> dict[str, str]:
    """The phrases of each group, as TOML."""
    text = _MESSAGES.joinpath(f"{language}.toml").read_text("utf-8")
    _, *parts = _GROUP.split(text)
    return dict(zip(parts[::2], parts[1::2], strict=True))


@lru_cache(maxsize=MOST_PHRASES)
def _as_stated(language: str, key: str) -> str:
    """A phrase with its gaps; in English if it must be."""
    phrase = _phrase(language, key)
    if phrase is None:
        english = _phrase("en", key)
        phrase = _marked(key if english is None else english, "en", language)
    return phrase


@lru_cache(maxsize=MOST_PHRASES)
def _pattern(language: str, key: str) -> str:
    """A phrase in which only its gaps are to be filled."""
    parts = _GAP.split(_as_stated(language, key))
    parts[::2] = [text.replace("{", "{{").replace("}", "}}") for text in parts[::2]]
    parts[1::2] = [f"{{{name}}}" for name in parts[1::2]]
    return "".join(parts)


class _Gaps(dict[str, str]):
    """The words for the gaps of a phrase. A gap that is given none stays as it is."""

    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"


def _marked(wording: str, language: str, wanted: str) -> str:
    """Words with a mark of their language, if it is not the one that is wanted."""
    return f"[{language}] {wording}" if language != wanted else wording


def with_notes(words: str, notes: Iterable[str]) -> str:
    """Words, followed by notes in brackets."""
    told = "; ".join([note for note in notes if note])
    return f"{words} ({told})" if told else words


class Wording:
    """The words of one language.

    Raises:
        InputError: the library has no phrases in that language.
    """

    def __init__(self, language: str) -> None:
        if language not in LANGUAGES:
            refuse(language, "unknown_value", one_of(LANGUAGES, language), path="language")
        self.language = language

    def say(self, key: str, **values: str) -> str:
        """A phrase by its key, such as ``answer.met``, with its gaps filled."""
        if not values:
            return _as_stated(self.language, key)
        return _pattern(self.language, key).format_map(_Gaps(values))

    def has(self, key: str) -> bool:
        """Whether there is such a phrase in any language."""
        return _phrase("en", key) is not None

    def title(self, text: Text) -> str:
        """A title of a country in this language."""
        wording, language = text.in_language(self.language)
        return _marked(wording, language, self.language)

    def term(self, term: Term) -> str:
        """A calendar length in words."""
        parts = [
            self.say(f"unit.{unit}" if number == 1 else f"unit.{unit}s", number=str(number))
            for unit, number in term.units()
        ]
        return " ".join(parts) or self.say("unit.days", number="0")
