"""Corrections, retractions and references of a case file must make sense."""

from typing import Any

import pytest
from attrs import evolve

from rehabcore.records import Retraction, consistency
from rehabcore.records.references import MOST_CORRECTIONS
from rehabcore.rules.time.days import OPEN
from rehabcore.strict.vocabulary import RecordId
from tests.kit.builders import case, day
from tests.kit.record_makers import (
    XX,
    Found,
    completion,
    enrolment,
    event,
    found,
    offence,
    referral,
    retraction,
    sentence,
    state,
)

EVENT = event("e", "2020-01-01", recorded_on="2020-03-01")
LATER: Any = {"recorded_on": "2020-03-01"}


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        (
            {"events": (event("e", "2020-01-01", corrects="gone"),)},
            [("dangling_id", "events[0].filed.corrects")],
        ),
        (
            {
                "events": (
                    event("e", "2020-01-01", corrects="f"),
                    event("f", "2020-01-01", corrects="gone"),
                )
            },
            [("dangling_id", "events[1].filed.corrects")],
        ),
        (
            {"retractions": (retraction("rt", "gone"),)},
            [("dangling_id", "retractions[0].filed.corrects")],
        ),
        (
            {"events": (EVENT,), "states": (state("s", "employed", "2020-01-01", corrects="e"),)},
            [("wrong_kind", "states[0].filed.corrects")],
        ),
        (
            {"events": (EVENT, event("f", "2020-01-01", recorded_on="2020-02-29", corrects="e"))},
            [("ends_before_start", "events[1].filed.recorded_on")],
        ),
        (
            {"events": (EVENT,), "retractions": (retraction("rt", "e", "2020-02-29"),)},
            [("ends_before_start", "retractions[0].filed.recorded_on")],
        ),
        (
            {
                "events": (
                    EVENT,
                    event("f", "2020-01-01", corrects="e", **LATER),
                    event("g", "2020-01-01", corrects="e", **LATER),
                )
            },
            [("corrected_twice", "events[2].filed.corrects")],
        ),
        (
            {
                "events": (EVENT, event("f", "2020-01-01", corrects="e", **LATER)),
                "retractions": (retraction("rt", "e", "2020-03-01"),),
            },
            [("corrected_twice", "retractions[0].filed.corrects")],
        ),
        (
            {
                "events": (
                    event("e", "2020-01-01", corrects="f"),
                    event("f", "2020-01-01", corrects="e"),
                )
            },
            [("circle", "events[0].filed.corrects"), ("circle", "events[1].filed.corrects")],
        ),
        (
            {"retractions": (retraction("r1", "r2"), retraction("r2", "r1"))},
            [
                ("circle", "retractions[0].filed.corrects"),
                ("circle", "retractions[1].filed.corrects"),
            ],
        ),
        (
            {
                "events": (
                    event("e", "2020-01-01", corrects="g"),
                    event("f", "2020-01-01", corrects="e"),
                    event("g", "2020-01-01", corrects="f"),
                    event("tail", "2020-01-01", corrects="g", **LATER),
                )
            },
            [
                ("circle", "events[0].filed.corrects"),
                ("circle", "events[1].filed.corrects"),
                ("circle", "events[2].filed.corrects"),
                ("corrected_twice", "events[3].filed.corrects"),
            ],
        ),
        (
            {"enrolments": (enrolment("en", "2020-01-01", after="gone"),)},
            [("dangling_id", "enrolments[0].referral")],
        ),
        (
            {"events": (EVENT,), "enrolments": (enrolment("en", "2020-01-01", after="e"),)},
            [("dangling_id", "enrolments[0].referral")],
        ),
        (
            {"completions": (completion("co", "gone", "2020-01-01"),)},
            [("dangling_id", "completions[0].enrolment")],
        ),
        (
            {
                "referrals": (referral("rf", "2020-01-01"),),
                "completions": (completion("co", "rf", "2020-01-01"),),
            },
            [("dangling_id", "completions[0].enrolment")],
        ),
        (
            {
                "enrolments": (enrolment("en", "2020-01-01"),),
                "completions": (completion("co", "en", "2020-02-01"),),
                "retractions": (retraction("rt", "en"),),
            },
            [("dangling_id", "completions[0].enrolment")],
        ),
        (
            {
                "referrals": (referral("rf", "2020-01-01"),),
                "enrolments": (enrolment("en", "2020-01-01", after="rf"),),
                "retractions": (retraction("rt", "rf"),),
            },
            [("dangling_id", "enrolments[0].referral")],
        ),
    ],
    ids=[
        "corrects-nothing-on-file",
        "corrects-a-correction-of-nothing",
        "retracts-nothing-on-file",
        "corrects-another-kind",
        "corrects-before-it-was-recorded",
        "retracts-before-it-was-recorded",
        "corrected-twice",
        "corrected-and-retracted",
        "circle-of-two",
        "circle-of-retractions",
        "circle-of-three-with-a-tail",
        "referral-not-on-file",
        "referral-is-an-event",
        "enrolment-not-on-file",
        "enrolment-is-a-referral",
        "enrolment-retracted",
        "referral-retracted",
    ],
)
def test_references_and_corrections_must_make_sense(
    records: dict[str, Any], expected: Found
) -> None:
    assert found(case(**records)) == expected


def test_ten_offices_may_correct_one_record_and_no_more() -> None:
    corrections = [
        event(f"e-{n}", "2020-01-01", source=f"office-{n}", corrects="e", **LATER)
        for n in range(MOST_CORRECTIONS + 1)
    ]
    told = found(case(events=(EVENT, *corrections[:-1])))
    assert {code for code, _ in told} == {"corrected_twice"}
    told = found(case(events=(EVENT, *corrections)))
    assert told == [("too_large", "events[1].filed.corrects")]


def test_a_circle_of_several_offices_is_told_as_one() -> None:
    file = case(
        events=(
            event("e", "2020-01-01", corrects="f"),
            event("f", "2020-01-01", corrects="e"),
            event("g", "2020-01-01", corrects="e", source="b"),
        )
    )
    assert found(file) == [
        ("circle", "events[0].filed.corrects"),
        ("circle", "events[1].filed.corrects"),
        ("corrected_twice", "events[2].filed.corrects"),
    ]


@pytest.mark.parametrize(
    "records",
    [
        {"events": (EVENT, event("f", "2020-01-01", corrects="e", **LATER))},
        {"events": (EVENT,), "retractions": (retraction("rt", "e", "2020-03-01"),)},
        {
            "events": (
                EVENT,
                event("f", "2020-01-01", corrects="e", **LATER),
                event("g", "2020-01-01", corrects="f", **LATER),
            )
        },
        {
            "events": (
                EVENT,
                event("f", "2020-01-01", corrects="e", **LATER),
                event("g", "2020-01-01", corrects="e", **LATER),
            ),
            "retractions": (retraction("rt", "f", "2020-04-01"),),
        },
        {
            "enrolments": (enrolment("en", "2020-01-01"),),
            "completions": (completion("co", "en", "2020-02-01"),),
            "retractions": (retraction("rt-1", "en"), retraction("rt-2", "rt-1")),
        },
        {
            "enrolments": (enrolment("en", "2020-01-01"),),
            "completions": (completion("co", "en", "2020-02-01"),),
            "retractions": (retraction("rt-1", "en"), retraction("rt-2", "co")),
        },
        {
            "referrals": (referral("rf", "2020-01-01"),),
            "enrolments": (enrolment("en", "2020-01-01", after="rf"),),
            "retractions": (retraction("rt-1", "rf"), retraction("rt-2", "en")),
        },
        {
            "enrolments": (enrolment("en", "2020-01-01"), enrolment("en-2", "2020-01-01")),
            "completions": (
                completion("co", "en", "2020-02-01"),
                completion("co-2", "en-2", "2020-02-01", corrects="co"),
            ),
            "retractions": (retraction("rt", "en"),),
        },
    ],
    ids=[
        "correction-of-the-same-day",
        "retraction-of-the-same-day",
        "correction-of-a-correction",
        "correction-after-a-retracted-one",
        "retraction-was-retracted",
        "what-referred-was-retracted-too",
        "enrolment-and-its-referral-were-retracted",
        "what-referred-was-corrected",
    ],
)
def test_a_mistake_can_always_be_mended(records: dict[str, Any]) -> None:
    assert found(case(**records)) == []


@pytest.mark.parametrize(
    ("of", "known_at", "expected"),
    [
        ("s", None, []),
        ("s-2", None, []),
        ("s", "2020-02-01", []),
        ("gone", None, [("dangling_id", "offences[0].sentence")]),
        ("e", None, [("dangling_id", "offences[0].sentence")]),
        ("t", "2020-02-29", []),
        ("t", "2020-03-01", [("dangling_id", "offences[0].sentence")]),
    ],
    ids=[
        *("by-its-first-id", "by-its-new-id", "before-the-correction", "nowhere"),
        *("an-event", "before-the-retraction", "taken-back"),
    ],
)
def test_an_offence_names_a_sentence_that_stands(
    of: str, known_at: str | None, expected: Found
) -> None:
    file = case(
        offences=(offence("o", of=of),),
        sentences=(
            sentence("s", "2020-01-01", OPEN),
            sentence("s-2", "2020-01-02", OPEN, corrects="s", **LATER),
            sentence("t", "2019-01-01", OPEN),
        ),
        events=(EVENT,),
        retractions=(retraction("rt", "t", "2020-03-01"),),
    )
    assert found(file, known_at) == expected


def test_an_offence_follows_its_sentence_to_the_correction() -> None:
    file = case(
        offences=(offence("o", of="s"),),
        sentences=(
            sentence("s", "2030-01-01", OPEN),
            sentence("s-2", "2031-01-01", OPEN, corrects="s", recorded_on="2031-02-01"),
        ),
    )
    for known_at, sentence_id in (("2031-01-31", "s"), ("2031-02-01", "s-2")):
        [known] = file.as_known(day(known_at)).offences
        assert known.sentence == sentence_id


@pytest.mark.parametrize(
    ("retractions", "told"),
    [
        pytest.param((), "the id of another record", id="not-on-file"),
        pytest.param(
            (retraction("rt", "en"), retraction("rt-2", "ev")),
            "the id of a record that was taken back",
            id="taken-back",
        ),
    ],
)
def test_it_is_told_whether_the_record_that_is_named_was_taken_back(
    retractions: tuple[Retraction, ...], told: str
) -> None:
    change = event("ev-2", "2020-01-02")
    filing = evolve(change.filed, changes=RecordId("ev"), since=day("2020-02-01"))
    before = (event("ev", "2020-01-01"),) if retractions else ()
    file = case(
        enrolments=(enrolment("en", "2020-01-01"),) if retractions else (),
        completions=(completion("co", "en", "2020-01-01"),),
        events=(evolve(change, filed=filing), *before),
        retractions=retractions,
    )
    problems = consistency.check(file, XX.glossary, XX.known_programs(), None)
    assert {problem.path: problem.found for problem in problems} == {
        "completions[0].enrolment": told,
        "events[0].filed.changes": told,
    }
