"""Levels of need and of risk, as read from assessments: every edge of their validity."""

from typing import Any

import pytest

from rehabcore.records import NeedsAssessment, RiskAssessment
from rehabcore.rules.facts import Known
from rehabcore.rules.time.days import OPEN, UNSURE
from rehabcore.rules.truth import UnknownKind
from tests.kit.builders import case
from tests.kit.record_makers import Piece, cell, needs, risk, told

MISSING, DISPUTED = UnknownKind.MISSING, UnknownKind.DISPUTED
STALE, NEEDS_PERSON = UnknownKind.STALE, UnknownKind.NEEDS_PERSON
NOTHING: list[Piece] = [("", MISSING, "")]


Assessed = tuple[str, str, Any, dict[str, Any]]
"""Level (low or high), day, expiry, and what is unusual."""


def _risk(assessments: list[Assessed]) -> list[Piece]:
    records: list[RiskAssessment] = [
        risk(f"r-{index}", level, on, expires, **unusual)
        for index, (level, on, expires, unusual) in enumerate(assessments)
    ]
    return told(case(risk_assessments=tuple(records)), "risk_level")


def _need(assessments: list[Assessed]) -> list[Piece]:
    levels = {"low": "none", "high": "high"}
    records: list[NeedsAssessment] = [
        needs(f"r-{index}", on, expires, findings={"work": levels[level]}, **unusual)
        for index, (level, on, expires, unusual) in enumerate(assessments)
    ]
    pieces = told(case(needs_assessments=tuple(records)), "need_level", domain="work")
    return [(start, "low" if says == "none" else says, ids) for start, says, ids in pieces]


USUAL: dict[str, Any] = {}
OTHER: dict[str, Any] = {"instrument": "other"}
DRAFT: dict[str, Any] = {"confirmed": False}


@pytest.mark.parametrize("read", [_risk, _need], ids=["risk", "need"])
@pytest.mark.parametrize(
    ("assessments", "expected"),
    [
        ([], NOTHING),
        (
            [("low", "2020-01-01", OPEN, USUAL)],
            [("", MISSING, ""), ("2020-01-01", "low", "r-0")],
        ),
        (
            [("low", "2020-01-01", "2021-01-01", USUAL)],
            [("", MISSING, ""), ("2020-01-01", "low", "r-0"), ("2021-01-01", STALE, "r-0")],
        ),
        (
            [("low", "2020-01-01", UNSURE, USUAL)],
            [("", MISSING, ""), ("2020-01-01", "low", "r-0"), ("2020-01-02", MISSING, "r-0")],
        ),
        (
            [("low", "2020-01-01", OPEN, DRAFT)],
            [("", MISSING, ""), ("2020-01-01", NEEDS_PERSON, "r-0")],
        ),
        (
            [("low", "2020-01-01", "2021-01-01", DRAFT)],
            [
                ("", MISSING, ""),
                ("2020-01-01", NEEDS_PERSON, "r-0"),
                ("2021-01-01", STALE, "r-0"),
            ],
        ),
        (
            [("low", "2020-01-01", OPEN, USUAL), ("high", "2020-06-01", OPEN, USUAL)],
            [("", MISSING, ""), ("2020-01-01", "low", "r-0"), ("2020-06-01", "high", "r-1")],
        ),
        (
            [("low", "2020-01-01", OPEN, USUAL), ("low", "2020-06-01", OPEN, USUAL)],
            [("", MISSING, ""), ("2020-01-01", "low", "r-0"), ("2020-06-01", "low", "r-1")],
        ),
        (
            [("low", "2020-01-01", "2020-03-01", USUAL), ("high", "2020-06-01", OPEN, USUAL)],
            [
                ("", MISSING, ""),
                ("2020-01-01", "low", "r-0"),
                ("2020-03-01", STALE, "r-0"),
                ("2020-06-01", "high", "r-1"),
            ],
        ),
        (
            [("low", "2020-01-01", "2020-06-01", USUAL), ("high", "2020-06-01", OPEN, USUAL)],
            [("", MISSING, ""), ("2020-01-01", "low", "r-0"), ("2020-06-01", "high", "r-1")],
        ),
        (
            [
                ("low", "2020-01-01", OPEN, USUAL),
                ("high", "2020-03-01", "2020-04-01", USUAL),
            ],
            [
                ("", MISSING, ""),
                ("2020-01-01", "low", "r-0"),
                ("2020-03-01", "high", "r-1"),
                ("2020-04-01", STALE, "r-1"),
            ],
        ),
        (
            [("low", "2020-01-01", UNSURE, USUAL), ("high", "2020-06-01", OPEN, USUAL)],
            [
                ("", MISSING, ""),
                ("2020-01-01", "low", "r-0"),
                ("2020-01-02", MISSING, "r-0"),
                ("2020-06-01", "high", "r-1"),
            ],
        ),
        (
            [("low", "2020-01-01", UNSURE, USUAL), ("high", "2020-01-02", OPEN, USUAL)],
            [("", MISSING, ""), ("2020-01-01", "low", "r-0"), ("2020-01-02", "high", "r-1")],
        ),
        (
            [("low", "2020-01-01", OPEN, USUAL), ("high", "2020-06-01", OPEN, DRAFT)],
            [("", MISSING, ""), ("2020-01-01", "low", "r-0")],
        ),
        (
            [("low", "2020-01-01", OPEN, DRAFT), ("high", "2020-06-01", OPEN, USUAL)],
            [
                ("", MISSING, ""),
                ("2020-01-01", NEEDS_PERSON, "r-0"),
                ("2020-06-01", "high", "r-1"),
            ],
        ),
        (
            [("low", "2020-01-01", OPEN, USUAL), ("high", "2020-06-01", OPEN, OTHER)],
            [
                ("", MISSING, ""),
                ("2020-01-01", "low", "r-0"),
                ("2020-06-01", DISPUTED, "r-0 r-1"),
            ],
        ),
        (
            [("low", "2020-01-01", OPEN, USUAL), ("low", "2020-06-01", OPEN, OTHER)],
            [
                ("", MISSING, ""),
                ("2020-01-01", "low", "r-0"),
                ("2020-06-01", "low", "r-0 r-1"),
            ],
        ),
        (
            [("low", "2020-01-01", "2020-03-01", USUAL), ("high", "2020-02-01", OPEN, OTHER)],
            [
                ("", MISSING, ""),
                ("2020-01-01", "low", "r-0"),
                ("2020-02-01", DISPUTED, "r-0 r-1"),
                ("2020-03-01", "high", "r-1"),
            ],
        ),
        (
            [("low", "2020-01-01", OPEN, USUAL), ("high", "2020-01-01", OPEN, USUAL)],
            [("", MISSING, ""), ("2020-01-01", DISPUTED, "r-0 r-1")],
        ),
        (
            [
                ("low", "2020-01-01", OPEN, USUAL),
                ("high", "2020-01-01", OPEN, USUAL),
                ("low", "2020-06-01", OPEN, USUAL),
            ],
            [
                ("", MISSING, ""),
                ("2020-01-01", DISPUTED, "r-0 r-1"),
                ("2020-06-01", "low", "r-2"),
            ],
        ),
        (
            [("low", "2020-01-01", OPEN, USUAL), ("low", "2020-01-01", OPEN, USUAL)],
            [("", MISSING, ""), ("2020-01-01", "low", "r-0 r-1")],
        ),
        (
            [
                ("low", "2020-01-01", OPEN, USUAL),
                ("high", "2020-06-01", OPEN, USUAL),
                ("low", "2020-03-01", OPEN, USUAL),
            ],
            [
                ("", MISSING, ""),
                ("2020-01-01", "low", "r-0"),
                ("2020-03-01", "low", "r-2"),
                ("2020-06-01", "high", "r-1"),
            ],
        ),
    ],
    ids=[
        "none",
        "one",
        "stale-from-the-day-it-expires",
        "unknown-expiry",
        "unconfirmed",
        "unconfirmed-and-expired",
        "superseded",
        "superseded-by-the-same-level",
        "stale-until-superseded",
        "superseded-on-the-day-it-expires",
        "superseded-by-one-that-expired",
        "unknown-expiry-until-superseded",
        "unknown-expiry-superseded-next-day",
        "unconfirmed-does-not-supersede",
        "confirmed-supersedes-unconfirmed",
        "instruments-that-disagree",
        "instruments-that-agree",
        "instruments-that-disagree-until-one-is-stale",
        "two-on-one-day-that-disagree",
        "disagreement-until-superseded",
        "two-on-one-day-that-agree",
        "superseded-by-the-next-not-the-last",
    ],
)
def test_a_level_is_what_confirmed_assessments_within_their_validity_say(
    read: Any, assessments: list[Assessed], expected: list[Piece]
) -> None:
    assert read(assessments) == expected


def test_a_stale_level_is_never_a_level() -> None:
    """Law E11."""
    file = case(risk_assessments=(risk("r", "low", "2020-01-01", "2021-01-01"),))
    assert isinstance(cell(file, "risk_level", "2020-12-31"), Known)
    assert not isinstance(cell(file, "risk_level", "2021-01-01"), Known)


def test_a_newer_assessment_leaves_domains_that_it_is_silent_about() -> None:
    file = case(
        needs_assessments=(
            needs("r-0", "2020-01-01", findings={"work": "high", "housing": "some"}),
            needs("r-1", "2020-06-01", "2020-09-01", findings={"housing": "none"}),
        )
    )
    assert told(file, "need_level", domain="work") == [
        ("", MISSING, ""),
        ("2020-01-01", "high", "r-0"),
    ]
    assert told(file, "need_level", domain="housing") == [
        ("", MISSING, ""),
        ("2020-01-01", "some", "r-0"),
        ("2020-06-01", "none", "r-1"),
        ("2020-09-01", STALE, "r-1"),
    ]
    assert told(file, "need_level", domain="attitudes") == NOTHING
