"""The records of a file that are open on a day: what runs, waits for an answer, or is in force."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum

from attrs import evolve, field

from rehabcore.care.community.stays import StayMisplacement, stays_on
from rehabcore.care.diversion import DiversionRemark, diversions_on
from rehabcore.care.moves.responsibility import died_by
from rehabcore.care.moves.stages import TransitionSeen
from rehabcore.care.needs.dosage import minutes_attended
from rehabcore.records import CaseFile, Consent, Registration, Requirement, Session
from rehabcore.records.fields import PROGRAMS, word
from rehabcore.rules.sources import Text
from rehabcore.rules.time.days import OPEN, Ending
from rehabcore.rules.time.partial import Day, PartialDay, PartialEnd, first_of, last_of
from rehabcore.strict.checked import SECRET, checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.vocabulary import Outcome, ProgramId, RecordId


class HandedKind(StrEnum):
    """The kind of an open record."""

    ENROLMENT = "enrolment"
    REFERRAL = "referral"
    CONSENT = "consent"
    RULING = "ruling"
    REQUIREMENT = "requirement"
    REGISTRATION = "registration"
    """An entry in a register."""
    TRANSITION = "transition"
    RESIDENCY = "residency"
    """A stay in a community."""
    DIVERSION = "diversion"


class HandedReason(StrEnum):
    """Why a record is handed over."""

    STANDS = "stands"
    """It runs, is live, or is in force."""
    PERHAPS = "perhaps"
    """Nobody can tell whether it still does."""
    BEGINS_LATER = "begins_later"
    UNANSWERED = "unanswered"
    """Nothing on file has followed from it yet."""
    REFUSED = "refused"
    """The person said no."""


OPEN_STATES: Mapping[HandedKind, Mapping[str, HandedReason]] = {
    HandedKind.RESIDENCY: {
        "referred": HandedReason.UNANSWERED,
        "screening": HandedReason.STANDS,
        "waitlisted": HandedReason.STANDS,
        "resident": HandedReason.STANDS,
        "suspended": HandedReason.STANDS,
        "graduated": HandedReason.UNANSWERED,
        "released_before_completion": HandedReason.UNANSWERED,
        "aftercare": HandedReason.STANDS,
    },
    HandedKind.DIVERSION: {
        "decided": HandedReason.UNANSWERED,
        "running": HandedReason.STANDS,
        "breached": HandedReason.STANDS,
    },
}
"""The states in which stays and diversions are open, and why each is handed over.

A person who has left a community has an open stay as long as aftercare can follow. Other ends do
not cross: one of them is medical.
"""


@frozen(kw_only=True)
@checked
class HandedRecord:
    """One open record: what it is about, since when, and until when if an end is stated.

    ``about`` is the id of a programme or of a community, a code of the country, or the office that
    decided. Of a transition the ``title`` is that of its move, of stays and diversions the
    ``state`` is one of ``OPEN_STATES``.
    """

    record_id: RecordId = field(metadata=SECRET)
    kind: HandedKind
    reason: HandedReason
    about: str = field(metadata=SECRET)
    since: Day
    until: PartialEnd = OPEN
    title: Text | None = None
    state: str = ""


@frozen(kw_only=True)
@checked
class HandedWork:
    """The work in one programme: the minutes that were certainly attended, and the next session."""

    program_id: ProgramId = field(metadata=SECRET | word(PROGRAMS))
    minutes: int
    next_session: RecordId | None = field(default=None, metadata=SECRET)
    next_on: Day | None = None


def open_records(
    view: CaseFile, on: date, transitions: Iterable[TransitionSeen]
) -> tuple[HandedRecord, ...]:
    """Every record that is open on a day, each once; of each kind in the order of their days.

    Args:
        view: the records that hold on the day, as far as the recipient may see them.
        on: the day.
        transitions: its transitions, as they stand on the day.
    """
    seen = tuple(transitions)
    found = (
        *_enrolments(view, on),
        *_referrals(view, on),
        *_consents(view, on),
        *_in_force(view, on),
        *_under_way(view, seen),
    )
    died = died_by(view)
    if died is None or on < died:  # neither outlives anybody
        found = (*found, *_stays(view, on), *_diversions(view, on, seen))
    return tuple(sorted(found, key=_by_kind_and_day))


def _by_kind_and_day(one: HandedRecord) -> tuple[int, date, RecordId]:
    return _KINDS.index(one.kind), first_of(one.since), one.record_id


_KINDS = tuple(HandedKind)


def work_in(view: CaseFile, on: date) -> tuple[HandedWork, ...]:
    """The work in every programme that was attended, or has a session to come."""
    minutes: dict[ProgramId, int] = defaultdict(int)
    for (day, program_id), number in minutes_attended(view).items():
        minutes[program_id] += number if day <= on else 0
    told = {attendance.session for attendance in view.attendances}
    coming = [
        session
        for session in view.sessions
        if session.held and first_of(session.day) >= on and session.filed.record_id not in told
    ]
    coming.sort(key=lambda one: (first_of(one.day), one.filed.record_id), reverse=True)
    following = {session.program_id: session for session in coming}  # the earliest stays
    return tuple(
        _work(program_id, minutes.get(program_id, 0), following.get(program_id))
        for program_id in sorted({*minutes, *following})
    )


def _work(program_id: ProgramId, minutes: int, following: Session | None) -> HandedWork:
    return HandedWork(
        program_id=program_id,
        minutes=minutes,
        next_session=None if following is None else following.filed.record_id,
        next_on=None if following is None else following.day,
    )


# --- records of each kind -----------------------------------------------------------------


_GOES_ON = (Outcome.RELEASED, Outcome.TRANSFERRED)
"""The ends of an enrolment after which somebody is to go on with it elsewhere."""


def _enrolments(view: CaseFile, on: date) -> Iterator[HandedRecord]:
    """The enrolments that run; and those that the move of the day ended, as they ran until then."""
    ended: dict[RecordId, list[PartialEnd]] = defaultdict(list)
    left = set[RecordId]()
    for completion in view.completions:
        ended[completion.enrolment].append(completion.ended_on)
        if completion.outcome in _GOES_ON and completion.ended_on == on:
            left.add(completion.enrolment)
    for one in view.enrolments:
        ends = ended[one.filed.record_id]
        by_move = one.filed.record_id in left
        reason = _reason(one.started_on, [] if by_move else ends, on)
        if reason is not None:
            yield HandedRecord(
                record_id=one.filed.record_id,
                kind=HandedKind.ENROLMENT,
                reason=reason,
                about=one.program_id,
                since=one.started_on,
                until=ends[0] if ends else OPEN,
            )


def _referrals(view: CaseFile, on: date) -> Iterator[HandedRecord]:
    """The referrals after which the person was not enrolled."""
    followed = {one.referral for one in view.enrolments}
    enrolled: dict[str, date] = {}
    for one in view.enrolments:
        last = last_of(one.started_on)
        enrolled[one.program_id] = max(last, enrolled.get(one.program_id, last))
    for referral in view.referrals:
        day, program_id = first_of(referral.referred_on), referral.program_id
        answered = referral.filed.record_id in followed or enrolled.get(program_id, date.min) >= day
        if day <= on and not answered:
            yield HandedRecord(
                record_id=referral.filed.record_id,
                kind=HandedKind.REFERRAL,
                reason=HandedReason.UNANSWERED,
                about=program_id,
                since=referral.referred_on,
            )


def _consents(view: CaseFile, on: date) -> Iterator[HandedRecord]:
    """The answers of the person: consents that are live or may be, and refusals."""
    refusals = [one for one in view.consents if one.refused is not None]
    for one in view.consents:
        given, ends = one.given or one.refused, [one.expires]
        ends += [one.withdrawn] if one.withdrawn is not None else []
        if given is None or first_of(given) > on:
            continue
        reason = _reason(given, ends, on)
        if reason is None:
            continue
        if one.given is None:
            reason = HandedReason.REFUSED
        elif any(_against(refusal, one, on) for refusal in refusals):
            reason = HandedReason.PERHAPS
        yield HandedRecord(
            record_id=one.filed.record_id,
            kind=HandedKind.CONSENT,
            reason=reason,
            about=one.program_id or one.purpose,
            since=given,
            until=one.expires,
        )


def _against(refusal: Consent, given: Consent, on: date) -> bool:
    """Whether the person may have taken a consent back by a later answer."""
    refused, since = refusal.refused, given.given
    return (
        refused is not None
        and since is not None
        and first_of(since) <= last_of(refused)
        and first_of(refused) <= on
        and refusal.purpose == given.purpose
        and refusal.program_id in (None, given.program_id)
    )


def _in_force(view: CaseFile, on: date) -> Iterator[HandedRecord]:
    """The rulings, requirements and entries in registers that are in force."""
    for ruling in view.rulings:
        reason = _reason(ruling.decided_on, [ruling.until], on)
        if reason is not None and first_of(ruling.decided_on) <= on:
            yield HandedRecord(
                record_id=ruling.filed.record_id,
                kind=HandedKind.RULING,
                reason=reason,
                about=ruling.subject,
                since=ruling.decided_on,
                until=ruling.until,
            )
    for one in view.requirements:
        yield from _spanning(one, HandedKind.REQUIREMENT, one.subject, on)
    for entry in view.registrations:
        yield from _spanning(entry, HandedKind.REGISTRATION, entry.register, on)


def _spanning(
    one: Requirement | Registration, kind: HandedKind, about: str, on: date
) -> Iterator[HandedRecord]:
    """Something that is in force over its span."""
    start = PartialDay() if isinstance(one.span.start, Ending) else one.span.start
    reason = _reason(start, [one.span.end], on)
    if reason is not None:
        yield HandedRecord(
            record_id=one.filed.record_id,
            kind=kind,
            reason=reason,
            about=about,
            since=start,
            until=one.span.end,
        )


def _under_way(view: CaseFile, transitions: Iterable[TransitionSeen]) -> Iterator[HandedRecord]:
    """The transitions that are not closed."""
    since = {one.filed.record_id: one.identified_on for one in view.transitions}
    for seen in transitions:
        if seen.closed_on is None:
            yield HandedRecord(
                record_id=seen.transition,
                kind=HandedKind.TRANSITION,
                reason=HandedReason.STANDS,
                about=seen.move,
                title=seen.title,
                since=since[seen.transition],
            )


def _stays(view: CaseFile, on: date) -> Iterator[HandedRecord]:
    """The stays in communities that are open."""
    if not view.residencies:
        return
    seen = {stay.residency: stay for stay in stays_on(view, on, {})}  # phases change no state
    perhaps = {act.residency for act in view.residency_acts if _perhaps_by(act.on, on)}
    for one in view.residencies:
        own = one.filed.record_id
        stay = seen.get(own)
        away = stay is None or any(m.why is StayMisplacement.MOVED_AWAY for m in stay.misplaced)
        opened = HandedRecord(
            record_id=own,
            kind=HandedKind.RESIDENCY,
            reason=HandedReason.PERHAPS,
            about=one.unit,
            since=one.referred_on,
            state="referred" if stay is None else stay.state,
        )
        yield from _if_open(opened, on, in_doubt=away or own in perhaps)


def _diversions(
    view: CaseFile, on: date, transitions: Iterable[TransitionSeen]
) -> Iterator[HandedRecord]:
    """The diversions that are open."""
    if not view.diversions:
        return
    seen = {told.diversion: told for told in diversions_on(view, transitions, on)}
    perhaps = {act.diversion for act in view.diversion_acts if _perhaps_by(act.on, on)}
    for one in view.diversions:
        own = one.filed.record_id
        told = seen.get(own)
        lapsed = told is None or DiversionRemark.LAPSED in told.remarks
        opened = HandedRecord(
            record_id=own,
            kind=HandedKind.DIVERSION,
            reason=HandedReason.PERHAPS,
            about=one.decided_by,
            since=one.decided_on,
            until=one.until,
            state="decided" if told is None else told.state,
        )
        yield from _if_open(opened, on, in_doubt=lapsed or own in perhaps)


def _if_open(one: HandedRecord, on: date, *, in_doubt: bool) -> Iterator[HandedRecord]:
    """A stay or a diversion with the reason of its state, if that is an open one."""
    reason = OPEN_STATES[one.kind].get(one.state)
    if reason is not None and first_of(one.since) <= on:
        yield one if in_doubt else evolve(one, reason=reason)


def _perhaps_by(day: Day, on: date) -> bool:
    """Whether nobody can tell if something of a day has happened by another one."""
    return first_of(day) <= on < last_of(day)


def _reason(since: Day, ends: Iterable[PartialEnd], on: date) -> HandedReason | None:
    """The reason why something with these days is handed over; None if it is over."""
    listed = [*ends]
    if any(not isinstance(end, Ending) and last_of(end) <= on for end in listed):
        return None
    if first_of(since) > on:
        return HandedReason.BEGINS_LATER
    sure = last_of(since) <= on and all(
        end is OPEN or (not isinstance(end, Ending) and first_of(end) > on) for end in listed
    )
    return HandedReason.STANDS if sure else HandedReason.PERHAPS
