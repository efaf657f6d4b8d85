"""The schedules of a published education and work plan, as deadlines, pauses and criteria in data.

They show that the engine of deadlines is general. ``tests/cases/education.json`` has the published
examples; those of who may set which status are not tried here.
"""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from rehabcore.rules.data.criterion_forms import CriterionReader
from rehabcore.rules.data.deadline_forms import read_deadlines, read_pause_kinds
from rehabcore.rules.facts import Cell, Fact, Known, Shape, Unknown
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.machines.deadlines import AnchorDay, laid
from rehabcore.rules.machines.pauses import Pause, after_pauses
from rehabcore.rules.truth import Answer, UnknownKind
from rehabcore.strict.documents import parse_toml
from tests.kit.builders import day
from tests.kit.rule_makers import TOML

FOLDER = Path(__file__).parents[1] / "cases"
CASES = json.loads((FOLDER / "education.json").read_text("utf-8"))
POLICY = parse_toml((FOLDER / "education_policy.toml").read_bytes())
DEADLINES = {one.code: one for one in read_deadlines(POLICY["deadlines"], TOML, sources=None)}
PAUSES = {one.code: one for one in read_pause_kinds(POLICY["pauses"], TOML, sources=None)}
READER = CriterionReader(
    facts={
        "to_serve": Fact(name="to_serve", shape=Shape.REMAINING, about="Time to the release."),
        "release_known": Fact(name="release_known", shape=Shape.FLAG, about="A day is set."),
    },
    rules={},
    codec=TOML,
)
BANDS = [READER.read(one) for one in POLICY["bands"]]
ON = day("2026-03-02")


def _of(*tools: str) -> pytest.MarkDecorator:
    cases = [case for case in CASES if case["tool"].partition(".")[2] in tools]
    return pytest.mark.parametrize("case", cases, ids=[case["id"] for case in cases])


@_of("adjusted_due_date")
def test_a_pause_gives_the_published_day(case: dict[str, Any]) -> None:
    given = case["inputs"]
    due = ON + timedelta(given["current_due_in_days"])
    assert not given["overdue_when_exempted"]
    pause = Pause(kind=PAUSES[given["status"].removeprefix("EXEMPT_").lower()], began=ON, ended=ON)
    expected = ON + timedelta(case["expected"]["new_due_in_days"])
    assert after_pauses(due, [pause], on=ON) == expected


def _laid(code: str, **anchors: AnchorDay) -> tuple[object, object]:
    [due] = laid([DEADLINES[code]], anchors)
    return due.opens, due.due


@_of("initial_deadline")
def test_an_induction_is_due_on_the_published_day(case: dict[str, Any]) -> None:
    given = case["inputs"]
    laid_on = _laid("induction", admission=day(given["admission_date"]), on=day(given["today"]))
    assert laid_on == (None, day(case["expected"]["deadline"]))


@_of("window")
def test_a_review_has_the_published_window(case: dict[str, Any]) -> None:
    given, window = case["inputs"], case["expected"]["window"]
    code = given["rule"].lower()
    assert (code in DEADLINES) == (window is not None)
    if window is not None:
        assert _laid(code, on=day(given["today"])) == (day(window[0]), day(window[1]))


@_of("rule")
def test_the_first_band_that_is_met_is_the_published_one(case: dict[str, Any]) -> None:
    given = case["inputs"]
    release = None if given["release_date"] is None else day(given["release_date"])
    met = [
        band.about.id
        for band in BANDS
        if judge(band, lambda asked: _cell(asked.fact, release), on=day(given["today"])).answer
        is Answer.MET
    ]
    assert met[0] == case["expected"]["rule"].lower()


def _cell(fact: Fact, release: date | None) -> Cell:
    if fact.shape is Shape.FLAG:
        return Known(release is not None)
    return Unknown(UnknownKind.MISSING) if release is None else Known(release)


def test_every_case_of_a_deadline_is_tried() -> None:
    tried = ("adjusted_due_date", "initial_deadline", "window", "rule")
    kinds = [case["tool"].partition(".")[2] for case in CASES]
    assert [kinds.count(kind) for kind in tried] == [7, 1, 2, 6]
    assert len(CASES) - kinds.count("transition") == 16
