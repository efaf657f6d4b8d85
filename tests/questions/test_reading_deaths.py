"""A death: known from the day of filing, it ends what runs, and nobody is to blame."""

from typing import Any

import pytest
from attrs import evolve

from rehabcore.records import CaseFile, Death
from rehabcore.rules.facts import NEVER
from rehabcore.rules.time.partial import PartialDay
from rehabcore.rules.truth import UnknownKind
from tests.kit.builders import case, day, filed
from tests.kit.record_makers import (
    XX,
    Piece,
    cell,
    completion,
    death,
    enrolment,
    question,
    referral,
    risk,
    ruling,
    standing,
    told,
)

DISPUTED = UnknownKind.DISPUTED
THINKING: dict[str, Any] = {"program": "thinking_skills"}
A_YEAR: dict[str, Any] = {"within": "1 year", "ageing": "exclusive"}
MARCH = death("d", "2020-03-01")
TWO_DAYS = (MARCH, death("d-2", "2020-03-11", source="b"))


@pytest.mark.parametrize(
    ("deaths", "expected"),
    [
        ((), [("", False, "")]),
        ((MARCH,), [("", False, "d"), ("2020-03-01", True, "d")]),
        (
            (MARCH, death("d-2", "2020-03-01", source="b")),
            [("", False, "d d-2"), ("2020-03-01", True, "d d-2")],
        ),
        (
            TWO_DAYS,
            [
                ("", False, "d d-2"),
                ("2020-03-01", DISPUTED, "d d-2"),
                ("2020-03-11", True, "d d-2"),
            ],
        ),
    ],
    ids=["none", "one", "two-that-agree", "two-days"],
)
def test_the_person_has_died_from_the_day_of_death_on(
    deaths: tuple[Death, ...], expected: list[Piece]
) -> None:
    assert told(case(deaths=deaths), "died") == expected


def test_a_death_of_which_the_month_is_known_leaves_the_days_of_the_month_open() -> None:
    """Unless another source knows the day."""
    month = Death(filed=filed("d"), died_on=PartialDay(day("2020-03-01"), day("2020-03-31")))
    assert told(case(deaths=(month,)), "died") == [
        ("", False, "d"),
        ("2020-03-01", UnknownKind.MISSING, "d"),
        ("2020-03-31", True, "d"),
    ]
    both = case(deaths=(month, death("d-2", "2020-03-11", source="b")))
    assert told(both, "died") == [("", False, "d d-2"), ("2020-03-11", True, "d d-2")]


def test_a_death_is_known_only_from_the_day_on_which_it_was_filed() -> None:
    file = case(deaths=(death("d", "2020-03-01", recorded_on="2020-05-01"),))
    assert told(file.as_known(day("2020-04-30")), "died") == [("", False, "")]
    assert told(file.as_known(day("2020-05-01")), "died")[-1] == ("2020-03-01", True, "d")


def test_only_silence_about_a_death_is_an_assumption() -> None:
    assert getattr(cell(case(), "died", "2020-02-01"), "assumption", None) == "none_on_file"
    alive = cell(case(deaths=(MARCH,)), "died", "2020-02-01")
    assert getattr(alive, "assumption", "") is None


@pytest.mark.parametrize(
    ("deaths", "expected"),
    [
        ((), [("", False, ""), ("2020-02-10", UnknownKind.MISSING, "c")]),
        (
            (MARCH,),
            [("", False, "d"), ("2020-02-10", DISPUTED, "c d"), ("2020-03-01", True, "d")],
        ),
        ((death("d", "2020-02-01"),), [("", False, "d"), ("2020-02-01", True, "d")]),
    ],
    ids=["no-death", "a-later-death", "an-earlier-death"],
)
def test_an_enrolment_that_ended_with_a_death_leaves_open_whether_the_person_lives(
    deaths: tuple[Death, ...], expected: list[Piece]
) -> None:
    """Until a death is on file: its day counts."""
    file = _file(completion("c", "e", "2020-02-10", "died", source="b"), deaths=deaths)
    assert told(file, "died") == expected


def test_what_a_death_ends_is_open_after_an_enrolment_that_ended_with_one() -> None:
    end = completion("c", "e", "2020-02-10", "died")
    file = evolve(_file(end, deaths=()), referrals=(referral("r", "2020-02-01"),))
    assert told(file, "awaiting_decision", **THINKING)[1:] == [
        ("2020-02-01", True, "r"),
        ("2020-02-10", UnknownKind.MISSING, "c r"),
    ]


def test_an_end_by_death_leaves_open_what_runs_in_other_programmes() -> None:
    file = _file(completion("c", "e", "2020-02-10", "died"), deaths=())
    elsewhere = enrolment("f", "2020-01-05", program="drop_in")
    file = evolve(file, enrolments=(*file.enrolments, elsewhere))
    assert told(file, "enrolled", program="drop_in")[1:] == [
        ("2020-01-05", True, "f"),
        ("2020-02-10", UnknownKind.MISSING, "c f"),
    ]


def _file(
    *ends: Any, deaths: tuple[Death, ...] = (MARCH,), started: str = "2020-01-01"
) -> CaseFile:
    return case(deaths=deaths, enrolments=(enrolment("e", started),), completions=ends)


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        (_file(), [("2020-01-01", True, "e"), ("2020-03-01", False, "d e")]),
        (
            _file(completion("c", "e", "2020-02-01")),
            [("2020-01-01", True, "e"), ("2020-02-01", False, "c e")],
        ),
        (
            _file(completion("c", "e", "2020-04-01", "removed", source="b")),
            [("2020-01-01", True, "e"), ("2020-03-01", False, "d e")],
        ),
        (
            _file(deaths=TWO_DAYS),
            [
                ("2020-01-01", True, "e"),
                ("2020-03-01", DISPUTED, "d d-2 e"),
                ("2020-03-11", False, "d d-2 e"),
            ],
        ),
        (
            _file(completion("c", "e", "2020-03-05", source="b"), deaths=TWO_DAYS),
            [
                ("2020-01-01", True, "e"),
                ("2020-03-01", DISPUTED, "c d d-2 e"),
                ("2020-03-05", False, "c d e"),
            ],
        ),
        (_file(started="2020-04-01"), [("2020-04-01", False, "d e")]),
    ],
    ids=["running", "ended-before", "ended-after", "two-days", "ended-between", "begun-after"],
)
def test_a_death_ends_an_enrolment(file: CaseFile, expected: list[Piece]) -> None:
    assert told(file, "enrolled", **THINKING)[1:] == expected


@pytest.mark.parametrize("outcome", ["completed", "removed"])
def test_a_death_does_not_date_an_end_that_may_have_come_before(outcome: str) -> None:
    """Until the death it is as open as it was; from then on it may have been that death."""
    end = completion("c", "e", "2020-04-30", outcome, source="b")
    some_day = evolve(end, ended_on=PartialDay(day("2020-02-01"), day("2020-04-30")))
    file, missing = _file(some_day), UnknownKind.MISSING
    assert told(file, "enrolled", **THINKING)[1:] == [
        ("2020-01-01", True, "e"),
        ("2020-02-01", missing, "c e"),
        ("2020-03-01", False, "c e"),
    ]
    assert told(file, "program_outcomes", outcome=outcome, **A_YEAR)[1:] == [
        ("2020-02-01", "missing 0..1", "c e"),
        ("2021-03-01", 0, ""),
    ]
    assert told(file, "program_outcomes", outcome="died", **A_YEAR)[1:] == [
        ("2020-03-01", "missing 0..1", "c e"),
        ("2021-03-01", 0, ""),
    ]
    assert told(file, "program_outcomes", outcome="transferred", **A_YEAR) == [("", 0, "")]


def test_an_end_in_the_month_of_a_death_is_not_certainly_a_completion() -> None:
    end = completion("c", "e", "2020-03-31", source="b")
    in_march = evolve(end, ended_on=PartialDay(day("2020-03-01"), day("2020-03-31")))
    assert told(_file(in_march), "completed", **THINKING)[2:] == [
        ("2020-03-01", UnknownKind.MISSING, "c e")
    ]


def test_time_in_a_programme_ends_with_death() -> None:
    assert told(_file(), "time_enrolled", **THINKING)[-1] == ("2020-03-01", NEVER, "d e")


def test_an_end_by_death_counts_as_death_and_never_as_a_removal_or_completion() -> None:
    """Even where an office that did not know of it filed a removal later."""
    for outcome in ("removed", "completed"):
        file = _file(completion("c", "e", "2020-04-01", outcome, source="b"))
        assert told(file, "program_outcomes", outcome=outcome, **A_YEAR) == [("", 0, "")]
        assert told(file, "program_outcomes", outcome="died", **A_YEAR)[1:] == [
            ("2020-03-01", 1, "d e"),
            ("2021-03-01", 0, ""),
        ]
    assert {value for _, value, _ in told(file, "completed", **THINKING)} == {False}


@pytest.mark.parametrize("fact", ["referred", "awaiting_decision"])
def test_a_referral_is_open_until_death(fact: str) -> None:
    records: dict[str, Any] = {"referrals": (referral("r", "2020-01-01"),)}
    pieces = told(case(deaths=(MARCH,), **records), fact, **THINKING)
    assert pieces[1:] == [("2020-01-01", True, "r"), ("2020-03-01", False, "d")]
    pieces = told(case(deaths=TWO_DAYS, **records), fact, **THINKING)
    assert pieces[2] == ("2020-03-01", DISPUTED, "d d-2 r")


def test_what_is_over_before_a_disputed_day_of_death_is_not_disputed() -> None:
    file = case(
        deaths=TWO_DAYS,
        referrals=(referral("r", "2020-01-01"),),
        rulings=(ruling("u", "refused", "2020-02-01"),),
    )
    assert told(file, "awaiting_decision", **THINKING)[2:] == [("2020-02-01", False, "r u")]


def test_nothing_falls_due_after_death() -> None:
    duty: dict[str, Any] = {"kind": "office_visit", "first": "14 days", "every": "1 month"}
    records: dict[str, Any] = {
        "legal_standings": (standing("s", "probation", "2020-02-20"),),
        "risk_assessments": (risk("ra", "low", "2020-02-20"),),
    }
    file = case(deaths=(MARCH,), **records)
    assert told(file, "time_to_duty", **duty)[1:] == [
        ("2020-02-20", "2020-03-05", "s"),
        ("2020-03-01", NEVER, "d"),
    ]
    assert told(file, "time_to_reassessment")[-1] == ("2020-03-01", NEVER, "d")
    file = case(deaths=TWO_DAYS, **records)
    assert told(file, "time_to_duty", **duty)[2] == ("2020-03-01", DISPUTED, "d d-2 s")


def test_other_facts_still_answer_after_death() -> None:
    file = case(deaths=(MARCH,), legal_standings=(standing("s", "probation", "2020-02-20"),))
    assert told(file, "legal_status")[-1] == ("2020-02-20", "probation", "s")


def test_until_a_death_an_end_says_what_it_says_though_the_death_replaces_it() -> None:
    """Nobody knew of the death in February, and the two offices contradict each other."""
    perhaps = evolve(
        completion("c-1", "e-1", "2020-02-10", "withdrawn"),
        ended_on=PartialDay(day("2020-02-10"), day("2020-03-22")),
    )
    records: dict[str, Any] = {
        "enrolments": (enrolment("e-1", "2020-01-01"),),
        "completions": (perhaps, completion("c-2", "e-1", "2020-03-23", "withdrawn", source="b")),
    }
    dead = case(**records, deaths=(death("d", "2020-03-20"),))
    asked: dict[str, Any] = {"outcome": "withdrawn", **A_YEAR}
    found = told(dead, "program_outcomes", **asked)[:2]
    assert found[1] == ("2020-02-10", "disputed 0..1", "c-1 c-2 e-1")
    assert found == told(case(**records), "program_outcomes", **asked)[:2]


def test_a_death_ends_an_enrolment_in_every_way_of_reading_a_fault() -> None:
    """The referral that it names is not on file."""
    file = case(enrolments=(enrolment("e", "2020-01-01", after="gone"),), deaths=(MARCH,))
    facts, asked = XX.facts_of(file), question("enrolled", **THINKING)
    before, after = (facts.on(day(on))(asked) for on in ("2020-02-29", "2020-03-01"))
    assert (getattr(before, "value", None), getattr(after, "value", None)) == (True, False)
