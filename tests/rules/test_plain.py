"""How anchor days, and facts that are asked, are written as plain data."""

from datetime import date
from typing import Any

import pytest

from rehabcore import jurisdictions
from rehabcore.rules.criteria import ask
from rehabcore.rules.data.plain import asked_form, criterion_from_plain, criterion_to_plain
from rehabcore.rules.facts import NEVER, Anchor
from rehabcore.strict.problems import InputError
from tests.kit.refusals import problems_of
from tests.kit.rule_makers import FACTS, JSON, TOML, reader_of

ANCHOR: Any = Anchor
XX = jurisdictions.load("xx")
REPORTS = {"fact": "reports", "kind": "warning", "within": "6 months"}


@pytest.mark.parametrize(("anchor", "plain"), [(date(2030, 1, 31), "2030-01-31"), (NEVER, "never")])
def test_an_anchor_is_a_day_or_never(anchor: Anchor, plain: str) -> None:
    assert JSON.write(anchor, ANCHOR) == plain
    assert JSON.read(plain, ANCHOR) == anchor


def test_in_toml_an_anchor_is_a_date_or_never() -> None:
    assert TOML.read(date(2030, 1, 31), ANCHOR) == date(2030, 1, 31)
    assert TOML.read("never", ANCHOR) is NEVER


@pytest.mark.parametrize(
    ("plain", "code"),
    [
        ("open", "bad_date"),
        ("", "bad_date"),
        ("2030-02-30", "bad_date"),
        (None, "wrong_type"),
        (20300131, "wrong_type"),
        (["never"], "wrong_type"),
        ("1066-10-14", "date_out_of_range"),
    ],
)
def test_nothing_else_is_an_anchor(plain: object, code: str) -> None:
    assert problems_of(lambda: JSON.read(plain, ANCHOR, path="day")) == [(code, "day")]


def test_a_fact_that_is_asked_is_a_table_of_its_parameters() -> None:
    form = asked_form(reader_of())
    asked = ask(FACTS["reports"], kind="warning", within="6 months")
    assert form.read(REPORTS) == asked
    assert form.write(asked) == REPORTS


@pytest.mark.parametrize(
    ("plain", "problems"),
    [
        ("reports", [("wrong_type", "")]),
        ({}, [("unknown_fact", "fact")]),
        ({"fact": ["reports"]}, [("unknown_fact", "fact")]),
        ({**REPORTS, "kind": "fine"}, [("unknown_value", "kind")]),
        ({**REPORTS, "at_least": 1}, [("unknown_key", "")]),
        ({"fact": "reports"}, [("missing_key", "kind"), ("missing_key", "within")]),
    ],
    ids=["text", "no-fact", "list", "unknown-code", "compared", "parameters-missing"],
)
def test_what_asks_no_fact_is_refused(plain: object, problems: list[tuple[str, str]]) -> None:
    assert problems_of(lambda: reader_of().read_asked(plain)) == problems


def test_a_criterion_is_read_from_its_table_and_written_back() -> None:
    facts, rules = XX.facts, XX.rules
    table = {"all": [{"rule": "adult"}, {"fact": "setting", "is": "custody"}]}
    made = criterion_from_plain(table, facts=facts, rules=rules)
    assert criterion_from_plain(criterion_to_plain(made), facts=facts) == made
    assert criterion_to_plain(made)["all"][1] == {"fact": "setting", "is": "custody"}
    alone = criterion_from_plain({"fact": "age", "at_least": "18 years"}, facts=facts)
    assert str(alone) == "age at_least 18 years"


@pytest.mark.parametrize("plain", [None, [], {1: 2}, {}, {"rule": "adult"}, {"fact": "nobody"}])
def test_what_is_no_table_of_a_criterion_is_refused(plain: Any) -> None:
    with pytest.raises(InputError):
        criterion_from_plain(plain, facts=XX.facts)
