"""Every row of the page of criteria by family is read, and judged on each of its days."""

import tomllib
from datetime import date

import pytest

from rehabcore import exchange, jurisdictions
from rehabcore.questions import facts_of_kinds
from rehabcore.records import CaseFile
from rehabcore.rules.criteria import Criterion, comparisons
from rehabcore.rules.data.criterion_forms import CriterionReader
from rehabcore.rules.data.plain import plain_forms
from rehabcore.rules.judging.proving import judge
from rehabcore.strict.structure import Codec
from tests.kit.pages import page, rows

XX = jurisdictions.load("xx")
FACTS = XX.facts_of(exchange.read(page("reference/criteria-families.json"), CaseFile))
PAGE = page("reference/criteria-families.md")
ROWS = [
    (int(number), data, examples)
    for number, data, examples in rows(
        r"^\| (\d+) \| [\w ]+ \| [^|]+ \| `([^`]+)` \| ([^|]+) \|$", PAGE
    )
]


def _criterion(data: str) -> Criterion:
    reader = CriterionReader(facts=XX.facts, rules=XX.rules, codec=Codec(plain_forms()))
    return reader.read(tomllib.loads(f"criterion = {data}")["criterion"])


def test_all_rows_are_of_one_form_and_in_the_order_of_their_numbers() -> None:
    assert len(ROWS) == len(rows(r"^\| (\d)", PAGE))
    numbers = [number for number, _, _ in ROWS]
    assert numbers == sorted(numbers)
    assert set(numbers) <= set(range(1, 61))


@pytest.mark.parametrize(("number", "data", "examples"), ROWS)
def test_a_criterion_answers_as_told_on_each_of_its_days(
    number: int, data: str, examples: str
) -> None:
    criterion = _criterion(data)
    for example in examples.split(", "):
        day, answer = example.split(" ")
        on = date.fromisoformat(day)
        assert judge(criterion, FACTS.on(on), on=on).answer.value == answer, (number, day)


def test_every_form_of_fact_is_shown_by_a_row_or_by_a_programme_of_the_country() -> None:
    criteria: list[Criterion] = [_criterion(data) for _, data, _ in ROWS]
    for program in XX.programs:
        criteria += filter(None, (program.entry, program.audience))
    shown = {leaf.asked.fact.name for rule in criteria for leaf in comparisons(rule)}
    of_kinds = facts_of_kinds(XX.glossary)
    forms = {name: of_kinds.get(name, (name, ""))[0] for name in XX.facts}
    assert set(forms.values()) - {forms[name] for name in shown} == {
        "died",
        "setting",
        "time_since_referral",
        "unpublished_rules_met",
        "unsettled_law_met",
        "law_not_on_file_met",
    }
