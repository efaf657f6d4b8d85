"""Differences between two contents of a plan, in words."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from rehabcore.care.plans.differences import (
    FieldChange,
    PartChange,
    PartChangeKind,
    PlanDifference,
    PlanPart,
)
from rehabcore.care.plans.hashes import short_hash
from rehabcore.care.plans.requests import ContentChanged
from rehabcore.reports.pages import Block, Heading, Item, Paragraph
from rehabcore.reports.phrasing import Phrasing
from rehabcore.reports.plans import listing
from rehabcore.rules.sources import Text
from rehabcore.rules.time.partial import PartialDay


def describe_difference(difference: PlanDifference, phrasing: Phrasing) -> Iterator[Block]:
    """Describe everything that differs from one content of a plan to another, a line each."""
    say = phrasing.wording.say
    yield Heading(1, say("plan_difference.title"))
    items = (_item(change, phrasing) for change in difference.changes)
    yield from listing(items, say("plan_difference.none"))


def describe_changed(changed: ContentChanged, phrasing: Phrasing) -> Iterator[Block]:
    """Describe why a request was refused: somebody changed the plan since, and what differs."""
    say = phrasing.wording.say
    yield Heading(1, say("plan_difference.changed_since"))
    yield Paragraph(say("move.unchanged"))
    yield Paragraph(
        say(
            "plan_difference.hashes",
            read=short_hash(changed.expected),
            now=short_hash(changed.found),
        )
    )
    yield from describe_difference(changed.difference, phrasing)


def _item(change: PartChange, phrasing: Phrasing) -> Item:
    say = phrasing.wording.say
    if change.kind is PartChangeKind.REORDERED:
        what = say(f"plan_difference.of_{change.part.value}")
    else:
        what = say(f"plan_difference.{change.part.value}", title=_title(change, phrasing))
    fields = "; ".join(_field(one, phrasing) for one in change.fields)
    return Item(f"{what}: {say(f'plan_difference.{change.kind.value}', fields=fields)}")


def _title(change: PartChange, phrasing: Phrasing) -> str:
    """The title of a part where the country has one, else its id."""
    if change.part in (PlanPart.NEED, PlanPart.DEFERRAL, PlanPart.REFUSAL):
        return phrasing.code("domain", change.id)
    return change.id


def _field(field: FieldChange, phrasing: Phrasing) -> str:
    return phrasing.wording.say(
        "plan_difference.field",
        name=field.name,
        before=_value(field.before, phrasing),
        after=_value(field.after, phrasing),
    )


def _value(value: object, phrasing: Phrasing) -> str:
    """A value in words; of several things or of a record only how many there are."""
    say = phrasing.wording.say
    match value:
        case None | "" | ():
            return say("plan_difference.none_stated")
        case Text():
            return phrasing.wording.title(value)
        case date():
            return value.isoformat()
        case PartialDay():
            return phrasing.day(value)
        case str() | bool() | int() | Decimal():
            return str(value)
        case tuple() if all(isinstance(one, str) for one in value):
            return ", ".join(value)
        case tuple():
            return say("plan_difference.several", number=str(len(value)))
    return say("plan_difference.some")
