"""The tables of machines in TOML and JSON: read strictly, and written as they were read."""

import json
from typing import Any

import pytest

from rehabcore.rules.data.machine_forms import read_machine, write_machine
from rehabcore.rules.machines.tables import Machine
from rehabcore.strict.documents import parse_json, parse_toml, write_toml
from tests.kit.builders import day
from tests.kit.machine_makers import job, read
from tests.kit.refusals import problems_of
from tests.kit.rule_makers import JSON, reader_of


def _guarded() -> dict[str, Any]:
    """A job with a guard that names a day."""
    table = job()
    table["arrows"][0]["guard"] = {"fact": "age", "before": day("2000-01-01")}
    return table


def _from_json(plain: object) -> Machine:
    table: Any = parse_json(json.dumps(plain))
    return read_machine(table, reader_of(JSON, sources={}), dates_are_objects=False)


@pytest.mark.parametrize("table", [job(), _guarded(), job(endless=True, population={"en": "All"})])
def test_a_machine_is_read_as_it_was_written(table: dict[str, Any]) -> None:
    machine = read(table)
    assert read(parse_toml(write_toml(write_machine(machine, dates_are_objects=True)))) == machine
    assert _from_json(write_machine(machine, dates_are_objects=False)) == machine


def test_what_a_table_says_is_written_as_it_was_said() -> None:
    assert write_machine(read(job()), dates_are_objects=True) == job()


REFUSED: list[tuple[object, list[tuple[str, str]]]] = [
    ([], [("wrong_type", "")]),
    (job(colour="red"), [("unknown_key", "")]),
    (
        job(facts=[{"name": "x"}], sources="y"),
        [
            ("missing_key", "facts[0].shape"),
            ("missing_key", "facts[0].about"),
            ("wrong_type", "sources"),
        ],
    ),
    (
        job(arrows=[{"leaves": "planned", "to": 1, "guard": {"fact": "nothing"}}]),
        [
            ("wrong_type", "arrows[0].leaves"),
            ("wrong_type", "arrows[0].to"),
            ("unknown_fact", "arrows[0].guard.fact"),
        ],
    ),
    (job(cite=["another"]), [("dangling_id", "cite[0]")]),
    (job(cite=[]), [("uncited", "")]),
]


@pytest.mark.parametrize(("plain", "expected"), REFUSED)
def test_what_is_no_table_of_a_machine_is_refused(
    plain: Any, expected: list[tuple[str, str]]
) -> None:
    assert problems_of(lambda: read(plain)) == expected


def test_the_citations_of_an_arrow_are_checked_and_those_of_nobody_are_not() -> None:
    table = job()
    table["arrows"][1]["cite"] = ["another"]
    assert problems_of(lambda: read(table)) == [("dangling_id", "arrows[1].cite[0]")]
    unchecked = read_machine(table, reader_of(JSON), dates_are_objects=False)
    assert [str(cited) for cited in unchecked.arrows[1].cite] == ["another"]


def test_a_key_that_stands_twice_is_refused() -> None:
    twice: Any = parse_json('{"id": "a", "id": "b"}')
    reader = reader_of(JSON)
    assert problems_of(lambda: read_machine(twice, reader, dates_are_objects=False)) == [
        ("repeated_key", "")
    ]
