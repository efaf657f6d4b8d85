"""The items that a pack itself adds to lists of its base, and the problems of these items."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from rehabcore.strict.problems import Problem, one_of


def added(whole: Any, base: Any, name: str) -> tuple[Any, ...]:
    """The items of a list that are not the base's, which come first."""
    items: tuple[Any, ...] = getattr(whole, name)
    return items if base is None else items[len(getattr(base, name)) :]


def placed(whole: Any, base: Any, name: str) -> Iterator[tuple[str, Any]]:
    """The items that a list adds to its base, each with its path in the file of the pack."""
    return ((f"{name}[{index}]", item) for index, item in enumerate(added(whole, base, name)))


def repeated(whole: Any, base: Any, name: str, *keys: str) -> Iterator[Problem]:
    """A problem for each added item with the same keys as another item of the list."""

    def named(item: object) -> tuple[object, ...]:
        return tuple(getattr(item, key) for key in keys)

    count = Counter(map(named, getattr(whole, name)))
    for path, item in placed(whole, base, name):
        if count[named(item)] > 1:
            expected, own = "something that the list states only once", named(item)[-1]
            yield Problem.of(own, "duplicate_id", expected, path=f"{path}.{keys[-1]}")


def unknown(said: Iterable[str], words: Iterable[str], path: str) -> Iterator[Problem]:
    """A problem for each code that is not among the country's words, in order."""
    known = tuple(words)
    for code in sorted({*said} - {*known}):
        yield Problem.of(code, "unknown_value", one_of(known, code), path=path)
