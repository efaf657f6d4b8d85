"""People on their way through the gate, in records whose days were counted by hand."""

from typing import Any

from tests.kit.builders import day
from tests.kit.record_makers import (
    appointment,
    continuity_item,
    placement,
    supply,
    transition,
    transition_act,
)

FRIDAY, TUESDAY = "2026-03-13", "2026-03-17"


def methadone(*, known_by: str = "2026-12-31") -> dict[str, Any]:
    """The records of a woman on methadone who is released on a Friday without notice.

    She takes along doses for three days. The referral is unanswered until an office accepts on the
    Tuesday, and gives her a dose on that day.

    Args:
        known_by: the day by which the records were filed.
    """
    friday, tuesday = {"recorded_on": FRIDAY}, {"recorded_on": TUESDAY, "source": "clinic-1"}
    records: dict[str, tuple[Any, ...]] = {
        "placements": (
            placement("pl-1", "custody", "2026-01-05", FRIDAY, holder="prison-1"),
            placement("pl-2", "community", FRIDAY, holder="prison-1", **friday),
        ),
        "transitions": (transition("tr", FRIDAY, **friday),),
        "transition_acts": (
            transition_act("ta-1", "tr", "moved", FRIDAY, sequence=1, **friday),
            transition_act(
                "ta-2",
                "tr",
                "referred",
                FRIDAY,
                "clinic-1",
                answer_by="2026-03-16",
                sequence=2,
                **friday,
            ),
            transition_act("ta-3", "tr", "accepted", TUESDAY, "clinic-1", **tuesday),
        ),
        "continuity_items": (continuity_item("ci", "opioid_agonist", "2026-01-10"),),
        "supplies": (
            supply("su-1", "ci", "2026-01-10", office="prison-1"),
            supply("su-2", "ci", FRIDAY, "2026-03-16", office="prison-1", **friday),
            supply("su-3", "ci", TUESDAY, office="clinic-1", **tuesday),
        ),
        "appointments": (appointment("ap", "ci", TUESDAY, "clinic-1", None, **tuesday),),
    }
    return {
        name: tuple(one for one in some if one.filed.recorded_on <= day(known_by))
        for name, some in records.items()
    }
