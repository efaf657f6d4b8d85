"""A small machine of every feature, as a table and as it is read, and histories for it."""

from copy import deepcopy
from typing import Any

from rehabcore.rules.data.machine_forms import read_machine
from rehabcore.rules.machines.tables import Machine
from rehabcore.rules.machines.walking import HistoryEntry
from tests.kit.builders import day
from tests.kit.rule_makers import TOML, reader_of

ALL = ["team", "owner"]


def _title(text: str) -> dict[str, str]:
    return {"en": text}


JOB: dict[str, Any] = {
    "id": "job",
    "title": _title("A job"),
    "cite": ["manual#2"],
    "status": "reviewed",
    "states": [
        {"code": "planned", "title": _title("Planned"), "entrance": "start"},
        {"code": "running", "title": _title("Running"), "marks": ["counted"]},
        {"code": "paused", "title": _title("Paused"), "hold": True},
        {"code": "lent", "title": _title("Lent to others"), "entrance": "outside"},
        {"code": "dropped", "title": _title("Dropped"), "final": True},
        {"code": "done", "title": _title("Done"), "final": True},
        {"code": "parked", "title": _title("Parked"), "inactive": True},
    ],
    "arrows": [
        {"leaves": ["planned"], "to": "running", "event": "begin", "roles": ["team"]},
        {"leaves": ["planned", "running"], "to": "paused", "event": "pause", "priority": 2},
        {"leaves": ["paused"], "to": "origin", "event": "resume"},
        {"leaves": ["lent"], "to": "running", "event": "fetch", "suggested": True},
        {
            "leaves": ["running"],
            "to": "done",
            "guard": {"fact": "parts_left", "at_most": 0},
            "effects": ["count_it"],
        },
        {
            "leaves": ["planned", "running", "paused", "lent"],
            "to": "dropped",
            "event": "drop",
            "roles": ALL,
            "reasons": ["outer", "other"],
            "reason_required": True,
            "priority": 1,
        },
        {
            "leaves": ["running"],
            "to": "planned",
            "event": "put_back",
            "via": "dropped",
            "reasons": ["outer"],
            "visible": False,
            "continuing": True,
        },
    ],
    "reasons": [
        {
            "code": "outer",
            "title": _title("From outside"),
            "reasons": [
                {"code": "weather", "title": _title("Weather")},
                {"code": "fire", "title": _title("Fire"), "closing": True},
            ],
        },
        {"code": "other", "title": _title("Told in the note")},
    ],
    "effects": [{"code": "count_it", "title": _title("Count the job")}],
    "facts": [{"name": "parts_left", "shape": "count", "about": "Parts that are left to do."}],
    "sources": [{"source_id": "manual", "title": "M", "publisher": "P", "dated": "2020"}],
}


def job(**changed: Any) -> dict[str, Any]:
    """The table of the job, with other values for some of its keys."""
    return {**deepcopy(JOB), **changed}


def read(table: dict[str, Any]) -> Machine:
    """The machine of a table; its guards may also ask the facts of ``rule_makers``."""
    return read_machine(table, reader_of(TOML, sources={}), dates_are_objects=True)


def simple(
    states: dict[str, dict[str, Any]], *arrows: tuple[str, str, str], **changed: Any
) -> dict[str, Any]:
    """The table of a machine of these states and arrows: its states, event and target.

    An arrow's first text holds the states that it leaves, separated by spaces.
    """
    return {
        "id": "simple",
        "title": _title("Simple"),
        "states": [{"code": code, "title": _title(code), **said} for code, said in states.items()],
        "arrows": [
            {"leaves": leaves.split(), "event": event, "to": to} for leaves, event, to in arrows
        ],
        **changed,
    }


def happened(*told: str, on: str = "2026-03-02") -> tuple[HistoryEntry, ...]:
    """A history on one day: each entry as ``event``, ``event>state`` or ``event:reason``."""
    entries = []
    for one in told:
        event, _, reason = one.partition(":")
        event, _, to = event.partition(">")
        entries.append(HistoryEntry(event=event, on=day(on), to=to, reason=reason))
    return tuple(entries)
