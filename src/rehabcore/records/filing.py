"""The filing of a record: who stated it, and from which day it counts as known."""

from collections.abc import Iterable
from datetime import date

from attrs import field, frozen

from rehabcore.rules.time.days import End
from rehabcore.strict.checked import SECRET, checked, not_empty
from rehabcore.strict.problems import Problem
from rehabcore.strict.vocabulary import RecordId


@frozen(kw_only=True)
@checked
class Filed:
    """The filing of one record.

    ``recorded_on`` is the day from which the record counts as known. ``source`` is the code of the
    office that states it. Sources are compared with each other; one source must be consistent.
    ``corrects`` names the record that this one replaces, from ``recorded_on``.
    """

    record_id: RecordId = field(metadata=SECRET)
    recorded_on: date
    source: str = field(metadata=SECRET)
    corrects: RecordId | None = field(default=None, metadata=SECRET)

    def _problems(self) -> Iterable[Problem]:
        yield from not_empty(self, "record_id", "source")
        if self.corrects == self.record_id:
            yield Problem.of(
                self.corrects,
                "corrects_itself",
                "the id of another record",
                path="corrects",
                secret=True,
            )
        elif self.corrects is not None:
            yield from not_empty(self, "corrects")

    def corrected_since(self, other: "Filed") -> bool:
        """Whether this is a correction that was filed after ``other``."""
        return self.corrects is not None and other.recorded_on < self.recorded_on


def in_order(earlier: date | None, later: date | None, path: str) -> Iterable[Problem]:
    """A problem at ``path`` if the later of two known days comes before the earlier one."""
    if earlier is not None and later is not None and later < earlier:
        yield Problem.of(
            later, "ends_before_start", f"a day not before {earlier.isoformat()}", path=path
        )


def expires_after(start: date | None, end: End, path: str = "expires") -> Iterable[Problem]:
    """A problem at ``path`` if an end that is a day does not come after the start."""
    if start is not None and isinstance(end, date) and end <= start:
        yield Problem.of(
            end,
            "ends_before_start",
            f"a day after {start.isoformat()}: the first that no longer counts",
            path=path,
        )
