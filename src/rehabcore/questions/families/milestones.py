"""Questions about calculated legal and administrative days, such as the projected release."""

from collections.abc import Iterable

from rehabcore.questions.question import CountryWords, Question, ids
from rehabcore.records import CaseFile
from rehabcore.records.glossary import codes
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import Cell, Fact, Known, Parameter, Shape, Unknown, place
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import UnknownKind


def questions(words: CountryWords) -> Iterable[Question]:
    """The questions of this family."""
    if words.glossary.milestone_kinds:
        yield Question(
            Fact(
                name="time_to",
                shape=Shape.REMAINING,
                parameters=(
                    Parameter(name="milestone", codes=codes(words.glossary.milestone_kinds)),
                ),
                about="Time until a legal day; endless if it is certain that it does not come.",
                unit="calendar time",
                answered_by=("holder_of_the_case",),
            ),
            _time_to,
        )


def _time_to(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """The day that all sources state; if they differ, it lies between the first and the last."""
    stated = [record for record in view.milestones if record.kind == asked["milestone"]]
    days = sorted({record.day for record in stated}, key=place)
    if not days:
        return Timeline.constant(asked.fact.absent())
    if len(days) == 1:
        return Timeline.constant(Known(days[0], evidence=ids(stated)))
    between = (days[0], days[-1])
    return Timeline.constant(Unknown(UnknownKind.DISPUTED, evidence=ids(stated), between=between))
