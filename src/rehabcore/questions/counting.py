"""Counting what lies in a window: exactly where everything is known, else between two numbers."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from attrs import frozen

from rehabcore.questions.family import ids
from rehabcore.records import Record
from rehabcore.rules.facts import Assumption, Cell, Known, Unknown
from rehabcore.rules.timelines import Timeline
from rehabcore.rules.truth import UnknownKind


@frozen
class Counted:
    """A record that counts from ``start`` up to, and not including, ``end``; None for never.

    ``day`` is the day on which it happened. ``unsure`` says why it is not certain that it counts;
    None if it is.
    """

    record: Record
    day: date | None
    start: date
    end: date | None
    unsure: UnknownKind | None = None


def count(counted: Iterable[Counted]) -> Timeline[Cell]:
    """How many records count on a day; what several sources report of one day counts once.

    Where it is not certain of all of them, the number lies between those that certainly count and
    all that may.
    """
    listed = list(counted)

    def cell(day: date) -> Cell:
        here = [one for one in listed if one.start <= day and (one.end is None or day < one.end)]
        evidence = ids(one.record for one in here)
        least, most = _number(one for one in here if one.unsure is None), _number(here)
        if least == most:
            return Known(most, evidence=evidence, assumption=Assumption.NONE_ON_FILE)
        kind = next(kind for kind in UnknownKind if any(one.unsure is kind for one in here))
        return Unknown(kind, evidence=evidence, between=(least, most))

    edges = (day for one in listed for day in (one.start, one.end) if day is not None)
    return Timeline.of_changes(edges, cell)


def _number(counted: Iterable[Counted]) -> int:
    most: dict[date | None, int] = {}
    by_source = Counter((one.day, one.record.filed.source) for one in counted)
    for (day, _), number in by_source.items():
        most[day] = max(number, most.get(day, 0))
    return sum(most.values())
