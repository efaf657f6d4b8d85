"""Items: what was chosen or goes on, with its days, its hours, its basis and who has it."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import TypeVar

from rehabcore.care.plans.drafting.candidates import Candidates, end_of, minutes_left
from rehabcore.care.plans.drafting.given import DraftGiven, WorkUnderway
from rehabcore.care.plans.drafting.goals import goals_served
from rehabcore.care.plans.drafting.options import DAYS_A_WEEK, Laid
from rehabcore.care.plans.drafting.timing import (
    by_id,
    duties_by_subject,
    gate_ahead,
    in_hours,
    length_in_days,
    minutes_a_week,
    minutes_of,
    window,
)
from rehabcore.plans import PlanItem
from rehabcore.programs import Program
from rehabcore.rules.truth import Answer
from rehabcore.strict.vocabulary import Basis, ItemId, Modality, RecordId, Setting

T = TypeVar("T")


def items_of(
    given: DraftGiven, found: Candidates, chosen: Iterable[Laid], asked_for: Iterable[Program]
) -> tuple[PlanItem, ...]:
    """The items of a draft: what goes on, what was chosen, what was asked for.

    They stand in the order of their start.
    """
    making = _Making(given, found)
    catalogue = by_id(given)
    items = [
        *(making.going_on(one, catalogue[one.program_id]) for one in found.going_on),
        *(making.chosen(one) for one in chosen),
        *(making.asked_for(program) for program in asked_for),
    ]
    return tuple(sorted(items, key=lambda item: item.starts))


class _Making:
    """The parts that are the same for all items."""

    def __init__(self, given: DraftGiven, found: Candidates) -> None:
        self.given = given
        self.found = found
        self.gate = gate_ahead(given)
        self.duties = duties_by_subject(given)

    def going_on(self, one: WorkUnderway, program: Program) -> PlanItem:
        """An item that the person attends already, from the day of the draft on."""
        end = end_of(self.given, program, one, self.gate)
        weekly = minutes_a_week(program, length_in_days(program, one.since))
        minutes = minutes_left(self.given, program, one, end)
        return self.item(
            program,
            self.given.on,
            end,
            minutes=minutes if minutes_of(program) else None,
            weekly=weekly,
            underway=one,
        )

    def chosen(self, one: Laid) -> PlanItem:
        """An item that was chosen, on its days."""
        number = one.option or 0
        program, option = self.found.programs[number], self.found.task.options[number]
        minutes: int | None = minutes_of(program) or None
        if minutes is not None and one.end is not None and option.days is not None:
            days = one.end - one.start
            if days < option.days:  # it is cut short
                minutes = min(minutes, days // DAYS_A_WEEK * one.weekly)
        end = None if one.end is None else date.fromordinal(one.end)
        start = date.fromordinal(one.start)
        return self.item(program, start, end, minutes=minutes, weekly=one.weekly)

    def asked_for(self, program: Program) -> PlanItem:
        """An item that somebody asked for: from now on, as long as it may be held."""
        closes = window(self.given, program, self.gate, duty=False).closes
        return self.item(program, self.given.on, closes)

    def item(
        self,
        program: Program,
        start: date,
        end: date | None,
        *,
        minutes: int | None = None,
        weekly: int = 0,
        underway: WorkUnderway | None = None,
    ) -> PlanItem:
        """An item on its days."""
        duty = self._duty(program, start)
        after_gate = self.gate is not None and start >= self.gate.last
        crosses = self.gate is not None and (end is None or end > self.gate.first)
        setting, served = self.given.setting, self.found.served[program.program_id]
        return PlanItem(
            item_id=ItemId(program.program_id),
            program_id=program.program_id,
            goals=goals_served(self.given, self.found.needs, served, program.program_id),
            basis=Basis.MANDATORY if duty else Basis.VOLUNTARY,
            starts=start,
            ends=end,
            requirement=duty,
            consent=None if duty else self._consent(program),
            enrolment=underway.enrolment if underway is not None else None,
            modality=self._modality(program, underway),
            delivered_by=next(iter(program.delivered_by))
            if len(program.delivered_by) == 1
            else None,
            office=self.given.receiving_office if after_gate or crosses else self.given.holder,
            setting=Setting.COMMUNITY if after_gate else None if crosses else setting,
            aftercare=not duty and _outlasts(end, start, self.given.sentence_end),
            hours=None if minutes is None else in_hours(minutes),
            hours_a_week=in_hours(weekly) if weekly else None,
        )

    def _duty(self, program: Program, start: date) -> RecordId | None:
        """The duty that holds on the first day of an item."""
        duty = self.duties.get(program.program_id)
        holds = duty is not None and (duty.starts is None or duty.starts <= start)
        return duty.record_id if duty is not None and holds else None

    def _consent(self, program: Program) -> RecordId | None:
        """The consent to this programme, else one to all; of several the one that holds longest."""
        ids = [
            (one.program_id is None, -(one.ends or date.max).toordinal(), one.record_id)
            for one in self.given.consents
            if one.program_id in (program.program_id, None)
        ]
        return min(ids)[2] if ids else None

    def _modality(self, program: Program, underway: WorkUnderway | None) -> Modality | None:
        """The one that is possible; alone where a group may not start, or is no place to be."""
        only = _only(program.modality)
        if only is not None:
            return only
        waits = underway is None and self.found.order.turn(program).answer is Answer.NOT_MET
        apart = program.program_id in self.given.kept_from
        alone = Modality.INDIVIDUAL in program.modality and (waits or apart)
        return Modality.INDIVIDUAL if alone else None


def _only(codes: Collection[T]) -> T | None:
    """The one code of several; None if there is none, or somebody has to choose."""
    return next(iter(codes)) if len(codes) == 1 else None


def _outlasts(end: date | None, start: date, sentence_end: date | None) -> bool:
    """Whether something goes on after the sentence."""
    if sentence_end is None:
        return False
    return start >= sentence_end or (end is not None and end > sentence_end)
