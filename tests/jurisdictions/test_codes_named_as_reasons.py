"""A code of a country may have the name of a reason why something is not known.

Such a code is a value as any other: it never agrees with a record that states no value.
"""

from datetime import date
from typing import Any

import pytest

from rehabcore.jurisdictions import Jurisdiction
from rehabcore.questions.question import Question
from rehabcore.records import CaseFile, Observation, RiskAssessment, State
from rehabcore.rules.criteria import ask
from rehabcore.rules.facts import Cell, Known, Unknown
from rehabcore.rules.time.days import OPEN
from rehabcore.rules.time.partial import PartialDay
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.vocabulary import StaffId
from tests.kit.builders import case, day, filed, span
from tests.kit.overlays import overlay

REASONS = tuple(kind.value for kind in UnknownKind)
NAMED = ", ".join(f'{{ id = "{name}", title = {{ en = "{name}" }} }}' for name in REASONS)
IN_MARCH = PartialDay(date(2026, 3, 1), date(2026, 3, 31))


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Jurisdiction:
    """A country whose codes have the names of all reasons."""
    kind = f'id = "file", title = {{ en = "File" }}, values = [{NAMED}]'
    glossary = f"""
risk_levels = [{NAMED}]
observation_kinds = [{{ {kind} }}]
state_kinds = [{{ {kind} }}]
"""
    return overlay(tmp_path_factory.mktemp("named") / "local", glossary=glossary)


def _at(country: Jurisdiction, file: CaseFile, name: str, **given: Any) -> Cell:
    """The cell of a fact in April 2026."""
    question = country.questions[name]
    assert isinstance(question, Question)
    return question.read(ask(country.facts[name], **given), file).at(date(2026, 4, 15))


@pytest.mark.parametrize("name", REASONS)
def test_an_observed_code_is_a_value(country: Jurisdiction, name: str) -> None:
    made = Observation(
        filed=filed("o"), kind="file", value=name, observed_on=day("2026-03-01"), expires=OPEN
    )
    file = case(observations=(made,))
    assert _at(country, file, "observed_file") == Known(name, evidence=("o",))


@pytest.mark.parametrize("name", REASONS)
def test_a_status_is_a_value(country: Jurisdiction, name: str) -> None:
    file = case(states=(State(filed=filed("s"), kind="file", value=name, span=span("2026-03-01")),))
    assert _at(country, file, "state_file") == Known(name, evidence=("s",))
    window = {"within": "1 month", "ageing": "inclusive"}
    for state in REASONS:
        had = _at(country, file, "had_state_file", state=state, **window)
        assert had == Known(state == name, evidence=("s",))


@pytest.mark.parametrize("name", REASONS)
def test_a_level_does_not_agree_with_an_assessment_that_gave_none(
    country: Jurisdiction, name: str
) -> None:
    """Nobody knows which of two assessments of March is the newest."""

    def assessed(record_id: str, level: str | None) -> RiskAssessment:
        return RiskAssessment(
            filed=filed(record_id),
            instrument="risk-1",
            assessed_on=IN_MARCH,
            expires=OPEN,
            level=level,
            band="" if level else "too few answers",
            confirmed_by=StaffId("staff"),
        )

    file = case(risk_assessments=(assessed("a", name), assessed("b", None)))
    assert _at(country, file, "risk_level") == Unknown(UnknownKind.DISPUTED, evidence=("a",))
