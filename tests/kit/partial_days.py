"""Case files of which some days are known only in part, so that the file itself is one completion.

Every exact day is blurred alike wherever it stands: into its month, its year, some days around it,
by when or since when it was; the start of a span may be lost. What is certain of the blurred file
has to be so in the file that it was made from.
"""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

import attrs
from attrs import evolve

from rehabcore.records import CaseFile
from rehabcore.records.case_file import RECORD_LISTS
from rehabcore.rules.time.days import UNSURE, Ending, Span
from rehabcore.rules.time.partial import (
    EARLIEST_DAY,
    LATEST_DAY,
    Day,
    Days,
    PartialDay,
    days_between,
)

SHARE = 1 / 4
"""How many of the days are known only in part."""


def blurred(case: CaseFile, seed: int, *, bounded: bool = False) -> CaseFile:
    """The case file with some days known only in part; if ``bounded``, all of them from and to."""
    lists: dict[str, Any] = {
        name: tuple(_blurred(record, _Haze(seed, bounded)) for record in getattr(case, name))
        for name in RECORD_LISTS
    }
    return evolve(case, **lists)


def _blurred(record: Any, haze: "_Haze") -> Any:
    changed: dict[str, Any] = {}
    for field in attrs.fields(type(record)):
        held = getattr(record, field.name)
        if isinstance(held, date):
            changed[field.name] = haze.day(held)
        elif isinstance(held, Span):
            changed[field.name] = haze.days(held, record.filed.recorded_on)
    return evolve(record, **changed)


@attrs.frozen
class _Haze:
    """Makes days less certain, always in the same way by the same seed."""

    seed: int
    bounded: bool

    def day(self, day: date) -> Day:
        chance = Random(f"{self.seed} {day}")
        if chance.random() >= SHARE:
            return day
        return chance.choice(BOUNDED if self.bounded else (*BOUNDED, _by, _since))(day, chance)

    def days(self, span: Span, recorded_on: date) -> Days:
        """The days of a span. What had begun when it was recorded may have an unknown start."""
        chance = Random(f"{self.seed} {span.start} {span.end}")
        begun = span.start <= recorded_on
        lost = begun and not self.bounded and chance.random() < SHARE / 2
        end = span.end if isinstance(span.end, Ending) else self.day(span.end)
        return days_between(UNSURE if lost else self.day(span.start), end)


def _month(day: date, _: Random) -> Day:
    return _between(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


def _year(day: date, _: Random) -> Day:
    return _between(day.replace(month=1, day=1), day.replace(month=12, day=31))


def _around(day: date, chance: Random) -> Day:
    return _between(day - _few(chance), day + _few(chance))


def _by(day: date, chance: Random) -> Day:
    return _between(EARLIEST_DAY, day + _few(chance))


def _since(day: date, chance: Random) -> Day:
    return _between(day - _few(chance), LATEST_DAY)


def _few(chance: Random) -> timedelta:
    return timedelta(chance.randint(0, 9))


def _between(first: date, last: date) -> Day:
    """A day between two others, of those that a record can be about."""
    first, last = max(first, EARLIEST_DAY), min(last, LATEST_DAY)
    return PartialDay(first, last) if first < last else first


BOUNDED: tuple[Callable[[date, Random], Day], ...] = (_month, _year, _around, _around)
"""The ways in which a day is known from and to; a few days around it most often, as days meet."""
