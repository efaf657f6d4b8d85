"""Days of sentences: bounds of what records state, and a share of the term that is served."""

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from rehabcore.records import Sentence
from rehabcore.rules.evidence import Ids
from rehabcore.rules.facts import NEVER, Cell, Known, Unknown, Value
from rehabcore.rules.time.days import ONE_DAY, OPEN, UNSURE
from rehabcore.rules.time.partial import Day, first_of, last_of
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.frozen import frozen


@frozen
class Between:
    """The earliest and the latest that a day of a sentence can be; ``date.max`` for never."""

    low: date
    high: date

    @classmethod
    def of_day(cls, day: Day) -> "Between":
        """A day that one record states."""
        return cls(first_of(day), last_of(day))

    @classmethod
    def start_of(cls, sentence: Sentence) -> "Between":
        """The first day, which is before the end."""
        last = sentence.end if isinstance(sentence.end, Day) else date.max
        return cls(first_of(sentence.start), min(last_of(sentence.start), last_of(last) - ONE_DAY))

    @classmethod
    def end_of(cls, sentence: Sentence) -> "Between":
        """The first day after the sentence; never for life, any after its start if not known."""
        if sentence.end is OPEN:
            return cls(date.max, date.max)
        earliest = first_of(sentence.start) + ONE_DAY
        if sentence.end is UNSURE:
            return cls(earliest, date.max)
        return cls(max(first_of(sentence.end), earliest), last_of(sentence.end))

    @classmethod
    def agreed(cls, said: Iterable["Between"]) -> "Between":
        """A day as several records tell it, between the bounds of all that know it best.

        Whoever knows it only roughly does not contradict one who knows it better. What records
        have in common is not enough: they may tell several sentences after all.
        """
        narrow: list[Between] = []
        for one in sorted(said, key=lambda one: (-one.low.toordinal(), one.high)):
            if not narrow or one.high < narrow[-1].high:
                narrow.append(one)
        return cls(narrow[-1].low, narrow[0].high)


def part_served(start: date, end: date, part: Fraction) -> date:
    """The day on which a part of a term is served; parts of a day round up."""
    if end == date.max:
        return end
    return start + timedelta(days=ceil(part * (end - start).days))


def anchor(day: Between, evidence: Ids, doubt: UnknownKind) -> Cell:
    """The cell of a day of sentences: known if its bounds are one, else unknown for a reason."""
    if day.low == day.high:
        return Known(_never(day.low), evidence=evidence)
    return Unknown(doubt, evidence=evidence, between=(_never(day.low), _never(day.high)))


def _never(day: date) -> Value:
    return NEVER if day == date.max else day
