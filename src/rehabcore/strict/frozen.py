"""Frozen attrs classes that are quick to make.

For each class attrs writes and compiles the methods that compare, hash and show its objects. That
is half the cost of a class, and the library has hundreds. Here these methods are shared instead:
they mean the same, and only ``__init__`` is written for each class.
"""

from operator import attrgetter

import attrs

__all__ = ["frozen"]

TYPE_CHECKING = False  # type checkers read it as true, and see an ordinary attrs class

if TYPE_CHECKING:
    from attrs import frozen
else:

    def frozen(cls=None, /, *, eq=True, cache_hash=False, **options):
        """Make a class frozen, as ``attrs.frozen`` does; methods of its own stay as they are."""

        def make(body):
            shared = eq and not cache_hash  # attrs keeps a hash in the object, so it has to make it
            with_own = "__repr__" in vars(body)
            made = attrs.frozen(
                body, repr=False, eq=eq and not shared, cache_hash=cache_hash, **options
            )
            if shared:
                made.__eq__, made.__hash__ = _comparison(made)
            if not with_own:
                made.__repr__ = _shown
            return made

        return make if cls is None else make(cls)

    def _comparison(cls):
        """The methods ``__eq__`` and ``__hash__`` of a class, which go by all fields that count."""
        names = [field.name for field in attrs.fields(cls) if field.eq]
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
