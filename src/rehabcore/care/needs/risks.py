"""A person's risk on a day: overall, and in the domains that were assessed.

The level is that of the fact ``risk_level``, so it always agrees with the rules. With it go the
level of each assessment, what a person decided about it, and the day by which risk is to be
assessed anew.
"""

from collections.abc import Mapping
from datetime import date

from attrs import field

from rehabcore.care.needs.profile import is_contested
from rehabcore.levels.contests import counting
from rehabcore.levels.policy import RiskPolicy
from rehabcore.records import CaseFile
from rehabcore.risk import Standing, standings
from rehabcore.rules.criteria import ask
from rehabcore.rules.facts import Fact, Known, Unknown
from rehabcore.rules.judging.cells import Cells
from rehabcore.rules.time.days import End
from rehabcore.rules.time.partial import Day, first_of, last_of
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.checked import SECRET, checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.vocabulary import RecordId, StaffId


@frozen(kw_only=True)
@checked
class RiskDecided:
    """An override or a resolution that holds on the day: who decided it, and a code for why."""

    record_id: RecordId
    reason: str = field(metadata=SECRET)
    decided_by: StaffId = field(repr=False, metadata=SECRET)
    decided_on: Day


@frozen(kw_only=True)
@checked
class RiskSaid:
    """One assessment of risk on the day.

    ``level`` is the level that it gave, and never changes. ``applies`` is the level that counts;
    None if none does, and then ``unknown`` tells why. ``decided`` is the decision that holds about
    it. All this holds up to, and not including, ``until``. ``remarks`` are those of the assessment.
    """

    record_id: RecordId
    instrument: str = field(metadata=SECRET)
    assessed_on: Day
    until: End
    level: str | None = None
    applies: str | None = None
    unknown: UnknownKind | None = None
    decided: RiskDecided | None = None
    remarks: tuple[str, ...] = field(default=(), metadata=SECRET)


@frozen(kw_only=True)
@checked
class RiskSeen:
    """The risk overall (``domain`` None) or in one domain: a level, or why there is none.

    ``evidence`` holds the ids of the records that state it, or that leave it unknown.
    ``reassess_by`` is the last day by which risk is to be assessed anew; None if it is not known.
    ``said`` lists the assessments, the oldest first. ``contested`` tells that the person contests
    one that the level rests on, and nobody has decided yet.
    """

    domain: str | None = None
    level: str | None = None
    unknown: UnknownKind | None = None
    evidence: tuple[str, ...] = ()
    reassess_by: date | None = None
    said: tuple[RiskSaid, ...] = ()
    contested: bool = False


def risks(
    facts: Mapping[str, Fact], cells: Cells, view: CaseFile, policy: RiskPolicy, *, on: date
) -> tuple[RiskSeen, ...]:
    """The risk of a person on a day: overall, then by domain, in the order of the glossary.

    Args:
        facts: the facts of the country, by name.
        cells: gives the cells of the person on the day (``CaseFacts.on``).
        view: the case file, as it was known.
        policy: the country's policy, which limits overrides.
        on: the day.
    """
    counted = counting(view.risk_assessments, view.risk_contests)
    level, due = facts["risk_level"], facts["time_to_reassessment"]

    def seen(domain: str | None) -> RiskSeen:
        given = {} if domain is None else {"domain": domain}
        cell, reassess = cells(ask(level, **given)), cells(ask(due, **given))
        by = reassess.value if isinstance(reassess, Known) else None
        standing = standings(
            [a for a in counted if a.domain == domain],
            overrides=view.level_overrides,
            resolutions=view.resolutions,
            policy=policy,
            on=on,
        )
        return RiskSeen(
            domain=domain,
            level=str(cell.value) if isinstance(cell, Known) else None,
            unknown=cell.kind if isinstance(cell, Unknown) else None,
            evidence=cell.evidence,
            contested=is_contested(cell),
            reassess_by=by if isinstance(by, date) else None,
            said=tuple(map(_said, sorted(standing, key=_by_day))),
        )

    assessed = {assessment.domain for assessment in view.risk_assessments}
    domains = [code for code in level.parameters[0].codes if code in assessed]
    return tuple(map(seen, (None, *domains)))


def _by_day(standing: Standing) -> tuple[date, date, tuple[RecordId, ...]]:
    """A key that sorts the oldest assessment first, whatever the order on file."""
    on = standing.assessment.assessed_on
    return first_of(on), last_of(on), standing.evidence


def _said(standing: Standing) -> RiskSaid:
    assessment, applies, decided = standing.assessment, standing.applies, standing.decided
    unknown = applies if isinstance(applies, UnknownKind) else None
    return RiskSaid(
        record_id=assessment.filed.record_id,
        instrument=assessment.instrument,
        assessed_on=assessment.assessed_on,
        until=standing.span.end,
        level=assessment.level,
        applies=None if isinstance(applies, UnknownKind) else applies,
        unknown=unknown,
        decided=None
        if decided is None
        else RiskDecided(
            record_id=decided.filed.record_id,
            reason=decided.reason,
            decided_by=decided.decided_by,
            decided_on=decided.decided_on,
        ),
        remarks=assessment.remarks,
    )
