"""Edits of a content, and what they may not do."""

from datetime import date, timedelta
from functools import partial

import pytest
from attrs import evolve

from rehabcore.care.plans.edits import (
    AddPart,
    DeferPart,
    PlanEdit,
    RemovePart,
    ReopenPart,
    ReplacePart,
    edited_content,
)
from rehabcore.plans import (
    Deferral,
    NeedRefused,
    PlanContent,
    PlannedSession,
    PlanQuestion,
)
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import GoalId, ItemId, ProgramId, StepId
from tests.kit.plans import DAY, content, goal, item, step, words

GOAL, STEP, ITEM = GoalId("peers"), StepId("peers/refer"), ItemId("course")
OTHER = evolve(goal(), goal_id=GoalId("work"), needs=("work",), steps=())
QUESTION = PlanQuestion(
    question_id="literacy",
    program_ids=(ProgramId("course"),),
    fact="literacy",
    asks="teacher",
    goals=(GOAL,),
)


def _edited(*edits: PlanEdit, before: PlanContent | None = None) -> PlanContent:
    return edited_content(before or content(), edits, on=DAY)


@pytest.mark.parametrize(
    ("edit", "name", "after"),
    [
        (AddPart(part=OTHER), "goals", (goal(), OTHER)),
        (
            AddPart(part=evolve(step(), step_id=StepId("peers/ask")), goal=GOAL),
            "goals",
            (evolve(goal(), steps=(step(), evolve(step(), step_id=StepId("peers/ask")))),),
        ),
        (
            AddPart(part=evolve(item(), item_id=ItemId("second"))),
            "items",
            (item(), evolve(item(), item_id=ItemId("second"))),
        ),
        (AddPart(part=QUESTION), "questions", (QUESTION,)),
        (
            AddPart(part=Deferral(need="work", reason="later")),
            "deferrals",
            (Deferral(need="work", reason="later"),),
        ),
        (
            AddPart(part=NeedRefused(need="work", since=DAY)),
            "refusals",
            (NeedRefused(need="work", since=DAY),),
        ),
        (
            ReplacePart(part=evolve(goal(), target=None)),
            "goals",
            (evolve(goal(), target=None),),
        ),
        (
            ReplacePart(part=evolve(step(), due=None)),
            "goals",
            (evolve(goal(), steps=(evolve(step(), due=None),)),),
        ),
        (ReplacePart(part=evolve(item(), office="x")), "items", (evolve(item(), office="x"),)),
        (RemovePart(step=STEP), "goals", (evolve(goal(), steps=()),)),
        (RemovePart(item=ITEM), "items", ()),
        (
            DeferPart(step=STEP, until=DAY + timedelta(60), reason="ill"),
            "goals",
            (evolve(goal(), steps=(evolve(step(), due=DAY + timedelta(60)),)),),
        ),
    ],
)
def test_an_edit_changes_one_part(edit: PlanEdit, name: str, after: tuple[object, ...]) -> None:
    assert _edited(edit) == evolve(content(), **{name: after})  # type: ignore[arg-type]


def test_parts_keep_their_place_when_one_is_replaced() -> None:
    last = evolve(goal(), goal_id=GoalId("last"), steps=())
    both = evolve(content(), goals=(OTHER, goal(), last))
    renamed = evolve(goal(), title=words("New friends"))
    assert _edited(ReplacePart(part=renamed), before=both).goals == (OTHER, renamed, last)


def test_what_served_a_goal_serves_it_no_more() -> None:
    both = evolve(
        content(),
        goals=(goal(), OTHER),
        items=(evolve(item(), goals=(GOAL, OTHER.goal_id)),),
        questions=(QUESTION,),
    )
    left = _edited(RemovePart(goal=GOAL), before=both)
    assert left.goals == (OTHER,)
    assert left.items[0].goals == (OTHER.goal_id,)
    assert left.questions[0].goals == ()
    with pytest.raises(InputError, match="first removed itself"):
        _edited(RemovePart(goal=GOAL))
    assert _edited(RemovePart(item=ITEM), RemovePart(goal=GOAL)).goals == ()


def test_the_needs_of_a_deferred_goal_are_looked_at_again() -> None:
    later = DAY + timedelta(90)
    edits = (RemovePart(item=ITEM), DeferPart(goal=GOAL, until=later, reason="custody"))
    left = _edited(*edits)
    assert left.goals == ()
    assert left.deferrals == (Deferral(need="peers", reason="custody", until=later),)
    back = edited_content(left, [ReopenPart(goal=GOAL)], on=DAY, earlier=[content(), left])
    assert (back.goals, back.deferrals) == ((goal(),), ())


def _with_sessions(starts: date) -> PlanContent:
    days = (PlannedSession(day=DAY + timedelta(day)) for day in (-7, 0, 7, 14))
    ends = DAY + timedelta(21)
    return evolve(
        content(), items=(evolve(item(), starts=starts, ends=ends, sessions=tuple(days)),)
    )


@pytest.mark.parametrize(
    ("starts", "until", "first", "ends", "days"),
    [
        (-7, 14, -7, 21, [-7, 14]),
        (-7, 30, -7, 21, [-7]),
        (0, 14, 14, 35, [-7, 14]),
        (7, 8, 8, 22, [-7, 14]),
    ],
)
def test_a_deferred_item_has_no_session_before_its_day(
    starts: int, until: int, first: int, ends: int, days: list[int]
) -> None:
    day = DAY + timedelta(until)
    before = _with_sessions(DAY + timedelta(starts))
    (left,) = _edited(DeferPart(item=ITEM, until=day, reason="ill"), before=before).items
    assert (left.starts - DAY).days == first
    assert left.ends == DAY + timedelta(ends)
    assert [(one.day - DAY).days for one in left.sessions] == days


def test_an_item_without_end_has_none_when_it_is_deferred() -> None:
    endless = evolve(content(), items=(evolve(item(), ends=None),))
    day = DAY + timedelta(1)
    (left,) = _edited(DeferPart(item=ITEM, until=day, reason="ill"), before=endless).items
    assert (left.starts, left.ends) == (day, None)


def test_what_is_opened_again_stands_as_it_stood_last() -> None:
    before = _with_sessions(DAY - timedelta(7))
    renamed = evolve(before, goals=(evolve(goal(), title=words("Friends")),))
    bare = evolve(renamed, goals=(evolve(renamed.goals[0], steps=()),), items=())
    past = (evolve(before, items=()), before, renamed, bare)
    back = edited_content(
        bare, [ReopenPart(step=STEP), ReopenPart(item=ITEM)], on=DAY, earlier=past
    )
    assert back.goals == renamed.goals
    assert [(one.day - DAY).days for one in back.items[0].sessions] == [0, 7, 14]


def test_an_edit_is_about_one_part() -> None:
    with pytest.raises(InputError):
        AddPart(part=step())
    with pytest.raises(InputError):
        AddPart(part=goal(), goal=GOAL)
    for make in (RemovePart, ReopenPart, partial(DeferPart, until=DAY, reason="so")):
        with pytest.raises(InputError):
            make()
        with pytest.raises(InputError):
            make(goal=GOAL, item=ITEM)


@pytest.mark.parametrize(
    "edit",
    [
        AddPart(part=goal()),
        AddPart(part=step(), goal=GoalId("x")),
        ReplacePart(part=OTHER),
        ReplacePart(part=evolve(step(), step_id=StepId("x"))),
        ReplacePart(part=evolve(item(), item_id=ItemId("x"))),
        RemovePart(goal=GoalId("x")),
        RemovePart(item=ItemId("x")),
        ReopenPart(goal=GoalId("x")),
        ReopenPart(step=StepId("x")),
        ReopenPart(item=ItemId("x")),
    ],
)
def test_a_part_is_there_or_is_not_as_the_edit_needs_it(edit: PlanEdit) -> None:
    with pytest.raises(InputError):
        edited_content(content(), [edit], on=DAY, earlier=[content()])
