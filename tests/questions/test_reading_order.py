"""Acts of one day in a known order, or in none, and acts on days that are known in part."""

from itertools import permutations
from typing import Any

import pytest
from attrs import evolve

from rehabcore.rules.time.partial import PartialDay
from rehabcore.rules.truth import UnknownKind
from tests.kit.builders import case, day
from tests.kit.record_makers import Piece, consent, enrolment, referral, ruling, told

MISSING, DISPUTED, STALE = UnknownKind.MISSING, UnknownKind.DISPUTED, UnknownKind.STALE
MARCH = PartialDay(day("2020-03-01"), day("2020-03-31"))
ON = "2020-03-01"
UNASKED: Piece = ("", MISSING, "")
NONE: Piece = ("", False, "")


def first(record: Any) -> Any:
    """The record as the first act of its day."""
    return evolve(record, filed=evolve(record.filed, sequence=1))


def then(record: Any) -> Any:
    """The record as the second act of its day."""
    return evolve(record, filed=evolve(record.filed, sequence=2))


@pytest.mark.parametrize(
    ("consents", "expected"),
    [
        (
            [first(consent("c", "2020-01-01", withdrawn=ON)), then(consent("d", ON))],
            [UNASKED, ("2020-01-01", True, "c"), (ON, True, "d")],
        ),
        (
            [consent("c", "2020-01-01", withdrawn=ON), consent("d", ON, recorded_on=ON)],
            [UNASKED, ("2020-01-01", True, "c"), (ON, True, "d")],
        ),
        (
            [then(consent("c", "2020-01-01", withdrawn=ON)), first(consent("d", ON))],
            [UNASKED, ("2020-01-01", True, "c"), (ON, False, "c d")],
        ),
        (
            [consent("c", "2020-01-01", withdrawn=ON), consent("d", ON)],
            [UNASKED, ("2020-01-01", True, "c"), (ON, DISPUTED, "c d")],
        ),
        (
            [first(consent("c", refused=ON)), then(consent("d", ON))],
            [UNASKED, (ON, True, "d")],
        ),
        (
            [then(consent("c", refused=ON)), first(consent("d", ON))],
            [UNASKED, (ON, False, "c d")],
        ),
        (
            [first(consent("c", refused=ON)), then(consent("d", ON, source="b"))],
            [UNASKED, (ON, DISPUTED, "c d")],
        ),
        (
            [consent("c", refused=ON), consent("d", ON), consent("e", refused="2020-05-01")],
            [UNASKED, (ON, DISPUTED, "c d"), ("2020-05-01", False, "c d e")],
        ),
        (
            [evolve(consent("c", ON), given=MARCH)],
            [UNASKED, (ON, MISSING, "c"), ("2020-03-31", True, "c")],
        ),
        (
            [evolve(consent("c", refused=ON), refused=MARCH)],
            [UNASKED, (ON, MISSING, "c"), ("2020-03-31", False, "c")],
        ),
        (
            [evolve(consent("c", "2020-01-01"), withdrawn=MARCH)],
            [
                UNASKED,
                ("2020-01-01", True, "c"),
                (ON, MISSING, "c"),
                ("2020-03-31", False, "c"),
            ],
        ),
        (
            [evolve(consent("c", "2020-01-01"), expires=MARCH)],
            [
                UNASKED,
                ("2020-01-01", True, "c"),
                (ON, MISSING, "c"),
                ("2020-03-31", False, "c"),
            ],
        ),
        (
            [consent("c", "2020-01-01"), evolve(consent("d", refused=ON), refused=MARCH)],
            [
                UNASKED,
                ("2020-01-01", True, "c"),
                (ON, MISSING, "c"),
                ("2020-03-31", False, "c d"),
            ],
        ),
        (
            [consent("c", "2020-03-15"), evolve(consent("d", refused=ON), refused=MARCH)],
            [UNASKED, (ON, MISSING, "d"), ("2020-03-15", DISPUTED, "c d")],
        ),
        (
            [
                evolve(consent("c", ON), given=MARCH, withdrawn=day("2020-03-10")),
                consent("d", refused="2020-01-01"),
            ],
            [
                UNASKED,
                ("2020-01-01", False, "d"),
                (ON, MISSING, "c"),
                ("2020-03-10", False, "d"),
                ("2020-03-31", False, "c d"),
            ],
        ),
    ],
    ids=[
        "withdrawn-then-given-anew",
        "given-anew-as-recorded-later",
        "given-anew-then-all-withdrawn",
        "withdrawn-and-given-in-no-order",
        "refused-then-given",
        "given-then-refused",
        "refused-and-given-by-two-offices",
        "a-doubt-ends-with-the-next-refusal",
        "given-in-march",
        "refused-in-march",
        "withdrawn-in-march",
        "expires-in-march",
        "given-then-refused-in-march",
        "given-in-march-while-refused-in-march",
        "given-in-march-and-withdrawn-in-march",
    ],
)
def test_the_last_word_on_a_consent_counts(consents: list[Any], expected: list[Piece]) -> None:
    for order in permutations(consents):
        assert told(case(consents=order), "consent", purpose="programme") == expected


@pytest.mark.parametrize(
    ("made", "entered", "expected"),
    [
        (referral("r", ON), enrolment("e", ON, after="r"), [NONE]),
        (first(referral("r", ON)), then(enrolment("e", ON)), [NONE]),
        (then(referral("r", ON)), first(enrolment("e", ON)), [NONE, (ON, True, "r")]),
        (referral("r", ON), enrolment("e", ON), [NONE, (ON, DISPUTED, "r")]),
        (referral("r", ON), enrolment("e", ON, source="b"), [NONE, (ON, DISPUTED, "r")]),
        (referral("r", ON), enrolment("e", ON, after="r", source="b"), [NONE]),
        (
            evolve(referral("r", ON), referred_on=MARCH),
            enrolment("e", "2020-04-01"),
            [NONE, (ON, MISSING, "r"), ("2020-03-31", True, "r"), ("2020-04-01", False, "")],
        ),
        (
            referral("r", "2020-01-01"),
            evolve(enrolment("e", ON), started_on=MARCH),
            [NONE, ("2020-01-01", True, "r"), (ON, MISSING, "r"), ("2020-03-31", False, "")],
        ),
        (
            referral("r", "2020-03-15"),
            evolve(enrolment("e", ON), started_on=MARCH),
            [NONE, ("2020-03-15", DISPUTED, "r")],
        ),
        (
            referral("r", "2020-03-15"),
            evolve(enrolment("e", ON, after="r"), started_on=MARCH),
            [NONE, ("2020-03-15", MISSING, "r"), ("2020-03-31", False, "")],
        ),
    ],
    ids=[
        "the-referral-it-names",
        "referred-then-enrolled",
        "enrolled-then-referred-again",
        "in-no-order",
        "by-two-offices",
        "by-two-offices-the-referral-it-names",
        "referred-in-march",
        "enrolled-in-march",
        "perhaps-enrolled-before",
        "in-march-the-referral-it-names",
    ],
)
def test_an_enrolment_answers_the_referrals_before_it(
    made: Any, entered: Any, expected: list[Piece]
) -> None:
    file = case(referrals=(made,), enrolments=(entered,))
    assert told(file, "referred", program="thinking_skills") == expected


@pytest.mark.parametrize(
    ("made", "ruled", "expected"),
    [
        (first(referral("r", ON)), then(ruling("d", "refused", ON)), [NONE, (ON, False, "d r")]),
        (then(referral("r", ON)), first(ruling("d", "refused", ON)), [NONE, (ON, True, "r")]),
        (referral("r", ON), ruling("d", "refused", ON), [NONE, (ON, DISPUTED, "r")]),
        (
            evolve(referral("r", ON), referred_on=MARCH),
            ruling("d", "refused", "2020-04-01"),
            [NONE, (ON, MISSING, "r"), ("2020-03-31", True, "r"), ("2020-04-01", False, "d r")],
        ),
        (
            referral("r", "2020-01-01"),
            evolve(ruling("d", "refused", ON), decided_on=MARCH),
            [NONE, ("2020-01-01", True, "r"), (ON, MISSING, "r"), ("2020-03-31", False, "d r")],
        ),
    ],
    ids=["referred-then-ruled", "ruled-then-referred", "in-no-order", "in-march", "ruled-in-march"],
)
def test_a_referral_waits_until_it_is_answered(
    made: Any, ruled: Any, expected: list[Piece]
) -> None:
    file = case(referrals=(made,), rulings=(ruled,))
    assert told(file, "awaiting_decision", program="thinking_skills") == expected
