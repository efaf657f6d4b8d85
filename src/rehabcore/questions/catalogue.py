"""Which facts there are, in the words of one country.

Each family declares its facts next to how it reads them; here they are joined, in a stable order.
"""

from collections.abc import Iterable

from rehabcore.questions import (
    assessments,
    consents,
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
    registers,
    rulings,
    sentences,
    standing,
    states,
)
from rehabcore.questions.family import Words
from rehabcore.records.glossary import Glossary
from rehabcore.rules.facts import Fact
from rehabcore.vocabulary import ProgramId

_FAMILIES = (
    person.declare,
    standing.declare,
    sentences.declare,
    assessments.declare,
    consents.declare,
    participation.declare,
    events.declare,
    observations.declare,
    states.declare,
    measurements.declare,
    incidents.declare,
    offences.declare,
    milestones.declare,
    rulings.declare,
    registers.declare,
    duties.declare,
    judgement.declare,
)


def declare(glossary: Glossary, programs: Iterable[ProgramId]) -> dict[str, Fact]:
    """Every fact that rules of a country may ask, by name.

    Args:
        glossary: the country's words, which become the codes of facts and parameters.
        programs: the ids of its programmes and services.
    """
    words = Words(glossary=glossary, programs=tuple(programs))
    return {fact.name: fact for family in _FAMILIES for fact in family(words)}
