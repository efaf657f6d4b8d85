"""Series of events, observations and scores: how many, since when, in a row, after an anchor."""

from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from rehabcore.rules.facts import NEVER
from rehabcore.rules.truth import UnknownKind
from tests.kit.builders import case, some_day
from tests.kit.record_makers import (
    Piece,
    event,
    observation,
    placement,
    risk,
    sentence,
    standing,
    told,
)

MISSING, STALE, DISPUTED = UnknownKind.MISSING, UnknownKind.STALE, UnknownKind.DISPUTED
NEEDS_PERSON = UnknownKind.NEEDS_PERSON


# --- events -------------------------------------------------------------------------------


def test_several_kinds_of_events_are_counted_together() -> None:
    file = case(
        events=(
            event("a", "2020-01-01"),
            event("b", "2020-01-01", "violation", source="b"),
            event("c", "2020-01-05", "payment"),
        )
    )
    given: dict[str, Any] = {
        "kind": ["violation", "sanction"],
        "within": "1 month",
        "ageing": "exclusive",
    }
    assert told(file, "events", **given) == [
        ("", 0, ""),
        ("2020-01-01", 2, "a b"),
        ("2020-02-01", 0, ""),
    ]


def test_time_since_the_latest_event_is_unknown_before_any() -> None:
    file = case(
        events=(
            event("a", "2020-01-01"),
            event("b", "2020-03-01"),
            event("c", "2020-03-01", source="b"),
            event("d", "2020-02-01", "payment"),
        )
    )
    assert told(file, "time_since_event", kind="sanction") == [
        ("", MISSING, ""),
        ("2020-01-01", "2020-01-01", "a"),
        ("2020-03-01", "2020-03-01", "b c"),
    ]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([], [("", 0, "")]),
        (["2020-01-31"], [("", 0, ""), ("2020-01-31", 1, "0"), ("2020-03-01", 0, "")]),
        (
            ["2020-01-31", "2020-02-01", "2020-03-31"],
            [
                ("", 0, ""),
                ("2020-01-31", 1, "0"),
                ("2020-02-01", 2, "0 1"),
                ("2020-03-31", 3, "0 1 2"),
                ("2020-05-01", 0, ""),
            ],
        ),
        (
            ["2020-01-10", "2020-01-20", "2020-03-05"],
            [
                ("", 0, ""),
                ("2020-01-10", 1, "0"),
                ("2020-03-01", 0, ""),
                ("2020-03-05", 1, "2"),
                ("2020-05-01", 0, ""),
            ],
        ),
        (
            ["2019-12-15", "2020-01-15"],
            [("", 0, ""), ("2019-12-15", 1, "0"), ("2020-01-15", 2, "0 1"), ("2020-03-01", 0, "")],
        ),
    ],
    ids=["none", "one-month", "three-in-a-row", "a-month-without", "over-new-year"],
)
def test_months_in_a_row_end_when_a_whole_month_had_none(
    days: list[str], expected: list[Piece]
) -> None:
    events = [event(str(index), day, "payment") for index, day in enumerate(days)]
    for told_events in (events, events[::-1]):
        file = case(events=tuple(told_events))
        assert told(file, "event_months_in_a_row", kind="payment") == expected


VIOLATION = event("v", "2020-03-15", "violation")


def _between(*events: Any, anchor: str, after: str, until: str = "", **records: Any) -> list[Piece]:
    given = {"kind": "violation", "anchor": anchor, "after": after}
    file = case(events=tuple(events), **records)
    return told(file, "events_between", **given, **({"until": until} if until else {}))


RELEASED = {"legal_standings": (standing("ls", "conditional_release", "2020-01-15"),)}


@pytest.mark.parametrize(
    ("after", "until", "counts"),
    [
        ("2 months", "3 months", True),
        ("1 month", "2 months", False),
        ("1 month", "", True),
        ("2 months 1 day", "", False),
        ("0 days", "61 days", True),
        ("0 days", "60 days", False),
    ],
)
def test_events_between_two_terms_after_an_anchor(after: str, until: str, counts: bool) -> None:
    pieces = _between(VIOLATION, anchor="legal_status_start", after=after, until=until, **RELEASED)
    assert pieces == [
        ("", MISSING, ""),
        ("2020-01-15", 0, "ls"),
        *([("2020-03-15", 1, "ls v")] if counts else []),
    ]


def test_each_anchor_opens_a_window_of_its_own() -> None:
    placements = (
        placement("a", "custody", "2020-01-01", "2020-03-10"),
        placement("b", "community", "2020-03-10"),
    )
    given: Any = {"after": "0 days", "placements": placements}
    assert _between(VIOLATION, anchor="setting_start", **given)[-1] == ("2020-03-15", 1, "b v")
    early = evolve(VIOLATION, happened_on=some_day("2020-01-01"))
    assert _between(early, anchor="setting_start", **given)[1:] == [
        ("2020-01-01", 1, "a v"),
        ("2020-03-10", 0, "b"),
    ]


def test_without_the_anchor_there_is_no_window() -> None:
    sentences = (sentence("s", "2020-01-01", "2020-03-20"),)
    assert _between(VIOLATION, anchor="sentence_start", after="0 days", sentences=sentences) == [
        ("", MISSING, "s"),
        ("2020-01-01", 0, "s"),
        ("2020-03-15", 1, "s v"),
        ("2020-03-20", MISSING, "s"),
    ]
    assert _between(VIOLATION, anchor="latest_payment", after="0 days") == [("", MISSING, "")]


def test_the_latest_event_of_a_kind_is_an_anchor() -> None:
    payments = (event("p", "2020-03-01", "payment"), event("q", "2020-04-01", "payment"))
    assert _between(VIOLATION, *payments, anchor="latest_payment", after="0 days") == [
        ("", MISSING, ""),
        ("2020-03-01", 0, "p"),
        ("2020-03-15", 1, "p v"),
        ("2020-04-01", 0, "q"),
    ]


def test_an_anchor_between_two_days_leaves_the_number_between_two() -> None:
    standings = (
        standing("a", "probation", "2020-01-01"),
        standing("b", "diverted", "2020-02-01", "2020-03-01", source="b"),
    )
    events = (
        event("v", "2020-01-10", "violation"),
        event("w", "2020-03-10", "violation"),
        event("x", "2020-04-20", "violation"),
    )
    pieces = _between(
        *events,
        anchor="legal_status_start",
        after="0 days",
        until="2 months 20 days",
        legal_standings=standings,
    )
    assert pieces[-3:] == [
        ("2020-03-01", "disputed 0..1", "a b v"),
        ("2020-03-10", "disputed 1..2", "a b v w"),
        ("2020-04-20", "disputed 1..3", "a b v w x"),
    ]


# --- observations -------------------------------------------------------------------------


def test_observations_of_a_value_are_counted_once_a_day() -> None:
    file = case(
        observations=(
            observation("a", "negative", "2020-01-01"),
            observation("b", "negative", "2020-01-01", source="b", same_as="a"),
            observation("c", "positive", "2020-01-01", source="b"),
            observation("d", "negative", "2020-01-20"),
        )
    )
    window = {"within": "1 month", "ageing": "inclusive"}
    assert told(file, "observations_of_drug_test", value="negative", **window) == [
        ("", 0, ""),
        ("2020-01-01", 1, "a b"),
        ("2020-01-20", 2, "a b d"),
        ("2020-02-02", 1, "d"),
        ("2020-02-21", 0, ""),
    ]
    both = told(file, "observations_of_drug_test", value=["negative", "positive"], **window)
    assert both[1] == ("2020-01-01", 2, "a b c")


def _streak(*observations: Any) -> list[Piece]:
    file = case(observations=tuple(observations))
    return told(file, "streak_of_drug_test", value="negative", lapse="3 months")


@pytest.mark.parametrize(
    ("observations", "expected"),
    [
        ([], [("", MISSING, "")]),
        (
            [observation("a", "positive", "2020-01-01")],
            [("", MISSING, ""), ("2020-01-01", NEVER, "a")],
        ),
        (
            [observation("a", "negative", "2020-01-01")],
            [
                ("", MISSING, ""),
                ("2020-01-01", "2020-01-01", "a"),
                ("2020-04-01", "stale 2020-01-01..never", "a"),
            ],
        ),
        (
            [
                observation("a", "negative", "2020-01-01"),
                observation("b", "negative", "2020-04-01", "2020-04-02"),
                observation("c", "positive", "2020-05-01"),
                observation("d", "negative", "2020-06-01"),
            ],
            [
                ("", MISSING, ""),
                ("2020-01-01", "2020-01-01", "a"),
                ("2020-04-01", "2020-01-01", "a b"),
                ("2020-05-01", NEVER, "c"),
                ("2020-06-01", "2020-06-01", "d"),
                ("2020-09-01", "stale 2020-06-01..never", "d"),
            ],
        ),
        (
            [
                observation("a", "negative", "2020-01-01"),
                observation("b", "negative", "2020-04-02"),
            ],
            [
                ("", MISSING, ""),
                ("2020-01-01", "2020-01-01", "a"),
                ("2020-04-01", "stale 2020-01-01..never", "a"),
                ("2020-04-02", "stale 2020-01-01..2020-04-02", "a b"),
                ("2020-07-02", "stale 2020-01-01..never", "a b"),
            ],
        ),
        (
            [
                observation("a", "negative", "2020-01-01"),
                observation("b", "negative", "2020-02-01"),
                observation("c", "positive", "2020-02-01", source="b"),
            ],
            [
                ("", MISSING, ""),
                ("2020-01-01", "2020-01-01", "a"),
                ("2020-02-01", "disputed 2020-02-01..never", "b c"),
                ("2020-05-01", NEVER, "c"),
            ],
        ),
        (
            [
                observation("a", "negative", "2020-01-01"),
                observation("b", "negative", "2020-02-01", sequence=2),
                observation("c", "positive", "2020-02-01", sequence=1),
            ],
            [
                ("", MISSING, ""),
                ("2020-01-01", "2020-01-01", "a"),
                ("2020-02-01", "2020-02-01", "b"),
                ("2020-05-01", "stale 2020-02-01..never", "b"),
            ],
        ),
        (
            [
                observation("a", "negative", "2020-01-01"),
                observation("b", "negative", "2020-02-01", sequence=1),
                observation("c", "positive", "2020-02-01", sequence=2),
            ],
            [
                ("", MISSING, ""),
                ("2020-01-01", "2020-01-01", "a"),
                ("2020-02-01", NEVER, "c"),
            ],
        ),
    ],
    ids=[
        "none",
        "bad",
        "lapses",
        "ends-and-begins",
        "fresh-after-a-lapse",
        "mixed-in-no-order",
        "bad-then-good",
        "good-then-bad",
    ],
)
def test_a_streak_begins_with_the_first_good_one_and_ends_with_a_bad_one(
    observations: list[Any], expected: list[Piece]
) -> None:
    assert _streak(*observations) == expected
    assert _streak(*observations[::-1]) == expected


# --- scores of risk -----------------------------------------------------------------------


def _scored(record_id: str, score: str | None, on: str, **given: Any) -> Any:
    made = risk(record_id, "low", on, **given)
    return evolve(made, score=None if score is None else Decimal(score))


def test_the_score_of_risk_is_that_of_the_latest_assessment() -> None:
    file = case(
        risk_assessments=(
            _scored("a", "30", "2020-01-01"),
            _scored("b", None, "2020-03-01"),
            _scored("c", "12.5", "2020-05-01", expires="2020-06-01"),
        )
    )
    assert told(file, "risk_score") == [
        ("", MISSING, ""),
        ("2020-01-01", Decimal(30), "a"),
        ("2020-03-01", MISSING, "b"),
        ("2020-05-01", Decimal("12.5"), "c"),
        ("2020-06-01", STALE, "c"),
    ]


def _fall(*assessments: Any, on: str = "2021-01-01") -> object:
    file = case(risk_assessments=tuple(assessments))
    pieces = told(file, "risk_score_fall", within="1 year")
    return next(value for start, value, _ in reversed(pieces) if start <= on)


@pytest.mark.parametrize(
    ("before", "now", "fall"),
    [
        ("20", "19", "5"),
        ("20", "20", "0"),
        ("20", "25", "-25"),
        ("3", "2", "33.333333"),
        ("3", "4", "-33.333334"),
        ("20", "0", "100"),
        ("20", "-20", "200"),
        ("0", "1", MISSING),
        ("-1", "-2", MISSING),
        (None, "1", MISSING),
        ("1", None, MISSING),
        ("0.000001", "999999999999999", MISSING),
    ],
)
def test_the_fall_of_a_score_is_in_percent_and_never_told_too_great(
    before: str | None, now: str | None, fall: Any
) -> None:
    found = _fall(_scored("a", before, "2020-06-01"), _scored("b", now, "2021-01-01"))
    assert found == (fall if fall is MISSING else Decimal(fall))


@pytest.mark.parametrize(
    ("earlier", "fall"),
    [
        ([], MISSING),
        ([_scored("a", "20", "2020-01-01")], Decimal(50)),
        ([_scored("a", "20", "2019-12-31")], MISSING),
        ([_scored("a", "40", "2020-01-01"), _scored("c", "20", "2020-06-01")], Decimal(75)),
        ([_scored("a", "20", "2020-01-01", instrument="risk-2", expires="2020-02-01")], MISSING),
        ([_scored("a", "20", "2020-01-01", confirmed=False)], MISSING),
        (
            [_scored("a", "20", "2020-01-01"), _scored("c", "40", "2020-01-01", source="b")],
            DISPUTED,
        ),
    ],
    ids=["none", "a-year", "too-old", "the-earliest", "instrument", "unconfirmed", "disputed"],
)
def test_the_fall_is_from_the_earliest_score_within_the_term(
    earlier: list[Any], fall: object
) -> None:
    assert _fall(*earlier, _scored("b", "10", "2021-01-01")) == fall


def test_the_fall_of_an_unconfirmed_score_needs_a_person() -> None:
    assert _fall(_scored("b", "10", "2021-01-01", confirmed=False)) is NEEDS_PERSON


def test_a_day_in_any_year_from_one_on_may_lapse_beyond_the_days_that_are_known() -> None:
    tested = evolve(
        observation("a", "negative", "2020-01-01"), observed_on=some_day({"from": "2020"})
    )
    assert _streak(tested)[:2] == [
        ("", MISSING, ""),
        ("2020-01-01", "missing 2020-01-01..never", "a"),
    ]
