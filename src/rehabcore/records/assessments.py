"""Assessments of needs and of risk, and decisions of named persons about levels of risk.

Rules use only assessments that a named person confirmed. A decision about an assessment never
changes it: overrides and resolutions are records of their own.
"""

from collections.abc import Iterable
from decimal import Decimal

from attrs import field

from rehabcore.records.fields import first_day, part_of, parts, refers_to, word
from rehabcore.records.filing import Filed, expires_after
from rehabcore.rules.time.days import UNSURE
from rehabcore.rules.time.partial import Day, PartialEnd
from rehabcore.strict.checked import SECRET, checked, codes_only, not_empty
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem, missing_key
from rehabcore.strict.vocabulary import RecordId, Stability, StaffId

_TWO_DISAGREE, MOST_IN_DISPUTE = 2, 10
"""Assessments that one resolution may name; many more are no dispute but hostile input."""


@frozen(kw_only=True)
@checked
class NeedFinding:
    """The level of need in one domain, both codes of the country's glossary.

    ``stability`` tells how fast the need can change; None if nobody stated it. ``subdomains`` are
    the parts of the domain in which the need was found; none if nobody stated them.
    """

    domain: str = field(metadata=word("need_domains"))
    level: str = field(metadata=word("need_levels"))
    stability: Stability | None = None
    subdomains: frozenset[str] = field(
        default=frozenset(), metadata=word("need_subdomains") | part_of("domain")
    )


@frozen(kw_only=True)
@checked
class NeedsAssessment:
    """One assessment of a person's needs. A need domain that is not listed was not assessed.

    ``expires`` is the first day on which the findings no longer count.
    """

    filed: Filed
    instrument: str = field(metadata=SECRET)
    assessed_on: Day = field(metadata=first_day())
    expires: PartialEnd
    findings: tuple[NeedFinding, ...] = field(metadata=parts())
    confirmed_by: StaffId | None = field(default=None, repr=False, metadata=SECRET)

    def _problems(self) -> Iterable[Problem]:
        yield from expires_after(self.assessed_on, self.expires)
        seen: set[str] = set()
        for index, finding in enumerate(self.findings):
            if finding.domain in seen:
                path = f"findings[{index}].domain"
                yield Problem.of(finding.domain, "repeated_item", "every domain once", path=path)
            seen.add(finding.domain)


@frozen(kw_only=True)
@checked
class RiskAssessment:
    """The level of risk that one assessment found, and the score it comes from, if there is one.

    ``level`` is a code of the country. It is None if the instrument gives no level, for example
    because its norms do not cover the person: then a person is needed. ``domain`` is the need
    domain to which the risk belongs, None for risk overall. ``band`` is the instrument's own label,
    kept beside the level that the country gives to it. ``edition`` (of the instrument) and
    ``result`` (the caller's id of the scored form) lead back to the answers. ``remarks`` are codes
    of warnings, such as ``outside_population``.
    """

    filed: Filed
    instrument: str = field(metadata=SECRET)
    assessed_on: Day = field(metadata=first_day())
    expires: PartialEnd
    level: str | None = field(default=None, metadata=word("risk_levels"))
    score: Decimal | None = None
    confirmed_by: StaffId | None = field(default=None, repr=False, metadata=SECRET)
    domain: str | None = field(default=None, metadata=word("need_domains"))
    band: str = field(default="", metadata=SECRET)
    edition: str = field(default="", metadata=SECRET)
    result: str = field(default="", metadata=SECRET)
    remarks: tuple[str, ...] = field(default=(), metadata=SECRET)

    def _problems(self) -> Iterable[Problem]:
        yield from expires_after(self.assessed_on, self.expires)
        if self.level is None and self.score is None and not self.band:
            yield missing_key("level", "a level, or the score or band that gave none")


@frozen(kw_only=True)
@checked
class LevelOverride:
    """A person put another level in the place of the one that an assessment of risk gave.

    The assessment stays as it is. ``reason`` is a code of the agency, so that overrides can be
    counted. The override holds from ``decided_on`` up to, and not including, ``until``, and no
    longer than the assessment. ``until`` is never unknown.
    """

    filed: Filed
    assessment: RecordId = field(metadata=SECRET | refers_to("risk_assessments"))
    level: str = field(metadata=word("risk_levels"))
    reason: str = field(metadata=SECRET)
    decided_by: StaffId = field(repr=False, metadata=SECRET)
    decided_on: Day = field(metadata=first_day())
    until: PartialEnd

    def _problems(self) -> Iterable[Problem]:
        yield from codes_only(self, "reason")
        yield from not_empty(self, "decided_by")
        yield from expires_after(self.decided_on, self.until, "until")
        if self.until is UNSURE:
            expected = "a day, or open: who overrides says until when"
            yield Problem.of(self.until.value, "out_of_range", expected, path="until")


@frozen(kw_only=True)
@checked
class Resolution:
    """A person decided which level holds, because assessments of risk disagree.

    ``level`` is one of the levels in dispute. It holds from ``decided_on`` until a newer confirmed
    assessment comes, and only for the ``assessments`` that it names.
    """

    filed: Filed
    assessments: tuple[RecordId, ...] = field(metadata=SECRET | refers_to("risk_assessments"))
    level: str = field(metadata=word("risk_levels"))
    reason: str = field(metadata=SECRET)
    decided_by: StaffId = field(repr=False, metadata=SECRET)
    decided_on: Day = field(metadata=first_day())

    def _problems(self) -> Iterable[Problem]:
        yield from codes_only(self, "reason")
        yield from not_empty(self, "decided_by")
        if len(self.assessments) < _TWO_DISAGREE:
            expected = "at least two that disagree"
            yield Problem.of(self.assessments, "empty_group", expected, path="assessments")
        if len(self.assessments) > MOST_IN_DISPUTE:
            expected = f"at most {MOST_IN_DISPUTE}"
            yield Problem.of(self.assessments, "too_large", expected, path="assessments")
        if len(set(self.assessments)) < len(self.assessments):
            expected = "every assessment once"
            yield Problem.of(self.assessments, "repeated_item", expected, path="assessments")
