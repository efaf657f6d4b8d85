"""Counting records, each over days of its own: exactly, or between two numbers.

Where what is counted only happened on some day, and ages from it, ``windows`` counts it. Here a
record may begin to count on another day than that on which it happened, as when it is decided on.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from attrs import frozen

from rehabcore.questions.question import ids
from rehabcore.records import Record
from rehabcore.rules.facts import Assumption, Cell, Known, Unknown
from rehabcore.rules.time.timelines import Timeline
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


Told = Mapping[date | None, Mapping[str, Sequence[Record]]]
"""All that is told of what is counted, by the day on which it happened and the source."""


def by_day_and_source(records: Iterable[tuple[date, Record]]) -> Told:
    """What sources tell of each day, whether or not it counts."""
    told: dict[date | None, dict[str, list[Record]]] = defaultdict(lambda: defaultdict(list))
    for day, record in records:
        told[day][record.filed.source].append(record)
    return told


def count(counted: Iterable[Counted], told: Told | None = None) -> Timeline[Cell]:
    """How many records count on a day; what several sources report of one day counts once.

    Where it is not certain of all of them, the number lies between those that certainly count and
    all that may. A source that tells of a day what does not count disputes what another tells.
    """
    listed, tells = list(counted), told or {}

    def cell(day: date) -> Cell:
        here = [one for one in listed if one.start <= day and (one.end is None or day < one.end)]
        evidence = ids(one.record for one in here)
        may = Counter((one.day, one.record.filed.source) for one in here)
        sure = Counter((one.day, one.record.filed.source) for one in here if one.unsure is None)
        most, surely, least = _number(may), _number(sure), _undisputed(sure, may, tells)
        if least == most:
            return Known(most, evidence=evidence, assumption=Assumption.NONE_ON_FILE)
        if least < surely:
            days = {on for on, _ in may}
            against = (r for on in days for rs in tells[on].values() for r in rs)
            evidence = tuple(sorted({*evidence, *ids(against)}))
        kinds = {one.unsure for one in here if one.unsure is not None}
        kind = next((kind for kind in UnknownKind if kind in kinds), UnknownKind.DISPUTED)
        return Unknown(kind, evidence=evidence, between=(least, most))

    edges = (day for one in listed for day in (one.start, one.end) if day is not None)
    return Timeline.of_changes(edges, cell)


Numbers = Counter[tuple[date | None, str]]
"""How many records, by day and source."""


def _number(numbers: Numbers) -> int:
    most: dict[date | None, int] = {}
    for (day, _), number in numbers.items():
        most[day] = max(number, most.get(day, 0))
    return sum(most.values())


def _undisputed(sure: Numbers, may: Numbers, told: Told) -> int:
    """As many as certainly count even if every other source is right in what it tells."""
    most: dict[date | None, int] = {}
    for (day, source), number in sure.items():
        against = (
            len(records) - may[day, other]
            for other, records in told.get(day, {}).items()
            if other != source
        )
        most[day] = max(number - max(against, default=0), most.get(day, 0))
    return sum(most.values())
