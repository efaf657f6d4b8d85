"""When a person can come, and when a provider is there, by the day and the time on the wall.

Times are those on the wall of the place where the session is held. Nothing is converted.
"""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from attrs import field

from rehabcore.records import CaseFile
from rehabcore.records.sessions import wall_times
from rehabcore.rules.time.days import OPEN, UNSURE, LeapDay, Span, Term
from rehabcore.rules.time.partial import Day, Days, Period, first_of, last_of
from rehabcore.strict.checked import SECRET, checked, checked_arguments, require_day
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem
from rehabcore.strict.vocabulary import Weekday

MINUTES_OF_A_DAY = 24 * 60
_WHOLE_DAY = ((0, MINUTES_OF_A_DAY),)
_OLDEST = 150
_WEEKDAYS = tuple(Weekday)

Times = tuple[tuple[int, int], ...]
"""Times of one day, each from a minute up to, and not including, another."""


@lru_cache(maxsize=MINUTES_OF_A_DAY)
def minute_of(wall_time: str) -> int:
    """The minute of the day of a time on the wall; ``"14:30"`` is 870."""
    return 60 * int(wall_time[:2]) + int(wall_time[3:])


@frozen(kw_only=True)
@checked
class WeekSlot:
    """A time of one day of the week, from ``starts_at`` up to, and not including, ``ends_at``.

    ``weekday`` is that of ``date.weekday``: Monday is 0. An empty time is the beginning or the end
    of the day. With a ``span`` it holds on its days only.
    """

    weekday: int
    starts_at: str = field(default="", metadata=SECRET)
    ends_at: str = field(default="", metadata=SECRET)
    span: Span | None = None

    def _problems(self) -> Iterable[Problem]:
        if not 0 <= self.weekday <= 6:  # noqa: PLR2004
            expected = "0 for Monday to 6 for Sunday"
            yield Problem.of(self.weekday, "out_of_range", expected, path="weekday")
        wrong = tuple(wall_times(self, "starts_at", "ends_at"))
        yield from wrong
        if not wrong and self.ends_at and self.ends_at <= self.starts_at:
            expected = "a later time than that at which it starts"
            yield Problem.of(self.ends_at, "ends_before_start", expected, path="ends_at")

    @property
    def minutes(self) -> tuple[int, int]:
        """Its minutes of the day."""
        end = minute_of(self.ends_at) if self.ends_at else MINUTES_OF_A_DAY
        return minute_of(self.starts_at) if self.starts_at else 0, end


@frozen(kw_only=True)
@checked
class WeeklyTimes:
    """The times at which somebody can be met, week by week.

    On a day on which no slot holds, of any day of the week, nobody has said when: it may be any
    time. On days ``away``, and on days of the week in ``weekend``, it is never.
    """

    slots: tuple[WeekSlot, ...] = ()
    weekend: frozenset[int] = frozenset()
    away: tuple[Span, ...] = ()

    def on(self, day: date) -> Times:
        """The times of one day.

        Raises:
            InputError: ``day`` is not a date, or has a time of day.
        """
        require_day(day, "day")
        weekday = day.weekday()
        if weekday in self.weekend or any(day in span for span in self.away):
            return ()
        slots = [slot for slot in self.slots if slot.span is None or day in slot.span]
        if not slots:
            return _WHOLE_DAY
        return tuple(sorted(slot.minutes for slot in slots if slot.weekday == weekday))


@frozen(kw_only=True)
@checked
class AgeBand:
    """The ages for which a variant is, in years: ``at_least``, and ``under``; None for no limit.

    ``leap_day`` says when somebody born on 29 February comes of age.
    """

    at_least: int | None = None
    under: int | None = None
    leap_day: LeapDay = LeapDay.FEBRUARY_28

    def _problems(self) -> Iterable[Problem]:
        for name in ("at_least", "under"):
            years = getattr(self, name)
            if years is not None and not 0 <= years <= _OLDEST:
                yield Problem.of(years, "out_of_range", f"0 to {_OLDEST} years", path=name)
        if self.at_least is not None and self.under is not None and self.under <= self.at_least:
            expected = "an age above that from which it is"
            yield Problem.of(self.under, "ends_before_start", expected, path="under")

    @checked_arguments
    def holds(self, born: Day, day: date) -> bool:
        """Whether a person certainly has such an age on a day, from the birthday on."""
        old = self.at_least is None or self._birthday(last_of(born), self.at_least) <= day
        return old and (self.under is None or day < self._birthday(first_of(born), self.under))

    def _birthday(self, born: date, years: int) -> date:
        return Term(years=years).after(born, self.leap_day)


@checked_arguments
def times_of_person(case: CaseFile) -> WeeklyTimes:
    """When a person can come, as the case file tells it; if it tells nothing, at any time.

    Days that are known in part count as far as they may reach, so that nobody is expected who
    perhaps cannot come.

    Args:
        case: the case file, as it was known on a day.
    """
    return WeeklyTimes(
        slots=tuple(
            WeekSlot(
                weekday=_WEEKDAYS.index(one.weekday),
                starts_at=one.starts_at,
                ends_at=one.ends_at,
                span=possible_days(one.span),
            )
            for one in case.availabilities
        ),
        away=tuple(possible_days(one.span) for one in case.unavailabilities),
    )


def possible_days(days: Days) -> Span:
    """The days that some days may hold."""
    if isinstance(days, Period):
        return days.possible
    return Span(days.start, OPEN) if days.end is UNSURE else days


def common_times(one: Times, other: Times) -> Times:
    """The times that both have."""
    return tuple(
        (start, end)
        for first in one
        for second in other
        if (start := max(first[0], second[0])) < (end := min(first[1], second[1]))
    )
