"""Questions about registers that are complete by law: warrants, holds, no-contact orders."""

from collections.abc import Iterable

from rehabcore.questions.counting.stays import stays
from rehabcore.questions.question import CountryWords, Question
from rehabcore.records import CaseFile
from rehabcore.records.glossary import codes
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import Absence, Cell, Fact, Parameter, Shape
from rehabcore.rules.judging.settling import settle
from rehabcore.rules.time.timelines import Timeline


def questions(words: CountryWords) -> Iterable[Question]:
    """The questions of this family."""
    if words.glossary.registers:
        yield Question(
            Fact(
                name="registered",
                shape=Shape.FLAG,
                parameters=(Parameter(name="register", codes=codes(words.glossary.registers)),),
                about="Whether the person has an entry in force in a register.",
                absence=Absence.NONE,
                answered_by=("keeper_of_the_register",),
            ),
            _registered,
        )


def _registered(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    entries = [entry for entry in view.registrations if entry.register == asked["register"]]
    claims = stays((entry.filed, entry.span, True) for entry in entries)
    return settle(claims, asked.fact.absent())
