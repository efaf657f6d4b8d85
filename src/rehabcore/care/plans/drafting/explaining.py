"""Explaining: why each programme was chosen, what would be in its place, why others were not."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from rehabcore.care.plans.drafting.candidates import Candidates
from rehabcore.care.plans.drafting.fewest import depends
from rehabcore.care.plans.drafting.given import DraftGiven
from rehabcore.care.plans.drafting.merit import weight
from rehabcore.care.plans.drafting.options import Laid, Option, lay
from rehabcore.care.plans.drafting.reasons import (
    ChoiceReason,
    DraftChoice,
    PassedOver,
    PassedReason,
    passed_because,
)
from rehabcore.care.plans.drafting.timing import by_id
from rehabcore.programs import Program
from rehabcore.strict.vocabulary import ProgramId


def choices_of(
    given: DraftGiven, found: Candidates, chosen: Sequence[Laid], asked_for: Sequence[Program]
) -> Iterator[DraftChoice]:
    """Why each programme of a draft is in it: what goes on, what was chosen, what was asked for."""
    catalogue = by_id(given)
    taken = {one.option for one in chosen}
    instead = [number for number in range(len(found.programs)) if number not in taken]
    instead.sort(key=lambda number: _soonest_first(found.task.options[number]))
    notes = {one.program_id: one.reason for one in given.again}
    for going_on in found.going_on:
        program = catalogue[going_on.program_id]
        yield _choice(found, program, ChoiceReason.CONTINUES)
    for one in chosen:
        program = found.programs[one.option or 0]
        rest = _Rest.of(found, [other for other in chosen if other is not one])
        yield _choice(
            found,
            program,
            _reason(found, one, rest),
            otherwise=_otherwise(found, rest, instead),
            note=notes.get(program.program_id, ""),
        )
    for program in asked_for:
        yield _choice(found, program, ChoiceReason.ASKED_FOR)


def _choice(
    found: Candidates,
    program: Program,
    why: ChoiceReason,
    *,
    otherwise: ProgramId | None = None,
    note: str = "",
) -> DraftChoice:
    needs = tuple(n.domain for n in found.needs if n.domain in found.served[program.program_id])
    return DraftChoice(
        program_id=program.program_id, why=why, needs=needs, otherwise=otherwise, note=note
    )


class _Rest(NamedTuple):
    """The rest of a combination without one of it, with its bits and its minutes."""

    others: Sequence[Laid]
    covered: int
    minutes: int

    @classmethod
    def of(cls, found: Candidates, others: Sequence[Laid]) -> "_Rest":
        """Some of a combination, with what they have."""
        covered, minutes = found.task.covered, 0
        for one in others:
            covered |= found.task.options[one.option or 0].covers
            minutes += one.minutes
        return cls(others, covered, min(minutes, found.task.to_reach))


def _reason(found: Candidates, one: Laid, rest: _Rest) -> ChoiceReason:
    number = one.option or 0
    if found.programs[number].program_id in found.duties:
        return ChoiceReason.DUTY
    if found.task.options[number].covers & ~rest.covered:
        return ChoiceReason.COVERS_NEED
    if any(_waits_for(found, other.option or 0, number) for other in rest.others):
        return ChoiceReason.OPENS_THE_WAY
    more = one.minutes and rest.minutes < found.task.to_reach
    return ChoiceReason.HOURS if more else ChoiceReason.SOONER


def _waits_for(found: Candidates, later: int, earlier: int) -> bool:
    options = found.task.options
    waits = options[later].after >> earlier & 1
    return bool(waits or options[later].held_by & options[earlier].covers)


def _otherwise(found: Candidates, rest: _Rest, instead: Sequence[int]) -> ProgramId | None:
    """The programme that would be best in the place of one, if the others stay.

    Args:
        found: what was chosen from.
        rest: the others.
        instead: the options that were not chosen; of two that add the same the better first.
    """
    task, lacks = found.task, rest.minutes < found.task.to_reach
    barred = 0
    for other in rest.others:
        barred |= task.options[other.option or 0].bars
    most, best = (0, 0), None
    for number in instead:
        option = task.options[number]
        more = option.covers & ~rest.covered
        of_use = more or (lacks and option.minutes and not most[0])
        if of_use and not barred >> number & 1:
            adds = weight(task, more), min(rest.minutes + option.minutes, task.to_reach)
            if adds > most and _fits(found, number, rest.others):
                most, best = adds, number
    return None if best is None else found.programs[best].program_id


def _soonest_first(option: Option) -> tuple[bool, int, int]:
    """The order of options that add the same: the shorter, then the first, is the better."""
    return option.days is None, option.days or 0, option.place


def _fits(found: Candidates, number: int, others: Sequence[Laid]) -> bool:
    alone = not depends(found.task, found.task.options[number])
    before = () if alone else [other for other in others if (other.option or 0) < number]
    return lay(found.task, number, before) is not None


def passed_over(found: Candidates, chosen: Sequence[Laid]) -> tuple[PassedOver, ...]:
    """Why other programmes that serve a need are not in a draft, in the order of the catalogue."""
    told = dict(found.passed)
    taken = {one.option for one in chosen}
    for number, program in enumerate(found.programs):
        if number not in taken and found.task.options[number].covers:
            told[program.program_id] = _passed(found, number, chosen)
    return tuple(told[own] for own in sorted(told, key=found.places.__getitem__))


def _passed(found: Candidates, number: int, chosen: Sequence[Laid]) -> PassedOver:
    own, option = found.programs[number].program_id, found.task.options[number]
    for one in chosen:
        if option.bars >> (one.option or 0) & 1:
            other = found.programs[one.option or 0].program_id
            return passed_because(own, PassedReason.EXCLUDED, other)
    if _fits(found, number, chosen):
        return passed_because(own, PassedReason.NOT_NEEDED)
    if option.after or option.held_by:
        why = PassedReason.WAITS if option.after else PassedReason.HELD_UP
        return passed_because(own, why)
    if lay(found.task._replace(week=None), number, ()) is not None:
        return passed_because(own, PassedReason.TOO_MANY_HOURS)
    closes = None if option.closes is None else date.fromordinal(option.closes)
    return passed_because(own, PassedReason.NO_TIME, day=closes)
