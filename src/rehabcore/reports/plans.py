"""A drafted plan as a document: its work, why each programme is in it, and others are not."""

from collections.abc import Iterator

from rehabcore.care.needs import NeedSeen
from rehabcore.care.plans.drafting.drafts import Draft
from rehabcore.care.plans.drafting.reasons import DraftChoice, PassedOver, PassedReason
from rehabcore.casework.plan_results import PlanResult
from rehabcore.plans import GoalKind, PlanContent
from rehabcore.reports.needs import need_item, order, planned
from rehabcore.reports.officer_pages import short_of, work_of
from rehabcore.reports.pages import Block, Folded, Heading, Item, Listing, Paragraph, listing
from rehabcore.reports.phrasing import Phrasing
from rehabcore.reports.reasons import groups, proofs
from rehabcore.reports.wording import with_notes
from rehabcore.strict.vocabulary import ProgramId


def describe_plan(result: PlanResult, phrasing: Phrasing) -> Iterator[Block]:
    """Describe a draft: needs and goals, what is to be done, and the reasons of every choice."""
    say, draft, content = phrasing.wording.say, result.draft, result.content
    yield Heading(1, say("plan.title", on=content.starts.isoformat()))
    document = phrasing.wording.title(content.component_of)
    yield Paragraph(say("plan.component", document=document))
    yield Paragraph(
        say("plan.holder", holder=content.holder) if content.holder else say("plan.no_holder")
    )
    yield Paragraph(_review(result, phrasing))
    if draft.draft_data:
        yield Paragraph(say("plan.draft_count", count=str(len(draft.draft_data))))
    yield Paragraph(say("match.advice"))
    if not draft.complete:
        yield Paragraph(say("draft.not_all_weighed"))
    yield Heading(2, say("plan.needs"))
    yield Listing(tuple(_need(need, content, phrasing) for need in content.needs))
    why = {one.program_id: _chosen(one, phrasing) for one in draft.choices}
    yield from work_of(content, phrasing, on=content.starts, why=why)
    yield Heading(2, say("draft.passed_over"))
    yield from listing(_all_passed(draft, phrasing), say("plan.nothing"))
    if draft.dosage is not None:
        yield from planned(draft.dosage, phrasing)
    if content.shortfall is not None:
        yield short_of(content.shortfall, phrasing)
    if draft.turns:
        yield from order(draft.turns, phrasing)
    if draft.draft_data and phrasing.full:
        yield Folded(say("plan.drafts"), tuple(map(Item, draft.draft_data)))
    yield from proofs(draft.offers, phrasing)


def _review(result: PlanResult, phrasing: Phrasing) -> str:
    say, review = phrasing.wording.say, result.content.review_due
    if result.died:
        return say("plan.died")
    return say("plan.no_review") if review is None else say("plan.review", day=review.isoformat())


def _need(need: NeedSeen, content: PlanContent, phrasing: Phrasing) -> Item:
    """A need, and the day by which it is to be lowered."""
    seen = need_item(need, phrasing)
    targets = [
        goal.target
        for goal in content.goals
        if goal.kind is GoalKind.NEED and need.domain in goal.needs and goal.target is not None
    ]
    told = [phrasing.wording.say("draft.goal_by", day=day.isoformat()) for day in targets]
    return seen._replace(words=with_notes(seen.words, told))


def _chosen(choice: DraftChoice, phrasing: Phrasing) -> str:
    say = phrasing.wording.say
    notes = [phrasing.code("domain", domain) for domain in choice.needs]
    if choice.otherwise is not None:
        notes.append(say("draft.otherwise", program=phrasing.program(choice.otherwise)))
    if choice.note:
        notes.append(say("draft.again", reason=choice.note))
    return with_notes(say(f"chosen.{choice.why.value}"), notes)


def _all_passed(draft: Draft, phrasing: Phrasing) -> Iterator[Item]:
    """The programmes that are not in it, by reason; but for those that somebody is asked about."""
    grouped, closed = dict[str, list[Item]](), set[ProgramId]()
    for one in draft.passed_over:
        if one.why is PassedReason.CLOSED and phrasing.full:
            closed.add(one.program_id)
        elif one.why is not PassedReason.ASKED:
            grouped.setdefault(one.why.value, []).append(_passed(one, phrasing))
    for why, programs in grouped.items():
        yield Item(phrasing.code("passed", why), tuple(programs))
    yield from groups((one for one in draft.offers if one.program_id in closed), phrasing)


def _passed(passed: PassedOver, phrasing: Phrasing) -> Item:
    say, program = phrasing.wording.say, phrasing.program
    notes = []
    if passed.other is not None:
        notes.append(say("draft.because_of", program=program(passed.other)))
    if passed.day is not None:
        notes.append(say("draft.day", day=passed.day.isoformat()))
    return Item(with_notes(program(passed.program_id), notes))
