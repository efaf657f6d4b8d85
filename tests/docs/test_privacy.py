"""The limits of hostile input are these, and the page of privacy and security tells them."""

import pytest

from rehabcore.records.case_file import MOST_RECORDS
from rehabcore.rules.criteria import DEEPEST_CRITERION, LARGEST_CRITERION
from rehabcore.strict.checked import EARLIEST_YEAR, LATEST_YEAR
from rehabcore.strict.documents import DEEPEST_INPUT, LARGEST_INPUT, MOST_ITEMS
from rehabcore.strict.problems import MOST_TOLD
from tests.kit.pages import page

PAGE = " ".join(page("explanation/privacy-and-security.md").split())


@pytest.mark.parametrize(
    ("limit", "value", "told"),
    [
        (LARGEST_INPUT, 16_000_000, "longer than {:,} characters"),
        (DEEPEST_INPUT, 64, "nested deeper than {} levels"),
        (MOST_ITEMS, 20_000, "a list of more than {:,} items"),
        (MOST_ITEMS, 20_000, "an object of more than {:,} keys"),
        (EARLIEST_YEAR, 1850, "years from {} to"),
        (LATEST_YEAR, 2199, "to {}, lengths of time"),
        (MOST_RECORDS, 20_000, "A case file holds at most {:,} records"),
        (MOST_TOLD, 200, "the first {} problems"),
        (LARGEST_CRITERION, 2_000, "a criterion at most {:,} nodes"),
        (DEEPEST_CRITERION, 24, "nodes and {} levels"),
    ],
)
def test_a_limit_is_exactly_as_told(limit: int, value: int, told: str) -> None:
    assert limit == value
    assert told.format(value) in PAGE
