"""Contradictory sequences: the same place twice, for acts of one kind that one source dates."""

from typing import Any

import pytest
from attrs import evolve

from rehabcore.rules.time.partial import PartialDay
from tests.kit.builders import case, day
from tests.kit.record_makers import (
    Found,
    completion,
    consent,
    enrolment,
    found,
    measurement,
    observation,
    referral,
)

ON = "2020-03-01"
MARCH = PartialDay(day(ON), day("2020-03-31"))


def _test(record_id: str, on: str = ON, **filing: Any) -> Any:
    return observation(record_id, "negative", on, **filing)


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ({"observations": (_test("o", sequence=1), _test("p", sequence=2))}, []),
        (
            {
                "observations": (
                    _test("o", sequence=1),
                    _test("p", sequence=1),
                    _test("q", sequence=1),
                )
            },
            [
                ("two_at_once", "observations[1].filed.sequence"),
                ("two_at_once", "observations[2].filed.sequence"),
            ],
        ),
        ({"observations": (_test("o"), _test("p"))}, []),
        ({"observations": (_test("o", sequence=1), _test("p", source="b", sequence=1))}, []),
        ({"observations": (_test("o", sequence=1), _test("p", "2020-03-02", sequence=1))}, []),
        ({"observations": (_test("o", sequence=1), _test("p", corrects="o", sequence=1))}, []),
        (
            {
                "observations": tuple(
                    evolve(_test(own, sequence=1), observed_on=MARCH) for own in "op"
                )
            },
            [],
        ),
        (
            {
                "measurements": (
                    measurement("m", "1", ON, sequence=1),
                    measurement("n", "1", ON, kind="literacy_points", sequence=1),
                ),
                "referrals": (referral("r", ON, sequence=1),),
            },
            [],
        ),
        (
            {
                "consents": (
                    consent("c", "2020-01-01", withdrawn=ON, sequence=1),
                    consent("d", ON, sequence=1),
                )
            },
            [("two_at_once", "consents[1].filed.sequence")],
        ),
        ({"consents": (consent("c", ON, withdrawn=ON, sequence=1),)}, []),
        (
            {
                "consents": (
                    consent("c", ON, withdrawn=ON, sequence=1),
                    consent("d", ON, withdrawn=ON, sequence=1),
                )
            },
            [("two_at_once", "consents[1].filed.sequence")],
        ),
        (
            {
                "enrolments": (enrolment("e", "2020-01-01"), enrolment("f", "2020-02-01")),
                "completions": (
                    completion("g", "e", ON, sequence=3),
                    completion("h", "f", ON, sequence=3),
                ),
            },
            [("two_at_once", "completions[1].filed.sequence")],
        ),
    ],
    ids=[
        "one-after-the-other",
        "three-in-one-place",
        "unnumbered",
        "of-two-sources",
        "of-two-days",
        "corrected",
        "of-days-known-in-part",
        "of-other-kinds",
        "given-where-another-was-withdrawn",
        "given-and-withdrawn-by-one-record",
        "told-once-a-record",
        "two-completions",
    ],
)
def test_one_source_gives_each_place_of_a_day_once(records: Any, expected: Found) -> None:
    assert found(case(**records)) == expected
