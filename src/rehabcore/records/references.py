"""Faults of records that name, correct or change others: those are gone, or two offices differ."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any

import attrs
from attrs import evolve

from rehabcore.records.case_file import (
    CaseFile,
    Record,
    corrected_by,
    references,
    taken_back,
)
from rehabcore.records.faults import (
    AS_FILED,
    Entry,
    Fault,
    Way,
    id_problem,
    leaving_aside,
    nothing,
    without_links,
)
from rehabcore.records.fields import REFERS_TO, fields_with
from rehabcore.records.generic import Retraction
from rehabcore.records.stand_ins import NotOnFile, with_stand_ins
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.problems import Problem
from rehabcore.strict.vocabulary import ProgramId, RecordId

MOST_CORRECTIONS = 10
"""The most corrections of one record by different offices; many more are hostile input."""


class Filings:
    """The records that were filed by a day: what they name, correct, change and take back.

    ``listed`` are all records of the file with their paths, ``filed`` those filed by the day,
    ``entries`` those that stand, all in the order of the file. ``renewed`` holds the correction of
    each record that was corrected.

    Args:
        case: the whole file.
        view: the file as it was known on the day.
        known_at: the day.
    """

    def __init__(self, case: CaseFile, view: CaseFile, known_at: date) -> None:
        self.listed = tuple(case.entries())
        self.filed = [entry for entry in self.listed if entry[1].filed.recorded_on <= known_at]
        self._by_id = {record.filed.record_id: record for _, record in self.filed}
        self._void = taken_back(self._by_id.values())
        self.renewed = corrected_by(self._by_id.values(), self._void)
        self._standing = {record.filed.record_id: record for record in view.records()}
        self._paths = {record.filed.record_id: path for path, record in self.listed}
        self.entries = [(self._paths[own], record) for own, record in self._standing.items()]

    @cached_property
    def corrections(self) -> Mapping[RecordId, list[Entry]]:
        """The corrections and retractions of each record, without those that were taken back."""
        return _by_target(self.filed, "corrects", self._void)

    @cached_property
    def changes(self) -> Mapping[RecordId, list[Entry]]:
        """The standing records that change each record."""
        return _by_target(self.entries, "changes", ())

    def faults(
        self, programs: tuple[ProgramId, ...], domains: tuple[str | None, ...]
    ) -> Iterator[Fault]:
        """The faults of references, corrections and changes.

        Args:
            programs: the programmes and services that a missing record may be about.
            domains: the domains of risk that it may be about, with None for risk overall.
        """
        for _, record in self.filed:
            yield from self._corrects_nothing(record)
        for corrections in self.corrections.values():
            yield from self._corrected_by_several([record for _, record in corrections])
        for changes in self.changes.values():
            yield from self._changed_by_several([record for _, record in changes])
        for _, record in self.entries:
            for named in fields_with(record, REFERS_TO):
                yield from self._lost(record, named, programs, domains)
            yield from self._changes_nothing(record)

    def _problem(self, record: Record, code: str, place: str, expected: str) -> Problem:
        return id_problem(code, f"{self._paths[record.filed.record_id]}.{place}", expected)

    def _stands(self, target: RecordId, among: str) -> bool:
        newest = self.renewed.get(target, target)
        return newest in self._standing and self._in_list(newest, among)

    def _in_list(self, record_id: RecordId, among: str) -> bool:
        return self._paths[record_id].startswith(f"{among}[")

    # --- records that name others ---------------------------------------------------------

    def _lost(
        self,
        record: Record,
        named: "attrs.Attribute[Any]",
        programs: tuple[ProgramId, ...],
        domains: tuple[str | None, ...],
    ) -> Iterator[Fault]:
        """The fault of a field that names records which do not stand."""
        among, own = named.metadata[REFERS_TO], record.filed.record_id
        lost = [
            (place, target)
            for place, target in references(record, named.name)
            if not self._stands(target, among)
        ]
        expected = f"an id among the {among}"
        back = {target: self._taking_back(target, among) for _, target in lost}
        gone = sorted(target for target, retractions in back.items() if not retractions)
        problems = [
            (self._problem(record, "dangling_id", place, expected), target)
            for place, target in lost
        ]
        found = [(own, one if target in gone else _told_back(one)) for one, target in problems]
        if not lost:
            return
        absent = NotOnFile(ids=gone, programs=programs, domains=domains, mark=self._mark)
        edits = with_stand_ins(record, named.name, absent) if gone else ()
        if named.default is not attrs.NOTHING:
            # The link was taken back with its target. If that was never filed, it may still hold.
            without = without_links(record, named.name, back)
            stood = [Way(with_named=((own, edit),)) for edit in edits]
            yield Fault(found=tuple(found), ways=(without, *stood))
        else:
            unfiled = frozenset().union(*back.values())
            stood = [Way(unfiled=unfiled, with_named=((own, edit),)) for edit in edits]
            yield Fault(
                found=tuple(found),
                ways=(leaving_aside(record), *(stood or [Way(unfiled=unfiled)])),
            )

    def _taking_back(self, target: RecordId, among: str) -> frozenset[RecordId]:
        """The retractions of a record of a list; none if it is not on file."""
        target = self.renewed.get(target, target)
        if target not in self._by_id or not self._in_list(target, among):
            return frozenset()
        acting = self.corrections.get(target, ())
        return frozenset(r.filed.record_id for _, r in acting if isinstance(r, Retraction))

    @cached_property
    def _mark(self) -> str:
        """A beginning that no id of the file has."""
        mark = "~"
        while any(record_id.startswith(mark) for record_id in self._paths):
            mark += "~"
        return mark

    # --- records that correct or change others --------------------------------------------

    def _corrects_nothing(self, record: Record) -> Iterator[Fault]:
        """The fault of a correction of a record that is not on file: perhaps under another id."""
        if record.filed.corrects is not None and record.filed.corrects not in self._paths:
            expected = "the id of a record of this file"
            problem = self._problem(record, "dangling_id", "filed.corrects", expected)
            yield Fault.of(record, problem, leaving_aside(record), AS_FILED)

    def _changes_nothing(self, record: Record) -> Iterator[Fault]:
        """The fault of a change of a record that does not stand: nobody knows what held before."""
        own = record.filed.record_id
        changes = record.filed.changes
        if changes is not None and self.renewed.get(changes, changes) not in self._standing:

            def always(read: Any) -> tuple[Record]:
                return (evolve(read, filed=evolve(read.filed, changes=None, since=None)),)

            expected = "the id of a record of this file that stands"
            problem = self._problem(record, "dangling_id", "filed.changes", expected)
            if changes in self._by_id:
                problem = _told_back(problem)
            yield Fault.of(record, problem, AS_FILED, Way(instead=((own, always),)))

    def _corrected_by_several(self, corrections: list[Record]) -> Iterator[Fault]:
        """The dispute of several offices about one record, read as each of them corrects it."""
        offices = {record.filed.source for record in corrections}
        if len(offices) > 1 and len(corrections) <= MOST_CORRECTIONS:
            expected = "one correction of each record"
            ways = [
                Way(unfiled=_linked([r for r in corrections if r is not one], self.corrections))
                for one in _in_order(corrections)
            ]
            yield self._dispute(corrections, "corrected_twice", "filed.corrects", expected, ways)

    def _changed_by_several(self, changes: list[Record]) -> Iterator[Fault]:
        """The dispute of several offices about when and how one record changed."""
        sources = dict.fromkeys(record.filed.source for record in _in_order(changes))
        if len(sources) > 1:
            expected = "changes of each record by one office"
            ways = [
                Way(instead=tuple((own, nothing) for own in self._of_others(changes, source)))
                for source in sources
            ]
            yield self._dispute(changes, "changed_twice", "filed.changes", expected, ways)

    def _of_others(self, changes: list[Record], source: str) -> frozenset[RecordId]:
        """The ids of changes by other offices than this one, and of all that change those."""
        others = [record for record in changes if record.filed.source != source]
        return _linked(others, self.changes)

    def _dispute(
        self, records: list[Record], code: str, place: str, expected: str, ways: list[Way]
    ) -> Fault:
        found = tuple((r.filed.record_id, self._problem(r, code, place, expected)) for r in records)
        return Fault(found=found, ways=tuple(ways), kind=UnknownKind.DISPUTED)


def _told_back(problem: Problem) -> Problem:
    """The problem of a reference to a record that is in the file, and was taken back."""
    return evolve(problem, found="the id of a record that was taken back")


def _by_target(
    entries: Iterable[Entry], link: str, void: Container[RecordId]
) -> dict[RecordId, list[Entry]]:
    """The records that are not void, by the record to which a link of their filing leads."""
    found: dict[RecordId, list[Entry]] = defaultdict(list)
    for path, record in entries:
        target = getattr(record.filed, link)
        if target is not None and record.filed.record_id not in void:
            found[target].append((path, record))
    return found


def _in_order(records: Iterable[Record]) -> list[Record]:
    """The records in an order that does not depend on the file's."""
    return sorted(records, key=lambda record: (record.filed.recorded_on, record.filed.record_id))


def _linked(
    records: Iterable[Record], later: Mapping[RecordId, list[Entry]]
) -> frozenset[RecordId]:
    """The ids of records, of those that correct or change them, and so on."""
    ahead, found = [record.filed.record_id for record in records], set[RecordId]()
    while ahead:
        own = ahead.pop()
        if own not in found:
            found.add(own)
            ahead += [record.filed.record_id for _, record in later.get(own, ())]
    return frozenset(found)
