"""What several records say of one fact, settled into one cell for every day.

Records that agree are all evidence; records that contradict make the fact disputed on the days on
which they do. A record that leaves a fact open never contradicts one that answers it. Where only a
span of unsure end may still hold, the fact is missing, not assumed.
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
    """One record's word: this value, or this kind of not knowing, over this span.

    ``span`` None means on every day.
    """

    record_id: str
    span: Span | None
    says: Value | UnknownKind = field(repr=False)


def finding(
    record_id: str, says: Value, found_on: date, *, expires: End, replaced: date | None
) -> Iterator[Claim]:
    """What a dated finding claims: its value until it expires or a newer finding replaces it.

    Once it has expired it is stale. If nobody recorded when it expires, it certainly holds on its
    first day only.
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
    """What findings of one thing claim: each until it expires, or until the day of a newer one.

    A finding is the id of its record, its value, the day it was made, and when it expires.
    """
    listed = list(found)
    newer = dict(pairwise(sorted({found_on for _, _, found_on, _ in listed})))
    for record_id, says, found_on, expires in listed:
        replaced = newer.get(found_on)
        yield from finding(record_id, says, found_on, expires=expires, replaced=replaced)


def settle(claims: Iterable[Claim], absent: Cell) -> Timeline[Cell]:
    """The cells of a fact of which the claims speak; ``absent`` where none does.

    Each claim is looked at twice, when it begins and when it ends, however many speak at once.
    """
    begin: dict[date, list[Claim]] = defaultdict(list)
    end: dict[date, list[Claim]] = defaultdict(list)
    for claim in claims:
        begin[claim.span.start if claim.span else date.min].append(claim)
        certain_end = claim.span.certain_end if claim.span else None
        if certain_end is not None:
            end[certain_end].append(claim)
    speaking = _Speaking()

    def cell(day: date) -> Cell:
        for claim in end.get(day, ()):
            speaking.falls_silent(claim)
        for claim in begin.get(day, ()):
            speaking.speaks(claim)
        return speaking.cell() or absent

    return Timeline.of_changes((*begin, *end), cell)


class _Speaking:
    """The ids of the records that speak on a day, sorted, by what they certainly say.

    ``may`` holds those that may still say something: their spans began and have no known end.
    """

    def __init__(self) -> None:
        self.sure: dict[Value, list[str]] = {}
        self.unsure: dict[UnknownKind, list[str]] = {}
        self.may: list[str] = []

    def _saying(self, says: Value | UnknownKind) -> dict[Any, list[str]]:
        return self.unsure if isinstance(says, UnknownKind) else self.sure

    def speaks(self, claim: Claim) -> None:
        """From this day on."""
        insort(self._saying(claim.says).setdefault(claim.says, []), claim.record_id)

    def falls_silent(self, claim: Claim) -> None:
        """The last day on which it certainly spoke was the day before."""
        saying = self._saying(claim.says)
        ids = saying[claim.says]
        del ids[bisect_left(ids, claim.record_id)]
        if not ids:
            del saying[claim.says]
        if claim.span is not None and claim.span.end is UNSURE:
            insort(self.may, claim.record_id)

    def cell(self) -> Cell | None:
        """What they say together; None if nobody speaks."""
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
