"""Packages whose names are imported when they are first used.

A package that imports everything it offers is slow to import, and cannot offer names of a module
that itself imports from the package.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module


def names_from(homes: Mapping[str, str]) -> Iterator[str]:
    """The names that a package offers, in order."""
    yield from sorted(name for names in homes.values() for name in names.split())


def names_on_demand(
    package: str, homes: Mapping[str, str], wings: Iterable[str] = ()
) -> Callable[[str], object]:
    """The ``__getattr__`` of a package.

    Args:
        package: its name.
        homes: for each module, the names that it defines, separated by spaces.
        wings: packages and modules below it that are imported when they are asked for.
    """
    home_of = {name: module for module, names in homes.items() for name in names.split()}
    below = frozenset(wings)

    def find(name: str) -> object:
        if name in home_of:
            found: object = getattr(import_module(home_of[name]), name)
        elif name in below:
            found = import_module(f"{package}.{name}")
        else:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        vars(import_module(package))[name] = found  # so that it is asked for once only
        return found

    return find


class _Named(type):
    """The type of classes that are told by their module and name, and so are their objects."""

    def __subclasscheck__(cls, kind: type) -> bool:
        named = (cls.__module__, cls.__qualname__)
        return any((one.__module__, one.__qualname__) == named for one in kind.__mro__)

    def __instancecheck__(cls, value: object) -> bool:
        return issubclass(type(value), cls)


def class_named(module: str, name: str) -> type:
    """A type with the instances of the class of a name, whose module need not be loaded for it.

    An object of the class exists only if somebody loaded its module. So whoever only wants to know
    whether an object is one need not load it.

    Args:
        module: the module that defines the class.
        name: its name there.
    """
    return _Named(name, (), {"__module__": module, "__qualname__": name})
