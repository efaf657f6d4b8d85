"""The limits that the page of privacy and security tells are those of the code."""

from rehabcore.records.case_file import MOST_RECORDS
from rehabcore.rules.criteria import DEEPEST_CRITERION, LARGEST_CRITERION
from rehabcore.strict.checked import EARLIEST_YEAR, LATEST_YEAR
from rehabcore.strict.documents import DEEPEST_INPUT, LARGEST_INPUT
from rehabcore.strict.structure import MOST_ITEMS
from tests.kit.pages import page

PAGE = " ".join(page("explanation/privacy-and-security.md").split())


def test_the_limits_of_hostile_input_are_told() -> None:
    for told in (
        f"longer than {LARGEST_INPUT:,} characters",
        f"deeper than {DEEPEST_INPUT} levels",
        f"a list of more than {MOST_ITEMS:,} items, or an object of more than {MOST_ITEMS:,} keys",
        f"{EARLIEST_YEAR} to {LATEST_YEAR}",
        f"{MOST_RECORDS:,} records",
        f"{LARGEST_CRITERION:,}",
        f"{DEEPEST_CRITERION}",
    ):
        assert told in PAGE, told
