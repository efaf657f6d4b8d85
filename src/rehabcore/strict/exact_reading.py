"""Plain data to objects, with every problem at its path; it runs where the quick reader refuses."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, get_args, get_origin

import attrs
from attrs import evolve

from rehabcore.strict.documents import MOST_ITEMS, Repetitive
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import (
    InputError,
    Problem,
    Problems,
    join_path,
    missing_key,
    shown,
    unknown_keys,
)
from rehabcore.strict.scalars import PlainReader, WrongScalar, besides_none, scalar_reader

EACH_KEY_ONCE = "every key once in its object"
"""The words for what would be right where an object gives a key more than once."""

NOTHING_READ: Any = attrs.NOTHING
"""Stands for a value that could not be read; its problems were told."""


@frozen
class ReadingPlace:
    """A place in a document: where its problems are told, its path, whether values are secret."""

    told: Problems
    path: str = ""
    secret: bool = False

    def item(self, index: int) -> "ReadingPlace":
        """The place of an item of the list here."""
        return ReadingPlace(self.told, f"{self.path}[{index}]", self.secret)

    def under(self, field: "attrs.Attribute[Any]") -> "ReadingPlace":
        """The place of a field of the object here."""
        secret = self.secret or bool(field.metadata.get("secret"))
        return ReadingPlace(self.told, join_path(self.path, field.name), secret)

    def refuse(self, value: object, code: str, expected: str) -> Any:
        """Tell the problem of an object or a list, which is never shown."""
        self.told.add(Problem.of(value, code, expected, path=self.path, secret=True))
        return NOTHING_READ

    def refuse_all(self, error: InputError) -> Any:
        """Tell the problems of a part that was read by itself."""
        if not error.problems:
            raise error
        self.told.add(*(one.below(self.path) for one in error.problems), more=error.more)
        return NOTHING_READ


_Telling = Callable[[Any, ReadingPlace], Any]
"""Reads plain data at a place; tells every problem, and then returns ``NOTHING_READ``."""


class ExactReaders:
    """The exact readers of one format, each made when its type is first read.

    Args:
        forms: readers of types that are not written field by field.
        dates_are_objects: true for TOML, whose parser makes dates; JSON writes them as text.
    """

    def __init__(self, forms: Mapping[Any, PlainReader], *, dates_are_objects: bool) -> None:
        self._forms, self._dates = forms, dates_are_objects
        self._readers: dict[Any, _Telling] = {}

    def read(self, plain: object, wanted: Any, place: ReadingPlace) -> Any:
        """Read plain data as a type. Every problem is told at the place, or below it."""
        reader = self._readers.get(wanted)
        if reader is None:
            reader = self._readers[wanted] = self._made(wanted)
        return reader(plain, place)

    def _made(self, wanted: Any) -> _Telling:
        if wanted in self._forms:
            return _formed(self._forms[wanted])
        scalar = scalar_reader(wanted, dates_are_objects=self._dates)
        if scalar is not None:
            return _scalar(scalar)
        origin = get_origin(wanted)
        if origin in (tuple, frozenset):
            return self._listed(origin, get_args(wanted)[0])
        if kind := besides_none(wanted):
            return self._optional(kind)
        if attrs.has(wanted):
            return self._record(wanted)
        raise TypeError(f"no plain form of {wanted}")

    def _optional(self, kind: Any) -> _Telling:
        def read(plain: object, place: ReadingPlace) -> Any:
            return None if plain is None else self.read(plain, kind, place)

        return read

    def _listed(self, collection: Any, item: Any) -> _Telling:
        def read(plain: object, place: ReadingPlace) -> Any:
            if not isinstance(plain, list):
                return place.refuse(plain, "wrong_type", "a list")
            if len(plain) > MOST_ITEMS:
                return place.refuse(plain, "too_large", f"at most {MOST_ITEMS} items")
            items = [self.read(one, item, place.item(index)) for index, one in enumerate(plain)]
            if any(one is NOTHING_READ for one in items):
                return NOTHING_READ
            read = collection(items)
            if len(read) < len(items):
                return place.refuse(plain, "repeated_item", "every item once")
            return read

        return read

    def _record(self, kind: Any) -> _Telling:
        fields = [field for field in attrs.fields(attrs.resolve_types(kind)) if field.init]
        names = {field.name for field in fields}

        def read(plain: object, place: ReadingPlace) -> Any:
            if not isinstance(plain, dict):
                return place.refuse(plain, "wrong_type", "an object")
            if len(plain) > MOST_ITEMS:
                return place.refuse(plain, "too_large", f"at most {MOST_ITEMS} keys")
            before = place.told.number
            if isinstance(plain, Repetitive):
                place.refuse(plain, "repeated_key", EACH_KEY_ONCE)
            values = {}
            for field in fields:
                if field.name in plain:
                    below = place.under(field)
                    values[field.alias] = self.read(plain[field.name], field.type, below)
                elif field.default is attrs.NOTHING:
                    place.told.add(missing_key(place.under(field).path))
            _tell_unknown(plain.keys() - names, names, place)
            if place.told.number > before:
                return NOTHING_READ
            try:
                return kind(**values)
            except InputError as error:
                return place.refuse_all(error)

        return read


def _tell_unknown(keys: set[str], known: Iterable[str], place: ReadingPlace) -> None:
    told = sorted(keys)[: place.told.room]
    problems = unknown_keys(told, known, place.path) if told else ()
    place.told.add(*problems, more=len(keys) - len(told))


def _scalar(reader: PlainReader) -> _Telling:
    def read(plain: object, place: ReadingPlace) -> Any:
        try:
            return reader(plain)
        except WrongScalar as wrong:
            place.told.add(wrong.problem(place.path, secret=place.secret))
        return NOTHING_READ

    return read


def _formed(form: PlainReader) -> _Telling:
    def read(plain: object, place: ReadingPlace) -> Any:
        if isinstance(plain, Repetitive):
            return place.refuse(plain, "repeated_key", EACH_KEY_ONCE)
        try:
            return form(plain)
        except InputError as error:
            hidden = error.each(lambda one: evolve(one, found=shown(plain, secret=True)))
            return place.refuse_all(hidden if place.secret else error)

    return read
