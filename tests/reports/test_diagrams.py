"""Machines drawn as Mermaid: every state and arrow, and nothing that Mermaid would misread."""

import re
from typing import Any

import pytest

from rehabcore.care.machines import machine, machine_names
from rehabcore.reports.diagrams import draw
from tests.kit.machine_makers import job, read, simple
from tests.kit.refusals import problems_of

JOB = """\
stateDiagram-v2
    state "Planned" as s_planned
    state "Running" as s_running
    state "Paused" as s_paused
    state "Lent to others" as s_lent
    state "Dropped" as s_dropped
    state "Done" as s_done
    state "Parked" as s_parked
    [*] --> s_planned
    [*] --> s_lent: outside
    s_planned --> s_running: begin (team)
    s_planned --> s_paused: pause
    s_running --> s_paused: pause
    s_paused --> s_planned: resume
    s_paused --> s_running: resume
    s_lent --> s_running: fetch
    s_running --> s_done: [parts_left at_most 0] / count_it
    s_planned --> s_dropped: drop (team, owner)
    s_running --> s_dropped: drop (team, owner)
    s_paused --> s_dropped: drop (team, owner)
    s_lent --> s_dropped: drop (team, owner)
    s_running --> s_planned: put_back / dropped
    s_dropped --> [*]
    s_done --> [*]
    classDef final stroke-width:3px
    class s_dropped,s_done final
    classDef hold stroke-dasharray:5
    class s_paused hold
    classDef inactive opacity:0.5
    class s_parked inactive
"""


def test_a_machine_is_drawn() -> None:
    assert draw(read(job())) == JOB


@pytest.mark.parametrize("name", machine_names())
def test_every_machine_of_the_library_is_drawn(name: str) -> None:
    shown, drawn = machine(name), draw(machine(name))
    assert drawn.count('state "') == len(shown.states)
    arrows = re.findall(r"^ +s_\w+ --> s_", drawn, re.MULTILINE)
    assert len(arrows) >= sum(len(arrow.leaves) for arrow in shown.arrows)


def test_what_mermaid_would_take_for_its_own_is_spelled_out() -> None:
    table = simple({"end": {"entrance": "start"}, "a-b": {"final": True}}, ("end", "a-b", "a-b"))
    table["states"][0]["title"] = {"en": 'The "end"; %% #1: a --> b\n<b>{x}</b>'}
    table["arrows"][0]["guard"] = {"fact": "alone", "is": True, "title": {"en": "Alone: yes"}}
    assert draw(read(table)).splitlines()[1:5] == [
        '    state "The #34;end#34;#59; #37;#37; #35;1#58; a --#62; b↵'.replace("↵", "#8629;")
        + '#60;b#62;#123;x#125;#60;/b#62;" as s_end',
        '    state "a-b" as s_a__b',
        "    [*] --> s_end",
        "    s_end --> s_a__b: [Alone#58; yes]",
    ]


@pytest.mark.parametrize(
    ("guard", "told"),
    [
        ({"fact": "alone", "is": True}, "alone"),
        ({"fact": "alone", "is": False}, "not alone"),
        (
            {"all": [{"fact": "alone", "is": True}, {"fact": "home", "is": False}]},
            "alone, not home",
        ),
        ({"any": [{"fact": "alone", "is": True}, {"fact": "home", "is": True}]}, "?"),
        ({"all": [{"fact": "alone", "is": True}, {"not": {"fact": "home", "is": True}}]}, "?"),
    ],
)
def test_a_guard_without_a_name_is_told_by_its_facts(guard: dict[str, Any], told: str) -> None:
    table = simple({"a": {"entrance": "start"}, "z": {"final": True}}, ("a", "z", "z"))
    table["facts"] = [
        {"name": name, "shape": "flag", "about": "Whether."} for name in ("alone", "home")
    ]
    table["arrows"][0]["guard"] = guard
    assert f"s_a --> s_z: [{told}]" in draw(read(table)).replace("#63;", "?")


def test_titles_are_in_the_language_that_is_asked_for() -> None:
    table = simple({"a": {"entrance": "start"}, "z": {"final": True}}, ("a", "z", "z"))
    table["states"][0]["title"] = {"en": "Begun", "ka": "დაწყებული"}
    drawn = draw(read(table), language="ka")
    assert 'state "დაწყებული" as s_a' in drawn
    assert 'state "[en] z" as s_z' in drawn
    assert problems_of(lambda: draw(read(table), language="xx")) == [("unknown_value", "language")]
