"""The order of acts that one office dates to one day: by sequence, else by the day of recording."""

import pytest

from rehabcore.records import Filed
from rehabcore.records.order import dated_act
from rehabcore.rules.time.acts import Acts
from tests.kit.builders import day, filed

ON = day("2026-03-01")


@pytest.mark.parametrize(
    ("one", "other", "before"),
    [
        (filed("r", sequence=1), filed("s", sequence=2), True),
        (filed("r", sequence=2), filed("s", sequence=1), False),
        (filed("r", "2026-03-02", sequence=1), filed("s", "2026-03-01", sequence=2), True),
        (filed("r", "2026-03-01"), filed("s", "2026-03-02"), True),
        (filed("r", "2026-03-02"), filed("s", "2026-03-01"), False),
        (filed("r"), filed("s"), False),
        (filed("r", "2026-03-01", corrects="q"), filed("s", "2026-03-02"), True),
        (filed("r", "2026-03-01"), filed("s", "2026-03-02", corrects="q"), False),
        (filed("r", sequence=1), filed("s", corrects="q", sequence=2), True),
        (filed("r", sequence=1), filed("s", "2026-03-02"), False),
        (filed("r", "2026-03-01"), filed("s", "2026-03-02", sequence=9), False),
        (filed("r", sequence=1), filed("s", source="b", sequence=2), False),
        (filed("r", "2026-03-01"), filed("s", "2026-03-02", source="b"), False),
    ],
    ids=[
        "numbered",
        "numbered-the-other-way",
        "numbers-before-days-of-recording",
        "recorded-earlier",
        "recorded-later",
        "recorded-on-one-day",
        "corrected-earlier",
        "corrected-later",
        "corrected-and-numbered",
        "only-the-first-is-numbered",
        "only-the-second-is-numbered",
        "numbers-of-two-offices",
        "recorded-by-two-offices",
    ],
)
def test_one_office_orders_its_acts_of_a_day(one: Filed, other: Filed, before: bool) -> None:
    following = Acts([dated_act(other, ON)]).next_after(dated_act(one, ON))
    assert (following == ON) is before
