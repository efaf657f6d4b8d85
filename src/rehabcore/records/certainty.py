"""Whether the records of a case file certainly fit together, as those of most files do.

One look at each record is enough for that. Whatever it leaves open is looked at in detail, by
``consistency.examine``: only that tells what is wrong, and only that knows what else may be right.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from itertools import pairwise
from operator import attrgetter
from typing import Any

from rehabcore.records.case_file import RECORD_LISTS, CaseFile, lists_in_order
from rehabcore.records.fields import FIRST_DAY, REFERS_TO, fields_of
from rehabcore.records.words import Words
from rehabcore.rules.time.days import Span
from rehabcore.strict.vocabulary import RecordId

WEIGHED = frozenset(
    {"deaths", "level_overrides", "resolutions", "sessions", "attendances", "retractions"}
)
"""The lists whose records are never plain: a file that has one is looked at in detail."""


def certainly_sound(case: CaseFile, words: Words, known_at: date) -> bool:
    """Whether nothing is wrong with a case file; if it is not certain, something may be.

    Args:
        case: the whole file.
        words: the words that its records may use.
        known_at: the day up to which records count. Later ones leave it open.
    """
    if len(case.beneficiary) != 1:
        return False
    born = case.beneficiary[0].birth_date or date.min
    if not isinstance(born, date):
        return False
    for name, records in zip(RECORD_LISTS, lists_in_order(case), strict=True):
        if records and (name in WEIGHED or not _sound(records, words, born, known_at)):
            return False
    return _named_are_on_file(case) and _fit(case) and _apart(case)


def _sound(records: Iterable[Any], words: Words, born: date, known_at: date) -> bool:
    """Whether records of one kind, each for itself, certainly are as they should be."""
    days: Callable[[Any], tuple[Any, ...]] | None = None
    for record in records:
        filed = record.filed
        if filed.recorded_on > known_at or _links(filed) != _NO_LINKS or not words.knows(record):
            return False
        if days is None:
            kind: Any = type(record)
            days = _first_days(kind)
        for first in days(record):
            day = first.start if isinstance(first, Span) else first
            if day is not None and not (isinstance(day, date) and born <= day):
                return False
    return True


_LINKS = ("corrects", "changes", "same_as", "sequence")
_links: Callable[[Any], tuple[object, ...]] = attrgetter(*_LINKS)
_NO_LINKS = (None,) * len(_LINKS)
"""The links of a record that stands for itself."""


@cache
def _first_days(kind: Any) -> Callable[[Any], tuple[Any, ...]]:
    """A function that gives the first days that a record states."""
    names = [field.name for field in fields_of(kind, FIRST_DAY)]
    if not names:
        return lambda _: ()
    if len(names) == 1:
        only = attrgetter(*names)
        return lambda record: (only(record),)
    return attrgetter(*names)


def _named_are_on_file(case: CaseFile) -> bool:
    """Whether every record that another names is on file, and none is named among several."""
    named: dict[str, set[object]] = defaultdict(set)
    for records in lists_in_order(case):
        for place, among in _references(type(records[0])) if records else ():
            named[among].update([getattr(record, place) for record in records])
    for among, ids in named.items():
        if not ids - {None, ()} <= {record.filed.record_id for record in getattr(case, among)}:
            return False
    return True


@cache
def _references(kind: type) -> tuple[tuple[str, str], ...]:
    """The fields of a kind of record that name others, each with the list of these."""
    return tuple((field.name, field.metadata[REFERS_TO]) for field in fields_of(kind, REFERS_TO))


def _fit(case: CaseFile) -> bool:
    """Whether every record certainly fits the one that it names, which is on file."""
    if any(sentence.consecutive_to is not None for sentence in case.sentences):
        return False
    referrals: dict[RecordId, Any] = {r.filed.record_id: r for r in case.referrals}
    enrolments: dict[RecordId, Any] = {e.filed.record_id: e for e in case.enrolments}
    for enrolment in enrolments.values():
        if enrolment.referral is not None:
            referral = referrals[enrolment.referral]
            if referral.program_id != enrolment.program_id:
                return False
            if enrolment.started_on < referral.referred_on:
                return False
    ended = [end.enrolment for end in case.completions]
    return len(set(ended)) == len(ended) and all(
        isinstance(end.ended_on, date) and enrolments[end.enrolment].started_on <= end.ended_on
        for end in case.completions
    )


def _apart(case: CaseFile) -> bool:
    """Whether no source says two things of one day, where it may say only one."""
    milestones = [(one.filed.source, one.kind) for one in case.milestones]
    if len(set(milestones)) < len(milestones):
        return False
    spans: dict[tuple[object, ...], list[Any]] = defaultdict(list)
    for status in case.legal_standings:
        spans["status", status.filed.source].append(status.span)
    for placement in case.placements:
        spans["setting", placement.filed.source].append(placement.span)
    for state in case.states:
        spans[state.kind, state.filed.source, ""].append(state.span)
    return all(map(_follow, spans.values()))


def _follow(spans: list[Any]) -> bool:
    """Whether each span begins when the one before it has certainly ended, or later."""
    days = sorted((span.start, span.certain_end or date.max) for span in spans)
    return all(earlier[1] <= later[0] for earlier, later in pairwise(days))
