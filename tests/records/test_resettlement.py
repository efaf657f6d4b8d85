"""Records of resettlement: what each refuses."""

from functools import partial

import pytest
from attrs import evolve

from rehabcore.strict.vocabulary import (
    PathwayAssessmentKind,
    PathwayStatus,
    SkipReason,
    SupportNeedStatus,
)
from tests.kit.builders import case
from tests.kit.record_makers import (
    XX,
    found,
    pathway_act,
    pathway_assessment,
    support_need,
    support_need_act,
)
from tests.kit.refusals import problems_of

ACT = pathway_act("a", "done", "2026-03-02")
NEED_ACT = support_need_act("n", "s", "met", "2026-03-02")
SKIPPED = pathway_assessment("k", "2026-03-02", skipped="transfer")
ANSWERED = pathway_assessment("f", "2026-03-02", {"accommodation": "done"}, submitted=True)


def test_only_a_reset_leads_back_to_the_beginning() -> None:
    at_start = PathwayStatus.NOT_STARTED
    for record in (ACT, ANSWERED.answers[0]):
        refused = problems_of(partial(evolve, record, status=at_start))
        assert refused == [("out_of_range", "status")]
    refused = problems_of(partial(evolve, NEED_ACT, status=SupportNeedStatus.NOT_STARTED))
    assert refused == [("out_of_range", "status")]


def test_an_assessment_answers_each_pathway_once() -> None:
    twice = partial(evolve, ANSWERED, answers=ANSWERED.answers * 2)
    assert problems_of(twice) == [("repeated_item", "answers[1].pathway")]


@pytest.mark.parametrize(
    "changed",
    [
        {"kind": PathwayAssessmentKind.PRE_RELEASE},
        {"answers": ANSWERED.answers},
        {"submitted": True},
    ],
    ids=["before-release", "answered", "submitted"],
)
def test_only_the_assessment_on_entry_is_skipped_and_only_as_a_whole(
    changed: dict[str, object],
) -> None:
    assert SKIPPED.skipped is SkipReason.TRANSFER
    assert problems_of(partial(evolve, SKIPPED, **changed)) == [("contradicts_itself", "skipped")]


def test_a_file_is_checked_for_codes_and_for_what_it_names() -> None:
    unknown = {"accommodation": "done", "gone": "done"}
    file = case(
        pathway_acts=(pathway_act("a", "done", "2026-03-02", "gone"),),
        pathway_assessments=(pathway_assessment("f", "2026-03-02", unknown),),
        support_needs=(support_need("s", "2026-03-02", "gone"), support_need("t", "2026-03-02")),
        support_need_acts=(support_need_act("n", "lost", "met", "2026-03-02"),),
    )
    assert sorted(found(file)) == [
        ("dangling_id", "support_need_acts[0].support_need"),
        ("unknown_value", "pathway_acts[0].pathway"),
        ("unknown_value", "pathway_assessments[0].answers[1].pathway"),
        ("unknown_value", "support_needs[0].need"),
    ]


def test_the_fictional_country_has_seven_pathways_two_of_them_health_data() -> None:
    pathways = XX.glossary.pathways
    assert len(pathways) == 7
    assert [one.id for one in pathways if one.health] == ["drugs_and_alcohol", "health"]
