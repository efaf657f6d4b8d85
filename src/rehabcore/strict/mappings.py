"""A mapping that nobody can change, and that can be copied and pickled."""

from collections.abc import ItemsView, Iterator, Mapping
from typing import Any, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class FrozenMap(Mapping[K, V]):
    """The entries of another mapping, in its order. It equals any mapping with the same entries."""

    __slots__ = ("_entries",)

    def __init__(self, entries: Mapping[K, V]) -> None:
        self._entries = dict(entries)

    def __getitem__(self, key: K) -> V:
        """The value of a key."""
        return self._entries[key]

    def get(self, key: K, default: Any = None) -> Any:
        """The value of a key, or another."""
        return self._entries.get(key, default)

    def __iter__(self) -> Iterator[K]:
        """The keys, in order."""
        return iter(self._entries)

    def __len__(self) -> int:
        """The number of keys."""
        return len(self._entries)

    def items(self) -> ItemsView[K, V]:
        """The entries, in order; read at once, for rules of countries are walked often."""
        return self._entries.items()

    def __repr__(self) -> str:
        """Shown as the dictionary that it holds."""
        return repr(self._entries)
