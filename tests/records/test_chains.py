"""Where chains of records lead, found a second time by following each by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabcore.records.chains import Chains


@pytest.mark.parametrize(
    ("links", "ends", "circles"),
    [
        ({}, {}, set()),
        ({1: 2, 2: 3}, {1: 3, 2: 3}, set()),
        ({2: 3, 1: 2, 5: 2}, {1: 3, 2: 3, 5: 3}, set()),
        ({1: 2, 2: 1}, {1: 2, 2: 1}, {1, 2}),
        ({1: 1}, {1: 1}, {1}),
        ({1: 2, 2: 3, 3: 2}, {1: 3, 2: 3, 3: 2}, {2, 3}),
        ({2: 3, 3: 2, 1: 2}, {1: 3, 2: 3, 3: 2}, {2, 3}),
    ],
)
def test_a_chain_ends_where_it_leads_no_further_or_would_come_back(
    links: dict[int, int], ends: dict[int, int], circles: set[int]
) -> None:
    chains = Chains(links)
    assert chains.ends == ends
    assert chains.circles == circles
    assert chains.end_of(9) == 9


@given(st.dictionaries(st.integers(0, 6), st.integers(0, 7)))
def test_every_chain_ends_as_if_it_were_followed_by_itself(links: dict[int, int]) -> None:
    chains = Chains(links)
    for start in links:
        followed, at = [start], start
        while at in links and links[at] not in followed:
            at = links[at]
            followed.append(at)
        assert chains.end_of(start) == at
        assert (start in chains.circles) == (links.get(at) == start)
