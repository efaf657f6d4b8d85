"""Questions about sessions of programmes: how many of those that were held the person attended."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import partial
from itertools import chain

from rehabcore.questions.counting.shares import Countable, share_of
from rehabcore.questions.counting.things import Thing, clusters
from rehabcore.questions.counting.windows import WINDOW, window_of
from rehabcore.questions.policy import RecordsPolicy
from rehabcore.questions.question import CountryWords, Question, ids
from rehabcore.records import Attendance, CaseFile, Session
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import Cell, Fact, Parameter, Shape, Takes
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
    told: dict[RecordId, list[Attendance]] = defaultdict(list)
    for attendance in view.attendances:
        told[attendance.session].append(attendance)
    found = clusters(
        [s for s in view.sessions if s.program_id in asked.codes("program")],
        lambda session: session.day,
        within=policy.one_thing_within,
        kind_of=lambda session: session.program_id,
    )
    parts = (
        _part(thing, [a for own in thing.ids() for a in told[own]], counts_as, bool(batch.near))
        for batch in chain.from_iterable(found)
        for thing in batch.things
    )
    absent, apart = asked.fact.absent(), policy.told_apart
    return share_of(parts, window_of(asked), absent, apart=apart)


def _part(
    thing: Thing[Session],
    attended: list[Attendance],
    counts_as: Mapping[AttendanceOutcome, bool | None],
    perhaps_again: bool,
) -> Countable:
    """The part that one session may have in the share, by all that is told of it.

    Args:
        thing: the session.
        attended: how the person attended it, as each record tells.
        counts_as: the part of each outcome.
        perhaps_again: whether another office may tell the same session once more.
    """
    may = {counts_as[one.outcome] for one in attended}
    outcomes = {one.outcome for one in attended} - {AttendanceOutcome.CANCELLED_BY_PROVIDER}
    if not outcomes and any(session.held for session in thing.records):
        may |= {True, False, counts_as[AttendanceOutcome.ABSENT_ACCEPTABLE]}
    if perhaps_again or not all(session.held for session in thing.records):
        may.add(None)
    disputed = len(may) > 1 and (perhaps_again or bool(attended))
    return Countable(
        first=thing.first,
        last=thing.last,
        may=frozenset(may),
        ids=ids([*thing.records, *attended]),
        offices=thing.offices,
        doubt=UnknownKind.DISPUTED if disputed else thing.doubt or UnknownKind.MISSING,
    )
