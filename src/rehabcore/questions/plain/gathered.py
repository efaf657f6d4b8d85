"""Things gathered from the records of one view, once for all facts that ask them."""

from collections.abc import Callable
from typing import Any, TypeVar

from rehabcore.records import CaseFile

T = TypeVar("T")


class Gathered:
    """The records of a view that holds on every day, and what was gathered from them.

    Args:
        view: the records that stand, of which none changes another.
    """

    def __init__(self, view: CaseFile) -> None:
        self.view = view
        self._made: dict[object, Any] = {}

    def of(self, gather: Callable[[CaseFile], T]) -> T:
        """The things that a function gathers from the records. It is called once."""
        if gather not in self._made:
            self._made[gather] = gather(self.view)
        made: T = self._made[gather]
        return made
