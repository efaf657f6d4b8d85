"""What differs between two contents, and what is less in the second."""

from datetime import timedelta
from decimal import Decimal

import pytest
from attrs import evolve

from rehabcore.care.plans.differences import difference_of, difference_to_plain, lowerings
from rehabcore.plans import Deferral, NeedRefused, PlanContent, PlannedSession
from rehabcore.strict.vocabulary import Basis, GoalId, ItemId, StepId
from tests.kit.plans import DAY, content, goal, item, step, words

OTHER = evolve(goal(), goal_id=GoalId("work"), needs=("work",), steps=())


def _told(a: PlanContent, b: PlanContent) -> list[str]:
    """Each change as ``part id kind field field``."""
    return [
        " ".join([one.part, one.id or "-", one.kind, *(each.name for each in one.fields)])
        for one in difference_of(a, b).changes
    ]


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (content(), []),
        (evolve(content(), holder="x", review_due=None), ["plan - changed review_due holder"]),
        (evolve(content(), needs=()), ["need peers removed"]),
        (evolve(content(), goals=(goal(), OTHER)), ["goal work added"]),
        (evolve(content(), goals=(OTHER, goal())), ["goal work added"]),
        (
            evolve(content(), goals=(evolve(goal(), target=None, title=words("Friends")),)),
            ["goal peers changed title target"],
        ),
        (
            evolve(content(), goals=(evolve(goal(), steps=(evolve(step(), due=None),)),)),
            ["step peers/refer changed due"],
        ),
        (
            evolve(content(), goals=(evolve(goal(), steps=()), evolve(OTHER, steps=(step(),)))),
            ["goal work added", "step peers/refer changed goal"],
        ),
        (evolve(content(), items=()), ["item course removed"]),
        (
            evolve(content(), items=(evolve(item(), hours=Decimal(1), office="x"),)),
            ["item course changed office hours"],
        ),
        (
            evolve(content(), deferrals=(Deferral(need="work", reason="x"),) * 2),
            ["deferral work added", "deferral work added"],
        ),
        (
            evolve(content(), refusals=(NeedRefused(need="work", since=DAY),)),
            ["refusal work added"],
        ),
    ],
)
def test_every_part_that_differs_is_told(after: PlanContent, told: list[str]) -> None:
    assert _told(content(), after) == told


def test_the_values_of_a_field_are_told() -> None:
    (change,) = difference_of(content(), evolve(content(), holder="office-2")).changes
    (field,) = change.fields
    assert (field.name, field.before, field.after) == ("holder", "", "office-2")
    assert repr(field) == "FieldChange(name='holder')"


def test_a_difference_is_plain_data_in_which_values_stand_as_in_a_document() -> None:
    days = (PlannedSession(day=DAY), PlannedSession(day=DAY + timedelta(7)))
    after = evolve(content(), items=(evolve(item(), sessions=days, hours=None),))
    assert difference_to_plain(difference_of(content(), after)) == {
        "changes": [
            {
                "part": "item",
                "id": "course",
                "kind": "changed",
                "fields": [
                    {"name": "hours", "before": "40", "after": None},
                    {
                        "name": "sessions",
                        "before": [],
                        "after": [{"day": "2026-11-16"}, {"day": "2026-11-23"}],
                    },
                ],
            }
        ]
    }


def test_another_order_is_told() -> None:
    a = evolve(content(), goals=(goal(), OTHER))
    assert _told(a, evolve(a, goals=(OTHER, goal()))) == ["goal - reordered"]


def _less(a: PlanContent, b: PlanContent) -> list[str]:
    return [f"{one.kind} {one.id}".strip() for one in lowerings(a, b)]


MANDATORY = evolve(
    content(),
    items=(
        evolve(
            item(),
            basis=Basis.MANDATORY,
            sessions=(PlannedSession(day=DAY), PlannedSession(day=DAY + timedelta(7))),
        ),
    ),
)
(COURSE,) = MANDATORY.items


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (MANDATORY, []),
        (evolve(MANDATORY, items=()), ["item_removed course"]),
        (evolve(MANDATORY, items=(evolve(COURSE, hours=Decimal(39)),)), ["fewer_hours course"]),
        (evolve(MANDATORY, items=(evolve(COURSE, hours=None),)), ["fewer_hours course"]),
        (evolve(MANDATORY, items=(evolve(COURSE, hours=Decimal(41)),)), []),
        (
            evolve(MANDATORY, items=(evolve(COURSE, hours_a_week=Decimal(1)),)),
            ["fewer_hours_a_week course"],
        ),
        (
            evolve(MANDATORY, items=(evolve(COURSE, sessions=COURSE.sessions[:1]),)),
            ["fewer_sessions course"],
        ),
        (
            evolve(MANDATORY, items=(evolve(COURSE, ends=DAY + timedelta(30)),)),
            ["ends_earlier course"],
        ),
        (evolve(MANDATORY, items=(evolve(COURSE, ends=None),)), []),
        (
            evolve(MANDATORY, items=(evolve(COURSE, basis=Basis.VOLUNTARY),)),
            ["no_longer_mandatory course"],
        ),
        (
            evolve(MANDATORY, items=(evolve(COURSE, item_id=ItemId("second")),)),
            ["item_removed course"],
        ),
        (evolve(MANDATORY, review_due=None), ["review_later"]),
        (evolve(MANDATORY, review_due=DAY), []),
        (
            evolve(MANDATORY, goals=(), items=()),
            ["need_dropped peers", "goal_removed peers", "item_removed course"],
        ),
        (
            evolve(MANDATORY, goals=(), items=(), deferrals=(Deferral(need="peers", reason="x"),)),
            ["goal_removed peers", "item_removed course"],
        ),
        (
            evolve(MANDATORY, goals=(evolve(goal(), steps=(), goal_id=GoalId("work")),), items=()),
            ["goal_removed peers", "item_removed course"],
        ),
    ],
)
def test_whatever_is_less_is_told(after: PlanContent, told: list[str]) -> None:
    assert _less(MANDATORY, after) == told


def test_whatever_is_more_is_not_told() -> None:
    refused = evolve(content(), refusals=(NeedRefused(need="work", since=DAY),))
    assert _less(content(), refused) == []
    assert _less(evolve(content(), review_due=None), content()) == []
    steps = evolve(goal(), steps=(evolve(step(), step_id=StepId("x")),))
    assert _less(content(), evolve(content(), goals=(steps,))) == []
