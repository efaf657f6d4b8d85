"""What offices state: legal days, amounts, and entries in registers."""

from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest

from rehabcore.rules.criteria import ask
from rehabcore.rules.facts import NEVER, Assumption, Known
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.time.days import UNSURE, Term
from rehabcore.rules.truth import Answer, UnknownKind
from tests.kit.builders import case, day
from tests.kit.record_makers import XX, Piece, cell, measurement, milestone, registration, told

MISSING, DISPUTED, STALE = UnknownKind.MISSING, UnknownKind.DISPUTED, UnknownKind.STALE
RELEASE = ask(XX.facts["time_to"], milestone="projected_release")

# --- legal days ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ([], ("", MISSING, "")),
        ([milestone("m", "2030-06-01")], ("", "2030-06-01", "m")),
        ([milestone("m", None)], ("", NEVER, "m")),
        (
            [milestone("m", "2030-06-01"), milestone("n", "2030-06-01", source="b")],
            ("", "2030-06-01", "m n"),
        ),
        (
            [
                milestone("m", "2030-06-01"),
                milestone("n", "2030-05-01", source="b"),
                milestone("o", "2030-05-15", source="c"),
            ],
            ("", "disputed 2030-05-01..2030-06-01", "m n o"),
        ),
        (
            [milestone("m", "2030-06-01"), milestone("n", None, source="b")],
            ("", "disputed 2030-06-01..never", "m n"),
        ),
        ([milestone("m", "2030-06-01", "parole_eligibility")], ("", MISSING, "")),
    ],
    ids=["none", "one", "never", "agreed", "disputed", "disputed-with-never", "of-another-kind"],
)
def test_a_legal_day_is_what_every_source_states(stated: list[Any], expected: Piece) -> None:
    for order in permutations(stated):
        file = case(milestones=order)
        assert told(file, "time_to", milestone="projected_release") == [expected]


@pytest.mark.parametrize(
    ("on", "within_3_months", "still_ahead"),
    [
        ("2030-02-28", False, True),
        ("2030-03-01", True, True),
        ("2030-05-31", True, True),
        ("2030-06-01", True, False),
        ("2030-06-02", True, False),
    ],
)
def test_a_release_comes_near_and_then_passes(
    on: str, within_3_months: bool, still_ahead: bool
) -> None:
    def cells(_: object) -> Any:
        return Known(day("2030-06-01"))

    for criterion, met in (
        (RELEASE.at_most(Term(months=3)), within_3_months),
        (RELEASE.over(Term()), still_ahead),
    ):
        assert (judge(criterion, cells, on=day(on)).answer is Answer.MET) == met


@pytest.mark.parametrize(
    ("on", "answer"),
    [
        ("2030-02-28", Answer.UNKNOWN),
        ("2030-03-01", Answer.MET),
        ("2030-01-31", Answer.NOT_MET),
        ("2030-02-01", Answer.UNKNOWN),
    ],
)
def test_disputed_days_decide_what_both_of_them_decide(on: str, answer: Answer) -> None:
    file = case(milestones=(milestone("m", "2030-06-01"), milestone("n", "2030-05-01", source="b")))
    within = RELEASE.at_most(Term(months=3))
    found = cell(file, "time_to", on, milestone="projected_release")
    assert judge(within, lambda _: found, on=day(on)).answer is answer


# --- amounts ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("measured", "expected"),
    [
        ([], [("", MISSING, "")]),
        (
            [measurement("m", "120.50", "2030-01-01")],
            [("", MISSING, ""), ("2030-01-01", Decimal("120.50"), "m")],
        ),
        (
            [measurement("m", "120.50", "2030-01-01"), measurement("n", "0", "2030-03-01")],
            [
                ("", MISSING, ""),
                ("2030-01-01", Decimal("120.50"), "m"),
                ("2030-03-01", Decimal(0), "n"),
            ],
        ),
        (
            [measurement("m", "5", "2030-01-01", "2030-02-01")],
            [("", MISSING, ""), ("2030-01-01", Decimal(5), "m"), ("2030-02-01", STALE, "m")],
        ),
        (
            [
                measurement("m", "5", "2030-01-01"),
                measurement("n", "6", "2030-01-01", source="b"),
            ],
            [("", MISSING, ""), ("2030-01-01", DISPUTED, "m n")],
        ),
    ],
    ids=["none", "one", "the-latest", "stale", "disputed"],
)
def test_the_latest_measurement_counts_while_it_is_valid(
    measured: list[Any], expected: list[Piece]
) -> None:
    for order in permutations(measured):
        assert told(case(measurements=order), "measured_restitution_owed") == expected


# --- registers ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([], [("", False, "")]),
        (
            [registration("w", "2030-01-01", "2030-02-01")],
            [("", False, ""), ("2030-01-01", True, "w"), ("2030-02-01", False, "")],
        ),
        (
            [registration("w", "2030-01-01", UNSURE)],
            [("", False, ""), ("2030-01-01", True, "w"), ("2030-01-02", MISSING, "w")],
        ),
        (
            [registration("w", "2030-01-01"), registration("v", "2030-02-01", source="b")],
            [("", False, ""), ("2030-01-01", True, "w"), ("2030-02-01", True, "v w")],
        ),
        ([registration("w", "2030-01-01", register="no_contact_orders")], [("", False, "")]),
    ],
    ids=["none", "one", "unknown-end", "two", "in-another-register"],
)
def test_an_entry_is_in_force_over_its_span(entries: list[Any], expected: list[Piece]) -> None:
    for order in permutations(entries):
        assert told(case(registrations=order), "registered", register="warrants") == expected


def test_that_there_is_no_entry_assumes_a_complete_register() -> None:
    answer = cell(case(), "registered", "2030-01-01", register="warrants")
    assert answer == Known(False, assumption=Assumption.NONE_ON_FILE)
