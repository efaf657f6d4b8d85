"""Single values of plain data, read strictly: no value of another type is taken for them."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from types import UnionType
from typing import Any, Union, get_args, get_origin

from rehabcore.strict.checked import DECIMAL, EARLIEST_YEAR, LATEST_YEAR, is_day, is_known_day
from rehabcore.strict.documents import encodable
from rehabcore.strict.problems import LARGEST_NUMBER, Problem, one_of

PlainReader = Callable[[Any], Any]
"""Takes plain data and returns the value, or raises an error: ``WrongScalar`` for a scalar."""

MOST_WRITTEN_DAYS = 4_096
"""How many written days are kept: eleven years of them."""

ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
"""Days as they are written. Not all that look like one exist in the calendar."""


class WrongScalar(ValueError):
    """A scalar of a wrong type or value. ``names`` are the values that would be right, if few."""

    def __init__(
        self, value: object, code: str, expected: str, *, names: tuple[str, ...] = ()
    ) -> None:
        self.value, self.code, self.expected, self.names = value, code, expected, names
        super().__init__(code)

    def problem(self, path: str, *, secret: bool) -> Problem:
        """The problem at its path; a ``secret`` value is described by type and length only."""
        expected = (
            one_of(self.names, None if secret else self.value) if self.names else self.expected
        )
        return Problem.of(self.value, self.code, expected, path=path, secret=secret)


def besides_none(wanted: Any) -> Any:
    """The type that an optional type is besides None; None if the type is not optional."""
    if get_origin(wanted) not in (Union, UnionType) or type(None) not in get_args(wanted):
        return None
    kinds = [kind for kind in get_args(wanted) if kind is not type(None)]
    return kinds[0] if len(kinds) == 1 else None


def scalar_reader(wanted: Any, *, dates_are_objects: bool) -> PlainReader | None:
    """The reader of a scalar type; None if the type is no scalar.

    Args:
        wanted: the type.
        dates_are_objects: true for TOML, whose parser makes dates; JSON writes them as text.
    """
    kind = getattr(wanted, "__supertype__", wanted)
    if kind is Any:
        return _as_it_is
    if not isinstance(kind, type):
        return None
    if issubclass(kind, Enum):
        return _member_of(kind)
    if issubclass(kind, date):  # or a subclass, which tests that freeze time put in its place
        return _day_object if dates_are_objects else _day
    return _READERS.get(kind)


def _as_it_is(value: object) -> object:
    return value


def _flag(value: object) -> bool:
    if type(value) is not bool:
        raise WrongScalar(value, "wrong_type", "true or false")
    return value


def _whole_number(value: object) -> int:
    if type(value) is not int:
        raise WrongScalar(value, "wrong_type", "a whole number")
    if abs(value) > LARGEST_NUMBER:
        raise WrongScalar(value, "out_of_range", f"at most {LARGEST_NUMBER}")
    return value


def _text(value: object) -> str:
    if type(value) is not str:
        raise WrongScalar(value, "wrong_type", "a text")
    if not value.isascii() and not encodable(value):
        raise WrongScalar(value, "not_utf8", "text in UTF-8")
    return value


def _decimal(value: object) -> Decimal:
    if type(value) is str and DECIMAL.fullmatch(value):
        return Decimal(value)
    raise WrongScalar(value, "wrong_type", 'a decimal number as text, such as "12.50"')


def _day(value: object) -> date:
    if type(value) is not str:
        raise WrongScalar(value, "wrong_type", 'a day as text, such as "2026-01-31"')
    return _day_of(value)


@lru_cache(maxsize=MOST_WRITTEN_DAYS)
def _day_of(text: str) -> date:
    """The day that a text writes. A file repeats few days, so they are kept; errors are not."""
    if not ISO_DAY.match(text):
        raise WrongScalar(text, "bad_date", "a day written YYYY-MM-DD")
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise WrongScalar(text, "bad_date", "a day that exists in the calendar") from None
    return _of_our_time(day)


def _day_object(value: object) -> date:
    if is_day(value):
        return _of_our_time(value)
    raise WrongScalar(value, "wrong_type", "a TOML date such as 2026-01-31, without quotes or time")


def _of_our_time(day: date) -> date:
    if not is_known_day(day):
        expected = f"a year from {EARLIEST_YEAR} to {LATEST_YEAR}"
        raise WrongScalar(day, "date_out_of_range", expected)
    return day


def _member_of(wanted: type[Enum]) -> PlainReader:
    members: dict[object, Enum] = {member.value: member for member in wanted}
    allowed = tuple(str(value) for value in members)

    def read(value: object) -> Enum:
        if type(value) is not str:
            raise WrongScalar(value, "wrong_type", one_of(allowed))
        if value not in members:
            raise WrongScalar(value, "unknown_value", one_of(allowed), names=allowed)
        return members[value]

    return read


_READERS: dict[type, PlainReader] = {
    bool: _flag,
    int: _whole_number,
    str: _text,
    Decimal: _decimal,
}
