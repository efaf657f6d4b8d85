"""Timing: from which day a programme may be held, and by which day it has to end.

The gate is the day on which the person leaves custody. What is held only in custody has to end
before; what may go on outside crosses the gate, and what is held only outside starts after it.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from rehabcore.care.plans.drafting.given import DraftGiven, ImposedDuty
from rehabcore.care.plans.drafting.options import DAYS_A_WEEK
from rehabcore.programs import Program
from rehabcore.rules.time.partial import first_of, last_of
from rehabcore.strict.same import Same
from rehabcore.strict.vocabulary import ProgramId, RecordId, Setting

MINUTES_AN_HOUR = 60
MOST_LISTS = 64
"""For how many catalogues their programmes are kept by their ids."""
OUTSIDE = frozenset({Setting.COMMUNITY, Setting.RESIDENTIAL})


class Window(NamedTuple):
    """The day by which a programme has to end, if there is one, and whether it may be cut short."""

    closes: date | None = None
    may_be_cut: bool = False


class GateAhead(NamedTuple):
    """The first and the last day on which the person may leave custody."""

    first: date
    last: date


def gate_ahead(given: DraftGiven) -> GateAhead | None:
    """The gate, if the person is in custody and a day of release is today or lies ahead."""
    if given.release is None or given.setting is not Setting.CUSTODY:
        return None
    first, last = first_of(given.release.day), last_of(given.release.day)
    return GateAhead(max(first, given.on), last) if last >= given.on else None


def goes_on_outside(program: Program) -> bool:
    """Whether a programme may be held outside of custody: it is not bound to one setting."""
    return not program.settings or bool(program.settings & OUTSIDE)


def duties_by_subject(given: DraftGiven) -> dict[str, ImposedDuty]:
    """The duty to each programme, or to something else: of several the one that holds longest.

    One that holds already goes before one that holds from a later day on. One that is over within
    a week is nothing to plan a programme by.
    """
    found = dict[str, ImposedDuty]()
    for duty in sorted(given.duties, key=_binds_first):
        starts = duty.starts or given.on
        if duty.ends is None or (duty.ends - starts).days >= DAYS_A_WEEK:
            found.setdefault(duty.subject, duty)
    return found


def _binds_first(duty: ImposedDuty) -> tuple[date, int, RecordId]:
    last = date.max if duty.ends is None else duty.ends
    return (duty.starts or date.min, -last.toordinal(), duty.record_id)


def window(given: DraftGiven, program: Program, gate: GateAhead | None, *, duty: bool) -> Window:
    """The days of a programme: up to the gate, a birthday, or the end of the duty or the sentence.

    These ends count for a duty, that of the sentence for what the law of the country binds to it.
    """
    ends: list[tuple[date, bool]] = []
    if gate is not None and not goes_on_outside(program):
        ends.append((gate.first, False))
    imposed = duties_by_subject(given).get(program.program_id) if duty else None
    if imposed is not None and imposed.ends is not None:
        ends.append((imposed.ends, True))
    if duty and given.sentence_end is not None:
        ends.append((given.sentence_end, True))
    elif given.sentence_end is not None and program.program_id in given.bound:
        ends.append((given.sentence_end, False))
    for one in given.closing:
        if one.program_id == program.program_id:
            ends.append((one.day, True))
    return Window(*min(ends)) if ends else Window()


def length_in_days(program: Program, start: date) -> int | None:
    """The days that a programme takes from a day on; None if no source states its length."""
    if program.dose is None or program.dose.length is None:
        return None
    return (program.dose.length.after(start) - start).days


def minutes_of(program: Program) -> int:
    """The minutes of a programme; 0 if no source states its hours."""
    hours = None if program.dose is None else program.dose.hours
    return 0 if hours is None else int(hours * MINUTES_AN_HOUR)


def minutes_a_week(program: Program, days: int | None) -> int:
    """The minutes that a programme takes of a week, rounded up; 0 if that is not stated."""
    return -(-minutes_of(program) * DAYS_A_WEEK // days) if days else 0


def in_hours(minutes: int) -> Decimal:
    """Minutes as hours, to a hundredth, rounded down: so a week never seems too full."""
    return Decimal(minutes * 100 // MINUTES_AN_HOUR) / 100


def end_underway(given: DraftGiven, program: Program, since: date) -> date | None:
    """The day on which a programme that runs is over; None if nothing states it, or it is past."""
    days = length_in_days(program, since)
    end = None if days is None else date.fromordinal(since.toordinal() + days)
    return end if end is not None and end > given.on else None


def by_id(given: DraftGiven) -> Mapping[ProgramId, Program]:
    """The programmes of the catalogue by their ids, in its order."""
    return _by_id(Same(given.programs))


@lru_cache(maxsize=MOST_LISTS)
def _by_id(programs: Same) -> Mapping[ProgramId, Program]:
    return MappingProxyType({program.program_id: program for program in programs.objects})
