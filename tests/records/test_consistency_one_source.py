"""What one source may not say twice, and what is left to a person to resolve."""

from typing import Any

import pytest

from rehabcore.records import consistency
from rehabcore.rules.time.days import OPEN, UNSURE
from rehabcore.strict.vocabulary import Sex
from tests.kit.builders import case, day, person
from tests.kit.record_makers import (
    XX,
    completion,
    enrolment,
    found,
    milestone,
    needs,
    observation,
    placement,
    registration,
    standing,
    state,
)

BORN = "2000-06-15"
EVE = "2000-06-14"


def _spans(name: str, *spans: tuple[str, Any], **filing: Any) -> dict[str, Any]:
    makers: dict[str, Any] = {
        "legal_standings": lambda i, s: standing(f"r-{i}", "probation", *s, **filing),
        "placements": lambda i, s: placement(f"r-{i}", "custody", *s, **filing),
        "states": lambda i, s: state(f"r-{i}", "employed", *s, **filing),
    }
    return {name: tuple(makers[name](index, span) for index, span in enumerate(spans))}


@pytest.mark.parametrize("name", ["legal_standings", "placements", "states"])
@pytest.mark.parametrize(
    ("spans", "overlapping"),
    [
        ([("2020-01-01", "2020-03-01"), ("2020-03-01", "2020-04-01")], []),
        ([("2020-01-01", "2020-03-01"), ("2020-02-29", "2020-04-01")], [1]),
        ([("2020-02-29", "2020-04-01"), ("2020-01-01", "2020-03-01")], [0]),
        ([("2020-01-01", "2020-03-01"), ("2020-01-01", "2020-03-01")], [1]),
        ([("2020-01-01", OPEN), ("2199-01-01", OPEN)], [1]),
        ([("2020-01-01", OPEN), ("2020-01-02", "2020-01-03"), ("2020-01-04", UNSURE)], [1, 2]),
        ([("2020-01-01", UNSURE), ("2020-01-02", OPEN)], []),
        ([("2020-01-01", UNSURE), ("2020-01-01", OPEN)], [1]),
        (
            [("2020-01-01", "2021-01-01"), ("2020-02-01", "2020-03-01"), ("2020-12-31", OPEN)],
            [1, 2],
        ),
        (
            [("2020-01-01", "2021-01-01"), ("2020-02-01", "2020-03-01"), ("2021-01-01", OPEN)],
            [1],
        ),
        ([("2020-01-01", "2020-02-01"), ("2020-06-01", "2020-07-01")], []),
        ([("2020-01-01", "2020-02-01")] * 12, list(range(1, 12))),
    ],
    ids=[
        "touching",
        "one-day",
        "one-day-in-reverse",
        "the-same-span",
        "open",
        "open-then-two",
        "unsure-then-the-next-day",
        "unsure-then-the-same-day",
        "long-over-two",
        "long-over-one",
        "gap",
        "a-dozen-of-the-same",
    ],
)
def test_one_source_says_one_thing_at_once(
    name: str, spans: list[tuple[str, Any]], overlapping: list[int]
) -> None:
    expected = [("two_at_once", f"{name}[{index}].span") for index in overlapping]
    assert found(case(**_spans(name, *spans))) == expected


@pytest.mark.parametrize(
    "records",
    [
        {
            "legal_standings": (
                standing("r-1", "probation", "2020-01-01"),
                standing("r-2", "diverted", "2020-01-01", source="b"),
            )
        },
        {
            "placements": (
                placement("r-1", "custody", "2020-01-01"),
                placement("r-2", "hospital", "2020-01-01", source="b"),
            )
        },
        {
            "states": (
                state("r-1", "employed", "2020-01-01"),
                state("r-2", "unemployed", "2020-01-01", source="b"),
            )
        },
        {
            "legal_standings": (standing("r-1", "probation", "2020-01-01"),),
            "placements": (placement("r-2", "custody", "2020-01-01"),),
            "states": (state("r-3", "employed", "2020-01-01"),),
        },
        {
            "beneficiary": (
                person("p-1", birth_date=day(BORN), sex=Sex.FEMALE),
                person("p-2", source="b", birth_date=day(EVE), sex=Sex.OTHER),
            )
        },
        {
            "beneficiary": (
                person("p-1", birth_date=day(BORN), languages=frozenset({"en"})),
                person("p-2", sex=Sex.FEMALE, languages=frozenset({"xx"})),
                person("p-3", birth_date=day(BORN), sex=Sex.FEMALE),
            )
        },
        {
            "enrolments": (enrolment("en", "2020-01-01"),),
            "completions": (
                completion("co-1", "en", "2020-02-01"),
                completion("co-2", "en", "2020-03-01", "removed", source="b"),
            ),
        },
        {
            "enrolments": (enrolment("en-1", "2020-01-01"), enrolment("en-2", "2020-01-01")),
            "completions": (
                completion("co-1", "en-1", "2020-02-01"),
                completion("co-2", "en-2", "2020-02-01"),
            ),
        },
        {
            "needs_assessments": (
                needs("na-1", "2020-01-01", findings={"work": "high"}),
                needs("na-2", "2020-01-01", findings={"work": "none"}),
            )
        },
        {
            "observations": (
                observation("o-1", "negative", "2020-01-01"),
                observation("o-2", "positive", "2020-01-01"),
            )
        },
    ],
    ids=[
        "two-statuses-of-two-sources",
        "two-settings-of-two-sources",
        "two-states-of-two-sources",
        "one-of-each-kind",
        "two-births-of-two-sources",
        "agreeing-and-adding-of-one-source",
        "two-ends-of-two-sources",
        "two-enrolments",
        "two-assessments-of-one-day",
        "two-observations-of-one-day",
    ],
)
def test_what_is_left_to_a_person_to_resolve_is_kept(records: dict[str, Any]) -> None:
    assert found(case(**records)) == []


def test_states_of_different_kinds_hold_at_once() -> None:
    file = case(
        states=(
            state("r-1", "employed", "2020-01-01"),
            state("r-2", "permanent", "2020-01-01", kind="housing"),
        )
    )
    assert consistency.check(file, XX.glossary, ()) == ()


def test_one_source_says_one_birth_date_and_one_sex() -> None:
    file = case(
        beneficiary=(
            person("p-1", birth_date=day(BORN), sex=Sex.FEMALE),
            person("p-2", birth_date=day(EVE), sex=Sex.MALE),
            person("p-3"),
            person("p-4", source="b", birth_date=day(EVE)),
            person("p-5", birth_date=day(EVE)),
        )
    )
    assert found(file) == [
        ("contradicts_itself", "beneficiary[1].birth_date"),
        ("contradicts_itself", "beneficiary[1].sex"),
        ("contradicts_itself", "beneficiary[4].birth_date"),
    ]
    assert "2000" not in "".join(
        str(problem) for problem in consistency.check(file, XX.glossary, ())
    )


def test_one_source_ends_an_enrolment_once() -> None:
    file = case(
        enrolments=(
            enrolment("en-1", "2020-01-01"),
            enrolment("en-2", "2020-01-01", corrects="en-1"),
        ),
        completions=(
            completion("co-1", "en-1", "2020-02-01"),
            completion("co-2", "en-2", "2020-02-01"),
        ),
    )
    assert found(file) == [("two_at_once", "completions[1].enrolment")]


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ([milestone("m", "2021-01-01"), milestone("n", "2021-01-01")], []),
        (
            [milestone("m", "2021-01-01"), milestone("n", "2021-01-02")],
            [("contradicts_itself", "milestones[1].day")],
        ),
        (
            [milestone("m", "2021-01-01"), milestone("n", None)],
            [("contradicts_itself", "milestones[1].day")],
        ),
        ([milestone("m", "2021-01-01"), milestone("n", "2021-01-02", source="b")], []),
        ([milestone("m", "2021-01-01"), milestone("n", "2021-01-02", "parole_eligibility")], []),
        ([milestone("m", "2021-01-01"), milestone("n", "2021-01-02", corrects="m")], []),
    ],
    ids=["the-same", "another-day", "never", "another-source", "another-kind", "a-correction"],
)
def test_one_source_states_one_day_of_a_kind(stated: Any, expected: Any) -> None:
    assert found(case(milestones=tuple(stated))) == expected


def test_one_source_may_file_several_warrants_at_once() -> None:
    assert found(case(registrations=tuple(registration(i, "2020-01-01") for i in "wv"))) == []
