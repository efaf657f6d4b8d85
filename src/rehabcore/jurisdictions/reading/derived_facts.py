"""The derived facts of a country pack: comparisons of two facts, and additive scores."""

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import evolve

from rehabcore.questions import Derived, FactComparison, Score
from rehabcore.rules.criteria import comparisons
from rehabcore.rules.data.criterion_forms import CriterionReader
from rehabcore.rules.data.plain import asked_form, criterion_forms, plain_forms
from rehabcore.rules.judging.verdicts import holds_drafts
from rehabcore.rules.sources import Status
from rehabcore.strict.problems import Problems, unknown_keys
from rehabcore.strict.structure import Codec

_LISTS: dict[str, type[FactComparison] | type[Score]] = {
    "comparisons": FactComparison,
    "scores": Score,
}


def read_derived(table: Mapping[str, Any], reader: CriterionReader) -> tuple[Derived, ...]:
    """The derived facts of ``derived.toml``, each of which may ask those above it.

    Args:
        table: the file.
        reader: knows the facts of records, and the derived ones of a base.

    Raises:
        InputError: names every problem, with its path.
    """
    problems, derived = Problems(), list[Derived]()
    facts = dict(reader.facts)  # grows by each that is read
    codec = _codec(evolve(reader, facts=facts))
    problems.add(*unknown_keys(table, _LISTS))
    for name, kind in _LISTS.items():
        listed = table.get(name, [])
        if not isinstance(listed, list):
            problems.note(listed, "wrong_type", f"tables [[{name}]]", path=name)
            continue
        for index, plain in enumerate(listed):
            path = f"{name}[{index}]"
            made = problems.at(path, codec.read, plain, kind)
            if made is not None:
                if made.fact.name in facts:
                    expected = "an id that no other derived fact of its kind has"
                    problems.note(made.id, "duplicate_id", expected, path=f"{path}.id")
                facts[made.fact.name] = made.fact
                derived.append(made)
    problems.done()
    return tuple(derived)


def draft_facts(derived: Iterable[Derived]) -> tuple[str, ...]:
    """The names of the facts that are only drafts of law, or are made of a draft.

    Args:
        derived: the derived facts of a country, each after those that it asks.
    """
    drafts: list[str] = []
    for made in derived:
        if isinstance(made, Score):
            asked = [leaf.asked for part in made.parts for leaf in comparisons(part.when)]
            drafted = any(holds_drafts(part.when) for part in made.parts)
        else:
            asked, drafted = [made.one, made.other], False
        if made.status is Status.DRAFT or drafted or {one.fact.name for one in asked} & {*drafts}:
            drafts.append(made.fact.name)
    return tuple(drafts)


def _codec(reader: CriterionReader) -> Codec:
    forms = (*plain_forms(dates_are_objects=True), *criterion_forms(reader), asked_form(reader))
    return Codec(forms, dates_are_objects=True)
