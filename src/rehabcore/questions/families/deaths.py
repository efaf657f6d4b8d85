"""The question whether the person has died, and what ends with a death.

From the day of death on nothing is open to the person: every admission rule and every permission of
a move asks ``died``. Enrolments and referrals end, and no duty falls due. All other facts answer as
before.
"""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date

from rehabcore.questions.plain.gathered import Gathered
from rehabcore.questions.question import CountryWords, Question
from rehabcore.records import CaseFile, Completion
from rehabcore.rules.criteria import Asked
from rehabcore.rules.evidence import Evidence, Index, together
from rehabcore.rules.facts import Absence, Cell, Fact, Known, Shape, Unknown, Value
from rehabcore.rules.time.partial import first_of, last_of
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.vocabulary import Outcome

_DIED = Fact(
    name="died",
    shape=Shape.FLAG,
    about="Whether the person has died: from the day of death on.",
    absence=Absence.NONE,
    answered_by=("civil_registry",),
    lasting=True,
)


def questions(_: CountryWords) -> Iterable[Question]:
    """The questions of this family."""
    yield Question(_DIED, _died, _died_plainly)


def _died(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """Each source that tells a death tells, too, that the person lived until then.

    On a day that may be that of death or not, a source leaves it to one that knows. An enrolment
    that ended with a death tells no day of it: from that end on the person may have died.
    """
    died_on = [death.died_on for death in view.deaths]
    dead_from = min(map(last_of, died_on), default=date.max)
    alive_until = max(map(first_of, died_on), default=date.min)
    ends = sorted(_ends_by_death(view), key=lambda end: first_of(end.ended_on))
    began = [first_of(end.ended_on) for end in ends]
    # The ends that may have come by a day have the lowest bits, and the deaths those above them.
    filings = (*(end.filed for end in ends), *(death.filed for death in view.deaths))
    index = Index(filed.record_id for filed in filings)
    of_deaths = ((1 << len(died_on)) - 1) << len(ends)

    def cell(day: date) -> Cell:
        told = bisect_right(began, day)
        dead, alive = dead_from <= day, day < alive_until
        if not died_on and not told:
            return asked.fact.absent()
        if dead != alive and not (told and alive):
            return Known(dead, evidence=Evidence((index, of_deaths)))
        kind = UnknownKind.DISPUTED if dead or alive else UnknownKind.MISSING
        return Unknown(kind, evidence=Evidence((index, of_deaths | (1 << told) - 1)))

    stated = (*died_on, *(end.ended_on for end in ends))
    return Timeline.of_changes({end(day) for day in stated for end in (first_of, last_of)}, cell)


def _died_plainly(asked: Asked, gathered: Gathered, _: date) -> Cell | None:
    return asked.fact.absent() if gathered.of(lives) else None


def lives(view: CaseFile) -> bool:
    """Whether no record tells that the person died."""
    return not view.deaths and not _ends_by_death(view)


def _ends_by_death(view: CaseFile) -> list[Completion]:
    """The ends of enrolments of which it is said that the person died."""
    return [end for end in view.completions if end.outcome is Outcome.DIED]


def until_death(cells: Timeline[Cell], view: CaseFile, ended: Value) -> Timeline[Cell]:
    """The cells of something that a death ends: the value ``ended`` from the day of death on.

    While it is not known whether the person lives, nor is the value, unless it is the same anyway.
    """
    if lives(view):
        return cells
    died = _died(Asked(_DIED), view)

    def cell(day: date) -> Cell:
        dead, said = died.at(day), cells.at(day)
        if isinstance(said, Known) and said.value == ended:
            return said
        if isinstance(dead, Known):
            return Known(ended, evidence=dead.rests_on) if dead.value else said
        return Unknown(dead.kind, evidence=together((dead.rests_on, said.rests_on)))

    return Timeline.of_changes((*died.starts, *cells.starts), cell)
