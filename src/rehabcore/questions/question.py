"""A question: a fact together with its reader, which reads it from the records in view.

A family is a module with a function ``questions``, which declares facts next to the functions that
read them. A reader turns records into claims (one record claims a value, over a span of days), and
lets ``settle`` make cells of them. So agreement, contradiction and silence mean the same
everywhere.

Most records leave nothing to weigh: their days are known, and no two of them may tell one thing. Of
these a question may be answered for one day at a glance, with the very cell that the reader gives.
"""

from collections.abc import Callable, Iterable
from datetime import date

from rehabcore.levels.policy import RiskPolicy
from rehabcore.questions.plain.gathered import Gathered
from rehabcore.questions.policy import RecordsPolicy
from rehabcore.records import CaseFile, Glossary, Record
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import Cell, Fact, Parameter, Takes
from rehabcore.rules.time.timelines import Timeline
from rehabcore.strict.frozen import frozen
from rehabcore.strict.vocabulary import ProgramId

Reader = Callable[[Asked, CaseFile], Timeline[Cell]]
"""A function that reads a fact from the records in view: its cells on every day."""

DayReader = Callable[[Asked, Gathered, date], Cell | None]
"""A function that reads the cell of one day from records that leave nothing to weigh; None if they
leave something, so that the reader has to weigh it."""


@frozen(kw_only=True)
class CountryWords:
    """The words and policies of a country with which its questions are made.

    ``programs`` are the ids of programmes that records may mention. ``risk_policy`` limits
    overrides of levels, and states when risk is to be assessed anew. ``records_policy`` says how
    records are read together.
    """

    glossary: Glossary
    programs: tuple[ProgramId, ...]
    risk_policy: RiskPolicy
    records_policy: RecordsPolicy


@frozen
class Question:
    """A fact together with its reader, and perhaps one for plain records, which gives equal cells.

    A reader already holds the country's kind or policy that it needs. It is a function of a
    module, or a ``partial`` of one, so that a country can be pickled with its questions.
    """

    fact: Fact
    read: Reader
    read_plainly: DayReader | None = None


def filters(name: str, codes: tuple[str, ...], takes: Takes) -> tuple[Parameter, ...]:
    """A parameter that may be left out; no parameter if there is nothing to choose from."""
    return (Parameter(name=name, codes=codes, takes=takes, required=False),) if codes else ()


def ids(records: Iterable[Record]) -> tuple[str, ...]:
    """The ids of records as evidence, each once, in an order that does not depend on the file's."""
    return tuple(sorted({record.filed.record_id for record in records}))
