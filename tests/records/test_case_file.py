"""The case file: ids, order, and what of it was known on a day (law E23)."""

from datetime import date
from itertools import permutations
from typing import Any

import pytest
from attrs import evolve

from rehabcore.records import CaseFile, Event, Filed, Record, Retraction
from rehabcore.records.case_file import MOST_RECORDS, RECORD_LISTS
from rehabcore.rules.time.days import ONE_DAY
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import RecordId
from tests.kit.builders import case, day, filed, person
from tests.kit.record_makers import (
    completion,
    consent,
    enrolment,
    event,
    needs,
    observation,
    placement,
    referral,
    retraction,
    risk,
    sentence,
    standing,
    state,
    told,
)

EVERYTHING: dict[str, Any] = {
    "legal_standings": (standing("ls", "probation", "2020-01-01"),),
    "placements": (placement("pl", "community", "2020-01-01"),),
    "sentences": (sentence("s", "2020-01-01", "2021-01-01"),),
    "needs_assessments": (needs("na", "2020-01-01", findings={"work": "high"}),),
    "risk_assessments": (risk("ra", "low", "2020-01-01"),),
    "consents": (consent("c", "2020-01-01"),),
    "referrals": (referral("rf", "2020-01-01"),),
    "enrolments": (enrolment("en", "2020-01-01", after="rf"),),
    "completions": (completion("co", "en", "2020-02-01"),),
    "events": (event("ev", "2020-01-01"), event("ev-2", "2020-01-01")),
    "observations": (observation("ob", "negative", "2020-01-01"),),
    "states": (state("st", "employed", "2020-01-01"),),
    "retractions": (retraction("rt", "ev-2"),),
}


def ids(file: CaseFile) -> list[str]:
    """The ids of all records, in the order of the file."""
    return [record.filed.record_id for _, record in file.entries()]


def test_every_record_has_its_path_in_the_order_of_the_file() -> None:
    entries = [(path, record.filed.record_id) for path, record in case(**EVERYTHING).entries()]
    assert entries == [
        ("beneficiary[0]", "p-1"),
        ("legal_standings[0]", "ls"),
        ("placements[0]", "pl"),
        ("sentences[0]", "s"),
        ("needs_assessments[0]", "na"),
        ("risk_assessments[0]", "ra"),
        ("consents[0]", "c"),
        ("referrals[0]", "rf"),
        ("enrolments[0]", "en"),
        ("completions[0]", "co"),
        ("events[0]", "ev"),
        ("events[1]", "ev-2"),
        ("observations[0]", "ob"),
        ("states[0]", "st"),
        ("retractions[0]", "rt"),
    ]


def test_a_record_is_added_to_its_list_and_what_is_none_is_refused() -> None:
    file = case(events=(event("e-1", "2020-01-01"),))
    added = file.with_record(event("e-2", "2020-02-01"))
    assert [one.filed.record_id for one in added.events] == ["e-1", "e-2"]
    no_record: Any = "a record"
    with pytest.raises(InputError, match="wrong_type"):
        file.with_record(no_record)


def test_every_id_that_is_used_again_is_told_with_its_path() -> None:
    with pytest.raises(InputError) as raised:
        case(
            events=(event("p-1", "2020-01-01"), event("e", "2020-01-01")),
            states=(state("s", "employed", "2020-01-01"), state("e", "employed", "2020-01-01")),
        )
    assert [(p.code, p.path) for p in raised.value.problems] == [
        ("duplicate_id", "events[0].filed.record_id"),
        ("duplicate_id", "states[1].filed.record_id"),
    ]


def _ids(records: tuple[Record, ...]) -> str:
    return "-".join(record.filed.record_id for record in records)


def _events(number: int) -> tuple[Event, ...]:
    return tuple(
        Event(
            filed=Filed(record_id=RecordId(f"e-{n}"), recorded_on=date(2020, 1, 1), source="a"),
            kind="sanction",
            happened_on=date(2020, 1, 1),
        )
        for n in range(number)
    )


@pytest.mark.no_cover
def test_a_file_may_hold_as_many_records_as_the_limit_and_no_more() -> None:
    most = _events(MOST_RECORDS)
    assert len(ids(case(events=most[1:]))) == MOST_RECORDS
    with pytest.raises(InputError) as raised:
        case(events=most)
    assert [(p.code, p.path) for p in raised.value.problems] == [("too_large", "")]


@pytest.mark.parametrize("name", RECORD_LISTS[1:])
def test_each_kind_of_record_counts_from_the_day_it_was_recorded(name: str) -> None:
    file = case(**EVERYTHING)
    recorded = day("2020-01-01")
    before, then = file.as_known(recorded - ONE_DAY), file.as_known(recorded)
    assert getattr(before, name) == ()
    kept = tuple(r for r in getattr(file, name) if r.filed.record_id != "ev-2")
    assert getattr(then, name) == kept


def test_nobody_is_known_before_the_first_record() -> None:
    assert ids(case(**EVERYTHING).as_known(day("2019-12-31"))) == []


# --- corrections --------------------------------------------------------------------------

FIRST = event("first", "2020-01-01")
SECOND = event("second", "2020-01-02", recorded_on="2020-03-01", corrects="first")
THIRD = event("third", "2020-01-03", recorded_on="2020-05-01", corrects="second")


@pytest.mark.parametrize(
    ("known_at", "expected"),
    [
        ("2019-12-31", []),
        ("2020-01-01", ["first"]),
        ("2020-02-29", ["first"]),
        ("2020-03-01", ["second"]),
        ("2020-04-30", ["second"]),
        ("2020-05-01", ["third"]),
        ("2030-01-01", ["third"]),
    ],
)
@pytest.mark.parametrize(
    "events", [(FIRST, SECOND, THIRD), (THIRD, SECOND, FIRST)], ids=["in_order", "reversed"]
)
def test_a_correction_takes_the_place_of_a_record_from_the_day_it_was_recorded(
    known_at: str, expected: list[str], events: tuple[Event, ...]
) -> None:
    known = case(events=events).as_known(day(known_at)).events
    assert [record.filed.record_id for record in known] == expected


def test_a_correction_on_the_day_of_the_record_leaves_only_the_correction() -> None:
    same_day = event("second", "2020-01-02", corrects="first")
    assert case(events=(FIRST, same_day)).as_known(day("2020-01-01")).events == (same_day,)


def test_a_correction_of_the_person_takes_the_place_of_what_was_said() -> None:
    first = person("p-1", birth_date=day("1990-01-01"))
    second = evolve(
        person(birth_date=day("1991-01-01")), filed=filed("p-2", "2020-03-01", corrects="p-1")
    )
    file = case(beneficiary=(first, second))
    assert file.as_known(day("2020-02-29")).beneficiary == (first,)
    assert file.as_known(day("2020-03-01")).beneficiary == (second,)


@pytest.mark.parametrize(
    ("known_at", "expected"),
    [("2020-01-01", ["first"]), ("2020-05-31", ["first"]), ("2020-06-01", [])],
)
def test_a_retracted_record_is_gone_from_the_day_of_the_retraction(
    known_at: str, expected: list[str]
) -> None:
    file = case(events=(FIRST,), retractions=(retraction("rt", "first", "2020-06-01"),))
    known = file.as_known(day(known_at)).events
    assert [record.filed.record_id for record in known] == expected


def test_a_retraction_takes_back_the_correction_that_it_names() -> None:
    file = case(
        events=(FIRST, SECOND, THIRD), retractions=(retraction("rt", "third", "2020-06-01"),)
    )
    assert "third" not in ids(file.as_known(day("2020-06-01")))


def test_what_a_retracted_correction_had_replaced_stands_again() -> None:
    file = case(events=(FIRST, SECOND), retractions=(retraction("rt", "second", "2020-06-01"),))
    assert file.as_known(day("2020-05-31")).events == (SECOND,)
    assert file.as_known(day("2020-06-01")).events == (FIRST,)


RETRACTIONS = (
    retraction("rt-1", "first", "2020-06-01"),
    retraction("rt-2", "rt-1", "2020-07-01"),
    retraction("rt-3", "rt-2", "2020-08-01"),
)


@pytest.mark.parametrize(
    ("known_at", "expected"),
    [
        ("2020-05-31", (FIRST,)),
        ("2020-06-01", ()),
        ("2020-06-30", ()),
        ("2020-07-01", (FIRST,)),
        ("2020-07-31", (FIRST,)),
        ("2020-08-01", ()),
    ],
)
@pytest.mark.parametrize("order", list(permutations(RETRACTIONS)), ids=_ids)
def test_what_a_retracted_retraction_had_taken_back_stands_again(
    known_at: str, expected: tuple[Event, ...], order: tuple[Retraction, ...]
) -> None:
    assert case(events=(FIRST,), retractions=order).as_known(day(known_at)).events == expected


@pytest.mark.parametrize(
    "order",
    list(permutations([retraction("r1", "first"), retraction("r2", "r1"), retraction("r3", "r2")])),
    ids=_ids,
)
def test_retractions_of_one_day_count_the_same_in_every_order(
    order: tuple[Retraction, ...],
) -> None:
    file = case(events=(FIRST,), retractions=order)
    assert file.as_known(day("2020-01-01")).events == ()
    two = tuple(r for r in order if r.filed.record_id != "r3")
    assert case(events=(FIRST,), retractions=two).as_known(day("2020-01-01")).events == (FIRST,)


def test_retractions_of_each_other_end() -> None:
    file = case(events=(FIRST,), retractions=(retraction("r1", "r2"), retraction("r2", "r1")))
    assert file.as_known(date.max).events == (FIRST,)


# --- references follow corrections --------------------------------------------------------

REFERRALS = (
    referral("rf-1", "2020-01-01"),
    referral("rf-2", "2020-01-01", recorded_on="2020-03-01", corrects="rf-1"),
    referral("rf-3", "2020-01-01", recorded_on="2020-05-01", corrects="rf-2"),
)
ENROLMENTS = (
    enrolment("en-1", "2020-01-10", after="rf-1"),
    enrolment("en-2", "2020-01-11", after="rf-2", recorded_on="2020-03-01", corrects="en-1"),
    enrolment("en-3", "2020-01-12", after="rf-2", recorded_on="2020-05-01", corrects="en-2"),
)


@pytest.mark.parametrize(
    ("known_at", "enrolled", "referred"),
    [
        ("2020-02-29", "en-1", "rf-1"),
        ("2020-03-01", "en-2", "rf-2"),
        ("2020-04-30", "en-2", "rf-2"),
        ("2020-05-01", "en-3", "rf-3"),
    ],
)
def test_references_follow_corrections_to_what_stands_on_the_day(
    known_at: str, enrolled: str, referred: str
) -> None:
    file = case(
        referrals=REFERRALS,
        enrolments=ENROLMENTS,
        completions=(completion("co", "en-1", "2020-02-01"),),
    ).as_known(day(known_at))
    assert [(e.filed.record_id, e.referral) for e in file.enrolments] == [(enrolled, referred)]
    assert [c.enrolment for c in file.completions] == [enrolled]


def test_references_to_what_was_not_corrected_stay() -> None:
    file = case(
        referrals=REFERRALS[:1],
        enrolments=(ENROLMENTS[0], enrolment("other", "2020-01-01")),
        completions=(completion("co", "other", "2020-02-01"),),
    )
    assert file.as_known(date.max) is file


def test_a_reference_to_what_was_retracted_stays_as_it_was_filed() -> None:
    file = case(
        enrolments=(enrolment("en", "2020-01-01"),),
        completions=(completion("co", "en", "2020-02-01"),),
        retractions=(retraction("rt", "en", "2020-03-01"),),
    )
    view = file.as_known(day("2020-03-01"))
    assert view.enrolments == ()
    assert [record.enrolment for record in view.completions] == ["en"]


def test_an_enrolment_stays_completed_when_it_is_corrected() -> None:
    file = case(
        referrals=REFERRALS,
        enrolments=ENROLMENTS,
        completions=(completion("co", "en-1", "2020-02-01"),),
    )
    assert told(file, "completed", program="thinking_skills") == [
        ("", False, ""),
        ("2020-01-12", False, "en-3"),
        ("2020-02-01", True, "co en-3"),
    ]
    assert told(file, "enrolled", program="thinking_skills") == [
        ("", False, ""),
        ("2020-01-12", True, "en-3"),
        ("2020-02-01", False, "co en-3"),
    ]


def test_references_end_even_where_corrections_run_in_a_circle() -> None:
    file = case(
        enrolments=(
            enrolment("en-1", "2020-01-01", corrects="en-2"),
            enrolment("en-2", "2020-01-01", corrects="en-1"),
        ),
        completions=(completion("co", "en-1", "2020-02-01"),),
    )
    assert len(file.as_known(date.max).completions) == 1


def test_the_view_of_what_is_known_does_not_change_when_it_is_taken_again() -> None:
    file = case(referrals=REFERRALS, enrolments=ENROLMENTS, events=(FIRST, SECOND, THIRD))
    for known_at in ("2020-01-01", "2020-03-01", "2020-05-01"):
        view = file.as_known(day(known_at))
        assert view.as_known(day(known_at)) == view


def test_filing_keeps_the_whole_history() -> None:
    file = case(events=(FIRST, SECOND, THIRD))
    file.as_known(date.max)
    assert file.events == (FIRST, SECOND, THIRD)
    assert SECOND.filed == filed("second", "2020-03-01", corrects="first")
