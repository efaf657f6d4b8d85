"""Finding the goals of a plan that are open, but for what a recipient must not know."""

from collections.abc import Collection, Mapping
from datetime import date

from rehabcore.care.moves.open_goals import OpenGoal, OpenGoalReason, OpenStep
from rehabcore.care.plans.book import PlanBook
from rehabcore.care.plans.versions import GoalStatus, plan_history
from rehabcore.plans import GoalKind, PlanContent, PlanGoal, PlanStep
from rehabcore.strict.vocabulary import GoalId, ProgramId, StepId, StepStatus


def open_goals(
    plan: PlanContent | PlanBook, hidden: Collection[ProgramId] = (), *, on: date
) -> tuple[OpenGoal, ...]:
    """The open goals of a plan on a day; of a book those of the version that counts then.

    That is the one that is active, else the newest. Of a plan that is over no goal is open.

    Args:
        plan: the content of a plan, or its book.
        hidden: programmes of which nothing may be told. What a step or a goal is about cannot be
            told apart from them: so the steps of a goal that they serve are left out, and a goal
            that is about nothing else.
        on: the day.
    """
    content = content_on(plan, on=on)
    if content is None:
        return ()
    steps, goals = _standing(plan, on) if isinstance(plan, PlanBook) else ({}, {})
    found = (
        _open(goal, content, steps, hidden)
        for goal in content.goals
        if goals.get(goal.goal_id) not in (GoalStatus.ACHIEVED, GoalStatus.REMOVED)
    )
    return tuple(goal for goal in found if goal is not None)


def content_on(plan: PlanContent | PlanBook, *, on: date) -> PlanContent | None:
    """All that a plan says on a day; None if it is over, or was not there yet.

    Args:
        plan: the content of a plan, or its book, of which the active version counts, else the
            newest.
        on: the day.
    """
    if isinstance(plan, PlanContent):
        return plan
    history = plan_history(plan, on=on)
    version = None if history.ended is not None else history.active or history.newest
    return None if version is None else version.content


def _standing(
    book: PlanBook, on: date
) -> tuple[Mapping[StepId, StepStatus], Mapping[GoalId, GoalStatus]]:
    history = plan_history(book, on=on)
    return (
        {one.step_id: one.status for one in history.steps},
        {one.goal_id: one.status for one in history.goals},
    )


def _open(
    goal: PlanGoal,
    content: PlanContent,
    standing: Mapping[StepId, StepStatus],
    hidden: Collection[ProgramId],
) -> OpenGoal | None:
    serving = [item.program_id for item in content.items if goal.goal_id in item.goals]
    programs = tuple(dict.fromkeys(own for own in serving if own not in hidden))
    withheld = len(programs) < len(set(serving))
    if withheld and not programs and goal.kind is GoalKind.SERVICE:
        return None
    told = [(one, standing.get(one.step_id, StepStatus.NOT_STARTED)) for one in goal.steps]
    steps = [] if withheld else [(one, status) for one, status in told if not status.is_closed]
    reason = OpenGoalReason.OPEN_STEPS
    if not steps:
        closed = told and not withheld
        reason = OpenGoalReason.STEPS_CLOSED if closed else OpenGoalReason.NO_STEPS
    return OpenGoal(
        goal_id=goal.goal_id,
        kind=goal.kind,
        title=goal.title,
        needs=goal.needs,
        target=goal.target,
        reason=reason,
        steps=tuple(_step(one, status) for one, status in steps),
        programs=programs,
    )


def _step(step: PlanStep, status: StepStatus) -> OpenStep:
    return OpenStep(
        step_id=step.step_id, about=step.about, actor=step.actor, due=step.due, status=status
    )
