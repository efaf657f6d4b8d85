"""Moves told: who is accountable, where transitions stand, what does not fit, what may follow."""

from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import rehabcore as rc
from rehabcore.records import CaseFile
from rehabcore.reports import Format
from tests.kit.builders import day, release
from tests.kit.record_makers import death, placement, transition_act

XX = rc.load("xx")
CASE = rc.read(rc.examples()["xx/therapeutic-community"], CaseFile)
ASKED = evolve(CASE, transition_acts=CASE.transition_acts[:3])


def _with(file: CaseFile, *acts: tuple[str, str, str, dict[str, Any]]) -> CaseFile:
    made = tuple(
        transition_act(f"x-{event}", "t-1", event, on, office, source=office or "prison-1", **said)
        for event, on, office, said in acts
    )
    return evolve(file, transition_acts=(*file.transition_acts, *made))


RECALLED = rc.record_move(
    rc.request_move(CASE, XX, release(day("2026-11-16"))).case,
    XX,
    release(
        day("2026-11-24"), move_id="return_to_custody", to_holder="prison-1", record_prefix="b"
    ),
).case
WARD = evolve(
    CASE, placements=(*CASE.placements, placement("w", "hospital", "2026-11-12", source="b"))
)


@pytest.mark.parametrize(
    ("file", "on", "line"),
    [
        (CASE, "2026-11-16", "Accountable on this day: prison-1."),
        (CASE, "2026-11-16", "- Conditional release: accepted; not yet moved"),
        (CASE, "2026-11-16", "  - taken over by probation-2"),
        (CASE, "2026-11-16", "+ Conditional release: MET"),
        (
            CASE,
            "2024-01-01",
            "No office is certainly accountable yet on this day: prison-1 is from 2025-03-01 on.",
        ),
        (CASE, "2024-01-01", "No transition is on file."),
        (
            evolve(CASE, placements=()),
            "2026-11-16",
            "No office is accountable on any day, as far as is on file.",
        ),
        (evolve(CASE, placements=()), "2026-11-16", "No office, as far as is on file."),
        (
            ASKED,
            "2026-11-12",
            "  ! probation-2 has not answered in time: no response from 2026-11-12 on",
        ),
        (
            ASKED,
            "2026-11-12",
            "  ! find an office that takes over, or tell somebody above: due on 2026-11-12",
        ),
        (
            ASKED,
            "2026-11-13",
            "  ! find an office that takes over, or tell somebody above: overdue, it was due on "
            "2026-11-12",
        ),
        (WARD, "2026-11-13", "  - the acceptance lapsed on 2026-11-12, when the stay ended"),
        (
            RECALLED,
            "2026-11-24",
            "- probation-2: from 2026-11-16 until the day before 2026-11-24 (it accepted)",
        ),
        (RECALLED, "2026-11-24", "  - closed on 2026-11-24: the person moved on"),
        (
            _with(
                ASKED,
                ("escalated", "2026-11-12", "", {}),
                ("waived", "2026-11-13", "", {"by": "head", "reason": "court_order"}),
            ),
            "2026-11-14",
            "  - somebody decided that the person goes without an acceptance",
        ),
        (
            _with(CASE, ("engaged", "2026-11-12", "", {})),
            "2026-11-14",
            "  ! on file, but it does not fit: engaged (it does not follow on the step before; "
            "on record x-engaged; possible there: moved, closed)",
        ),
        (
            evolve(CASE, deaths=(death("d", "2026-11-12"),)),
            "2026-11-16",
            "  - closed on 2026-11-12: the person died",
        ),
        (
            evolve(CASE, deaths=(death("d", "2026-11-12"),)),
            "2026-11-16",
            "No office is accountable on this day: the case was closed on 2026-11-12.",
        ),
        (
            evolve(CASE, observations=CASE.observations[:1]),
            "2026-11-16",
            "? Conditional release: UNKNOWN",
        ),
        (
            evolve(
                CASE,
                checklist_entries=(),
                transitions=(evolve(CASE.transitions[0], planned_for=None),),
            ),
            "2026-11-16",
            "  ? finish the checklist: identity card",
        ),
    ],
)
def test_moves_say(file: CaseFile, on: str, line: str) -> None:
    assert line in rc.explain(rc.possible_moves(file, XX, on=day(on))).splitlines()


def test_where_no_move_can_begin_that_is_told() -> None:
    country = evolve(XX, moves=XX.moves[:1])
    kept = evolve(CASE, transitions=(), transition_acts=(), checklist_entries=())
    told = rc.explain(rc.possible_moves(kept, country, on=day("2026-11-16")))
    assert "No move can begin where the person is." in told


@pytest.mark.parametrize("form", Format)
def test_moves_are_told_in_every_form_with_their_proofs(form: Format) -> None:
    result = rc.possible_moves(CASE, XX, on=day("2026-11-16"))
    assert "probation-2" in rc.explain(result, form=form, detail=True)
    assert rc.read(rc.write(result), rc.MovesResult) == result
    assert repr(result) == "<MovesResult xx@2026.2 on 2026-11-16: 1 transitions, 6 possible moves>"
    recorded = rc.record_move(CASE, XX, release(day("2026-09-10")))
    assert "It happened, though it was not allowed" in rc.explain(recorded, form=form, detail=True)


def test_an_act_after_all_is_closed_is_told_without_another_that_would_fit() -> None:
    file = _with(CASE, ("closed", "2026-11-12", "", {}), ("lost", "2026-11-13", "", {}))
    told = rc.explain(rc.possible_moves(file, XX, on=day("2026-11-14")))
    (line,) = [line for line in told.splitlines() if "x-lost" in line]
    assert "possible there" not in line


def test_a_move_that_was_stored_before_transitions_were_is_told_without_one() -> None:
    stored = Path(__file__).parents[1] / "cases" / "documents" / "move-2.json"
    told = rc.explain(rc.read(stored, rc.MoveResult))
    assert "What is due" not in told


def test_a_move_of_a_person_for_whom_nobody_was_accountable_names_no_office_before() -> None:
    moved = rc.record_move(evolve(CASE, placements=()), XX, release(day("2026-11-16")))
    lines = rc.explain(moved).splitlines()
    assert (
        "The person goes to probation-2. Nobody is known to have been accountable before." in lines
    )
    assert not [line for line in lines if "goes from" in line]
