"""Where chains of records lead, found a second time by following each by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabcore.records.chains import Chains
from rehabcore.strict.vocabulary import RecordId


@pytest.mark.parametrize(
    ("links", "ends", "circles"),
    [
        ("", "", ""),
        ("ab bc", "ac bc", ""),
        ("bc ab eb", "ac bc ec", ""),
        ("ab ba", "ab ba", "ab"),
        ("aa", "aa", "a"),
        ("ab bc cb", "ac bc cb", "bc"),
        ("bc cb ab", "ac bc cb", "bc"),
    ],
)
def test_a_chain_ends_where_it_leads_no_further_or_would_come_back(
    links: str, ends: str, circles: str
) -> None:
    chains = Chains(_pairs(links))
    assert chains.ends == _pairs(ends)
    assert chains.circles == set(circles)
    assert chains.end_of(RecordId("z")) == "z"


def _pairs(written: str) -> dict[RecordId, RecordId]:
    return {RecordId(pair[0]): RecordId(pair[1]) for pair in written.split()}


@given(st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("abcdefg")))
def test_every_chain_ends_as_if_it_were_followed_by_itself(links: dict[RecordId, RecordId]) -> None:
    chains = Chains(links)
    for start in links:
        followed, at = [start], start
        while at in links and links[at] not in followed:
            at = links[at]
            followed.append(at)
        assert chains.end_of(start) == at
        assert (start in chains.circles) == (links.get(at) == start)
