"""Findings of one thing on known days, each until the next one or its expiry."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import date

from rehabcore.questions.plain.gathered import Gathered
from rehabcore.records import CaseFile
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import Cell, Known, Unknown
from rehabcore.rules.judging.findings import Said
from rehabcore.rules.time.days import OPEN
from rehabcore.rules.time.partial import Day, PartialEnd
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.frozen import frozen

Found = tuple[Said, date, str]
"""A finding: its value, the first day on which it no longer counts, and its record."""


@frozen
class DatedFindings:
    """Findings of one thing by the days on which they were made, in order.

    ``found`` holds the finding of each day; None where there are several, whose order matters.
    """

    days: tuple[date, ...]
    found: tuple[Found | None, ...]

    def place(self, day: date) -> int | None:
        """The place of the newest day by a day; None if there is none."""
        return bisect_right(self.days, day) - 1 if self.days and self.days[0] <= day else None

    def cell(self, day: date, absent: Cell) -> Cell | None:
        """The cell of the newest one by a day; None if it is not plain which one is the newest."""
        place = self.place(day)
        if place is None:
            return absent
        found = self.found[place]
        if found is None:
            return None
        says, expires, own = found
        if expires <= day:
            return Unknown(UnknownKind.STALE, evidence=(own,))
        if isinstance(says, UnknownKind):
            return Unknown(says, evidence=(own,))
        return Known(says, evidence=(own,))


Made = tuple[Hashable, str | None, str, Day, Said, PartialEnd]
"""A finding: its thing, its series, its record, its day, what it says, and when that expires.

Within a series a newer finding replaces an older one; None where somebody has to weigh it."""

FindingsByThing = Mapping[Hashable, DatedFindings | None]
"""The findings of each thing; None where they leave something to weigh."""


def by_thing(made: Iterable[Made]) -> FindingsByThing:
    """Findings by their thing, each in the order of their days."""
    listed: dict[Hashable, list[Made]] = defaultdict(list)
    for one in made:
        listed[one[0]].append(one)
    return {thing: _in_order(of_thing) for thing, of_thing in listed.items()}


def _in_order(made: list[Made]) -> DatedFindings | None:
    """The findings of one thing; None if a day is not known, or they are of two series."""
    series = made[0][1]
    by_day: dict[date, Found | None] = {}
    for _, own_series, record_id, on, says, expires in made:
        until = date.max if expires is OPEN else expires
        if own_series is None or own_series != series:
            return None
        if not isinstance(on, date) or not isinstance(until, date):
            return None
        by_day[on] = None if on in by_day else (says, until, record_id)
    days = sorted(by_day)
    return DatedFindings(tuple(days), tuple(map(by_day.__getitem__, days)))


def newest_finding(
    told: Callable[[CaseFile], FindingsByThing],
    thing: Hashable,
    asked: Asked,
    gathered: Gathered,
    day: date,
) -> Cell | None:
    """The cell of the newest finding of a thing."""
    found = gathered.of(told).get(thing, NO_FINDINGS)
    return None if found is None else found.cell(day, asked.fact.absent())


def newest_finding_of(
    told: Callable[[CaseFile], FindingsByThing],
    parameter: str,
    asked: Asked,
    gathered: Gathered,
    day: date,
) -> Cell | None:
    """The same, of the thing that a parameter names."""
    return newest_finding(told, asked[parameter] or None, asked, gathered, day)


NO_FINDINGS = DatedFindings((), ())
