"""Records in the place of those that are not on file, to find the facts that they could answer.

Nothing on file says what a missing record was about. So a record that names one is read as if it
named one of every programme, or of every domain of risk; and a sentence that is missing as one of
which nothing is known, but that it ends where another follows it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial

from attrs import evolve

from rehabcore.records.assessments import LevelOverride, Resolution, RiskAssessment
from rehabcore.records.care import Completion, Enrolment, Referral
from rehabcore.records.case_file import Record
from rehabcore.records.contests import NeedsContest, RiskContest
from rehabcore.records.continuity import Appointment, EntitlementAct, Supply
from rehabcore.records.faults import Edit
from rehabcore.records.filing import Filed
from rehabcore.records.justice import Offence, Requirement
from rehabcore.records.person import Sentence
from rehabcore.records.resettlement import SupportNeedAct
from rehabcore.records.residency import Diversion, DiversionAct, ResidencyAct
from rehabcore.records.sessions import Attendance, Session
from rehabcore.records.through_care import ChecklistEntry, Transition, TransitionAct
from rehabcore.rules.time.days import ONE_DAY, OPEN, UNSURE
from rehabcore.rules.time.partial import EARLIEST_DAY, PartialDay, first_of, last_of
from rehabcore.strict.checked import checked
from rehabcore.strict.frozen import frozen
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


def with_stand_ins(record: Record, name: str, absent: NotOnFile) -> tuple[Edit, ...]:
    """The edits that read a record as if what a field of it names were on file, about any thing."""
    return tuple(partial(read, absent=absent) for read in STAND_INS[type(record), name])


def _filing(filed: Filed, record_id: RecordId) -> Filed:
    """The filing of a stand-in, by the office that names it."""
    return Filed(record_id=record_id, recorded_on=filed.recorded_on, source=filed.source)


def _ending(completion: Completion, *, absent: NotOnFile, at_once: bool) -> Iterable[Record]:
    """The end of enrolments that began long before, or perhaps on the day on which they ended."""
    filed = completion.filed
    by = max(first_of(completion.ended_on), EARLIEST_DAY + ONE_DAY)
    for program in absent.programs:
        enrolment = absent.own(f"{program} {filed.record_id}", completion.enrolment)
        own = evolve(filed, record_id=absent.own(program, filed.record_id))
        yield evolve(completion, filed=own, enrolment=enrolment)
        yield Enrolment(
            filed=_filing(filed, enrolment),
            program_id=program,
            # A day that is not known may also be that of the referral that nobody can name.
            started_on=PartialDay(last=by) if at_once else EARLIEST_DAY,
        )


def _attending(attendance: Attendance, *, absent: NotOnFile) -> Iterable[Record]:
    filed = attendance.filed
    by = max(filed.recorded_on, EARLIEST_DAY + ONE_DAY)
    for program in absent.programs:
        session = absent.own(f"{program} {filed.record_id}", attendance.session)
        own = evolve(filed, record_id=absent.own(program, filed.record_id))
        yield evolve(attendance, filed=own, session=session)
        yield Session(
            filed=_filing(filed, session),
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
                filed=_filing(filed, assessment),
                instrument=assessment,  # one of its own, so that it replaces no other assessment
                assessed_on=first_of(decision.decided_on),
                expires=OPEN,
                level=decision.level,
                confirmed_by=decision.decided_by,
                domain=domain,
            )


def _referred(enrolment: Enrolment, *, absent: NotOnFile) -> Iterable[Record]:
    filed, by = enrolment.filed, max(last_of(enrolment.started_on), EARLIEST_DAY + ONE_DAY)
    referral = absent.own(enrolment.referral, filed.record_id)
    yield evolve(enrolment, referral=referral)
    yield Referral(
        filed=_filing(filed, referral),
        program_id=enrolment.program_id,
        referred_on=PartialDay(last=by),
    )


def _sentenced(record: Offence | Requirement, *, absent: NotOnFile) -> Iterable[Record]:
    named = absent.own(record.sentence, record.filed.record_id)
    yield evolve(record, sentence=named)
    yield _any_sentence(record.filed, named)


def _beside(sentence: Sentence, *, absent: NotOnFile) -> Iterable[Record]:
    filed = sentence.filed
    of_it = absent.ids if sentence.concurrent_with else ()  # a stand-in runs beside none
    named = {own: absent.own(own, filed.record_id) for own in of_it}
    beside = tuple(named.get(own, own) for own in sentence.concurrent_with)
    yield evolve(sentence, concurrent_with=beside)
    yield from (_any_sentence(filed, own) for own in named.values())


def _any_sentence(filed: Filed, record_id: RecordId) -> Sentence:
    return Sentence(filed=_filing(filed, record_id), start=PartialDay(), end=UNSURE)


def _after(sentence: Sentence, *, absent: NotOnFile) -> Iterable[Record]:
    """A sentence after one that began on any day before; none ends on the first day of all."""
    named = absent.own(sentence.consecutive_to, sentence.filed.record_id)
    start = sentence.start
    yield evolve(sentence, consecutive_to=named)
    yield Sentence(
        filed=_filing(sentence.filed, named),
        start=PartialDay(last=max(last_of(start), EARLIEST_DAY + ONE_DAY)),
        end=start if last_of(start) > EARLIEST_DAY else UNSURE,
    )


STAND_INS: Mapping[tuple[type, str], tuple[Callable[..., Iterable[Record]], ...]] = {
    (Completion, "enrolment"): (
        partial(_ending, at_once=False),
        partial(_ending, at_once=True),
    ),
    (Attendance, "session"): (_attending,),
    (LevelOverride, "assessment"): (_deciding,),
    (Resolution, "assessments"): (_deciding,),
    (Enrolment, "referral"): (_referred,),
    (Offence, "sentence"): (_sentenced,),
    (Requirement, "sentence"): (_sentenced,),
    (Sentence, "consecutive_to"): (_after,),
    (Sentence, "concurrent_with"): (_beside,),
    # No fact asks about these, so that nothing would be answered by a record in their place.
    (Transition, "follows"): (),
    (TransitionAct, "transition"): (),
    (ChecklistEntry, "transition"): (),
    (Supply, "item"): (),
    (Appointment, "item"): (),
    (EntitlementAct, "entitlement"): (),
    (ResidencyAct, "residency"): (),
    (Diversion, "transition"): (),
    (DiversionAct, "diversion"): (),
    (SupportNeedAct, "support_need"): (),
    # What is not on file has no level that a contest could take away.
    (NeedsContest, "assessment"): (),
    (RiskContest, "assessment"): (),
}
"""The ways to read each record and field that name another record, if that is not on file."""
