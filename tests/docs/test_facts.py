"""The page of facts tells each fact as it is declared."""

import re

from rehabcore import jurisdictions
from rehabcore.questions import facts_of_kinds
from rehabcore.rules.facts import Fact
from tests.kit.pages import page, rows

PAGE = page("reference/facts.md")
XX = jurisdictions.load("xx")
DERIVED = [made.fact.name for made in XX.derived]
FACTS = {name: fact for name, fact in XX.facts.items() if name not in DERIVED}
OF_KINDS = facts_of_kinds(XX.glossary)
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
        if fact.name not in OF_KINDS
    ]


def test_facts_of_a_kind_are_told_by_their_prefix() -> None:
    glossary = XX.glossary
    absences = {
        **{kind.id: kind.absence.value for kind in glossary.observation_kinds},
        **{kind.id: kind.absence.value for kind in glossary.state_kinds},
        **{kind.id: kind.absence.value for kind in glossary.measurement_kinds},
    }
    told = {name: (shape, given, absence) for name, own, shape, given, absence in ROWS if own}
    found = [(FACTS[name], *OF_KINDS[name]) for name in FACTS if name in OF_KINDS]
    assert {f"{form}_" for _, form, _ in found} == set(told)
    for fact, form, kind in found:
        shape, given, absence = told[f"{form}_"]
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
