"""Near misses as data: read back equal, and refused where they do not follow from their proofs."""

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from attrs import evolve

from rehabcore.rules.criteria import About, Criterion, ask
from rehabcore.rules.data.criterion_forms import CriterionReader
from rehabcore.rules.facts import Cell, Known, Unknown
from rehabcore.rules.near.near_misses import NearMisses, near_misses
from rehabcore.rules.time.days import Term
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import UnknownKind
from rehabcore.testing.strategies.facts import FACTS
from tests.kit.builders import NO, YES, day, span
from tests.kit.refusals import problems_of
from tests.kit.rule_makers import JSON
from tests.kit.stored_verdicts import near_of, written_near

READER = CriterionReader(facts=FACTS, rules={}, codec=JSON)
AGE, ALONE, FIT = ask(FACTS["age"]), ask(FACTS["alone"]), ask(FACTS["fit"])
RULE: Criterion = evolve(
    (AGE.at_least(Term(18)) & ALONE.is_(True)) | FIT.is_(True),
    about=About(id="entry", in_force=span("2020-01-01", "2027-01-01")),
)


def _near(fit: Cell) -> NearMisses:
    known: dict[Any, Cell] = {AGE: Known(day("2008-02-29")), ALONE: NO, FIT: fit}
    return near_misses(RULE, lambda asked: Timeline.constant(known[asked]), on=day("2026-02-01"))


NEAR = _near(Unknown(UnknownKind.NEEDS_PERSON))


def _plain(near: NearMisses) -> Any:
    return json.loads(json.dumps(written_near(near)))


PLAIN = _plain(NEAR)


def test_a_way_is_written_with_its_changes_and_a_later_one_with_its_verdict() -> None:
    now, later = PLAIN["stored"]["ways"]
    assert now == {
        "until": "2027-01-01",
        "changes": [
            {
                "kind": "pending",
                "demands": [{"comparison": 2, "found": "unknown", "wanted": "met"}],
            }
        ],
    }
    assert later["verdict"] == {"known": 1, "answers": "unmnu"}
    assert PLAIN["days"][1] == {"on": "2026-02-28", "cells": {}}
    assert [change["kind"] for change in later["changes"]] == ["one_step"]
    assert "complete" not in PLAIN["stored"]


def test_near_misses_are_read_back_equal() -> None:
    assert near_of(deepcopy(PLAIN), READER) == NEAR
    assert near_of(_plain(_near(YES)), READER) == _near(YES)
    incomplete = evolve(NEAR, complete=False)
    assert near_of(_plain(incomplete), READER) == incomplete


def _swap(plain: Any) -> None:
    plain["stored"]["ways"].reverse()


def _grant(plain: Any) -> None:
    plain.update(_plain(_near(YES)))
    plain["stored"]["ways"] = [{"changes": []}]


def _way(number: int, **changed: Any) -> Callable[[Any], None]:
    return lambda plain: plain["stored"]["ways"][number].update(changed)


@pytest.mark.parametrize(
    ("change", "problems"),
    [
        (_way(1, changes=[]), [("does_not_follow", "ways[1].changes")]),
        (
            lambda p: p["stored"]["ways"][0]["changes"][0].update(kind="one_step"),
            [("does_not_follow", "ways[0].changes")],
        ),
        (
            lambda p: p["stored"]["ways"][0]["changes"][0]["demands"][0].update(wanted="not_met"),
            [("does_not_follow", "ways[0].changes")],
        ),
        (
            lambda p: p["stored"]["ways"][0]["changes"][0]["demands"][0].update(comparison=0),
            [("does_not_follow", "ways[0].changes")],
        ),
        (
            lambda p: p["stored"]["ways"][1].pop("verdict"),
            [("does_not_follow", "ways[1].changes")],
        ),
        (
            _way(0, verdict={"answers": "unmnu"}),
            [("does_not_follow", "ways[0].verdict.answers")],
        ),
        (_way(0, verdict={"answers": "unnnu"}), [("does_not_follow", "ways[0].verdict")]),
        (
            lambda p: p["days"][1].update(on="2026-02-27"),
            [("does_not_follow", "ways[1].verdict.answers")],
        ),
        (_way(0, until="2026-02-01"), [("ends_before_start", "ways[0].until")]),
        (_swap, [("does_not_follow", "ways")]),
        (_grant, [("does_not_follow", "ways")]),
        (lambda p: p["stored"].pop("ways"), [("missing_key", "ways")]),
        (lambda p: p["stored"].update(ways={}), [("wrong_type", "ways")]),
        (lambda p: p["stored"].update(complete="no"), [("wrong_type", "complete")]),
        (_way(0, colour="red"), [("unknown_key", "ways[0]")]),
        (lambda p: p["stored"]["verdict"].pop("answers"), [("missing_key", "verdict.answers")]),
        (
            lambda p: p["stored"]["ways"][0]["changes"][0].update(kind="soon"),
            [("unknown_value", "ways[0].changes[0].kind")],
        ),
    ],
    ids=[
        "no changes",
        "another kind",
        "another answer",
        "another comparison",
        "a later day without verdict",
        "a verdict of another day",
        "a verdict of the same day",
        "a day on which it does not follow",
        "ends on its first day",
        "out of order",
        "ways to what is met",
        "no ways",
        "ways as an object",
        "complete as text",
        "unknown key",
        "verdict without answers",
        "unknown kind",
    ],
)
def test_what_does_not_follow_is_refused(
    change: Callable[[Any], object], problems: list[tuple[str, str]]
) -> None:
    plain = deepcopy(PLAIN)
    change(plain)
    expected = [(code, f"stored.{path}") for code, path in problems]
    assert problems_of(lambda: near_of(plain, READER)) == expected
