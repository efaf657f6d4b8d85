"""Records' words on one fact, settled into one cell for every day."""

from datetime import date
from typing import Any

import pytest

from rehabcore.rules.facts import Assumption, Cell, Known, Unknown
from rehabcore.rules.judging.settling import Claim, settle
from rehabcore.rules.time.days import ONE_DAY, OPEN, UNSURE, End
from rehabcore.rules.time.partial import Period
from rehabcore.rules.truth import UnknownKind
from tests.kit.builders import day, some_days, span

ABSENT: Cell = Known(False, assumption=Assumption.NONE_ON_FILE)
MISSING, STALE = UnknownKind.MISSING, UnknownKind.STALE
DISPUTED, NEEDS_PERSON = UnknownKind.DISPUTED, UnknownKind.NEEDS_PERSON


def _claim(record_id: str, says: Any, start: str | None = None, end: str | End = OPEN) -> Claim:
    return Claim(record_id, None if start is None else span(start, end), says)


def _known(value: Any, *evidence: str) -> Cell:
    return Known(value, evidence=evidence)


def _unknown(kind: UnknownKind, *evidence: str) -> Cell:
    return Unknown(kind, evidence=evidence)


def _pieces(*claims: Claim) -> list[tuple[str, Cell]]:
    return [
        ("-" if start == date.min else start.isoformat(), cell)
        for start, _, cell in settle(claims, ABSENT).pieces()
    ]


def test_no_claim_leaves_what_absence_means() -> None:
    assert _pieces() == [("-", ABSENT)]


def test_claim_without_a_span_speaks_of_every_day() -> None:
    assert _pieces(_claim("r-1", "low")) == [("-", _known("low", "r-1"))]


@pytest.mark.parametrize(
    ("end", "after"),
    [
        pytest.param("2026-03-01", [("2026-03-01", ABSENT)], id="day"),
        pytest.param(OPEN, [], id="open"),
        pytest.param(UNSURE, [("2026-02-02", _unknown(MISSING, "r-1"))], id="unsure"),
    ],
)
def test_claim_speaks_of_its_span(end: str | End, after: list[tuple[str, Cell]]) -> None:
    assert _pieces(_claim("r-1", "low", "2026-02-01", end)) == [
        ("-", ABSENT),
        ("2026-02-01", _known("low", "r-1")),
        *after,
    ]


def test_records_that_agree_are_all_evidence() -> None:
    assert _pieces(
        _claim("r-1", "low", "2026-01-01", "2026-03-01"),
        _claim("r-2", "low", "2026-02-01", "2026-04-01"),
    ) == [
        ("-", ABSENT),
        ("2026-01-01", _known("low", "r-1")),
        ("2026-02-01", _known("low", "r-1", "r-2")),
        ("2026-03-01", _known("low", "r-2")),
        ("2026-04-01", ABSENT),
    ]


def test_touching_spans_of_one_record_leave_no_seam() -> None:
    assert _pieces(
        _claim("r-1", "low", "2026-01-01", "2026-02-01"),
        _claim("r-1", "low", "2026-02-01", "2026-03-01"),
    ) == [("-", ABSENT), ("2026-01-01", _known("low", "r-1")), ("2026-03-01", ABSENT)]


def test_records_that_contradict_make_the_fact_disputed_on_the_days_on_which_they_do() -> None:
    assert _pieces(
        _claim("r-2", "low", "2026-01-01", "2026-03-01"),
        _claim("r-1", "high", "2026-02-01", "2026-04-01"),
        _claim("r-3", "low", "2026-02-15", "2026-03-15"),
    ) == [
        ("-", ABSENT),
        ("2026-01-01", _known("low", "r-2")),
        ("2026-02-01", _unknown(DISPUTED, "r-1", "r-2")),
        ("2026-02-15", _unknown(DISPUTED, "r-1", "r-2", "r-3")),
        ("2026-03-01", _unknown(DISPUTED, "r-1", "r-3")),
        ("2026-03-15", _known("high", "r-1")),
        ("2026-04-01", ABSENT),
    ]


@pytest.mark.parametrize("kind", UnknownKind)
def test_record_that_leaves_a_fact_open_never_contradicts_one_that_answers_it(
    kind: UnknownKind,
) -> None:
    assert _pieces(_claim("r-1", kind), _claim("r-2", "low", "2026-01-01", "2026-02-01")) == [
        ("-", _unknown(kind, "r-1")),
        ("2026-01-01", _known("low", "r-2")),
        ("2026-02-01", _unknown(kind, "r-1")),
    ]


@pytest.mark.parametrize(
    ("kinds", "settled"),
    [
        pytest.param([STALE, MISSING], MISSING, id="missing-before-stale"),
        pytest.param([DISPUTED, STALE], STALE, id="stale-before-disputed"),
        pytest.param([NEEDS_PERSON, DISPUTED], DISPUTED, id="disputed-before-needs-person"),
        pytest.param([NEEDS_PERSON], NEEDS_PERSON, id="needs-person-alone"),
    ],
)
def test_of_several_ways_of_not_knowing_the_first_listed_is_said(
    kinds: list[UnknownKind], settled: UnknownKind
) -> None:
    claims = [_claim(f"r-{kind.value}", kind) for kind in kinds]
    assert _pieces(*claims) == [("-", _unknown(settled, f"r-{settled.value}"))]


def test_record_whose_end_nobody_recorded_yields_to_one_that_is_sure() -> None:
    assert _pieces(
        _claim("r-1", "custody", "2026-01-01", UNSURE),
        _claim("r-2", "community", "2026-03-01", "2026-04-01"),
    ) == [
        ("-", ABSENT),
        ("2026-01-01", _known("custody", "r-1")),
        ("2026-01-02", _unknown(MISSING, "r-1")),
        ("2026-03-01", _known("community", "r-2")),
        ("2026-04-01", _unknown(MISSING, "r-1")),
    ]


def test_record_whose_end_nobody_recorded_contradicts_on_its_first_day_only() -> None:
    assert _pieces(
        _claim("r-1", "custody", "2026-01-01", UNSURE), _claim("r-2", "community", "2026-01-01")
    ) == [
        ("-", ABSENT),
        ("2026-01-01", _unknown(DISPUTED, "r-1", "r-2")),
        ("2026-01-02", _known("community", "r-2")),
    ]


def test_certain_not_knowing_comes_before_what_may_hold() -> None:
    assert _pieces(_claim("r-1", "low", "2026-01-01", UNSURE), _claim("r-2", STALE, "2026-02-01"))[
        -1
    ] == ("2026-02-01", _unknown(STALE, "r-2"))


def test_order_of_the_records_changes_nothing() -> None:
    first, second = _claim("r-1", "low", "2026-01-01"), _claim("r-2", "low", "2026-01-01")
    assert settle([first, second], ABSENT) == settle([second, first], ABSENT)


def test_doubled_record_changes_nothing() -> None:
    claim = _claim("r-1", "low", "2026-01-01", UNSURE)
    assert settle([claim, claim], ABSENT) == settle([claim], ABSENT)


def test_word_of_a_record_never_appears_in_its_repr() -> None:
    assert "a-secret-value" not in repr(_claim("r-1", "a-secret-value"))


# --- days that are known in part ----------------------------------------------------------


def _partly(record_id: str, says: Any, start: object, end: object = "open") -> Claim:
    return Claim(record_id, some_days(start, end), says)


@pytest.mark.parametrize(
    ("start", "end", "pieces"),
    [
        pytest.param(
            "2026-03",
            "open",
            [("2026-03-01", _unknown(MISSING, "r-1")), ("2026-03-31", _known("low", "r-1"))],
            id="start-in-a-month",
        ),
        pytest.param(
            "2026-02-01",
            "2026-03",
            [
                ("2026-02-01", _known("low", "r-1")),
                ("2026-03-01", _unknown(MISSING, "r-1")),
                ("2026-03-31", ABSENT),
            ],
            id="end-in-a-month",
        ),
        pytest.param(
            "2026-03",
            "2026-03",
            [("2026-03-01", _unknown(MISSING, "r-1")), ("2026-04-01", ABSENT)],
            id="within-a-month",
        ),
        pytest.param(
            "2026-03-15",
            "2026-03",
            [
                ("2026-03-15", _known("low", "r-1")),
                ("2026-03-16", _unknown(MISSING, "r-1")),
                ("2026-03-31", ABSENT),
            ],
            id="over-in-the-month-of-its-start",
        ),
        pytest.param(
            "2026-03-15",
            "2026-03-15",
            [("2026-03-15", _known("low", "r-1")), ("2026-03-16", ABSENT)],
            id="within-a-day",
        ),
        pytest.param(
            {"from": "2026-03-02", "to": "2026-03-04"},
            "unknown",
            [("2026-03-02", _unknown(MISSING, "r-1"))],
            id="end-unknown",
        ),
    ],
)
def test_what_may_hold_leaves_the_fact_open(
    start: object, end: object, pieces: list[tuple[str, Cell]]
) -> None:
    assert _pieces(_partly("r-1", "low", start, end)) == [("-", ABSENT), *pieces]


def test_a_reason_for_not_knowing_may_begin_on_a_day_known_in_part() -> None:
    assert _pieces(_partly("r-1", STALE, "2026-03")) == [
        ("-", ABSENT),
        ("2026-03-01", _unknown(MISSING, "r-1")),
        ("2026-03-31", _unknown(STALE, "r-1")),
    ]


def test_what_may_hold_yields_to_what_certainly_does() -> None:
    assert _pieces(
        _partly("r-1", "low", "2026-03"), _claim("r-2", "high", "2026-02-01", "2026-03-15")
    ) == [
        ("-", ABSENT),
        ("2026-02-01", _known("high", "r-2")),
        ("2026-03-15", _unknown(MISSING, "r-1")),
        ("2026-03-31", _known("low", "r-1")),
    ]


def test_what_is_over_within_a_day_yields_to_what_goes_on() -> None:
    assert _pieces(
        _claim("r-1", "community", "2026-01-01", "2026-03-01"),
        _partly("r-2", "custody", "2026-03-01", "2026-03-01"),
        _claim("r-3", "community", "2026-03-01"),
    ) == [
        ("-", ABSENT),
        ("2026-01-01", _known("community", "r-1")),
        ("2026-03-01", _known("community", "r-3")),
    ]


def test_what_is_over_within_a_day_would_yield_to_what_may_go_on() -> None:
    assert _pieces(
        _partly("r-1", "community", "2026-03"),
        _partly("r-2", "custody", "2026-03-15", "2026-03-15"),
    )[1:4] == [
        ("2026-03-01", _unknown(MISSING, "r-1")),
        ("2026-03-15", _unknown(MISSING, "r-1", "r-2")),
        ("2026-03-16", _unknown(MISSING, "r-1")),
    ]


def test_two_values_within_one_day_leave_that_day_disputed() -> None:
    assert _pieces(
        _partly("r-1", "custody", "2026-03-01", "2026-03-01"),
        _partly("r-2", "hospital", "2026-03-01", "2026-03-01"),
    )[1:] == [("2026-03-01", _unknown(DISPUTED, "r-1", "r-2")), ("2026-03-02", ABSENT)]


def test_a_code_named_as_a_reason_does_not_agree_with_a_claim_without_a_value() -> None:
    """What began and ended within the day would yield to what may hold, so nobody knows."""
    on = day("2026-02-10")
    claims = [
        Claim("r-1", Period(on, on), "missing"),
        Claim("r-2", Period(UNSURE, on + 2 * ONE_DAY), MISSING),
    ]
    both = _unknown(MISSING, "r-1", "r-2")
    assert settle(claims, ABSENT).at(on) == both
    assert (on, on + ONE_DAY, both) in settle(claims, ABSENT).pieces()
