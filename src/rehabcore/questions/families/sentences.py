"""Questions about sentences: how long, how much is served and left, when release is possible."""

from collections.abc import Iterable
from datetime import date
from functools import partial

from attrs import evolve

from rehabcore.questions.counting.sentence_days import (
    Between,
    anchor,
    any_sentence,
    latest_day,
    of_each,
)
from rehabcore.questions.question import CountryWords, Question, ids
from rehabcore.records import CaseFile, Sentence
from rehabcore.rules.criteria import Asked
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
)
from rehabcore.rules.time.days import UNSURE, Term
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import UnknownKind
from rehabcore.rules.well_formed import share

_BY_COURTS = ("court", "registry_of_convicts")
_FULL, _MINIMUM = "full", "minimum"


def questions(_: CountryWords) -> Iterable[Question]:
    """The questions of this family."""
    yield from _days_ahead()
    yield from _what_runs()


def _days_ahead() -> Iterable[Question]:
    yield Question(
        Fact(
            name="sentence_remaining",
            shape=Shape.REMAINING,
            about=(
                "Time until the last day of the last sentence has passed; endless for a life term."
            ),
            unit="calendar time",
            answered_by=_BY_COURTS,
        ),
        _sentence_remaining,
    )
    yield Question(
        Fact(
            name="time_to_earliest_release",
            shape=Shape.REMAINING,
            about="Time until the earliest day on which every running sentence allows release.",
            unit="calendar time",
            answered_by=_BY_COURTS,
        ),
        _time_to_earliest_release,
    )
    yield Question(
        Fact(
            name="time_to_share_served",
            shape=Shape.REMAINING,
            parameters=(
                Parameter(name="share", takes=Takes.SHARE),
                Parameter(name="term", codes=(_FULL, _MINIMUM)),
            ),
            about=(
                "Time until a share of every sentence, full or until earliest release, is served."
            ),
            unit="calendar time",
            answered_by=_BY_COURTS,
        ),
        _time_to_share_served,
    )


def _what_runs() -> Iterable[Question]:
    yield Question(
        Fact(
            name="time_served",
            shape=Shape.ELAPSED,
            about=(
                "Time since the first day of the running sentences; less "
                "than any term if none runs."
            ),
            unit="calendar time",
            answered_by=_BY_COURTS,
        ),
        time_served,
    )
    yield Question(
        Fact(
            name="sentences",
            shape=Shape.COUNT,
            about="How many sentences have begun, ended ones included.",
            unit="sentences",
            absence=Absence.NONE,
            answered_by=_BY_COURTS,
        ),
        _sentences,
    )
    yield Question(
        Fact(
            name="life_sentence",
            shape=Shape.FLAG,
            about="Whether any sentence that has begun is for life.",
            answered_by=_BY_COURTS,
        ),
        _life_sentence,
    )
    yield Question(
        Fact(
            name="sentence_within",
            shape=Shape.FLAG,
            parameters=(Parameter(name="length"),),
            about="Whether no running sentence is longer than a term laid from its first day.",
            answered_by=_BY_COURTS,
        ),
        partial(_no_longer, True),
    )
    yield Question(
        Fact(
            name="sentence_under",
            shape=Shape.FLAG,
            parameters=(Parameter(name="length"),),
            about="Whether every running sentence is shorter than a term laid from its first day.",
            answered_by=_BY_COURTS,
        ),
        partial(_no_longer, False),
    )


# --- days ahead --------------------------------------------------------------------------


def _sentence_remaining(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """The latest end of all sentences."""
    if not view.sentences:
        return Timeline.constant(asked.fact.absent())
    return Timeline.constant(latest_day(view.sentences, Between.end_of))


def _time_to_earliest_release(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """The latest of the earliest releases of sentences that have not ended.

    If a sentence may have ended, the day lies between two: the latest of those that certainly run,
    and the latest of all.
    """

    def cell(day: date) -> Cell:
        may, sure = _not_ended(view, day)
        if not may:
            return asked.fact.absent()
        if not sure:
            return _perhaps_ended(may)
        each, certain = of_each(may, Between.release_of), of_each(sure, Between.release_of)
        low, high = max(b.low for b in certain.values()), max(b.high for b in each.values())
        return anchor(low, high, may, Between.release_of)

    return Timeline.of_changes(_last_days(view), cell)


def _time_to_share_served(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """The latest of the days on which a share of each sentence has been served."""
    part = share(asked["share"])
    whole = Between.end_of if asked["term"] == _FULL else Between.release_of

    def day_of(sentence: Sentence) -> Between:
        return whole(sentence).after_share(sentence.start, part)

    if not view.sentences:
        return Timeline.constant(asked.fact.absent())
    return Timeline.constant(latest_day(view.sentences, day_of))


def _not_ended(view: CaseFile, day: date) -> tuple[list[Sentence], list[Sentence]]:
    """The sentences not ended by a day according to some source, and according to all sources.

    A sentence whose end nobody recorded is taken to go on.
    """
    ends = of_each(view.sentences, Between.end_of)
    may = [s for s in view.sentences if day < ends[s.start].high]
    untold = {s.start for s in may if s.end is UNSURE and ends[s.start].high == date.max}
    return may, [s for s in may if day < ends[s.start].low or s.start in untold]


def _perhaps_ended(may: list[Sentence]) -> Unknown:
    """The cell of a day on which sources disagree whether any sentence runs."""
    return Unknown(UnknownKind.DISPUTED, evidence=ids(may))


def _last_days(view: CaseFile) -> Iterable[date]:
    ends = of_each(view.sentences, Between.end_of).values()
    return (day for end in ends for day in (end.low, end.high) if day < date.max)


# --- what runs ----------------------------------------------------------------------------


def time_served(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """The first day of the running sentences; between two days if one only may be running."""
    if not view.sentences:
        return Timeline.constant(asked.fact.absent())
    ends = of_each(view.sentences, Between.end_of)

    def cell(day: date) -> Cell:
        may = [start for start, end in ends.items() if start <= day < end.high]
        sure = [start for start, end in ends.items() if start <= day < end.low]
        running = [s for s in view.sentences if s.start in may]
        if not may:
            return Known(NEVER, evidence=ids(view.sentences))
        return anchor(min(may), min(sure, default=date.max), running, Between.end_of)

    days = {*ends, *(day for end in ends.values() for day in (end.low, end.high))}
    return Timeline.of_changes(days - {date.max}, cell)


def _sentences(_: Asked, view: CaseFile) -> Timeline[Cell]:
    """The number of sentences with different first days."""
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
        return any_sentence(begun, lambda _, end: end == date.max) if begun else asked.fact.absent()

    return Timeline.of_changes({sentence.start for sentence in view.sentences}, cell)


def _no_longer(or_equal: bool, asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """Whether no sentence that has not ended is too long: longer than a term, or as long.

    ``or_equal`` lets a sentence be exactly as long.
    """
    length = Term.parse(asked["length"])

    def too_long(start: date, end: date) -> bool:
        longest = length.after(start)
        return longest < end if or_equal else longest <= end

    def cell(day: date) -> Cell:
        may, sure = _not_ended(view, day)
        if not may:
            return asked.fact.absent()
        if not sure:
            return _perhaps_ended(may)
        some, certain = any_sentence(may, too_long), any_sentence(sure, too_long)
        if isinstance(certain, Known) and certain.value:
            return evolve(certain, value=False)
        if isinstance(some, Known) and not some.value:
            return evolve(some, value=True)
        return some if isinstance(some, Unknown) else _perhaps_ended(may)

    return Timeline.of_changes(_last_days(view), cell)
