"""Makers of books of therapeutic communities."""

from typing import Any

from rehabcore.care import (
    Capacity,
    CommunityNorm,
    CommunityUnit,
    Established,
    PeerRole,
    Prepared,
    Staffing,
    UnitAct,
)
from rehabcore.rules.sources import Text
from rehabcore.strict.vocabulary import PreparationItem, UnitEvent, UnitStage
from tests.kit.builders import day

PHASES = ("induction", "primary", "reentry")
ALL_DONE = tuple(Prepared(item=item, on=day("2020-01-01")) for item in PreparationItem)


def unit_act(stay: str, event: str, on: str, role: str = "", number: int = 1) -> UnitAct:
    """Something that happened to a stay."""
    return UnitAct(stay=stay, event=UnitEvent(event), on=day(on), role=role, number=number)


def established(stage: str, on: str) -> Established:
    """A stage that a community reached."""
    return Established(stage=UnitStage(stage), on=day(on))


def norm(norm_id: str, adopted_on: str, in_favour: int = 12, against: int = 3) -> CommunityNorm:
    """A norm that a community adopted."""
    return CommunityNorm(
        norm_id=norm_id,
        text=Text.of(en="No violence, no threats, no drugs."),
        adopted_on=day(adopted_on),
        in_favour=in_favour,
        against=against,
    )


def role(role_id: str = "crew", minimum_phase: str = "primary") -> PeerRole:
    """A role among peers."""
    return PeerRole(role_id=role_id, title=Text.of(en=role_id), minimum_phase=minimum_phase)


def unit(*acts: UnitAct, places: int = 2, **said: Any) -> CommunityUnit:
    """A community that runs since 2020, with three phases, two places and one counsellor."""
    usual: dict[str, Any] = {
        "title": Text.of(en="The open house"),
        "phases": PHASES,
        "establishing": (established("running", "2020-01-01"),),
        "preparation": ALL_DONE,
        "capacities": (Capacity(places=places, since=day("2020-01-01")),),
        "staffing": (Staffing(staff=3, counsellors=1, since=day("2020-01-01")),),
        "roles": (role(),),
    }
    return CommunityUnit(unit_id="community-1", acts=acts, **{**usual, **said})
