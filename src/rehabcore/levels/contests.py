"""Assessments until the days on which contests of them were upheld."""

from collections.abc import Iterable
from typing import TypeVar

from attrs import evolve

from rehabcore.records import NeedsAssessment, RiskAssessment
from rehabcore.records.contests import Contest
from rehabcore.rules.time.days import ONE_DAY, UNSURE
from rehabcore.rules.time.partial import LATEST_DAY, Day, between, first_of, last_of
from rehabcore.strict.vocabulary import ContestOutcome, RecordId

A = TypeVar("A", NeedsAssessment, RiskAssessment)


def counting(assessments: Iterable[A], contests: Iterable[Contest]) -> list[A]:
    """The assessments, each until it expires or a contest of it was upheld, whichever is first."""
    upheld: dict[RecordId, list[Day]] = {}
    for contest in contests:
        if contest.outcome is ContestOutcome.UPHELD and contest.decided_on is not None:
            upheld.setdefault(contest.assessment, []).append(contest.decided_on)
    return [_until(one, upheld.get(one.filed.record_id, ())) for one in assessments]


def _until(assessment: A, upheld: Iterable[Day]) -> A:
    """The assessment until the first of some days.

    It counts on its own day at least, since nothing expires before. Whoever reads the cells of that
    day knows better.
    """
    made = last_of(assessment.assessed_on)
    least = min(made + ONE_DAY, LATEST_DAY)
    for day in upheld if first_of(assessment.assessed_on) < least else ():
        first, last = first_of(day), last_of(day)
        if isinstance(assessment.expires, Day):
            first = min(first, first_of(assessment.expires))
            last = min(last, last_of(assessment.expires))
        elif assessment.expires is UNSURE:
            first = made
        until = between(max(first, least), max(last, least))
        assessment = evolve(assessment, expires=until)
    return assessment
