"""The page of a plan that an officer works from: one line a programme, whom to ask, what to do."""

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType

from rehabcore.care.moves.open_goals import OpenStep
from rehabcore.care.needs import NeedSeen
from rehabcore.plans import (
    Actor,
    HoursShort,
    PlanContent,
    PlanItem,
    PlanQuestion,
    PlanStep,
)
from rehabcore.reports.pages import Block, Heading, Item, Listing, Paragraph, listing
from rehabcore.reports.phrasing import Phrasing
from rehabcore.reports.wording import with_notes
from rehabcore.rules.criteria import ask
from rehabcore.rules.facts import Unknown
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import ProgramId


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
        yield short_of(content.shortfall, phrasing)
    yield from work_of(content, phrasing, on=on)
    yield Heading(2, say("plan.needs"))
    yield Listing(tuple(_need(need, phrasing) for need in content.needs))


def short_of(short: HoursShort, phrasing: Phrasing) -> Paragraph:
    """The hours that are called for and not planned, and why."""
    called_for, hours = str(short.called_for), str(short.planned)
    words = phrasing.wording.say("officer.short", called_for=called_for, planned=hours)
    return Paragraph(with_notes(words, [phrasing.code("passed", short.reason)]))


def work_of(
    content: PlanContent,
    phrasing: Phrasing,
    *,
    on: date,
    why: Mapping[ProgramId, str] = MappingProxyType({}),
) -> Iterator[Block]:
    """Describe what is to be done: programmes, perhaps with reasons, questions, steps, the rest."""
    say = phrasing.wording.say
    yield Heading(2, say("officer.programs"))
    items = sorted(content.items, key=lambda item: (item.starts, item.item_id))
    told = (_item(item, phrasing, why.get(item.program_id)) for item in items)
    yield from listing(told, say("plan.nothing"))
    yield Heading(2, say("officer.asking"))
    asked = sorted(content.questions, key=lambda one: (one.due or date.max, one.question_id))
    yield from listing((_question(one, phrasing, on) for one in asked), say("plan.nothing"))
    yield Heading(2, say("officer.steps"))
    yield from listing(_steps(content, phrasing, on), say("plan.nothing"))
    yield Heading(2, say("officer.waiting"))
    yield from listing(_waiting(content, phrasing), say("plan.nothing"))


def _item(item: PlanItem, phrasing: Phrasing, why: str | None) -> Item:
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
    below = () if why is None else (Item(why),)
    return Item(with_notes(phrasing.program(item.program_id), notes), below)


def _question(question: PlanQuestion, phrasing: Phrasing, on: date) -> Item:
    who, fact = phrasing.code("who", question.asks), fact_asked(question, phrasing)
    words = phrasing.wording.say("officer.ask", who=who, fact=fact)
    programs = tuple(Item(phrasing.program(one)) for one in question.program_ids)
    return _due(words, question.due, phrasing, on, programs)


def fact_asked(question: PlanQuestion, phrasing: Phrasing) -> str:
    """The fact that a question asks for, in words; as it stands if the country does not know it."""
    facts = () if phrasing.grounds is None else phrasing.grounds.facts
    by_name = {fact.name: fact for fact in facts} if isinstance(facts, tuple) else facts
    name, _, inside = question.fact.removesuffix(")").partition("(")
    given = dict(part.split("=", 1) for part in inside.split(", ") if "=" in part)
    try:
        asked = ask(by_name[name], **given)
    except (KeyError, InputError):
        return question.fact
    return phrasing.fact(asked.fact, dict(asked.given))


def _steps(content: PlanContent, phrasing: Phrasing, on: date) -> Iterator[Item]:
    """Every step, once, by its day."""
    steps: list[PlanStep] = [step for goal in content.goals for step in goal.steps]
    steps.sort(key=lambda one: (one.due or date.max, one.step_id))
    for step in {(step.actor, step.about, step.due): step for step in steps}.values():
        yield step_told(step, phrasing, on)


def step_told(step: PlanStep | OpenStep, phrasing: Phrasing, on: date) -> Item:
    """A step for an officer: who does it, what it is, and by which day."""
    group = "officer" if step.actor in (Actor.PERSON, Actor.SUPPORTER) else "actor"
    actor = phrasing.wording.say(f"{group}.{step.actor.value}")
    return _due(f"{actor}: {phrasing.wording.title(step.about)}", step.due, phrasing, on)


def _due(
    words: str, due: date | None, phrasing: Phrasing, on: date, below: tuple[Item, ...] = ()
) -> Item:
    if due is None:
        return Item(words, below)
    note = phrasing.wording.say("officer.by", day=due.isoformat())
    return Item(with_notes(words, [note]), below, tone="alert" if due < on else "")


def _waiting(content: PlanContent, phrasing: Phrasing) -> Iterator[Item]:
    say = phrasing.wording.say
    for deferral in content.deferrals:
        until = "" if deferral.until is None else say("officer.by", day=deferral.until.isoformat())
        reason = phrasing.code("passed", deferral.reason)
        yield Item(with_notes(phrasing.code("domain", deferral.need), [reason, until]))
    for refusal in content.refusals:
        since = say("officer.refused", day=phrasing.day(refusal.since))
        yield Item(with_notes(phrasing.code("domain", refusal.need), [since]))


def _need(need: NeedSeen, phrasing: Phrasing) -> Item:
    """A need with its level, or why that is not known. The evidence stands in the draft."""
    if need.level is not None:
        told = phrasing.code("need_level", need.level)
    else:
        told = "" if need.unknown is None else phrasing.why(Unknown(need.unknown))
    domain = phrasing.code("domain", need.domain)
    return Item(phrasing.wording.say("officer.need", domain=domain, level=told))
