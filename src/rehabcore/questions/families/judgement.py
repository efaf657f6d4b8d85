"""What no record can say: a person has to judge it."""

from collections.abc import Iterable

from rehabcore.questions.family import Reading, Words
from rehabcore.records import CaseFile
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import Absence, Cell, Fact, Shape
from rehabcore.rules.law.versions import UNSETTLED
from rehabcore.rules.time.timelines import Timeline

UNPUBLISHED_RULES_MET = Fact(
    name="unpublished_rules_met",
    shape=Shape.FLAG,
    about="Whether entry rules that are not published are met. No record can say it.",
    absence=Absence.NEEDS_PERSON,
    answered_by=("responsible_agency",),
    changed_by=("publish_entry_rules",),
)


def declare(_: Words) -> Iterable[Fact]:
    """The facts of this family."""
    yield UNPUBLISHED_RULES_MET
    yield UNSETTLED


def _nobody_said(asked: Asked, _: CaseFile) -> Timeline[Cell]:
    return Timeline.constant(asked.fact.absent())


READINGS: dict[str, Reading] = {
    UNPUBLISHED_RULES_MET.name: _nobody_said,
    UNSETTLED.name: _nobody_said,
}
