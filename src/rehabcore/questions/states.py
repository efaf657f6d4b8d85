"""States that hold over spans of days: work, housing, whatever a country keeps track of."""

from collections.abc import Iterable, Iterator
from datetime import date

from attrs import evolve

from rehabcore.questions.family import Reading, Words
from rehabcore.questions.runs import GAP, gap_of, time_in
from rehabcore.questions.windows import WINDOW, Happening, count, had, window_of
from rehabcore.records import CaseFile
from rehabcore.records.glossary import CodedKind, codes
from rehabcore.rules.claims import Claim, settle
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import Cell, Fact, Known, Parameter, Shape, Takes, Unknown
from rehabcore.rules.timelines import Timeline
from rehabcore.rules.truth import UnknownKind

_STATE, _TIME, _HAD, _CHANGES = "state_", "time_in_state_", "had_state_", "changes_of_state_"
_ANY, _RAISED, _LOWERED = "any", "raised", "lowered"


def declare(words: Words) -> Iterable[Fact]:
    """The facts of this family, for each of the country's kinds of states."""
    for kind in words.glossary.state_kinds:
        yield from _declare(kind)


def _declare(kind: CodedKind) -> Iterable[Fact]:
    states = Parameter(name="state", codes=codes(kind.values), takes=Takes.CODES)
    directions = (_ANY, _RAISED, _LOWERED) if kind.ordered else (_ANY,)
    yield Fact(
        name=f"{_STATE}{kind.id}",
        shape=Shape.LEVEL if kind.ordered else Shape.CHOICE,
        codes=codes(kind.values),
        about="The state that holds on the day.",
        title=kind.title,
        absence=kind.absence,
        answered_by=kind.answered_by,
    )
    yield Fact(
        name=f"{_TIME}{kind.id}",
        shape=Shape.ELAPSED,
        parameters=(states, GAP),
        about="Time without a break in a state; less than any term while not in it.",
        unit="calendar time",
        title=kind.title,
        absence=kind.absence,
        answered_by=kind.answered_by,
    )
    yield Fact(
        name=f"{_HAD}{kind.id}",
        shape=Shape.FLAG,
        parameters=(states, *WINDOW),
        about="Whether a state held on any day within a term before the day.",
        title=kind.title,
        absence=kind.absence,
        answered_by=kind.answered_by,
    )
    yield Fact(
        name=f"{_CHANGES}{kind.id}",
        shape=Shape.COUNT,
        parameters=(
            Parameter(name="direction", codes=directions),
            evolve(states, required=False),
            *WINDOW,
        ),
        about="How many times the state changed within a term before the day, by what is on file.",
        unit="changes",
        title=kind.title,
        absence=kind.absence,
        answered_by=kind.answered_by,
    )


def _claims(asked: Asked, view: CaseFile, prefix: str) -> Iterator[Claim]:
    kind = asked.fact.name.removeprefix(prefix)
    return (Claim(s.filed.record_id, s.span, s.value) for s in view.states if s.kind == kind)


def _state(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    return settle(_claims(asked, view, _STATE), asked.fact.absent())


def _time_in_state(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    claims = _claims(asked, view, _TIME)
    return time_in(claims, asked.codes("state"), asked.fact.absent(), gap_of(asked))


def _had_state(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    claims = _claims(asked, view, _HAD)
    return had(claims, asked.codes("state"), asked.fact.absent(), window_of(asked))


def _changes_of_state(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """Changes from one known state to another; unknown before any state is."""
    states = settle(_claims(asked, view, _CHANGES), asked.fact.absent())
    known = [start for start, _, cell in states.pieces() if isinstance(cell, Known)]
    if not known:
        return states
    counted = count(_changes(asked, states), window_of(asked))

    def cell(day: date) -> Cell:
        return states.at(day) if day < known[0] else counted.at(day)

    return Timeline.of_changes((*states.starts, *counted.starts), cell)


def _changes(asked: Asked, states: Timeline[Cell]) -> Iterator[Happening]:
    """Each change that is asked for; through days that are open, it came on any of them."""
    order = next(p.codes for p in asked.fact.parameters if p.name == "state")
    wanted, direction = asked.codes("state") or order, asked["direction"]
    before: Known | None = None
    opened: tuple[date, UnknownKind] | None = None
    for start, _, cell in states.pieces():
        if isinstance(cell, Unknown):
            if cell.evidence and opened is None:
                opened = start, cell.kind
            continue
        if before is not None and before.value != cell.value and cell.value in wanted:
            raised = order.index(before.value) < order.index(cell.value)
            if direction in (_ANY, _RAISED if raised else _LOWERED):
                first, doubt = opened or (start, UnknownKind.DISPUTED)
                ids = tuple(sorted({*before.evidence, *cell.evidence}))
                yield Happening(first=first, last=start, ids=ids, doubt=doubt)
        before, opened = cell, None


READINGS_OF_KINDS: dict[str, Reading] = {
    _STATE: _state,
    _TIME: _time_in_state,
    _HAD: _had_state,
    _CHANGES: _changes_of_state,
}
