"""Small choices out of drawn bytes: quick to draw, and shrunk byte by byte towards the simplest."""

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

_EACH = 2
"""The bytes of one choice."""
MOST_CHOICES = 1 << 8 * _EACH
"""The most options of which one can be picked at once."""


class Dice:
    """Choices, one after the other, that are the same for the same bytes.

    Bytes of zero make the first choice of all, and so does what is asked for after the last byte.
    """

    def __init__(self, drawn: bytes) -> None:
        self._drawn, self._thrown = drawn, 0

    @property
    def spent(self) -> bool:
        """Whether every byte was used."""
        return self._thrown >= len(self._drawn)

    def below(self, number: int) -> int:
        """A number from 0 to one less than ``number``, which is at most ``MOST_CHOICES``."""
        throw = self._drawn[self._thrown : self._thrown + _EACH]
        self._thrown += _EACH
        return int.from_bytes(throw) * number // MOST_CHOICES

    def pick(self, options: Sequence[T]) -> T:
        """One of some options; the first is the simplest."""
        return options[self.below(len(options))]

    def one_in(self, number: int) -> bool:
        """True now and then."""
        return self.below(number) == number - 1
