"""Levels of risk over time, from assessments that may be old, unconfirmed, overridden or at odds.

Only a confirmed assessment within its validity counts. A newer confirmed one of the same instrument
(and domain) replaces it. If different instruments, or two assessments of one day, disagree, the
level is disputed until a person resolves it. A person may also override the level of one
assessment, within the limits of the country's policy. Nothing here scores an instrument, and no
decision changes an assessment.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import cast

from attrs import frozen

from rehabcore.instruments import ScoreResult
from rehabcore.levels.policy import RiskPolicy
from rehabcore.levels.validity import Finding, Series, claims, first_after, series, told
from rehabcore.records import Filed, LevelOverride, NeedsAssessment, Resolution, RiskAssessment
from rehabcore.rules.facts import Cell, Known, Unknown
from rehabcore.rules.judging.settling import Claim
from rehabcore.rules.time.days import OPEN, UNSURE, End, Span, Term
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.checked import checked, checked_arguments
from rehabcore.strict.problems import one_of, refuse
from rehabcore.strict.vocabulary import RecordId, StaffId

__all__ = ["Decided", "Standing", "reassessment_due", "standings"]


def __dir__() -> list[str]:
    return __all__


_FULL_DIGITS = 15
"""The most digits before the point that a document can hold."""
_PLACES = 6
"""The most digits after the point that a document can hold."""


def assessment_of(
    result: ScoreResult,
    table: str,
    policy: RiskPolicy,
    *,
    filed: Filed,
    expires: End,
    confirmed_by: StaffId | None = None,
    result_id: str = "",
) -> RiskAssessment:
    """Make the record of a scored instrument, with the level that the country gives to its band.

    If the score falls into no band, the record has no level, and a person is needed. The record
    keeps the score rounded to six places, and the codes of remarks; the result keeps everything.

    Args:
        result: the scored instrument.
        table: the name of the table of bands that counts.
        policy: the country's policy, which maps bands to levels.
        filed: the filing of the record.
        expires: the first day on which it no longer counts.
        confirmed_by: who confirmed it; until somebody does, no rule uses its level.
        result_id: the caller's id of the stored result.

    Raises:
        InputError: the country gives no levels to these bands, or none to this band; the instrument
            has no such table; or there is neither a band nor a score.
    """
    meaning = policy.meaning(result.instrument.id, table)
    levels = {known.label: known.level for known in meaning.bands}
    placings = {placing.name: placing for placing in result.placings}
    if table not in placings:
        refuse(table, "unknown_value", one_of(placings, table), path="table")
    band = placings[table].label
    if band is not None and band not in levels:
        refuse(band, "unknown_value", one_of(levels, band), path="band")
    value = result.score(placings[table].of).value
    return RiskAssessment(
        filed=filed,
        instrument=result.instrument.name,
        assessed_on=result.request.on,
        expires=expires,
        level=None if band is None else levels[band],
        score=None if value is None else Decimal(str(round(value, _PLACES))),
        confirmed_by=confirmed_by,
        domain=meaning.domain,
        band=band or "",
        edition=result.instrument.edition,
        result=result_id,
        remarks=result.remarked,
    )


Decided = LevelOverride | Resolution
"""A decision that a person can make about an assessment of risk."""


@frozen(kw_only=True)
@checked
class Standing:
    """One assessment of risk over some days, with the level that counts on them.

    ``applies`` is that level, or the reason why there is none; ``assessment.level`` is the level
    that the assessment gave. ``decided`` is the override or resolution that holds on these days, if
    any; it names who decided and why. ``span`` ends when any of this changes.
    """

    assessment: RiskAssessment
    span: Span
    applies: str | UnknownKind
    decided: Decided | None = None

    @property
    def evidence(self) -> tuple[RecordId, ...]:
        """The ids of the assessment and of the decision about it."""
        records = (self.assessment, self.decided)
        return tuple(record.filed.record_id for record in records if record is not None)


@checked_arguments
def standings(
    assessments: Iterable[RiskAssessment],
    *,
    overrides: Iterable[LevelOverride] = (),
    resolutions: Iterable[Resolution] = (),
    policy: RiskPolicy | None = None,
    on: date | None = None,
) -> tuple[Standing, ...]:
    """The level that counts of each assessment over time, in view of overrides and resolutions.

    Of the decisions that hold on a day, the one decided last counts; two of the same day both
    count. A decision does not count, and a person is needed, if it goes beyond the limits of the
    policy, if the assessment was corrected after the decision was filed, or if it resolves a
    dispute with a level that is not in dispute.

    Args:
        assessments: assessments of risk, overall and in single domains.
        overrides: overrides; those of other assessments are ignored.
        resolutions: resolutions; those of other assessments are ignored.
        policy: the limits of overrides; None for no limits.
        on: the only day of interest; None for all days of each assessment, in their order.

    Raises:
        InputError: ``on`` is not a date, or has a time of day.
    """
    listed = tuple(assessments)
    words = _words(listed, overrides, resolutions, policy or RiskPolicy())
    return tuple(
        standing
        for found, claim in told([Finding(a, _level(a)) for a in listed])
        for standing in _standings(found.assessment, claim, words.get(_id(found.assessment), ()))
        if on is None or on in standing.span
    )


def _id(record: RiskAssessment | Decided) -> RecordId:
    return record.filed.record_id


def _level(assessment: RiskAssessment) -> str | UnknownKind:
    """The level of an assessment; if the instrument gave none, a person is needed."""
    return UnknownKind.NEEDS_PERSON if assessment.level is None else assessment.level


def risk_claims(standings: Iterable[Standing]) -> tuple[Claim, ...]:
    """The claims about a level of risk; a decided level is claimed by both records."""
    return tuple(
        Claim(record_id, standing.span, standing.applies)
        for standing in standings
        for record_id in standing.evidence
    )


def need_claims(assessments: Iterable[NeedsAssessment], domain: str) -> tuple[Claim, ...]:
    """The claims of assessments about the level of need in one domain."""
    return claims(
        [
            Finding(assessment, finding.level)
            for assessment in assessments
            for finding in assessment.findings
            if finding.domain == domain
        ]
    )


def score_claims(assessments: Iterable[RiskAssessment]) -> tuple[Claim, ...]:
    """The claims of assessments about the score of risk; missing if an assessment has no score."""
    return claims(
        [Finding(a, UnknownKind.MISSING if a.score is None else a.score) for a in assessments]
    )


def fall_claims(assessments: Iterable[RiskAssessment], within: Term) -> tuple[Claim, ...]:
    """The claims about how far each score fell, in percent of the earliest score within a term.

    Only confirmed scores of one instrument and domain are compared. The fall is missing if there is
    no earlier score above zero, and disputed if several scores of the earliest day differ. Percents
    are rounded down to six places, so no fall is told greater than it was. A rise is negative.

    Args:
        assessments: assessments of risk.
        within: how far back the earliest score may lie; a day exactly this long ago counts.
    """
    scored: dict[Series, dict[date, set[Decimal]]] = defaultdict(lambda: defaultdict(set))
    for a in assessments:
        if a.score is not None and a.confirmed_by is not None:
            scored[series(a)][a.assessed_on].add(a.score)
    return claims([Finding(a, _fall(a, scored[series(a)], within)) for a in assessments])


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


@checked_arguments
def reassessment_due(
    standings: Iterable[Standing], policy: RiskPolicy, *, decided: Collection[RecordId] = ()
) -> Timeline[Cell]:
    """The last day by which risk has to be assessed anew, as known on every day.

    The term runs from the latest confirmed assessment of any instrument. Its length follows from
    the level that counts on the day, or else from the last one that did. If levels are disputed,
    the day lies between the earliest and the latest that they call for. If no level is known, or no
    term is published for it, a person is needed. Assessment is overdue from the day after, until
    somebody assesses and confirms; an assessment that expires does not change the day.

    Args:
        standings: those of the assessments of risk overall, or of one domain.
        policy: the country's policy, which states the terms.
        decided: the ids of assessments that overrides or resolutions on file are about. Once such
            an assessment may have expired, on a day that nobody recorded, it is not known which
            decision counted last, nor then the day.
    """
    # One sweep over the days, as in ``settle``: each standing is looked at when it begins and ends.
    begin: dict[date, list[Standing]] = defaultdict(list)
    end: dict[date, list[Standing]] = defaultdict(list)
    for standing in standings:
        if standing.assessment.confirmed_by is not None and not _past(standing.applies):
            begin[standing.span.start].append(standing)
            certain_end = standing.span.certain_end
            if certain_end is not None:
                end[certain_end].append(standing)
    said = _Said(frozenset(decided))

    def cell(day: date) -> Cell:
        for standing in end.get(day, ()):
            said.ends(standing)
        for standing in begin.get(day, ()):
            said.begins(standing)
        return said.due(policy)

    return Timeline.of_changes((*begin, *end), cell)


def _past(applies: str | UnknownKind) -> bool:
    """Whether the assessment has expired, or may have."""
    return isinstance(applies, UnknownKind) and applies is not UnknownKind.NEEDS_PERSON


class _Said:
    """The standings that hold on a day, and those of the assessments that were made last."""

    # When the last assessments have expired, the day of the next one still follows from the levels
    # they had: otherwise a person whose assessment lapsed would have no day at all. So `latest`
    # keeps, for each assessment of the latest day, the standings with which it last counted.

    def __init__(self, decided: frozenset[RecordId]) -> None:
        self.decided = decided
        self.holds: dict[int, Standing] = {}
        self.latest: dict[RecordId, list[Standing]] = {}
        self.last = date.min

    def ends(self, standing: Standing) -> None:
        """A standing no longer holds on this day."""
        del self.holds[id(standing)]

    def begins(self, standing: Standing) -> None:
        """A standing begins to hold on this day."""
        self.holds[id(standing)] = standing
        assessment = standing.assessment
        if assessment.assessed_on > self.last:
            self.last, self.latest = assessment.assessed_on, {}
        if assessment.assessed_on == self.last:
            before = self.latest.get(_id(assessment), [])
            same_day = before and before[0].span.start == standing.span.start
            self.latest[_id(assessment)] = [*(before if same_day else ()), standing]

    def due(self, policy: RiskPolicy) -> Cell:
        """The day by which the next assessment is due."""
        if not self.latest:
            return Unknown(UnknownKind.MISSING)
        counts = [*self.holds.values()] or [s for said in self.latest.values() for s in said]
        ids = {own for standing in counts for own in standing.evidence}
        evidence = tuple(sorted(ids.union(self.latest)))
        if not self.holds and any(map(self._may_hold, counts)):
            return Unknown(UnknownKind.MISSING, evidence=evidence)
        levels = {s.applies for s in counts if not isinstance(s.applies, UnknownKind)}
        terms = [policy.reassess_after(level) for level in levels]
        due = sorted(term.after(self.last) for term in terms if term is not None)
        if not due or len(due) < len(levels):
            return Unknown(UnknownKind.NEEDS_PERSON, evidence=evidence)
        if due[0] == due[-1]:
            return Known(due[0], evidence=evidence)
        return Unknown(UnknownKind.DISPUTED, evidence=evidence, between=(due[0], due[-1]))

    def _may_hold(self, standing: Standing) -> bool:
        """Whether the assessment may go on, so that a later decision about it may count."""
        assessment = standing.assessment
        return assessment.expires is UNSURE and _id(assessment) in self.decided


# --- what was decided of an assessment ----------------------------------------------------


@frozen(eq=False)
class _Word:
    """The word of one decision on one assessment, over the days on which the decision holds.

    Two equal words of different decisions stay two, so they are compared by identity.
    """

    decided: Decided
    span: Span
    says: str | UnknownKind


def _words(
    assessments: Iterable[RiskAssessment],
    overrides: Iterable[LevelOverride],
    resolutions: Iterable[Resolution],
    policy: RiskPolicy,
) -> Mapping[str, list[_Word]]:
    """The words of decisions on each confirmed assessment, by its id.

    An override lasts until the day that it states. A resolution lasts until a newer confirmed
    assessment of the same domain, by any instrument: it settled a dispute that is then no more.
    """
    found = {a.filed.record_id: a for a in assessments if a.confirmed_by is not None}
    assessed: dict[str | None, list[date]] = defaultdict(list)
    for assessment in sorted(found.values(), key=lambda assessment: assessment.assessed_on):
        assessed[assessment.domain].append(assessment.assessed_on)
    words: dict[str, list[_Word]] = {own: [] for own in found}
    for override in overrides:
        if override.assessment in found:
            original = found[override.assessment]
            counts = policy.allows(original.level, override.level)
            counts = counts and not original.filed.corrected_since(override.filed)
            says = override.level if counts else UnknownKind.NEEDS_PERSON
            span = Span(override.decided_on, override.until)
            words[override.assessment].append(_Word(override, span, says))
    # A resolution may choose any level that was in dispute, overridden ones included. The words are
    # copied first, so that one resolution does not count as a voice in the next one's dispute.
    overridden = {own: tuple(listed) for own, listed in words.items()}
    for resolution in resolutions:
        named = [own for own in resolution.assessments if own in found]
        said = {found[own].level for own in named} | {
            word.says
            for own in named
            for word in overridden[own]
            if resolution.decided_on in word.span
        }
        fits = resolution.level in said
        for own in named:
            newer = first_after(resolution.decided_on, assessed[found[own].domain])
            span = Span(resolution.decided_on, newer or OPEN)
            says = resolution.level if fits else UnknownKind.NEEDS_PERSON
            words[own].append(_Word(resolution, span, says))
    return words


def _standings(
    assessment: RiskAssessment, claim: Claim, words: Sequence[_Word]
) -> Iterator[Standing]:
    """One claim of an assessment, cut where decisions about it begin or end."""
    # A decision replaces a level, or the lack of one. It cannot revive an assessment that is stale,
    # missing or unconfirmed.
    span = cast("Span", claim.span)
    if isinstance(claim.says, UnknownKind) and claim.says is not _level(assessment):
        yield Standing(assessment=assessment, span=span, applies=claim.says)
        return
    holds: dict[_Word | None, date] = {}
    for day, newest in _newest(_cuts(span, words), words):
        for word in [word for word in holds if word not in newest]:
            yield _held(assessment, word, Span(holds.pop(word), day))
        holds |= {word: day for word in newest if word not in holds}
    for word, start in holds.items():
        yield _held(assessment, word, Span(start, span.end))


def _cuts(span: Span, words: Sequence[_Word]) -> list[date]:
    """The days of a span on which another word may begin to count."""
    ends: set[End] = {end for word in words for end in (word.span.start, word.span.end)}
    return sorted({span.start, *(end for end in ends if isinstance(end, date) and end in span)})


def _newest(
    days: Iterable[date], words: Iterable[_Word]
) -> Iterator[tuple[date, dict[_Word | None, None]]]:
    """The words that were decided last among those that hold, for each day; None if none holds.

    Args:
        days: the days, in order.
        words: the words on one assessment.
    """
    # `begun` is a stack of words by the day of decision. When the newest ones no longer hold they
    # are dropped for good, and older ones that still hold come to light again.
    of_day: dict[date, list[_Word]] = defaultdict(list)
    for word in words:
        of_day[word.span.start].append(word)
    ahead = sorted(of_day, reverse=True)
    begun: list[list[_Word]] = []
    for day in days:
        while ahead and ahead[-1] <= day:
            begun.append(of_day[ahead.pop()])
        hold: list[_Word] = []
        while begun and not hold:
            hold = [word for word in begun.pop() if day in word.span]
        if hold:
            begun.append(hold)
        yield day, dict.fromkeys(hold) if hold else {None: None}


def _held(assessment: RiskAssessment, word: _Word | None, span: Span) -> Standing:
    if word is None:
        return Standing(assessment=assessment, span=span, applies=_level(assessment))
    return Standing(assessment=assessment, span=span, applies=word.says, decided=word.decided)
