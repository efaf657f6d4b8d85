"""What every reading has in common: its form, and the records that an answer rests on."""

from collections.abc import Callable, Iterable

from rehabcore.records import CaseFile, Record
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import Cell
from rehabcore.rules.timelines import Timeline

Reading = Callable[[Asked, CaseFile], Timeline[Cell]]
"""Reads a fact from the records in view."""


def ids(records: Iterable[Record]) -> tuple[str, ...]:
    """The ids of records as evidence, each once, in an order that does not depend on the file's."""
    return tuple(sorted({record.filed.record_id for record in records}))
