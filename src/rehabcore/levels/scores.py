"""Scores of risk over time, and how far each fell below an earlier one."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor

from rehabcore.levels.validity import Finding, Series, assessed, claims, series
from rehabcore.records import RiskAssessment
from rehabcore.rules.judging.settling import Claim
from rehabcore.rules.time.acts import DatedAct
from rehabcore.rules.time.days import Term
from rehabcore.rules.time.partial import first_of, last_of
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.frozen import frozen

_FULL_DIGITS = 15
"""The most digits before the point that a document can hold."""


def score_claims(assessments: Iterable[RiskAssessment]) -> tuple[Claim, ...]:
    """The claims of assessments about the score of risk; missing if an assessment has no score."""
    return claims(
        [Finding(a, UnknownKind.MISSING if a.score is None else a.score) for a in assessments]
    )


def fall_claims(assessments: Iterable[RiskAssessment], within: Term) -> tuple[Claim, ...]:
    """The claims about how far each score fell, in percent of the earliest score within a term.

    Only confirmed scores of one instrument and domain are compared. The fall is missing if there is
    no earlier score above zero, and disputed if several scores may be the earliest, and differ.
    Percents are rounded down to six places, so no fall is told greater than it was. A rise is
    negative.

    Args:
        assessments: assessments of risk.
        within: how far back the earliest score may lie; a day exactly this long ago counts.
    """
    scores: dict[Series, dict[DatedAct, set[Decimal]]] = defaultdict(lambda: defaultdict(set))
    for a in assessments:
        if a.score is not None and a.confirmed_by is not None:
            scores[series(a)][assessed(a)].add(a.score)
    scored = {
        own: [_Scored.of(act, found, within) for act, found in made.items()]
        for own, made in scores.items()
    }
    return claims([Finding(a, _fall(a, scored.get(series(a), ()))) for a in assessments])


@frozen
class _Scored:
    """Scores found at one time, and the first and the last day until which they are compared."""

    act: DatedAct
    scores: set[Decimal]
    first_until: date
    last_until: date

    @classmethod
    def of(cls, act: DatedAct, scores: set[Decimal], within: Term) -> "_Scored":
        """The scores of one act, which are compared with scores within a term after it."""
        return cls(act, scores, within.after(first_of(act.on)), within.after(last_of(act.on)))


def _fall(assessment: RiskAssessment, scored: Sequence[_Scored]) -> Decimal | UnknownKind:
    after = assessed(assessment)
    first_day, last_day = first_of(after.on), last_of(after.on)
    near = [s for s in scored if first_day <= s.last_until and not after.precedes(s.act)]
    earlier = [s for s in near if s.act.precedes(after) and last_day <= s.first_until]
    if assessment.score is None or not earlier:
        return UnknownKind.MISSING
    starts = min(last_of(s.act.on) for s in earlier)
    first_ones = [s.act for s in earlier if last_of(s.act.on) == starts]
    first, *others = set[Decimal]().union(
        *(
            s.scores
            for s in near
            if first_of(s.act.on) <= starts and not any(one.precedes(s.act) for one in first_ones)
        )
    )
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
