"""What documents are read from: text, bytes, plain data, files; of whichever kind they are."""

import json
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

from rehabcore import casework, exchange, jurisdictions
from rehabcore.casework.decisions import Decision
from rehabcore.casework.results import MatchResult
from rehabcore.records import CaseFile
from rehabcore.strict.documents import DEEPEST_INPUT, LARGEST_INPUT
from rehabcore.strict.problems import InputError, Problem
from tests.kit.builders import day
from tests.kit.decision_makers import decide

TEXT = jurisdictions.examples()["xx/therapeutic-community"]
CASE = exchange.read(TEXT, CaseFile)
MATCHED = casework.match(CASE, jurisdictions.load("xx"), on=day("2026-11-16"))
DECISION = decide()


def refused(source: Any, kind: Any = None) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        exchange.read(source, kind)
    return caught.value.problems


# --- every source -------------------------------------------------------------------------


@pytest.mark.parametrize("document", [CASE, MATCHED, DECISION], ids=["case", "match", "decision"])
def test_text_bytes_plain_data_and_a_file_read_equal(
    document: exchange.Document, tmp_path: Path
) -> None:
    text = exchange.write(document)
    file = tmp_path / "document.json"
    file.write_text(text, "utf-8")
    for source in (text, text.encode(), json.loads(text), file):
        assert exchange.read(source) == document
        assert exchange.read(source, type(document)) == document


def test_plain_data_stays_as_it_was() -> None:
    plain = json.loads(TEXT)
    exchange.read(plain)
    assert plain == json.loads(TEXT)


@pytest.mark.parametrize(
    "text", ["case.json", "cases/case", r"C:\cases\case.json", "  ./case.json ", "/home/m"]
)
def test_a_text_is_never_a_path_and_the_cure_is_told(text: str) -> None:
    [problem] = refused(text)
    assert problem.code == "not_json"
    assert "pathlib.Path" in problem.expected
    assert "case" not in problem.found


@pytest.mark.parametrize("text", ["", "case", '{"a/b.json', '["/"', '"/"x', "a\n/", "/" * 5_000])
def test_other_text_is_told_where_it_stops_being_json(text: str) -> None:
    [problem] = refused(text)
    assert problem.code == "not_json"
    assert "stops being JSON" in problem.expected


@pytest.mark.parametrize("source", [None, 3, [], (), object(), CASE, date(2026, 1, 1)])
def test_what_is_no_source_is_refused_with_what_is(source: Any) -> None:
    [problem] = refused(source)
    assert problem.code == "wrong_type"
    assert "pathlib.Path" in problem.expected


def test_a_file_that_cannot_be_read_is_refused_and_its_name_is_not_told(tmp_path: Path) -> None:
    for path in (tmp_path / "maria.json", tmp_path, Path("maria\0.json")):
        [problem] = refused(path)
        assert (problem.code, problem.path) == ("unreadable", "")
        assert "maria" not in str(problem)


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "large.json"
    file.write_bytes(b" " * (LARGEST_INPUT + 5))
    assert [problem.code for problem in refused(file)] == ["too_large"]


# --- plain data that no JSON text could have given ----------------------------------------


def endless() -> list[Any]:
    """Lists that hold a list twice, forty deep: more values than a machine can count."""
    plain: list[Any] = []
    for _ in range(40):
        plain = [plain, plain]
    return plain


def circle() -> list[Any]:
    plain: list[Any] = []
    plain.append(plain)
    return plain


def nested(levels: int) -> list[Any]:
    plain: list[Any] = []
    for _ in range(levels - 1):
        plain = [plain]
    return plain


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (endless(), "too_large"),
        (circle(), "too_deep"),
        (nested(DEEPEST_INPUT), "too_deep"),
        ({1: 2}, "wrong_type"),
        ({"case_id": {None: 2}}, "wrong_type"),
        ({"case_id": 10**5_000}, "not_a_number"),
    ],
    ids=["endless", "circle", "deep", "key", "key below", "number"],
)
@pytest.mark.parametrize(
    "schema", ["case/1", pytest.param("decision/1", marks=pytest.mark.no_cover)]
)
def test_plain_data_within_no_limits_is_refused_as_text_would_be(
    schema: str, data: Any, code: str
) -> None:
    source = {"schema": schema, "data": data, "sha256": ""}
    assert [problem.code for problem in refused(source)] == [code]


def test_plain_data_at_the_limit_of_depth_is_judged_by_what_it_holds() -> None:
    for source in (
        {"schema": "case/1", "data": nested(DEEPEST_INPUT - 1)},
        json.dumps({"schema": "case/1", "data": nested(DEEPEST_INPUT - 1)}),
    ):
        assert [(p.code, p.path) for p in refused(source)] == [("wrong_type", "data")]


@pytest.mark.parametrize("value", [date(2026, 1, 31), object(), {1, 2}, (1,), b"x", MATCHED])
def test_a_value_that_json_does_not_have_is_refused_where_it_stands(value: Any) -> None:
    plain = json.loads(TEXT)
    plain["data"]["consents"][0]["given"] = value
    assert [(p.code, p.path) for p in refused(plain)] == [("wrong_type", "data.consents[0].given")]
    altered = json.loads(exchange.write(DECISION))
    altered["data"]["why"] = value
    assert [(p.code, p.path) for p in refused(altered)] == [("altered", "sha256")]


# --- kinds --------------------------------------------------------------------------------


def test_every_document_is_in_the_table_of_schemas() -> None:
    assert {kind for kind, _ in exchange.SCHEMAS.values()} == set(get_args(exchange.Document))


def test_another_kind_than_the_wanted_one_is_refused() -> None:
    [problem] = refused(exchange.write(MATCHED), CaseFile)
    assert (problem.code, problem.path) == ("unknown_schema", "schema")
    assert problem.expected == '"case/2"'


@pytest.mark.parametrize("schema", [None, 5, "person/1", "case", "case/0", "case/1.5", []])
def test_a_schema_that_nobody_knows_is_refused_with_those_that_are_known(schema: Any) -> None:
    [problem] = refused({"schema": schema, "data": {}})
    assert (problem.code, problem.path) == ("unknown_schema", "schema")
    assert all(f'"{name}/{newest}"' in problem.expected for name, (_, newest) in SCHEMAS.items())


SCHEMAS = exchange.SCHEMAS


@pytest.mark.parametrize("kind", [str, 3, "case", [], CASE, Problem, jurisdictions.Jurisdiction])
def test_a_kind_that_is_no_document_is_refused(kind: Any) -> None:
    [problem] = refused(TEXT, kind)
    assert (problem.code, problem.path) == ("wrong_type", "kind")
    assert "CaseFile" in problem.expected


# --- a hash for whoever edits -------------------------------------------------------------


def test_every_document_has_a_hash_that_tells_it_from_others() -> None:
    documents: list[exchange.Document] = [CASE, MATCHED, DECISION]
    assert len({exchange.content_hash(document) for document in documents}) == 3
    for document in documents:
        again = exchange.read(exchange.write(document))
        assert exchange.content_hash(again) == exchange.content_hash(document)


def test_a_record_more_is_another_hash() -> None:
    more = {"events": [{"filed": FILED, "kind": "sanction", "happened_on": "2026-11-15"}]}
    assert exchange.content_hash(exchange.append(CASE, more)) != exchange.content_hash(CASE)


FILED = {"recorded_on": "2026-11-16", "source": "prison-1"}


def test_the_kind_in_the_table_is_the_kind_that_is_read() -> None:
    assert isinstance(exchange.read(exchange.write(MATCHED)), MatchResult)
    assert isinstance(exchange.read(exchange.write(DECISION)), Decision)
