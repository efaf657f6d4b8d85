"""What assessments claim of a level: which days, and what on each (law E11)."""

from typing import Any

import pytest

from rehabcore.records import RiskAssessment
from rehabcore.risk import need_claims, standings
from rehabcore.risk import risk_claims as claims_of
from rehabcore.rules.judging.settling import Claim
from rehabcore.rules.time.days import OPEN, UNSURE, End
from rehabcore.rules.truth import UnknownKind
from tests.kit.builders import span
from tests.kit.record_makers import needs, risk

MISSING, STALE = UnknownKind.MISSING, UnknownKind.STALE
NEEDS_PERSON = UnknownKind.NEEDS_PERSON


def risk_claims(assessments: list[RiskAssessment]) -> tuple[Claim, ...]:
    """What assessments claim of which nothing was decided."""
    return claims_of(standings(assessments))


def claim(record_id: str, says: str | UnknownKind, start: str, end: str | End = OPEN) -> Claim:
    """A record's word over a span."""
    return Claim(record_id, span(start, end), says)


@pytest.mark.parametrize(
    ("expires", "expected"),
    [
        (OPEN, [claim("r", "low", "2020-01-01")]),
        (UNSURE, [claim("r", "low", "2020-01-01", UNSURE)]),
        (
            "2020-01-02",
            [claim("r", "low", "2020-01-01", "2020-01-02"), claim("r", STALE, "2020-01-02")],
        ),
    ],
    ids=["open", "unknown", "one-day"],
)
def test_a_confirmed_assessment_claims_its_level_until_it_expires(
    expires: Any, expected: list[Claim]
) -> None:
    assert list(risk_claims([risk("r", "low", "2020-01-01", expires)])) == expected


@pytest.mark.parametrize(
    ("expires", "expected"),
    [
        (OPEN, [claim("r", NEEDS_PERSON, "2020-01-01")]),
        (UNSURE, [claim("r", NEEDS_PERSON, "2020-01-01", UNSURE)]),
        (
            "2020-01-02",
            [
                claim("r", NEEDS_PERSON, "2020-01-01", "2020-01-02"),
                claim("r", STALE, "2020-01-02"),
            ],
        ),
    ],
    ids=["open", "unknown", "one-day"],
)
def test_an_unconfirmed_assessment_claims_that_a_person_is_needed(
    expires: Any, expected: list[Claim]
) -> None:
    assert list(risk_claims([risk("r", "low", "2020-01-01", expires, confirmed=False)])) == expected


@pytest.mark.parametrize("confirmed", [True, False], ids=["confirmed", "unconfirmed"])
@pytest.mark.parametrize(
    ("newer", "end"),
    [
        (risk("n", "high", "2020-06-01"), "2020-06-01"),
        (risk("n", "high", "2020-01-02"), "2020-01-02"),
        (risk("n", "high", "2020-06-01", recorded_on="2019-01-01", source="b"), "2020-06-01"),
        (risk("n", "high", "2020-01-01"), OPEN),
        (risk("n", "high", "2019-12-31"), OPEN),
        (risk("n", "high", "2020-06-01", instrument="other"), OPEN),
        (risk("n", "high", "2020-06-01", confirmed=False), OPEN),
    ],
    ids=[
        "newer",
        "newer-by-a-day",
        "newer-of-another-source",
        "of-the-same-day",
        "older",
        "of-another-instrument",
        "unconfirmed",
    ],
)
def test_only_a_newer_confirmed_one_of_the_same_instrument_takes_its_place(
    newer: Any, end: Any, confirmed: bool
) -> None:
    older = risk("r", "low", "2020-01-01", confirmed=confirmed)
    says = "low" if confirmed else NEEDS_PERSON
    for assessments in ([older, newer], [newer, older]):
        claims = [c for c in risk_claims(assessments) if c.record_id == "r"]
        assert claims == [claim("r", says, "2020-01-01", end)]


def test_the_next_of_several_newer_ones_takes_its_place() -> None:
    claims = risk_claims(
        [
            risk("a", "low", "2020-01-01"),
            risk("c", "low", "2020-06-01"),
            risk("b", "high", "2020-03-01"),
        ]
    )
    assert set(claims) == {
        claim("a", "low", "2020-01-01", "2020-03-01"),
        claim("b", "high", "2020-03-01", "2020-06-01"),
        claim("c", "low", "2020-06-01"),
    }


@pytest.mark.parametrize(
    ("expires", "expected"),
    [
        (
            "2020-05-31",
            [
                claim("r", "low", "2020-01-01", "2020-05-31"),
                claim("r", STALE, "2020-05-31", "2020-06-01"),
            ],
        ),
        ("2020-06-01", [claim("r", "low", "2020-01-01", "2020-06-01")]),
        ("2020-06-02", [claim("r", "low", "2020-01-01", "2020-06-01")]),
        (
            UNSURE,
            [
                claim("r", "low", "2020-01-01", "2020-01-02"),
                claim("r", MISSING, "2020-01-02", "2020-06-01"),
            ],
        ),
    ],
    ids=["day-before", "same-day", "day-after", "unknown"],
)
def test_what_expires_before_it_is_replaced_is_stale_until_then(
    expires: Any, expected: list[Claim]
) -> None:
    claims = risk_claims([risk("r", "low", "2020-01-01", expires), risk("n", "high", "2020-06-01")])
    assert [c for c in claims if c.record_id == "r"] == expected


def test_needs_are_claimed_domain_by_domain() -> None:
    assessments = [
        needs("a", "2020-01-01", findings={"work": "high", "housing": "some"}),
        needs("b", "2020-06-01", findings={"housing": "none"}),
        needs("c", "2020-07-01", findings={}),
    ]
    assert list(need_claims(assessments, "work")) == [claim("a", "high", "2020-01-01")]
    assert list(need_claims(assessments, "housing")) == [
        claim("a", "some", "2020-01-01", "2020-06-01"),
        claim("b", "none", "2020-06-01"),
    ]
    assert need_claims(assessments, "attitudes") == ()


def test_nobody_assessed_claims_nothing() -> None:
    assert risk_claims([]) == ()
    assert need_claims([], "work") == ()
