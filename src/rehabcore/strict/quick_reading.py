"""Plain data to objects, fast: what is right is taken, and anything else is refused unexplained.

It accepts exactly what ``exact_reading`` accepts, and gives an equal object; a law tests it. Read
records are not checked again when they are made: each of their values has just been read as its
type. Only what several fields say together is still asked of them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, get_args, get_origin

import attrs

from rehabcore.strict.checked import is_checked, soundness_of
from rehabcore.strict.documents import MOST_ITEMS, Repetitive
from rehabcore.strict.frozen import declared_fields
from rehabcore.strict.problems import Problem
from rehabcore.strict.scalars import PlainReader, besides_none, scalar_reader

_Fields = tuple[tuple[str, Any, Any], ...]
"""The name, type and default of each field of a class."""


class Refused(Exception):
    """Plain data that is wrong somehow; the exact reader tells how."""


class QuickReaders:
    """The quick readers of one format, each made when its type is first read.

    Args:
        forms: readers of types that are not written field by field.
        exact: reads any type exactly. It stands in where there is no quick way.
        dates_are_objects: true for TOML, whose parser makes dates; JSON writes them as text.
        compiled: whether readers of records are compiled, which pays for some hundreds of records.
    """

    def __init__(
        self,
        forms: Mapping[Any, PlainReader],
        exact: Callable[[object, Any], Any],
        *,
        dates_are_objects: bool,
        compiled: bool,
    ) -> None:
        self._forms, self._exact, self._dates = forms, exact, dates_are_objects
        self._compiled = compiled
        self._readers: dict[Any, PlainReader] = {}

    def of(self, wanted: Any) -> PlainReader:
        """The reader of a type, which raises some error if the data are wrong in any way."""
        reader = self._readers.get(wanted)
        if reader is None:
            # A type that holds itself meets the exact reader while its own is being made.
            self._readers[wanted] = self._exactly(wanted)
            reader = self._readers[wanted] = self._made(wanted)
        return reader

    def _exactly(self, wanted: Any) -> PlainReader:
        return lambda plain: self._exact(plain, wanted)

    def _made(self, wanted: Any) -> PlainReader:
        if wanted in self._forms:
            return self._forms[wanted]
        scalar = scalar_reader(wanted, dates_are_objects=self._dates)
        if scalar is not None:
            return scalar
        origin = get_origin(wanted)
        if origin in (tuple, frozenset):
            return self._listed(origin, get_args(wanted)[0])
        if kind := besides_none(wanted):
            return self._optional(kind)
        if isinstance(wanted, type) and (fields := _fields_put(wanted)) is not None:
            return self._record(wanted, fields)
        return self._exactly(wanted)

    def _optional(self, kind: Any) -> PlainReader:
        read = self.of(kind)
        return lambda plain: None if plain is None else read(plain)

    def _listed(self, collection: Any, item: Any) -> PlainReader:
        def read(plain: object) -> Any:
            if not isinstance(plain, list) or len(plain) > MOST_ITEMS:
                raise Refused
            items = collection(map(self.of(item), plain)) if plain else collection()
            if len(items) < len(plain):
                raise Refused  # an item of a set was given twice
            return items

        return read

    def _record(self, kind: type, fields: _Fields) -> PlainReader:
        rule = getattr(kind, "_problems", None) if is_checked(kind) else None
        if not self._compiled:
            return self._field_by_field(kind, fields, rule)
        names: dict[str, Any] = {"__builtins__": {}, "type": type, "len": len, "dict": dict}
        names |= {"new": object.__new__, "kind": kind, "rule": rule}
        names |= {"only": _only_table, "Refused": Refused}
        for name, wanted, default in fields:
            names[f"put_{name}"] = getattr(kind, name).__set__
            names[f"read_{name}"] = self.of(wanted)
            names[f"no_{name}"] = default
            names[f"make_{name}"] = _making(default)
        exec("\n".join(_source(fields, rule is not None)), names)  # noqa: S102 - see decision 43
        reader: PlainReader = names["read"]
        return reader

    def _field_by_field(
        self, kind: type, fields: _Fields, rule: Callable[[Any], Iterable[Problem]] | None
    ) -> PlainReader:
        """The reader of a record that does in a loop what a compiled one does line by line."""
        steps = [
            (name, default, _making(default), getattr(kind, name).__set__, self.of(wanted))
            for name, wanted, default in fields
        ]

        def read(plain: Any) -> Any:
            if type(plain) is not dict:
                _only_table(plain)
            record: Any = object.__new__(kind)
            known = 0
            for name, default, made, put, part in steps:
                if name in plain:
                    put(record, part(plain[name]))
                    known += 1
                elif default is attrs.NOTHING:
                    raise Refused
                else:
                    put(record, default if made is None else made(record))
            if known < len(plain) or (rule is not None and any(True for _ in rule(record))):
                raise Refused
            return record

        return read


def looking_again(form: PlainReader, wanted: Any) -> PlainReader:
    """The reader of a form which may take over what it did not look at, with a look at it all."""
    is_sound = soundness_of(wanted)

    def read(plain: object) -> Any:
        if isinstance(plain, Repetitive):
            raise Refused
        value = form(plain)
        if not is_sound(value):
            raise Refused
        return value

    return read


def _fields_put(kind: type) -> _Fields | None:
    """The fields of a class, if making an object is no more than putting a value into each.

    None if it is more: a field is converted or kept besides, or the class does something of its own
    when an object is made. None also if it is no attrs class.
    """
    if hasattr(kind, "__attrs_post_init__") and not is_checked(kind):
        return None
    declared = declared_fields(kind)
    if declared is not None or not attrs.has(kind):
        return declared
    fields = attrs.fields(attrs.resolve_types(kind))
    kept = set(getattr(kind, "__slots__", ())) - {"__weakref__"}
    if kept != {field.name for field in fields} or not all(map(_is_only_put, fields)):
        return None
    return tuple((field.name, field.type, field.default) for field in fields)


def _is_only_put(field: "attrs.Attribute[Any]") -> bool:
    return field.init and field.converter is None and field.validator is None


_FACTORY: Any = attrs.Factory


def _making(default: Any) -> Callable[[Any], Any] | None:
    """Makes the default of a field from a record whose earlier fields are set; None if it is so."""
    if not isinstance(default, _FACTORY):
        return None
    made: Callable[..., Any] = default.factory
    return made if default.takes_self else lambda _: made()


def _only_table(plain: object) -> None:
    """Refuse what is no object, or one that gives a key twice."""
    if not isinstance(plain, dict) or isinstance(plain, Repetitive):
        raise Refused


def _source(fields: _Fields, ruled: bool) -> Iterator[str]:
    """The source of the reader of a record: the names of its fields, and nothing that is read.

    A loop over the fields takes half as long again.
    """
    yield "def read(plain):"
    yield "    if type(plain) is not dict: only(plain)"
    yield "    record = new(kind)"
    yield f"    known = {sum(default is attrs.NOTHING for _, _, default in fields)}"
    for name, _, default in fields:
        if default is attrs.NOTHING:
            yield f"    put_{name}(record, read_{name}(plain[{name!r}]))"
        else:
            yield f"    if {name!r} in plain:"
            yield f"        put_{name}(record, read_{name}(plain[{name!r}])); known += 1"
            made = f"no_{name}" if _making(default) is None else f"make_{name}(record)"
            yield f"    else: put_{name}(record, {made})"
    yield "    if known < len(plain): raise Refused"
    if ruled:
        yield "    for _ in rule(record): raise Refused"
    yield "    return record"
