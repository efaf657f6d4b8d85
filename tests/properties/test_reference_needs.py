"""Laws of the needs identifier and of the supervision tier, whatever is answered."""

from datetime import timedelta
from typing import Any

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from rehabcore.instruments import Instrument, ScoreResult
from rehabcore.instruments.model.expressions import Named
from rehabcore.rules.truth import Answer
from tests.instruments.test_pni import DOMAINS, THIRTEEN
from tests.kit.reference_need_rows import ON, PNI, PROGRAMMES, TIER, pni, tier

DAYS = st.integers(-2000, 400).map(lambda days: ON + timedelta(days=days))
NOBODY_ASKS = {"arp", "vrp"}
"""Items of the other generation."""


def _answers(model: Instrument) -> SearchStrategy[dict[str, Any]]:
    """Every item of a model answered; days lie around the day of the assessment."""
    given: dict[str, SearchStrategy[Any]] = {}
    for group in model.items:
        if group.amount is not None:
            kind: SearchStrategy[Any] = st.integers(0, 10000).map(lambda n: n / 100)
        else:
            kind = DAYS if group.day else st.sampled_from(group.values or group.codes or (0, 1))
            kind = st.booleans() if group.yes_no else kind
        given |= dict.fromkeys(group.numbers, kind)
    if model is PNI:
        given = {item: kind for item, kind in given.items() if item not in NOBODY_ASKS}
    return st.fixed_dictionaries(given)


@st.composite
def _completed(draw: st.DrawFn, model: Instrument) -> tuple[dict[str, Any], dict[str, Any]]:
    """Answers of which some are missing, and the same answers, all of them or more of them."""
    complete = draw(_answers(model))
    missing = draw(st.sets(st.sampled_from(sorted(complete))))
    still = draw(st.sets(st.sampled_from(sorted(missing)))) if missing else set()
    return (
        {item: answer for item, answer in complete.items() if item not in missing},
        {item: answer for item, answer in complete.items() if item not in still},
    )


def _lies_within(few: ScoreResult, more: ScoreResult) -> None:
    for score in more.scores:
        bounds = few.score(score.name)
        if score.value is not None:
            assert bounds.low is None or bounds.low <= score.value, score.name
            assert bounds.high is None or score.value <= bounds.high, score.name
    for placing in more.placings:
        possible = few.band(placing.name).possible
        assert placing.label is None or few.band(placing.name).label or placing.label in possible


@given(_completed(PNI))
def test_whatever_completes_the_identifier_lies_within_its_bounds(
    forms: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    few, more = map(pni, forms)
    _lies_within(few, few)
    _lies_within(few, more)


@given(_completed(PROGRAMMES))
def test_whatever_completes_the_gates_of_programmes_lies_within_their_bounds(
    forms: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    few, more = (pni(form, PROGRAMMES) for form in forms)
    _lies_within(few, few)
    _lies_within(few, more)


@given(_completed(TIER))
def test_whatever_completes_the_tier_lies_within_its_bounds(
    forms: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    few, more = map(tier, forms)
    _lies_within(few, few)
    _lies_within(few, more)


@given(_completed(PNI))
def test_projection_is_never_below_what_is_answered(
    forms: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    result = pni(forms[0])
    pairs = [(f"{domain}_domain", f"projected_{domain}_domain") for domain in DOMAINS]
    pairs += [("need_score", "projected_need_score"), ("actual_level", "projected_level")]
    for actual, projected in (*pairs, ("risk", "projected_risk")):
        low, high = result.score(actual).value, result.score(projected).value
        assert low is not None
        assert high is not None
        assert low <= high, actual
        if actual != "risk" and not set(THIRTEEN) & set(result.missing):
            assert low == high, actual


@given(_answers(PNI), st.sets(st.sampled_from(["rsr", "osp_dc_band", "sara_risk_to_others"])))
def test_rules_on_missing_answers_do_not_touch_complete_ones(
    answers: dict[str, Any], absent: set[str]
) -> None:
    of_level = Named("actual_level")
    plain = evolve(
        PNI,
        checks=(),
        scales=tuple(
            evolve(scale, of=of_level) if scale.name == "need" else scale for scale in PNI.scales
        ),
    )
    told = {item: answer for item, answer in answers.items() if item not in absent}
    assert pni(told).band("pathway") == pni(told, plain).band("pathway")


@given(_completed(PNI))
def test_open_pathway_names_what_is_missing(
    forms: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    result = pni(forms[0])
    pathway = result.score("pathway")
    if pathway.value is None:
        assert pathway.missing
        assert set(pathway.missing) <= {*THIRTEEN, "supervision_status"} & set(result.missing)


RULES = ("reoffending", "sexual_reoffending", "serious_harm", "long_sentence", "registers")


@given(_answers(TIER))
def test_tier_is_the_highest_that_any_rule_gives(answers: dict[str, Any]) -> None:
    result = tier({**answers, "active_sentence": True})
    given = [result.score(rule).value for rule in RULES]
    if result.objections:
        assert result.score("tier").value is None
    else:
        assert result.score("tier").value == max(value for value in given if value is not None)


@given(_answers(TIER))
def test_tier_of_dynamic_scores_and_a_known_harm_is_not_provisional(
    answers: dict[str, Any],
) -> None:
    dynamic = {"arp_type": "DYNAMIC", "csrp_type": "DYNAMIC"}
    assert tier({**answers, **dynamic}).flag("provisional").answer is not Answer.MET


@given(_answers(TIER), _answers(TIER))
def test_no_harm_that_turns_up_raises_a_tier_that_was_not_provisional(
    answers: dict[str, Any], other: dict[str, Any]
) -> None:
    told = {**answers, "arp_type": "DYNAMIC", "csrp_type": "DYNAMIC"}
    before = tier({item: answer for item, answer in told.items() if item != "rosh"})
    after = tier({**told, "rosh": other["rosh"]})
    if before.flag("provisional").answer is Answer.NOT_MET:
        assert before.score("tier").value == after.score("tier").value
