"""One order for the acts of every history, whatever the file lists first."""

from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest

from rehabcore.records.moments import moment_of
from tests.kit.record_makers import diversion_act, entitlement_act, residency_act, transition_act


@pytest.mark.parametrize(
    ("make", "first", "second"),
    [
        (transition_act, "assessed", "planned"),
        (residency_act, "screened", "admitted"),
        (diversion_act, "started", "reported"),
        (entitlement_act, "issued", "replaced"),
    ],
)
def test_days_come_first_then_sequences_then_the_table_of_events(
    make: Callable[..., Any], first: str, second: str
) -> None:
    told = [
        make("z", "of", second, "2026-01-01"),
        make("b", "of", first, "2026-01-02"),
        make("a", "of", second, "2026-01-02"),
        make("c", "of", first, "2026-01-02", sequence=1),
    ]
    for some in permutations(told):
        assert sorted(some, key=moment_of) == told
