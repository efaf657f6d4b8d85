"""Differences between two contents of a plan, in words: titles in place of ids, and no field names.

A record that a plan names is told as one, without its id; so is a list of records or of sessions.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from rehabcore.care.plans.differences import (
    FieldChange,
    Lowering,
    LoweringKind,
    PartChange,
    PartChangeKind,
    PlanDifference,
    PlanPart,
)
from rehabcore.care.plans.hashes import short_hash
from rehabcore.care.plans.requests import ContentChanged
from rehabcore.casework.reviewing import PlanReview
from rehabcore.plans import HoursShort, PlannedSession
from rehabcore.reports.officer_pages import fact_asked
from rehabcore.reports.pages import Block, Heading, Item, Listing, Paragraph, listing
from rehabcore.reports.phrasing import Phrasing
from rehabcore.rules.facts import Unknown
from rehabcore.rules.sources import Text
from rehabcore.rules.time.partial import PartialDay

_Titles = Mapping[tuple[PlanPart, str], str]
"""The titles of goals, steps, items and questions, by their ids."""


def describe_difference(difference: PlanDifference, phrasing: Phrasing) -> Iterator[Block]:
    """Describe everything that differs from one content of a plan to another, a line each."""
    yield Heading(1, phrasing.wording.say("plan_difference.title"))
    yield from told_changes(difference, phrasing)


def told_changes(difference: PlanDifference, phrasing: Phrasing) -> Iterator[Block]:
    """Describe every change of a difference, or that there is none."""
    titles = dict(_titles(difference, phrasing))
    items = (_item(change, titles, phrasing) for change in difference.changes)
    return listing(items, phrasing.wording.say("plan_difference.none"))


def describe_changed(changed: ContentChanged, phrasing: Phrasing) -> Iterator[Block]:
    """Describe why a request was refused: somebody changed the plan since, and what differs."""
    say = phrasing.wording.say
    yield Heading(1, say("plan_difference.changed_since"))
    yield Paragraph(say("move.unchanged"))
    hashes = {"read": short_hash(changed.expected), "now": short_hash(changed.found)}
    yield Paragraph(say("plan_difference.hashes", **hashes))
    yield from told_changes(changed.difference, phrasing)


def describe_review(review: PlanReview, phrasing: Phrasing) -> Iterator[Block]:
    """Describe what a review proposes, and what it asks less for."""
    say = phrasing.wording.say
    yield Heading(1, say("plan_review.title", number=str(review.version)))
    yield Paragraph(say("plan_review.proposal", hash=short_hash(review.expects)))
    yield from told_changes(review.difference, phrasing)
    if review.lowered:
        titles = dict(_titles(review.difference, phrasing))
        yield Heading(2, say("plan_review.lowered"))
        yield Paragraph(say("plan_review.needs_reason"))
        yield Listing(tuple(_lowered(one, titles, phrasing) for one in review.lowered))


def _lowered(one: Lowering, titles: _Titles, phrasing: Phrasing) -> Item:
    part = _LOWERED.get(one.kind, PlanPart.ITEM)
    title = titles.get((part, one.id)) or phrasing.code("domain", one.id)
    return Item(phrasing.wording.say(f"plan_lowering.{one.kind.value}", title=title))


_LOWERED = {
    LoweringKind.NEED_DROPPED: PlanPart.NEED,
    LoweringKind.GOAL_REMOVED: PlanPart.GOAL,
    LoweringKind.REVIEW_LATER: PlanPart.PLAN,
}
"""The kinds of parts that ask for less; all others are items."""


def _titles(
    difference: PlanDifference, phrasing: Phrasing
) -> Iterator[tuple[tuple[PlanPart, str], str]]:
    """The titles of both contents; of a part in both that of the second."""
    say, title = phrasing.wording.say, phrasing.wording.title
    for content in (difference.before, difference.after):
        for goal in content.goals:
            yield (PlanPart.GOAL, goal.goal_id), title(goal.title)
            for step in goal.steps:
                yield (PlanPart.STEP, step.step_id), title(step.about)
        for item in content.items:
            yield (PlanPart.ITEM, item.item_id), phrasing.program(item.program_id)
        for one in content.questions:
            asked = {"who": phrasing.code("who", one.asks), "fact": fact_asked(one, phrasing)}
            yield (PlanPart.QUESTION, one.question_id), say("officer.ask", **asked)


def _item(change: PartChange, titles: _Titles, phrasing: Phrasing) -> Item:
    say = phrasing.wording.say
    if change.kind is PartChangeKind.REORDERED:
        what = say(f"plan_difference.of_{change.part.value}")
    else:
        named = titles.get((change.part, change.id)) or phrasing.code("domain", change.id)
        what = say(f"plan_difference.{change.part.value}", title=named)
    below = tuple(Item(_field(one, titles, phrasing)) for one in change.fields)
    return Item(f"{what}: {say(f'plan_difference.{change.kind.value}')}", below)


def _field(field: FieldChange, titles: _Titles, phrasing: Phrasing) -> str:
    say = phrasing.wording.say
    name = say(f"plan_field.{field.name}")
    before, after = (
        _value(field.name, one, titles, phrasing) for one in (field.before, field.after)
    )
    if before == after:  # such as one record in place of another
        return f"{name}: {say('plan_difference.another')}"
    return f"{name}: {say('plan_difference.field', before=before, after=after)}"


def _value(name: str, value: object, titles: _Titles, phrasing: Phrasing) -> str:
    """A value of a field in words."""
    say = phrasing.wording.say
    match value:
        case None | "" | ():
            return say("plan_difference.none_stated")
        case bool():
            return say(f"plan_difference.{str(value).lower()}")
        case Text():
            return phrasing.wording.title(value)
        case date():
            return value.isoformat()
        case PartialDay():
            return phrasing.day(value)
        case tuple() if name in _IDS:
            return ", ".join(_IDS[name](one, titles, phrasing) for one in value)
        case HoursShort():
            hours = {"called_for": str(value.called_for), "planned": str(value.planned)}
            return say("officer.short", **hours)
        case tuple():
            return _several(value, phrasing)
    if name == "unknown":
        return phrasing.why(Unknown(value))  # type: ignore[arg-type]  # the field has only those
    if name == "goal":
        return titles[PlanPart.GOAL, str(value)]
    if name in _RECORDS or not isinstance(value, str | int | Decimal):
        return say("plan_difference.some")
    return phrasing.code(_CODES.get(name, ""), str(value))


def _several(values: tuple[object, ...], phrasing: Phrasing) -> str:
    """How many of something there are; of sessions also from when until when."""
    say, days = phrasing.wording.say, [v.day for v in values if isinstance(v, PlannedSession)]
    if not days:
        return say("plan_difference.several", number=str(len(values)))
    first, last = min(days).isoformat(), max(days).isoformat()
    return say("plan_difference.sessions", number=str(len(days)), first=first, last=last)


_IDS: Mapping[str, Callable[[str, _Titles, Phrasing], str]] = {
    "goals": lambda one, titles, _: titles[PlanPart.GOAL, one],
    "program_ids": lambda one, _, phrasing: phrasing.code("program", one),
    "needs": lambda one, _, phrasing: phrasing.code("domain", one),
}
"""The fields that hold ids, with the words for one of them."""
_CODES = {
    "level": "need_level",
    "risk": "risk_level",
    "group_level": "risk_level",
    "kind": "goal_kind",
    "actor": "actor",
    "basis": "basis",
    "modality": "modality",
    "delivered_by": "who",
    "asks": "who",
    "setting": "setting",
    "stability": "stability",
    "program_id": "program",
    "reason": "passed",
}
"""The fields that hold codes, with the group of their words."""
_RECORDS = frozenset({"requirement", "consent", "enrolment"})
