"""What remains of sentences, and the earliest release that they allow."""

from itertools import permutations
from typing import Any

import pytest
from attrs import evolve

from rehabcore.jurisdictions import Jurisdiction
from rehabcore.questions.policy import InARow, RecordsPolicy, SentencePolicy
from rehabcore.records import Sentence
from rehabcore.rules.facts import NEVER, Assumption, Known
from rehabcore.rules.time.days import OPEN, UNSURE
from rehabcore.rules.time.partial import PartialDay
from rehabcore.rules.truth import UnknownKind
from tests.kit.builders import case, day
from tests.kit.record_makers import (
    XX,
    Piece,
    facts_of,
    in_words,
    question,
    sentence,
    told,
    told_again,
)

MISSING, DISPUTED = UnknownKind.MISSING, UnknownKind.DISPUTED
NEEDS_PERSON = UnknownKind.NEEDS_PERSON
NOTHING: list[Piece] = [("", MISSING, "")]
IN_2020 = PartialDay(day("2020-01-01"), day("2020-12-31"))


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        ([], NOTHING),
        ([sentence("s", "2020-01-01", "2022-01-01")], [("", "2022-01-01", "s")]),
        ([sentence("s", "2020-01-01", OPEN)], [("", NEVER, "s")]),
        ([sentence("s", "2020-01-01", UNSURE)], [("", "missing 2020-01-02..never", "s")]),
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
            [("", "missing 2022-01-01..never", "s t")],
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
            [("", "disputed 2022-01-01..2023-01-01", "s t")],
        ),
        (
            [
                sentence("s", "2020-01-01", OPEN),
                sentence("t", "2020-01-01", "2023-01-01", source="b"),
            ],
            [("", "disputed 2023-01-01..never", "s t")],
        ),
        (
            [
                sentence("s", "2020-01-01", UNSURE),
                sentence("t", "2020-01-01", "2023-01-01", source="b"),
            ],
            [("", "missing 2023-01-01..never", "s t")],
        ),
        (
            [
                sentence("s", "2020-01-01", UNSURE),
                told_again(sentence("t", "2020-01-01", "2023-01-01", source="b"), "s"),
            ],
            [("", "2023-01-01", "s t")],
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
                sentence("t", "2020-01-05", "2023-01-01", source="b"),
            ],
            [("", "2023-01-01", "s t")],
        ),
        (
            [
                sentence("s", "2020-01-01", "2022-01-01"),
                sentence("t", "2020-01-04", "2023-01-01", source="b"),
            ],
            [("", "disputed 2022-01-01..2023-01-01", "s t")],
        ),
        (
            [
                sentence("s", "2020-01-01", "2022-01-01", source="court-1"),
                sentence("t", "2020-01-01", "2023-01-01", source="court-2"),
            ],
            [("", "2023-01-01", "s t")],
        ),
        (
            [
                sentence("s", "2020-01-01", "2022-01-01"),
                sentence("t", "2020-01-01", "2023-01-01", source="b", beside=("s",)),
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
        "a-source-that-does-not-know-may-tell-of-another",
        "a-source-that-does-not-know-leaves-it-to-one-that-does",
        "two-sentences-of-one-source",
        "two-sentences-of-two-sources",
        "within-three-days-perhaps-one",
        "two-sentences-of-two-courts",
        "two-sources-that-say-they-are-two",
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
        ([sentence("s", "2020-01-01", OPEN)], [("", "missing 2020-01-01..never", "s")]),
        (
            [sentence("s", "2020-01-01", "2022-01-01")],
            [("", "missing 2020-01-01..2022-01-01", "s"), ("2022-01-01", MISSING, "")],
        ),
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
            [("", "2024-01-01", "s t"), ("2012-01-01", "2024-01-01", "t")],
        ),
        (
            [
                sentence("s", "2020-01-01", OPEN, "2021-01-01"),
                sentence("t", "2020-01-01", OPEN, "2021-02-01", source="b"),
            ],
            [("", "disputed 2021-01-01..2021-02-01", "s t")],
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
                ("", "disputed 2021-01-01..2021-02-01", "s t"),
                ("2022-01-01", DISPUTED, "s t"),
                ("2023-01-01", MISSING, ""),
            ],
        ),
    ],
    ids=[
        "none",
        "life-with-a-release-day",
        "until-the-sentence-is-over",
        "unknown-end-still-runs",
        "not-stated-of-a-life-term",
        "not-stated-but-not-after-the-end",
        "the-latest-of-all-running",
        "a-release-before-the-end-of-an-earlier-sentence",
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


# --- shares, and what is served -----------------------------------------------------------

SIX_YEARS = sentence("s", "2020-01-10", "2026-01-10", "2024-01-10")


@pytest.mark.parametrize(
    ("sentences", "share", "term", "expected"),
    [
        ([], "1/2", "full", MISSING),
        ([SIX_YEARS], "1/2", "full", "2023-01-10"),
        ([SIX_YEARS], "2/3", "full", "2024-01-11"),
        ([SIX_YEARS], "85%", "full", "2025-02-16"),
        ([SIX_YEARS], "100%", "full", "2026-01-10"),
        ([SIX_YEARS], "1%", "full", "2020-02-01"),
        ([SIX_YEARS], "1/2", "minimum", "2022-01-10"),
        ([SIX_YEARS], "1/1", "minimum", "2024-01-10"),
        ([sentence("s", "2020-01-01", "2020-01-02")], "1/2", "full", "2020-01-02"),
        ([sentence("s", "2020-01-01", "2020-01-03")], "1/2", "full", "2020-01-02"),
        ([sentence("s", "2020-01-01", "2020-01-04")], "1/2", "full", "2020-01-03"),
        ([sentence("s", "2020-01-01", "2020-01-04")], "1/3", "full", "2020-01-02"),
        ([sentence("s", "2020-01-01", OPEN)], "1/2", "full", NEVER),
        ([sentence("s", "2020-01-01", OPEN, "2020-01-11")], "1/2", "minimum", "2020-01-06"),
        ([sentence("s", "2020-01-01", OPEN)], "1/2", "minimum", "missing 2020-01-01..never"),
        ([sentence("s", "2020-01-01", UNSURE)], "1/2", "full", "missing 2020-01-02..never"),
        (
            [sentence("s", "2020-01-01", "2020-01-11")],
            "1/2",
            "minimum",
            "missing 2020-01-01..2020-01-06",
        ),
        ([SIX_YEARS, sentence("t", "2025-01-10", "2027-01-10")], "1/2", "full", "2026-01-10"),
        (
            [
                sentence("s", "2020-01-01", "2020-01-11"),
                sentence("t", "2020-01-01", "2020-01-21", source="b"),
            ],
            "1/2",
            "full",
            "disputed 2020-01-06..2020-01-11",
        ),
    ],
)
def test_a_share_is_served_on_a_whole_day(
    sentences: list[Any], share: str, term: str, expected: object
) -> None:
    pieces = told(case(sentences=tuple(sentences)), "time_to_share_served", share=share, term=term)
    assert [value for _, value, _ in pieces] == [expected]


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        ([], NOTHING),
        (
            [sentence("s", "2020-01-01", "2022-01-01")],
            [("", NEVER, "s"), ("2020-01-01", "2020-01-01", "s"), ("2022-01-01", NEVER, "s")],
        ),
        (
            [sentence("s", "2020-01-01", "2022-01-01"), sentence("t", "2021-01-01", OPEN)],
            [
                ("", NEVER, "s t"),
                ("2020-01-01", "2020-01-01", "s"),
                ("2021-01-01", "2020-01-01", "s t"),
                ("2022-01-01", "2021-01-01", "t"),
            ],
        ),
        (
            [sentence("s", "2020-01-01", UNSURE), sentence("t", "2021-01-01", OPEN)],
            [
                ("", NEVER, "s t"),
                ("2020-01-01", "2020-01-01", "s"),
                ("2020-01-02", "missing 2020-01-01..never", "s"),
                ("2021-01-01", "missing 2020-01-01..2021-01-01", "s t"),
            ],
        ),
        (
            [
                sentence("s", "2020-01-01", "2022-01-01"),
                sentence("t", "2020-01-01", "2023-01-01", source="b"),
            ],
            [
                ("", NEVER, "s t"),
                ("2020-01-01", "2020-01-01", "s t"),
                ("2022-01-01", "disputed 2020-01-01..never", "s t"),
                ("2023-01-01", NEVER, "s t"),
            ],
        ),
    ],
    ids=["none", "one", "overlapping", "unknown-end", "disputed-end"],
)
def test_time_served_runs_from_the_first_day_of_what_runs(
    sentences: list[Any], expected: list[Piece]
) -> None:
    assert told(case(sentences=tuple(sentences)), "time_served") == expected


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        (
            [sentence("s", "2020-01-01", "2020-06-01"), sentence("u", "2022-01-01", OPEN)],
            [("2020-01-01", 1, "s"), ("2022-01-01", 2, "s u")],
        ),
        (
            [sentence("s", "2020-01-01", OPEN), sentence("t", "2020-01-01", OPEN)],
            [("2020-01-01", 2, "s t")],
        ),
        (
            [
                sentence("s", "2020-01-01", OPEN, source="court-1"),
                sentence("t", "2020-01-01", OPEN, source="court-2"),
            ],
            [("2020-01-01", 2, "s t")],
        ),
        (
            [
                sentence("s", "2020-01-01", OPEN, source="court-1"),
                sentence("t", "2020-01-01", OPEN, source="registry-1"),
            ],
            [("2020-01-01", "disputed 1..2", "s t")],
        ),
        (
            [
                sentence("s", "2020-01-01", OPEN, source="court"),
                sentence("t", "2020-01-01", OPEN, source="court-2"),
                sentence("u", "2020-01-03", OPEN, source="registry-1"),
            ],
            [
                ("2020-01-01", "disputed 1..2", "s t"),
                ("2020-01-03", "disputed 2..3", "s t u"),
            ],
        ),
        (
            [
                sentence("s", "2020-01-01", OPEN, source="court-1"),
                told_again(sentence("t", "2020-01-02", OPEN, source="registry-1"), "s"),
            ],
            [("2020-01-01", "disputed 0..1", "s t"), ("2020-01-02", 1, "s t")],
        ),
        (
            [evolve(sentence("s", "2020-01-01", OPEN), start=IN_2020)],
            [("2020-01-01", "missing 0..1", "s"), ("2020-12-31", 1, "s")],
        ),
        (
            [
                sentence("s", "2020-01-01", "2021-01-01"),
                sentence("t", "2021-01-01", "2022-01-01", after="s"),
            ],
            [("2020-01-01", 1, "s"), ("2021-01-01", 2, "s t")],
        ),
    ],
    ids=[
        "one-after-the-other",
        "two-of-one-office",
        "two-of-two-courts",
        "one-or-two-of-a-court-and-another-office",
        "two-or-three-of-two-courts-and-another-office",
        "told-again-with-another-first-day",
        "begun-on-some-day-of-a-year",
        "in-a-row-as-well",
    ],
)
def test_sentences_that_may_be_one_are_counted_between_two_numbers(
    sentences: list[Any], expected: list[Piece]
) -> None:
    for order in permutations(sentences):
        assert told(case(sentences=order), "sentences") == [("", 0, ""), *expected]


def test_days_of_two_offices_are_not_mixed_into_a_sentence_that_neither_tells() -> None:
    early, late = (
        PartialDay(day(f"2020-01-{a}"), day(f"2020-01-{b}")) for a, b in ((10, 19), (24, 30))
    )
    file = case(
        sentences=(
            evolve(sentence("s", "2020-01-10", "2020-01-29", source="court-1"), start=early),
            evolve(sentence("t", "2020-01-14", "2020-01-30", source="prison-1"), end=late),
        )
    )
    assert told(file, "sentence_within", length="12 days")[0][1] is MISSING


def test_what_another_office_begins_later_may_be_what_one_counts_as_begun() -> None:
    early = PartialDay(day("2020-01-01"), day("2020-01-10"))
    file = case(
        sentences=(
            evolve(sentence("s", "2020-01-01", OPEN, source="court-1"), start=early),
            sentence("t", "2020-01-05", OPEN, source="court-1"),
            sentence("u", "2020-01-05", OPEN, source="prison-1"),
        )
    )
    counted = {start: value for start, value, _ in told(file, "sentences")}
    assert counted["2020-01-05"] == "missing 1..3"
    assert counted["2020-01-10"] == "missing 2..3"


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        ([], NOTHING),
        ([sentence("s", "2020-01-01", OPEN)], [*NOTHING, ("2020-01-01", True, "s")]),
        ([sentence("s", "2020-01-01", "2021-01-01")], [*NOTHING, ("2020-01-01", False, "s")]),
        ([sentence("s", "2020-01-01", UNSURE)], [*NOTHING, ("2020-01-01", MISSING, "s")]),
        (
            [sentence("s", "2020-01-01", "2021-01-01"), sentence("t", "2022-01-01", OPEN)],
            [*NOTHING, ("2020-01-01", False, "s"), ("2022-01-01", True, "s t")],
        ),
        (
            [
                sentence("s", "2020-01-01", OPEN),
                sentence("t", "2020-01-01", "2021-01-01", source="b"),
            ],
            [*NOTHING, ("2020-01-01", DISPUTED, "s t")],
        ),
    ],
    ids=["none", "life", "not-life", "unknown-end", "life-later", "disputed"],
)
def test_a_life_sentence_is_one_without_an_end(sentences: list[Any], expected: list[Piece]) -> None:
    assert told(case(sentences=tuple(sentences)), "life_sentence") == expected


@pytest.mark.parametrize(
    ("end", "length", "within", "under"),
    [
        ("2022-02-28", "2 years", True, True),
        ("2022-03-01", "2 years", True, False),
        ("2022-03-02", "2 years", False, False),
        ("2022-03-01", "730 days", True, False),
        ("2022-03-01", "731 days", True, True),
        (OPEN, "200 years", False, False),
        (UNSURE, "2 years", MISSING, MISSING),
        (UNSURE, "1 day", MISSING, False),
        (UNSURE, "0 days", False, False),
    ],
)
def test_the_length_of_a_sentence_is_laid_from_its_first_day(
    end: Any, length: str, within: object, under: object
) -> None:
    file = case(sentences=(sentence("s", "2020-03-01", end),))
    assert told(file, "sentence_within", length=length)[0] == ("", within, "s")
    assert told(file, "sentence_under", length=length)[0] == ("", under, "s")


def test_every_running_sentence_must_keep_to_the_length() -> None:
    file = case(
        sentences=(
            sentence("s", "2020-01-01", "2025-01-01"),
            sentence("t", "2021-01-01", "2022-01-01"),
            sentence("u", "2024-01-01", "2026-01-01"),
            sentence("v", "2024-01-01", "2027-01-01", source="b"),
        )
    )
    assert told(file, "sentence_within", length="2 years") == [
        ("", False, "s t u v"),
        ("2022-01-01", False, "s u v"),
        ("2025-01-01", DISPUTED, "u v"),
        ("2027-01-01", MISSING, ""),
    ]


LONG_AND_DISPUTED = case(
    sentences=(
        sentence("s", "2020-01-01", "2030-01-01", "2025-01-01"),
        sentence("t", "2021-01-01", "2022-01-01", "2021-06-01"),
        sentence("u", "2021-01-01", "2036-01-01", "2034-01-01", source="b"),
    )
)
"""One sentence of ten years; of another, one source says that it ended after a year."""

DISPUTED_AFTERWARDS: list[Piece] = [("2030-01-01", DISPUTED, "t u"), ("2036-01-01", MISSING, "")]


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        pytest.param(
            "9 years",
            [("", False, "s t u"), ("2022-01-01", False, "s")],
            id="the-other-is-too-long-whatever-this-one-does",
        ),
        pytest.param("12 years", [("", DISPUTED, "s t u")], id="too-long-if-it-still-runs"),
        pytest.param("15 years", [("", True, "s t u")], id="neither-is-too-long"),
    ],
)
def test_a_sentence_that_may_have_ended_leaves_open_only_what_depends_on_it(
    length: str, expected: list[Piece]
) -> None:
    pieces = told(LONG_AND_DISPUTED, "sentence_within", length=length)
    assert pieces == [*expected, *DISPUTED_AFTERWARDS]


def test_the_release_lies_between_that_of_who_surely_runs_and_that_of_all() -> None:
    between = ("", "disputed 2025-01-01..2034-01-01", "s t u")
    pieces = told(LONG_AND_DISPUTED, "time_to_earliest_release")
    assert pieces == [between, *DISPUTED_AFTERWARDS]


@pytest.mark.parametrize(
    ("sources", "assumed"),
    [
        (("court-1", "court-2"), Assumption.NONE_ON_FILE),
        (("court-1", "registry-1"), Assumption.TOLD_APART),
    ],
)
def test_where_no_text_says_that_offices_may_tell_one_sentence_apart_they_do_not(
    sources: tuple[str, str], assumed: Assumption
) -> None:
    policy = RecordsPolicy(sentences=SentencePolicy(courts=("court",)))
    country = evolve(XX, records_policy=policy)
    one, other = sources
    file = case(
        sentences=(
            sentence("s", "2020-01-01", OPEN, source=one),
            sentence("t", "2020-01-02", OPEN, source=other),
        )
    )
    cells = facts_of(file, country=country).timeline(question("sentences"))
    assert cells.at(day("2020-01-02")) == Known(2, evidence=("s", "t"), assumption=assumed)


# --- sentences in a row -------------------------------------------------------------------

THREE_YEARS = (
    sentence("s", "2026-01-01", "2027-01-01"),
    sentence("t", "2027-01-01", "2028-01-01", after="s"),
    sentence("u", "2028-01-01", "2029-01-01", after="t"),
)
UNJOINED = tuple(evolve(one, consecutive_to=None) for one in THREE_YEARS)


def _policy(in_a_row: InARow | None) -> Jurisdiction:
    """The fictional country, with another way of measuring sentences in a row."""
    stated = RecordsPolicy(sentences=SentencePolicy(in_a_row=in_a_row))
    return evolve(XX, records_policy=stated)


ADDED, EACH, UNSTATED = map(_policy, (InARow.ADDED, InARow.EACH, None))


@pytest.mark.parametrize(
    ("country", "sentences", "served", "half", "within"),
    [
        (ADDED, THREE_YEARS, "2026-01-01", "2027-07-03", False),
        (
            ADDED,
            UNJOINED,
            "missing 2026-01-01..2028-01-01",
            "missing 2027-07-03..2028-07-02",
            MISSING,
        ),
        (EACH, THREE_YEARS, "2028-01-01", "2028-07-02", True),
        (EACH, UNJOINED, "2028-01-01", "2028-07-02", True),
        (
            UNSTATED,
            THREE_YEARS,
            "needs_person 2026-01-01..2028-01-01",
            "needs_person 2027-07-03..2028-07-02",
            NEEDS_PERSON,
        ),
        (
            UNSTATED,
            UNJOINED,
            "needs_person 2026-01-01..2028-01-01",
            "needs_person 2027-07-03..2028-07-02",
            NEEDS_PERSON,
        ),
    ],
    ids=[
        "added-up-as-the-court-said",
        "added-up-if-a-court-had-said-so",
        "each-for-itself-as-the-court-said",
        "each-for-itself",
        "no-text-says",
        "no-text-and-no-court-says",
    ],
)
def test_a_row_of_sentences_is_measured_as_the_country_says(
    country: Jurisdiction,
    sentences: tuple[Sentence, ...],
    served: str,
    half: str,
    within: object,
) -> None:
    for order in permutations(sentences):
        file = case(sentences=order)
        records = "u" if country is EACH else "s t u"
        facts = facts_of(file, country=country)
        assert in_words(facts, "time_served")[3] == ("2028-01-01", served, records)
        assert in_words(facts, "time_to_share_served", share="1/2", term="full") == [
            ("", half, "s t u")
        ]
        assert in_words(facts, "sentence_within", length="2 years")[0] == (
            "",
            within,
            "s t u",
        )
        assert in_words(facts, "sentence_remaining") == [("", "2029-01-01", "s t u")]
        assert in_words(facts, "sentences")[-1] == ("2028-01-01", 3, "s t u")


def test_what_runs_at_the_same_time_is_not_added_up() -> None:
    both = (
        sentence("s", "2026-01-01", "2027-01-01"),
        sentence("t", "2026-07-01", "2028-01-01", beside=("s",)),
    )
    assert told(case(sentences=both), "time_served")[1:] == [
        ("2026-01-01", "2026-01-01", "s"),
        ("2026-07-01", "2026-01-01", "s t"),
        ("2027-01-01", "2026-07-01", "t"),
        ("2028-01-01", NEVER, "s t"),
    ]


def test_a_sentence_of_which_a_court_said_what_it_follows_follows_no_other() -> None:
    sentences = (
        *THREE_YEARS[:2],
        sentence("x", "2020-01-01", "2027-01-01"),
        sentence("y", "2027-01-01", "2027-06-01", beside=("t",)),
    )
    served = told(case(sentences=sentences), "time_served")
    assert served[-3:] == [
        ("2027-01-01", "missing 2020-01-01..2026-01-01", "s t x y"),
        ("2027-06-01", "2026-01-01", "s t"),
        ("2028-01-01", NEVER, "s t x y"),
    ]


def test_two_sentences_may_follow_one() -> None:
    fork = (*THREE_YEARS[:2], sentence("u", "2027-01-01", OPEN, after="s", beside=("t",)))
    file = case(sentences=fork)
    assert told(file, "time_served")[-1] == ("2028-01-01", "2026-01-01", "s u")
    assert told(file, "life_sentence")[-1] == ("2027-01-01", True, "s t u")
    assert told(file, "time_to_share_served", share="1/2", term="full") == [("", NEVER, "s t u")]


@pytest.mark.parametrize(
    ("last", "release", "half"),
    [
        ("2027-06-01", "2027-06-01", "2026-09-16"),
        ("2026-10-01", "2026-10-01", "2026-05-18"),
        (None, "missing 2026-07-01..2028-01-01", "missing 2026-04-02..2027-01-01"),
    ],
    ids=["of-the-last", "of-the-whole", "not-stated"],
)
def test_a_row_may_have_one_earliest_release(last: str | None, release: str, half: str) -> None:
    row = (
        sentence("s", "2026-01-01", "2027-01-01", "2026-07-01"),
        sentence("t", "2027-01-01", "2028-01-01", last, after="s"),
    )
    file = case(sentences=row)
    assert told(file, "time_to_earliest_release")[0] == ("", release, "s t")
    shares = told(file, "time_to_share_served", share="1/2", term="minimum")
    assert shares == [("", half, "s t")]


# --- days known in part -------------------------------------------------------------------

IN_2022 = PartialDay(day("2022-01-01"), day("2022-12-31"))
PARTLY = evolve(sentence("s", "2020-01-01", "2022-06-01"), start=IN_2020, end=IN_2022)


def test_days_known_in_part_leave_answers_between_two() -> None:
    file = case(sentences=(PARTLY,))
    assert told(file, "sentence_remaining") == [("", "missing 2022-01-01..2022-12-31", "s")]
    assert told(file, "time_served") == [
        ("", NEVER, "s"),
        ("2020-01-01", "missing 2020-01-01..never", "s"),
        ("2020-12-31", "missing 2020-01-01..2020-12-31", "s"),
        ("2022-01-01", "missing 2020-01-01..never", "s"),
        ("2022-12-31", NEVER, "s"),
    ]
    assert told(file, "sentence_within", length="3 years")[0] == ("", True, "s")
    assert told(file, "sentence_within", length="2 years")[0] == ("", MISSING, "s")
    assert told(file, "sentence_within", length="1 year")[0] == ("", False, "s")
    assert told(file, "life_sentence") == [
        *NOTHING,
        ("2020-01-01", MISSING, "s"),
        ("2020-12-31", False, "s"),
    ]
    assert told(file, "time_to_share_served", share="1/1", term="full") == [
        ("", "missing 2022-01-01..2022-12-31", "s")
    ]


def test_whoever_knows_a_day_better_does_not_contradict_who_knows_it_roughly() -> None:
    better = told_again(sentence("t", "2020-03-01", "2022-03-01", source="b"), "s")
    other = told_again(sentence("u", "2021-01-01", "2022-03-01", source="c"), "s")
    assert told(case(sentences=(PARTLY, better)), "sentence_remaining") == [
        ("", "2022-03-01", "s t")
    ]
    assert told(case(sentences=(PARTLY, other)), "time_served")[2] == (
        "2021-01-01",
        "missing 2020-01-01..2021-01-01",
        "s u",
    )


def test_an_earliest_release_may_be_known_in_part() -> None:
    file = case(sentences=(evolve(PARTLY, start=day("2020-01-01"), earliest_release=IN_2020),))
    assert told(file, "time_to_earliest_release")[0] == (
        "",
        "missing 2020-01-01..2020-12-31",
        "s",
    )
