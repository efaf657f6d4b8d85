"""Records in the place of those that are not on file, to find the facts that they could answer.

Nothing on file says what a missing record was about. So a record that names one is read as if it
named one of every programme, or of every domain of risk.
"""

from collections.abc import Collection, Iterable
from datetime import date
from functools import partial

from attrs import evolve, frozen

from rehabcore.records.assessments import LevelOverride, Resolution, RiskAssessment
from rehabcore.records.care import Completion, Enrolment
from rehabcore.records.case_file import Record
from rehabcore.records.faults import Edit
from rehabcore.rules.time.days import OPEN
from rehabcore.rules.time.partial import EARLIEST_DAY, first_of
from rehabcore.strict.vocabulary import ProgramId, RecordId


@frozen(kw_only=True)
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
    """The edits that read a record as if what it names were on file, about every possible thing.

    There are several, because nobody knows either since when that was so. There is none for a kind
    of record without stand-ins, which is left aside.
    """
    match record:
        case Completion():
            days = EARLIEST_DAY, first_of(record.ended_on)
            return tuple(partial(_ending, absent=absent, since=day) for day in days)
        case LevelOverride() | Resolution():
            return (partial(_deciding, absent=absent),)
    return ()


def _ending(completion: Completion, *, absent: NotOnFile, since: date) -> Iterable[Record]:
    filed = completion.filed
    for program in absent.programs:
        enrolment = absent.own(program, completion.enrolment)
        own = evolve(filed, record_id=absent.own(program, filed.record_id))
        yield evolve(completion, filed=own, enrolment=enrolment)
        yield Enrolment(
            filed=evolve(filed, record_id=enrolment), program_id=program, started_on=since
        )


def _deciding(decision: LevelOverride | Resolution, *, absent: NotOnFile) -> Iterable[Record]:
    filed = decision.filed
    for domain in absent.domains:
        own = evolve(filed, record_id=absent.own(domain, filed.record_id))
        if isinstance(decision, LevelOverride):
            yield evolve(decision, filed=own, assessment=absent.own(domain, decision.assessment))
        else:
            named = [absent.own(domain, i) if i in absent.ids else i for i in decision.assessments]
            yield evolve(decision, filed=own, assessments=tuple(named))
        for record_id in absent.ids:
            assessment = absent.own(domain, record_id)
            yield RiskAssessment(
                filed=evolve(filed, record_id=assessment),
                instrument=assessment,  # one of its own, so that it replaces no other assessment
                assessed_on=first_of(decision.decided_on),
                expires=OPEN,
                level=decision.level,
                confirmed_by=decision.decided_by,
                domain=domain,
            )
