"""The order of the acts that one office dates to one day.

It is the sequence in their filings, or else that of the days on which they were recorded. The place
of a record in the file never tells it.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from rehabcore.records.care import Completion, Consent
from rehabcore.records.case_file import Record
from rehabcore.records.fields import FIRST_DAY, fields_with
from rehabcore.records.filing import Filed
from rehabcore.rules.time.acts import DatedAct
from rehabcore.rules.time.partial import Day
from rehabcore.strict.problems import Problem


def dated_act(filed: Filed, on: Day) -> DatedAct:
    """The place in time of an act, by the filing of its record and the day of the act."""
    # A numbered act and one without a number are not compared: mixing the two ways could lead in
    # a circle.
    if filed.sequence is not None:
        return DatedAct(on, (filed.source, True), filed.sequence)
    recorded, row = filed.recorded_on.toordinal(), (filed.source, False)
    # What a correction tells may have been recorded long before, with what it corrects.
    return DatedAct(on, row, recorded) if filed.corrects is None else DatedAct(on, row, recorded, 0)


def numbered_twice(entries: Iterable[tuple[str, Record]]) -> Iterator[Problem]:
    """The problems of acts of one kind to which one source gives the same place on one day.

    Args:
        entries: records with their paths in the file.
    """
    taken: dict[tuple[object, ...], str] = {}
    for path, record in entries:
        filed = record.filed
        if filed.sequence is None:
            continue
        for day in _days_of_acts(record):
            kind = type(record), getattr(record, "kind", None)
            if taken.setdefault((kind, filed.source, filed.sequence, day), path) != path:
                expected = "another number than its other acts of this kind have on the day"
                place = f"{path}.filed.sequence"
                yield Problem.of(filed.sequence, "two_at_once", expected, path=place)
                break


def _days_of_acts(record: Record) -> Iterator[date]:
    """The days of the acts that a record tells, where they are known."""
    days = [getattr(record, field.name) for field in fields_with(record, FIRST_DAY)]
    if isinstance(record, Consent):
        days.append(record.withdrawn)
    if isinstance(record, Completion):
        days.append(record.ended_on)
    yield from (day for day in days if isinstance(day, date))
