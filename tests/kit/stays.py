"""A person who may be admitted to a community, and requests about the stay."""

from typing import Any

from attrs import evolve

import rehabcore as rc
from rehabcore.care import CommunityUnit
from rehabcore.care.community.requests import StayRequest
from rehabcore.care.diversion_requests import DiversionRequest
from rehabcore.records import CaseFile
from rehabcore.strict.vocabulary import DiversionEvent, RecordId, ResidencyEvent, StaffId
from tests.kit.builders import day
from tests.kit.record_makers import diversion, observation, residency, residency_act
from tests.kit.units import unit

XX = rc.load("xx")
ADMITTED_ON = "2026-11-16"
CLEARED = observation("clear", "cleared", "2026-11-01", kind="health_clearance")
_BUNDLED = rc.read(rc.examples()["xx/therapeutic-community"], CaseFile)
WAITS = (
    evolve(_BUNDLED, transitions=(), transition_acts=(), checklist_entries=())
    .with_record(CLEARED)
    .with_record(residency("rd-1", "2026-11-01", reference="s-1"))
    .with_record(residency_act("rd-1a", "rd-1", "screened", "2026-11-02"))
)
"""The man of the bundled case, whose release nobody plans, cleared and screened: he may be admitted
on ``ADMITTED_ON``."""


def house(*acts: Any, **said: Any) -> CommunityUnit:
    """The book of the community of the country that runs."""
    return unit(*acts, **{"profile": "open-house", **said})


def request(event: str, on: str = ADMITTED_ON, **said: Any) -> StayRequest:
    """A request about the stay, with everything that somebody has to say."""
    usual: dict[str, Any] = {
        "by": StaffId("staff-7"),
        "reviewed": True,
        "reason": "own_wish",
        "office": "prison-1",
        "report": True,
    }
    return StayRequest(
        residency=RecordId(said.pop("residency", "rd-1")),
        event=ResidencyEvent(event),
        on=day(on),
        source="prison-1",
        recorded_on=day(on),
        record_id=RecordId(said.pop("record_id", f"act-{event}-{on}")),
        **{**usual, **said},
    )


DIVERTED = _BUNDLED.with_record(diversion("di", "2026-11-01"))
"""The man of the bundled case, with a diversion that was decided."""


def asked_of_diversion(
    event: str = "returned", on: str = ADMITTED_ON, **said: Any
) -> DiversionRequest:
    """A request about the diversion, with everything that somebody has to say."""
    usual: dict[str, Any] = {"office": "court-1", "reason": "no_capacity"}
    return DiversionRequest(
        diversion=RecordId(said.pop("diversion", "di")),
        event=DiversionEvent(event),
        on=day(on),
        source="court-1",
        recorded_on=day(on),
        record_id=RecordId(said.pop("record_id", f"di-{event}-{on}")),
        **{**usual, **said},
    )


def without(file: CaseFile, name: str) -> CaseFile:
    """The case file without the records of one list."""
    changed: Any = {name: ()}
    return evolve(file, **changed)
