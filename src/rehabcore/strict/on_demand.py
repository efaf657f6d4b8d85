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
