"""Strict plain data (JSON, TOML) to attrs objects and back; the only module that knows cattrs.

Strict means: no coercion (``"false"`` is not a boolean, ``1.9`` not an integer, ``"peers"`` not a
list), no unknown key, no missing key, and all problems reported at once, each with its path. The
module does not know any record: rooms above give it a ``Form`` for each type that is written in a
form of its own.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Any, TypeVar, get_args, get_origin

import attrs
from cattrs import (
    ClassValidationError,
    Converter,
    ForbiddenExtraKeysError,
    IterableValidationError,
)
from cattrs.errors import AttributeValidationNote, IterableValidationNote
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn

from rehabcore.strict.checked import DECIMAL, EARLIEST_YEAR, LATEST_YEAR, is_day, is_known_day
from rehabcore.strict.documents import Repetitive, encodable
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import (
    LARGEST_NUMBER,
    InputError,
    Problem,
    join_path,
    missing_key,
    one_of,
    refuse,
    shown,
    unknown_keys,
)

T = TypeVar("T")

MOST_ITEMS = 10_000
"""The most items accepted in one list, and keys in one object."""

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


@frozen(kw_only=True)
class Form:
    """The form in which one type is written as plain data.

    ``read`` takes plain data and returns the object or raises ``InputError`` with paths relative
    to that data; ``write`` is its inverse.
    """

    type: Any
    read: Callable[[object], Any]
    write: Callable[[Any], object]


_EACH_KEY_ONCE = "every key once in its object"


def refuse_repeated_keys(plain: object, path: str = "") -> None:
    """Refuse an object that has a key more than once.

    Raises:
        InputError: a key was given more than once.
    """
    if isinstance(plain, Repetitive):
        refuse(plain, "repeated_key", _EACH_KEY_ONCE, path=path)


# --- plain data to objects ----------------------------------------------------------------


class _Wrong(ValueError):
    """A scalar of a wrong type or value; its path is found while the error passes outwards.

    ``names`` lists the values that would be right, if they can be listed.
    """

    def __init__(
        self,
        value: object,
        code: str,
        expected: str,
        *,
        secret: bool = False,
        names: tuple[str, ...] = (),
    ) -> None:
        self.value, self.code, self.expected, self.secret = value, code, expected, secret
        self.names = names
        super().__init__(code)

    def problem(self, path: str, *, secret: bool) -> Problem:
        """The problem at its path; a ``secret`` value is described by type and length only."""
        hidden = secret or self.secret
        expected = (
            one_of(self.names, None if hidden else self.value) if self.names else self.expected
        )
        return Problem.of(self.value, self.code, expected, path=path, secret=hidden)


class _WrongForm(ValueError):
    """A value that its form refuses; its path, and whether it may be told, are found later."""

    def __init__(self, value: object, problems: tuple[Problem, ...]) -> None:
        self.value, self.problems = value, problems
        super().__init__("refused by its form")

    def told(self, path: str, *, secret: bool) -> Iterable[Problem]:
        """The problems at their paths; a ``secret`` value is described by type and length only."""
        for problem in self.problems:
            below = problem.below(path)
            yield attrs.evolve(below, found=shown(self.value, secret=True)) if secret else below


class Codec:
    """Reads and writes attrs objects as plain data, strictly, in one format.

    Args:
        forms: the types that are not written field by field.
        dates_are_objects: true for TOML, whose parser makes dates; JSON writes them as text.
    """

    def __init__(self, forms: Iterable[Form] = (), *, dates_are_objects: bool = False) -> None:
        self._converter = _converter(_day_object if dates_are_objects else _day_text)
        if not dates_are_objects:
            self._converter.register_unstructure_hook_func(_is_date, date.isoformat)
        for form in forms:
            self._register(form)

    def _register(self, form: Form) -> None:
        def is_form(candidate: Any) -> bool:
            return bool(candidate == form.type)

        def read(value: object, _: Any) -> Any:
            refuse_repeated_keys(value)
            try:
                return form.read(value)
            except InputError as error:
                if not error.problems:
                    raise
                raise _WrongForm(value, error.problems) from None

        self._converter.register_structure_hook_func(is_form, read)
        self._converter.register_unstructure_hook_func(is_form, form.write)

    def read(self, plain: object, wanted: type[T], *, path: str = "") -> T:
        """Read an object from plain data.

        Raises:
            InputError: names every problem, with paths below ``path``.
        """
        try:
            return self._converter.structure(plain, wanted)
        except Exception as error:
            problems = list(_problems(error, path))
            if not problems:
                raise
            raise InputError(problems) from None

    def write(self, value: object, as_type: Any = None) -> Any:
        """Write an object as plain data; fields that hold their default are left out."""
        return self._converter.unstructure(value, as_type)


def _converter(day_hook: Callable[[object, Any], date]) -> Converter:
    converter = Converter(forbid_extra_keys=True, detailed_validation=True)
    for kind in (bool, int, str):
        converter.register_structure_hook(kind, _exactly(kind))
    converter.register_structure_hook(Decimal, _decimal)
    converter.register_structure_hook_func(_is_date, day_hook)
    converter.register_structure_hook(Enum, _member)
    converter.register_structure_hook_factory(
        attrs.has, lambda cls: _only_from_object(make_dict_structure_fn(cls, converter))
    )
    converter.register_structure_hook_factory(
        _is_collection, lambda wanted: _only_from_list(wanted, converter)
    )
    converter.register_unstructure_hook(Decimal, _written)
    converter.register_unstructure_hook(StrEnum, lambda member: member.value)
    converter.register_unstructure_hook_func(
        _is_set, lambda items: sorted(converter.unstructure(item) for item in items)
    )
    converter.register_unstructure_hook_factory(
        attrs.has,
        lambda cls: make_dict_unstructure_fn(
            cls,
            converter,
            _cattrs_omit_if_default=True,
        ),
    )
    return converter


_NAMES: Mapping[Any, str] = {bool: "true or false", int: "a whole number", str: "a text"}


def _exactly(kind: type) -> Callable[[object, Any], Any]:
    def hook(value: object, wanted: Any) -> Any:
        if _is_enum(wanted):  # cattrs takes an enumeration of texts for a text
            return _member(value, wanted)
        if type(value) is not kind:
            raise _Wrong(value, "wrong_type", _NAMES[kind])
        if isinstance(value, str) and not encodable(value):
            raise _Wrong(value, "not_utf8", "text in UTF-8")
        if isinstance(value, int) and abs(value) > LARGEST_NUMBER:
            raise _Wrong(value, "out_of_range", f"at most {LARGEST_NUMBER}")
        return value

    return hook


def _written(number: Decimal) -> str:
    """A decimal number as text. Zero has no sign, so that equal numbers are written alike."""
    return str(number.copy_abs() if number.is_zero() else number)


def _decimal(value: object, _: Any) -> Decimal:
    if type(value) is str and DECIMAL.fullmatch(value):
        return Decimal(value)
    raise _Wrong(value, "wrong_type", 'a decimal number as text, such as "12.50"')


def _day_text(value: object, _: Any) -> date:
    if type(value) is not str:
        raise _Wrong(value, "wrong_type", 'a day as text, such as "2026-01-31"')
    if not _ISO_DAY.match(value):
        raise _Wrong(value, "bad_date", "a day written YYYY-MM-DD")
    try:
        return _usual_year(date.fromisoformat(value))
    except _Wrong:
        raise
    except ValueError:
        raise _Wrong(value, "bad_date", "a day that exists in the calendar") from None


def _day_object(value: object, _: Any) -> date:
    if is_day(value):
        return _usual_year(value)
    raise _Wrong(value, "wrong_type", "a TOML date such as 2026-01-31, without quotes or time")


def _usual_year(day: date) -> date:
    if not is_known_day(day):
        raise _Wrong(day, "date_out_of_range", f"a year from {EARLIEST_YEAR} to {LATEST_YEAR}")
    return day


def _is_date(wanted: Any) -> bool:
    """Whether a type is ``date`` or a subclass, which tests that freeze time put in its place."""
    return isinstance(wanted, type) and issubclass(wanted, date)


def _is_enum(wanted: Any) -> bool:
    return isinstance(wanted, type) and issubclass(wanted, Enum)


def _member(value: object, wanted: Any) -> Any:
    allowed = tuple(member.value for member in wanted)
    if type(value) is not str:
        raise _Wrong(value, "wrong_type", one_of(allowed))
    if value not in allowed:
        raise _Wrong(value, "unknown_value", one_of(allowed), names=allowed)
    return wanted(value)


def _only_from_object(structure: Callable[[Any, Any], Any]) -> Callable[[object, Any], Any]:
    def hook(value: object, wanted: Any) -> Any:
        if not isinstance(value, dict):
            raise _Wrong(value, "wrong_type", "an object", secret=True)
        if len(value) > MOST_ITEMS:
            raise _Wrong(value, "too_large", f"at most {MOST_ITEMS} keys")
        if not isinstance(value, Repetitive):
            return structure(value, wanted)
        # The object is refused anyway. It is read all the same, so that every other problem in it
        # is reported at once, too.
        errors: list[Exception] = [_Wrong(value, "repeated_key", _EACH_KEY_ONCE)]
        try:
            structure(value, wanted)
        except Exception as error:
            errors.append(error)
        raise IterableValidationError("object", errors, wanted)

    return hook


def _is_set(wanted: Any) -> bool:
    origin: Any = get_origin(wanted)
    return origin is frozenset


def _is_collection(wanted: Any) -> bool:
    return get_origin(wanted) in (tuple, frozenset)


def _only_from_list(wanted: Any, converter: Converter) -> Callable[[object, Any], Any]:
    item_type = get_args(wanted)[0]
    collection = tuple if get_origin(wanted) is tuple else frozenset

    def hook(value: object, _: Any) -> Any:
        if not isinstance(value, list):
            raise _Wrong(value, "wrong_type", "a list", secret=True)
        if len(value) > MOST_ITEMS:
            raise _Wrong(value, "too_large", f"at most {MOST_ITEMS} items")
        items, errors = [], []
        for index, item in enumerate(value):
            try:
                items.append(converter.structure(item, item_type))
            except Exception as error:
                error.add_note(IterableValidationNote(f"index {index}", index, item_type))
                errors.append(error)
        if errors:
            raise IterableValidationError("list", errors, wanted)
        if collection is frozenset and len(set(items)) < len(items):
            raise _Wrong(value, "repeated_item", "every item once")
        return collection(items)

    return hook


def _problems(
    error: BaseException, path: str, cls: Any = None, secret: bool = False
) -> Iterable[Problem]:
    """Every problem inside an error of cattrs. Any other error is a bug, and is raised again."""
    # cattrs nests errors as the objects are nested, and notes on each which field or index it was.
    # The paths are put together on the way in.
    for note in getattr(error, "__notes__", ()):
        if isinstance(note, IterableValidationNote):
            path = f"{path}[{note.index}]"
        if isinstance(note, AttributeValidationNote):
            path = join_path(path, note.name)
            field = attrs.fields_dict(cls)[note.name]
            secret = secret or bool(field.metadata.get("secret"))
            if isinstance(error, KeyError) and _raised_at_once(error):
                yield missing_key(path)
                return
    match error:
        case ForbiddenExtraKeysError():
            known = (field.name for field in attrs.fields(error.cl))
            yield from unknown_keys(sorted(error.extra_fields), known, path)
        case ClassValidationError() | IterableValidationError():
            for inner in error.exceptions:
                yield from _problems(inner, path, error.cl, secret)
        case _Wrong():
            yield error.problem(path, secret=secret)
        case _WrongForm():
            yield from error.told(path, secret=secret)
        case InputError():
            for problem in error.problems:
                yield problem.below(path)
        case _:
            raise error


def _raised_at_once(error: KeyError) -> bool:
    """Whether cattrs itself missed the key, and not a function that it called."""
    # A key that cattrs looked up itself fails in its own frame. If a function that it called fails,
    # the traceback has a further frame, and the error is a bug of ours.
    return error.__traceback__ is not None and error.__traceback__.tb_next is None
