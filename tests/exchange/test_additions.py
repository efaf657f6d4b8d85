"""New records of a case file: with the next free id, at the end of their lists, or refused."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from rehabcore import exchange, jurisdictions
from rehabcore.records import CaseFile, Consent
from rehabcore.records.case_file import MOST_RECORDS, RECORD_LISTS
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import RecordId
from tests.kit.builders import filed

CASE = exchange.read(jurisdictions.examples()["xx/therapeutic-community"], CaseFile)
FILED = {"recorded_on": "2026-11-16", "source": "prison-1"}
CONSENT = {"filed": FILED, "purpose": "programme", "given": "2026-11-16"}
EVENT = {"filed": FILED, "kind": "sanction", "happened_on": "2026-11-15"}


def numbered(record: dict[str, Any], record_id: object) -> dict[str, Any]:
    return {**record, "filed": {"record_id": record_id, **FILED}}


def refused(source: Any, case: Any = CASE) -> list[tuple[str, str]]:
    with pytest.raises(InputError) as caught:
        exchange.append(case, source)
    return [(problem.code, problem.path) for problem in caught.value.problems]


# --- plain data ---------------------------------------------------------------------------


def test_a_record_without_an_id_gets_the_next_free_one_of_its_list() -> None:
    assert len(CASE.consents) == 1
    once = exchange.append(CASE, {"consents": [CONSENT]})
    twice = exchange.append(once, {"consents": [CONSENT]})
    assert [c.filed.record_id for c in twice.consents] == ["c-1", "consents-2", "consents-3"]
    assert once.consents[:1] == CASE.consents
    assert evolve(once, consents=CASE.consents) == CASE


def test_the_same_records_get_the_same_ids() -> None:
    new = {"events": [EVENT, EVENT], "consents": [CONSENT]}
    assert exchange.append(CASE, new) == exchange.append(CASE, json.dumps(new))


def test_ids_that_are_given_are_kept_and_passed_over() -> None:
    new = {"consents": [CONSENT, numbered(CONSENT, "consents-2"), numbered(CONSENT, "mine")]}
    ids = [c.filed.record_id for c in exchange.append(CASE, new).consents]
    assert ids == ["c-1", "consents-3", "consents-2", "mine"]


def test_new_records_may_be_text_bytes_or_a_file(tmp_path: Path) -> None:
    text = json.dumps({"consents": [CONSENT]})
    file = tmp_path / "new.json"
    file.write_text(text)
    expected = exchange.append(CASE, {"consents": [CONSENT]})
    assert all(exchange.append(CASE, source) == expected for source in (text, text.encode(), file))


def test_a_new_record_may_name_a_new_one() -> None:
    referral = {"program_id": "drop_in", "referred_on": "2026-11-16"}
    enrolment = {"program_id": "drop_in", "started_on": "2026-11-16", "referral": "r-new"}
    after = exchange.append(
        CASE,
        {"referrals": [numbered(referral, "r-new")], "enrolments": [{"filed": FILED, **enrolment}]},
    )
    assert after.enrolments[-1].referral == "r-new"


def test_more_records_than_a_file_can_hold_are_counted_and_refused_unread() -> None:
    assert refused({"events": [None] * MOST_RECORDS, "consents": [None]}) == [("too_large", "")]


def test_very_many_new_records_get_the_free_ids_in_order() -> None:
    given = numbered(EVENT, "events-3")
    longer = exchange.append(CASE, {"events": [EVENT, given, *[EVENT] * 2_000]})
    ids = [record.filed.record_id for record in longer.events[len(CASE.events) :]]
    assert ids[:4] == ["events-2", "events-3", "events-4", "events-5"]
    assert len(set(ids)) == len(ids) == 2_002


def test_no_new_records_change_nothing() -> None:
    assert exchange.append(CASE, {}) == CASE


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ([], [("wrong_type", "")]),
        ("[]", [("wrong_type", "")]),
        ({"consent": []}, [("unknown_key", "")]),
        ({"case_id": "x"}, [("unknown_key", "")]),
        ({"consents": CONSENT}, [("wrong_type", "consents")]),
        ({"consents": [None]}, [("wrong_type", "consents[0]")]),
        ({"consents": [{**CONSENT, "filed": 3}]}, [("wrong_type", "consents[0].filed")]),
        (
            {"consents": [{"filed": FILED}, {**CONSENT, "given": "2026-02-30"}]},
            [("missing_key", "consents[0].purpose"), ("bad_date", "consents[1].given")],
        ),
        ({"consents": [numbered(CONSENT, 5)]}, [("wrong_type", "consents[0].filed.record_id")]),
        (
            {"consents": [numbered(CONSENT, "c-1")]},
            [("duplicate_id", "consents[1].filed.record_id")],
        ),
        (
            {"consents": [numbered(CONSENT, "new")], "events": [numbered(EVENT, "new")]},
            [("duplicate_id", "events[0].filed.record_id")],
        ),
        ('{"consents": [], "consents": []}', [("repeated_key", "")]),
        (
            '{"consents": [{"purpose": "programme", "filed": {"source": "x", "source": "y"}}]}',
            [
                ("repeated_key", "consents[0].filed"),
                ("missing_key", "consents[0].filed.record_id"),
                ("missing_key", "consents[0].filed.recorded_on"),
            ],
        ),
    ],
)
def test_records_that_are_none_are_refused_with_every_problem(
    source: Any, expected: list[tuple[str, str]]
) -> None:
    assert refused(source) == expected


def test_records_are_added_to_a_case_file_only() -> None:
    assert refused({}, case={}) == [("wrong_type", "case")]


# --- records made in Python ---------------------------------------------------------------


def test_a_record_stands_at_the_end_of_its_list() -> None:
    consent = Consent(
        filed=filed(CASE.next_id("consents")), purpose="programme", given=date(2026, 11, 16)
    )
    after = CASE.with_record(consent)
    assert after.consents == (*CASE.consents, consent)
    assert after == exchange.append(
        CASE,
        {
            "consents": [
                {
                    "filed": {
                        "record_id": "consents-2",
                        "recorded_on": str(consent.filed.recorded_on),
                        "source": consent.filed.source,
                    },
                    "purpose": "programme",
                    "given": "2026-11-16",
                }
            ]
        },
    )


def test_every_list_takes_its_own_records() -> None:
    for name in RECORD_LISTS:
        for record in getattr(CASE, name):
            moved = evolve(record, filed=filed(CASE.next_id(name)))
            assert getattr(CASE.with_record(moved), name)[-1] == moved


@pytest.mark.parametrize("record", [None, 3, {}, CASE, Consent, CASE.consents])
def test_what_is_no_record_is_not_added(record: Any) -> None:
    with pytest.raises(InputError) as caught:
        CASE.with_record(record)
    assert [(p.code, p.path) for p in caught.value.problems] == [("wrong_type", "record")]


def test_a_record_with_an_id_of_the_file_is_not_added() -> None:
    with pytest.raises(InputError) as caught:
        CASE.with_record(CASE.consents[0])
    assert [p.code for p in caught.value.problems] == ["duplicate_id"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("consent", "unknown_value"),
        ("case_id", "unknown_value"),
        ("", "unknown_value"),
        (None, "wrong_type"),
        ([], "wrong_type"),
    ],
)
def test_a_list_that_is_none_has_no_next_id(name: Any, code: str) -> None:
    with pytest.raises(InputError) as caught:
        CASE.next_id(name)
    assert [(p.code, p.path) for p in caught.value.problems] == [(code, "name")]


def test_the_next_id_is_one_that_nothing_has() -> None:
    taken = CASE.with_record(evolve(CASE.consents[0], filed=filed("consents-3")))
    assert taken.next_id("consents") == "consents-4"
    assert CASE.next_id("consents", besides=["consents-2", "consents-3"]) == "consents-4"
    assert CASE.next_id("referrals") == RecordId("referrals-1")
