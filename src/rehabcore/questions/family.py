"""What every family of facts has in common: its words, the form of a reading, the evidence.

A family is a module that declares facts next to how they are read. It has ``declare``, and
``READINGS`` or, where a country's own kinds make facts, ``READINGS_OF_KINDS``; facts that go by the
country's policy on levels of risk are among ``READINGS_BY_POLICY``.
"""

from collections.abc import Callable, Iterable, Mapping

from attrs import frozen

from rehabcore.levels.policy import RiskPolicy
from rehabcore.records import CaseFile, Glossary, Record
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import Cell, Fact, Parameter, Takes
from rehabcore.rules.time.timelines import Timeline
from rehabcore.strict.vocabulary import ProgramId

Reading = Callable[[Asked, CaseFile], Timeline[Cell]]
"""Reads a fact from the records in view."""
ReadingByPolicy = Callable[[Asked, CaseFile, RiskPolicy], Timeline[Cell]]
"""Reads a fact from the records in view, as far as the country lets them count."""


@frozen(kw_only=True)
class Words:
    """The words in which facts are declared: a country's glossary, and what it offers."""

    glossary: Glossary
    programs: tuple[ProgramId, ...]


@frozen
class Family:
    """How the facts of one family are declared, and read.

    ``readings`` and ``by_policy`` are by the name of the fact, ``of_kinds`` by what stands before
    the id of a country's own kind in the name of the fact.
    """

    declare: Callable[[Words], Iterable[Fact]]
    readings: Mapping[str, Reading] = {}
    of_kinds: Mapping[str, Reading] = {}
    by_policy: Mapping[str, ReadingByPolicy] = {}


def filters(name: str, codes: tuple[str, ...], takes: Takes) -> tuple[Parameter, ...]:
    """A parameter that may be left out; none where there is nothing to choose from."""
    return (Parameter(name=name, codes=codes, takes=takes, required=False),) if codes else ()


def ids(records: Iterable[Record]) -> tuple[str, ...]:
    """The ids of records as evidence, each once, in an order that does not depend on the file's."""
    return tuple(sorted({record.filed.record_id for record in records}))
