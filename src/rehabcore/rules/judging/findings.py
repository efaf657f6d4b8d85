"""Findings of one thing: each counts until it expires, or a newer one is made.

Of several findings of one day that are in a known order, the last one counts. Those in no known
order all count, and may contradict each other. Where the day of a finding is known in part, a value
is certain only on the days on which no finding of another value may be the newest.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property

from rehabcore.rules.facts import Value
from rehabcore.rules.judging.settling import Claim
from rehabcore.rules.time.acts import Acts, DatedAct, lowest_from
from rehabcore.rules.time.days import ONE_DAY, OPEN, UNSURE, Span
from rehabcore.rules.time.partial import Day, PartialEnd, first_of, last_of
from rehabcore.rules.truth import UnknownKind

Said = Value | UnknownKind
"""The value of a finding, or the reason why it states none."""

_Found = tuple[DatedAct, Said, PartialEnd]


class Succession:
    """Findings of one thing, of which a newer one takes the place of an older one.

    Args:
        found: of each finding when it was made, what it says, and the first day on which it no
            longer counts.
    """

    def __init__(self, found: Iterable[_Found]) -> None:
        self._found = list(found)

    @cached_property
    def _acts(self) -> Acts:
        return Acts(act for act, _, _ in self._found)

    @cached_property
    def _rivals(self) -> "_Rivals":
        return _Rivals([one for one in self._found if not self.followed_at_once(one[0])])

    def claims(
        self, record_id: str, act: DatedAct, says: Said, expires: PartialEnd
    ) -> Iterator[Claim]:
        """The claims of a finding: its value until it expires or a newer finding replaces it.

        Between its expiry and the newer finding, the fact is stale. It is missing while it may not
        have been made yet, or may have expired, and disputed while a finding that says otherwise
        may be newer. So it is once one that has expired may be newer. There is no claim if a newer
        one was certainly made on the same day.

        Args:
            record_id: the record of the finding.
            act: when it was made; it need not be one of the others.
            says: what it says.
            expires: the first day on which it no longer counts.
        """
        if self._found == [(act, says, expires)]:  # most findings are the only one of their thing
            replaced = contested = date.max
        else:
            following = self._acts.next_after(act)
            replaced = date.max if following is None else last_of(following)
            silent = isinstance(says, UnknownKind)
            contested = date.max if silent else self._rivals.contest_from(act, says)
        begun, made = first_of(act.on), last_of(act.on)
        may_expire = _may_expire(act, expires)
        certain = min(contested, may_expire)
        if expires is UNSURE and made < certain and replaced == date.max:
            yield Claim(record_id, Span(made, UNSURE), says)
            return
        expired = last_of(expires) if isinstance(expires, Day) else date.max
        for said, start, end in (
            (UnknownKind.MISSING, begun, min(made, expired)),
            (says, made, certain),
            (UnknownKind.DISPUTED, contested, may_expire),
            (UnknownKind.MISSING, max(made, may_expire), expired),
            (UnknownKind.STALE, expired, replaced),
        ):
            until = min(end, replaced)
            if start < until:
                yield Claim(record_id, Span(start, OPEN if until == date.max else until), said)

    def followed_at_once(self, act: DatedAct) -> bool:
        """Whether another finding was certainly made later on the same day."""
        return act.day is not None and self._acts.next_after(act) == act.day


class _Rivals:
    """Findings that may be the newest after another one, and say otherwise or have expired."""

    def __init__(self, counting: list[_Found]) -> None:
        counting.sort(key=lambda one: (*_by_last(one[0]), first_of(one[0].on)))
        self._lasts = [_by_last(act) for act, _, _ in counting]
        self._first_from = _lowest_two_from([(first_of(a.on), says) for a, says, _ in counting])
        self._expiry_from = lowest_from([_may_expire(act, expires) for act, _, expires in counting])
        self._said_on: dict[date | None, set[Said]] = defaultdict(set)
        self._doubt_beside: dict[tuple[date | None, str], date] = {}
        for act, says, expires in (one for one in counting if one[0].day is not None):
            # Values of one day contradict each other by themselves, but no value contradicts one
            # that states none, or that has expired.
            silent = first_of(act.on) if isinstance(says, UnknownKind) else date.max
            place, doubt = (act.day, act.row[0]), min(silent, _may_expire(act, expires))
            self._doubt_beside[place] = min(doubt, self._doubt_beside.get(place, doubt))
            self._said_on[act.day].add(says)

    def contest_from(self, act: DatedAct, says: Said) -> date:
        """The first day on which one that says otherwise, or has expired, may be the newest."""
        # Findings of a day that is known stand beside each other. Those of one office were made one
        # after the other all the same.
        contested = self._doubt_beside.get((act.day, act.row[0]), date.max)
        if act.day is None:
            rivals = bisect_left(self._lasts, (first_of(act.on), False))
        else:
            rivals = bisect_right(self._lasts, (act.day, False))
        if rivals < len(self._lasts):
            others = (first for first, other in self._first_from[rivals] if other != says)
            contested = min(contested, self._expiry_from[rivals], next(others, date.max))
            # One that says otherwise on this very day may be contested by a rival that agrees with
            # this one; then it no longer contradicts by itself.
            if self._said_on[act.day] - {says}:
                contested = last_of(act.on)
        return max(contested, last_of(act.on))


def latest(found: Iterable[tuple[str, DatedAct, Value, PartialEnd]]) -> Iterator[Claim]:
    """The claims of several findings of one thing, each until it expires or a newer one is made.

    Args:
        found: of each finding the id of its record, when it was made, its value, and the day on
            which it expires, which no longer counts.
    """
    listed = list(found)
    findings = Succession((act, says, expires) for _, act, says, expires in listed)
    for one in listed:
        yield from findings.claims(*one)


def _by_last(act: DatedAct) -> tuple[date, bool]:
    """A key that sorts by the last possible day; on it, days that are known come first."""
    return last_of(act.on), act.day is None


def _may_expire(act: DatedAct, expires: PartialEnd) -> date:
    """The first day on which a finding may have expired."""
    if isinstance(expires, Day):
        return first_of(expires)
    return date.max if expires is OPEN else first_of(act.on) + ONE_DAY


def _lowest_two_from(said: list[tuple[date, Said]]) -> list[list[tuple[date, Said]]]:
    """The lowest day, and the lowest one of another value, from each of some days on."""
    lowest: list[tuple[date, Said]] = []
    found: list[list[tuple[date, Said]]] = []
    for day, says in reversed(said):
        others = [one for one in lowest if one[1] != says]
        same = [one[0] for one in lowest if one[1] == says]
        lowest = sorted([*others, (min([*same, day]), says)], key=lambda one: one[0])[:2]
        found.append(lowest)
    return found[::-1]
