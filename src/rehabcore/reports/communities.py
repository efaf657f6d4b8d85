"""Therapeutic communities, stays in them, and diversions, on a day.

Residents in the book of a community are told by number. Those who wait are named by the reference
of their stay, so that the community can take the next one.
"""

from collections.abc import Iterator

from rehabcore.care.community.occupancy import CommunityStanding
from rehabcore.care.community.profiles import Quoted
from rehabcore.care.community.stays import MisplacedInStay
from rehabcore.care.diversion import DiversionStanding
from rehabcore.casework.stay_results import (
    CommunityResult,
    DiversionResult,
    ResidencyResult,
    StaySeen,
)
from rehabcore.reports.pages import Block, Heading, Item, Listing, Paragraph, listing
from rehabcore.reports.phrasing import Phrasing
from rehabcore.reports.wording import with_notes
from rehabcore.rules.sources import Status
from rehabcore.rules.time.days import Ending
from rehabcore.rules.time.partial import PartialEnd


def describe_community(result: CommunityResult, phrasing: Phrasing) -> Iterator[Block]:
    """Describe the places, the waiting list, the staff and the norms of a community."""
    say, told, on = phrasing.wording.say, result.standing, result.grounds.stamp.on
    unit = phrasing.wording.title(result.title)
    yield Heading(1, say("community.title", unit=unit, on=on.isoformat()))
    yield Paragraph(_stage(told, phrasing))
    if told.alerts:
        yield Listing(
            tuple(Item(say(f"community_alert.{one.value}"), tone="alert") for one in told.alerts)
        )
    yield Heading(2, say("community.places"))
    yield Listing(tuple(_places(told, phrasing)))
    yield from _missing(told, phrasing)
    yield Heading(2, say("community.norms"))
    norms = (Item(_norm(result, number, phrasing)) for number in range(len(told.norms)))
    yield from listing(norms, say("community.no_norms"))
    yield from _profile(result, phrasing)


def _stage(told: CommunityStanding, phrasing: Phrasing) -> str:
    say = phrasing.wording.say
    if told.stage is None:
        return say("community.no_stage")
    admits = say("community.admits" if told.admits else "community.admits_nobody")
    return say("community.stage", stage=say(f"unit_stage.{told.stage.value}"), admits=admits)


def _places(told: CommunityStanding, phrasing: Phrasing) -> Iterator[Item]:
    say = phrasing.wording.say
    if told.capacity is None:
        yield Item(say("community.occupied", occupied=str(told.occupied)), tone="unknown")
    else:
        occupied, capacity, free = map(str, (told.occupied, told.capacity, told.free))
        yield Item(say("community.free", occupied=occupied, capacity=capacity, free=free))
    suspended = sum(one.suspended_since is not None for one in told.residents)
    if suspended:
        yield Item(say("community.suspended", number=str(suspended)))
    yield from _phases(told, phrasing)
    waits = tuple(
        Item(say("community.waits", stay=one.stay, day=one.since.isoformat()))
        for one in told.waiting
    )
    yield Item(say("community.waiting", number=str(len(told.waiting))), waits)
    yield _staff(told, phrasing)


def _phases(told: CommunityStanding, phrasing: Phrasing) -> Iterator[Item]:
    """How many residents are in each phase, in the order in which they first are named."""
    count: dict[str, int] = {}
    for resident in told.residents:
        if resident.phase:
            count[resident.phase] = count.get(resident.phase, 0) + 1
    for phase, number in sorted(count.items()):
        yield Item(phrasing.wording.say("community.in_phase", phase=phase, number=str(number)))


def _staff(told: CommunityStanding, phrasing: Phrasing) -> Item:
    say = phrasing.wording.say
    if told.counsellors is None:
        return Item(say("community.no_staff"), tone="unknown")
    words = say("community.staff", staff=str(told.staff), counsellors=str(told.counsellors))
    ratio = "" if told.ratio is None else say("community.ratio", ratio=str(told.ratio))
    most = "" if told.most is None else say("community.most", most=str(told.most))
    return Item(with_notes(words, (ratio, most)))


def _missing(told: CommunityStanding, phrasing: Phrasing) -> Iterator[Block]:
    """The items of the preparation that lack."""
    if told.missing:
        say = phrasing.wording.say
        yield Heading(2, say("community.missing"))
        yield Listing(
            tuple(
                Item(say(f"unit_preparation.{item.value}"), tone="unknown") for item in told.missing
            )
        )


def _norm(result: CommunityResult, number: int, phrasing: Phrasing) -> str:
    norm = result.standing.norms[number]
    return phrasing.wording.say(
        "community.norm",
        norm=phrasing.wording.title(norm.text),
        day=norm.adopted_on.isoformat(),
        in_favour=str(norm.in_favour),
        against=str(norm.against),
    )


def _profile(result: CommunityResult, phrasing: Phrasing) -> Iterator[Block]:
    """The country's own words about the community."""
    say = phrasing.wording.say
    yield Heading(2, say("community.profile"))
    if result.profile_title is None:
        yield Paragraph(say("community.no_profile"))
        return
    draft = say("reason.draft") if result.status is Status.DRAFT else ""
    told = [Item(with_notes(phrasing.wording.title(result.profile_title), (draft,)))]
    if result.planned_places is not None:
        told.append(Item(say("community.planned_places", number=str(result.planned_places))))
    if not result.phases_published:
        told.append(Item(say("community.no_phases"), tone="unknown"))
    yield Listing((*told, *(_quoted(quote, phrasing) for quote in result.quoted)))


def _quoted(quote: Quoted, phrasing: Phrasing) -> Item:
    """A quotation. If a professional has to answer it, nobody else does."""
    say = phrasing.wording.say
    who = say(f"who.{quote.answered_by}") if quote.answered_by else ""
    asked = say("reason.ask", who=who) if who else ""
    cites = ", ".join(map(str, quote.cite))
    source = say("reason.cites", cites=cites) if cites else ""
    return Item(with_notes(phrasing.wording.title(quote.says), (asked, source)))


# --- stays --------------------------------------------------------------------------------


def describe_residency(result: ResidencyResult, phrasing: Phrasing) -> Iterator[Block]:
    """Describe where each stay stands, what lies ahead, and what lacks for the next step."""
    say, on = phrasing.wording.say, result.grounds.stamp.on
    yield Heading(1, say("stay.title", on=on.isoformat()))
    if not result.stays:
        yield Paragraph(say("stay.none"))
    for number, seen in enumerate(result.stays, start=1):
        yield from _stay(number, seen, phrasing)


def _stay(number: int, seen: StaySeen, phrasing: Phrasing) -> Iterator[Block]:
    say, told = phrasing.wording.say, seen.standing
    state = say("stay.died") if told.died else say(f"stay_state.{told.state}")
    yield Heading(2, say("stay.one", number=str(number), unit=told.unit))
    items = [Item(say("stay.state", state=state, day=told.since.isoformat()))]
    if told.reason is not None:
        items.append(
            Item(say("stay.reason", reason=phrasing.code("residency_reason", told.reason)))
        )
    if seen.days_in_phase is not None:
        phase = phrasing.wording.title(seen.phase.title) if seen.phase else say("stay.no_phase")
        days = say("stay.days", in_phase=str(seen.days_in_phase), days=str(seen.days))
        items.append(Item(f"{phase}: {days}"))
    yield Listing((*items, *_ahead(seen, phrasing), *_next(seen, phrasing)))
    if told.misplaced:
        yield Heading(3, say("stay.misplaced"))
        yield Listing(tuple(_misplaced(one, phrasing) for one in told.misplaced))


def _misplaced(one: MisplacedInStay, phrasing: Phrasing) -> Item:
    say = phrasing.wording.say
    event, why = say(f"stay_event.{one.event.value}"), say(f"stay_misplaced.{one.why.value}")
    return Item(f"{event}: {why}", tone="alert")


def _ahead(seen: StaySeen, phrasing: Phrasing) -> Iterator[Item]:
    """The outlook: the next phase, the completion, and whether that is in time."""
    say, ahead = phrasing.wording.say, seen.outlook
    if ahead.earliest_next is not None:
        yield Item(say("stay.earliest", day=ahead.earliest_next.isoformat()))
    if ahead.completion is not None:
        yield Item(say("stay.completion", day=ahead.completion.isoformat()))
    if ahead.release is not None:
        yield Item(say("stay.release", day=phrasing.day(ahead.release)))
    if ahead.in_time is False:
        plan = "stay.exit_plan" if ahead.exit_plan is not None else "stay.no_exit_plan"
        yield Item(say("stay.late", plan=say(plan)), tone="alert")


def _next(seen: StaySeen, phrasing: Phrasing) -> Iterator[Item]:
    """The next step, and what lacks for it."""
    say = phrasing.wording.say
    if seen.next_event is not None:
        lacks = tuple(Item(say(f"fact.{name}"), tone="unknown") for name in seen.lacks)
        yield Item(say("stay.next", event=say(f"stay_event.{seen.next_event.value}")), lacks)


# --- diversions ---------------------------------------------------------------------------


def describe_diversion(result: DiversionResult, phrasing: Phrasing) -> Iterator[Block]:
    """Describe where each diversion stands, with its conditions and reports."""
    say, on = phrasing.wording.say, result.grounds.stamp.on
    yield Heading(1, say("diversion.title", on=on.isoformat()))
    if not result.diversions:
        yield Paragraph(say("diversion.none"))
    for number, one in enumerate(result.diversions, start=1):
        yield Heading(2, say("diversion.one", number=str(number), office=one.decided_by))
        yield Listing(tuple(_diversion(one, phrasing)))


def _diversion(one: DiversionStanding, phrasing: Phrasing) -> Iterator[Item]:
    say = phrasing.wording.say
    state = say(f"diversion_state.{one.state}")
    yield Item(say("stay.state", state=state, day=one.since.isoformat()))
    yield Item(say("diversion.until", day=_end(one.until, phrasing)))
    office = one.accepted_by
    yield Item(
        say("diversion.accepted", office=office) if office else say("diversion.not_accepted")
    )
    running, over = str(len(one.running)), str(len(one.over))
    yield Item(say("diversion.conditions", running=running, over=over))
    reports = tuple(Item(day.isoformat()) for day in one.reports)
    yield Item(say("diversion.reports", number=str(len(one.reports))), reports)
    for remark in one.remarks:
        yield Item(say(f"diversion_remark.{remark.value}"), tone="alert")


def _end(end: PartialEnd, phrasing: Phrasing) -> str:
    if isinstance(end, Ending):
        return phrasing.wording.say(f"diversion.{end.value}")
    return phrasing.day(end)
