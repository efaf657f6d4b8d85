"""The claims of several records about one fact, settled into one cell for every day.

Records that agree are all evidence. Records that contradict each other make the fact disputed on
the days on which they do. A record that leaves a fact open never contradicts one that answers it.
Where the only claim is a span whose end nobody recorded, the fact is missing: it is not assumed
that the span goes on.
"""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from heapq import merge
from itertools import pairwise
from typing import Any

from attrs import field, frozen

from rehabcore.rules.facts import Cell, Known, Unknown, Value
from rehabcore.rules.time.days import ONE_DAY, OPEN, UNSURE, End, Span
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import UnknownKind


@frozen
class Claim:
    """One record claims a value, or that the fact is unknown for some reason, over a span of days.

    ``span`` None means every day.
    """

    record_id: str
    span: Span | None
    says: Value | UnknownKind = field(repr=False)


def finding(
    record_id: str, says: Value, found_on: date, *, expires: End, replaced: date | None
) -> Iterator[Claim]:
    """The claims of a dated finding: its value until it expires or a newer finding replaces it.

    Between its expiry and the newer finding, the fact is stale. If nobody recorded when it expires,
    the value is certain only on its first day; after it, the fact is missing.
    """
    if isinstance(expires, date) and (replaced is None or expires < replaced):
        yield Claim(record_id, Span(found_on, expires), says)
        yield Claim(record_id, Span(expires, replaced or OPEN), UnknownKind.STALE)
    elif expires is UNSURE and replaced is not None:
        next_day = found_on + ONE_DAY
        yield Claim(record_id, Span(found_on, next_day), says)
        if next_day < replaced:
            yield Claim(record_id, Span(next_day, replaced), UnknownKind.MISSING)
    else:
        yield Claim(record_id, Span(found_on, replaced or expires), says)


def latest(found: Iterable[tuple[str, Value, date, End]]) -> Iterator[Claim]:
    """The claims of several findings of one thing, each until it expires or a newer one is made.

    Findings of the same day stand beside each other, and may contradict.

    Args:
        found: of each finding the id of its record, its value, the day it was made, and the day on
            which it expires, which no longer counts.
    """
    listed = list(found)
    newer = dict(pairwise(sorted({found_on for _, _, found_on, _ in listed})))
    for record_id, says, found_on, expires in listed:
        replaced = newer.get(found_on)
        yield from finding(record_id, says, found_on, expires=expires, replaced=replaced)


def settle(claims: Iterable[Claim], absent: Cell) -> Timeline[Cell]:
    """Settle claims into the cell of every day; ``absent`` is the cell of days without a claim."""
    # One sweep over the days: each claim is looked at twice, when it begins and when it ends. So a
    # file with many overlapping records costs n log n, and not n for each of its days.
    begin: dict[date, list[Claim]] = defaultdict(list)
    end: dict[date, list[Claim]] = defaultdict(list)
    for claim in claims:
        begin[claim.span.start if claim.span else date.min].append(claim)
        certain_end = claim.span.certain_end if claim.span else None
        if certain_end is not None:
            end[certain_end].append(claim)
    speaking = _Speaking()

    def cell(day: date) -> Cell:
        # Spans are half-open: a claim that ends today is over before one that begins today.
        for claim in end.get(day, ()):
            speaking.falls_silent(claim)
        for claim in begin.get(day, ()):
            speaking.speaks(claim)
        return speaking.cell() or absent

    return Timeline.of_changes((*begin, *end), cell)


class _Speaking:
    """The claims that hold on a day: the sorted ids of records, by the value that they claim.

    ``may`` holds the ids of those that may still hold: their spans began and have no known end.
    """

    def __init__(self) -> None:
        self.sure: dict[Value, list[str]] = {}
        self.unsure: dict[UnknownKind, list[str]] = {}
        self.may: list[str] = []

    def _saying(self, says: Value | UnknownKind) -> dict[Any, list[str]]:
        return self.unsure if isinstance(says, UnknownKind) else self.sure

    def speaks(self, claim: Claim) -> None:
        """A claim begins to hold on this day."""
        insort(self._saying(claim.says).setdefault(claim.says, []), claim.record_id)

    def falls_silent(self, claim: Claim) -> None:
        """A claim no longer certainly holds on this day."""
        saying = self._saying(claim.says)
        ids = saying[claim.says]
        del ids[bisect_left(ids, claim.record_id)]
        if not ids:
            del saying[claim.says]
        if claim.span is not None and claim.span.end is UNSURE:
            insort(self.may, claim.record_id)

    def cell(self) -> Cell | None:
        """The cell that the claims make together; None if there is no claim."""
        # A value counts for more than a reason for not knowing. Of several such reasons the first
        # in the order of UnknownKind is told, so that the order of the file does not matter.
        if len(self.sure) > 1:
            return Unknown(UnknownKind.DISPUTED, evidence=_once(merge(*self.sure.values())))
        for value, ids in self.sure.items():
            return Known(value, evidence=_once(ids))
        if self.unsure:
            kind = next(kind for kind in UnknownKind if kind in self.unsure)
            return Unknown(kind, evidence=_once(self.unsure[kind]))
        return Unknown(UnknownKind.MISSING, evidence=_once(self.may)) if self.may else None


def _once(ids: Iterable[str]) -> tuple[str, ...]:
    """Sorted ids, each once: an order that does not depend on the file's."""
    return tuple(dict.fromkeys(ids))
