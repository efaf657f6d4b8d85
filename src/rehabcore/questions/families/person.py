"""Questions about the person: age, sex, languages."""

from collections.abc import Iterable
from datetime import date
from functools import partial

from rehabcore.questions.plain.gathered import Gathered
from rehabcore.questions.question import CountryWords, Question, ids
from rehabcore.questions.stated_days import stated_day
from rehabcore.records import CaseFile
from rehabcore.records.glossary import codes
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import Cell, Fact, Known, Shape
from rehabcore.rules.judging.settling import Claim, settle
from rehabcore.rules.time.partial import PartialDay
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
        partial(_told_once, "birth_date"),
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
        partial(_told_once, "sex"),
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
            partial(_told_once, "languages"),
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


def _told_once(field: str, asked: Asked, gathered: Gathered, _: date) -> Cell | None:
    """A particular of which there is one statement, or none."""
    said = [(getattr(one, field), one) for one in gathered.view.beneficiary]
    match [(value, one) for value, one in said if value is not None]:
        case []:
            return asked.fact.absent()
        case [(value, one)] if not isinstance(value, PartialDay):
            return Known(value, evidence=ids([one]))
    return None
