"""The filing of a record: who stated it, and from which day it counts as known."""

from collections.abc import Iterable
from datetime import date

from attrs import field

from rehabcore.rules.time.days import Ending
from rehabcore.rules.time.partial import Day, PartialEnd, first_of, last_of
from rehabcore.strict.checked import SECRET, checked, not_empty
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem, missing_key
from rehabcore.strict.vocabulary import RecordId


@frozen(kw_only=True)
@checked
class Filed:
    """The filing of one record.

    ``recorded_on`` is the day from which the record counts as known. ``source`` is the code of the
    office that states it. Sources are compared with each other; one source must be consistent.
    ``corrects`` names the record that this one replaces, from ``recorded_on``: it was wrong.
    ``changes`` names the record that this one follows from ``since``: it was right until then.
    ``same_as`` names a record of another office about the same real thing. ``sequence`` is the
    place of the act among those that the office dates to the same day, lowest first.
    """

    record_id: RecordId = field(metadata=SECRET)
    recorded_on: date
    source: str = field(metadata=SECRET)
    corrects: RecordId | None = field(default=None, metadata=SECRET)
    changes: RecordId | None = field(default=None, repr=False, metadata=SECRET)
    since: date | None = field(default=None, repr=False)
    same_as: RecordId | None = field(default=None, repr=False, metadata=SECRET)
    sequence: int | None = field(default=None, repr=False)

    def _problems(self) -> Iterable[Problem]:
        if not (self.record_id and self.source):
            yield from not_empty(self, "record_id", "source")
        if self.corrects is not None or self.changes is not None or self.same_as is not None:
            yield from self._problems_of_names()
        if (self.changes is None) != (self.since is None):
            absent = "since" if self.since is None else "changes"
            yield missing_key(absent, "both the record that changes and the day since when")
        if self.sequence is not None and self.sequence < 1:
            yield Problem.of(self.sequence, "out_of_range", "1 or more", path="sequence")

    def _problems_of_names(self) -> Iterable[Problem]:
        for name in ("corrects", "changes", "same_as"):
            named = getattr(self, name)
            if named == self.record_id:
                yield Problem.of(
                    named,
                    "corrects_itself" if name == "corrects" else "circle",
                    "the id of another record",
                    path=name,
                    secret=True,
                )
            elif named is not None:
                yield from not_empty(self, name)

    def corrected_since(self, other: "Filed") -> bool:
        """Whether this is a correction that was filed after ``other``."""
        return self.corrects is not None and other.recorded_on < self.recorded_on


def in_order(earlier: Day | None, later: Day | None, path: str) -> Iterable[Problem]:
    """A problem at ``path`` if the later of two days certainly comes before the earlier one."""
    if earlier is not None and later is not None and last_of(later) < first_of(earlier):
        expected = f"a day not before {first_of(earlier).isoformat()}"
        yield Problem.of(last_of(later), "ends_before_start", expected, path=path)


def expires_after(start: Day | None, end: PartialEnd, path: str = "expires") -> Iterable[Problem]:
    """A problem at ``path`` if an end that is a day certainly does not come after the start."""
    if start is None or isinstance(end, Ending):
        return
    if last_of(end) <= first_of(start):
        expected = f"a day after {first_of(start).isoformat()}: the first that no longer counts"
        yield Problem.of(last_of(end), "ends_before_start", expected, path=path)
