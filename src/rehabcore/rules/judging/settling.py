"""The claims of several records about one fact, settled into one cell for every day.

Records that agree are all evidence. Records that contradict each other make the fact disputed on
the days on which they do. A record that leaves a fact open never contradicts one that answers it.
Where the only claim is a span whose end nobody recorded, the fact is missing: it is not assumed
that the span goes on. Nor is anything assumed where days are known in part: a claim certainly holds
from its last possible first day to its first possible end, and on the other days it may hold.

What began and ended within one day counts on that day, unless something that goes on is claimed
for it: the two do not contradict each other.
"""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from enum import Enum
from heapq import merge
from typing import Any

from attrs import field

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


def settle(claims: Iterable[Claim], absent: Cell) -> Timeline[Cell]:
    """Settle claims into the cell of every day; ``absent`` is the cell of days without a claim."""
    listed = tuple(claims)
    return Timeline.on_demand(
        lambda: _settled(listed, absent), lambda day: _settled_on(day, listed, absent)
    )


def _settled_on(day: date, claims: Iterable[Claim], absent: Cell) -> Cell:
    """The cell of one day."""
    speaking = _Speaking()
    for claim in claims:
        for part, start, until in _parts(claim.span):
            if start <= day and (until is None or day < until):
                speaking.speaks(claim, part)
    return speaking.cell() or absent


def _settled(claims: Iterable[Claim], absent: Cell) -> Timeline[Cell]:
    # One sweep over the days: each part of a claim is looked at twice, when it begins and when it
    # ends. So a file with many overlapping records costs n log n, and not n for each of its days.
    begin: dict[date, list[tuple[Claim, _Part]]] = defaultdict(list)
    end: dict[date, list[tuple[Claim, _Part]]] = defaultdict(list)
    for claim in claims:
        for part, start, until in _parts(claim.span):
            begin[start].append((claim, part))
            if until is not None:
                end[until].append((claim, part))
    speaking = _Speaking()

    def cell(day: date) -> Cell:
        # Spans are half-open: a claim that ends today is over before one that begins today.
        for claim, part in end.get(day, ()):
            speaking.falls_silent(claim, part)
        for claim, part in begin.get(day, ()):
            speaking.speaks(claim, part)
        return speaking.cell() or absent

    return Timeline.of_changes((*begin, *end), cell)


class _Part(Enum):
    """The days of a claim that it surely holds, the only one that it surely holds, or may hold."""

    SURE = "sure"
    BRIEF = "brief"
    MAY = "may"


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


class _Speaking:
    """The claims that hold on a day: the sorted ids of records, by the value that they claim.

    ``brief`` are those that may hold on no other day, ``may`` those that may hold at all.
    """

    def __init__(self) -> None:
        self.sure: dict[Value, list[str]] = {}
        self.brief: dict[Value, list[str]] = {}
        self.unsure: dict[UnknownKind, list[str]] = {}
        self.may: dict[Value | UnknownKind, list[str]] = {}

    def _saying(self, says: Value | UnknownKind, part: _Part) -> tuple[dict[Any, list[str]], Any]:
        if part is _Part.MAY:
            return self.may, says
        if isinstance(says, UnknownKind):
            return self.unsure, says
        return (self.sure if part is _Part.SURE else self.brief), says

    def speaks(self, claim: Claim, part: _Part) -> None:
        """A part of a claim begins on this day."""
        saying, says = self._saying(claim.says, part)
        insort(saying.setdefault(says, []), claim.record_id)

    def falls_silent(self, claim: Claim, part: _Part) -> None:
        """A part of a claim is over on this day."""
        saying, says = self._saying(claim.says, part)
        ids = saying[says]
        del ids[bisect_left(ids, claim.record_id)]
        if not ids:
            del saying[says]

    def cell(self) -> Cell | None:
        """The cell that the claims make together; None if there is no claim."""
        # A value counts for more than a reason for not knowing, and one that goes on for more than
        # one that may be over within the day.
        said = self.sure or self.brief
        if len(said) > 1:
            return Unknown(UnknownKind.DISPUTED, evidence=_once(merge(*said.values())))
        for value, ids in said.items():
            # What is brief would yield to what may hold, so nobody knows.
            if self.sure or self.may.keys() <= said.keys():
                return Known(value, evidence=_once(ids))
            return Unknown(UnknownKind.MISSING, evidence=_once(merge(ids, *self.may.values())))
        if self.unsure:
            kind = foremost(self.unsure)
            return Unknown(kind, evidence=_once(self.unsure[kind]))
        if self.may:
            return Unknown(UnknownKind.MISSING, evidence=_once(merge(*self.may.values())))
        return None


def _once(ids: Iterable[str]) -> tuple[str, ...]:
    """Sorted ids, each once: an order that does not depend on the file's."""
    return tuple(dict.fromkeys(ids))
