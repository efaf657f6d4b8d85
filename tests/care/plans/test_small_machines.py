"""The tables of steps, consents, enrolments and sessions have these ways, and no more."""

import pytest

from rehabcore.care.machines import machine
from rehabcore.rules.machines.walking import HistoryEntry, walk
from tests.kit.plans import DAY

OPEN_STEPS = ("not_started", "in_progress", "cannot_be_done_yet")
WAYS = {
    "step": {
        ("not_started", "in_progress"),
        ("in_progress", "completed"),
        ("not_started", "cannot_be_done_yet"),
        ("in_progress", "cannot_be_done_yet"),
        ("cannot_be_done_yet", "not_started"),
        ("cannot_be_done_yet", "in_progress"),
        *((state, "no_longer_needed") for state in OPEN_STEPS),
    },
    "consent": {
        ("requested", "given"),
        ("requested", "refused"),
        *(("given", end) for end in ("withdrawn", "expired", "superseded")),
    },
    "enrolment": {
        ("planned", "active"),
        ("active", "paused"),
        ("paused", "origin"),
        *(
            (state, end)
            for state in ("active", "paused")
            for end in ("completed", "withdrawn", "removed", "transferred")
        ),
    },
    "delivery_session": {("planned", "held"), ("planned", "cancelled")},
}


@pytest.mark.parametrize("name", WAYS)
def test_a_table_has_these_ways(name: str) -> None:
    table = machine(name)
    ways = {(state, arrow.to) for arrow in table.arrows for state in arrow.leaves}
    assert ways == WAYS[name]
    ends = {to for _, to in ways} - {state for state, _ in ways} - {"origin"}
    assert {state.code for state in table.states if state.final} == ends


def test_a_paused_enrolment_goes_on_where_it_was() -> None:
    told = [
        HistoryEntry(event=event, on=DAY) for event in ("planned", "active", "paused", "resumed")
    ]
    passed = walk(machine("enrolment"), told)
    assert [one.after.state for one in passed if one.after] == [
        "planned",
        "active",
        "paused",
        "active",
    ]
    assert not any(one.misfits for one in passed)
