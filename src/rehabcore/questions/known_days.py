"""Days after the last one that the library knows: only their order can be told."""

from datetime import date

from rehabcore.rules.facts import NEVER, Cell, Known, Unknown, Value
from rehabcore.rules.time.partial import LATEST_DAY
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import UnknownKind


def within_known_days(cells: Timeline[Cell]) -> Timeline[Cell]:
    """The same cells, without days beyond those that the library knows.

    No document could hold such a day. It becomes unknown, but known to lie after ``LATEST_DAY``,
    which still decides whether something is due soon.
    """
    return cells.map(as_far_as_known)


def _bounds(cell: Cell) -> tuple[Value, ...]:
    """The lowest and the highest possible value of a cell; empty if they are not known."""
    return (cell.value, cell.value) if isinstance(cell, Known) else cell.between or ()


def _lies_beyond(value: Value) -> bool:
    return isinstance(value, date) and value > LATEST_DAY


def as_far_as_known(cell: Cell) -> Cell:
    """The same cell, without days beyond those that the library knows."""
    if isinstance(cell, Known) and not _lies_beyond(cell.value):
        return cell  # as most are
    bounds = _bounds(cell)
    if not any(map(_lies_beyond, bounds)):
        return cell
    low = LATEST_DAY if _lies_beyond(bounds[0]) else bounds[0]
    kind = cell.kind if isinstance(cell, Unknown) else UnknownKind.NEEDS_PERSON
    return Unknown(kind, evidence=cell.rests_on, between=(low, NEVER))
