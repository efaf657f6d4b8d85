"""Stored moves that contradict themselves are found, though their hash is made anew."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

import rehabcore as rc
from rehabcore.records import CaseFile
from tests.kit.builders import day, release
from tests.kit.refusals import problems_of
from tests.kit.sealing import sealed

XX = rc.load("xx")
CASE = rc.read(rc.examples()["xx/therapeutic-community"], CaseFile)
MOVED = rc.request_move(CASE, XX, release(day("2026-11-16")))
STORED = {
    "move": json.loads(rc.write(MOVED)),
    "moves": json.loads(rc.write(rc.possible_moves(MOVED.case, XX, on=day("2026-11-16")))),
}


def _taken_over_on(start: str) -> Callable[[Any], None]:
    def change(data: Any) -> None:
        data["tenures"][1]["span"]["start"] = start

    return change


def _doubled(name: str) -> Callable[[Any], None]:
    def change(data: Any) -> None:
        data[name].append(data[name][0])

    return change


def _first(name: str, key: str, to: object) -> Callable[[Any], None]:
    def change(data: Any) -> None:
        data[name][0][key] = to

    return change


def _transition(key: str, to: object) -> Callable[[Any], None]:
    def change(data: Any) -> None:
        data["transition"][key] = to

    return change


def _another_day(data: Any) -> None:
    data["grounds"]["stamp"]["on"] = "2026-11-17"


@pytest.mark.parametrize(
    ("name", "change", "path"),
    [
        ("moves", _taken_over_on("2026-11-10"), "tenures[1].span"),
        pytest.param("moves", _taken_over_on("2026-11-17"), "tenures[1].span", id="nobody"),
        ("moves", _first("transitions", "moved_on", "2026-11-17"), "transitions[0].moved_on"),
        ("moves", _doubled("possible"), "possible"),
        ("moves", _doubled("transitions"), "transitions"),
        ("moves", _first("possible", "move_id", "release"), "possible[0].move_id"),
        ("moves", _another_day, "possible[0].verdict"),
        ("move", _transition("transition", "gone"), "transition.transition"),
        ("move", _transition("move", "release"), "transition.move"),
        ("move", _transition("moved_on", "2026-11-15"), "transition.moved_on"),
    ],
)
def test_what_contradicts_itself_is_found(name: str, change: Any, path: str) -> None:
    document = copy.deepcopy(STORED[name])
    change(document["data"])
    problems = problems_of(lambda: rc.read(sealed(document)))
    assert path in " ".join(at for _, at in problems)
