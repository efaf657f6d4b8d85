"""Questions about sentences: how long, how much is served and left, when release is possible.

Sentences in a row are measured as one where the country adds them up. Where it is not certain
whether they stand in a row, or what the law makes of it, answers lie between the two ways.
"""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial

from rehabcore.questions.counting.sentence_days import Between, anchor, part_served
from rehabcore.questions.counting.sentencing import (
    Fewest,
    Sentencing,
    ToldSentence,
    of_one_office,
    sentencing,
)
from rehabcore.questions.plain.gathered import Gathered
from rehabcore.questions.policy import RecordsPolicy
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
from rehabcore.rules.judging.during import During, Lasts
from rehabcore.rules.time.days import Term
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.well_formed import share

_BY_COURTS = ("court", "registry_of_convicts")
_FULL, _MINIMUM = "full", "minimum"


def questions(words: CountryWords) -> Iterable[Question]:
    """The questions of this family."""
    yield from _days_ahead(words.records_policy)
    yield from _what_runs(words.records_policy)


def _days_ahead(policy: RecordsPolicy) -> Iterable[Question]:
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
        partial(_sentence_remaining, policy),
        _only_end,
    )
    yield Question(
        Fact(
            name="time_to_earliest_release",
            shape=Shape.REMAINING,
            about="Time until the earliest day on which every running sentence allows release.",
            unit="calendar time",
            answered_by=_BY_COURTS,
        ),
        partial(_time_to_earliest_release, policy),
        _only_release,
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
        partial(_time_to_share_served, policy),
    )


def _what_runs(policy: RecordsPolicy) -> Iterable[Question]:
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
        partial(time_served, policy),
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
        partial(_sentences, policy),
    )
    yield Question(
        Fact(
            name="life_sentence",
            shape=Shape.FLAG,
            about="Whether any sentence that has begun is for life.",
            answered_by=_BY_COURTS,
        ),
        partial(_life_sentence, policy),
    )
    yield Question(
        Fact(
            name="sentence_within",
            shape=Shape.FLAG,
            parameters=(Parameter(name="length"),),
            about="Whether no running sentence is longer than a term laid from its first day.",
            answered_by=_BY_COURTS,
        ),
        partial(_no_longer, policy, True),
    )
    yield Question(
        Fact(
            name="sentence_under",
            shape=Shape.FLAG,
            parameters=(Parameter(name="length"),),
            about="Whether every running sentence is shorter than a term laid from its first day.",
            answered_by=_BY_COURTS,
        ),
        partial(_no_longer, policy, False),
    )


# --- days ahead --------------------------------------------------------------------------


def _sentence_remaining(policy: RecordsPolicy, asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """The latest end of all sentences."""
    found = sentencing(view.sentences, policy)
    if not view.sentences:
        return Timeline.constant(asked.fact.absent())
    low, high = max(t.end.low for t in found.together), max(t.end.high for t in found.apart)
    doubt = found.doubt(stated=all(told.stated for told in found.apart))
    return Timeline.constant(anchor(Between(low, high), ids(view.sentences), doubt))


def _time_to_earliest_release(
    policy: RecordsPolicy, asked: Asked, view: CaseFile
) -> Timeline[Cell]:
    """The latest of the earliest releases of sentences that have not ended.

    If a sentence may have ended, the day lies between two: the latest of those that certainly run,
    and the latest of all.
    """
    found = sentencing(view.sentences, policy)
    may = During(found.apart, _until(_last_end), high=lambda t: t.release.high)
    sure = During(found.together, _runs_on, high=lambda t: t.release.low)
    rows = _rows_not_ended(found)
    unstated = (told for told in found.together if not told.release_stated)
    without_release = During(unstated, _until(_last_end_of_row))

    def cell(day: date) -> Cell:
        if not may.reach(day).number:
            return asked.fact.absent()
        if not sure.reach(day).number:
            return _unsure(found, rows.reach(day))
        evidence = found.evidence(rows.reach(day).records.bits())
        doubt = found.doubt(stated=not without_release.reach(day).number)
        return anchor(Between(sure.highest(day), may.highest(day)), evidence, doubt)

    return Timeline.of_changes(found.days(), cell)


def _time_to_share_served(policy: RecordsPolicy, asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """The latest of the days on which a share of each sentence, or of its row, has been served."""
    if not view.sentences:
        return Timeline.constant(asked.fact.absent())
    found, part = sentencing(view.sentences, policy), share(asked["share"])
    full = asked["term"] == _FULL

    def last(told: ToldSentence) -> Between:
        return told.end if full else told.release

    # The sooner a row began, the sooner a share of all of it is served.
    low = max(part_served(t.since.low, last(t).low, part) for t in found.together)
    high = max(part_served(t.since.high, last(t).high, part) for t in found.apart)
    doubt = found.doubt(stated=all(t.stated if full else t.release_stated for t in found.apart))
    return Timeline.constant(anchor(Between(low, high), ids(view.sentences), doubt))


def _until(end: Callable[[ToldSentence], date]) -> Lasts[ToldSentence]:
    """The days up to an end, from the first of the calendar on."""
    return lambda told: (date.min, end(told))


def _since(start: Callable[[ToldSentence], date]) -> Lasts[ToldSentence]:
    """The days from a first one on, for ever."""
    return lambda told: (start(told), date.max)


def _last_end(told: ToldSentence) -> date:
    return told.end.high


def _last_end_of_row(told: ToldSentence) -> date:
    return told.until.high


def _runs_on(told: ToldSentence) -> tuple[date, date]:
    """The days by which a sentence has certainly not ended; one of unknown end goes on."""
    return date.min, date.max if told.unending else told.end.low


def _row_runs_on(told: ToldSentence) -> tuple[date, date]:
    """The days by which the row of a sentence has certainly not ended."""
    return date.min, date.max if told.unending else told.until.low


def _rows_not_ended(found: Sentencing) -> During[ToldSentence]:
    """The sentences of which the row may not have ended."""
    lasts = _until(_last_end_of_row)
    return During(found.together, lasts, bits=found.bits, unclear=lambda told: not told.stated)


def _unsure(found: Sentencing, told: During[ToldSentence]) -> Unknown:
    """The cell of a day on which it is not certain whether a sentence has begun or ended."""
    doubt = found.doubt(stated=not told.number_unclear)
    return Unknown(doubt, evidence=found.evidence(told.records.bits()))


# --- the only sentence -------------------------------------------------------------------


def _only_end(asked: Asked, gathered: Gathered, _: date) -> Cell | None:
    match gathered.view.sentences:
        case []:
            return asked.fact.absent()
        case [Sentence(start=date(), end=date() as end, consecutive_to=None) as only]:
            return Known(end, evidence=(only.filed.record_id,))
    return None


def _only_release(asked: Asked, gathered: Gathered, day: date) -> Cell | None:
    match gathered.view.sentences:
        case []:
            return asked.fact.absent()
        case [
            Sentence(start=date(), end=date() as end, earliest_release=date() as release) as only
        ] if only.consecutive_to is None:
            if end <= day:
                return asked.fact.absent()
            return Known(release, evidence=(only.filed.record_id,))
    return None


# --- what runs ----------------------------------------------------------------------------


def time_served(policy: RecordsPolicy, asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """The first day of the running sentences; between two days if one only may be running."""
    if not view.sentences:
        return Timeline.constant(asked.fact.absent())
    found = sentencing(view.sentences, policy)
    may = During(found.apart, lambda t: (t.start.low, t.end.high), low=lambda t: t.since.low)
    sure = During(found.together, lambda t: (t.start.high, t.end.low), low=lambda t: t.since.high)
    rows = During(
        found.together,
        lambda told: (told.start.low, told.until.high),
        bits=found.bits,
        unclear=lambda told: not told.stated,
    )

    def cell(day: date) -> Cell:
        if not may.reach(day).number:
            return Known(NEVER, evidence=ids(view.sentences))
        first = Between(may.lowest(day), sure.reach(day).lowest(day))
        evidence = found.evidence(rows.reach(day).records.bits())
        return anchor(first, evidence, found.doubt(stated=not rows.number_unclear))

    return Timeline.of_changes(found.days(), cell)


def _sentences(policy: RecordsPolicy, _: Asked, view: CaseFile) -> Timeline[Cell]:
    """The number of sentences that have begun; between two if some may be one, or have not begun.

    Each is counted, also those in a row. What may be one sentence is at least as many as one office
    tells of it.
    """
    found = sentencing(view.sentences, policy)
    begun = During(
        found.apart,
        _since(lambda told: told.start.low),
        bits=found.bits,
        unclear=lambda told: not all(isinstance(r.start, date) for r in told.records),
    )
    fewest, of_one = Fewest(found.parts, policy), of_one_office(found.apart, policy)

    def cell(day: date) -> Cell:
        number, least = begun.reach(day).number, fewest.reach(day)
        evidence = found.evidence(begun.records.bits())
        if least == number:
            apart = policy.told_apart and least > of_one.reach(day)
            assumed = Assumption.TOLD_APART if apart else Assumption.NONE_ON_FILE
            return Known(least, evidence=evidence, assumption=assumed)
        doubt = found.doubt(stated=not begun.number_unclear)
        return Unknown(doubt, evidence=evidence, between=(least, number))

    return Timeline.of_changes(found.days(), cell)


def _life_sentence(policy: RecordsPolicy, asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """Whether the last day of any sentence never comes."""
    found = sentencing(view.sentences, policy)
    perhaps, surely = _since(lambda told: told.start.low), _since(lambda told: told.start.high)
    begun = During(found.apart, perhaps, bits=found.bits, unclear=lambda told: not told.stated)
    endless = During((told for told in found.apart if told.end.high == date.max), perhaps)
    sure = During(found.together, surely)
    for_life = During((told for told in found.together if told.end.low == date.max), surely)

    def cell(day: date) -> Cell:
        if not begun.reach(day).number:
            return asked.fact.absent()
        evidence = found.evidence(begun.records.bits())
        if for_life.reach(day).number:
            return Known(True, evidence=evidence)
        if sure.reach(day).number and not endless.reach(day).number:
            return Known(False, evidence=evidence)
        return _unsure(found, begun)

    return Timeline.of_changes(found.days(), cell)


def _no_longer(
    policy: RecordsPolicy, or_equal: bool, asked: Asked, view: CaseFile
) -> Timeline[Cell]:
    """Whether no sentence or row that has not ended is too long: longer than a term, or as long.

    ``or_equal`` lets a sentence be exactly as long.
    """
    found, length = sentencing(view.sentences, policy), Term.parse(asked["length"])

    def too_long(start: date, end: date) -> bool:
        longest = length.after(start)
        return longest < end if or_equal else longest <= end

    surely = (told for told in found.together if too_long(told.since.high, told.end.low))
    perhaps = (told for told in found.apart if too_long(told.since.low, told.end.high))
    may, sure = During(found.apart, _until(_last_end)), During(found.together, _runs_on)
    surely_too_long, perhaps_too_long = (
        During(surely, _runs_on),
        During(perhaps, _until(_last_end)),
    )
    rows, certain = _rows_not_ended(found), During(found.together, _row_runs_on, bits=found.bits)

    def cell(day: date) -> Cell:
        if not may.reach(day).number:
            return asked.fact.absent()
        if surely_too_long.reach(day).number:
            return Known(False, evidence=found.evidence(certain.reach(day).records.bits()))
        rows.reach(day)
        if sure.reach(day).number and not perhaps_too_long.reach(day).number:
            return Known(True, evidence=found.evidence(rows.records.bits()))
        return _unsure(found, rows)

    return Timeline.of_changes(found.days(), cell)
