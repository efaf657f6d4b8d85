"""Laws of words: what is cited is among the sources, and titles are told in every language."""

from collections.abc import Iterator
from typing import Any

import attrs

from rehabcore.jurisdictions.country import Jurisdiction
from rehabcore.jurisdictions.pack_laws.findings import PackFinding, PackStanding
from rehabcore.records import Glossary
from rehabcore.rules.sources import Citation, Text
from rehabcore.strict.frozen import field_names, is_unfinished
from rehabcore.strict.problems import listed

CITATIONS_RESOLVE = "citations_resolve"
TITLES_TRANSLATED = "titles_translated"

_LISTS = ("rules", "programs", "moves", "unit_profiles", "derived", "plan_policy", "risk_policy")
"""The parts of a country, besides its glossary, that hold titles and citations."""


def citations_resolve(country: Jurisdiction) -> Iterator[PackFinding]:
    """For every part of a country, whether all that it cites is among the sources."""
    sources = {source.source_id for source in country.sources}
    for about, part in _parts(country):
        cited = dict.fromkeys(one for _, one in _walk(part, about) if isinstance(one, Citation))
        lost = [str(citation) for citation in cited if citation.source_id not in sources]
        if cited:
            yield PackFinding(
                law_id=CITATIONS_RESOLVE,
                about=about,
                standing=PackStanding.BROKEN if lost else PackStanding.PROVED,
                told=f"no source for {listed(lost)}" if lost else "",
            )


def titles_translated(country: Jurisdiction) -> Iterator[PackFinding]:
    """For every part of a country and each of its languages, whether all titles are told in it.

    A title that stands in several parts, such as that of a named rule, is looked at in the first.
    """
    seen = set[Text]()
    for about, part in _parts(country):
        titles: dict[Text, str] = {}
        for path, one in _walk(part, ""):
            if isinstance(one, Text) and one not in seen:
                titles[one] = path.strip(".")
                seen.add(one)
        for language in country.languages if titles else ():
            lacks = [path for title, path in titles.items() if language not in title.languages()]
            told = f"{len(lacks)} of {len(titles)} are not told in it: {listed(lacks)}"
            yield PackFinding(
                law_id=TITLES_TRANSLATED,
                about=f"{about}.{language}",
                standing=PackStanding.BROKEN if lacks else PackStanding.PROVED,
                told=told if lacks else "",
            )


def _parts(country: Jurisdiction) -> Iterator[tuple[str, object]]:
    for name in field_names(Glossary):
        yield f"glossary.{name}", getattr(country.glossary, name)
    for name in _LISTS:
        yield name, getattr(country, name)


def _walk(stated: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Every text and citation in something that a country states, each with its path."""
    if isinstance(stated, Text | Citation):
        yield path, stated
    elif hasattr(stated, "items"):
        for key, one in stated.items():
            yield from _walk(one, f"{path}.{key}")
    elif isinstance(stated, tuple):
        for index, one in enumerate(stated):
            yield from _walk(one, f"{path}.{_name_of(one) or index}")
    elif is_unfinished(type(stated)) or attrs.has(type(stated)):
        for name in field_names(type(stated)):
            yield from _walk(getattr(stated, name), path if name == "title" else f"{path}.{name}")


def _name_of(stated: object) -> str:
    """The id of something in a list, where it has one."""
    names = ("id", "program_id", "move_id", "profile_id", "phase_id")
    return next((getattr(stated, name) for name in names if hasattr(stated, name)), "")
