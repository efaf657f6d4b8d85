"""Whether the records that tell again what other offices tell can do so."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import evolve

from rehabcore.records.care import Completion, Enrolment
from rehabcore.records.case_file import Record
from rehabcore.records.chains import Chains
from rehabcore.records.faults import Fault, Way, id_problem, leaving_aside
from rehabcore.records.justice import Offence
from rehabcore.strict.problems import Problem
from rehabcore.strict.vocabulary import RecordId

_SUBJECT = ("kind", "program_id", "purpose", "subject", "register")
"""The fields that say of what a record is. What else it says, offices may tell otherwise."""


def problems_of_telling_again(
    entries: Iterable[tuple[str, Record]], everything: Iterable[Record]
) -> Iterator[Problem | Fault]:
    """The problems of records that name a record of another office as telling the same thing.

    It is a fault of the record if the other is not on file, or is about something else.

    Args:
        entries: the records that stand, each with its path in the file.
        everything: all records that were filed by the day, whether or not they stand.
    """
    listed = list(entries)
    by_id = {record.filed.record_id: record for record in everything}
    by_id |= {record.filed.record_id: record for _, record in listed}
    again = ((own, record.filed.same_as) for own, record in by_id.items())
    chains = Chains({own: to for own, to in again if to is not None and to in by_id})
    told: dict[RecordId, dict[str, RecordId]] = {}
    for path, record in listed:
        if record.filed.same_as is None:
            continue
        place, leads_to = f"{path}.filed.same_as", chains.end_of(record.filed.record_id)
        if problem := _of_its_target(place, record, by_id):
            yield problem
        elif leads_to in chains.circles:
            yield id_problem("circle", place, "records that do not lead back to this one")
        else:
            offices = told.setdefault(leads_to, {by_id[leads_to].filed.source: leads_to})
            if record.filed.source in offices:
                expected = "one record of each office about one thing"
                yield id_problem("two_at_once", place, expected)
            offices[record.filed.source] = record.filed.record_id


def _of_its_target(
    place: str, record: Record, by_id: Mapping[RecordId, Record]
) -> Problem | Fault | None:
    """The problem of the record that is named, by itself."""
    other = by_id.get(record.filed.same_as) if record.filed.same_as else None
    alone = Way(instead=((record.filed.record_id, _told_alone),))
    if other is None:
        expected = "the id of a record of this file"
        return Fault.of(record, id_problem("dangling_id", place, expected), alone)
    problem = id_problem("wrong_kind", place, "the id of a record of the same kind")
    if type(other) is not type(record):
        return problem
    if _subject(other, by_id) != _subject(record, by_id):
        return Fault.of(record, problem, alone, leaving_aside(record))
    if other.filed.source == record.filed.source:
        expected = "the id of a record of another office; two of one office tell two things"
        return id_problem("contradicts_itself", place, expected)
    return None


def _told_alone(record: Any) -> tuple[Record, ...]:
    """The record, as if it told nothing that another tells."""
    return (evolve(record, filed=evolve(record.filed, same_as=None)),)


def _subject(record: Any, by_id: Mapping[RecordId, Record]) -> tuple[object, ...]:
    if isinstance(record, Offence):
        return ()  # its code is part of what offices may tell otherwise
    if isinstance(record, Completion):
        ended = by_id.get(record.enrolment)  # perhaps a record of another kind, even this one
        return _subject(ended if isinstance(ended, Enrolment) else None, by_id)
    return tuple(getattr(record, name, None) for name in _SUBJECT)
