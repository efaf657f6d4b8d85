"""JSON documents: read back equal, refused if unknown, newer or tampered with."""

import json
from pathlib import Path
from typing import Any

import pytest

from rehabcore import casework, exchange, jurisdictions
from rehabcore.casework.plan_results import PlanResult
from rehabcore.casework.results import MatchResult, MoveResult, NearResult
from rehabcore.exchange import envelopes
from rehabcore.records import CaseFile
from rehabcore.rules.time.days import Term
from rehabcore.strict.problems import InputError
from tests.kit.builders import day, release
from tests.kit.sealing import sealed

EXAMPLES = sorted(jurisdictions.examples())
ON = day("2026-11-21")
XX = jurisdictions.load("xx")


def _case(name: str) -> CaseFile:
    return exchange.read(jurisdictions.examples()[name], CaseFile)


def _country(name: str) -> jurisdictions.Jurisdiction:
    return jurisdictions.load(name.partition("/")[0])


@pytest.mark.parametrize("name", EXAMPLES)
def test_bundled_cases_are_consistent_and_read_back_equal(name: str) -> None:
    records = _case(name)
    _country(name).check(records)
    assert exchange.read(exchange.write(records), CaseFile) == records
    assert exchange.read(exchange.write(records).encode(), CaseFile) == records


@pytest.mark.no_cover
@pytest.mark.parametrize("name", EXAMPLES)
def test_results_read_back_equal_and_write_the_same_text(name: str) -> None:
    records, country = _case(name), _country(name)
    matched = casework.match(records, country, on=ON, known_at=ON)
    planned = casework.plan(records, country, on=ON)
    assert exchange.read(exchange.write(matched), MatchResult) == matched
    assert exchange.read(exchange.write(planned), PlanResult) == planned
    near = casework.near(records, country, on=ON, lead=Term(months=6))
    assert exchange.read(exchange.write(near), NearResult) == near
    assert exchange.write(exchange.read(exchange.write(planned), PlanResult)) == exchange.write(
        planned
    )


def test_a_move_reads_back_equal_though_its_plan_is_older() -> None:
    records, country = _case("xx/therapeutic-community"), _country("xx")
    plan = casework.plan(records, country, on=day("2026-06-15")).content
    request = release(ON)
    for handed in (plan, None):
        moved = casework.request_move(records, country, request, plan=handed)
        assert exchange.read(exchange.write(moved), MoveResult) == moved


def _document(**changed: Any) -> str:
    document = json.loads(jurisdictions.examples()["ge/probationer"])
    return json.dumps({**document, **changed})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (_document(schema="case/3"), [("newer_schema", "schema")]),
        (_document(schema="case/0"), [("unknown_schema", "schema")]),
        (_document(schema="plan/1"), [("unknown_schema", "schema")]),
        (_document(schema=1), [("unknown_schema", "schema")]),
        ('{"schema": "case/1"}', [("missing_key", "data")]),
        (_document(extra=1), [("unknown_key", "")]),
        ("[]", [("wrong_type", "")]),
        ('{"case_id": "c", "beneficiary": []}', [("wrong_type", "")]),
        ("", [("not_json", "")]),
    ],
    ids=[
        "newer",
        "version 0",
        "another kind",
        "number",
        "no data",
        "extra",
        "list",
        "no envelope",
        "empty",
    ],
)
def test_what_is_no_document_of_this_kind_is_refused(
    text: str, expected: list[tuple[str, str]]
) -> None:
    with pytest.raises(InputError) as caught:
        exchange.read(text, CaseFile)
    assert [(problem.code, problem.path) for problem in caught.value.problems] == expected


def _tampered(change: Any) -> list[tuple[str, str]]:
    matched = casework.match(_case("ge/probationer"), _country("ge"), on=ON)
    document = json.loads(exchange.write(matched))
    change(document["data"])
    with pytest.raises(InputError) as caught:
        exchange.read(sealed(document), MatchResult)
    return [(problem.code, problem.path) for problem in caught.value.problems]


def test_a_stored_answer_that_does_not_follow_is_refused() -> None:
    def turn(data: Any) -> None:
        data["offers"][0]["verdict"]["answers"] = "m"

    assert _tampered(turn) == [("does_not_follow", "data.offers[0].verdict.answers")]


def test_a_result_without_its_facts_cannot_be_read() -> None:
    def drop(data: Any) -> None:
        data["grounds"]["facts"]["rows"] = []

    assert {code for code, _ in _tampered(drop)} >= {"unknown_fact"}


@pytest.mark.parametrize("grounds", [None, 5], ids=["null", "number"])
def test_a_result_without_grounds_is_refused_not_a_crash(grounds: Any) -> None:
    def drop(data: Any) -> None:
        data["grounds"] = grounds

    assert ("wrong_type", "data.grounds") in _tampered(drop)


def test_data_of_a_result_must_be_an_object() -> None:
    with pytest.raises(InputError) as caught:
        exchange.read('{"schema": "match/1", "data": []}', MatchResult)
    assert [(p.code, p.path) for p in caught.value.problems] == [("wrong_type", "data")]


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_byte_order_mark_reads_the_same_as_text_bytes_and_file(name: str, tmp_path: Path) -> None:
    text, file = jurisdictions.examples()[name], tmp_path / "case.json"
    file.write_text(text, "utf-8-sig")
    for marked in (f"\ufeff{text}", text.encode("utf-8-sig"), file):
        assert exchange.read(marked, CaseFile) == exchange.read(text, CaseFile)


def test_text_with_a_byte_order_mark_is_no_path() -> None:
    with pytest.raises(InputError) as caught:
        exchange.read('\ufeff{"schema": "a/b.json"}', CaseFile)
    assert [p.code for p in caught.value.problems] != ["not_json"]


@pytest.mark.parametrize(
    "thing", [None, "text", 5, MatchResult, ON, jurisdictions.load("xx"), [_case(EXAMPLES[0])]]
)
def test_what_is_no_document_is_not_written(thing: Any) -> None:
    """Also not by ``map``, which would take a ``StopIteration`` for its end."""
    for write in (exchange.write, exchange.canonical, exchange.content_hash):
        with pytest.raises(InputError) as caught:
            list(map(write, [thing]))
        assert [(p.code, p.path) for p in caught.value.problems] == [("wrong_type", "")]
    assert "CaseFile, MatchResult" in str(caught.value)


def test_a_document_too_large_to_be_read_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    case = _case("ge/probationer")
    monkeypatch.setattr(envelopes, "LARGEST_INPUT", len(exchange.write(case)))
    assert exchange.read(exchange.write(case)) == case
    with pytest.raises(InputError) as caught:
        exchange.write(casework.match(case, _country("ge"), on=ON))
    assert [(p.code, p.path) for p in caught.value.problems] == [("too_large", "")]


def _changed_text(old: str, new: str) -> str:
    text = exchange.write(casework.match(_case("xx/therapeutic-community"), XX, on=ON))
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ('"grounds":{', '"grounds":{"title":"",', "data.grounds"),
        ('"rules":{', '"rules":{"r1":{},', "data.rules"),
        ('"known":{', '"known":{"days":[],', "data.known"),
        ('"days":[{', '"days":[{"on":"",', "data.known.days[0]"),
        ('"answers":', '"answers":"","answers":', "data.offers[0].verdict"),
        ('"value":', '"value":1,"value":', "data.known.days[0].cells.0"),
        ('{"program_id":', '{"program_id":"","program_id":', "data.offers[0]"),
    ],
)
def test_a_key_given_twice_is_refused_though_the_hash_fits(old: str, new: str, path: str) -> None:
    text = _changed_text(old, new)
    with pytest.raises(InputError) as caught:
        exchange.read(text)
    assert ("repeated_key", path) in [(p.code, p.path) for p in caught.value.problems]


def test_a_key_given_twice_is_refused_also_in_what_was_read_before() -> None:
    exchange.read(_changed_text("", ""))
    for old in ('"ka":"', '"sessions":'):
        with pytest.raises(InputError) as caught:
            exchange.read(
                _changed_text(old, f'{old[:-1]}"",{old}' if old[-1] == '"' else f"{old}1,{old}")
            )
        assert {p.code for p in caught.value.problems} >= {"repeated_key"}


def test_equal_data_of_other_types_is_refused_also_if_it_was_read_before() -> None:
    text = _changed_text("", "")
    exchange.read(text)
    for change in (tuple, lambda rows: [tuple(row) for row in rows]):
        document = json.loads(text)
        facts = document["data"]["grounds"]["facts"]
        facts["rows"] = change(facts["rows"])
        with pytest.raises(InputError) as caught:
            exchange.read(document)
        assert {p.code for p in caught.value.problems} == {"wrong_type"}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ([], [("wrong_type", "data")]),
        ({"known": []}, [("wrong_type", "data.known")]),
        ({"known": {"days": []}}, [("wrong_type", "data.known")]),
    ],
    ids=["list", "known as list", "nothing asked"],
)
def test_data_of_another_form_is_refused_though_the_hash_fits(
    data: Any, expected: list[tuple[str, str]]
) -> None:
    document = json.loads(_changed_text("", ""))
    document["data"] = document["data"] | data if isinstance(data, dict) else data
    with pytest.raises(InputError) as caught:
        exchange.read(sealed(document))
    assert [(p.code, p.path) for p in caught.value.problems] == expected
