"""Sessions find a place on their own day, or later, or none, and it is told why."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from attrs import evolve

from rehabcore.care.plans.schedules.calendars import AgeBand, WeeklyTimes, WeekSlot
from rehabcore.care.plans.schedules.placing import (
    FallenOut,
    NoPlace,
    PersonCalendar,
    ScheduledItem,
    timetable,
)
from rehabcore.plans import PlannedSession
from rehabcore.rules.time.days import OPEN, Span
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import Basis, ItemId, Setting
from tests.kit.schedules import MONDAY, course, days_of, lost_of

FREE = PersonCalendar()
SKILLS = ItemId("skills")


def _item(one: ScheduledItem, **changes: Any) -> ScheduledItem:
    return evolve(one, item=evolve(one.item, **changes))


def test_what_can_be_held_stays() -> None:
    found = timetable([course()], FREE, holidays=())
    assert found.items == (course().item,)
    assert found.fallen_out == ()


def test_a_holiday_is_made_up_on_the_next_day_that_can_be() -> None:
    office = WeeklyTimes(weekend=frozenset({5, 6}))
    found = timetable(
        [evolve(course(), provider=office)], FREE, holidays={date(2026, 3, 9), date(2026, 3, 10)}
    )
    assert days_of(found) == ["03-02", "03-11*", "03-16", "03-23"]
    lost = FallenOut(
        item_id=SKILLS,
        day=date(2026, 3, 9),
        reason=NoPlace.HOLIDAY,
        made_up_on=date(2026, 3, 11),
    )
    assert found.fallen_out == (lost,)
    assert found.unplaced == ()


def test_a_week_takes_one_session_more_than_it_had() -> None:
    found = timetable([course()], FREE, holidays=(), on=MONDAY, cancelled={SKILLS: _of_march(2, 9)})
    assert days_of(found) == ["03-03*", "03-10*", "03-16", "03-23"]
    found = timetable(
        [course()],
        evolve(FREE, times=WeeklyTimes(away=(Span(MONDAY, date(2026, 3, 17)),))),
        holidays=(),
    )
    assert days_of(found) == ["03-17*", "03-18*", "03-23", "03-24*"]


def _of_march(*days: int) -> frozenset[date]:
    return frozenset(date(2026, 3, day) for day in days)


@pytest.mark.parametrize(
    ("change", "person", "reason"),
    [
        (lambda one: _item(one, ends=date(2026, 3, 16)), FREE, "after_end"),
        (lambda one: evolve(one, ages=AgeBand(at_least=18)), FREE, "wrong_age"),
        (
            lambda one: evolve(one, ages=AgeBand(under=18)),
            PersonCalendar(born=date(2008, 3, 10)),
            "wrong_age",
        ),
        (
            lambda one: evolve(one, waits=True),
            PersonCalendar(acute=(Span(date(2026, 3, 10), OPEN),)),
            "acute_need",
        ),
        (
            lambda one: evolve(one, provider=WeeklyTimes(away=(Span(date(2026, 3, 10), OPEN),))),
            FREE,
            "provider_away",
        ),
        (
            lambda one: one,
            PersonCalendar(times=WeeklyTimes(away=(Span(date(2026, 3, 10), OPEN),))),
            "person_away",
        ),
        (
            lambda one: one,
            PersonCalendar(
                times=WeeklyTimes(
                    slots=(
                        WeekSlot(weekday=0, span=Span(MONDAY, date(2026, 3, 10))),
                        *(
                            WeekSlot(weekday=day, starts_at="11:00", span=Span(MONDAY, OPEN))
                            for day in range(7)
                        ),
                    )
                )
            ),
            "no_common_time",
        ),
        (lambda one: one, PersonCalendar(release=date(2026, 3, 16)), "after_release"),
        (lambda one: evolve(one, basis_ends=date(2026, 3, 16)), FREE, "no_basis"),
    ],
)
def test_what_has_no_place_is_told_with_its_reason(
    change: Callable[[ScheduledItem], ScheduledItem], person: PersonCalendar, reason: str
) -> None:
    found = timetable([change(course())], person, holidays=())
    expected = [] if person.born is None and reason == "wrong_age" else ["03-02", "03-09"]
    assert days_of(found) == expected
    told = {reason for _, _, reason in lost_of(found)}
    assert told == {reason}
    assert len(lost_of(found)) == 4 - len(expected)


def test_eight_weeks_later_is_the_last_day_to_make_up_for_a_session() -> None:
    for away_until, days in ((date(2026, 4, 27), ["04-27*"]), (date(2026, 4, 28), [])):
        person = PersonCalendar(times=WeeklyTimes(away=(Span(MONDAY, away_until),)))
        found = timetable([course("skills", MONDAY)], person, holidays=())
        assert days_of(found) == days
    ends = _item(course("skills", MONDAY), ends=date(2026, 3, 4))
    assert days_of(timetable([ends], FREE, holidays={MONDAY})) == ["03-03*"]
    ends = _item(course("skills", MONDAY), ends=date(2026, 3, 3))
    assert days_of(timetable([ends], FREE, holidays={MONDAY})) == []


def test_before_the_start_nothing_is_held() -> None:
    found = timetable([_item(course(), starts=date(2026, 3, 4))], FREE, holidays=())
    assert days_of(found) == ["03-04*", "03-09", "03-16", "03-23"]
    assert [one.reason for one in found.fallen_out] == [NoPlace.BEFORE_START]


def test_no_two_sessions_at_one_time() -> None:
    # The one that is mandatory stays; of two alike, the one with the lower rank.
    other = course("other", MONDAY, at="11:00")
    must = _item(other, basis=Basis.MANDATORY)
    found = timetable([course("a", MONDAY), must], FREE, holidays=())
    assert (days_of(found, "a"), days_of(found, "other")) == (["03-03*"], ["03-02"])
    assert [one.reason for one in found.fallen_out] == [NoPlace.OVERLAP]
    found = timetable([evolve(course("a", MONDAY), rank=2), other], FREE, holidays=())
    assert days_of(found, "other") == ["03-02"]
    for at in ("08:30", "11:30"):
        beside = course("beside", MONDAY, at=at)
        assert timetable([course("a", MONDAY), beside], FREE, holidays=()).fallen_out == ()


def test_a_week_has_so_many_minutes() -> None:
    person = PersonCalendar(minutes_a_week=179)
    found = timetable([course("a", MONDAY), course("b", date(2026, 3, 5))], person, holidays=())
    assert (days_of(found, "a"), days_of(found, "b")) == (["03-02"], ["03-09*"])
    assert [one.reason for one in found.fallen_out] == [NoPlace.WEEK_FULL]


def test_a_session_may_fill_a_slot_from_its_first_minute_to_its_last() -> None:
    for starts_at, ends_at, stays in (
        ("10:00", "11:30", True),
        ("10:01", "11:30", False),
        ("10:00", "11:29", False),
    ):
        slot = WeekSlot(weekday=0, starts_at=starts_at, ends_at=ends_at)
        person = PersonCalendar(times=WeeklyTimes(slots=(slot,)))
        found = timetable([course("skills", MONDAY)], person, holidays=())
        assert (found.fallen_out == ()) is stays


def test_an_open_time_needs_time_enough() -> None:
    slots = (
        WeekSlot(weekday=0, starts_at="09:00", ends_at="10:00"),
        WeekSlot(weekday=1, starts_at="09:00", ends_at="10:30"),
    )
    person = PersonCalendar(times=WeeklyTimes(slots=slots))
    found = timetable([course("open", MONDAY, at="")], person, holidays=())
    assert days_of(found, "open") == ["03-03*"]
    assert [one.reason for one in found.fallen_out] == [NoPlace.NO_COMMON_TIME]


def test_a_length_that_nobody_knows_counts_for_nothing() -> None:
    one = course("open")
    unknown = tuple(evolve(session, minutes=None) for session in one.item.sessions)
    found = timetable([_item(one, sessions=unknown)], PersonCalendar(minutes_a_week=0), holidays=())
    assert found.fallen_out == ()


def test_prerequisites_are_finished_first() -> None:
    later = evolve(course("a", MONDAY, date(2026, 3, 30), at="15:00"), after=(SKILLS,))
    found = timetable([later, course()], FREE, holidays=())
    assert days_of(found, "a") == ["03-24*", "03-30"]
    assert [one.reason for one in found.fallen_out] == [NoPlace.WAITS_FOR_PREREQUISITE]


def test_what_waits_from_the_day_of_planning_on() -> None:
    later = evolve(course("a", date(2026, 3, 22), date(2026, 3, 23), at="15:00"), after=(SKILLS,))
    found = timetable([later, course()], FREE, holidays=(), on=date(2026, 3, 23))
    assert days_of(found, "a") == ["03-22", "03-24*"]


def test_what_waits_gives_its_minutes_back() -> None:
    later = evolve(course("a", date(2026, 3, 3)), after=(SKILLS,))
    first = course("skills", date(2026, 3, 4))
    found = timetable([later, first], PersonCalendar(minutes_a_week=180), holidays=())
    assert days_of(found, "a") == ["03-05*"]


def test_open_times_wait_as_well() -> None:
    later = evolve(course("a", MONDAY, at=""), after=(SKILLS,))
    found = timetable([later, course("skills", MONDAY)], FREE, holidays=())
    assert days_of(found, "a") == ["03-03*"]


def test_what_waits_for_something_that_never_is_finished_is_not_held() -> None:
    later = evolve(course("a", date(2026, 4, 1)), after=(SKILLS,))
    # The last session of the first comes after the release; the second is aftercare.
    person = PersonCalendar(release=date(2026, 3, 20))
    found = timetable([course(), _item(later, aftercare=True)], person, holidays=())
    assert days_of(found, "a") == []
    assert lost_of(found) == [
        ("a", "04-01", "waits_for_prerequisite"),
        ("skills", "03-23", "after_release"),
    ]
    lasting = _item(course(), ends=date(2026, 3, 16))
    assert days_of(timetable([lasting, later], FREE, holidays=()), "a") == []


def test_a_prerequisite_without_sessions_is_finished_at_its_end() -> None:
    first = _item(course(), sessions=(), ends=date(2026, 3, 16))
    later = evolve(course("a", date(2026, 3, 15), date(2026, 3, 20)), after=(SKILLS,))
    assert days_of(timetable([first, later], FREE, holidays=()), "a") == ["03-16*", "03-20"]
    first = _item(first, ends=None)
    assert days_of(timetable([first, later], FREE, holidays=()), "a") == []


def test_aftercare_and_what_is_in_the_community_go_on_after_the_release() -> None:
    person = PersonCalendar(release=date(2026, 3, 10))
    for change in ({"aftercare": True}, {"setting": Setting.COMMUNITY}):
        found = timetable([_item(course(), **change)], person, holidays=())
        assert found.fallen_out == ()


def test_what_was_made_up_after_the_release_says_why_it_fell_out() -> None:
    person = PersonCalendar(release=date(2026, 3, 24))
    found = timetable([course()], person, holidays={date(2026, 3, 23)})
    assert lost_of(found) == [("skills", "03-23", "holiday")]


def test_what_is_past_stands_as_it_is() -> None:
    found = timetable(
        [course()], FREE, holidays=_of_march(2, 16), on=date(2026, 3, 9)
    )  # the first was a holiday, too
    assert days_of(found) == ["03-02", "03-09", "03-17*", "03-23"]


def test_the_day_of_planning_is_not_past() -> None:
    found = timetable([course()], FREE, holidays=_of_march(9), on=date(2026, 3, 9))
    assert days_of(found) == ["03-02", "03-10*", "03-16", "03-23"]


def test_a_session_called_off_is_not_planned_in_the_past() -> None:
    found = timetable(
        [course()], FREE, holidays=(), on=date(2026, 3, 12), cancelled={SKILLS: _of_march(2)}
    )
    assert days_of(found) == ["03-09", "03-12*", "03-16", "03-23"]
    assert [one.reason for one in found.fallen_out] == [NoPlace.CANCELLED]


def test_whatever_is_planned_again_keeps_the_day_that_was_meant() -> None:
    once = timetable([course()], FREE, holidays=_of_march(9))
    (item,) = once.items
    twice = timetable([ScheduledItem(item=item)], FREE, holidays=_of_march(9, 10))
    assert days_of(twice) == ["03-02", "03-11*", "03-16", "03-23"]
    assert twice.items[0].sessions[1] == PlannedSession(
        day=date(2026, 3, 11), starts_at="10:00", minutes=90, in_place_of=date(2026, 3, 9)
    )
    assert [one.day for one in twice.fallen_out] == [date(2026, 3, 9)]


def test_two_sessions_of_one_day() -> None:
    two = course("two", MONDAY, MONDAY)
    morning, evening = two.item.sessions
    one = _item(two, sessions=(morning, evolve(evening, starts_at="17:00")))
    found = timetable([one], FREE, holidays={MONDAY})
    assert days_of(found, "two") == ["03-03*", "03-04*"]
    short = _item(one, ends=date(2026, 3, 4))
    found = timetable([short], FREE, holidays={MONDAY})
    assert [lost.made_up_on for lost in found.fallen_out] == [date(2026, 3, 3), None]


def test_what_is_cancelled_is_one_of_the_courses() -> None:
    with pytest.raises(InputError, match="cancelled: dangling_id"):
        timetable([course()], FREE, holidays=(), cancelled={ItemId("other"): _of_march(2)})


@pytest.mark.parametrize(
    ("courses", "code"),
    [
        ([course(), course()], "duplicate_id"),
        ([evolve(course(), after=(ItemId("skill"),))], "dangling_id"),
        (
            [
                evolve(course("a"), after=(ItemId("b"),)),
                evolve(course("b"), after=(ItemId("a"),)),
            ],
            "circle",
        ),
    ],
)
def test_courses_that_do_not_fit_are_refused(courses: list[ScheduledItem], code: str) -> None:
    with pytest.raises(InputError) as caught:
        timetable(courses, FREE, holidays=())
    assert [problem.code for problem in caught.value.problems] == [code]
