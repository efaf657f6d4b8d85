"""When the person can come, and when not.

Nobody knows what a case file says nothing about: without a record of either kind, the person may be
able to come at any time.
"""

from collections.abc import Iterable

from attrs import field

from rehabcore.records.fields import by_person, first_day
from rehabcore.records.filing import Filed
from rehabcore.records.sessions import wall_times
from rehabcore.rules.time.partial import Days
from rehabcore.strict.checked import SECRET, checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem
from rehabcore.strict.vocabulary import Weekday


@frozen(kw_only=True)
@checked
class Availability:
    """A time of one weekday at which the person can come, on each such day of a span.

    It runs from ``starts_at`` up to, and not including, ``ends_at``, both times on the wall, such
    as ``"14:30"``. Empty ones are the beginning and the end of the day.
    """

    filed: Filed
    span: Days = field(metadata=first_day() | by_person())
    weekday: Weekday
    starts_at: str = field(default="", metadata=SECRET)
    ends_at: str = field(default="", metadata=SECRET)

    def _problems(self) -> Iterable[Problem]:
        found = tuple(wall_times(self, "starts_at", "ends_at"))
        yield from found
        if not found and self.ends_at and self.ends_at <= self.starts_at:
            expected = "a later time than that at which it starts"
            yield Problem.of(
                self.ends_at, "ends_before_start", expected, path="ends_at", secret=True
            )


@frozen(kw_only=True)
@checked
class Unavailability:
    """Days of a span on which the person cannot come at all, whatever else is on file."""

    filed: Filed
    span: Days = field(metadata=first_day() | by_person())
    reason: str = field(default="", repr=False, metadata=SECRET)
