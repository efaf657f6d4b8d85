"""The findings of single assessments, and the days on which each counts.

A newer confirmed assessment replaces an older one of the same instrument, and of the same domain if
the instrument assesses only one. An assessment that nobody confirmed states nothing: a person is
needed. One that has expired is stale.
"""

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping
from typing import Generic, TypeVar, cast

from attrs import evolve

from rehabcore.records import NeedsAssessment, RiskAssessment
from rehabcore.records.order import dated_act
from rehabcore.rules.judging.findings import Said, Succession
from rehabcore.rules.judging.settling import Claim
from rehabcore.rules.time.acts import DatedAct
from rehabcore.rules.time.days import ONE_DAY, Span
from rehabcore.rules.time.partial import PartialEnd, first_of
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.frozen import frozen
from rehabcore.strict.vocabulary import RecordId

A = TypeVar("A", NeedsAssessment, RiskAssessment)

_NOTHING_NEWER = Succession(())

Series = tuple[str, str | None]
"""An instrument, and the need domain if it assesses only one."""


@frozen
class Finding(Generic[A]):
    """The value that one assessment states, or the reason why it states none."""

    assessment: A
    says: Said


def series(assessment: NeedsAssessment | RiskAssessment) -> Series:
    """The series of an assessment; within a series, a newer assessment replaces an older one."""
    domain = assessment.domain if isinstance(assessment, RiskAssessment) else None
    return assessment.instrument, domain


def claims(findings: list[Finding[A]]) -> tuple[Claim, ...]:
    """The claims of findings about one thing."""
    return tuple(claim for _, claim in told(findings))


def told(findings: list[Finding[A]]) -> Iterator[tuple[Finding[A], Claim]]:
    """The claims of findings about one thing, each until the next confirmed one of its series."""
    # An unconfirmed assessment replaces nothing, but is itself replaced: a newer confirmed one
    # settles what a person was needed for.
    newer = _confirmed(findings)
    for found in findings:
        own = found.assessment
        others = newer.get(series(own), _NOTHING_NEWER)
        for claim in others.claims(own.filed.record_id, assessed(own), found.says, own.expires):
            # Once it has expired, confirming it would no longer help: it is stale either way.
            stands = own.confirmed_by is not None or claim.says is UnknownKind.STALE
            yield found, claim if stands else evolve(claim, says=UnknownKind.NEEDS_PERSON)


def passing(findings: list[Finding[A]]) -> Iterator[tuple[Claim, Container[str]]]:
    """The claims, for its day, of each confirmed finding that another followed on the same day.

    With each go the ids of the assessments of other series, which it did not replace.
    """
    newer = _confirmed(findings)
    of = {f.assessment.filed.record_id: series(f.assessment) for f in findings}
    for found in findings:
        own, act = found.assessment, assessed(found.assessment)
        if own.confirmed_by is not None and newer[series(own)].followed_at_once(act):
            yield for_its_day(own.filed.record_id, act, found.says), OfOthers(of, series(own))


class OfOthers:
    """The records of other things than one.

    Args:
        of: the thing of each record.
        own: that one.
    """

    def __init__(self, of: Mapping[RecordId, object], own: object) -> None:
        self._of, self._own = of, own

    def __contains__(self, record_id: object) -> bool:
        """Whether a record is of another thing."""
        return self._of.get(cast("RecordId", record_id), self._own) != self._own


def for_its_day(record_id: str, act: DatedAct, says: Said) -> Claim:
    """The claim of an act for its day only, which is known."""
    day = first_of(act.on)
    return Claim(record_id, Span(day, day + ONE_DAY), says)


def _confirmed(findings: list[Finding[A]]) -> dict[Series, Succession]:
    """The confirmed findings of each series."""
    made: dict[Series, list[tuple[DatedAct, Said, PartialEnd]]] = defaultdict(list)
    for found in findings:
        own = found.assessment
        if own.confirmed_by is not None:
            made[series(own)].append((assessed(own), found.says, own.expires))
    return {of: Succession(confirmed) for of, confirmed in made.items()}


def assessed(assessment: NeedsAssessment | RiskAssessment) -> DatedAct:
    """When an assessment was made."""
    return dated_act(assessment.filed, assessment.assessed_on)
