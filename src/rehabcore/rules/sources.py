"""Where a rule, a figure or a title comes from, and how sure it is."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from attrs import field

from rehabcore.strict.checked import checked, codes_only
from rehabcore.strict.documents import encodable
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import (
    InputError,
    Problem,
    Problems,
    missing_key,
    one_of,
    refuse,
    shown_key,
)


class Status(StrEnum):
    """Whether data may be relied on. Whatever rests on a draft says so."""

    REVIEWED = "reviewed"
    """The cited text states it."""
    DRAFT = "draft"
    """Believed, translated or not yet checked against a text."""


@frozen(kw_only=True)
@checked
class Source:
    """A published text. ``dated`` is as precise as the text itself: a day, a month, a year."""

    source_id: str
    title: str
    publisher: str
    dated: str
    status: Status = Status.REVIEWED

    def _problems(self) -> Iterable[Problem]:
        return codes_only(self, "source_id")


@frozen
@checked
class Citation:
    """A place in a source, written ``source_id`` or ``source_id#place``."""

    source_id: str
    place: str = ""

    def _problems(self) -> Iterable[Problem]:
        if not self.source_id or "#" in self.source_id:
            expected = "the id of a source, without #"
            yield Problem.of(self.source_id, "bad_citation", expected, path="source_id")

    @classmethod
    def parse(cls, text: object) -> "Citation":
        """Read ``"xx-act-1#art-3"``.

        Raises:
            InputError: the text has no source id.
        """
        source_id, _, place = text.partition("#") if isinstance(text, str) else ("", "", "")
        try:
            return cls(source_id, place)
        except InputError:
            refuse(text, "bad_citation", 'a source and a place, such as "xx-act-1#art-3"')

    def __str__(self) -> str:
        return f"{self.source_id}#{self.place}" if self.place else self.source_id


def citing_problems(
    status: Status | None, cite: tuple[Citation, ...], sources: Mapping[str, Status]
) -> Iterable[Problem]:
    """The problems of a claimed status: only what cites a reviewed source can be reviewed.

    Args:
        status: the claim; None claims nothing.
        cite: the citations that support it.
        sources: the status of each source that may be cited, by its id.
    """
    if status is Status.REVIEWED and not cite:
        expected = "a citation, or the status draft"
        yield Problem(code="uncited", path="", found="nothing", expected=expected)
    for index, source_id in enumerate(citation.source_id for citation in cite):
        path = f"cite[{index}]"
        if source_id not in sources:
            expected = f"the id of a source: {one_of(sorted(sources), source_id)}"
            yield Problem.of(source_id, "dangling_id", expected, path=path)
        elif status is Status.REVIEWED and sources[source_id] is Status.DRAFT:
            expected = "a reviewed source, or the status draft"
            yield Problem.of(source_id, "draft_source", expected, path=path)


@frozen
@checked
class Text:
    """One text in several languages: pairs of language code and wording, sorted by code.

    ``drafts`` names the languages whose wording is this project's own translation.
    """

    wordings: tuple[tuple[str, str], ...]
    drafts: frozenset[str] = field(default=frozenset())

    @classmethod
    def of(cls, **wordings: str) -> "Text":
        """Make a text from keywords: ``Text.of(en="Bibliotherapy")``."""
        return cls(tuple(sorted(wordings.items())))

    def languages(self) -> tuple[str, ...]:
        """The languages that have a wording."""
        return tuple(language for language, _ in self.wordings)

    def in_language(self, language: str) -> tuple[str, str]:
        """The wording, and the language it is in: the one asked for, else English, else any.

        Raises:
            InputError: the language is not text.
        """
        known = dict(self.wordings)
        if not isinstance(language, str):
            refuse(language, "wrong_type", "the code of a language", path="language")
        for choice in (language, "en", *known):
            if choice in known:
                return known[choice], choice
        return "", language


def read_text(plain: object) -> Text:
    """Read ``{ en = "...", ka = "...", draft = ["ka"] }``.

    Raises:
        InputError: it is not such a table, or has no English wording.
    """
    if not isinstance(plain, dict):
        refuse(plain, "wrong_type", 'a table of wordings, such as { en = "..." }')
    problems = Problems()
    drafts: object = plain.get("draft", [])
    wordings = {key: value for key, value in plain.items() if key != "draft"}
    if "en" not in wordings:
        problems.add(missing_key("en"))
    for language, wording in wordings.items():
        if not isinstance(wording, str) or not wording.strip() or not encodable(wording):
            problems.note(wording, "wrong_type", "a text", path=shown_key(language))
    if not isinstance(drafts, list) or [d for d in drafts if d not in list(wordings)]:
        expected = "a list of languages that have a wording here"
        problems.note(drafts, "unknown_value", expected, path="draft")
    problems.done()
    return Text(tuple(sorted(wordings.items())), frozenset(plain.get("draft", [])))


def write_text(text: Text) -> dict[str, object]:
    """The inverse of ``read_text``."""
    return {**dict(text.wordings), **({"draft": sorted(text.drafts)} if text.drafts else {})}
