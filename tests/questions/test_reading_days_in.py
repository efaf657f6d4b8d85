"""Days in a state, a status or a setting, added up over the term before the day."""

from typing import Any

import pytest
from attrs import evolve

from rehabcore.questions.counting.days_in import days_in
from rehabcore.records import CaseFile
from rehabcore.rules.facts import Known, Unknown
from rehabcore.rules.judging.settling import Claim
from rehabcore.rules.time.days import UNSURE, Term
from rehabcore.rules.truth import UnknownKind
from tests.kit.builders import case, day, filed
from tests.kit.record_makers import cell, placement, standing, state

MISSING, DISPUTED = UnknownKind.MISSING, UnknownKind.DISPUTED

IN = (placement("a", "community", "2020-01-01", "2020-03-01"),)
OUT = (
    *IN,
    placement("b", "custody", "2020-03-01", "2020-03-11"),
    placement("c", "community", "2020-03-11"),
)


def _number(file: CaseFile, on: str, within: str = "30 days", **given: Any) -> object:
    """The number, or the least, the most and why."""
    asked = given or {"setting": "custody"}
    name = "days_in_setting" if "setting" in asked else "days_in_legal_status"
    found = cell(file, name, on, within=within, **asked)
    if isinstance(found, Known):
        return found.value
    return (*found.between, found.kind) if found.between else found.kind


@pytest.mark.parametrize(
    ("on", "within", "expected"),
    [
        ("2020-03-01", "30 days", 0),
        ("2020-03-02", "30 days", 1),
        ("2020-03-11", "30 days", 10),
        ("2020-03-12", "30 days", 10),
        ("2020-03-31", "30 days", 10),
        ("2020-04-01", "30 days", 9),
        ("2020-04-09", "30 days", 1),
        ("2020-04-10", "30 days", 0),
        ("2020-03-18", "1 week", 0),
        ("2020-03-17", "1 week", 1),
        ("2020-03-31", "1 month", 10),
        ("2020-04-05", "1 month", 6),
        ("2030-01-01", "10 years", 10),
    ],
)
def test_the_days_of_the_term_before_the_day_are_added_up(
    on: str, within: str, expected: int
) -> None:
    assert _number(case(placements=OUT), on, within) == expected


def test_several_stretches_of_several_values_are_added_up() -> None:
    asked: dict[str, Any] = {"setting": ["custody", "community"]}
    assert _number(case(placements=OUT), "2020-03-20", **asked) == 30
    twice = (
        *OUT[:2],
        placement("c", "community", "2020-03-11", "2020-03-15"),
        placement("d", "custody", "2020-03-15"),
    )
    assert _number(case(placements=twice), "2020-03-20") == 15


def test_a_day_that_two_offices_tell_counts_once() -> None:
    again = (evolve(told, filed=filed(f"{told.filed.record_id}-2", source="b")) for told in OUT)
    assert _number(case(placements=(*OUT, *again)), "2020-03-20") == 10


def test_days_on_which_sources_differ_leave_the_number_between_two() -> None:
    other = (placement("d", "community", "2020-03-01", "2020-03-06", source="b"),)
    assert _number(case(placements=(*OUT, *other)), "2020-03-20") == (5, 10, DISPUTED)


def test_sources_that_differ_about_other_values_leave_no_doubt() -> None:
    other = (placement("d", "hospital", "2020-03-11", source="b"),)
    assert _number(case(placements=(*OUT, *other)), "2020-03-20") == 10


def test_an_end_that_nobody_recorded_leaves_the_days_after_it_open() -> None:
    file = case(placements=(*IN, placement("b", "custody", "2020-03-01", UNSURE)))
    assert _number(file, "2020-03-20") == (1, 19, MISSING)


def test_days_that_no_record_tells_may_count() -> None:
    file = case(placements=(placement("b", "custody", "2020-03-01", "2020-03-11"),))
    assert _number(file, "2020-03-11", "10 days") == 10
    assert _number(file, "2020-03-11", "15 days") == (10, 15, MISSING)
    assert _number(file, "2020-03-14", "10 days") == (7, 10, MISSING)


def test_where_no_record_tells_any_day_the_number_is_missing() -> None:
    assert _number(case(), "2020-03-11") is MISSING
    file = case(placements=(placement("b", "custody", "2020-03-01", "2020-03-11"),))
    assert _number(file, "2020-03-01") is MISSING
    assert _number(file, "2020-05-01") is MISSING


def test_the_records_of_the_term_are_the_evidence() -> None:
    found = cell(
        case(placements=OUT), "days_in_setting", "2020-03-20", setting="custody", within="10 days"
    )
    assert found == Known(1, evidence=("b", "c"))


@pytest.mark.no_cover  # two hundred years of months, and no branch that others do not reach
def test_a_term_of_months_goes_on_changing_while_the_state_lasts() -> None:
    file = case(placements=(*IN, placement("b", "custody", "2020-03-01")))
    for on, expected in (
        ("2021-03-01", 28),
        ("2021-04-01", 31),
        ("2198-04-30", 31),
        ("2198-05-30", 30),
    ):
        assert _number(file, on, "1 month") == expected
    assert _number(file, "2198-04-30", "30 days") == 30


def test_what_holds_from_the_first_day_on_counts_from_there() -> None:
    always = days_in([Claim("r", None, "high")], {"high"}, Unknown(MISSING), Term(days=30))
    assert (
        always.at(day("1850-01-01")) == always.at(day("2199-12-31")) == Known(30, evidence=("r",))
    )


def test_legal_statuses_and_states_are_added_up_alike() -> None:
    statuses = (
        standing("a", "sentenced_custody", "2020-03-01", "2020-03-11"),
        standing("b", "probation", "2020-03-11"),
    )
    asked = {"legal_status": "sentenced_custody"}
    assert _number(case(legal_standings=statuses), "2020-03-21", "20 days", **asked) == 10
    states = (
        state("a", "employed", "2020-03-01", "2020-03-11"),
        state("b", "unemployed", "2020-03-11"),
    )
    asked = {"state": "employed", "within": "20 days"}
    found = cell(case(states=states), "days_in_state_employment", "2020-03-21", **asked)
    assert found == Known(10, evidence=("a", "b"))
    assert isinstance(cell(case(), "days_in_state_employment", "2020-03-21", **asked), Unknown)
