"""Offers grouped by their reasons, and the proofs behind them."""

from collections.abc import Iterable, Iterator

from rehabcore.programs import Offer
from rehabcore.reports.pages import Block, Folded, Item
from rehabcore.reports.phrasing import Phrasing
from rehabcore.reports.wording import with_notes
from rehabcore.rules.facts import Assumption, Known
from rehabcore.rules.truth import Answer


def groups(offers: Iterable[Offer], phrasing: Phrasing) -> tuple[Item, ...]:
    """Offers grouped by their reasons, so that a reason shared by many is told once.

    Open offers are only named, because nothing has to be done about their reasons.
    """
    grouped: dict[tuple[Item, ...], list[Offer]] = {}
    for number, offer in enumerate(offers):
        met = offer.answer is Answer.MET
        reasons = (Item(str(number)),) if met else phrasing.deciding(offer.verdict)
        grouped.setdefault(reasons, []).append(offer)
    return tuple([_group(some, reasons, phrasing) for reasons, some in grouped.items()])


def _group(offers: list[Offer], reasons: tuple[Item, ...], phrasing: Phrasing) -> Item:
    answer = offers[0].answer
    named = [Item(_named(offer, phrasing)) for offer in offers]
    if len(offers) > 1:
        words = phrasing.wording.say("match.several", count=str(len(offers)))
        return Item(words, (*reasons, *named), answer.value)
    return Item(named[0].words, () if answer is Answer.MET else reasons, answer.value)


def _named(offer: Offer, phrasing: Phrasing) -> str:
    """The title, with warnings that the reasons do not tell, such as a draft of law."""
    say, verdict = phrasing.wording.say, offer.verdict
    words = phrasing.program(offer.program_id)
    if offer.answer is Answer.NOT_MET:
        return words
    drafts = [node for node in phrasing.drafts(verdict) if node.answer is not Answer.UNKNOWN]
    cells = [leaf.cell for leaf in verdict.reasons()]
    assumed = [cell.assumption for cell in cells if isinstance(cell, Known)]
    warned = (Assumption.OUTSIDE_POPULATION, Assumption.CONTESTED)
    notes = [say(f"reason.{one.value}") for one in warned if one in assumed]
    return with_notes(words, [*notes, *([say("reason.draft")] if drafts else [])])


def proofs(offers: Iterable[Offer], phrasing: Phrasing) -> Iterator[Block]:
    """The whole proof of each offer, each once; empty unless proofs are to be told."""
    if phrasing.full:
        each = {offer.program_id: offer for offer in offers}
        items = tuple(_proof(offer, phrasing) for offer in each.values())
        yield Folded(phrasing.wording.say("part.proofs"), items)


def _proof(offer: Offer, phrasing: Phrasing) -> Item:
    answer = phrasing.wording.say(f"answer.{offer.answer.value}")
    words = f"{phrasing.program(offer.program_id)}: {answer}"
    return Item(words, phrasing.reasons(offer.verdict), tone=offer.answer.value)
