"""Results about stays and diversions of drawn acts, fitting or not: none contradicts itself."""

from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

import rehabcore as rc
from rehabcore.strict.vocabulary import DiversionEvent, ResidencyEvent
from tests.care.community.test_stays import BOOK
from tests.kit.builders import case, day
from tests.kit.record_makers import death, diversion, diversion_act, residency, residency_act

XX = rc.load("xx")
FIRST = day("2026-01-01")


def _on(number: int) -> str:
    return (FIRST + timedelta(number)).isoformat()


def _acts(events: Any) -> st.SearchStrategy[list[tuple[int, int, Any]]]:
    """Acts of one of two things, days after the first, in the order in which they are numbered."""
    one = st.tuples(st.integers(0, 1), st.integers(5, 200), st.sampled_from(list(events)))
    return st.lists(one, max_size=10)


@settings(max_examples=60)
@given(
    in_stays=_acts(ResidencyEvent),
    in_diversions=_acts(DiversionEvent),
    died=st.none() | st.integers(201, 230),
    on=st.integers(0, 250),
    known=st.booleans(),
)
def test_a_result_of_drawn_acts_hangs_together(
    in_stays: list[tuple[int, int, ResidencyEvent]],
    in_diversions: list[tuple[int, int, DiversionEvent]],
    died: int | None,
    on: int,
    known: bool,
) -> None:
    admitted = [(0, 5, ResidencyEvent.SCREENED), (0, 6, ResidencyEvent.ADMITTED)]
    file = case(
        residencies=(residency("rd-0", _on(0)), residency("rd-1", _on(3))),
        residency_acts=tuple(
            residency_act(f"ra-{n}", f"rd-{of}", event, _on(later), sequence=n + 1)
            for n, (of, later, event) in enumerate([*admitted, *in_stays])
        ),
        diversions=(diversion("di-0", _on(0), _on(100)), diversion("di-1", _on(2))),
        diversion_acts=tuple(
            diversion_act(f"da-{n}", f"di-{of}", event, _on(later), sequence=n + 1)
            for n, (of, later, event) in enumerate(in_diversions)
        ),
        deaths=() if died is None else (death("d", _on(died)),),
    )
    asked = day(_on(on))
    stays = rc.residency(file, XX, on=asked, units=(BOOK,) if known else ())
    diversions = rc.diversion(file, XX, on=asked)
    for result in (stays, diversions):
        assert rc.read(rc.write(result)) == result
