"""Which reading answers which fact.

A reading turns records into claims (this record says this, over this span) and lets
``rules.claims`` settle them, so that agreement, contradiction and silence mean the same everywhere.
"""

from datetime import date

from rehabcore.levels.policy import RiskPolicy
from rehabcore.questions.catalogue import FAMILIES
from rehabcore.questions.family import Reading, ReadingByPolicy
from rehabcore.records import CaseFile
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import NEVER, RUNNING, Cell, Fact, Known, Unknown, Value
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.checked import LATEST_YEAR

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
        cells = READINGS_BY_POLICY[asked.fact.name](asked, view, policy)
    else:
        reading = READINGS.get(asked.fact.name) or READINGS_OF_KINDS[kind_of(asked.fact)[0]]
        cells = reading(asked, view)
    return within_known_days(cells) if asked.fact.shape in RUNNING else cells


def within_known_days(cells: Timeline[Cell]) -> Timeline[Cell]:
    """The same, without days beyond those that the library knows: no document could hold them.

    Of such a day no more is told than that it lies after ``LAST_DAY``, which still decides whether
    something is due soon.
    """
    if not any(any(map(_lies_beyond, _bounds(cell))) for cell in cells.values):
        return cells
    return cells.map(_as_far_as_known)


LAST_DAY = date(LATEST_YEAR, 12, 31)
"""The last day that the library knows."""


def _bounds(cell: Cell) -> tuple[Value, ...]:
    """The lowest and the highest value that a cell may have, if so much is known."""
    return (cell.value, cell.value) if isinstance(cell, Known) else cell.between or ()


def _lies_beyond(value: Value) -> bool:
    return isinstance(value, date) and value > LAST_DAY


def _as_far_as_known(cell: Cell) -> Cell:
    bounds = _bounds(cell)
    if not any(map(_lies_beyond, bounds)):
        return cell
    low = LAST_DAY if _lies_beyond(bounds[0]) else bounds[0]
    kind = cell.kind if isinstance(cell, Unknown) else UnknownKind.NEEDS_PERSON
    return Unknown(kind, evidence=cell.evidence, between=(low, NEVER))


def kind_of(fact: Fact) -> tuple[str, str]:
    """What stands before a country's own kind in the name of a fact, and the kind.

    Both are empty if the fact is of no such kind.
    """
    name = fact.name
    found = (prefix for prefix in READINGS_OF_KINDS if name.startswith(prefix))
    prefix = "" if name in READINGS else next(found, "")
    return prefix, name.removeprefix(prefix) if prefix else ""
