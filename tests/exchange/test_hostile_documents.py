"""A document of any content takes at most twenty times its size when it is read."""

import json
import tracemalloc
from collections.abc import Callable, Iterable
from contextlib import suppress
from copy import deepcopy
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from rehabcore import exchange
from rehabcore.records import CaseFile
from rehabcore.strict.documents import parse_toml
from rehabcore.strict.problems import InputError
from tests.kit.bad_files import assessment, filing, noted, sanctions, with_records
from tests.kit.sealing import sealed

WRONG = '{"filed": {"record_id": 1, "recorded_on": "2026-02-30", "source": ""}, "kind": 5, "zz": 1}'
NUMBER = 1_500


def listed(item: str, number: int = NUMBER) -> str:
    return f"[{','.join([item] * number)}]"


DOCUMENTS: dict[str, Callable[[], str]] = {
    "records": lambda: with_records(events=sanctions(NUMBER)),
    "wrong-records": lambda: with_records(events=listed(WRONG)),
    "the-same-record": lambda: with_records(events=sanctions(1)[:-1] + "," + sanctions(NUMBER)[1:]),
    "nulls": lambda: with_records(events=listed("null", 4_000)),
    "empty-objects": lambda: with_records(events=listed("{}", 4_000)),
    "objects-of-one-key": lambda: with_records(events=listed('{"a":12345678}')),
    "lists-in-lists": lambda: listed(listed("[]", 100), 100),
    "findings": lambda: with_records(needs_assessments=assessment(*"dx" * NUMBER)),
    "unknown-keys": lambda: with_records(**{f"x{i}": "1" for i in range(4_000)}),
    "keys-given-twice": lambda: with_records(events=listed('{"kind": "a", "kind": "b"}')),
    "keys-of-a-newer-version": lambda: with_records(
        events=listed(f'{{"filed": {filing("e")[:-1]}, "since": 1, "sequence": 2}}}}')
    ).replace("case/2", "case/1"),
    "one-long-text": lambda: with_records(consents=noted("x" * 1_000_000)),
    "one-long-text-of-quotes": lambda: with_records(consents=noted('\\"[' * 300_000)),
    "many-texts": lambda: json.dumps([f"ab{number}" for number in range(5_000)]),
    "days-in-part": lambda: with_records(
        deaths=listed(f'{{"filed": {filing("d")}, "died_on": {{"from": "2026"}}}}')
    ),
}


def peak(read: Callable[[], object]) -> int:
    """The most bytes that reading takes at once."""
    tracemalloc.start()
    try:
        with suppress(InputError):
            read()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.no_cover
@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_case_file_takes_at_most_twenty_times_its_size(name: str) -> None:
    document = DOCUMENTS[name]().encode()
    with suppress(InputError):  # what is made once is no part of the document
        exchange.read(with_records(events=listed(WRONG, 1)), CaseFile)
    assert peak(lambda: exchange.read(document, CaseFile)) < 20 * len(document)


STORED = json.loads(
    (Path(__file__).parent.parent / "cases" / "written" / "timeline-2.json").read_text("utf-8")
)
SANCTIONS = {"fact": "events", "kind": "sanction", "within": "6 months", "ageing": "exclusive"}
FEW: dict[str, Any] = {**SANCTIONS, "at_most": 1}
FIRST = date(1900, 1, 1)


def timeline(rule: Any, cells: Iterable[Any], nodes: int) -> str:
    """A stored timeline whose states tell these cells, each of which turns every answer."""
    document = deepcopy(STORED)
    states = [
        {"on": (FIRST + timedelta(number)).isoformat(), "cells": {"0": cell}}
        for number, cell in enumerate(cells)
    ]
    pieces = ["mn"[number % 2] * nodes for number in range(len(states))]
    document["data"] |= {
        "rules": {"r1": rule},
        "known": {"asked": [SANCTIONS], "days": states},
        "verdicts": {"rule": "r1", "pieces": pieces, "end": "open"},
    }
    document["data"]["grounds"]["programs"]["rows"] = []  # it gets as far as to be answered
    return json.dumps(json.loads(sealed(document)), separators=(",", ":"))


def turning(number: int, **told: Callable[[int], list[str]]) -> list[dict[str, Any]]:
    """Cells of no sanction and of two in turn, with what each tells of its evidence."""
    return [
        {"value": 2 * (at % 2), **{key: ids(at) for key, ids in told.items()}}
        for at in range(number)
    ]


def _of_many(number: int, later: Callable[[int], dict[str, Any]]) -> list[dict[str, Any]]:
    """Cells of which the first rests on many records, and the others tell what differs."""
    ids = [f"e{at:04}" for at in range(number)]
    return [
        {"value": 2 * (at % 2), **(later(at) if at else {"evidence": ids})} for at in range(number)
    ]


TIMELINES: dict[str, Callable[[], str]] = {
    "pieces-of-one-comparison": lambda: timeline(FEW, turning(1_500), 1),
    "pieces-of-a-group": lambda: timeline({"all": [FEW]}, turning(1_500), 2),
    "one-more-record-each": lambda: timeline(
        {"all": [FEW]}, turning(1_000, added=lambda at: [f"sanction-{at}"]), 2
    ),
    "one-record-less-each": lambda: timeline(
        {"all": [FEW]}, _of_many(1_000, lambda at: {"dropped": [f"e{at:04}"]}), 2
    ),
    "the-same-records": lambda: timeline(
        {"all": [FEW]}, _of_many(1_000, lambda _: {"added": []}), 2
    ),
    "a-large-rule": lambda: timeline(
        {"any": [{**FEW, "id": f"n{at}"} for at in range(800)]}, turning(30), 801
    ),
}


@pytest.mark.parametrize("name", TIMELINES)
def test_a_stored_timeline_takes_at_most_twenty_times_its_size(name: str) -> None:
    text = TIMELINES[name]()
    with pytest.raises(InputError) as caught:  # days that are kept are no part of the document
        exchange.read(text)
    assert [problem.path for problem in caught.value.problems] == ["data.program_id"]
    assert peak(lambda: exchange.read(text)) < 20 * len(text)


TOML: dict[str, Callable[[], str]] = {
    "keys-of-many-parts": lambda: "\n".join(f"k{i}{'.a' * 60} = 1" for i in range(1_000)),
    "headers": lambda: "\n".join(f"[k{i}]" for i in range(1_500)),
    "lists": lambda: "\n".join(f"k{i} = []" for i in range(1_500)),
    "tables-in-a-line": lambda: f"a = {listed('{b = 1}', 1_500)}",
    "entries": lambda: f"[[k]]\na = {{b = 1, c = 2}}\nd = [1]\nx = {'1' * 30}\n" * 1_500,
    "one-long-text": lambda: f'a = "{"x" * 30_000}"',
    "quotes": lambda: "'" * 30_000,
    "values": lambda: "\n".join(f"k{i} = 1" for i in range(1_500)),
}


@pytest.mark.no_cover
@pytest.mark.parametrize("name", TOML)
def test_toml_takes_at_most_twenty_times_its_size(name: str) -> None:
    document = TOML[name]()
    assert peak(lambda: parse_toml(document)) < 20 * len(document)
