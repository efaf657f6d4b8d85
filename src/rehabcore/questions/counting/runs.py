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
from rehabcore.rules.facts import NEVER, Cell, Known, Parameter, Unknown, Value
from rehabcore.rules.judging.settling import Claim, settle
from rehabcore.rules.time.days import OPEN, UNSURE, Span, Term
from rehabcore.rules.time.partial import Days, Period
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.frozen import frozen

GAP = Parameter(name="gap", required=False)
"""The parameter for the longest interruption that does not end a run; without it, any does."""


NO_GAP = Term()
"""No interruption at all."""


def gap_of(asked: Asked) -> Term:
    """The longest interruption that does not end a run."""
    gap = asked["gap"]
    return Term.parse(gap) if gap else NO_GAP


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
    if gap != NO_GAP:
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
    runs = _Runs()
    anchors: dict[date, Cell] = {}
    for start, end, cell in flags.cut((*breaks, *ends)):
        if start in ends:
            runs = _Runs()
        if isinstance(cell, Unknown) and not _may_belong(cell, may):
            anchors[start] = cell
        else:
            anchors[start] = runs.anchor((start, end, cell), gap, breaks.get(start, ()))
    return Timeline.of_changes(anchors, anchors.__getitem__)


def _may_belong(cell: Unknown, may: Evidence | None) -> bool:
    """Whether unknown days may belong to a run: one of some records leaves them open."""
    return bool(cell.rests_on) and (may is None or may.meets(cell.rests_on))


_Piece = tuple[date, date | None, Cell]
"""The first day of a piece of a timeline, the first after it (None: it goes on), and its cell."""


class _Runs:
    """Two runs that are followed at once, between whose first days the true first day lies.

    One has only the days that are certainly true, the other also those that may be.
    """

    def __init__(self) -> None:
        self._surely: _Run | None = None
        self._perhaps: _Run | None = None
        self._doubt = UnknownKind.MISSING

    def anchor(self, piece: _Piece, gap: Term, broken_by: Collection[str] = ()) -> Cell:
        """The first day of the run on the next piece, which some records may have broken."""
        cell = piece[2]
        if isinstance(cell, Unknown):
            self._doubt, self._perhaps = cell.kind, _Run.going_on(self._perhaps, piece, gap)
            between = (self._perhaps.first, NEVER)
            return Unknown(self._doubt, evidence=self._perhaps.evidence, between=between)
        if not cell.value:
            return _never(cell)
        if broken_by:
            self._doubt, self._surely = UnknownKind.NEEDS_PERSON, None
            self._perhaps = self._perhaps and self._perhaps.told_by(broken_by)
        self._surely = _Run.going_on(self._surely, piece, gap)
        self._perhaps = _Run.going_on(self._perhaps, piece, gap)
        return _first_day(self._surely, self._perhaps, self._doubt)


def _never(cell: Known) -> Known:
    return Known(NEVER, evidence=cell.rests_on, assumption=cell.assumption)


@frozen
class _Run:
    """A run so far: its first day, the first day after it (None: it goes on), and its records."""

    first: date
    until: date | None
    evidence: Ids

    @classmethod
    def going_on(cls, run: "_Run | None", piece: _Piece, gap: Term) -> "_Run":
        """The run with further days, or a new one if the interruption was too long."""
        start, end, cell = piece
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

    An empty text is no value: then the first day is NEVER. Each record claims one value.
    """
    # A day on which another value certainly holds ends a run. So unknown days belong at most to the
    # run of the next value that is known, and each is looked at once, however many values are said.
    said = list(claims)
    of_value = _OfValue(said)
    cells, briefly = settle(said, absent, of_value.index), of_value.briefly
    anchors: dict[date, Cell] = {}
    value: Value = ""
    runs, unknown = _Runs(), list[tuple[date, date | None, Unknown]]()
    for piece in cells.cut(briefly):
        start, end, cell = piece
        if isinstance(cell, Unknown):
            anchors[start] = cell
            unknown.append((start, end, cell))
            continue
        if cell.value != value:
            runs, value = _Runs(), cell.value
        for first, until, open_cell in unknown if value else ():
            may_be = of_value.left_open(value, first, open_cell)
            if may_be is not None:
                runs.anchor((first, until, may_be), NO_GAP)
        unknown.clear()
        others = {own for own, says in briefly.get(start, ()) if says != value}
        anchors[start] = runs.anchor(piece, NO_GAP, others) if value else _never(cell)
    return Timeline.of_changes(anchors, anchors.__getitem__)


class _OfValue:
    """The records that claim each value."""

    def __init__(self, claims: list[Claim]) -> None:
        self._claims = claims
        self._ids: dict[Value | UnknownKind, list[str]] = defaultdict(list)
        self._records: dict[Value, Evidence] = {}
        self.briefly: dict[date, list[tuple[str, Value | UnknownKind]]] = defaultdict(list)
        for claim in claims:
            self._ids[claim.says].append(claim.record_id)
            if isinstance(claim.span, Period) and claim.span.brief:
                self.briefly[claim.span.brief].append((claim.record_id, claim.says))
        self.index = Index(claim.record_id for claim in claims)

    def left_open(self, value: Value, day: date, cell: Unknown) -> Unknown | None:
        """The cell of unknown days on which a value or another holds; None if it does on none."""
        if value not in self._records:
            self._records[value] = self.index.of(self._ids[value])
        if _may_belong(cell, self._records[value]):
            return cell
        # Those that began and ended within the day contradict each other, but all of them yield to
        # what may hold.
        if any(own in cell.rests_on for own, _ in self.briefly.get(day, ())):
            both = Unknown(UnknownKind.MISSING, evidence=self._speaking.at(day).rests_on)
            return both if _may_belong(both, self._records[value]) else None
        return None

    @cached_property
    def _speaking(self) -> Timeline[Cell]:
        """The records that claim any value for each day."""
        spans = ((claim.record_id, _possible(claim.span)) for claim in self._claims)
        claims = [Claim(record_id, span, True) for record_id, span in spans]
        return settle(claims, Known(False), self.index)


def _possible(days: Days | None) -> Span | None:
    """All days that something may hold; None for every day."""
    if isinstance(days, Period):
        return days.possible
    return Span(days.start, OPEN if days.end is UNSURE else days.end) if days else None
