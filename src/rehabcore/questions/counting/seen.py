"""The pieces of a timeline that a window sees while it moves on, and what they say together.

Neither end of the window ever goes back. So each piece is looked at twice, when the window comes to
it and when it leaves it, however many pieces the window sees at once.
"""

from collections import Counter
from collections.abc import Sequence

from rehabcore.rules.evidence import Ids, together
from rehabcore.rules.facts import Cell, Known, Unknown
from rehabcore.rules.truth import UnknownKind, foremost


class _Joined:
    """The records of all that stands in a queue, while the first leaves and others join the end."""

    def __init__(self) -> None:
        # What came last is joined once, as it comes. What leaves first is joined from its end, so
        # that whatever is left of it is known.
        self.number = 0
        self._coming: list[Ids] = []
        self._came: Ids = ()
        self._going: list[Ids] = []

    def joins(self, ids: Ids) -> None:
        """Something comes to stand at the end."""
        self.number += 1
        self._coming.append(ids)
        self._came = together((self._came, ids)) if self._came else ids

    def leaves(self) -> None:
        """The first leaves."""
        self.number -= 1
        if not self._going:
            so_far: Ids = ()
            while self._coming:
                so_far = together((self._coming.pop(), so_far))
                self._going.append(so_far)
            self._came = ()
        self._going.pop()

    def ids(self) -> Ids:
        """The records of all that is there."""
        if not self._going:
            return self._came
        return together((self._going[-1], self._came)) if self._came else self._going[-1]


class Seen:
    """Flags that a window sees, of which it comes to some and leaves others as it moves on."""

    def __init__(self, flags: Sequence[Cell]) -> None:
        self._flags = flags
        self._first = self._end = 0
        self._true, self._false, self._unknown = _Joined(), _Joined(), _Joined()
        self._kinds = Counter[UnknownKind]()

    def move(self, first: int, end: int) -> None:
        """See the flags from a place up to, and not including, another; neither goes back."""
        for cell in self._flags[self._end : end]:
            self._of(cell).joins(cell.rests_on)
            if isinstance(cell, Unknown):
                self._kinds[cell.kind] += 1
        for cell in self._flags[self._first : first]:
            self._of(cell).leaves()
            if isinstance(cell, Unknown):
                self._kinds[cell.kind] -= 1
        self._first, self._end = first, end

    def _of(self, cell: Cell) -> _Joined:
        if isinstance(cell, Unknown):
            return self._unknown
        return self._true if cell.value else self._false

    def ids(self) -> Ids:
        """The records of all flags that are seen."""
        return together(some.ids() for some in (self._true, self._false, self._unknown))

    def doubt(self) -> UnknownKind | None:
        """The first reason for which a flag that is seen is unknown; None if none is."""
        kinds = {kind for kind, number in self._kinds.items() if number}
        return foremost(kinds) if kinds else None

    def either(self) -> Cell:
        """The Kleene "or" of the flags that are seen, with the records of those that decide it."""
        if self._true.number:
            return Known(True, evidence=self._true.ids())
        doubt = self.doubt()
        if doubt is not None:
            return Unknown(doubt, evidence=self._unknown.ids())
        return Known(False, evidence=self._false.ids())
