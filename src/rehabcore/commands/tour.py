"""The main job on a bundled case: what is offered, a plan, a move through the gate, what opens.

The person and the local rules are invented; the catalogue is the one that Georgia publishes.
"""

from datetime import date

from rehabcore import casework, exchange, jurisdictions
from rehabcore.care.moves import MoveRequest
from rehabcore.casework.results import Result
from rehabcore.records import CaseFile

_ON = date(2026, 11, 16)


def tour() -> dict[str, Result]:
    """Match and plan in custody, release, then match and plan again in the community, by name."""
    country = jurisdictions.load("ge-example")
    case = exchange.read(jurisdictions.examples()["ge/release"], CaseFile)
    before = casework.match(case, country, on=_ON)
    planned = casework.plan(case, country, on=_ON)
    request = MoveRequest(
        move_id="conditional_release",
        on=_ON,
        to_holder="probation-tbilisi",
        source="penitentiary-service",
        recorded_on=_ON,
        record_prefix="release-1",
    )
    moved = casework.move(case, planned.plan, country, request)
    after = casework.match(moved.case, country, on=_ON)
    return {
        "offers_before": before,
        "plan_before": planned,
        "move": moved,
        "offers_after": after,
        "plan_after": casework.plan(moved.case, country, on=_ON),
    }
