"""Questions that no record can answer: a person has to judge."""

from collections.abc import Iterable
from datetime import date

from rehabcore.questions.plain.gathered import Gathered
from rehabcore.questions.question import CountryWords, Question
from rehabcore.records import CaseFile
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import Absence, Cell, Fact, Shape
from rehabcore.rules.law.versions import NOT_ON_FILE, UNSETTLED
from rehabcore.rules.time.timelines import Timeline

UNPUBLISHED_RULES_MET = Fact(
    name="unpublished_rules_met",
    shape=Shape.FLAG,
    about="Whether entry rules that are not published are met. No record can say it.",
    absence=Absence.NEEDS_PERSON,
    answered_by=("responsible_agency",),
    changed_by=("publish_entry_rules",),
)


def questions(_: CountryWords) -> Iterable[Question]:
    """The questions of this family."""
    yield Question(UNPUBLISHED_RULES_MET, _nobody_said, _silence)
    yield Question(UNSETTLED, _nobody_said, _silence)
    yield Question(NOT_ON_FILE, _nobody_said, _silence)


def _nobody_said(asked: Asked, _: CaseFile) -> Timeline[Cell]:
    return Timeline.constant(asked.fact.absent())


def _silence(asked: Asked, _: Gathered, __: date) -> Cell:
    return asked.fact.absent()
