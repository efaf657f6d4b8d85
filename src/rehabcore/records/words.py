"""The codes that a record uses, and the words of a country that it may use there."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from operator import attrgetter
from typing import Any

import attrs

from rehabcore.records.fields import (
    MOVES,
    OF_KIND,
    PART_OF,
    PARTS,
    PROGRAMS,
    WORD,
    fields_of,
    fields_with,
)
from rehabcore.records.glossary import Glossary, codes
from rehabcore.strict.vocabulary import ProgramId

Used = tuple[str, str, tuple[str, ...], bool]
"""The place of a code in a record, the code, the codes that may stand there, and whether it is
secret, since it helps to tell who the person is."""


MOST_USES = 4096
"""How many ways to use the words of a country are kept, once they were checked."""


class Words:
    """The words of a country, its programmes and services, and its moves, as records may use them.

    ``programs`` are those in which a person can take part, ``moves`` the ids of its kinds of moves,
    ``need_domains`` the codes of the domains of need.
    """

    def __init__(
        self, glossary: Glossary, programs: Iterable[ProgramId], moves: Iterable[str] = ()
    ) -> None:
        self._glossary, self.programs, self.moves = glossary, tuple(programs), tuple(moves)
        self.need_domains = codes(glossary.need_domains)
        self._gathered: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._of_kind: dict[tuple[str, str], dict[str, tuple[str, ...]]] = {}
        self._known: set[tuple[type, object]] = set()

    def know(self, records: Sequence[Any]) -> bool:
        """Whether the country knows every code in some records of one kind, at least one."""
        kind: Any = type(records[0])
        said_by = _said_by(kind)
        for record in records:
            said = kind, said_by(record)
            # Most records say what others said.
            if said not in self._known and not self._find(record, said):
                return False
        return True

    def _find(self, record: Any, said: tuple[type, object]) -> bool:
        known = all(code in allowed for _, code, allowed, _ in self.used_in(record))
        if known and len(self._known) < MOST_USES:
            self._known.add(said)
        return known

    def used_in(self, record: Any, place: str = "") -> Iterator[Used]:
        """Every code in a record, or in a part of it at ``place``, with the codes allowed there.

        If the kind of a record does not exist, words that depend on the kind are left out.
        """
        for field in fields_with(record, WORD, OF_KIND, PARTS):
            here, held = f"{place}{field.name}", getattr(record, field.name)
            if PARTS in field.metadata:
                for index, part in enumerate(held):
                    yield from self.used_in(part, f"{here}[{index}].")
            elif (allowed := self._allowed(record, field.metadata)) is not None:
                for code in _codes_in(held):
                    yield here, code, allowed, not field.repr

    def _allowed(self, record: Any, said: Mapping[Any, Any]) -> tuple[str, ...] | None:
        """The codes that a field of a record may hold; None if the record's kind does not exist."""
        if PART_OF in said:
            return self._glossary.subdomains_of(getattr(record, said[PART_OF]))
        if WORD in said:
            return self._codes_of(said[WORD])
        (kinds,) = attrs.fields(type(record)).kind.metadata[WORD]
        return self._codes_by_kind(kinds, said[OF_KIND]).get(record.kind)

    def _codes_by_kind(self, kinds: str, name: str) -> dict[str, tuple[str, ...]]:
        """The codes that each kind of a list lists under a name, gathered once."""
        if (kinds, name) not in self._of_kind:
            listed = getattr(self._glossary, kinds)
            self._of_kind[kinds, name] = {kind.id: codes(getattr(kind, name)) for kind in listed}
        return self._of_kind[kinds, name]

    def _codes_of(self, lists: tuple[str, ...]) -> tuple[str, ...]:
        """The codes of several lists together, gathered once."""
        if lists not in self._gathered:
            self._gathered[lists] = tuple(code for name in lists for code in self._named(name))
        return self._gathered[lists]

    def _named(self, name: str) -> tuple[str, ...]:
        if name == MOVES:
            return self.moves
        return self.programs if name == PROGRAMS else codes(getattr(self._glossary, name))


@cache
def _said_by(kind: Any) -> Callable[[Any], object]:
    """A function that gives whatever codes a record of a type, or a part of one, holds."""
    names = [field.name for field in fields_of(kind, WORD, OF_KIND)]
    parts = [field.name for field in fields_of(kind, PARTS)]
    own = attrgetter(*names) if names else lambda _: ()
    if not parts:
        return own

    def said(record: Any) -> object:
        return own(record), *[_said_by_each(getattr(record, name)) for name in parts]

    return said


def _said_by_each(parts: tuple[Any, ...]) -> tuple[object, ...]:
    """The codes that parts of one kind hold."""
    if not parts:
        return ()
    kind: Any = type(parts[0])
    return tuple(map(_said_by(kind), parts))


def _codes_in(held: str | frozenset[str] | None) -> Iterable[str]:
    """The codes that a field holds: one, several or none."""
    if isinstance(held, str):
        return (held,)
    return sorted(held or ())
