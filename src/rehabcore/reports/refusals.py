"""Requests that were refused: to move, in a transition, a stay, a diversion, or about a plan."""

from collections.abc import Iterator

from rehabcore.care.moves.refusals import MOVES_TABLE
from rehabcore.reports.moves import choice
from rehabcore.reports.pages import Block, Folded, Heading, Item, Listing, Paragraph, listing
from rehabcore.reports.phrasing import Phrasing
from rehabcore.rules.machines.requests import Possibility, RequestRefused
from rehabcore.rules.truth import Answer

_GROUPS = {
    "transition": ("preparation", "event"),
    "arrival": ("arrival", "event"),
    "residency": ("stay_state", "stay_event"),
    "diversion": ("diversion_state", "diversion_event"),
    "plan_life": ("plan_life", "plan_life"),
    "agreement": ("agreement", "agreement"),
    "signature": ("signature", "signature"),
    "goal": ("goal_status", "goal_status"),
    "step": ("step_status", "step_status"),
    MOVES_TABLE: ("setting", "move_id"),
}
"""The groups of phrases for the states and the events of a table."""


def describe_refusal(refusal: RequestRefused, phrasing: Phrasing) -> Iterator[Block]:
    """Describe why a request was refused, and what could be asked for instead."""
    say = phrasing.wording.say
    states, events = _GROUPS.get(refusal.table, ("", ""))
    of_moves = refusal.table == MOVES_TABLE
    what = phrasing.code(events, refusal.event)
    if of_moves:
        what = phrasing.heading(refusal.verdicts[0].criterion)
    yield Heading(1, say("move.refused", move=what))
    yield Paragraph(say("move.unchanged"))
    yield Heading(2, say("move.why"))
    yield Listing(tuple(_why(refusal, phrasing.code(states, refusal.state), phrasing)))
    yield Heading(2, say("moves.possible" if of_moves else "refusal.possible"))
    choices = (_choice(one, events, phrasing) for one in refusal.offered)
    yield from listing(choices, say("moves.no_move" if of_moves else "refusal.nothing"))
    if phrasing.full:
        for verdict in refusal.verdicts:
            yield Folded(say("part.proof"), phrasing.reasons(verdict))


def _why(refusal: RequestRefused, state: str, phrasing: Phrasing) -> Iterator[Item]:
    """Why the table does not have it where the object stands, and which guards are not met."""
    for misfit in refusal.misfits:
        words = phrasing.code("misfit", misfit.value)
        if refusal.state:
            words = phrasing.wording.say("refusal.misfit", why=words, state=state)
        yield Item(words, tone="alert")
    for verdict in refusal.verdicts:
        yield from phrasing.deciding(verdict)


def _choice(one: Possibility, events: str, phrasing: Phrasing) -> Item:
    what = phrasing.code(events, one.arrow.event)
    if one.verdict is None:
        return Item(what, tone=Answer.MET.value)
    if events == "move_id":
        what = phrasing.heading(one.verdict.criterion)
    return choice(what, one.verdict, phrasing)
