"""Records that tell again what other offices tell: whether they can, and where they cannot."""

from typing import Any

import pytest

from rehabcore.records import CaseFile, consistency
from tests.kit.builders import case
from tests.kit.record_makers import (
    XX,
    completion,
    enrolment,
    event,
    observation,
    offence,
)

Found = list[tuple[str, str]]


def _problems(file: CaseFile) -> Found:
    found = consistency.check(file, XX.glossary, XX.known_programs())
    return [(problem.code, problem.path) for problem in found]


def _events(*records: Any) -> Found:
    return _problems(case(events=records))


ONE = event("e", "2030-01-01")
AGAIN = "events[1].filed.same_as"


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (event("f", "2030-01-02", source="b", same_as="e"), []),
        (event("f", "2035-01-02", source="b", same_as="e"), []),
        (event("f", "2030-01-02", source="b", same_as="gone"), [("dangling_id", AGAIN)]),
        (event("f", "2030-01-02", source="b", same_as="p-1"), [("wrong_kind", AGAIN)]),
        (
            event("f", "2030-01-02", "violation", source="b", same_as="e"),
            [("wrong_kind", AGAIN)],
        ),
        (event("f", "2030-01-02", same_as="e"), [("contradicts_itself", AGAIN)]),
    ],
    ids=["told-twice", "years-apart", "of-nothing", "another-record", "another-kind", "one-office"],
)
def test_a_record_tells_again_what_a_record_of_another_office_tells(
    other: Any, expected: Found
) -> None:
    assert _events(ONE, other) == expected


def test_offices_may_differ_in_all_but_the_kind() -> None:
    assert (
        _problems(
            case(
                offences=(
                    offence("o", "violent", "2030-01-01"),
                    offence("p", "property", "2030-01-02", source="b", same_as="o"),
                ),
                observations=(
                    observation("t", "negative", "2030-01-01"),
                    observation("u", "positive", "2030-01-02", source="b", same_as="t"),
                ),
            )
        )
        == []
    )


def test_records_do_not_tell_again_in_a_circle() -> None:
    first = event("e", "2030-01-01", same_as="g")
    second = event("f", "2030-01-01", source="b", same_as="e")
    third = event("g", "2030-01-01", source="c", same_as="f")
    leads_there = event("h", "2030-01-01", source="d", same_as="e")
    assert _events(first, second, third, leads_there) == [
        ("circle", f"events[{index}].filed.same_as") for index in range(4)
    ]


def test_one_office_tells_one_thing_once() -> None:
    second = event("f", "2030-01-01", source="b", same_as="e")
    third = event("g", "2030-01-02", source="b", same_as="e")
    back = event("h", "2030-01-02", same_as="f")
    assert _events(ONE, second, third, back) == [
        ("two_at_once", "events[2].filed.same_as"),
        ("two_at_once", "events[3].filed.same_as"),
    ]


def test_ends_that_are_told_twice_are_of_one_programme() -> None:
    def file(program: str) -> CaseFile:
        return case(
            enrolments=(
                enrolment("e", "2030-01-01", "drop_in"),
                enrolment("f", "2030-01-01", program, source="b"),
            ),
            completions=(
                completion("c", "e", "2030-02-01"),
                completion("d", "f", "2030-02-02", source="b", same_as="c"),
            ),
        )

    assert _problems(file("drop_in")) == []
    assert _problems(file("thinking_skills")) == [("wrong_kind", "completions[1].filed.same_as")]
