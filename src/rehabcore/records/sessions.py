"""Sessions of programmes, and how the person attended them."""

import re
from collections.abc import Iterable

from attrs import field

from rehabcore.records.fields import PROGRAMS, first_day, refers_to, word
from rehabcore.records.filing import Filed
from rehabcore.rules.time.partial import Day, first_of
from rehabcore.strict.checked import SECRET, checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem, missing_key
from rehabcore.strict.vocabulary import AttendanceOutcome, ProgramId, RecordId

_WALL_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+-]{0,31}(?:/[A-Za-z0-9_+-]{1,32}){0,2}")
_MINUTES_OF_A_DAY = 24 * 60


@frozen(kw_only=True)
@checked
class Session:
    """A session of a programme at which the person was expected, on one day.

    ``starts_at`` is the time on the wall, ``"14:30"``, and ``zone`` the name of its time zone,
    ``"Asia/Tbilisi"``. Both are kept as written: nothing converts or looks them up. ``minutes`` is
    how long the session lasts; None means that it is not recorded. A session that was not ``held``
    may name the ``reason``, a code of the country.
    """

    filed: Filed
    program_id: ProgramId = field(metadata=SECRET | word(PROGRAMS))
    day: Day = field(metadata=first_day())
    starts_at: str = field(default="", metadata=SECRET)
    zone: str = field(default="", metadata=SECRET)
    minutes: int | None = None
    held: bool = True
    reason: str | None = field(default=None, metadata=word("cancellation_reasons"))

    def _problems(self) -> Iterable[Problem]:
        yield from wall_times(self, "starts_at")
        if self.zone and _ZONE.fullmatch(self.zone) is None:
            expected = 'the name of a time zone, such as "Asia/Tbilisi"'
            yield Problem.of(self.zone, "bad_time", expected, path="zone", secret=True)
        if self.zone and not self.starts_at:
            yield missing_key("starts_at", "the time, which the zone is about")
        yield from _minutes(self.minutes, 1)
        if self.held and self.reason is not None:
            expected = "nothing where the session was held: it is why one was not"
            yield Problem.of(self.reason, "contradicts_itself", expected, path="reason")


@frozen(kw_only=True)
@checked
class Attendance:
    """How the person attended one session, or why not.

    ``minutes`` is how long the person was there; None means that it is not recorded.
    """

    filed: Filed
    session: RecordId = field(metadata=SECRET | refers_to("sessions"))
    outcome: AttendanceOutcome
    minutes: int | None = None

    def _problems(self) -> Iterable[Problem]:
        yield from _minutes(self.minutes, 0)
        if self.minutes and self.outcome not in PRESENT:
            expected = "0, or nothing: the person was not there"
            yield Problem.of(self.minutes, "contradicts_itself", expected, path="minutes")


PRESENT = frozenset(
    {AttendanceOutcome.ATTENDED, AttendanceOutcome.LATE, AttendanceOutcome.DID_NOT_ENGAGE}
)
"""The outcomes with which the person was in the room."""


def wall_times(record: object, *names: str) -> Iterable[Problem]:
    """A problem for each field whose text is not empty and no time on the wall."""
    for name in names:
        text = getattr(record, name)
        if text and _WALL_TIME.fullmatch(text) is None:
            expected = 'a time on the wall, such as "14:30"'
            yield Problem.of(text, "bad_time", expected, path=name, secret=True)


def _minutes(number: int | None, least: int) -> Iterable[Problem]:
    if number is not None and not least <= number <= _MINUTES_OF_A_DAY:
        expected = f"{least} to {_MINUTES_OF_A_DAY} minutes"
        yield Problem.of(number, "out_of_range", expected, path="minutes")


def problems_of_attendance(
    entries: Iterable[tuple[str, Attendance]], sessions: Iterable[Session]
) -> Iterable[Problem]:
    """The problems of one source that tells a session and its attendance in ways that do not fit.

    Args:
        entries: attendances with their paths.
        sessions: the sessions to which they may refer.
    """
    told: set[tuple[str, RecordId]] = set()
    by_id = {session.filed.record_id: session for session in sessions}
    for path, attendance in entries:
        source, session = attendance.filed.source, by_id.get(attendance.session)
        if (source, attendance.session) in told:
            expected = "one attendance of each session"
            yield Problem(
                code="two_at_once",
                path=f"{path}.session",
                found="a session told before",
                expected=expected,
            )
        told.add((source, attendance.session))
        if session is not None and session.filed.source == source:
            yield from _fits(path, attendance, session)


def _fits(path: str, attendance: Attendance, session: Session) -> Iterable[Problem]:
    cancelled = attendance.outcome is AttendanceOutcome.CANCELLED_BY_PROVIDER
    if cancelled == session.held:
        expected = (
            "another outcome: the session was held"
            if session.held
            else "cancelled_by_provider: the session was not held"
        )
        yield Problem.of(
            attendance.outcome.value, "contradicts_itself", expected, path=f"{path}.outcome"
        )
    known = attendance.filed.recorded_on
    if not cancelled and known < first_of(session.day):
        expected = "a day not before the session: nobody knows who attends what is to come"
        yield Problem.of(known, "wrong_order", expected, path=f"{path}.filed.recorded_on")
    longest, minutes = session.minutes, attendance.minutes
    if longest is not None and minutes is not None and minutes > longest:
        expected = f"at most {longest} minutes, as long as the session lasted"
        yield Problem.of(minutes, "out_of_range", expected, path=f"{path}.minutes")
