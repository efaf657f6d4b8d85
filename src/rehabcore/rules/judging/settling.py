"""The claims of several records about one fact, settled into one cell for every day.

Records that agree are all evidence. Records that contradict each other make the fact disputed on
the days on which they do. A record that leaves a fact open never contradicts one that answers it.
Where the only claim is a span whose end nobody recorded, the fact is missing: it is not assumed
that the span goes on. Nor is anything assumed where days are known in part: a claim certainly holds
from its last possible first day to its first possible end, and on the other days it may hold.

What began and ended within one day counts on that day, unless something that goes on is claimed
for it: the two do not contradict each other.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Set
from datetime import date
from enum import IntEnum
from functools import reduce
from operator import or_
from typing import cast

from attrs import field

from rehabcore.rules.evidence import Evidence, Ids, Index, Tally
from rehabcore.rules.facts import Cell, Known, Unknown, Value
from rehabcore.rules.time.days import ONE_DAY, UNSURE, Span
from rehabcore.rules.time.partial import Days
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import UnknownKind, foremost
from rehabcore.strict.frozen import frozen


@frozen
class Claim:
    """One record claims a value, or that the fact is unknown for some reason, over a span of days.

    ``span`` None means every day. Days that are known in part leave the fact open where the claim
    only may hold.
    """

    record_id: str
    span: Days | None
    says: Value | UnknownKind = field(repr=False)


def settle(claims: Iterable[Claim], absent: Cell, index: Index | None = None) -> Timeline[Cell]:
    """Settle claims into the cell of every day; ``absent`` is the cell of days without a claim.

    ``index`` knows the records of the claims, so that cells can be joined with others of it; None
    for one of their own.
    """
    listed = tuple(claims)
    return Timeline.on_demand(
        lambda: _settled(listed, absent, index or Index(claim.record_id for claim in listed)),
        lambda day: _settled_on(day, listed, absent),
    )


def _settled_on(day: date, claims: Iterable[Claim], absent: Cell) -> Cell:
    """The cell of one day."""
    speak = [
        (claim, part)
        for claim in claims
        for part, start, until in _parts(claim.span)
        if start <= day and (until is None or day < until)
    ]
    if not speak:
        return absent
    if len(speak) == 1:  # as on most days; the rest takes longer
        ((claim, part),) = speak
        if part is not _Part.MAY:
            return _only(claim)
    sure, brief, may, silent = said = set[_Says](), set[_Says](), set[_Says](), set[_Says]()
    ids: dict[_Group, list[str]] = {}
    for claim, part in speak:
        counts_as, group = _as_said(claim, part)
        said[counts_as].add(claim.says)
        ids.setdefault(group, []).append(claim.record_id)

    def by(*groups: _Group) -> Ids:
        return tuple(sorted({own for group in groups for own in ids[group]}))

    return _cell(sure, brief, may, silent, by)


def _only(claim: Claim) -> Cell:
    """The cell of a day on which nothing but one claim holds, and certainly does."""
    says, evidence = claim.says, (claim.record_id,)
    if isinstance(says, UnknownKind):
        return Unknown(says, evidence=evidence)
    return Known(says, evidence=evidence)


def _settled(claims: Iterable[Claim], absent: Cell, index: Index) -> Timeline[Cell]:
    # One sweep over the days: each part of a claim is looked at twice, when it begins and when it
    # ends. So a file with many overlapping records costs n log n, and not n for each of its days.
    begin: dict[date, list[tuple[Claim, _Part]]] = defaultdict(list)
    end: dict[date, list[tuple[Claim, _Part]]] = defaultdict(list)
    for claim in claims:
        for part, start, until in _parts(claim.span):
            begin[start].append((claim, part))
            if until is not None:
                end[until].append((claim, part))
    speaking = _Speaking(index)

    def cell(day: date) -> Cell:
        # Spans are half-open: a claim that ends today is over before one that begins today.
        for claim, part in end.get(day, ()):
            speaking.ends(claim, part)
        for claim, part in begin.get(day, ()):
            speaking.begins(claim, part)
        return speaking.cell() or absent

    return Timeline.of_changes((*begin, *end), cell)


class _Part(IntEnum):
    """The days of a claim that it surely holds, the only one that it surely holds, or may hold.

    A claim that states no value is ``SILENT`` on the days that it surely holds.
    """

    SURE = 0
    BRIEF = 1
    MAY = 2
    SILENT = 3


def _parts(days: Days | None) -> Iterator[tuple[_Part, date, date | None]]:
    """The parts of a claim's days, each half-open; an end of None means that it goes on."""
    if days is None:
        yield _Part.SURE, date.min, None
    elif isinstance(days, Span):
        yield _Part.SURE, days.start, days.certain_end
        if days.end is UNSURE:
            yield _Part.MAY, days.start + ONE_DAY, None
    else:
        if days.certain is not None:
            yield _Part.SURE, days.certain.start, days.certain.certain_end
        if days.brief is not None:
            yield _Part.BRIEF, days.brief, days.brief + ONE_DAY
        yield _Part.MAY, days.possible.start, days.possible.certain_end


_Says = Value | UnknownKind
_Group = _Part | UnknownKind
"""Claims that count alike: those of values by their part, others by their reason."""


def _as_said(claim: Claim, part: _Part) -> tuple[_Part, _Group]:
    """How a part of a claim counts, and with which others."""
    if part is not _Part.MAY and isinstance(claim.says, UnknownKind):
        return _Part.SILENT, claim.says
    return part, part


def _cell(
    sure: Set[_Says],
    brief: Set[_Says],
    may: Set[_Says],
    silent: Set[_Says],
    by: Callable[..., Ids],
) -> Cell:
    """The cell that the claims of a day make together, of which there is one at least.

    Args:
        sure: the values that are claimed for the day and others.
        brief: those that are claimed for the day, and may hold on no other.
        may: those that may hold.
        silent: the reasons for which claims state no value.
        by: gives the records of the claims of some groups.
    """
    # A value counts for more than a reason for not knowing, and one that goes on for more than one
    # that may be over within the day.
    said, part = (sure, _Part.SURE) if sure else (brief, _Part.BRIEF)
    if len(said) > 1:
        return Unknown(UnknownKind.DISPUTED, evidence=by(part))
    for value in said:
        # What is brief would yield to what may hold, so nobody knows.
        if sure or may <= said:
            return Known(cast("Value", value), evidence=by(part))
        return Unknown(UnknownKind.MISSING, evidence=by(part, _Part.MAY))
    if silent:
        kind = foremost(cast("Set[UnknownKind]", silent))
        return Unknown(kind, evidence=by(kind))
    return Unknown(UnknownKind.MISSING, evidence=by(_Part.MAY))


class _Speaking:
    """The claims that hold on a day, followed from day to day."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._numbers: tuple[dict[_Says, int], ...] = ({}, {}, {}, {})
        self._by: dict[_Group, Tally] = defaultdict(Tally)

    def begins(self, claim: Claim, part: _Part) -> None:
        """A part of a claim begins on this day."""
        counts_as, group = _as_said(claim, part)
        self._by[group].add(self._index.bit(claim.record_id))
        numbers = self._numbers[counts_as]
        numbers[claim.says] = numbers.get(claim.says, 0) + 1

    def ends(self, claim: Claim, part: _Part) -> None:
        """A part of a claim is over on this day."""
        counts_as, group = _as_said(claim, part)
        self._by[group].take(self._index.bit(claim.record_id))
        numbers = self._numbers[counts_as]
        numbers[claim.says] -= 1
        if not numbers[claim.says]:
            del numbers[claim.says]

    def _evidence(self, *groups: _Group) -> Evidence:
        return Evidence((self._index, reduce(or_, [self._by[group].bits() for group in groups])))

    def cell(self) -> Cell | None:
        """The cell that the claims make together; None if there is no claim."""
        if not any(self._numbers):
            return None
        sure, brief, may, silent = (numbers.keys() for numbers in self._numbers)
        return _cell(sure, brief, may, silent, self._evidence)
