"""Questions about offences: their kinds, under running sentences or ever; how many; since when.

If no offence is on file, everything about offences is unknown. If one is, the list counts as
complete, but for sentences without any offence. An offence that nobody has coded may be of any
kind. The offences of sentences that are measured as one are current while any of these runs.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from functools import partial

from rehabcore.questions.counting.sentence_days import Between, anchor
from rehabcore.questions.counting.sentencing import Sentencing, ToldSentence, sentencing
from rehabcore.questions.counting.tellings import Passes, Telling, counted_things, each_record
from rehabcore.questions.counting.things import clusters
from rehabcore.questions.counting.windows import WINDOW, window_of
from rehabcore.questions.policy import RecordsPolicy
from rehabcore.questions.question import CountryWords, Question, ids
from rehabcore.records import CaseFile, Offence, Record
from rehabcore.records.glossary import codes
from rehabcore.rules.criteria import Asked
from rehabcore.rules.evidence import Evidence, Index
from rehabcore.rules.facts import (
    Assumption,
    Cell,
    Fact,
    Known,
    Parameter,
    Shape,
    Takes,
    Unknown,
)
from rehabcore.rules.judging.during import During
from rehabcore.rules.judging.settling import Claim, settle
from rehabcore.rules.time.days import OPEN, Span
from rehabcore.rules.time.partial import (
    EARLIEST_DAY,
    LATEST_DAY,
    Day,
    PartialDay,
    first_of,
    last_of,
)
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.frozen import frozen

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
        partial(_offence_of, words.records_policy),
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
        partial(_offences, words.records_policy),
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
        partial(_time_since_offence, words.records_policy),
    )


def _offence_of(policy: RecordsPolicy, asked: Asked, view: CaseFile) -> Timeline[Cell]:
    absent = asked.fact.absent()
    if view.offences:
        absent = Known(False, evidence=ids(view.offences), assumption=Assumption.NONE_ON_FILE)
    found = sentencing(view.sentences, policy)
    kinds, scope = asked.codes("offence_kind"), Scope(asked["scope"])
    return settle(_claims(kinds, scope, view, found), absent)


def _claims(
    kinds: frozenset[str], scope: Scope, view: CaseFile, found: Sentencing
) -> Iterator[Claim]:
    """The claims of each offence, and of each sentence without one, which may be for any."""
    for offence in view.offences:
        if offence.kind is None or offence.kind in kinds:
            sentence = found.told_by(offence.sentence)
            since, until = _days(offence, sentence, scope)
            yield Claim(offence.filed.record_id, _span(since.low, until.high), UnknownKind.MISSING)
            unsure = offence.kind is None or (scope is Scope.CURRENT and sentence is None)
            if not unsure and since.high < until.low:
                yield Claim(offence.filed.record_id, _span(since.high, until.low), True)
    for sentence in _unexplained(view, found):
        until = sentence.until if scope is Scope.CURRENT else _FOR_EVER
        for record in sentence.records:
            span = _span(sentence.since.low, until.high)
            yield Claim(record.filed.record_id, span, UnknownKind.MISSING)


_FOR_EVER = Between(date.max, date.max)


def _span(start: date, end: date) -> Span | None:
    """The days of a claim; None for all days."""
    return None if start == date.min else Span(start, OPEN if end == date.max else end)


def _days(offence: Offence, sentence: ToldSentence | None, scope: Scope) -> tuple[Between, Between]:
    """The bounds of the first day on which an offence counts, and of the first day after these."""
    if scope is Scope.CURRENT and sentence is not None:
        return sentence.since, sentence.until
    if offence.convicted_on is not None:
        return Between.of_day(offence.convicted_on), _FOR_EVER
    if sentence is not None:
        return sentence.start, _FOR_EVER
    if offence.committed_on is not None:
        return Between.of_day(offence.committed_on), _FOR_EVER
    return Between(date.min, date.min), _FOR_EVER


def _unexplained(view: CaseFile, found: Sentencing) -> Iterator[ToldSentence]:
    """The sentences for which no offence is on file; one that may be another's is among them."""
    named = {offence.sentence for offence in view.offences}
    for told in found.apart:
        if named.isdisjoint(record.filed.record_id for record in told.records):
            yield told


def _offences(policy: RecordsPolicy, asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """The number of offences; of one that offices tell twice, the codes may differ."""
    if not view.offences:
        return Timeline.constant(asked.fact.absent())
    kinds = asked.codes("offence_kind")
    by_commission = asked["counted_from"] == OffenceDay.COMMITTED
    day_of = committed if by_commission else convicted

    def passes(offence: Offence) -> Passes:
        return UnknownKind.MISSING if offence.kind is None else offence.kind in kinds

    def tell(offence: Offence) -> Telling:
        return Telling(day=day_of(offence), passes=((date.min, passes(offence)),))

    unexplained = _unexplained(view, sentencing(view.sentences, policy))
    # Of several records of one sentence, always the same one, whatever their order in the file.
    records = (min(told.records, key=lambda one: one.filed.record_id) for told in unexplained)
    untold = [Offence(filed=r.filed, convicted_on=r.start) for r in records]
    found = clusters([*view.offences, *untold], committed, within=policy.one_thing_within)
    return counted_things(
        found,
        each_record(tell),
        window_of(asked),
        by_own_day=by_commission,
        apart=policy.told_apart,
    )


def committed(offence: Offence) -> Day:
    """The day of an offence; if it is not recorded, some day up to the conviction."""
    if offence.committed_on is not None:
        return offence.committed_on
    by = LATEST_DAY if offence.convicted_on is None else last_of(offence.convicted_on)
    return PartialDay(EARLIEST_DAY, by)


def convicted(offence: Offence) -> Day:
    """The day of the conviction; if it is not recorded, some day from the commission on."""
    if offence.convicted_on is not None:
        return offence.convicted_on
    since = EARLIEST_DAY if offence.committed_on is None else first_of(offence.committed_on)
    return PartialDay(since, LATEST_DAY)


# --- the offence that is sentenced --------------------------------------------------------


def _time_since_offence(policy: RecordsPolicy, asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """The day of the offences for which the person may be serving a sentence.

    If the days of these offences differ, a person has to say which counts. While no sentence runs,
    there is no such day; while it is not certain that one runs, the day is not certain.
    """
    found = sentencing(view.sentences, policy)
    records: tuple[Record, ...] = (*view.sentences, *view.offences)
    index = Index(record.filed.record_id for record in records)
    running: During[ToldSentence] = During(
        found.apart,
        lambda told: (told.since.low, told.until.high),
        bits=lambda told: index.bits(tuple(record.filed.record_id for record in told.records)),
        unclear=lambda told: not told.stated,
    )
    sure = During(found.together, lambda told: (told.since.high, told.until.low))
    fitting = During(
        _candidates(view, found),
        lambda one: (one.since, one.until),
        bits=lambda one: index.bit(one.record.filed.record_id),
        unclear=lambda one: one.days.low < one.days.high,
        low=lambda one: one.days.low,
        high=lambda one: one.days.high,
    )

    def cell(day: date) -> Cell:
        if not running.reach(day).number:
            return asked.fact.absent()
        bits = running.records.bits() | fitting.reach(day).records.bits()
        evidence = Evidence((index, bits))
        if not sure.reach(day).number:
            return Unknown(found.doubt(stated=not running.number_unclear), evidence=evidence)
        doubt = UnknownKind.MISSING if fitting.number_unclear else UnknownKind.NEEDS_PERSON
        return anchor(Between(fitting.lowest(day), fitting.highest(day)), evidence, doubt)

    days = found.days() | {first_of(o.committed_on) for o in view.offences if o.committed_on}
    return Timeline.of_changes(days, cell)


@frozen(kw_only=True)
class _Candidate:
    """An offence that a running sentence may be for, with the bounds of its day.

    It may be so from ``since`` up to, and not including, ``until``.
    """

    record: Record
    days: Between
    since: date
    until: date


def _candidates(view: CaseFile, found: Sentencing) -> Iterator[_Candidate]:
    """The offences that sentences may be for.

    An offence that names no sentence may belong to any that runs after it. A sentence that no
    offence names is for one that is not on file, committed before the sentence began.
    """
    for offence in view.offences:
        sentence, committed = found.told_by(offence.sentence), offence.committed_on
        yield _Candidate(
            record=offence,
            days=_committed_by(offence, sentence),
            since=sentence.since.low if sentence else first_of(committed or date.min),
            until=sentence.until.high if sentence else date.max,
        )
    for sentence in _unexplained(view, found):
        for record in sentence.records:
            yield _Candidate(
                record=record,
                days=Between(EARLIEST_DAY, sentence.start.high),
                since=sentence.since.low,
                until=sentence.until.high,
            )


def _committed_by(offence: Offence, sentence: ToldSentence | None) -> Between:
    """The day of an offence; if it is not recorded, one by the conviction, or by the sentence."""
    if offence.committed_on is not None:
        return Between.of_day(offence.committed_on)
    if offence.convicted_on is not None:
        return Between(EARLIEST_DAY, last_of(offence.convicted_on))
    return Between(EARLIEST_DAY, date.max if sentence is None else sentence.start.high)
