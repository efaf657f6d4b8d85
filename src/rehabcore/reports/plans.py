"""A drafted plan as a document: needs, goals with their steps, what stays uncovered and why."""

from collections.abc import Iterator

from rehabcore.plans import Act, Gap, Goal, Plan, Step
from rehabcore.programs import Offer
from rehabcore.reports.needs import need_item, order, planned
from rehabcore.reports.pages import Block, Folded, Heading, Item, Listing, Paragraph, listing
from rehabcore.reports.phrasing import Phrasing
from rehabcore.reports.reasons import groups, proofs
from rehabcore.reports.wording import with_notes
from rehabcore.rules.truth import Answer


def describe_plan(plan: Plan, phrasing: Phrasing) -> Iterator[Block]:
    """Describe what to decide on, what to find out first, and what the plan leaves uncovered."""
    say = phrasing.wording.say
    yield Heading(1, say("plan.title", on=plan.drafted_on.isoformat()))
    yield Paragraph(say("plan.component", document=phrasing.wording.title(plan.component_of)))
    yield Paragraph(
        say("plan.holder", holder=plan.holder) if plan.holder else say("plan.no_holder")
    )
    yield Paragraph(_review(plan, phrasing))
    if plan.draft_data:
        yield Paragraph(say("plan.draft_count", count=str(len(plan.draft_data))))
    yield Paragraph(say("match.advice"))
    yield Heading(2, say("plan.needs"))
    yield Listing(tuple(need_item(need, phrasing) for need in plan.needs))
    yield Heading(2, say("plan.goals"))
    yield from listing(
        (_goal(goal, phrasing) for goal in plan.goals),
        say("plan.nothing" if plan.died else "plan.no_goals"),
    )
    if not plan.died:
        yield Heading(2, say("plan.gaps"))
        yield from listing((_gap(gap, phrasing) for gap in plan.uncovered), say("plan.no_gaps"))
    if plan.dosage is not None:
        yield from planned(plan.dosage, phrasing)
    if plan.turns:
        yield from order(plan.turns, phrasing)
    if plan.draft_data and phrasing.full:
        yield Folded(say("plan.drafts"), tuple(map(Item, plan.draft_data)))
    yield from proofs(plan.offers, phrasing)


def _review(plan: Plan, phrasing: Phrasing) -> str:
    if plan.died:
        return phrasing.wording.say("plan.died")
    if plan.review_due is None:
        return phrasing.wording.say("plan.no_review")
    return phrasing.wording.say("plan.review", day=plan.review_due.isoformat())


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
    words = act_told(step, goal, phrasing)
    if step.act is not Act.ENROL:
        return Item(words, _to_clarify(step.offers, goal, phrasing), tone="unknown")
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
    return Item(with_notes(words, notes), tone="met")


def _to_clarify(offers: tuple[Offer, ...], goal: Goal, phrasing: Phrasing) -> tuple[Item, ...]:
    """The facts that have to be known: by programme, unless all of the step's wait for the same.

    Of a programme that is open it is only not known whether it serves the need.
    """
    serving = [offer for offer in offers if offer.answer is Answer.MET]
    asked = tuple([offer for offer in offers if offer not in serving])
    domains = ", ".join(phrasing.code("domain", need.domain) for need in goal.needs)
    parts = tuple(
        Item(phrasing.wording.say("plan.which_part", program=program, domain=domains))
        for program in (phrasing.program(offer.program_id) for offer in serving)
    )
    grouped = groups(asked, phrasing)
    if len(grouped) > 1:
        return (*parts, *grouped)
    return (*parts, *(phrasing.deciding(asked[0].verdict) if asked else ()))


def act_told(step: Step, goal: Goal, phrasing: Phrasing) -> str:
    """The act that a step calls for, in words."""
    if step.act is Act.ASSESS:
        domains = ", ".join(phrasing.code("domain", need.domain) for need in goal.needs)
        return phrasing.wording.say("act.assess", domains=domains)
    programs = "; ".join(phrasing.program(program_id) for program_id in step.programs)
    return phrasing.wording.say(f"act.{step.act.value}", program=programs)


def _gap(gap: Gap, phrasing: Phrasing) -> Item:
    """Why a need is uncovered. Facts to find out are left out, since steps already tell them."""
    domain = phrasing.code("domain", gap.domain)
    words = f"{domain}: {phrasing.wording.say(f'gap.{gap.reason.value}')}"
    closed = [offer for offer in gap.offers if offer.answer is Answer.NOT_MET]
    return Item(words, groups(closed, phrasing))
