"""Sentences: how much of them is left, and when release is possible."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from rehabcore.questions.family import Reading, Words, ids
from rehabcore.records import CaseFile
from rehabcore.rules.criteria import Asked
from rehabcore.rules.days import OPEN, UNSURE, End
from rehabcore.rules.facts import NEVER, Cell, Fact, Known, Shape, Unknown
from rehabcore.rules.timelines import Timeline
from rehabcore.rules.truth import UnknownKind

_SAID_BY_COURTS = ("court", "registry_of_convicts")


def declare(_: Words) -> Iterable[Fact]:
    """The facts of this family."""
    yield Fact(
        name="sentence_remaining",
        shape=Shape.REMAINING,
        about="Time until the last day of the last sentence has passed; endless for a life term.",
        unit="calendar time",
        answered_by=_SAID_BY_COURTS,
    )
    yield Fact(
        name="time_to_earliest_release",
        shape=Shape.REMAINING,
        about="Time until the earliest day on which every running sentence allows release.",
        unit="calendar time",
        answered_by=_SAID_BY_COURTS,
    )


def _sentence_remaining(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """The latest end of all sentences; endless if one is open, unknown if one is unsure."""
    if not view.sentences:
        return Timeline.constant(asked.fact.absent())
    evidence = ids(view.sentences)
    ends = {(s.start, s.filed.source, s.end) for s in view.sentences}
    known = [(start, source, _day(end)) for start, source, end in ends if end is not UNSURE]
    latest = _latest(known, evidence)
    if len(known) < len(ends) and latest != Known(NEVER, evidence=evidence):
        latest = Unknown(UnknownKind.MISSING, evidence=evidence)
    return Timeline.constant(latest)


def _time_to_earliest_release(_: Asked, view: CaseFile) -> Timeline[Cell]:
    """The latest of the earliest release days; unknown unless every running sentence has one."""

    def cell(day: date) -> Cell:
        running = [s for s in view.sentences if s.end is OPEN or s.end is UNSURE or day < s.end]
        known = [
            (s.start, s.filed.source, s.earliest_release)
            for s in running
            if s.earliest_release is not None
        ]
        if not known or len(known) < len(running):
            return Unknown(UnknownKind.MISSING, evidence=ids(running))
        return _latest(known, ids(running))

    ends = (sentence.end for sentence in view.sentences)
    return Timeline.of_changes((end for end in ends if isinstance(end, date)), cell)


def _day(end: End) -> date:
    return end if isinstance(end, date) else date.max


def _latest(stated: list[tuple[date, str, date]], evidence: tuple[str, ...]) -> Cell:
    """The latest of the days that sources state for sentences, told apart by their first day.

    Where sources state different days of one sentence, the latest of all is disputed unless it is
    the same whichever of them is right.
    """
    by_sentence: dict[date, dict[str, date]] = defaultdict(dict)
    for start, source, day in stated:
        by_sentence[start][source] = max(day, by_sentence[start].get(source, day))
    earliest = max((min(days.values()) for days in by_sentence.values()), default=date.min)
    latest = max((max(days.values()) for days in by_sentence.values()), default=date.min)
    if earliest != latest:
        return Unknown(UnknownKind.DISPUTED, evidence=evidence)
    return Known(NEVER if latest == date.max else latest, evidence=evidence)


READINGS: dict[str, Reading] = {
    "sentence_remaining": _sentence_remaining,
    "time_to_earliest_release": _time_to_earliest_release,
}
