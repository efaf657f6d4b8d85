"""Questions about sentences: how long, how much is served and left, when release is possible.

Sentences in a row are measured as one where the country adds them up. Where it is not certain
whether they stand in a row, or what the law makes of it, answers lie between the two ways.
"""

from collections.abc import Iterable
from datetime import date
from functools import partial

from rehabcore.questions.counting.sentence_days import Between, anchor, part_served
from rehabcore.questions.counting.sentencing import (
    Sentencing,
    ToldSentence,
    fewest_begun,
    fewest_of,
    sentencing,
)
from rehabcore.questions.policy import RecordsPolicy
from rehabcore.questions.question import CountryWords, Question, ids
from rehabcore.records import CaseFile
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

    def cell(day: date) -> Cell:
        may, sure = _not_ended(found, day)
        if not may:
            return asked.fact.absent()
        rows = [told for told in found.together if day < told.until.high]
        if not sure:
            return _unsure(found, rows)
        low, high = max(t.release.low for t in sure), max(t.release.high for t in may)
        doubt = found.doubt(stated=all(told.release_stated for told in rows))
        return anchor(Between(low, high), _ids(rows), doubt)

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


def _not_ended(found: Sentencing, day: date) -> tuple[list[ToldSentence], list[ToldSentence]]:
    """The sentences that may not have ended by a day, and those that certainly have not."""
    may = [told for told in found.apart if day < told.end.high]
    return may, [told for told in found.together if _runs_on(told, day)]


def _runs_on(told: ToldSentence, day: date) -> bool:
    """Whether a sentence has certainly not ended by a day; one of unknown end goes on."""
    return day < told.end.low or told.unending


def _unsure(found: Sentencing, told: list[ToldSentence]) -> Unknown:
    """The cell of a day on which it is not certain whether a sentence has begun or ended."""
    return Unknown(found.doubt(stated=all(one.stated for one in told)), evidence=_ids(told))


def _ids(told: Iterable[ToldSentence]) -> tuple[str, ...]:
    return ids(record for one in told for record in one.records)


# --- what runs ----------------------------------------------------------------------------


def time_served(policy: RecordsPolicy, asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """The first day of the running sentences; between two days if one only may be running."""
    if not view.sentences:
        return Timeline.constant(asked.fact.absent())
    found = sentencing(view.sentences, policy)

    def cell(day: date) -> Cell:
        may = [told for told in found.apart if told.start.low <= day < told.end.high]
        if not may:
            return Known(NEVER, evidence=ids(view.sentences))
        sure = (t.since.high for t in found.together if t.start.high <= day < t.end.low)
        first = Between(min(told.since.low for told in may), min(sure, default=date.max))
        rows = [told for told in found.together if told.start.low <= day < told.until.high]
        return anchor(first, _ids(rows), found.doubt(stated=all(told.stated for told in rows)))

    return Timeline.of_changes(found.days(), cell)


def _sentences(policy: RecordsPolicy, _: Asked, view: CaseFile) -> Timeline[Cell]:
    """The number of sentences that have begun; between two if some may be one, or have not begun.

    Each is counted, also those in a row. What may be one sentence is at least as many as one office
    tells of it.
    """
    found = sentencing(view.sentences, policy)

    def cell(day: date) -> Cell:
        begun = [told for told in found.apart if told.start.low <= day]
        least = sum(fewest_begun(parts, day, policy) for parts in found.parts)
        if least == len(begun):
            apart = policy.told_apart and least > fewest_of(begun, policy)
            assumed = Assumption.TOLD_APART if apart else Assumption.NONE_ON_FILE
            return Known(least, evidence=_ids(begun), assumption=assumed)
        stated = all(isinstance(r.start, date) for told in begun for r in told.records)
        return Unknown(
            found.doubt(stated=stated), evidence=_ids(begun), between=(least, len(begun))
        )

    return Timeline.of_changes(found.days(), cell)


def _life_sentence(policy: RecordsPolicy, asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """Whether the last day of any sentence never comes."""
    found = sentencing(view.sentences, policy)

    def cell(day: date) -> Cell:
        begun = [told for told in found.apart if told.start.low <= day]
        sure = [told for told in found.together if told.start.high <= day]
        if not begun:
            return asked.fact.absent()
        if any(told.end.low == date.max for told in sure):
            return Known(True, evidence=_ids(begun))
        if sure and all(told.end.high < date.max for told in begun):
            return Known(False, evidence=_ids(begun))
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

    surely = [told for told in found.together if too_long(told.since.high, told.end.low)]
    perhaps = [told for told in found.apart if too_long(told.since.low, told.end.high)]

    def cell(day: date) -> Cell:
        may, sure = _not_ended(found, day)
        if not may:
            return asked.fact.absent()
        if any(_runs_on(told, day) for told in surely):
            certain = (t for t in found.together if day < t.until.low or t.unending)
            return Known(False, evidence=_ids(certain))
        rows = [told for told in found.together if day < told.until.high]
        if sure and not any(day < told.end.high for told in perhaps):
            return Known(True, evidence=_ids(rows))
        return _unsure(found, rows)

    return Timeline.of_changes(found.days(), cell)
