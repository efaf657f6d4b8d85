"""Stored documents that were altered: refused when they are read, or told without a crash.

Whoever alters a document a little alters what it says; but nothing that reads it later may fail.
"""

import copy
import json
from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from rehabcore import casework, exchange, jurisdictions
from rehabcore.care import Recipient, RecipientRole
from rehabcore.casework.decisions import Decision, replay
from rehabcore.records import CaseFile
from rehabcore.reports import LANGUAGES, Format, explain
from rehabcore.rules.time.days import Span, Term
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import ProgramId
from tests.kit.builders import case, day, release
from tests.kit.decision_makers import REFUSED, XX, decide, override
from tests.kit.resettlement import recalled
from tests.kit.score_makers import mood
from tests.kit.sealing import sealed
from tests.kit.through_care import methadone

CASE = exchange.read(jurisdictions.examples()["xx/therapeutic-community"], CaseFile)
ON = day("2026-11-21")
SAMPLE = 12
"""Alterations of each document; many more were tried when the test was written."""


def _documents() -> dict[str, exchange.Document]:
    plan = casework.plan(CASE, XX, on=ON)
    to = Recipient(office="clinic-1", role=RecipientRole.CASE_STAFF)
    on_methadone = case(**methadone(known_by="2026-03-16"))
    request = release(ON)
    window = Span(day("2026-10-01"), day("2027-10-01"))
    return {
        "case": CASE,
        "match": casework.match(CASE, XX, on=ON),
        "near": casework.near(CASE, XX, on=ON, lead=Term(years=1)),
        "timeline": casework.timeline(CASE, XX, ProgramId("therapeutic_community"), within=window),
        "needs": casework.needs(CASE, XX, on=ON),
        "plan": plan,
        "move": casework.request_move(CASE, XX, request, plan=plan.content),
        "continuity": casework.continuity(on_methadone, XX, on=day("2026-03-16")),
        "hand_over": casework.hand_over(on_methadone, XX, on=day("2026-03-16"), to=to, plan=None),
        "pathways": casework.pathways(recalled(), XX, on=day("2026-03-10")),
        "release_plan": casework.release_plan(on_methadone, XX, on=day("2026-03-16")),
        "decision": decide(outcome=REFUSED, why="as agreed", override=override()),
        "score": mood(_1=None, tables=("rare",)),
    }


DOCUMENTS = _documents()
STORED = {name: json.loads(exchange.write(each)) for name, each in DOCUMENTS.items()}


def _nodes(plain: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    """Everything in a document, with the key it stands under."""
    yield key, plain
    if isinstance(plain, dict):
        for name, node in plain.items():
            yield from _nodes(node, name)
    elif isinstance(plain, list):
        for node in plain:
            yield from _nodes(node, key)


def _altered(plain: Any, chance: Random, named: dict[Any, list[Any]], key: Any = "") -> Any:
    """The document with one small change, as likely near its top as deep in it."""
    if isinstance(plain, dict | list) and plain and chance.random() < 3 / 4:
        where = chance.choice(list(plain) if isinstance(plain, dict) else range(len(plain)))
        copy: Any = plain.copy()
        copy[where] = _altered(plain[where], chance, named, where if where in named else key)
        return copy
    if chance.random() < 1 / 4:  # what stands elsewhere under the same key
        return chance.choice(named.get(key, [None]))
    if isinstance(plain, list):
        return chance.choice([[], plain[1:], plain[:-1], plain[::-1], plain + plain[:1]])
    if isinstance(plain, dict):
        dropped = chance.choice(list(plain) or [""])
        return {name: node for name, node in plain.items() if name != dropped}
    return chance.choice([None, *_otherwise(plain)])


def _otherwise(scalar: Any) -> list[Any]:
    if isinstance(scalar, bool):
        return [not scalar]
    if isinstance(scalar, int):
        return [scalar + 1, scalar - 1, 0, -1]
    try:
        on = day(scalar)
    except (TypeError, ValueError):
        return ["", "other", f"{scalar}_1", "1", "met", "unknown", "open"]
    return [(on + timedelta(number)).isoformat() for number in (-400, -1, 1, 400)]


def _read(name: str, document: dict[str, Any]) -> Any:
    """The altered document as it is read; its hash is made anew."""
    kind: Any = type(DOCUMENTS[name])
    return exchange.read(sealed(document), kind)


def _use(read: Any, chance: Random) -> None:
    """Whatever can be done with what was read."""
    if isinstance(read, CaseFile):
        casework.match(read, XX, on=ON)
        return
    form, language = chance.choice(tuple(Format)), chance.choice(LANGUAGES)
    explain(read, form=form, language=language, detail=chance.random() < 1 / 2)
    explain(read, form=form)
    if isinstance(read, Decision):
        assert replay(read) == read.verdict
        casework.compare(read, CASE, XX)


@pytest.mark.no_cover  # a sample, as laws are tried
@pytest.mark.parametrize("name", STORED)
def test_what_was_altered_and_still_reads_is_told_without_a_crash(name: str) -> None:
    chance, stored, told = Random(9), STORED[name], 0
    named: dict[Any, list[Any]] = {}
    for key, node in _nodes(stored["data"]):
        named.setdefault(key, []).append(node)
    for _ in range(SAMPLE):
        altered = {**stored, "data": _altered(stored["data"], chance, named)}
        try:
            _use(_read(name, altered), chance)
            told += 1
        except InputError:
            continue
    assert 0 < told < SAMPLE


def _at(*path: str | int, to: Any) -> Any:
    """A change of what stands at a path; a function is asked for what it becomes."""

    def change(data: Any) -> None:
        for step in path[:-1]:
            data = data[step]
        data[path[-1]] = to(data[path[-1]]) if callable(to) else to

    return change


BREAKS = [
    ("needs", _at("risks", to=[]), [("empty_group", "data.risks")]),
    ("needs", _at("risks", 0, "domain", to="work"), [("out_of_range", "data.risks[0].domain")]),
    (
        "needs",
        _at("turns", 2, "program_id", to="gone"),
        [("dangling_id", "data.turns[2].program_id")],
    ),
    (
        "match",
        _at("offers", 1, "program_id", to="gone"),
        [("dangling_id", "data.offers[1].program_id")],
    ),
    (
        "near",
        _at("doors", 0, "program_id", to="gone"),
        [("dangling_id", "data.doors[0].program_id")],
    ),
    ("timeline", _at("program_id", to="gone"), [("dangling_id", "data.program_id")]),
    ("decision", _at("program_id", to="gone"), [("dangling_id", "data.program_id")]),
    (
        "plan",
        _at("draft", "offers", 0, "program_id", to="gone"),
        [("dangling_id", "data.draft.offers[0].program_id")],
    ),
    (
        "plan",
        _at("draft", "turns", 0, "program_id", to="gone"),
        [("dangling_id", "data.draft.turns[0].program_id")],
    ),
    (
        "plan",
        _at("draft", "dosage", "unstated", to=["gone"]),
        [("dangling_id", "data.draft.dosage.unstated[0]")],
    ),
    (
        "move",
        _at("made", "offers", 0, "program_id", to="gone"),
        [("dangling_id", "data.made.offers[0].program_id")],
    ),
]


@pytest.mark.parametrize(("name", "change", "expected"), BREAKS)
def test_a_result_that_speaks_of_what_it_does_not_hold_is_refused(
    name: str, change: Any, expected: list[tuple[str, str]]
) -> None:
    document = copy.deepcopy(STORED[name])
    change(document["data"])
    with pytest.raises(InputError) as caught:
        _read(name, document)
    assert [(p.code, p.path) for p in caught.value.problems] == expected
