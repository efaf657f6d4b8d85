"""Scores of risk over time, and how far each fell below an earlier one."""

from collections import defaultdict
from collections.abc import Container, Iterable
from decimal import Decimal
from fractions import Fraction
from math import floor

from rehabcore.levels.earlier_scores import EarlierScores
from rehabcore.levels.validity import Finding, Series, assessed, claims, series
from rehabcore.records import RiskAssessment
from rehabcore.rules.judging.settling import Claim
from rehabcore.rules.time.acts import DatedAct
from rehabcore.rules.time.days import Term
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.vocabulary import RecordId

_FULL_DIGITS = 15
"""The most digits before the point that a document can hold."""


def score_claims(assessments: Iterable[RiskAssessment]) -> tuple[Claim, ...]:
    """The claims of assessments about the score of risk; missing if an assessment has no score."""
    return claims(
        [Finding(a, UnknownKind.MISSING if a.score is None else a.score) for a in assessments]
    )


def fall_claims(
    assessments: Iterable[RiskAssessment], within: Term, *, without: Container[RecordId] = ()
) -> tuple[Claim, ...]:
    """The claims about how far each score fell, in percent of the earliest score within a term.

    Only confirmed scores of one instrument and domain are compared. The fall is missing if there is
    no earlier score above zero, and disputed if several scores may be the earliest, and differ.
    Percents are rounded down to six places, so no fall is told greater than it was. A rise is
    negative.

    Args:
        assessments: assessments of risk.
        within: how far back the earliest score may lie; a day exactly this long ago counts.
        without: assessments with whose scores no other is compared.
    """
    scores: dict[Series, list[tuple[DatedAct, Decimal]]] = defaultdict(list)
    for a in assessments:
        if a.filed.record_id in without:
            continue
        if a.score is not None and a.confirmed_by is not None:
            scores[series(a)].append((assessed(a), a.score))
    earlier = {own: EarlierScores(made, within) for own, made in scores.items()}
    nothing = EarlierScores((), within)
    return claims([Finding(a, _fall(a, earlier.get(series(a), nothing))) for a in assessments])


def _fall(assessment: RiskAssessment, scores: EarlierScores) -> Decimal | UnknownKind:
    found = scores.earliest_before(assessed(assessment))
    if assessment.score is None or found is None:
        return UnknownKind.MISSING
    first, other = found
    if first != other:
        return UnknownKind.DISPUTED
    if first <= 0:
        return UnknownKind.MISSING
    before, now = Fraction(first), Fraction(assessment.score)
    millionths = floor((before - now) / before * 100 * 1_000_000)
    whole, rest = divmod(abs(millionths), 1_000_000)
    if len(str(whole)) > _FULL_DIGITS:
        return UnknownKind.MISSING
    return Decimal(f"{'-' if millionths < 0 else ''}{whole}.{rest:06}")
