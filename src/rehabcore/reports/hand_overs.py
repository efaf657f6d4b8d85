"""Everything that crosses to a recipient, as a document: each thing once, with its reason."""

from collections.abc import Iterator
from datetime import date

from rehabcore.care.moves.open_goals import OpenGoal
from rehabcore.care.moves.open_records import HandedKind, HandedRecord, HandedWork
from rehabcore.care.moves.packages import HandedNeed, OverdueDuty
from rehabcore.casework.care_results import HandOverResult
from rehabcore.programs import Offer
from rehabcore.reports.continuity import care_blocks, entitlement_blocks
from rehabcore.reports.needs import need_item
from rehabcore.reports.officer_pages import step_told
from rehabcore.reports.pages import Block, Folded, Heading, Item, Paragraph, listing
from rehabcore.reports.phrasing import Phrasing
from rehabcore.reports.resettlement import pathway_blocks
from rehabcore.reports.wording import with_notes
from rehabcore.rules.time.days import Ending
from rehabcore.strict.vocabulary import ProgramId


def describe_hand_over(result: HandOverResult, phrasing: Phrasing) -> Iterator[Block]:
    """Describe the package part by part; a part with nothing in it says so."""
    package, say, on = result.package, phrasing.wording.say, result.grounds.stamp.on
    yield Heading(1, say("hand_over.title", on=on.isoformat()))
    yield Paragraph(say(f"hand_over.to_{package.to.role.value}", office=package.to.office))
    holder = (
        say("plan.holder", holder=package.holder) if package.holder else say("hand_over.no_holder")
    )
    yield Paragraph(holder)
    yield Heading(2, say("plan.goals"))
    if package.goals is None:
        yield Paragraph(say("hand_over.no_plan"))
    else:
        yield from listing(
            (open_goal(one, phrasing, on) for one in package.goals), say("plan.no_goals")
        )
    yield Heading(2, say("plan.needs"))
    yield from listing((_need(one, phrasing) for one in package.needs), "")
    for key, items in (
        ("records", [_record(one, phrasing) for one in package.records]),
        ("work", [_work(one, phrasing) for one in package.work]),
        ("duties", [_duty(one, phrasing) for one in package.duties]),
    ):
        yield Heading(2, say(f"hand_over.{key}"))
        yield from listing(items, say("hand_over.nothing"))
    yield from care_blocks(package.care, phrasing, say("hand_over.no_care"))
    yield from entitlement_blocks(package.entitlements, phrasing)
    if package.pathways:
        yield from pathway_blocks(package.pathways, phrasing)
    yield Heading(2, say("hand_over.after"))
    yield from listing((_offer(one, phrasing) for one in package.after), say("hand_over.nothing"))
    if phrasing.full:
        for offer in package.after:
            yield Folded(phrasing.program(offer.program_id), phrasing.reasons(offer.verdict))


def open_goal(goal: OpenGoal, phrasing: Phrasing, on: date) -> Item:
    """An open goal with its open steps: what is to be done, by whom, by which day."""
    say = phrasing.wording.say
    words = phrasing.wording.title(goal.title)
    steps = tuple(step_told(step, phrasing, on) for step in goal.steps)
    return Item(with_notes(words, [say(f"hand_over.{goal.reason.value}")]), steps)


def _need(handed: HandedNeed, phrasing: Phrasing) -> Item:
    item = need_item(handed.need, phrasing)
    reason = phrasing.wording.say(f"hand_over.{handed.reason.value}")
    return Item(with_notes(item.words, [reason]), item.below, item.tone)


def _record(record: HandedRecord, phrasing: Phrasing) -> Item:
    say = phrasing.wording.say
    about = _about(record, phrasing)
    notes = [say(f"{_STATES[record.kind]}.{record.state}")] if record.state else []
    notes += [say(f"hand_over.{record.reason.value}"), phrasing.day(record.since)]
    if not isinstance(record.until, Ending):
        notes.append(say("hand_over.until", day=phrasing.day(record.until)))
    notes.append(say("reason.evidence", records=record.record_id))
    return Item(with_notes(say(f"hand_over.{record.kind.value}", about=about), notes))


def _about(record: HandedRecord, phrasing: Phrasing) -> str:
    if record.title is not None:
        return phrasing.wording.title(record.title)
    if record.state:
        return record.about
    about = phrasing.code(_GROUPS.get(record.kind, "subject"), record.about)
    return phrasing.program(ProgramId(record.about)) if about == record.about else about


_STATES = {HandedKind.RESIDENCY: "stay_state", HandedKind.DIVERSION: "diversion_state"}
_GROUPS = {HandedKind.CONSENT: "purpose", HandedKind.REGISTRATION: "register"}


def _work(work: HandedWork, phrasing: Phrasing) -> Item:
    say = phrasing.wording.say
    notes = [say("hand_over.minutes", minutes=str(work.minutes))]
    if work.next_on is not None:
        notes.append(say("hand_over.next_session", day=phrasing.day(work.next_on)))
    return Item(with_notes(phrasing.program(work.program_id), notes))


def _duty(duty: OverdueDuty, phrasing: Phrasing) -> Item:
    say = phrasing.wording.say
    about = phrasing.code("domain", duty.about) if duty.about else say("rnr.overall")
    words = say(f"hand_over.{duty.kind.value}", about=about)
    return Item(with_notes(words, [say("hand_over.due", day=duty.due.isoformat())]), tone="alert")


def _offer(offer: Offer, phrasing: Phrasing) -> Item:
    answer = phrasing.wording.say(f"answer.{offer.answer.value}")
    return Item(f"{phrasing.program(offer.program_id)}: {answer}", tone=offer.answer.value)
