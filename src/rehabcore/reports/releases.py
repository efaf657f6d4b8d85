"""The plan of a release as a document: its day, every item with its days, what is late."""

from collections.abc import Iterator

from rehabcore.care.release import AgreementSeen, ContactSeen, PlannedItem
from rehabcore.casework.care_results import ReleasePlanResult
from rehabcore.reports.pages import Block, Heading, Item, Listing, Paragraph, Tone, listing
from rehabcore.reports.phrasing import Phrasing
from rehabcore.reports.wording import with_notes
from rehabcore.rules.machines.deadlines import DueState
from rehabcore.rules.sources import Status

_TONES: dict[DueState, Tone] = {
    DueState.DONE_IN_TIME: "met",
    DueState.DONE: "met",
    DueState.DONE_LATE: "not_met",
    DueState.OVERDUE: "alert",
    DueState.UNKNOWN: "unknown",
}


def describe_release(result: ReleasePlanResult, phrasing: Phrasing) -> Iterator[Block]:
    """Describe the day of release, every item, the first contact, and agreements on aftercare."""
    plan, say = result.plan, phrasing.wording.say
    yield Heading(1, say("release.title", on=result.grounds.stamp.on.isoformat()))
    if plan.release is None:
        yield Paragraph(say("release.no_day"))
    else:
        key = f"release.{plan.release.basis.value}"
        yield Paragraph(say(key, day=phrasing.day(plan.release.day)))
    for mark in plan.marks:
        yield Paragraph(say(f"release.{mark.value}"))
    yield Heading(2, say("release.items"))
    yield from listing((_item(item, phrasing) for item in plan.items), say("release.no_items"))
    if plan.contact is not None:
        yield Heading(2, say("release.contact"))
        yield Listing((_contact(plan.contact, phrasing),))
    for agreement in plan.agreements:
        yield Heading(2, phrasing.wording.title(agreement.title))
        yield Listing(tuple(_elements(agreement, phrasing)))


def _item(item: PlannedItem, phrasing: Phrasing) -> Item:
    say = phrasing.wording.say
    over = item.offered and item.state is DueState.OVERDUE
    notes = [say("release.offer_over" if over else f"due_state.{item.state.value}")]
    if item.due is not None:
        notes.append(say("release.due", day=phrasing.day(item.due)))
    if item.opens is not None:
        notes.append(say("release.opens", day=phrasing.day(item.opens)))
    if item.done is not None:
        notes.append(say("release.done", day=phrasing.day(item.done)))
    notes += [say(f"release.{mark.value}") for mark in item.marks]
    if item.offered and not over:
        notes.append(say("release.offered"))
    if item.status is Status.DRAFT:
        notes.append(say("reason.draft"))
    words = with_notes(phrasing.wording.title(item.title), notes)
    return Item(words, tone="" if item.offered else _TONES.get(item.state, ""))


def _contact(contact: ContactSeen, phrasing: Phrasing) -> Item:
    say = phrasing.wording.say
    notes = [] if contact.until is None else [say("release.due", day=phrasing.day(contact.until))]
    if contact.made is not None:
        notes.append(say("release.done", day=phrasing.day(contact.made)))
    return Item(with_notes(say(f"release.{contact.counts.value}"), notes))


def _elements(agreement: AgreementSeen, phrasing: Phrasing) -> Iterator[Item]:
    for element in agreement.elements:
        name = phrasing.code("item", element.item)
        if element.outcome is None:
            yield Item(f"{name}: {phrasing.wording.say('release.unsaid')}", tone="unknown")
        else:
            outcome = phrasing.code("checklist_outcome", element.outcome.value)
            yield Item(f"{name}: {outcome}")
