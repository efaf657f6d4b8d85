"""Whether one office knows the days of a stay better than another that tells the same stay."""

import pytest

from rehabcore.questions.counting.stays import stays
from rehabcore.rules.time.partial import Days
from tests.kit.builders import filed, some_days

DAYS = some_days(
    {"from": "2020-01-01", "to": "2020-01-20"}, {"from": "2020-03-01", "to": "2020-03-31"}
)


@pytest.mark.parametrize(
    ("start", "end", "better"),
    [
        pytest.param(("2020-01-05", "2020-01-15"), "2020-03-10", True, id="within-both"),
        pytest.param(("2020-01-01", "2020-01-20"), "2020-03-31", True, id="edges-are-within"),
        pytest.param(("2020-01-05", "2020-01-21"), "2020-03-10", False, id="may-begin-later"),
        pytest.param(("2019-12-31", "2020-01-15"), "2020-03-10", False, id="may-begin-earlier"),
        pytest.param(("2020-01-05", "2020-01-15"), "2020-04-01", False, id="ends-later"),
        pytest.param(("2020-01-05", "2020-01-15"), "2020-02-29", False, id="ends-earlier"),
    ],
)
def test_days_that_lie_within_those_of_another_office_are_known_better(
    start: tuple[str, str], end: str, better: bool
) -> None:
    told: Days = some_days({"from": start[0], "to": start[1]}, end)
    said = [
        (filed("a", source="a"), DAYS, "one"),
        (filed("b", source="b", same_as="a"), told, "one"),
    ]
    assert [claim.span for claim in stays(said)] == [told if better else DAYS, told]
