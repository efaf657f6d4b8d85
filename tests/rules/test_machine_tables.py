"""Tables of machines: what is refused, all at once and with its path, and what a table tells."""

from typing import Any

import pytest

from rehabcore.rules.machines.rows import Entrance
from rehabcore.strict.problems import InputError
from tests.kit.builders import day
from tests.kit.machine_makers import JOB, job, read, simple
from tests.kit.refusals import problems_of

START, END = {"a": {"entrance": "start"}}, {"z": {"final": True}}
GO = ("a", "go", "z")


def _table(*arrows: tuple[str, str, str], **states: dict[str, Any]) -> dict[str, Any]:
    return simple({**START, **states, **END}, GO, *arrows)


SOUND: list[tuple[str, dict[str, Any]]] = [
    (
        "a hold that returns to its only origin",
        _table(("a", "h", "h"), ("h", "b", "a"), h={"hold": True}),
    ),
    (
        "a pause of several origins with an exit of its own",
        _table(
            ("a", "b", "b"),
            ("a b", "h", "h"),
            ("h", "back", "origin"),
            ("h", "out", "x"),
            ("b x", "end", "z"),
            b={},
            h={"hold": True},
            x={},
        ),
    ),
    ("a state that is entered from outside", _table(("o", "go", "z"), o={"entrance": "outside"})),
    ("an inactive state", _table(i={"inactive": True})),
    ("one without an end, on purpose", simple({**START, "b": {}}, ("a", "x", "b"), endless=True)),
]

REFUSED: list[tuple[dict[str, Any], list[tuple[str, str]]]] = [
    (simple({"a": {}, **END}, GO), [("no_start", "states")]),
    (_table(b={}), [("unreachable", "states[1]"), ("trap", "states[1]")]),
    (_table(("a", "x", "b"), ("b", "y", "b"), b={}), [("trap", "states[1]")]),
    (_table(("z", "again", "a")), [("leaves_a_final_state", "arrows[1].leaves")]),
    (_table(("a", "x", "i"), i={"inactive": True}), [("inactive_state", "arrows[1].to")]),
    (_table(("i", "x", "z"), i={"inactive": True}), [("inactive_state", "arrows[1].leaves")]),
    (_table(("a", "back", "origin")), [("not_a_hold", "arrows[1].leaves")]),
    (
        _table(("a", "h", "h"), ("h", "end", "z"), h={"hold": True}),
        [("no_way_back", "states[1]")],
    ),
    (
        _table(
            ("a", "b", "b"),
            ("a b", "h", "h"),
            ("h", "x", "a"),
            ("b", "y", "z"),
            b={},
            h={"hold": True},
        ),
        [("hold_loses_its_origin", "arrows[3].to")],
    ),
    (
        _table(
            ("a", "h", "h"),
            ("h", "back", "origin"),
            ("h", "x", "b"),
            ("b", "y", "a"),
            b={},
            h={"hold": True},
        ),
        [("hold_loses_its_origin", "arrows[3].to")],
    ),
    (_table(("a", "go", "z")), [("unclear_event", "arrows[1].event")]),
    (_table(("b", "x", "nowhere"), b={}), [("dangling_id", "arrows[1].to")]),
    (simple({**START, "a ": {}, **END}, GO), [("not_a_code", "states[1].code")]),
    (simple({**START, "origin": {}, **END}, GO), [("out_of_range", "states[1].code")]),
    (
        simple({**START, "b": {"hold": True, "final": True}, **END}, GO),
        [("out_of_range", "states[1]")],
    ),
    (
        simple({**START, "b": {"inactive": True, "final": True}, **END}, GO),
        [("out_of_range", "states[1]")],
    ),
    (
        simple({**START, "b": {"hold": True, "entrance": "start"}, **END}, GO),
        [("out_of_range", "states[1].entrance")],
    ),
]


@pytest.mark.parametrize(("table"), [table for _, table in SOUND], ids=[name for name, _ in SOUND])
def test_a_sound_table_is_read(table: dict[str, Any]) -> None:
    assert read(table).id == "simple"


@pytest.mark.parametrize(("table", "expected"), REFUSED)
def test_a_table_that_makes_no_sense_is_refused(
    table: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    assert problems_of(lambda: read(table)) == expected


def test_all_problems_of_a_table_are_told_at_once() -> None:
    broken = job(
        id="",
        arrows=[
            {"leaves": ["planned", "gone"], "to": "done", "via": "x", "effects": ["y"]},
            {"leaves": ["planned"], "to": "done", "reasons": ["z"]},
        ],
        reasons=[
            *JOB["reasons"],
            JOB["reasons"][0],
            {"code": "more", "title": {"en": "M"}, "reasons": [JOB["reasons"][1]]},
        ],
        states=[*JOB["states"], JOB["states"][0]],
        effects=JOB["effects"] * 2,
    )
    assert problems_of(lambda: read(broken)) == [
        ("out_of_range", "id"),
        ("duplicate_id", "states[7].code"),
        ("duplicate_id", "reasons[2].code"),
        ("duplicate_id", "reasons[2].reasons[0].code"),
        ("duplicate_id", "reasons[2].reasons[1].code"),
        ("duplicate_id", "reasons[3].reasons[0].code"),
        ("duplicate_id", "effects[1].code"),
        ("dangling_id", "arrows[0].leaves"),
        ("dangling_id", "arrows[0].via"),
        ("dangling_id", "arrows[0].effects"),
        ("dangling_id", "arrows[1].reasons"),
    ]


def test_what_is_wrong_with_one_row_is_told_at_once() -> None:
    arrows = [
        {"leaves": [], "to": "origin", "roles": ["a", "a"], "reason_required": True, "priority": 0}
    ]
    assert problems_of(lambda: read(job(arrows=arrows))) == [
        ("out_of_range", "arrows[0].event"),
        ("empty_group", "arrows[0].leaves"),
        ("repeated_item", "arrows[0].roles"),
        ("empty_group", "arrows[0].reasons"),
        ("out_of_range", "arrows[0].priority"),
    ]


FLAG = {"fact": "alone"}
COUNT = {"fact": "sanctions"}
OPPOSED: list[tuple[dict[str, Any], dict[str, Any], bool]] = [
    ({**FLAG, "is": True}, {**FLAG, "is": False}, True),
    ({**FLAG, "is": True}, {"not": {**FLAG, "is": True}}, True),
    ({"not": {**FLAG, "is": True}}, {**FLAG, "is": True}, True),
    ({**COUNT, "at_least": 3}, {**COUNT, "under": 3}, True),
    ({**COUNT, "at_most": 3}, {**COUNT, "over": 3}, True),
    ({"fact": "age", "since": "2000-01-01"}, {"fact": "age", "before": "2000-01-01"}, True),
    ({"fact": "housing", "in": ["low", "high"]}, {"fact": "housing", "is": "medium"}, True),
    ({"all": [{**COUNT, "over": 1}, {**FLAG, "is": True}]}, {**FLAG, "is": False}, True),
    ({**FLAG, "is": True}, {**FLAG, "is": True}, False),
    ({**FLAG, "is": True}, {**COUNT, "over": 3}, False),
    ({**COUNT, "at_least": 3}, {**COUNT, "under": 4}, False),
    ({**COUNT, "at_least": 3}, {**COUNT, "over": 4}, False),
    ({"fact": "housing", "in": ["low", "high"]}, {"fact": "housing", "is": "high"}, False),
    ({"any": [{**FLAG, "is": True}]}, {**FLAG, "is": False}, False),
    ({"fact": "housing", "is": "low"}, {"fact": "risk", "is": "high"}, False),
    ({"fact": "risk", "is": "high"}, {"fact": "risk", "at_least": "low"}, False),
    ({"fact": "needs", "has_any": ["low"]}, {"fact": "needs", "has_any": ["high"]}, False),
    (
        {"fact": "age", "at_least": "18 years", "leap_day": "march_1"},
        {"fact": "age", "under": "18 years"},
        False,
    ),
]


@pytest.mark.parametrize(("one", "other", "told_apart"), OPPOSED)
def test_guards_of_one_event_tell_its_arrows_apart(
    one: dict[str, Any], other: dict[str, Any], told_apart: bool
) -> None:
    table = _table(("a", "x", "b"), ("a", "x", "z"), ("b", "y", "z"), b={})
    table["arrows"][1]["guard"], table["arrows"][2]["guard"] = _dated(one), _dated(other)
    if told_apart:
        assert len(read(table).arrows) == 4
    else:
        assert problems_of(lambda: read(table)) == [("unclear_event", "arrows[2].event")]


def _dated(guard: dict[str, Any]) -> dict[str, Any]:
    return {key: day(said) if key in ("since", "before") else said for key, said in guard.items()}


def test_one_guard_alone_tells_nothing_apart_but_roles_do() -> None:
    table = _table(("a", "x", "b"), ("a", "x", "z"), ("b", "y", "z"), b={})
    table["arrows"][1]["guard"] = {**FLAG, "is": True}
    assert problems_of(lambda: read(table)) == [("unclear_event", "arrows[2].event")]
    table["arrows"][1]["roles"], table["arrows"][2]["roles"] = ["one"], ["other"]
    assert len(read(table).arrows) == 4


def test_a_table_tells_its_states_and_arrows() -> None:
    machine = read(job())
    assert machine.state("paused").hold
    assert [arrow.event for arrow in machine.leaving("running")] == [
        "drop",
        "pause",
        "done",
        "put_back",
    ]
    assert machine.entered_from_outside(at=Entrance.OUTSIDE) == ("lent",)
    with pytest.raises(InputError) as caught:
        machine.state("runing")
    assert [(p.code, p.path) for p in caught.value.problems] == [("unknown_state", "state")]


def test_a_closing_reason_fits_only_on_the_way_to_the_end() -> None:
    machine = read(job())
    drop, put_back = machine.arrows[5:]
    assert machine.fitting_reasons(drop) == ("weather", "fire", "other")
    assert machine.fitting_reasons(put_back) == ("weather",)
    assert machine.fitting_reasons(machine.arrows[2]) == ()
