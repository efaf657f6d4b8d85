"""A change of what an act announces changes nothing of who is accountable, nor of what was done."""

from datetime import timedelta
from typing import Any

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import rehabcore as rc
from rehabcore.care.moves.progress import transitions_on
from rehabcore.care.moves.responsibility import tenures
from rehabcore.care.moves.stages import TransitionSeen
from rehabcore.records import CaseFile, TransitionAct
from rehabcore.strict.vocabulary import RecordId, StaffId
from tests.kit.builders import case, day
from tests.kit.record_makers import placement, transition, transition_act

XX = rc.load("xx")
FIRST = day("2026-01-01")
EVENTS = ("referred", "accepted", "declined", "escalated", "moved", "ready", "closed")
Drawn = tuple[int, str, str, int | None]
"""How many days after the act before, which event, of which office, and when it is changed."""


def _on(number: int) -> str:
    return (FIRST + timedelta(number)).isoformat()


def _act(number: int, on: int, event: str, office: str) -> TransitionAct:
    named = "" if event in ("ready", "closed") else office
    why = "no_capacity" if event == "declined" else None
    return transition_act(f"a-{number}", "t", event, _on(on), named, source=office, reason=why)


def _changed(act: TransitionAct, since: int) -> TransitionAct:
    """The act with another number on its day, said by another member of staff from a day on."""
    filed = evolve(
        act.filed,
        record_id=RecordId(f"{act.filed.record_id}-2"),
        recorded_on=FIRST + timedelta(since),
        changes=act.filed.record_id,
        since=FIRST + timedelta(since),
        sequence=9,
    )
    return evolve(act, filed=filed, by=StaffId("officer-3"))


def _files(drawn: list[Drawn]) -> tuple[CaseFile, CaseFile]:
    """A file with the acts, and one in which some are changed besides."""
    acts, changes, on = list[TransitionAct](), list[TransitionAct](), 0
    for number, (later, event, office, changed) in enumerate(drawn):
        on += later
        acts.append(_act(number, on, event, office))
        if changed is not None:
            changes.append(_changed(acts[-1], changed))
    rest: dict[str, Any] = {
        "placements": (
            placement("pl-1", "custody", _on(0), _on(40), holder="prison-1"),
            placement("pl-2", "community", _on(40), holder="o-1", source="prison-1"),
        ),
        "transitions": (transition("t", _on(0)),),
    }
    plain = case(transition_acts=tuple(acts), **rest)
    return plain, case(transition_acts=(*changes, *acts), **rest)


def _done(seen: TransitionSeen) -> TransitionSeen:
    """Where a transition stands, without the ids of the records that say so."""
    misplaced = tuple(evolve(one, act=RecordId("a")) for one in seen.misplaced)
    unnamed = evolve(seen, taken_by_act=None, waived_by=None, appointment_act=None)
    return evolve(unnamed, misplaced=misplaced)


@settings(max_examples=60)
@given(
    drawn=st.lists(
        st.tuples(
            st.integers(0, 20),
            st.sampled_from(EVENTS),
            st.sampled_from(("o-1", "o-2")),
            st.none() | st.integers(0, 150),
        ),
        max_size=8,
    ),
    on=st.integers(0, 160),
)
def test_what_happened_is_read_once_however_often_it_is_changed(
    drawn: list[Drawn], on: int
) -> None:
    plain, changed = _files(drawn)
    assert tenures(changed) == tenures(plain)
    asked = FIRST + timedelta(on)
    one, other = (transitions_on(file, XX.moves, asked) for file in (plain, changed))
    assert [*map(_done, other)] == [*map(_done, one)]
