"""A result as one row of a table, and as one line of a log."""

import json
from datetime import date
from math import copysign

import pytest

from rehabcore import exchange
from rehabcore.instruments import Respondent, find, names, read_instrument, score
from rehabcore.strict.vocabulary import Sex
from tests.kit.score_makers import audit, mood

ON = date(2026, 3, 1)


def test_values_are_scores_figures_bands_and_flags_by_name() -> None:
    result = audit(2, 1, 1, 0, 0, 0, 1, 0, 2, 2)
    assert result.values == {
        "consumption": 4,
        "dependence": 0,
        "problems": 5,
        "total": 9,
        "zone": "II",
        "escalate": False,
    }


def test_what_a_result_cannot_say_is_none() -> None:
    result = score(find("audit-c"), {"1": 4}, on=ON, respondent=Respondent(sex=Sex.OTHER))
    assert result.values == {"total": None, "cut": None, "positive": None, "high": None}
    low = score(find("audit-c"), {"1": 0, "2": 0, "3": 0}, on=ON)
    assert low.values == {"total": 0, "cut": 3, "positive": False, "high": False}
    up = score(find("audit-c"), {"1": 4, "2": 4, "3": 4}, on=ON)
    assert up.values == {"total": 12, "cut": 3, "positive": True, "high": True}


def test_a_band_that_is_called_as_a_scale_has_its_kind_before_its_name() -> None:
    result = score(find("uk-ew/tier@hmpps-tier-v3"), {"active_sentence": False}, on=ON)
    assert result.values["tier"] == result.score("tier").value
    assert result.values["band.tier"] == result.band("tier").label


def test_a_flag_that_is_called_as_a_norm_has_its_kind_before_its_name() -> None:
    norm, flag = 'norms.high = [{ value = 1, source = "s" }]', 'of = "told", at_least = "high"'
    made = read_instrument(FORM + f'{norm}\nflags.high = {{ {flag}, source = "s" }}\n')
    values = score(made, {"x": 2}, on=ON).values
    assert (values["high"], values["flag.high"]) == (1, False)


@pytest.mark.parametrize("name", names())
def test_every_part_of_a_result_has_a_value(name: str) -> None:
    instrument = find(name)
    choices = {choice.id: choice.values[0] for choice in instrument.choices}
    result = score(instrument, {}, on=ON, choices=choices, unread=True)
    parts = (*result.scores, *result.figures, *result.placings, *result.flags)
    assert len(result.values) == len(parts)


def test_a_result_is_told_in_one_line_without_what_was_answered() -> None:
    assert repr(audit(2, 1, 1, 0, 0, 0, 1, 0, 2, 2)) == (
        "<ScoreResult of audit on 2026-03-01: 4 scores, 1 bands, 1 flags>"
    )


def test_two_results_of_different_answers_are_told_alike() -> None:
    assert repr(audit(2, 1, 1, 0, 0, 0, 1, 0, 2, 2)) == repr(audit(*[4] * 8, 4, 4))
    assert repr(mood()) == repr(mood(money=3))


@pytest.mark.parametrize("name", names())
def test_an_instrument_is_told_in_one_short_line(name: str) -> None:
    instrument = find(name)
    told = repr(instrument)
    assert told.startswith(f"<Instrument {instrument.name}: ")
    assert "\n" not in told
    assert len(told) < 100


FORM = """
instrument = { id = "made", tool = "M", title = "Made", edition = "1", higher_means = "more" }
validity = { population = "nobody", administered_by = "anyone" }
licence = { class = "public_domain", holder = "none", notice = "Made for a test." }
source = [{ id = "s", cite = "this test", tier = "A" }]
items = [{ numbers = ["x"], amount = [-2, 2] }]
scales.told = { of = { of = "x", times = -1e-200 }, times = 1e-200, unrounded = true }
scales.rounded = { of = "x", times = -0.00001 }
scales.twice = { of = { of = "x", times = -1 }, fn = "double" }
"""


@pytest.mark.parametrize("answer", [2, 1.5, 0, 0.0, -0.0])
def test_no_score_is_a_negative_zero(answer: float) -> None:
    """Nothing is told as -0.0, so that equal results are written alike."""
    made = read_instrument(FORM)
    result = score(made, {"x": answer}, on=ON)
    zeros = [one.value for one in result.scores if one.value == 0]
    assert {copysign(1, value) for value in zeros if value is not None} == {1.0}


def test_a_negative_zero_is_written_as_none_was_given() -> None:
    made = read_instrument(FORM)
    written = [json.loads(exchange.write(score(made, {"x": x}, on=ON))) for x in (0, -0.0)]
    assert written[0] == written[1]
