"""Candidates: which programmes a draft may choose from, and why the others are out of the question.

Each is turned into an option of numbers, in the order in which they would start: the order of the
country (acute needs first), in which prerequisites come first.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple

from rehabcore.care.needs import NeedSeen
from rehabcore.care.needs.dosage import DosageTarget, called_for
from rehabcore.care.needs.sequence import InOrder
from rehabcore.care.plans.drafting.given import DraftGiven, WorkUnderway
from rehabcore.care.plans.drafting.goals import stale_goals
from rehabcore.care.plans.drafting.merit import weights_of
from rehabcore.care.plans.drafting.options import DAYS_A_WEEK, ChoiceTask, Laid, Option
from rehabcore.care.plans.drafting.reasons import PassedOver, PassedReason, passed_because
from rehabcore.care.plans.drafting.serving import Served, needs_served, with_counted_hours
from rehabcore.care.plans.drafting.timing import (
    MINUTES_AN_HOUR,
    GateAhead,
    by_id,
    duties_by_subject,
    end_underway,
    gate_ahead,
    goes_on_outside,
    length_in_days,
    minutes_a_week,
    minutes_of,
    window,
)
from rehabcore.care.plans.policy import PlanPolicy
from rehabcore.programs import Offer, Program
from rehabcore.rules.truth import Answer
from rehabcore.strict.vocabulary import Basis, Modality, ProgramId, Stability

_ONLY_FOR_DUTIES = frozenset({Basis.MANDATORY})


class Candidates(NamedTuple):
    """All that a draft is chosen from.

    ``programs`` are those of the options of the task, in its order. ``needs`` are those that are to
    be covered, ``duties`` the programmes that the person is obliged to; their bits come first.
    ``served`` tells which needs each programme serves, and ``perhaps`` which it may; ``counting``
    are those whose hours count, ``places`` are those in the catalogue. ``asked`` are the answers of
    programmes that somebody is asked about: of today, or of the day on which they open. ``target``
    has the hours that are called for; None if the country states nothing about them.
    """

    task: ChoiceTask
    programs: tuple[Program, ...]
    needs: tuple[NeedSeen, ...]
    duties: tuple[ProgramId, ...]
    going_on: tuple[WorkUnderway, ...]
    passed: dict[ProgramId, PassedOver]
    order: InOrder
    served: Served
    perhaps: Served
    counting: frozenset[ProgramId]
    places: Mapping[ProgramId, int]
    asked: Mapping[ProgramId, Offer]
    target: DosageTarget | None


def candidates(given: DraftGiven, policy: PlanPolicy) -> Candidates:
    """The options of a draft, and the programmes that are out of the question."""
    return _Sorting(given, policy).candidates()


class _Sorting:
    """All that is looked at again for each programme."""

    def __init__(self, given: DraftGiven, policy: PlanPolicy) -> None:
        self.given = given
        self.catalogue = by_id(given)
        self.places = {program_id: place for place, program_id in enumerate(self.catalogue)}
        self.gate = gate_ahead(given)
        self.needs = _to_cover(given, policy)
        self.duties = tuple(
            sorted(
                (ProgramId(own) for own in duties_by_subject(given) if own in self.catalogue),
                key=self.places.__getitem__,
            )
        )
        self.binds_from = {
            own: duty.starts for own, duty in duties_by_subject(given).items() if duty.starts
        }
        self.duty_bits: dict[str, int] = {own: 1 << place for place, own in enumerate(self.duties)}
        self.need_bits = {
            need.domain: 1 << place for place, need in enumerate(self.needs, len(self.duties))
        }
        self.stale_bits, self.planned_before = _planned_for_stale_needs(
            given, len(self.duties) + len(self.needs)
        )
        self.served, self.perhaps = needs_served(given.profile.needs, given.programs)
        dosage = given.rnr.dosage
        stated = dosage.targets is not None
        self.target = called_for(dosage, given.profile, given.risk) if stated else None
        self.counting = with_counted_hours(given.rnr.dosage, given.profile, given.programs)
        self.declined = {one.program_id for one in given.declined if one.program_id is not None}
        self.attended = {one.program_id: one for one in given.underway}
        self.offers = {offer.program_id: offer for offer in given.offers}
        self.opening = {one.offer.program_id: one for one in given.opening}
        self.outside = {offer.program_id: offer for offer in given.outside}
        self.asked: dict[ProgramId, Offer] = {}
        self.week = (
            None if given.hours_a_week is None else int(given.hours_a_week * MINUTES_AN_HOUR)
        )
        self.order = InOrder(given.rnr.sequence, given.programs, given.profile)
        self.required = {own for each in given.programs for own in each.prerequisites}
        self.again = {one.program_id for one in given.again}
        self.put_off = {
            one.program_id for one in given.put_off if one.until is None or one.until > given.on
        }
        self.gives_way = self._giving_way()
        self.going_on = self._going_on()
        self.numbers: dict[ProgramId, int] = {}
        self.passed: dict[ProgramId, PassedOver] = {}

    def candidates(self) -> Candidates:
        """All of them, in the order in which they would start."""
        chosen_from: list[Program] = []
        options: list[Option] = []
        for program in () if self.given.died else self.order.programs:
            option = self._option(program, self._covers(program))
            if option is not None:
                self.numbers[program.program_id] = len(options)
                chosen_from.append(program)
                options.append(option)
        task = ChoiceTask(
            options=tuple(_with_bars(chosen_from, options)),
            weights=weights_of(self._ranks()),
            covered=self._covered_by_what_runs(),
            to_reach=self._minutes_to_reach(),
            running=tuple(map(self._laid, self.going_on)),
            week=self.week,
        )
        return Candidates(
            task=task,
            programs=tuple(chosen_from),
            needs=self.needs,
            duties=self.duties,
            going_on=self.going_on,
            passed=self.passed,
            order=self.order,
            served=self.served,
            perhaps=self.perhaps,
            counting=self.counting,
            places=self.places,
            asked=self.asked,
            target=self.target,
        )

    def _giving_way(self) -> dict[ProgramId, ProgramId]:
        """Programmes that run by choice and exclude a duty that runs or may begin, with the duty.

        A duty is not the person's to choose: to hold on to the other would breach it.
        """
        due = [
            program
            for program in map(self.catalogue.__getitem__, self.duties)
            if program.program_id not in self.binds_from
            and (program.program_id in self.attended or self._may_begin(program))
        ]
        return {
            own: duty.program_id
            for own in self.attended
            if own in self.catalogue and own not in self.duty_bits
            for duty in reversed(due)
            if _exclude(self.catalogue[own], duty)
        }

    def _may_begin(self, program: Program) -> bool:
        offer = self.offers.get(program.program_id)
        open_now = offer is not None and offer.answer is Answer.MET
        return open_now and self._set_aside(program) is None

    def _going_on(self) -> tuple[WorkUnderway, ...]:
        """All that runs and stays in the plan, in the order of the catalogue."""
        running = [
            one
            for one in self.given.underway
            if one.program_id in self.catalogue
            and (self._binds_now(one.program_id) or one.program_id not in self.declined)
            and one.program_id not in self.gives_way
            and not self._ends_today(self.catalogue[one.program_id])
        ]
        running.sort(key=lambda one: (self.places[one.program_id], one.since, one.enrolment))
        return tuple(running)

    def _ranks(self) -> list[int]:
        levels = self.given.profile.levels
        acute = len(levels)
        ranks = [acute + 1] * len(self.duties)
        for need in self.needs:
            is_acute = need.stability is Stability.ACUTE
            ranks.append(acute if is_acute else levels.index(need.level or levels[0]))
        return ranks + [0] * len(self.stale_bits)

    def _covers(self, program: Program) -> int:
        """The bits of the duty and the needs that a programme serves."""
        bits = self.duty_bits.get(program.program_id, 0)
        for domain in self.served[program.program_id]:
            bits |= self.need_bits.get(domain, 0)
            if program.program_id in self.planned_before:
                bits |= self.stale_bits.get(domain, 0)
        return bits

    def _is_duty(self, program: Program) -> bool:
        return program.program_id in self.duty_bits

    def _binds_now(self, own: ProgramId) -> bool:
        return own in self.duty_bits and own not in self.binds_from

    def _covered_by_what_runs(self) -> int:
        covered = 0
        for one in self.going_on:
            covered |= self._covers(self.catalogue[one.program_id])
        return covered

    def _laid(self, one: WorkUnderway) -> Laid:
        program = self.catalogue[one.program_id]
        end = end_of(self.given, program, one, self.gate)
        days = length_in_days(program, one.since)
        end_day = None if end is None else end.toordinal()
        weekly = minutes_a_week(program, days)
        minutes = minutes_left(self.given, program, one, end)
        return Laid(None, one.since.toordinal(), end_day, weekly, minutes)

    def _minutes_to_reach(self) -> int:
        if self.target is None or self.target.hours is None:
            return 0
        done = 0 if self.given.credit is None else self.given.credit.minutes
        for one in self.going_on:
            if one.program_id in self.counting:
                done += self._laid(one).minutes
        return max(0, int(self.target.hours * MINUTES_AN_HOUR) - done)

    def _option(self, program: Program, covers: int) -> Option | None:
        """A programme as an option; None if it is out of the question, or serves nothing."""
        own, given = program.program_id, self.given
        if own in self.gives_way:
            other = self.gives_way[own]
            self.passed[own] = PassedOver(program_id=own, why=PassedReason.EXCLUDED, other=other)
            return None
        if not covers and self.perhaps[own]:
            self.passed[own] = passed_because(own, PassedReason.PART_NOT_KNOWN)
            return None
        if not covers and not self._is_required(program):
            return None
        why = self._why_not(program)
        if why is None and own in self.attended and self._ends_today(program):
            why = PassedReason.NO_TIME
        if own in self.attended or why is not None:
            if why is not None:
                self.passed[own] = passed_because(own, why)
            return None
        start = self._start(program)
        if isinstance(start, PassedOver):
            self.passed[own] = start
            return None
        opens, after = start
        opens = max(opens, self.binds_from.get(own, opens))
        held = self._held_up(program, opens)
        if isinstance(held, PassedOver):
            self.passed[own] = held
            return None
        opens, held_by = held
        days = length_in_days(program, opens)
        weekly = minutes_a_week(program, days)
        if self.week is not None and weekly > self.week:
            self.passed[own] = passed_because(own, PassedReason.TOO_MANY_HOURS)
            return None
        frame = window(given, program, self.gate, duty=self._is_duty(program))
        return Option(
            place=self.places[own],
            covers=covers,
            minutes=minutes_of(program) if own in self.counting else 0,
            weekly=weekly,
            days=days,
            opens=opens.toordinal(),
            closes=None if frame.closes is None else frame.closes.toordinal(),
            may_be_cut=frame.may_be_cut,
            after=after,
            held_by=held_by,
        )

    def _is_required(self, program: Program) -> bool:
        """Whether a programme is required by another that is still to come and serves a need."""
        own = program.program_id
        return own in self.required and any(
            own in other.prerequisites and (self._covers(other) or self._is_required(other))
            for other in self.given.programs
        )

    def _why_not(self, program: Program) -> PassedReason | None:
        """The reason why a programme is out of the question whatever its answer; None if not."""
        aside = self._set_aside(program)
        return (
            PassedReason.EXCLUDED if not aside and self._excluded_by_what_runs(program) else aside
        )

    def _set_aside(self, program: Program) -> PassedReason | None:
        """The same, whatever runs."""
        own, given = program.program_id, self.given
        duty = self._is_duty(program)
        if own in given.completed and own not in self.again:
            return PassedReason.COMPLETED
        if own in self.declined and not duty:
            return PassedReason.DECLINED
        if own in self.put_off:
            return PassedReason.PUT_OFF
        if program.basis == _ONLY_FOR_DUTIES and not duty:
            return PassedReason.NO_BASIS
        if own in given.kept_from and Modality.INDIVIDUAL not in program.modality:
            return PassedReason.KEPT_APART
        return None

    def _ends_today(self, program: Program) -> bool:
        """Whether a programme of custody ends because the person leaves today."""
        gone = self.gate is not None and self.gate.last == self.given.on
        return gone and not goes_on_outside(program)

    def _excluded_by_what_runs(self, program: Program) -> bool:
        return any(
            program.program_id != one.program_id
            and _exclude(program, self.catalogue[one.program_id])
            for one in self.going_on
        )

    def _start(self, program: Program) -> tuple[date, int] | PassedOver:
        """The first day on which a programme is open, and the options it waits for, as bits."""
        own, offer = program.program_id, self.offers.get(program.program_id)
        if offer is None:
            return passed_because(own, PassedReason.CLOSED)
        if offer.answer is Answer.MET:
            return self.given.on, 0
        opens = self.given.on
        if own in self.opening:
            offer, opens = self.opening[own].offer, self.opening[own].opens
        elif own in self.outside and self.gate is not None:
            offer, opens = self.outside[own], self.gate.last
        if offer.answer is Answer.UNKNOWN:
            return self._asked(program, offer, opens)
        if offer.answer is Answer.MET:
            return opens, 0
        return self._after_others(program, offer, opens)

    def _asked(self, program: Program, offer: Offer, opens: date) -> PassedOver:
        """A programme that somebody is asked about, if it could be finished in time at all."""
        own = program.program_id
        frame = window(self.given, program, self.gate, duty=self._is_duty(program))
        days = length_in_days(program, opens) or 1
        closes = None if frame.may_be_cut else frame.closes
        if closes is not None and opens.toordinal() + days > closes.toordinal():
            return passed_because(own, PassedReason.NO_TIME, day=closes)
        self.asked[own] = offer
        return passed_because(own, PassedReason.ASKED)

    def _after_others(
        self, program: Program, offer: Offer, opens: date
    ) -> tuple[date, int] | PassedOver:
        """The same of one that is closed: it may open after what it requires."""
        if not program.prerequisites or _closed_by(offer) != {"prerequisites"}:
            return passed_because(program.program_id, PassedReason.CLOSED)
        after = 0
        for other in program.prerequisites:
            if other in self.given.completed:
                continue
            running = self.attended.get(other)
            end = None
            if running is not None and other in self.catalogue:
                end = end_of(self.given, self.catalogue[other], running, self.gate)
            if other in self.numbers:
                after |= 1 << self.numbers[other]
            elif end is None:
                return passed_because(program.program_id, PassedReason.WAITS, other)
            else:
                opens = max(opens, end)
        return opens, after

    def _held_up(self, program: Program, opens: date) -> tuple[date, int] | PassedOver:
        """The day after acute needs that run out are settled, and the bits of the others."""
        own = program.program_id
        if Modality.INDIVIDUAL in program.modality:
            return opens, 0
        held = 0
        for domain in self.order.waits(program)[0]:
            running = [
                end_of(self.given, self.catalogue[one.program_id], one, self.gate)
                for one in self.going_on
                if domain in self.served[one.program_id]
            ]
            ends = [end for end in running if end is not None]
            if domain in self.need_bits and ends and len(ends) == len(running):
                opens = max(opens, *ends)
            elif domain in self.need_bits and not running:
                held |= self.need_bits[domain]
            else:
                return passed_because(own, PassedReason.HELD_UP)
        return opens, held


def _closed_by(offer: Offer) -> set[str]:
    """The ids of the parts of a rule that keep a programme closed."""
    return {
        part.criterion.about.id
        for part in offer.verdict.children
        if part.answer is not Answer.MET or not part.in_force
    }


def _to_cover(given: DraftGiven, policy: PlanPolicy) -> tuple[NeedSeen, ...]:
    """The needs that call for a goal, but for those that were declined or put off."""
    if policy.goal_from is None or given.died:
        return ()
    aside = {one.need for one in given.declined}
    aside |= {one.need for one in given.put_off if one.until is None or one.until > given.on}
    calling = given.profile.from_level(policy.goal_from)
    return tuple(need for need in calling if need.domain not in aside)


def _planned_for_stale_needs(
    given: DraftGiven, first: int
) -> tuple[dict[str, int], frozenset[ProgramId]]:
    """The bits of needs that are to be assessed anew, and what the plan before has for them.

    An assessment that expired takes nothing away: what was planned stays, and nothing new is added.
    """
    stale = sorted({domain for goal in stale_goals(given) for domain in goal.needs})
    stale = [one.domain for one in given.profile.unknown if one.domain in stale]
    before = () if given.previous is None or given.died else given.previous.items
    bits = {domain: 1 << place for place, domain in enumerate(stale, first)}
    return bits, frozenset(item.program_id for item in before if bits)


def _with_bars(programs: Collection[Program], options: Collection[Option]) -> list[Option]:
    """The options, each with those that it excludes, whichever of the two says so."""
    numbers = {program.program_id: number for number, program in enumerate(programs)}
    bars = [0] * len(options)
    for number, program in enumerate(programs):
        for other in program.exclusions:
            place = numbers.get(other)
            if place is not None and place != number:
                bars[number] |= 1 << place
                bars[place] |= 1 << number
    return [
        option._replace(bars=barred) if barred else option
        for option, barred in zip(options, bars, strict=True)
    ]


def _exclude(one: Program, other: Program) -> bool:
    return one.program_id in other.exclusions or other.program_id in one.exclusions


def minutes_left(given: DraftGiven, program: Program, one: WorkUnderway, end: date | None) -> int:
    """The minutes of a programme that runs which are still to come, up to the day it has to end."""
    left = max(0, minutes_of(program) - int(one.hours_given * MINUTES_AN_HOUR))
    if end is None or end == end_underway(given, program, one.since):
        return left
    weekly = minutes_a_week(program, length_in_days(program, one.since))
    weeks = (end - given.on).days // DAYS_A_WEEK
    return min(left, weeks * weekly) if weekly else left


def end_of(
    given: DraftGiven, program: Program, one: WorkUnderway, gate: GateAhead | None
) -> date | None:
    """The day on which a programme that runs is over: its own, or that by which it has to end.

    None if neither is known, or both are past.
    """
    duty = program.program_id in duties_by_subject(given)
    ends = (end_underway(given, program, one.since), window(given, program, gate, duty=duty).closes)
    return min((end for end in ends if end is not None and end > given.on), default=None)
