"""Finding the goals of a plan that are open, but for what a recipient must not know."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from rehabcore.care.moves.open_goals import OpenGoal, OpenGoalReason, OpenStep
from rehabcore.care.plans.axes import PlanLife
from rehabcore.care.plans.book import PlanBook
from rehabcore.care.plans.versions import GoalStatus, PlanVersion, plan_history
from rehabcore.plans import GoalKind, PlanContent, PlanGoal, PlanStep
from rehabcore.rules.sources import Text
from rehabcore.strict.vocabulary import GoalId, ProgramId, StepId, StepStatus

NOTHING_HIDDEN: Mapping[ProgramId, Text] = MappingProxyType({})


def open_goals(
    plan: PlanContent | PlanBook,
    hidden: Mapping[ProgramId, Text] = NOTHING_HIDDEN,
    *,
    on: date,
    known_at: date | None = None,
) -> tuple[OpenGoal, ...]:
    """The open goals of a plan on a day; of a book those of the version that counts then.

    That is the one that is active, else the newest. Of a plan that is over, or was rejected, no
    goal is open.

    Args:
        plan: the content of a plan, or its book.
        hidden: programmes of which nothing may be told, with their titles. What a step is about
            cannot be told apart from them: so the steps of a goal that they serve are left out,
            and whatever names them. So is a service that is nothing else.
        on: the day.
        known_at: the day up to which entries of the book count; None for all.
    """
    content, steps, reached = plan, dict[StepId, StepStatus](), set[GoalId]()
    if isinstance(content, PlanBook):
        version = _counting(content, on, known_at)
        if version is None:
            return ()
        content, steps = version.content, {one.step_id: one.status for one in version.steps}
        reached = {one.goal_id for one in version.goals if one.status is GoalStatus.ACHIEVED}
    names = _Names(hidden)
    return tuple(
        _open(goal, content, steps, names)
        for goal in content.goals
        if goal.goal_id not in reached and not _is_withheld(goal, content, names)
    )


def content_on(
    plan: PlanContent | PlanBook, *, on: date, known_at: date | None = None
) -> PlanContent | None:
    """All that a plan says on a day; None if it is over, or was not there yet.

    Args:
        plan: the content of a plan, or its book, of which the active version counts, else the
            newest.
        on: the day.
        known_at: the day up to which entries of the book count; None for all.
    """
    if isinstance(plan, PlanContent):
        return plan
    version = _counting(plan, on, known_at)
    return None if version is None else version.content


def _counting(book: PlanBook, on: date, known_at: date | None) -> PlanVersion | None:
    """The version that is active, else the newest; none of a plan that is over or was rejected."""
    history = plan_history(book, on=on, known_at=known_at)
    version = history.active or history.newest
    rejected = version is not None and version.life is PlanLife.REJECTED
    return None if rejected or history.ended is not None else version


class _Names:
    """Programmes of which nothing may be told, by all that names them."""

    def __init__(self, hidden: Mapping[ProgramId, Text]) -> None:
        self.programs = frozenset[str](hidden)
        self.titles = [said.casefold() for title in hidden.values() for _, said in title.wordings]

    def stand_in(self, own: str, words: Text) -> bool:
        """Whether the id or the words of a goal or a step name one of them."""
        told = [said.casefold() for _, said in words.wordings]
        named = any(title in said for title in self.titles for said in told)
        return named or not self.programs.isdisjoint(own.split("/"))


def _is_withheld(goal: PlanGoal, content: PlanContent, names: _Names) -> bool:
    """Whether a goal names a hidden programme, or is a service that is nothing else."""
    serving = {item.program_id for item in content.items if goal.goal_id in item.goals}
    only_hidden = bool(serving) and serving <= names.programs
    is_service = goal.kind is GoalKind.SERVICE and only_hidden
    return is_service or names.stand_in(goal.goal_id, goal.title)


def _open(
    goal: PlanGoal, content: PlanContent, standing: Mapping[StepId, StepStatus], names: _Names
) -> OpenGoal:
    serving = {item.program_id: None for item in content.items if goal.goal_id in item.goals}
    asked = [own for q in content.questions if goal.goal_id in q.goals for own in q.program_ids]
    withheld = not names.programs.isdisjoint((*serving, *asked))
    told = [one for one in goal.steps if not (withheld or names.stand_in(one.step_id, one.about))]
    stand = [(one, standing.get(one.step_id, StepStatus.NOT_STARTED)) for one in told]
    steps = [(one, status) for one, status in stand if not status.is_closed]
    reason = OpenGoalReason.OPEN_STEPS
    if not steps:
        reason = OpenGoalReason.STEPS_CLOSED if told else OpenGoalReason.NO_STEPS
    return OpenGoal(
        goal_id=goal.goal_id,
        kind=goal.kind,
        title=goal.title,
        needs=goal.needs,
        target=goal.target,
        reason=reason,
        steps=tuple(_step(one, status) for one, status in steps),
        programs=tuple(own for own in serving if own not in names.programs),
    )


def _step(step: PlanStep, status: StepStatus) -> OpenStep:
    return OpenStep(
        step_id=step.step_id, about=step.about, actor=step.actor, due=step.due, status=status
    )
