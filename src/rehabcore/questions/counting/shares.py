"""Shares of things that are counted in a window, in percent, between bounds where some are open."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import TypeVar

from attrs import evolve

from rehabcore.questions.counting.counts import told_apart
from rehabcore.questions.counting.tellings import Leaves
from rehabcore.rules.evidence import Evidence, Index
from rehabcore.rules.facts import Cell, Known, Unknown
from rehabcore.rules.judging.during import During
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import UnknownKind, foremost
from rehabcore.strict.frozen import frozen

_PLACES = 6
"""The digits after the point of a percentage; the rest is cut."""


@frozen(kw_only=True)
class Countable:
    """One thing of which a share is taken, on a day from ``first`` to ``last``, both included.

    ``may`` holds what it may be: True belongs to the share, False to the whole only, None to
    neither. ``doubt`` is the reason why it is not known which, or on which day it was. ``offices``
    are those that tell it.
    """

    first: date
    last: date
    may: frozenset[bool | None]
    ids: tuple[str, ...]
    offices: frozenset[str]
    doubt: UnknownKind = UnknownKind.MISSING


def share_of(
    parts: Iterable[Countable], leaves: Leaves, absent: Cell, *, apart: bool
) -> Timeline[Cell]:
    """How many percent of the parts in a window belong to the share; ``absent`` if none counts.

    ``apart`` says that parts which different offices tell of different days are taken for two.
    """
    parts = tuple(parts)
    index = Index(own for part in parts for own in part.ids)
    pieces = [piece for part in parts for piece in _pieces(part, leaves)]
    alike = _grouped((((piece.may, piece.part.doubt), piece) for piece in pieces), index)
    by_office = _grouped(((o, piece) for piece in pieces for o in piece.part.offices), index)

    def cell(day: date) -> Cell:
        seen = {key: of.number for key, of in alike.items() if of.reach(day).number}
        if not seen:
            return absent
        bits = reduce(or_, (alike[key].records.bits() for key in seen))
        shared = _shared(seen, Evidence((index, bits)))
        if isinstance(shared, Unknown) or not apart:
            return shared
        told = {office: of.reach(day).number for office, of in by_office.items()}
        return evolve(shared, assumption=told_apart(sum(seen.values()), told, apart=apart))

    days = (day for part in parts for one in {part.first, part.last} for day in (one, leaves(one)))
    return Timeline.of_changes(days, cell)


_May = frozenset[bool | None]
_Key = TypeVar("_Key")


@frozen
class _Piece:
    """A part on days (half-open) on which it is the same that it may be."""

    part: Countable
    may: _May
    start: date
    end: date


def _pieces(part: Countable, leaves: Leaves) -> Iterator[_Piece]:
    """The days on which a part may count: it may not, where its day may lie outside the window."""
    start, since, until, end = part.first, part.last, leaves(part.first), leaves(part.last)
    if until <= since:
        since = until = start
    unsure = part.may | {None}
    for may, first, last in (
        (unsure, start, since),
        (part.may, since, until),
        (unsure, until, end),
    ):
        if may != {None}:
            yield _Piece(part, may, first, last)


def _grouped(pieces: Iterable[tuple[_Key, _Piece]], index: Index) -> dict[_Key, During[_Piece]]:
    groups: dict[_Key, list[_Piece]] = defaultdict(list)
    for key, piece in pieces:
        groups[key].append(piece)

    def bits(piece: _Piece) -> int:
        return index.bits(piece.part.ids)

    return {
        key: During(of, lambda piece: (piece.start, piece.end), bits=bits)
        for key, of in groups.items()
    }


def _shared(seen: Mapping[tuple[_May, UnknownKind], int], evidence: Evidence) -> Cell:
    """The share, by how many parts may be what, and for which reason that is not certain."""
    doubts = {doubt for may, doubt in seen if len(may) > 1}
    kind = foremost(doubts or {UnknownKind.MISSING})
    if all(None in may for may, _ in seen):  # perhaps none counts, and there is no share
        return Unknown(kind, evidence=evidence)
    chosen = (_as_chosen(seen, belongs) for belongs in (False, True))
    low, high = (percent(of[True], of[True] + of[False]) for of in chosen)
    if low == high:
        return Known(low, evidence=evidence)
    return Unknown(kind, evidence=evidence, between=(low, high))


def _as_chosen(seen: Mapping[tuple[_May, UnknownKind], int], belongs: bool) -> Counter[bool | None]:
    """How many parts belong, do not or count for nothing, where the share is lowest or highest."""
    chosen = Counter[bool | None]()
    for (may, _), number in seen.items():
        chosen[_chosen(may, belongs)] += number
    return chosen


def _chosen(may: frozenset[bool | None], belongs: bool) -> bool | None:
    """The choice for a part that makes the share lowest, or highest if it ``belongs`` there."""
    # One that belongs never makes the share lower than one that does not count at all.
    return next(choice for choice in (belongs, None, not belongs) if choice in may)


def percent(belonging: int, whole: int) -> Decimal:
    """How many percent of a whole belong to a share; digits after the sixth of the point are cut.

    Args:
        belonging: how many belong to it.
        whole: how many there are, at least one.
    """
    found = Decimal(100 * 10**_PLACES * belonging // whole).scaleb(-_PLACES)
    return found.quantize(Decimal(1)) if found == found.to_integral_value() else found
