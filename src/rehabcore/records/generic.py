"""Four generic records, for everything without a record of its own, such as drug tests or work.

Each has a kind from the country's glossary. Its value is one of the kind's codes, or an amount.
"""

from collections.abc import Iterable
from decimal import Decimal

from attrs import field

from rehabcore.records.fields import first_day, of_kind, word
from rehabcore.records.filing import Filed, expires_after, in_order
from rehabcore.rules.time.days import OPEN
from rehabcore.rules.time.partial import Day, Days, PartialEnd
from rehabcore.strict.checked import checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem, missing_key
from rehabcore.strict.vocabulary import RecordId


@frozen(kw_only=True)
@checked
class Event:
    """Something happened on a day.

    ``severity`` and ``outcome`` are codes of the kind. ``outcome`` was decided on ``decided_on``;
    None means that nobody has decided yet. ``reported_on`` and ``responded_on`` are None if not
    known.
    """

    filed: Filed
    kind: str = field(metadata=word("event_kinds"))
    happened_on: Day = field(metadata=first_day())
    severity: str | None = field(default=None, metadata=of_kind("severities"))
    outcome: str | None = field(default=None, metadata=of_kind("outcomes"))
    reported_on: Day | None = None
    decided_on: Day | None = None
    responded_on: Day | None = None

    def _problems(self) -> Iterable[Problem]:
        for name in ("reported_on", "decided_on", "responded_on"):
            yield from in_order(self.happened_on, getattr(self, name), name)
        if self.decided_on is not None and self.outcome is None:
            yield missing_key("outcome", "the outcome that was decided")


@frozen(kw_only=True)
@checked
class Observation:
    """Somebody observed a value on a day. It counts until ``expires``, or until a newer one."""

    filed: Filed
    kind: str = field(metadata=word("observation_kinds"))
    value: str = field(metadata=of_kind("values"))
    observed_on: Day = field(metadata=first_day())
    expires: PartialEnd = OPEN

    def _problems(self) -> Iterable[Problem]:
        return expires_after(self.observed_on, self.expires)


@frozen(kw_only=True)
@checked
class Measurement:
    """Somebody measured an amount on a day. It counts until ``expires``, or until a newer one."""

    filed: Filed
    kind: str = field(metadata=word("measurement_kinds"))
    amount: Decimal
    measured_on: Day = field(metadata=first_day())
    expires: PartialEnd = OPEN

    def _problems(self) -> Iterable[Problem]:
        return expires_after(self.measured_on, self.expires)


@frozen(kw_only=True)
@checked
class State:
    """A value holds over a span of days."""

    filed: Filed
    kind: str = field(metadata=word("state_kinds"))
    value: str = field(metadata=of_kind("values"))
    span: Days = field(metadata=first_day())


@frozen(kw_only=True)
@checked
class Retraction:
    """Takes back a record that should not have been filed; ``filed.corrects`` names it.

    If that was a correction, the record that it had replaced stands again.
    """

    filed: Filed

    @property
    def retracts(self) -> RecordId:
        """The id of the record that is taken back."""
        return self.filed.corrects or self.filed.record_id

    def _problems(self) -> Iterable[Problem]:
        if self.filed.corrects is None:
            yield missing_key("filed.corrects", "the id of the record that is taken back")
