"""The forms of days in JSON and TOML, known exactly or in part.

"2026-03-01"   "2026-03"   "2026"   { "from": "2026-03-01", "to": "2026-03-15" }
{ "to": "2017" } is by the end of 2017, { "from": "2015" } since some day from 2015 on
"""

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from json import dumps
from re import compile as pattern
from typing import Any, TypeVar

from attrs import evolve

from rehabcore.rules.facts import NEVER, Anchor, Forever
from rehabcore.rules.time.days import End, Ending
from rehabcore.rules.time.partial import (
    EARLIEST_DAY,
    LATEST_DAY,
    Day,
    Days,
    PartialDay,
    PartialEnd,
    days_between,
    first_of,
    last_of,
)
from rehabcore.strict.checked import EARLIEST_YEAR, LATEST_YEAR
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import (
    InputError,
    Problem,
    Problems,
    missing_key,
    refuse,
    unknown_keys,
)
from rehabcore.strict.scalars import ISO_DAY, MOST_WRITTEN_DAYS
from rehabcore.strict.structure import Codec, Form, refuse_repeated_keys

T = TypeVar("T")

_ENDINGS, _NEVER = {ending.value: ending for ending in Ending}, {NEVER.value: NEVER}
_PARTIAL = 'YYYY-MM-DD, a month "2026-03", a year "2026" or {"from": ..., "to": ...}'
_DAY = f"a day: {_PARTIAL}"
_END = 'a day, "open" (it goes on) or "unknown" (nobody recorded it)'
_NO_WORDS: dict[str, date] = {}
_PARTIAL_END = f'a day: {_PARTIAL}; "open" (it goes on) or "unknown" (nobody recorded it)'
_ANCHOR = 'a day, or "never" where it is certain that it does not come'
_PARTIAL_ANCHOR = f'a day: {_PARTIAL}; or "never" where it is certain that it does not come'
_ENDS = {"start", "end"}
_YEAR_OR_MONTH = pattern(r"([0-9]{4})(?:-([0-9]{2}))?\Z")


@frozen
class DayForms:
    """The forms of days, with the codec that reads a day that is known exactly."""

    bare: Codec

    def forms(self) -> tuple[Form, ...]:
        """The forms of days, ends of spans, spans and anchors."""
        day, end = _kept(self._day), _kept(self._end)
        write = self._write
        readers: tuple[tuple[Any, Callable[[object], Any]], ...] = (
            (End, lambda plain: self._exactly(plain, _ENDINGS, _END)),
            (Anchor, lambda plain: self._exactly(plain, _NEVER, _ANCHOR)),
            (Day, day),
            (PartialEnd, end),
            (Day | Forever, self._anchor),
        )
        return (
            *(Form(type=kind, read=read, write=write, checks_all=True) for kind, read in readers),
            Form(
                type=Day | None,
                read=lambda plain: None if plain is None else day(plain),
                write=lambda day: None if day is None else write(day),
                checks_all=True,
            ),
            Form(
                type=Days,
                read=lambda plain: _days(plain, end),
                write=self._write_days,
                checks_all=True,
            ),
        )

    def _exactly(self, plain: object, words: Mapping[str, T], expected: str) -> date | T:
        if isinstance(plain, str) and plain in words:
            return words[plain]
        if isinstance(plain, str) and not ISO_DAY.match(plain):
            refuse(plain, "bad_date", expected)
        if not isinstance(plain, str | date):
            refuse(plain, "wrong_type", expected)
        return self.bare.read(plain, date)

    def _day(self, plain: object) -> Day:
        return self._perhaps_in_part(plain, _NO_WORDS, _DAY)

    def _end(self, plain: object) -> PartialEnd:
        return self._perhaps_in_part(plain, _ENDINGS, _PARTIAL_END)

    def _anchor(self, plain: object) -> Day | Forever:
        return self._perhaps_in_part(plain, _NEVER, _PARTIAL_ANCHOR)

    def _perhaps_in_part(self, plain: object, words: Mapping[str, T], expected: str) -> Day | T:
        if isinstance(plain, dict):
            return self._from_to(plain)
        stated = _YEAR_OR_MONTH.match(plain) if isinstance(plain, str) else None
        if stated is not None:
            return _within(stated[1], stated[2])
        return self._exactly(plain, words, expected)

    def _from_to(self, plain: dict[str, Any]) -> PartialDay:
        refuse_repeated_keys(plain)
        problems = Problems(*unknown_keys(plain, ("from", "to")))
        if not {"from", "to"} & plain.keys():
            problems.add(missing_key("from", _DAY))
        first = problems.at("from", self._day, plain["from"]) if "from" in plain else EARLIEST_DAY
        last = problems.at("to", self._day, plain["to"]) if "to" in plain else LATEST_DAY
        problems.done()
        if last_of(last) <= first_of(first):
            expected = "a day after `from`; write a known day as one day"
            refuse(last_of(last), "ends_before_start", expected, path="to")
        return PartialDay(first_of(first), last_of(last))

    def _write(self, day: PartialEnd | Forever) -> object:
        if isinstance(day, PartialDay):
            return written_day(day)
        return self.bare.write(day) if isinstance(day, date) else day.value

    def _write_days(self, days: Days) -> object:
        return {"start": self._write(days.start), "end": self._write(days.end)}


def _kept(read: Callable[[object], T]) -> Callable[[object], T]:
    """A reader that keeps what it made of texts, for a file repeats few days; errors are not."""
    of_text = lru_cache(maxsize=MOST_WRITTEN_DAYS)(read)

    def reader(plain: object) -> T:
        return of_text(plain) if type(plain) is str else read(plain)

    return reader


def _days(plain: object, end: Callable[[object], PartialEnd]) -> Days:
    """The days of a span, whose start and end ``end`` reads."""
    days = None
    if type(plain) is dict and plain.keys() == _ENDS:  # nothing is collected if nothing is wrong
        try:
            days = days_between(end(plain["start"]), end(plain["end"]))
        except InputError:
            days = None
    return _days_or_problems(plain, end) if days is None else days


def _days_or_problems(plain: object, end: Callable[[object], PartialEnd]) -> Days:
    if not isinstance(plain, dict):
        refuse(plain, "wrong_type", "an object", secret=True)
    refuse_repeated_keys(plain)
    problems = Problems(*unknown_keys(plain, ("start", "end")))
    read = {}
    for name in ("start", "end"):
        if name in plain:
            read[name] = problems.at(name, end, plain[name])
        else:
            problems.add(missing_key(name))
    problems.done()
    try:
        return days_between(**read)
    except InputError as error:
        raise error.each(lambda one: _as_written(one, read["end"])) from None


def _as_written(problem: Problem, end: PartialEnd) -> Problem:
    """The problem of a span; an end that is known in part is shown as it is written."""
    if problem.path == "end" and isinstance(end, PartialDay):
        return evolve(problem, found=dumps(written_day(end)))
    return problem


def _within(year: str, month: str | None) -> PartialDay:
    """The day in a year, or in a month."""
    if not EARLIEST_YEAR <= int(year) <= LATEST_YEAR:
        expected = f"a year from {EARLIEST_YEAR} to {LATEST_YEAR}"
        refuse(year, "date_out_of_range", expected)
    if month is None:
        return PartialDay(date(int(year), 1, 1), date(int(year), 12, 31))
    if not 1 <= int(month) <= 12:  # noqa: PLR2004
        refuse(f"{year}-{month}", "bad_date", "a month that exists in the calendar")
    return PartialDay(date(int(year), int(month), 1), _month_end(int(year), int(month)))


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def written_day(day: PartialDay) -> str | dict[str, str]:
    """A day that is known in part in its shortest form: a year, a month, or its bounds."""
    first, last = day.first, day.last
    if first == date(last.year, 1, 1) and last == date(first.year, 12, 31):
        return f"{first.year:04}"
    if first.day == 1 and last == _month_end(first.year, first.month):
        return f"{first:%Y-%m}"
    bounds = (("from", first, EARLIEST_DAY), ("to", last, LATEST_DAY))
    stated = {name: bound.isoformat() for name, bound, no_bound in bounds if bound != no_bound}
    return stated or {"from": first.isoformat()}
