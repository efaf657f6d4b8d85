"""Each kind of result as a document."""

from collections.abc import Iterable, Iterator

from rehabcore.care.moves import TransitionNotAllowed
from rehabcore.casework.decisions import Comparison, Decision
from rehabcore.casework.results import (
    Grounds,
    MatchResult,
    MoveResult,
    NearResult,
    NeedsResult,
    PlanResult,
    Result,
    TimelineResult,
)
from rehabcore.instruments import Instrument, ScoreResult
from rehabcore.plans import Act, Gap, Goal, Plan, Step
from rehabcore.programs import Offer
from rehabcore.reports.decisions import describe_comparison, describe_decision
from rehabcore.reports.instruments import describe_instrument
from rehabcore.reports.near_misses import describe_ways
from rehabcore.reports.needs import describe_needs, need_item, order, planned
from rehabcore.reports.pages import Block, Heading, Item, Listing, Paragraph
from rehabcore.reports.phrasing import Phrasing
from rehabcore.reports.scores import describe_score
from rehabcore.reports.timelines import describe_timeline
from rehabcore.reports.wording import Wording
from rehabcore.rules.sources import Source
from rehabcore.rules.truth import Answer

_ORDER = (Answer.MET, Answer.UNKNOWN, Answer.NOT_MET)


Explained = Result | Decision | Comparison | ScoreResult | Instrument
"""What can be explained."""


def describe(
    result: Explained, wording: Wording, *, brief: bool, detail: bool = False
) -> Iterator[Block]:
    """The blocks that say what a result says."""
    if isinstance(result, ScoreResult):
        yield from describe_score(result, wording, brief=brief, detail=detail)
    elif isinstance(result, Instrument):
        yield from describe_instrument(result, wording, brief=brief)
    else:
        yield from _describe(result, wording, brief)


def _describe(
    result: Result | Decision | Comparison, wording: Wording, brief: bool
) -> Iterator[Block]:
    """The blocks of what was answered under the rules of a country."""
    phrasing = Phrasing(wording, result.grounds, brief)
    match result:
        case MatchResult():
            yield from _match(result, phrasing)
        case NearResult():
            yield from describe_ways(result, phrasing)
        case TimelineResult():
            yield from describe_timeline(result, phrasing)
        case NeedsResult():
            yield from describe_needs(result, phrasing)
        case PlanResult():
            yield from _plan(result, phrasing)
        case Decision():
            yield from describe_decision(result, phrasing)
        case Comparison():
            yield from describe_comparison(result, phrasing)
        case _:
            yield from _move(result, phrasing)
    yield from _stamp(result.grounds, phrasing)


def describe_refusal(refusal: TransitionNotAllowed, wording: Wording) -> Iterator[Block]:
    """The blocks that say why a move was refused."""
    phrasing = Phrasing(wording, None)
    yield Heading(1, wording.say("move.refused", move=phrasing.heading(refusal.verdict.criterion)))
    yield Paragraph(wording.say("move.unchanged"))
    yield Heading(2, wording.say("move.why"))
    yield Listing(phrasing.reasons(refusal.verdict))


def _match(result: MatchResult, phrasing: Phrasing) -> Iterator[Block]:
    say = phrasing.wording.say
    yield Heading(1, say("match.title", on=result.grounds.stamp.on.isoformat()))
    number = {answer: sum(offer.answer is answer for offer in result.offers) for answer in Answer}
    counts = {answer.value: str(count) for answer, count in number.items()}
    yield Paragraph(say("match.counts", all=str(len(result.offers)), **counts))
    yield Paragraph(say("match.advice"))
    for answer in _ORDER:
        offers = [offer for offer in result.offers if offer.answer is answer]
        if offers:
            yield Heading(2, say(f"answer.{answer.value}"))
            yield Listing(tuple(_offer(offer, phrasing) for offer in offers))


def _offer(offer: Offer, phrasing: Phrasing) -> Item:
    say = phrasing.wording.say
    title = f"{phrasing.program(offer.program_id)}: {say(f'answer.{offer.answer.value}')}"
    if not offer.verdict.in_force:
        dates = phrasing.dates(offer.verdict.criterion.about.in_force)
        return Item(title, (Item(say("match.not_in_force", dates=dates)),), tone="not_met")
    return Item(title, phrasing.reasons(offer.verdict), tone=offer.answer.value)


def _plan(result: PlanResult, phrasing: Phrasing) -> Iterator[Block]:
    plan, say = result.plan, phrasing.wording.say
    yield Heading(1, say("plan.title", on=plan.drafted_on.isoformat()))
    yield Paragraph(say("plan.component", document=phrasing.wording.title(plan.component_of)))
    yield Paragraph(
        say("plan.holder", holder=plan.holder) if plan.holder else say("plan.no_holder")
    )
    yield Paragraph(
        say("plan.review", day=plan.review_due.isoformat())
        if plan.review_due
        else say("plan.no_review")
    )
    yield Paragraph(say("match.advice"))
    yield from _plan_body(plan, phrasing)


def _plan_body(plan: Plan, phrasing: Phrasing) -> Iterator[Block]:
    say = phrasing.wording.say
    yield Heading(2, say("plan.needs"))
    yield Listing(tuple(need_item(need, phrasing) for need in plan.needs))
    yield Heading(2, say("plan.goals"))
    yield from _listing((_goal(goal, phrasing) for goal in plan.goals), say("plan.no_goals"))
    yield Heading(2, say("plan.gaps"))
    yield from _listing((_gap(gap, phrasing) for gap in plan.uncovered), say("plan.no_gaps"))
    if plan.dosage is not None:
        yield from planned(plan.dosage, phrasing)
    if plan.turns:
        yield from order(plan.turns, phrasing)
    if plan.draft_data and not phrasing.brief:
        yield Heading(2, say("plan.drafts"))
        yield Listing(tuple(Item(name) for name in plan.draft_data))


def _goal(goal: Goal, phrasing: Phrasing) -> Item:
    say = phrasing.wording.say
    known = goal.needs[0].level is not None
    words = (
        say("plan.goal", domain=phrasing.code("domain", goal.needs[0].domain))
        if known
        else say("plan.assessment")
    )
    return Item(words, tuple(_step(step, goal, phrasing) for step in goal.steps))


def _step(step: Step, goal: Goal, phrasing: Phrasing) -> Item:
    words = _act(step, goal, phrasing)
    if step.act is not Act.ENROL:
        below = tuple(_offer(offer, phrasing) for offer in step.offers)
        return Item(words, below, tone="unknown")
    notes = [
        phrasing.wording.say(
            key, **{name: ", ".join(phrasing.code(name, c) for c in sorted(codes))}
        )
        for key, name, codes in (
            ("plan.basis", "basis", step.basis),
            ("plan.delivered_by", "who", step.delivered_by),
        )
        if codes
    ]
    words = f"{words} ({'; '.join(notes)})" if notes else words
    return Item(words, phrasing.reasons(step.offers[0].verdict), tone="met")


def _act(step: Step, goal: Goal, phrasing: Phrasing) -> str:
    if step.act is Act.ASSESS:
        domains = ", ".join(phrasing.code("domain", need.domain) for need in goal.needs)
        return phrasing.wording.say("act.assess", domains=domains)
    programs = "; ".join(phrasing.program(program_id) for program_id in step.programs)
    return phrasing.wording.say(f"act.{step.act.value}", program=programs)


def _gap(gap: Gap, phrasing: Phrasing) -> Item:
    domain = phrasing.code("domain", gap.domain)
    words = f"{domain}: {phrasing.wording.say(f'gap.{gap.reason.value}')}"
    return Item(words, tuple(_offer(offer, phrasing) for offer in gap.offers))


def _move(result: MoveResult, phrasing: Phrasing) -> Iterator[Block]:
    hand_over, say = result.hand_over, phrasing.wording.say
    move = phrasing.wording.title(result.move_title)
    yield Heading(1, say("move.title", move=move, on=hand_over.on.isoformat()))
    yield Paragraph(
        say("move.hand_over", from_holder=hand_over.from_holder, to_holder=hand_over.to_holder)
    )
    yield Heading(2, say("move.allowed"))
    yield Listing(phrasing.reasons(result.verdict))
    yield Heading(2, say("move.items"))
    goals = result.plan.goals if result.plan is not None else ()
    called = {step.step_id: _act(step, goal, phrasing) for goal in goals for step in goal.steps}
    items = (
        Item(called[item.step_id], tuple(_after(offer, phrasing) for offer in item.offers))
        for item in hand_over.items
    )
    yield from _listing(items, say("move.no_items"))


def _after(offer: Offer, phrasing: Phrasing) -> Item:
    say = phrasing.wording.say
    answer = say("move.after", answer=say(f"answer.{offer.answer.value}"))
    return Item(f"{phrasing.program(offer.program_id)}: {answer}", tone=offer.answer.value)


def _listing(items: Iterable[Item], if_none: str) -> Iterator[Block]:
    items = tuple(items)
    yield Listing(items) if items else Paragraph(if_none)


def _stamp(grounds: Grounds, phrasing: Phrasing) -> Iterator[Block]:
    stamp, say = grounds.stamp, phrasing.wording.say
    yield Heading(2, say("part.sources"))
    yield Paragraph(say("stamp.rules", packs=", ".join(stamp.packs), library=stamp.library))
    yield Paragraph(
        say("stamp.known_at", known_at=stamp.known_at.isoformat())
        if stamp.known_at
        else say("stamp.known_all")
    )
    if not phrasing.brief:
        yield Listing(tuple(_source(source, phrasing.wording) for source in grounds.sources))


def _source(source: Source, wording: Wording) -> Item:
    words = wording.say(
        "part.source",
        id=source.source_id,
        title=source.title,
        publisher=source.publisher,
        dated=source.dated,
    )
    return Item(f"{words} ({wording.say(f'part.{source.status.value}')})")
