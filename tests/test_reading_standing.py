"""Who the person is and where the person stands, as read from records: every edge of every span."""

from typing import Any

import pytest

from rehabcore.rules.days import OPEN, UNSURE
from rehabcore.rules.facts import NEVER
from rehabcore.rules.truth import UnknownKind
from rehabcore.vocabulary import Sex
from tests.builders import case, day, person
from tests.record_makers import Piece, placement, sentence, standing, told

MISSING, DISPUTED = UnknownKind.MISSING, UnknownKind.DISPUTED
NOTHING: list[Piece] = [("", MISSING, "")]


# --- particulars --------------------------------------------------------------------------

SAID: dict[str, tuple[str, Any, Any]] = {
    "age": ("birth_date", day("1990-05-17"), day("1991-05-17")),
    "sex": ("sex", Sex.FEMALE, Sex.MALE),
    "languages": ("languages", frozenset({"en"}), frozenset({"en", "xx"})),
}


def _said(fact: str, *values: Any) -> list[Piece]:
    """What is told of a fact when the sources a, b, ... say these values."""
    field = SAID[fact][0]
    people = tuple(
        person(f"p-{source}", source, **{field: value})
        for source, value in zip("abc", values, strict=False)
    )
    return told(case(beneficiary=people), fact)


@pytest.mark.parametrize("fact", SAID)
def test_particulars_that_nobody_recorded_are_missing(fact: str) -> None:
    assert _said(fact, None) == NOTHING
    assert told(case(beneficiary=()), fact) == NOTHING


@pytest.mark.parametrize("fact", SAID)
def test_particulars_hold_on_every_day_by_all_records_that_agree(fact: str) -> None:
    _, value, _ = SAID[fact]
    shown = value.isoformat() if fact == "age" else value
    assert _said(fact, value) == [("", shown, "p-a")]
    assert _said(fact, value, None, value) == [("", shown, "p-a p-c")]


@pytest.mark.parametrize("fact", SAID)
def test_particulars_that_sources_contradict_are_disputed(fact: str) -> None:
    _, value, other = SAID[fact]
    assert _said(fact, value, other) == [("", DISPUTED, "p-a p-b")]
    assert _said(fact, value, other, value) == [("", DISPUTED, "p-a p-b p-c")]


def test_a_person_who_was_asked_and_speaks_none_of_the_languages_is_known() -> None:
    assert _said("languages", frozenset()) == [("", frozenset(), "p-a")]


# --- status and setting -------------------------------------------------------------------

FACTS: dict[str, tuple[str, Any, str, str]] = {
    "legal_status": ("legal_standings", standing, "probation", "diverted"),
    "setting": ("placements", placement, "community", "hospital"),
}


def _history(fact: str, *spans: tuple[str, str, Any], source: str = "") -> list[Piece]:
    """What is told of spans: value (A or B), start and end, filed by a or in turn by sources."""
    name, maker, value, other = FACTS[fact]
    records = tuple(
        maker(
            f"r-{index}",
            {"A": value, "B": other}[which],
            start,
            end,
            source=(source or "a" * len(spans))[index],
        )
        for index, (which, start, end) in enumerate(spans)
    )
    pieces = told(case(**{name: records}), fact)
    return [
        (start, {value: "A", other: "B"}.get(str(says), says), ids) for start, says, ids in pieces
    ]


@pytest.mark.parametrize("fact", FACTS)
@pytest.mark.parametrize(
    ("spans", "source", "expected"),
    [
        ([], "", NOTHING),
        ([("A", "2020-01-01", OPEN)], "", [("", MISSING, ""), ("2020-01-01", "A", "r-0")]),
        (
            [("A", "2020-01-01", "2020-01-02")],
            "",
            [("", MISSING, ""), ("2020-01-01", "A", "r-0"), ("2020-01-02", MISSING, "")],
        ),
        (
            [("A", "2020-01-01", UNSURE)],
            "",
            [("", MISSING, ""), ("2020-01-01", "A", "r-0"), ("2020-01-02", MISSING, "r-0")],
        ),
        (
            [("A", "2020-01-01", "2020-03-01"), ("B", "2020-03-01", OPEN)],
            "",
            [("", MISSING, ""), ("2020-01-01", "A", "r-0"), ("2020-03-01", "B", "r-1")],
        ),
        (
            [("A", "2020-01-01", "2020-03-01"), ("B", "2020-03-02", OPEN)],
            "",
            [
                ("", MISSING, ""),
                ("2020-01-01", "A", "r-0"),
                ("2020-03-01", MISSING, ""),
                ("2020-03-02", "B", "r-1"),
            ],
        ),
        (
            [("A", "2020-01-01", "2020-03-01"), ("A", "2020-03-01", OPEN)],
            "",
            [("", MISSING, ""), ("2020-01-01", "A", "r-0"), ("2020-03-01", "A", "r-1")],
        ),
        (
            [("A", "2020-01-01", UNSURE), ("B", "2020-06-01", OPEN)],
            "",
            [
                ("", MISSING, ""),
                ("2020-01-01", "A", "r-0"),
                ("2020-01-02", MISSING, "r-0"),
                ("2020-06-01", "B", "r-1"),
            ],
        ),
        (
            [("A", "2020-01-01", "2020-06-01"), ("A", "2020-03-01", OPEN)],
            "ab",
            [
                ("", MISSING, ""),
                ("2020-01-01", "A", "r-0"),
                ("2020-03-01", "A", "r-0 r-1"),
                ("2020-06-01", "A", "r-1"),
            ],
        ),
        (
            [("A", "2020-01-01", "2020-06-01"), ("B", "2020-03-01", OPEN)],
            "ab",
            [
                ("", MISSING, ""),
                ("2020-01-01", "A", "r-0"),
                ("2020-03-01", DISPUTED, "r-0 r-1"),
                ("2020-06-01", "B", "r-1"),
            ],
        ),
        (
            [("A", "2020-01-01", UNSURE), ("B", "2020-01-01", UNSURE)],
            "ab",
            [
                ("", MISSING, ""),
                ("2020-01-01", DISPUTED, "r-0 r-1"),
                ("2020-01-02", MISSING, "r-0 r-1"),
            ],
        ),
        (
            [("A", "2020-01-01", UNSURE), ("B", "2020-06-01", "2020-07-01")],
            "ab",
            [
                ("", MISSING, ""),
                ("2020-01-01", "A", "r-0"),
                ("2020-01-02", MISSING, "r-0"),
                ("2020-06-01", "B", "r-1"),
                ("2020-07-01", MISSING, "r-0"),
            ],
        ),
    ],
    ids=[
        "no-record",
        "open",
        "one-day",
        "unknown-end",
        "touching",
        "a-day-between",
        "touching-and-equal",
        "unknown-end-then-another",
        "sources-that-agree",
        "sources-that-contradict",
        "both-of-unknown-end",
        "unknown-end-under-a-known-span",
    ],
)
def test_a_status_holds_from_its_first_day_to_the_day_before_its_end(
    fact: str, spans: list[tuple[str, str, Any]], source: str, expected: list[Piece]
) -> None:
    assert _history(fact, *spans, source=source) == expected


# --- time in a status (law E28) -----------------------------------------------------------

TIMES: dict[str, tuple[str, str, Any, str, str]] = {
    "time_in_legal_status": ("legal_status", "legal_standings", standing, "probation", "diverted"),
    "time_in_setting": ("setting", "placements", placement, "community", "hospital"),
}


def _since(fact: str, *spans: tuple[str, str, Any], source: str = "") -> list[Piece]:
    parameter, name, maker, value, other = TIMES[fact]
    records = tuple(
        maker(
            f"r-{index}",
            {"A": value, "B": other}[which],
            start,
            end,
            source=(source or "a" * len(spans))[index],
        )
        for index, (which, start, end) in enumerate(spans)
    )
    return told(case(**{name: records}), fact, **{parameter: value})


@pytest.mark.parametrize("fact", TIMES)
@pytest.mark.parametrize(
    ("spans", "source", "expected"),
    [
        ([], "", NOTHING),
        (
            [("A", "2020-01-01", "2020-06-01")],
            "",
            [("", MISSING, ""), ("2020-01-01", "2020-01-01", "r-0"), ("2020-06-01", MISSING, "")],
        ),
        (
            [("B", "2020-01-01", "2020-06-01")],
            "",
            [("", MISSING, ""), ("2020-01-01", NEVER, "r-0"), ("2020-06-01", MISSING, "")],
        ),
        (
            [("A", "2020-01-01", "2020-03-01"), ("A", "2020-03-01", "2020-04-01")],
            "",
            [
                ("", MISSING, ""),
                ("2020-01-01", "2020-01-01", "r-0"),
                ("2020-03-01", "2020-01-01", "r-0 r-1"),
                ("2020-04-01", MISSING, ""),
            ],
        ),
        (
            [("A", "2020-01-01", "2020-03-01"), ("A", "2020-03-02", OPEN)],
            "",
            [
                ("", MISSING, ""),
                ("2020-01-01", "2020-01-01", "r-0"),
                ("2020-03-01", MISSING, ""),
                ("2020-03-02", "2020-03-02", "r-1"),
            ],
        ),
        (
            [
                ("A", "2020-01-01", "2020-03-01"),
                ("B", "2020-03-01", "2020-03-02"),
                ("A", "2020-03-02", OPEN),
            ],
            "",
            [
                ("", MISSING, ""),
                ("2020-01-01", "2020-01-01", "r-0"),
                ("2020-03-01", NEVER, "r-1"),
                ("2020-03-02", "2020-03-02", "r-2"),
            ],
        ),
        (
            [("A", "2020-02-01", "2020-06-01"), ("A", "2020-01-01", "2020-03-01")],
            "ab",
            [
                ("", MISSING, ""),
                ("2020-01-01", "2020-01-01", "r-1"),
                ("2020-02-01", "2020-01-01", "r-0 r-1"),
                ("2020-06-01", MISSING, ""),
            ],
        ),
        (
            [("A", "2020-01-01", UNSURE)],
            "",
            [
                ("", MISSING, ""),
                ("2020-01-01", "2020-01-01", "r-0"),
                ("2020-01-02", MISSING, "r-0"),
            ],
        ),
        (
            [("A", "2020-01-01", UNSURE), ("A", "2020-01-02", OPEN)],
            "",
            [
                ("", MISSING, ""),
                ("2020-01-01", "2020-01-01", "r-0"),
                ("2020-01-02", "2020-01-01", "r-0 r-1"),
            ],
        ),
        (
            [("A", "2020-01-01", UNSURE), ("A", "2020-06-01", OPEN)],
            "",
            [
                ("", MISSING, ""),
                ("2020-01-01", "2020-01-01", "r-0"),
                ("2020-01-02", MISSING, "r-0"),
                ("2020-06-01", MISSING, "r-0 r-1"),
            ],
        ),
        (
            [("B", "2020-01-01", UNSURE), ("A", "2020-06-01", OPEN)],
            "",
            [
                ("", MISSING, ""),
                ("2020-01-01", NEVER, "r-0"),
                ("2020-01-02", MISSING, "r-0"),
                ("2020-06-01", "2020-06-01", "r-1"),
            ],
        ),
        (
            [("A", "2020-01-01", OPEN), ("B", "2020-03-01", "2020-04-01")],
            "ab",
            [
                ("", MISSING, ""),
                ("2020-01-01", "2020-01-01", "r-0"),
                ("2020-03-01", DISPUTED, "r-0 r-1"),
            ],
        ),
        (
            [
                ("A", "2020-01-01", "2020-06-01"),
                ("B", "2020-03-01", "2020-04-01"),
                ("B", "2020-06-01", "2020-07-01"),
                ("A", "2020-07-01", OPEN),
            ],
            "abaa",
            [
                ("", MISSING, ""),
                ("2020-01-01", "2020-01-01", "r-0"),
                ("2020-03-01", DISPUTED, "r-0 r-1"),
                ("2020-06-01", NEVER, "r-2"),
                ("2020-07-01", "2020-07-01", "r-3"),
            ],
        ),
    ],
    ids=[
        "no-record",
        "one-span",
        "another-status",
        "touching-spans-merge",
        "a-gap-of-a-day-resets",
        "another-status-of-a-day-resets",
        "sources-that-agree",
        "unknown-end",
        "unknown-end-with-the-next-day-known",
        "unknown-end-that-may-have-lasted",
        "another-status-of-unknown-end",
        "a-dispute-leaves-the-start-open",
        "a-certain-break-ends-the-doubt",
    ],
)
def test_time_in_a_status_counts_from_the_first_day_of_an_unbroken_run(
    fact: str, spans: list[tuple[str, str, Any]], source: str, expected: list[Piece]
) -> None:
    assert _since(fact, *spans, source=source) == expected


def test_a_dispute_about_other_statuses_does_not_make_the_start_unknown() -> None:
    file = case(
        legal_standings=(
            standing("r-0", "pretrial", "2020-01-01", "2020-03-01"),
            standing("r-1", "diverted", "2020-01-01", "2020-03-01", source="b"),
            standing("r-2", "probation", "2020-03-01"),
        )
    )
    assert told(file, "time_in_legal_status", legal_status="probation") == [
        ("", MISSING, ""),
        ("2020-01-01", DISPUTED, "r-0 r-1"),
        ("2020-03-01", "2020-03-01", "r-2"),
    ]


# --- sentences ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        ([], NOTHING),
        ([sentence("s", "2020-01-01", "2022-01-01")], [("", "2022-01-01", "s")]),
        ([sentence("s", "2020-01-01", OPEN)], [("", NEVER, "s")]),
        ([sentence("s", "2020-01-01", UNSURE)], [("", MISSING, "s")]),
        (
            [sentence("s", "2020-01-01", "2022-01-01"), sentence("t", "2021-01-01", "2024-01-01")],
            [("", "2024-01-01", "s t")],
        ),
        (
            [sentence("s", "2020-01-01", "2024-01-01"), sentence("t", "2021-01-01", "2022-01-01")],
            [("", "2024-01-01", "s t")],
        ),
        (
            [sentence("s", "2020-01-01", "2022-01-01"), sentence("t", "2021-01-01", OPEN)],
            [("", NEVER, "s t")],
        ),
        (
            [sentence("s", "2020-01-01", "2022-01-01"), sentence("t", "2021-01-01", UNSURE)],
            [("", MISSING, "s t")],
        ),
        (
            [sentence("s", "2020-01-01", UNSURE), sentence("t", "2021-01-01", OPEN)],
            [("", NEVER, "s t")],
        ),
        (
            [
                sentence("s", "2020-01-01", "2022-01-01"),
                sentence("t", "2020-01-01", "2022-01-01", source="b"),
            ],
            [("", "2022-01-01", "s t")],
        ),
        (
            [
                sentence("s", "2020-01-01", "2022-01-01"),
                sentence("t", "2020-01-01", "2023-01-01", source="b"),
            ],
            [("", DISPUTED, "s t")],
        ),
        (
            [
                sentence("s", "2020-01-01", OPEN),
                sentence("t", "2020-01-01", "2023-01-01", source="b"),
            ],
            [("", DISPUTED, "s t")],
        ),
        (
            [
                sentence("s", "2020-01-01", UNSURE),
                sentence("t", "2020-01-01", "2023-01-01", source="b"),
            ],
            [("", MISSING, "s t")],
        ),
        (
            [
                sentence("s", "2020-01-01", "2022-01-01"),
                sentence("t", "2020-01-01", "2023-01-01"),
            ],
            [("", "2023-01-01", "s t")],
        ),
        (
            [
                sentence("s", "2020-01-01", "2022-01-01"),
                sentence("t", "2020-01-02", "2023-01-01", source="b"),
            ],
            [("", "2023-01-01", "s t")],
        ),
        (
            [
                sentence("s", "2010-01-01", "2012-01-01"),
                sentence("t", "2010-01-01", "2013-01-01", source="b"),
                sentence("u", "2020-01-01", "2030-01-01"),
            ],
            [("", "2030-01-01", "s t u")],
        ),
    ],
    ids=[
        "none",
        "one",
        "life",
        "unknown-end",
        "the-later-ends-last",
        "the-earlier-ends-last",
        "one-for-life",
        "one-of-unknown-end",
        "life-outlasts-an-unknown-end",
        "sources-that-agree",
        "sources-that-contradict",
        "life-or-not",
        "a-source-that-does-not-know",
        "two-sentences-of-one-source",
        "two-sentences-of-two-sources",
        "a-dispute-that-does-not-matter",
    ],
)
def test_what_remains_of_the_sentence_is_the_time_to_the_last_end(
    sentences: list[Any], expected: list[Piece]
) -> None:
    assert told(case(sentences=tuple(sentences)), "sentence_remaining") == expected
    backwards = tuple(reversed(sentences))
    assert told(case(sentences=backwards), "sentence_remaining") == expected


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        ([], NOTHING),
        (
            [sentence("s", "2020-01-01", OPEN, "2021-01-01")],
            [("", "2021-01-01", "s")],
        ),
        (
            [sentence("s", "2020-01-01", "2022-01-01", "2021-01-01")],
            [("", "2021-01-01", "s"), ("2022-01-01", MISSING, "")],
        ),
        (
            [sentence("s", "2020-01-01", UNSURE, "2021-01-01")],
            [("", "2021-01-01", "s")],
        ),
        ([sentence("s", "2020-01-01", OPEN)], [("", MISSING, "s")]),
        (
            [
                sentence("s", "2020-01-01", "2022-01-01", "2021-01-01"),
                sentence("t", "2020-06-01", OPEN, "2021-06-01"),
            ],
            [("", "2021-06-01", "s t"), ("2022-01-01", "2021-06-01", "t")],
        ),
        (
            [
                sentence("s", "2010-01-01", "2012-01-01"),
                sentence("t", "2020-01-01", OPEN, "2024-01-01"),
            ],
            [("", MISSING, "s t"), ("2012-01-01", "2024-01-01", "t")],
        ),
        (
            [
                sentence("s", "2020-01-01", OPEN, "2021-01-01"),
                sentence("t", "2020-01-01", OPEN, "2021-02-01", source="b"),
            ],
            [("", DISPUTED, "s t")],
        ),
        (
            [
                sentence("s", "2020-01-01", OPEN, "2021-01-01"),
                sentence("t", "2020-01-01", OPEN, "2021-01-01", source="b"),
            ],
            [("", "2021-01-01", "s t")],
        ),
        (
            [
                sentence("s", "2020-01-01", "2022-01-01", "2021-01-01"),
                sentence("t", "2020-01-01", "2023-01-01", "2021-02-01", source="b"),
            ],
            [
                ("", DISPUTED, "s t"),
                ("2022-01-01", "2021-02-01", "t"),
                ("2023-01-01", MISSING, ""),
            ],
        ),
    ],
    ids=[
        "none",
        "life-with-a-release-day",
        "until-the-sentence-is-over",
        "unknown-end-still-runs",
        "not-stated",
        "the-latest-of-all-running",
        "a-sentence-that-is-over-does-not-count",
        "sources-that-contradict",
        "sources-that-agree",
        "a-dispute-while-both-run",
    ],
)
def test_the_earliest_release_is_the_latest_that_running_sentences_state(
    sentences: list[Any], expected: list[Piece]
) -> None:
    assert told(case(sentences=tuple(sentences)), "time_to_earliest_release") == expected
    backwards = tuple(reversed(sentences))
    assert told(case(sentences=backwards), "time_to_earliest_release") == expected
