"""Refusals by the person: each of one offer, until the person says otherwise."""

from itertools import permutations
from typing import Any

import pytest
from attrs import evolve

from rehabcore.rules.time.days import UNSURE
from rehabcore.rules.truth import UnknownKind
from tests.kit.builders import case, some_days
from tests.kit.plan_records import offer_deferral, offer_refusal
from tests.kit.record_makers import Piece, told

MISSING = UnknownKind.MISSING
DROP_IN = offer_refusal("r", "2030-01-01", "2030-02-01", program="drop_in")


@pytest.mark.parametrize(
    ("refusals", "expected"),
    [
        ([], [("", False, "")]),
        ([DROP_IN], [("", False, ""), ("2030-01-01", True, "r"), ("2030-02-01", False, "")]),
        (
            [offer_refusal("r", "2030-01-01", UNSURE, program="drop_in")],
            [("", False, ""), ("2030-01-01", True, "r"), ("2030-01-02", MISSING, "r")],
        ),
        (
            [evolve(DROP_IN, span=some_days("2030-01", "2030-03-01"))],
            [
                ("", False, ""),
                ("2030-01-01", MISSING, "r"),
                ("2030-01-31", True, "r"),
                ("2030-03-01", False, ""),
            ],
        ),
        (
            [DROP_IN, offer_refusal("q", "2030-01-15", program="drop_in", source="b")],
            [
                ("", False, ""),
                ("2030-01-01", True, "r"),
                ("2030-01-15", True, "q r"),
                ("2030-02-01", True, "q"),
            ],
        ),
        ([offer_refusal("r", "2030-01-01", program="work_start")], [("", False, "")]),
        ([offer_refusal("r", "2030-01-01", domain="work")], [("", False, "")]),
    ],
    ids=["none", "taken-back", "unknown-end", "day-in-part", "two", "of-another", "of-a-need"],
)
def test_a_programme_is_refused_until_the_person_says_otherwise(
    refusals: list[Any], expected: list[Piece]
) -> None:
    for order in permutations(refusals):
        file = case(offer_refusals=order)
        assert told(file, "program_refused", program="drop_in") == expected


def test_a_need_is_refused_by_itself_and_no_programme_with_it() -> None:
    file = case(
        offer_refusals=(offer_refusal("n", "2030-01-01", domain="work"), DROP_IN),
        offer_deferrals=(offer_deferral("d", "2030-01-01", "2030-02-01", domain="housing"),),
    )
    refused = [("", False, ""), ("2030-01-01", True, "n")]
    assert told(file, "need_refused", domain="work") == refused
    assert told(file, "need_refused", domain="housing") == [("", False, "")]
    assert told(file, "program_refused", program="work_start") == [("", False, "")]
