"""What two offices may tell twice, and days that are known in part, in every family that counts."""

from itertools import permutations
from typing import Any

import pytest
from attrs import evolve

from rehabcore.questions.policy import RecordsPolicy
from rehabcore.rules.facts import Assumption, Known
from rehabcore.rules.time.days import OPEN
from rehabcore.rules.truth import UnknownKind
from tests.kit.builders import case, some_day
from tests.kit.record_makers import (
    XX,
    Piece,
    completion,
    enrolment,
    event,
    facts_of,
    observation,
    offence,
    question,
    retraction,
    ruling,
    sentence,
    told,
)

MISSING, DISPUTED = UnknownKind.MISSING, UnknownKind.DISPUTED
A_YEAR: dict[str, Any] = {"within": "1 year", "ageing": "exclusive"}
SILENT = evolve(XX, records_policy=RecordsPolicy())
"""The country, if it did not state within how many days two offices may tell one thing."""


# --- one thing or two ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("records", "fact", "given"),
    [
        (
            {
                "offences": (
                    offence("a", "violent", "2030-03-01"),
                    offence("b", "violent", "2030-03-02", source="b"),
                )
            },
            "offences",
            {"offence_kind": "violent", "counted_from": "committed", **A_YEAR},
        ),
        (
            {
                "observations": (
                    observation("a", "negative", "2030-03-01"),
                    observation("b", "negative", "2030-03-02", source="b"),
                )
            },
            "observations_of_drug_test",
            {"value": "negative", **A_YEAR},
        ),
        (
            {
                "rulings": (
                    ruling("a", "refused", "2030-03-01"),
                    ruling("b", "refused", "2030-03-02", source="b"),
                )
            },
            "refusals",
            {"subject": "thinking_skills", **A_YEAR},
        ),
        (
            {
                "enrolments": (
                    enrolment("e", "2030-01-01"),
                    enrolment("f", "2030-01-02", source="b"),
                ),
                "completions": (
                    completion("a", "e", "2030-03-01", "removed"),
                    completion("b", "f", "2030-03-02", "removed", source="b"),
                ),
            },
            "program_outcomes",
            {"outcome": "removed", **A_YEAR},
        ),
        (
            {
                "events": (
                    event("a", "2030-03-01", "violation"),
                    event("b", "2030-03-02", "violation", source="b"),
                )
            },
            "undecided_events",
            {"kind": "violation"},
        ),
    ],
    ids=["offences", "tests", "refusals", "removals", "undecided"],
)
def test_one_real_thing_told_twice_is_never_counted_twice_for_certain(
    records: dict[str, Any], fact: str, given: dict[str, Any]
) -> None:
    in_april = _on("2030-04-01", told(case(**records), fact, **given))
    assert in_april == "needs_person 1..2"
    *_, last = records
    one, two = records[last]
    joined = {**records, last: (one, _same(two, "a"))}
    assert _on("2030-04-01", told(case(**joined), fact, **given)) == 1
    own = {name: tuple(map(_by_one_office, listed)) for name, listed in records.items()}
    assert _on("2030-04-01", told(case(**own), fact, **given)) == 2


@pytest.mark.parametrize(
    ("kind", "expected"),
    [(None, "missing 1..2"), ("property", "needs_person 1..2"), ("sexual", "disputed 0..1")],
)
def test_what_one_office_leaves_open_takes_nothing_from_what_another_tells(
    kind: str | None, expected: str
) -> None:
    """Only what contradicts it does: two records that may tell one offence differ in its kind."""
    told_by_two = (
        offence("a", kind, "2030-03-01"),
        offence("b", "property", "2030-03-02", source="b"),
    )
    given: dict[str, Any] = {"offence_kind": "property", "counted_from": "committed", **A_YEAR}
    pieces = told(case(offences=told_by_two), "offences", **given)
    assert _on("2030-04-01", pieces) == expected


def _same(record: Any, as_record: str) -> Any:
    return evolve(record, filed=evolve(record.filed, same_as=as_record))


def _by_one_office(record: Any) -> Any:
    return evolve(record, filed=evolve(record.filed, source="a"))


def _on(day: str, pieces: list[Piece]) -> object:
    return next(value for start, value, _ in pieces[::-1] if start <= day)


def test_three_offices_may_tell_one_thing_each_a_little_later() -> None:
    events = (
        event("a", "2030-03-01"),
        event("b", "2030-03-04", source="b"),
        event("c", "2030-03-07", source="c"),
    )
    for order in permutations(events):
        pieces = told(case(events=order), "events", kind="sanction", **A_YEAR)
        assert _on("2030-03-05", pieces) == "disputed 0..2"
        assert _on("2030-04-01", pieces) == "needs_person 1..3"


def test_what_two_offices_tell_again_is_one_thing_though_the_first_took_it_back() -> None:
    gone = retraction("rt", "a")
    again: dict[str, Any] = {"same_as": "a"}
    events = (
        event("a", "2030-03-01"),
        event("b", "2030-03-01", source="b", **again),
        event("c", "2030-03-20", source="c", **again),
    )
    file = case(events=events, retractions=(gone,))
    assert told(file, "events", kind="sanction", **A_YEAR)[2] == ("2030-03-20", 1, "b c")
    sentences = (
        sentence("a", "2030-03-01", OPEN, source="court"),
        sentence("b", "2030-03-01", OPEN, source="b", **again),
        sentence("c", "2030-03-20", OPEN, source="c", **again),
    )
    file = case(sentences=sentences, retractions=(gone,))
    assert told(file, "sentences")[2] == ("2030-03-20", 1, "b c")


def test_what_is_too_far_from_one_record_may_be_near_to_another() -> None:
    own = (event("a", "2030-03-01"), event("c", "2030-03-04"))
    for order in permutations((*own, event("b", "2030-03-07", source="b"))):
        pieces = told(case(events=order), "events", kind="sanction", **A_YEAR)
        assert _on("2030-03-03", pieces) == 1
        assert _on("2030-04-01", pieces) == "needs_person 2..3"


def test_of_very_many_offices_all_may_tell_one_thing() -> None:
    events = tuple(event(f"e-{n}", "2030-03-01", source=f"office-{n}") for n in range(11))
    asked: dict[str, Any] = {"kind": "sanction", **A_YEAR}
    assert _on("2030-04-01", told(case(events=events), "events", **asked)) == "needs_person 0..11"
    fewer = told(case(events=events[1:]), "events", **asked)
    assert _on("2030-04-01", fewer) == "needs_person 1..10"
    since = told(case(events=events), "time_since_event", kind="sanction")
    assert since[-1][1] == "2030-03-01"


def test_where_the_country_states_nothing_days_apart_are_assumed_to_be_things_apart() -> None:
    one = event("a", "2030-03-01")
    asked = question("events", kind="sanction", **A_YEAR)
    for other, value, assumption in (
        (event("b", "2030-03-02", source="b"), 2, Assumption.TOLD_APART),
        (event("b", "2030-03-02"), 2, Assumption.NONE_ON_FILE),
        (event("b", "2030-03-02", source="b", same_as="a"), 1, Assumption.NONE_ON_FILE),
    ):
        facts = facts_of(case(events=(one, other)), country=SILENT)
        cell = facts.timeline(asked).at(some_day("2030-04-01"))
        assert isinstance(cell, Known)
        assert (cell.value, cell.assumption) == (value, assumption)
    same_day = facts_of(case(events=(one, event("b", "2030-03-01", source="b"))), country=SILENT)
    assert not isinstance(same_day.timeline(asked).at(some_day("2030-04-01")), Known)


def test_whoever_takes_part_by_one_office_and_not_by_another_assumes_two_enrolments() -> None:
    file = case(
        enrolments=(enrolment("e", "2030-01-01"), enrolment("f", "2030-01-02", source="b")),
        completions=(completion("c", "e", "2030-02-01"),),
    )
    asked = question("enrolled", program="thinking_skills")
    stated, silent = (
        facts_of(file, country=country).timeline(asked).at(some_day("2030-03-01"))
        for country in (XX, SILENT)
    )
    assert not isinstance(stated, Known)
    assert silent == Known(True, evidence=("f",), assumption=Assumption.TOLD_APART)


def test_a_completion_of_one_of_an_offices_enrolments_is_none_of_the_other() -> None:
    file = case(
        enrolments=(
            enrolment("e", "2030-01-01"),
            enrolment("f", "2030-01-02"),
            enrolment("g", "2030-01-02", source="b"),
        ),
        completions=(completion("c", "g", "2030-02-01", source="b"),),
    )
    assert told(file, "enrolled", program="thinking_skills")[-1] == ("2030-02-01", True, "e f")


# --- days known in part -------------------------------------------------------------------


def _some(record: Any, **days: object) -> Any:
    """The record with days that are known only in part."""
    return evolve(record, **{name: some_day(plain) for name, plain in days.items()})


def _events(*events: Any, fact: str = "events", **given: Any) -> list[Piece]:
    return told(case(events=events), fact, kind="sanction", **given)


IN_MARCH = _some(event("m", "2030-03-01"), happened_on="2030-03")


def test_an_event_of_some_day_may_count_from_the_first_and_leaves_with_the_last() -> None:
    assert _events(IN_MARCH, **A_YEAR) == [
        ("", 0, ""),
        ("2030-03-01", "missing 0..1", "m"),
        ("2030-03-31", 1, "m"),
        ("2031-03-01", "missing 0..1", "m"),
        ("2031-03-31", 0, ""),
    ]
    by_march = _some(event("m", "2030-03-01"), happened_on={"to": "2030-03-31"})
    assert _events(by_march, **A_YEAR) == [("", "missing 0..1", "m"), ("2031-03-31", 0, "")]
    since_march = _some(event("m", "2030-03-01"), happened_on={"from": "2030-03-01"})
    assert _events(since_march, **A_YEAR) == [("", 0, ""), ("2030-03-01", "missing 0..1", "m")]


def test_who_knows_the_day_only_in_part_leaves_it_to_who_knows_it() -> None:
    exact = event("e", "2030-03-10", source="b", same_as="m")
    assert _events(IN_MARCH, exact, **A_YEAR) == [
        ("", 0, ""),
        ("2030-03-10", 1, "e m"),
        ("2031-03-10", 0, ""),
    ]
    apart = _events(IN_MARCH, event("e", "2030-03-10", source="b"), **A_YEAR)
    assert _on("2030-03-12", apart) == "missing 0..2"
    assert _on("2030-03-13", apart) == "missing 1..2"
    assert _on("2030-04-01", apart) == "needs_person 1..2"
    late = _some(event("l", "2030-03-01", source="b", same_as="e"), happened_on="2030")
    early = event("d", "2030-02-01", source="c", same_as="e")
    three = _events(event("e", "2030-03-10"), late, early, **A_YEAR)
    assert [start for start, value, _ in three if value == 1] == ["2030-03-10"]


def test_the_latest_event_lies_between_the_days_that_it_may_have() -> None:
    first, again = event("a", "2030-05-01"), event("b", "2030-05-03", source="b")
    assert _events(IN_MARCH, first, again, fact="time_since_event") == [
        ("", MISSING, ""),
        ("2030-03-01", MISSING, "m"),
        ("2030-03-31", "missing 2030-03-01..2030-03-31", "m"),
        ("2030-05-01", "missing 2030-03-01..2030-05-01", "a m"),
        ("2030-05-03", "disputed 2030-05-01..2030-05-03", "a b"),
    ]
    sure = event("c", "2030-04-30")
    assert _events(sure, first, fact="time_since_event")[-1] == ("2030-05-01", "2030-05-01", "a")


def test_a_row_of_months_has_those_in_which_something_certainly_happened() -> None:
    row = _events(
        event("j", "2030-01-10"),
        _some(event("f", "2030-02-01"), happened_on="2030-02"),
        _some(event("g", "2030-03-01"), happened_on={"from": "2030-03-20", "to": "2030-05-10"}),
        fact="event_months_in_a_row",
    )
    assert row == [
        ("", 0, ""),
        ("2030-01-10", 1, "j"),
        ("2030-02-01", "missing 1..2", "f j"),
        ("2030-02-28", 2, "f j"),
        ("2030-03-20", "missing 2..3", "f g j"),
        ("2030-04-01", "missing 0..4", "f g j"),
        ("2030-05-01", "missing 0..5", "f g j"),
        ("2030-07-01", 0, ""),
    ]
    within = _events(
        _some(event("g", "2030-01-01"), happened_on={"from": "2030-01-01", "to": "2030-03-31"}),
        event("j", "2030-01-05"),
        fact="event_months_in_a_row",
    )
    assert [(start, value) for start, value, _ in within[:3]] == [
        ("", 0),
        ("2030-01-01", "missing 0..1"),
        ("2030-01-05", 1),
    ]
    two_offices = _events(
        event("a", "2030-01-31"),
        event("b", "2030-02-01", source="b"),
        _some(event("c", "2030-01-01"), happened_on={"from": "2030-02-10", "to": "2030-03-01"}),
        fact="event_months_in_a_row",
    )
    assert two_offices[1:] == [
        ("2030-01-31", "disputed 0..1", "a"),
        ("2030-02-01", "disputed 0..2", "a b"),
        ("2030-03-01", "missing 0..3", "a b c"),
        ("2030-05-01", 0, ""),
    ]


def test_a_month_counts_once_however_often_something_happened_in_it() -> None:
    two = (event("a", "2030-01-20"), event("b", "2030-01-10"))
    for order in permutations(two):
        assert _events(*order, fact="event_months_in_a_row") == [
            ("", 0, ""),
            ("2030-01-10", 1, "b"),
            ("2030-03-01", 0, ""),
        ]


def test_events_since_an_anchor_may_lie_before_or_after_it() -> None:
    asked: dict[str, Any] = {"anchor": "latest_payment", "after": "0 days", "kind": "sanction"}
    payment = event("p", "2030-03-10", "payment")
    pieces = told(case(events=(payment, IN_MARCH)), "events_between", **asked)
    assert pieces[-1] == ("2030-03-10", "missing 0..1", "m p")
    events = (
        payment,
        event("a", "2030-04-01"),
        event("b", "2030-04-02", source="b"),
        event("c", "2030-05-01"),
    )
    pieces = told(case(events=events), "events_between", **asked)
    assert pieces[-3:] == [
        ("2030-04-01", "disputed 0..1", "a p"),
        ("2030-04-02", "needs_person 1..2", "a b p"),
        ("2030-05-01", "needs_person 2..3", "a b c p"),
    ]


def test_an_event_that_was_decided_on_some_day_may_be_decided_before() -> None:
    decided = _some(
        event("v", "2030-03-01", "violation", outcome="sustained"), decided_on="2030-04"
    )
    file = case(events=(decided,))
    asked: dict[str, Any] = {"counted_from": "event", **A_YEAR}
    assert told(file, "incidents_violation", outcomes="sustained", **asked)[1:3] == [
        ("2030-03-01", "needs_person 0..1", "v"),
        ("2030-04-01", "missing 0..1", "v"),
    ]
    assert told(file, "undecided_events", kind="violation") == [
        ("", 0, ""),
        ("2030-03-01", 1, "v"),
        ("2030-04-01", "missing 0..1", "v"),
        ("2030-04-30", 0, ""),
    ]


def test_an_enrolment_of_some_days_may_run_from_the_first_to_the_last() -> None:
    file = case(
        enrolments=(_some(enrolment("e", "2030-01-01"), started_on="2030-01"),),
        completions=(_some(completion("c", "e", "2030-03-01"), ended_on="2030-03"),),
    )
    program: dict[str, Any] = {"program": "thinking_skills"}
    assert told(file, "enrolled", **program) == [
        ("", False, ""),
        ("2030-01-01", MISSING, "c e"),
        ("2030-01-31", True, "e"),
        ("2030-03-01", MISSING, "c e"),
        ("2030-03-31", False, "c e"),
    ]
    assert told(file, "completed", **program)[-2:] == [
        ("2030-03-01", MISSING, "c e"),
        ("2030-03-31", True, "c e"),
    ]


def test_who_completed_is_told_by_those_who_certainly_say_so() -> None:
    file = case(
        enrolments=(
            enrolment("e", "2030-01-01"),
            _some(enrolment("f", "2030-01-01", source="b", same_as="e"), started_on="2030-01"),
        )
    )
    assert told(file, "enrolled", program="thinking_skills") == [
        ("", False, ""),
        ("2030-01-01", True, "e f"),
    ]


def test_whose_other_day_leaves_a_count_open_does_not_depend_on_the_order_of_the_file() -> None:
    """Of three things of the next day that may be this one, the same are always evidence."""
    events = (
        event("r-1", "2020-01-02", source="b", same_as="r-9"),
        event("r-5", "2020-01-02", source="d"),
        event("r-6", "2020-01-02", source="e"),
        event("r-7", "2020-01-01", source="a"),
        event("r-9", "2020-01-02", source="c"),
    )
    one, other = (
        told(case(events=mixed), "events", kind="sanction", **A_YEAR)
        for mixed in (events, events[::-1])
    )
    assert one == other
