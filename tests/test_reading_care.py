"""Assessments, consents and participation, as read from records: every edge of every span."""

from itertools import permutations
from typing import Any

import pytest

from rehabcore.records import NeedsAssessment, RiskAssessment
from rehabcore.rules.days import OPEN, UNSURE
from rehabcore.rules.facts import Assumption, Known
from rehabcore.rules.truth import UnknownKind
from tests.builders import case
from tests.record_makers import (
    Piece,
    cell,
    completion,
    consent,
    enrolment,
    needs,
    risk,
    told,
)

MISSING, DISPUTED = UnknownKind.MISSING, UnknownKind.DISPUTED
STALE, NEEDS_PERSON = UnknownKind.STALE, UnknownKind.NEEDS_PERSON
NOTHING: list[Piece] = [("", MISSING, "")]


# --- assessments --------------------------------------------------------------------------

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


# --- consents -----------------------------------------------------------------------------


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
            [("", MISSING, ""), ("2020-01-01", False, "c d")],
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
        "another-purpose-given",
        "another-purpose-refused",
    ],
)
def test_a_consent_is_live_from_giving_until_it_ends(
    consents: list[Any], expected: list[Piece]
) -> None:
    for order in permutations(consents):
        assert told(case(consents=order), "consent", purpose="programme") == expected


# --- participation ------------------------------------------------------------------------

START = enrolment("e", "2020-01-01")


def _participation(fact: str, records: list[Any]) -> list[Piece]:
    enrolments = tuple(record for record in records if hasattr(record, "started_on"))
    completions = tuple(record for record in records if hasattr(record, "ended_on"))
    told_in_orders = [
        told(case(enrolments=one, completions=other), fact, program="thinking_skills")
        for one in permutations(enrolments)
        for other in permutations(completions)
    ]
    assert all(pieces == told_in_orders[0] for pieces in told_in_orders)
    return told_in_orders[0]


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ([], [("", False, "")]),
        ([START], [("", False, ""), ("2020-01-01", True, "e")]),
        ([enrolment("e", "2020-01-01", "work_start")], [("", False, "")]),
        (
            [START, completion("c", "e", "2020-03-01")],
            [("", False, ""), ("2020-01-01", True, "e"), ("2020-03-01", False, "c e")],
        ),
        (
            [START, completion("c", "e", "2020-03-01", "removed")],
            [("", False, ""), ("2020-01-01", True, "e"), ("2020-03-01", False, "c e")],
        ),
        (
            [START, completion("c", "e", "2020-01-01")],
            [("", False, ""), ("2020-01-01", False, "c e")],
        ),
        (
            [START, completion("c", "e", "2020-03-01"), enrolment("f", "2020-02-01")],
            [
                ("", False, ""),
                ("2020-01-01", True, "e"),
                ("2020-02-01", True, "e f"),
                ("2020-03-01", True, "f"),
            ],
        ),
        (
            [
                START,
                completion("c", "e", "2020-03-01"),
                enrolment("f", "2020-06-01"),
                completion("d", "f", "2020-07-01"),
            ],
            [
                ("", False, ""),
                ("2020-01-01", True, "e"),
                ("2020-03-01", False, "c e"),
                ("2020-06-01", True, "f"),
                ("2020-07-01", False, "c d e f"),
            ],
        ),
        (
            [
                START,
                completion("c", "e", "2020-03-01"),
                completion("d", "e", "2020-03-01", source="b"),
            ],
            [("", False, ""), ("2020-01-01", True, "e"), ("2020-03-01", False, "c d e")],
        ),
        (
            [
                START,
                completion("c", "e", "2020-03-01"),
                completion("d", "e", "2020-04-01", source="b"),
            ],
            [
                ("", False, ""),
                ("2020-01-01", True, "e"),
                ("2020-03-01", DISPUTED, "c d e"),
                ("2020-04-01", False, "c d e"),
            ],
        ),
        (
            [
                START,
                completion("c", "e", "2020-03-01"),
                completion("d", "e", "2020-04-01", source="b"),
                enrolment("f", "2020-03-15"),
            ],
            [
                ("", False, ""),
                ("2020-01-01", True, "e"),
                ("2020-03-01", DISPUTED, "c d e"),
                ("2020-03-15", True, "f"),
            ],
        ),
    ],
    ids=[
        "never",
        "taking-part",
        "in-another-programme",
        "completed",
        "removed",
        "ended-on-the-first-day",
        "twice-at-once",
        "twice",
        "sources-that-agree",
        "sources-that-contradict",
        "certainly-by-another-enrolment",
    ],
)
def test_a_person_takes_part_from_the_start_to_the_day_before_the_end(
    records: list[Any], expected: list[Piece]
) -> None:
    assert _participation("enrolled", records) == expected


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ([], [False]),
        ([START], [False]),
        ([START, completion("c", "e", "2020-03-01")], [False, "2020-03-01", True]),
        ([START, completion("c", "e", "2020-03-01", "withdrawn")], [False]),
        ([START, completion("c", "e", "2020-03-01", "removed")], [False]),
        ([START, completion("c", "e", "2020-03-01", "transferred")], [False]),
        (
            [enrolment("e", "2020-01-01", "work_start"), completion("c", "e", "2020-03-01")],
            [False],
        ),
        (
            [
                START,
                completion("c", "e", "2020-03-01", "removed"),
                enrolment("f", "2020-04-01"),
                completion("d", "f", "2020-06-01"),
            ],
            [False, "2020-06-01", True],
        ),
        (
            [
                START,
                completion("c", "e", "2020-03-01"),
                enrolment("f", "2020-04-01"),
                completion("d", "f", "2020-06-01", "removed"),
            ],
            [False, "2020-03-01", True],
        ),
        (
            [
                START,
                completion("c", "e", "2020-03-01"),
                completion("d", "e", "2020-03-01", source="b"),
            ],
            [False, "2020-03-01", True],
        ),
        (
            [
                START,
                completion("c", "e", "2020-03-01"),
                completion("d", "e", "2020-03-01", "removed", source="b"),
            ],
            [False, "2020-03-01", DISPUTED],
        ),
        (
            [
                START,
                completion("c", "e", "2020-03-01"),
                completion("d", "e", "2020-04-01", source="b"),
            ],
            [False, "2020-03-01", DISPUTED, "2020-04-01", True],
        ),
        (
            [
                START,
                completion("c", "e", "2020-03-01", "removed"),
                completion("d", "e", "2020-04-01", source="b"),
            ],
            [False, "2020-04-01", DISPUTED],
        ),
        (
            [
                START,
                completion("c", "e", "2020-03-01", "removed"),
                completion("d", "e", "2020-04-01", "withdrawn", source="b"),
            ],
            [False],
        ),
        (
            [
                START,
                completion("c", "e", "2020-03-01"),
                completion("d", "e", "2020-03-01", "removed", source="b"),
                enrolment("f", "2020-04-01"),
                completion("g", "f", "2020-06-01"),
            ],
            [False, "2020-03-01", DISPUTED, "2020-06-01", True],
        ),
    ],
    ids=[
        "never",
        "taking-part",
        "completed",
        "withdrawn",
        "removed",
        "transferred",
        "another-programme",
        "the-second-time",
        "the-first-time",
        "sources-that-agree",
        "sources-that-contradict",
        "sources-that-say-different-days",
        "removed-or-completed-later",
        "sources-that-deny-it-in-two-ways",
        "certainly-the-second-time",
    ],
)
def test_a_programme_is_completed_from_the_day_it_ended_so(
    records: list[Any], expected: list[object]
) -> None:
    said: list[object] = []
    for start, says, _ in _participation("completed", records):
        if not said or said[-1] != says:
            said += [start, says]
    assert said[1:] == expected


def test_a_completion_is_evidence_of_itself() -> None:
    file = case(enrolments=(START,), completions=(completion("c", "e", "2020-03-01"),))
    answer = cell(file, "completed", "2020-03-01", program="thinking_skills")
    assert "c" in answer.evidence
    assert cell(file, "completed", "2020-02-29", program="thinking_skills").evidence in ((), ("e",))


@pytest.mark.parametrize("fact", ["enrolled", "completed"])
@pytest.mark.parametrize("on", ["2019-12-31", "2020-06-01"])
def test_not_taking_part_rests_on_the_register_being_complete(fact: str, on: str) -> None:
    file = case(enrolments=(START,), completions=(completion("c", "e", "2020-03-01", "removed"),))
    answer = cell(file, fact, on, program="thinking_skills")
    assert isinstance(answer, Known)
    assert (answer.value, answer.assumption) == (False, Assumption.NONE_ON_FILE)


@pytest.mark.parametrize("fact", ["enrolled", "completed"])
def test_taking_part_rests_on_records_alone(fact: str) -> None:
    completions = (completion("c", "e", "2020-03-01"),) if fact == "completed" else ()
    answer = cell(
        case(enrolments=(START,), completions=completions),
        fact,
        "2020-03-01",
        program="thinking_skills",
    )
    assert isinstance(answer, Known)
    assert (answer.value, answer.assumption) == (True, None)
