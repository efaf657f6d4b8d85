"""Since when a person is in a status or setting without a break (law E28)."""

from typing import Any

import pytest

from rehabcore.rules.facts import NEVER
from rehabcore.rules.time.days import OPEN, UNSURE
from rehabcore.rules.truth import UnknownKind
from tests.kit.builders import case
from tests.kit.record_makers import Piece, placement, standing, told

MISSING, DISPUTED = UnknownKind.MISSING, UnknownKind.DISPUTED
NOTHING: list[Piece] = [("", MISSING, "")]


TIMES: dict[str, tuple[str, str, Any, str, str]] = {
    "time_in_legal_status": ("legal_status", "legal_standings", standing, "probation", "diverted"),
    "time_in_setting": ("setting", "placements", placement, "community", "hospital"),
}


def _since(fact: str, *spans: tuple[str, str, Any], source: str = "") -> list[Piece]:
    parameter, name, maker, value, other = TIMES[fact]
    records = tuple(
        maker(
            f"r-{index}",
            {"A": value, "B": other}[which],
            start,
            end,
            source=(source or "a" * len(spans))[index],
        )
        for index, (which, start, end) in enumerate(spans)
    )
    return told(case(**{name: records}), fact, **{parameter: value})


@pytest.mark.parametrize("fact", TIMES)
@pytest.mark.parametrize(
    ("spans", "source", "expected"),
    [
        ([], "", NOTHING),
        (
            [("A", "2020-01-01", "2020-06-01")],
            "",
            [("", MISSING, ""), ("2020-01-01", "2020-01-01", "r-0"), ("2020-06-01", MISSING, "")],
        ),
        (
            [("B", "2020-01-01", "2020-06-01")],
            "",
            [("", MISSING, ""), ("2020-01-01", NEVER, "r-0"), ("2020-06-01", MISSING, "")],
        ),
        (
            [("A", "2020-01-01", "2020-03-01"), ("A", "2020-03-01", "2020-04-01")],
            "",
            [
                ("", MISSING, ""),
                ("2020-01-01", "2020-01-01", "r-0"),
                ("2020-03-01", "2020-01-01", "r-0 r-1"),
                ("2020-04-01", MISSING, ""),
            ],
        ),
        (
            [("A", "2020-01-01", "2020-03-01"), ("A", "2020-03-02", OPEN)],
            "",
            [
                ("", MISSING, ""),
                ("2020-01-01", "2020-01-01", "r-0"),
                ("2020-03-01", MISSING, ""),
                ("2020-03-02", "2020-03-02", "r-1"),
            ],
        ),
        (
            [
                ("A", "2020-01-01", "2020-03-01"),
                ("B", "2020-03-01", "2020-03-02"),
                ("A", "2020-03-02", OPEN),
            ],
            "",
            [
                ("", MISSING, ""),
                ("2020-01-01", "2020-01-01", "r-0"),
                ("2020-03-01", NEVER, "r-1"),
                ("2020-03-02", "2020-03-02", "r-2"),
            ],
        ),
        (
            [("A", "2020-02-01", "2020-06-01"), ("A", "2020-01-01", "2020-03-01")],
            "ab",
            [
                ("", MISSING, ""),
                ("2020-01-01", "2020-01-01", "r-1"),
                ("2020-02-01", "2020-01-01", "r-0 r-1"),
                ("2020-06-01", MISSING, ""),
            ],
        ),
        (
            [("A", "2020-01-01", UNSURE)],
            "",
            [
                ("", MISSING, ""),
                ("2020-01-01", "2020-01-01", "r-0"),
                ("2020-01-02", "missing 2020-01-01..never", "r-0"),
            ],
        ),
        (
            [("A", "2020-01-01", UNSURE), ("A", "2020-01-02", OPEN)],
            "",
            [
                ("", MISSING, ""),
                ("2020-01-01", "2020-01-01", "r-0"),
                ("2020-01-02", "2020-01-01", "r-0 r-1"),
            ],
        ),
        (
            [("A", "2020-01-01", UNSURE), ("A", "2020-06-01", OPEN)],
            "",
            [
                ("", MISSING, ""),
                ("2020-01-01", "2020-01-01", "r-0"),
                ("2020-01-02", "missing 2020-01-01..never", "r-0"),
                ("2020-06-01", "missing 2020-01-01..2020-06-01", "r-0 r-1"),
            ],
        ),
        (
            [("B", "2020-01-01", UNSURE), ("A", "2020-06-01", OPEN)],
            "",
            [
                ("", MISSING, ""),
                ("2020-01-01", NEVER, "r-0"),
                ("2020-01-02", MISSING, "r-0"),
                ("2020-06-01", "2020-06-01", "r-1"),
            ],
        ),
        (
            [("A", "2020-01-01", OPEN), ("B", "2020-03-01", "2020-04-01")],
            "ab",
            [
                ("", MISSING, ""),
                ("2020-01-01", "2020-01-01", "r-0"),
                ("2020-03-01", "disputed 2020-01-01..never", "r-0 r-1"),
                ("2020-04-01", "disputed 2020-01-01..2020-04-01", "r-0 r-1"),
            ],
        ),
        (
            [
                ("A", "2020-01-01", "2020-06-01"),
                ("B", "2020-03-01", "2020-04-01"),
                ("B", "2020-06-01", "2020-07-01"),
                ("A", "2020-07-01", OPEN),
            ],
            "abaa",
            [
                ("", MISSING, ""),
                ("2020-01-01", "2020-01-01", "r-0"),
                ("2020-03-01", "disputed 2020-01-01..never", "r-0 r-1"),
                ("2020-04-01", "disputed 2020-01-01..2020-04-01", "r-0 r-1"),
                ("2020-06-01", NEVER, "r-2"),
                ("2020-07-01", "2020-07-01", "r-3"),
            ],
        ),
    ],
    ids=[
        "no-record",
        "one-span",
        "another-status",
        "touching-spans-merge",
        "a-gap-of-a-day-resets",
        "another-status-of-a-day-resets",
        "sources-that-agree",
        "unknown-end",
        "unknown-end-with-the-next-day-known",
        "unknown-end-that-may-have-lasted",
        "another-status-of-unknown-end",
        "a-dispute-leaves-the-start-open",
        "a-certain-break-ends-the-doubt",
    ],
)
def test_time_in_a_status_counts_from_the_first_day_of_an_unbroken_run(
    fact: str, spans: list[tuple[str, str, Any]], source: str, expected: list[Piece]
) -> None:
    assert _since(fact, *spans, source=source) == expected


def test_a_dispute_about_other_statuses_leaves_no_doubt_about_this_one() -> None:
    file = case(
        legal_standings=(
            standing("r-0", "pretrial", "2020-01-01", "2020-03-01"),
            standing("r-1", "diverted", "2020-01-01", "2020-03-01", source="b"),
            standing("r-2", "probation", "2020-03-01"),
        )
    )
    assert told(file, "time_in_legal_status", legal_status="probation") == [
        ("", MISSING, ""),
        ("2020-01-01", NEVER, "r-0 r-1"),
        ("2020-03-01", "2020-03-01", "r-2"),
    ]
