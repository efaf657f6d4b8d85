"""Laws of care that must not lapse, compared with a count of single days.

Each law has a mutant: a reading that is broken on purpose, and that the law must notice.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
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
    return continuity_seen(case(**records), kinds, XX.moves, on=day(_on(on)), died=None)


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


def law_t4(supplies: Supplies, appointed: int, on: int) -> bool:
    """Nothing is projected if and only if supplies last until the appointment."""
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
def test_law_t4_holds_of_drawn_supplies(supplies: Supplies, appointed: int, on: int) -> None:
    assume(min(start for start, _ in supplies) <= on <= appointed)
    assert law_t4(supplies, appointed, on)


def _answers(item: str, kind: str | None, outcome: str | None) -> ContinuitySeen:
    entries = () if outcome is None else (checklist_entry("ce", "tr", item, _on(0), outcome),)
    return _seen(
        5,
        continuity_items=() if kind is None else (continuity_item("ci", kind, _on(0)),),
        transitions=(transition("tr", _on(0)),),
        checklist_entries=entries,
    )


def law_t5(kind: str | None, outcome: str | None) -> bool:
    """Each kind of treatment has an item, or is denied, or is asked about."""
    seen = _answers("medication_supply", kind, outcome)
    health = {one.id for one in XX.glossary.continuity_kinds if one.health}
    asked = set() if outcome == "not_needed" else health - {kind}
    return set(seen.unspoken) == asked


def law_t6(kind: str | None, outcome: str | None) -> bool:
    """With a history of opioids naloxone was offered or is due; else it is asked about."""
    (one,) = _answers("naloxone", kind, outcome).precautions
    if outcome in ("done", "offered", "declined", "contraindicated"):
        return one.state.value == "recorded"
    if kind == "opioid_agonist":
        return one.state.value == "due"
    return one.state.value == ("asked" if outcome is None else "recorded")


KINDS = st.sampled_from([None, *(one.id for one in XX.glossary.continuity_kinds)])


@given(kind=KINDS, outcome=st.sampled_from([None, *OUTCOMES]))
def test_laws_t5_and_t6_hold_of_drawn_answers(kind: str | None, outcome: str | None) -> None:
    assert law_t5(kind, outcome)
    assert law_t6(kind, outcome)


# --- mutants ------------------------------------------------------------------------------

LACKING, TOLD = interruptions._without, interruptions.interruptions
COVERED = partial(covered_or_listed, [(0, 5)], 3)
WITHOUT_A_GAP, WITH_A_GAP = partial(law_t4, [(0, 5)], 6, 3), partial(law_t4, [(0, 5)], 9, 3)
UNSAID = partial(law_t6, None, None)


def _drops_the_first_day(days: Any, spans: Any) -> Any:
    return [(a + timedelta(1), b) for a, b in LACKING(days, spans) if a + timedelta(1) < b]


def _tells_the_past(*args: Any, **named: Any) -> tuple[Interruption, ...]:
    return tuple(o for o in TOLD(*args, **named) if o.state is not InterruptionState.PROJECTED)


def _takes_silence_for_an_answer(*_: object, **__: object) -> Any:
    return items.PrecautionState.RECORDED


MUTANTS: list[tuple[str, Callable[[], bool], Any, str, Any]] = [
    (
        "covered",
        partial(covered_or_listed, [(0, 5)], 3),
        interruptions,
        "_without",
        _drops_the_first_day,
    ),
    ("law_t4", partial(law_t4, [(0, 5)], 6, 3), interruptions, "_without", _drops_the_first_day),
    ("law_t4", WITH_A_GAP, items, "interruptions", _tells_the_past),
    ("law_t5", partial(law_t5, None, None), items, "_unspoken", lambda *_: ()),
    ("law_t6", partial(law_t6, "opioid_agonist", "declined"), items, "OFFERED", frozenset()),
    ("law_t6", UNSAID, items, "_state", _takes_silence_for_an_answer),
]


@pytest.mark.parametrize("made", MUTANTS, ids=lambda made: f"{made[0]}: {made[3]}")
def test_what_is_broken_is_noticed_by_its_law(
    made: tuple[str, Callable[[], bool], Any, str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, law, where, name, broken = made
    assert law()
    monkeypatch.setattr(where, name, broken)
    assert not law()
