"""How long the sessions of a plan take to be made, placed, counted and held against the laws.

``python -m benchmarks.schedules`` prints the milliseconds of the processor for a plan of 200 and of
400 sessions, and how many times as long the second takes. It fails beyond ``MOST_TIMES``, and if
``check_plan`` takes longer than ``LONGEST_CHECK`` for 200. Nothing here is part of the package.
"""

import sys
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from attrs import evolve

import rehabcore as rc
from benchmarks.units import seconds
from rehabcore.care.plans.laws.checking import check_content
from rehabcore.care.plans.schedules.calendars import WeeklyTimes, WeekSlot
from rehabcore.care.plans.schedules.delivered import delivered
from rehabcore.care.plans.schedules.placing import PersonCalendar, ScheduledItem, timetable
from rehabcore.care.plans.schedules.recurrence import recurring_days
from rehabcore.casework.checking import plan_grounds
from rehabcore.plans import PlanContent, PlanItem, PlannedSession
from rehabcore.records import Attendance, CaseFile, Filed, Session
from rehabcore.rules.sources import Text
from rehabcore.rules.time.days import Span
from rehabcore.strict.vocabulary import (
    AttendanceOutcome,
    Basis,
    CaseId,
    ItemId,
    ProgramId,
    RecordId,
)

SESSIONS, MOST_TIMES = (200, 400), 2.4
COURSES, TURNS = 4, 3
CHECK, LONGEST_CHECK = "check the plan", 0.005
"""The name of that work, and the most seconds that it may take for the fewer sessions."""
START, ON = date(2026, 1, 5), date(2026, 2, 16)
PROGRAM = ProgramId("course")
PERSON = PersonCalendar(
    times=WeeklyTimes(slots=tuple(WeekSlot(weekday=day, starts_at="08:00") for day in range(6))),
    minutes_a_week=900,
)
OUTCOMES = tuple(AttendanceOutcome)[:4]


def days_of(number: int) -> tuple[date, ...]:
    """So many days, two in a week."""
    return recurring_days(f"FREQ=WEEKLY;BYDAY=MO,TH;COUNT={number}", start=START)


def courses(sessions: int) -> tuple[ScheduledItem, ...]:
    """Some courses with so many sessions in all, at times that follow each other."""
    return tuple(
        ScheduledItem(
            item=PlanItem(
                item_id=ItemId(f"item-{number}"),
                program_id=PROGRAM,
                goals=(),
                basis=Basis.MANDATORY,
                starts=START,
                hours=Decimal(100),
                sessions=tuple(
                    PlannedSession(day=day, starts_at=f"{9 + number:02d}:00", minutes=60)
                    for day in days_of(sessions // COURSES)
                ),
            ),
            provider=WeeklyTimes(weekend=frozenset({5, 6})),
        )
        for number in range(COURSES)
    )


def attended(sessions: int) -> CaseFile:
    """A file with so many sessions, each with how it was attended."""
    days = days_of(sessions)
    return CaseFile(
        case_id=CaseId("case"),
        beneficiary=(),
        sessions=tuple(
            Session(filed=_filed(f"s-{n}", day), program_id=PROGRAM, day=day, minutes=60)
            for n, day in enumerate(days)
        ),
        attendances=tuple(
            Attendance(
                filed=_filed(f"a-{n}", day),
                session=RecordId(f"s-{n}"),
                outcome=OUTCOMES[n % len(OUTCOMES)],
            )
            for n, day in enumerate(days)
        ),
    )


def _filed(name: str, on: date) -> Filed:
    return Filed(record_id=RecordId(name), recorded_on=on, source="office")


def planned(sessions: int) -> PlanContent:
    """A plan with so many sessions, of the programmes of the fictional country in turn."""
    programs = rc.load("xx").programs
    items = (
        evolve(one.item, program_id=program.program_id)
        for one, program in zip(courses(sessions), programs, strict=False)
    )
    return PlanContent(starts=START, component_of=Text.of(en="A plan"), items=tuple(items))


def works(sessions: int) -> dict[str, Callable[[], object]]:
    """What is measured, by name, with so many sessions."""
    wanted, case = courses(sessions), attended(sessions)
    holidays = frozenset(START + timedelta(days=7 * number) for number in range(0, 60, 3))
    away = (Span(START, START + timedelta(days=2_000)),)
    never = evolve(PERSON, times=WeeklyTimes(away=away))
    plan, country = planned(sessions), rc.load("xx")
    person = rc.read(rc.examples()["xx/therapeutic-community"], rc.CaseFile)
    grounds = plan_grounds(person, country, ON)
    item, last = wanted[0].item, date(2030, 12, 31)
    return {
        "make the days": lambda: days_of(sessions),
        "place them": lambda: timetable(wanted, PERSON, holidays=holidays),
        "find no place": lambda: timetable(wanted, never, holidays=holidays),
        CHECK: lambda: rc.check_plan(plan, person, country, on=ON),
        "its laws alone": lambda: check_content(plan, grounds),
        "read what was delivered": lambda: delivered(item, case, on=last),
    }


def main() -> int:
    """Print the figures, and say whether they are within their limits."""
    few, many = (works(number) for number in SESSIONS)
    worst = check = 0.0
    for name in few:
        # In turn, since a machine is not equally fast all the time.
        turns = [(seconds(few[name]), seconds(many[name])) for _ in range(TURNS)]
        short, long = (min(times) for times in zip(*turns, strict=True))
        check = short if name == CHECK else check
        worst = max(worst, long / short)
        print(f"{name}: {1e3 * short:.2f} ms, {1e3 * long:.2f} ms: {long / short:.2f}x")
    return 0 if worst <= MOST_TIMES and check <= LONGEST_CHECK else 1


if __name__ == "__main__":
    sys.exit(main())
