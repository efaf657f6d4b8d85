"""From when to when something holds that one act began and another act ends."""

from collections.abc import Iterable, Iterator
from datetime import date

from rehabcore.rules.facts import Value
from rehabcore.rules.judging.settling import Claim
from rehabcore.rules.time.acts import Acts, DatedAct
from rehabcore.rules.time.days import OPEN, Span
from rehabcore.rules.time.partial import Day, first_of, last_of
from rehabcore.rules.truth import UnknownKind


def lasting(
    record_id: str,
    act: DatedAct,
    ends: Iterable[Day],
    against: Acts,
    *,
    unsure_from: date = date.max,
) -> Iterator[Claim]:
    """The claims that what an act began still holds.

    Between the first and the last day on which it may begin or end, it is missing. If an act
    against it may have come later, but nobody knows so, it is disputed from then on.

    Args:
        record_id: the record of the act.
        act: the act.
        ends: days on which it ends, of which the first counts.
        against: acts that may have come later.
        unsure_from: a day from which nobody knows whether it has ended.
    """
    listed = list(ends)
    begun, until = last_of(act.on), min(map(last_of, listed), default=date.max)
    sure_until = min((*map(first_of, listed), unsure_from))
    disputed = against.perhaps_after(act) or date.max
    yield from _claim(record_id, UnknownKind.MISSING, first_of(act.on), min(begun, until))
    yield from _claim(record_id, True, begun, min(disputed, sure_until))
    yield from _claim(record_id, UnknownKind.DISPUTED, max(begun, disputed), sure_until)
    yield from _claim(record_id, UnknownKind.MISSING, max(begun, sure_until), until)


def _claim(record_id: str, says: Value | UnknownKind, start: date, end: date) -> Iterator[Claim]:
    if start < end:
        yield Claim(record_id, Span(start, OPEN if end == date.max else end), says)
