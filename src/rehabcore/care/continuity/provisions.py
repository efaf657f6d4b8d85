"""The provisions of one item, and what is expected: supplies, sessions, appointments.

A supply without an end goes on until the person crosses to another setting, or leaves its office.
Whoever goes on with the item there files a supply or an appointment of their own. A session that
was held and an appointment that was kept provide one day.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from attrs import field

from rehabcore.care.continuity.crossings import Crossings
from rehabcore.records import Appointment, CaseFile, ContinuityItem, Session, Supply
from rehabcore.records.sessions import PRESENT
from rehabcore.rules.time.days import ONE_DAY, OPEN, UNSURE, Span
from rehabcore.rules.time.partial import Day, Days, Period, first_of, last_of
from rehabcore.strict.checked import SECRET, checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.vocabulary import AttendanceOutcome, RecordId


@frozen(kw_only=True)
@checked
class Provision:
    """Days over which an office provided an item: those that are possible, and those certain."""

    record_id: RecordId = field(metadata=SECRET)
    office: str = field(metadata=SECRET)
    possible: Span
    certain: Span | None


@frozen(kw_only=True)
@checked
class Expected:
    """A day on which an office is to go on with an item."""

    record_id: RecordId = field(metadata=SECRET)
    office: str = field(metadata=SECRET)
    day: Day


class ProvisionsOnFile:
    """The provisions of every item of a file, as they are known on a day."""

    def __init__(self, view: CaseFile, crossings: Crossings, on: date) -> None:
        self.crossings, self.on = crossings, on
        self._supplies: dict[RecordId, list[Supply]] = defaultdict(list)
        self._appointments: dict[RecordId, list[Appointment]] = defaultdict(list)
        self._sessions: dict[str, list[Session]] = defaultdict(list)
        self._outcomes: dict[RecordId, set[AttendanceOutcome]] = defaultdict(set)
        for supply in view.supplies:
            self._supplies[supply.item].append(supply)
        for appointment in view.appointments:
            self._appointments[appointment.item].append(appointment)
        for session in view.sessions:
            self._sessions[session.program_id].append(session)
        for attendance in view.attendances:
            self._outcomes[attendance.session].add(attendance.outcome)

    def of(self, item: ContinuityItem) -> tuple[list[Provision], list[Expected]]:
        """The provisions of an item, those arranged among them, and what is expected then."""
        provided = [self._supplied(one) for one in self._supplies[item.filed.record_id]]
        expected: list[Expected] = []
        for record_id, office, day, sure in self._single_days(item):
            coming = not sure and last_of(day) >= self.on
            gate = self.crossings.next_after(self.on, (office,)) if coming else None
            here = gate is not None and last_of(day) < first_of(gate.day)
            if coming and not here:
                expected.append(Expected(record_id=record_id, office=office, day=day))
            else:  # what is arranged here, before the person leaves, is taken to take place
                provided.append(_of_one_day(record_id, office, day, sure=sure or coming))
        provided.sort(key=lambda one: (one.possible.start, one.record_id))
        expected.sort(key=lambda one: (last_of(one.day), first_of(one.day), one.record_id))
        return provided, expected

    def _single_days(self, item: ContinuityItem) -> Iterator[tuple[RecordId, str, Day, bool]]:
        """The days of appointments and sessions, and whether somebody said that they took place.

        Those that did not take place are left out.
        """
        for appointment in self._appointments[item.filed.record_id]:
            if appointment.kept is not False:
                kept = appointment.kept is True
                yield appointment.filed.record_id, appointment.office, appointment.on, kept
        for session in self._sessions[item.program_id or ""]:
            outcomes = self._outcomes[session.filed.record_id]
            if session.held and (not outcomes or outcomes & PRESENT):
                took_part = bool(outcomes) and outcomes <= PRESENT
                yield session.filed.record_id, session.filed.source, session.day, took_part

    def _supplied(self, supply: Supply) -> Provision:
        possible, certain = possible_and_certain(supply.covers)
        if not isinstance(possible.end, date):
            start, office = possible.start, (supply.office,)
            if left := self.crossings.next_after(start, office):
                certain = part_before(certain, first_of(left.day))
            if left := self.crossings.next_after(start, office, doubted=False):
                possible = Span(start, last_of(left.day))
        return Provision(
            record_id=supply.filed.record_id,
            office=supply.office,
            possible=possible,
            certain=certain,
        )


def _of_one_day(record_id: RecordId, office: str, day: Day, *, sure: bool) -> Provision:
    possible = Span(first_of(day), last_of(day) + ONE_DAY)
    known = sure and isinstance(day, date)
    return Provision(
        record_id=record_id, office=office, possible=possible, certain=possible if known else None
    )


def possible_and_certain(days: Days) -> tuple[Span, Span | None]:
    """The days that a record may be about, and those that it certainly is about."""
    if isinstance(days, Period):
        brief = days.brief
        certain = days.certain if brief is None else Span(brief, brief + ONE_DAY)
        return days.possible, certain
    if days.end is UNSURE:
        return Span(days.start, OPEN), Span(days.start, days.start + ONE_DAY)
    return days, days


def part_before(span: Span | None, day: date) -> Span | None:
    """The part of a span before a day; None if there is none."""
    if span is None or span.start >= day:
        return None
    return span if isinstance(span.end, date) and span.end <= day else Span(span.start, day)
