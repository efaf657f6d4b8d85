"""Changes of records over time: which of them holds on a day.

A record that changes another follows it from a day on. Both stand: what held before stays true, and
a question about an earlier day is answered from the earlier record.

Things in which offices file what happened, such as a transition, are one where two offices tell of
one: what was filed under either belongs to it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date
from functools import reduce
from typing import Any, cast

from attrs import evolve

from rehabcore.records.case_file import (
    RECORD_LISTS,
    CaseFile,
    Record,
    corrected_by,
    pointing_on,
    taken_back,
)
from rehabcore.records.chains import Chains
from rehabcore.records.through_care import Transition
from rehabcore.rules.time.partial import between, first_of, last_of
from rehabcore.rules.time.timelines import Timeline
from rehabcore.strict.vocabulary import RecordId

Changes = Mapping[RecordId, Sequence[Record]]
"""The records that change each record, in the order in which they take effect."""


def held_over_time(view: CaseFile) -> Timeline[CaseFile]:
    """The records of a view that hold on each day.

    Of a record and all that change it, one holds on each day. What refers to any of them refers to
    that one.
    """
    view = told_once(view)
    changes = _changes_among(view.records())
    if not changes:
        return Timeline.constant(view)
    days = (_effect(record)[0] for later in changes.values() for record in later)
    return Timeline.of_changes(days, lambda day: _on(day, view, changes))


def held_on(view: CaseFile, day: date) -> CaseFile:
    """The records of a view that hold on a day."""
    view = told_once(view)
    changes = _changes_among(view.records())
    return _on(day, view, changes) if changes else view


def days_held(records: Iterable[Record]) -> Mapping[RecordId, tuple[date, date]]:
    """The first day on which each record may hold, and the first on which another holds instead.

    They are those of ``held_on``, for records of one kind, in time that grows with their number. A
    record that never holds has no day between them. Records that neither change others nor are
    changed are not told: they may hold on every day.
    """
    changes = _changes_among(records)
    held: dict[RecordId, tuple[date, date]] = {}
    ahead = [(first, date.min, date.max) for first in _unchanging(changes)]
    while ahead:
        own, start, end = ahead.pop()
        for record in reversed(changes.get(own, ())):
            since, _, later = _effect(record)
            ahead.append((later, max(start, since), end))
            end = min(end, since)
        held[own] = start, max(start, end)
    return held


def standing_for(case: CaseFile, named: RecordId, day: date) -> RecordId:
    """The id of the record that holds on a day for one that is named, perhaps itself.

    Another holds if the one that is named was corrected or changed, or tells again what another
    office told.
    """
    return stand_ins(case, day).get(named, named)


def stand_ins(case: CaseFile, day: date, known_at: date = date.max) -> Mapping[RecordId, RecordId]:
    """The id of each record in whose place another holds on a day, with that of the other.

    Args:
        case: the case file.
        day: the day.
        known_at: the day up to which records count.
    """
    filed = [one for one in case.records() if one.filed.recorded_on <= known_at]
    view = case.as_known(known_at)
    steps: tuple[Mapping[RecordId, RecordId], ...] = (
        corrected_by(filed, taken_back(filed)),
        _told_again(view),
        _instead(day, _changes_among(told_once(view).records())),
    )
    named = {one for step in steps for one in step}
    return {one: reduce(lambda at, step: step.get(at, at), steps, one) for one in named}


# --- what two offices tell ----------------------------------------------------------------

_THINGS = ("transitions", "continuity_items", "entitlements", "residencies", "diversions")
"""The lists of things in which offices file what happened."""


def told_once(view: CaseFile) -> CaseFile:
    """The records of a view, with each thing once that two offices tell (``same_as``).

    What was filed under the other record belongs to the one that was told first. A transition is
    planned for a day between those that they tell.
    """
    again = _told_again(view)
    if not again:
        return view
    lists: dict[str, Any] = {
        name: tuple(
            pointing_on(record, again)
            for record in getattr(view, name)
            if record.filed.record_id not in again
        )
        for name in RECORD_LISTS
    }
    lists["transitions"] = tuple(
        _joined([t for t in view.transitions if again.get(t.filed.record_id) == own], one)
        for own, one in ((one.filed.record_id, one) for one in lists["transitions"])
    )
    return evolve(view, **lists)


def _told_again(view: CaseFile) -> Mapping[RecordId, RecordId]:
    """The ids of things that are told again, each with that of the one that was told first."""
    links: dict[RecordId, RecordId] = {}
    for name in _THINGS:
        named = {one.filed.record_id: one.filed.same_as for one in getattr(view, name)}
        links |= {own: to for own, to in named.items() if to is not None and to in named}
    if not links:
        return links
    chains = Chains(links)
    return {own: chains.end_of(own) for own in links if own not in chains.circles}


def _joined(again: Sequence[Transition], one: Transition) -> Transition:
    """A transition, as far as all know it who tell of it."""
    if not again:
        return one
    days = [t.planned_for for t in (one, *again) if t.planned_for is not None]
    planned = between(min(map(first_of, days)), max(map(last_of, days))) if days else None
    identified = min((t.identified_on for t in (one, *again)), key=last_of)
    return evolve(one, planned_for=planned, identified_on=identified)


# --- what changes -------------------------------------------------------------------------


def _changes_among(records: Iterable[Record]) -> Changes:
    """The records that change each record."""
    changes: dict[RecordId, list[Record]] = defaultdict(list)
    for record in [record for record in records if record.filed.changes is not None]:
        changes[cast("RecordId", record.filed.changes)].append(record)
    return {own: sorted(later, key=_effect) for own, later in changes.items()}


def _unchanging(changes: Changes) -> Set[RecordId]:
    """The ids of records that are changed, and change no other."""
    later = {record.filed.record_id for records in changes.values() for record in records}
    return changes.keys() - later


def _effect(record: Record) -> tuple[date, date, RecordId]:
    filed = record.filed
    return filed.since or date.min, filed.recorded_on, filed.record_id


def _on(day: date, view: CaseFile, changes: Changes) -> CaseFile:
    """The records of a view that hold on a day."""
    instead = _instead(day, changes)
    lists: dict[str, Any] = {
        name: tuple(
            pointing_on(record, instead)
            for record in getattr(view, name)
            if record.filed.record_id not in instead
        )
        for name in RECORD_LISTS
    }
    return evolve(view, **lists)


def _instead(day: date, changes: Changes) -> Mapping[RecordId, RecordId]:
    """The ids of records that do not hold on a day, each with that of the one that does."""
    instead: dict[RecordId, RecordId] = {}
    for first in _unchanging(changes):
        holds = _holding(first, day, changes)
        instead |= dict.fromkeys((_following(first, changes) | {first}) - {holds}, holds)
    return instead


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
