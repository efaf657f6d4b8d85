"""Results of the first version: raised without a change of meaning, and refused where altered.

``tests/cases/documents`` has the documents that are altered here.
"""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rehabcore import exchange
from tests.kit.refusals import problems_of
from tests.kit.sealing import sealed

DOCUMENTS = Path(__file__).parent.parent / "cases" / "documents"
FIRST = {
    name: json.loads((DOCUMENTS / file).read_text("utf-8"))
    for name, file in {
        "match": "match-1.json",
        "near": "near-1-later.json",
        "timeline": "timeline-1.json",
        "plan": "plan-1.json",
        "move": "move-1.json",
    }.items()
}


def _at(*path: str | int, to: object) -> Callable[[Any], None]:
    """A change of what stands at a path."""

    def change(data: Any) -> None:
        for step in path[:-1]:
            data = data[step]
        data[path[-1]] = to

    return change


def _without(*path: str | int) -> Callable[[Any], None]:
    def change(data: Any) -> None:
        for step in path[:-1]:
            data = data[step]
        del data[path[-1]]

    return change


def _both(*changes: Callable[[Any], None]) -> Callable[[Any], None]:
    def change(data: Any) -> None:
        for one in changes:
            one(data)

    return change


OFFER = ("offers", 0, "verdict")
PROOF = (*OFFER, "proof")
DOOR = ("doors", 0, "near")
PIECE = ("verdicts", "pieces", 1)
STEP = ("plan", "goals", 1, "steps", 0)


def _later_way(data: Any) -> tuple[str, int, str, str, int]:
    """The path of the first way that has a proof of its own."""
    return next(
        ("doors", number, "near", "ways", place)
        for number, door in enumerate(data["doors"])
        for place, way in enumerate(door["near"]["ways"])
        if "proof" in way and way["changes"]
    )


WAY = _later_way(FIRST["near"]["data"])


def _other_cell(data: Any) -> None:
    """One fact of a rule, which it asks twice, has two cells."""
    verdict = next(
        offer["verdict"]
        for offer in data["offers"]
        if offer["verdict"]["criterion"]["id"] == "therapeutic_community"
    )
    verdict["proof"]["parts"][0]["parts"][0]["cell"] = {"value": "1990-01-01"}


@pytest.mark.parametrize(
    ("name", "change", "expected"),
    [
        ("match", _at(*PROOF, "answer", to="unknown"), ("does_not_follow", "verdict.answers")),
        ("match", _at(*PROOF, "answer", to=1), ("does_not_follow", "verdict.answers")),
        ("match", _at(*PROOF, "in_force", to=False), ("does_not_follow", "verdict.answers")),
        ("match", _at(*PROOF, "in_force", to=0), ("does_not_follow", "verdict.answers")),
        ("match", _at(*PROOF, "more", to=1), ("wrong_type", "verdict.proof")),
        ("match", _at(*PROOF, "parts", to=None), ("wrong_type", "verdict.proof.parts")),
        ("match", _at(*PROOF, "parts", 0, to="met"), ("wrong_type", "proof.parts[0]")),
        ("match", _without(*PROOF), ("wrong_type", "offers[0].verdict")),
        ("match", _at(*OFFER, to=[]), ("wrong_type", "offers[0].verdict")),
        ("match", _at(*OFFER, "criterion", to=3), ("wrong_type", "proof.parts")),
        ("match", _at(*OFFER, "criterion", "all", to=3), ("wrong_type", "rules.r1.all")),
        ("match", _at(*OFFER, "on", to="soon"), ("bad_date", "known.days[0].on")),
        ("match", _other_cell, ("does_not_follow", "offers[2].verdict")),
        ("match", _at("grounds", to=[]), ("wrong_type", "grounds")),
        ("match", _at("grounds", "facts", to=3), ("wrong_type", "grounds.facts")),
        ("match", _at("grounds", "glossary", "areas", to=3), ("missing_key", "glossary.columns")),
        ("match", _at("grounds", "programs", to={}), ("missing_key", "programs.columns")),
        ("match", _at("grounds", "stamp", to=None), ("wrong_type", "grounds.stamp")),
        ("near", _at(*DOOR, to=3), ("wrong_type", "doors[0].near")),
        ("near", _at(*DOOR, "ways", to={}), ("wrong_type", "near.ways")),
        ("near", _at(*WAY, "day", to="2020-01-01"), ("does_not_follow", ".verdict")),
        ("near", _without(*WAY, "proof"), ("does_not_follow", ".day")),
        ("near", _without(*WAY, "changes"), ("missing_key", ".changes")),
        ("near", _at(*WAY, "changes", 0, to=3), ("wrong_type", ".changes[0]")),
        (
            "near",
            _at(*WAY, "changes", 0, "demands", 0, "comparison", to={}),
            ("wrong_type", ".demands[0].comparison"),
        ),
        ("plan", _at("plan", "more", to=1), ("unknown_key", "data.plan")),
        ("plan", _at("plan", "goals", 1, "more", to=1), ("unknown_key", "data.plan.goals[1]")),
        ("plan", _at(*STEP, "more", to=1), ("unknown_key", "goals[1].steps[0]")),
        ("plan", _at("plan", "uncovered", 0, "more", to=1), ("unknown_key", "uncovered[0]")),
        ("move", _at(*STEP, "more", to=1), ("unknown_key", "goals[1].steps[0]")),
        (
            "plan",  # of a programme that answers twice
            _at("plan", "goals", 3, "steps", 0, "offers", 0, *PROOF[2:], "answer", to="met"),
            ("does_not_follow", "verdict.answers"),
        ),
        ("timeline", _at("verdicts", "pieces", to=[]), ("empty_group", "verdicts.pieces")),
        ("timeline", _at("verdicts", "pieces", to=3), ("wrong_type", "verdicts.pieces")),
        ("timeline", _at("verdicts", to=3), ("wrong_type", "verdicts")),
        (
            "timeline",
            _at(*PIECE, "span", "start", to="2026-01-01"),
            ("does_not_follow", "pieces[1].span.start"),
        ),
        (
            "timeline",
            _without("verdicts", "pieces", 1),
            ("does_not_follow", "pieces[1].span.start"),
        ),
        (
            "timeline",
            _at(*PIECE, "verdict", "criterion", "id", to="other"),
            ("does_not_follow", "pieces[1].verdict.criterion"),
        ),
    ],
)
def test_what_was_altered_is_refused(
    name: str, change: Callable[[Any], None], expected: tuple[str, str]
) -> None:
    document = copy.deepcopy(FIRST[name])
    change(document["data"])
    before = copy.deepcopy(document)
    found = problems_of(lambda: exchange.read(document))
    assert document == before, "reading changes nothing that it was given"
    code, path = expected
    assert any(told == code and place.endswith(path) for told, place in found), found


def test_data_that_is_no_object_is_refused() -> None:
    found = problems_of(lambda: exchange.read({"schema": "plan/1", "data": []}))
    assert found == [("wrong_type", "data")]


def test_a_key_that_is_given_twice_is_refused() -> None:
    text = json.dumps(FIRST["match"]).replace('"answer": ', '"answer": "met", "answer": ')
    assert {code for code, _ in problems_of(lambda: exchange.read(text))} == {"repeated_key"}


@pytest.mark.parametrize("packs", [[], [3], None])
def test_rules_without_an_origin_come_from_nowhere_whatever_the_packs(packs: Any) -> None:
    document = copy.deepcopy(FIRST["match"])
    document["data"]["grounds"]["stamp"]["packs"] = packs
    if packs == []:
        read = exchange.read(document)
        assert exchange.read(exchange.write(read)) == read
        assert exchange.read(document) == read
    else:
        assert problems_of(lambda: exchange.read(document))


def test_a_field_of_a_programme_that_was_null_is_as_if_it_were_left_out() -> None:
    document = copy.deepcopy(FIRST["match"])
    read = exchange.read(copy.deepcopy(document))
    for program in document["data"]["grounds"]["programs"]:
        program.setdefault("audience", None)
    assert exchange.read(document) == read


def test_a_seal_is_made_only_where_there_is_one() -> None:
    assert json.loads(sealed(FIRST["match"])) == FIRST["match"]
