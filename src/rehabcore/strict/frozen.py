"""Frozen attrs classes that are quick to make.

The library has hundreds of records, and a program uses few of them. What attrs writes for a class
is most of the cost of importing it. Here a class gets its name, its slots and its own methods at
once, and the rest when it is first asked for. It is the same class then as attrs would have made.
"""

from functools import cache
from operator import attrgetter
from threading import RLock
from typing import Any, get_type_hints

import attrs

__all__ = ["declared_fields", "field_names", "frozen", "is_unfinished", "stated_fields"]

_UNFINISHED = "__unfinished__"
"""Where a class keeps what attrs needs to finish it."""

TYPE_CHECKING = False  # type checkers read it as true, and see an ordinary attrs class

if TYPE_CHECKING:
    from attrs import frozen
else:

    def frozen(cls=None, /, *, slots=True, eq=True, cache_hash=False, **options):
        """Make a class frozen, as ``attrs.frozen`` does; methods of its own stay as they are.

        With slots it has neither cached properties nor an ``__init__`` of its own, does not call
        ``super``, and inherits no fields.
        """

        def make(body):
            with_own = "__repr__" in vars(body)
            if cache_hash:  # attrs keeps a hash in the object, so it has to make the class
                made = attrs.frozen(body, repr=False, slots=slots, cache_hash=True, **options)
            elif slots:
                made = _finished_later(body, eq, options)
            else:
                made = attrs.frozen(body, repr=False, eq=False, slots=False, **options)
                if eq:
                    made.__eq__, made.__hash__ = _comparison(made, _compared(made))
            if not with_own:
                made.__repr__ = _shown
            return made

        return make if cls is None else make(cls)

    _BY_ATTRS = (
        "__attrs_attrs__",
        "__delattr__",
        "__getstate__",
        "__init__",
        "__match_args__",
        "__setattr__",
        "__setstate__",
    )
    """The parts of a frozen class that attrs makes."""
    _COMPARED = ("__eq__", "__hash__")

    def _finished_later(body, eq, options):
        """A class of the fields and methods of another, with slots; attrs adds its part later."""
        fields = body.__annotations__ if "__annotations__" in vars(body) else {}
        own = {name: part for name, part in vars(body).items() if name not in fields}
        del own["__dict__"], own["__weakref__"]
        later = _LATER if eq else _LATER_BUT_COMPARED
        own["__slots__"], own["__qualname__"] = (*fields, "__weakref__"), body.__qualname__
        own[_UNFINISHED] = body, options
        return type(body)(body.__name__, body.__bases__, later | own)

    _finishing = RLock()  # two threads would make two sets of fields, and keep one of each

    class _Later:
        """Something that attrs adds to classes. It is found there like the thing itself."""

        __slots__ = ("_name",)

        def __init__(self, name):
            self._name = name

        def __get__(self, instance, kind):
            owner = next(one for one in kind.__mro__ if self._name in vars(one))
            with _finishing:
                if vars(owner)[self._name] is self:
                    _add(owner, self._name)
            found = vars(owner)[self._name]
            return found.__get__(instance, kind) if callable(found) else found

    _LATER_BUT_COMPARED = {name: _Later(name) for name in _BY_ATTRS}
    _LATER = _LATER_BUT_COMPARED | {name: _Later(name) for name in _COMPARED}

    def _add(cls, name):
        """Add the methods that compare or make objects, or all that attrs adds to a class."""
        body, options = vars(cls)[_UNFINISHED]
        if name in _COMPARED and _is_plain(body):
            ready = zip(_COMPARED, _comparison(cls, cls.__slots__[:-1]), strict=True)
        elif name == "__init__" and _is_plain(body) and not _makes_defaults(body):
            ready = [(name, _maker(cls, body, **options))]
        else:
            made = attrs.frozen(body, repr=False, eq=False, **options)
            ready = [(one, vars(made)[one]) for one in _BY_ATTRS]
            ready += zip(_COMPARED, _comparison(cls, _compared(made)), strict=True)
            delattr(cls, _UNFINISHED)
        for one, part in ready:
            if isinstance(vars(cls).get(one), _Later):
                setattr(cls, one, part)

    def _maker(cls, body, *, kw_only=False, order=False):  # order is for type checkers alone
        """The ``__init__`` of a class that says no more of a field than its type and default.

        It is that of attrs, which makes a whole class around it in three times as long.
        """
        said, fields = vars(body), cls.__slots__[:-1]
        public = {name: name.lstrip("_") for name in fields}
        names = {f"put_{name}": vars(cls)[name].__set__ for name in fields} | {"said": said}
        given = [f"{public[n]}=said[{n!r}]" if n in said else public[n] for n in fields]
        start = ["self", "*"] if kw_only and given else ["self"]
        looks = hasattr(body, "__attrs_post_init__")
        lines = [
            f"def __init__({', '.join([*start, *given])}):",
            *(f"    put_{name}(self, {public[name]})" for name in fields),
            f"    {'self.__attrs_post_init__()' if looks else 'pass'}",
        ]
        exec("\n".join(lines), names)  # noqa: S102 - names of fields, and nothing that is read
        made = names["__init__"]
        made.__qualname__ = f"{cls.__qualname__}.__init__"
        types = {public[name]: body.__annotations__[name] for name in fields}
        made.__annotations__ = types | {"return": None}
        return made

    def _makes_defaults(body):
        return any(isinstance(part, attrs.Factory) for part in vars(body).values())

    def _compared(cls):
        return [field.name for field in attrs.fields(cls) if field.eq]

    def _comparison(cls, names):
        """The methods ``__eq__`` and ``__hash__`` of a class, which go by all fields that count."""
        parts = attrgetter(*names) if names else lambda _: ()
        name = cls.__qualname__  # so that objects of two classes with equal parts rarely collide

        def equal(self, other):
            if self is other:  # as most are that are compared at all
                return True
            return parts(self) == parts(other) if other.__class__ is cls else NotImplemented

        def hashed(self):
            return hash((name, parts(self)))

        return equal, hashed

    def _shown(self):
        told = [f"{f.name}={getattr(self, f.name)!r}" for f in attrs.fields(type(self)) if f.repr]
        return f"{type(self).__qualname__.rpartition('>.')[2]}({', '.join(told)})"


@cache
def declared_fields(cls: type) -> tuple[tuple[str, Any, Any], ...] | None:
    """The name, type and default of each field of a class, without finishing it.

    None if attrs has to be asked: the class is finished, is none of these, or says more of a field.
    """
    unfinished = vars(cls).get(_UNFINISHED)
    if unfinished is None or not _is_plain(unfinished[0]):
        return None
    said, types = vars(unfinished[0]), get_type_hints(unfinished[0], include_extras=True)
    return tuple((name, types[name], said.get(name, attrs.NOTHING)) for name in types)


def stated_fields(cls: type) -> tuple[tuple[str, Any, Any], ...]:
    """The name, type and default of each field of an attrs class, finished only if it must be."""
    declared = declared_fields(cls)
    if declared is not None:
        return declared
    made: Any = cls
    fields = attrs.fields(attrs.resolve_types(made))
    return tuple((field.name, field.type, field.default) for field in fields)


def is_unfinished(cls: type) -> bool:
    """Whether a class waits for what attrs adds to it."""
    return _UNFINISHED in vars(cls)


def field_names(cls: type) -> tuple[str, ...]:
    """The names of the fields of an attrs class, without finishing it."""
    if is_unfinished(cls):
        names: tuple[str, ...] = vars(cls)["__slots__"][:-1]
        return names
    return tuple(field.name for field in attrs.fields(cls))


def _is_plain(body: type) -> bool:
    """Whether a class says no more of any field than its type and its default."""
    return not any(type(part) is _MORE for part in vars(body).values())


_MORE = type(attrs.field())
