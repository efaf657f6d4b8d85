"""Assessments of needs and of risk. Only what a named person confirmed feeds the rules."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from attrs import field, frozen

from rehabcore.errors import Problem, shown
from rehabcore.records.filing import Filed, expires_after
from rehabcore.rules.days import End
from rehabcore.verification import SECRET, verify
from rehabcore.vocabulary import Stability, StaffId


@frozen(kw_only=True)
class NeedFinding:
    """The level of need in one domain, both codes of the country's glossary.

    ``stability`` tells how fast the need can change; None where nobody said.
    """

    domain: str
    level: str
    stability: Stability | None = None

    def __attrs_post_init__(self) -> None:
        verify(self)


@frozen(kw_only=True)
class NeedsAssessment:
    """What one assessment found of a person's needs; a domain that is not listed was not assessed.

    ``expires`` is the first day on which the findings no longer count.
    """

    filed: Filed
    instrument: str = field(metadata=SECRET)
    assessed_on: date
    expires: End
    findings: tuple[NeedFinding, ...]
    confirmed_by: StaffId | None = field(default=None, repr=False, metadata=SECRET)

    def __attrs_post_init__(self) -> None:
        verify(self, self._faults)

    def _faults(self) -> Iterable[Problem]:
        yield from expires_after(self.assessed_on, self.expires)
        seen: set[str] = set()
        for index, finding in enumerate(self.findings):
            if finding.domain in seen:
                yield Problem(
                    code="repeated_item",
                    path=f"findings[{index}].domain",
                    found=shown(finding.domain),
                    expected="every domain once",
                )
            seen.add(finding.domain)


@frozen(kw_only=True)
class RiskAssessment:
    """The level of risk that one assessment found, and the score it comes from, if there is one."""

    filed: Filed
    instrument: str = field(metadata=SECRET)
    assessed_on: date
    expires: End
    level: str
    score: Decimal | None = None
    confirmed_by: StaffId | None = field(default=None, repr=False, metadata=SECRET)

    def __attrs_post_init__(self) -> None:
        verify(self, lambda: expires_after(self.assessed_on, self.expires))
