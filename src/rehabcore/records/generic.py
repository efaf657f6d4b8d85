"""Three generic records for what has no record of its own: drug tests, sanctions, work, payments.

Each has a kind from the country's glossary, and a value that is one of that kind's codes.
"""

from collections.abc import Iterable
from datetime import date

from attrs import frozen

from rehabcore.errors import Problem
from rehabcore.records.filing import Filed, expires_after
from rehabcore.rules.days import OPEN, End, Span
from rehabcore.verification import verify
from rehabcore.vocabulary import RecordId


@frozen(kw_only=True)
class Event:
    """Something happened on a day."""

    filed: Filed
    kind: str
    happened_on: date

    def __attrs_post_init__(self) -> None:
        verify(self)


@frozen(kw_only=True)
class Observation:
    """Somebody observed a value on a day; it counts until ``expires``, or a newer one."""

    filed: Filed
    kind: str
    value: str
    observed_on: date
    expires: End = OPEN

    def __attrs_post_init__(self) -> None:
        verify(self, lambda: expires_after(self.observed_on, self.expires))


@frozen(kw_only=True)
class State:
    """A value holds over a span of days."""

    filed: Filed
    kind: str
    value: str
    span: Span

    def __attrs_post_init__(self) -> None:
        verify(self)


@frozen(kw_only=True)
class Retraction:
    """A record should never have been filed; ``filed.corrects`` names it, nothing replaces it.

    What a retracted correction had replaced stands again.
    """

    filed: Filed

    def __attrs_post_init__(self) -> None:
        verify(self, self._faults)

    @property
    def retracts(self) -> RecordId:
        """The id of the record that is taken back."""
        return self.filed.corrects or self.filed.record_id

    def _faults(self) -> Iterable[Problem]:
        if self.filed.corrects is None:
            expected = "the id of the record that is taken back"
            yield Problem(
                code="missing_key", path="filed.corrects", found="nothing", expected=expected
            )
