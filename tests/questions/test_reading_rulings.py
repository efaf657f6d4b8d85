"""Refusals that still weigh, referrals that wait for a decision, rulings in force."""

from itertools import permutations
from typing import Any

import pytest

from rehabcore.rules.time.days import UNSURE
from rehabcore.rules.truth import UnknownKind
from tests.kit.builders import case
from tests.kit.record_makers import Piece, enrolment, referral, ruling, told

MISSING, DISPUTED = UnknownKind.MISSING, UnknownKind.DISPUTED


def _refusals(*rulings: Any, **given: Any) -> list[Piece]:
    asked = {"subject": "thinking_skills", "within": "6 months", "ageing": "exclusive", **given}
    return told(case(rulings=rulings), "refusals", **asked)


WEIGHS = [("", 0, ""), ("2030-01-15", 1, "d"), ("2030-07-15", 0, "")]


@pytest.mark.parametrize(
    ("made", "accepted", "expected"),
    [
        ([ruling("d", "refused", "2030-01-15")], [], WEIGHS),
        ([ruling("d", "refused", "2030-01-15", reason="not_ready")], ["no_place"], WEIGHS),
        ([ruling("d", "refused", "2030-01-15", reason="no_place")], ["no_place"], [("", 0, "")]),
        ([ruling("d", "refused", "2030-01-15", reason="no_place")], [], WEIGHS),
        (
            [ruling("d", "refused", "2030-01-15")],
            ["no_place"],
            [("", 0, ""), ("2030-01-15", "missing 0..1", "d"), ("2030-07-15", 0, "")],
        ),
        ([ruling("d", "refused", "2030-01-15", "2030-02-01")], [], WEIGHS),
        ([ruling("d", "granted", "2030-01-15")], [], [("", 0, "")]),
        ([ruling("d", "deferred", "2030-01-15")], [], [("", 0, "")]),
        ([ruling("d", "refused", "2030-01-15", subject="home_leave")], [], [("", 0, "")]),
        (
            [
                ruling("d", "refused", "2030-01-15"),
                ruling("e", "refused", "2030-01-15", source="b", same_as="d"),
                ruling("f", "refused", "2030-03-01"),
            ],
            [],
            [
                ("", 0, ""),
                ("2030-01-15", 1, "d e"),
                ("2030-03-01", 2, "d e f"),
                ("2030-07-15", 1, "f"),
                ("2030-09-01", 0, ""),
            ],
        ),
    ],
    ids=[
        "no-reason-is-accepted",
        "for-another-reason",
        "for-an-accepted-reason",
        "its-reason-is-not-accepted",
        "reason-not-recorded",
        "ended-but-it-weighs",
        "granted",
        "deferred",
        "on-another-subject",
        "two-of-which-one-filed-twice",
    ],
)
def test_a_refusal_weighs_until_it_leaves_the_window(
    made: list[Any], accepted: list[str], expected: list[Piece]
) -> None:
    given = {"except_reasons": accepted} if accepted else {}
    for order in permutations(made):
        assert _refusals(*order, **given) == expected


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        ([], [("", False, "")]),
        (
            [ruling("d", "granted", "2030-01-15")],
            [("", False, ""), ("2030-01-15", True, "d")],
        ),
        (
            [ruling("d", "granted", "2030-01-15", "2030-02-01")],
            [("", False, ""), ("2030-01-15", True, "d"), ("2030-02-01", False, "")],
        ),
        (
            [ruling("d", "granted", "2030-01-15", UNSURE)],
            [("", False, ""), ("2030-01-15", True, "d"), ("2030-01-16", MISSING, "d")],
        ),
        (
            [ruling("d", "granted", "2030-01-15"), ruling("e", "refused", "2030-02-01")],
            [("", False, ""), ("2030-01-15", True, "d"), ("2030-02-01", False, "e")],
        ),
        (
            [ruling("d", "granted", "2030-01-15"), ruling("e", "refused", "2030-01-15")],
            [("", False, ""), ("2030-01-15", DISPUTED, "d e")],
        ),
        (
            [ruling("d", "refused", "2030-01-15")],
            [("", False, ""), ("2030-01-15", False, "d")],
        ),
        ([ruling("d", "granted", "2030-01-15", subject="home_leave")], [("", False, "")]),
    ],
    ids=[
        "none",
        "for-good",
        "until-it-ends",
        "unknown-end",
        "until-the-next",
        "two-of-one-day-that-differ",
        "of-another-outcome",
        "on-another-subject",
    ],
)
def test_a_ruling_is_in_force_until_it_ends_or_another_is_made(
    made: list[Any], expected: list[Piece]
) -> None:
    for order in permutations(made):
        asked = {"subject": "thinking_skills", "outcome": "granted"}
        assert told(case(rulings=order), "ruling_in_force", **asked) == expected


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ({}, [("", False, "")]),
        (
            {"referrals": (referral("r", "2030-01-15"),)},
            [("", False, ""), ("2030-01-15", True, "r")],
        ),
        (
            {
                "referrals": (referral("r", "2030-01-15"),),
                "rulings": (ruling("d", "refused", "2030-02-01"),),
            },
            [("", False, ""), ("2030-01-15", True, "r"), ("2030-02-01", False, "d r")],
        ),
        (
            {
                "referrals": (referral("r", "2030-01-15"),),
                "rulings": (ruling("d", "granted", "2030-01-15"),),
            },
            [("", False, ""), ("2030-01-15", DISPUTED, "r")],
        ),
        (
            {
                "referrals": (referral("r", "2030-01-15"),),
                "rulings": (ruling("d", "deferred", "2030-02-01"),),
            },
            [("", False, ""), ("2030-01-15", True, "r")],
        ),
        (
            {
                "referrals": (referral("r", "2030-01-15"),),
                "enrolments": (enrolment("e", "2030-03-01"),),
            },
            [("", False, ""), ("2030-01-15", True, "r"), ("2030-03-01", False, "e r")],
        ),
        (
            {
                "referrals": (referral("q", "2030-01-15"), referral("r", "2030-03-01")),
                "rulings": (ruling("d", "refused", "2030-02-01"),),
            },
            [
                ("", False, ""),
                ("2030-01-15", True, "q"),
                ("2030-02-01", False, "d q"),
                ("2030-03-01", True, "r"),
            ],
        ),
        (
            {
                "referrals": (referral("r", "2030-01-15"),),
                "rulings": (ruling("d", "refused", "2030-01-14"),),
            },
            [("", False, ""), ("2030-01-15", True, "r")],
        ),
        (
            {
                "referrals": (referral("r", "2030-01-15", "drop_in"),),
                "rulings": (ruling("d", "refused", "2030-01-01"),),
            },
            [("", False, "")],
        ),
    ],
    ids=[
        "no-referral",
        "nobody-decided",
        "refused",
        "granted-on-the-day",
        "a-deferral-decides-nothing",
        "the-person-entered",
        "referred-again",
        "ruled-the-day-before",
        "to-another-programme",
    ],
)
def test_a_referral_waits_until_somebody_decides(
    records: dict[str, Any], expected: list[Piece]
) -> None:
    assert told(case(**records), "awaiting_decision", program="thinking_skills") == expected


def test_a_refusal_that_another_source_tells_otherwise_may_not_weigh() -> None:
    refused = ruling("d", "refused", "2030-01-15", source="a", reason="not_ready")
    for other in (
        ruling("e", "granted", "2030-01-15", source="b"),
        ruling("e", "refused", "2030-01-15", source="b", reason="no_place"),
    ):
        assert _refusals(refused, other, except_reasons=["no_place"]) == [
            ("", 0, ""),
            ("2030-01-15", "disputed 0..1", "d e"),
            ("2030-07-15", 0, ""),
        ]
