"""A question: a fact together with how it is read from the records in view.

A family is a module with ``questions``: what it declares, it declares next to how it is read. A
reading turns records into claims (this record says this, over this span) and lets ``settle`` decide
between them, so that agreement, contradiction and silence mean the same everywhere.
"""

from collections.abc import Callable, Iterable

from attrs import frozen

from rehabcore.levels.policy import RiskPolicy
from rehabcore.records import CaseFile, Glossary, Record
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import Cell, Fact, Parameter, Takes
from rehabcore.rules.time.timelines import Timeline
from rehabcore.strict.vocabulary import ProgramId

Reading = Callable[[Asked, CaseFile], Timeline[Cell]]
"""Reads a fact from the records in view: what is known of it on every day."""


@frozen(kw_only=True)
class CountryWords:
    """What the questions of a country are made with.

    ``programs`` are the ids of what it offers, ``risk_policy`` says how far it lets levels of risk
    be overridden, and when risk is assessed anew.
    """

    glossary: Glossary
    programs: tuple[ProgramId, ...]
    risk_policy: RiskPolicy


@frozen
class Question:
    """A fact together with how it is read.

    The reading is closed over the country's kind or policy that it goes by. It is a function of a
    module, or a ``partial`` of one, so that a country can be pickled with its questions.
    """

    fact: Fact
    read: Reading


def filters(name: str, codes: tuple[str, ...], takes: Takes) -> tuple[Parameter, ...]:
    """A parameter that may be left out; none where there is nothing to choose from."""
    return (Parameter(name=name, codes=codes, takes=takes, required=False),) if codes else ()


def ids(records: Iterable[Record]) -> tuple[str, ...]:
    """The ids of records as evidence, each once, in an order that does not depend on the file's."""
    return tuple(sorted({record.filed.record_id for record in records}))
