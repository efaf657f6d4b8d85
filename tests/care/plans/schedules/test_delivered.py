"""The dose, the share and the breach that attendances tell, between bounds where need be."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from attrs import evolve

from rehabcore import jurisdictions
from rehabcore.care.plans.schedules.attendance import AttendancePolicy
from rehabcore.care.plans.schedules.calendars import WeeklyTimes, times_of_person
from rehabcore.care.plans.schedules.delivered import (
    Delivered,
    LeastAndMost,
    ShareBetween,
    delivered,
)
from rehabcore.questions.policy import RecordsPolicy, ToldTwice
from rehabcore.records import Availability, CaseFile, Unavailability
from rehabcore.rules.time.days import OPEN, UNSURE, Span, Term
from rehabcore.rules.time.partial import PartialDay, Period
from rehabcore.rules.truth import Answer, UnknownKind
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import AttendanceOutcome, RecordId, Weekday
from tests.kit.attendances import FIRST, ON, POLICY, file_of, item, row
from tests.kit.builders import case, filed
from tests.kit.record_makers import XX, attendance, death, requirement, session

ABSENT = "absent_unacceptable"


def _of(
    file: CaseFile, policy: AttendancePolicy | None = POLICY, basis: str = "mandatory"
) -> Delivered:
    return delivered(item(basis), file, policy, on=ON)


def _told(found: Delivered) -> tuple[tuple[int, int | None], tuple[int, int | None], object]:
    sessions, minutes, share = found.sessions, found.minutes, found.share
    return (
        (sessions.least, sessions.most),
        (minutes.least, minutes.most),
        share and (share.least, share.most),
    )


def test_what_was_attended() -> None:
    found = _of(file_of("attended", "late", ABSENT, "absent_acceptable"))
    assert found.sessions == LeastAndMost(least=2, most=2)
    assert found.minutes == LeastAndMost(least=180, most=180)
    assert found.share == ShareBetween(least=Decimal("66.666666"), most=Decimal("66.666666"))
    assert (found.absences, found.breach) == (LeastAndMost(least=1, most=1), Answer.NOT_MET)
    assert len(found.evidence) == 8


def test_a_session_that_was_not_held_is_nobody_s_absence() -> None:
    found = _of(file_of("attended", "cancelled_by_provider"))
    assert _told(found) == ((1, 1), (90, 90), (100, 100))


def test_an_attendance_that_nobody_recorded_may_be_any() -> None:
    found = _of(file_of("attended", None))
    assert _told(found) == ((1, 2), (90, 180), (50, 100))
    assert found.absences == LeastAndMost(least=0, most=1)
    assert found.breach is Answer.NOT_MET
    found = _of(file_of(ABSENT, None))
    assert (found.breach, found.why) == (Answer.UNKNOWN, UnknownKind.MISSING)


def test_nothing_on_file() -> None:
    assert _told(_of(case())) == ((0, 0), (0, 0), None)
    early = delivered(item(), file_of("attended"), POLICY, on=date(2026, 3, 1))
    assert _told(early) == ((0, 0), (0, 0), None)
    first = delivered(item(), file_of("attended", "attended"), POLICY, on=date(2026, 3, 2))
    assert _told(first) == ((1, 1), (90, 90), (100, 100))
    other = delivered(evolve(item(), ends=date(2026, 3, 3)), file_of(None, "attended"), on=ON)
    assert _told(other) == ((0, 1), (0, 90), None)
    later = delivered(item(starts=date(2026, 3, 3)), file_of("attended", "attended"), on=ON)
    assert later.sessions.most == 1


def test_without_law_only_the_words_themselves_count() -> None:
    found = _of(file_of("attended", "did_not_engage", "absent_acceptable", ABSENT), None)
    assert _told(found) == ((1, 2), (90, 180), (25, 75))
    assert found.absences == LeastAndMost(least=0, most=2)
    assert (found.breach, found.why) == (Answer.UNKNOWN, UnknownKind.NEEDS_PERSON)
    many = evolve(AttendancePolicy(), breach_after=1)
    found = _of(file_of(ABSENT), many)
    assert (found.breach, found.why) == (Answer.UNKNOWN, UnknownKind.NEEDS_PERSON)


def test_minutes_as_far_as_they_are_known() -> None:
    file = file_of("attended", "attended", "attended")
    one, two, three = file.sessions
    file = evolve(
        file,
        sessions=(one, evolve(two, minutes=None), three),
        attendances=(*file.attendances[:2], evolve(file.attendances[2], minutes=30)),
    )
    found = _of(file)
    assert found.minutes == LeastAndMost(least=120, most=None)


@pytest.mark.parametrize(
    ("outcomes", "breach", "on"),
    [
        ((ABSENT, ABSENT), Answer.MET, date(2026, 3, 3)),
        ((ABSENT, "attended", "did_not_engage"), Answer.MET, date(2026, 3, 4)),
        ((ABSENT,), Answer.NOT_MET, None),
        # The second comes a week after the first: the term has run by then.
        ((ABSENT, *["attended"] * 6, ABSENT), Answer.NOT_MET, None),
        ((ABSENT, *["attended"] * 5, ABSENT), Answer.MET, date(2026, 3, 8)),
    ],
)
def test_absences_within_a_term_are_a_breach(
    outcomes: tuple[str, ...], breach: Answer, on: date | None
) -> None:
    found = _of(file_of(*outcomes))
    assert (found.breach, found.breached_on) == (breach, on)


def test_without_a_term_all_absences_count() -> None:
    whole = evolve(POLICY, within=None)
    assert _of(file_of(ABSENT, *["attended"] * 9, ABSENT), whole).breach is Answer.MET
    assert _of(file_of(ABSENT, None), whole).breach is Answer.UNKNOWN
    assert _of(file_of(ABSENT), whole).breach is Answer.NOT_MET


def test_the_item_may_say_how_many() -> None:
    found = delivered(item(breach_after=1), file_of(ABSENT), POLICY, on=ON)
    assert found.breach is Answer.MET


def test_to_miss_what_is_voluntary_is_no_breach() -> None:
    found = _of(file_of(*[ABSENT] * 9), basis="voluntary")
    assert (found.breach, found.breached_on, found.why) == (Answer.NOT_MET, None, None)


def test_only_on_duty_an_absence_is_a_breach() -> None:
    file = file_of(ABSENT, ABSENT)
    ended = requirement("rq", "2026-02-01", "2026-03-03", subject="skills")
    assert _of(evolve(file, requirements=(ended,))).breach is Answer.NOT_MET
    none = _of(evolve(file, requirements=()))
    assert (none.breach, none.why) == (Answer.UNKNOWN, UnknownKind.MISSING)
    march = PartialDay(date(2026, 3, 1), date(2026, 3, 31))
    for span, absences in (
        (Period(march, OPEN), LeastAndMost(least=0, most=2)),
        (Span(date(2026, 3, 2), UNSURE), LeastAndMost(least=1, most=2)),
        (
            Period(date(2026, 3, 1), PartialDay(date(2026, 3, 3), date(2026, 3, 9))),
            LeastAndMost(least=1, most=2),
        ),
        (Span(date(2026, 3, 3), OPEN), LeastAndMost(least=1, most=1)),
    ):
        duty = evolve(requirement("rq", FIRST, subject="skills"), span=span)
        assert _of(evolve(file, requirements=(duty,))).absences == absences


def test_after_a_death_nothing_counts() -> None:
    file = file_of("attended", ABSENT, ABSENT, ABSENT, deaths=(death("d", "2026-03-03"),))
    found = _of(file)
    assert (found.absences.most, found.breach) == (1, Answer.NOT_MET)


def test_what_two_offices_tell_is_one_session_or_two() -> None:
    file = file_of(ABSENT)
    again = session("t", "2026-03-03", "skills", source="b")
    told = attendance("u", "t", ABSENT, source="b")
    file = evolve(file, sessions=(*file.sessions, again), attendances=(*file.attendances, told))
    near = RecordsPolicy(told_twice=ToldTwice(within_days=1))
    found = delivered(item(), file, POLICY, on=ON, records=near)
    assert found.absences == LeastAndMost(least=1, most=2)
    assert (found.share, found.breach) == (None, Answer.UNKNOWN)
    assert _of(file).breach is Answer.MET
    same = evolve(again, filed=filed("t", source="b", same_as="s-2026-03-02"))
    found = _of(evolve(file, sessions=(file.sessions[0], same)))
    assert found.absences == LeastAndMost(least=1, most=1)


def test_two_offices_may_differ() -> None:
    file = file_of("attended")
    other = attendance("b", "s-2026-03-02", ABSENT, source="b")
    found = _of(evolve(file, attendances=(*file.attendances, other)))
    assert _told(found) == ((0, 1), (0, 90), (0, 100))
    off = session("t", FIRST, "skills", held=False, source="b")
    off = evolve(off, filed=filed("t", source="b", same_as="s-2026-03-02"))
    found = _of(evolve(file, sessions=(*file.sessions, off)))
    assert _told(found) == ((0, 1), (0, 90), None)
    # One office called it off; the other held it, and has not told how it was attended.
    gone = attendance("c", "t", "cancelled_by_provider", source="b")
    found = _of(evolve(file, sessions=(*file.sessions, off), attendances=(gone,)))
    assert found.absences == LeastAndMost(least=0, most=1)


def test_a_session_on_a_day_known_in_part() -> None:
    (one,) = file_of(ABSENT).sessions
    days = PartialDay(date(2026, 2, 20), date(2026, 3, 9))
    found = _of(evolve(file_of(ABSENT), sessions=(evolve(one, day=days),)))
    assert (found.absences, found.share) == (LeastAndMost(least=0, most=1), None)


def test_when_a_person_can_come_is_read_from_the_file() -> None:
    march = PartialDay(date(2026, 3, 1), date(2026, 3, 31))
    file = case(
        availabilities=(
            Availability(
                filed=filed("av"),
                span=Span(date(2026, 2, 2), UNSURE),
                weekday=Weekday.TUESDAY,
                ends_at="12:00",
            ),
        ),
        unavailabilities=(
            Unavailability(filed=filed("ua"), span=Period(march, date(2026, 4, 7))),
            Unavailability(filed=filed("ub"), span=Span(date(2026, 6, 1), date(2026, 6, 8))),
        ),
    )
    times = times_of_person(file)
    assert times.on(date(2026, 2, 24)) == ((0, 720),)
    assert times.on(date(2026, 2, 25)) == ()
    assert times.on(date(2026, 3, 3)) == ()
    assert times_of_person(case()) == WeeklyTimes()


WRONG: list[tuple[Callable[[], object], str]] = [
    (lambda: row(ABSENT, dose=True, share="missed", breach=True), "dose"),
    (lambda: row("attended", dose=True, share="attended", breach=True), "breach"),
    (
        lambda: row("cancelled_by_provider", dose=False, share="missed", breach=False),
        "share",
    ),
    (lambda: evolve(POLICY, outcomes=POLICY.outcomes[:1] * 2), "outcomes[1].outcome"),
    (lambda: evolve(POLICY, breach_after=0), "breach_after"),
    (lambda: evolve(POLICY, within=Term()), "within"),
]


def test_a_policy_says_nothing_that_cannot_be() -> None:
    for make, path in WRONG:
        with pytest.raises(InputError) as caught:
            make()
        assert [problem.path for problem in caught.value.problems] == [path]


def test_evidence_names_sessions_and_attendances() -> None:
    found = _of(file_of("attended"))
    assert found.evidence == (RecordId("a-2026-03-02"), RecordId("s-2026-03-02"))


def test_a_country_states_how_attendances_count() -> None:
    stated = XX.plan_policy.attendance
    assert stated is not None
    assert (stated.breach_after, stated.within) == (3, Term(months=3))
    assert all(len(stated.ways_of(outcome)) == 1 for outcome in AttendanceOutcome)
    assert _of(file_of(ABSENT, ABSENT, "did_not_engage"), stated).breach is Answer.MET
    # No source in hand states it for Georgia.
    assert jurisdictions.load("ge").plan_policy.attendance is None
