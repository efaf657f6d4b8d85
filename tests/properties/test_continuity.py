"""Laws of care that must not lapse, compared with a count of single days.

Each law has a mutant: a reading that is broken on purpose, and that the law must notice.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rehabcore import jurisdictions
from rehabcore.care.continuity import interruptions, items
from rehabcore.care.continuity.interruptions import Interruption, InterruptionState
from rehabcore.care.continuity.items import CareItemSeen, ContinuitySeen, continuity_seen
from rehabcore.rules.time.partial import first_of, last_of
from tests.kit.builders import case, day
from tests.kit.record_makers import (
    appointment,
    checklist_entry,
    continuity_item,
    supply,
    transition,
)

XX = jurisdictions.load("xx")
START = day("2026-01-01")
OUTCOMES = ("done", "offered", "declined", "contraindicated", "not_needed")


def _on(number: int) -> str:
    return (START + timedelta(number)).isoformat()


def _seen(on: int, **records: Any) -> ContinuitySeen:
    kinds = XX.glossary.continuity_kinds
    return continuity_seen(case(**records), kinds, on=day(_on(on)), died=None)


Supplies = list[tuple[int, int]]
SUPPLIES = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 15)), min_size=1, max_size=5)


def _item(supplies: Supplies, appointed: int | None, on: int) -> CareItemSeen:
    """An item over all days, with supplies of so many days, and an appointment."""
    made = [supply(f"su-{n}", "ci", _on(s), _on(s + d)) for n, (s, d) in enumerate(supplies)]
    booked = () if appointed is None else (appointment("ap", "ci", _on(appointed), "clinic"),)
    (item,) = _seen(
        on,
        continuity_items=(continuity_item("ci", "opioid_agonist", _on(-30)),),
        supplies=tuple(made),
        appointments=booked,
    ).items
    return item


def _days(item: CareItemSeen) -> Iterator[date]:
    for one in item.interruptions:
        start, end = first_of(one.since), last_of(one.until) if one.until else day(_on(90))
        yield from (start + timedelta(number) for number in range((end - start).days))


def covered_or_listed(supplies: Supplies, on: int) -> bool:
    """Law: from the first supply on each day is supplied, or one of a listed interruption."""
    item = _item(supplies, None, on)
    first = min(start for start, _ in supplies)
    supplied = {day(_on(s + n)) for s, d in supplies for n in range(d)}
    bare = {day(_on(n)) for n in range(first, 90)} - supplied
    told = list(_days(item))
    return len(told) == len(set(told)) and set(told) == bare


def supply_until_appointment(supplies: Supplies, appointed: int, on: int) -> bool:
    """Law T4: nothing is projected if and only if supplies last until the appointment."""
    item = _item(supplies, appointed, on)
    supplied = {s + n for s, d in supplies for n in range(d)}
    last = max(number for number in supplied if number <= on)
    lasts = supplied.issuperset(range(last + 1, appointed))
    ahead = [one for one in item.interruptions if one.state is not InterruptionState.CLOSED]
    ends = [last_of(one.until) for one in ahead if one.until is not None]
    return (not ahead) == lasts and all(end <= day(_on(appointed)) for end in ends)


@given(supplies=SUPPLIES, on=st.integers(0, 60))
def test_every_day_is_covered_or_listed(supplies: Supplies, on: int) -> None:
    assume(min(start for start, _ in supplies) <= on)
    assert covered_or_listed(supplies, on)


@given(supplies=SUPPLIES, appointed=st.integers(0, 60), on=st.integers(0, 60))
def test_law_t4(supplies: Supplies, appointed: int, on: int) -> None:
    assume(min(start for start, _ in supplies) <= on <= appointed)
    assert supply_until_appointment(supplies, appointed, on)


def _answers(item: str, kind: str | None, outcome: str | None) -> ContinuitySeen:
    entries = () if outcome is None else (checklist_entry("ce", "tr", item, _on(0), outcome),)
    return _seen(
        5,
        continuity_items=() if kind is None else (continuity_item("ci", kind, _on(0)),),
        transitions=(transition("tr", _on(0)),),
        checklist_entries=entries,
    )


def treatment_has_an_item_or_is_asked(kind: str | None, outcome: str | None) -> bool:
    """Law T5: each kind of treatment has an item, or is denied, or is asked about."""
    seen = _answers("medication_supply", kind, outcome)
    health = {one.id for one in XX.glossary.continuity_kinds if one.health}
    asked = set() if outcome == "not_needed" else health - {kind}
    return set(seen.unspoken) == asked


def naloxone_is_recorded_or_asked(kind: str | None, outcome: str | None) -> bool:
    """Law T6: with a history of opioids naloxone was offered or is due; else it is asked about."""
    (one,) = _answers("naloxone", kind, outcome).precautions
    if outcome in ("done", "offered", "declined", "contraindicated"):
        return one.state.value == "recorded"
    if kind == "opioid_agonist":
        return one.state.value == "due"
    return one.state.value == ("asked" if outcome is None else "recorded")


KINDS = st.sampled_from([None, *(one.id for one in XX.glossary.continuity_kinds)])


@given(kind=KINDS, outcome=st.sampled_from([None, *OUTCOMES]))
def test_laws_t5_and_t6(kind: str | None, outcome: str | None) -> None:
    assert treatment_has_an_item_or_is_asked(kind, outcome)
    assert naloxone_is_recorded_or_asked(kind, outcome)


# --- mutants ------------------------------------------------------------------------------


def test_a_reading_that_drops_the_first_day_of_gaps_is_noticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = interruptions._without

    def one_less(days: Any, spans: Any) -> Any:
        return [(a + timedelta(1), b) for a, b in whole(days, spans) if a + timedelta(1) < b]

    monkeypatch.setattr(interruptions, "_without", one_less)
    assert not covered_or_listed([(0, 5)], 3)
    assert not supply_until_appointment([(0, 5)], 6, 3)


def test_a_reading_that_tells_no_projected_gap_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    told = interruptions.interruptions

    def of_the_past(*args: Any, **named: Any) -> tuple[Interruption, ...]:
        return tuple(o for o in told(*args, **named) if o.state is not InterruptionState.PROJECTED)

    monkeypatch.setattr(items, "interruptions", of_the_past)
    assert not supply_until_appointment([(0, 5)], 9, 3)


def test_a_reading_that_takes_silence_for_an_answer_is_noticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(items, "_unspoken", lambda *_: ())
    assert not treatment_has_an_item_or_is_asked(None, None)
    monkeypatch.setattr(items, "_OFFERED", frozenset())
    assert not naloxone_is_recorded_or_asked("opioid_agonist", "declined")
    monkeypatch.undo()
    monkeypatch.setattr(items, "_state", lambda *_, **__: items.PrecautionState.RECORDED)
    assert not naloxone_is_recorded_or_asked("opioid_agonist", None)
    assert not naloxone_is_recorded_or_asked(None, None)
