"""Which facts there are, in the words of one country.

Each family declares its facts next to how it reads them; here all of them are joined.
"""

from collections.abc import Iterable

from rehabcore.questions.families import (
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
    responsivity,
    rulings,
    sentences,
    standing,
    states,
)
from rehabcore.questions.family import Family, Words
from rehabcore.records.glossary import Glossary
from rehabcore.rules.facts import Fact
from rehabcore.strict.vocabulary import ProgramId

FAMILIES = (
    Family(person.declare, person.READINGS),
    Family(standing.declare, standing.READINGS),
    Family(sentences.declare, sentences.READINGS),
    Family(assessments.declare, assessments.READINGS, by_policy=assessments.READINGS_BY_POLICY),
    Family(consents.declare, consents.READINGS),
    Family(responsivity.declare, responsivity.READINGS),
    Family(participation.declare, participation.READINGS),
    Family(events.declare, events.READINGS),
    Family(observations.declare, of_kinds=observations.READINGS_OF_KINDS),
    Family(states.declare, of_kinds=states.READINGS_OF_KINDS),
    Family(measurements.declare, of_kinds=measurements.READINGS_OF_KINDS),
    Family(incidents.declare, incidents.READINGS, incidents.READINGS_OF_KINDS),
    Family(offences.declare, offences.READINGS),
    Family(milestones.declare, milestones.READINGS),
    Family(rulings.declare, rulings.READINGS),
    Family(registers.declare, registers.READINGS),
    Family(duties.declare, duties.READINGS),
    Family(judgement.declare, judgement.READINGS),
)
"""Every family, in the order in which its facts are declared."""


def declare(glossary: Glossary, programs: Iterable[ProgramId]) -> dict[str, Fact]:
    """Every fact that rules of a country may ask, by name.

    Args:
        glossary: the country's words, which become the codes of facts and parameters.
        programs: the ids of its programmes and services.
    """
    words = Words(glossary=glossary, programs=tuple(programs))
    return {fact.name: fact for family in FAMILIES for fact in family.declare(words)}
