"""Sentences: how long they are, how much of them is served and left, when release is possible.

Sentences are told apart by their first day. What several sources say of one sentence is compared;
a source that does not know leaves it to those that do.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from attrs import evolve, frozen

from rehabcore.questions.family import Reading, Words, ids
from rehabcore.records import CaseFile, Sentence
from rehabcore.rules.criteria import Asked
from rehabcore.rules.days import ONE_DAY, UNSURE, End, Term
from rehabcore.rules.facts import (
    NEVER,
    Absence,
    Assumption,
    Cell,
    Fact,
    Known,
    Parameter,
    Shape,
    Takes,
    Unknown,
    Value,
)
from rehabcore.rules.timelines import Timeline
from rehabcore.rules.truth import UnknownKind
from rehabcore.rules.well_formed import share

_BY_COURTS = ("court", "registry_of_convicts")
_FULL, _MINIMUM = "full", "minimum"


def declare(_: Words) -> Iterable[Fact]:
    """The facts of this family."""
    yield Fact(
        name="sentence_remaining",
        shape=Shape.REMAINING,
        about="Time until the last day of the last sentence has passed; endless for a life term.",
        unit="calendar time",
        answered_by=_BY_COURTS,
    )
    yield Fact(
        name="time_to_earliest_release",
        shape=Shape.REMAINING,
        about="Time until the earliest day on which every running sentence allows release.",
        unit="calendar time",
        answered_by=_BY_COURTS,
    )
    yield Fact(
        name="time_to_share_served",
        shape=Shape.REMAINING,
        parameters=(
            Parameter(name="share", takes=Takes.SHARE),
            Parameter(name="term", codes=(_FULL, _MINIMUM)),
        ),
        about="Time until a share of every sentence, full or until earliest release, is served.",
        unit="calendar time",
        answered_by=_BY_COURTS,
    )
    yield Fact(
        name="time_served",
        shape=Shape.ELAPSED,
        about="Time since the first day of the running sentences; less than any term if none runs.",
        unit="calendar time",
        answered_by=_BY_COURTS,
    )
    yield Fact(
        name="sentences",
        shape=Shape.COUNT,
        about="How many sentences have begun, ended ones included.",
        unit="sentences",
        absence=Absence.NONE,
        answered_by=_BY_COURTS,
    )
    yield Fact(
        name="life_sentence",
        shape=Shape.FLAG,
        about="Whether any sentence that has begun is for life.",
        answered_by=_BY_COURTS,
    )
    yield Fact(
        name="sentence_within",
        shape=Shape.FLAG,
        parameters=(Parameter(name="length"),),
        about="Whether no running sentence is longer than a term laid from its first day.",
        answered_by=_BY_COURTS,
    )
    yield Fact(
        name="sentence_under",
        shape=Shape.FLAG,
        parameters=(Parameter(name="length"),),
        about="Whether every running sentence is shorter than a term laid from its first day.",
        answered_by=_BY_COURTS,
    )


# --- days of sentences --------------------------------------------------------------------


@frozen
class _Between:
    """The earliest and the latest that a day of a sentence can be; ``date.max`` for never."""

    low: date
    high: date

    @classmethod
    def end_of(cls, sentence: Sentence) -> "_Between":
        """The first day after the sentence; never for life."""
        if sentence.end is UNSURE:
            return cls(sentence.start + ONE_DAY, date.max)
        return cls(_day(sentence.end), _day(sentence.end))

    @classmethod
    def release_of(cls, sentence: Sentence) -> "_Between":
        """The earliest release; if it is not stated, from the first day to the end."""
        if sentence.earliest_release is None:
            return cls(sentence.start, cls.end_of(sentence).high)
        return cls(sentence.earliest_release, sentence.earliest_release)

    def after_share(self, start: date, part: Fraction) -> "_Between":
        """When a part of the term from ``start`` is served; a whole day counts once it is begun."""
        served = (_part_served(start, day, part) for day in (self.low, self.high))
        return _Between(*served)


def _day(end: End) -> date:
    return end if isinstance(end, date) else date.max


def _part_served(start: date, end: date, part: Fraction) -> date:
    if end == date.max:
        return end
    return start + timedelta(days=ceil(part * (end - start).days))


def _of_each(
    sentences: Iterable[Sentence], day_of: Callable[[Sentence], _Between]
) -> dict[date, _Between]:
    """A day of each sentence, by its first day, from what every source says of it.

    One source with two sentences of one first day means the later.
    """
    said: dict[date, dict[str, _Between]] = defaultdict(dict)
    for sentence in sentences:
        source, found = sentence.filed.source, day_of(sentence)
        before = said[sentence.start].get(source, found)
        latest = _Between(max(found.low, before.low), max(found.high, before.high))
        said[sentence.start][source] = latest
    each = {}
    for start, by_source in said.items():
        answers = [b for b in by_source.values() if b.low == b.high] or list(by_source.values())
        each[start] = _Between(min(b.low for b in answers), max(b.high for b in answers))
    return each


def _latest(sentences: Sequence[Sentence], day_of: Callable[[Sentence], _Between]) -> Cell:
    """The latest of a day of all sentences, as an anchor."""
    each = _of_each(sentences, day_of).values()
    low, high = max(b.low for b in each), max(b.high for b in each)
    return _anchor(low, high, sentences, day_of)


def _anchor(
    low: date,
    high: date,
    sentences: Iterable[Sentence],
    day_of: Callable[[Sentence], _Between],
) -> Cell:
    """An anchor from ``low`` to ``high``: missing if a sentence leaves it open, or disputed."""
    evidence = ids(sentences)
    if low == high:
        return Known(_never(low), evidence=evidence)
    stated = all(found.low == found.high for found in map(day_of, sentences))
    kind = UnknownKind.DISPUTED if stated else UnknownKind.MISSING
    return Unknown(kind, evidence=evidence, between=(_never(low), _never(high)))


def _never(day: date) -> Value:
    return NEVER if day == date.max else day


def _sentence_remaining(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """The latest end of all sentences."""
    if not view.sentences:
        return Timeline.constant(asked.fact.absent())
    return Timeline.constant(_latest(view.sentences, _Between.end_of))


def _time_to_earliest_release(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """The latest of the earliest releases of sentences that have not ended."""

    def cell(day: date) -> Cell:
        running = _not_ended(view, day)
        return _latest(running, _Between.release_of) if running else asked.fact.absent()

    return Timeline.of_changes(_last_days(view), cell)


def _time_to_share_served(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """The latest of the days on which a share of each sentence has been served."""
    part = share(asked["share"])
    whole = _Between.end_of if asked["term"] == _FULL else _Between.release_of

    def day_of(sentence: Sentence) -> _Between:
        return whole(sentence).after_share(sentence.start, part)

    if not view.sentences:
        return Timeline.constant(asked.fact.absent())
    return Timeline.constant(_latest(view.sentences, day_of))


def _not_ended(view: CaseFile, day: date) -> list[Sentence]:
    return [s for s in view.sentences if day < _Between.end_of(s).high]


def _last_days(view: CaseFile) -> Iterable[date]:
    return (s.end for s in view.sentences if isinstance(s.end, date))


# --- what runs ----------------------------------------------------------------------------


def time_served(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """The first day of the sentences that run, from the earliest that may to one that does."""
    if not view.sentences:
        return Timeline.constant(asked.fact.absent())
    ends = _of_each(view.sentences, _Between.end_of)

    def cell(day: date) -> Cell:
        may = [start for start, end in ends.items() if start <= day < end.high]
        sure = [start for start, end in ends.items() if start <= day < end.low]
        running = [s for s in view.sentences if s.start in may]
        if not may:
            return Known(NEVER, evidence=ids(view.sentences))
        return _anchor(min(may), min(sure, default=date.max), running, _Between.end_of)

    days = {*ends, *(day for end in ends.values() for day in (end.low, end.high))}
    return Timeline.of_changes(days - {date.max}, cell)


def _sentences(_: Asked, view: CaseFile) -> Timeline[Cell]:
    """Sentences with different first days."""
    starts = {sentence.start for sentence in view.sentences}

    def cell(day: date) -> Cell:
        begun = [sentence for sentence in view.sentences if sentence.start <= day]
        number = len({sentence.start for sentence in begun})
        return Known(number, evidence=ids(begun), assumption=Assumption.NONE_ON_FILE)

    return Timeline.of_changes(starts, cell)


def _life_sentence(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """Whether the last day of any sentence never comes."""

    def cell(day: date) -> Cell:
        begun = [sentence for sentence in view.sentences if sentence.start <= day]
        return _any(begun, lambda _, end: end == date.max) if begun else asked.fact.absent()

    return Timeline.of_changes({sentence.start for sentence in view.sentences}, cell)


def _no_longer(*, or_equal: bool) -> Reading:
    """Whether every sentence that has not ended keeps to a length."""

    def reading(asked: Asked, view: CaseFile) -> Timeline[Cell]:
        length = Term.parse(asked["length"])

        def too_long(start: date, end: date) -> bool:
            longest = length.after(start)
            return longest < end if or_equal else longest <= end

        def cell(day: date) -> Cell:
            running = _not_ended(view, day)
            longer = _any(running, too_long) if running else asked.fact.absent()
            return evolve(longer, value=not longer.value) if isinstance(longer, Known) else longer

        return Timeline.of_changes(_last_days(view), cell)

    return reading


def _any(sentences: Sequence[Sentence], holds: Callable[[date, date], bool]) -> Cell:
    """Whether something holds of the first day and the end of any sentence.

    It must be such that it holds of every end between two of which it holds.
    """
    each = _of_each(sentences, _Between.end_of).items()
    evidence = ids(sentences)
    if any(holds(start, end.low) and holds(start, end.high) for start, end in each):
        return Known(True, evidence=evidence)
    if not any(holds(start, end.low) or holds(start, end.high) for start, end in each):
        return Known(False, evidence=evidence)
    stated = all(s.end is not UNSURE for s in sentences)
    return Unknown(UnknownKind.DISPUTED if stated else UnknownKind.MISSING, evidence=evidence)


READINGS: dict[str, Reading] = {
    "sentence_remaining": _sentence_remaining,
    "time_to_earliest_release": _time_to_earliest_release,
    "time_to_share_served": _time_to_share_served,
    "time_served": time_served,
    "sentences": _sentences,
    "life_sentence": _life_sentence,
    "sentence_within": _no_longer(or_equal=True),
    "sentence_under": _no_longer(or_equal=False),
}
