"""The Programme Needs Identifier: each of its rules, on both sides of each edge."""

from typing import Any

import pytest

from tests.kit.reference_need_rows import PNI, part, pni

SEX = (
    "sexual_preoccupation",
    "offence_related_sexual_interests",
    "emotional_congruence_with_children",
)
THINKING = ("pro_criminal_attitudes", "hostile_orientation")
RELATIONSHIP = (
    "current_relationship_with_family_members",
    "previous_close_relationships",
    "easily_influenced_by_criminal_associates",
    "controlling_or_aggressive_behaviour",
)
SELF_MANAGEMENT = (
    "impulsivity_problems",
    "temper_control",
    "problem_solving_skills",
    "difficulties_coping",
)
DOMAINS = {
    "sex": SEX,
    "thinking": THINKING,
    "relationship": RELATIONSHIP,
    "self_management": SELF_MANAGEMENT,
}
THIRTEEN = (*SEX, *THINKING, *RELATIONSHIP, *SELF_MANAGEMENT)
NO_PROBLEMS: dict[str, Any] = dict.fromkeys(THIRTEEN, 0)
CALM: dict[str, Any] = {
    **NO_PROBLEMS,
    "ogrs3_two_year": 0,
    "ovp_two_year": 0,
    "osp_dc_band": "NOT_APPLICABLE",
    "osp_iic_band": "NOT_APPLICABLE",
    "rsr": 0,
    "sara_risk_to_partner": "LOW",
    "sara_risk_to_others": "LOW",
}
"""Everything is answered, and nothing is a problem."""
UNSURE = {"hostile_orientation": None}
"""One answer is missing that changes nothing."""


def _blank(*items: str) -> dict[str, None]:
    return dict.fromkeys(items)


# --- domains -------------------------------------------------------------------------------


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("domain", "given", "actual", "projected"),
    [
        ("sex", (0, 0, 0), 0, 0),
        ("sex", (1, 0, 0), 0, 0),
        ("sex", (1, 1, 0), 1, 1),
        ("sex", (1, 1, 1), 1, 1),
        ("sex", (2, 0, 2), 2, 2),
        ("sex", (0, 2, 0), 2, 2),
        ("sex", (None, 2, None), 2, 2),
        ("sex", (2, None, 2), 2, 2),
        ("sex", (2, None, 1), 0, 2),
        ("sex", (0, None, 0), 0, 1),
        ("sex", (None, 0, 0), 0, 1),
        ("sex", (None, 1, 0), 0, 1),
        ("sex", (None, None, None), 0, 2),
        ("thinking", (0, 0), 0, 0),
        ("thinking", (0, 1), 1, 1),
        ("thinking", (1, 1), 1, 1),
        ("thinking", (1, 2), 2, 2),
        ("thinking", (2, 0), 2, 2),
        ("thinking", (2, None), 2, 2),
        ("thinking", (0, 2), 1, 1),
        ("thinking", (None, 0), 0, 1),
        ("thinking", (None, 1), 1, 2),
        ("thinking", (None, None), 0, 2),
        ("relationship", (1, 0, 0, 0), 0, 0),
        ("relationship", (1, 1, 0, 0), 1, 1),
        ("relationship", (1, 1, 1, 1), 1, 1),
        ("relationship", (2, 1, 1, 1), 2, 2),
        ("relationship", (None, 1, 1, 1), 1, 2),
        ("self_management", (0, 0, 1, 0), 0, 0),
        ("self_management", (2, 0, 0, 0), 1, 1),
        ("self_management", (2, 2, 0, 0), 1, 1),
        ("self_management", (2, 2, 1, 0), 2, 2),
        ("self_management", (None, 0, 0, 1), 0, 1),
    ],
)
def test_domain_has_an_actual_score_and_a_projected_one(
    domain: str, given: tuple[int | None, ...], actual: int, projected: int
) -> None:
    answers = {"is_a_risk_of_sexual_harm": True, **dict(zip(DOMAINS[domain], given, strict=True))}
    assert part(PNI, f"{domain}_domain", answers) == actual
    assert part(PNI, f"projected_{domain}_domain", answers) == projected
    assert part(PNI, f"{domain}_missing", answers) == given.count(None)


@pytest.mark.parametrize(
    ("ever", "risk", "score"),
    [
        (True, True, 2),
        (True, False, 2),
        (False, True, 2),
        (True, None, 2),
        (None, True, 2),
        (False, False, 0),
        (False, None, 0),
        (None, None, 0),
    ],
)
def test_sex_domain_counts_only_after_an_offence_or_at_a_risk(
    ever: bool | None, risk: bool | None, score: int
) -> None:
    answers = {"has_ever_committed_sexual_offence": ever, "is_a_risk_of_sexual_harm": risk}
    for domain in ("sex_domain", "projected_sex_domain"):
        assert part(PNI, domain, {**answers, **dict.fromkeys(SEX, 2)}) == score


# --- need ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("score", "level"), [(0, 0), (2, 0), (3, 1), (5, 1), (6, 2), (8, 2)])
def test_need_of_complete_answers_is_the_level_of_the_score(score: int, level: int) -> None:
    known = {"need_score": score, "projected_need_score": score, "missing_answers": 0}
    for supervision in ("COMMUNITY", "CUSTODY", "REMAND"):
        assert part(PNI, "need", {**known, "supervision_status": supervision}) == level


@pytest.mark.parametrize(
    ("actual", "projected", "supervision", "sara", "level"),
    [
        (6, 8, "CUSTODY", (None, None), 2),
        (6, 8, "REMAND", (None, None), 2),
        (3, 6, "COMMUNITY", (None, None), 1),
        (5, 8, "COMMUNITY", ("HIGH", "HIGH"), 1),
        (3, 5, "CUSTODY", (None, None), 1),
        (0, 2, "CUSTODY", ("HIGH", "HIGH"), 0),
        (2, 3, "CUSTODY", ("LOW", "LOW"), 0),
        (2, 3, "CUSTODY", ("MEDIUM", "LOW"), 2),
        (2, 3, "REMAND", ("LOW", "HIGH"), 2),
        (2, 3, "COMMUNITY", ("HIGH", "LOW"), 1),
        (2, 3, "COMMUNITY", ("LOW", "LOW"), 0),
        (2, 3, "CUSTODY", ("HIGH", None), 0),
        (2, 3, "COMMUNITY", (None, "MEDIUM"), 0),
        (3, 6, "CUSTODY", ("HIGH", None), 1),
        (3, 6, "CUSTODY", ("LOW", "MEDIUM"), 2),
    ],
)
def test_first_rule_of_need_that_holds_counts_when_answers_are_missing(
    actual: int,
    projected: int,
    supervision: str,
    sara: tuple[str | None, str | None],
    level: int,
) -> None:
    known = {
        "need_score": actual,
        "projected_need_score": projected,
        "missing_answers": 1,
        "supervision_status": supervision,
        "sara_risk_to_partner": sara[0],
        "sara_risk_to_others": sara[1],
    }
    assert part(PNI, "need", known) == level


ONE_OF_EACH = _blank(*(items[-1] for items in DOMAINS.values()))
THREE = {"pro_criminal_attitudes": 1, "temper_control": 2, "previous_close_relationships": 2}
"""One in each domain but the sex domain: an actual score of 3, which is MEDIUM."""


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        pytest.param(
            {"supervision_status": "CUSTODY", **ONE_OF_EACH},
            (SEX[-1], THINKING[-1], RELATIONSHIP[-1], SELF_MANAGEMENT[-1]),
            id="every domain lacks an answer, in custody",
        ),
        pytest.param(
            {"supervision_status": "REMAND", **ONE_OF_EACH},
            (SEX[-1], THINKING[-1], RELATIONSHIP[-1], SELF_MANAGEMENT[-1]),
            id="every domain lacks an answer, on remand",
        ),
        pytest.param(
            {"supervision_status": "CUSTODY", **THREE, **_blank(*RELATIONSHIP[2:], *SEX)}
            | {"impulsivity_problems": 2, "hostile_orientation": None, "difficulties_coping": 1},
            (*SEX, "hostile_orientation", *RELATIONSHIP[2:]),
            id="a level above LOW that no SARA rating explains",
        ),
    ],
)
def test_undetermined_need_is_an_omission_that_names_the_missing_answers(
    changed: dict[str, Any], named: tuple[str, ...]
) -> None:
    result = pni({**CALM, "is_a_risk_of_sexual_harm": True, **changed})
    need, pathway = result.score("need"), result.score("pathway")
    assert (need.value, need.missing) == (None, named)
    assert (pathway.value, pathway.missing) == (None, named)
    assert result.band("pathway").label is None
    assert result.band("pathway").why == "no_score"
    assert [objection.code for objection in result.objections] == ["OMISSION"]
    assert result.objections[0].items == named


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"supervision_status": "COMMUNITY", **ONE_OF_EACH}, id="in the community"),
        pytest.param(
            {"supervision_status": "CUSTODY", **ONE_OF_EACH, SEX[-1]: 0},
            id="one domain is complete",
        ),
        pytest.param(
            {
                "supervision_status": "CUSTODY",
                **ONE_OF_EACH,
                **dict.fromkeys(THINKING[:1] + RELATIONSHIP[:3] + SELF_MANAGEMENT[:3], 2),
            },
            id="the level is HIGH already",
        ),
    ],
)
def test_need_is_determined_where_a_rule_before_determines_it(changed: dict[str, Any]) -> None:
    result = pni({**CALM, "is_a_risk_of_sexual_harm": True, **changed})
    assert result.score("need").value is not None
