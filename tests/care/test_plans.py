"""How needs and offers become goals, steps and gaps."""

from typing import Any

import pytest
from attrs import evolve

from rehabcore import casework, jurisdictions
from rehabcore.care.needs import RnrPolicy
from rehabcore.plans import Act, GapReason, Goal, Plan, Step, StepStatus
from rehabcore.records import CaseFile, Consent, NeedFinding, NeedsAssessment, Placement
from rehabcore.reports import explain
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import Basis, GoalId, Setting, StaffId, StepId
from tests.kit.builders import case, day, filed, person, span
from tests.kit.record_makers import death

XX = jurisdictions.load("xx")
ON = day("2026-06-01")


def _assessed(levels: dict[str, str]) -> NeedsAssessment:
    findings = tuple(NeedFinding(domain=domain, level=level) for domain, level in levels.items())
    return NeedsAssessment(
        filed=filed("na"),
        instrument="xx-needs",
        assessed_on=day("2026-01-01"),
        expires=day("2027-01-01"),
        findings=findings,
        confirmed_by=StaffId("s"),
    )


def _case(
    levels: dict[str, str], setting: Setting = Setting.COMMUNITY, *, consent: bool = True
) -> CaseFile:
    records: dict[str, Any] = {
        "placements": (
            Placement(filed=filed("pl"), setting=setting, span=span("2025-01-01"), holder="office"),
        ),
        "needs_assessments": (_assessed(levels),),
    }
    if consent:
        given = Consent(filed=filed("c"), purpose="programme", given=day("2026-01-01"))
        records["consents"] = (given,)
    return case(beneficiary=(person(birth_date=day("2010-01-01")),), **records)


def _plan(records: CaseFile) -> Plan:
    return casework.plan(records, XX, on=ON).plan


ALL = {"substance_use": "none", "attitudes": "none", "work": "none", "housing": "none"}


def test_no_need_calls_for_no_goal() -> None:
    plan = _plan(_case(ALL))
    assert (plan.goals, plan.uncovered, plan.open_steps()) == ((), (), ())


def test_open_programme_becomes_a_step_with_its_proof() -> None:
    plan = _plan(_case({**ALL, "attitudes": "some"}))
    (goal,) = plan.goals
    assert goal.goal_id == "attitudes"
    (step,) = goal.steps
    assert (step.act, step.programs) == (Act.ENROL, ("thinking_skills_juvenile",))
    assert step.step_id == "attitudes/thinking_skills_juvenile"
    assert step.basis == {Basis.VOLUNTARY}
    assert "na" in step.offers[0].verdict.evidence()
    assert plan.uncovered == ()


def test_unclear_programmes_become_one_step_to_clarify_and_a_gap() -> None:
    plan = _plan(_case({**ALL, "attitudes": "some"}, consent=False))
    (step,) = plan.goals[0].steps
    assert (step.act, step.programs) == (Act.CLARIFY, ("thinking_skills_juvenile",))
    assert [(gap.domain, gap.reason) for gap in plan.uncovered] == [
        ("attitudes", GapReason.NOT_YET_KNOWN)
    ]


def test_a_need_that_every_programme_refuses_stays_uncovered_with_the_refusals() -> None:
    plan = _plan(_case({**ALL, "work": "high"}, Setting.HOSPITAL))
    (gap,) = plan.uncovered
    assert (gap.domain, gap.reason) == ("work", GapReason.ALL_REFUSE)
    assert [offer.program_id for offer in gap.offers] == ["work_start", "release_course"]
    assert plan.goals[0].steps == ()


def test_a_need_that_nothing_serves_is_said_to_be_so() -> None:
    silent = evolve(XX, programs=tuple(p for p in XX.programs if "housing" not in p.serves))
    plan = casework.plan(_case({**ALL, "housing": "high"}), silent, on=ON).plan
    assert [gap.reason for gap in plan.uncovered] == [GapReason.NOTHING_OFFERED]


def test_what_was_not_assessed_is_a_step_and_a_gap_not_a_silence() -> None:
    plan = _plan(_case({"substance_use": "none", "attitudes": "none"}))
    assessment = plan.goals[0]
    assert assessment.goal_id == "assessment"
    assert [need.domain for need in assessment.needs] == ["work", "housing"]
    assert {need.unknown for need in assessment.needs} == {UnknownKind.MISSING}
    assert assessment.steps[0].act is Act.ASSESS
    assert [(gap.domain, gap.reason) for gap in plan.uncovered] == [
        ("work", GapReason.NEED_NOT_KNOWN),
        ("housing", GapReason.NEED_NOT_KNOWN),
    ]


def test_every_domain_is_shown_with_its_level_and_record() -> None:
    plan = _plan(_case({"substance_use": "high", "attitudes": "none"}))
    seen = [(need.domain, need.level, need.evidence) for need in plan.needs]
    assert seen == [
        ("substance_use", "high", ("na",)),
        ("attitudes", "none", ("na",)),
        ("work", None, ()),
        ("housing", None, ()),
    ]


@pytest.mark.parametrize(("level", "goals"), [("none", 0), ("some", 1), ("high", 1)])
def test_a_need_of_the_policys_level_or_higher_is_a_goal(level: str, goals: int) -> None:
    assert len(_plan(_case({**ALL, "housing": level})).goals) == goals


def test_review_is_due_after_the_policys_term_or_not_stated() -> None:
    assert _plan(_case(ALL)).review_due == day("2026-12-01")
    silent = evolve(XX, plan_policy=evolve(XX.plan_policy, review_every=None))
    assert casework.plan(_case(ALL), silent, on=ON).plan.review_due is None


def test_a_plan_for_a_person_who_has_died_has_no_step_and_no_review() -> None:
    """Its gaps are no work to do, so they are not listed; the proofs tell why all refuse."""
    records = evolve(_case({**ALL, "housing": "high"}), deaths=(death("d", "2026-06-01"),))
    plan = _plan(records)
    assert (plan.goals, plan.open_steps(), plan.review_due) == ((), (), None)
    assert (plan.died, plan.dosage, plan.turns) == (True, None, ())
    told = explain(casework.plan(records, XX, on=ON))
    proofs = explain(casework.plan(records, XX, on=ON), detail=True)
    assert "The person has died: nothing is left to do, and no review is due." in told
    assert "What stays uncovered" not in told
    assert "x The person is alive" in proofs
    (gap,) = plan.uncovered
    assert gap.reason is GapReason.ALL_REFUSE
    assert "d" in gap.offers[0].verdict.evidence()
    assert _plan(evolve(records, deaths=(death("d", "2026-06-02"),))).goals


def test_holder_is_the_accountable_office_whoever_else_says_where_the_person_is() -> None:
    records = _case(ALL)
    assert _plan(records).holder == "office"
    other = Placement(
        filed=filed("pl-2", source="b"),
        setting=Setting.COMMUNITY,
        span=span("2025-01-01"),
        holder="other",
    )
    assert _plan(evolve(records, placements=(*records.placements, other))).holder == "office"
    taken = evolve(other, filed=filed("pl-2", source="other"))
    assert _plan(evolve(records, placements=(*records.placements, taken))).holder == "other"
    assert _plan(evolve(records, placements=())).holder == ""


def test_closed_steps_are_not_open() -> None:
    plan = _plan(_case({**ALL, "attitudes": "some"}))
    (goal,) = plan.goals
    for status, number in [(StepStatus.IN_PROGRESS, 1), (StepStatus.COMPLETED, 0)]:
        step = evolve(goal.steps[0], status=status)
        changed = evolve(plan, goals=(evolve(goal, steps=(step,)),))
        assert len(changed.open_steps()) == number


def test_draft_data_is_named() -> None:
    silent = evolve(XX, rnr_policy=RnrPolicy())
    planned = casework.plan(_case({**ALL, "attitudes": "some"}), silent, on=ON).plan
    assert planned.draft_data == ()
    assert _plan(_case({**ALL, "attitudes": "some"})).draft_data == ("dosage", "sequence")
    in_custody = _plan(_case({**ALL, "work": "some"}, Setting.CUSTODY))
    assert in_custody.draft_data == ("release_course.entry", "dosage")
    ge = jurisdictions.load("ge")
    assessed = NeedsAssessment(
        filed=filed("na"),
        instrument="nine-domains",
        assessed_on=day("2026-01-01"),
        expires=day("2027-01-01"),
        findings=(NeedFinding(domain="dependences", level="high"),),
        confirmed_by=StaffId("s"),
    )
    plan = casework.plan(case(needs_assessments=(assessed,)), ge, on=ON).plan
    assert {"plan_policy", "drug_rehabilitation.serves"} <= set(plan.draft_data)


@pytest.mark.parametrize("act", [Act.ENROL, Act.CLARIFY])
def test_a_step_about_programmes_names_them(act: Act) -> None:
    with pytest.raises(InputError) as caught:
        Step(step_id=StepId("s"), act=act)
    assert [(p.code, p.path) for p in caught.value.problems] == [("empty_group", "offers")]
    assert Step(step_id=StepId("s"), act=Act.ASSESS).programs == ()


def test_a_goal_is_about_some_need() -> None:
    with pytest.raises(InputError) as caught:
        Goal(goal_id=GoalId("g"), needs=(), steps=())
    assert [(p.code, p.path) for p in caught.value.problems] == [("empty_group", "needs")]
