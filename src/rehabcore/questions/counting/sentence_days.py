"""Days of sentences that several sources report: the end, the release, a share that is served.

A sentence is identified by its first day. Reports of several sources about one sentence are
compared; a source that does not know a day does not contradict one that does. A day that is not
certain lies between two days.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from attrs import frozen

from rehabcore.questions.question import ids
from rehabcore.records import Sentence
from rehabcore.rules.facts import NEVER, Cell, Known, Unknown, Value
from rehabcore.rules.time.days import ONE_DAY, UNSURE, End
from rehabcore.rules.truth import UnknownKind


@frozen
class Between:
    """The earliest and the latest that a day of a sentence can be; ``date.max`` for never."""

    low: date
    high: date

    @classmethod
    def end_of(cls, sentence: Sentence) -> "Between":
        """The first day after the sentence; never for life."""
        if sentence.end is UNSURE:
            return cls(sentence.start + ONE_DAY, date.max)
        return cls(_day(sentence.end), _day(sentence.end))

    @classmethod
    def release_of(cls, sentence: Sentence) -> "Between":
        """The earliest release; if it is not stated, from the first day to the end."""
        if sentence.earliest_release is None:
            return cls(sentence.start, cls.end_of(sentence).high)
        return cls(sentence.earliest_release, sentence.earliest_release)

    def after_share(self, start: date, part: Fraction) -> "Between":
        """The day on which a part of the term from ``start`` is served; parts of a day round up."""
        served = (_part_served(start, day, part) for day in (self.low, self.high))
        return Between(*served)


def _day(end: End) -> date:
    return end if isinstance(end, date) else date.max


def _part_served(start: date, end: date, part: Fraction) -> date:
    if end == date.max:
        return end
    return start + timedelta(days=ceil(part * (end - start).days))


def of_each(
    sentences: Iterable[Sentence], day_of: Callable[[Sentence], Between]
) -> dict[date, Between]:
    """A day of each sentence, by the sentence's first day, from the reports of all sources.

    If one source has two sentences with one first day, the later day counts.
    """
    said: dict[date, dict[str, Between]] = defaultdict(dict)
    for sentence in sentences:
        source, found = sentence.filed.source, day_of(sentence)
        before = said[sentence.start].get(source, found)
        latest = Between(max(found.low, before.low), max(found.high, before.high))
        said[sentence.start][source] = latest
    # Sources that know the day outvote those that do not: not knowing contradicts nobody.
    each = {}
    for start, by_source in said.items():
        answers = [b for b in by_source.values() if b.low == b.high] or list(by_source.values())
        each[start] = Between(min(b.low for b in answers), max(b.high for b in answers))
    return each


def latest_day(sentences: Sequence[Sentence], day_of: Callable[[Sentence], Between]) -> Cell:
    """The latest of a day of all sentences, as an anchor."""
    each = of_each(sentences, day_of).values()
    low, high = max(b.low for b in each), max(b.high for b in each)
    return anchor(low, high, sentences, day_of)


def anchor(
    low: date,
    high: date,
    sentences: Iterable[Sentence],
    day_of: Callable[[Sentence], Between],
) -> Cell:
    """The cell of an anchor from ``low`` to ``high``: if they differ, missing or disputed."""
    evidence = ids(sentences)
    if low == high:
        return Known(_never(low), evidence=evidence)
    stated = all(found.low == found.high for found in map(day_of, sentences))
    kind = UnknownKind.DISPUTED if stated else UnknownKind.MISSING
    return Unknown(kind, evidence=evidence, between=(_never(low), _never(high)))


def _never(day: date) -> Value:
    return NEVER if day == date.max else day


def any_sentence(sentences: Sequence[Sentence], holds: Callable[[date, date], bool]) -> Cell:
    """Whether a test holds for the first day and the end of any sentence.

    If the test holds for two ends, it must also hold for every end between them.
    """
    each = of_each(sentences, Between.end_of).items()
    evidence = ids(sentences)
    if any(holds(start, end.low) and holds(start, end.high) for start, end in each):
        return Known(True, evidence=evidence)
    if not any(holds(start, end.low) or holds(start, end.high) for start, end in each):
        return Known(False, evidence=evidence)
    stated = all(s.end is not UNSURE for s in sentences)
    return Unknown(UnknownKind.DISPUTED if stated else UnknownKind.MISSING, evidence=evidence)
