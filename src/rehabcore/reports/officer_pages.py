"""The page of a plan that an officer works from: one line a programme, whom to ask, what to do."""

from collections.abc import Iterator
from datetime import date

from rehabcore.care.plans.content import PlanContent, PlanItem, PlanQuestion, PlanStep
from rehabcore.reports.needs import need_item
from rehabcore.reports.pages import Block, Heading, Item, Listing, Paragraph
from rehabcore.reports.phrasing import Phrasing
from rehabcore.reports.plans import listing
from rehabcore.reports.wording import with_notes


def describe_for_officer(content: PlanContent, phrasing: Phrasing, *, on: date) -> Iterator[Block]:
    """Describe a plan for the officer who works with it on a day.

    Args:
        content: what the plan says.
        phrasing: the language, and the words of the country.
        on: the day, from which steps and questions are overdue.
    """
    say = phrasing.wording.say
    yield Heading(1, say("officer.title", on=content.starts.isoformat()))
    yield Paragraph(
        say("plan.holder", holder=content.holder) if content.holder else say("plan.no_holder")
    )
    if content.review_due is not None:
        yield Paragraph(say("plan.review", day=content.review_due.isoformat()))
    if content.shortfall is not None:
        short = content.shortfall
        words = say("officer.short", called_for=str(short.called_for), planned=str(short.planned))
        yield Paragraph(with_notes(words, [short.reason]))
    yield Heading(2, say("officer.programs"))
    items = sorted(content.items, key=lambda item: (item.starts, item.item_id))
    yield from listing((_item(item, phrasing) for item in items), say("plan.nothing"))
    yield Heading(2, say("officer.asking"))
    asked = sorted(content.questions, key=lambda one: (one.due or date.max, one.question_id))
    yield from listing((_question(one, phrasing, on) for one in asked), say("plan.nothing"))
    yield Heading(2, say("officer.steps"))
    yield from listing(_steps(content, phrasing, on), say("plan.nothing"))
    yield Heading(2, say("officer.waiting"))
    yield from listing(_waiting(content, phrasing), say("plan.nothing"))
    yield Heading(2, say("plan.needs"))
    yield Listing(tuple(need_item(need, phrasing) for need in content.needs))


def _item(item: PlanItem, phrasing: Phrasing) -> Item:
    say = phrasing.wording.say
    days = (
        say("days.since", start=item.starts.isoformat())
        if item.ends is None
        else say("days.until", start=item.starts.isoformat(), end=item.ends.isoformat())
    )
    notes = [days, phrasing.code("basis", item.basis.value)]
    if item.hours is not None:
        notes.append(say("officer.hours", hours=str(item.hours)))
    notes.append(item.office)
    notes.append(say("officer.goes_on") if item.enrolment is not None else "")
    notes.append(say("officer.aftercare") if item.aftercare else "")
    return Item(with_notes(phrasing.program(item.program_id), notes))


def _question(question: PlanQuestion, phrasing: Phrasing, on: date) -> Item:
    say = phrasing.wording.say
    words = say(
        "officer.ask",
        who=phrasing.code("who", question.asks),
        fact=say(f"fact.{question.fact}")
        if phrasing.wording.has(f"fact.{question.fact}")
        else question.fact,
        programs="; ".join(phrasing.program(one) for one in question.program_ids),
    )
    return _due(words, question.due, phrasing, on)


def _steps(content: PlanContent, phrasing: Phrasing, on: date) -> Iterator[Item]:
    steps: list[PlanStep] = [step for goal in content.goals for step in goal.steps]
    for step in sorted(steps, key=lambda one: (one.due or date.max, one.step_id)):
        actor = phrasing.wording.say(f"actor.{step.actor.value}")
        words = f"{actor}: {phrasing.wording.title(step.about)}"
        yield _due(words, step.due, phrasing, on)


def _due(words: str, due: date | None, phrasing: Phrasing, on: date) -> Item:
    if due is None:
        return Item(words)
    note = phrasing.wording.say("officer.by", day=due.isoformat())
    return Item(with_notes(words, [note]), tone="alert" if due < on else "")


def _waiting(content: PlanContent, phrasing: Phrasing) -> Iterator[Item]:
    say = phrasing.wording.say
    for deferral in content.deferrals:
        until = "" if deferral.until is None else say("officer.by", day=deferral.until.isoformat())
        yield Item(with_notes(phrasing.code("domain", deferral.need), [deferral.reason, until]))
    for refusal in content.refusals:
        since = say("officer.refused", day=phrasing.day(refusal.since))
        yield Item(with_notes(phrasing.code("domain", refusal.need), [since]))
