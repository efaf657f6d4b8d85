"""Courses and calendars to change, for examples of where sessions find a place."""

from collections.abc import Iterable
from datetime import date

from rehabcore.care.plans.schedules.placing import ScheduledItem, Timetable
from rehabcore.care.plans.schedules.recurrence import recurring_days
from rehabcore.plans import PlanItem, PlannedSession
from rehabcore.strict.vocabulary import Basis, ItemId, ProgramId

MONDAY = date(2026, 3, 2)


def course(
    name: str = "skills", *days: date, at: str = "10:00", minutes: int = 90
) -> ScheduledItem:
    """A voluntary course with a session on each of some days; without any, four Mondays."""
    wanted = days or recurring_days("FREQ=WEEKLY;COUNT=4", start=MONDAY)
    item = PlanItem(
        item_id=ItemId(name),
        program_id=ProgramId(name),
        goals=(),
        basis=Basis.VOLUNTARY,
        starts=MONDAY,
        sessions=tuple(PlannedSession(day=day, starts_at=at, minutes=minutes) for day in wanted),
    )
    return ScheduledItem(item=item)


def days_of(found: Timetable, name: str = "skills") -> list[str]:
    """The days on which an item has sessions; a star marks those that make up for another."""
    (item,) = (item for item in found.items if item.item_id == name)
    return [_told(session) for session in item.sessions]


def lost_of(found: Timetable) -> list[tuple[str, str, str]]:
    """By item, the days that have no place, and why."""
    return [(one.item_id, f"{one.day:%m-%d}", one.reason.value) for one in found.unplaced]


def _told(session: PlannedSession) -> str:
    return f"{session.day:%m-%d}{'*' if session.in_place_of else ''}"


def sessions_in(items: Iterable[PlanItem]) -> list[tuple[PlanItem, PlannedSession]]:
    """Every session with its item."""
    return [(item, session) for item in items for session in item.sessions]
