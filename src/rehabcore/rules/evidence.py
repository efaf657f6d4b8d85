"""The ids of the records that cells rest on, kept small where there are thousands of both.

Thousands of records may speak on each of thousands of days. So the ids of a cell are kept as one
number, with a bit for each record that speaks, and are listed only when somebody reads them. Two
cells of neighbouring days are compared, and many are joined, without listing any.
"""

from collections.abc import Iterable, Iterator
from functools import reduce
from itertools import chain, compress
from operator import or_
from typing import Any


class Index:
    """The ids of all records that may speak in some cells, each with its place.

    A reader of cells meets them one after another, and adds them as it does.
    """

    __slots__ = ("_places", "ids")

    def __init__(self, ids: Iterable[str]) -> None:
        self.ids = list(dict.fromkeys(ids))
        self._places = {own: place for place, own in enumerate(self.ids)}

    def add(self, ids: Iterable[str]) -> None:
        """Give a place to each of these that has none."""
        for own in ids:
            if own not in self._places:
                self._places[own] = len(self.ids)
                self.ids.append(own)

    def bit(self, record_id: str) -> int:
        """The number whose only bit is that of a record."""
        return 1 << self._places[record_id]

    def bits(self, ids: "Ids") -> int:
        """The number that has the bits of some of these records."""
        if isinstance(ids, Evidence) and [index for index, _ in ids.parts] == [self]:
            return ids.parts[0][1]
        if len(ids := tuple(ids)) <= _FEW:
            return reduce(or_, (1 << self._places[own] for own in ids), 0)
        digits = bytearray(b"0") * (len(self.ids) + 1)
        for record_id in ids:
            digits[~self._places[record_id]] = _ONE
        return int(digits, 2)

    def of(self, ids: Iterable[str]) -> "Evidence":
        """The evidence of some of these records."""
        return Evidence((self, self.bits(tuple(ids))))

    def __contains__(self, record_id: str) -> bool:
        return record_id in self._places


class Evidence:
    """The ids of some records, as a number for each index that knows some of them.

    It is equal to the tuple of its ids, which are sorted, each once.
    """

    __slots__ = ("_parts",)

    def __init__(self, *parts: tuple[Index, int]) -> None:
        self._parts = parts

    @property
    def parts(self) -> tuple[tuple[Index, int], ...]:
        """Each index with the number that has the bits of its records."""
        return self._parts

    def __iter__(self) -> Iterator[str]:
        several = (_listed(index, bits) for index, bits in self._parts)
        return iter(sorted({*chain.from_iterable(several)}))

    def __bool__(self) -> bool:
        return any(bits for _, bits in self._parts)

    def __len__(self) -> int:
        return self._parts[0][1].bit_count() if len(self._parts) == 1 else sum(1 for _ in self)

    def __contains__(self, record_id: str) -> bool:
        return any(
            record_id in index and bits & index.bit(record_id) for index, bits in self._parts
        )

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Evidence):
            return tuple(self) == other
        if [index for index, _ in self._parts] != [index for index, _ in other.parts]:
            return tuple(self) == tuple(other)
        if self._parts == other.parts:
            return True
        # What differs in one index may yet be the same in another. Most often it is not, which the
        # last bit that differs tells before all are listed.
        differ = [
            (index, bits ^ others)
            for (index, bits), (_, others) in zip(self._parts, other.parts, strict=True)
            if bits != others
        ]
        last = [index.ids[bits.bit_length() - 1] for index, bits in differ]
        listed = (own for index, bits in differ for own in _listed(index, bits))
        alike = ((own in self) == (own in other) for own in chain(last, listed))
        return len(self._parts) > 1 and all(alike)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))

    def __reduce__(self) -> tuple[Any, ...]:
        return tuple, (tuple(self),)

    def meets(self, other: "Ids") -> bool:
        """Whether a record is in both."""
        if isinstance(other, Evidence) and len(self._parts) == len(other.parts) == 1:
            (index, bits), (another, others) = *self._parts, *other.parts
            if index is another:
                return bool(bits & others)
        return any(own in self for own in other)


class Tally:
    """The records that speak on a day, each with how often it does; followed from day to day."""

    # The numbers of all records are counted at once: the first of `_digits` has the lowest binary
    # digit of each, and so on. Few records speak more than once, so there is most often one.

    __slots__ = ("_digits",)

    def __init__(self) -> None:
        self._digits: list[int] = []

    def add(self, bits: int) -> None:
        """Some records begin to speak once more."""
        for place, digit in enumerate(self._digits):
            self._digits[place] = digit ^ bits
            bits &= digit
            if not bits:
                return
        if bits:
            self._digits.append(bits)

    def take(self, bits: int) -> None:
        """Some records, which speak, begin to do so once less."""
        for place, digit in enumerate(self._digits):
            self._digits[place] = left = digit ^ bits
            bits &= left
            if not bits:
                break
        while self._digits and not self._digits[-1]:
            self._digits.pop()

    def bits(self) -> int:
        """The number that has the bits of all records that speak."""
        return self._digits[0] if len(self._digits) == 1 else reduce(or_, self._digits, 0)


Ids = tuple[str, ...] | Evidence
"""The ids of records: a sorted tuple, or what is equal to it."""


def together(several: Iterable[Ids]) -> Ids:
    """The ids of all, sorted, each once."""
    listed = list(several)
    numbers: dict[Index, int] = {}
    for ids in listed:
        if isinstance(ids, Evidence):
            for index, bits in ids.parts:
                numbers[index] = numbers.get(index, 0) | bits
    others = {*chain.from_iterable(ids for ids in listed if isinstance(ids, tuple))}
    if not numbers:
        return tuple(sorted(others))
    for index in numbers:
        known = [own for own in others if own in index]
        if known:
            numbers[index] |= index.bits(tuple(known))
            others.difference_update(known)
    if others:
        index = Index(others)
        numbers[index] = index.bits(tuple(others))
    return Evidence(*numbers.items())


def _listed(index: Index, bits: int) -> Iterator[str]:
    """The ids whose bits a number has."""
    return compress(index.ids, f"{bits:b}"[::-1].encode().translate(_AS_FLAGS))


_FEW = 16
"""Up to so many bits it is quicker to set one after another than all at once."""
_ONE = ord("1")
_AS_FLAGS = bytes(int(digit == _ONE) for digit in range(256))
"""The table by which the digit 1 is true, and 0 is not."""
