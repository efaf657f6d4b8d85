"""The findings of single assessments, and the days on which each counts.

A newer confirmed assessment replaces an older one of the same instrument, and of the same domain if
the instrument assesses only one. An assessment that nobody confirmed states nothing: a person is
needed. One that has expired is stale.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Generic, TypeVar

from attrs import frozen

from rehabcore.records import NeedsAssessment, RiskAssessment
from rehabcore.rules.facts import Value
from rehabcore.rules.judging.settling import Claim, finding
from rehabcore.rules.truth import UnknownKind

A = TypeVar("A", NeedsAssessment, RiskAssessment)

Series = tuple[str, str | None]
"""An instrument, and the need domain if it assesses only one."""


@frozen
class Finding(Generic[A]):
    """The value that one assessment states, or the reason why it states none."""

    assessment: A
    says: Value | UnknownKind


def series(assessment: NeedsAssessment | RiskAssessment) -> Series:
    """The series of an assessment; within a series, a newer assessment replaces an older one."""
    domain = assessment.domain if isinstance(assessment, RiskAssessment) else None
    return assessment.instrument, domain


def claims(findings: list[Finding[A]]) -> tuple[Claim, ...]:
    """The claims of findings about one thing."""
    return tuple(claim for _, claim in told(findings))


def told(findings: list[Finding[A]]) -> Iterator[tuple[Finding[A], Claim]]:
    """The claims of findings about one thing, each until the next confirmed one of its series."""
    confirmed: dict[Series, list[date]] = defaultdict(list)
    for found in findings:
        if found.assessment.confirmed_by is not None:
            confirmed[series(found.assessment)].append(found.assessment.assessed_on)
    days = {own: sorted(assessed) for own, assessed in confirmed.items()}
    for found in findings:
        for claim in _claims_of(found, days.get(series(found.assessment), [])):
            yield found, claim


def first_after(day: date, days: list[date]) -> date | None:
    """The first of some sorted days that comes after a day; None if there is none."""
    later = bisect_right(days, day)
    return days[later] if later < len(days) else None


def _claims_of(found: Finding[A], confirmed: list[date]) -> Iterator[Claim]:
    """The claims of one assessment, given the sorted days of the confirmed ones of its series."""
    # An unconfirmed assessment replaces nothing, but is itself replaced: a newer confirmed one
    # settles what a person was needed for.
    assessment = found.assessment
    replaced = first_after(assessment.assessed_on, confirmed)
    record_id, begin = assessment.filed.record_id, assessment.assessed_on
    for claim in finding(
        record_id, found.says, begin, expires=assessment.expires, replaced=replaced
    ):
        # Once it has expired, confirming it would no longer help: it is stale either way.
        stands = assessment.confirmed_by is not None or claim.says is UnknownKind.STALE
        yield claim if stands else Claim(record_id, claim.span, UnknownKind.NEEDS_PERSON)
