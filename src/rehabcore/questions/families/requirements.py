"""Questions about what a court or a licence requires: the legal basis of mandatory work."""

from collections.abc import Iterable

from rehabcore.questions.question import CountryWords, Question
from rehabcore.records import CaseFile
from rehabcore.records.glossary import codes
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import Absence, Cell, Fact, Parameter, Shape
from rehabcore.rules.judging.settling import Claim, settle
from rehabcore.rules.time.timelines import Timeline


def questions(words: CountryWords) -> Iterable[Question]:
    """The questions of this family."""
    subjects = (*words.programs, *codes(words.glossary.requirement_subjects))
    if subjects:
        yield Question(
            Fact(
                name="required",
                shape=Shape.FLAG,
                parameters=(Parameter(name="subject", codes=subjects),),
                about="Whether a requirement of a court or a licence about a subject is in force.",
                absence=Absence.NONE,
                answered_by=("court",),
            ),
            _required,
        )


def _required(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    imposed = [one for one in view.requirements if one.subject == asked["subject"]]
    claims = [Claim(one.filed.record_id, one.span, True) for one in imposed]
    return settle(claims, asked.fact.absent())
