"""Runs: the first day since which something has held without a break.

If the first day is not certain, it is unknown *between* the earliest and the latest that it can
be. A comparison is then decided if it has the same answer for both.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from itertools import accumulate
from types import MappingProxyType
from typing import cast

from attrs import evolve

from rehabcore.rules.criteria import Asked
from rehabcore.rules.evidence import Evidence, Ids, Index, together
from rehabcore.rules.facts import NEVER, Cell, Known, Parameter, Unknown
from rehabcore.rules.judging.settling import Claim, settle
from rehabcore.rules.time.days import Span, Term
from rehabcore.rules.time.partial import Period
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.frozen import frozen

GAP = Parameter(name="gap", required=False)
"""The parameter for the longest interruption that does not end a run; without it, any does."""


def gap_of(asked: Asked) -> Term:
    """The longest interruption that does not end a run."""
    return Term.parse(asked["gap"]) if asked["gap"] else Term()


def whether(claims: Iterable[Claim], wanted: Container[object]) -> Iterator[Claim]:
    """Claims of a value, turned into claims of whether the value is one of those wanted."""
    for claim in claims:
        unknown = isinstance(claim.says, UnknownKind)
        yield Claim(claim.record_id, claim.span, claim.says if unknown else claim.says in wanted)


def time_in(
    claims: Iterable[Claim],
    wanted: Container[object],
    absent: Cell,
    gap: Term,
    passing: Iterable[tuple[Claim, Container[str]]] = (),
) -> Timeline[Cell]:
    """The day since which one of the values has held without a break; NEVER while none holds.

    An unknown day may belong to a run only if it is left open by a record that states a wanted
    value or no value. Another value that began and ended within one day leaves it to a person
    whether that was a break, unless a gap is allowed. It certainly was one if it is known to have
    followed what held before, and nothing wanted went on meanwhile.

    Args:
        claims: what holds from day to day.
        wanted: the values.
        absent: the cell of days without a claim.
        gap: the longest interruption that does not end a run.
        passing: what held within one day only, after what held before and before what holds then;
            with the ids of records that it did not replace, although their claims may end that day.
    """
    # A record that claims another value never makes an unknown day part of the run.
    flags = list(whether(claims, wanted))
    index = Index(claim.record_id for claim in flags)
    may = index.of(claim.record_id for claim in flags if claim.says is not False)
    if gap != Term():
        return run_of(settle(flags, absent, index), gap, may)
    breaks, ends, going_on = _breaks(flags), set[date](), _GoingOn(flags)
    for passed, apart in passing:
        (claim,) = whether([passed], wanted)
        day = cast("Span", claim.span).start
        if claim.says is False and not going_on.over(day, apart):
            ends.add(day)
        elif claim.says is not True:
            breaks[day].add(claim.record_id)
    return run_of(settle(flags, absent, index), gap, may, breaks=breaks, ends=ends)


class _GoingOn:
    """The days on which a wanted value certainly held the day before, and may go on."""

    def __init__(self, flags: Iterable[Claim]) -> None:
        self._flags = flags

    @cached_property
    def _spans(self) -> list[tuple[date, date, str]]:
        """First day, end and record of each claim of a wanted value, by the first days."""
        said = (flag for flag in self._flags if flag.says is True)
        spans = ((cast("Span", flag.span), flag.record_id) for flag in said)
        return sorted((span.start, span.certain_end or date.max, own) for span, own in spans)

    @cached_property
    def _last_end(self) -> list[date]:
        """The last end of all that began before each."""
        return list(accumulate((end for _, end, _ in self._spans), max, initial=date.min))

    @cached_property
    def _ending(self) -> dict[date, list[tuple[date, str]]]:
        """First day and record of what ends on each day."""
        found: dict[date, list[tuple[date, str]]] = defaultdict(list)
        for start, end, record_id in self._spans:
            found[end].append((start, record_id))
        return found

    def over(self, day: date, apart: Container[str]) -> bool:
        """Whether it does over a day, or ends on it by a record that is ``apart``."""
        if day < self._last_end[bisect_left(self._spans, (day,))]:
            return True
        return any(start < day and own in apart for start, own in self._ending.get(day, ()))


def _breaks(flags: Iterable[Claim]) -> dict[date, set[str]]:
    """The days within which another value began and ended, with the records that say so."""
    found: dict[date, set[str]] = defaultdict(set)
    for claim in flags:
        if claim.says is False and isinstance(claim.span, Period) and claim.span.brief:
            found[claim.span.brief].add(claim.record_id)
    return found


def run_of(
    flags: Timeline[Cell],
    gap: Term,
    may: Evidence | None = None,
    *,
    ends: Collection[date] = (),
    breaks: Mapping[date, Collection[str]] = MappingProxyType({}),
) -> Timeline[Cell]:
    """The day since which a flag has been true without a break; NEVER while it is not.

    Args:
        flags: true, false or unknown on every day.
        gap: an interruption no longer than this does not end a run.
        may: the records that may make an unknown day true; None for all of them. A day without any
            record is never part of a run.
        ends: days on which a run that began before has certainly ended, even if a new one begins.
        breaks: days within which the run may have been broken, with the records that say so.
    """
    # Two runs are followed at once: `surely` has only the days that are certainly true, `perhaps`
    # also those that may be. The true first day lies between the first days of the two.
    anchors: dict[date, Cell] = {}
    surely: _Run | None = None
    perhaps: _Run | None = None
    doubt = UnknownKind.MISSING
    for start, end, cell in flags.cut((*breaks, *ends)):
        if start in ends:
            surely = perhaps = None
        if isinstance(cell, Known) and not cell.value:
            anchors[start] = _never(cell)
        elif isinstance(cell, Known):
            if start in breaks:
                doubt, surely = UnknownKind.NEEDS_PERSON, None
                perhaps = perhaps and perhaps.told_by(breaks[start])
            surely = _Run.going_on(surely, start, end, cell, gap)
            perhaps = _Run.going_on(perhaps, start, end, cell, gap)
            anchors[start] = _first_day(surely, perhaps, doubt)
        elif cell.rests_on and (may is None or may.meets(cell.rests_on)):
            doubt, perhaps = cell.kind, _Run.going_on(perhaps, start, end, cell, gap)
            between = (perhaps.first, NEVER)
            anchors[start] = Unknown(doubt, evidence=perhaps.evidence, between=between)
        else:
            anchors[start] = cell
    return Timeline.of_changes(anchors, anchors.__getitem__)


def _never(cell: Known) -> Known:
    return Known(NEVER, evidence=cell.rests_on, assumption=cell.assumption)


@frozen
class _Run:
    """A run so far: its first day, the first day after it (None: it goes on), and its records."""

    first: date
    until: date | None
    evidence: Ids

    @classmethod
    def going_on(
        cls, run: "_Run | None", start: date, end: date | None, cell: Cell, gap: Term
    ) -> "_Run":
        """The run with further days, or a new one if the interruption was too long."""
        if run is None or run.until is None or gap.after(run.until) < start:
            return cls(start, end, cell.rests_on)
        return cls(run.first, end, together((run.evidence, cell.rests_on)))

    def told_by(self, record_ids: Collection[str]) -> "_Run":
        """The run with more records that say something about it."""
        return evolve(self, evidence=together((self.evidence, tuple(record_ids))))


def _first_day(surely: _Run, perhaps: _Run, doubt: UnknownKind) -> Cell:
    if surely.first == perhaps.first:
        return Known(surely.first, evidence=surely.evidence)
    return Unknown(doubt, evidence=perhaps.evidence, between=(perhaps.first, surely.first))


def time_in_present(claims: Iterable[Claim], absent: Cell) -> Timeline[Cell]:
    """The day since which the value of the day has held without a break.

    An empty text is no value: then the first day is NEVER.
    """
    said = list(claims)
    cells = settle(said, absent)
    values = {cell.value for cell in cells.values if isinstance(cell, Known)}
    runs = {value: time_in(said, {value}, absent, Term()) for value in values}

    def anchor(day: date) -> Cell:
        cell = cells.at(day)
        if not isinstance(cell, Known):
            return cell
        return runs[cell.value].at(day) if cell.value else _never(cell)

    days = {day for timeline in (cells, *runs.values()) for day in timeline.starts}
    return Timeline.of_changes(days, anchor)
