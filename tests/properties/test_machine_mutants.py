"""Each law of machines and deadlines is broken on purpose, and notices it.

A mutant takes the place of a function, and the law is tried on an example that tells both apart.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from rehabcore.rules.machines import deadlines, pauses, requests, rows, walking
from rehabcore.rules.machines.deadlines import Deadline, DueState, Offset
from rehabcore.rules.machines.pauses import Pause, PauseKind
from rehabcore.rules.machines.tables import Machine
from rehabcore.rules.machines.walking import Passed, Position, Ways, walk
from rehabcore.rules.sources import Text
from rehabcore.rules.time.days import Term
from tests.kit.machine_makers import happened, job, read
from tests.properties import test_deadlines, test_machines

JOB = read(job())
RUNNING = (JOB, happened("planned", "begin"))
DROPPED = (JOB, happened("planned", "drop:other", "lent"))
ON, TITLE = date(2026, 3, 2), Text.of(en="Something")
DEADLINE = Deadline(
    code="it", title=TITLE, due=Offset(after=("release",), term=Term(months=1)), not_before=()
)
ILL = Pause(
    kind=PauseKind(code="ill", title=TITLE, extension=Term(days=10)),
    began=ON,
    ended=ON + timedelta(3),
)


class _Draws:
    """Stands for the data that a law draws from: it gives what is said, one after the other."""

    def __init__(self, *drawn: object) -> None:
        self._drawn = list(drawn)

    def draw(self, _: object) -> object:
        return self._drawn.pop(0)


def _from_the_beginning(
    machine: Machine, entries: Any, *, after: Position | None = None
) -> tuple[Passed, ...]:
    """A walk that forgets where it was to go on from."""
    return walk(machine, entries)


def _without_origin(ways: Ways, position: Position | None, state: str) -> Position:
    return Position(state=state)


class _Endless(Ways):
    """Ways to which no state is final."""

    def __init__(self, machine: Machine) -> None:
        super().__init__(machine)
        self._final = set()


def _stacking(due: date, pause: Pause, ended: date) -> date:
    return pause.kind.extension.after(due)


def _mirrored(day: date, lay: Callable[[date], date]) -> date:
    return ON + (ON - lay(day))


def _late_at_once(due: date, on: date) -> DueState:
    return DueState.OVERDUE if on >= due else DueState.UNKNOWN


Place = tuple[object, str]
MUTANTS: list[tuple[Place, object, Callable[..., None], tuple[object, ...]]] = [
    (
        (test_machines, "walk"),
        _from_the_beginning,
        test_machines.test_law_p15_replaying_a_history_in_its_order_gives_the_same_state,
        (RUNNING, 1),
    ),
    (
        (rows.Arrow, "may_be_used_by"),
        lambda arrow, role: True,
        test_machines.test_law_p16_what_the_table_does_not_allow_is_refused_and_changes_nothing,
        ((JOB, happened("planned")), _Draws("begin", None)),
    ),
    (
        (walking.Ways, "misfits_of_reason"),
        lambda ways, arrow, reason: (),
        test_machines.test_law_p16_what_the_table_does_not_allow_is_refused_and_changes_nothing,
        (RUNNING, _Draws("drop", "team")),
    ),
    (
        (requests, "_judged"),
        lambda guard, cells, on: None,
        test_machines.test_law_p16_what_the_table_does_not_allow_is_refused_and_changes_nothing,
        (RUNNING, _Draws("done", None)),
    ),
    (
        (walking, "Ways"),
        _Endless,
        test_machines.test_law_p17_nothing_leads_out_of_a_final_state,
        (DROPPED,),
    ),
    (
        (walking.Ways, "after"),
        _without_origin,
        test_machines.test_law_p18_who_is_held_and_let_go_is_where_it_was,
        (RUNNING,),
    ),
    (
        (deadlines, "_each_end"),
        _mirrored,
        test_deadlines.test_law_t8_an_earlier_anchor_makes_nothing_due_later,
        (DEADLINE, ON, ON, 30, "release"),
    ),
    (
        (deadlines, "_from_its_first_day"),
        _late_at_once,
        test_deadlines.test_law_e30_what_is_overdue_stays_so_until_it_is_done,
        (DEADLINE, ON, ON),
    ),
    (
        (pauses, "_after"),
        _stacking,
        test_deadlines.test_law_a_pause_never_shortens_never_stacks_and_never_cures,
        (ON, [], ILL),
    ),
]


def _example(law: Callable[..., None]) -> Callable[..., None]:
    """A law as a function of one example."""
    inner: Callable[..., None] = law.hypothesis.inner_test  # type: ignore[attr-defined]
    return inner


@pytest.mark.parametrize(("place", "mutant", "law", "example"), MUTANTS)
def test_a_law_notices_a_mutant(
    place: Place,
    mutant: object,
    law: Callable[..., None],
    example: tuple[object, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _example(law)(*_again(example))
    monkeypatch.setattr(*place, mutant)
    with pytest.raises(AssertionError):
        _example(law)(*_again(example))


def _again(example: tuple[object, ...]) -> tuple[object, ...]:
    """An example whose draws are not used up."""
    return tuple(_Draws(*one._drawn) if isinstance(one, _Draws) else one for one in example)


def test_every_law_has_a_mutant() -> None:
    tried = {law.__name__ for _, _, law, _ in MUTANTS}
    laws = {
        name
        for module in (test_machines, test_deadlines)
        for name in vars(module)
        if name.startswith(("test_law_p1", "test_law_t", "test_law_e", "test_law_a_pause"))
    }
    assert laws <= tried
