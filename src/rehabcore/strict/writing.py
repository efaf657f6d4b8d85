"""Objects to plain data, by their declared types; the inverse of both readers.

A writer is put together once for each type, from those of its parts. What is plain already, such as
a text, has no writer and is taken as it is.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

import attrs

from rehabcore.strict.frozen import declared_fields, is_unfinished
from rehabcore.strict.scalars import besides_none

PlainWriter = Callable[[Any], Any]
"""Makes plain data of an object of one type."""


class Writers:
    """The writers of one format, each made when its type is first written.

    Args:
        forms: writers of types that are not written field by field.
        dates_are_objects: true for TOML, whose writer takes dates; JSON writes them as text.
    """

    def __init__(self, forms: Mapping[Any, PlainWriter], *, dates_are_objects: bool) -> None:
        self._dates = dates_are_objects
        self._writers: dict[Any, PlainWriter | None] = dict(forms)

    def of(self, wanted: Any) -> PlainWriter | None:
        """The writer of a type; None if its values are plain data as they are.

        Raises:
            TypeError: the type has no plain form.
        """
        if wanted not in self._writers:
            self._writers[wanted] = self._made(wanted)
        return self._writers[wanted]

    def _made(self, wanted: Any) -> PlainWriter | None:
        kind = getattr(wanted, "__supertype__", wanted)
        origin = get_origin(kind)
        if origin in (tuple, frozenset):
            return _listed(origin, self.of(get_args(kind)[0]))
        if origin in (Union, UnionType):
            return _optional(self.of(besides_none(kind)))
        if (isinstance(kind, type) and is_unfinished(kind)) or attrs.has(kind):
            return self._record(kind)
        if isinstance(kind, type) and issubclass(kind, Enum):
            return attrgetter("value")
        if isinstance(kind, type) and issubclass(kind, date):  # or what tests that freeze time use
            return None if self._dates else date.isoformat
        if kind not in _SCALARS:
            raise TypeError(f"no plain form of {wanted}")
        return _SCALARS[kind]

    def _record(self, kind: Any) -> PlainWriter:
        fields = declared_fields(kind) or _told_by_attrs(kind)
        stated = [(name, _stated(default), wanted) for name, wanted, default in fields]
        puts: dict[str, PlainWriter | None] = {}
        worked_out = [
            (name, default.factory) for name, _, default in fields if _is_worked_out(default)
        ]
        nothing = attrs.NOTHING  # not to be compared with, which would ask the class of the value
        values = _values(name for name, _, _ in fields)

        def write(record: Any) -> dict[str, Any]:
            plain = {}
            for (name, default, wanted), value in zip(stated, values(record), strict=True):
                if value is default or (default is not nothing and value == default):
                    continue
                if name not in puts:  # many fields have never any value but their default
                    puts[name] = self.of(wanted)
                put = puts[name]
                plain[name] = value if put is None else put(value)
            for name, default_of in worked_out:
                if plain[name] == default_of(record):
                    del plain[name]
            return plain

        return write


def _told_by_attrs(kind: Any) -> tuple[tuple[str, Any, Any], ...]:
    """The name, type and default of each field that an object is made with."""
    fields: Iterable[Any] = attrs.fields(attrs.resolve_types(kind))
    return tuple((one.name, one.type, one.default) for one in fields if one.init)


def _optional(put: PlainWriter | None) -> PlainWriter | None:
    return None if put is None else lambda value: None if value is None else put(value)


def _listed(collection: type, put: PlainWriter | None) -> PlainWriter:
    if collection is frozenset:
        return sorted if put is None else lambda items: sorted(map(put, items))
    return list if put is None else lambda items: list(map(put, items))


def _values(names: Iterable[str]) -> Callable[[Any], tuple[Any, ...]]:
    """The values of the fields of these names, of any record."""
    first, *others = names
    return attrgetter(first, *others) if others else lambda record: (getattr(record, first),)


_FACTORY: Any = attrs.Factory


def _is_worked_out(default: Any) -> bool:
    """Whether a default follows from other fields."""
    return isinstance(default, _FACTORY) and default.takes_self


def _stated(default: Any) -> object:
    """The default that a class states; ``attrs.NOTHING``, which no value is, if it states none."""
    if _is_worked_out(default):
        return attrs.NOTHING
    return default.factory() if isinstance(default, _FACTORY) else default


def _written(number: Decimal) -> str:
    """A decimal number as text. Zero has no sign, so that equal numbers are written alike."""
    return str(number.copy_abs() if number.is_zero() else number)


_SCALARS: Mapping[Any, PlainWriter | None] = {
    **dict.fromkeys((Any, str, int, bool, NoneType)),
    Decimal: _written,
}
"""The writers of scalars."""
