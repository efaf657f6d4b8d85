"""Explaining: why each programme was chosen, what would be in its place, why others were not."""

from collections.abc import Iterator, Sequence
from datetime import date

from rehabcore.care.plans.drafting.candidates import Candidates
from rehabcore.care.plans.drafting.given import DraftGiven
from rehabcore.care.plans.drafting.merit import weight
from rehabcore.care.plans.drafting.options import Laid, lay
from rehabcore.care.plans.drafting.reasons import (
    ChoiceReason,
    DraftChoice,
    PassedOver,
    PassedReason,
    passed_because,
)
from rehabcore.programs import Program
from rehabcore.strict.vocabulary import ProgramId


def choices_of(
    given: DraftGiven, found: Candidates, chosen: Sequence[Laid], asked_for: Sequence[Program]
) -> Iterator[DraftChoice]:
    """Why each programme of a draft is in it: what goes on, what was chosen, what was asked for."""
    catalogue = {program.program_id: program for program in given.programs}
    notes = {one.program_id: one.reason for one in given.again}
    for going_on in found.going_on:
        program = catalogue[going_on.program_id]
        yield _choice(found, program, ChoiceReason.CONTINUES)
    for one in chosen:
        program = found.programs[one.option or 0]
        others = [other for other in chosen if other is not one]
        yield _choice(
            found,
            program,
            _reason(found, one, others),
            otherwise=_otherwise(found, one, others),
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


def _covered(found: Candidates, chosen: Sequence[Laid]) -> tuple[int, int]:
    """The bits and the minutes of a combination."""
    covered, minutes = found.task.covered, 0
    for one in chosen:
        covered |= found.task.options[one.option or 0].covers
        minutes += one.minutes
    return covered, min(minutes, found.task.to_reach)


def _reason(found: Candidates, one: Laid, others: Sequence[Laid]) -> ChoiceReason:
    number, (covered, minutes) = one.option or 0, _covered(found, others)
    if found.programs[number].program_id in found.duties:
        return ChoiceReason.DUTY
    options = found.task.options
    if options[number].covers & ~covered:
        return ChoiceReason.COVERS_NEED
    if any(_waits_for(found, other.option or 0, number) for other in others):
        return ChoiceReason.OPENS_THE_WAY
    more = min(minutes + one.minutes, found.task.to_reach) > minutes
    return ChoiceReason.HOURS if more else ChoiceReason.SOONER


def _waits_for(found: Candidates, later: int, earlier: int) -> bool:
    options = found.task.options
    waits = options[later].after >> earlier & 1
    return bool(waits or options[later].held_by & options[earlier].covers)


def _otherwise(found: Candidates, one: Laid, others: Sequence[Laid]) -> ProgramId | None:
    """The programme that would be best in the place of one, if the others stay."""
    task, taken = found.task, {other.option for other in (*others, one)}
    barred = 0
    for other in others:
        barred |= task.options[other.option or 0].bars
    covered, minutes = _covered(found, others)
    best = None
    for number, option in enumerate(task.options):
        worth = option.covers & ~covered or (option.minutes and minutes < task.to_reach)
        if not worth or number in taken or barred >> number & 1:
            continue
        ranked = (
            weight(task, covered | option.covers),
            min(minutes + option.minutes, task.to_reach),
            option.days is not None,
            -(option.days or 0),
            -option.place,
            number,
        )
        if (best is None or ranked > best) and _fits(found, number, others):
            best = ranked
    return None if best is None else found.programs[best[-1]].program_id


def _fits(found: Candidates, number: int, others: Sequence[Laid]) -> bool:
    before = [other for other in others if (other.option or 0) < number]
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
            return PassedOver(program_id=own, why=PassedReason.EXCLUDED, other=other)
    if _fits(found, number, chosen):
        return passed_because(own, PassedReason.NOT_NEEDED)
    if option.after or option.held_by:
        why = PassedReason.WAITS if option.after else PassedReason.HELD_UP
        return passed_because(own, why)
    if lay(found.task._replace(week=None), number, ()) is not None:
        return passed_because(own, PassedReason.TOO_MANY_HOURS)
    closes = None if option.closes is None else date.fromordinal(option.closes)
    return PassedOver(program_id=own, why=PassedReason.NO_TIME, day=closes)
