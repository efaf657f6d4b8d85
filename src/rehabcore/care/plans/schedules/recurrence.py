"""The days that a rule of recurrence names, such as every Monday, ten times.

Rules are a part of those of RFC 5545, the part of which all programs mean the same. Other programs
also count the day on which a schedule starts, or lay 29 February on 1 March. So a schedule lists
its days outright: the rule makes them, and nothing reads them from it again.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from rehabcore.rules.time.partial import LATEST_DAY
from rehabcore.strict.checked import checked_arguments, is_known_day, require_day
from rehabcore.strict.problems import Problem, Problems, listed, shown_openly

MOST_SESSIONS = 2_000
"""The most sessions of one rule, or of one item of a plan: five a week for eight years."""
MOST_YEARS = 40
"""How far a rule reaches from its start: a little more than once a week, 2,000 times."""

_FREQUENCIES = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY")
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WEEKDAY = "|".join(_WEEKDAYS)
_BY_DATE = {"BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS"}
_ALLOWED_BY = {
    "DAILY": {"BYDAY"},
    "WEEKLY": {"BYDAY", "WKST"},
    "MONTHLY": _BY_DATE,
    "YEARLY": _BY_DATE,
}
"""The parts besides those of every rule, by frequency; positions in a week are read differently."""
_EVERY = ("FREQ", "INTERVAL", "COUNT", "UNTIL")
_FORMS: Mapping[str, tuple[str, str]] = {
    "FREQ": ("|".join(_FREQUENCIES), "DAILY, WEEKLY, MONTHLY or YEARLY: never by the hour or less"),
    "INTERVAL": ("[1-9][0-9]{0,2}", "1 to 999"),
    "COUNT": ("[1-9][0-9]{0,8}", f"1 to {MOST_SESSIONS}"),
    "UNTIL": ("[0-9]{8}", "the last day, without a time, such as 20261231"),
    "WKST": (_WEEKDAY, "a day of the week, such as MO"),
    "BYDAY": (
        rf"(?:[+-]?(?:[1-9]|[1-4][0-9]|5[0-3]))?(?:{_WEEKDAY})",
        "days of the week, such as MO,-1FR",
    ),
    "BYMONTHDAY": ("[+-]?[1-9][0-9]?", "1 to 31, or -31 to -1 from the end of the month"),
    "BYMONTH": ("[1-9][0-9]?", "1 to 12"),
    "BYSETPOS": ("[+-]?[1-9][0-9]{0,2}", "1 to 366, or -366 to -1 from the end"),
}
_LISTS = frozenset({"BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS"})
_MOST = {"COUNT": MOST_SESSIONS, "BYMONTHDAY": 31, "BYMONTH": 12, "BYSETPOS": 366}
_LONGEST = 400
"""The most characters of a rule; one that names every day of a month has fewer."""


@checked_arguments
def recurring_days(rule: str, *, start: date, path: str = "recurrence") -> tuple[date, ...]:
    """The days that a rule names from a day on, in their order.

    The start is among them only if the rule names it. A day that is not in the calendar, such as 31
    April, is left out, and does not count.

    >>> recurring_days("FREQ=WEEKLY;BYDAY=MO;COUNT=2", start=date(2026, 3, 3))
    (datetime.date(2026, 3, 9), datetime.date(2026, 3, 16))

    Args:
        rule: the value of an ``RRULE`` of RFC 5545, with ``COUNT`` or ``UNTIL``.
        start: the first day that may be one of them.
        path: where the rule stands, for errors.

    Raises:
        InputError: the rule cannot be read, has no end, or names no day, more than 2,000 days, or
            days more than 40 years after the start.

    Source: RFC 5545, section 3.3.10.
    """
    require_day(start, "start")
    problems = Problems(*problems_of_recurrence(rule, path=path))
    problems.done()
    parts = dict(part.split("=") for part in rule.split(";"))
    last = _last_reached(start)
    until = min(_day(parts.get("UNTIL")) or last, last)
    count = int(parts.get("COUNT", MOST_SESSIONS + 1))
    days = tuple(islice(_named(parts, start, until), count))
    _check_number(days, parts, last, problems, path)
    problems.done()
    return days


def problems_of_recurrence(rule: str, *, path: str = "recurrence") -> Iterable[Problem]:
    """The problems of a rule that are seen without laying it on the calendar.

    Args:
        rule: the rule.
        path: where it stands.
    """
    if len(rule) > _LONGEST:
        found, expected = f"a rule of {len(rule)} characters", f"at most {_LONGEST}"
        return (Problem(code="too_large", path=path, found=found, expected=expected),)
    pairs = [part.partition("=")[::2] for part in rule.split(";")]
    told = [*_of_parts(pairs, path)]
    return told or _of_the_whole(dict(pairs), path)


def _of_parts(pairs: Iterable[tuple[str, str]], path: str) -> Iterator[Problem]:
    """The problems of parts, each alone."""
    seen = set[str]()
    for name, text in pairs:
        found = shown_openly(f"{name}={text}")
        if name not in _FORMS:
            expected = f"parts of {listed(_FORMS)}, with ; between them"
            yield Problem(code="bad_recurrence", path=path, found=found, expected=expected)
            continue
        form, expected = _FORMS[name]
        values = text.split(",") if name in _LISTS else [text]
        if any(re.fullmatch(form, value) is None for value in values):
            expected = f"{name}={expected}"
            yield Problem(code="bad_recurrence", path=path, found=found, expected=expected)
        elif name in _MOST and max(abs(int(value)) for value in values) > _MOST[name]:
            code = "too_large" if name == "COUNT" else "out_of_range"
            yield Problem(code=code, path=path, found=found, expected=f"{name}={expected}")
        elif name == "UNTIL" and _day(text) is None:
            expected = "a day of the calendar from 1850 to 2199"
            yield Problem(code="bad_date", path=path, found=found, expected=expected)
        if name in seen:
            expected = "each part once"
            yield Problem(code="repeated_item", path=path, found=found, expected=expected)
        seen.add(name)


def _of_the_whole(parts: Mapping[str, str], path: str) -> Iterator[Problem]:
    """The problems of parts that do not fit together."""
    if ("COUNT" in parts) == ("UNTIL" in parts):
        found = "both or neither of COUNT and UNTIL"
        expected = "exactly one of the two: a schedule has an end"
        yield Problem(code="one_of_two", path=path, found=found, expected=expected)
    if "FREQ" not in parts:
        found, expected = "no FREQ", f"FREQ={_FORMS['FREQ'][1]}"
        yield Problem(code="missing_key", path=path, found=found, expected=expected)
        return
    frequency = parts["FREQ"]
    allowed = {*_EVERY, *_ALLOWED_BY[frequency]}
    for name in parts:
        if name not in allowed:
            expected = f"for {frequency} only {listed(sorted(allowed))}"
            yield Problem(code="bad_recurrence", path=path, found=name, expected=expected)
    numbered = re.search(r"[0-9]", parts.get("BYDAY", ""))
    if numbered and frequency not in ("MONTHLY", "YEARLY"):
        found, expected = shown_openly(parts["BYDAY"]), f"days without a number for {frequency}"
        yield Problem(code="bad_recurrence", path=path, found=found, expected=expected)
    if "BYSETPOS" in parts and not {"BYDAY", "BYMONTHDAY", "BYMONTH"} & {*parts}:
        expected = "BYDAY, BYMONTHDAY or BYMONTH, from whose days it picks"
        yield Problem(code="missing_key", path=path, found="BYSETPOS alone", expected=expected)


def _check_number(
    days: tuple[date, ...], parts: Mapping[str, str], last: date, problems: Problems, path: str
) -> None:
    """Note a rule that names too many days, too few, or none."""
    if len(days) > MOST_SESSIONS:
        found = f"more than {MOST_SESSIONS} days"
        problems.add(
            Problem(code="too_large", path=path, found=found, expected=f"at most {MOST_SESSIONS}")
        )
    until = _day(parts.get("UNTIL"))
    if len(days) < int(parts.get("COUNT", 0)) or (until is not None and until > last):
        expected = f"days up to {last.isoformat()}, at most {MOST_YEARS} years after the start"
        found = "a rule that reaches further"
        problems.add(Problem(code="date_out_of_range", path=path, found=found, expected=expected))
    elif not days:
        expected = "a rule that names at least one day from the start on"
        problems.add(Problem(code="empty_group", path=path, found="no day", expected=expected))


def _last_reached(start: date) -> date:
    """The last day that a rule may reach."""
    year = min(start.year + MOST_YEARS, LATEST_DAY.year)
    return date(year, start.month, min(start.day, 28))


def _day(text: str | None) -> date | None:
    """The day that ``UNTIL`` names; None without it, or if there is no such day."""
    try:
        day = date.fromisoformat(f"{text[:4]}-{text[4:6]}-{text[6:]}") if text else None
    except ValueError:
        return None
    return day if day and is_known_day(day) else None


def _named(parts: Mapping[str, str], start: date, until: date) -> Iterator[date]:
    """The days that the parts of a rule name, whatever their number."""
    from dateutil import rrule as rfc  # most who read a plan lay no rule on the calendar

    given: dict[str, Any] = {}
    for name in ("INTERVAL", "BYMONTHDAY", "BYMONTH", "BYSETPOS"):
        if name in parts:
            numbers = [int(number) for number in parts[name].split(",")]
            given[name.lower()] = numbers if name in _LISTS else numbers[0]
    if "WKST" in parts:
        given["wkst"] = _WEEKDAYS.index(parts["WKST"])
    if "BYDAY" in parts:
        given["byweekday"] = [
            rfc.weekday(_WEEKDAYS.index(day[-2:]), int(day[:-2] or 0) or None)
            for day in parts["BYDAY"].split(",")
        ]
    named = rfc.rrule(
        getattr(rfc, parts["FREQ"]),
        dtstart=datetime.combine(start, time()),
        until=datetime.combine(until, time()),
        **given,
    )
    return (day.date() for day in named)
