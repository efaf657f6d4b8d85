"""Three generic records for what has no record of its own: drug tests, sanctions, work, payments.

Each has a kind from the country's glossary, and a value that is one of that kind's codes.
"""

from collections.abc import Iterable
from datetime import date

from attrs import frozen

from rehabcore.errors import Problem
from rehabcore.records.filing import Filed
from rehabcore.rules.days import OPEN, End, Span
from rehabcore.structure import verify


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
        verify(self)


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
    """A record should never have been filed; ``filed.corrects`` names it, nothing replaces it."""

    filed: Filed

    def __attrs_post_init__(self) -> None:
        verify(self, self._faults)

    def _faults(self) -> Iterable[Problem]:
        if self.filed.corrects is None:
            expected = "the id of the record that is taken back"
            yield Problem(
                code="missing_key", path="filed.corrects", found="nothing", expected=expected
            )
