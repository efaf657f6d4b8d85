"""Whether the records of a case file certainly fit together, as those of most files do.

One look at each record is enough for that. Whatever it leaves open is looked at in detail, by
``examine_in_detail``: only that tells what is wrong, and only that knows what else may be right.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any

from rehabcore.records.case_file import LIST_OF, CaseFile, lists_in_order
from rehabcore.records.fields import FIRST_DAY, REFERS_TO, fields_of
from rehabcore.records.filing import Filed
from rehabcore.records.words import Words
from rehabcore.rules.time.days import Span
from rehabcore.strict.checked import checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.vocabulary import RecordId

WEIGHED = frozenset(
    {
        "deaths",
        "level_overrides",
        "resolutions",
        "sessions",
        "attendances",
        "needs_contests",
        "risk_contests",
        "retractions",
    }
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
    named: dict[str, set[object]] = defaultdict(set)
    for records in filter(None, lists_in_order(case)):
        look = _look_at(type(records[0]))
        if look.weighed or not words.know(records):
            return False
        if not _sound(records, look.first_days, born, known_at):
            return False
        for place, among in look.references:
            named[among].update([getattr(record, place) for record in records])
    return _are_on_file(named, case) and _fit(case) and _apart(case)


@frozen(kw_only=True)
@checked
class _Look:
    """The parts of a kind of record that are looked at: whether it is ever plain, and its fields.

    ``first_days`` are the fields that hold first days, ``references`` those that name others, each
    with the list of these.
    """

    weighed: bool
    first_days: tuple[str, ...]
    references: tuple[tuple[str, str], ...]


@cache
def _look_at(kind: type) -> _Look:
    return _Look(
        weighed=LIST_OF[kind] in WEIGHED,
        first_days=tuple(field.name for field in fields_of(kind, FIRST_DAY)),
        references=tuple(
            (field.name, field.metadata[REFERS_TO]) for field in fields_of(kind, REFERS_TO)
        ),
    )


def _sound(records: Iterable[Any], first_days: Iterable[str], born: date, known_at: date) -> bool:
    """Whether records of one kind, each for itself, certainly are as they should be."""
    for record in records:
        filed = record.filed
        if filed.recorded_on > known_at or not _stands_for_itself(filed):
            return False
        for name in first_days:
            first = getattr(record, name)
            day = first.start if isinstance(first, Span) else first
            if day is not None and not (isinstance(day, date) and born <= day):
                return False
    return True


def _stands_for_itself(filed: Filed) -> bool:
    return (
        filed.corrects is None
        and filed.changes is None
        and filed.same_as is None
        and filed.sequence is None
    )


def _are_on_file(named: dict[str, set[object]], case: CaseFile) -> bool:
    """Whether all records that others name are on file; not certain if one names several.

    Args:
        named: the ids that are named, by the list in which they should be.
        case: the whole file.
    """
    for among, ids in named.items():
        wanted = ids - _NOBODY
        if wanted and not wanted <= {one.filed.record_id for one in getattr(case, among)}:
            return False
    return True


_NOBODY = frozenset({None, ()})
"""The values of a field that names no record."""


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
    return (
        _follow_by_source(case.legal_standings, lambda _: None)
        and _follow_by_source(case.placements, lambda _: None)
        and _follow_by_source(case.states, lambda state: state.kind)
    )


def _follow_by_source(records: Sequence[Any], thing: Callable[[Any], object]) -> bool:
    """Whether the spans that one source tells of one thing follow each other."""
    if len(records) <= 1:
        return True
    spans: dict[tuple[object, ...], list[Any]] = defaultdict(list)
    for record in records:
        spans[thing(record), record.filed.source].append(record.span)
    return all(map(_follow, spans.values()))


def _follow(spans: list[Any]) -> bool:
    """Whether each span begins when the one before it has certainly ended, or later."""
    days = sorted((span.start, span.certain_end or date.max) for span in spans)
    return all(earlier[1] <= later[0] for earlier, later in pairwise(days))
