"""A share lies between the lowest and the highest of all ways in which open parts may turn out."""

from datetime import date
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from rehabcore.questions.counting.shares import Countable, share_of
from rehabcore.rules.facts import Known, Unknown
from rehabcore.rules.truth import UnknownKind

ABSENT = Unknown(UnknownKind.MISSING)
ON = date(2026, 3, 1)
WAYS = st.lists(
    st.sets(st.sampled_from((True, False, None)), min_size=1).map(frozenset), max_size=5
)


@given(WAYS)
def test_the_bounds_are_those_of_all_ways(ways: list[frozenset[bool | None]]) -> None:
    parts = [
        Countable(first=ON, last=ON, may=may, ids=("r",), offices=frozenset("a")) for may in ways
    ]
    found = share_of(parts, lambda day: date.max, ABSENT, apart=True).at(ON)
    shares = [
        100 * way.count(True) / whole if (whole := len(way) - way.count(None)) else None
        for way in product(*ways)
    ]
    told = [share for share in shares if share is not None]
    if not told:
        assert found == ABSENT
    elif None in shares:
        assert isinstance(found, Unknown)
        assert found.between is None
    elif isinstance(found, Known):
        assert max(told) - min(told) < 1e-6
        assert abs(float(str(found.value)) - told[0]) < 1e-6
    else:
        assert found.between is not None
        low, high = (float(str(end)) for end in found.between)
        assert abs(low - min(told)) < 1e-6
        assert abs(high - max(told)) < 1e-6
