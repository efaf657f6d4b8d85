"""Assessments that the person contests, and what was decided of them.

A contest is a flag at an assessment, and no state of it: as long as nothing is decided, the
assessment counts, and so it does if the contest is dismissed. If it is upheld, the assessment no
longer counts from the day of the decision on.
"""

from collections.abc import Iterable

from attrs import field

from rehabcore.records.fields import by_person, first_day, refers_to
from rehabcore.records.filing import Filed, in_order
from rehabcore.rules.time.partial import Day
from rehabcore.strict.checked import SECRET, checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem, missing_key
from rehabcore.strict.vocabulary import ContestOutcome, RecordId, StaffId


@frozen(kw_only=True)
@checked
class NeedsContest:
    """The person contests an assessment of needs, for a reason in the person's own words.

    ``outcome`` is None until somebody decides, ``decided_by`` on ``decided_on``.
    """

    filed: Filed
    assessment: RecordId = field(metadata=SECRET | refers_to("needs_assessments"))
    contested_on: Day = field(metadata=first_day() | by_person())
    reason: str = field(default="", repr=False, metadata=SECRET)
    outcome: ContestOutcome | None = None
    decided_on: Day | None = field(default=None, metadata=first_day())
    decided_by: StaffId | None = field(default=None, repr=False, metadata=SECRET)

    def _problems(self) -> Iterable[Problem]:
        return _decided(self)


@frozen(kw_only=True)
@checked
class RiskContest:
    """The person contests an assessment of risk, for a reason in the person's own words.

    ``outcome`` is None until somebody decides, ``decided_by`` on ``decided_on``.
    """

    filed: Filed
    assessment: RecordId = field(metadata=SECRET | refers_to("risk_assessments"))
    contested_on: Day = field(metadata=first_day() | by_person())
    reason: str = field(default="", repr=False, metadata=SECRET)
    outcome: ContestOutcome | None = None
    decided_on: Day | None = field(default=None, metadata=first_day())
    decided_by: StaffId | None = field(default=None, repr=False, metadata=SECRET)

    def _problems(self) -> Iterable[Problem]:
        return _decided(self)


Contest = NeedsContest | RiskContest
"""A contest of an assessment."""


def _decided(contest: Contest) -> Iterable[Problem]:
    """The problems of an outcome without day or person, and of those without an outcome."""
    told = {name: getattr(contest, name) for name in ("outcome", "decided_on", "decided_by")}
    if any(told.values()):
        for name in (name for name, value in told.items() if not value):
            yield missing_key(name, "outcome, day and person together, or none of them")
    yield from in_order(contest.contested_on, contest.decided_on, "decided_on")
