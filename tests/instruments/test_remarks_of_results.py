"""What has to be known of a result stays known: in the record made of it, and in every verdict."""

from typing import Any

import pytest
from attrs import evolve

from rehabcore import casework, exchange, instruments
from rehabcore.casework.results import MatchResult
from rehabcore.instruments import Respondent, ScoreResult
from rehabcore.levels.policy import BandLevel, InstrumentLevels, RiskPolicy
from rehabcore.records import CaseFile, RiskAssessment
from rehabcore.reports import explain
from rehabcore.risk import assessment_of
from rehabcore.rules.criteria import ask
from rehabcore.rules.facts import Assumption, Known
from rehabcore.rules.time.days import OPEN
from rehabcore.strict.vocabulary import Sex, StaffId
from tests.kit.builders import case, day, filed
from tests.kit.record_makers import XX, facts_of
from tests.kit.score_makers import ANSWERS, MOOD, UNREAD, WOMAN

ON = day("2026-03-01")
OTHER = Respondent(sex=Sex.OTHER, jurisdiction="xx")
POLICY = RiskPolicy(
    instrument_levels=tuple(
        InstrumentLevels(
            instrument="xx-mood",
            table=table,
            bands=tuple(BandLevel(label=each, level="high") for each in labels),
        )
        for table, labels in (("level", ("low", "middle", "high")), ("by_sex", ("any", "up")))
    )
)


def _scored(respondent: Respondent = WOMAN, *, unread: bool = False, **answers: Any) -> ScoreResult:
    given = ANSWERS | {item[1:]: answer for item, answer in answers.items()}
    return instruments.score(MOOD, given, on=ON, respondent=respondent, unread=unread)


def _assessed(result: ScoreResult, table: str = "level", **changed: Any) -> RiskAssessment:
    made = assessment_of(
        result, table, POLICY, filed=filed("r"), expires=OPEN, confirmed_by=StaffId("s")
    )
    return evolve(made, **changed)


OUTSIDE = _assessed(_scored(Respondent()))
ODD: dict[str, Any] = {"_1": 3, "_2": 0}


@pytest.mark.parametrize(
    ("result", "table", "remarks"),
    [
        (_scored(), "level", ()),
        (_scored(Respondent()), "level", ("outside_population",)),
        (_scored(**ODD), "level", ("odd",)),
        (_scored(_1=9), "level", ("sentinel",)),
        (_scored(OTHER), "level", ()),
        (_scored(OTHER, unread=True), "by_sex", ("unread_table",)),
        (
            _scored(Respondent(sex=Sex.OTHER), unread=True, **ODD),
            "by_sex",
            ("outside_population", "odd", "unread_table"),
        ),
    ],
    ids=["nothing", "outside", "objection", "refused", "not-asked-for", "unread", "all"],
)
def test_a_record_keeps_the_codes_of_what_was_remarked(
    result: ScoreResult, table: str, remarks: tuple[str, ...]
) -> None:
    assert _assessed(result, table).remarks == remarks


def test_every_score_of_scales_that_rest_on_unread_figures_is_unread() -> None:
    model = instruments.read_instrument(UNREAD)
    result = instruments.score(model, {}, on=ON, respondent=WOMAN, unread=True)
    assert result.unread == tuple(score.name for score in result.scores)
    assert result.remarked == ("unread_table",)


def test_remarks_survive_storing_the_case_file() -> None:
    stored = case(risk_assessments=(OUTSIDE,))
    assert exchange.read(exchange.write(stored), CaseFile).risk_assessments == (OUTSIDE,)


@pytest.mark.parametrize(
    ("fact", "given"),
    [
        ("risk_level", {}),
        ("risk_score", {}),
        ("time_at_risk_level", {"risk_level": "high"}),
        ("time_to_reassessment", {}),
    ],
)
def test_whatever_is_known_by_such_an_assessment_says_so(fact: str, given: dict[str, str]) -> None:
    for remarks, assumed in (((), None), (("odd",), None), (OUTSIDE.remarks, _OUTSIDE)):
        file = case(risk_assessments=(evolve(OUTSIDE, remarks=remarks),))
        cell = facts_of(file).on(ON)(ask(XX.facts[fact], **given))
        assert isinstance(cell, Known)
        assert (cell.evidence, cell.assumption) == (("r",), assumed)


_OUTSIDE = Assumption.OUTSIDE_POPULATION


def test_a_fall_of_scores_rests_on_the_later_of_them() -> None:
    later = evolve(OUTSIDE, filed=filed("r-2"), assessed_on=day("2026-04-01"))
    file = case(risk_assessments=(evolve(OUTSIDE, remarks=()), later))
    asked = ask(XX.facts["risk_score_fall"], within="1 year")
    cell = facts_of(file).on(day("2026-04-01"))(asked)
    assert (cell.evidence, getattr(cell, "assumption", None)) == (("r-2",), _OUTSIDE)


def test_what_does_not_rest_on_it_does_not_say_so() -> None:
    inside = evolve(OUTSIDE, filed=filed("q"), remarks=(), domain="work")
    facts = facts_of(case(risk_assessments=(OUTSIDE, inside)))
    level = XX.facts["risk_level"]
    assert facts.on(ON)(ask(level, domain="work")) == Known("high", evidence=("q",))
    assert facts.on(day("2026-02-28"))(ask(level)).evidence == ()


def _matched() -> MatchResult:
    level = ask(XX.facts["risk_level"])
    program = evolve(XX.programs[0], entry=level.at_least("medium"))
    country = evolve(XX, programs=(program,))
    return casework.match(case(risk_assessments=(OUTSIDE,)), country, on=ON)


def test_a_verdict_lists_it_as_an_assumption_also_after_storing() -> None:
    result = _matched()
    verdict = exchange.read(exchange.write(result), MatchResult).offers[0].verdict
    assert verdict == result.offers[0].verdict
    assert ("risk_level", _OUTSIDE) in [(str(asked), own) for asked, own in verdict.assumptions()]


def test_an_explanation_tells_it_beside_the_record() -> None:
    told = "rests on an instrument that was made on other people; on record r"
    assert told in explain(_matched(), detail=True)
    assert "ეყრდნობა ინსტრუმენტს" in explain(_matched(), language="ka")
