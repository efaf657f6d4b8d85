"""Offences: of running sentences, ever, in a window, since when; what nobody says is unknown."""

from itertools import permutations
from typing import Any

import pytest
from attrs import evolve

from rehabcore.rules.facts import Assumption, Known
from rehabcore.rules.time.days import OPEN, UNSURE
from rehabcore.rules.truth import UnknownKind
from tests.kit.builders import case
from tests.kit.record_makers import Piece, cell, offence, sentence, told, told_again

MISSING = UnknownKind.MISSING


def _offence_of(scope: str, offences: Any, *sentences: Any) -> list[Piece]:
    file = case(offences=tuple(offences), sentences=sentences)
    return told(file, "offence_of", offence_kind=["violent", "sexual"], scope=scope)


SERVED = sentence("s", "2030-01-01", "2031-01-01")


@pytest.mark.parametrize(
    ("offences", "sentences", "expected"),
    [
        ([], [], [("", MISSING, "")]),
        (
            [],
            [SERVED],
            [("", MISSING, ""), ("2030-01-01", MISSING, "s"), ("2031-01-01", MISSING, "")],
        ),
        (
            [offence("o", of="s")],
            [SERVED],
            [("", False, "o"), ("2030-01-01", True, "o"), ("2031-01-01", False, "o")],
        ),
        ([offence("o", "property", of="s")], [SERVED], [("", False, "o")]),
        (
            [offence("o", None, of="s")],
            [SERVED],
            [("", False, "o"), ("2030-01-01", MISSING, "o"), ("2031-01-01", False, "o")],
        ),
        (
            [offence("o", None, of="s"), offence("p", "sexual", of="s")],
            [SERVED],
            [("", False, "o p"), ("2030-01-01", True, "p"), ("2031-01-01", False, "o p")],
        ),
        (
            [offence("o", of="s")],
            [sentence("s", "2030-01-01", OPEN)],
            [("", False, "o"), ("2030-01-01", True, "o")],
        ),
        (
            [offence("o", of="s")],
            [sentence("s", "2030-01-01", UNSURE)],
            [("", False, "o"), ("2030-01-01", True, "o"), ("2030-01-02", MISSING, "o")],
        ),
        (
            [offence("o", of="s")],
            [SERVED, sentence("t", "2030-06-01", "2032-01-01")],
            [
                ("", False, "o"),
                ("2030-01-01", True, "o"),
                ("2031-01-01", MISSING, "t"),
                ("2032-01-01", False, "o"),
            ],
        ),
        (
            [offence("o", "property", of="s")],
            [SERVED, sentence("t", "2030-01-01", "2032-01-01", source="b")],
            [("", False, "o"), ("2030-01-01", MISSING, "t"), ("2032-01-01", False, "o")],
        ),
        (
            [offence("o", convicted="2029-12-01")],
            [],
            [("", False, "o"), ("2029-12-01", MISSING, "o")],
        ),
        ([offence("o")], [], [("", MISSING, "o")]),
        ([offence("o", "property")], [], [("", False, "o")]),
    ],
    ids=[
        "nothing-on-file",
        "a-sentence-for-nobody-knows-what",
        "while-the-sentence-runs",
        "of-another-kind",
        "not-coded",
        "not-coded-beside-one-that-is",
        "for-life",
        "unknown-end",
        "another-sentence-without-offence",
        "one-sentence-by-two-sources-or-two",
        "of-a-sentence-that-nobody-named",
        "of-no-day-and-no-sentence",
        "of-another-kind-without-sentence",
    ],
)
def test_an_offence_is_current_while_its_sentence_runs(
    offences: list[Any], sentences: list[Any], expected: list[Piece]
) -> None:
    for order in permutations(offences):
        assert _offence_of("current", order, *sentences) == expected


@pytest.mark.parametrize(
    ("offences", "sentences", "expected"),
    [
        ([], [SERVED], [("", MISSING, ""), ("2030-01-01", MISSING, "s")]),
        (
            [offence("o", convicted="2029-12-01", committed="2029-01-01", of="s")],
            [SERVED],
            [("", False, "o"), ("2029-12-01", True, "o")],
        ),
        (
            [offence("o", committed="2029-01-01", of="s")],
            [SERVED],
            [("", False, "o"), ("2030-01-01", True, "o")],
        ),
        (
            [offence("o", committed="2029-01-01")],
            [],
            [("", False, "o"), ("2029-01-01", True, "o")],
        ),
        ([offence("o")], [], [("", True, "o")]),
        ([offence("o", None)], [], [("", MISSING, "o")]),
        (
            [offence("o", None, convicted="2030-01-01"), offence("p", convicted="2031-01-01")],
            [],
            [("", False, "o p"), ("2030-01-01", MISSING, "o"), ("2031-01-01", True, "p")],
        ),
        ([offence("o", "property", convicted="2029-12-01")], [], [("", False, "o")]),
    ],
    ids=[
        "a-sentence-for-nobody-knows-what",
        "from-the-conviction",
        "else-from-the-sentence",
        "else-from-the-commission",
        "else-always",
        "not-coded",
        "not-coded-until-another-is-known",
        "of-another-kind",
    ],
)
def test_an_offence_counts_ever_after_the_conviction(
    offences: list[Any], sentences: list[Any], expected: list[Piece]
) -> None:
    for order in permutations(offences):
        assert _offence_of("ever", order, *sentences) == expected


@pytest.mark.parametrize("scope", ["current", "ever"])
def test_that_there_is_no_such_offence_assumes_that_all_are_on_file(scope: str) -> None:
    file = case(offences=(offence("o", "property", convicted="2029-12-01"),))
    answer = cell(file, "offence_of", "2030-01-01", offence_kind="violent", scope=scope)
    assert answer == Known(False, evidence=("o",), assumption=Assumption.NONE_ON_FILE)


def _offences(basis: str, *offences: Any, sentences: Any = ()) -> list[Piece]:
    return told(
        case(offences=offences, sentences=sentences),
        "offences",
        offence_kind=["violent"],
        counted_from=basis,
        within="10 years",
        ageing="exclusive",
    )


DATED = offence("o", committed="2020-03-01", convicted="2021-05-01")


@pytest.mark.parametrize(
    ("basis", "since", "until"),
    [("committed", "2020-03-01", "2030-03-01"), ("convicted", "2021-05-01", "2031-05-01")],
)
def test_the_window_of_an_offence_runs_from_the_day_that_the_rule_names(
    basis: str, since: str, until: str
) -> None:
    assert _offences(basis, DATED) == [("", 0, ""), (since, 1, "o"), (until, 0, "")]


@pytest.mark.parametrize(
    ("basis", "offences", "expected"),
    [
        ("committed", [], [("", MISSING, "")]),
        ("committed", [offence("o", "property", "2020-03-01")], [("", 0, "")]),
        (
            "committed",
            [offence("o", None, "2020-03-01")],
            [("", 0, ""), ("2020-03-01", "missing 0..1", "o"), ("2030-03-01", 0, "")],
        ),
        (
            "committed",
            [offence("o", convicted="2021-05-01")],
            [("", "missing 0..1", "o"), ("2031-05-01", 0, "")],
        ),
        ("committed", [offence("o")], [("", "missing 0..1", "o")]),
        (
            "convicted",
            [offence("o", committed="2020-03-01")],
            [("", 0, ""), ("2020-03-01", "missing 0..1", "o")],
        ),
        ("convicted", [offence("o")], [("", "missing 0..1", "o")]),
        (
            "convicted",
            [DATED, offence("p", None, convicted="2025-01-01")],
            [
                ("", 0, ""),
                ("2021-05-01", 1, "o"),
                ("2025-01-01", "missing 1..2", "o p"),
                ("2031-05-01", "missing 0..1", "p"),
                ("2035-01-01", 0, ""),
            ],
        ),
    ],
    ids=[
        "nothing-on-file",
        "of-another-kind",
        "not-coded",
        "committed-on-some-day-up-to-the-conviction",
        "committed-on-any-day",
        "convicted-on-some-day-from-the-commission",
        "convicted-on-any-day",
        "one-coded-one-not",
    ],
)
def test_what_is_not_known_of_an_offence_leaves_the_number_between_two(
    basis: str, offences: list[Any], expected: list[Piece]
) -> None:
    for order in permutations(offences):
        assert _offences(basis, *order) == expected


def test_a_sentence_without_an_offence_may_be_for_any() -> None:
    other = offence("o", "property", convicted="2000-01-01")
    unexplained = sentence("s", "2020-01-01", "2021-01-01")
    assert _offences("convicted", other, sentences=(unexplained,)) == [
        ("", 0, ""),
        ("2020-01-01", "missing 0..1", "s"),
        ("2030-01-01", 0, ""),
    ]


# --- the offence that is sentenced --------------------------------------------------------


def _since(offences: Any, *sentences: Any) -> list[Piece]:
    found = [
        told(case(offences=order, sentences=sentences), "time_since_offence")
        for order in permutations(offences)
    ]
    assert all(pieces == found[0] for pieces in found)
    return found[0]


ONE = offence("o", committed="2029-01-01", of="s")
BEFORE, AFTER = ("", MISSING, ""), ("2031-01-01", MISSING, "")


@pytest.mark.parametrize(
    ("offences", "while_it_runs"),
    [
        ([ONE], "2029-01-01|o s"),
        ([ONE, offence("p", "property", "2029-01-01", of="s")], "2029-01-01|o p s"),
        (
            [ONE, offence("p", "property", "2029-03-01", of="s")],
            "needs_person 2029-01-01..2029-03-01|o p s",
        ),
        ([ONE, offence("p", None, "2028-03-01")], "needs_person 2028-03-01..2029-01-01|o p s"),
        ([ONE, offence("p", of="s")], "missing 1850-01-01..2030-01-01|o p s"),
        ([offence("o", convicted="2029-12-01", of="s")], "missing 1850-01-01..2029-12-01|o s"),
        ([offence("o", of="s")], "missing 1850-01-01..2030-01-01|o s"),
        ([ONE, offence("p")], "missing 1850-01-01..never|o p s"),
        ([offence("p", committed="2028-03-01")], "missing 1850-01-01..2030-01-01|p s"),
        ([], "missing 1850-01-01..2030-01-01|s"),
    ],
    ids=[
        "one",
        "several-of-one-day",
        "several-of-several-days",
        "another-that-names-no-sentence",
        "another-without-a-day",
        "convicted-but-without-a-day",
        "without-any-day",
        "another-without-a-day-or-a-sentence",
        "only-one-that-names-no-sentence",
        "none-on-file",
    ],
)
def test_time_runs_since_the_offence_for_which_a_sentence_runs(
    offences: list[Any], while_it_runs: str
) -> None:
    said, records = while_it_runs.split("|")
    assert _since(offences, SERVED) == [BEFORE, ("2030-01-01", said, records), AFTER]


def test_a_later_offence_is_not_what_a_sentence_was_passed_for_until_it_names_it() -> None:
    later = offence("p", "property", "2030-06-01")
    assert _since([ONE, later], SERVED) == [
        BEFORE,
        ("2030-01-01", "2029-01-01", "o s"),
        ("2030-06-01", "needs_person 2029-01-01..2030-06-01", "o p s"),
        AFTER,
    ]
    named = evolve(later, sentence=SERVED.filed.record_id)
    between = "needs_person 2029-01-01..2030-06-01"
    assert _since([ONE, named], SERVED) == [BEFORE, ("2030-01-01", between, "o p s"), AFTER]


def test_a_sentence_that_names_no_offence_leaves_the_time_of_others_alone() -> None:
    later = sentence("t", "2040-01-01", "2041-01-01")
    assert _since([ONE], SERVED, later) == [
        BEFORE,
        ("2030-01-01", "2029-01-01", "o s"),
        AFTER,
        ("2040-01-01", "missing 1850-01-01..2040-01-01", "t"),
        ("2041-01-01", MISSING, ""),
    ]


def test_an_offence_counts_while_its_own_sentence_runs() -> None:
    other = offence("p", "property", "2010-01-01", of="t")
    assert _since([ONE, other], SERVED, sentence("t", "2010-06-01", "2030-06-01")) == [
        BEFORE,
        ("2010-06-01", "2010-01-01", "p t"),
        ("2030-01-01", "needs_person 2010-01-01..2029-01-01", "o p s t"),
        ("2030-06-01", "2029-01-01", "o s"),
        AFTER,
    ]


@pytest.mark.parametrize(
    ("sentences", "uncertain"),
    [
        ([sentence("s", "2030-01-01", UNSURE)], [("2030-01-02", MISSING, "o s")]),
        (
            [
                SERVED,
                told_again(sentence("t", "2030-01-01", "2032-01-01", source="b"), "s"),
            ],
            [("2031-01-01", UnknownKind.DISPUTED, "o s t"), ("2032-01-01", MISSING, "")],
        ),
    ],
    ids=["unknown-end", "disputed-end"],
)
def test_no_day_is_certain_while_it_is_not_certain_that_a_sentence_runs(
    sentences: list[Any], uncertain: list[Piece]
) -> None:
    runs = ("2030-01-01", "2029-01-01", " ".join(["o", *(s.filed.record_id for s in sentences)]))
    assert _since([ONE], *sentences) == [BEFORE, runs, *uncertain]


def test_the_order_of_records_of_one_sentence_changes_nothing() -> None:
    told_again = (
        sentence("s-2", "2020-01-01", "2021-01-01", source="court-1"),
        sentence("s-1", "2020-01-02", "2021-01-01", source="prison-1", same_as="s-2"),
    )
    asked = {"offence_kind": "property", "counted_from": "committed"}
    asked |= {"within": "1 year", "ageing": "exclusive"}
    one, other = (
        told(case(sentences=records), "offences", **asked)
        for records in (told_again, told_again[::-1])
    )
    assert one == other
