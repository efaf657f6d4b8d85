"""People on their way between prison and community, and a log of what happened, kept from outside.

A script is a list of acts, each of one person and one office, each on a later day than the one
before. The log knows nothing of the records: from it ``holder_on`` tells who is accountable.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

import pytest
from attrs import Factory, define, evolve, field
from hypothesis import strategies as st

import rehabcore as rc
from rehabcore.care.moves.progress import transitions_on
from rehabcore.care.moves.responsibility import Tenure, tenures
from rehabcore.care.moves.stages import TransitionSeen
from rehabcore.records import CaseFile, Retraction
from rehabcore.rules.machines.requests import RequestRefused
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import RecordId
from tests.kit.builders import case, filed, person
from tests.kit.record_makers import (
    checklist_entry,
    death,
    placement,
    sentence,
    standing,
    transition,
    transition_act,
)

XX = rc.load("xx")
RULES = {rule.move_id: rule for rule in XX.moves}
FIRST, BEGUN = date(2025, 3, 1), date(2026, 1, 1)
PRISON, OFFICES = "prison-1", ("probation-2", "ngo-9")
OUT, BACK = "conditional_release", "return_to_custody"


@define
class Logged:
    """Something that happened: a move, an acceptance, a naming, a refusal, a death."""

    what: str
    on: date
    of: str
    office: str = ""
    own: bool = False


@define
class Traveller:
    """One person: the file, the log, and where the person is."""

    name: str
    case: CaseFile
    log: list[Logged] = field(factory=list)
    inside: bool = True
    number: int = 1
    asked: str = ""
    dead: bool = False
    disturbed: int = 0
    done: int = 0
    earlier: tuple[date, tuple[Tenure, ...]] | None = None

    @property
    def under_way(self) -> str:
        """The id of the transition that is open, or by which the person moved last."""
        return f"{self.name}-{self.number}"

    def view(self, known_at: date = date.max) -> CaseFile:
        """The records as they were known."""
        return self.case.as_known(known_at)

    def seen(self, on: date) -> tuple[TransitionSeen, ...]:
        """Where the transitions stand."""
        return transitions_on(self.view(), XX.moves, on)


def traveller(name: str) -> Traveller:
    """Somebody in prison, whose release was identified."""
    where = evolve(
        placement(f"{name}-in", "custody", FIRST.isoformat(), source=PRISON), holder=PRISON
    )
    file = case(
        beneficiary=(person(f"{name}-p"),),
        placements=(where,),
        legal_standings=(standing(f"{name}-ls", "sentenced_custody", FIRST.isoformat()),),
        sentences=(sentence(f"{name}-s", FIRST.isoformat(), "2032-03-01"),),
        transitions=(transition(f"{name}-1", BEGUN.isoformat(), OUT),),
    )
    return Traveller(name=name, case=file)


@define
class World:
    """Two people, and the day."""

    today: date = BEGUN
    people: tuple[Traveller, ...] = Factory(lambda: (traveller("a"), traveller("b")))

    def run(self, script: Iterable[tuple[str, int, int]]) -> "World":
        """Let a script happen; the dead do nothing more."""
        for what, who, office in script:
            self.today += timedelta(days=1)
            one = self.people[who]
            if not one.dead:
                one.done += 1
                one.disturbed += what in DISTURBING
                ACTS[what](self, one, OFFICES[office])
        return self

    # --- filing ---

    def file(self, one: Traveller, event: str, office: str = "", **said: str) -> None:
        """File an act of the transition that is under way."""
        source = office if event in ("accepted", "declined") else PRISON
        record = transition_act(
            f"{one.name}-{self.today}-{event}",
            one.under_way,
            event,
            self.today.isoformat(),
            office,
            source=source,
            recorded_on=self.today.isoformat(),
            **said,
        )
        one.case = one.case.with_record(record)

    def log(self, one: Traveller, what: str, office: str = "", *, own: bool = False) -> None:
        """Note what happened."""
        one.log.append(Logged(what, self.today, one.under_way, office, own))

    # --- what is planned ---

    def prepare(self, one: Traveller, office: str) -> None:
        """Assess, plan, ask an office, and finish the checklist."""
        for event in ("assessed", "planned"):
            self.file(one, event)
            self.today += timedelta(days=1)
        self.file(one, "referred", office)
        one.asked = office
        for item in RULES[OUT].checklist:
            entry = checklist_entry(
                f"{one.name}-{self.today}-{item}", one.under_way, item, self.today.isoformat()
            )
            one.case = one.case.with_record(entry)

    def accept(self, one: Traveller, office: str) -> None:
        """The office that was asked accepts, if it may."""
        office = one.asked or office
        filing = filed(f"{one.name}-{self.today}-yes", self.today.isoformat(), source=office)
        try:
            one.case = rc.accept(
                one.case,
                XX,
                RecordId(one.under_way),
                office=office,
                on=self.today,
                filed=filing,
                appointment=self.today + timedelta(days=30),
            )
        except (RequestRefused, InputError):
            return
        self.log(one, "accepted", office)

    def ready(self, one: Traveller, _: str) -> None:
        """Somebody files that everything is ready."""
        self.file(one, "ready")

    def go(self, one: Traveller, office: str, *, own: bool = False) -> None:
        """The person moves on to the office that was asked, or back to the prison."""
        to = (one.asked or office) if one.inside else PRISON
        if not one.inside:
            one.number += 1
        request = rc.MoveRequest(
            move_id=OUT if one.inside else BACK,
            on=self.today,
            to_holder=to,
            source=to if own else "registry",
            recorded_on=self.today,
            record_prefix=one.under_way if not one.inside else f"{one.name}-{self.today}",
        )
        if not one.inside:
            opened = transition(one.under_way, self.today.isoformat(), BACK)
            one.case = one.case.with_record(opened)
        one.case = rc.record_move(one.case, XX, request).case
        self.log(one, "moved", to, own=own)
        one.inside, one.asked = not one.inside, ""
        if one.inside:
            self._open(one)

    def meet(self, one: Traveller, _: str) -> None:
        """The person comes to the first contact, and then takes part."""
        self.file(one, "first_contact", OFFICES[0])
        self.today += timedelta(days=1)
        self.file(one, "engaged")

    # --- what disturbs ---

    def unplanned(self, one: Traveller, office: str) -> None:
        """The person moves at once, to some office."""
        one.asked = office
        self.go(one, office)

    def taken_in(self, one: Traveller, office: str) -> None:
        """An office says itself that it has the person."""
        self.go(one, office, own=True)

    def decline(self, one: Traveller, office: str) -> None:
        """The office that was asked declines, perhaps after it had accepted."""
        office = one.asked or office
        self.file(one, "declined", office, reason="no_capacity")
        self.log(one, "declined", office)

    def escalate(self, one: Traveller, office: str) -> None:
        """Somebody above names an office."""
        self.file(one, "escalated", office)
        self.log(one, "named", office)

    def silence(self, _: Traveller, __: str) -> None:
        """Nobody says anything for three weeks."""
        self.today += timedelta(days=21)

    def foreign(self, one: Traveller, office: str) -> None:
        """An office accepts under the transition of the other person; that is refused."""
        other = next(two for two in self.people if two is not one)
        self._refused(one, office, other.under_way)

    def second(self, one: Traveller, office: str) -> None:
        """A further office accepts that nobody asked; that is refused."""
        other = next(two for two in OFFICES if two != (one.asked or office))
        if any(seen.taken_by not in ("", other) for seen in one.seen(self.today)):
            self._refused(one, other, one.under_way)

    def _refused(self, one: Traveller, office: str, of: str) -> None:
        filing = filed("never", self.today.isoformat(), source=office)
        with pytest.raises((RequestRefused, InputError)) as caught:
            rc.accept(one.case, XX, RecordId(of), office=office, on=self.today, filed=filing)
        assert of not in str(caught.value)

    def correct_late(self, one: Traveller, _: str) -> None:
        """The last acceptance is taken back: it was filed by mistake."""
        told = [act for act in one.view().transition_acts if act.event == "accepted"]
        if told:
            one.earlier = self.today, tenures(one.view())
            self.today += timedelta(days=1)
            wrong = told[-1]
            filing = filed(
                f"{one.name}-{self.today}-back",
                self.today.isoformat(),
                corrects=wrong.filed.record_id,
            )
            one.case = one.case.with_record(Retraction(filed=filing))
            one.log = [e for e in one.log if (e.what, e.on) != ("accepted", wrong.on)]

    def miss(self, one: Traveller, _: str) -> None:
        """The person misses the contact, is lost, and somebody closes the transition."""
        for event in ("contact_missed", "lost"):
            self.file(one, event)
            self.today += timedelta(days=1)

    def refer_late(self, one: Traveller, office: str) -> None:
        """An office is asked long after the person moved."""
        self.today += timedelta(days=29)
        self.file(one, "referred", office)
        one.asked = office

    def close(self, one: Traveller, _: str) -> None:
        """Somebody closes the transition, since the person does not want aftercare."""
        self.file(one, "closed", reason="aftercare_refused")
        self.log(one, "closed")
        if one.inside:
            self._open(one)

    def _open(self, one: Traveller) -> None:
        """Somebody identifies that the person will be released."""
        self.today += timedelta(days=1)
        one.number, one.asked = one.number + 1, ""
        opened = transition(one.under_way, self.today.isoformat(), OUT)
        one.case = one.case.with_record(opened)

    def die(self, one: Traveller, _: str) -> None:
        """The person dies."""
        died = death(f"{one.name}-d", self.today.isoformat(), recorded_on=self.today.isoformat())
        one.case = one.case.with_record(died)
        self.log(one, "died")
        one.dead = True


ORDINARY = ("prepare", "accept", "ready", "go", "meet")
DISTURBING = (
    *("unplanned", "taken_in", "decline", "escalate", "silence", "foreign", "second"),
    *("correct_late", "miss", "refer_late", "close", "die"),
)
ACTS: dict[str, Callable[[World, Traveller, str], None]] = {
    name: getattr(World, name) for name in (*ORDINARY, *DISTURBING)
}


def _acts(names: tuple[str, ...]) -> st.SearchStrategy[tuple[str, int, int]]:
    return st.tuples(st.sampled_from(names), st.integers(0, 1), st.integers(0, 1))


_SOME = st.tuples(_acts(ORDINARY), _acts(ORDINARY), _acts(DISTURBING))
"""Of three acts one disturbs."""

SCRIPTS = st.lists(_SOME, max_size=6).map(lambda parts: [act for part in parts for act in part])


# --- who is accountable, from the log alone ---


def holder_on(one: Traveller, day: date) -> str | None:
    """The office that is accountable on a day, reconstructed from moves and acceptances."""
    died = [entry.on for entry in one.log if entry.what == "died"]
    if day < FIRST or any(on <= day for on in died):
        return None
    holder, moves = PRISON, [e for e in one.log if e.what == "moved" and e.on <= day]
    for place, move in enumerate(moves):
        before = moves[place - 1].on if place else FIRST
        after = moves[place + 1].on if place + 1 < len(moves) else day + timedelta(days=1)
        taken = _last(_taken(one, move.of, before, move.on))
        if taken is not None and taken.office != move.office:
            taken = None
        if taken is not None or move.own:
            holder = move.office
        for held in _taken(one, move.of, move.on, after, taken):
            holder = held.office if held is not None else holder
    return holder


def _last(told: Iterable[Logged | None]) -> Logged | None:
    return next(iter([*told][-1:]), None)


def _taken(
    one: Traveller, of: str, since: date, until: date, taken: Logged | None = None
) -> Iterator[Logged | None]:
    """The acceptance or naming that holds after each answer of offices between two days."""
    closed = [entry.on for entry in one.log if (entry.what, entry.of) == ("closed", of)]
    for entry in one.log:
        over = closed and closed[0] < entry.on
        if entry.of == of and since < entry.on < until and not over:
            same = taken is not None and taken.office == entry.office
            if entry.what == "named" or (entry.what == "accepted" and (taken is None or same)):
                taken = entry
            elif entry.what == "declined" and taken is not None:
                taken = None if same else taken
            elif entry.what == "closed":
                taken = None
            else:
                continue
            yield taken
