"""Referrals, time in programmes, and how taking part ended within a window."""

from typing import Any

import pytest

from rehabcore.rules.facts import NEVER
from rehabcore.rules.truth import UnknownKind
from tests.kit.builders import case
from tests.kit.record_makers import Piece, cell, completion, enrolment, referral, told

DISPUTED = UnknownKind.DISPUTED
THINKING = {"program": "thinking_skills"}
A_YEAR = {"within": "1 year", "ageing": "exclusive"}


@pytest.mark.parametrize(
    ("enrolments", "expected"),
    [
        ([], [("", False, ""), ("2020-01-01", True, "r")]),
        (
            [enrolment("e", "2020-02-01", after="r")],
            [("", False, ""), ("2020-01-01", True, "r"), ("2020-02-01", False, "")],
        ),
        (
            [enrolment("e", "2020-02-01")],
            [("", False, ""), ("2020-01-01", True, "r"), ("2020-02-01", False, "")],
        ),
        ([enrolment("e", "2020-01-01")], [("", False, ""), ("2020-01-01", DISPUTED, "r")]),
        ([enrolment("e", "2019-12-31")], [("", False, ""), ("2020-01-01", True, "r")]),
        ([enrolment("e", "2020-02-01", "drop_in")], [("", False, ""), ("2020-01-01", True, "r")]),
    ],
    ids=["open", "followed", "not-named", "same-day", "earlier", "another-programme"],
)
def test_a_referral_is_open_until_somebody_enrols(
    enrolments: list[Any], expected: list[Piece]
) -> None:
    file = case(referrals=(referral("r", "2020-01-01"),), enrolments=tuple(enrolments))
    assert told(file, "referred", **THINKING) == expected


def _time(*records: Any, **given: str) -> list[Piece]:
    file = case(
        enrolments=tuple(r for r in records if hasattr(r, "started_on")),
        completions=tuple(r for r in records if hasattr(r, "ended_on")),
    )
    return told(file, "time_enrolled", **THINKING, **given)


def test_time_enrolled_runs_while_any_enrolment_does() -> None:
    assert _time() == [("", NEVER, "")]
    records = (
        enrolment("e", "2020-01-01"),
        completion("c", "e", "2020-02-01", "transferred"),
        enrolment("f", "2020-02-08"),
    )
    assert _time(*records) == [
        ("", NEVER, ""),
        ("2020-01-01", "2020-01-01", "e"),
        ("2020-02-01", NEVER, "c e"),
        ("2020-02-08", "2020-02-08", "f"),
    ]
    assert _time(*records, gap="7 days")[-1] == ("2020-02-08", "2020-01-01", "e f")
    assert _time(*records, gap="6 days")[-1] == ("2020-02-08", "2020-02-08", "f")


def test_an_end_that_sources_date_differently_leaves_the_time_open() -> None:
    assert _time(
        enrolment("e", "2020-01-01"),
        completion("c", "e", "2020-02-01"),
        completion("d", "e", "2020-03-01", source="b"),
    ) == [
        ("", NEVER, ""),
        ("2020-01-01", "2020-01-01", "e"),
        ("2020-02-01", "disputed 2020-01-01..never", "c d e"),
        ("2020-03-01", NEVER, "c d e"),
    ]


def _ends(name: str, *completions: Any, **given: Any) -> list[Piece]:
    file = case(
        enrolments=(
            enrolment("e", "2020-01-01"),
            enrolment("f", "2020-01-01", source="b", same_as="e"),
            enrolment("g", "2020-02-01", "drop_in"),
        ),
        completions=tuple(completions),
    )
    return told(file, name, **given, **A_YEAR)


@pytest.mark.parametrize(
    ("completions", "expected"),
    [
        ([], [("", False, "")]),
        (
            [completion("c", "e", "2020-06-01")],
            [("", False, ""), ("2020-06-01", True, "c e f"), ("2021-06-01", False, "")],
        ),
        ([completion("c", "e", "2020-06-01", "removed")], [("", False, "")]),
        ([completion("c", "g", "2020-06-01")], [("", False, "")]),
        (
            [completion("c", "e", "2020-06-01"), completion("d", "e", "2020-06-11", source="b")],
            [
                ("", False, ""),
                ("2020-06-01", DISPUTED, "c d e f"),
                ("2020-06-11", True, "c d e f"),
                ("2021-06-01", DISPUTED, "c d e f"),
                ("2021-06-11", False, ""),
            ],
        ),
        (
            [
                completion("c", "e", "2020-06-01"),
                completion("d", "e", "2020-06-01", "removed", source="b"),
            ],
            [("", False, ""), ("2020-06-01", DISPUTED, "c d e f"), ("2021-06-01", False, "")],
        ),
    ],
    ids=["none", "one", "removed", "another-programme", "two-days", "two-outcomes"],
)
def test_a_completion_is_in_the_window_for_a_year(
    completions: list[Any], expected: list[Piece]
) -> None:
    assert _ends("completed_within", *completions, **THINKING) == expected


def test_only_silence_of_completions_is_an_assumption() -> None:
    file = case(
        enrolments=(enrolment("e", "2020-01-01"),),
        completions=(completion("c", "e", "2020-02-01"),),
    )
    before, within = (
        cell(file, "completed_within", on, **THINKING, **A_YEAR)
        for on in ("2020-01-31", "2020-02-01")
    )
    assert getattr(before, "assumption", None) == "none_on_file"
    assert getattr(within, "assumption", "") is None


REMOVED = completion("c", "e", "2020-06-01", "removed")
WITHDRAWN = completion("d", "g", "2020-07-01", "withdrawn")


@pytest.mark.parametrize(
    ("given", "most"),
    [
        ({"outcome": "removed"}, 1),
        ({"outcome": ["removed", "withdrawn"]}, 2),
        ({"outcome": ["removed", "withdrawn"], "program": "drop_in"}, 1),
        ({"outcome": "completed"}, 0),
    ],
)
def test_outcomes_are_counted_in_some_programmes_or_all(given: dict[str, Any], most: int) -> None:
    pieces = _ends("program_outcomes", REMOVED, WITHDRAWN, **given)
    assert max(value for _, value, _ in pieces if isinstance(value, int)) == most
    assert pieces[-1][1] == 0


@pytest.mark.parametrize("outcome", ["transferred", "provider_stopped", "released", "died"])
def test_an_end_that_is_nobodys_fault_is_no_removal(outcome: str) -> None:
    """It ends taking part all the same, and can be counted by its own name."""
    end = completion("c", "e", "2020-06-01", outcome)
    assert _ends("program_outcomes", end, outcome=["removed", "withdrawn"]) == [("", 0, "")]
    assert _ends("program_outcomes", end, outcome=outcome)[1] == ("2020-06-01", 1, "c e f")
    assert _time(enrolment("e", "2020-01-01"), end)[-1] == ("2020-06-01", NEVER, "c e")


def test_one_enrolment_that_two_sources_filed_ends_once() -> None:
    ends = (
        completion("c", "e", "2020-06-01", "removed"),
        completion("d", "f", "2020-06-01", "removed", source="b"),
    )
    assert _ends("program_outcomes", *ends, outcome="removed") == [
        ("", 0, ""),
        ("2020-06-01", 1, "c d e f"),
        ("2021-06-01", 0, ""),
    ]


def test_a_certain_completion_decides_beside_one_that_is_disputed() -> None:
    file = case(
        enrolments=(enrolment("e", "2020-01-01"), enrolment("f", "2020-03-01")),
        completions=(
            completion("c", "e", "2020-06-01"),
            completion("d", "f", "2020-06-01"),
            completion("g", "f", "2020-06-01", "removed", source="b"),
        ),
    )
    assert told(file, "completed_within", **THINKING, **A_YEAR)[1] == (
        "2020-06-01",
        True,
        "c d e f g",
    )
    assert told(file, "program_outcomes", outcome="completed", **A_YEAR)[1] == (
        "2020-06-01",
        "disputed 1..2",
        "c d e f g",
    )
