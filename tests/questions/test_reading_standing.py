"""Who the person is and where the person stands: every edge of every span."""

from typing import Any

import pytest

from rehabcore.rules.time.days import OPEN, UNSURE
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.vocabulary import Sex
from tests.kit.builders import case, day, person
from tests.kit.record_makers import Piece, placement, standing, told

MISSING, DISPUTED = UnknownKind.MISSING, UnknownKind.DISPUTED
NOTHING: list[Piece] = [("", MISSING, "")]


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
    # A day of birth that is disputed still lies between two others.
    disputed = "disputed 1990-05-17..1991-05-17" if fact == "age" else DISPUTED
    assert _said(fact, value, other) == [("", disputed, "p-a p-b")]
    assert _said(fact, value, other, value) == [("", disputed, "p-a p-b p-c")]


def test_a_person_who_was_asked_and_speaks_none_of_the_languages_is_known() -> None:
    assert _said("languages", frozenset()) == [("", frozenset(), "p-a")]


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
