"""Events by severity, outcome and day: who passes counts, who may pass leaves a range."""

from itertools import permutations
from typing import Any

import pytest

from rehabcore.rules.truth import UnknownKind
from tests.kit.builders import case
from tests.kit.record_makers import Piece, event, problems_of_asking, told

MISSING, NEEDS_PERSON = UnknownKind.MISSING, UnknownKind.NEEDS_PERSON


def _violation(record_id: str, happened_on: str, **said: Any) -> Any:
    return event(record_id, happened_on, "violation", **said)


def _violations(*events: Any, **filters: Any) -> list[Piece]:
    asked = {"counted_from": "event", "within": "3 months", "ageing": "exclusive", **filters}
    return told(case(events=events), "incidents_violation", **asked)


ON = "2030-04-15"
COUNTS = [("", 0, ""), (ON, 1, "e"), ("2030-07-15", 0, "")]
MAY_COUNT = [("", 0, ""), (ON, "missing 0..1", "e"), ("2030-07-15", 0, "")]


@pytest.mark.parametrize(
    ("severity", "at_least", "expected"),
    [
        ("minor", "serious", [("", 0, "")]),
        ("serious", "serious", COUNTS),
        ("grave", "serious", COUNTS),
        ("minor", "minor", COUNTS),
        ("serious", "grave", [("", 0, "")]),
        (None, "serious", MAY_COUNT),
        (None, None, COUNTS),
    ],
)
def test_an_event_counts_from_the_severity_that_the_rule_names(
    severity: str | None, at_least: str | None, expected: list[Piece]
) -> None:
    filters = {} if at_least is None else {"severity_at_least": at_least}
    assert _violations(_violation("e", ON, severity=severity), **filters) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"outcome": "sustained"}, COUNTS),
        ({"outcome": "dismissed"}, [("", 0, "")]),
        ({}, [("", 0, ""), (ON, "needs_person 0..1", "e"), ("2030-07-15", 0, "")]),
        (
            {"outcome": "sustained", "decided": "2030-05-01"},
            [
                ("", 0, ""),
                (ON, "needs_person 0..1", "e"),
                ("2030-05-01", 1, "e"),
                ("2030-07-15", 0, ""),
            ],
        ),
        (
            {"outcome": "dismissed", "decided": "2030-05-01"},
            [("", 0, ""), (ON, "needs_person 0..1", "e"), ("2030-05-01", 0, "")],
        ),
        (
            {"outcome": "sustained", "decided": "2030-07-15"},
            [("", 0, ""), (ON, "needs_person 0..1", "e"), ("2030-07-15", 0, "")],
        ),
        ({"outcome": "sustained", "decided": ON}, COUNTS),
        (
            {"outcome": "sustained", "severity": None, "decided": "2030-05-01"},
            [
                ("", 0, ""),
                (ON, "needs_person 0..1", "e"),
                ("2030-05-01", 1, "e"),
                ("2030-07-15", 0, ""),
            ],
        ),
    ],
    ids=[
        "sustained",
        "dismissed",
        "undecided",
        "undecided-then-sustained",
        "undecided-then-dismissed",
        "decided-after-the-window",
        "decided-at-once",
        "severity-not-asked",
    ],
)
def test_until_it_is_decided_an_event_may_have_any_outcome(
    said: dict[str, Any], expected: list[Piece]
) -> None:
    assert _violations(_violation("e", ON, **said), outcomes=["sustained"]) == expected


def test_an_event_of_any_of_several_outcomes_counts() -> None:
    events = [
        _violation("e", ON, outcome="sustained"),
        _violation("f", "2030-04-16", outcome="dismissed"),
    ]
    for order in permutations(events):
        assert _violations(*order, outcomes=["dismissed", "sustained"])[2] == (
            "2030-04-16",
            2,
            "e f",
        )


def test_who_is_undecided_and_who_is_certain_make_a_range() -> None:
    events = [
        _violation("e", "2030-04-01", outcome="sustained", severity="grave"),
        _violation("f", "2030-04-10", severity="grave"),
        _violation("g", "2030-04-20", outcome="sustained"),
        _violation("h", "2030-04-20", outcome="sustained", severity="minor"),
        event("i", "2030-04-20"),
    ]
    for order in permutations(events):
        assert _violations(*order, severity_at_least="grave", outcomes=["sustained"])[:4] == [
            ("", 0, ""),
            ("2030-04-01", 1, "e"),
            ("2030-04-10", "needs_person 1..2", "e f"),
            ("2030-04-20", "missing 1..3", "e f g"),
        ]


DAYS = {"reported": "2030-05-01", "decided": "2030-06-01", "responded": "2030-05-15"}


@pytest.mark.parametrize(
    ("basis", "since", "until"),
    [
        ("event", ON, "2030-07-15"),
        ("report", "2030-05-01", "2030-08-01"),
        ("response", "2030-05-15", "2030-08-15"),
        ("decision", "2030-06-01", "2030-09-01"),
    ],
)
def test_a_window_runs_from_the_day_that_the_rule_names(basis: str, since: str, until: str) -> None:
    events = _violation("e", ON, outcome="sustained", **DAYS)
    assert _violations(events, counted_from=basis) == [("", 0, ""), (since, 1, "e"), (until, 0, "")]


@pytest.mark.parametrize(
    ("basis", "outcome", "expected"),
    [
        ("report", None, [("", 0, ""), (ON, "missing 0..1", "e")]),
        ("response", None, [("", 0, "")]),
        ("decision", None, [("", 0, "")]),
        ("decision", "sustained", [("", 0, ""), (ON, "missing 0..1", "e")]),
    ],
    ids=["reported-some-day", "no-response-yet", "no-decision-yet", "decided-some-day"],
)
def test_an_event_without_the_day_is_outside_or_may_be_inside(
    basis: str, outcome: str | None, expected: list[Piece]
) -> None:
    assert _violations(_violation("e", ON, outcome=outcome), counted_from=basis) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, [("", 0, ""), (ON, 1, "e")]),
        (
            {"outcome": "dismissed", "decided": "2030-05-01"},
            [("", 0, ""), (ON, 1, "e"), ("2030-05-01", 0, "")],
        ),
        ({"outcome": "dismissed", "decided": ON}, [("", 0, "")]),
        ({"outcome": "dismissed"}, [("", 0, "")]),
    ],
    ids=["still-open", "until-the-decision", "decided-at-once", "decided-some-day"],
)
def test_an_event_is_undecided_until_the_day_of_the_decision(
    said: dict[str, Any], expected: list[Piece]
) -> None:
    file = case(events=(_violation("e", ON, **said), event("f", ON)))
    assert told(file, "undecided_events", kind="violation") == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"severity_at_least": "fatal"}, [("unknown_value", "severity_at_least")]),
        ({"outcomes": ["sustained", "appealed"]}, [("unknown_value", "outcomes")]),
        ({"counted_from": "verdict"}, [("unknown_value", "counted_from")]),
    ],
)
def test_a_filter_is_a_word_of_the_kind(
    given: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    asked = {"counted_from": "event", "within": "3 months", "ageing": "exclusive", **given}
    assert problems_of_asking("incidents_violation", **asked) == expected


def test_nothing_is_undecided_of_a_kind_that_nobody_decides_on() -> None:
    assert problems_of_asking("undecided_events", kind="sanction") == [("unknown_value", "kind")]


# --- what sources tell otherwise ----------------------------------------------------------

SUSTAINED = {"outcome": "sustained", "decided": "2030-05-01"}
DISMISSED = {"outcome": "dismissed", "decided": "2030-05-01"}


@pytest.mark.parametrize(
    ("one", "other", "filters", "said"),
    [
        ({"severity": "grave"}, {"severity": "minor"}, {"severity_at_least": "grave"}, "0..1"),
        ({"severity": "grave"}, {"severity": None}, {"severity_at_least": "grave"}, "1"),
        ({"severity": "grave"}, {"severity": "serious"}, {"severity_at_least": "serious"}, "1"),
        (SUSTAINED, DISMISSED, {"outcomes": "sustained"}, "0..1"),
        (SUSTAINED, {}, {"outcomes": "sustained"}, "1"),
        (SUSTAINED, SUSTAINED, {"outcomes": "sustained"}, "1"),
    ],
    ids=["severity", "no-severity", "both-severe", "outcome", "undecided", "agreed"],
)
def test_an_event_that_another_source_tells_otherwise_may_not_count(
    one: dict[str, Any], other: dict[str, Any], filters: dict[str, Any], said: str
) -> None:
    events = (
        _violation("a", ON, source="a", **one),
        _violation("b", ON, source="b", same_as="a", **other),
    )
    for order in permutations(events):
        told_on = [piece for piece in _violations(*order, **filters) if piece[0] <= "2030-05-01"]
        assert str(told_on[-1][1]).removeprefix("disputed ") == said
        if said == "0..1":
            assert told_on[-1][2] == "a b"


def test_as_many_count_as_no_other_source_tells_otherwise() -> None:
    grave = [_violation(name, ON, source="a", severity="grave") for name in ("a1", "a2", "a3")]
    minor = _violation("b", ON, source="b", severity="minor")
    pieces = _violations(*grave, minor, severity_at_least="grave")
    assert pieces[1] == (ON, "disputed 2..3", "a1 a2 a3 b")


def test_an_event_that_another_source_may_tell_otherwise_may_not_count() -> None:
    grave = _violation("a", ON, source="a", severity="grave")
    for severity, day, said in (
        ("minor", ON, "disputed 0..1"),
        ("minor", "2030-04-18", "disputed 0..1"),
        ("minor", "2030-04-19", "1"),
        (None, ON, "missing 1..2"),
    ):
        other = _violation("b", day, source="b", severity=severity)
        pieces = _violations(grave, other, severity_at_least="grave")
        assert next(str(value) for start, value, _ in pieces[::-1] if start <= "2030-05-01") == said


def test_two_days_of_one_decision_are_each_disputed() -> None:
    later = {**SUSTAINED, "decided": "2030-10-01"}
    events = (
        _violation("a", ON, source="a", **SUSTAINED),
        _violation("b", ON, source="b", same_as="a", **later),
    )
    assert _violations(*events, counted_from="decision") == [
        ("", 0, ""),
        ("2030-05-01", "disputed 0..1", "a b"),
        ("2030-08-01", 0, ""),
        ("2030-10-01", "disputed 0..1", "a b"),
        ("2031-01-01", 0, ""),
    ]


def test_an_event_on_which_one_source_knows_the_decision_may_be_decided() -> None:
    events = (
        _violation("a", ON, source="a", **SUSTAINED),
        _violation("b", ON, source="b", same_as="a"),
    )
    assert told(case(events=events), "undecided_events", kind="violation") == [
        ("", 0, ""),
        (ON, 1, "a b"),
        ("2030-05-01", "disputed 0..1", "a b"),
    ]


def test_what_another_office_reports_on_no_known_day_does_not_undo_a_day_that_is_known() -> None:
    """It may be the same event; if it is, the office that knows the day of the report is right."""
    events = (
        _violation("a", ON, source="a", reported="2030-05-01"),
        _violation("b", ON, source="b"),
    )
    assert _violations(*events, counted_from="report") == [
        ("", 0, ""),
        (ON, "missing 0..1", "b"),
        ("2030-05-01", "missing 1..2", "a b"),
        ("2030-08-01", "missing 0..1", "b"),
    ]


def test_what_two_offices_tell_may_be_reported_from_the_first_day_that_either_tells() -> None:
    events = (
        _violation("e", "2030-04-16", source="a"),
        _violation("f", "2030-04-15", source="b", same_as="e"),
    )
    for listed in permutations(events):
        found = _violations(*listed, counted_from="report")
        assert found[1][0] == "2030-04-15"
        assert str(found[1][1]).endswith("0..1")
