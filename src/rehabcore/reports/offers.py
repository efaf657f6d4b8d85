"""Offers of a day as a document: open ones, those that lack an answer, closed ones."""

from collections.abc import Iterator

from rehabcore.casework.results import MatchResult
from rehabcore.programs import Offer
from rehabcore.reports.pages import Block, Folded, Heading, Listing, Paragraph
from rehabcore.reports.phrasing import Phrasing
from rehabcore.reports.reasons import groups, proofs
from rehabcore.rules.judging.verdicts import Verdict


def describe_match(result: MatchResult, phrasing: Phrasing) -> Iterator[Block]:
    """Describe what is open, what needs an answer and from whom, what is closed and why."""
    say = phrasing.wording.say
    parts = {"met": result.met, "unknown": result.unknown, "not_met": result.not_met}
    counts = {name: str(len(offers)) for name, offers in parts.items()}
    yield Heading(1, say("match.title", on=result.grounds.stamp.on.isoformat()))
    yield Paragraph(say("match.counts", all=str(len(result.offers)), **counts))
    yield Paragraph(say("match.advice"))
    for name, offers in parts.items():
        if offers:
            yield Heading(2, say(f"match.{name}"))
            yield Listing(groups(offers, phrasing))
    yield from proofs(result.offers, phrasing)


def describe_offer(offer: Offer, phrasing: Phrasing) -> Iterator[Block]:
    """Describe the answer of one programme, its reasons, and its ways if they were asked for."""
    yield from describe_verdict(offer.verdict, phrasing, phrasing.program(offer.program_id))
    if offer.ways:
        from rehabcore.reports.near_misses import way_item  # few offers have any

        ways = (way_item(way, offer.verdict, phrasing) for way in offer.ways)
        yield Heading(2, phrasing.wording.say("near.ways"))
        yield Listing(tuple(ways))


def describe_verdict(
    verdict: Verdict, phrasing: Phrasing, title: str | None = None
) -> Iterator[Block]:
    """Describe the answer of a rule, its reasons, and the proof."""
    say = phrasing.wording.say
    title = phrasing.heading(verdict.criterion) if title is None else title
    answer, on = say(f"answer.{verdict.answer.value}"), verdict.on.isoformat()
    yield Heading(1, say("offer.title", program=title, on=on, answer=answer))
    yield Paragraph(say("match.advice"))
    yield Listing(phrasing.deciding(verdict))
    if phrasing.full:
        yield Folded(say("part.proof"), phrasing.reasons(verdict))
