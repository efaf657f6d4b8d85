"""What is read from a long history takes about as many steps more as the history is longer.

Steps are calls of functions, so that no test depends on a time. ``benchmarks.units`` and
``benchmarks.hand_overs`` have the seconds.
"""

import json
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from attrs import evolve

import rehabcore as rc
from benchmarks.units import book
from rehabcore.care import CommunityUnit
from rehabcore.care.community.occupancy import occupancy, standing_on
from rehabcore.care.community.stays import stays_on
from rehabcore.care.continuity.items import continuity_seen
from rehabcore.care.moves.progress import transitions_on
from rehabcore.care.moves.responsibility import tenures
from rehabcore.care.resettlement.pathways import pathways_seen
from rehabcore.records import CaseFile
from rehabcore.strict.problems import InputError
from tests.kit.builders import case, day
from tests.kit.record_makers import (
    checklist_entry,
    continuity_item,
    diversion,
    diversion_act,
    pathway_act,
    pathway_assessment,
    pathway_reset,
    placement,
    residency,
    residency_act,
    supply,
    support_need,
    support_need_act,
    transition,
    transition_act,
)
from tests.kit.steps import steps_of
from tests.kit.units import unit, unit_act

XX = rc.load("xx")
FEW, MANY = 100, 1_000
MOST = 12
"""How many times as many steps a history may take that is ten times as long."""
START = day("2000-01-01")
ON = day("2040-01-01")

pytestmark = pytest.mark.no_cover


def _on(number: int) -> str:
    return (START + timedelta(number)).isoformat()


def _times(made: Callable[[int], Any], work: Callable[[Any], object]) -> float:
    """How many times as many steps the long history takes."""
    work(made(10))  # what is kept from now on is no step of these histories
    few, many = (steps_of(partial(work, made(count))) for count in (FEW, MANY))
    return many / few


# --- pathways that begin anew again and again ---


def _resettled(count: int) -> CaseFile:
    """Work on a pathway, a need and an assessment before each of many resets."""
    days = [_on(number) for number in range(count)]
    return case(
        pathway_acts=tuple(pathway_act(f"a-{n}", "done", on) for n, on in enumerate(days)),
        pathway_assessments=tuple(
            pathway_assessment(f"f-{n}", on, {"health": "done"}) for n, on in enumerate(days)
        ),
        support_needs=tuple(support_need(f"s-{n}", on) for n, on in enumerate(days)),
        support_need_acts=tuple(
            support_need_act(f"n-{n}", f"s-{n}", "declined", on) for n, on in enumerate(days)
        ),
        pathway_resets=tuple(pathway_reset(f"r-{n}", on) for n, on in enumerate(days)),
    )


def test_pathways_are_read_in_time_that_grows_with_the_records() -> None:
    codes = tuple(one.id for one in XX.glossary.pathways)
    read = partial(pathways_seen, pathways=codes, moves=XX.moves, on=ON, died=None)
    assert _times(_resettled, read) <= MOST


# --- people who are moved again and again ---


def moved_by_offices(count: int) -> CaseFile:
    """Placements in turn in custody and outside, each filed by its own office."""
    return case(
        placements=tuple(
            placement(
                f"at-{n}",
                "custody" if n % 2 else "community",
                _on(n),
                _on(n + 1),
                holder=f"o-{n % 7}",
                source=f"o-{n % 7}",
            )
            for n in range(count)
        )
    )


def moved_by_transitions(count: int) -> CaseFile:
    """One transition after another, each asked for, accepted, moved and met."""
    events = ("referred", "accepted", "moved", "first_contact")
    passages = range(count // 5)
    return case(
        placements=(placement("at", "custody", _on(0)),),
        transitions=tuple(transition(f"t-{n}", _on(5 * n)) for n in passages),
        transition_acts=tuple(
            transition_act(
                f"a-{n}-{event}", f"t-{n}", event, _on(5 * n + k), f"o-{n}", source=f"o-{n}"
            )
            for n in passages
            for k, event in enumerate(events)
        ),
    )


def asked_again_and_again(count: int) -> CaseFile:
    """One transition for which ever more offices are asked, and each of them declines."""
    return case(
        placements=(placement("at", "custody", _on(0)),),
        transitions=(transition("t", _on(0)),),
        transition_acts=tuple(
            transition_act(f"a-{n}-{k}", "t", event, _on(2 * n + k), f"o-{n}", reason=why)
            for n in range(count // 2)
            for k, (event, why) in enumerate((("referred", None), ("declined", "no_capacity")))
        ),
    )


def said_to_be_ready(count: int) -> CaseFile:
    """One transition that is said to be ready again and again, with a checklist as long."""
    item = next(rule for rule in XX.moves if rule.checklist).checklist[0]
    half = range(count // 2)
    return case(
        placements=(placement("at", "custody", _on(0)),),
        transitions=(transition("t", _on(0), "conditional_release"),),
        transition_acts=tuple(transition_act(f"a-{n}", "t", "ready", _on(n)) for n in half),
        checklist_entries=tuple(checklist_entry(f"c-{n}", "t", item, _on(n)) for n in half),
    )


@pytest.mark.parametrize(
    "made", [moved_by_offices, moved_by_transitions, asked_again_and_again, said_to_be_ready]
)
@pytest.mark.parametrize(
    "read", [tenures, lambda view: transitions_on(view, XX.moves, ON)], ids=["holders", "passages"]
)
def test_moves_are_read_in_steps_that_grow_as_the_history(
    made: Callable[[int], CaseFile], read: Callable[[CaseFile], Any]
) -> None:
    assert _times(made, read) <= MOST


# --- care that must not lapse ---


def supplied_again_and_again(count: int) -> CaseFile:
    """One item with a gap after each supply."""
    return case(
        continuity_items=(continuity_item("i", "opioid_agonist", _on(0)),),
        supplies=tuple(supply(f"s-{n}", "i", _on(3 * n), _on(3 * n + 1)) for n in range(count)),
    )


def supplied_at_every_turn(count: int) -> CaseFile:
    """As many items as stays, each supplied without an end."""
    stays = moved_by_offices(count)
    return evolve(
        stays,
        continuity_items=tuple(
            continuity_item(f"i-{n}", "opioid_agonist", _on(0)) for n in range(count)
        ),
        supplies=tuple(supply(f"s-{n}", f"i-{n}", _on(n)) for n in range(count)),
    )


def never_released(count: int) -> CaseFile:
    """As many items as releases that were planned, and of which nobody said whether they came."""
    days = [_on(number) for number in range(count)]
    return case(
        placements=(placement("at", "custody", _on(0)),),
        transitions=tuple(transition(f"t-{n}", on, planned_for=on) for n, on in enumerate(days)),
        continuity_items=tuple(
            continuity_item(f"i-{n}", "opioid_agonist", _on(0)) for n in range(count)
        ),
        supplies=tuple(supply(f"s-{n}", f"i-{n}", _on(0)) for n in range(count)),
    )


def supplied_by_others(count: int) -> CaseFile:
    """As many items as accountable offices in turn; clinics, which nobody leaves, supply them."""
    return case(
        placements=tuple(
            placement(f"at-{n}", "community", _on(n), _on(n + 1), holder=f"o-{n}")
            for n in range(count)
        ),
        continuity_items=tuple(
            continuity_item(f"i-{n}", "opioid_agonist", _on(0)) for n in range(count)
        ),
        supplies=tuple(
            supply(f"s-{n}", f"i-{n}", _on(n), office=f"c-{n % 7}") for n in range(count)
        ),
    )


@pytest.mark.parametrize(
    "made",
    [supplied_again_and_again, supplied_at_every_turn, never_released, supplied_by_others],
)
def test_care_is_read_in_steps_that_grow_as_its_records(made: Callable[[int], CaseFile]) -> None:
    kinds = XX.glossary.continuity_kinds
    assert (
        _times(made, lambda view: continuity_seen(view, kinds, XX.moves, on=ON, died=None)) <= MOST
    )


# --- diversions ---


def diverted_again_and_again(count: int) -> CaseFile:
    """As many diversions as were completed, each of which closes the case until a placement."""
    return case(
        placements=tuple(placement(f"at-{n}", "community", _on(3 * n)) for n in range(count)),
        diversions=tuple(diversion(f"d-{n}", _on(3 * n)) for n in range(count)),
        diversion_acts=tuple(
            diversion_act(f"a-{n}", f"d-{n}", "completed", _on(3 * n + 1)) for n in range(count)
        ),
    )


def test_cases_closed_by_diversions_are_read_in_steps_that_grow_as_they_do() -> None:
    assert len(tenures(diverted_again_and_again(10))) == 10
    assert _times(diverted_again_and_again, tenures) <= MOST


# --- communities ---


def one_residency(count: int) -> CaseFile:
    """One stay, in which a resident goes on, is suspended, goes on again and goes back."""
    events = ("advanced", "suspended", "resumed", "regressed")
    told = ["screened", "admitted", *(events[n % 4] for n in range(count))]
    return case(
        residencies=(residency("r", _on(0)),),
        residency_acts=tuple(
            residency_act(f"a-{n}", "r", event, _on(n)) for n, event in enumerate(told)
        ),
    )


def many_residencies(count: int) -> CaseFile:
    """As many stays as placements in and out of the community."""
    number = range(count)
    return case(
        placements=tuple(
            placement(f"at-{n}", "custody" if n % 2 else "residential", _on(n), _on(n + 1))
            for n in number
        ),
        residencies=tuple(residency(f"r-{n}", _on(n)) for n in number),
        residency_acts=tuple(
            residency_act(f"a-{n}-{event}", f"r-{n}", event, _on(n))
            for n in number
            for event in ("screened", "admitted")
        ),
    )


@pytest.mark.parametrize("made", [one_residency, many_residencies])
def test_stays_are_read_in_steps_that_grow_as_their_acts(made: Callable[[int], CaseFile]) -> None:
    assert _times(made, lambda view: stays_on(view, ON, {})) <= MOST


def one_stay(acts: int) -> CommunityUnit:
    """One resident, who is appointed to a role and stands down again and again."""
    told = [unit_act("s", "admitted", _on(7_400)), unit_act("s", "advanced", _on(7_401))]
    events = ("appointed", "stood_down")
    told += [unit_act("s", events[n % 2], _on(7_402 + n), "crew") for n in range(acts)]
    return unit(*told)


def long_queue(acts: int) -> CommunityUnit:
    """People who wait and are never admitted."""
    return unit(*(unit_act(f"s-{n}", "waitlisted", _on(7_400 + n)) for n in range(acts)))


@pytest.mark.parametrize("made", [book, one_stay, long_queue])
@pytest.mark.parametrize(
    "work",
    [
        lambda one: rc.read(rc.write(one), rc.CommunityUnit),
        occupancy,
        lambda one: standing_on(one, ON, most=15),
    ],
    ids=["read and replay", "places over time", "one day"],
)
def test_the_book_of_a_community_is_read_in_steps_that_grow_as_its_acts(
    made: Callable[[int], CommunityUnit], work: Callable[[CommunityUnit], Any]
) -> None:
    assert _times(made, work) <= MOST


def _unknown_roles(acts: int) -> str:
    """A book of which every act names another role that the unit does not have."""
    document = json.loads(rc.write(one_stay(2)))
    act = document["data"]["acts"][-1] | {"event": "appointed"}
    document["data"]["acts"] += [act | {"role": f"r{n}", "number": n + 2} for n in range(acts)]
    return json.dumps(document)


def test_a_book_with_ever_more_wrong_roles_is_refused_in_steps_that_grow_as_they_do() -> None:
    def refused(text: str) -> None:
        with pytest.raises(InputError):
            rc.read(text, CommunityUnit)

    assert _times(_unknown_roles, refused) <= MOST
