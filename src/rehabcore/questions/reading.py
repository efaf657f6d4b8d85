"""Which reading answers which fact.

A reading turns records into claims (this record says this, over this span) and lets
``rules.claims`` settle them, so that agreement, contradiction and silence mean the same everywhere.
"""

from rehabcore.levels.policy import RiskPolicy
from rehabcore.questions.catalogue import FAMILIES
from rehabcore.questions.family import Reading, ReadingByPolicy
from rehabcore.records import CaseFile
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import Cell, Fact
from rehabcore.rules.time.timelines import Timeline

READINGS: dict[str, Reading] = {
    name: reading for family in FAMILIES for name, reading in family.readings.items()
}
"""By the name of the fact."""

READINGS_OF_KINDS: dict[str, Reading] = {
    prefix: reading for family in FAMILIES for prefix, reading in family.of_kinds.items()
}
"""By what stands before a country's own kind in the name of the fact; none begins another."""


READINGS_BY_POLICY: dict[str, ReadingByPolicy] = {
    name: reading for family in FAMILIES for name, reading in family.by_policy.items()
}
"""By the name of the fact; these ask how far the country lets a level be overridden."""


def read(asked: Asked, view: CaseFile, policy: RiskPolicy) -> Timeline[Cell]:
    """What is known of a fact on every day, from the records in view."""
    if asked.fact.name in READINGS_BY_POLICY:
        return READINGS_BY_POLICY[asked.fact.name](asked, view, policy)
    reading = READINGS.get(asked.fact.name) or READINGS_OF_KINDS[kind_of(asked.fact)[0]]
    return reading(asked, view)


def kind_of(fact: Fact) -> tuple[str, str]:
    """What stands before a country's own kind in the name of a fact, and the kind.

    Both are empty if the fact is of no such kind.
    """
    name = fact.name
    found = (prefix for prefix in READINGS_OF_KINDS if name.startswith(prefix))
    prefix = "" if name in READINGS else next(found, "")
    return prefix, name.removeprefix(prefix) if prefix else ""
