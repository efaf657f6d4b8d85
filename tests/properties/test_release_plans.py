"""Laws T8, T9 and T14 of releases, each with plans or functions that are broken on purpose.

The days are counted from outside, one by one, as the laws of DOMAIN say them.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from rehabcore import casework, exchange, jurisdictions
from rehabcore.care import release as releases
from rehabcore.care.release import (
    ContactCounts,
    ItemMark,
    PlannedItem,
    ReleasePlan,
    contact_seen,
    planned_items,
)
from rehabcore.casework import through_care
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.records.glossary import codes
from rehabcore.rules.machines.deadlines import DueState, due_state, laid
from rehabcore.rules.time.days import Term
from rehabcore.rules.time.partial import Day, between, first_of, last_of
from rehabcore.strict.vocabulary import ChecklistOutcome
from tests.kit.builders import case
from tests.kit.record_makers import (
    checklist_entry,
    sentence,
    transition,
    transition_act,
)

XX = jurisdictions.load("xx")
COUNTRIES = {
    name: jurisdictions.load(name) for name in ("xx", "ge", "ro", "ua")
}  # those that state a day of anything
START = date(2026, 1, 1)
ITEMS = codes(XX.glossary.checklist_items)
Entries = list[tuple[str, int, ChecklistOutcome]]


def _on(number: int) -> date:
    return START + timedelta(number)


def _plan(country: Jurisdiction, on: int, **records: Any) -> ReleasePlan:
    return casework.release_plan(case(**records), country, on=_on(on)).plan


def _known_by_sentence(country: Jurisdiction, release: int, on: int) -> ReleasePlan:
    ends = _on(release).isoformat()
    return _plan(country, on, sentences=(sentence("s", "2020-01-01", ends),))


def _known_by_transition(
    release: int, on: int, entries: Entries, *, identified: int = 0, moved: bool = False
) -> ReleasePlan:
    """The plan of a release that was prepared from a day on, and perhaps made."""
    day, since = _on(release).isoformat(), _on(identified).isoformat()
    return _plan(
        XX,
        on,
        transitions=(transition("tr", since, "release", None if moved else day),),
        transition_acts=(transition_act("ta", "tr", "moved", day),) if moved else (),
        checklist_entries=_listed(entries),
    )


def _listed(entries: Entries) -> tuple[Any, ...]:
    return tuple(
        checklist_entry(f"ce-{n}", "tr", item, _on(at).isoformat(), outcome.value, **_why(outcome))
        for n, (item, at, outcome) in enumerate(entries)
    )


def _why(outcome: ChecklistOutcome) -> dict[str, str]:
    waived = outcome is ChecklistOutcome.WAIVED
    return {"by": "staff-1", "reason": "died"} if waived else {}


# --- the laws -----------------------------------------------------------------------------


def _overdue(item: PlannedItem, on: int) -> bool:
    """Whether an item was to be done by now, and was not; told from its days alone."""
    open_still = item.done is None and item.state is not DueState.NOT_NEEDED
    return open_still and item.due is not None and last_of(item.due) < _on(on)


def law_t8(sooner: ReleasePlan, later: ReleasePlan, on: int) -> None:
    """An earlier release makes no item due later, and everything overdue is listed."""
    assert [item.code for item in sooner.items] == [item.code for item in later.items]
    for one, then in zip(sooner.items, later.items, strict=True):
        for mine, other in ((one.due, then.due), (one.opens, then.opens)):
            if mine is not None and other is not None:
                assert first_of(mine) <= first_of(other)
                assert last_of(mine) <= last_of(other)
    for plan in (sooner, later):
        overdue = {i.code for i in plan.items if not i.offered and _overdue(i, on)}
        assert overdue == {i.code for i in plan.late if i.done is None}


def _each(day: Day) -> list[date]:
    first, last = first_of(day), last_of(day)
    return [first + timedelta(n) for n in range((last - first).days + 1)]


def law_t9(release: Day, contact: Day, on: int) -> None:
    """A first contact is counted if and only if it certainly was within 21 days of the release."""
    records: dict[str, Any] = {
        "transitions": (transition("tr", "2026-01-01", "release"),),
        "transition_acts": (
            evolve(transition_act("ta-1", "tr", "moved", "2026-03-01"), on=release),
            evolve(transition_act("ta-2", "tr", "first_contact", "2026-03-01", "o"), on=contact),
        ),
    }
    seen = _plan(XX, on, **records).contact
    assert seen is not None
    days = [(c - r).days for c in _each(contact) for r in _each(release)]
    if last_of(contact) > _on(on):
        assert seen.counts is not ContactCounts.COUNTED
    else:
        assert (seen.counts is ContactCounts.COUNTED) == all(0 <= n <= 21 for n in days)
    if seen.counts is ContactCounts.NOT_COUNTED:
        assert last_of(release) + timedelta(21) < _on(on)
        assert not any(0 <= n <= 21 for n in days) or first_of(contact) > _on(on)


def law_t14(release: int, notice: int, entries: Entries, on: int) -> None:
    """A release without notice ends with the same checklist as a planned one, with its lateness."""
    planned = _known_by_transition(release, on, entries)
    identified = release - notice
    sudden = _known_by_transition(release, on, entries, identified=identified, moved=True)
    told = [[(i.code, i.due, i.opens, i.state, i.done) for i in p.items] for p in (planned, sudden)]
    assert told[0] == told[1]
    assert [item.code for item in sudden.items] == [
        one.code for one in (*XX.release_policy.deadlines, *XX.release_policy.offers)
    ]
    for item in sudden.items:
        assert item.due is not None
        late = ItemMark.LATE in item.marks
        too_late = late and last_of(item.due) < _on(identified)
        assert too_late == (ItemMark.KNOWN_TOO_LATE in item.marks)
        assert not too_late or item in sudden.late
    assert (notice <= 0) == bool(sudden.marks)


# --- tried --------------------------------------------------------------------------------

ENTRIES = st.lists(
    st.tuples(st.sampled_from(ITEMS), st.integers(0, 400), st.sampled_from(ChecklistOutcome)),
    max_size=4,
)


@st.composite
def _some_day(draw: st.DrawFn) -> Day:
    first = _on(draw(st.integers(55, 90)))
    return between(first, first + timedelta(draw(st.sampled_from((0, 0, 1, 12)))))


@given(
    st.sampled_from(sorted(COUNTRIES)),
    st.integers(1, 400),
    st.integers(0, 200),
    st.integers(0, 500),
)
def test_law_t8_an_earlier_release_makes_nothing_due_later(
    country: str, release: int, earlier: int, on: int
) -> None:
    xx = COUNTRIES[country]
    plans = [_known_by_sentence(xx, day, on) for day in (release - earlier, release)]
    law_t8(plans[0], plans[1], on)


@given(ENTRIES, st.integers(1, 400), st.integers(0, 200), st.integers(0, 500))
def test_law_t8_holds_of_what_was_done(
    entries: Entries, release: int, earlier: int, on: int
) -> None:
    plans = [_known_by_transition(day, on, entries) for day in (release - earlier, release)]
    law_t8(plans[0], plans[1], on)


@given(_some_day(), _some_day(), st.integers(55, 120))
def test_law_t9_a_contact_is_counted_within_the_window(release: Day, contact: Day, on: int) -> None:
    assume(last_of(release) <= _on(on))
    law_t9(release, contact, on)


@given(st.integers(1, 300), st.integers(-5, 120), ENTRIES, st.integers(0, 100))
def test_law_t14_an_unplanned_release_has_the_same_checklist(
    release: int, notice: int, entries: Entries, later: int
) -> None:
    law_t14(release, notice, entries, max(release, release - notice) + later)


@given(_some_day(), _some_day(), _some_day(), ENTRIES, st.integers(0, 150))
def test_what_is_told_of_a_release_is_stored_and_contradicts_nothing(
    release: Day, identified: Day, contact: Day, entries: Entries, on: int
) -> None:
    acts = (
        evolve(transition_act("ta-1", "tr", "moved", "2026-03-01"), on=release),
        evolve(transition_act("ta-2", "tr", "first_contact", "2026-03-01", "o"), on=contact),
    )
    file = case(
        transitions=(evolve(transition("tr", "2026-01-01", "release"), identified_on=identified),),
        transition_acts=acts if on % 2 else acts[1:],
        checklist_entries=_listed(entries),
        sentences=(sentence("s", "2020-01-01", "2026-05-01"),),
    )
    result = casework.release_plan(file, XX, on=_on(on))
    assert exchange.read(exchange.write(result)) == result


# --- mutants ------------------------------------------------------------------------------


def _mirrored(deadlines: Any, anchors: Any, **named: Any) -> Any:
    """Deadlines that an earlier release makes later."""
    mirrored = {"release": _on(500) - (anchors["release"] - START)}
    return laid(deadlines, mirrored, **named)


def _shortened(deadlines: Any, *args: Any, **named: Any) -> Any:
    return laid(deadlines[1:], *args, **named)


def _never_overdue(*args: Any, **named: Any) -> DueState:
    state = due_state(*args, **named)
    return DueState.OPEN if state is DueState.OVERDUE else state


def _only_if_prepared(release: Any, *args: Any, **named: Any) -> Any:
    """A checklist of which a release without notice has nothing but the last items."""
    whole = planned_items(release, *args, **named)
    return tuple(i for i in whole if ItemMark.KNOWN_TOO_LATE not in i.marks)


def _a_day_longer(view: Any, release: Any, within: Any, on: date) -> Any:
    return contact_seen(view, release, Term(days=22), on)


def _t8() -> None:
    law_t8(_known_by_transition(100, 120, []), _known_by_transition(130, 120, []), 120)


def _t9() -> None:
    law_t9(_on(60), _on(82), 100)
    law_t9(_on(60), between(_on(70), _on(85)), 100)


def _t14() -> None:
    law_t14(100, 0, [], 120)


MUTANTS: list[tuple[Callable[[], None], Any, str, Any]] = [
    (_t8, releases, "laid", _mirrored),
    (_t8, releases, "due_state", _never_overdue),
    (_t9, through_care, "contact_seen", _a_day_longer),
    (_t9, releases, "last_of", first_of),
    (_t14, releases, "laid", _shortened),
    (_t14, through_care, "planned_items", _only_if_prepared),
    (_t14, through_care, "release_marks", lambda *_: ()),
]


@pytest.mark.parametrize("made", MUTANTS, ids=lambda made: f"law{made[0].__name__}: {made[2]}")
def test_what_is_broken_is_noticed_by_its_law(
    made: tuple[Callable[[], None], Any, str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    law, where, name, broken = made
    law()
    monkeypatch.setattr(where, name, broken)
    with pytest.raises((AssertionError, ValueError)):
        law()
