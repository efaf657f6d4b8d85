"""Shares of things that are counted in a window, in percent, between bounds where some are open."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from rehabcore.questions.counting.counts import told_apart
from rehabcore.questions.counting.tellings import Leaves
from rehabcore.rules.facts import Cell, Known, Unknown
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

    def cell(day: date) -> Cell:
        seen = [
            (part, part.may if part.last <= day < leaves(part.first) else part.may | {None})
            for part in parts
            if part.first <= day < leaves(part.last)
        ]
        return _shared([(part, may) for part, may in seen if may != {None}], apart) or absent

    days = (day for part in parts for one in {part.first, part.last} for day in (one, leaves(one)))
    return Timeline.of_changes(days, cell)


_Seen = list[tuple[Countable, frozenset[bool | None]]]
"""The parts that may count on a day, each with what it may be on that day."""


def _shared(seen: _Seen, apart: bool) -> Cell | None:
    if not seen:
        return None
    evidence = tuple(sorted({record_id for part, _ in seen for record_id in part.ids}))
    doubts = {part.doubt for part, may in seen if len(may) > 1}
    kind = foremost(doubts or {UnknownKind.MISSING})
    if all(None in may for _, may in seen):  # perhaps none counts, and there is no share
        return Unknown(kind, evidence=evidence)
    low, high = (_percent([_chosen(may, belongs) for _, may in seen]) for belongs in (False, True))
    if low == high:
        by_office = Counter(office for part, _ in seen for office in part.offices)
        assumption = told_apart(len(seen), by_office, apart=apart)
        return Known(low, evidence=evidence, assumption=assumption)
    return Unknown(kind, evidence=evidence, between=(low, high))


def _chosen(may: frozenset[bool | None], belongs: bool) -> bool | None:
    """The choice for a part that makes the share lowest, or highest if it ``belongs`` there."""
    # One that belongs never makes the share lower than one that does not count at all.
    return next(choice for choice in (belongs, None, not belongs) if choice in may)


def _percent(chosen: list[bool | None]) -> Decimal:
    belonging, whole = chosen.count(True), len(chosen) - chosen.count(None)
    percent = Decimal(100 * 10**_PLACES * belonging // whole).scaleb(-_PLACES)
    return percent.quantize(Decimal(1)) if percent == percent.to_integral_value() else percent
