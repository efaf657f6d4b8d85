"""Work on pathways of resettlement, of a person who was released and came back on day 8.

Admitted on 5 January 2026, released on licence on Monday, 2 March; 9 March is day 8.
"""

from typing import Any

from rehabcore import casework
from rehabcore.care.moves.requests import MoveRequest
from rehabcore.care.resettlement.standings import PathwaySeen, PathwaysSeen
from rehabcore.records import CaseFile
from tests.kit.builders import case, day
from tests.kit.record_makers import (
    XX,
    pathway_act,
    pathway_assessment,
    placement,
    standing,
    support_need,
    support_need_act,
)

SEVEN = tuple(one.id for one in XX.glossary.pathways)
ALL = dict.fromkeys(SEVEN, "support_required")
ENTRY = pathway_assessment("e", "2026-01-05", ALL, submitted=True)
BEGUN = pathway_assessment("i", "2026-02-01", {"health": "done"}, "pre_release")
DONE = pathway_act("a", "done", "2026-02-27")
OUT = (
    placement("pl-1", "custody", "2026-01-05", "2026-03-02", holder="prison-1"),
    placement("pl-2", "community", "2026-03-02", holder="probation-2"),
)
BACK = (
    OUT[0],
    placement("pl-2", "community", "2026-03-02", "2026-03-09", holder="probation-2"),
    placement("pl-3", "custody", "2026-03-09", holder="prison-1"),
)
WORK: dict[str, Any] = {
    "pathway_acts": (DONE,),
    "pathway_assessments": (ENTRY, BEGUN),
    "support_needs": (
        support_need("s", "2026-02-02"),
        support_need("t", "2026-02-03", None, "health"),
    ),
    "support_need_acts": (
        support_need_act("n", "s", "in_progress", "2026-02-09"),
        support_need_act("m", "s", "met", "2026-02-20"),
    ),
}


def released() -> CaseFile:
    """Released with a home found; nobody has filed yet that the person is back."""
    return case(
        placements=OUT,
        legal_standings=(
            standing("l-1", "sentenced_custody", "2026-01-05", "2026-03-02"),
            standing("l-2", "conditional_release", "2026-03-02"),
        ),
        **WORK,
    )


def recalled(move: str = "return_to_custody", file: CaseFile | None = None) -> CaseFile:
    """Back in prison on day 8, which the prison records three days later."""
    request = MoveRequest(
        move_id=move,
        on=day("2026-03-09"),
        to_holder="prison-1",
        source="prison-1",
        recorded_on=day("2026-03-12"),
        record_prefix="m",
    )
    return casework.record_move(file or released(), XX, request).case


ON = "2026-06-01"
"""A day by which all of it has happened."""


def seen_on(on: str = ON, **records: Any) -> PathwaysSeen:
    """The pathways of a case with these records, as they stand on a day."""
    return casework.pathways(case(**records), XX, on=day(on)).seen


def pathway_in(seen: PathwaysSeen, code: str = "accommodation") -> PathwaySeen:
    """One of the pathways."""
    return next(one for one in seen.pathways if one.pathway == code)


def history_of(one: Any) -> list[tuple[str, str, str, bool]]:
    """The changes of a pathway or need: status, day, what told it, and whether it fits."""
    return [(c.status, c.on.isoformat(), c.by.value, c.fits) for c in one.history]
