"""Windows that look back from the day: how often something happened in one, or whether it held."""

from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator
from datetime import date
from functools import cache, lru_cache, partial
from itertools import accumulate

from attrs import field

from rehabcore.questions.counting.counts import Counted, count
from rehabcore.questions.counting.runs import whether
from rehabcore.questions.counting.seen import Seen
from rehabcore.questions.counting.tellings import Leaves
from rehabcore.rules.criteria import Asked
from rehabcore.rules.evidence import Ids, Index
from rehabcore.rules.facts import Cell, Known, Parameter, Takes, Unknown
from rehabcore.rules.judging.settling import Claim, settle
from rehabcore.rules.time.ageing import Ageing
from rehabcore.rules.time.days import ONE_DAY, End, Term
from rehabcore.rules.time.partial import Period
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.frozen import frozen

WINDOW = (
    Parameter(name="within"),
    Parameter(name="ageing", codes=tuple(Ageing), takes=Takes.AGEING),
)
"""The parameters of a window."""

MOST_WINDOWS = 256
"""How many windows are kept; the rules of a country have few."""


def window_of(asked: Asked) -> Leaves:
    """The function that tells when an event leaves the window of a question."""
    return cache(leaving(asked))


def leaving(asked: Asked) -> Leaves:
    """The same, for whoever asks about few events: it keeps no answers."""
    return _leaving(asked["ageing"], asked["within"])


@lru_cache(maxsize=MOST_WINDOWS)
def _leaving(ageing: str, within: str) -> Leaves:
    return partial(Ageing(ageing).leaves, within=Term.parse(within))


@frozen(kw_only=True)
class Happening:
    """Something that happened some times on one day from ``first`` to ``last``, both included.

    ``last`` is ``date.max`` if any later day is possible. If it is not ``certain``, it may not have
    happened at all. ``doubt`` is the reason why the day or the event is not certain.
    """

    first: date
    last: date
    ids: Ids
    times: int = 1
    certain: bool = True
    doubt: UnknownKind = field(default=UnknownKind.DISPUTED)


def counted_within(happenings: Iterable[Happening], leaves: Leaves) -> Iterator[Counted]:
    """Happenings as things that count on the days of their window."""
    for one in happenings:
        # It may count from its first possible day until its last one leaves the window. If it
        # certainly happened, it surely counts in between: from its last possible day until its
        # first one leaves.
        yield from Counted.perhaps(
            one.ids,
            (one.first, None if one.last == date.max else leaves(one.last)),
            (one.last, leaves(one.first)) if one.certain else None,
            one.doubt,
            times=one.times,
        )


def any_counted(counted: Timeline[Cell]) -> Timeline[Cell]:
    """Whether anything was counted. Only a count of none, by silence, keeps its assumption."""

    def flag(cell: Cell) -> Cell:
        if isinstance(cell, Known):
            assumed = None if cell.value else cell.assumption
            return Known(bool(cell.value), evidence=cell.rests_on, assumption=assumed)
        if cell.between is not None and cell.between[0]:
            return Known(True, evidence=cell.rests_on)
        return Unknown(cell.kind, evidence=cell.rests_on)

    return counted.map(flag)


def had(
    claims: Iterable[Claim], wanted: Container[object], absent: Cell, leaves: Leaves
) -> Timeline[Cell]:
    """Whether one of the values held on any day of the window.

    What began and ended within one day counts, whatever else held on that day. So does what
    certainly held on some day of the window, of which nobody knows which it was.
    """
    said = list(claims)
    index = Index(claim.record_id for claim in said)
    flags = settle(whether(said, wanted), absent, index)
    by_day = ever(flags, leaves)
    against = _Against(flags)
    partly = [
        counted
        for claim in said
        if isinstance(claim.span, Period) and claim.says in wanted
        for counted in _stay(claim.record_id, claim.span, against, leaves)
    ]
    if not partly:
        return by_day
    return _any_of(by_day, any_counted(count(partly, index=index)))


def _any_of(one: Timeline[Cell], other: Timeline[Cell]) -> Timeline[Cell]:
    """The Kleene "or" of two flags."""

    def cell(day: date) -> Cell:
        both = Seen((one.at(day), other.at(day)))
        both.move(0, 2)
        return both.either()

    return Timeline.of_changes((*one.starts, *other.starts), cell)


def _stay(record_id: str, days: Period, against: "_Against", leaves: Leaves) -> Iterator[Counted]:
    """Something that held over days of which not all are known, counted while a window sees it.

    It may count from its first possible day until its last one leaves the window. It surely counts
    from its last possible beginning, until the earliest day that can be its last leaves; but not if
    other records contradict it on a day on which it may have held.
    """
    first, until = days.possible.start, days.possible.certain_end
    seen_until = None
    if isinstance(days.first_end, date):
        seen_until = leaves(max(first, days.first_end - ONE_DAY))
    contradicted = against.between(first, days.last_end)
    return Counted.perhaps(
        (record_id,),
        (first, None if until is None else leaves(until - ONE_DAY)),
        None if contradicted else (days.last_start, seen_until),
        UnknownKind.DISPUTED if contradicted else UnknownKind.MISSING,
    )


class _Against:
    """The days on which a flag is certainly false, or disputed."""

    def __init__(self, flags: Timeline[Cell]) -> None:
        self._flags = flags
        speaks_against = (
            not cell.value if isinstance(cell, Known) else cell.kind is UnknownKind.DISPUTED
            for cell in flags.values
        )
        self._before = [0, *accumulate(speaks_against)]

    def between(self, start: date, end: End) -> bool:
        """Whether it is so on a day from ``start`` up to, and not including, ``end``."""
        places = self._flags.places(start, end if isinstance(end, date) else None)
        return self._before[places.stop] > self._before[places.start]


def held_at_all(claims: Iterable[Claim], wanted: Container[object], absent: Cell) -> Timeline[Cell]:
    """Whether one of the values held on each day, if only for a part of it."""
    said = list(whether(claims, wanted))
    index = Index(claim.record_id for claim in said)
    flags = settle(said, absent, index)
    partly = [
        claim
        for claim in said
        if claim.says is True and isinstance(claim.span, Period) and claim.span.certain is None
    ]
    return _any_of(flags, settle(partly, Known(False), index)) if partly else flags


def ever(flags: Timeline[Cell], leaves: Leaves) -> Timeline[Cell]:
    """Whether a flag was true on any day of the window.

    True if it was true on one of them, unknown if it may have been, and false only if it certainly
    was true on none. Days without any record leave it open.
    """
    # A piece is seen from its first day until its last day leaves the window. Both ends rise from
    # piece to piece, so the pieces seen on a day stand side by side.
    starts = flags.starts
    ends = [*(leaves(end - ONE_DAY) for end in starts[1:]), date.max]
    seen = Seen(flags.values)

    def cell(day: date) -> Cell:
        seen.move(bisect_right(ends, day), bisect_right(starts, day))
        return seen.either()

    return Timeline.of_changes({*starts, *ends} - {date.max}, cell)
