"""A fact sheet: the cells of one day, for every fact that some rules ask.

Each cell is also kept as plain values for ordinary operators: one code for a choice (None if it is
unknown), or the lowest and the highest possible value of a number, a day or a set.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import accumulate, chain
from operator import call, itemgetter
from typing import Any

from attrs import field

from rehabcore.rules.criteria import Asked, Criterion, comparisons
from rehabcore.rules.facts import (
    BOUNDED,
    NEVER,
    Cell,
    Fact,
    Known,
    Shape,
    Unknown,
    allowed,
)
from rehabcore.rules.judging.cells import Cells, CellsOfDay, require_same_day
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import InputError, Problem, listed

LAST_ORDINAL = date.max.toordinal()
"""The ordinal of the anchor that never comes: later than every day."""

TWO_ENDS = frozenset({*BOUNDED, Shape.SET})
"""The shapes kept as a lowest and a highest value, which are one object if the value is known."""


PlainRow = tuple[Any, ...]
"""The plain values of a sheet: one for each fact, or its lowest and its highest."""


@frozen
class Layout:
    """The facts that a sheet answers, in order, with the functions that turn cells into a row.

    ``ends`` gives the places in a row of the lowest and the highest value of each fact; they are
    one place if it has only one value.
    """

    asked: tuple[Asked, ...]
    ends: tuple[tuple[int, int], ...] = field(init=False, repr=False, eq=False)
    _places: dict[Asked, int] = field(init=False, repr=False, eq=False)
    _readers: tuple[Callable[[Cell], PlainRow], ...] = field(init=False, repr=False, eq=False)
    _checks: tuple[Callable[[object], bool], ...] = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        shapes = [asked.fact.shape for asked in self.asked]
        after = list(accumulate(2 if shape in TWO_ENDS else 1 for shape in shapes))
        ends = [(first, end - 1) for first, end in zip((0, *after), after, strict=False)]
        places = {asked: place for place, asked in enumerate(self.asked)}
        object.__setattr__(self, "ends", tuple(ends))
        object.__setattr__(self, "_places", places)
        object.__setattr__(self, "_readers", tuple(_reader(asked.fact) for asked in self.asked))
        object.__setattr__(self, "_checks", tuple(allowed(asked.fact) for asked in self.asked))

    def __reduce__(self) -> tuple[type["Layout"], tuple[tuple[Asked, ...]]]:
        """A copy, and what comes to a worker process, makes its own functions of the facts."""
        return Layout, (self.asked,)

    def sheet(self, cells: Cells | Mapping[Asked, Cell], on: date) -> "FactSheet":
        """The fact sheet of a day.

        Args:
            cells: gives the cell of each fact on that day, as ``CaseFacts.on(day)`` does. Software
                with records of its own may give a mapping; a fact left out of it is missing.
            on: the day.

        Raises:
            InputError: the cells are those of another day; or what a mapping or a function gives
                is not a cell, or has a value that its fact cannot have.
        """
        if isinstance(cells, Mapping):
            found = [cells.get(asked, _MISSING) for asked in self.asked]
        else:
            require_same_day(cells, on)
            found = list(map(cells, self.asked))
        # Cells read from a case file were checked when it was read; others come from outside.
        if not isinstance(cells, CellsOfDay) and not all(map(_fits, self._checks, found)):
            raise InputError(self._misfits(found))
        return self.filled(found, on)

    def filled(self, cells: Sequence[Cell], on: date) -> "FactSheet":
        """The fact sheet of cells of a day that a case file gave, in the order of the layout."""
        row = chain.from_iterable(map(call, self._readers, cells))
        return FactSheet(on, self, tuple(cells), tuple(row))

    def _misfits(self, found: list[Cell]) -> Iterator[Problem]:
        for asked, fits, cell in zip(self.asked, self._checks, found, strict=True):
            if not _fits(fits, cell):
                value = cell.value if isinstance(cell, Known) else cell
                yield Problem.of(
                    value,
                    "wrong_type" if not isinstance(value, str) else "unknown_value",
                    f"Unknown(...), or Known of {_EXPECTED[asked.fact.shape]}"
                    + (f": {listed(asked.fact.codes)}" if asked.fact.codes else ""),
                    path=str(asked),
                    secret=True,
                )

    def place(self, asked: Asked) -> int:
        """The place of a fact in the layout."""
        return self._places[asked]

    def part(self, rules: Iterable[Criterion]) -> "tuple[Layout, Callable[[PlainRow], PlainRow]]":
        """The layout of some of the rules, and a function that picks its row out of a whole row."""
        part = layout_of(rules)
        if part == self:
            return self, lambda row: row
        ends = [end for each in part.asked for end in dict.fromkeys(self.ends[self.place(each)])]
        if len(ends) == 1:  # of one place, an itemgetter would give no tuple
            return part, itemgetter(slice(ends[0], ends[0] + 1))
        return part, itemgetter(*ends)


def layout_of(rules: Iterable[Criterion]) -> Layout:
    """The layout of all facts that rules ask, in the order in which they are first asked."""
    asked = (compare.asked for rule in rules for compare in comparisons(rule))
    return Layout(tuple(dict.fromkeys(asked)))


@frozen
class FactSheet:
    """The cells of a layout on a day, and their plain values in one row. Made by its layout."""

    on: date
    layout: Layout = field(repr=False)
    cells: tuple[Cell, ...] = field(repr=False)
    row: PlainRow = field(repr=False, eq=False)


def _fits(allowed: Callable[[object], bool], cell: object) -> bool:
    """Whether a value is a cell, and holds values that its fact can have."""
    if type(cell) is Known:
        return allowed(cell.value)
    if type(cell) is not Unknown:
        return False
    return cell.between is None or all(map(allowed, cell.between))


_EXPECTED: dict[Shape, str] = {
    Shape.FLAG: "True or False",
    Shape.COUNT: "a whole number",
    Shape.AMOUNT: "a Decimal",
    Shape.CHOICE: "one of the codes",
    Shape.LEVEL: "one of the codes",
    Shape.SET: "a frozenset of the codes",
    Shape.ELAPSED: "the day since which time runs, or NEVER",
    Shape.REMAINING: "the day until which time is left, or NEVER",
}
_MISSING = Unknown(UnknownKind.MISSING)


def plain(value: Any) -> Any:
    """A value as it is compared here; a day becomes its ordinal, which compares more quickly."""
    if isinstance(value, tuple):
        return tuple(map(plain, value))
    if value is NEVER:
        return LAST_ORDINAL
    return value.toordinal() if isinstance(value, date) else value


def _reader(fact: Fact) -> Callable[[Cell], PlainRow]:
    """The function that turns a cell of a fact into plain values."""
    if fact.shape not in TWO_ENDS:
        return lambda cell: (cell.value if isinstance(cell, Known) else None,)
    anything = _ANYTHING.get(fact.shape, (frozenset(), frozenset(fact.codes)))

    def read(cell: Cell) -> PlainRow:
        if isinstance(cell, Known):
            end = plain(cell.value)
            return end, end
        if cell.between is None or fact.shape is Shape.SET:
            return anything
        return plain(cell.between[0]), plain(cell.between[1])

    return read


_ANYTHING: dict[Shape, tuple[Any, Any]] = {
    Shape.COUNT: (float("-inf"), float("inf")),
    Shape.AMOUNT: (Decimal("-Infinity"), Decimal("Infinity")),
    Shape.ELAPSED: (0, LAST_ORDINAL + 1),
    Shape.REMAINING: (0, LAST_ORDINAL + 1),
}
