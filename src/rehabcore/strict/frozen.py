"""Frozen attrs classes that are quick to make.

The library has hundreds of records, and a program uses few of them. What attrs writes for a class
is most of the cost of importing it. Here a class gets its name, its slots and its own methods at
once, and the rest when it is first asked for. It is the same class then as attrs would have made.
"""

from operator import attrgetter
from threading import RLock

import attrs

__all__ = ["frozen"]

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
                    made.__eq__, made.__hash__ = _comparison(made, attrs.fields(made))
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
        later = (*_BY_ATTRS, *_COMPARED) if eq else _BY_ATTRS
        added = {name: _Later(body, later, options) for name in later}
        qualified = {"__slots__": (*fields, "__weakref__"), "__qualname__": body.__qualname__}
        return type(body)(body.__name__, body.__bases__, added | own | qualified)

    _finishing = RLock()  # two threads would make two sets of fields, and keep one of each

    class _Later:
        """Something that attrs adds to a class. It is found there like the thing itself."""

        __slots__ = ("_body", "_later", "_name", "_options", "_owner")

        def __init__(self, body, later, options):
            self._body, self._later, self._options = body, later, options

        def __set_name__(self, owner, name):
            self._owner, self._name = owner, name

        def __get__(self, instance, kind):
            with _finishing:
                if vars(self._owner)[self._name] is self:
                    self._finish()
            found = vars(self._owner)[self._name]
            return found.__get__(instance, kind) if callable(found) else found

        def _finish(self):
            made = vars(attrs.frozen(self._body, repr=False, eq=False, **self._options))
            ready = {name: made[name] for name in _BY_ATTRS}
            ready |= zip(_COMPARED, _comparison(self._owner, ready["__attrs_attrs__"]), strict=True)
            for name in self._later:
                setattr(self._owner, name, ready[name])

    def _comparison(cls, fields):
        """The methods ``__eq__`` and ``__hash__`` of a class, which go by all fields that count."""
        names = [field.name for field in fields if field.eq]
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
