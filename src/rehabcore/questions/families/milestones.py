"""Questions about calculated legal and administrative days, such as the projected release."""

from collections.abc import Iterable

from rehabcore.questions.question import CountryWords, Question
from rehabcore.questions.stated_days import stated_day
from rehabcore.records import CaseFile
from rehabcore.records.glossary import codes
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import Cell, Fact, Parameter, Shape
from rehabcore.rules.time.timelines import Timeline


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
    """The day that all sources state."""
    stated = ((one, one.day) for one in view.milestones if one.kind == asked["milestone"])
    return Timeline.constant(stated_day(stated, asked.fact.absent()))
