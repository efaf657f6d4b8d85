"""Edits of a content: parts are added, removed, replaced, deferred or opened again.

An edit makes a whole new content; the one before stays in the book. No edit loses a need: whoever
takes its last goal away defers it, or tells that the person refuses.
"""

from collections.abc import Iterable
from datetime import date

from attrs import evolve, field

from rehabcore.plans import (
    Deferral,
    NeedRefused,
    PlanContent,
    PlanGoal,
    PlanItem,
    PlanQuestion,
    PlanStep,
)
from rehabcore.strict.checked import checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem, one_of, refuse
from rehabcore.strict.vocabulary import GoalId, ItemId, StepId


@frozen(kw_only=True)
@checked
class AddPart:
    """A new part, at the end of those of its kind. A step names its ``goal``."""

    part: PlanGoal | PlanStep | PlanItem | PlanQuestion | Deferral | NeedRefused
    goal: GoalId | None = None

    def _problems(self) -> Iterable[Problem]:
        if isinstance(self.part, PlanStep) is (self.goal is None):
            expected = "the goal of a step, and only there"
            yield Problem.of(self.goal, "contradicts_itself", expected, path="goal")


@frozen(kw_only=True)
@checked
class ReplacePart:
    """A part in place of the one that has its id."""

    part: PlanGoal | PlanStep | PlanItem


@frozen(kw_only=True)
@checked
class RemovePart:
    """A goal, step or item that is taken away, by its one id."""

    goal: GoalId | None = None
    step: StepId | None = None
    item: ItemId | None = None

    def _problems(self) -> Iterable[Problem]:
        return _one_id(self.goal, self.step, self.item)


@frozen(kw_only=True)
@checked
class DeferPart:
    """A goal, step or item that is left for later, by its one id, and why.

    The needs of a goal are looked at again on the day ``until``, and the goal is taken away. A step
    is due on it. An item has no session before it; if it has not begun, it starts then and lasts as
    long. Its sessions that fell out are to be planned anew.
    """

    until: date
    reason: str = field(repr=False)
    goal: GoalId | None = None
    step: StepId | None = None
    item: ItemId | None = None

    def _problems(self) -> Iterable[Problem]:
        return _one_id(self.goal, self.step, self.item)


@frozen(kw_only=True)
@checked
class ReopenPart:
    """A goal, step or item that was taken away, by its one id: as it stood last, at the end.

    An item comes back with its sessions from the day of the edit on. A step comes back to its goal.
    """

    goal: GoalId | None = None
    step: StepId | None = None
    item: ItemId | None = None

    def _problems(self) -> Iterable[Problem]:
        return _one_id(self.goal, self.step, self.item)


PlanEdit = AddPart | ReplacePart | RemovePart | DeferPart | ReopenPart
"""One edit of a content."""


def _one_id(*ids: str | None) -> Iterable[Problem]:
    given = [one for one in ids if one is not None]
    if len(given) != 1:
        yield Problem.of(given, "one_of_two", "the id of one goal, step or item")


def edited_content(
    content: PlanContent,
    edits: Iterable[PlanEdit],
    *,
    on: date,
    earlier: Iterable[PlanContent] = (),
) -> PlanContent:
    """A content after some edits, each made after those before it.

    Args:
        content: the content before.
        edits: the edits, in their order.
        on: the day of the edit.
        earlier: the contents of the plan before this one, oldest first: what is opened again stood
            there.

    Raises:
        InputError: a part is not there, or is there already; something is deferred to a day
            before; or the content would refer to nothing.
    """
    past = tuple(earlier)
    for edit in edits:
        match edit:
            case AddPart():
                content = _added(content, edit)
            case ReplacePart():
                content = _replaced(content, edit.part)
            case RemovePart():
                content = _removed(content, edit)
            case DeferPart():
                content = _deferred(content, edit, on)
            case _:
                content = _reopened(content, edit, on, past)
    return content


def _added(content: PlanContent, edit: AddPart) -> PlanContent:
    match edit.part:
        case PlanGoal():
            return evolve(content, goals=(*content.goals, edit.part))
        case PlanStep():
            goal = _goal(content, edit.goal)
            return _replaced(content, evolve(goal, steps=(*goal.steps, edit.part)))
        case PlanItem():
            return evolve(content, items=(*content.items, edit.part))
        case PlanQuestion():
            return evolve(content, questions=(*content.questions, edit.part))
        case Deferral():
            return evolve(content, deferrals=(*content.deferrals, edit.part))
        case _:
            return evolve(content, refusals=(*content.refusals, edit.part))


def _replaced(content: PlanContent, part: PlanGoal | PlanStep | PlanItem) -> PlanContent:
    match part:
        case PlanGoal():
            _goal(content, part.goal_id)
            goals = (part if one.goal_id == part.goal_id else one for one in content.goals)
            return evolve(content, goals=tuple(goals))
        case PlanStep():
            goal = _goal_of(content, part.step_id)
            steps = (part if one.step_id == part.step_id else one for one in goal.steps)
            return _replaced(content, evolve(goal, steps=tuple(steps)))
        case _:
            _item(content, part.item_id)
            items = (part if one.item_id == part.item_id else one for one in content.items)
            return evolve(content, items=tuple(items))


def _removed(content: PlanContent, edit: RemovePart) -> PlanContent:
    if edit.goal is not None:
        return _without_goal(content, edit.goal)
    if edit.step is not None:
        goal = _goal_of(content, edit.step)
        steps = (one for one in goal.steps if one.step_id != edit.step)
        return _replaced(content, evolve(goal, steps=tuple(steps)))
    _item(content, edit.item)
    return evolve(content, items=tuple(one for one in content.items if one.item_id != edit.item))


def _without_goal(content: PlanContent, goal_id: GoalId) -> PlanContent:
    """The content without a goal, which what serves it serves no more.

    Raises:
        InputError: there is no such goal, or an item serves only this goal.
    """
    _goal(content, goal_id)
    left = {item.item_id: _others(item.goals, goal_id) for item in content.items}
    for item in content.items:
        if goal_id in item.goals and not left[item.item_id]:
            expected = "first removed itself, or serving another goal"
            refuse(item.item_id, "empty_group", expected, path="items")
    return evolve(
        content,
        goals=tuple(goal for goal in content.goals if goal.goal_id != goal_id),
        items=tuple(evolve(item, goals=left[item.item_id]) for item in content.items),
        questions=tuple(
            evolve(one, goals=_others(one.goals, goal_id)) for one in content.questions
        ),
    )


def _others(goals: tuple[GoalId, ...], goal_id: GoalId) -> tuple[GoalId, ...]:
    return tuple(one for one in goals if one != goal_id)


def _deferred(content: PlanContent, edit: DeferPart, on: date) -> PlanContent:
    if edit.until < on:
        expected = f"a day not before {on.isoformat()}, that of the edit"
        refuse(edit.until, "out_of_range", expected, path="until")
    if edit.goal is not None:
        needs = _goal(content, edit.goal).needs
        left = _without_goal(content, edit.goal)
        told = (Deferral(need=need, reason=edit.reason, until=edit.until) for need in needs)
        return evolve(left, deferrals=(*left.deferrals, *told))
    if edit.step is not None:
        goal = _goal_of(content, edit.step)
        (step,) = (one for one in goal.steps if one.step_id == edit.step)
        return _replaced(content, evolve(step, due=edit.until))
    item = _item(content, edit.item)
    kept = tuple(one for one in item.sessions if not on <= one.day < edit.until)
    if item.starts < on:
        return _replaced(content, evolve(item, sessions=kept))
    ends = None if item.ends is None else item.ends + (edit.until - item.starts)
    return _replaced(content, evolve(item, starts=edit.until, ends=ends, sessions=kept))


def _reopened(
    content: PlanContent, edit: ReopenPart, on: date, earlier: tuple[PlanContent, ...]
) -> PlanContent:
    for before in reversed(earlier):
        if edit.goal is not None:
            goal = before.goal(edit.goal)
            if goal is not None:
                kept = (one for one in content.deferrals if one.need not in goal.needs)
                return evolve(content, goals=(*content.goals, goal), deferrals=tuple(kept))
        elif edit.step is not None:
            for goal in before.goals:
                for step in goal.steps:
                    if step.step_id == edit.step:
                        return _added(content, AddPart(part=step, goal=goal.goal_id))
        else:
            for item in before.items:
                if item.item_id == edit.item:
                    ahead = tuple(one for one in item.sessions if one.day >= on)
                    return evolve(content, items=(*content.items, evolve(item, sessions=ahead)))
    wanted = edit.goal or edit.step or edit.item
    return refuse(wanted, "dangling_id", "the id of a part that an earlier content had", path="id")


def _goal(content: PlanContent, goal_id: GoalId | None) -> PlanGoal:
    for goal in content.goals:
        if goal.goal_id == goal_id:
            return goal
    known = [goal.goal_id for goal in content.goals]
    return refuse(goal_id, "dangling_id", one_of(known, goal_id), path="goal")


def _goal_of(content: PlanContent, step_id: StepId) -> PlanGoal:
    """The goal that has a step."""
    for goal in content.goals:
        if any(step.step_id == step_id for step in goal.steps):
            return goal
    known = [step.step_id for goal in content.goals for step in goal.steps]
    return refuse(step_id, "dangling_id", one_of(known, step_id), path="step")


def _item(content: PlanContent, item_id: ItemId | None) -> PlanItem:
    for item in content.items:
        if item.item_id == item_id:
            return item
    known = [item.item_id for item in content.items]
    return refuse(item_id, "dangling_id", one_of(known, item_id), path="item")
