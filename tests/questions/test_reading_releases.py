"""Former prisoners, and the time since their release: from settings and legal statuses."""

from itertools import permutations
from typing import Any

import pytest
from attrs import evolve

from rehabcore.rules.facts import NEVER, Assumption, Known
from rehabcore.rules.time.days import OPEN, UNSURE
from rehabcore.rules.time.partial import PartialDay, Period
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.vocabulary import RecordId
from tests.kit.builders import case, day
from tests.kit.record_makers import Piece, cell, placement, sentence, standing, told

MISSING, DISPUTED = UnknownKind.MISSING, UnknownKind.DISPUTED
PRISON = placement("pl", "custody", "2024-01-01", "2026-01-01")
FREE = placement("pm", "community", "2026-01-01")


def _since(placements: Any = (), standings: Any = (), **records: Any) -> list[Piece]:
    """What is said of the release, which does not depend on the order of the file."""
    said = [
        told(case(placements=some, legal_standings=others, **records), "time_since_release")
        for some in permutations(placements)
        for others in permutations(standings)
    ]
    assert all(pieces == said[0] for pieces in said)
    return said[0]


BEFORE: Piece = ("", NEVER, "")
INSIDE: Piece = ("2024-01-01", NEVER, "pl")


@pytest.mark.parametrize(
    ("placements", "expected"),
    [
        ([], [("", MISSING, "")]),
        ([FREE], [BEFORE, ("2026-01-01", NEVER, "pm")]),
        ([PRISON], [BEFORE, INSIDE, ("2026-01-01", "2026-01-01", "pl")]),
        ([PRISON, FREE], [BEFORE, INSIDE, ("2026-01-01", "2026-01-01", "pl pm")]),
        (
            [PRISON, placement("pm", "custody", "2026-01-01", "2027-01-01")],
            [BEFORE, INSIDE, ("2026-01-01", NEVER, "pm"), ("2027-01-01", "2027-01-01", "pm")],
        ),
        (
            [PRISON, placement("pm", "custody", "2028-01-01")],
            [
                BEFORE,
                INSIDE,
                ("2026-01-01", "2026-01-01", "pl"),
                ("2028-01-01", NEVER, "pm"),
            ],
        ),
        (
            [PRISON, placement("pm", "hospital", "2026-01-01", "2026-02-01")],
            [
                BEFORE,
                INSIDE,
                ("2026-01-01", "missing 2026-01-01..never", "pl pm"),
                ("2026-02-01", "missing 2026-01-01..2026-02-01", "pl pm"),
            ],
        ),
        (
            [placement("pl", "custody", "2024-01-01", UNSURE)],
            [BEFORE, INSIDE, ("2024-01-02", "missing 2024-01-02..never", "pl")],
        ),
        (
            [PRISON, placement("pm", "community", "2025-01-01", source="b")],
            [
                BEFORE,
                INSIDE,
                ("2025-01-01", "disputed 2025-01-01..never", "pl pm"),
                ("2026-01-01", "disputed 2025-01-01..2026-01-01", "pl pm"),
            ],
        ),
        (
            [
                evolve(
                    PRISON,
                    span=Period(
                        day("2024-01-01"), PartialDay(day("2026-01-01"), day("2026-06-01"))
                    ),
                )
            ],
            [
                BEFORE,
                INSIDE,
                ("2026-01-01", "missing 2026-01-01..never", "pl"),
                ("2026-06-01", "missing 2026-01-01..2026-06-01", "pl"),
            ],
        ),
        (
            [
                evolve(
                    PRISON,
                    span=Period(
                        PartialDay(day("2024-01-01"), day("2024-12-31")),
                        PartialDay(day("2024-06-01"), day("2025-06-01")),
                    ),
                )
            ],
            [
                BEFORE,
                ("2024-01-01", "missing 2024-01-01..never", "pl"),
                ("2025-06-01", "missing 2024-01-01..2025-06-01", "pl"),
            ],
        ),
    ],
    ids=[
        "nothing-on-file",
        "never-in-custody",
        "custody-ended",
        "in-the-community-since",
        "another-prison",
        "in-custody-again",
        "in-hospital-and-then-nowhere",
        "end-not-recorded",
        "sources-that-contradict",
        "ended-on-some-day",
        "nobody-knows-when",
    ],
)
def test_a_release_is_the_day_on_which_the_last_custody_ended(
    placements: list[Any], expected: list[Piece]
) -> None:
    assert _since(placements) == expected


RELEASED = standing("ls", "conditional_release", "2028-01-01")


@pytest.mark.parametrize(
    ("standings", "expected"),
    [
        (
            [standing("ls", "sentenced_custody", "2024-01-01", "2028-01-01")],
            [
                BEFORE,
                ("2024-01-01", NEVER, "ls"),
                ("2028-01-01", "2028-01-01", "ls"),
            ],
        ),
        (
            [RELEASED],
            [BEFORE, ("2027-12-31", NEVER, "ls"), ("2028-01-01", "2028-01-01", "ls")],
        ),
        (
            [
                evolve(
                    RELEASED,
                    span=Period(PartialDay(day("2028-01-01"), day("2028-12-31")), OPEN),
                )
            ],
            [
                BEFORE,
                ("1850-01-01", "missing 1850-01-01..never", "ls"),
                ("2028-12-31", "missing 1850-01-01..2028-12-31", "ls"),
            ],
        ),
        (
            [evolve(RELEASED, span=Period(UNSURE, OPEN))],
            [BEFORE, ("1850-01-01", "missing 1850-01-01..never", "ls")],
        ),
        (
            [standing("ls", "former_prisoner", "2028-01-01")],
            [
                BEFORE,
                ("1850-01-01", "missing 1850-01-01..never", "ls"),
                ("2028-01-01", "missing 1850-01-01..2028-01-01", "ls"),
            ],
        ),
        ([standing("ls", "probation", "2028-01-01")], [BEFORE]),
    ],
    ids=[
        "custody-ended",
        "conditionally-released-on-a-day",
        "conditionally-released-in-a-year",
        "conditionally-released-nobody-knows-when",
        "former-prisoner-for-some-time",
        "on-probation",
    ],
)
def test_a_legal_status_may_tell_of_a_release(standings: list[Any], expected: list[Piece]) -> None:
    assert _since((), standings) == expected


def test_settings_and_statuses_tell_of_a_release_together() -> None:
    custody = standing("ls", "sentenced_custody", "2024-01-01", "2026-01-01")
    hospital = placement("ph", "hospital", "2025-01-01", "2025-02-01")
    later = standing("lt", "conditional_release", "2026-01-03")
    assert _since([PRISON, FREE, hospital], [custody]) == [
        BEFORE,
        ("2024-01-01", NEVER, "ls pl"),
        ("2026-01-01", "2026-01-01", "ls pl pm"),
    ]
    assert _since([PRISON, FREE], [later]) == [
        BEFORE,
        INSIDE,
        ("2026-01-01", "2026-01-01", "pl pm"),
        ("2026-01-02", "disputed 2026-01-01..never", "lt pl pm"),
        ("2026-01-03", "disputed 2026-01-01..2026-01-03", "lt pl pm"),
    ]


NIGHT = evolve(PRISON, span=Period(day("2026-05-01"), day("2026-05-01")))


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        (
            [],
            [BEFORE, ("2026-05-01", NEVER, "pl"), ("2026-05-02", "2026-05-01", "pl")],
        ),
        (
            [FREE],
            [
                BEFORE,
                ("2026-01-01", NEVER, "pm"),
                ("2026-05-01", "2026-05-01", "pl pm"),
            ],
        ),
        (
            [placement("pm", "custody", "2026-04-01", "2026-05-02")],
            [BEFORE, ("2026-04-01", NEVER, "pm"), ("2026-05-02", "2026-05-02", "pl pm")],
        ),
        (
            [evolve(PRISON, filed=FREE.filed, span=Period(day("2026-04-30"), day("2026-04-30")))],
            [
                BEFORE,
                ("2026-04-30", NEVER, "pm"),
                ("2026-05-01", NEVER, "pl"),
                ("2026-05-02", "2026-05-01", "pl"),
            ],
        ),
    ],
    ids=["alone", "among-days-outside", "among-other-days-in-custody", "the-day-after-another"],
)
def test_a_stay_of_one_day_ends_on_that_day(others: list[Any], expected: list[Piece]) -> None:
    pieces = _since([NIGHT, *others])
    assert [(start, said) for start, said, _ in pieces] == [(s, said) for s, said, _ in expected]


def test_a_stay_that_ended_on_some_day_may_have_ended_on_its_first() -> None:
    some_day = PartialDay(day("2026-05-01"), day("2026-05-31"))
    assert _since([evolve(PRISON, span=Period(day("2026-05-01"), some_day))]) == [
        BEFORE,
        ("2026-05-01", NEVER, "pl"),
        ("2026-05-02", "missing 2026-05-01..never", "pl"),
        ("2026-05-31", "missing 2026-05-01..2026-05-31", "pl"),
    ]


def test_of_two_records_of_one_short_stay_the_first_id_is_evidence() -> None:
    again = evolve(NIGHT, filed=evolve(NIGHT.filed, record_id=RecordId("pa"), source="b"))
    assert _since([NIGHT, again, FREE])[-1] == ("2026-05-01", "2026-05-01", "pa pm")


# --- former prisoners ---------------------------------------------------------------------


def test_a_former_prisoner_has_been_in_custody_and_is_not_now() -> None:
    assert told(case(placements=(PRISON, FREE)), "former_prisoner") == [
        ("", False, ""),
        ("2024-01-01", False, "pl"),
        ("2026-01-01", True, "pl pm"),
    ]
    assert told(case(), "former_prisoner") == [("", MISSING, "")]


def test_whoever_was_released_on_some_day_is_a_former_prisoner() -> None:
    file = case(legal_standings=(standing("ls", "former_prisoner", "2028-01-01"),))
    assert told(file, "former_prisoner") == [
        ("", False, ""),
        ("1850-01-01", MISSING, "ls"),
        ("2028-01-01", True, "ls"),
    ]


def test_somebody_on_conditional_release_is_a_former_prisoner_also_when_that_has_ended() -> None:
    file = case(legal_standings=(RELEASED,), sentences=(sentence("s", "2026-01-01", "2030-01-01"),))
    assert cell(file, "former_prisoner", "2029-01-01") == Known(True, evidence=("ls",))
    assert cell(file, "former_prisoner", "2035-01-01") == Known(
        True, evidence=("ls",), assumption=Assumption.NONE_ON_FILE
    )


def test_that_there_was_no_custody_is_assumed_of_whoever_has_other_records() -> None:
    file = case(legal_standings=(standing("ls", "probation", "2020-01-01"),))
    assert cell(file, "former_prisoner", "2021-01-01") == Known(
        False, assumption=Assumption.NONE_ON_FILE
    )
