"""Conditional statuses end with the sentence: certainly, perhaps, or as the country says."""

from typing import Any

import pytest
from attrs import evolve

from rehabcore.questions.policy import RecordsPolicy
from rehabcore.records import LegalStanding
from rehabcore.rules.time.days import OPEN, UNSURE
from rehabcore.rules.time.partial import PartialDay, Period
from rehabcore.rules.truth import UnknownKind
from tests.kit.builders import case, day
from tests.kit.record_makers import XX, Piece, cell, facts_of, in_words, sentence, standing, told

MISSING = UnknownKind.MISSING
RELEASED = standing("ls", "conditional_release", "2028-01-01")
SILENT = evolve(XX, records_policy=RecordsPolicy())
"""The fictional country, if no text of it said how records are read together."""


def _until(*sentences: Any, status: LegalStanding = RELEASED) -> list[Piece]:
    """What is said of the legal status from the day on which it begins."""
    file = case(legal_standings=(status,), sentences=sentences)
    return told(file, "legal_status")[1:]


RUNS: Piece = ("2028-01-01", "conditional_release", "ls")


@pytest.mark.parametrize(
    ("sentences", "then"),
    [
        ([], []),
        ([sentence("s", "2026-01-01", "2030-01-01")], [("2030-01-01", MISSING, "")]),
        ([sentence("s", "2026-01-01", OPEN)], []),
        (
            [sentence("s", "2026-01-01", UNSURE)],
            [("2028-01-02", MISSING, "ls"), ("2199-12-31", MISSING, "")],
        ),
        (
            [
                sentence("s", "2026-01-01", "2030-01-01"),
                sentence("t", "2026-01-01", "2031-01-01", source="b"),
            ],
            [("2030-01-01", MISSING, "ls"), ("2031-01-01", MISSING, "")],
        ),
        (
            [
                sentence("s", "2026-01-01", "2030-01-01"),
                sentence("t", "2026-01-01", "2031-01-01"),
            ],
            [("2031-01-01", MISSING, "")],
        ),
        (
            [
                sentence("s", "2026-01-01", "2030-01-01"),
                sentence("t", "2030-01-01", "2031-01-01"),
            ],
            [("2031-01-01", MISSING, "")],
        ),
        (
            [
                sentence("s", "2026-01-01", "2030-01-01"),
                sentence("t", "2040-01-01", "2045-01-01"),
            ],
            [("2030-01-01", MISSING, "")],
        ),
        ([sentence("s", "2028-01-05", "2030-01-01")], [("2030-01-01", MISSING, "")]),
        ([sentence("s", "2020-01-01", "2028-01-01")], []),
        (
            [
                evolve(
                    sentence("s", "2026-01-01", OPEN),
                    end=PartialDay(day("2030-01-01"), day("2030-12-31")),
                )
            ],
            [("2030-01-01", MISSING, "ls"), ("2030-12-31", MISSING, "")],
        ),
    ],
    ids=[
        "no-sentence-on-file",
        "with-the-sentence",
        "for-life",
        "with-a-sentence-of-unknown-end",
        "sources-that-contradict",
        "with-the-later-of-two",
        "with-the-last-in-a-row",
        "not-with-a-sentence-long-after",
        "with-a-sentence-that-began-later",
        "not-with-a-sentence-that-had-ended",
        "on-some-day-of-a-year",
    ],
)
def test_conditional_release_ends_with_the_sentence(
    sentences: list[Any], then: list[Piece]
) -> None:
    assert _until(*sentences) == [RUNS, *then]
    assert _until(*reversed(sentences)) == [RUNS, *then]


SERVED = sentence("s", "2026-01-01", "2030-01-01")


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        (UNSURE, [RUNS, ("2028-01-02", MISSING, "ls"), ("2030-01-01", MISSING, "")]),
        ("2029-01-01", [RUNS, ("2029-01-01", MISSING, "")]),
        ("2032-01-01", [RUNS, ("2032-01-01", MISSING, "")]),
    ],
    ids=["not-after-the-sentence", "before-it", "as-a-record-says"],
)
def test_an_end_of_the_status_is_not_moved(end: Any, expected: list[Piece]) -> None:
    status = standing("ls", "conditional_release", "2028-01-01", end)
    assert _until(SERVED, status=status) == expected


def test_a_status_of_unknown_end_may_go_on_for_life() -> None:
    status = standing("ls", "conditional_release", "2028-01-01", UNSURE)
    for_life = sentence("s", "2026-01-01", OPEN)
    assert _until(for_life, status=status) == [RUNS, ("2028-01-02", MISSING, "ls")]


def test_a_status_of_one_day_at_least_ends_with_a_sentence_that_ends_then() -> None:
    status = standing("ls", "conditional_release", "2029-12-31", UNSURE)
    assert _until(SERVED, status=status) == [
        ("2029-12-31", "conditional_release", "ls"),
        ("2030-01-01", MISSING, ""),
    ]


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (
            PartialDay(day("2028-01-01"), day("2028-12-31")),
            [
                ("2028-01-01", MISSING, "ls"),
                ("2028-12-31", "conditional_release", "ls"),
                ("2030-01-01", MISSING, ""),
            ],
        ),
        (
            PartialDay(day("2029-01-01"), day("2031-12-31")),
            [("2029-01-01", MISSING, "ls"), ("2199-12-31", MISSING, "")],
        ),
        (
            UNSURE,
            [
                ("1850-01-01", MISSING, "ls"),
                # It held on the day on which it was reported.
                ("2020-01-01", "conditional_release", "ls"),
                ("2030-01-01", MISSING, "ls"),
                ("2199-12-31", MISSING, ""),
            ],
        ),
    ],
    ids=["begun-in-a-year", "perhaps-begun-afterwards", "begun-nobody-knows-when"],
)
def test_a_status_that_began_on_some_day_ends_with_the_sentence_it_may_depend_on(
    start: Any, expected: list[Piece]
) -> None:
    status = evolve(RELEASED, span=Period(start, OPEN))
    assert _until(SERVED, status=status) == expected


@pytest.mark.parametrize("status", ["probation", "suspended"])
def test_whether_other_conditional_statuses_end_with_the_sentence_is_for_the_country_to_say(
    status: str,
) -> None:
    file = case(legal_standings=(standing("ls", status, "2028-01-01"),), sentences=(SERVED,))
    runs = ("2028-01-01", status, "ls")
    assert told(file, "legal_status")[1:] == [runs, ("2030-01-01", MISSING, "")]
    assert in_words(facts_of(file, country=SILENT), "legal_status")[1:3] == [
        runs,
        ("2030-01-01", MISSING, "ls"),
    ]


def test_other_statuses_go_on_after_the_sentence() -> None:
    for status in ("sentenced_custody", "former_prisoner", "excluded_person"):
        file = case(legal_standings=(standing("ls", status, "2028-01-01"),), sentences=(SERVED,))
        assert told(file, "legal_status")[1:] == [("2028-01-01", status, "ls")]


def test_time_in_the_status_ends_with_the_sentence() -> None:
    file = case(legal_standings=(RELEASED,), sentences=(SERVED,))
    assert told(file, "time_in_legal_status", legal_status="conditional_release")[1:] == [
        ("2028-01-01", "2028-01-01", "ls"),
        ("2030-01-01", MISSING, ""),
    ]
    duty = {"kind": "office_visit", "first": "1 month", "every": "1 month"}
    assert cell(file, "time_to_duty", "2029-12-31", **duty).evidence == ("ls",)
    assert cell(file, "time_to_duty", "2030-01-01", **duty).evidence == ()
