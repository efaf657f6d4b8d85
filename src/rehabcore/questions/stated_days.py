"""One day as several sources state it, such as that of birth: known, or between two others."""

from collections.abc import Iterable

from rehabcore.questions.question import ids
from rehabcore.records import Record
from rehabcore.rules.facts import NEVER, Cell, Forever, Known, Unknown, place
from rehabcore.rules.time.partial import Day, first_of, last_of
from rehabcore.rules.truth import UnknownKind


def stated_day(stated: Iterable[tuple[Record, Day | Forever]], absent: Cell) -> Cell:
    """The day on which all sources can be right; if there is none, it is disputed.

    A source that knows only the year and one that knows a day of it do not contradict each other.
    A disputed day lies between the first and the last that any source holds possible.
    """
    listed = list(stated)
    if not listed:
        return absent
    evidence = ids(record for record, _ in listed)
    firsts = sorted((day if day is NEVER else first_of(day) for _, day in listed), key=place)
    lasts = sorted((day if day is NEVER else last_of(day) for _, day in listed), key=place)
    if firsts[-1] == lasts[0]:
        return Known(lasts[0], evidence=evidence)
    if place(firsts[-1]) < place(lasts[0]):
        between = (firsts[-1], lasts[0])
        return Unknown(UnknownKind.MISSING, evidence=evidence, between=between)
    between = (firsts[0], lasts[-1])
    return Unknown(UnknownKind.DISPUTED, evidence=evidence, between=between)
