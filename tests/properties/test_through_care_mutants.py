"""Each law of through-care is broken on purpose, and notices it.

A mutant takes the place of a function or of a table, and the law is tried on a way that tells.
"""

from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve

from rehabcore.care.continuity import items, provisions
from rehabcore.care.machines import machine
from rehabcore.care.moves import endings, progress, responsibility, whereabouts
from rehabcore.rules.machines.rows import Arrow
from rehabcore.rules.machines.tables import Machine
from rehabcore.rules.machines.walking import Ways
from tests.kit.travellers import World
from tests.properties import test_through_care as laws

Script = list[tuple[str, int, int]]
LEDGER: Any = responsibility._Ledger
ENDS: Any = endings.Endings
PROGRESS: Any = progress._Progress
WHEREABOUTS: Any = whereabouts.Whereabouts


def _of(*names: str) -> Script:
    return [(name, 0, 0) for name in names]


def _with(table: Machine, *, leaves: str, to: str) -> Callable[[], Ways]:
    """The ways of a table with one arrow more."""
    arrow = Arrow(leaves=(leaves,), to=to)
    ways = Ways(evolve(table, arrows=(*table.arrows, arrow)))
    return lambda: ways


def _anybody(ledger: Any, on: Any, act: Any, of: Any) -> None:
    """A move that makes the office accountable to which the person was sent."""
    ledger._moved = act
    ledger._take(on, act.office, None, act)


def _nobody(*_: object, **__: object) -> None:
    """What does nothing."""


READY = _of("prepare", "silence", "escalate", "ready")
STAYED: Script = [("silence", 0, 0), ("supply", 0, 1), ("unplanned", 0, 0), ("silence", 0, 0)]
Mutant = tuple[laws.Law, Any, str, Any, Script]
MUTANTS: list[Mutant] = [
    (laws.law_t1, LEDGER, "_end", _nobody, _of("prepare", "accept", "go")),
    (laws.law_t1, LEDGER, "_act", _nobody, _of("prepare", "accept", "go")),
    (laws.law_t2, LEDGER, "_move", _anybody, _of("prepare", "go")),
    (laws.law_t3, PROGRESS, "_ready", lambda *_: True, READY),
    (laws.law_t7, PROGRESS, "_tasks", lambda *_: (), _of("prepare", "decline")),
    (laws.law_t7, PROGRESS, "_follow", _nobody, _of("prepare", "silence")),
    (
        laws.law_t10,
        progress,
        "_ways_of_arriving",
        _with(machine("arrival"), leaves="contact_missed", to="engaged"),
        _of("prepare", "accept", "go", "miss_and_engage"),
    ),
    (laws.law_t13, ENDS, "by", lambda *_: True, _of("prepare", "accept", "go", "close")),
    (laws.law_t15, WHEREABOUTS, "_move_on", _nobody, _of("prepare", "accept", "go", "go")),
    (laws.law_t16, PROGRESS, "_objections", lambda *_: (), _of("unplanned", "refer_late")),
    (
        laws.law_t17,
        progress,
        "_ways_of_preparing",
        _with(machine("transition"), leaves="identified", to="accepted"),
        _of("accept_unasked", "go"),
    ),
    (laws.law_t18, progress, "died_by", _nobody, _of("unplanned", "die")),
    (laws.law_of_care, items, "interruptions", lambda *_, **__: (), _of("silence")),
    (laws.law_of_care, provisions, "part_before", lambda span, _: span, STAYED),
]
MORE: dict[str, tuple[tuple[str, str], ...]] = {
    "miss_and_engage": (("contact_missed", ""), ("engaged", "")),
    "accept_unasked": (("accepted", "probation-2"),),
}
"""Acts that only a mutant lets pass."""


def _run(script: Script) -> World:
    world = World()
    for act in script:
        for event, office in MORE.get(act[0], ()):
            world.run([("silence", 1, 0)])
            world.file(world.people[0], event, office)
        world.run([act] if act[0] not in MORE else [])
    return world


@pytest.mark.parametrize("made", MUTANTS, ids=lambda made: f"{made[0].__name__}: {made[2]}")
def test_a_broken_rule_is_noticed_by_its_law(made: Mutant, monkeypatch: Any) -> None:
    law, where, name, mutant, script = made
    world = _run(script)
    law(world.people[0], world.today)
    monkeypatch.setattr(where, name, mutant)
    world = _run(script)
    with pytest.raises((AssertionError, IndexError, KeyError)):
        law(world.people[0], world.today)
