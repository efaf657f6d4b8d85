"""The page of a plan that the person reads and signs: short sentences, and no codes of offices.

It says who does what, when and where; what happens after a no; and how to object.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from rehabcore.care.plans.drafting.wordings import OWN_GOAL
from rehabcore.plans import (
    Actor,
    GoalKind,
    PlanContent,
    PlanGoal,
    PlanItem,
    PlannedSession,
    PlanQuestion,
)
from rehabcore.reports.pages import Block, Heading, Item, Listing, Paragraph
from rehabcore.reports.phrasing import Phrasing
from rehabcore.rules.sources import Text
from rehabcore.rules.time.days import ONE_DAY
from rehabcore.strict.vocabulary import Basis

FEW_DAYS = 6
"""Up to so many sessions are told day by day; of more, the days of the week are told."""


def describe_for_person(
    content: PlanContent,
    phrasing: Phrasing,
    *,
    objecting: Text | None = None,
    over: bool = False,
) -> Iterator[Block]:
    """Describe a plan for the person whom it is about.

    Args:
        content: what the plan says.
        phrasing: the language, and the words of the country.
        objecting: how the law of the country lets people object; None if no source says.
        over: whether the plan has ended, so that nobody looks at it again, or signs it.
    """
    say = phrasing.wording.say
    yield Heading(1, say("person.title"))
    if not over:
        yield Paragraph(say("person.opening", day=_day(content.starts, phrasing)))
    if content.review_due is not None and not over:
        yield Paragraph(say("person.review", day=_day(content.review_due, phrasing)))
    own = [goal for goal in content.goals if goal.kind is GoalKind.OWN]
    yield from _listed("person.own", [_own(goal, phrasing) for goal in own], phrasing)
    others = [goal for goal in content.goals if goal not in own]
    told = {goal.goal_id for goal in others}
    # Nobody signs for what they cannot read: an item under no goal that is told stands by itself.
    alone = [item for item in content.items if told.isdisjoint(item.goals)]
    listed = [_goal(goal, content, phrasing) for goal in others]
    listed += [_item(item, phrasing) for item in alone]
    yield from _listed("person.goals", listed, phrasing)
    steps = _listed("person.steps", [*_steps(content, phrasing)], phrasing)
    yield from steps
    questions = [_question(one, phrasing) for one in content.questions]
    yield from _listed("person.questions", questions, phrasing)
    yield from _listed("person.waiting", [*_waiting(content, phrasing)], phrasing)
    if not over:
        yield from _saying_no(content.items, phrasing)
    yield Heading(2, say("person.objecting"))
    yield Paragraph(say("person.objecting_first"))
    yield Paragraph(
        say("person.objecting_unknown") if objecting is None else phrasing.wording.title(objecting)
    )
    if over:
        return
    yield Heading(2, say("person.signing"))
    yield Listing(tuple(Item(say(f"person.sign_{one}")) for one in ("answer", "you", "officer")))


def _listed(title: str, items: list[Item], phrasing: Phrasing) -> Iterator[Block]:
    if items:
        yield Heading(2, phrasing.wording.say(title))
        yield Listing(tuple(items))


def _day(day: date, phrasing: Phrasing) -> str:
    return phrasing.wording.say(
        "person.day", day=str(day.day), month=f"{day.month:02}", year=str(day.year)
    )


def _own(goal: PlanGoal, phrasing: Phrasing) -> Item:
    """A goal of the person's own. A draft leaves the words in the record."""
    if goal.title == OWN_GOAL:
        return Item(phrasing.wording.say("person.own_words"))
    return Item(phrasing.wording.title(goal.title))


def _goal(goal: PlanGoal, content: PlanContent, phrasing: Phrasing) -> Item:
    words = phrasing.wording.title(goal.title)
    if goal.target is not None:
        words = phrasing.wording.say("person.goal_by", goal=words, day=_day(goal.target, phrasing))
    serving = [item for item in content.items if goal.goal_id in item.goals]
    return Item(words, tuple(_item(item, phrasing) for item in serving))


def _item(item: PlanItem, phrasing: Phrasing) -> Item:
    say = phrasing.wording.say
    told = [say("person.course", program=phrasing.program(item.program_id)), *_when(item, phrasing)]
    if item.delivered_by is not None:
        who = phrasing.code("who", item.delivered_by.value)
        told.append(say("person.with", who=who))
    if item.setting is not None:
        told.append(say(f"person.where_{item.setting.value}"))
    told.append(say(f"person.is_{item.basis.value}"))
    return Item(" ".join(told))


def _when(item: PlanItem, phrasing: Phrasing) -> Iterator[str]:
    say = phrasing.wording.say
    if item.sessions:
        yield from _sessions(item.sessions, phrasing)
        return
    starts, planned = _day(item.starts, phrasing), "planned_" if item.enrolment is None else ""
    if item.ends is None:
        yield say(f"person.{planned}from", starts=starts)
    else:
        last = _day(item.ends - ONE_DAY, phrasing)
        yield say(f"person.{planned}between", starts=starts, last=last)
    if item.enrolment is None:
        yield say("person.times_later")


def _sessions(sessions: tuple[PlannedSession, ...], phrasing: Phrasing) -> Iterator[str]:
    """The days and times: each of a few, else the days of the week with their usual times."""
    say, days = phrasing.wording.say, sorted(sessions, key=lambda one: (one.day, one.starts_at))
    if len(days) <= FEW_DAYS:
        yield say("person.days", days="; ".join(_at(one, phrasing) for one in days))
        return
    usual = Counter((one.day.weekday(), one.starts_at) for one in days)
    weekly = "; ".join(_weekly(day, at, phrasing) for day, at in sorted(usual))
    first, last = _day(days[0].day, phrasing), _day(days[-1].day, phrasing)
    yield say("person.weekly", days=weekly)
    yield say("person.so_often", count=str(len(days)), first=first, last=last)


def _at(session: PlannedSession, phrasing: Phrasing) -> str:
    day = _day(session.day, phrasing)
    if not session.starts_at:
        return day
    return phrasing.wording.say("person.at", day=day, time=session.starts_at)


def _weekly(weekday: int, time: str, phrasing: Phrasing) -> str:
    day = phrasing.wording.say(f"weekday.{weekday}")
    return phrasing.wording.say("person.at", day=day, time=time) if time else day


def _steps(content: PlanContent, phrasing: Phrasing) -> Iterator[Item]:
    """Every step, once: those of the person first, then by day."""
    say = phrasing.wording.say
    each = {
        (step.actor, step.about, step.due): step for goal in content.goals for step in goal.steps
    }
    order = sorted(
        each.values(), key=lambda step: (step.actor is not Actor.PERSON, step.due or date.max)
    )
    for step in order:
        told = {
            "actor": say(f"actor.{step.actor.value}"),
            "about": phrasing.wording.title(step.about),
        }
        if step.due is None:
            yield Item(say("person.step", **told))
        else:
            yield Item(say("person.step_by", day=_day(step.due, phrasing), **told))


def _question(question: PlanQuestion, phrasing: Phrasing) -> Item:
    say = phrasing.wording.say
    who = phrasing.code("who", question.asks)
    if question.due is None:
        words = say("person.question", who=who)
    else:
        words = say("person.question_by", who=who, day=_day(question.due, phrasing))
    return Item(words, tuple(Item(phrasing.program(one)) for one in question.program_ids))


def _waiting(content: PlanContent, phrasing: Phrasing) -> Iterator[Item]:
    say = phrasing.wording.say
    for deferral in content.deferrals:
        need = phrasing.code("domain", deferral.need)
        if deferral.until is None:
            yield Item(say("person.later", need=need))
        else:
            yield Item(say("person.later_on", need=need, day=_day(deferral.until, phrasing)))
    for refusal in content.refusals:
        yield Item(say("person.refused", need=phrasing.code("domain", refusal.need)))


def _saying_no(items: Iterable[PlanItem], phrasing: Phrasing) -> Iterator[Block]:
    say, items = phrasing.wording.say, tuple(items)
    duties = [item for item in items if item.basis is Basis.MANDATORY]
    yield Heading(2, say("person.saying_no"))
    if len(duties) < len(items) or not items:
        yield Paragraph(say("person.no_to_voluntary"))
    for item in duties:
        program = phrasing.program(item.program_id)
        yield Paragraph(say("person.no_to_mandatory", program=program))
        if item.breach_after is not None:
            yield Paragraph(say("person.breach", count=str(item.breach_after)))
    if any(item.breach_after is None for item in duties):
        yield Paragraph(say("person.breach_unknown"))
