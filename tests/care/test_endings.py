"""When a diversion is over, and with it the case of a person without a sentence."""

from typing import Any

import pytest

from rehabcore.care.moves.responsibility import tenures
from rehabcore.rules.time.days import OPEN
from tests.kit.builders import case, day
from tests.kit.record_makers import (
    diversion,
    diversion_act,
    placement,
    sentence,
    transition,
    transition_act,
)

HOME = placement("pl", "community", "2026-01-05", holder="probation-2")
DIVERTED = diversion("di", "2026-01-10", "2027-01-10", of="tr")
WAY = transition("tr", "2026-01-10", "diversion")
MOVED = transition_act("mv", "tr", "moved", "2026-01-20", "clinic-1")
DONE = diversion_act("da", "di", "completed", "2026-10-12")
RETURNED = diversion_act("da", "di", "returned", "2026-10-12", reason="no_capacity")
OTHER = (transition("t-2", "2026-06-01", "change_of_office"),)
AWAY = transition_act("m-2", "t-2", "moved", "2026-07-01", "ngo-9")


def _closed(*acts: Any, **records: Any) -> tuple[object, object] | None:
    """When the case was closed, and by which record; None if it is open."""
    records = {
        "placements": (HOME,),
        "transitions": (WAY, *records.pop("others", ())),
        "diversions": (DIVERTED,),
        "transition_acts": tuple(one for one in acts if hasattr(one, "transition")),
        "diversion_acts": tuple(one for one in acts if hasattr(one, "diversion")),
        **records,
    }
    last = tenures(case(**records))[-1]
    return None if last.span.end is OPEN else (last.span.end, last.closed_by)


def test_a_completed_diversion_closes_the_case_of_a_person_without_a_sentence() -> None:
    began = diversion_act("d-0", "di", "started", "2026-01-20", "clinic-1")
    for acts in ((DONE,), (MOVED, began, DONE)):
        assert _closed(*acts) == (day("2026-10-12"), "da")
    later = diversion_act("da", "di", "completed", "2027-02-01")  # when its time was over
    assert _closed(MOVED, later) == (day("2027-02-01"), "da")


@pytest.mark.parametrize(
    ("acts", "records"),
    [
        ((MOVED,), {}),
        ((MOVED, RETURNED), {}),
        ((MOVED, RETURNED, diversion_act("d-2", "di", "completed", "2026-11-01")), {}),
        ((DONE,), {"sentences": (sentence("s", "2026-03-01", "2027-03-01"),)}),
        ((DONE,), {"diversions": (DIVERTED, diversion("d-2", "2026-09-01"))}),
        ((DONE,), {"placements": (HOME, placement("p-2", "custody", "2026-09-01"))}),
        ((DONE,), {"diversions": ()}),
        ((MOVED, AWAY, DONE), {"others": OTHER}),
        ((AWAY, DONE), {"others": OTHER, "diversions": (diversion("di", "2026-01-10"),)}),
    ],
    ids=[
        *("time-over", "returned", "completed-after-it-was-returned", "sentenced"),
        *("another-diversion", "in-custody", "of-no-diversion", "moved-on", "without-a-way"),
    ],
)
def test_the_case_stays_open_while_anything_else_goes_on(
    acts: tuple[Any, ...], records: dict[str, Any]
) -> None:
    assert _closed(*acts, **records) is None


def test_what_goes_on_closes_the_case_when_it_is_closed() -> None:
    """The person came to another office meanwhile; aftercare there ends after the diversion."""
    end = transition_act("end", "t-2", "closed", "2026-12-01")
    assert _closed(MOVED, AWAY, DONE, end, others=OTHER) == (day("2026-12-01"), "end")
    early = transition_act("end", "t-2", "closed", "2026-09-01")
    assert _closed(MOVED, AWAY, early, DONE, others=OTHER) == (day("2026-10-12"), "da")


def test_a_diversion_that_runs_keeps_a_case_open_whose_sentence_is_over() -> None:
    served = (sentence("s", "2025-01-01", "2026-06-01"),)
    end = transition_act("end", "tr", "closed", "2026-08-01")
    assert _closed(MOVED, end, sentences=served) is None
    assert _closed(MOVED, end, DONE, sentences=served) == (day("2026-10-12"), "da")


def test_a_diversion_whose_time_has_passed_holds_nobody() -> None:
    first = diversion("d-1", "2025-01-10", "2026-03-01")
    assert _closed(DONE, diversions=(first, DIVERTED)) == (day("2026-10-12"), "da")
