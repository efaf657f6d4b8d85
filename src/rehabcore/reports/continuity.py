"""Care that must not lapse, as a document: interruptions, who goes on, what has to be asked."""

from collections.abc import Iterable, Iterator

from rehabcore.care.continuity.entitlements import EntitlementSeen
from rehabcore.care.continuity.interruptions import Interruption, InterruptionState
from rehabcore.care.continuity.items import (
    CareItemSeen,
    ContinuitySeen,
    Precaution,
    PrecautionState,
    Provided,
)
from rehabcore.casework.care_results import ContinuityResult
from rehabcore.casework.results import Grounds
from rehabcore.reports.pages import Block, Heading, Item, Listing, Paragraph, Tone, listing
from rehabcore.reports.phrasing import Phrasing
from rehabcore.reports.wording import with_notes
from rehabcore.rules.sources import Citation
from rehabcore.rules.time.days import Ending
from rehabcore.rules.truth import Answer


def describe_continuity(result: ContinuityResult, phrasing: Phrasing) -> Iterator[Block]:
    """Describe every item with its interruptions, and what has to be offered and asked."""
    say, seen = phrasing.wording.say, result.seen
    yield Heading(1, say("continuity.title", on=result.grounds.stamp.on.isoformat()))
    yield Paragraph(say("continuity.health"))
    aside = any(one.place.startswith("continuity_items") for one in result.grounds.set_aside)
    none = say("continuity.set_aside" if aside else "continuity.no_items")
    yield from care_blocks(seen, phrasing, none)
    yield from entitlement_blocks(result.entitlements, phrasing)


def care_blocks(seen: ContinuitySeen, phrasing: Phrasing, if_none: str) -> Iterator[Block]:
    """Describe items, or say that there are none; then precautions and questions, if any."""
    say = phrasing.wording.say
    yield Heading(2, say("continuity.items"))
    yield from listing((_item(item, phrasing) for item in seen.items), if_none)
    if seen.precautions:
        yield Heading(2, say("continuity.precautions"))
        yield Listing(tuple(_precaution(one, phrasing) for one in seen.precautions))
    if seen.unspoken:
        yield Heading(2, say("continuity.unspoken"))
        kinds = (phrasing.code("continuity_kind", code) for code in seen.unspoken)
        told = (say("continuity.unspoken_item", kind=kind) for kind in kinds)
        yield Listing(tuple(Item(words, tone="unknown") for words in told))


def entitlement_blocks(
    entitlements: Iterable[EntitlementSeen], phrasing: Phrasing
) -> Iterator[Block]:
    """Describe papers and benefits, if any were requested."""
    items = tuple(_entitlement(one, phrasing) for one in entitlements)
    if items:
        yield Heading(2, phrasing.wording.say("continuity.entitlements"))
        yield Listing(items)


def _entitlement(one: EntitlementSeen, phrasing: Phrasing) -> Item:
    say, notes = phrasing.wording.say, [phrasing.day(one.since)]
    if not isinstance(one.expires, Ending):
        notes.append(say("continuity.expires", day=phrasing.day(one.expires)))
    if one.may_have_expired:
        notes.append(say("continuity.may_have_expired"))
    if one.misplaced:
        notes.append(say("continuity.misplaced", records=", ".join(one.misplaced)))
    words = phrasing.code("entitlement_kind", one.kind)
    state = say(f"entitlement_state.{one.state}")
    return Item(with_notes(f"{words}: {state}", notes))


def cited_by_kinds(seen: ContinuitySeen, grounds: Grounds) -> Iterator[Citation]:
    """The citations of the kinds that are told of."""
    told = {item.kind for item in seen.items} | {*seen.unspoken}
    for kind in grounds.glossary.continuity_kinds:
        if kind.id in told:
            yield from kind.cite


def _item(item: CareItemSeen, phrasing: Phrasing) -> Item:
    """An item with all that is told of it; it stands out if it is or will be interrupted."""
    say, notes = phrasing.wording.say, []
    if item.needed is Answer.NOT_MET:
        notes.append(say("continuity.not_needed"))
    elif item.needed is Answer.UNKNOWN:
        notes.append(say("continuity.perhaps_needed"))
    notes.append(_last(item.last, phrasing))
    if item.following is not None:
        notes.append(_provided("continuity.following", item.following, phrasing))
    if item.receiving:
        notes.append(say("continuity.receiving", office=item.receiving))
    name = phrasing.code("continuity_kind", item.kind)
    if item.program_id is not None:
        name = f"{name}: {phrasing.program(item.program_id)}"
    below = [_interruption(one, item, phrasing) for one in item.interruptions]
    if item.unreceived:
        below.append(Item(say("continuity.unreceived"), tone="alert"))
    return Item(with_notes(name, notes), tuple(below))


def _last(last: Provided | None, phrasing: Phrasing) -> str:
    if last is None:
        return phrasing.wording.say("continuity.never")
    if last.day is None:
        return phrasing.wording.say("continuity.going_on", office=last.office)
    return _provided("continuity.last", last, phrasing)


def _provided(key: str, one: Provided, phrasing: Phrasing) -> str:
    day = "" if one.day is None else phrasing.day(one.day)
    if one.setting is not None:
        day = f"{day} {phrasing.code('setting_of', one.setting.value)}"
    return phrasing.wording.say(key, office=one.office, day=day)


_TONES: dict[Answer, Tone] = {
    Answer.MET: "met",
    Answer.NOT_MET: "alert",
    Answer.UNKNOWN: "unknown",
}


def _interruption(one: Interruption, item: CareItemSeen, phrasing: Phrasing) -> Item:
    say = phrasing.wording.say
    days = say("continuity.days", least=str(one.least))
    if one.most is None:
        days = say("continuity.days_at_least", least=str(one.least))
    elif one.most != one.least:
        days = say("continuity.days_between", least=str(one.least), most=str(one.most))
    words = say(f"continuity.{one.state.value}", since=phrasing.day(one.since), days=days)
    if item.allowed is None:
        note = say("continuity.no_allowed")
    else:
        note = say("continuity.allowed", allowed=str(item.allowed))
    past = one.state is InterruptionState.CLOSED
    return Item(with_notes(words, [note]), tone="" if past else _TONES[one.within])


def _precaution(one: Precaution, phrasing: Phrasing) -> Item:
    item = phrasing.code("item", one.item)
    if one.state is PrecautionState.RECORDED and one.outcome is not None:
        outcome = phrasing.code("checklist_outcome", one.outcome.value)
        return Item(phrasing.wording.say("continuity.recorded", item=item, outcome=outcome))
    words = phrasing.wording.say(f"continuity.{one.state.value}", item=item)
    return Item(words, tone="alert" if one.state is PrecautionState.DUE else "unknown")
