"""Consent, as read from answers: every edge of giving, refusing, withdrawing and expiring."""

from itertools import permutations
from typing import Any

import pytest

from rehabcore.rules.time.days import UNSURE
from rehabcore.rules.truth import UnknownKind
from tests.kit.builders import case
from tests.kit.record_makers import Piece, consent, told

MISSING, DISPUTED = UnknownKind.MISSING, UnknownKind.DISPUTED
STALE, NEEDS_PERSON = UnknownKind.STALE, UnknownKind.NEEDS_PERSON
NOTHING: list[Piece] = [("", MISSING, "")]


@pytest.mark.parametrize(
    ("consents", "expected"),
    [
        ([], NOTHING),
        ([consent("c", "2020-01-01")], [("", MISSING, ""), ("2020-01-01", True, "c")]),
        (
            [consent("c", refused="2020-01-01")],
            [("", MISSING, ""), ("2020-01-01", False, "c")],
        ),
        (
            [consent("c", "2020-01-01", "2020-06-01")],
            [("", MISSING, ""), ("2020-01-01", True, "c"), ("2020-06-01", False, "c")],
        ),
        (
            [consent("c", "2020-01-01", withdrawn="2020-03-01")],
            [("", MISSING, ""), ("2020-01-01", True, "c"), ("2020-03-01", False, "c")],
        ),
        (
            [consent("c", "2020-01-01", withdrawn="2020-01-01")],
            [("", MISSING, ""), ("2020-01-01", False, "c")],
        ),
        (
            [consent("c", "2020-01-01", "2020-02-01", withdrawn="2020-03-01")],
            [("", MISSING, ""), ("2020-01-01", True, "c"), ("2020-02-01", False, "c")],
        ),
        (
            [consent("c", "2020-01-01", "2020-03-01", withdrawn="2020-02-01")],
            [("", MISSING, ""), ("2020-01-01", True, "c"), ("2020-02-01", False, "c")],
        ),
        (
            [consent("c", "2020-01-01", UNSURE)],
            [("", MISSING, ""), ("2020-01-01", True, "c"), ("2020-01-02", MISSING, "c")],
        ),
        (
            [consent("c", "2020-01-01", UNSURE, withdrawn="2020-03-01")],
            [
                ("", MISSING, ""),
                ("2020-01-01", True, "c"),
                ("2020-01-02", MISSING, "c"),
                ("2020-03-01", False, "c"),
            ],
        ),
        (
            [consent("c", "2020-01-01"), consent("d", "2020-02-01", "2020-03-01")],
            [
                ("", MISSING, ""),
                ("2020-01-01", True, "c"),
                ("2020-02-01", True, "c d"),
                ("2020-03-01", True, "c"),
            ],
        ),
        (
            [consent("c", "2020-01-01", "2020-02-01"), consent("d", "2020-03-01")],
            [
                ("", MISSING, ""),
                ("2020-01-01", True, "c"),
                ("2020-02-01", False, "c"),
                ("2020-03-01", True, "d"),
            ],
        ),
        (
            [consent("c", refused="2020-01-01"), consent("d", "2020-01-02")],
            [("", MISSING, ""), ("2020-01-01", False, "c"), ("2020-01-02", True, "d")],
        ),
        (
            [consent("c", "2020-01-01"), consent("d", refused="2020-03-01")],
            [("", MISSING, ""), ("2020-01-01", True, "c"), ("2020-03-01", False, "c d")],
        ),
        (
            [consent("c", "2020-01-01"), consent("d", refused="2020-01-01")],
            [("", MISSING, ""), ("2020-01-01", DISPUTED, "c d")],
        ),
        (
            [
                consent("c", "2020-01-01"),
                consent("d", refused="2020-03-01"),
                consent("e", "2020-03-02"),
            ],
            [
                ("", MISSING, ""),
                ("2020-01-01", True, "c"),
                ("2020-03-01", False, "c d"),
                ("2020-03-02", True, "e"),
            ],
        ),
        (
            [
                consent("c", "2020-01-01", withdrawn="2020-03-01"),
                consent("d", "2020-02-01"),
            ],
            [
                ("", MISSING, ""),
                ("2020-01-01", True, "c"),
                ("2020-02-01", True, "c d"),
                ("2020-03-01", False, "c d"),
            ],
        ),
        (
            [
                consent("c", "2020-01-01", withdrawn="2020-03-01"),
                consent("d", "2020-03-02"),
            ],
            [
                ("", MISSING, ""),
                ("2020-01-01", True, "c"),
                ("2020-03-01", False, "c"),
                ("2020-03-02", True, "d"),
            ],
        ),
        (
            [consent("c", "2020-01-01"), consent("d", refused="2020-01-01", source="b")],
            [("", MISSING, ""), ("2020-01-01", DISPUTED, "c d")],
        ),
        (
            [consent("c", "2020-01-01"), consent("d", refused="2020-03-01", source="b")],
            [("", MISSING, ""), ("2020-01-01", True, "c"), ("2020-03-01", DISPUTED, "c d")],
        ),
        (
            [consent("c", refused="2020-01-01"), consent("d", "2020-01-02", source="b")],
            [("", MISSING, ""), ("2020-01-01", False, "c"), ("2020-01-02", True, "d")],
        ),
        (
            [
                consent("c", "2020-01-01", "2020-06-01"),
                consent("d", refused="2020-03-01", source="b"),
            ],
            [
                ("", MISSING, ""),
                ("2020-01-01", True, "c"),
                ("2020-03-01", DISPUTED, "c d"),
                ("2020-06-01", False, "c d"),
            ],
        ),
        (
            [
                consent("c", "2020-01-01"),
                consent("d", refused="2020-03-01", source="b"),
                consent("e", "2020-04-01", source="c"),
            ],
            [
                ("", MISSING, ""),
                ("2020-01-01", True, "c"),
                ("2020-03-01", DISPUTED, "c d"),
                ("2020-04-01", True, "e"),
            ],
        ),
        (
            [
                consent("c", "2020-01-01"),
                consent("d", refused="2020-03-01"),
                consent("e", refused="2020-05-01"),
            ],
            [
                ("", MISSING, ""),
                ("2020-01-01", True, "c"),
                ("2020-03-01", False, "c d"),
                ("2020-05-01", False, "c d e"),
            ],
        ),
        (
            [
                consent("c", "2020-01-01"),
                consent("d", refused="2020-03-01", source="b"),
                consent("e", refused="2020-05-01", source="b"),
            ],
            [
                ("", MISSING, ""),
                ("2020-01-01", True, "c"),
                ("2020-03-01", DISPUTED, "c d"),
                ("2020-05-01", DISPUTED, "c d e"),
            ],
        ),
        (
            [
                consent("c", "2020-01-01"),
                consent("d", "2020-01-01", "2020-02-01", withdrawn="2020-03-01", source="b"),
            ],
            [
                ("", MISSING, ""),
                ("2020-01-01", True, "c d"),
                ("2020-02-01", True, "c"),
                ("2020-03-01", DISPUTED, "c d"),
            ],
        ),
        (
            [consent("c", "2020-01-01", purpose="health_data")],
            NOTHING,
        ),
        (
            [
                consent("c", "2020-01-01"),
                consent("d", refused="2020-03-01", purpose="health_data"),
            ],
            [("", MISSING, ""), ("2020-01-01", True, "c")],
        ),
    ],
    ids=[
        "never-asked",
        "given",
        "refused",
        "expired",
        "withdrawn",
        "withdrawn-on-the-day",
        "expired-then-withdrawn",
        "withdrawn-before-it-expires",
        "unknown-expiry",
        "unknown-expiry-withdrawn",
        "two-at-once",
        "given-again",
        "given-after-a-refusal",
        "refused-after-giving",
        "given-and-refused-on-one-day",
        "given-again-after-a-refusal",
        "withdrawal-ends-all-that-was-given-before",
        "given-again-after-a-withdrawal",
        "sources-that-contradict-on-one-day",
        "another-source-refused-later",
        "another-source-was-refused-before",
        "a-dispute-ends-with-the-consent",
        "a-dispute-ends-with-a-new-consent",
        "refused-twice",
        "another-source-refused-twice",
        "another-source-withdrew-what-had-expired",
        "another-purpose-given",
        "another-purpose-refused",
    ],
)
def test_a_consent_is_live_from_giving_until_it_ends(
    consents: list[Any], expected: list[Piece]
) -> None:
    for order in permutations(consents):
        assert told(case(consents=order), "consent", purpose="programme") == expected


ONE = {"program": "thinking_skills"}
NGO, OTHER = {"recipient": "ngo-1"}, {"recipient": "ngo-2"}


@pytest.mark.parametrize(
    ("covers", "asked", "expected"),
    [
        ({}, {}, True),
        ({}, ONE, True),
        ({}, {**ONE, **NGO}, True),
        (ONE, {}, MISSING),
        (ONE, ONE, True),
        (ONE, {"program": "drop_in"}, MISSING),
        ({"recipients": ("ngo-1",)}, {}, MISSING),
        ({"recipients": ("ngo-1",)}, NGO, True),
        ({"recipients": ("ngo-1",)}, OTHER, MISSING),
        ({"recipients": ("ngo-1", "ngo-2")}, OTHER, True),
        ({**ONE, "recipients": ("ngo-1",)}, {**ONE, **NGO}, True),
        ({**ONE, "recipients": ("ngo-1",)}, ONE, MISSING),
    ],
)
def test_a_consent_for_one_programme_or_office_is_none_for_another(
    covers: dict[str, Any], asked: dict[str, str], expected: object
) -> None:
    """It leaves the other unknown: nobody asked the person about it."""
    file = case(consents=(consent("c", "2020-01-01", **covers),))
    assert told(file, "consent", purpose="programme", **asked)[-1][1] == expected


def test_a_withdrawal_for_one_office_leaves_the_consent_for_others() -> None:
    all_of_them = consent("c", "2020-01-01")
    refused = consent("d", refused="2020-02-01", recipients=("ngo-1",))
    file = case(consents=(all_of_them, refused))
    assert told(file, "consent", purpose="programme", **NGO)[-1][1] is False
    assert told(file, "consent", purpose="programme", **OTHER)[-1][1] is True
