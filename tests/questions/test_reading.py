"""What one case file answers: every fact, each read once, by what was known (law E23)."""

from datetime import date
from typing import Any

import pytest

from rehabcore import jurisdictions
from rehabcore.rules.criteria import ask
from rehabcore.rules.facts import Known, Unknown
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.problems import InputError
from tests.kit.builders import case, day
from tests.kit.record_makers import (
    cell,
    event,
    facts_of,
    question,
    retraction,
    risk,
    standing,
    told,
)
from tests.kit.record_strategies import EVERY_QUESTION

MISSING = UnknownKind.MISSING


def test_an_empty_file_answers_every_fact_by_what_its_silence_means() -> None:
    answers = facts_of(case()).on(day("2020-01-01"))
    assert [asked for asked in EVERY_QUESTION if answers(asked) != asked.fact.absent()] == []


def test_rules_that_are_not_published_need_a_person_whatever_is_on_file() -> None:
    file = case(events=(event("e", "2020-01-01"),))
    assert told(file, "unpublished_rules_met") == [("", UnknownKind.NEEDS_PERSON, "")]


def test_a_fact_that_another_country_declares_otherwise_is_not_answered() -> None:
    answers = facts_of(case()).on(day("2020-01-01"))
    here, there = question("enrolled", program="drop_in").fact, jurisdictions.load("ge").facts
    elsewhere = ask(there["enrolled"], program="bibliotherapy")
    with pytest.raises(InputError, match="another country's") as caught:
        answers(elsewhere)
    assert [problem.code for problem in caught.value.problems] == ["unknown_fact"]
    asked = ask(here, program="drop_in")
    assert answers(asked) == here.absent()


def test_a_fact_is_read_once() -> None:
    facts = facts_of(case(events=(event("e", "2020-01-01"),)))
    asked = question("events", kind="sanction", within="1 year", ageing="exclusive")
    again = question("events", ageing="exclusive", kind="sanction", within="1 year")
    assert facts.timeline(asked) is facts.timeline(again)


def test_one_case_keeps_facts_with_different_parameters_apart() -> None:
    facts = facts_of(case(legal_standings=(standing("ls", "probation", "2020-01-01"),)))
    on = facts.on(day("2020-06-01"))
    anchors = [
        on(question("time_in_legal_status", legal_status=status))
        for status in ("probation", "diverted")
    ]
    assert anchors[0] != anchors[1]


RECORDS: dict[str, Any] = {
    "risk_assessments": (
        risk("r-1", "low", "2020-01-01", recorded_on="2020-02-01"),
        risk("r-2", "high", "2020-01-01", recorded_on="2020-04-01", corrects="r-1"),
    ),
    "retractions": (retraction("rt", "r-2", "2020-06-01"),),
}


@pytest.mark.parametrize(
    ("known_at", "expected"),
    [
        ("2020-01-31", Unknown(MISSING)),
        ("2020-02-01", Known("low", evidence=("r-1",))),
        ("2020-03-31", Known("low", evidence=("r-1",))),
        ("2020-04-01", Known("high", evidence=("r-2",))),
        ("2020-05-31", Known("high", evidence=("r-2",))),
        ("2020-06-01", Known("low", evidence=("r-1",))),
        ("2199-12-31", Known("low", evidence=("r-1",))),
    ],
)
def test_a_fact_is_read_from_what_was_known(known_at: str, expected: object) -> None:
    facts = facts_of(case(**RECORDS), known_at=day(known_at))
    assert facts.on(day("2020-03-01"))(question("risk_level")) == expected


def test_without_a_day_of_knowledge_everything_on_file_counts() -> None:
    file = case(risk_assessments=(risk("r", "low", "2020-01-01", recorded_on="2199-12-31"),))
    assert cell(file, "risk_level", "2020-01-01") == Known("low", evidence=("r",))


def test_what_is_asked_of_the_first_and_the_last_day_is_answered() -> None:
    facts = facts_of(case(legal_standings=(standing("ls", "probation", "2020-01-01"),)))
    asked = question("legal_status")
    assert facts.on(date.min)(asked) == Unknown(MISSING)
    assert facts.on(date.max)(asked) == Known("probation", evidence=("ls",))
