"""Levels of need and of risk over time, from assessments that may be old, unconfirmed or at odds.

Only a confirmed assessment within its validity gives a level. A newer confirmed one of the same
instrument (and domain) takes the older one's place. Different instruments, or two assessments on
one day, that disagree leave the level disputed until a person resolves it. Nothing here scores an
instrument.
"""

from collections.abc import Iterable
from datetime import date

from attrs import evolve, frozen

from rehabcore.records import NeedsAssessment, RiskAssessment
from rehabcore.rules.claims import Claim, finding
from rehabcore.rules.truth import UnknownKind


@frozen
class _Level:
    assessment: NeedsAssessment | RiskAssessment
    level: str


def risk_claims(assessments: Iterable[RiskAssessment]) -> tuple[Claim, ...]:
    """What each assessment says of the level of risk, over the days on which it counts."""
    return _claims([_Level(assessment, assessment.level) for assessment in assessments])


def need_claims(assessments: Iterable[NeedsAssessment], domain: str) -> tuple[Claim, ...]:
    """What each assessment says of the level of need in a domain; nothing where it is silent."""
    return _claims(
        [
            _Level(assessment, finding.level)
            for assessment in assessments
            for finding in assessment.findings
            if finding.domain == domain
        ]
    )


def _claims(levels: list[_Level]) -> tuple[Claim, ...]:
    return tuple(claim for level in levels for claim in _claims_of(level, levels))


def _claims_of(level: _Level, levels: list[_Level]) -> Iterable[Claim]:
    assessment = level.assessment
    record_id, begin = assessment.filed.record_id, assessment.assessed_on
    replaced = _replaced_on(assessment, [other.assessment for other in levels])
    claims = finding(record_id, level.level, begin, expires=assessment.expires, replaced=replaced)
    if assessment.confirmed_by is not None:
        return claims
    return [
        claim if claim.says is UnknownKind.STALE else evolve(claim, says=UnknownKind.NEEDS_PERSON)
        for claim in claims
    ]


def _replaced_on(
    assessment: NeedsAssessment | RiskAssessment,
    others: Iterable[NeedsAssessment | RiskAssessment],
) -> date | None:
    newer = [
        other.assessed_on
        for other in others
        if other.instrument == assessment.instrument
        and other.confirmed_by is not None
        and other.assessed_on > assessment.assessed_on
    ]
    return min(newer, default=None)
