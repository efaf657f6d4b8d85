"""The level that counts of one assessment of risk, on days on which it stays the same."""

from rehabcore.records import LevelOverride, Resolution, RiskAssessment
from rehabcore.rules.time.days import Span
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.checked import checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.vocabulary import RecordId

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
