"""A therapeutic community with several people, in which requests are tried day after day.

Whatever is asked for goes through the guards of the table, and only what is allowed is filed. What
was tried, and what was true of the person at that time, is kept beside it: so laws can be checked
from outside, without the code that they hold to account.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random
from typing import Any

from attrs import Factory, define, evolve

from rehabcore.care import Capacity, CommunityUnit, Staffing, UnitAct
from rehabcore.care.community import outlooks, requests, stay_facts, stays
from rehabcore.care.community.profiles import CommunityPhase
from rehabcore.care.community.requests import StayRequest
from rehabcore.care.community.stays import PhasesOf, StayStanding
from rehabcore.care.machines import machine
from rehabcore.care.release_days import ReleaseBasis, ReleaseDay
from rehabcore.records import CaseFile, Residency
from rehabcore.rules.facts import Known
from rehabcore.rules.machines.requests import RequestRefused
from rehabcore.rules.sources import Text
from rehabcore.rules.time.days import Term
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import RecordId, ResidencyEvent, StaffId, UnitEvent
from tests.kit.builders import case, day
from tests.kit.record_makers import residency, sentence, transition, transition_act
from tests.kit.units import unit

MINIMUMS = (10, 20, 5)
"""The days of the minimum of each phase."""
WHOLE, MOST = 40, 2
"""The days of the minimum of a whole stay, and the residents for each counsellor."""
PHASES = PhasesOf(
    phases=tuple(
        CommunityPhase(phase_id=code, title=Text.of(en=code), minimum=Term(days=days))
        for code, days in zip(("induction", "primary", "reentry"), MINIMUMS, strict=True)
    ),
    minimum_stay=Term(days=WHOLE),
)
START = day("2026-01-01")
EVENTS = tuple(ResidencyEvent)
UNIT_ID = "community-1"


@define
class Tried:
    """A request that was allowed, and what was true at that time."""

    person: int
    request: StayRequest
    before: StayStanding
    consent: bool
    cleared: bool
    release: date
    planned: bool
    residents: frozenset[str]


@define
class Person:
    """A person with one or more stays; ``treated`` with opioid agonists or not."""

    release: date
    planned: bool
    treated: bool
    consent: bool
    cleared: bool
    file: CaseFile

    def current(self) -> Residency:
        """The last stay."""
        return self.file.residencies[-1]


@define
class World:
    """A community, its people, and everything that was allowed."""

    unit: CommunityUnit
    people: list[Person]
    on: date = START
    allowed: list[Tried] = Factory(list)
    refused: int = 0

    def stays(self, person: Person, on: date) -> tuple[StayStanding, ...]:
        """Where the stays of a person stand."""
        return stays.stays_on(person.file, on, {UNIT_ID: PHASES})

    def ask(self, number: int, event: ResidencyEvent, said: dict[str, Any]) -> bool:
        """Try a request; whether it was allowed."""
        person = self.people[number]
        told = self.stays(person, self.on)
        before = told[-1]
        request = StayRequest(
            residency=before.residency,
            event=event,
            on=self.on,
            source="prison-1",
            recorded_on=self.on,
            record_id=RecordId(f"p{number}-{len(person.file.residency_acts)}"),
            **said,
        )
        try:
            requests.require_allowed_in_stay(before, request, self._known(person, told, request))
            written = requests.written_in(self.unit, person.current(), request)
        except (RequestRefused, InputError):
            self.refused += 1
            return False
        self.allowed.append(
            Tried(
                person=number,
                request=request,
                before=before,
                consent=person.consent,
                cleared=person.cleared,
                release=person.release,
                planned=person.planned,
                residents=frozenset(act.stay for act in self.unit.acts),
            )
        )
        self.unit = written
        person.file = person.file.with_record(requests.act_of(person.file, request))
        return True

    def _known(self, person: Person, told: tuple[StayStanding, ...], request: StayRequest) -> Any:
        ahead = outlooks.outlook(
            told[-1],
            PHASES,
            self.on,
            release=ReleaseDay(day=person.release, basis=ReleaseBasis.SENTENCE_END),
            exit_plan=RecordId("tr") if person.planned else None,
        )
        others = any(stay.has_place for stay in told[:-1])
        rules = {
            "consent_given": Known(person.consent),
            "health_cleared": Known(person.cleared),
            "program_open": Known(True),
            "no_treatment": Known(not person.treated),
        }
        return stay_facts.cells(
            stay_facts.of_stay(told[-1], PHASES, ahead, self.on, others),
            stay_facts.of_unit(self.unit, self.on, person.file.beneficiary),
            rules,
            stay_facts.of_request(request, self.unit),
        )

    def readmit(self, number: int) -> None:
        """Refer a person anew: a readmission is a new stay."""
        person = self.people[number]
        count = len(person.file.residencies)
        person.file = person.file.with_record(
            residency(f"rd-{count}", self.on.isoformat(), reference=f"s-{number}-{count}")
        )

    def give_role(self, number: int, event: UnitEvent) -> None:
        """Appoint a resident to a role, or let one stand down, if the book agrees."""
        stay = self.people[number].current().reference
        taken = [a.number for a in self.unit.acts if (a.stay, a.on) == (stay, self.on)]
        act = UnitAct(
            stay=stay, event=event, on=self.on, role="crew", number=max(taken, default=0) + 1
        )
        try:
            self.unit = evolve(self.unit, acts=(*self.unit.acts, act))
        except InputError:
            self.refused += 1


def _person(number: int, draw: Random) -> Person:
    release = START + timedelta(draw.choice((30, 60, 400)))
    planned = draw.random() < 0.3
    moves: dict[str, Any] = {}
    if planned:
        moves["transitions"] = (transition("tr", START.isoformat()),)
        moves["transition_acts"] = (transition_act("tr-1", "tr", "planned", START.isoformat()),)
    return Person(
        release=release,
        planned=planned,
        treated=draw.random() < 0.5,
        consent=draw.random() < 0.8,
        cleared=draw.random() < 0.8,
        file=case(
            residencies=(residency("rd-0", START.isoformat(), reference=f"s-{number}-0"),),
            sentences=(sentence("se", "2025-01-01", release.isoformat()),),
            **moves,
        ),
    )


def world(seed: int, steps: int = 50) -> World:
    """A world in which something was tried so often. About half of it is refused."""
    draw = Random(seed)
    found = World(
        unit=unit(
            capacities=(Capacity(places=draw.choice((1, 2, 3)), since=START),),
            staffing=(Staffing(staff=2, counsellors=1, since=START),),
            establishing=() if draw.random() < 0.1 else unit().establishing,
            apart=draw.choice((None, True, False)),
        ),
        people=[_person(number, draw) for number in range(4)],
    )
    for _ in range(steps):
        found.on += timedelta(draw.choice((0, 0, 1, 2, 5, 9)))
        _try(found, draw)
    return found


def calm_world(
    people: int,
    places: int,
    *,
    consent: bool = True,
    cleared: bool = True,
    release: int = 400,
    apart: bool | None = None,
) -> World:
    """A world with people of one kind, in which nothing was tried yet.

    ``release`` is in so many days.
    """
    until = START + timedelta(release)
    return World(
        unit=unit(
            capacities=(Capacity(places=places, since=START),),
            staffing=(Staffing(staff=2, counsellors=1, since=START),),
            apart=apart,
        ),
        people=[
            Person(
                release=until,
                planned=False,
                treated=False,
                consent=consent,
                cleared=cleared,
                file=case(
                    residencies=(residency("rd-0", START.isoformat(), reference=f"s-{n}-0"),),
                    sentences=(sentence("se", "2025-01-01", until.isoformat()),),
                ),
            )
            for n in range(people)
        ],
    )


def _try(found: World, draw: Random) -> None:
    number = draw.randrange(len(found.people))
    person = found.people[number]
    if draw.random() < 0.1:
        found.give_role(number, draw.choice((UnitEvent.APPOINTED, UnitEvent.STOOD_DOWN)))
        return
    stay = found.stays(person, found.on)[-1]
    if stay.visits and not stay.has_place and draw.random() < 0.3:
        found.readmit(number)
        return
    event, chance = requests.next_event(stay, PHASES), draw.random()
    ways = [arrow.event for arrow in machine("residency").leaving(stay.state)]
    if ways and chance < 0.4:
        event = ResidencyEvent(draw.choice(ways))
    elif event is None or chance > 0.9:
        event = draw.choice(EVENTS)
    found.ask(number, event, _said(found, draw))


def _said(found: World, draw: Random) -> dict[str, Any]:
    """What a request says; now and then something lacks, or a resident decides."""
    resident = found.people[0].current().reference
    return {
        "by": draw.choice((StaffId("staff-1"),) * 10 + (None, StaffId(resident))),
        "reviewed": draw.choice((True,) * 5 + (None,)),
        "reason": draw.choice(("own_wish",) * 5 + (None,)),
        "office": draw.choice(("prison-1",) * 5 + ("",)),
        "report": draw.choice((True,) * 5 + (False,)),
    }


def acts_of(person: Person, stay: Residency) -> list[Any]:
    """The acts of one stay, in the order in which they were filed."""
    return [a for a in person.file.residency_acts if a.residency == stay.filed.record_id]


def days_told(acts: Iterable[Any], until: date) -> dict[date, tuple[int, bool]]:
    """For each day of a stay that is over by a day its phase, and whether it was suspended.

    It is told day by day from the acts, with nothing of the code that is held to account.
    """
    told: dict[date, tuple[int, bool]] = {}
    ordered, phase, suspended, inside = list(acts), 0, False, False
    if not ordered:
        return told
    at = ordered[0].on
    while at < until:
        for act in [one for one in ordered if one.on == at]:
            event = act.event.value
            inside = inside or event == "admitted"
            phase += {"advanced": 1, "regressed": -1}.get(event, 0)
            suspended = {"suspended": True, "resumed": False}.get(event, suspended)
            if act.event in stays.EXITS:
                inside = False
        if inside:
            told[at] = (phase, suspended)
        at += timedelta(1)
    return told
