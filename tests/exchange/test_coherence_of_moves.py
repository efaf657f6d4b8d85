"""Stored moves that contradict themselves are found, though their hash is made anew."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

import rehabcore as rc
from rehabcore.records import CaseFile
from tests.kit.builders import day, release
from tests.kit.record_makers import transition_act
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


def _asked(key: str, to: object) -> Callable[[Any], None]:
    def change(data: Any) -> None:
        data["transitions"][0]["referrals"][0][key] = to

    return change


def _asked_before(key: str, to: object) -> Callable[[Any], None]:
    def change(data: Any) -> None:
        data["transition"]["referrals"][0][key] = to

    return change


def _entry_of_another(data: Any) -> None:
    first, second = data["transition"]["checklist"][:2]
    first["entry"] = second["entry"]


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
        ("moves", _first("transitions", "unplanned", None), "transitions[0].unplanned"),
        ("moves", _first("transitions", "arrival", "here"), "transitions[0].arrival"),
        ("moves", _first("transitions", "preparation", "closed"), "transitions[0].preparation"),
        ("moves", _first("transitions", "closed_on", "2026-11-16"), "transitions[0].closed_why"),
        ("moves", _first("transitions", "taken_by", ""), "transitions[0].taken_by"),
        ("moves", _first("transitions", "appointment", None), "transitions[0].appointment"),
        ("moves", _first("transitions", "tasks", []), "transitions[0].tasks"),
        ("moves", _asked("answer", "moved"), "transitions[0].referrals[0].answer"),
        ("moves", _asked("silent_from", "2026-11-11"), "transitions[0].referrals[0].silent_from"),
        ("move", _transition("taken_by", "ngo-1"), "transition.taken_by"),
        ("move", _transition("appointment", "2026-11-19"), "transition.appointment"),
        ("move", _transition("planned_for", "2026-11-19"), "transition.planned_for"),
        ("move", _asked_before("referred_on", "2026-10-29"), "transition.referrals[0]"),
        ("move", _asked_before("answer", "declined"), "transition.referrals[0].answer"),
        ("move", _entry_of_another, "transition.checklist[0]"),
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


def test_the_office_that_took_over_hands_over_without_a_placement_of_its_own() -> None:
    """It accepted after the move, and then the person was returned."""
    asked = {"office": "ngo-9", "recorded_on": "2026-11-17"}
    late = MOVED.case
    of = late.transition_acts[-1].transition
    late = late.with_record(
        transition_act(
            "late-1",
            of,
            "declined",
            "2026-11-17",
            "probation-2",
            reason="no_capacity",
            source="probation-2",
            recorded_on="2026-11-17",
        )
    )
    late = late.with_record(transition_act("late-2", of, "referred", "2026-11-18", **asked))
    late = late.with_record(
        transition_act("late-3", of, "accepted", "2026-11-19", source="ngo-9", **asked)
    )
    back = release(
        day("2026-11-25"), move_id="return_to_custody", to_holder="prison-1", record_prefix="b"
    )
    result = rc.record_move(late, XX, back)
    assert result.made.from_holder == "ngo-9"
    assert rc.read(rc.write(result)) == result
