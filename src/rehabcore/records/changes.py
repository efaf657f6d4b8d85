"""Changes of records over time: which of them holds on a day.

A record that changes another follows it from a day on. Both stand: what held before stays true, and
a question about an earlier day is answered from the earlier record.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

from attrs import evolve

from rehabcore.records.case_file import RECORD_LISTS, CaseFile, Record, pointing_on
from rehabcore.rules.time.timelines import Timeline
from rehabcore.strict.vocabulary import RecordId

Changes = Mapping[RecordId, Sequence[Record]]
"""The records that change each record, in the order in which they take effect."""


def held_over_time(view: CaseFile) -> Timeline[CaseFile]:
    """The records of a view that hold on each day.

    Of a record and all that change it, one holds on each day. What refers to any of them refers to
    that one.
    """
    changes = _changes_in(view)
    if not changes:
        return Timeline.constant(view)
    days = (_effect(record)[0] for later in changes.values() for record in later)
    return Timeline.of_changes(days, lambda day: _on(day, view, changes))


def held_on(view: CaseFile, day: date) -> CaseFile:
    """The records of a view that hold on a day."""
    changes = _changes_in(view)
    return _on(day, view, changes) if changes else view


def _changes_in(view: CaseFile) -> Changes:
    """The records of a view that change each record."""
    changes: dict[RecordId, list[Record]] = defaultdict(list)
    for record in [record for record in view.records() if record.filed.changes is not None]:
        changes[cast("RecordId", record.filed.changes)].append(record)
    return {own: sorted(later, key=_effect) for own, later in changes.items()}


def _effect(record: Record) -> tuple[date, date, RecordId]:
    filed = record.filed
    return filed.since or date.min, filed.recorded_on, filed.record_id


def _on(day: date, view: CaseFile, changes: Changes) -> CaseFile:
    """The records of a view that hold on a day."""
    later = {record.filed.record_id for records in changes.values() for record in records}
    instead: dict[RecordId, RecordId] = {}
    for first in changes.keys() - later:
        holds = _holding(first, day, changes)
        instead |= dict.fromkeys((_following(first, changes) | {first}) - {holds}, holds)
    lists: dict[str, Any] = {
        name: tuple(
            pointing_on(record, instead)
            for record in getattr(view, name)
            if record.filed.record_id not in instead
        )
        for name in RECORD_LISTS
    }
    return evolve(view, **lists)


def _holding(record_id: RecordId, day: date, changes: Changes) -> RecordId:
    """The id of the record that a chain of changes has reached on a day."""
    reached = [record_id]
    while reached:
        record_id = reached[-1]
        later = changes.get(record_id, ())
        reached = [r.filed.record_id for r in later if r.filed.since and r.filed.since <= day]
    return record_id


def _following(first: RecordId, changes: Changes) -> set[RecordId]:
    """The ids of all records that change a record, or one that changes it, and so on."""
    ahead, found = [first], set[RecordId]()
    while ahead:
        later = {record.filed.record_id for record in changes.get(ahead.pop(), ())}
        ahead += later
        found |= later
    return found
