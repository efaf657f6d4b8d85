"""The sessions of a plan get their days from a case file, a country and calendars."""

from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve

import rehabcore as rc
from rehabcore.care import (
    AgeBand,
    CourseTimes,
    PlanBook,
    PlanContent,
    PlanItem,
    PlannedSession,
    ScheduledPlan,
    WeeklyTimes,
)
from rehabcore.plans import GoalKind, PlanGoal
from rehabcore.records import Availability, Unavailability
from rehabcore.rules.time.partial import PartialDay
from rehabcore.strict.vocabulary import (
    Basis,
    GoalId,
    ItemId,
    Modality,
    ProgramId,
    RecordId,
    Setting,
    Weekday,
)
from tests.kit.builders import case, filed, person, span
from tests.kit.plans import step, words
from tests.kit.record_makers import (
    attendance,
    consent,
    death,
    needs,
    placement,
    requirement,
    sentence,
    session,
    standing,
    transition,
)

XX = rc.load("xx")
ON = date(2026, 6, 1)
"""A Monday."""
JUNE = PartialDay(ON, date(2026, 6, 30))
OFFICE = WeeklyTimes(weekend=frozenset({5, 6}))
RULE = "FREQ=WEEKLY;BYDAY=MO;COUNT=3"
WHO: dict[str, Any] = {"on": ON, "by": rc.StaffId("officer-1")}


def _file(**more: Any) -> rc.CaseFile:
    """An adult on probation, with a consent to take part."""
    records: dict[str, Any] = {
        "beneficiary": (person(birth_date=date(1990, 5, 1)),),
        "placements": (placement("pl", "community", "2025-01-01"),),
        "legal_standings": (standing("ls", "probation", "2025-01-01"),),
        "consents": (consent("co", "2026-01-01"),),
        **more,
    }
    return case(**records)


def _item(name: str = "thinking_skills", **changes: Any) -> PlanItem:
    item = PlanItem(
        item_id=ItemId(name),
        program_id=ProgramId(name),
        goals=(GoalId("own"),),
        basis=Basis.VOLUNTARY,
        starts=ON,
        consent=RecordId("co"),
    )
    return evolve(item, **changes)


def _plan(*items: PlanItem, needs: tuple[str, ...] = (), **changes: Any) -> PlanContent:
    goal = PlanGoal(
        goal_id=GoalId("own"),
        kind=GoalKind.NEED if needs else GoalKind.OWN,
        title=words("A goal"),
        needs=needs,
        steps=(step(),),
        **changes,
    )
    return PlanContent(
        starts=ON, component_of=words("Plan"), goals=(goal,), items=items or (_item(),)
    )


def _course(name: str = "thinking_skills", rule: str = RULE, at: str = "10:00") -> CourseTimes:
    return CourseTimes(
        item_id=ItemId(name), recurrence=rule, starts_at=at, minutes=90, provider=OFFICE
    )


def _schedule(
    plan: PlanContent | PlanBook,
    *courses: CourseTimes,
    file: rc.CaseFile | None = None,
    holidays: Any = (),
    on: date = ON,
) -> ScheduledPlan:
    return rc.schedule(plan, file or _file(), XX, courses, holidays=holidays, on=on)


def _days(found: ScheduledPlan, index: int = 0) -> list[str]:
    sessions = found.content.items[index].sessions
    return [f"{one.day:%m-%d}{'*' if one.in_place_of else ''}" for one in sessions]


def _why(found: ScheduledPlan) -> list[tuple[str, str]]:
    return [(f"{one.day:%m-%d}", one.reason.value) for one in found.unplaced]


def test_a_rule_gives_an_item_its_sessions() -> None:
    found = _schedule(_plan(), _course(), holidays={date(2026, 6, 8)})
    assert _days(found) == ["06-01", "06-09*", "06-15"]
    (item,) = found.content.items
    assert item.recurrence == RULE
    assert {(one.starts_at, one.minutes) for one in item.sessions} == {("10:00", 90)}
    assert [one.made_up_on for one in found.fallen_out] == [date(2026, 6, 9)]
    assert found.unplaced == ()
    assert evolve(found.content, items=()) == evolve(_plan(), items=())
    assert "P21" not in [one.law_id for one in rc.check_plan(found.content, _file(), XX, on=ON)]


def test_what_was_placed_goes_into_the_book() -> None:
    book = rc.open_plan("plan-1", _file().case_id, _plan(), **WHO)
    found = _schedule(book, _course())
    version = rc.version_on(book, on=ON)
    assert version is not None
    amended = rc.amend(book, XX, found.content, expects=version.content_hash, **WHO)
    after = rc.version_on(amended, on=ON)
    assert after is not None
    assert after.content == found.content
    assert rc.read(rc.write(amended), PlanBook) == amended


def test_a_holiday_known_later_moves_only_what_falls_on_it() -> None:
    plan = _schedule(_plan(), _course()).content
    keep = CourseTimes(item_id=ItemId("thinking_skills"), provider=OFFICE)
    holidays = {date(2026, 6, 1), date(2026, 6, 15)}
    found = _schedule(plan, keep, holidays=holidays, on=date(2026, 6, 10))
    assert _days(found) == ["06-01", "06-08", "06-16*"]
    assert _schedule(found.content, keep, holidays=holidays, on=date(2026, 6, 10)) == evolve(
        found, fallen_out=()
    )


def test_a_new_rule_leaves_what_is_past() -> None:
    plan = _schedule(_plan(), _course()).content
    later = _course(rule="FREQ=WEEKLY;BYDAY=TU;COUNT=2")
    found = _schedule(plan, later, on=date(2026, 6, 3))
    assert _days(found) == ["06-01", "06-09", "06-16"]


@pytest.mark.parametrize(
    ("records", "days"),
    [
        ({"sessions": (session("s", "2026-06-08", held=False),)}, ["06-01", "06-09*", "06-15"]),
        (
            {
                "sessions": (session("s", "2026-06-08", source="a"),),
                "attendances": (attendance("a", "s", "cancelled_by_provider", source="b"),),
            },
            ["06-01", "06-09*", "06-15"],
        ),
        # Another session was held on that day.
        (
            {"sessions": (session("s", "2026-06-08", held=False), session("t", "2026-06-08"))},
            ["06-01", "06-08", "06-15"],
        ),
        # Nobody knows which day was called off; or it was another programme.
        (
            {"sessions": (evolve(session("s", "2026-06-08", held=False), day=JUNE),)},
            ["06-01", "06-08", "06-15"],
        ),
        (
            {"sessions": (session("s", "2026-06-08", program="work_start", held=False),)},
            ["06-01", "06-08", "06-15"],
        ),
    ],
)
def test_what_was_called_off_is_planned_again(records: dict[str, Any], days: list[str]) -> None:
    plan = _schedule(_plan(), _course()).content
    keep = CourseTimes(item_id=ItemId("thinking_skills"), provider=OFFICE)
    assert _days(_schedule(plan, keep, file=_file(**records))) == days


def test_the_case_file_tells_when_the_person_can_come() -> None:
    slot = Availability(
        filed=filed("av"), weekday=Weekday.MONDAY, starts_at="09:00", span=span("2026-01-01")
    )
    away = Unavailability(filed=filed("un"), span=span("2026-06-08", "2026-06-09"), reason="work")
    found = _schedule(
        _plan(), _course(), file=_file(availabilities=(slot,), unavailabilities=(away,))
    )
    assert _days(found) == ["06-01", "06-15", "06-22*"]
    short = evolve(slot, starts_at="10:00", ends_at="11:00")
    found = _schedule(_plan(), _course(), file=_file(availabilities=(short,)))
    assert {why for _, why in _why(found)} == {"no_common_time"}


@pytest.mark.parametrize(
    ("item", "records"),
    [
        ({}, {"consents": (consent("co", "2026-01-01", withdrawn="2026-06-08"),)}),
        ({}, {"consents": (consent("co", "2026-01-01", "2026-06-08"),)}),
        (
            {"basis": Basis.MANDATORY, "consent": None, "requirement": RecordId("re")},
            {"requirements": (requirement("re", "2026-01-01", "2026-06-08"),)},
        ),
        (
            {"basis": Basis.MANDATORY, "consent": None, "requirement": RecordId("re")},
            {
                "requirements": (requirement("re", "2026-01-01"),),
                "sentences": (sentence("se", "2025-01-01", "2026-06-08"),),
            },
        ),
    ],
)
def test_without_a_basis_nothing_is_planned(item: dict[str, Any], records: dict[str, Any]) -> None:
    plan, file = _plan(_item(**item)), _file(**records)
    found = _schedule(plan, _course(), file=file, on=date(2026, 6, 8))
    assert (_days(found), {why for _, why in _why(found)}) == ([], {"no_basis"})
    found = _schedule(plan, _course(), file=file)
    assert _days(found) == ["06-01"]
    assert {why for _, why in _why(found)} == {"no_basis"}


def test_once_the_person_has_died_no_session_is_planned() -> None:
    file = _file(deaths=(death("de", "2026-06-03"),))
    found = _schedule(_plan(), _course(), file=file, on=date(2026, 6, 8))
    assert (_days(found), {why for _, why in _why(found)}) == ([], {"no_basis"})


def test_work_by_choice_may_go_on_after_the_sentence() -> None:
    file = _file(sentences=(sentence("se", "2025-01-01", "2026-06-08"),))
    assert len(_days(_schedule(_plan(), _course(), file=file))) == 3


def test_an_item_that_names_no_consent_keeps_its_days() -> None:
    assert len(_days(_schedule(_plan(_item(consent=None)), _course()))) == 3


def test_in_custody_nothing_is_planned_after_the_release() -> None:
    file = _file(
        placements=(placement("pl", "custody", "2025-01-01"),),
        legal_standings=(standing("ls", "sentenced_custody", "2025-01-01"),),
        transitions=(transition("tr", "2026-05-01", planned_for="2026-06-10"),),
    )
    items = (
        _item("thinking_skills", setting=Setting.CUSTODY),
        _item("work_start", setting=Setting.COMMUNITY),
    )
    found = _schedule(_plan(*items), _course(), _course("work_start", at="14:00"), file=file)
    assert _days(found, 0) == ["06-01", "06-08"]
    assert _days(found, 1) == ["06-01", "06-08", "06-15"]
    assert _why(found) == [("06-15", "after_release")]


def test_what_is_required_comes_first() -> None:
    items = (_item("relapse_prevention"), _item("therapeutic_community"))
    courses = (_course("relapse_prevention", at="14:00"), _course("therapeutic_community"))
    found = _schedule(_plan(*items), *courses)
    assert _days(found, 1) == ["06-01", "06-08", "06-15"]
    assert _days(found, 0) == ["06-16*", "06-17*", "06-22*"]
    assert "P20" not in [one.law_id for one in rc.check_plan(found.content, _file(), XX, on=ON)]


@pytest.mark.parametrize(
    ("target", "days"),
    [
        (date(2026, 6, 10), ["06-10*", "06-11*", "06-15"]),
        (ON, ["06-01", "06-08", "06-15"]),
        (None, []),
    ],
)
def test_a_group_waits_for_what_is_acute(target: date | None, days: list[str]) -> None:
    file = _file(needs_assessments=(needs("na", "2026-05-01", findings={"housing": "high"}),))
    plan = _plan(_item("thinking_skills"), needs=("housing",), target=target)
    group = evolve(plan.items[0], modality=Modality.GROUP)
    found = _schedule(evolve(plan, items=(group,)), _course(), file=file)
    assert _days(found) == days
    alone = evolve(group, modality=Modality.INDIVIDUAL)
    found = _schedule(evolve(plan, items=(alone,)), _course(), file=file)
    assert _days(found) == ["06-01", "06-08", "06-15"]


def test_a_variant_for_some_ages_needs_the_birthday() -> None:
    young = evolve(_course(), ages=AgeBand(under=18))
    born = (person(birth_date=date(2008, 6, 9)),)
    assert _days(_schedule(_plan(), young, file=_file(beneficiary=born))) == ["06-01", "06-08"]
    unknown = _file(beneficiary=(person(birth_date=None),))
    assert _days(_schedule(_plan(), young, file=unknown)) == []


@pytest.mark.parametrize(
    ("program", "rule", "days"),
    [
        ("thinking_skills_juvenile", "FREQ=WEEKLY;BYDAY=MO;COUNT=3", ["02-16", "02-23"]),
        ("thinking_skills", "FREQ=WEEKLY;BYDAY=MO;COUNT=3", ["02-27*", "03-02", "03-03*"]),
        ("drop_in", "FREQ=WEEKLY;BYDAY=MO;COUNT=3", ["02-16", "02-23", "03-02"]),
    ],
)
def test_the_country_tells_what_begins_or_ends_on_a_birthday(
    program: str, rule: str, days: list[str]
) -> None:
    file = rc.read(rc.examples()["xx/therapeutic-community"], rc.CaseFile)
    born = tuple(evolve(one, birth_date=date(2008, 2, 27)) for one in file.beneficiary)
    on = date(2026, 2, 16)
    plan = _plan(_item(program, starts=on, consent=None))
    file = evolve(file, beneficiary=born)
    found = _schedule(plan, _course(program, rule), file=file, on=on)
    assert _days(found) == days
    assert "P25" not in [one.law_id for one in rc.check_plan(found.content, file, XX, on=on)]


def test_without_a_known_birthday_the_country_closes_nothing() -> None:
    unknown = _file(beneficiary=(person(birth_date=None),))
    assert _days(_schedule(_plan(), file=unknown)) == _days(_schedule(_plan()))


def test_sessions_that_overlap_are_planned_apart() -> None:
    same = (PlannedSession(day=ON, starts_at="10:00", minutes=60),)
    items = (_item("thinking_skills", sessions=same), _item("work_start", sessions=same))
    found = _schedule(_plan(*items))
    assert (_days(found, 0), _days(found, 1)) == (["06-01"], ["06-02*"])
    assert [one.reason.value for one in found.fallen_out] == ["overlap"]


def test_all_that_is_wrong_with_courses_is_told_at_once() -> None:
    courses = (
        _course("unknown"),
        _course(),
        _course(),
        _course("work_start", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=1"),
    )
    with pytest.raises(rc.InputError) as caught:
        _schedule(_plan(_item(), _item("work_start")), *courses)
    assert [(one.path, one.code) for one in caught.value.problems] == [
        ("courses[0].item_id", "dangling_id"),
        ("courses[2].item_id", "duplicate_id"),
        ("courses[3].recurrence", "date_out_of_range"),
    ]


@pytest.mark.parametrize(
    ("wrong", "path", "code"),
    [
        ({"recurrence": "FREQ=WEEKLY"}, "recurrence", "one_of_two"),
        ({"recurrence": "FREQ=SECONDLY;COUNT=5"}, "recurrence", "bad_recurrence"),
        ({"recurrence": RULE, "starts_at": "25:00"}, "starts_at", "bad_time"),
        ({"recurrence": RULE, "starts_at": "23:00", "minutes": 61}, "minutes", "out_of_range"),
        ({"starts_at": "10:00"}, "recurrence", "missing_key"),
        ({"minutes": 60}, "recurrence", "missing_key"),
    ],
)
def test_a_course_that_cannot_be_is_refused(wrong: dict[str, Any], path: str, code: str) -> None:
    with pytest.raises(rc.InputError) as caught:
        CourseTimes(item_id=ItemId("thinking_skills"), **wrong)
    assert [(one.path, one.code) for one in caught.value.problems] == [(path, code)]


def test_a_book_of_somebody_else_or_without_a_version_is_refused() -> None:
    other = rc.open_plan("plan-1", rc.CaseId("other"), _plan(), **WHO)
    with pytest.raises(rc.InputError, match=r"plan\.case_id"):
        _schedule(other)
    empty = PlanBook(plan_id="plan-1", case_id=_file().case_id)
    with pytest.raises(rc.InputError, match=r"plan\.versions: empty_group"):
        _schedule(empty)


def test_the_order_of_courses_changes_nothing() -> None:
    items = (_item(), _item("work_start"))
    courses = (_course(), _course("work_start"))
    holidays = {ON + timedelta(days=number) for number in range(3)}
    one = _schedule(_plan(*items), *courses, holidays=holidays)
    assert one == _schedule(_plan(*items), *courses[::-1], holidays=holidays)
