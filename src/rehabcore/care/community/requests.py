"""Requests about a stay: what comes next, what lacks for it, and whether a request is allowed.

A request that is not allowed is refused with everything that speaks against it, and nothing is
changed. An allowed one files an act in the case file, and in the book of the community.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import cast

from attrs import evolve, field

from rehabcore.care.community.stays import EXITS, PhasesOf, StayStanding
from rehabcore.care.community.unit_stays import UnitAct, stays_of
from rehabcore.care.community.units import CommunityUnit
from rehabcore.care.machines import machine
from rehabcore.care.moves.numbers import number_after
from rehabcore.records import CaseFile, Filed, Residency, ResidencyAct
from rehabcore.records.changes import held_on
from rehabcore.rules.criteria import Compare, comparisons
from rehabcore.rules.judging.cells import Cells
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.machines.requests import step
from rehabcore.rules.machines.walking import HistoryEntry, Position
from rehabcore.rules.time.partial import last_of
from rehabcore.rules.truth import Answer
from rehabcore.strict.checked import SECRET, checked, not_empty
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem, Problems
from rehabcore.strict.vocabulary import RecordId, ResidencyEvent, StaffId, UnitEvent


@frozen(kw_only=True)
@checked
class StayRequest:
    """A request to do something in a stay on a day.

    ``by`` is who decided it, ``reviewed`` whether the community reviewed it. ``office`` is where
    the person goes, ``report`` whether it was sent the report of the stay. ``source`` is the office
    that files the act, ``recorded_on`` the day of filing, ``record_id`` its id.
    """

    residency: RecordId = field(metadata=SECRET)
    event: ResidencyEvent
    on: date
    source: str
    recorded_on: date
    record_id: RecordId = field(metadata=SECRET)
    by: StaffId | None = field(default=None, repr=False, metadata=SECRET)
    reviewed: bool | None = None
    reason: str | None = field(default=None, metadata=SECRET)
    office: str = field(default="", metadata=SECRET)
    report: bool | None = None

    def _problems(self) -> Iterable[Problem]:
        return not_empty(self, "source", "record_id")


_NEXT = {
    "referred": ResidencyEvent.SCREENED,
    "screening": ResidencyEvent.ADMITTED,
    "waitlisted": ResidencyEvent.ADMITTED,
    "suspended": ResidencyEvent.RESUMED,
    "graduated": ResidencyEvent.AFTERCARE,
    "released_before_completion": ResidencyEvent.AFTERCARE,
}
"""The next act in most states; after others only that the stay is closed."""


def next_event(stay: StayStanding, phases: PhasesOf) -> ResidencyEvent | None:
    """The act that would carry a stay on; None when it is over."""
    first, *others = may_be_next(stay)
    if not others:
        return first
    last = phases.known and stay.visits[-1].phase + 1 >= len(phases.phases)
    return ResidencyEvent.GRADUATED if last else ResidencyEvent.ADVANCED


def may_be_next(stay: StayStanding) -> tuple[ResidencyEvent | None, ...]:
    """The acts of which one would carry a stay on, whatever the phases; None where it is over."""
    if stay.died or not machine("residency").leaving(stay.state):
        return (None,)
    if stay.state == "resident":
        return ResidencyEvent.ADVANCED, ResidencyEvent.GRADUATED
    return (_NEXT.get(stay.state, ResidencyEvent.CLOSED),)


def lacking_for(stay: StayStanding, event: ResidencyEvent, known: Cells, on: date) -> Iterator[str]:
    """The facts that would have to hold for an act in the state of a stay, and do not certainly."""
    for asked in _asked_for(stay, event):
        if judge(asked, known, on=on).answer is not Answer.MET:
            yield asked.asked.fact.name


def guarded_by(stay: StayStanding, event: ResidencyEvent | None) -> Iterator[str]:
    """The facts that have to hold for an act in the state of a stay; none where it is over."""
    return (asked.asked.fact.name for asked in _asked_for(stay, event))


def _asked_for(stay: StayStanding, event: ResidencyEvent | None) -> Iterator[Compare]:
    for arrow in machine("residency").leaving(stay.state):
        if arrow.event == event and arrow.guard is not None:
            yield from comparisons(arrow.guard)


def require_allowed_in_stay(stay: StayStanding, request: StayRequest, known: Cells) -> None:
    """Refuse a request that the table of stays does not allow on its day.

    Raises:
        RequestRefused: carries every guard that is not certainly met, and what would be possible.
    """
    before = Position(state=stay.state, origin=stay.origin)
    step(
        machine("residency"),
        before,
        HistoryEntry(event=request.event.value, on=request.on),
        cells=known,
    )


def require_fitting(case: CaseFile, unit: CommunityUnit, request: StayRequest) -> Residency:
    """The stay that a request is about, if it is one of the file and of the community.

    Raises:
        InputError: names every problem: no such stay, one of another community, a stay without a
            reference, a day before the last act, an id that the file already has.
    """
    problems, view = Problems(), held_on(case.as_known(date.max), request.on)
    named = (one for one in view.residencies if one.filed.record_id == request.residency)
    stay = next(named, None)
    taken = {record.filed.record_id for record in case.records()}
    if request.record_id in taken:
        expected = "an id that no other record of the file has"
        problems.add(_secret(request.record_id, "duplicate_id", expected, "request.record_id"))
    if stay is None:
        expected = "the id of a stay of the case file"
        problems.add(_secret(request.residency, "dangling_id", expected, "request.residency"))
    else:
        if stay.unit != unit.unit_id:
            expected = "the book of the community to which the person was referred"
            problems.add(_secret(unit.unit_id, "dangling_id", expected, "unit.unit_id"))
        if not stay.reference and _event_in_book(request.event) is not None:
            expected = "a stay with a reference, under which the book tells of it"
            problems.add(_secret(stay.reference, "missing_key", expected, "request.residency"))
    days = [last_of(act.on) for act in view.residency_acts if act.residency == request.residency]
    if max(days, default=request.on) > request.on:
        expected = "a day not before the last act of the stay"
        problems.note(request.on, "ends_before_start", expected, path="request.on")
    problems.done()
    return cast("Residency", stay)


def _secret(value: object, code: str, expected: str, path: str) -> Problem:
    return Problem.of(value, code, expected, path=path, secret=True)


def act_of(case: CaseFile, request: StayRequest) -> ResidencyAct:
    """The act that a request files in a case file, after all others of its day."""
    return ResidencyAct(
        filed=Filed(
            record_id=request.record_id,
            recorded_on=request.recorded_on,
            source=request.source,
            sequence=number_after(case, request.event, request.on),
        ),
        residency=request.residency,
        event=request.event,
        on=request.on,
        by=request.by,
        reason=request.reason,
        office=request.office,
        report=request.report,
        reviewed=request.reviewed,
    )


def written_in(unit: CommunityUnit, stay: Residency, request: StayRequest) -> CommunityUnit:
    """The book with what it is to know of an act; why somebody left is not among that.

    Raises:
        InputError: the book tells something else of the stay, so that the act cannot be.
    """
    event = _event_in_book(request.event)
    waits = stays_of(unit.acts, len(unit.phases)).get(stay.reference)
    if event is UnitEvent.WITHDRAWN and (waits is None or not waits.is_waiting):
        event = None
    if event is None:
        return unit
    same_day = [a.number for a in unit.acts if (a.stay, a.on) == (stay.reference, request.on)]
    act = UnitAct(
        stay=stay.reference,
        event=event,
        on=request.on,
        number=max(same_day, default=0) + 1,
    )
    return evolve(unit, acts=(*unit.acts, act))


_IN_BOOK = {
    ResidencyEvent.WAITLISTED: UnitEvent.WAITLISTED,
    ResidencyEvent.WITHDRAWN: UnitEvent.WITHDRAWN,
    ResidencyEvent.INELIGIBLE: UnitEvent.WITHDRAWN,
    ResidencyEvent.ADMITTED: UnitEvent.ADMITTED,
    ResidencyEvent.ADVANCED: UnitEvent.ADVANCED,
    ResidencyEvent.REGRESSED: UnitEvent.REGRESSED,
    ResidencyEvent.SUSPENDED: UnitEvent.SUSPENDED,
    ResidencyEvent.RESUMED: UnitEvent.RESUMED,
    **dict.fromkeys(EXITS, UnitEvent.LEFT),
}


def _event_in_book(event: ResidencyEvent) -> UnitEvent | None:
    """The event that the book of the community tells; None if it is none of its business."""
    return _IN_BOOK.get(event)
