"""Where the cells come from that a rule is judged on: those of one day, or those of every day."""

from collections.abc import Callable, Mapping
from datetime import date

from attrs import frozen

from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import Cell
from rehabcore.rules.time.timelines import Timeline
from rehabcore.strict.problems import refuse

Cells = Callable[[Asked], Cell]
"""Answers what is known of a fact with its parameters, on the day asked about."""

Histories = Callable[[Asked], Timeline[Cell]]
"""Answers what is known, on every day, of a fact with its parameters (``CaseFacts.timeline``)."""


@frozen
class CellsOfDay:
    """What is known of any fact on one day. It knows its day, so that it is asked of no other."""

    day: date
    _histories: Histories

    def __call__(self, asked: Asked) -> Cell:
        """The cell of a fact on the day."""
        return self._histories(asked).at(self.day)


def require_same_day(cells: Cells | Mapping[Asked, Cell], on: date) -> None:
    """Refuse what is known on one day as the answer to a question about another.

    Raises:
        InputError: the cells say of which day they are, and it is not ``on``.
    """
    if isinstance(cells, CellsOfDay) and cells.day != on:
        refuse(cells.day, "wrong_day", f"what is known on {on.isoformat()}", path="cells")
