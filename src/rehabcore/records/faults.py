"""Faults of single records, and the ways in which the rest of the file is read in spite of them.

A record may refer to one that was taken back or never filed, two offices may correct one record,
and a code may be one of an older pack. Nobody knows then what is right. So each fault states every
way in which the file can be read; a fact on which all ways agree does not rest on it.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any

from attrs import evolve, field

from rehabcore.records.case_file import (
    LIST_OF,
    RECORD_LISTS,
    CaseFile,
    Record,
    pointing_on,
)
from rehabcore.records.chains import Chains
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.checked import SECRET, checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem
from rehabcore.strict.vocabulary import RecordId

Entry = tuple[str, Record]
"""A record with its path in the file."""
Edit = Callable[[Any], Iterable[Record]]
"""A function that gives what is read in the place of a record: others, or nothing."""


@frozen(kw_only=True)
@checked
class Way:
    """One way to read a file in spite of a fault.

    ``unfiled`` are records that are read as if nobody had filed them. ``instead`` are edits of
    records that stand, each with the id of its record. ``with_named`` are such edits, too, which
    add what the record names. They are made after all others, which read the record alone.
    """

    unfiled: frozenset[RecordId] = frozenset()
    instead: tuple[tuple[RecordId, Edit], ...] = ()
    with_named: tuple[tuple[RecordId, Edit], ...] = ()


AS_FILED = Way()
"""The way that changes nothing."""


def nothing(_: Record) -> tuple[Record, ...]:
    """The edit that leaves a record aside."""
    return ()


def leaving_aside(record: Record) -> Way:
    """The way that leaves a record aside."""
    return Way(instead=((record.filed.record_id, nothing),))


def without_links(record: Record, name: str, targets: Container[RecordId]) -> Way:
    """The way that reads a record as if one of its fields did not name some others."""

    def edit(read: Any) -> tuple[Record]:
        held = getattr(read, name)
        kept = tuple(i for i in held if i not in targets) if isinstance(held, tuple) else None
        return (evolve(read, **{name: kept}),)

    return Way(instead=((record.filed.record_id, edit),))


@frozen(kw_only=True)
@checked
class SetAside:
    """A record that was set aside, or a part of one, and why; the facts that rest on it are open.

    ``place`` is its list and field in the case file. ``code``, ``found`` and ``expected`` are those
    of the problem.
    """

    record_id: RecordId = field(metadata=SECRET)
    place: str
    code: str
    found: str
    expected: str


@frozen(kw_only=True)
@checked
class Fault:
    """A fault of one or several records, which leaves the rest of the file readable.

    ``found`` holds the ids of the faulty records, each with its problem. ``ways`` are all ways to
    read the file, of which the first is told where a view of the whole file is needed. Facts on
    which they differ are unknown for the reason ``kind``.
    """

    found: tuple[tuple[RecordId, Problem], ...]
    ways: tuple[Way, ...]
    kind: UnknownKind = UnknownKind.NEEDS_PERSON

    @classmethod
    def of(cls, record: Record, problem: Problem, *ways: Way) -> "Fault":
        """The fault of one record."""
        return cls(found=((record.filed.record_id, problem),), ways=ways)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Its problems. The first of those who differ is none: the others contradict it."""
        first = 1 if self.kind is UnknownKind.DISPUTED else 0
        return tuple(problem for _, problem in self.found[first:])


def contradicting(
    problems: Iterable[Problem],
    record: Record,
    named: Sequence[Record],
    without: Way,
    unsure: Container[RecordId] = (),
) -> Iterator[Problem | Fault]:
    """The problems of a record that does not fit those which it names.

    They are errors if one office filed all of them, and else a fault of the record, which is read
    ``without`` what contradicts and as it was filed. What is said in codes that nobody knows may
    fit: the ids of such records are ``unsure``.
    """
    problems = tuple(problems)
    of_one_office = all(other.filed.source == record.filed.source for other in named)
    if of_one_office and not any(one.filed.record_id in unsure for one in (record, *named)):
        yield from problems
    elif problems:
        found = tuple((record.filed.record_id, problem) for problem in problems)
        yield Fault(found=found, ways=(without, AS_FILED))


def set_aside(faults: Iterable[Fault]) -> tuple[SetAside, ...]:
    """Everything that faults set aside, in terms and an order that do not depend on the file's."""
    told = {
        SetAside(
            record_id=record_id,
            place=_INDEX.sub(r"\1", problem.path),
            code=problem.code,
            found=problem.found,
            expected=problem.expected,
        )
        for fault in faults
        for record_id, problem in fault.found
    }
    return tuple(sorted(told, key=lambda one: (one.record_id, one.place, one.code, one.found)))


def id_problem(code: str, path: str, expected: str) -> Problem:
    """A problem of a reference. Ids belong to the caller and are not shown."""
    return Problem(code=code, path=path, found="the id of another record", expected=expected)


_INDEX = re.compile(r"^(\w+)\[\d+\]")
"""The list at the beginning of a path, with the place in it."""


def as_read(case: CaseFile, ways: Iterable[Way], *, known_at: date) -> CaseFile:
    """The records of a file that were known on a day, read in some ways at once."""
    ways = tuple(ways)
    unfiled = frozenset(chain.from_iterable(way.unfiled for way in ways))
    edits: dict[RecordId, list[Edit]] = defaultdict(list)
    alone, with_named = (way.instead for way in ways), (way.with_named for way in ways)
    for record_id, edit in chain.from_iterable(chain(alone, with_named)):
        edits[record_id].append(edit)
    view = _without(case, unfiled).as_known(known_at)
    return _edited(view, edits) if edits else view


def _without(case: CaseFile, unfiled: frozenset[RecordId]) -> CaseFile:
    if not unfiled:
        return case
    kept: dict[str, Any] = {
        name: tuple(r for r in getattr(case, name) if r.filed.record_id not in unfiled)
        for name in RECORD_LISTS
    }
    left_out = (r.filed for r in case.records() if r.filed.record_id in unfiled)
    return _pointing_back(evolve(case, **kept), {f.record_id: f.corrects for f in left_out})


def _pointing_back(view: CaseFile, left_out: Mapping[RecordId, RecordId | None]) -> CaseFile:
    """The records, of which those that name one that is left out name the one before it.

    So what was filed under a version that nobody goes by still belongs to its thing.

    Args:
        view: the records that are read.
        left_out: the ids of those that are not, each with that of what it corrects or changes.
    """
    before = Chains({own: to for own, to in left_out.items() if to is not None}).ends
    if not before:
        return view
    lists: dict[str, Any] = {
        name: tuple(pointing_on(record, before) for record in getattr(view, name))
        for name in RECORD_LISTS
    }
    return evolve(view, **lists)


def _edited(view: CaseFile, edits: Mapping[RecordId, list[Edit]]) -> CaseFile:
    listed: dict[str, list[Record]] = defaultdict(list)
    changed: set[str] = set()
    left_out: dict[RecordId, RecordId | None] = {}
    for path, record in view.entries():
        own = edits.get(record.filed.record_id, ())
        read = [record]
        for edit in own:
            read = [other for one in read for other in edit(one)]
        for one in read:
            listed[LIST_OF[type(one)]].append(one)
        if not read:
            left_out[record.filed.record_id] = record.filed.changes
        if own:
            changed |= {path.partition("[")[0], *(LIST_OF[type(one)] for one in read)}
    lists: dict[str, Any] = {name: tuple(listed[name]) for name in changed}
    return _pointing_back(evolve(view, **lists), left_out)
