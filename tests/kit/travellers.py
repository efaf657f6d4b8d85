"""People on their way between prisons, communities and freedom, and a log of what happened.

A script is a list of acts, each of one person and one office, each on a later day than the one
before. The log is kept from outside and knows nothing of the records: from it ``holder_on`` tells
who is accountable, and ``supplied_on`` whether a treatment went on.
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
from rehabcore.records import CaseFile, Retraction, TransitionAct
from rehabcore.rules.machines.requests import RequestRefused
from rehabcore.rules.time.days import OPEN
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import RecordId
from tests.kit.builders import case, filed, person
from tests.kit.record_makers import (
    checklist_entry,
    continuity_item,
    death,
    placement,
    sentence,
    standing,
    supply,
    transition,
    transition_act,
)

XX = rc.load("xx")
RULES = {rule.move_id: rule for rule in XX.moves}
FIRST, BEGUN = date(2025, 3, 1), date(2026, 1, 1)
OUT, BACK, TRANSFER = "conditional_release", "return_to_custody", "transfer"
INTO, OUT_OF = "into_community", "out_of_community"
PRISON, OFFICES = "prison-1", ("probation-2", "ngo-9")
TO = {
    OUT: OFFICES,
    OUT_OF: OFFICES,
    BACK: (PRISON, "prison-2"),
    TRANSFER: ("prison-2", "prison-3"),
    INTO: ("unit-1", "unit-2"),
}
"""The offices that may be asked for each kind of move."""
NEXT = (OUT, OUT, INTO, TRANSFER)
"""The kinds of moves that are prepared in custody, by the number of the transition."""
AT = {OUT: "community", OUT_OF: "community", BACK: "custody", TRANSFER: "custody", INTO: "unit"}
"""The place to which each kind of move leads."""


@define
class Logged:
    """Something that happened: a move, an acceptance, a naming, a refusal, a death, a supply.

    ``until`` is the first day that a supply does not cover; None if it goes on.
    """

    what: str
    on: date
    of: str
    office: str = ""
    own: bool = False
    until: date | None = None


@define
class Traveller:
    """One person: the file, the log, and where the person is."""

    name: str
    case: CaseFile
    log: list[Logged] = field(factory=list)
    at: str = "custody"
    number: int = 1
    kind: str = OUT
    asked: str = ""
    dead: bool = False
    moved: rc.MoveResult | None = None
    earlier: tuple[date, tuple[Tenure, ...]] | None = None

    @property
    def under_way(self) -> str:
        """The id of the transition that is open, or by which the person moved last."""
        return f"{self.name}-{self.number}"

    def office(self, index: int) -> str:
        """The office that was asked, or one that may be."""
        return self.asked or TO[self.kind][index]

    def view(self, known_at: date = date.max) -> CaseFile:
        """The records as they were known."""
        return self.case.as_known(known_at)

    def seen(self, on: date) -> tuple[TransitionSeen, ...]:
        """Where the transitions stand."""
        return transitions_on(self.view(), XX.moves, on)


def traveller(name: str, number: int = 1) -> Traveller:
    """Somebody in prison with a treatment, whose next move was identified."""
    where = evolve(
        placement(f"{name}-in", "custody", FIRST.isoformat(), source=PRISON), holder=PRISON
    )
    kind, until = NEXT[number], BEGUN + timedelta(days=9)
    file = case(
        beneficiary=(person(f"{name}-p"),),
        placements=(where,),
        legal_standings=(standing(f"{name}-ls", "sentenced_custody", FIRST.isoformat()),),
        sentences=(sentence(f"{name}-s", FIRST.isoformat(), "2032-03-01"),),
        transitions=(transition(f"{name}-{number}", BEGUN.isoformat(), kind),),
        continuity_items=(continuity_item(f"{name}-ci", "opioid_agonist", FIRST.isoformat()),),
        supplies=(supply(f"{name}-su", f"{name}-ci", FIRST.isoformat(), until.isoformat()),),
    )
    log = [Logged("supplied", FIRST, f"{name}-su", until=until)]
    return Traveller(name=name, case=file, number=number, kind=kind, log=log)


@define
class World:
    """Three people, the day, and how many of the acts disturbed."""

    today: date = BEGUN
    people: tuple[Traveller, ...] = Factory(
        lambda: (traveller("a"), traveller("b"), traveller("c", 2))
    )
    done: int = 0
    disturbed: int = 0

    def run(self, script: Iterable[tuple[str, int, int]]) -> "World":
        """Let a script happen; in the place of the dead the next person acts."""
        for what, who, office in script:
            self.today += timedelta(days=1)
            in_turn = (*self.people[who:], *self.people[:who])
            for one in [one for one in in_turn if not one.dead][:1]:
                self.done += 1
                self.disturbed += what in DISTURBING
                ACTS[what](self, one, office)
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

    def prepare(self, one: Traveller, index: int) -> None:
        """Assess, plan, ask an office, and finish the checklist."""
        for event in ("assessed", "planned"):
            self.file(one, event)
            self.today += timedelta(days=1)
        one.asked = TO[one.kind][index]
        self.file(one, "referred", one.asked)
        for item in RULES[one.kind].checklist:
            entry = checklist_entry(
                f"{one.name}-{self.today}-{item}", one.under_way, item, self.today.isoformat()
            )
            one.case = one.case.with_record(entry)

    def accept(self, one: Traveller, index: int) -> None:
        """The office that was asked accepts, if it may."""
        office = one.office(index)
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

    def ready(self, one: Traveller, _: int) -> None:
        """Somebody files that everything is ready."""
        self.file(one, "ready")

    def go(self, one: Traveller, index: int, *, own: bool = False) -> None:
        """The person moves on: to the office that was asked, or from where nobody prepared it."""
        prefix = f"{one.name}-{self.today}"
        if one.at != "custody":
            one.kind, one.number = OUT_OF if one.at == "unit" else BACK, one.number + 1
            opened = transition(one.under_way, self.today.isoformat(), one.kind)
            one.case, one.asked, prefix = one.case.with_record(opened), "", one.under_way
        to = one.office(index)
        request = rc.MoveRequest(
            move_id=one.kind,
            on=self.today,
            to_holder=to,
            source=to if own else "registry",
            recorded_on=self.today,
            record_prefix=prefix,
        )
        one.moved = rc.record_move(one.case, XX, request)
        one.case = one.moved.case
        self.log(one, "moved", to, own=own)
        one.at, one.asked = AT[one.kind], ""
        if one.at == "custody":
            self._open(one)

    def meet(self, one: Traveller, _: int) -> None:
        """The person comes to the first contact, and then takes part."""
        self.file(one, "first_contact", TO[one.kind][0])
        self.today += timedelta(days=1)
        self.file(one, "engaged")

    def supply(self, one: Traveller, index: int) -> None:
        """A clinic supplies the treatment, for a week or for as long as the person stays."""
        until = None if index else self.today + timedelta(days=7)
        end = OPEN if until is None else until.isoformat()
        own, clinic = f"{one.name}-{self.today}-su", f"clinic-{index}"
        made = supply(own, f"{one.name}-ci", self.today.isoformat(), end, clinic)
        one.case = one.case.with_record(made)
        one.log.append(Logged("supplied", self.today, own, clinic, until=until))

    # --- what disturbs ---

    def unplanned(self, one: Traveller, index: int) -> None:
        """The person moves at once, to some office."""
        one.asked = TO[one.kind][index]
        self.go(one, index)

    def taken_in(self, one: Traveller, index: int) -> None:
        """An office says itself that it has the person."""
        self.go(one, index, own=True)

    def decline(self, one: Traveller, index: int) -> None:
        """The office that was asked declines, perhaps after it had accepted."""
        office = one.office(index)
        self.file(one, "declined", office, reason="no_capacity")
        self.log(one, "declined", office)

    def silence(self, _: Traveller, __: int) -> None:
        """Nobody says anything for three weeks."""
        self.today += timedelta(days=21)

    def foreign(self, one: Traveller, index: int) -> None:
        """An office accepts under the transition of another person; that is refused."""
        other = next(two for two in self.people if two is not one)
        self._refused(one, one.office(index), other.under_way)

    def second(self, one: Traveller, index: int) -> None:
        """A further office accepts that nobody asked; that is refused."""
        other = next(two for two in TO[one.kind] if two != one.office(index))
        own = (seen for seen in one.seen(self.today) if seen.transition == one.under_way)
        if any(seen.taken_by not in ("", other) for seen in own):
            self._refused(one, other, one.under_way)
        else:
            self.foreign(one, index)

    def _refused(self, one: Traveller, office: str, of: str) -> None:
        filing = filed("never", self.today.isoformat(), source=office)
        with pytest.raises((RequestRefused, InputError)) as caught:
            rc.accept(one.case, XX, RecordId(of), office=office, on=self.today, filed=filing)
        assert of not in str(caught.value)

    def tell_late(self, one: Traveller, index: int) -> None:
        """An office tells days later that it accepted."""
        office, on = one.office(index), self.today
        self.today += timedelta(days=5)
        record = transition_act(
            f"{one.name}-{self.today}-late",
            *(one.under_way, "accepted", on.isoformat(), office),
            source=office,
            recorded_on=self.today.isoformat(),
        )
        one.case = one.case.with_record(record)
        one.log.append(Logged("accepted", on, one.under_way, office))

    def correct_late(self, one: Traveller, _: int) -> None:
        """The last acceptance is taken back, or the last supply: it was filed by mistake."""
        view = one.view()
        accepted = [act for act in view.transition_acts if act.event == "accepted"]
        one.earlier = self.today, tenures(view)
        self.today += timedelta(days=1)
        for wrong in (accepted or view.supplies)[-1:]:
            own = wrong.filed.record_id
            filing = filed(f"{one.name}-{self.today}-back", self.today.isoformat(), corrects=own)
            one.case = one.case.with_record(Retraction(filed=filing))
            gone = [e for e in one.log if e.of == own or (accepted and _is_of(e, accepted[-1]))]
            one.log = [entry for entry in one.log if entry not in gone]

    # --- what else happens ---

    def escalate(self, one: Traveller, index: int) -> None:
        """Somebody above names an office."""
        office = TO[one.kind][index]
        self.file(one, "escalated", office)
        self.log(one, "named", office)

    def miss(self, one: Traveller, _: int) -> None:
        """The person misses the contact, is lost, and somebody closes the transition."""
        for event in ("contact_missed", "lost"):
            self.file(one, event)
            self.today += timedelta(days=1)

    def refer_late(self, one: Traveller, index: int) -> None:
        """An office is asked long after the person moved."""
        self.today += timedelta(days=29)
        one.asked = TO[one.kind][index]
        self.file(one, "referred", one.asked)

    def close(self, one: Traveller, _: int) -> None:
        """Somebody closes the transition, since the person does not want aftercare."""
        self.file(one, "closed", reason="aftercare_refused")
        self.log(one, "closed")
        if one.at == "custody":
            self._open(one)

    def _open(self, one: Traveller) -> None:
        """Somebody identifies that the person will be released, or go elsewhere."""
        self.today += timedelta(days=1)
        one.number, one.asked = one.number + 1, ""
        one.kind = NEXT[one.number % len(NEXT)]
        opened = transition(one.under_way, self.today.isoformat(), one.kind)
        one.case = one.case.with_record(opened)

    def die(self, one: Traveller, _: int) -> None:
        """The person dies."""
        died = death(f"{one.name}-d", self.today.isoformat(), recorded_on=self.today.isoformat())
        one.case = one.case.with_record(died)
        self.log(one, "died")
        one.dead = True


def _is_of(entry: Logged, act: TransitionAct) -> bool:
    return (entry.what, entry.on) == ("accepted", act.on)


ORDINARY = (
    *("prepare", "accept", "ready", "go", "meet", "supply"),
    *("escalate", "miss", "refer_late", "close", "die"),
)
DISTURBING = (
    *("unplanned", "taken_in", "decline", "silence", "foreign", "second"),
    *("tell_late", "correct_late"),
)
"""Refusals, silences, unplanned moves, and what is told or corrected late."""
ACTS: dict[str, Callable[[World, Traveller, int], None]] = {
    name: getattr(World, name) for name in (*ORDINARY, *DISTURBING)
}


def _acts(names: tuple[str, ...]) -> st.SearchStrategy[tuple[str, int, int]]:
    return st.tuples(st.sampled_from(names), st.integers(0, 2), st.integers(0, 1))


_SOME = st.tuples(_acts(DISTURBING), _acts(ORDINARY), _acts(ORDINARY), _acts(DISTURBING))
"""Of four acts two disturb, and of the first three one."""

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
    for entry in sorted(one.log, key=lambda entry: entry.on):
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


def supplied_on(one: Traveller, day: date) -> bool:
    """Whether a supply covered a day; one without an end goes on until the person moves."""
    moved = [entry.on for entry in one.log if entry.what == "moved"]
    return any(
        entry.on <= day and (day < entry.until if entry.until else not _between(moved, entry, day))
        for entry in one.log
        if entry.what == "supplied"
    )


def _between(days: Iterable[date], entry: Logged, day: date) -> bool:
    return any(entry.on < one <= day for one in days)
