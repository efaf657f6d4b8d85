"""What single assessments find, and on which days each counts.

A newer confirmed assessment of the same instrument, and of the same domain if the instrument
assesses one only, takes the older one's place. One that nobody confirmed says nothing: a person is
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
"""The instrument, and the domain if it assesses one only."""


@frozen
class Finding(Generic[A]):
    """What one assessment says, or why it does not."""

    assessment: A
    says: Value | UnknownKind


def series(assessment: NeedsAssessment | RiskAssessment) -> Series:
    """The assessments of which the newer takes the older one's place."""
    domain = assessment.domain if isinstance(assessment, RiskAssessment) else None
    return assessment.instrument, domain


def claims(findings: list[Finding[A]]) -> tuple[Claim, ...]:
    """What is claimed by findings of one thing."""
    return tuple(claim for _, claim in told(findings))


def told(findings: list[Finding[A]]) -> Iterator[tuple[Finding[A], Claim]]:
    """What is claimed by findings of one thing, each until the next confirmed one of its series."""
    confirmed: dict[Series, list[date]] = defaultdict(list)
    for found in findings:
        if found.assessment.confirmed_by is not None:
            confirmed[series(found.assessment)].append(found.assessment.assessed_on)
    days = {own: sorted(assessed) for own, assessed in confirmed.items()}
    for found in findings:
        for claim in _claims_of(found, days.get(series(found.assessment), [])):
            yield found, claim


def first_after(day: date, days: list[date]) -> date | None:
    """The first of some sorted days that comes after a day."""
    later = bisect_right(days, day)
    return days[later] if later < len(days) else None


def _claims_of(found: Finding[A], confirmed: list[date]) -> Iterator[Claim]:
    """The claims of one assessment, until the next of those days."""
    assessment = found.assessment
    replaced = first_after(assessment.assessed_on, confirmed)
    record_id, begin = assessment.filed.record_id, assessment.assessed_on
    for claim in finding(
        record_id, found.says, begin, expires=assessment.expires, replaced=replaced
    ):
        stands = assessment.confirmed_by is not None or claim.says is UnknownKind.STALE
        yield claim if stands else Claim(record_id, claim.span, UnknownKind.NEEDS_PERSON)
