"""When risk is to be assessed anew, where nobody knows on which day somebody decided about it."""

from attrs import evolve

from rehabcore.rules.facts import Known, Unknown
from rehabcore.rules.time.partial import PartialDay
from rehabcore.rules.truth import UnknownKind
from tests.kit.builders import case, day
from tests.kit.record_makers import facts_of, override, question, risk


def test_after_an_assessment_expired_it_is_open_which_decision_counted_last() -> None:
    """The override may have been decided after the assessment had expired on 15 February."""
    made = risk("r", "low", "2020-01-31", "2020-02-15")
    dated = override("o", "r", "high", "2020-02-01", "2020-03-18")
    undated = evolve(dated, decided_on=PartialDay(day("2020-01-31"), day("2020-03-17")))
    asked, on = question("time_to_reassessment"), day("2020-02-20")
    for decided, expected in ((dated, Known), (undated, Unknown)):
        file = case(risk_assessments=(made,), level_overrides=(decided,))
        cell = facts_of(file).timeline(asked).at(on)
        assert isinstance(cell, expected)
    assert isinstance(cell, Unknown)
    assert cell.kind is UnknownKind.MISSING
