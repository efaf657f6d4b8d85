"""attrs objects made in Python, checked as strictly as those that are read from JSON or TOML.

Whatever passes can be written and read back: types are exact, days are of our time, numbers are
bounded, text is UTF-8.
"""

import re
from collections.abc import (
    Callable,
    Collection,
    Container,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache, wraps
from inspect import signature
from itertools import chain
from operator import attrgetter, call
from types import NoneType, UnionType
from typing import Any, ParamSpec, TypeGuard, TypeVar, Union, get_args, get_origin, get_type_hints

from rehabcore.strict.documents import encodable
from rehabcore.strict.frozen import stated_fields
from rehabcore.strict.problems import LARGEST_NUMBER, InputError, Problem, is_code, refuse

SECRET = {"secret": True}
"""Field metadata for values that error texts show only by type and length: they identify a person,
are free text, or are codes of the caller that might identify. Those that do are not in ``repr``."""

EARLIEST_YEAR, LATEST_YEAR = 1850, 2199
"""Days outside these years are refused as slips of the pen, so that no sum of days overflows."""

DECIMAL = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")
"""Decimal numbers as they are written."""


C = TypeVar("C", bound=type)
P = ParamSpec("P")
R = TypeVar("R")


def checked(cls: C) -> C:
    """Check every record of an attrs class when it is made.

    Each field must be of its type. A method ``_problems`` of the class may yield problems that
    concern several fields; it is called only if every type is right. The decorator stands below
    ``@frozen``, which calls the method that it adds, so type checkers see an ordinary attrs class.
    """
    rule: _Rule | None = getattr(cls, "_problems", None)

    def check(self: object) -> None:
        verify(self, rule)

    cls.__attrs_post_init__ = check  # type: ignore[attr-defined]
    cls.__checked__ = True  # type: ignore[attr-defined]
    return cls


def is_checked(cls: type) -> bool:
    """Whether ``checked`` checks the records of a class, and nothing else is done to them."""
    return getattr(cls, "__checked__", False)


_Rule = Callable[[Any], Iterable[Problem]]
"""A function that names the problems of several fields of a record together."""


def verify(record: object, rule: _Rule | None = None) -> None:
    """Check a record that was made in Python as strictly as one that was read.

    Args:
        record: an attrs object, all of whose fields are set.
        rule: names the problems of several fields together.

    Raises:
        InputError: names every field of a wrong type, or else every problem that ``rule`` names.
    """
    cls: Any = type(record)
    parts, certainties = _glance(cls)
    if not all(map(call, certainties, parts(record))):
        for name, _, is_sound in _typed_fields(cls):
            if not is_sound(getattr(record, name)):
                raise InputError(_wrong_fields(record))
    if rule is not None:
        problems = iter(rule(record))
        for first in problems:
            raise InputError(chain((first,), problems))  # which keeps only those that it tells


def _wrong_fields(record: object) -> Iterator[Problem]:
    """The problem of each field whose value is of a wrong type, or beyond the limits."""
    cls: Any = type(record)
    for name, wanted, _ in _typed_fields(cls):
        value = getattr(record, name)
        if not conforms(value, wanted):
            expected = f"a value of type {_words_for(wanted)}"
            yield Problem.of(value, "wrong_type", expected, path=name, secret=True)
        else:
            for problem in _problems_of(value):
                yield problem.below(name)


def checked_with(cures: Mapping[Any, str]) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """A decorator that checks the type of each argument of a function before it does anything.

    The function then raises an ``InputError`` that names every argument of a wrong type. Missing or
    superfluous arguments raise a ``TypeError``, as always in Python.

    Args:
        cures: what would be right, by type, where the name of the type does not help the caller.
    """

    def check(function: Callable[P, R]) -> Callable[P, R]:
        # The usual call, in which all is right, pays for one test an argument. Only when one fails
        # is the call looked at again, to name all that are wrong.
        @wraps(function)
        def strictly(*args: P.args, **named: P.kwargs) -> R:
            in_order, by_name = _fitting(function)
            for fits, value in zip(in_order, args, strict=False):
                if not fits(value):
                    raise InputError(_wrong_arguments(function, cures, args, named))
            for name, value in named.items():
                if name in by_name and not by_name[name](value):
                    raise InputError(_wrong_arguments(function, cures, args, named))
            return function(*args, **named)

        return strictly

    return check


checked_arguments = checked_with({})
"""Checks the type of each argument of a function, like ``checked_with`` without any cures."""


_Fits = Callable[[Any], bool]
"""A test of whether a value is of some type."""


@cache
def _fitting(function: Callable[..., Any]) -> tuple[tuple[_Fits, ...], dict[str, _Fits]]:
    """The test of each parameter, in order and by name.

    They are made at the first call, because a type may be defined below the function.
    """
    in_order, by_name = _types_of(function)
    fits = {name: _conformity(wanted) for name, wanted in by_name.items()}
    return tuple(fits[name] for name in in_order), fits


def _types_of(function: Callable[..., Any]) -> tuple[list[str], dict[str, Any]]:
    """The parameters that are given by place, and the types of all that have a name."""
    hints = get_type_hints(function)
    parameters = signature(function).parameters.values()
    named = [one for one in parameters if one.kind not in (one.VAR_POSITIONAL, one.VAR_KEYWORD)]
    in_order = [one.name for one in named if one.kind is not one.KEYWORD_ONLY]
    return in_order, {one.name: hints.get(one.name, object) for one in named}


def _wrong_arguments(
    function: Callable[..., Any],
    cures: Mapping[Any, str],
    args: tuple[Any, ...],
    named: dict[str, Any],
) -> Iterable[Problem]:
    in_order, types = _types_of(function)
    given = dict(zip(in_order, args, strict=False)) | named
    for name, value in given.items():
        if name in types and not _conformity(types[name])(value):
            expected = cures.get(types[name], f"a value of type {_words_for(types[name])}")
            yield Problem.of(value, "wrong_type", expected, path=name, secret=True)


_Limits = Callable[[Any], Iterable[Problem]]
"""A function that names the problem of a value of the right type, if there is one."""


def _problems_of(value: object) -> Iterable[Problem]:
    """The problems of a value of the right type that is beyond the limits."""
    limits = _limits_of(type(value))
    return limits(value) if limits else ()


def _problems_of_items(items: Iterable[object]) -> Iterable[Problem]:
    return [problem for item in items for problem in _problems_of(item)]


def is_known_day(day: date) -> bool:
    """Whether a day lies in the years that the library knows. Only such days can be in a record."""
    return EARLIEST_YEAR <= day.year <= LATEST_YEAR


def _problems_of_day(day: date) -> Iterable[Problem]:
    if is_known_day(day):
        return ()
    found, expected = "a day far from today", f"a year from {EARLIEST_YEAR} to {LATEST_YEAR}"
    return (Problem(code="date_out_of_range", path="", found=found, expected=expected),)


def _problems_of_number(number: int) -> Iterable[Problem]:
    if abs(number) <= LARGEST_NUMBER:
        return ()
    return (Problem.of(number, "out_of_range", f"at most {LARGEST_NUMBER}"),)


def _problems_of_decimal(number: Decimal) -> Iterable[Problem]:
    if DECIMAL.fullmatch(str(number)):
        return ()
    found, expected = "a decimal number", "at most 15 digits, and 6 after the point"
    return (Problem(code="wrong_type", path="", found=found, expected=expected),)


def _problems_of_text(text: str) -> Iterable[Problem]:
    if encodable(text):
        return ()
    return (Problem.of(text, "not_utf8", "text in UTF-8", secret=True),)


_LIMITED: dict[type, _Limits] = {
    tuple: _problems_of_items,
    frozenset: _problems_of_items,
    date: _problems_of_day,
    int: _problems_of_number,
    Decimal: _problems_of_decimal,
    str: _problems_of_text,
}


def _limits(kind: type) -> _Limits | None:
    """The limits on values of a type; None if there are none."""
    return next((limits for base, limits in _LIMITED.items() if issubclass(kind, base)), None)


_limits_of: Callable[[type], _Limits | None] = cache(_limits)


@cache
def soundness_of(wanted: Any) -> _Fits:
    """The test of whether a value may stand in a field of a type: its type and its limits.

    Most values are what they should be, and are seen to be so at one glance.
    """
    certainly = _certainty(wanted)
    fits = _conformity(wanted)

    def is_sound(value: Any) -> bool:
        return certainly(value) or (fits(value) and not any(_problems_of(value)))

    return is_sound


@cache
def _certainty(wanted: Any) -> _Fits:
    """A quick test that only sound values of a type pass, but perhaps not all of them."""
    origin, items = get_origin(wanted), get_args(wanted)
    if origin in (Union, UnionType):
        some = _any_of(_certainty(item) for item in items if item is not NoneType)
        return (lambda value: value is None or some(value)) if NoneType in items else some
    if origin is frozenset or (origin is tuple and items[-1] is Ellipsis):
        every = _certainty(items[0])
        return lambda value: type(value) is origin and all(map(every, value))
    if origin is tuple:
        each = tuple(map(_certainty, items))
        return lambda value: (
            type(value) is tuple and len(value) == len(each) and all(map(call, each, value))
        )
    kind = getattr(wanted, "__supertype__", wanted)
    if kind is str:
        return lambda value: type(value) is str and (value.isascii() or encodable(value))
    if kind is bool:
        return lambda value: type(value) is bool
    if kind is int:
        return lambda value: type(value) is int and abs(value) <= LARGEST_NUMBER
    if kind is Decimal:
        return lambda value: type(value) is Decimal and DECIMAL.fullmatch(str(value)) is not None
    if kind is date:
        return lambda value: type(value) is date and EARLIEST_YEAR <= value.year <= LATEST_YEAR
    if origin is None and isinstance(kind, type) and _is_unlimited(kind):
        return lambda value: type(value) is kind
    return lambda _: False


def _is_unlimited(kind: type) -> bool:
    """Whether all values of a type are within the limits, as the fixed words of an enum are."""
    return _limits_of(kind) is None or issubclass(kind, Enum)


def _words_for(wanted: Any) -> str:
    if get_origin(wanted) in (Union, UnionType):
        return " or ".join(map(_words_for, get_args(wanted)))
    if get_origin(wanted) in _OF_ITEMS:
        return f"{get_origin(wanted).__name__} of {_words_for(get_args(wanted)[0])}"
    if wanted is NoneType:
        return "None"
    name = str(getattr(wanted, "__name__", wanted))
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        return f"{name} ({', '.join(str(member.value) for member in wanted)})"
    return name


@cache
def _typed_fields(cls: type) -> tuple[tuple[str, Any, _Fits], ...]:
    """The fields of a class: name, type, and the test for what may stand there."""
    return tuple((name, kind, soundness_of(kind)) for name, kind, _ in stated_fields(cls))


@cache
def _glance(cls: type) -> tuple[Callable[[object], tuple[Any, ...]], tuple[_Fits, ...]]:
    """A function that gives the values of all fields, and the quick test for each of them."""
    fields = stated_fields(cls)
    parts = attrgetter(*(name for name, _, _ in fields), "__class__")  # a tuple, whatever stands
    return parts, tuple(_certainty(kind) for _, kind, _ in fields)


def not_empty(record: object, *names: str) -> Iterable[Problem]:
    """A problem for each field that holds an empty text."""
    for name in names:
        if not getattr(record, name):
            yield Problem(code="out_of_range", path=name, found="an empty text", expected="a code")


def codes_only(record: object, *names: str) -> Iterable[Problem]:
    """A problem for each field whose text does not look like a code."""
    for name in names:
        if not is_code(getattr(record, name)):
            expected = "a code: lower-case letters, digits, underscores and hyphens"
            yield Problem.of(getattr(record, name), "not_a_code", expected, path=name)


def is_day(value: object) -> TypeGuard[date]:
    """Whether a value is a date without a time of day.

    A subclass of ``date`` is a day. ``datetime`` and the timestamps of pandas are dates only by
    inheritance: they name an instant, and its day depends on a time zone.
    """
    return isinstance(value, date) and not isinstance(value, datetime)


def require_day(value: object, path: str) -> None:
    """Refuse a value that is not a date, or has a time of day.

    Args:
        value: the argument that should be a day.
        path: its name.

    Raises:
        InputError: the value is not a date, or has a time of day.
    """
    if not is_day(value):
        refuse(value, "wrong_type", "a date, without a time of day", path=path, secret=True)


def conforms(value: object, wanted: Any) -> bool:
    """Whether a value is of a type. A ``bool`` is not an ``int`` here, nor a ``datetime`` a day."""
    return _conformity(wanted)(value)


@cache
def _conformity(wanted: Any) -> Callable[[Any], bool]:
    """The test for a type, made once for each type."""
    origin = get_origin(wanted)
    if origin in (Union, UnionType):
        return _any_of(map(_conformity, get_args(wanted)))
    if origin in (tuple, frozenset):
        return _conformity_of_items(origin, get_args(wanted))
    if isinstance(wanted, TypeVar):  # the value of something generic, which its maker checks
        return lambda _: True
    if origin in _OF_ITEMS:
        return _conformity_of_several(origin, get_args(wanted)[0])
    if wanted in (Any, object):
        return lambda _: True
    wanted = getattr(wanted, "__supertype__", wanted)
    if isinstance(wanted, type) and issubclass(wanted, date):
        return is_day
    if wanted in (bool, int):
        return lambda value: type(value) is wanted
    is_instance: Callable[[Any], bool] = (origin or wanted).__instancecheck__  # as isinstance does
    return is_instance


_OF_ITEMS = (Iterable, Sequence, Collection, Container, Mapping, dict)
"""The types whose items are checked one by one; of a mapping, its keys."""


def _conformity_of_several(origin: Any, item: Any) -> Callable[[Any], bool]:
    """The test for several items. A text is not several items, nor is a one-time iterator."""
    every = _conformity(item)

    def fits(value: Any) -> bool:
        if not isinstance(value, origin) or isinstance(value, str | bytes):
            return False
        again = isinstance(value, Iterable) and not isinstance(value, Iterator)
        return not again or all(map(every, value))

    return fits


def _any_of(tests: Iterable[Callable[[Any], bool]]) -> Callable[[Any], bool]:
    """A test that asks some tests in their order, the first of them first."""
    first, *others = tests
    if not others:
        return first
    rest = _any_of(others)
    return lambda value: first(value) or rest(value)


def _conformity_of_items(origin: Any, items: tuple[Any, ...]) -> Callable[[Any], bool]:
    if origin is tuple and items[-1] is not Ellipsis:
        each = tuple(map(_conformity, items))
        return lambda value: (
            isinstance(value, tuple)
            and len(value) == len(each)
            and all(fits(item) for fits, item in zip(each, value, strict=True))
        )
    every = _conformity(items[0])
    return lambda value: isinstance(value, origin) and all(map(every, value))
