"""How much of an item of a plan was delivered, and whether absences are a breach.

Everything is told between bounds: an attendance that nobody recorded may be any, and what two
offices tell may be one session or two.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal

from attrs import field

from rehabcore.care.plans.schedules.attendance import AttendanceCounts, AttendancePolicy, InShare
from rehabcore.care.plans.schedules.calendars import possible_days
from rehabcore.plans import PlanItem
from rehabcore.questions.counting.shares import percent
from rehabcore.questions.counting.things import Cluster, Thing, clusters
from rehabcore.questions.policy import RecordsPolicy
from rehabcore.records import Attendance, CaseFile, Session
from rehabcore.rules.time.days import ONE_DAY, Span, Term
from rehabcore.rules.time.partial import LATEST_DAY, Days, Period, first_of
from rehabcore.rules.truth import Answer, UnknownKind
from rehabcore.strict.checked import SECRET, checked, checked_arguments, require_day
from rehabcore.strict.frozen import frozen
from rehabcore.strict.vocabulary import AttendanceOutcome, Basis, ProgramId, RecordId

_CANCELLED = AttendanceOutcome.CANCELLED_BY_PROVIDER
_HELD_AS = frozenset(AttendanceOutcome) - {_CANCELLED}
_Group = list["_Seen"]
"""Sessions of which several may be one, told by different offices."""


@frozen(kw_only=True)
@checked
class LeastAndMost:
    """A number that is at least one and at most another; None if nobody knows how much at most."""

    least: int
    most: int | None


@frozen(kw_only=True)
@checked
class ShareBetween:
    """A share in percent, between two bounds."""

    least: Decimal
    most: Decimal


@frozen(kw_only=True)
@checked
class Delivered:
    """The delivery of one item up to the end of a day.

    ``sessions`` and ``minutes`` are the dose. ``share`` is the part of the sessions that were
    attended; None if perhaps none counts. ``absences`` are those that count towards a breach.
    ``breach`` is never MET for what is voluntary; ``breached_on`` is the day from which it
    certainly is. ``why`` says why it is not known. ``evidence`` names the records of sessions and
    attendances that were read.
    """

    program_id: ProgramId = field(metadata=SECRET)
    sessions: LeastAndMost
    minutes: LeastAndMost
    share: ShareBetween | None
    absences: LeastAndMost
    breach: Answer
    breached_on: date | None = None
    why: UnknownKind | None = None
    evidence: tuple[RecordId, ...] = field(default=(), metadata=SECRET)


@frozen(kw_only=True)
class _Seen:
    """A session as all records tell it: when it may have been, and how it may count.

    ``certain`` says that it lies within the days asked about. ``minutes`` are the least and the
    most that the person may have been there. It is an absence ``on_duty`` only on the days of the
    requirement: for certain, perhaps (None) or not at all. It is ``told`` if somebody recorded how
    it was attended, or that it was not held.
    """

    first: date
    last: date
    certain: bool
    ways: frozenset[AttendanceCounts]
    minutes: tuple[int, int | None]
    on_duty: bool | None
    told: bool
    ids: tuple[RecordId, ...]
    offices: frozenset[str]

    def dose(self) -> tuple[int, int]:
        """The least and the most sessions of dose that it is."""
        given = {way.dose for way in self.ways}
        return int(self.certain and given == {True}), int(True in given)

    def absence(self) -> tuple[int, int]:
        """The least and the most absences that it is."""
        counts = {way.breach for way in self.ways}
        sure = self.certain and counts == {True} and self.on_duty is True
        return int(sure), int(True in counts and self.on_duty is not False)


@checked_arguments
def delivered(
    item: PlanItem,
    case: CaseFile,
    policy: AttendancePolicy | None = None,
    *,
    on: date,
    records: RecordsPolicy | None = None,
) -> Delivered:
    """How much of an item was delivered up to the end of a day, and whether absences are a breach.

    Sessions of its programme count from its start up to its end. After a death, nothing counts. An
    absence counts towards a breach only on days on which the requirement of the item is in force.

    Args:
        item: the item of the plan; its ``breach_after``, if it has one, replaces the country's.
        case: the case file, as it was known on a day.
        policy: the country's policy on attendance; None if it states nothing.
        on: the last day that counts.
        records: the country's policy on records, which says within how many days those of two
            offices may tell one session.
    """
    require_day(on, "on")
    policy, records = policy or AttendancePolicy(), records or RecordsPolicy()
    days = _days(item, case, on)
    groups = list(_groups(item, case, policy, days, records)) if days else []
    every = [seen for group in groups for seen in group]
    absences = _total(groups, _Seen.absence)
    answer, since, why = _breach(item, policy, groups)
    return Delivered(
        program_id=item.program_id,
        sessions=_total(groups, _Seen.dose),
        minutes=_minutes(groups),
        share=_share(groups),
        absences=absences,
        breach=answer,
        breached_on=since,
        why=why,
        evidence=tuple(sorted({own for seen in every for own in seen.ids})),
    )


def _days(item: PlanItem, case: CaseFile, on: date) -> Span | None:
    """The days on which sessions count; None if there are none."""
    deaths = [first_of(death.died_on) + ONE_DAY for death in case.deaths]
    end = min(on + ONE_DAY, item.ends or LATEST_DAY, *deaths, LATEST_DAY)
    return Span(item.starts, end) if item.starts < end else None


def _groups(
    item: PlanItem, case: CaseFile, policy: AttendancePolicy, days: Span, records: RecordsPolicy
) -> Iterator[_Group]:
    """Every session that may lie in some days, with those that may be the same."""
    told: dict[RecordId, list[Attendance]] = defaultdict(list)
    for attendance in case.attendances:
        told[attendance.session].append(attendance)
    duty = _duty(item, case)
    sessions = [one for one in case.sessions if one.program_id == item.program_id]
    if sessions:
        found: Iterable[Cluster[Session]] = clusters(
            sessions, lambda session: session.day, within=records.one_thing_within
        )
        for cluster in found:
            things = [thing for batch in cluster for thing in batch.things]
            group = [
                _seen(thing, told, policy, days, duty)
                for thing in things
                if thing.last >= days.start and not _after(thing.first, days)
            ]
            if group:
                yield group


def _after(day: date, days: Span) -> bool:
    return isinstance(days.end, date) and day >= days.end


def _duty(item: PlanItem, case: CaseFile) -> Days | None:
    """The days on which the person has to take part; None if no record on file says it."""
    named = (one for one in case.requirements if one.filed.record_id == item.requirement)
    return next((one.span for one in named), None)


def _seen(
    thing: Thing[Session],
    told: dict[RecordId, list[Attendance]],
    policy: AttendancePolicy,
    days: Span,
    duty: Days | None,
) -> _Seen:
    own = [one for record_id in thing.ids() for one in told[record_id]]
    outcomes = {one.outcome for one in own}
    held = {session.held for session in thing.records}
    told_of = bool(outcomes - {_CANCELLED}) or True not in held
    if not told_of:
        outcomes |= _HELD_AS
    if False in held:
        outcomes.add(_CANCELLED)
    lengths = [session.minutes for session in thing.records]
    there = [one.minutes for one in own if one.minutes is not None] or lengths
    known = [minutes for minutes in there if minutes is not None]
    return _Seen(
        first=thing.first,
        last=thing.last,
        certain=thing.first in days and thing.last in days,
        ways=frozenset(way for outcome in outcomes for way in policy.ways_of(outcome)),
        minutes=(min(known, default=0), max(known) if len(known) == len(there) else None),
        on_duty=_on_duty(duty, thing),
        told=told_of,
        ids=(*thing.ids(), *(one.filed.record_id for one in own)),
        offices=thing.offices,
    )


def _on_duty(duty: Days | None, thing: Thing[Session]) -> bool | None:
    """Whether a session lies in the days of a duty; None if that is not known."""
    if duty is None:
        return None
    possible = possible_days(duty)
    if thing.last < possible.start or _after(thing.first, possible):
        return False
    certain = duty.certain if isinstance(duty, Period) else duty
    return True if certain and thing.first in certain and thing.last in certain else None


# --- sums ---------------------------------------------------------------------------------


def _by_office(group: _Group) -> list[_Group]:
    """The sessions of a group as each office tells them: those of one are certainly different."""
    offices = sorted({office for seen in group for office in seen.offices})
    return [[seen for seen in group if office in seen.offices] for office in offices]


def _total(groups: list[_Group], count: Callable[[_Seen], tuple[int, int]]) -> LeastAndMost:
    """How many there are, of what each session is so many times at least and at most."""
    least = sum(
        max(sum(count(seen)[0] for seen in one) for one in _by_office(group)) for group in groups
    )
    return LeastAndMost(least=least, most=sum(count(seen)[1] for group in groups for seen in group))


def _minutes(groups: list[_Group]) -> LeastAndMost:
    """The minutes of dose."""
    most: int | None = 0
    for seen in (seen for group in groups for seen in group if seen.dose()[1]):
        longest = seen.minutes[1]
        most = None if most is None or longest is None else most + longest
    least = _total(groups, lambda seen: (seen.minutes[0] * seen.dose()[0], 0)).least
    return LeastAndMost(least=least, most=most)


def _share(groups: list[_Group]) -> ShareBetween | None:
    """The share of the sessions that were attended; None if perhaps none counts."""
    parts: list[set[InShare]] = []
    for group in groups:
        again = len({seen.offices for seen in group}) > 1
        for seen in group:
            part = {way.share for way in seen.ways}
            parts.append(part | {InShare.NOT_COUNTED} if again or not seen.certain else part)
    if all(InShare.NOT_COUNTED in part for part in parts):
        return None
    low = (InShare.MISSED, InShare.NOT_COUNTED, InShare.ATTENDED)
    return ShareBetween(least=_of_all(parts, low), most=_of_all(parts, low[::-1]))


def _of_all(parts: list[set[InShare]], prefer: tuple[InShare, ...]) -> Decimal:
    """The share if each session is the first that it may be of what is preferred."""
    chosen = [next(one for one in prefer if one in part) for part in parts]
    attended = chosen.count(InShare.ATTENDED)
    return percent(attended, attended + chosen.count(InShare.MISSED))


# --- breach -------------------------------------------------------------------------------


def _breach(
    item: PlanItem, policy: AttendancePolicy, groups: list[_Group]
) -> tuple[Answer, date | None, UnknownKind | None]:
    """Whether absences are a breach, the day from which they are, and why it is not known."""
    possible = [seen for group in groups for seen in group if seen.absence()[1]]
    if item.basis is Basis.VOLUNTARY or not possible:
        return Answer.NOT_MET, None, None
    number = item.breach_after or policy.breach_after
    if number is None:
        return Answer.UNKNOWN, None, UnknownKind.NEEDS_PERSON
    since = _reached(_certain(groups), number, policy.within)
    if since is not None:
        return Answer.MET, since, None
    if _most_at_once(possible, policy.within) < number:
        return Answer.NOT_MET, None, None
    # An absence on a known day of duty that somebody has told is open only for want of law.
    open_law = any(s.told and s.certain and s.on_duty and not s.absence()[0] for s in possible)
    return Answer.UNKNOWN, None, UnknownKind.NEEDS_PERSON if open_law else UnknownKind.MISSING


def _certain(groups: list[_Group]) -> list[_Seen]:
    """The absences that certainly are some: of each group, those of the office that tells most."""
    best = (
        max(([s for s in one if s.absence()[0]] for one in _by_office(group)), key=len)
        for group in groups
    )
    return sorted((seen for of in best for seen in of), key=lambda seen: seen.first)


def _reached(absences: list[_Seen], number: int, within: Term | None) -> date | None:
    """The first day by which so many absences certainly fall within a term; None if never."""
    reached = []
    for place in range(len(absences) - number + 1):
        some = absences[place : place + number]
        last = max(seen.last for seen in some)
        if within is None or last < within.after(some[0].first):
            reached.append(last)
    return min(reached, default=None)


def _most_at_once(absences: list[_Seen], within: Term | None) -> int:
    """The most absences that may fall within a term."""
    if within is None:
        return len(absences)
    firsts = sorted(seen.first for seen in absences)
    lasts = sorted(seen.last for seen in absences)
    return max(bisect_left(firsts, within.after(last)) - bisect_left(lasts, last) for last in lasts)
