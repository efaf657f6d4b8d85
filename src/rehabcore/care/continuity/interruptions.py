"""Where an item is interrupted: the days that nothing on file provides, compared with what may be.

Days are counted as whole days without provision. Of days that are known in part, the fewest and the
most are told.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from itertools import accumulate

from attrs import evolve, field

from rehabcore.care.continuity.provisions import Expected, Provision
from rehabcore.rules.time.days import Span
from rehabcore.rules.time.partial import Day, between, first_of, last_of
from rehabcore.rules.truth import Answer
from rehabcore.strict.checked import SECRET, checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.vocabulary import RecordId

_Days = tuple[date, date]
"""Days from the first up to, and not including, the second, which is ``_NEVER`` if they go on."""
_NEVER = date.max


class InterruptionState(StrEnum):
    """Where an interruption stands on the day asked about."""

    CLOSED = "closed"
    """It was provided again."""
    OPEN = "open"
    """Nothing on file provides the day."""
    PROJECTED = "projected"
    """All that is arranged ends before anybody is known to go on."""


@frozen(kw_only=True)
@checked
class Interruption:
    """Days over which nothing on file provides an item.

    ``since`` is the first such day, ``until`` the day on which it is provided again, or expected
    to be; None if nobody is known to go on. ``least`` and ``most`` are how many days they are; of
    an end that is not known, ``least`` counts up to the day asked about and ``most`` is None.
    ``before`` and ``after`` are the records of the last and of the next provision. ``within`` tells
    whether the country allows so many days; unknown if it states none.
    """

    state: InterruptionState
    since: Day
    until: Day | None
    least: int
    most: int | None
    within: Answer
    before: RecordId | None = field(default=None, metadata=SECRET)
    after: RecordId | None = field(default=None, metadata=SECRET)


def interruptions(
    needed: tuple[Span, Span | None],
    provided: Sequence[Provision],
    expected: Sequence[Expected],
    *,
    since_here: date | None,
    allowed: int | None,
    on: date,
) -> tuple[Interruption, ...]:
    """The interruptions of an item, the earliest first.

    How it was provided before the first provision on file is not known, but for the days since the
    person crossed into the present setting.

    Args:
        needed: the days on which it may be needed, and those on which it certainly is.
        provided: its provisions, the earliest first.
        expected: the days on which somebody is to go on with it, the earliest first.
        since_here: the last day on which the person can have come into the present setting; None
            without a crossing.
        allowed: how many days may lie between two provisions; None if no source states it.
        on: the day asked about.
    """
    possible, certain = needed
    begun = next((one for one in provided if one.possible.start <= on), None)
    told_from = since_here if begun is None else begun.possible.start
    asked = _stretch(possible)
    if begun is not None:  # nobody can tell the days on which it may have begun
        asked = _from(asked, (begun.certain or begun.possible).start)
    bare: list[_Days] = []
    if certain is not None and told_from is not None:
        sure = _from(_stretch(certain), told_from)
        bare = _without(sure, (one.possible for one in provided))
    gaps = _without(asked, (one.certain for one in provided if one.certain is not None))
    coming = expected[0] if expected else None
    around = _Around(provided)
    told = filter(None, (_told(gap, bare, coming, around, on) for gap in gaps))
    return tuple(evolve(one, within=within_allowed(one, allowed)) for one in told)


# --- one interruption ---------------------------------------------------------------------


class _Around:
    """The provisions before and after a gap, looked up by its days."""

    def __init__(self, provided: Sequence[Provision]) -> None:
        self._starts = [one.possible.start for one in provided]
        ends = ((_stretch(one.possible)[1], one.record_id) for one in provided)
        self._longest = list(accumulate(ends, max))
        again = ((one.certain.start, one.record_id) for one in reversed(provided) if one.certain)
        self._again = dict(again)

    def before(self, day: date) -> RecordId | None:
        """The record of the provision that lasted longest of those begun before a day."""
        place = bisect_left(self._starts, day)
        return self._longest[place - 1][1] if place else None

    def after(self, day: date) -> RecordId | None:
        """The record of the first provision that certainly begins on a day."""
        return self._again.get(day)


def _told(
    gap: _Days,
    bare: Sequence[_Days],
    coming: Expected | None,
    around: _Around,
    on: date,
) -> Interruption | None:
    """The interruption of a gap; None if somebody is expected to go on before it begins.

    Args:
        gap: days that are not certainly provided.
        bare: days that certainly are not.
        coming: the first day on which somebody is to go on.
        around: the provisions.
        on: the day asked about.
    """
    start, end = gap
    after = around.after(end)
    state = InterruptionState.OPEN if start <= on else InterruptionState.PROJECTED
    first_end = end
    if end <= on:
        state = InterruptionState.CLOSED
    elif coming is not None:
        first_end = min(end, first_of(coming.day))
        if last_of(coming.day) < end:
            end, after = last_of(coming.day), coming.record_id
    if end <= start:
        return None
    surely = max(_shared(bare, (start, first_end)), key=_length, default=None)
    since = start if surely is None else between(start, surely[0])
    first_end = end if surely is None else surely[1]
    return Interruption(
        state=state,
        since=since,
        until=None if end == _NEVER else between(min(first_end, end), end),
        least=0 if surely is None else _so_far(surely, on),
        most=None if end == _NEVER else (end - start).days,
        within=Answer.UNKNOWN,
        before=around.before(first_of(since)),
        after=after,
    )


def _so_far(days: _Days, on: date) -> int:
    """How many days they are; up to the day asked about, where no end is known."""
    start, end = days
    return (end - start).days if end != _NEVER else (max(on, start) - start).days + 1


def within_allowed(one: Interruption, allowed: int | None) -> Answer:
    """Whether an interruption has no more days than are allowed; unknown if none are stated."""
    if allowed is None:
        return Answer.UNKNOWN
    if one.most is not None and one.most <= allowed:
        return Answer.MET
    return Answer.NOT_MET if one.least > allowed else Answer.UNKNOWN


# --- days ---------------------------------------------------------------------------------


def _stretch(span: Span) -> _Days:
    return span.start, span.end if isinstance(span.end, date) else _NEVER


def _from(days: _Days, day: date) -> _Days:
    return max(days[0], day), days[1]


def _length(days: _Days) -> int:
    return (days[1] - days[0]).days


def _without(days: _Days, spans: Iterable[Span]) -> list[_Days]:
    """The parts of some days that none of some spans holds, in order."""
    start, end = days
    parts = []
    for first, last in sorted(map(_stretch, spans)):
        if start < min(first, end):
            parts.append((start, min(first, end)))
        start = max(start, last)
    return [*parts, (start, end)] if start < end else parts


def _shared(parts: Sequence[_Days], days: _Days) -> list[_Days]:
    """The days that some parts share with some days; the parts are in order, with gaps between."""
    first = max(0, bisect_right(parts, (days[0], _NEVER)) - 1)
    near = parts[first : bisect_left(parts, (days[1], days[1]))]
    both = [(max(one[0], days[0]), min(one[1], days[1])) for one in near]
    return [(start, end) for start, end in both if start < end]
