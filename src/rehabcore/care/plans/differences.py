"""Differences between two contents of a plan, and in what the second asks for less."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from attrs import evolve, field

from rehabcore.care.plans.hashes import CONTENT_CODEC
from rehabcore.plans import PlanContent, PlanItem
from rehabcore.strict.checked import checked, checked_arguments
from rehabcore.strict.frozen import field_names, frozen
from rehabcore.strict.vocabulary import Basis


class PlanPart(StrEnum):
    """A kind of part of a content; ``plan`` is the content itself, apart from its lists."""

    PLAN = "plan"
    NEED = "need"
    GOAL = "goal"
    STEP = "step"
    ITEM = "item"
    QUESTION = "question"
    DEFERRAL = "deferral"
    REFUSAL = "refusal"


class PartChangeKind(StrEnum):
    """The way in which a part differs."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    REORDERED = "reordered"
    """The parts of this kind stand in another order, and are not otherwise changed by it."""


@frozen(kw_only=True)
class FieldChange:
    """A field of a part, with its value in the first content and in the second."""

    name: str
    before: object = field(repr=False)
    after: object = field(repr=False)


@frozen(kw_only=True)
@checked
class PartChange:
    """A part that differs, by its id; a need, deferral or refusal by its need domain.

    ``fields`` are those that differ of a part that is in both contents. The goal of a step is one.
    """

    part: PlanPart
    id: str
    kind: PartChangeKind
    fields: tuple[FieldChange, ...] = ()


@frozen(kw_only=True)
@checked
class PlanDifference:
    """Everything that differs from one content to another; nothing if they are equal."""

    before: PlanContent
    after: PlanContent
    changes: tuple[PartChange, ...]


@checked_arguments
def difference_of(a: PlanContent, b: PlanContent) -> PlanDifference:
    """The difference from one content to another, in the order of the parts of the second.

    Args:
        a: the first content, such as that of an earlier version.
        b: the second.
    """
    changes = list[PartChange]()
    for part in PlanPart:
        before, after = _parts(a, part), _parts(b, part)
        changes += _changes(part, before, after)
    return PlanDifference(before=a, after=b, changes=tuple(changes))


@checked_arguments
def difference_to_plain(difference: PlanDifference) -> dict[str, Any]:
    """A difference as plain data of types that JSON has, in which values stand as in a document."""
    return {
        "changes": [
            {
                "part": change.part.value,
                "id": change.id,
                "kind": change.kind.value,
                "fields": [
                    {"name": one.name, "before": _plain(one.before), "after": _plain(one.after)}
                    for one in change.fields
                ],
            }
            for change in difference.changes
        ]
    }


def _plain(value: object) -> Any:
    if isinstance(value, tuple):
        return [CONTENT_CODEC.write(one) for one in value]
    return CONTENT_CODEC.write(value)


_Fields = Mapping[str, object]
_Key = tuple[str, int]
"""The id of a part, and how many of this id stand before it."""


def _parts(content: PlanContent, part: PlanPart) -> dict[_Key, _Fields]:
    """The parts of a kind with their fields, in their order."""
    told: list[tuple[str, _Fields]]
    match part:
        case PlanPart.PLAN:
            return {("", 0): _fields(content, *_LISTS)}
        case PlanPart.STEP:
            told = [
                (step.step_id, {"goal": goal.goal_id, **_fields(step)})
                for goal in content.goals
                for step in goal.steps
            ]
        case _:
            name, key = _LISTED[part]
            told = [(getattr(one, key), _fields(one, "steps")) for one in getattr(content, name)]
    counted = Counter[str]()
    found: dict[_Key, _Fields] = {}
    for part_id, fields in told:
        found[part_id, counted[part_id]] = fields
        counted[part_id] += 1
    return found


_LISTED = {
    PlanPart.NEED: ("needs", "domain"),
    PlanPart.GOAL: ("goals", "goal_id"),
    PlanPart.ITEM: ("items", "item_id"),
    PlanPart.QUESTION: ("questions", "question_id"),
    PlanPart.DEFERRAL: ("deferrals", "need"),
    PlanPart.REFUSAL: ("refusals", "need"),
}
_LISTS = tuple(name for name, _ in _LISTED.values())


def _fields(record: object, *without: str) -> _Fields:
    names = field_names(type(record))
    return {name: getattr(record, name) for name in names if name not in without}


def _changes(
    part: PlanPart, before: Mapping[_Key, _Fields], after: Mapping[_Key, _Fields]
) -> Iterator[PartChange]:
    for key, fields in after.items():
        if key not in before:
            yield PartChange(part=part, id=key[0], kind=PartChangeKind.ADDED)
        elif fields != before[key]:
            differing = tuple(
                FieldChange(name=name, before=before[key][name], after=value)
                for name, value in fields.items()
                if value != before[key][name]
            )
            yield PartChange(part=part, id=key[0], kind=PartChangeKind.CHANGED, fields=differing)
    for key in before:
        if key not in after:
            yield PartChange(part=part, id=key[0], kind=PartChangeKind.REMOVED)
    if [key for key in after if key in before] != [key for key in before if key in after]:
        yield PartChange(part=part, id="", kind=PartChangeKind.REORDERED)


class LoweringKind(StrEnum):
    """The way in which a content asks for less than one before it."""

    NEED_DROPPED = "need_dropped"
    """A need that had a goal, a deferral or a refusal has none any more."""
    GOAL_REMOVED = "goal_removed"
    ITEM_REMOVED = "item_removed"
    FEWER_HOURS = "fewer_hours"
    FEWER_HOURS_A_WEEK = "fewer_hours_a_week"
    FEWER_SESSIONS = "fewer_sessions"
    ENDS_EARLIER = "ends_earlier"
    NO_LONGER_MANDATORY = "no_longer_mandatory"
    REVIEW_LATER = "review_later"


@frozen(kw_only=True)
@checked
class Lowering:
    """Something that is less than before, by the id of the goal, item or need; empty: the plan."""

    kind: LoweringKind
    id: str = ""


@checked_arguments
def lowerings(a: PlanContent, b: PlanContent) -> tuple[Lowering, ...]:
    """In what a content asks for less than one before it: of supervision, of doses, of goals.

    An item that only went on under another id is told as removed: whoever replaces it says why.

    Args:
        a: the content before.
        b: the content after.
    """
    return tuple(_lowerings(a, b))


def _lowerings(a: PlanContent, b: PlanContent) -> Iterator[Lowering]:
    still = answered_needs(b)
    for need in answered_needs(a):
        if need not in still:
            yield Lowering(kind=LoweringKind.NEED_DROPPED, id=need)
    for goal in a.goals:
        if b.goal(goal.goal_id) is None:
            yield Lowering(kind=LoweringKind.GOAL_REMOVED, id=goal.goal_id)
    items = {item.item_id: item for item in b.items}
    for before in a.items:
        after = items.get(before.item_id)
        if after is None:
            yield Lowering(kind=LoweringKind.ITEM_REMOVED, id=before.item_id)
        else:
            for kind in _less(before, after):
                yield Lowering(kind=kind, id=before.item_id)
    if _ends_later(a.review_due, b.review_due):
        yield Lowering(kind=LoweringKind.REVIEW_LATER)


def _less(before: PlanItem, after: PlanItem) -> Iterator[LoweringKind]:
    if _fewer(before.hours, after.hours):
        yield LoweringKind.FEWER_HOURS
    if _fewer(before.hours_a_week, after.hours_a_week):
        yield LoweringKind.FEWER_HOURS_A_WEEK
    if len(after.sessions) < len(before.sessions):
        yield LoweringKind.FEWER_SESSIONS
    if _ends_later(after.ends, before.ends):
        yield LoweringKind.ENDS_EARLIER
    if before.basis is Basis.MANDATORY is not after.basis:
        yield LoweringKind.NO_LONGER_MANDATORY


def _fewer(before: Decimal | None, after: Decimal | None) -> bool:
    """Whether a number that was stated is lower, or not stated any more."""
    return before is not None and (after is None or after < before)


def _ends_later(one: date | None, other: date | None) -> bool:
    """Whether another day is later; without a day it is later than any."""
    return one is not None and (other is None or other > one)


def planned_hours(content: PlanContent) -> Decimal:
    """The hours of all items of a content."""
    return sum((item.hours or Decimal(0) for item in content.items), Decimal(0))


def with_hours_lost(before: PlanContent, after: PlanContent) -> PlanContent:
    """A content of which the shortfall that it tells also counts the hours that it has lost.

    Args:
        before: the content before something was taken out.
        after: the content after it, with the shortfall of before.
    """
    lost, told = planned_hours(before) - planned_hours(after), after.shortfall
    if told is None or lost <= 0:
        return after
    return evolve(after, shortfall=evolve(told, planned=max(Decimal(0), told.planned - lost)))


@checked_arguments
def answered_needs(content: PlanContent) -> tuple[str, ...]:
    """The need domains that a content serves, defers or tells as refused, each once."""
    return tuple(dict.fromkeys(_answered(content)))


def _answered(content: PlanContent) -> Iterable[str]:
    for goal in content.goals:
        yield from goal.needs
    yield from (deferral.need for deferral in content.deferrals)
    yield from (refusal.need for refusal in content.refusals)
