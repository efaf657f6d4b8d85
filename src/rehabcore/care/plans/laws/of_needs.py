"""Laws of goals: needs are served, and rest on assessments that are valid."""

from collections.abc import Iterator

from rehabcore.care.needs.profile import NeedSeen
from rehabcore.care.plans.laws.grounds import PlanGrounds
from rehabcore.care.plans.laws.law import Breach
from rehabcore.plans import GoalKind, PlanContent
from rehabcore.rules.time.partial import first_of, last_of


def goals_serve_assessed_needs(content: PlanContent, grounds: PlanGrounds) -> Iterator[Breach]:
    """P1: every goal about a need is about one that somebody assessed."""
    assessed = {need.domain for need in grounds.profile.needs if need.evidence}
    for index, goal in enumerate(content.goals):
        if goal.kind is GoalKind.NEED and not assessed.intersection(goal.needs):
            yield Breach(place=f"goals[{index}].needs", expected="at least one assessed need")


def high_needs_are_answered(content: PlanContent, grounds: PlanGrounds) -> Iterator[Breach]:
    """P2: every need that calls for a goal has one, or a deferral, or was refused.

    A deferral answers for a need up to its day: then the need is looked at again.
    """
    if grounds.died_on is not None:
        return
    day = max(grounds.on, content.starts)
    answered = {
        *(need for goal in content.goals if goal.kind is GoalKind.NEED for need in goal.needs),
        *(one.need for one in content.deferrals if one.until is not None and one.until >= day),
        *(one.need for one in content.refusals),
    }
    asked = {need for goal in content.goals for need in goal.needs}.union(answered)
    for need in _calling(grounds):
        if need.domain not in answered:
            expected = "a goal, a deferral with a day, or a refusal by the person"
            yield Breach(place=f"needs.{need.domain}", expected=expected)
    for need in grounds.profile.unknown:
        if need.domain not in asked:
            expected = "somebody who assesses it, since its level is not known"
            yield Breach(place=f"needs.{need.domain}", expected=expected, certain=False)


def _calling(grounds: PlanGrounds) -> tuple[NeedSeen, ...]:
    return () if grounds.goal_from is None else grounds.profile.from_level(grounds.goal_from)


def plan_follows_assessments(content: PlanContent, grounds: PlanGrounds) -> Iterator[Breach]:
    """P7: the plan starts when its assessments are there, and still valid."""
    for index, need in enumerate(content.needs):
        place = f"needs[{index}]"
        if need.level is None:
            continue
        if need.assessed_on is not None and last_of(need.assessed_on) > content.starts:
            expected = f"an assessment not after {content.starts.isoformat()}"
            certain = first_of(need.assessed_on) > content.starts
            yield Breach(place=f"{place}.assessed_on", expected=expected, certain=certain)
        spans = [grounds.assessments.get(record_id) for record_id in need.evidence]
        if not any(span is not None and content.starts in span for span in spans):
            expected = f"an assessment that is valid on {content.starts.isoformat()}"
            yield Breach(place=f"{place}.evidence", expected=expected)


def goals_are_served(content: PlanContent, _: PlanGrounds) -> Iterator[Breach]:
    """P31: something is done for every goal."""
    served = {goal for item in content.items for goal in item.goals}
    served.update(goal for question in content.questions for goal in question.goals)
    for index, goal in enumerate(content.goals):
        if not goal.steps and goal.goal_id not in served:
            expected = "a step, an item, or a question that serves it"
            yield Breach(place=f"goals[{index}]", expected=expected)
