"""Moves that were made, with what was handed over; and moves that were refused."""

from collections.abc import Iterator

from rehabcore.care.moves.requests import TransitionNotAllowed
from rehabcore.casework.results import MoveResult
from rehabcore.programs import Offer
from rehabcore.reports.pages import Block, Folded, Heading, Item, Listing, Paragraph
from rehabcore.reports.phrasing import Phrasing
from rehabcore.reports.plans import act_told, listing


def describe_move(result: MoveResult, phrasing: Phrasing) -> Iterator[Block]:
    """Describe who is accountable now, what is handed over, and why the move was allowed."""
    hand_over, say = result.hand_over, phrasing.wording.say
    move = phrasing.wording.title(result.move_title)
    yield Heading(1, say("move.title", move=move, on=hand_over.on.isoformat()))
    yield Paragraph(
        say("move.hand_over", from_holder=hand_over.from_holder, to_holder=hand_over.to_holder)
    )
    yield Heading(2, say("move.items"))
    goals = result.plan.goals if result.plan is not None else ()
    called = {step.step_id: act_told(step, goal, phrasing) for goal in goals for step in goal.steps}
    items = (
        Item(called[item.step_id], tuple(_after(offer, phrasing) for offer in item.offers))
        for item in hand_over.items
    )
    yield from listing(items, say("move.no_items"))
    if phrasing.full:
        yield Folded(say("move.allowed"), phrasing.reasons(result.verdict))


def _after(offer: Offer, phrasing: Phrasing) -> Item:
    say = phrasing.wording.say
    answer = say("move.after", answer=say(f"answer.{offer.answer.value}"))
    return Item(f"{phrasing.program(offer.program_id)}: {answer}", tone=offer.answer.value)


def describe_refusal(refusal: TransitionNotAllowed, phrasing: Phrasing) -> Iterator[Block]:
    """Describe why a move was refused."""
    verdict, say = refusal.verdict, phrasing.wording.say
    yield Heading(1, say("move.refused", move=phrasing.heading(verdict.criterion)))
    yield Paragraph(say("move.unchanged"))
    yield Heading(2, say("move.why"))
    yield Listing(phrasing.deciding(verdict))
    if phrasing.full:
        yield Folded(say("part.proof"), phrasing.reasons(verdict))
