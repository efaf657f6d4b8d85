"""Moves: where transitions stand, who is accountable, what may follow; what was made."""

from collections.abc import Iterator
from datetime import date

from rehabcore.care.moves.requests import PossibleMove
from rehabcore.care.moves.responsibility import Tenure
from rehabcore.care.moves.stages import Misplaced, Task, TaskKind, TransitionSeen
from rehabcore.casework.results import MoveResult, MovesResult
from rehabcore.programs import Offer
from rehabcore.reports.hand_overs import open_goal
from rehabcore.reports.pages import Block, Folded, Heading, Item, Listing, Paragraph, listing
from rehabcore.reports.phrasing import Phrasing
from rehabcore.rules.judging.verdicts import Verdict
from rehabcore.rules.truth import Answer
from rehabcore.strict.vocabulary import TransitionEvent


def describe_moves(result: MovesResult, phrasing: Phrasing) -> Iterator[Block]:
    """Describe who is accountable, where each transition stands, and which moves may follow."""
    say, on = phrasing.wording.say, result.grounds.stamp.on
    yield Heading(1, say("moves.title", on=on.isoformat()))
    yield Paragraph(_accountable(result, phrasing))
    yield Heading(2, say("moves.tenures"))
    yield from listing((_tenure(one, phrasing) for one in result.tenures), say("moves.no_tenures"))
    yield Heading(2, say("moves.transitions"))
    transitions = (_transition(one, on, phrasing) for one in result.transitions)
    yield from listing(transitions, say("moves.no_transitions"))
    yield Heading(2, say("moves.possible"))
    yield from listing((_choice(one, phrasing) for one in result.possible), say("moves.no_move"))
    if phrasing.full:
        yield Folded(say("part.proof"), tuple(phrasing.proof(m.verdict) for m in result.possible))


def _accountable(result: MovesResult, phrasing: Phrasing) -> str:
    """The accountable office of the day, or why there is none."""
    say, on, told = phrasing.wording.say, result.grounds.stamp.on, result.tenures
    if result.tenure is not None:
        return say("moves.holder", office=result.tenure.office)
    if not told:
        return say("moves.nobody")
    if on < told[0].span.start:
        return say("moves.not_yet", office=told[0].office, day=told[0].span.start.isoformat())
    closed = max(
        one.span.end for one in told if isinstance(one.span.end, date) and one.span.end <= on
    )
    return say("moves.not_any_more", day=closed.isoformat())


def _tenure(tenure: Tenure, phrasing: Phrasing) -> Item:
    why = phrasing.code("taken_over", tenure.why.value)
    days = phrasing.days(tenure.span)
    return Item(phrasing.wording.say("moves.tenure", office=tenure.office, days=days, why=why))


def _transition(seen: TransitionSeen, on: date, phrasing: Phrasing) -> Item:
    say, code = phrasing.wording.say, phrasing.code
    words = say(
        "moves.transition",
        move=phrasing.wording.title(seen.title),
        preparation=code("preparation", seen.preparation.value),
        arrival=code("arrival", seen.arrival.value),
    )
    return Item(words, tuple(_of_transition(seen, on, phrasing)))


def _of_transition(seen: TransitionSeen, on: date, phrasing: Phrasing) -> Iterator[Item]:
    say = phrasing.wording.say
    for asked in seen.referrals:
        if asked.silent_from is not None:
            day = asked.silent_from.isoformat()
            yield Item(say("moves.silent", office=asked.office, day=day), tone="alert")
    if seen.taken_by:
        yield Item(say("moves.taken_by", office=seen.taken_by))
    if seen.lapsed_on is not None:
        yield Item(say("moves.lapsed", day=seen.lapsed_on.isoformat()))
    if seen.waived_by is not None:
        yield Item(say("moves.waived"))
    if seen.closed_on is not None and seen.closed_why is not None:
        why = phrasing.code("closing", seen.closed_why.value)
        yield Item(say("moves.closed", day=seen.closed_on.isoformat(), why=why))
    yield from (_misplaced(one, phrasing) for one in seen.misplaced)
    yield from missing_and_due(seen, on, phrasing)


def _misplaced(found: Misplaced, phrasing: Phrasing) -> Item:
    why = phrasing.code("misplaced", found.why.value)
    event = phrasing.code("event", found.event.value)
    say, could = phrasing.wording.say, [event for event in found.allowed if event in _FILED]
    record = say("reason.evidence", records=found.act)
    if not could:
        return Item(say("moves.misplaced", event=event, why=why, record=record), tone="alert")
    events = ", ".join(phrasing.code("event", code) for code in could)
    words = say("moves.misplaced_instead", event=event, why=why, record=record, events=events)
    return Item(words, tone="alert")


_FILED = frozenset(event.value for event in TransitionEvent)
"""The events that are filed; others follow from the days."""


def missing_and_due(seen: TransitionSeen, on: date, phrasing: Phrasing) -> Iterator[Item]:
    """That a move was unplanned, and what is due on a day, or was before, as lines of a list."""
    if seen.unplanned:
        yield Item(phrasing.wording.say("moves.unplanned"), tone="alert")
    yield from (_task(task, on, phrasing) for task in seen.tasks)


def _task(task: Task, on: date, phrasing: Phrasing) -> Item:
    say = phrasing.wording.say
    what = say(f"task.{task.kind.value}", item=phrasing.code("item", task.item))
    if task.due is None:
        return Item(what, tone="unknown")
    key = "moves.overdue" if task.due < on else "moves.due"
    return Item(say(key, task=what, day=task.due.isoformat()), tone="alert")


def _choice(possible: PossibleMove, phrasing: Phrasing) -> Item:
    return choice(phrasing.wording.title(possible.title), possible.verdict, phrasing)


def choice(what: str, verdict: Verdict, phrasing: Phrasing) -> Item:
    """Something that could be asked for, with the answer, and why it is not certainly allowed."""
    say, answer = phrasing.wording.say, verdict.answer
    words = say("moves.choice", move=what, answer=say(f"answer.{answer.value}"))
    why = phrasing.deciding(verdict) if answer is not Answer.MET else ()
    return Item(words, why, tone=answer.value)


def describe_move(result: MoveResult, phrasing: Phrasing) -> Iterator[Block]:
    """Describe where the person goes, what goes along and is due, and whether it was allowed."""
    made, say = result.made, phrasing.wording.say
    move = phrasing.wording.title(result.move_title)
    yield Heading(1, say("move.title", move=move, on=made.on.isoformat()))
    if made.from_holder:
        yield Paragraph(say("move.from_to", from_holder=made.from_holder, to_holder=made.to_holder))
    else:
        yield Paragraph(say("move.from_nobody", to_holder=made.to_holder))
    tasks = () if result.transition is None else result.transition.tasks
    if any(task.kind is TaskKind.FIND_AN_OFFICE for task in tasks) and made.from_holder:
        yield Paragraph(say("move.stays_accountable", from_holder=made.from_holder))
    yield Heading(2, say("move.items"))
    along = [open_goal(goal, phrasing, made.on) for goal in made.goals]
    along += [_after(offer, phrasing) for offer in made.offers]
    yield from listing(along, say("move.no_items"))
    if result.transition is not None:
        yield Heading(2, say("move.due"))
        due = missing_and_due(result.transition, made.on, phrasing)
        yield from listing(due, say("move.nothing_due"))
    allowed = result.verdict.answer is Answer.MET
    if not allowed:
        yield Heading(2, say("move.not_allowed"))
        yield Listing(phrasing.deciding(result.verdict))
    if phrasing.full:
        why = say("move.allowed" if allowed else "part.proof")
        yield Folded(why, phrasing.reasons(result.verdict))


def _after(offer: Offer, phrasing: Phrasing) -> Item:
    say = phrasing.wording.say
    answer = say("move.after", answer=say(f"answer.{offer.answer.value}"))
    return Item(f"{phrasing.program(offer.program_id)}: {answer}", tone=offer.answer.value)
