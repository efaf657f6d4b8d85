"""The readings of one case file: every way in which its faults let it be read.

A fact on which all readings agree is answered as the first of them says. Where they differ, a
person is needed, or the fact is disputed. Records that change others over time are read for each
day as they hold on that day.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import product
from math import prod
from typing import cast

from rehabcore.records import CaseFile
from rehabcore.records.case_file import lists_linked_to
from rehabcore.records.changes import held_over_time
from rehabcore.records.consistency import Findings
from rehabcore.records.faults import Fault, as_read
from rehabcore.rules.facts import BOUNDED, Cell, Fact, Known, Unknown, Value, place
from rehabcore.rules.judging.meaning import bounds
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import UnknownKind, foremost

MOST_READINGS = 32
"""The most readings that are compared for one fact. Beyond them it is left to a person."""

NOT_EXAMINED = Findings()
"""The findings of a file of which nobody has looked what is wrong with it."""

Read = Callable[[CaseFile], Timeline[Cell]]
"""A function that reads one fact from the records in view.

When it returns, it has looked at every list that it needs, even if its timeline is made later."""

Reading = tuple[int, ...]
"""Of each fault with several ways, the place of the way that is taken."""


class Readings:
    """The readings of one case file, as it was known on a day.

    ``view`` is the first reading, with all records that stand.

    Args:
        case: the case file.
        findings: what ``consistency.examine`` finds in it.
        known_at: the day up to which records count.
    """

    def __init__(
        self, case: CaseFile, findings: Findings = NOT_EXAMINED, known_at: date = date.max
    ) -> None:
        self._case, self._known_at = case, known_at
        faults = findings.faults
        self._settled = [fault.ways[0] for fault in faults if len(fault.ways) == 1]
        self._open = [fault for fault in faults if len(fault.ways) > 1]
        self._first: Reading = (0,) * len(self._open)
        self.view = case if findings.as_filed else self._view(self._first)
        held = Timeline.constant(case) if findings.as_filed else held_over_time(self.view)
        self._views: dict[Reading, Timeline[CaseFile]] = {self._first: held}
        self._touched = _touched_lists(self._open, case)

    @property
    def only(self) -> bool:
        """Whether there is one reading, in which the same records hold on every day."""
        return not self._open and len(self._views[self._first].values) == 1

    def cells(self, fact: Fact, read: Read) -> Timeline[Cell]:
        """The cells of a fact on every day, as far as all readings agree."""
        if self.only:
            return read(self.view)
        noted: set[str] = set()
        told: dict[Reading, Timeline[Cell]] = {}
        ahead = [self._first]
        while ahead:
            told |= {reading: self._over_time(read, reading, noted) for reading in ahead}
            # A reading that meets other records may look into further lists, with other faults.
            bearing = [bool(touched & noted) for touched in self._touched]
            if self._count(bearing) > MOST_READINGS:
                return self._left_to_a_person(bearing)
            ahead = [reading for reading in self._compared(bearing) if reading not in told]
        return told[self._first] if len(told) == 1 else self._joined(fact, told)

    def on(self, day: date, lists: Collection[str]) -> tuple[CaseFile, ...]:
        """The records that hold on a day, in each reading of some lists of the file.

        The first reading comes first. There is none if they are too many to compare.
        """
        return tuple(self._held(reading).at(day) for reading in self._of_lists(lists))

    def histories(self, lists: Collection[str]) -> tuple[CaseFile, ...]:
        """All records that stand, those that others changed among them, in the same readings."""
        first, readings = self._first, self._of_lists(lists)
        return tuple([self.view if one == first else self._view(one) for one in readings])

    def _of_lists(self, lists: Collection[str]) -> Iterable[Reading]:
        """The readings of some lists of the file; none if they are too many to compare."""
        bearing = [not touched.isdisjoint(lists) for touched in self._touched]
        return self._compared(bearing) if self._count(bearing) <= MOST_READINGS else ()

    def _view(self, reading: Reading) -> CaseFile:
        chosen = [fault.ways[way] for fault, way in zip(self._open, reading, strict=True)]
        return as_read(self._case, [*self._settled, *chosen], known_at=self._known_at)

    def _held(self, reading: Reading) -> Timeline[CaseFile]:
        """The records that hold on each day, in one reading."""
        if reading not in self._views:
            self._views[reading] = held_over_time(self._view(reading))
        return self._views[reading]

    def _count(self, bearing: Sequence[bool]) -> int:
        pairs = zip(self._open, bearing, strict=True)
        return prod(len(fault.ways) for fault, bears in pairs if bears)

    def _compared(self, bearing: Sequence[bool]) -> Iterator[Reading]:
        """Every reading that differs from the first one by faults that bear on a fact."""
        pairs = zip(self._open, bearing, strict=True)
        return product(*(range(len(fault.ways) if bears else 1) for fault, bears in pairs))

    def _left_to_a_person(self, bearing: Sequence[bool]) -> Timeline[Cell]:
        pairs = zip(self._open, bearing, strict=True)
        evidence = sorted({own for fault, bears in pairs if bears for own, _ in fault.found})
        return Timeline.constant(Unknown(UnknownKind.NEEDS_PERSON, evidence=tuple(evidence)))

    def _over_time(self, read: Read, reading: Reading, noted: set[str]) -> Timeline[Cell]:
        """The cells in one reading, for each day from the records that hold on it."""
        starts: list[date] = []
        cells: list[Timeline[Cell]] = []
        last: CaseFile | None = None
        for start, _, view in self._held(reading).pieces():
            if last is None or any(getattr(view, name) != getattr(last, name) for name in noted):
                last = view
                starts.append(start)
                cells.append(read(cast("CaseFile", _Noting(view, noted))))
        if len(cells) == 1:
            return cells[0]
        told = Timeline(tuple(starts), tuple(cells))
        days = [*starts, *(day for one in cells for day in one.starts)]
        return Timeline.of_changes(days, lambda day: told.at(day).at(day))

    def _joined(self, fact: Fact, told: Mapping[Reading, Timeline[Cell]]) -> Timeline[Cell]:
        """The cells on which the readings agree, and unknown ones where they do not."""
        on_file: set[str] = {record.filed.record_id for _, record in self._case.entries()}

        def cell(day: date) -> Cell:
            cells = {reading: cells.at(day) for reading, cells in told.items()}
            said = {reading: _said(cell) for reading, cell in cells.items()}
            if len(set(said.values())) == 1:
                return cells[self._first]
            deciding = [
                fault
                for number, fault in enumerate(self._open)
                if any(says != said[_as_first(one, number)] for one, says in said.items())
            ]
            evidence = {own for cell in cells.values() for own in cell.evidence} & on_file
            for fault in deciding:
                ids = {own for own, _ in fault.found}
                # A code of many records is at fault only with those that speak on this day.
                if fault.kind is UnknownKind.DISPUTED or evidence.isdisjoint(ids):
                    evidence |= ids
            return Unknown(
                foremost(fault.kind for fault in deciding),
                evidence=tuple(sorted(evidence)),
                between=_between(fact, cells.values()),
            )

        return Timeline.of_changes((day for one in told.values() for day in one.starts), cell)


def _touched_lists(faults: Collection[Fault], case: CaseFile) -> list[frozenset[str]]:
    """Of each fault the lists of the file that it may let be read in several ways.

    They are those of its records, of what these refer to, and of what refers to them.
    """
    if not faults:  # as of most files
        return []
    lists = {r.filed.record_id: path.partition("[")[0] for path, r in case.entries()}
    own = [{lists[record_id] for record_id, _ in fault.found} for fault in faults]
    return [frozenset(names.union(*map(lists_linked_to, names))) for names in own]


class _Noting:
    """A view that notes which of its lists are read."""

    def __init__(self, view: CaseFile, noted: set[str]) -> None:
        self._view, self._noted = view, noted

    def __getattr__(self, name: str) -> object:
        self._noted.add(name)
        return getattr(self._view, name)


def _as_first(reading: Reading, number: int) -> Reading:
    """The same reading, but for one fault, of which the first way is taken."""
    return (*reading[:number], 0, *reading[number + 1 :])


def _said(cell: Cell) -> tuple[object, ...]:
    """All that a cell says, whatever the records that it rests on."""
    return (cell.value,) if isinstance(cell, Known) else (cell.kind, cell.between)


def _between(fact: Fact, cells: Iterable[Cell]) -> tuple[Value, Value] | None:
    """The lowest and the highest value in any reading; None if a reading allows any value."""
    ends = [bounds(fact, cell) for cell in cells]
    known = [end for pair in ends if pair is not None for end in pair]
    if fact.shape not in BOUNDED or None in ends:
        return None
    return min(known, key=place), max(known, key=place)
