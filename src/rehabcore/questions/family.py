"""What every family of facts has in common: its words, the form of a reading, the evidence.

A family is a module that declares facts next to how they are read. It has ``declare``, which takes
``Words`` and gives facts; ``READINGS`` by the name of the fact; and, where a country's own kinds
make facts, ``READINGS_OF_KINDS`` by what stands before the id of the kind.
"""

from collections.abc import Callable, Iterable

from attrs import frozen

from rehabcore.records import CaseFile, Glossary, Record
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import Cell, Parameter, Takes
from rehabcore.rules.timelines import Timeline
from rehabcore.vocabulary import ProgramId

Reading = Callable[[Asked, CaseFile], Timeline[Cell]]
"""Reads a fact from the records in view."""


@frozen(kw_only=True)
class Words:
    """The words in which facts are declared: a country's glossary, and what it offers."""

    glossary: Glossary
    programs: tuple[ProgramId, ...]


def filters(name: str, codes: tuple[str, ...], takes: Takes) -> tuple[Parameter, ...]:
    """A parameter that may be left out; none where there is nothing to choose from."""
    return (Parameter(name=name, codes=codes, takes=takes, required=False),) if codes else ()


def ids(records: Iterable[Record]) -> tuple[str, ...]:
    """The ids of records as evidence, each once, in an order that does not depend on the file's."""
    return tuple(sorted({record.filed.record_id for record in records}))
