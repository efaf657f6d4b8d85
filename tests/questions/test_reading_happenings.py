"""Events in a window, the latest observation, and states of the country's own kinds."""

from itertools import permutations
from typing import Any

import pytest

from rehabcore.rules.facts import Assumption, Known
from rehabcore.rules.time.ageing import Ageing
from rehabcore.rules.time.days import OPEN, UNSURE
from rehabcore.rules.truth import UnknownKind
from tests.kit.builders import case
from tests.kit.record_makers import Piece, cell, event, observation, state, told

MISSING, DISPUTED = UnknownKind.MISSING, UnknownKind.DISPUTED
STALE, NEEDS_PERSON = UnknownKind.STALE, UnknownKind.NEEDS_PERSON
NOTHING: list[Piece] = [("", MISSING, "")]


# --- events in a window -------------------------------------------------------------------


def _sanctions(
    *events: Any, within: str = "3 months", ageing: Ageing = Ageing.EXCLUSIVE
) -> list[Piece]:
    return told(
        case(events=tuple(events)), "events", kind="sanction", within=within, ageing=ageing.value
    )


@pytest.mark.parametrize(
    ("happened_on", "within", "exclusive", "inclusive", "month_truncated"),
    [
        ("2030-04-15", "3 months", "2030-07-15", "2030-07-16", "2030-07-01"),
        ("2030-04-01", "3 months", "2030-07-01", "2030-07-02", "2030-07-01"),
        ("2030-04-30", "3 months", "2030-07-30", "2030-07-31", "2030-07-01"),
        ("2030-12-31", "2 months", "2031-02-28", "2031-03-01", "2031-02-01"),
        ("2031-12-31", "2 months", "2032-02-29", "2032-03-01", "2032-02-01"),
        ("2032-02-29", "1 year", "2033-02-28", "2033-03-01", "2033-02-01"),
        ("2032-02-29", "4 years", "2036-02-29", "2036-03-01", "2036-02-01"),
        ("2030-01-31", "1 year 1 month", "2031-02-28", "2031-03-01", "2031-02-01"),
        ("2030-01-31", "1 month 1 day", "2030-03-01", "2030-03-02", None),
        ("2030-04-15", "90 days", "2030-07-14", "2030-07-15", None),
        ("2030-12-31", "1 day", "2031-01-01", "2031-01-02", None),
    ],
)
def test_an_event_leaves_its_window_by_the_convention_that_the_rule_names(
    happened_on: str, within: str, exclusive: str, inclusive: str, month_truncated: str | None
) -> None:
    clear = {Ageing.EXCLUSIVE: exclusive, Ageing.INCLUSIVE: inclusive}
    if month_truncated is not None:
        clear[Ageing.MONTH_TRUNCATED] = month_truncated
    for ageing, clear_on in clear.items():
        assert _sanctions(event("e", happened_on), within=within, ageing=ageing) == [
            ("", 0, ""),
            (happened_on, 1, "e"),
            (clear_on, 0, ""),
        ]


@pytest.mark.parametrize("ageing", list(Ageing))
def test_without_an_event_the_count_is_none_on_every_day(ageing: Ageing) -> None:
    assert _sanctions(ageing=ageing) == [("", 0, "")]


def test_a_window_of_no_length_holds_the_day_itself() -> None:
    assert _sanctions(event("e", "2030-04-15"), within="0 days", ageing=Ageing.INCLUSIVE) == [
        ("", 0, ""),
        ("2030-04-15", 1, "e"),
        ("2030-04-16", 0, ""),
    ]


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        (
            [event("e", "2030-01-15"), event("f", "2030-02-15")],
            [
                ("", 0, ""),
                ("2030-01-15", 1, "e"),
                ("2030-02-15", 2, "e f"),
                ("2030-04-15", 1, "f"),
                ("2030-05-15", 0, ""),
            ],
        ),
        (
            [event("e", "2030-01-15"), event("f", "2030-04-15")],
            [
                ("", 0, ""),
                ("2030-01-15", 1, "e"),
                ("2030-04-15", 1, "f"),
                ("2030-07-15", 0, ""),
            ],
        ),
        (
            [event("e", "2030-01-15"), event("f", "2030-01-15")],
            [("", 0, ""), ("2030-01-15", 2, "e f"), ("2030-04-15", 0, "")],
        ),
        (
            [event("e", "2030-01-15"), event("f", "2030-01-15", source="b")],
            [("", 0, ""), ("2030-01-15", "needs_person 1..2", "e f"), ("2030-04-15", 0, "")],
        ),
        (
            [event("e", "2030-01-15"), event("f", "2030-01-15", source="b", same_as="e")],
            [("", 0, ""), ("2030-01-15", 1, "e f"), ("2030-04-15", 0, "")],
        ),
        (
            [
                event("e", "2030-01-15"),
                event("f", "2030-01-15", source="b"),
                event("g", "2030-01-15", source="b"),
            ],
            [("", 0, ""), ("2030-01-15", "needs_person 2..3", "e f g"), ("2030-04-15", 0, "")],
        ),
        (
            [
                event("e", "2030-01-15", same_as="f"),
                event("f", "2030-01-15", source="b"),
                event("g", "2030-01-15", source="b"),
            ],
            [("", 0, ""), ("2030-01-15", 2, "e f g"), ("2030-04-15", 0, "")],
        ),
        (
            [event("e", "2030-01-15"), event("f", "2030-01-18", source="b")],
            [
                ("", 0, ""),
                ("2030-01-15", "disputed 0..1", "e f"),
                ("2030-01-18", "needs_person 1..2", "e f"),
                ("2030-04-15", "disputed 0..1", "e f"),
                ("2030-04-18", 0, ""),
            ],
        ),
        (
            [event("e", "2030-01-15"), event("f", "2030-01-18", source="b", same_as="e")],
            [
                ("", 0, ""),
                ("2030-01-15", "disputed 0..1", "e f"),
                ("2030-01-18", 1, "e f"),
                ("2030-04-15", "disputed 0..1", "e f"),
                ("2030-04-18", 0, ""),
            ],
        ),
        (
            [event("e", "2030-01-15"), event("f", "2030-01-19", source="b")],
            [
                ("", 0, ""),
                ("2030-01-15", 1, "e"),
                ("2030-01-19", 2, "e f"),
                ("2030-04-15", 1, "f"),
                ("2030-04-19", 0, ""),
            ],
        ),
        (
            [event("e", "2030-01-15", kind="escape")],
            [("", 0, "")],
        ),
    ],
    ids=[
        "two-that-overlap",
        "one-leaves-as-the-other-comes",
        "two-of-one-source-on-a-day",
        "perhaps-one-that-two-sources-report",
        "one-that-two-sources-report",
        "two-of-one-source-and-perhaps-another",
        "two-that-one-source-reports-once",
        "sources-that-report-days-so-near-that-it-may-be-one",
        "one-that-sources-report-of-different-days",
        "sources-that-report-days-further-apart",
        "of-another-kind",
    ],
)
def test_what_several_sources_may_tell_twice_is_not_counted_twice_for_certain(
    events: list[Any], expected: list[Piece]
) -> None:
    for order in permutations(events):
        assert _sanctions(*order) == expected


@pytest.mark.parametrize("on", ["2030-01-14", "2030-01-15", "2030-04-15"])
def test_every_count_assumes_that_nothing_more_happened(on: str) -> None:
    answer = cell(
        case(events=(event("e", "2030-01-15"),)),
        "events",
        on,
        kind="sanction",
        within="3 months",
        ageing="exclusive",
    )
    assert isinstance(answer, Known)
    assert answer.assumption is Assumption.NONE_ON_FILE


# --- observations -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("observations", "expected"),
    [
        ([], NOTHING),
        (
            [observation("o", "negative", "2030-01-01")],
            [("", MISSING, ""), ("2030-01-01", "negative", "o")],
        ),
        (
            [observation("o", "negative", "2030-01-01", "2030-02-01")],
            [("", MISSING, ""), ("2030-01-01", "negative", "o"), ("2030-02-01", STALE, "o")],
        ),
        (
            [observation("o", "negative", "2030-01-01", UNSURE)],
            [("", MISSING, ""), ("2030-01-01", "negative", "o"), ("2030-01-02", MISSING, "o")],
        ),
        (
            [
                observation("o", "negative", "2030-01-01"),
                observation("p", "positive", "2030-03-01"),
            ],
            [
                ("", MISSING, ""),
                ("2030-01-01", "negative", "o"),
                ("2030-03-01", "positive", "p"),
            ],
        ),
        (
            [
                observation("o", "negative", "2030-01-01"),
                observation("p", "positive", "2030-03-01"),
                observation("q", "negative", "2030-02-01"),
            ],
            [
                ("", MISSING, ""),
                ("2030-01-01", "negative", "o"),
                ("2030-02-01", "negative", "q"),
                ("2030-03-01", "positive", "p"),
            ],
        ),
        (
            [
                observation("o", "negative", "2030-01-01"),
                observation("p", "positive", "2030-03-01", "2030-04-01", source="b"),
            ],
            [
                ("", MISSING, ""),
                ("2030-01-01", "negative", "o"),
                ("2030-03-01", "positive", "p"),
                ("2030-04-01", STALE, "p"),
            ],
        ),
        (
            [
                observation("o", "negative", "2030-01-01", "2030-02-01"),
                observation("p", "positive", "2030-03-01"),
            ],
            [
                ("", MISSING, ""),
                ("2030-01-01", "negative", "o"),
                ("2030-02-01", STALE, "o"),
                ("2030-03-01", "positive", "p"),
            ],
        ),
        (
            [
                observation("o", "negative", "2030-01-01", "2030-03-01"),
                observation("p", "positive", "2030-03-01"),
            ],
            [
                ("", MISSING, ""),
                ("2030-01-01", "negative", "o"),
                ("2030-03-01", "positive", "p"),
            ],
        ),
        (
            [
                observation("o", "negative", "2030-01-01", UNSURE),
                observation("p", "positive", "2030-03-01"),
            ],
            [
                ("", MISSING, ""),
                ("2030-01-01", "negative", "o"),
                ("2030-01-02", MISSING, "o"),
                ("2030-03-01", "positive", "p"),
            ],
        ),
        (
            [
                observation("o", "negative", "2030-01-01"),
                observation("p", "positive", "2030-01-01", source="b"),
            ],
            [("", MISSING, ""), ("2030-01-01", DISPUTED, "o p")],
        ),
        (
            [
                observation("o", "negative", "2030-01-01"),
                observation("p", "positive", "2030-01-01"),
                observation("q", "negative", "2030-02-01"),
            ],
            [
                ("", MISSING, ""),
                ("2030-01-01", DISPUTED, "o p"),
                ("2030-02-01", "negative", "q"),
            ],
        ),
        (
            [
                observation("o", "negative", "2030-01-01"),
                observation("p", "negative", "2030-01-01", "2030-02-01", source="b"),
            ],
            [
                ("", MISSING, ""),
                ("2030-01-01", "negative", "o p"),
                ("2030-02-01", "negative", "o"),
            ],
        ),
        (
            [
                observation("o", "negative", "2030-01-01"),
                observation("p", "cleared", "2030-02-01", kind="health_clearance"),
            ],
            [("", MISSING, ""), ("2030-01-01", "negative", "o")],
        ),
    ],
    ids=[
        "none",
        "one",
        "stale-from-the-day-it-expires",
        "unknown-expiry",
        "the-latest-counts",
        "the-latest-counts-of-three",
        "the-latest-counts-of-any-source",
        "stale-until-the-next",
        "the-next-on-the-day-it-expires",
        "unknown-expiry-until-the-next",
        "two-on-a-day-that-differ",
        "a-dispute-until-the-next",
        "two-on-a-day-that-agree",
        "of-another-kind",
    ],
)
def test_the_latest_observation_counts_while_it_is_valid(
    observations: list[Any], expected: list[Piece]
) -> None:
    for order in permutations(observations):
        assert told(case(observations=order), "observed_drug_test") == expected


@pytest.mark.parametrize(
    ("kind", "silence"), [("drug_test", MISSING), ("health_clearance", NEEDS_PERSON)]
)
def test_silence_means_what_the_country_says_of_the_kind(kind: str, silence: UnknownKind) -> None:
    assert told(case(), f"observed_{kind}") == [("", silence, "")]


# --- states -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ([], NOTHING),
        (
            [state("s", "employed", "2030-01-01", "2030-02-01")],
            [("", MISSING, ""), ("2030-01-01", "employed", "s"), ("2030-02-01", MISSING, "")],
        ),
        (
            [state("s", "employed", "2030-01-01", UNSURE)],
            [("", MISSING, ""), ("2030-01-01", "employed", "s"), ("2030-01-02", MISSING, "s")],
        ),
        (
            [
                state("s", "employed", "2030-01-01", "2030-02-01"),
                state("t", "unemployed", "2030-02-01"),
            ],
            [
                ("", MISSING, ""),
                ("2030-01-01", "employed", "s"),
                ("2030-02-01", "unemployed", "t"),
            ],
        ),
        (
            [
                state("s", "employed", "2030-01-01", "2030-03-01"),
                state("t", "unemployed", "2030-02-01", source="b"),
            ],
            [
                ("", MISSING, ""),
                ("2030-01-01", "employed", "s"),
                ("2030-02-01", DISPUTED, "s t"),
                ("2030-03-01", "unemployed", "t"),
            ],
        ),
        (
            [
                state("s", "employed", "2030-01-01", "2030-03-01"),
                state("t", "employed", "2030-02-01", OPEN, source="b"),
            ],
            [
                ("", MISSING, ""),
                ("2030-01-01", "employed", "s"),
                ("2030-02-01", "employed", "s t"),
                ("2030-03-01", "employed", "t"),
            ],
        ),
        ([state("s", "stable", "2030-01-01", kind="housing")], NOTHING),
    ],
    ids=[
        "none",
        "one",
        "unknown-end",
        "touching",
        "sources-that-contradict",
        "sources-that-agree",
        "of-another-kind",
    ],
)
def test_a_state_holds_over_its_span(states: list[Any], expected: list[Piece]) -> None:
    for order in permutations(states):
        assert told(case(states=order), "state_employment") == expected
