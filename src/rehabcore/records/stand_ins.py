"""Records in the place of those that are not on file, to find the facts that they could answer.

Nothing on file says what a missing record was about. So a record that names one is read as if it
named one of every programme, or of every domain of risk.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial

from attrs import evolve, frozen

from rehabcore.records.assessments import LevelOverride, Resolution, RiskAssessment
from rehabcore.records.care import Completion, Enrolment
from rehabcore.records.case_file import Record
from rehabcore.records.faults import Edit
from rehabcore.records.sessions import Attendance, Session
from rehabcore.rules.time.days import ONE_DAY, OPEN
from rehabcore.rules.time.partial import EARLIEST_DAY, PartialDay, first_of
from rehabcore.strict.checked import checked
from rehabcore.strict.vocabulary import AttendanceOutcome, ProgramId, RecordId


@frozen(kw_only=True)
@checked
class NotOnFile:
    """The records that are named but not on file, and all that they may be about.

    ``domains`` are those of risk, with None for risk overall. The ids of stand-ins begin with
    ``mark``, with which no id on file begins.
    """

    ids: Collection[RecordId]
    programs: tuple[ProgramId, ...]
    domains: tuple[str | None, ...]
    mark: str

    def own(self, thing: str | None, record_id: RecordId) -> RecordId:
        """The id of the stand-in for a record, if it is about this thing."""
        return RecordId(f"{self.mark}{thing} {record_id}")


def with_stand_ins(record: Record, absent: NotOnFile) -> tuple[Edit, ...]:
    """The edits that read a record as if what it names were on file, about every possible thing."""
    return tuple(partial(read, absent=absent) for read in STAND_INS[type(record)])


def _ending(completion: Completion, *, absent: NotOnFile, at_once: bool) -> Iterable[Record]:
    """The end of enrolments that began long before, or on the day on which they ended."""
    filed = completion.filed
    for program in absent.programs:
        enrolment = absent.own(f"{program} {filed.record_id}", completion.enrolment)
        own = evolve(filed, record_id=absent.own(program, filed.record_id))
        yield evolve(completion, filed=own, enrolment=enrolment)
        yield Enrolment(
            filed=evolve(filed, record_id=enrolment),
            program_id=program,
            started_on=first_of(completion.ended_on) if at_once else EARLIEST_DAY,
        )


def _attending(attendance: Attendance, *, absent: NotOnFile) -> Iterable[Record]:
    filed = attendance.filed
    by = max(filed.recorded_on, EARLIEST_DAY + ONE_DAY)
    for program in absent.programs:
        session = absent.own(f"{program} {filed.record_id}", attendance.session)
        own = evolve(filed, record_id=absent.own(program, filed.record_id))
        yield evolve(attendance, filed=own, session=session)
        yield Session(
            filed=evolve(filed, record_id=session),
            program_id=program,
            day=PartialDay(last=by),
            held=attendance.outcome is not AttendanceOutcome.CANCELLED_BY_PROVIDER,
        )


def _deciding(decision: LevelOverride | Resolution, *, absent: NotOnFile) -> Iterable[Record]:
    filed = decision.filed
    for domain in absent.domains:
        own = evolve(filed, record_id=absent.own(domain, filed.record_id))
        about = f"{domain} {filed.record_id}"  # two decisions may name one that is not on file
        if isinstance(decision, LevelOverride):
            yield evolve(decision, filed=own, assessment=absent.own(about, decision.assessment))
        else:
            named = [absent.own(about, i) if i in absent.ids else i for i in decision.assessments]
            yield evolve(decision, filed=own, assessments=tuple(named))
        for record_id in absent.ids:
            assessment = absent.own(about, record_id)
            yield RiskAssessment(
                filed=evolve(filed, record_id=assessment),
                instrument=assessment,  # one of its own, so that it replaces no other assessment
                assessed_on=first_of(decision.decided_on),
                expires=OPEN,
                level=decision.level,
                confirmed_by=decision.decided_by,
                domain=domain,
            )


STAND_INS: Mapping[type, tuple[Callable[..., Iterable[Record]], ...]] = {
    Completion: (partial(_ending, at_once=False), partial(_ending, at_once=True)),
    Attendance: (_attending,),
    LevelOverride: (_deciding,),
    Resolution: (_deciding,),
}
"""The ways to read each kind of record that has to name another, if that is not on file."""
