"""Whatever a caller may make is checked: a record that forgets it is found here."""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

import attrs
import pytest

import rehabcore
from rehabcore.strict.problems import InputError

WINGS = ("care", "casework", "levels", "plans", "programs", "records")
MADE_INSIDE = {
    "Comparison",
    "FactChange",
    "FieldChange",
    "Finding",
    "RecordChange",
    "UnitStay",
}
"""Records that only verbs make, of parts that were checked; many of some are made at once."""


def _records() -> Iterator[type[Any]]:
    for module in pkgutil.walk_packages(rehabcore.__path__, "rehabcore."):
        if module.name.split(".")[1] in WINGS:
            for name, value in vars(importlib.import_module(module.name)).items():
                own = getattr(value, "__module__", None) == module.name
                if isinstance(value, type) and own and attrs.has(value) and name[0] != "_":
                    yield value


RECORDS = {record.__name__: record for record in _records()}


def test_what_is_made_inside_is_listed_and_no_more() -> None:
    assert set(RECORDS) >= MADE_INSIDE
    assert {"PlanPolicy", "CaseFile", "MatchResult", "RiskPolicy", "Program"} <= set(RECORDS)


@pytest.mark.parametrize("name", sorted(set(RECORDS) - MADE_INSIDE))
def test_a_record_refuses_a_wrong_type_in_each_of_its_fields(name: str) -> None:
    record: Any = RECORDS[name]
    fields = [field for field in attrs.fields(record) if field.init]
    with pytest.raises(InputError) as caught:
        record(**{field.alias: object() for field in fields})
    said = [(problem.code, problem.path) for problem in caught.value.problems]
    assert said == [("wrong_type", field.name) for field in fields]
