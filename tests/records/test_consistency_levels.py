"""What is decided of assessments of risk must come after them, and be possible."""

from datetime import date
from typing import Any

import pytest

from tests.kit.builders import case
from tests.kit.record_makers import Found, found, override, resolution, retraction, risk

LOW, HIGH = risk("a", "low", "2020-03-01"), risk("b", "high", "2020-03-01", instrument="other")
MEDIUM = risk("c", "medium", "2020-03-01", domain="work")
MENDED = risk("n", "high", "2020-03-01", recorded_on="2020-06-01", corrects="a")


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        (
            {"level_overrides": (override("o", "gone", "high", "2020-03-01"),)},
            [("dangling_id", "level_overrides[0].assessment")],
        ),
        (
            {
                "level_overrides": (override("o", "a", "high", "2020-03-01"),),
                "retractions": (retraction("rt", "a"),),
            },
            [("dangling_id", "level_overrides[0].assessment")],
        ),
        (
            {"level_overrides": (override("o", "a", "high", "2020-02-29"),)},
            [("ends_before_start", "level_overrides[0].decided_on")],
        ),
        (
            {"level_overrides": (override("o", "a", "low", "2020-03-01"),)},
            [("out_of_range", "level_overrides[0].level")],
        ),
        (
            {"level_overrides": (override("o", "a", "low", "2020-02-29"),)},
            [
                ("ends_before_start", "level_overrides[0].decided_on"),
                ("out_of_range", "level_overrides[0].level"),
            ],
        ),
        (
            {"resolutions": (resolution("r", ["a", "gone"], "low", "2020-03-01"),)},
            [("dangling_id", "resolutions[0].assessments[1]")],
        ),
        (
            {"resolutions": (resolution("r", ["a", "b"], "low", "2020-02-29"),)},
            [("ends_before_start", "resolutions[0].decided_on")],
        ),
        (
            {"resolutions": (resolution("r", ["a", "b"], "medium", "2020-03-01"),)},
            [("out_of_range", "resolutions[0].level")],
        ),
        (
            {"resolutions": (resolution("r", ["a", "c"], "low", "2020-03-01"),)},
            [("out_of_range", "resolutions[0].assessments")],
        ),
        (
            {"resolutions": (resolution("r", ["b", "c"], "low", "2020-03-01"),)},
            [
                ("out_of_range", "resolutions[0].assessments"),
                ("out_of_range", "resolutions[0].level"),
            ],
        ),
    ],
    ids=[
        "override-of-nothing",
        "override-of-what-was-retracted",
        "override-before-the-assessment",
        "override-that-changes-nothing",
        "override-before-that-changes-nothing",
        "resolution-of-nothing",
        "resolution-before-an-assessment",
        "resolution-by-a-level-nobody-gave",
        "resolution-of-two-subjects",
        "resolution-with-everything-wrong",
    ],
)
def test_a_decision_that_cannot_be_is_told(records: dict[str, Any], expected: Found) -> None:
    assert found(case(risk_assessments=(LOW, HIGH, MEDIUM), **records)) == expected


@pytest.mark.parametrize(
    "records",
    [
        {"level_overrides": (override("o", "a", "high", "2020-03-01"),)},
        {"resolutions": (resolution("r", ["a", "b"], "high", "2020-03-01"),)},
        {
            "level_overrides": (override("o", "a", "medium", "2020-03-01"),),
            "resolutions": (resolution("r", ["a", "b"], "medium", "2020-03-01"),),
        },
    ],
    ids=["override", "resolution", "resolution-by-the-level-of-an-override"],
)
def test_a_decision_on_the_day_of_the_assessment_is_accepted(records: dict[str, Any]) -> None:
    assert found(case(risk_assessments=(LOW, HIGH), **records)) == []


def test_a_correction_never_makes_a_file_inconsistent_by_what_was_decided_before() -> None:
    """Nobody could know; the decision counts no longer, and waits for its person."""
    file = case(
        risk_assessments=(LOW, HIGH, MENDED),
        level_overrides=(override("o", "a", "high", "2020-03-01"),),
        resolutions=(resolution("r", ["a", "b"], "low", "2020-03-01"),),
    )
    assert found(file) == []


def test_a_decision_that_was_filed_after_the_correction_has_to_fit_it() -> None:
    late = {"recorded_on": "2020-06-01"}
    file = case(
        risk_assessments=(LOW, HIGH, MENDED),
        level_overrides=(override("o", "n", "high", "2020-03-01", **late),),
        resolutions=(resolution("r", ["n", "b"], "low", "2020-03-01", **late),),
    )
    assert found(file) == [
        ("out_of_range", "level_overrides[0].level"),
        ("out_of_range", "resolutions[0].level"),
    ]


AGAIN = risk("m", "high", "2020-03-01", recorded_on="2020-07-01", corrects="n")


@pytest.mark.parametrize(
    ("named", "places"),
    [
        (["a", "n"], [1]),
        (["n", "a"], [1]),
        (["a", "b", "m"], [2]),
        (["m", "n", "a"], [1, 2]),
        (["a", "b"], []),
    ],
)
def test_an_assessment_and_its_correction_are_no_dispute(
    named: list[str], places: list[int]
) -> None:
    """The mistake stands among the other problems of the file, and hides none of them."""
    file = case(
        risk_assessments=(LOW, HIGH, MENDED, AGAIN),
        resolutions=(resolution("r", named, "high", "2020-07-01", recorded_on="2020-07-01"),),
        level_overrides=(override("o", "gone", "high", "2020-03-01"),),
    )
    assert found(file) == [
        ("dangling_id", "level_overrides[0].assessment"),
        *(("repeated_item", f"resolutions[0].assessments[{place}]") for place in places),
    ]


def test_what_a_correction_made_one_stays_as_it_was_filed() -> None:
    file = case(
        risk_assessments=(LOW, HIGH, MENDED),
        resolutions=(resolution("r", ["a", "n"], "high", "2020-03-01"),),
    )
    assert file.as_known(date.max).resolutions == file.resolutions
    assert found(file, "2020-05-31") == [("dangling_id", "resolutions[0].assessments[1]")]
