"""Questions about offences: their kinds, under running sentences or ever; how many; since when.

If no offence is on file, everything about offences is unknown. If one is, the list counts as
complete, but for sentences without any offence. An offence that nobody has coded may be of any
kind.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum

from rehabcore.questions.counting.counts import Counted, count
from rehabcore.questions.counting.sentence_days import Between, of_each
from rehabcore.questions.counting.windows import WINDOW
from rehabcore.questions.question import CountryWords, Question, ids
from rehabcore.records import CaseFile, Offence, Record, Sentence
from rehabcore.records.glossary import codes
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import (
    NEVER,
    Assumption,
    Cell,
    Fact,
    Known,
    Parameter,
    Shape,
    Takes,
    Unknown,
)
from rehabcore.rules.judging.settling import Claim, settle
from rehabcore.rules.time.ageing import Ageing
from rehabcore.rules.time.days import OPEN, UNSURE, Span, Term
from rehabcore.rules.time.partial import EARLIEST_DAY
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import UnknownKind

_SAID_BY_COURTS = ("court", "registry_of_convicts")


class Scope(StrEnum):
    """The offences that a question is about."""

    CURRENT = "current"
    """Those of sentences that run on the day."""
    EVER = "ever"
    """All offences of which the person had been convicted by the day."""


class OffenceDay(StrEnum):
    """The day from which the window of an offence runs."""

    COMMITTED = "committed"
    CONVICTED = "convicted"


def questions(words: CountryWords) -> Iterable[Question]:
    """The questions of this family."""
    if not words.glossary.offence_kinds:
        return
    kinds = Parameter(
        name="offence_kind", codes=codes(words.glossary.offence_kinds), takes=Takes.CODES
    )
    yield Question(
        Fact(
            name="offence_of",
            shape=Shape.FLAG,
            parameters=(kinds, Parameter(name="scope", codes=tuple(Scope))),
            about="Whether there is an offence of one of the kinds.",
            answered_by=_SAID_BY_COURTS,
        ),
        _offence_of,
    )
    yield Question(
        Fact(
            name="offences",
            shape=Shape.COUNT,
            parameters=(kinds, Parameter(name="counted_from", codes=tuple(OffenceDay)), *WINDOW),
            about="How many offences of the kinds lie within a term before the day.",
            unit="offences",
            answered_by=_SAID_BY_COURTS,
        ),
        _offences,
    )
    yield Question(
        Fact(
            name="time_since_offence",
            shape=Shape.ELAPSED,
            about=(
                "Time since the offence for which a sentence runs; no guess if it may be another."
            ),
            unit="calendar time",
            answered_by=_SAID_BY_COURTS,
        ),
        _time_since_offence,
    )


def _offence_of(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    absent = asked.fact.absent()
    if view.offences:
        absent = Known(False, evidence=ids(view.offences), assumption=Assumption.NONE_ON_FILE)
    return settle(_claims(asked.codes("offence_kind"), Scope(asked["scope"]), view), absent)


def _claims(kinds: frozenset[str], scope: Scope, view: CaseFile) -> Iterator[Claim]:
    """The claims of each offence, and of each sentence without one, which may be for any."""
    sentences = {sentence.filed.record_id: sentence for sentence in view.sentences}
    for offence in view.offences:
        if offence.kind is None or offence.kind in kinds:
            sentence = sentences.get(offence.sentence) if offence.sentence else None
            unsure = offence.kind is None or (scope is Scope.CURRENT and sentence is None)
            says = UnknownKind.MISSING if unsure else True
            yield Claim(offence.filed.record_id, _days(offence, sentence, scope), says)
    for sentence in _unexplained(view):
        span = Span(sentence.start, sentence.end if scope is Scope.CURRENT else OPEN)
        yield Claim(sentence.filed.record_id, span, UnknownKind.MISSING)


def _days(offence: Offence, sentence: Sentence | None, scope: Scope) -> Span | None:
    """The days on which an offence counts; None if it counts on all days."""
    if scope is Scope.CURRENT and sentence is not None:
        return Span(sentence.start, sentence.end)
    sentenced = sentence.start if sentence is not None else None
    since = offence.convicted_on or sentenced or offence.committed_on
    return None if since is None else Span(since, OPEN)


def _unexplained(view: CaseFile) -> Iterator[Sentence]:
    """The sentences for which no offence is on file. A sentence is identified by its first day."""
    named = {offence.sentence for offence in view.offences}
    explained = {s.start for s in view.sentences if s.filed.record_id in named}
    yield from (sentence for sentence in view.sentences if sentence.start not in explained)


def _offences(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    if not view.offences:
        return Timeline.constant(asked.fact.absent())
    kinds = asked.codes("offence_kind")
    fitting = [o for o in view.offences if o.kind is None or o.kind in kinds]
    counted = [_counted(offence, asked) for offence in fitting]
    for sentence in _unexplained(view):
        any_offence = Offence(filed=sentence.filed, convicted_on=sentence.start)
        counted.append(_counted(any_offence, asked))
    return count(counted)


def _counted(offence: Offence, asked: Asked) -> Counted:
    """An offence while it is, or may be, in the window.

    If the day asked for is not recorded, the offence was committed on some day up to the
    conviction, or convicted on some day from the commission on.
    """
    within, ageing = Term.parse(asked["within"]), Ageing(asked["ageing"])
    unsure = UnknownKind.MISSING if offence.kind is None else None
    by_commission = asked["counted_from"] == OffenceDay.COMMITTED
    day = offence.committed_on if by_commission else offence.convicted_on
    if day is not None:
        return Counted.of(offence, day, day, ageing.leaves(day, within), unsure)
    if by_commission:
        by = offence.convicted_on
        end = None if by is None else ageing.leaves(by, within)
        return Counted.of(offence, None, date.min, end, UnknownKind.MISSING)
    start = offence.committed_on or date.min
    return Counted.of(offence, None, start, None, UnknownKind.MISSING)


# --- the offence that is sentenced --------------------------------------------------------


def _time_since_offence(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """The day of the offences for which the person may be serving a sentence.

    If the days of these offences differ, a person has to say which counts. While no sentence runs,
    there is no such day; while it is not certain that one runs, the day is not certain.
    """
    ends = of_each(view.sentences, Between.end_of)

    def cell(day: date) -> Cell:
        may = {start for start, end in ends.items() if start <= day < end.high}
        if not may:
            return asked.fact.absent()
        running = [sentence for sentence in view.sentences if sentence.start in may]
        candidates = list(_candidates(view, may, day))
        evidence = ids([*running, *(record for record, _ in candidates)])
        if not any(day < ends[start].low for start in may):
            unsure = any(sentence.end is UNSURE for sentence in running)
            kind = UnknownKind.MISSING if unsure else UnknownKind.DISPUTED
            return Unknown(kind, evidence=evidence)
        return _committed([days for _, days in candidates], evidence)

    days = {*ends, *(day for end in ends.values() for day in (end.low, end.high))}
    days |= {o.committed_on for o in view.offences if o.committed_on is not None}
    return Timeline.of_changes(days - {date.max}, cell)


def _candidates(view: CaseFile, starts: set[date], day: date) -> Iterator[tuple[Record, Between]]:
    """The offences that sentences which began on one of ``starts`` may be for, with their days.

    An offence that names no sentence may belong to any. A sentence that no offence names is for
    one that is not on file, committed before the sentence began.
    """
    began = {sentence.filed.record_id: sentence.start for sentence in view.sentences}
    for offence in view.offences:
        start = began.get(offence.sentence) if offence.sentence else None
        committed = offence.committed_on
        if start in starts or (start is None and (committed is None or committed <= day)):
            latest = committed or offence.convicted_on or start or date.max
            yield offence, Between(committed or EARLIEST_DAY, latest)
    for sentence in _unexplained(view):
        if sentence.start in starts:
            yield sentence, Between(EARLIEST_DAY, sentence.start)


def _committed(days: list[Between], evidence: tuple[str, ...]) -> Cell:
    low, high = min(day.low for day in days), max(day.high for day in days)
    if low == high:
        return Known(low, evidence=evidence)
    stated = all(day.low == day.high for day in days)
    kind = UnknownKind.NEEDS_PERSON if stated else UnknownKind.MISSING
    between = (low, NEVER if high == date.max else high)
    return Unknown(kind, evidence=evidence, between=between)
