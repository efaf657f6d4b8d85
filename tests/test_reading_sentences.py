"""What remains of sentences, and the earliest release that they allow."""

from typing import Any

import pytest

from rehabcore.rules.days import OPEN, UNSURE
from rehabcore.rules.facts import NEVER
from rehabcore.rules.truth import UnknownKind
from tests.builders import case
from tests.record_makers import Piece, sentence, told

MISSING, DISPUTED = UnknownKind.MISSING, UnknownKind.DISPUTED
NOTHING: list[Piece] = [("", MISSING, "")]


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
        "a-source-that-does-not-know-leaves-it-to-one-that-does",
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
