"""A change of the accountable office in the community: care that others give goes on."""

from typing import Any

import pytest

from rehabcore import jurisdictions
from rehabcore.care.continuity.items import CareItemSeen, continuity_seen
from tests.kit.builders import case, day
from tests.kit.record_makers import (
    appointment,
    continuity_item,
    placement,
    supply,
    transition,
    transition_act,
)

XX = jurisdictions.load("xx")
BEFORE = placement("pl-1", "community", "2026-01-01", "2026-02-01", holder="probation-2")
AFTER = placement("pl-2", "community", "2026-02-01", holder="ngo-9")
OPEN_PLACE = placement("pl-1", "community", "2026-01-01", holder="probation-2")
CHANGES = transition("tr", "2026-01-20", "change_of_office", planned_for="2026-02-01")
MOVED = transition_act("mv", "tr", "moved", "2026-02-01", "ngo-9")


def _item(on: str, office: str = "clinic-1", **records: Any) -> CareItemSeen:
    """An item that an office has supplied since New Year, with no end that is known."""
    records = {
        "continuity_items": (continuity_item("ci", "opioid_agonist", "2026-01-01"),),
        "supplies": (supply("su", "ci", "2026-01-01", office=office),),
        "placements": (OPEN_PLACE,),
        **records,
    }
    kinds = XX.glossary.continuity_kinds
    (item,) = continuity_seen(case(**records), kinds, XX.moves, on=day(on), died=None).items
    return item


def _gaps(item: CareItemSeen) -> list[tuple[str, object]]:
    return [(one.state.value, one.since) for one in item.interruptions]


@pytest.mark.parametrize("on", ["2026-01-25", "2026-02-01", "2026-03-01"])
@pytest.mark.parametrize(
    "records",
    [
        {"placements": (BEFORE, AFTER)},
        {"placements": (BEFORE, AFTER), "transitions": (CHANGES,), "transition_acts": (MOVED,)},
        {"transitions": (CHANGES,), "transition_acts": (MOVED,)},
        {"transitions": (CHANGES,)},
    ],
    ids=["placed", "moved-and-placed", "moved", "planned"],
)
def test_a_clinic_goes_on_when_another_office_becomes_accountable(
    records: dict[str, Any], on: str
) -> None:
    assert _gaps(_item(on, **records)) == []


def test_who_goes_on_is_asked_only_of_care_that_the_office_gave_that_is_left() -> None:
    out = placement("pl-0", "custody", "2025-01-01", "2026-01-01", holder="prison-1")
    known: dict[str, Any] = {"placements": (out, BEFORE, AFTER), "transitions": (CHANGES,)}
    clinic = _item("2026-01-25", **known)
    assert (clinic.receiving, clinic.unreceived) == ("clinic-1", False)
    left = _item("2026-01-25", "probation-2", **known)
    assert (left.receiving, left.unreceived) == ("", True)
    assert _gaps(left) == [("projected", day("2026-02-01"))]
    goes_on = appointment("ap", "ci", "2026-02-01", "ngo-9")
    received = _item("2026-01-25", "probation-2", **known, appointments=(goes_on,))
    assert (received.receiving, _gaps(received)) == ("ngo-9", [])


@pytest.mark.parametrize(
    "records",
    [
        {
            "placements": (BEFORE, placement("pl-2", "custody", "2026-02-01", holder="prison-1")),
        },
        {
            "transitions": (transition("tr", "2026-02-01", "return_to_custody"),),
            "transition_acts": (transition_act("mv", "tr", "moved", "2026-02-01", "prison-1"),),
        },
        {
            "placements": (
                placement("pl-1", "custody", "2026-01-01", "2026-02-01", holder="prison-1"),
                placement("pl-2", "custody", "2026-02-01", holder="prison-2"),
            )
        },
    ],
    ids=["placed-in-custody", "recalled-without-a-placement", "between-prisons"],
)
def test_whoever_comes_to_another_place_leaves_every_office(records: dict[str, Any]) -> None:
    assert _gaps(_item("2026-02-10", **records)) == [("open", day("2026-02-01"))]
