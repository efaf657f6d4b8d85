"""Facts that are seen at a glance, and records that leave something to weigh.

Whatever is seen has to be what the timeline of the fact says of the day.
"""

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from attrs import evolve

from rehabcore.questions import Question
from rehabcore.questions.plain.gathered import Gathered
from rehabcore.records import Beneficiary, CaseFile
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import Cell
from rehabcore.rules.time.days import UNSURE
from rehabcore.rules.time.timelines import Timeline
from rehabcore.strict.vocabulary import BeneficiaryId, RecordId, Sex
from tests.kit.builders import case, day, filed, some_day
from tests.kit.record_makers import (
    XX,
    completion,
    consent,
    death,
    enrolment,
    event,
    facts_of,
    measurement,
    needs,
    observation,
    override,
    placement,
    question,
    risk,
    sentence,
    standing,
    state,
)

DAYS = tuple(date(2019 + number // 12, 1 + number % 12, 14) for number in range(60))


def glance(file: CaseFile, asked: Asked, on: date) -> Cell | None:
    """What is seen at a glance, if anything is."""
    asks = XX.questions[asked.fact.name]
    assert isinstance(asks, Question)
    assert asks.read_plainly is not None
    return asks.read_plainly(asked, Gathered(file), on)


def born(record_id: str, birth_date: object, **said: Any) -> Beneficiary:
    """What an office knows of the person."""
    return Beneficiary(
        filed=filed(record_id),
        beneficiary_id=BeneficiaryId("person"),
        birth_date=some_day(birth_date),
        **said,
    )


SPELLS = (
    placement("s-1", "custody", "2020-01-01", "2020-03-01"),
    placement("s-2", "hospital", "2020-03-01", "2020-04-01"),
    placement("s-3", "custody", "2020-04-01", "2020-06-01"),
    placement("s-4", "custody", "2020-06-01", "2021-01-01"),
    placement("s-5", "community", "2021-03-01"),
)
FINDINGS = (
    observation("o-1", "negative", "2020-01-05", "2020-05-01"),
    observation("o-2", "positive", "2020-07-05"),
    observation("o-3", "negative", "2021-01-05", kind="drug_test"),
)
RISKS = (
    risk("r-1", "low", "2020-01-05", "2020-09-01"),
    risk("r-2", "medium", "2021-01-05", "2021-09-01"),
    risk("r-3", None, "2022-01-05"),
)
EVENTS = (
    event("e-1", "2020-01-20"),
    event("e-2", "2020-03-20"),
    event("e-3", "2020-03-20", "violation"),
)
CONSENTS = (
    consent("c-1", "2020-01-05", withdrawn="2020-04-05"),
    consent("c-2", "2020-06-05", "2020-09-05"),
    consent("c-3", refused="2021-01-05"),
    consent("c-4", "2021-06-05", program="drop_in"),
)
TAKEN = {
    "enrolments": (
        enrolment("n-1", "2020-02-01"),
        enrolment("n-2", "2020-08-01"),
        enrolment("n-3", "2021-02-01", "drop_in"),
    ),
    "completions": (
        completion("x-1", "n-1", "2020-05-01", "withdrawn"),
        completion("x-2", "n-2", "2020-11-01"),
    ),
}
WINDOW = {"within": "3 months", "ageing": "exclusive"}

SEEN: tuple[tuple[Asked, dict[str, Any]], ...] = (
    (question("age"), {}),
    (question("age"), {"beneficiary": (born("b", "1990-02-28"),)}),
    (question("sex"), {"beneficiary": (born("b", "1990-02-28", sex=Sex.MALE),)}),
    (question("languages"), {}),
    (question("died"), {}),
    (question("unpublished_rules_met"), {}),
    (question("setting"), {}),
    (question("setting"), {"placements": SPELLS}),
    (question("legal_status"), {"legal_standings": (standing("s", "pretrial", "2020-02-01"),)}),
    (question("time_in_setting", setting="custody"), {"placements": SPELLS}),
    (question("time_in_setting", setting="custody", gap="1 month"), {"placements": SPELLS}),
    (question("time_in_setting", setting="custody", gap="1 day"), {"placements": SPELLS}),
    (question("time_in_setting", setting="custody, hospital"), {"placements": SPELLS}),
    (question("time_in_setting", setting="custody, community"), {"placements": SPELLS}),
    (
        question("time_in_setting", setting="custody, community", gap="1 year"),
        {"placements": SPELLS},
    ),
    (question("state_employment"), {"states": (state("s", "employed", "2020-02-01"),)}),
    (
        question("time_in_state_employment", state="employed"),
        {"states": (state("s", "employed", "2020-02-01"),)},
    ),
    (question("observed_drug_test"), {}),
    (question("observed_drug_test"), {"observations": FINDINGS}),
    (
        question("observations_of_drug_test", value="negative", **WINDOW),
        {"observations": FINDINGS},
    ),
    (
        question("measured_restitution_owed"),
        {"measurements": (measurement("m", "5", "2020-02-01"),)},
    ),
    (
        question("need_level", domain="work"),
        {"needs_assessments": (needs("n", "2020-02-01", "2021-02-01", findings={"work": "some"}),)},
    ),
    (question("risk_level"), {"risk_assessments": RISKS}),
    (question("risk_score"), {"risk_assessments": RISKS}),
    (question("time_to_reassessment"), {"risk_assessments": RISKS}),
    (question("events", kind="sanction", **WINDOW), {}),
    (question("events", kind="sanction", **WINDOW), {"events": EVENTS}),
    (question("events", kind="sanction, violation", **WINDOW), {"events": EVENTS}),
    (question("consent", purpose="programme"), {}),
    (question("consent", purpose="programme"), {"consents": CONSENTS}),
    (question("consent", purpose="programme", program="drop_in"), {"consents": CONSENTS}),
    (question("enrolled", program="thinking_skills"), TAKEN),
    (question("enrolled", program="thinking_skills, drop_in"), TAKEN),
    (question("enrolled", program="work_start"), TAKEN),
    (question("completed", program="thinking_skills"), TAKEN),
    (question("completed", program="drop_in"), TAKEN),
    (question("sentence_remaining"), {}),
    (question("time_to_earliest_release"), {}),
    *(
        (
            question(name),
            {"sentences": (sentence("s", "2020-01-01", "2021-06-01", "2020-09-01"),)},
        )
        for name in ("sentence_remaining", "time_to_earliest_release")
    ),
)


@pytest.mark.parametrize(
    ("asked", "records"), SEEN, ids=[f"{n} {asked}" for n, (asked, _) in enumerate(SEEN)]
)
def test_a_glance_sees_what_the_timeline_says(asked: Asked, records: dict[str, Any]) -> None:
    file = case(**records)
    whole = facts_of(file).timeline(asked)
    for on in DAYS:
        assert glance(file, asked, on) == whole.at(on)


@pytest.mark.parametrize(
    ("asked", "records"), SEEN, ids=[f"{n} {asked}" for n, (asked, _) in enumerate(SEEN)]
)
def test_days_ahead_are_those_of_the_timeline(asked: Asked, records: dict[str, Any]) -> None:
    facts = facts_of(case(**records))
    for on in DAYS[::6]:
        ahead = facts.ahead(on)(asked)
        assert from_day(ahead, on) == from_day(facts.timeline(asked), on)


MANY = tuple(
    placement(f"s-{n}", "custody" if n % 2 else "community", start.isoformat(), end.isoformat())
    for n, (start, end) in enumerate(pairwise(DAYS))
)
LATER = evolve(
    SPELLS[1],
    filed=evolve(SPELLS[1].filed, changes=RecordId("s-1"), since=day("2020-03-01")),
)
WEIGHED_AHEAD: tuple[tuple[Asked, dict[str, Any]], ...] = (
    (question("setting"), {"placements": MANY}),
    (question("setting"), {"placements": (SPELLS[0], LATER)}),
    (
        question("observed_drug_test"),
        {
            "observations": (
                *FINDINGS,
                observation("o-4", "negative", "2022-01-05"),
                observation("o-5", "positive", "2022-01-05"),
            )
        },
    ),
    (question("time_served"), {}),
    (question("score_classification"), {}),
    (
        question("sentence_remaining"),
        {"sentences": (sentence("s", "2020-01-01", "2199-12-31"),)},
    ),
)
"""Facts of which some day ahead is not seen at a glance, or not as it is."""


@pytest.mark.parametrize(
    ("asked", "records"),
    WEIGHED_AHEAD,
    ids=[f"{n} {asked}" for n, (asked, _) in enumerate(WEIGHED_AHEAD)],
)
def test_days_ahead_that_have_to_be_weighed_are_those_of_the_timeline(
    asked: Asked, records: dict[str, Any]
) -> None:
    facts = facts_of(case(**records))
    whole = facts_of(case(**records)).timeline(asked)
    for on in (DAYS[0], DAYS[14]):
        assert from_day(facts.ahead(on)(asked), on) == from_day(whole, on)


def from_day(cells: Timeline[Cell], on: date) -> list[tuple[date, Cell]]:
    """The cells from a day on, each with its first day."""
    return [
        (max(start, on), cell) for start, end, cell in cells.pieces() if end is None or on < end
    ]


def partly(record: Any, **said: object) -> Any:
    """The record with days that are known in part."""
    return evolve(record, **{name: some_day(plain) for name, plain in said.items()})


def again(record: Any, of: str) -> Any:
    """The record, as it tells again what another tells."""
    return evolve(record, filed=evolve(record.filed, same_as=of))


ENROLLED, CONSENTED = (
    question("enrolled", program="thinking_skills"),
    question("consent", purpose="programme"),
)
HAPPENED, ASSESSED = (
    question("events", kind="sanction, violation", **WINDOW),
    question("risk_level"),
)
TESTED, PLACED = question("observed_drug_test"), question("setting")

LEFT: tuple[tuple[Asked, dict[str, Any]], ...] = (
    (question("age"), {"beneficiary": (born("b", "1990"),)}),
    (question("age"), {"beneficiary": (born("b", "1990-02-28"), born("c", "1990-02-28"))}),
    (question("died"), {"deaths": (death("d", "2020-02-01"),)}),
    (PLACED, {"placements": (placement("p", "custody", "2020-01", "2020-09-01"),)}),
    (PLACED, {"placements": (placement("p", "custody", "2020-01-01", UNSURE),)}),
    (PLACED, {"placements": (*SPELLS, placement("p", "custody", "2020-02-01", source="b"))}),
    (
        question("time_in_setting", setting="custody"),
        {"placements": (placement("p", "custody", "2020-01-01", UNSURE),)},
    ),
    (TESTED, {"observations": (partly(FINDINGS[0], observed_on="2020-01"),)}),
    (TESTED, {"observations": (observation("o", "negative", "2020-01-05", UNSURE),)}),
    (
        TESTED,
        {
            "observations": (
                observation("o", "negative", "2020-01-05"),
                observation("p", "positive", "2020-01-05"),
            )
        },
    ),
    (ASSESSED, {"risk_assessments": (risk("r", "low", "2020-01-05", confirmed=False),)}),
    (ASSESSED, {"risk_assessments": (*RISKS, risk("r", "low", "2020-01-09", instrument="b"))}),
    (
        ASSESSED,
        {
            "risk_assessments": RISKS,
            "level_overrides": (override("v", "r-1", "high", "2020-02-01"),),
        },
    ),
    (
        ASSESSED,
        {"risk_assessments": (evolve(RISKS[0], remarks=("outside_population",)),)},
    ),
    *(
        (question("time_to_reassessment"), records)
        for records in (
            {"risk_assessments": RISKS, "deaths": (death("d", "2023-02-01"),)},
            {"risk_assessments": (risk("r", "low", "2020-01-05", confirmed=False),)},
            {"risk_assessments": (risk("r", "low", "2020-01-05"), risk("s", "low", "2020-01-05"))},
        )
    ),
    (HAPPENED, {"events": (partly(EVENTS[0], happened_on="2020-01"),)}),
    (HAPPENED, {"events": (*EVENTS, event("e", "2020-01-20", source="b"))}),
    (HAPPENED, {"events": (*EVENTS[:2], event("e", "2020-01-20", "violation", source="b"))}),
    (HAPPENED, {"events": (EVENTS[0], again(EVENTS[1], "elsewhere"))}),
    (CONSENTED, {"consents": (partly(CONSENTS[0], given="2020-01"),)}),
    (CONSENTED, {"consents": (partly(CONSENTS[0], withdrawn="2020-05"),)}),
    (CONSENTED, {"consents": (consent("c", "2020-01-05", UNSURE),)}),
    (CONSENTED, {"consents": (*CONSENTS, consent("c", "2020-01-05", source="b"))}),
    (CONSENTED, {"consents": (*CONSENTS, consent("c", "2021-01-05"))}),
    (ENROLLED, {"enrolments": (partly(TAKEN["enrolments"][0], started_on="2020-02"),)}),
    (ENROLLED, {"enrolments": (again(TAKEN["enrolments"][0], "elsewhere"),)}),
    (ENROLLED, {"enrolments": (*TAKEN["enrolments"], enrolment("n", "2020-01-05", source="b"))}),
    *(
        (ENROLLED, {"enrolments": TAKEN["enrolments"], "completions": completions})
        for completions in (
            (completion("x", "n-1", "2020-01-01"),),
            (partly(TAKEN["completions"][0], ended_on="2020-05"),),
            (again(TAKEN["completions"][0], "elsewhere"),),
            (completion("x", "n-1", "2020-05-01"), completion("y", "n-1", "2020-06-01")),
            (completion("x", "n-1", "2020-05-01", "died"),),
        )
    ),
    *(
        (question(name), {"sentences": sentences})
        for name in ("sentence_remaining", "time_to_earliest_release")
        for sentences in (
            (sentence("s", "2020-01-01", UNSURE),),
            (sentence("s", "2020-01-01", "2021-01-01"), sentence("t", "2020-01-01", "2022-01-01")),
        )
    ),
    (
        question("time_to_earliest_release"),
        {"sentences": (sentence("s", "2020-01-01", "2021-01-01"),)},
    ),
)


@pytest.mark.parametrize(
    ("asked", "records"), LEFT, ids=[f"{n} {asked}" for n, (asked, _) in enumerate(LEFT)]
)
def test_what_has_to_be_weighed_is_left_to_a_closer_look(
    asked: Asked, records: dict[str, Any]
) -> None:
    file = case(**records)
    assert glance(file, asked, day("2020-02-14")) is None
    whole = facts_of(file).timeline(asked)
    assert facts_of(file).on(day("2020-02-14"))(asked) == whole.at(day("2020-02-14"))


def test_an_anchor_beyond_the_known_days_is_only_bounded() -> None:
    file = case(sentences=(sentence("s", "2020-01-01", "2199-12-31"),))
    asked = question("sentence_remaining")
    on = day("2020-02-14")
    assert facts_of(file).on(on)(asked) == facts_of(file).timeline(asked).at(on)


def test_who_asks_about_a_second_day_gets_all_days() -> None:
    facts, asked = facts_of(case(placements=SPELLS)), question("setting")
    seen = [facts.on(on)(asked) for on in (DAYS[14], DAYS[20], DAYS[14])]
    whole = facts_of(case(placements=SPELLS)).timeline(asked)
    assert seen == [whole.at(on) for on in (DAYS[14], DAYS[20], DAYS[14])]
