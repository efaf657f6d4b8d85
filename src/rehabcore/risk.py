"""Levels of risk over time, from assessments that may be old, unconfirmed, overridden or at odds.

Only a confirmed assessment within its validity counts. A newer confirmed one of the same instrument
(and domain) replaces it. If different instruments, or two assessments of one day, disagree, the
level is disputed until a person resolves it. A person may also override the level of one
assessment, within the limits of the country's policy. Nothing here scores an instrument, and no
decision changes an assessment.
"""

from bisect import insort
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import cast

from rehabcore.levels.policy import RiskPolicy
from rehabcore.levels.reassessment import reassessment_due
from rehabcore.levels.standing import Decided, Standing
from rehabcore.levels.validity import (
    Finding,
    OfOthers,
    assessed,
    claims,
    for_its_day,
    passing,
    told,
)
from rehabcore.records import (
    Filed,
    LevelOverride,
    NeedFinding,
    NeedsAssessment,
    Resolution,
    RiskAssessment,
)
from rehabcore.records.order import dated_act
from rehabcore.rules.judging.findings import Said
from rehabcore.rules.judging.settling import Claim
from rehabcore.rules.time.acts import Acts, DatedAct, newest
from rehabcore.rules.time.days import OPEN, End, Span
from rehabcore.rules.time.partial import Day, PartialEnd, first_of, last_of
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.checked import checked_arguments
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import one_of, refuse
from rehabcore.strict.vocabulary import RecordId, StaffId

TYPE_CHECKING = False  # a score brings its instrument along, of which a standing needs nothing
if TYPE_CHECKING:
    from rehabcore.instruments import ScoreResult

__all__ = ["Decided", "Standing", "reassessment_due", "standings"]


def __dir__() -> list[str]:
    return __all__


def assessment_of(
    result: "ScoreResult",
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
        InputError: the country gives no level to this band, or to any of the table; the instrument
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
        score=None if value is None else Decimal(str(round(value, 6))),  # a document holds no more
        confirmed_by=confirmed_by,
        domain=meaning.domain,
        band=band or "",
        edition=result.instrument.edition,
        result=result_id,
        remarks=result.remarked,
    )


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


def passing_risks(
    assessments: Iterable[RiskAssessment],
    *,
    overrides: Iterable[LevelOverride],
    resolutions: Iterable[Resolution],
    policy: RiskPolicy,
) -> Iterator[tuple[Claim, Container[str]]]:
    """The claims about levels of risk that others replaced on their own day, as ``passing``."""
    listed = tuple(assessments)
    findings = [Finding(a, _level(a)) for a in listed]
    yield from passing(findings)
    words = _words(listed, overrides, resolutions, policy)
    own = {_id(assessment): _id(assessment) for assessment in listed}
    for found, claim in told(findings):
        span, of_day = cast("Span", claim.span), defaultdict[date, list[_Word]](list)
        for word in words.get(_id(found.assessment), ()):
            if word.act.day is not None and word.act.day in span and claim.says == found.says:
                of_day[word.act.day].append(word)
        for decided in of_day.values():
            apart = OfOthers(own, _id(found.assessment))
            last = newest(word.act for word in decided)
            yield from (
                (for_its_day(word.decided.filed.record_id, word.act, word.says), apart)
                for word in decided
                if not last(word.act)
            )


def need_claims(assessments: Iterable[NeedsAssessment], domain: str) -> tuple[Claim, ...]:
    """The claims of assessments about the level of need in one domain."""
    return claims(_needs(assessments, domain))


def subdomain_claims(
    assessments: Iterable[NeedsAssessment], domain: str, subdomain: str
) -> tuple[Claim, ...]:
    """The claims of assessments on whether the need in a domain was found in a part of it.

    A finding that names no part says nothing of any.
    """
    found = [
        Finding(assessment, _found_in(finding, subdomain))
        for assessment in assessments
        for finding in assessment.findings
        if finding.domain == domain
    ]
    return claims(found)


def _found_in(finding: NeedFinding, subdomain: str) -> Said:
    return subdomain in finding.subdomains if finding.subdomains else UnknownKind.MISSING


def passing_needs(
    assessments: Iterable[NeedsAssessment], domain: str
) -> Iterator[tuple[Claim, Container[str]]]:
    """The claims about levels of need that others replaced on their own day, for that day only."""
    return passing(_needs(assessments, domain))


def _needs(assessments: Iterable[NeedsAssessment], domain: str) -> list[Finding[NeedsAssessment]]:
    return [
        Finding(assessment, finding.level)
        for assessment in assessments
        for finding in assessment.findings
        if finding.domain == domain
    ]


# --- what was decided of an assessment ----------------------------------------------------


@frozen(eq=False, kw_only=True)
class _Word:
    """The word of one decision on one assessment, until the decision no longer holds.

    It may hold from ``first`` up to, and not including, ``last_until``, and certainly holds from
    ``certain_from`` up to ``first_until``. Two equal words of different decisions stay two, so they
    are compared by identity.
    """

    decided: Decided
    act: DatedAct
    says: str | UnknownKind
    first: date
    certain_from: date
    first_until: date
    last_until: date

    @classmethod
    def of(cls, decided: Decided, until: PartialEnd, says: str | UnknownKind) -> "_Word":
        """The word of a decision until some day."""
        on, ends = decided.decided_on, [until] if isinstance(until, Day) else []
        return cls(
            decided=decided,
            act=dated_act(decided.filed, on),
            says=says,
            first=first_of(on),
            certain_from=last_of(on),
            first_until=min(map(first_of, ends), default=date.max),
            last_until=min(map(last_of, ends), default=date.max),
        )


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
    words: dict[str, list[_Word]] = {own: [] for own in found}
    for override in overrides:
        if override.assessment in found:
            original = found[override.assessment]
            counts = policy.allows(original.level, override.level)
            counts = counts and not original.filed.corrected_since(override.filed)
            says = override.level if counts else UnknownKind.NEEDS_PERSON
            words[override.assessment].append(_Word.of(override, override.until, says))
    # A resolution may choose any level that was in dispute, overridden ones included. The words are
    # copied first, so that one resolution does not count as a voice in the next one's dispute.
    overridden = {own: tuple(listed) for own, listed in words.items()}
    made = _Made(found.values())
    for resolution in resolutions:
        named = [own for own in resolution.assessments if own in found]
        first, last = first_of(resolution.decided_on), last_of(resolution.decided_on)
        said = {found[own].level for own in named} | {
            word.says
            for own in named
            for word in overridden[own]
            if word.first <= last and first < word.last_until
        }
        says = resolution.level if resolution.level in said else UnknownKind.NEEDS_PERSON
        for own in named:
            until = made.next_after(resolution, found[own].domain)
            words[own].append(_Word.of(resolution, until or OPEN, says))
    return words


class _Made:
    """When the confirmed assessments of each domain were made."""

    def __init__(self, assessments: Iterable[RiskAssessment]) -> None:
        self._of_domain: dict[str | None, list[RiskAssessment]] = defaultdict(list)
        for assessment in assessments:
            self._of_domain[assessment.domain].append(assessment)
        self._acts = {own: Acts(map(assessed, made)) for own, made in self._of_domain.items()}

    def next_after(self, resolution: Resolution, domain: str | None) -> Day | None:
        """The day of the first assessment that certainly came after a resolution."""
        act = dated_act(resolution.filed, resolution.decided_on)
        following = self._acts[domain].next_after(act)
        if following != act.on:
            return following
        # A resolution comes after the assessments that it names, whenever these were recorded.
        others = (a for a in self._of_domain[domain] if _id(a) not in resolution.assessments)
        return Acts(map(assessed, others)).next_after(act)


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
    # Where nobody knows which word counts, all that may count stand beside each other. So they
    # contradict each other, unless they agree.
    holds: dict[_Word | None, date] = {}
    for day, may_count in _counting(_cuts(span, words), words):
        # A level would outweigh a word that leaves it to a person, though only one of them counts.
        left = [w for w in may_count if isinstance(_applies(assessment, w), UnknownKind)]
        counting = left or may_count
        for word in [word for word in holds if word not in counting]:
            yield _held(assessment, word, Span(holds.pop(word), day))
        holds |= {word: day for word in counting if word not in holds}
    for word, start in holds.items():
        yield _held(assessment, word, Span(start, span.end))


def _cuts(span: Span, words: Sequence[_Word]) -> list[date]:
    """The days of a span on which another word may begin to count."""
    edges = (e for w in words for e in (w.first, w.certain_from, w.first_until, w.last_until))
    return sorted({span.start, *(day for day in edges if day in span and day != date.max)})


def _counting(
    days: Iterable[date], words: Iterable[_Word]
) -> Iterator[tuple[date, dict[_Word | None, None]]]:
    """The words that may be the last decided of those that hold, for each day.

    None stands for none, if it is not certain that any holds.

    Args:
        days: the days, in order.
        words: the words on one assessment.
    """
    # `begun` is a stack of words by the day of decision. When the newest ones no longer hold they
    # are dropped for good, and older ones that still hold come to light again.
    ahead = sorted(words, key=lambda word: word.first, reverse=True)
    begun: list[_Word] = []
    for day in days:
        while ahead and ahead[-1].first <= day:
            insort(begun, ahead.pop(), key=lambda word: word.certain_from)
        hold: list[_Word] = []
        certain: list[_Word] = []
        since, place = date.min, len(begun)
        while place and begun[place - 1].certain_from >= since:
            place -= 1
            word = begun[place]
            if word.last_until <= day:
                del begun[place]
                continue
            hold.append(word)
            if word.certain_from <= day < word.first_until:
                certain.append(word)
                since = max(since, word.first)
        stands = newest(word.act for word in certain)
        counting: dict[_Word | None, None] = {word: None for word in hold if stands(word.act)}
        yield day, counting if certain else {**counting, None: None}


def _held(assessment: RiskAssessment, word: _Word | None, span: Span) -> Standing:
    applies, decided = _applies(assessment, word), word.decided if word else None
    return Standing(assessment=assessment, span=span, applies=applies, decided=decided)


def _applies(assessment: RiskAssessment, word: _Word | None) -> str | UnknownKind:
    return _level(assessment) if word is None else word.says
