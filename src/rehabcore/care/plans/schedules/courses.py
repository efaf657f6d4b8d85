"""Courses as a caller wants them: by which rule, at what time, and when their provider is there."""

from collections.abc import Iterable
from datetime import date

from attrs import evolve

from rehabcore.care.plans.schedules.calendars import AgeBand, WeeklyTimes
from rehabcore.care.plans.schedules.placing import FallenOut
from rehabcore.care.plans.schedules.recurrence import problems_of_recurrence, recurring_days
from rehabcore.plans import (
    PlanContent,
    PlanItem,
    PlannedSession,
    problems_of_time,
)
from rehabcore.strict.checked import checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem, Problems, missing_key, one_of
from rehabcore.strict.vocabulary import ItemId


@frozen(kw_only=True)
@checked
class CourseTimes:
    """When the sessions of one item are wanted, and when its provider is there.

    With a ``recurrence`` the sessions from the day of planning on are made anew: on the days of the
    rule, at ``starts_at``, for ``minutes``. Without one they stay, and only those that fall out are
    planned again. ``ages`` stand in place of those that the country tells for the programme.
    """

    item_id: ItemId
    recurrence: str = ""
    starts_at: str = ""
    minutes: int | None = None
    provider: WeeklyTimes = WeeklyTimes()
    ages: AgeBand | None = None

    def _problems(self) -> Iterable[Problem]:
        yield from problems_of_time(self, self.starts_at, self.minutes)
        if self.recurrence:
            yield from problems_of_recurrence(self.recurrence)
        elif self.starts_at or self.minutes is not None:
            yield missing_key("recurrence", "the rule, to whose sessions time and length belong")


@frozen(kw_only=True)
@checked
class ScheduledPlan:
    """The content of a plan with its sessions, and all that are not held on their own day."""

    content: PlanContent
    fallen_out: tuple[FallenOut, ...]

    @property
    def unplaced(self) -> tuple[FallenOut, ...]:
        """The sessions that have no place."""
        return tuple(one for one in self.fallen_out if one.made_up_on is None)


def with_wanted(
    content: PlanContent, courses: tuple[CourseTimes, ...], *, on: date
) -> tuple[PlanItem, ...]:
    """The items of a plan with the sessions that are wanted; those before a day stay as they are.

    Args:
        content: the plan.
        courses: what is wanted.
        on: the day of planning. A rule starts on it, or on the start of its item if that is later.

    Raises:
        InputError: a course is of no item of the plan, or an item has two; or a rule names no day,
            or too many.
    """
    problems = Problems()
    items = {item.item_id: item for item in content.items}
    seen = set[ItemId]()
    for index, course in enumerate(courses):
        path, item = f"courses[{index}]", items.get(course.item_id)
        if item is None:
            expected = one_of(items, course.item_id)
            problems.note(course.item_id, "dangling_id", expected, path=f"{path}.item_id")
        elif course.item_id in seen:
            problems.note(course.item_id, "duplicate_id", "each item once", path=f"{path}.item_id")
        elif course.recurrence:
            items[course.item_id] = problems.at(path, _made, item, course, on)
        seen.add(course.item_id)
    problems.done()
    return tuple(items.values())


def _made(item: PlanItem, course: CourseTimes, on: date) -> PlanItem:
    """An item with the sessions of its rule, after those that are past."""
    made = (
        PlannedSession(day=day, starts_at=course.starts_at, minutes=course.minutes)
        for day in recurring_days(course.recurrence, start=max(item.starts, on))
    )
    past = (session for session in item.sessions if session.day < on)
    return evolve(item, recurrence=course.recurrence, sessions=(*past, *made))
