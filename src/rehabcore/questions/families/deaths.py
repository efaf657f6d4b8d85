"""The question whether the person has died, and what ends with a death.

From the day of death on nothing is open to the person: every admission rule and every permission of
a move asks ``died``. Enrolments and referrals end, and no duty falls due. All other facts answer as
before.
"""

from collections.abc import Iterable
from datetime import date

from rehabcore.questions.question import CountryWords, Question, ids
from rehabcore.records import CaseFile
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import Absence, Cell, Fact, Known, Shape, Unknown, Value
from rehabcore.rules.time.partial import first_of, last_of
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import UnknownKind

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
    yield Question(_DIED, _died)


def _died(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """Each source that tells a death tells, too, that the person lived until then.

    On a day that may be that of death or not, a source leaves it to one that knows.
    """
    if not view.deaths:
        return Timeline.constant(asked.fact.absent())
    evidence, days = ids(view.deaths), [death.died_on for death in view.deaths]

    def cell(day: date) -> Cell:
        said = {last_of(on) <= day for on in days if not first_of(on) <= day < last_of(on)}
        if len(said) == 1:
            return Known(said.pop(), evidence=evidence)
        return Unknown(UnknownKind.DISPUTED if said else UnknownKind.MISSING, evidence=evidence)

    return Timeline.of_changes({end(day) for day in days for end in (first_of, last_of)}, cell)


def until_death(cells: Timeline[Cell], view: CaseFile, ended: Value) -> Timeline[Cell]:
    """The cells of something that a death ends: the value ``ended`` from the day of death on.

    While it is not known whether the person lives, nor is the value, unless it is the same anyway.
    """
    if not view.deaths:
        return cells
    died = _died(Asked(_DIED), view)

    def cell(day: date) -> Cell:
        dead, said = died.at(day), cells.at(day)
        if isinstance(dead, Known):
            return Known(ended, evidence=dead.evidence) if dead.value else said
        if isinstance(said, Known) and said.value == ended:
            return said
        return Unknown(dead.kind, evidence=tuple(sorted({*dead.evidence, *said.evidence})))

    return Timeline.of_changes((*died.starts, *cells.starts), cell)
