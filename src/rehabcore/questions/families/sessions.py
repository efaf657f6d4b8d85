"""Questions about sessions of programmes: how many of those that were held the person attended."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import partial

from rehabcore.questions.counting.shares import Countable, share_of
from rehabcore.questions.counting.windows import WINDOW, window_of
from rehabcore.questions.policy import RecordsPolicy
from rehabcore.questions.question import CountryWords, Question, ids
from rehabcore.records import Attendance, CaseFile, Session
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import Cell, Fact, Parameter, Shape, Takes
from rehabcore.rules.time.partial import first_of, last_of
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.vocabulary import AttendanceOutcome, RecordId

_EXCUSED: Mapping[str, bool | None] = {"attended": True, "not_counted": None, "missed": False}
"""The ways in which a rule may count an absence with an acceptable reason."""
_COUNTS_AS: Mapping[AttendanceOutcome, bool | None] = {
    AttendanceOutcome.ATTENDED: True,
    AttendanceOutcome.LATE: True,
    AttendanceOutcome.ABSENT_UNACCEPTABLE: False,
    AttendanceOutcome.DID_NOT_ENGAGE: False,
    AttendanceOutcome.CANCELLED_BY_PROVIDER: None,
}


def questions(words: CountryWords) -> Iterable[Question]:
    """The questions of this family."""
    if words.programs:
        yield Question(
            Fact(
                name="attendance_share",
                shape=Shape.AMOUNT,
                parameters=(
                    Parameter(name="program", codes=words.programs, takes=Takes.CODES),
                    Parameter(name="excused", codes=tuple(_EXCUSED)),
                    *WINDOW,
                ),
                about=(
                    "How many percent of the sessions held within a term before the day the person "
                    "attended."
                ),
                unit="percent",
                answered_by=("provider",),
            ),
            partial(_attendance_share, words.records_policy),
        )


def _attendance_share(policy: RecordsPolicy, asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """The share of sessions that were attended; what is not told of one leaves it open."""
    counts_as = {**_COUNTS_AS, AttendanceOutcome.ABSENT_ACCEPTABLE: _EXCUSED[asked["excused"]]}
    wanted = [s for s in view.sessions if s.program_id in asked.codes("program")]
    told: dict[RecordId, list[Attendance]] = defaultdict(list)
    for attendance in view.attendances:
        told[attendance.session].append(attendance)
    reach = 0 if policy.told_twice is None else policy.told_twice.within_days
    things = list(_told_as_the_same(wanted))
    perhaps = _perhaps_the_same(things, reach)
    parts = (
        _part(
            thing, [a for s in thing for a in told[s.filed.record_id]], counts_as, number in perhaps
        )
        for number, thing in enumerate(things)
    )
    return share_of(parts, window_of(asked), asked.fact.absent())


def _told_as_the_same(sessions: Iterable[Session]) -> Iterable[list[Session]]:
    """The records of each session, which name each other as the same."""
    by_id = {session.filed.record_id: session for session in sessions}
    things: dict[RecordId, list[Session]] = {}
    for record_id, session in by_id.items():
        thing = things.setdefault(record_id, [session])
        other = session.filed.same_as
        if other in by_id and (same := things.setdefault(other, [by_id[other]])) is not thing:
            same += thing
            things.update({own.filed.record_id: same for own in thing})
    return {id(thing): thing for thing in things.values()}.values()


def _perhaps_the_same(things: list[list[Session]], reach: int) -> set[int]:
    """The places of sessions that another office may tell, too, a few days from them at most."""
    found: set[int] = set()
    days = sorted(
        (min(first_of(s.day) for s in thing), max(last_of(s.day) for s in thing), number)
        for number, thing in enumerate(things)
    )
    for place, (_, last, number) in enumerate(days):
        for first, _, other in days[place + 1 :]:
            if (first - last).days > reach:
                break
            one, another = things[number], things[other]
            offices = ({s.filed.source for s in thing} for thing in (one, another))
            if one[0].program_id == another[0].program_id and next(offices).isdisjoint(
                next(offices)
            ):
                found |= {number, other}
    return found


def _part(
    thing: list[Session],
    attended: list[Attendance],
    counts_as: Mapping[AttendanceOutcome, bool | None],
    perhaps_again: bool,
) -> Countable:
    """The part that one session may have in the share, by all that is told of it."""
    may = {counts_as[one.outcome] for one in attended}
    outcomes = {one.outcome for one in attended} - {AttendanceOutcome.CANCELLED_BY_PROVIDER}
    if not outcomes and any(session.held for session in thing):
        may |= {True, False, counts_as[AttendanceOutcome.ABSENT_ACCEPTABLE]}
    if perhaps_again or not all(session.held for session in thing):
        may.add(None)
    disputed = len(may) > 1 and (perhaps_again or bool(attended))
    return Countable(
        first=min(first_of(session.day) for session in thing),
        last=max(last_of(session.day) for session in thing),
        may=frozenset(may),
        ids=ids([*thing, *attended]),
        doubt=UnknownKind.DISPUTED if disputed else UnknownKind.MISSING,
    )
