"""The stamp of an answer, and the texts that its proofs cite."""

from collections.abc import Collection, Iterable, Iterator
from itertools import chain

from rehabcore.casework.results import Grounds
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.reports.pages import Block, Heading, Item, Listing, Paragraph
from rehabcore.reports.wording import Wording
from rehabcore.rules.criteria import Criterion, parts_of
from rehabcore.rules.judging.verdicts import Verdict
from rehabcore.rules.sources import Citation, Source


def describe_sources(
    grounds: Jurisdiction | Grounds | None, cited: Collection[str], wording: Wording
) -> Iterator[Block]:
    """Describe the stamp of a result, and the cited texts among the sources of its country.

    Args:
        grounds: what has the stamp and the sources.
        cited: the ids of the texts that are cited.
        wording: the language.
    """
    say = wording.say
    known = () if grounds is None else grounds.sources
    items = tuple([_source(one, wording) for one in known if one.source_id in cited])
    if items or isinstance(grounds, Grounds):
        yield Heading(2, say("part.sources"))
    if isinstance(grounds, Grounds):
        stamp = grounds.stamp
        yield Paragraph(say("stamp.rules", packs=", ".join(stamp.packs), library=stamp.library))
        yield Paragraph(
            say("stamp.known_at", known_at=stamp.known_at.isoformat())
            if stamp.known_at
            else say("stamp.known_all")
        )
    if items:
        yield Listing(items)


def _source(source: Source, wording: Wording) -> Item:
    words = wording.say(
        "part.source",
        id=source.source_id,
        title=source.title,
        publisher=source.publisher,
        dated=source.dated,
    )
    return Item(f"{words} ({wording.say(f'part.{source.status.value}')})")


def cited_by(verdicts: Iterable[Verdict]) -> Iterator[Citation]:
    """The citations of the comparisons that verdicts rest on, which a full proof also names."""
    leaves = chain.from_iterable(verdict.reasons() for verdict in verdicts)
    return chain.from_iterable(leaf.criterion.about.cite for leaf in leaves)


def cited_in(criterion: Criterion) -> Iterator[Citation]:
    """The citations of a rule and all its parts."""
    yield from criterion.about.cite
    for part in parts_of(criterion):
        yield from cited_in(part)
