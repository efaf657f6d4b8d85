"""Taking part in programmes and services."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date

from attrs import evolve

from rehabcore.questions.family import Reading, Words, ids
from rehabcore.records import CaseFile, Completion, Record
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import Absence, Cell, Fact, Known, Parameter, Shape, Unknown
from rehabcore.rules.timelines import Timeline
from rehabcore.rules.truth import UnknownKind
from rehabcore.vocabulary import Outcome


def declare(words: Words) -> Iterable[Fact]:
    """The facts of this family."""
    if not words.programs:
        return
    program = Parameter(name="program", codes=words.programs)
    yield Fact(
        name="enrolled",
        shape=Shape.FLAG,
        parameters=(program,),
        about="Whether the person takes part in a programme or service.",
        absence=Absence.NONE,
        answered_by=("provider",),
        changed_by=("enrol", "end_enrolment"),
    )
    yield Fact(
        name="completed",
        shape=Shape.FLAG,
        parameters=(program,),
        about="Whether the person has ever completed a programme or service.",
        absence=Absence.NONE,
        answered_by=("provider",),
        changed_by=("complete_program",),
        lasting=True,
    )


def _enrolled(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """Whether any enrolment in the programme is running."""
    return _participation(asked, view, lambda end, day: day < end.ended_on, without=True)


def _completed(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """Whether any enrolment in the programme has been completed."""

    def says(end: Completion, day: date) -> bool:
        return end.ended_on <= day and end.outcome is Outcome.COMPLETED

    return _participation(asked, view, says, without=False)


def _participation(
    asked: Asked, view: CaseFile, says: Callable[[Completion, date], bool], *, without: bool
) -> Timeline[Cell]:
    """A flag that is true if it is for any enrolment in the programme that has begun.

    ``says`` is what a completion says of its enrolment on a day, ``without`` what holds of an
    enrolment without a completion. Completions that say different things leave it disputed.
    """
    ends: dict[str, list[Completion]] = defaultdict(list)
    for completion in view.completions:
        ends[completion.enrolment].append(completion)
    enrolments = [e for e in view.enrolments if e.program_id == asked["program"]]

    def cell(day: date) -> Cell:
        found: dict[bool | None, list[Record]] = {True: [], None: [], False: []}
        for enrolment in enrolments:
            if enrolment.started_on <= day:
                completions = ends[enrolment.filed.record_id]
                said = {says(end, day) for end in completions} or {without}
                disputed = len(said) > 1
                speaking = [end for end in completions if disputed or end.ended_on <= day]
                found[None if disputed else said.pop()] += [enrolment, *speaking]
        if found[True]:
            return Known(True, evidence=ids(found[True]))
        if found[None]:
            return Unknown(UnknownKind.DISPUTED, evidence=ids(found[None]))
        return evolve(asked.fact.absent(), evidence=ids(found[False]))

    days = [end.ended_on for e in enrolments for end in ends[e.filed.record_id]]
    return Timeline.of_changes([*days, *(e.started_on for e in enrolments)], cell)


READINGS: dict[str, Reading] = {"enrolled": _enrolled, "completed": _completed}
