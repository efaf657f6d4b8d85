"""The catalogue of all questions, in the words of one country.

Each family makes its own questions; here all of them are joined.
"""

from collections.abc import Iterable
from functools import lru_cache

from rehabcore.questions.derived.derivation import Derived
from rehabcore.questions.families import (
    assessments,
    consents,
    deaths,
    duties,
    events,
    incidents,
    judgement,
    measurements,
    milestones,
    observations,
    offences,
    participation,
    person,
    referrals,
    refusals,
    registers,
    releases,
    requirements,
    responsivity,
    rulings,
    sentences,
    sessions,
    standing,
    states,
)
from rehabcore.questions.question import CountryWords, Question
from rehabcore.records.glossary import Glossary, codes
from rehabcore.strict.checked import checked_arguments

MOST_COUNTRIES = 64
"""How many countries' questions are kept."""

_FAMILIES = (
    person,
    deaths,
    standing,
    releases,
    sentences,
    assessments,
    consents,
    responsivity,
    participation,
    referrals,
    sessions,
    events,
    observations,
    states,
    measurements,
    incidents,
    offences,
    milestones,
    rulings,
    registers,
    requirements,
    refusals,
    duties,
    judgement,
)
"""Every family, in the order in which its facts are declared."""


@checked_arguments
def questions(
    words: CountryWords, derived: Iterable[Derived] = ()
) -> dict[str, Question | Derived]:
    """Every question that rules of a country may ask, by the name of its fact.

    Args:
        words: the country's glossary, programmes and policy on risk.
        derived: the facts that the country makes of others.
    """
    return {question.fact.name: question for question in (*_of_records(words), *derived)}


@lru_cache(maxsize=MOST_COUNTRIES)
def _of_records(words: CountryWords) -> tuple[Question, ...]:
    """The questions that records answer: one object each, however often a country is read."""
    return tuple(question for family in _FAMILIES for question in family.questions(words))


@checked_arguments
def facts_of_kinds(glossary: Glossary) -> dict[str, tuple[str, str]]:
    """The form and the kind of each fact about a country's own kinds, by the name of the fact."""
    kinds = (
        (observations.FORMS, [kind.id for kind in glossary.observation_kinds]),
        (states.FORMS, [kind.id for kind in glossary.state_kinds]),
        (measurements.FORMS, codes(glossary.measurement_kinds)),
        (incidents.FORMS, [kind.id for kind in glossary.event_kinds]),
    )
    return {
        f"{form}_{kind}": (form, kind) for forms, ids in kinds for form in forms for kind in ids
    }
