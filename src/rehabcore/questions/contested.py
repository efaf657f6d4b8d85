"""Values of facts that rest on an assessment which the person contests."""

from collections.abc import Iterable
from datetime import date

from attrs import evolve

from rehabcore.records.contests import Contest
from rehabcore.rules.facts import Assumption, Cell, Known, Unknown
from rehabcore.rules.time.partial import first_of, last_of
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.vocabulary import ContestOutcome, RecordId


def with_contests(cells: Timeline[Cell], contests: Iterable[Contest]) -> Timeline[Cell]:
    """The cells, of which those that rest on a contested assessment tell so.

    As long as a contest may be open, a value that rests on the assessment is one that is taken for
    right although the person contests it. From the first day on which it may have been upheld, no
    value rests on the assessment any more. The contest is evidence in both cases.
    """
    contests = tuple(contests)
    if not contests:
        return cells
    days = {day for one in contests for day in (first_of(one.contested_on), *_decided(one))}

    def cell(day: date) -> Cell:
        told = cells.at(day)
        about = [one for one in contests if one.assessment in told.evidence]
        upheld = [one for one in about if _is_upheld(one, day)]
        speaking = [*upheld, *(one for one in about if _is_open(one, day))]
        if not speaking:
            return told
        ids = {*told.evidence, *(one.filed.record_id for one in speaking)}
        evidence = tuple(sorted(ids))
        if upheld:
            kind = UnknownKind.STALE if isinstance(told, Known) else told.kind
            return Unknown(kind, evidence=evidence)
        if isinstance(told, Known):
            return Known(told.value, evidence=evidence, assumption=Assumption.CONTESTED)
        return evolve(told, evidence=evidence)

    return Timeline.of_changes((*cells.starts, *days), cell)


def upheld_from(contests: Iterable[Contest]) -> dict[RecordId, date]:
    """The first day on which a contest of each assessment may have been upheld, if one was."""
    found: dict[RecordId, date] = {}
    for one in contests:
        if one.outcome is ContestOutcome.UPHELD and one.decided_on is not None:
            first = first_of(one.decided_on)
            found[one.assessment] = min(first, found.get(one.assessment, first))
    return found


def _decided(contest: Contest) -> tuple[date, ...]:
    on = contest.decided_on
    return () if on is None else (first_of(on), last_of(on))


def _is_upheld(contest: Contest, day: date) -> bool:
    on = contest.decided_on
    return contest.outcome is ContestOutcome.UPHELD and on is not None and first_of(on) <= day


def _is_open(contest: Contest, day: date) -> bool:
    begun, on = first_of(contest.contested_on) <= day, contest.decided_on
    return begun and (on is None or day < last_of(on))
