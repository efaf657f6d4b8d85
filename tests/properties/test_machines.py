"""Laws of machines: P15 to P18, and what is written is read."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from rehabcore.care.machines import machine, machine_names
from rehabcore.rules.data.machine_forms import write_machine
from rehabcore.rules.machines.requests import RequestRefused, possible, step
from rehabcore.rules.machines.rows import ORIGIN, Entrance
from rehabcore.rules.machines.tables import Machine
from rehabcore.rules.machines.walking import HistoryEntry, Passed, Position, walk
from rehabcore.strict.documents import parse_toml, write_toml
from tests.kit.machine_makers import job, read, simple

ON = date(2026, 3, 2)
NAMES = "abcdef"


@st.composite
def _tables(draw: st.DrawFn) -> dict[str, Any]:
    """A table that makes sense: a chain from a start to an end, a hold, and arrows at random."""
    inner = NAMES[: draw(st.integers(1, len(NAMES)))]
    states: dict[str, dict[str, Any]] = {code: {} for code in inner}
    states["a"] = {"entrance": "start"}
    states |= {"h": {"hold": True}, "y": {"final": True}, "z": {"final": True}}
    chain = [(code, "on", after) for code, after in zip(inner, [*inner[1:], "y"], strict=True)]
    held = draw(st.lists(st.sampled_from(inner), min_size=1, unique=True))
    pairs = st.tuples(st.sampled_from(inner), st.sampled_from([*inner, "z"]))
    drawn = draw(st.lists(pairs, unique=True, max_size=8))
    more = [(leaves, f"to_{to}", to) for leaves, to in drawn]
    hold = [(" ".join(held), "hold", "h"), ("h", "back", ORIGIN), ("h", "out", "z")]
    return simple(states, *chain, *more, *hold)


TABLES = _tables().map(read) | st.sampled_from([read(job()), *map(machine, machine_names())])


@st.composite
def _histories(draw: st.DrawFn) -> tuple[Machine, tuple[HistoryEntry, ...]]:
    """A machine, and entries of which most fit, some not."""
    table = draw(TABLES)
    codes = [state.code for state in table.states]
    events = sorted({*codes, *(arrow.event for arrow in table.arrows)})
    position, told = None, list[HistoryEntry]()
    for _ in range(draw(st.integers(0, 12))):
        arrows = table.leaving(position.state) if position else ()
        if arrows and draw(st.integers(0, 9)) > 2:
            arrow = draw(st.sampled_from(arrows))
            reasons = table.fitting_reasons(arrow)
            reason = draw(st.sampled_from(reasons)) if arrow.reason_required else ""
            told.append(HistoryEntry(event=arrow.event, on=ON, reason=reason))
        else:
            event, to = draw(st.sampled_from(events)), draw(st.sampled_from(["", *codes]))
            told.append(HistoryEntry(event=event, on=ON, to=to))
        position = walk(table, told[-1:], after=position)[0].after
    return table, tuple(told)


def _last(passed: tuple[Passed, ...]) -> Position | None:
    return passed[-1].after if passed else None


@given(_histories(), st.integers(0, 12))
def test_law_p15_replaying_a_history_in_its_order_gives_the_same_state(
    history: tuple[Machine, tuple[HistoryEntry, ...]], cut: int
) -> None:
    table, entries = history
    whole = walk(table, entries)
    assert walk(table, entries) == whole
    first = walk(table, entries[:cut])
    assert (*first, *walk(table, entries[cut:], after=_last(first))) == whole
    again = read(parse_toml(write_toml(write_machine(table, dates_are_objects=True))))
    assert walk(again, entries) == whole


def _allowed(table: Machine, before: Position | None, request: HistoryEntry) -> Passed | None:
    """The entry of a request; None if it is refused."""
    try:
        return step(table, before, request)
    except RequestRefused:
        return None


@given(_histories(), st.data())
def test_law_p16_what_the_table_does_not_allow_is_refused_and_changes_nothing(
    history: tuple[Machine, tuple[HistoryEntry, ...]], data: st.DataObject
) -> None:
    table, entries = history
    before = _last(walk(table, entries))
    event = data.draw(st.sampled_from([arrow.event for arrow in table.arrows]))
    role = data.draw(st.sampled_from([None, "team", "programme_team", "referrer_pom"]))
    passed = _allowed(table, before, HistoryEntry(event=event, on=ON, role=role))
    assert (passed is not None) == _is_allowed(table, before, event, role)
    if passed is not None:
        assert passed.before == before
        assert not passed.misfits
    assert _last(walk(table, entries)) == before


def _is_allowed(table: Machine, at: Position | None, event: str, role: str | None) -> bool:
    """Whether the rows of a table allow a request without a reason, when nothing is known."""
    entrances = {state.code: state.entrance for state in table.states}
    if at is None:
        return entrances.get(event) is not None
    if any(
        at.state in arrow.leaves
        and arrow.event == event
        and (not arrow.roles or role in arrow.roles)
        and not arrow.reason_required
        and arrow.guard is None
        and (arrow.to != ORIGIN or bool(at.origin))
        for arrow in table.arrows
    ):
        return True
    arrows = [arrow for arrow in table.leaving(at.state) if arrow.event == event]
    from_outside = entrances.get(event) is Entrance.OUTSIDE and not table.state(at.state).final
    return from_outside and not arrows


@given(_histories())
def test_law_p17_nothing_leads_out_of_a_final_state(
    history: tuple[Machine, tuple[HistoryEntry, ...]],
) -> None:
    table, entries = history
    for passed in walk(table, entries):
        if passed.before and table.state(passed.before.state).final:
            assert passed.after == passed.before
            assert passed.misfits
            assert possible(table, passed.before, on=ON) == ()


@given(_histories())
def test_law_p18_who_is_held_and_let_go_is_where_it_was(
    history: tuple[Machine, tuple[HistoryEntry, ...]],
) -> None:
    table, entries = history
    for passed in walk(table, entries):
        origin = passed.after.origin if passed.after else ""
        assert not origin or not table.state(origin).hold
    here = _last(walk(table, entries))
    if here is None or table.state(here.state).hold:
        return
    for arrow in table.leaving(here.state):
        if arrow.to != ORIGIN and table.state(arrow.to).hold:
            into = HistoryEntry(event=arrow.event, on=ON, to=arrow.to)
            held = Position(state=arrow.to, origin=here.state)
            assert _last(walk(table, [into], after=here)) == held
            for one in possible(table, held, on=ON):
                if one.to == here.state:
                    back = HistoryEntry(event=one.arrow.event, on=ON)
                    assert _last(walk(table, [into, back], after=here)) == here


@given(_tables())
def test_law_a_table_is_read_as_it_was_written(plain: dict[str, Any]) -> None:
    table = read(plain)
    assert read(write_machine(table, dates_are_objects=True)) == table
