"""Enrolments on known days, each with one end at most, which one office tells."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from rehabcore.questions.plain.gathered import Gathered
from rehabcore.records import CaseFile, Completion, Enrolment
from rehabcore.rules.facts import Assumption, Cell, Known
from rehabcore.strict.frozen import frozen
from rehabcore.strict.vocabulary import Outcome, RecordId


@frozen
class Participation:
    """An enrolment from ``start`` up to, and not including, ``end``, with all its records.

    ``date.max`` ends one that runs. ``outcome`` is how it ended, ``told_by`` the office.
    """

    start: date
    end: date
    outcome: Outcome | None
    told_by: str
    record_ids: tuple[str, ...]

    def ids_by(self, day: date) -> tuple[str, ...]:
        """The records that tell of it by a day on which it has begun."""
        return self.record_ids if self.end <= day else self.record_ids[:1]


Programs = Mapping[str, list[Participation] | None]
"""The enrolments in each programme; None where it has to be weighed what was told twice."""


def by_program(view: CaseFile) -> Programs:
    """The enrolments in each programme."""
    ends: dict[RecordId, list[Completion]] = defaultdict(list)
    for end in view.completions:
        ends[end.enrolment].append(end)
    listed: dict[str, list[Participation | None]] = defaultdict(list)
    for enrolment in view.enrolments:
        own = _participation(enrolment, ends.get(enrolment.filed.record_id, []))
        listed[enrolment.program_id].append(own)
    return {program: _plain(told) for program, told in listed.items()}


def _participation(enrolment: Enrolment, ends: list[Completion]) -> Participation | None:
    start = enrolment.started_on
    if not isinstance(start, date) or len(ends) > 1 or enrolment.filed.same_as is not None:
        return None
    until, outcome, ids = date.max, None, [enrolment.filed.record_id]
    for end in ends:
        if not isinstance(end.ended_on, date) or end.ended_on < start or end.filed.same_as:
            return None
        until, outcome = end.ended_on, end.outcome
        ids.append(end.filed.record_id)
    return Participation(start, until, outcome, enrolment.filed.source, tuple(ids))


def _plain(told: list[Participation | None]) -> list[Participation] | None:
    found = [one for one in told if one is not None]
    return found if len(found) == len(told) else None


def any_of(
    gathered: Gathered,
    programs: Iterable[str],
    day: date,
    holds: Callable[[Participation], bool],
) -> Cell | None:
    """Whether one of the enrolments in some programmes passes a test on a day.

    If none does, the answer rests on all records that speak by the day.
    """
    in_program = gathered.of(by_program)
    several = [in_program.get(program, []) for program in programs]
    if None in several:
        return None
    told = [one for of_program in several if of_program for one in of_program]
    if len({one.told_by for one in told}) > 1:
        return None
    begun = [one for one in told if one.start <= day]
    passing = [one for one in begun if holds(one)]
    ids = [own for one in passing or begun for own in one.ids_by(day)]
    assumed = None if passing else Assumption.NONE_ON_FILE
    return Known(bool(passing), evidence=tuple(sorted(ids)), assumption=assumed)
