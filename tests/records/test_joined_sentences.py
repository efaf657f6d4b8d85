"""Sentences that a court joined: which joins make sense, and which are problems."""

from typing import Any

import pytest
from attrs import evolve

from rehabcore.records import consistency
from rehabcore.records.person import MOST_JOINED, Sentence
from rehabcore.rules.time.days import OPEN, UNSURE
from rehabcore.rules.time.partial import PartialDay
from rehabcore.strict.problems import InputError
from tests.kit.builders import case, day
from tests.kit.record_makers import XX, Found, found, sentence, told_again

FIRST = sentence("s", "2026-01-01", "2027-01-01")
IN_2027 = PartialDay(day("2027-01-01"), day("2027-12-31"))


@pytest.mark.parametrize(
    "sentences",
    [
        (FIRST, sentence("t", "2027-01-01", "2028-01-01", after="s")),
        (FIRST, sentence("t", "2027-01-01", "2028-01-01", after="s", source="court-2")),
        (FIRST, sentence("t", "2027-01-01", OPEN, after="s")),
        (FIRST, sentence("t", "2027-01-01", "2028-01-01", "2026-07-01", after="s")),
        (
            FIRST,
            sentence("t", "2027-01-01", "2028-01-01", after="s"),
            sentence("u", "2027-01-01", "2027-02-01", after="s", beside=("t",)),
        ),
        (
            FIRST,
            sentence("s-2", "2026-01-01", "2027-02-01", corrects="s"),
            sentence("t", "2027-02-01", "2028-01-01", after="s"),
        ),
        (sentence("s", "2026-01-01", UNSURE), sentence("t", "2027-01-01", OPEN, after="s")),
        (
            evolve(FIRST, end=IN_2027),
            evolve(sentence("t", "2027-01-01", "2028-01-01", after="s"), start=IN_2027),
        ),
        (FIRST, sentence("t", "2026-06-01", "2026-07-01", beside=("s",))),
        (FIRST, sentence("t", "2026-06-01", OPEN, beside=("s",))),
    ],
    ids=[
        "one-after-the-other",
        "by-two-courts",
        "for-life-at-last",
        "with-the-release-of-the-whole",
        "two-after-one",
        "after-one-that-was-corrected",
        "after-one-of-unknown-end",
        "on-days-known-in-part",
        "at-the-same-time",
        "at-the-same-time-as-one-for-life",
    ],
)
def test_courts_join_sentences(sentences: tuple[Sentence, ...]) -> None:
    assert found(case(sentences=sentences)) == []


AFTER, BESIDE = "sentences[1].consecutive_to", "sentences[1].concurrent_with[0]"


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        ((FIRST, sentence("t", "2027-01-01", OPEN, after="gone")), [("dangling_id", AFTER)]),
        ((FIRST, sentence("t", "2026-01-01", OPEN, beside=("gone",))), [("dangling_id", BESIDE)]),
        (
            (FIRST, sentence("t", "2026-12-31", "2028-01-01", after="s")),
            [("contradicts_itself", AFTER)],
        ),
        (
            (FIRST, sentence("t", "2027-01-02", "2028-01-01", after="s")),
            [("contradicts_itself", AFTER)],
        ),
        (
            (sentence("s", "2026-01-01", OPEN), sentence("t", "2027-01-01", OPEN, after="s")),
            [("contradicts_itself", AFTER)],
        ),
        (
            (FIRST, sentence("t", "2027-01-01", "2028-01-01", beside=("s",))),
            [("contradicts_itself", BESIDE)],
        ),
        (
            (FIRST, sentence("t", "2025-01-01", "2026-01-01", beside=("s",))),
            [("contradicts_itself", BESIDE)],
        ),
        (
            (FIRST, sentence("t", "2026-01-01", "2028-01-01", beside=("t",))),
            [("contradicts_itself", BESIDE)],
        ),
        ((FIRST, sentence("t", "2027-01-01", OPEN, after="t")), [("circle", AFTER)]),
        (
            (
                sentence("s", "2026-01-01", "2027-01-01", after="t"),
                sentence("t", "2027-01-01", "2028-01-01", after="s"),
            ),
            [("circle", "sentences[0].consecutive_to"), ("circle", AFTER)],
        ),
    ],
    ids=[
        "after-none-on-file",
        "beside-none-on-file",
        "before-the-other-ends",
        "long-after-the-other-ended",
        "after-one-for-life",
        "beside-one-that-has-ended",
        "beside-one-that-has-not-begun",
        "beside-itself",
        "after-itself",
        "in-a-circle",
    ],
)
def test_what_cannot_be_joined_is_told_with_its_place(
    sentences: tuple[Sentence, ...], expected: Found
) -> None:
    assert found(case(sentences=sentences)) == expected


def _row(number: int) -> tuple[Sentence, ...]:
    """Sentences of a year each, one after the other."""
    return tuple(
        sentence(
            f"s-{index}",
            f"{1900 + index}-01-01",
            f"{1901 + index}-01-01",
            after=f"s-{index - 1}" if index else None,
        )
        for index in range(number)
    )


def test_at_most_a_hundred_sentences_follow_each_other() -> None:
    assert found(case(sentences=_row(MOST_JOINED))) == []
    last = f"sentences[{MOST_JOINED}].consecutive_to"
    assert found(case(sentences=_row(MOST_JOINED + 1))) == [("too_large", last)]


def test_what_leads_into_a_circle_is_no_circle_of_its_own() -> None:
    circle = (
        sentence("s", "2026-01-01", "2027-01-01", after="t"),
        sentence("t", "2027-01-01", "2028-01-01", after="s"),
        sentence("u", "2028-01-01", "2029-01-01", after="t"),
    )
    assert found(case(sentences=circle)) == [
        ("circle", "sentences[0].consecutive_to"),
        ("circle", "sentences[1].consecutive_to"),
    ]


OFFICE: Any = {"source": "probation-2"}
THIRD: Any = {"source": "ngo-3"}


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        pytest.param(
            (FIRST, told_again(sentence("t", "2027-01-01", OPEN, after="s", **OFFICE), "s")),
            [("circle", AFTER)],
            id="after-what-it-tells-itself",
        ),
        pytest.param(
            (FIRST, told_again(sentence("t", "2026-01-01", OPEN, beside=("s",), **OFFICE), "s")),
            [("contradicts_itself", BESIDE)],
            id="beside-what-it-tells-itself",
        ),
        pytest.param(
            (
                FIRST,
                told_again(sentence("t", "2026-01-01", OPEN, after="u", **OFFICE), "s"),
                told_again(sentence("u", "2026-01-01", OPEN, **THIRD), "s"),
            ),
            [("circle", AFTER)],
            id="after-another-telling-of-the-same",
        ),
        pytest.param(
            (
                FIRST,
                sentence("t", "2027-01-01", "2028-01-01", after="s"),
                told_again(sentence("u", "2028-01-01", OPEN, after="t", **OFFICE), "s"),
            ),
            [("circle", AFTER), ("circle", "sentences[2].consecutive_to")],
            id="in-a-row-that-leads-to-another-telling",
        ),
        pytest.param(
            (
                FIRST,
                told_again(sentence("u", "2026-01-01", "2027-01-01", **OFFICE), "s"),
                sentence("t", "2027-01-01", "2028-01-01", after="s"),
                told_again(sentence("v", "2027-01-01", OPEN, after="u", **OFFICE), "t"),
            ),
            [],
            id="a-row-told-twice",
        ),
    ],
)
def test_a_sentence_is_joined_to_no_telling_of_itself(
    sentences: tuple[Sentence, ...], expected: Found
) -> None:
    assert found(case(sentences=sentences)) == expected


def _errors(*sentences: Sentence) -> list[str]:
    findings = consistency.examine(case(sentences=sentences), XX.words)
    assert len(findings.problems) == 1
    return [problem.code for problem in findings.errors]


def test_who_is_right_of_two_offices_that_join_a_sentence_to_itself_stops_nothing() -> None:
    """A court lets its sentence run beside one that an office tells as the same."""
    beside = sentence("s", "2026-01-01", "2027-01-01", beside=("t",))
    assert _errors(beside, told_again(sentence("t", "2026-01-01", OPEN, **OFFICE), "s")) == []
    by_itself = told_again(sentence("t", "2026-01-01", OPEN, beside=("s",), **OFFICE), "s")
    assert _errors(FIRST, by_itself) == ["contradicts_itself"]


def test_sentences_that_tell_each_other_again_in_a_circle_are_one() -> None:
    one = told_again(sentence("s", "2026-01-01", "2027-01-01"), "t")
    other = told_again(sentence("t", "2026-01-01", OPEN, after="s", **OFFICE), "s")
    assert ("circle", AFTER) in found(case(sentences=(one, other)))


def test_one_sentence_names_at_most_a_hundred() -> None:
    def naming(number: int) -> Any:
        return sentence("s", "2026-01-01", OPEN, beside=tuple(f"t-{n}" for n in range(number)))

    assert len(naming(MOST_JOINED).concurrent_with) == MOST_JOINED
    with pytest.raises(InputError) as raised:
        naming(MOST_JOINED + 1)
    assert [(p.code, p.path) for p in raised.value.problems] == [("too_large", "concurrent_with")]
