"""Taking part and completing, as read from enrolments and how they ended."""

from itertools import permutations
from typing import Any

import pytest

from rehabcore.rules.facts import NEVER, Assumption, Known
from rehabcore.rules.truth import UnknownKind
from tests.kit.builders import case
from tests.kit.record_makers import Piece, cell, completion, enrolment, told

MISSING, DISPUTED = UnknownKind.MISSING, UnknownKind.DISPUTED
STALE, NEEDS_PERSON = UnknownKind.STALE, UnknownKind.NEEDS_PERSON
NOTHING: list[Piece] = [("", MISSING, "")]


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


def test_one_enrolment_that_two_sources_filed_ends_for_both() -> None:
    file = case(
        enrolments=(
            enrolment("a", "2020-01-01", source="a"),
            enrolment("b", "2020-01-01", source="b", same_as="a"),
        ),
        completions=(completion("c", "b", "2020-03-01", source="b"),),
    )
    assert told(file, "enrolled", program="thinking_skills") == [
        ("", False, ""),
        ("2020-01-01", True, "a b"),
        ("2020-03-01", False, "a b c"),
    ]
    assert told(file, "completed", program="thinking_skills") == [
        ("", False, ""),
        ("2020-01-01", False, "a b"),
        ("2020-03-01", True, "a b c"),
    ]
    assert told(file, "time_enrolled", program="thinking_skills") == [
        ("", NEVER, ""),
        ("2020-01-01", "2020-01-01", "a b"),
        ("2020-03-01", NEVER, "a b c"),
    ]
