"""Needs, risks and what they call for as documents; plans use parts of this too.

The person who overrode a level is kept with the result and not shown here.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from rehabcore.care.needs import NeedSeen
from rehabcore.care.needs.dosage import DosagePlan, DosageTarget
from rehabcore.care.needs.risks import RiskSaid, RiskSeen
from rehabcore.care.needs.sequence import Turn
from rehabcore.casework.results import NeedsResult
from rehabcore.reports.pages import Block, Heading, Item, Listing, Paragraph
from rehabcore.reports.phrasing import Phrasing
from rehabcore.reports.wording import with_notes
from rehabcore.rules.facts import Unknown
from rehabcore.rules.sources import Status
from rehabcore.rules.truth import Answer, UnknownKind


def describe_needs(result: NeedsResult, phrasing: Phrasing) -> Iterator[Block]:
    """Describe a person's needs and risks, and what they call for."""
    say = phrasing.wording.say
    yield Heading(1, say("rnr.title", on=result.profile.on.isoformat()))
    if result.died:
        yield Paragraph(say("rnr.died"))
    yield Paragraph(say("rnr.advice"))
    yield Heading(2, say("plan.needs"))
    yield Listing(tuple(need_item(need, phrasing) for need in result.profile.needs))
    yield Heading(2, say("rnr.risks"))
    yield Listing(tuple(_risk(risk, result.profile.on, phrasing) for risk in result.risks))
    yield Heading(2, say("rnr.dosage"))
    yield Listing((*_count(result, phrasing), target_item(result.target, phrasing)))
    if result.turns:
        yield from order(result.turns, phrasing)


def _count(result: NeedsResult, phrasing: Phrasing) -> Iterator[Item]:
    """The number of needs that bear on reoffending, if the country says which do."""
    count = result.count
    if count is not None and count.least == count.most:
        yield Item(phrasing.wording.say("rnr.count", count=str(count.least)))
    elif count is not None:
        least, most = str(count.least), str(count.most)
        words = phrasing.wording.say("rnr.count_between", least=least, most=most)
        yield Item(words, tone="unknown")


def need_item(need: NeedSeen, phrasing: Phrasing) -> Item:
    """One need domain, with the records that its level rests on."""
    known = phrasing.code("need_level", need.level) if need.level is not None else None
    below = tuple(_parts(need, phrasing))
    return _seen(phrasing.code("domain", need.domain), known, need, phrasing, below)


def _parts(need: NeedSeen, phrasing: Phrasing) -> Iterator[Item]:
    """The parts of the domain in which the need was found."""
    found = [part.subdomain for part in need.subdomains if part.found is Answer.MET]
    if found:
        parts = ", ".join(phrasing.code("subdomain", code) for code in found)
        yield Item(phrasing.wording.say("rnr.found_in", parts=parts))


def _risk(risk: RiskSeen, on: date, phrasing: Phrasing) -> Item:
    """The level of risk, with every assessment, and the day by which to assess anew."""
    say = phrasing.wording.say
    name = say("rnr.overall")
    if risk.domain is not None:
        name = say("rnr.in_domain", domain=phrasing.code("domain", risk.domain))
    known = phrasing.code("risk_level", risk.level) if risk.level is not None else None
    below = [_said(said, phrasing) for said in risk.said]
    if risk.reassess_by is None:
        below.append(Item(say("rnr.no_reassess"), tone="unknown"))
    else:
        key = "rnr.overdue" if risk.reassess_by < on else "rnr.reassess"
        below.append(Item(say(key, day=risk.reassess_by.isoformat())))
    return _seen(name, known, risk, phrasing, below)


def _seen(
    name: str,
    known: str | None,
    seen: NeedSeen | RiskSeen,
    phrasing: Phrasing,
    below: Iterable[Item] = (),
) -> Item:
    say = phrasing.wording.say
    notes = [say("reason.evidence", records=", ".join(seen.evidence))] if seen.evidence else []
    if seen.contested:
        notes.append(say("reason.contested"))
    told = _why(seen.unknown, phrasing, seen.evidence) if known is None else known
    words = "; ".join([told, *notes])
    return Item(f"{name}: {words}", tuple(below), tone="unknown" if known is None else "")


def _why(unknown: UnknownKind | None, phrasing: Phrasing, evidence: Iterable[str] = ()) -> str:
    return "" if unknown is None else phrasing.why(Unknown(unknown, evidence=tuple(evidence)))


def _said(said: RiskSaid, phrasing: Phrasing) -> Item:
    """One assessment; if a person decided otherwise, both levels."""
    say = phrasing.wording.say
    level = say("rnr.no_level") if said.level is None else phrasing.code("risk_level", said.level)
    notes = [say("rnr.assessed", day=phrasing.day(said.assessed_on))]
    if said.applies is None:
        notes.append(_why(said.unknown, phrasing, (said.record_id,)))
    elif said.decided is not None:
        notes.append(say("rnr.applies", level=phrasing.code("risk_level", said.applies)))
    if said.decided is not None:
        notes.append(say("rnr.decided", record=said.decided.record_id, reason=said.decided.reason))
    if isinstance(said.until, date):
        notes.append(say("decision.expires", end=said.until.isoformat()))
    if said.remarks:
        notes.append(say("rnr.remarks", codes=", ".join(said.remarks)))
    return Item(with_notes(f"{said.instrument}, {said.record_id}: {level}", notes))


# --- what is called for -------------------------------------------------------------------


def target_item(target: DosageTarget, phrasing: Phrasing) -> Item:
    """The hours that are called for, with their source; or why they are not known."""
    say = phrasing.wording.say
    known = target.hours is not None
    words = say("rnr.no_target", why=_why(target.unknown, phrasing))
    if known:
        words = say("rnr.target", hours=str(target.hours))
    notes = [say("reason.cites", cites=", ".join(map(str, target.cite)))] if target.cite else []
    if target.status is Status.DRAFT:
        notes.append(say("reason.draft"))
    return Item(with_notes(words, notes), tone="" if known else "unknown")


def planned(dosage: DosagePlan, phrasing: Phrasing) -> Iterator[Block]:
    """Describe the hours of the proposed programmes, compared with those that are called for."""
    say = phrasing.wording.say
    items = [Item(say("rnr.planned", hours=str(dosage.planned)))]
    if dosage.shortfall:
        words = say("rnr.shortfall", hours=str(dosage.shortfall))
        items.append(Item(words, tone=dosage.enough.value))
    if dosage.unstated:
        programs = ", ".join(map(phrasing.program, dosage.unstated))
        items.append(Item(say("rnr.unstated", programs=programs), tone="unknown"))
    yield Heading(2, say("rnr.dosage"))
    yield Listing((target_item(dosage.target, phrasing), *items))


def order(turns: Iterable[Turn], phrasing: Phrasing) -> Iterator[Block]:
    """Describe the order of programmes, and what their groups wait for."""
    yield Heading(2, phrasing.wording.say("rnr.order"))
    yield Listing(tuple(_turn(turn, phrasing) for turn in turns))


def _turn(turn: Turn, phrasing: Phrasing) -> Item:
    say = phrasing.wording.say
    notes = [
        say(key, domains=", ".join(phrasing.code("domain", code) for code in domains))
        for key, domains in (("rnr.waits", turn.held_up_by), ("rnr.may_wait", turn.unclear))
        if domains
    ]
    if turn.sequence_class is None:
        notes.append(say("rnr.no_class"))
    words = "; ".join([say(f"rnr.turn_{turn.answer.value}"), *notes])
    return Item(f"{phrasing.program(turn.program_id)}: {words}", tone=turn.answer.value)
