"""Time since the latest referral to a programme: the day that the clock of the referral goes by."""

from datetime import date

import pytest

from rehabcore.records import Referral
from rehabcore.rules.time.partial import Day, PartialDay
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.vocabulary import ProgramId
from tests.kit.builders import case, day, filed
from tests.kit.record_makers import Piece, referral, told


def _on(record_id: str, referred_on: Day, source: str = "a") -> Referral:
    """A referral to relapse prevention on a day that may be known in part."""
    return Referral(
        filed=filed(record_id, "2020-01-01", source),
        program_id=ProgramId("relapse_prevention"),
        referred_on=referred_on,
    )


MISSING, DISPUTED = UnknownKind.MISSING, UnknownKind.DISPUTED
FIRST, SECOND = day("2026-06-20"), day("2026-07-02")
IN_JUNE = PartialDay(date(2026, 6, 1), date(2026, 6, 30))


@pytest.mark.parametrize(
    ("referrals", "expected"),
    [
        pytest.param([], [("", MISSING, "")], id="none"),
        pytest.param(
            [_on("r", FIRST)], [("", MISSING, ""), ("2026-06-20", "2026-06-20", "r")], id="one"
        ),
        pytest.param(
            [_on("s", SECOND), _on("r", FIRST)],
            [
                ("", MISSING, ""),
                ("2026-06-20", "2026-06-20", "r"),
                ("2026-07-02", "2026-07-02", "s"),
            ],
            id="the-latest-counts",
        ),
        pytest.param(
            [_on("r", FIRST), _on("s", FIRST, source="b")],
            [("", MISSING, ""), ("2026-06-20", "2026-06-20", "r s")],
            id="two-say-the-same",
        ),
        pytest.param(
            [_on("r", day("2026-06-30")), _on("s", SECOND, source="b")],
            [
                ("", MISSING, ""),
                ("2026-06-30", DISPUTED, "r"),
                ("2026-07-02", "disputed 2026-06-30..2026-07-02", "r s"),
            ],
            id="perhaps-one-that-two-offices-date-otherwise",
        ),
        pytest.param(
            [_on("r", FIRST), _on("s", SECOND, source="b")],
            [
                ("", MISSING, ""),
                ("2026-06-20", "2026-06-20", "r"),
                ("2026-07-02", "2026-07-02", "s"),
            ],
            id="too-far-apart-to-be-one",
        ),
        pytest.param(
            [_on("r", IN_JUNE)],
            [
                ("", MISSING, ""),
                ("2026-06-01", MISSING, "r"),
                ("2026-06-30", "missing 2026-06-01..2026-06-30", "r"),
            ],
            id="only-the-month-is-known",
        ),
        pytest.param(
            [_on("r", IN_JUNE), _on("s", FIRST)],
            [
                ("", MISSING, ""),
                ("2026-06-01", MISSING, "r"),
                ("2026-06-20", "missing 2026-06-20..2026-06-30", "r s"),
            ],
            id="the-later-may-be-either",
        ),
        pytest.param(
            [_on("r", IN_JUNE), _on("s", SECOND)],
            [
                ("", MISSING, ""),
                ("2026-06-01", MISSING, "r"),
                ("2026-06-30", "missing 2026-06-01..2026-06-30", "r"),
                ("2026-07-02", "2026-07-02", "s"),
            ],
            id="certainly-later",
        ),
    ],
)
def test_time_runs_since_the_latest_referral(
    referrals: list[Referral], expected: list[Piece]
) -> None:
    for order in (referrals, referrals[::-1]):
        file = case(referrals=tuple(order))
        assert told(file, "time_since_referral", program="relapse_prevention") == expected


def test_a_referral_to_another_programme_is_none() -> None:
    file = case(referrals=(referral("r", "2026-06-20", "drop_in"),))
    assert told(file, "time_since_referral", program="relapse_prevention") == [("", MISSING, "")]
