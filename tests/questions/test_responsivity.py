"""Factors of responsivity: read as the latest finding, and never a matter of risk or need."""

from itertools import permutations
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given

from rehabcore import programs
from rehabcore.records import CaseFile
from rehabcore.records.glossary import codes
from rehabcore.rules.criteria import ask
from rehabcore.rules.facts import Known
from rehabcore.rules.time.days import UNSURE
from rehabcore.rules.truth import UnknownKind
from tests.kit.builders import case, day
from tests.kit.record_makers import XX, Piece, factor, facts_of, told
from tests.kit.record_strategies import case_files, days

MISSING, STALE, DISPUTED = UnknownKind.MISSING, UnknownKind.STALE, UnknownKind.DISPUTED


@pytest.mark.parametrize(
    ("factors", "expected"),
    [
        ([], [("", MISSING, "")]),
        (
            [factor("f", "2030-01-01", "2030-02-01")],
            [("", MISSING, ""), ("2030-01-01", True, "f"), ("2030-02-01", STALE, "f")],
        ),
        (
            [factor("f", "2030-01-01", UNSURE)],
            [("", MISSING, ""), ("2030-01-01", True, "f"), ("2030-01-02", MISSING, "f")],
        ),
        (
            [factor("f", "2030-01-01"), factor("g", "2030-02-01", present=False)],
            [("", MISSING, ""), ("2030-01-01", True, "f"), ("2030-02-01", False, "g")],
        ),
        (
            [factor("f", "2030-01-01"), factor("g", "2030-01-01", present=False, source="b")],
            [("", MISSING, ""), ("2030-01-01", DISPUTED, "f g")],
        ),
        ([factor("f", "2030-01-01", kind="trauma")], [("", MISSING, "")]),
    ],
    ids=["none", "expires", "unknown-end", "newer", "sources-differ", "of-another-kind"],
)
def test_a_factor_is_what_the_latest_finding_says(
    factors: list[Any], expected: list[Piece]
) -> None:
    for order in permutations(factors):
        file = case(responsivity_factors=order)
        assert told(file, "responsivity_factor", responsivity_kind="literacy") == expected


def _of_others(file: CaseFile, on: Any) -> tuple[Any, ...]:
    """Every level of risk and need, and what every programme answers."""
    cells = facts_of(file).on(on)
    need_level, domains = XX.facts["need_level"], codes(XX.glossary.need_domains)
    return (
        cells(ask(XX.facts["risk_level"])),
        *(cells(ask(need_level, domain=domain)) for domain in domains),
        programs.offers_on(XX.admissions, cells, on=on),
    )


@pytest.mark.no_cover
@given(file=case_files(), on=days())
def test_a_factor_changes_no_level_and_no_answer_of_a_rule_that_does_not_ask_it(
    file: CaseFile, on: Any
) -> None:
    kinds = codes(XX.glossary.responsivity_kinds)
    more = tuple(factor(f"more {kind}", "2019-01-01", kind=kind) for kind in kinds)
    for factors in ((), more):
        assert _of_others(evolve(file, responsivity_factors=factors), on) == _of_others(file, on)


def test_a_rule_may_ask_a_factor() -> None:
    asked = ask(XX.facts["responsivity_factor"], responsivity_kind="trauma")
    file = case(responsivity_factors=(factor("f", "2030-01-01", kind="trauma"),))
    assert facts_of(file).on(day("2030-01-01"))(asked) == Known(True, evidence=("f",))
