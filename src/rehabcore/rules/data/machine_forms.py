"""The tables of machines in TOML and JSON.

    states = [
      { code = "planned", title = { en = "Planned" }, entrance = "start" },
      { code = "paused", title = { en = "Paused" }, hold = true },
    ]
    arrows = [
      { leaves = ["running"], to = "paused", event = "pause", roles = ["team"] },
      { leaves = ["paused"], to = "origin", event = "resume" },
    ]

The keys are the fields of the records in ``rules.machines.rows`` and ``rules.machines.tables``.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import evolve

from rehabcore.rules.data.criterion_forms import CriterionReader
from rehabcore.rules.data.plain import criterion_forms, plain_forms
from rehabcore.rules.facts import Fact
from rehabcore.rules.machines.tables import Machine
from rehabcore.rules.sources import Source, Status, citing_problems
from rehabcore.strict.checked import checked_arguments
from rehabcore.strict.problems import Problem, Problems, refuse
from rehabcore.strict.structure import Codec, refuse_repeated_keys


@checked_arguments
def read_machine(plain: object, reader: CriterionReader, *, dates_are_objects: bool) -> Machine:
    """Read a machine from its table, strictly.

    Args:
        plain: the table.
        reader: reads the guards. They may ask its facts and those that the table brings; what is
            cited may be in its sources and in those of the table.
        dates_are_objects: dates come as ``date``, as TOML has them, and not as text.

    Raises:
        InputError: every problem of the stage in which reading stopped, with its path: the facts
            and sources that the table brings; its rows; the table as a whole; its citations.
    """
    if not isinstance(plain, dict):
        refuse(plain, "wrong_type", "a table of a machine")
    refuse_repeated_keys(plain)
    problems = Problems()
    facts = problems.at("facts", reader.codec.read, plain.get("facts", []), tuple[Fact, ...])
    sources = problems.at(
        "sources", reader.codec.read, plain.get("sources", []), tuple[Source, ...]
    )
    problems.done()
    known = None
    if reader.sources is not None:
        known = {**{one.source_id: one.status for one in sources}, **reader.sources}
    asking = {**{fact.name: fact for fact in facts}, **reader.facts}
    codec = _codec(evolve(reader, facts=asking, sources=known), dates_are_objects)
    machine = codec.read(plain, Machine)
    if known is not None:
        problems.add(*_miscited(machine, known))
    problems.done()
    return machine


def _codec(reader: CriterionReader, dates_are_objects: bool) -> Codec:
    forms = (*plain_forms(dates_are_objects=dates_are_objects), *criterion_forms(reader))
    return Codec(forms, dates_are_objects=dates_are_objects)


def _miscited(machine: Machine, known: Mapping[str, Status]) -> Iterator[Problem]:
    """The problem of each claim of the table that its citations do not support."""
    yield from citing_problems(machine.status, machine.cite, known)
    for index, arrow in enumerate(machine.arrows):
        for problem in citing_problems(arrow.status, arrow.cite, known):
            yield problem.below(f"arrows[{index}]")


@checked_arguments
def write_machine(machine: Machine, *, dates_are_objects: bool) -> dict[str, Any]:
    """The table of a machine; reading it gives an equal one. Defaults are left out."""
    plain = plain_forms(dates_are_objects=dates_are_objects)
    codec = Codec(plain, dates_are_objects=dates_are_objects)
    knows_nothing = CriterionReader(facts={}, rules={}, codec=codec)
    table: dict[str, Any] = _codec(knows_nothing, dates_are_objects).write(machine)
    return table
