"""The part of a case file that a recipient may see, as if nothing else had been filed.

What is put together from it cannot tell that anything was held back: not by a record, nor by an
answer that is missing, nor by a fault that was set aside.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from typing import Any

from attrs import evolve

from rehabcore.care.moves.recipients import HEALTH_DATA, Recipient, works_on_case
from rehabcore.records import (
    Appointment,
    CaseFile,
    ChecklistEntry,
    Consent,
    ContinuityItem,
    Diversion,
    DiversionAct,
    PathwayAct,
    PathwayAssessment,
    Record,
    Residency,
    ResidencyAct,
    Supply,
    SupportNeed,
    SupportNeedAct,
    Transition,
    TransitionAct,
)
from rehabcore.records.case_file import LIST_OF, RECORD_LISTS, references
from rehabcore.records.fields import REFERS_TO, fields_with
from rehabcore.records.glossary import Glossary, codes
from rehabcore.strict.vocabulary import ProgramId, RecordId


def hidden_programs(case: CaseFile, visible: Collection[str]) -> frozenset[ProgramId]:
    """The programmes by which care of a kind is given that is not visible."""
    return frozenset(
        item.program_id
        for item in case.continuity_items
        if item.program_id is not None and item.kind not in visible
    )


def visible_part(
    case: CaseFile,
    words: Glossary,
    to: Recipient,
    visible: Collection[str],
    pathways: Collection[str],
    *,
    known_at: date | None,
) -> CaseFile:
    """The case file without what a recipient must not see, and what belongs to it.

    Args:
        case: the case file.
        words: the words of the country. Of an item on a checklist that is none of them, and of
            what names an item of care or a need that is not on file, nobody knows whether it tells
            of a treatment, so it is shown only to who may see all.
        to: the recipient. Who works on the case sees the transitions to other offices, stays in
            communities and diversions.
        visible: the codes of the kinds of care that the recipient may see.
        pathways: the codes of the pathways that the recipient may see.
        known_at: the day up to which records count; None for everything on file. What was filed
            later still hides what it tells of a treatment.
    """
    hidden = hidden_programs(case, visible)
    tests = _tests_of_care(case, words, visible, pathways, known_at or date.max)
    if not works_on_case(to):
        tests |= dict.fromkeys(_ON_CASE, lambda _: False)
        tests[Consent] = lambda consent: consent.purpose != HEALTH_DATA
    untold = [
        record
        for kind, is_told in tests.items()
        for record in getattr(case, LIST_OF[kind])
        if not is_told(record)
    ]
    untold += _about(case, hidden) if hidden else ()
    forms = tuple(_shown(form, pathways) for form in case.pathway_assessments)
    if not untold and forms == case.pathway_assessments:
        return case
    case = evolve(case, pathway_assessments=forms)
    withheld = _with_all_of(case, untold)
    lists: dict[str, Any] = {
        name: tuple(r for r in getattr(case, name) if r.filed.record_id not in withheld)
        for name in RECORD_LISTS
    }
    return evolve(case, **lists)


def _tests_of_care(
    case: CaseFile,
    words: Glossary,
    visible: Collection[str],
    pathways: Collection[str],
    known_at: date,
) -> dict[type[Record], Callable[[Any], bool]]:
    """For each kind of record that may tell of care, the test whether one of them is told."""
    unseen = [kind for kind in words.continuity_kinds if kind.id not in visible]
    telling = {code for kind in unseen for code in (*kind.precautions, kind.asked_with)}
    items = {code for code in codes(words.checklist_items) if code not in telling}
    sees_all = not unseen and set(codes(words.pathways)) <= {*pathways}
    filed = [item.filed for item in case.continuity_items]
    filed += [need.filed for need in case.support_needs]
    on_file = {one.record_id for one in filed if one.recorded_on <= known_at}
    return {
        ContinuityItem: lambda item: item.kind in visible,
        Supply: lambda supply: supply.item in on_file or sees_all,
        Appointment: lambda appointment: appointment.item in on_file or sees_all,
        ChecklistEntry: lambda entry: entry.item in items or not unseen,
        PathwayAct: lambda act: act.pathway in pathways,
        SupportNeed: lambda need: need.pathway in pathways,
        SupportNeedAct: lambda act: act.support_need in on_file or sees_all,
        PathwayAssessment: lambda form: bool(_shown(form, pathways).answers) or not form.answers,
    }


_ON_CASE = (
    *(Transition, TransitionAct, ChecklistEntry),
    *(Residency, ResidencyAct, Diversion, DiversionAct),
)
"""The kinds of records that are told only to who works on the case."""


def _shown(form: PathwayAssessment, pathways: Collection[str]) -> PathwayAssessment:
    """An assessment with no answers but those on the visible pathways."""
    return evolve(form, answers=tuple(one for one in form.answers if one.pathway in pathways))


def _about(case: CaseFile, programs: frozenset[ProgramId]) -> Iterator[Record]:
    """The records that are about a programme; care of a kind that is visible stays so."""
    for record in case.records():
        own = getattr(record, "program_id", None), getattr(record, "subject", None)
        if not (programs.isdisjoint(own) or isinstance(record, ContinuityItem)):
            yield record


def _with_all_of(case: CaseFile, records: Iterable[Record]) -> set[RecordId]:
    """The ids of some records, of all that refer to them, and of all other versions of these."""
    belongs: dict[RecordId, set[RecordId]] = defaultdict(set)
    for record in case.records():
        own = record.filed.record_id
        for named in _versions_named(record):
            belongs[named].add(own)
            belongs[own].add(named)
        for field in fields_with(record, REFERS_TO):
            for _, named in references(record, field.name):
                belongs[named].add(own)
    ahead, found = [record.filed.record_id for record in records], set[RecordId]()
    while ahead:
        one = ahead.pop()
        if one not in found:
            found.add(one)
            ahead += belongs[one]
    return found


def _versions_named(record: Record) -> Iterator[RecordId]:
    filed = record.filed
    for named in (filed.corrects, filed.changes, filed.same_as):
        if named is not None:
            yield named
