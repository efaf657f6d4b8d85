"""The machines that come with the library, and the referral to an accredited programme in two."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from rehabcore.care.machines import machine, machine_names
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import Cell, Known
from rehabcore.rules.judging.cells import Cells
from rehabcore.rules.machines.requests import RequestRefused, possible, step
from rehabcore.rules.machines.rows import Arrow
from rehabcore.rules.machines.walking import HistoryEntry, Misfit, Position, walk
from rehabcore.rules.sources import Status
from rehabcore.rules.truth import Answer
from tests.kit.builders import day
from tests.kit.refusals import problems_of

CUSTODY = machine("uk-ew/referral@accredited-programmes-custody")
COMMUNITY = machine("uk-ew/referral@accredited-programmes-community")
TEAM, REFERRER = "programme_team", "referrer_pom"
ON = day("2026-03-02")
CASES = json.loads((Path(__file__).parents[1] / "cases" / "referral.json").read_text("utf-8"))


def _code(name: str) -> str:
    """Our code of a published name: ``ON_PROGRAMME``, ``Breach (non-attendance)``."""
    kept = (letter if letter.isalnum() else " " for letter in name.lower())
    return "_".join("".join(kept).split())


def _arrow(case: dict[str, Any]) -> Arrow | None:
    referral = machine(f"uk-ew/referral@{case['profile']}")
    before, after = (_code(case["inputs"][key]) for key in ("from_status", "to_status"))
    assert {before, after} <= {state.code for state in referral.states}
    return next((arrow for arrow in referral.leaving(before) if arrow.to == after), None)


def test_every_vector_is_tried() -> None:
    count = Counter(case["profile"] for case in CASES)
    assert count == {"accredited-programmes-community": 8, "accredited-programmes-custody": 12}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_published_change_is_allowed_as_it_is_published(case: dict[str, Any]) -> None:
    arrow = _arrow(case)
    if case["profile"].endswith("custody"):
        assert [role.upper() for role in (arrow.roles if arrow else ())] == (
            case["expected"]["allowed_roles"]
        )
    else:
        assert {
            "allowed": arrow is not None,
            "visible_in_ui": arrow and arrow.visible,
            "suggested": arrow and arrow.suggested,
            "priority": arrow and arrow.priority,
            "is_continuing": arrow and arrow.continuing,
        } == case["expected"]


def test_the_tables_have_as_many_changes_as_the_published_ones() -> None:
    changes = [(state, arrow) for arrow in CUSTODY.arrows for state in arrow.leaves]
    pairs = Counter(role for _, arrow in changes for role in arrow.roles)
    assert len(changes) == 28
    assert pairs == {TEAM: 28, REFERRER: 15}
    published_for_both = 1  # one row names both roles; all others have a row for each
    assert pairs.total() - published_for_both == 42
    assert sum(len(arrow.leaves) for arrow in COMMUNITY.arrows) == 35
    assert [len(CUSTODY.states), len(COMMUNITY.states)] == [16, 12]


def test_every_machine_has_the_name_of_its_file() -> None:
    assert {COMMUNITY.id, CUSTODY.id} <= set(machine_names())
    assert [machine(name).id for name in machine_names()] == list(machine_names())


def test_a_reference_model_says_of_whom_it_speaks_and_is_a_draft() -> None:
    for referral in (CUSTODY, COMMUNITY):
        assert referral.population is not None
        assert "England and Wales" in referral.population.in_language("en")[0]
        assert referral.status is Status.DRAFT
    assert machine(CUSTODY.id) is CUSTODY
    assert problems_of(lambda: machine("referral")) == [("unknown_machine", "name")]


@pytest.mark.parametrize(
    "origin", ["referral_submitted", "awaiting_assessment", "assessment_started"]
)
def test_a_held_referral_returns_only_to_where_it_came_from(origin: str) -> None:
    held = step(CUSTODY, Position(state=origin), _asked(f"on_hold_{origin}")).after
    assert held == Position(state=f"on_hold_{origin}", origin=origin)
    ways = possible(CUSTODY, held, on=ON, role=REFERRER)
    assert [one.to for one in ways] == [origin, "withdrawn"]


def _asked(event: str, *, role: str = REFERRER, reason: str = "") -> HistoryEntry:
    return HistoryEntry(event=event, on=ON, role=role, reason=reason)


def test_a_referral_is_submitted_when_all_that_it_needs_is_known() -> None:
    started, submitted = Position(state="referral_started"), _asked("referral_submitted")
    with pytest.raises(RequestRefused) as caught:
        step(CUSTODY, started, submitted)
    [verdict] = caught.value.verdicts
    assert len(verdict.missing()) == 6
    answers = [possible(CUSTODY, started, on=ON, cells=_all_known(twice=t)) for t in (True, False)]
    assert [[one.answer for one in listed] for listed in answers] == [
        [Answer.NOT_MET],
        [Answer.MET],
    ]


def _all_known(*, twice: bool) -> Cells:
    """All is there that a submission needs; ``twice`` says whether it would be the second one."""

    def cell(asked: Asked) -> Cell:
        return Known(twice if asked.fact.name == "referred_there_already" else True)

    return cell


def test_who_leaves_early_is_deselected_on_the_way_and_the_referral_stays_open() -> None:
    on_programme = Position(state="on_programme")
    entry = _asked("assessed_suitable", role=TEAM, reason="d_health")
    passed = step(CUSTODY, on_programme, entry)
    assert passed.entered == ("deselected", "assessed_suitable")
    for reason, misfits in (("d_death", (Misfit.WRONG_REASON,)), ("", (Misfit.REASON_MISSING,))):
        refused = [_asked("assessed_suitable", role=TEAM, reason=reason)]
        [told] = walk(CUSTODY, refused, after=on_programme)
        assert told.misfits == misfits
    died = step(CUSTODY, on_programme, _asked("deselected", role=TEAM, reason="d_death"))
    assert died.after == Position(state="deselected")
    assert "withdrawn" not in [arrow.to for arrow in CUSTODY.leaving("on_programme")]


def test_the_referring_officer_holds_and_withdraws_but_never_decides_suitability() -> None:
    may = {arrow.to for arrow in CUSTODY.arrows if REFERRER in arrow.roles}
    assert not may & {"assessed_suitable", "suitable_not_ready", "not_suitable", "not_eligible"}


def test_an_allocation_outside_of_the_table_makes_a_referral_scheduled() -> None:
    assert not [arrow for arrow in COMMUNITY.arrows if arrow.to == "scheduled"]
    history = ["awaiting_assessment", "awaiting_allocation", "scheduled", "on_programme"]
    entries = [HistoryEntry(event=event, on=ON) for event in history]
    assert [passed.misfits for passed in walk(COMMUNITY, entries)] == [()] * 4


def test_what_the_system_suggests_is_not_offered_in_the_list() -> None:
    suggested = [arrow for arrow in COMMUNITY.arrows if arrow.suggested]
    assert [(arrow.to, arrow.visible) for arrow in suggested] == [
        ("on_programme", False),
        ("programme_complete", False),
    ]
