"""The content of a plan refuses what cannot be meant."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from attrs import evolve

from rehabcore.care.plans.schedules.recurrence import MOST_SESSIONS
from rehabcore.plans import (
    MOST_OF_A_KIND,
    Deferral,
    GoalKind,
    HoursShort,
    PlannedSession,
    PlanQuestion,
)
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import GoalId, ItemId, ProgramId, StepId
from tests.kit.plans import content, goal, item, step

DAY = date(2026, 11, 16)


def _said(make: Callable[[], object]) -> list[tuple[str, str]]:
    with pytest.raises(InputError) as caught:
        make()
    return [(problem.code, problem.path) for problem in caught.value.problems]


def test_a_goal_of_the_content_is_found_by_its_id() -> None:
    plan = content()
    assert plan.goal(GoalId("peers")) == goal()
    assert plan.goal(GoalId("housing")) is None
    assert repr(plan) == "<PlanContent of 1 goals and 1 items>"


@pytest.mark.parametrize("kind", GoalKind)
def test_only_goals_about_needs_have_needs(kind: GoalKind) -> None:
    about_needs = kind in (GoalKind.NEED, GoalKind.ASSESSMENT)
    needs = ("peers",) if about_needs else ()
    assert evolve(goal(), kind=kind, needs=needs).kind is kind
    wrong = () if about_needs else ("peers",)
    assert _said(lambda: evolve(goal(), kind=kind, needs=wrong)) == [
        ("contradicts_itself", "needs")
    ]


def test_an_item_ends_after_it_starts_and_has_no_hours_below_zero() -> None:
    less = Decimal("-0.5")
    assert _said(
        lambda: evolve(item(), starts=DAY, ends=DAY, hours=less, hours_a_week=less, breach_after=0)
    ) == [
        ("ends_before_start", "ends"),
        ("out_of_range", "hours"),
        ("out_of_range", "hours_a_week"),
        ("out_of_range", "breach_after"),
    ]


def test_a_shortfall_is_short() -> None:
    said = _said(lambda: HoursShort(called_for=Decimal(100), planned=Decimal(100), reason="x"))
    assert said == [("out_of_range", "planned")]


def test_every_id_stands_once_and_every_goal_is_there() -> None:
    question = PlanQuestion(
        question_id="literacy",
        program_ids=(ProgramId("work"),),
        fact="literacy",
        asks="teacher",
        goals=(GoalId("housing"),),
    )
    goals = (evolve(goal(), steps=(step(), step())), goal())
    said = _said(
        lambda: evolve(
            content(),
            goals=goals,
            items=(item(), evolve(item(), goals=(GoalId("work"),))),
            questions=(question, question),
        )
    )
    assert said == [
        ("duplicate_id", "goals[1].goal_id"),
        ("duplicate_id", "goals[0].steps[1].step_id"),
        ("duplicate_id", "goals[1].steps[0].step_id"),
        ("duplicate_id", "items[1].item_id"),
        ("duplicate_id", "questions[1].question_id"),
        ("dangling_id", "items[1].goals[0]"),
        ("dangling_id", "questions[0].goals[0]"),
        ("dangling_id", "questions[1].goals[0]"),
    ]


def test_lists_have_limits() -> None:
    many = (Deferral(need="peers", reason="acute_first"),) * (MOST_OF_A_KIND + 1)
    assert _said(lambda: evolve(content(), deferrals=many)) == [("too_large", "deferrals")]
    sessions = (PlannedSession(day=DAY),) * (MOST_SESSIONS + 1)
    assert _said(lambda: evolve(item(), sessions=sessions)) == [("too_large", "sessions")]


def test_a_session_ends_on_its_day() -> None:
    PlannedSession(day=DAY, starts_at="23:00", minutes=60)
    one = PlannedSession(day=DAY)
    assert _said(lambda: evolve(one, starts_at="7:00")) == [("bad_time", "starts_at")]
    for starts_at, minutes in (("", 0), ("", 1_441), ("23:00", 61)):
        make = partial(evolve, one, starts_at=starts_at, minutes=minutes)
        assert _said(make) == [("out_of_range", "minutes")]
    both = _said(lambda: PlannedSession(day=DAY, starts_at="x", minutes=0, in_place_of=DAY))
    assert [at for _, at in both] == ["starts_at", "minutes", "in_place_of"]


def test_a_rule_without_end_or_by_the_second_is_refused() -> None:
    assert _said(lambda: evolve(item(), recurrence="FREQ=WEEKLY")) == [("one_of_two", "recurrence")]
    said = _said(lambda: evolve(item(), recurrence="FREQ=SECONDLY;COUNT=2"))
    assert said == [("bad_recurrence", "recurrence")]


def test_ids_are_not_empty() -> None:
    assert _said(lambda: evolve(step(), step_id=StepId(""))) == [("out_of_range", "step_id")]
    assert _said(lambda: evolve(goal(), goal_id=GoalId(""))) == [("out_of_range", "goal_id")]
    assert _said(lambda: evolve(item(), item_id=ItemId(""))) == [("out_of_range", "item_id")]
