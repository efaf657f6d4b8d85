"""Questions about the person: age, sex, languages."""

from collections.abc import Iterable
from functools import partial

from rehabcore.questions.question import CountryWords, Question
from rehabcore.questions.stated_days import stated_day
from rehabcore.records import CaseFile
from rehabcore.records.glossary import codes
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import Cell, Fact, Shape
from rehabcore.rules.judging.settling import Claim, settle
from rehabcore.rules.time.timelines import Timeline
from rehabcore.strict.vocabulary import Sex


def questions(words: CountryWords) -> Iterable[Question]:
    """The questions of this family. All of them identify the person."""
    yield Question(
        Fact(
            name="age",
            shape=Shape.ELAPSED,
            about="Time since birth. An age is reached on the birthday.",
            unit="calendar time",
            comparisons=("at_least", "under"),
            answered_by=("civil_registry",),
            identifying=True,
        ),
        _age,
    )
    yield Question(
        Fact(
            name="sex",
            shape=Shape.CHOICE,
            codes=tuple(Sex),
            about="Sex as registered. A protected attribute: a rule that asks it must cite why.",
            answered_by=("civil_registry",),
            identifying=True,
        ),
        partial(_particulars, "sex"),
    )
    if words.glossary.languages:
        yield Question(
            Fact(
                name="languages",
                shape=Shape.SET,
                codes=codes(words.glossary.languages),
                about="Languages in which the person can take part.",
                answered_by=("the_person",),
                identifying=True,
            ),
            partial(_particulars, "languages"),
        )


def _age(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """The day of birth, as each source states it."""
    stated = ((one, one.birth_date) for one in view.beneficiary if one.birth_date is not None)
    return Timeline.constant(stated_day(stated, asked.fact.absent()))


def _particulars(field: str, asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """A particular that holds for life, as each source states it."""
    said = [(person.filed.record_id, getattr(person, field)) for person in view.beneficiary]
    claims = [Claim(record_id, None, value) for record_id, value in said if value is not None]
    return settle(claims, asked.fact.absent())
