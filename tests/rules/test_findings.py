"""Findings of one thing: until when each counts, and when nobody knows which is the newest."""

from itertools import permutations
from typing import Any

import pytest

from rehabcore.rules.judging.findings import Succession, latest
from rehabcore.rules.judging.settling import Claim
from rehabcore.rules.time.acts import DatedAct
from rehabcore.rules.time.days import OPEN, UNSURE, End, Span
from rehabcore.rules.time.partial import Day, Days, PartialDay, PartialEnd
from rehabcore.rules.truth import UnknownKind
from tests.kit.builders import day, span

MISSING, STALE, DISPUTED = UnknownKind.MISSING, UnknownKind.STALE, UnknownKind.DISPUTED
JANUARY, APRIL = day("2026-01-10"), day("2026-04-10")
MARCH = PartialDay(day("2026-03-01"), day("2026-03-31"))
IN_MARCH = day("2026-03-15")


def _act(on: Day, row: str = "a", place: int = 1) -> DatedAct:
    return DatedAct(on, (row, True), place)


def _says(expires: End, replaced: str | None) -> list[tuple[Any, Days | None]]:
    newer = [] if replaced is None else [(_act(day(replaced)), "high", OPEN)]
    claims = Succession(newer).claims("r-1", _act(day("2026-01-01")), "low", expires)
    return [(claim.says, claim.span) for claim in claims]


@pytest.mark.parametrize(
    ("expires", "replaced", "says"),
    [
        pytest.param(OPEN, None, [("low", span("2026-01-01"))], id="for-good"),
        pytest.param(
            OPEN, "2026-05-01", [("low", span("2026-01-01", "2026-05-01"))], id="until-replaced"
        ),
        pytest.param(
            day("2026-03-01"),
            None,
            [("low", span("2026-01-01", "2026-03-01")), (STALE, span("2026-03-01"))],
            id="stale-once-expired",
        ),
        pytest.param(
            day("2026-03-01"),
            "2026-05-01",
            [
                ("low", span("2026-01-01", "2026-03-01")),
                (STALE, span("2026-03-01", "2026-05-01")),
            ],
            id="stale-until-replaced",
        ),
        pytest.param(
            day("2026-05-01"),
            "2026-05-01",
            [("low", span("2026-01-01", "2026-05-01"))],
            id="replaced-as-it-expires",
        ),
        pytest.param(
            day("2026-05-02"),
            "2026-05-01",
            [("low", span("2026-01-01", "2026-05-01"))],
            id="replaced-before-it-expires",
        ),
        pytest.param(
            UNSURE, None, [("low", span("2026-01-01", UNSURE))], id="expires-nobody-knows-when"
        ),
        pytest.param(
            UNSURE,
            "2026-05-01",
            [
                ("low", span("2026-01-01", "2026-01-02")),
                (MISSING, span("2026-01-02", "2026-05-01")),
            ],
            id="unsure-until-replaced",
        ),
        pytest.param(
            UNSURE,
            "2026-01-02",
            [("low", span("2026-01-01", "2026-01-02"))],
            id="replaced-on-the-next-day",
        ),
    ],
)
def test_finding_holds_until_it_expires_or_is_replaced(
    expires: End, replaced: str | None, says: list[tuple[Any, Days | None]]
) -> None:
    assert _says(expires, replaced) == says


def _claim(record_id: str, says: Any, start: str, end: str | End = OPEN) -> Claim:
    return Claim(record_id, span(start, end), says)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (
            [("a", _act(IN_MARCH, place=1), "low"), ("b", _act(IN_MARCH, place=2), "high")],
            [_claim("b", "high", "2026-03-15")],
        ),
        (
            [("a", _act(IN_MARCH), "low"), ("b", _act(IN_MARCH), "high")],
            [_claim("a", "low", "2026-03-15"), _claim("b", "high", "2026-03-15")],
        ),
        (
            [("a", _act(MARCH), "low")],
            [_claim("a", MISSING, "2026-03-01", "2026-03-31"), _claim("a", "low", "2026-03-31")],
        ),
        (
            [("a", _act(JANUARY), "low"), ("b", _act(MARCH), "high")],
            [
                _claim("a", "low", "2026-01-10", "2026-03-01"),
                _claim("a", DISPUTED, "2026-03-01", "2026-03-31"),
                _claim("b", MISSING, "2026-03-01", "2026-03-31"),
                _claim("b", "high", "2026-03-31"),
            ],
        ),
        (
            [("a", _act(JANUARY), "low"), ("b", _act(MARCH), "low")],
            [
                _claim("a", "low", "2026-01-10", "2026-03-31"),
                _claim("b", MISSING, "2026-03-01", "2026-03-31"),
                _claim("b", "low", "2026-03-31"),
            ],
        ),
        (
            [("a", _act(IN_MARCH), "low"), ("b", _act(MARCH), "high")],
            [
                _claim("a", DISPUTED, "2026-03-15"),
                _claim("b", MISSING, "2026-03-01", "2026-03-31"),
                _claim("b", DISPUTED, "2026-03-31"),
            ],
        ),
        (
            [
                ("a", _act(IN_MARCH), "low"),
                ("b", _act(MARCH), "high"),
                ("c", _act(APRIL), "low"),
            ],
            [
                _claim("a", DISPUTED, "2026-03-15", "2026-04-10"),
                _claim("b", MISSING, "2026-03-01", "2026-03-31"),
                _claim("b", DISPUTED, "2026-03-31", "2026-04-10"),
                _claim("c", "low", "2026-04-10"),
            ],
        ),
        (
            [
                ("a", _act(IN_MARCH, place=1), "high"),
                ("b", _act(IN_MARCH, place=2), "low"),
                ("c", _act(MARCH), "low"),
            ],
            [
                _claim("b", "low", "2026-03-15"),
                _claim("c", MISSING, "2026-03-01", "2026-03-31"),
                _claim("c", "low", "2026-03-31"),
            ],
        ),
    ],
    ids=[
        "in-order",
        "in-no-order",
        "in-march",
        "another-in-march",
        "the-same-in-march",
        "perhaps-newer",
        "settled-by-the-next",
        "followed-at-once",
    ],
)
def test_a_finding_counts_where_no_other_may_be_the_newest(
    found: list[Any], expected: list[Claim]
) -> None:
    for order in permutations(found):
        claims = latest((own, act, says, OPEN) for own, act, says in order)
        assert sorted(claims, key=_by_record) == expected


def _by_record(claim: Claim) -> tuple[Any, ...]:
    assert claim.span is not None
    return claim.record_id, claim.span.start


@pytest.mark.parametrize(
    ("on", "expires", "expected"),
    [
        (
            IN_MARCH,
            PartialDay(APRIL, day("2026-04-20")),
            [
                _claim("a", "low", "2026-03-15", "2026-04-10"),
                _claim("a", MISSING, "2026-04-10", "2026-04-20"),
                _claim("a", STALE, "2026-04-20"),
            ],
        ),
        (
            MARCH,
            IN_MARCH,
            [_claim("a", MISSING, "2026-03-01", "2026-03-15"), _claim("a", STALE, "2026-03-15")],
        ),
        (
            MARCH,
            UNSURE,
            [_claim("a", MISSING, "2026-03-01", "2026-03-31"), _claim("a", MISSING, "2026-03-31")],
        ),
    ],
    ids=["expires-in-april", "expired-by-then", "expires-nobody-knows-when"],
)
def test_a_finding_may_have_expired(on: Day, expires: PartialEnd, expected: list[Claim]) -> None:
    assert list(latest([("a", _act(on), "low", expires)])) == expected


@pytest.mark.parametrize("other", ["low", "high"])
def test_once_one_of_a_day_in_no_order_has_expired_nobody_knows_whether_the_other_counts(
    other: str,
) -> None:
    found: list[Any] = [
        ("a", _act(JANUARY), "low", APRIL),
        ("b", _act(JANUARY), other, OPEN),
    ]
    assert list(latest(found)) == [
        _claim("a", "low", "2026-01-10", "2026-04-10"),
        _claim("a", STALE, "2026-04-10"),
        _claim("b", other, "2026-01-10", "2026-04-10"),
        _claim("b", DISPUTED, "2026-04-10"),
    ]


def test_nobody_knows_whether_a_value_counts_beside_one_of_the_day_that_states_none() -> None:
    made = _act(JANUARY)
    findings = Succession([(made, "low", OPEN), (made, UnknownKind.NEEDS_PERSON, OPEN)])
    assert list(findings.claims("a", made, "low", OPEN)) == [_claim("a", DISPUTED, "2026-01-10")]


@pytest.mark.parametrize("partial_says", ["low", "high"])
def test_values_of_one_day_stay_disputed_beside_one_of_a_day_known_in_part(
    partial_says: str,
) -> None:
    last = day("2026-03-31")
    found = [
        ("p", _act(MARCH, "c"), partial_says, OPEN),
        ("r", _act(last, "a"), "low", OPEN),
        ("s", _act(last, "b"), "high", OPEN),
    ]
    from_then_on = [
        claim.says for claim in latest(found) if isinstance(claim.span, Span) and last in claim.span
    ]
    assert from_then_on == [DISPUTED] * 3
