"""Acts that others change over time: what they announce may change, not what happened."""

from typing import Any

import pytest
from attrs import evolve

import rehabcore as rc
from rehabcore.care.moves.progress import transitions_on
from rehabcore.care.moves.responsibility import accountable, tenures
from rehabcore.care.moves.stages import TransitionSeen
from rehabcore.records import TransitionAct
from rehabcore.strict.vocabulary import RecordId, TransitionEvent
from tests.kit.builders import case, day
from tests.kit.record_makers import (
    diversion,
    diversion_act,
    found,
    pathway_act,
    placement,
    residency,
    residency_act,
    transition,
    transition_act,
)

XX = rc.load("xx")
ASKED = transition_act("r", "t", "referred", "2026-01-10", "probation-2")
ACCEPTED = transition_act(
    "a", "t", "accepted", "2026-01-12", "probation-2", source="probation-2", sequence=3
)
MOVED = transition_act("m", "t", "moved", "2026-03-01", "probation-2")


def _from(act: Any, since: str, **said: Any) -> Any:
    """An act that changes another from a day on."""
    own = RecordId(f"{act.filed.record_id}-2")
    filed = evolve(
        act.filed,
        record_id=own,
        changes=act.filed.record_id,
        since=day(since),
        recorded_on=day(since),
        sequence=None,
        source=said.pop("source", act.filed.source),
    )
    return evolve(act, filed=filed, **said)


def _released(*acts: TransitionAct) -> dict[str, Any]:
    return {
        "placements": (
            placement("pl-1", "custody", "2026-01-01", "2026-03-01", holder="prison-1"),
            placement("pl-2", "community", "2026-03-01", holder="probation-2", source="prison-1"),
        ),
        "transitions": (transition("t", "2026-01-05", "release"),),
        "transition_acts": acts,
    }


def _seen(records: dict[str, Any], on: str) -> TransitionSeen:
    (seen,) = transitions_on(case(**records), XX.moves, day(on))
    return seen


def test_an_appointment_that_moves_is_that_of_its_days() -> None:
    accepted = evolve(ACCEPTED, appointment=day("2026-03-03"))
    later = _from(accepted, "2026-02-01", appointment=day("2026-03-09"))
    records = _released(ASKED, accepted, later, MOVED)
    for on, appointed in (("2026-01-31", "2026-03-03"), ("2026-02-01", "2026-03-09")):
        assert _seen(records, on).appointment == day(appointed)
    assert (_seen(records, "2026-03-02").taken_by, found(case(**records))) == ("probation-2", [])


@pytest.mark.parametrize(
    "said",
    [
        {"office": "ngo-9", "source": "ngo-9"},
        {"event": TransitionEvent.DECLINED, "reason": "no_capacity"},
        {"on": day("2026-03-05")},
    ],
    ids=["office", "event", "day"],
)
def test_holders_and_transitions_read_what_happened_as_it_was_filed_first(
    said: dict[str, Any],
) -> None:
    records = _released(ASKED, ACCEPTED, _from(ACCEPTED, "2026-02-01", **said), MOVED)
    for on in ("2026-01-20", "2026-02-10", "2026-03-02"):
        assert _seen(records, on).taken_by == "probation-2"
    holder = accountable(tenures(case(**records)), day("2026-03-02"))
    assert holder is not None
    assert holder.office == "probation-2"
    assert {code for code, _ in found(case(**records))} == {"contradicts_itself"}


def test_a_change_keeps_the_place_of_the_act_on_its_day() -> None:
    """Declined first, then accepted: a change of the refusal comes after neither."""
    declined = transition_act(
        *("d", "t", "declined", "2026-01-12", "probation-2"),
        source="probation-2",
        sequence=2,
        reason="no_capacity",
    )
    later = evolve(_from(declined, "2026-02-01"), by="officer-3")
    later = evolve(later, filed=evolve(later.filed, sequence=9))
    records = _released(ASKED, declined, ACCEPTED, later, MOVED)
    assert _seen(records, "2026-03-02").taken_by == "probation-2"
    holder = accountable(tenures(case(**records)), day("2026-03-02"))
    assert holder is not None
    assert holder.office == "probation-2"


def test_a_return_that_is_changed_resets_once() -> None:
    back = transition_act("b", "t", "moved", "2026-03-01", "prison-1")
    records: dict[str, Any] = {
        "placements": (placement("pl-1", "community", "2026-01-01", "2026-03-01"),),
        "transitions": (transition("t", "2026-02-01", "return_to_custody"),),
        "transition_acts": (back, _from(back, "2026-04-01", reason="recalled")),
        "pathway_acts": (pathway_act("w", "done", "2026-02-02"),),
    }
    assert len(rc.pathways(case(**records), XX, on=day("2026-05-01")).seen.resets) == 1


def test_what_happened_in_a_stay_or_a_diversion_does_not_change_either() -> None:
    stayed = residency_act("ra", "rd", "screened", "2026-01-02")
    reported = diversion_act("da", "di", "reported", "2026-01-02", office="ngo-1")
    file = case(
        residencies=(residency("rd", "2026-01-01"),),
        residency_acts=(stayed, _from(stayed, "2026-02-01", on=day("2026-01-03"))),
        diversions=(diversion("di", "2026-01-01"),),
        diversion_acts=(reported, _from(reported, "2026-02-01", office="ngo-2")),
    )
    assert found(file) == [
        ("contradicts_itself", "residency_acts[1].on"),
        ("contradicts_itself", "diversion_acts[1].office"),
    ]
