"""Laws C1 to C12 of therapeutic communities, in worlds where requests are tried day after day.

Each law is a function of a world. It is held to account in fixed worlds, and all of them in drawn
ones. Each has mutants: a table or function that is broken on purpose, which the law notices.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from attrs import evolve, frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from rehabcore.care.community import occupancy, requests, stay_facts, stays
from rehabcore.care.community.occupancy import CommunityAlert
from rehabcore.care.machines import machine
from rehabcore.records import ContinuityItem
from rehabcore.rules.criteria import AllOf, ask
from rehabcore.rules.facts import Fact, Known, Shape
from rehabcore.rules.machines.rows import Arrow
from rehabcore.rules.machines.tables import Machine
from rehabcore.strict.vocabulary import ResidencyEvent, UnitEvent
from tests.kit.builders import filed, span
from tests.kit.community_worlds import (
    MINIMUMS,
    MOST,
    START,
    WHOLE,
    Tried,
    World,
    acts_of,
    calm_world,
    days_told,
    world,
)

Law = Callable[[World], None]
SEEDS = (7, 17, 25, 42, 48, 58)
ADMITTED, GRADUATED = ResidencyEvent.ADMITTED, ResidencyEvent.GRADUATED


@cache
def worlds() -> tuple[World, ...]:
    """Some worlds, the same in every run."""
    return tuple(map(world, SEEDS))


def _stays(found: World, on: date | None = None) -> Iterator[tuple[Any, Any]]:
    """Every stay, as it stands on a day or at the end, with its acts."""
    for person in found.people:
        acts = {stay.filed.record_id: acts_of(person, stay) for stay in person.file.residencies}
        for told in found.stays(person, on or found.on):
            yield told, acts[told.residency]


def _allowed(found: World, *events: ResidencyEvent) -> list[Tried]:
    return [tried for tried in found.allowed if tried.request.event in events]


def _days(found: World) -> list[date]:
    return [START + timedelta(n) for n in range(0, (found.on - START).days + 1, 3)]


# --- the laws ---------------------------------------------------------------------------------


def law_c1(found: World) -> None:
    """Places taken are at most the capacity on every day."""
    [places] = found.unit.capacities
    for on in _days(found):
        taken = [
            (act.stay, act.event)
            for act in found.unit.acts
            if act.on <= on and act.event in (UnitEvent.ADMITTED, UnitEvent.LEFT)
        ]
        inside = sum(1 if event is UnitEvent.ADMITTED else -1 for _, event in taken)
        assert inside <= places.places
        assert occupancy.standing_on(found.unit, on).occupied == inside


def law_c2(found: World) -> None:
    """Phases are visited in order, none skipped; a step back is one phase."""
    for stay, _ in _stays(found):
        phases = [visit.phase for visit in stay.visits]
        assert phases[:1] in ([], [0])
        assert all(abs(two - one) == 1 for one, two in pairwise(phases))
        assert all(0 <= phase < len(MINIMUMS) for phase in phases)


def law_c3(found: World) -> None:
    """A stay is as long as its phases together, suspensions left out."""
    for on in (found.on, found.on - timedelta(7)):
        for stay, acts in _stays(found, on):
            told = days_told([act for act in acts if act.on <= on], on)
            assert stay.days(on) == sum(not suspended for _, suspended in told.values())


def law_c4(found: World) -> None:
    """Who graduates is in the last phase, and stayed as long as the profile says."""
    for tried in _allowed(found, GRADUATED):
        person = found.people[tried.person]
        acts = [a for a in person.file.residency_acts if a.residency == tried.before.residency]
        told = days_told(acts, tried.request.on)
        last = tried.before.visits[-1]
        assert last.phase == len(MINIMUMS) - 1
        counting = [day for day, (_, suspended) in told.items() if not suspended]
        assert len(counting) >= WHOLE
        assert sum(day >= last.since for day in counting) >= MINIMUMS[-1]


def law_c5(found: World) -> None:
    """An admission needs written, voluntary consent and clearance."""
    for tried in _allowed(found, ADMITTED):
        assert tried.consent
        assert tried.cleared


def law_c6(found: World) -> None:
    """A stay can be completed by the release, or there is a plan for the exit."""
    for tried in _allowed(found, ADMITTED):
        shortest = tried.request.on + timedelta(max(WHOLE, sum(MINIMUMS)))
        assert tried.planned or shortest <= tried.release


def law_c7(found: World) -> None:
    """Residents for each counsellor are at most as many as the profile says, or it is told."""
    for on in _days(found):
        told = occupancy.standing_on(found.unit, on, most=MOST)
        too_many = told.occupied > MOST * (told.counsellors or 0)
        assert too_many is (CommunityAlert.TOO_FEW_COUNSELLORS in told.alerts)


def law_c8(found: World) -> None:
    """A role needs its minimum phase, or it is told; and no resident decides as staff do."""
    told = occupancy.standing_on(found.unit, found.on)
    early = {one.stay for one in told.residents if one.roles and one.phase == "induction"}
    assert early == {*told.too_early}
    decided = _allowed(found, *(e for e in ResidencyEvent if e.value in _DECIDED))
    assert not [tried for tried in decided if tried.request.by in {None, *tried.residents}]


_DECIDED = {"ineligible", "admitted", "advanced", "regressed", "suspended", "resumed", "graduated"}


def law_c9(found: World) -> None:
    """Every exit has exactly one reason, and a report to the next office."""
    for tried in _allowed(found, *stays.EXITS):
        assert tried.request.office
        assert tried.request.report is True
        assert tried.request.reason or tried.request.event is GRADUATED
    for _, acts in _stays(found):
        assert sum(act.event in stays.EXITS for act in acts) <= 1


def law_c10(found: World) -> None:
    """Residents live apart from other prisoners, or it is told."""
    for on in _days(found):
        told = occupancy.standing_on(found.unit, on)
        mixed = found.unit.apart is False and told.occupied > 0
        assert mixed is (CommunityAlert.NOT_APART in told.alerts)


def law_c11(found: World) -> None:
    """Opioid treatment alone changes no answer."""
    for tried in _allowed(found, ADMITTED):
        assert _admits(found, tried, treated=True) == _admits(found, tried, treated=False)


def _admits(found: World, tried: Tried, *, treated: bool) -> bool:
    """Whether the person is admitted, everything else being as it was."""
    person = evolve_person(found, tried, treated=treated)
    other = World(unit=_before(found, tried), people=[person], on=tried.request.on)
    said = {n: getattr(tried.request, n) for n in ("by", "reviewed", "reason", "office", "report")}
    return other.ask(0, ADMITTED, said)


def _before(found: World, tried: Tried) -> Any:
    """The book before an admission."""
    reference = next(
        stay.reference
        for stay in found.people[tried.person].file.residencies
        if stay.filed.record_id == tried.before.residency
    )
    earlier = (a for a in found.unit.acts if a.on < tried.request.on and a.stay != reference)
    return evolve(found.unit, acts=tuple(earlier))


def evolve_person(found: World, tried: Tried, *, treated: bool) -> Any:
    """The person before an admission, with or without treatment."""
    person = found.people[tried.person]
    stays_then = [s for s in person.file.residencies if s.filed.record_id == tried.before.residency]
    acts = [a for a in acts_of(person, stays_then[0]) if a.event in _BEFORE]
    item = ContinuityItem(filed=filed("oat"), kind="opioid_agonist", span=span("2026-01-01"))
    file = evolve(
        person.file,
        residencies=tuple(stays_then),
        residency_acts=tuple(a for a in acts if a.filed.record_id != tried.request.record_id),
        continuity_items=(item,) if treated else (),
    )
    return evolve(person, file=file, treated=treated, consent=tried.consent, cleared=tried.cleared)


_BEFORE = (ResidencyEvent.SCREENED, ResidencyEvent.WAITLISTED)


def law_c12(found: World) -> None:
    """A readmission is a new stay; whoever left has no place again by the old one."""
    for tried in found.allowed:
        left = tried.before.visits and not tried.before.has_place
        assert not (left and tried.request.event is ADMITTED)
    for stay, acts in _stays(found):
        exits = [n for n, act in enumerate(acts) if act.event in stays.EXITS]
        if exits:
            assert {act.event.value for act in acts[exits[0] + 1 :]} <= {"aftercare", "closed"}
            assert not stay.has_place


LAWS: dict[str, Law] = {
    name: law for name, law in sorted(globals().items()) if name.startswith("law_")
}


@pytest.mark.parametrize("name", LAWS)
def test_a_law_holds_in_every_world(name: str) -> None:
    for found in worlds():
        LAWS[name](found)


@settings(max_examples=8)
@given(st.integers(100, 1_000_000))
def test_all_laws_hold_in_worlds_that_are_drawn(seed: int) -> None:
    found = world(seed, steps=20)
    for law in LAWS.values():
        law(found)


def test_enough_is_allowed_and_refused_for_the_laws_to_mean_something() -> None:
    allowed = [tried.request.event for found in worlds() for tried in found.allowed]
    refused = sum(found.refused for found in worlds())
    assert refused >= 0.3 * (refused + len(allowed))
    assert {event.value for event in allowed} >= {
        *("admitted", "advanced", "regressed", "suspended", "resumed", "graduated"),
        *("left_voluntarily", "aftercare", "closed"),
    }


# --- mutants: each is noticed by its law --------------------------------------------------------

Patch = pytest.MonkeyPatch
TABLE = machine("residency")


def _use(table: Machine, patch: Patch) -> None:
    for module in (requests, stays):
        patch.setattr(module, "machine", lambda _: table)


def _without(fact: str, *events: str) -> Callable[[Patch], None]:
    """The table without one guard, for some events or all."""

    def mended(arrow: Arrow) -> Arrow:
        if events and arrow.event not in events:
            return arrow
        if isinstance(arrow.guard, AllOf):
            kept = tuple(part for part in arrow.guard.parts if _asks(part) != fact)
            return evolve(arrow, guard=AllOf(kept))
        return evolve(arrow, guard=None) if _asks(arrow.guard) == fact else arrow

    return lambda patch: _use(evolve(TABLE, arrows=tuple(map(mended, TABLE.arrows))), patch)


def _asks(guard: Any) -> str:
    return str(guard.asked.fact.name) if guard is not None else ""


def _excluding_treatment(patch: Patch) -> None:
    fact = Fact(name="no_treatment", shape=Shape.FLAG, about="Whether there is no treatment.")
    treated = ask(fact).is_(True)
    arrows = (
        evolve(a, guard=a.guard & treated) if a.guard and a.event == "admitted" else a
        for a in TABLE.arrows
    )
    _use(evolve(TABLE, facts=(*TABLE.facts, fact), arrows=tuple(arrows)), patch)


def _back_by_the_old_stay(patch: Patch) -> None:
    guard = next(arrow.guard for arrow in TABLE.arrows if arrow.event == "admitted")
    again = Arrow(leaves=("graduated",), to="resident", event="admitted", guard=guard)
    _use(evolve(TABLE, arrows=(*TABLE.arrows, again)), patch)
    patch.setattr(requests, "written_in", lambda unit, *_: unit)


def _two_phases_at_once(patch: Patch) -> None:
    patch.setattr(stays, "_STEPS", {ResidencyEvent.ADVANCED: 2, ResidencyEvent.REGRESSED: -1})


def _clock_that_goes_on(patch: Patch) -> None:
    patch.setattr(stays, "stopped", lambda visits, _: visits)


def _never_too_few(patch: Patch) -> None:
    patch.setattr(occupancy, "too_few", lambda *_: False)


def _never_too_early(patch: Patch) -> None:
    patch.setattr(occupancy, "_too_early", lambda *_: ())


def _residents_decide(patch: Patch) -> None:
    honest = stay_facts.of_request

    def fooled(request: Any, unit: Any) -> Any:
        return {**honest(request, unit), "person_decided": Known(request.by is not None)}

    patch.setattr(stay_facts, "of_request", fooled)


def _apart_by_itself(patch: Patch) -> None:
    honest = occupancy.standing_on
    patch.setattr(occupancy, "standing_on", lambda *a, **k: evolve(honest(*a, **k), apart=True))


IN = [("screened", 0), ("admitted", 0)]
LAST = [*IN, ("advanced", 10), ("advanced", 20)]


@frozen
class Mutant:
    """Something that is broken, and an example in which its law notices it.

    ``told`` are the acts of the first person, each so many days after the one before it.
    """

    law: str
    what: str
    break_it: Callable[[Patch], None]
    told: Sequence[tuple[Any, ...]] = IN
    people: int = 1
    places: int = 1
    said: Mapping[str, Any] = {}
    role: bool = False


def _example(mutant: Mutant) -> World:
    found = calm_world(mutant.people, mutant.places, **mutant.said)
    for number in range(mutant.people):
        for event, later, *said in mutant.told:
            found.on += timedelta(later)
            usual = {"by": "staff-1", "reviewed": True, "reason": "own_wish", "office": "prison-1"}
            found.ask(number, ResidencyEvent(event), {**usual, "report": True, **(said or [{}])[0]})
    if mutant.role:
        found.give_role(0, UnitEvent.APPOINTED)
    found.on += timedelta(1)
    return found


def _left(**lacks: Any) -> list[tuple[Any, ...]]:
    return [*IN, ("left_voluntarily", 3, lacks)]


MUTANTS = (
    Mutant("law_c1", "no guard of places", _without("place_free"), people=2),
    Mutant("law_c2", "two phases at once", _two_phases_at_once, [*IN, ("advanced", 10)]),
    Mutant(
        "law_c3",
        "a clock that goes on",
        _clock_that_goes_on,
        [*IN, ("suspended", 3), ("resumed", 5)],
    ),
    Mutant(
        "law_c4",
        "no guard of the last phase",
        _without("phase_follows", "graduated"),
        [*IN, ("graduated", 45)],
    ),
    Mutant(
        "law_c4",
        "no guard of the whole stay",
        _without("stay_passed", "graduated"),
        [*LAST, ("graduated", 5)],
    ),
    Mutant(
        "law_c4",
        "no guard of the phase",
        _without("minimum_passed", "graduated"),
        [*IN, ("advanced", 10), ("advanced", 27), ("graduated", 3)],
    ),
    Mutant("law_c5", "no guard of consent", _without("consent_given"), said={"consent": False}),
    Mutant("law_c5", "no guard of clearance", _without("health_cleared"), said={"cleared": False}),
    Mutant("law_c6", "no guard of time", _without("time_fits"), said={"release": 39}),
    Mutant("law_c7", "never too few", _never_too_few, people=3, places=3),
    Mutant("law_c8", "never too early", _never_too_early, role=True),
    Mutant(
        "law_c8",
        "residents decide",
        _residents_decide,
        [*IN, ("suspended", 1, {"by": "s-0-0"})],
    ),
    Mutant("law_c9", "no guard of a reason", _without("reason_given"), _left(reason=None)),
    Mutant("law_c9", "no guard of a report", _without("report_sent"), _left(report=None)),
    Mutant("law_c9", "no guard of the office", _without("next_holder_named"), _left(office="")),
    Mutant("law_c10", "apart by itself", _apart_by_itself, said={"apart": False}),
    Mutant("law_c11", "treatment excludes", _excluding_treatment),
    Mutant(
        "law_c12",
        "back by the old stay",
        _back_by_the_old_stay,
        [*LAST, ("graduated", 10), ("admitted", 1)],
    ),
)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: f"{mutant.law}: {mutant.what}")
def test_a_mutant_is_noticed_by_its_law(mutant: Mutant, monkeypatch: Patch) -> None:
    LAWS[mutant.law](_example(mutant))
    mutant.break_it(monkeypatch)
    with pytest.raises(AssertionError):
        LAWS[mutant.law](_example(mutant))


def test_every_law_has_a_mutant() -> None:
    assert {mutant.law for mutant in MUTANTS} == set(LAWS)
    assert len(LAWS) == 12
