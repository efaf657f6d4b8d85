"""Near misses as a document: each closed door with the ways to it, and what each way takes."""

from collections.abc import Iterable, Iterator

from rehabcore.casework.results import NearResult
from rehabcore.programs import Offer
from rehabcore.reports.pages import Block, Heading, Item, Listing, Paragraph, Tone
from rehabcore.reports.phrasing import Phrasing
from rehabcore.reports.reasons import groups, proofs
from rehabcore.reports.wording import with_notes
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import Unknown
from rehabcore.rules.judging.verdicts import Verdict
from rehabcore.rules.near.corrections import Change, Demand
from rehabcore.rules.near.cures import NearKind
from rehabcore.rules.near.near_misses import NearMiss, turned
from rehabcore.rules.truth import Answer


def describe_ways(result: NearResult, phrasing: Phrasing) -> Iterator[Block]:
    """Describe which doors have ways to them, and which are closed without any."""
    say, doors = phrasing.wording.say, result.doors
    near = result.reachable
    yield Heading(1, say("near.title", on=result.grounds.stamp.on.isoformat()))
    yield Paragraph(say("near.counts", near=str(len(near)), closed=str(len(doors))))
    if result.lead is not None:
        yield Paragraph(say("near.lead", lead=phrasing.wording.term(result.lead)))
    if not result.complete:
        yield Paragraph(say("near.incomplete"))
    yield Paragraph(say("match.advice"))
    if near:
        yield Heading(2, say("near.ways"))
        yield Listing(tuple(_door(door, phrasing) for door in near))
    if closed := [door for door in doors if not door.ways]:
        yield Heading(2, say("near.none"))
        yield Listing(groups(closed, phrasing))
    yield from proofs(doors, phrasing)


def _door(door: Offer, phrasing: Phrasing) -> Item:
    verdict, say = door.verdict, phrasing.wording.say
    title = f"{phrasing.program(door.program_id)}: {say(f'answer.{verdict.answer.value}')}"
    ways = tuple(way_item(way, verdict, phrasing) for way in door.ways)
    return Item(title, ways, tone=verdict.answer.value)


def way_item(way: NearMiss, verdict: Verdict, phrasing: Phrasing) -> Item:
    """One way: from when and until when, what time alone changes, and what else has to change."""
    say, day = phrasing.wording.say, way.day.isoformat()
    if way.day == way.on:
        words = say("near.now")
    else:
        words = say("near.from" if way.changes else "near.alone", day=day)
    if way.until is not None:
        words = say("near.until", way=words, until=way.until.isoformat())
    changed = {change.asked for change in way.changes}
    turning = _turns(turned(verdict, way.verdict), changed, phrasing)
    return Item(words, (*turning, *(_change(change, phrasing) for change in way.changes)))


def _turns(nodes: Iterable[Verdict], changed: set[Asked], phrasing: Phrasing) -> Iterator[Item]:
    """The comparisons that time alone turns, leaving out those of facts that have to change."""
    say = phrasing.wording.say
    for node in nodes:
        what, answer = phrasing.heading(node.criterion), say(f"answer.{node.answer.value}")
        if node.criterion.about.in_force is not None and node.cell is None:
            answer = phrasing.dates(node.criterion.about.in_force)
        if getattr(node.criterion, "asked", None) not in changed:
            yield Item(say("near.turns", what=what, answer=answer))


def _change(change: Change, phrasing: Phrasing) -> Item:
    say, fact, notes = phrasing.wording.say, change.asked.fact, []
    if isinstance(change.cell, Unknown) and change.kind is NearKind.UNCLEAR:
        notes.append(phrasing.why(change.cell))
    if change.kind is NearKind.ONE_STEP:
        acts = ", ".join(phrasing.code("deed", act) for act in fact.changed_by)
        notes.append(say("near.acts", acts=acts))
    if fact.answered_by:
        who = ", ".join(phrasing.code("who", role) for role in fact.answered_by)
        notes.append(say("reason.ask", who=who))
    what = "; ".join(_demand(demand, phrasing) for demand in change.demands)
    words = say(f"near.{change.kind.value}", what=what)
    tone: Tone = "unknown" if isinstance(change.cell, Unknown) else "not_met"
    return Item(with_notes(words, notes), tone=tone)


def _demand(demand: Demand, phrasing: Phrasing) -> str:
    say, what = phrasing.wording.say, phrasing.heading(demand.compare)
    if demand.wanted is Answer.NOT_MET:
        what = say("near.not", what=what)
    return say("near.keeps", what=what) if demand.found is demand.wanted else what
