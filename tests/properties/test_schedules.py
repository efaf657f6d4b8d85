"""Laws of schedules, for any courses and calendars."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from rehabcore.care.plans.laws.of_time import weeks_are_not_too_full
from rehabcore.care.plans.schedules.calendars import AgeBand, WeeklyTimes, WeekSlot, minute_of
from rehabcore.care.plans.schedules.placing import (
    PersonCalendar,
    ScheduledItem,
    Timetable,
    timetable,
)
from rehabcore.care.plans.schedules.recurrence import recurring_days
from rehabcore.plans import PlanItem, PlannedSession
from rehabcore.rules.time.days import Span
from rehabcore.rules.time.partial import first_of
from rehabcore.strict.vocabulary import Basis, ItemId, ProgramId
from tests.kit.plan_grounds import grounds
from tests.kit.plans import content
from tests.kit.schedules import MONDAY, sessions_in

_DAYS = st.integers(0, 60).map(lambda number: MONDAY + timedelta(days=number))
_CLOCK = ("", "09:00", "10:00", "10:30", "17:00")
_SPANS = st.tuples(_DAYS, st.integers(1, 20)).map(
    lambda pair: Span(pair[0], pair[0] + timedelta(days=pair[1]))
)


_SLOTS = st.lists(
    st.builds(
        WeekSlot,
        weekday=st.integers(0, 6),
        starts_at=st.sampled_from(("", "08:00", "10:00")),
        ends_at=st.sampled_from(("", "12:00", "18:00")),
        span=st.none() | _SPANS,
    ),
    max_size=4,
)


@st.composite
def _times(draw: st.DrawFn) -> WeeklyTimes:
    return WeeklyTimes(
        slots=tuple(draw(_SLOTS)),
        weekend=draw(st.frozensets(st.integers(0, 6), max_size=2)),
        away=tuple(draw(st.lists(_SPANS, max_size=1))),
    )


@st.composite
def _courses(draw: st.DrawFn) -> tuple[ScheduledItem, ...]:
    courses: list[ScheduledItem] = []
    for number in range(draw(st.integers(1, 3))):
        rule = draw(st.sampled_from(("FREQ=WEEKLY;COUNT=3", "FREQ=DAILY;INTERVAL=2;COUNT=5")))
        starts = draw(_DAYS)
        at, minutes = draw(st.sampled_from(_CLOCK)), draw(st.sampled_from((None, 60, 90, 200)))
        item = PlanItem(
            item_id=ItemId(f"item-{number}"),
            program_id=ProgramId("any"),
            goals=(),
            basis=draw(st.sampled_from(Basis)),
            starts=starts,
            ends=draw(st.none() | st.just(starts + timedelta(days=30))),
            aftercare=draw(st.booleans()),
            sessions=tuple(
                PlannedSession(day=day, starts_at=at, minutes=minutes)
                for day in recurring_days(rule, start=starts)
            ),
        )
        earlier = [one.item.item_id for one in courses]
        after = draw(st.lists(st.sampled_from(earlier), unique=True)) if earlier else []
        ages = draw(st.sampled_from((None, AgeBand(under=18), AgeBand(at_least=18))))
        courses.append(
            ScheduledItem(
                item=item,
                provider=draw(_times()),
                ages=ages,
                after=tuple(after),
                waits=draw(st.booleans()),
                rank=draw(st.integers(0, 1)),
            )
        )
    return tuple(courses)


@st.composite
def _people(draw: st.DrawFn) -> PersonCalendar:
    return PersonCalendar(
        times=draw(_times()),
        born=draw(st.none() | st.just(date(2008, 3, 20))),
        release=draw(st.none() | _DAYS),
        minutes_a_week=draw(st.none() | st.sampled_from((120, 300))),
        acute=tuple(draw(st.lists(_SPANS, max_size=1))),
    )


_HOLIDAYS = st.frozensets(_DAYS, max_size=10)


def _count(found: Timetable) -> set[tuple[str, date, str]]:
    return {
        (item.item_id, session.day, session.starts_at) for item, session in sessions_in(found.items)
    }


@given(_courses(), _people(), _HOLIDAYS)
def test_every_session_lies_in_both_calendars(
    courses: tuple[ScheduledItem, ...], person: PersonCalendar, holidays: frozenset[date]
) -> None:
    found = timetable(courses, person, holidays=holidays)
    by_id = {course.item.item_id: course for course in courses}
    last = {
        item.item_id: max((session.day for session in item.sessions), default=date.min)
        for item in found.items
    }
    for item, session in sessions_in(found.items):
        course, day = by_id[item.item_id], session.day
        assert item.starts <= day < (item.ends or date.max)
        assert day not in holidays
        assert person.release is None or item.aftercare or day < first_of(person.release)
        assert not (course.waits and any(day in span for span in person.acute))
        assert course.ages is None or (person.born and course.ages.holds(person.born, day))
        for times in (course.provider.on(day), person.times.on(day)):
            starts = minute_of(session.starts_at) if session.starts_at else None
            length = session.minutes or 1
            assert any(
                end - start >= length
                if starts is None
                else start <= starts and starts + length <= end
                for start, end in times
            )
        for other in course.after:
            assert last[other] < day


@given(_courses(), _people(), _HOLIDAYS)
def test_no_two_sessions_overlap_and_no_week_is_too_full(
    courses: tuple[ScheduledItem, ...], person: PersonCalendar, holidays: frozenset[date]
) -> None:
    found = timetable(courses, person, holidays=holidays)
    hours = None if person.minutes_a_week is None else Decimal(person.minutes_a_week) / 60
    plan = evolve(content(), goals=(), items=found.items)
    assert not [*weeks_are_not_too_full(plan, evolve(grounds(), hours_a_week=hours))]
    ends = (date.min, 0)
    weeks = Counter[date]()
    timed = [session for _, session in sessions_in(found.items) if session.starts_at]
    for session in sorted(timed, key=lambda one: (one.day, one.starts_at)):
        starts = (session.day, minute_of(session.starts_at))
        assert ends <= starts
        ends = (session.day, starts[1] + (session.minutes or 1))
    for _, session in sessions_in(found.items):
        weeks[session.day - timedelta(days=session.day.weekday())] += session.minutes or 0
    assert all(minutes <= (person.minutes_a_week or minutes) for minutes in weeks.values())


@given(_courses(), _people(), _HOLIDAYS)
def test_every_session_has_a_place_or_a_reason(
    courses: tuple[ScheduledItem, ...], person: PersonCalendar, holidays: frozenset[date]
) -> None:
    found = timetable(courses, person, holidays=holidays)
    wanted = Counter(
        (course.item.item_id, session.day) for course in courses for session in course.item.sessions
    )
    placed = Counter(
        (item.item_id, session.in_place_of or session.day)
        for item, session in sessions_in(found.items)
    )
    assert placed + Counter((one.item_id, one.day) for one in found.unplaced) == wanted
    moved = {(one.item_id, one.day, one.made_up_on) for one in found.fallen_out if one.made_up_on}
    assert moved == {
        (item.item_id, session.in_place_of, session.day)
        for item, session in sessions_in(found.items)
        if session.in_place_of
    }


@given(_courses(), _people(), _HOLIDAYS, st.randoms(use_true_random=False))
def test_the_order_of_courses_and_sessions_changes_nothing(
    courses: tuple[ScheduledItem, ...],
    person: PersonCalendar,
    holidays: frozenset[date],
    chance: st.DataObject,
) -> None:
    shuffled = [
        evolve(
            course,
            item=evolve(course.item, sessions=course.item.sessions[::-1]),
            after=course.after[::-1],
        )
        for course in courses
    ]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert timetable(shuffled, person, holidays=holidays) == timetable(
        courses, person, holidays=holidays
    )


@given(_courses(), _people(), _HOLIDAYS, st.integers(0, 40))
def test_an_earlier_release_never_gives_more(
    courses: tuple[ScheduledItem, ...], person: PersonCalendar, holidays: frozenset[date], days: int
) -> None:
    release = person.release if isinstance(person.release, date) else MONDAY + timedelta(days=50)
    later = timetable(courses, evolve(person, release=release), holidays=holidays)
    earlier = timetable(
        courses, evolve(person, release=release - timedelta(days=days)), holidays=holidays
    )
    assert _count(earlier) <= _count(later)


@given(_courses(), _people(), _HOLIDAYS, _DAYS)
def test_planning_again_without_a_reason_changes_nothing_that_was_planned(
    courses: tuple[ScheduledItem, ...], person: PersonCalendar, holidays: frozenset[date], on: date
) -> None:
    once = timetable(courses, person, holidays=holidays)
    by_id = {item.item_id: item for item in once.items}
    # What has no place is no longer wanted, so nothing waits for it either.
    again = [evolve(one, item=by_id[one.item.item_id], after=()) for one in courses]
    twice = timetable(again, person, holidays=holidays, on=on)
    assert twice.items == once.items
    assert twice.fallen_out == ()
