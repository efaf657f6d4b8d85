"""What assessments say over time; they may be old, unconfirmed or at odds.

Only a confirmed assessment within its validity counts. A newer confirmed one of the same
instrument (and domain) takes the older one's place. Different instruments, or two assessments on
one day, that disagree leave it disputed until a person resolves it. Nothing here scores an
instrument.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor

from attrs import frozen

from rehabcore.records import NeedsAssessment, RiskAssessment
from rehabcore.rules.claims import Claim, finding
from rehabcore.rules.days import Term
from rehabcore.rules.facts import Value
from rehabcore.rules.truth import UnknownKind

_FULL_DIGITS = 15
"""More digits before the point cannot be written."""


@frozen
class _Finding:
    """What one assessment says, or why it does not."""

    assessment: NeedsAssessment | RiskAssessment
    says: Value | UnknownKind


def risk_claims(assessments: Iterable[RiskAssessment]) -> tuple[Claim, ...]:
    """What each assessment says of the level of risk, over the days on which it counts."""
    return _claims([_Finding(assessment, assessment.level) for assessment in assessments])


def need_claims(assessments: Iterable[NeedsAssessment], domain: str) -> tuple[Claim, ...]:
    """What each assessment says of the level of need in a domain; nothing where it is silent."""
    return _claims(
        [
            _Finding(assessment, finding.level)
            for assessment in assessments
            for finding in assessment.findings
            if finding.domain == domain
        ]
    )


def score_claims(assessments: Iterable[RiskAssessment]) -> tuple[Claim, ...]:
    """What each assessment says of the score of risk; missing where it gives none."""
    return _claims(
        [_Finding(a, UnknownKind.MISSING if a.score is None else a.score) for a in assessments]
    )


def fall_claims(assessments: Iterable[RiskAssessment], within: Term) -> tuple[Claim, ...]:
    """By how many percent each score is below the earliest within a term before it.

    Compared are confirmed scores of one instrument. Missing where there is no earlier score above
    zero; disputed where the earlier ones of one day differ. Percents are cut after six places,
    downwards, so that no fall is told greater than it was.
    """
    scored: dict[str, dict[date, set[Decimal]]] = defaultdict(lambda: defaultdict(set))
    for a in assessments:
        if a.score is not None and a.confirmed_by is not None:
            scored[a.instrument][a.assessed_on].add(a.score)
    return _claims([_Finding(a, _fall(a, scored[a.instrument], within)) for a in assessments])


def _fall(
    assessment: RiskAssessment, scored: dict[date, set[Decimal]], within: Term
) -> Decimal | UnknownKind:
    earlier = [day for day in scored if day < assessment.assessed_on <= within.after(day)]
    if assessment.score is None or not earlier:
        return UnknownKind.MISSING
    first, *others = scored[min(earlier)]
    if others:
        return UnknownKind.DISPUTED
    if first <= 0:
        return UnknownKind.MISSING
    before, now = Fraction(first), Fraction(assessment.score)
    millionths = floor((before - now) / before * 100 * 1_000_000)
    whole, rest = divmod(abs(millionths), 1_000_000)
    if len(str(whole)) > _FULL_DIGITS:
        return UnknownKind.MISSING
    return Decimal(f"{'-' if millionths < 0 else ''}{whole}.{rest:06}")


def _claims(findings: list[_Finding]) -> tuple[Claim, ...]:
    confirmed: dict[str, list[date]] = defaultdict(list)
    for found in findings:
        if found.assessment.confirmed_by is not None:
            confirmed[found.assessment.instrument].append(found.assessment.assessed_on)
    days = {instrument: sorted(assessed) for instrument, assessed in confirmed.items()}
    return tuple(
        claim
        for found in findings
        for claim in _claims_of(found, days.get(found.assessment.instrument, []))
    )


def _claims_of(found: _Finding, confirmed: list[date]) -> Iterator[Claim]:
    """The claims of one assessment, until the next of those days."""
    assessment = found.assessment
    newer = bisect_right(confirmed, assessment.assessed_on)
    replaced = confirmed[newer] if newer < len(confirmed) else None
    record_id, begin = assessment.filed.record_id, assessment.assessed_on
    for claim in finding(
        record_id, found.says, begin, expires=assessment.expires, replaced=replaced
    ):
        stands = assessment.confirmed_by is not None or claim.says is UnknownKind.STALE
        yield claim if stands else Claim(record_id, claim.span, UnknownKind.NEEDS_PERSON)
