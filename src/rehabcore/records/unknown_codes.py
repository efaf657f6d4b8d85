"""Faults of codes that a country does not know, such as those of an older pack.

Whoever filed a code meant it. A word that must be given says which thing a record is about; this
one is then a thing of which the country knows nothing. Any other word says something about the
thing, and may be an older name of any word that the country knows there.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

import attrs
from attrs import evolve

from rehabcore.records.case_file import Record
from rehabcore.records.faults import Edit, Fault, Way, nothing
from rehabcore.records.fields import OF_KIND
from rehabcore.records.words import Words
from rehabcore.strict.checked import checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem, one_of


@frozen(kw_only=True)
@checked
class _Unknown:
    """A code of a record that the country does not know, and the codes that it knows there."""

    path: str
    record: Record
    place: str
    code: str
    allowed: tuple[str, ...]
    secret: bool

    @property
    def problem(self) -> Problem:
        """The problem of the code, told with those that would be right."""
        meant = None if self.secret else self.code
        expected = one_of(self.allowed, meant) if self.allowed else "no record of this kind"
        path = f"{self.path}.{self.place}"
        return Problem.of(self.code, "unknown_value", expected, path=path, secret=self.secret)


def unknown_codes(entries: Iterable[tuple[str, Record]], words: Words) -> Iterator[Fault]:
    """One fault for each code that the country does not know, of all records that use it."""
    found: dict[tuple[object, ...], list[_Unknown]] = defaultdict(list)
    for path, record in (entry for entry in entries if not words.know([entry[1]])):
        for place, code, allowed, secret in words.used_in(record):
            if code not in allowed:
                use = type(record), _INDEX.sub("", place), getattr(record, "kind", None), code
                found[use].append(
                    _Unknown(
                        path=path,
                        record=record,
                        place=place,
                        code=code,
                        allowed=allowed,
                        secret=secret,
                    )
                )
    for same in found.values():
        yield Fault(
            found=tuple((one.record.filed.record_id, one.problem) for one in same),
            ways=tuple(_together(same, edits) for edits in zip(*map(_edits, same), strict=True)),
        )


_INDEX = re.compile(r"\[\d+\]")


def _together(same: list[_Unknown], edits: Iterable[Edit | None]) -> Way:
    """The way that reads a code alike in all records that use it."""
    pairs = zip(same, edits, strict=True)
    return Way(instead=tuple((one.record.filed.record_id, edit) for one, edit in pairs if edit))


def _edits(unknown: _Unknown) -> Iterator[Edit | None]:
    """The edits of a record that read a code in each way; None reads it as it was filed."""
    name, _, within = unknown.place.partition("[")
    record: Any = unknown.record
    declared, held = attrs.fields_dict(type(record))[name], getattr(record, name)
    if within:
        part = held[int(within.partition("]")[0])]
        yield partial(_without, name, part)
    elif isinstance(held, frozenset):
        yield partial(_without, name, unknown.code)
    elif OF_KIND in declared.metadata or declared.default is None:
        yield None
        yield from (partial(_reading, name, code) for code in unknown.allowed)
        return
    else:
        yield nothing
    yield None


def _without(name: str, item: object, record: Any) -> tuple[Record, ...]:
    """The record without one of the items of a field."""
    held = getattr(record, name)
    return (evolve(record, **{name: type(held)(one for one in held if one != item)}),)


def _reading(name: str, code: str, record: Any) -> tuple[Record, ...]:
    """The record with another code."""
    return (evolve(record, **{name: code}),)
