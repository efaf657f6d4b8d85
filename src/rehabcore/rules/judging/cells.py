"""Sources of cells for judging: the cells of one day, or those of every day."""

from collections.abc import Callable, Mapping
from datetime import date

from attrs import field

from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import Cell
from rehabcore.rules.time.timelines import Timeline
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import refuse

Cells = Callable[[Asked], Cell]
"""A function from a fact with its parameters to its cell, on the day asked about."""

Histories = Callable[[Asked], Timeline[Cell]]
"""A function from a fact with its parameters to its cells on every day (``CaseFacts.timeline``)."""


@frozen
class CellsOfDay:
    """The cell of any fact on one day. It knows its day, so it cannot pass for that of another.

    Args:
        day: the day.
        read: reads the cell of a fact on that day; it is asked once for each fact.
    """

    day: date
    _read: Cells
    _known: dict[Asked, Cell] = field(factory=dict, init=False, eq=False, repr=False)

    @classmethod
    def of(cls, day: date, histories: Histories) -> "CellsOfDay":
        """The cells of a day among those of every day."""
        return cls(day, lambda asked: histories(asked).at(day))

    def __call__(self, asked: Asked) -> Cell:
        """The cell of a fact on the day."""
        cell = self._known.get(asked)  # many rules ask the same
        if cell is None:
            cell = self._known[asked] = self._read(asked)
        return cell


def require_same_day(cells: Cells | Mapping[Asked, Cell], on: date) -> None:
    """Refuse the cells of one day for a question about another day.

    Cells that do not say their day, such as a mapping, pass.

    Raises:
        InputError: the cells say their day, and it is not ``on``.
    """
    if isinstance(cells, CellsOfDay) and cells.day != on:
        refuse(cells.day, "wrong_day", f"what is known on {on.isoformat()}", path="cells")
