"""The page of facts tells each fact as it is declared."""

import re

from rehabcore import jurisdictions
from rehabcore.questions import declare
from rehabcore.questions.reading import kind_of
from rehabcore.rules.facts import Fact
from tests.kit.pages import page, rows

PAGE = page("reference/facts.md")
XX = jurisdictions.load("xx")
FACTS = declare(XX.glossary, [program.program_id for program in XX.programs])
ROWS = rows(r"^\| `(\w+)(…?)` \| ([\w ]+) \| (.*?)\| ([\w ]+) \|", PAGE)


def _parameters(text: str) -> list[tuple[str, ...]]:
    return re.findall(r"`(\w+)`(\??)", text)


def _declared(fact: Fact) -> list[tuple[str, ...]]:
    return [(p.name, "" if p.required else "?") for p in fact.parameters]


def test_facts_of_their_own_name_are_told_in_the_order_of_the_code() -> None:
    assert [
        (name, shape, _parameters(given), absence)
        for name, own, shape, given, absence in ROWS
        if not own
    ] == [
        (fact.name, fact.shape.value, _declared(fact), fact.absence.value)
        for fact in FACTS.values()
        if not kind_of(fact)[0]
    ]


def test_facts_of_a_kind_are_told_by_their_prefix() -> None:
    glossary = XX.glossary
    absences = {
        **{kind.id: kind.absence.value for kind in glossary.observation_kinds},
        **{kind.id: kind.absence.value for kind in glossary.state_kinds},
        **{kind.id: kind.absence.value for kind in glossary.measurement_kinds},
    }
    told = {name: (shape, given, absence) for name, own, shape, given, absence in ROWS if own}
    found = [(fact, *kind_of(fact)) for fact in FACTS.values()]
    assert set(told) == {prefix for _, prefix, _ in found if prefix}
    for fact, prefix, kind in found:
        if prefix:
            shape, given, absence = told[prefix]
            assert fact.shape.value in shape.split(" or "), fact.name
            assert _declared(fact) == _parameters(given), fact.name
            of_the_kind = absences[kind] if absence == "of the kind" else absence
            assert fact.absence.value == of_the_kind, fact.name


def test_the_identifying_facts_are_three() -> None:
    identifying = {fact.name for fact in FACTS.values() if fact.identifying}
    assert identifying == {"age", "sex", "languages"}


def test_derived_facts_are_told_in_the_order_of_the_country() -> None:
    assert rows(r"^\| `(\w+)` \| (\w+) \| [^|]* \|$", PAGE) == [
        (made.fact.name, made.fact.shape.value) for made in XX.derived
    ]
