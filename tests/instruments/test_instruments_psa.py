"""The Public Safety Assessment: the points of each factor, and every step of its scales."""

from itertools import product
from typing import Any

import pytest

from rehabcore.rules.truth import Answer
from rehabcore.strict.problems import InputError
from tests.kit.instrument_forms import PSA_OF_NOTHING, PSA_YES_NO, scored

FACTORS = [
    ({}, (0, 0, 0)),
    ({"age_at_arrest": 23}, (0, 0, 0)),
    ({"age_at_arrest": 22}, (0, 2, 0)),
    ({"age_at_arrest": 20}, (0, 2, 0)),
    ({"current_violent_offense": 1}, (0, 0, 2)),
    ({"current_violent_offense": 1, "age_at_arrest": 21}, (0, 2, 2)),
    ({"current_violent_offense": 1, "age_at_arrest": 20}, (0, 2, 3)),
    ({"current_violent_offense": 1, "age_at_arrest": 19}, (0, 2, 3)),
    ({"pending_charge": 1}, (1, 3, 1)),
    ({"prior_misdemeanor": 1}, (1, 1, 1)),
    ({"prior_felony": 1}, (1, 1, 1)),
    ({"prior_misdemeanor": 1, "prior_felony": 1}, (1, 2, 1)),
    ({"prior_violent_convictions": 1}, (0, 1, 1)),
    ({"prior_violent_convictions": 2}, (0, 1, 1)),
    ({"prior_violent_convictions": 3}, (0, 2, 2)),
    ({"prior_violent_convictions": 40}, (0, 2, 2)),
    ({"fta_past_2y": 1}, (2, 1, 0)),
    ({"fta_past_2y": 2}, (4, 2, 0)),
    ({"fta_past_2y": 3}, (4, 2, 0)),
    ({"fta_older": 1}, (1, 0, 0)),
    ({"prior_incarceration": 1}, (0, 2, 0)),
]


@pytest.mark.parametrize(("factors", "points"), FACTORS)
def test_factor_has_its_points_in_each_score(
    factors: dict[str, int], points: tuple[int, int, int]
) -> None:
    result = scored("psa", {**PSA_OF_NOTHING, **factors})
    assert tuple(result.score(name).value for name in ("fta_raw", "nca_raw", "nvca_raw")) == points


FTA: dict[Any, int] = {0: 1, 1: 2, 2: 3, 3: 4, 4: 4, 5: 5, 6: 5, 7: 6}
NCA: dict[Any, int] = {
    0: 1,
    1: 2,
    2: 2,
    3: 3,
    4: 3,
    5: 4,
    6: 4,
    7: 5,
    8: 5,
    **dict.fromkeys(range(9, 14), 6),
}


@pytest.mark.no_cover
def test_every_step_of_the_scales_is_the_published_one() -> None:
    reached = set()
    answers = dict(PSA_OF_NOTHING)
    for age, violent, failures, *flags in product(
        (20, 21, 23), (0, 1, 3), (0, 1, 2), *[(0, 1)] * len(PSA_YES_NO)
    ):
        answers |= {"age_at_arrest": age, "prior_violent_convictions": violent}
        answers |= {"fta_past_2y": failures, **dict(zip(PSA_YES_NO, flags, strict=True))}
        result = scored("psa", answers)
        told: dict[str, Any] = {score.name: score.value for score in result.scores}
        assert told["fta"] == FTA[told["fta_raw"]]
        assert told["nca"] == NCA[told["nca_raw"]]
        assert (result.flag("nvca_flag").answer is Answer.MET) is (told["nvca_raw"] >= 4)
        reached |= {(name, told[name]) for name in ("fta_raw", "nca_raw", "nvca_raw")}
    most = {"fta_raw": 7, "nca_raw": 13, "nvca_raw": 7}
    assert reached == {(name, points) for name, last in most.items() for points in range(last + 1)}


@pytest.mark.parametrize("factor", PSA_OF_NOTHING)
def test_without_any_one_factor_there_is_no_score_at_all(factor: str) -> None:
    result = scored("psa", {**PSA_OF_NOTHING, factor: None})
    assert {score.value for score in result.scores} == {None}
    assert result.missing == (factor,)
    assert result.flag("nvca_flag").answer is Answer.UNKNOWN


@pytest.mark.parametrize(
    ("factor", "answer", "code"),
    [
        ("age_at_arrest", -1, "out_of_range"),
        ("age_at_arrest", 151, "out_of_range"),
        ("age_at_arrest", 30.5, "wrong_type"),
        ("fta_past_2y", -1, "out_of_range"),
        ("prior_violent_convictions", True, "wrong_type"),
        ("prior_felony", 2, "wrong_type"),
    ],
)
def test_what_is_no_factor_is_refused_by_its_name(factor: str, answer: object, code: str) -> None:
    with pytest.raises(InputError) as refused:
        scored("psa", {**PSA_OF_NOTHING, factor: answer})
    assert [(p.path, p.code) for p in refused.value.problems] == [(f"answers.{factor}", code)]
