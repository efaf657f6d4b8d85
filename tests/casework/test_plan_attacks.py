"""Plans that other software might send: each breaks a rule in its own way, and is found there.

Each takes the plan of one of the golden cases, which breaks no law, and changes one thing by hand.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import rehabcore as rc
from rehabcore.care.needs.groups import MixingOverride
from rehabcore.plans import (
    Deferral,
    GoalKind,
    HoursShort,
    PlanContent,
    PlanGoal,
    PlannedSession,
)
from rehabcore.records import CaseFile, Consent
from rehabcore.strict.vocabulary import (
    Basis,
    GoalId,
    ItemId,
    Modality,
    ProgramId,
    RecordId,
    StaffId,
)
from tests.kit.golden_plans import ASSESSED, ON, XX
from tests.kit.plan_records import availability
from tests.kit.plan_strategies import some_step
from tests.kit.plans import words
from tests.kit.record_makers import completion, consent, death, enrolment, requirement, risk

Plan = PlanContent
Change = Callable[[Plan], Plan]
COUNTRY = rc.load("xx")
END = date(2027, 6, 1)
"""The first day after the sentence in all cases but one."""
DUTY, WORK = 0, 1
"""The places of the items of the adult on probation: ordered by a court, and a course for work."""


@cache
def _drafted(name: str) -> Plan:
    return rc.plan(XX[name], COUNTRY, on=ON).content


def _item(index: int, **changes: Any) -> Change:
    """A change of one item; the others stay."""

    def change(plan: Plan) -> Plan:
        items = [*plan.items]
        items[index] = evolve(items[index], **changes)
        return evolve(plan, items=tuple(items))

    return change


def _goal(index: int, **changes: Any) -> Change:
    def change(plan: Plan) -> Plan:
        goals = [*plan.goals]
        goals[index] = evolve(goals[index], **changes)
        return evolve(plan, goals=tuple(goals))

    return change


def _said(**changes: Any) -> Change:
    return lambda plan: evolve(plan, **changes)


def _one_more(program_id: str, **changes: Any) -> Change:
    """One item more, like the last one."""

    def change(plan: Plan) -> Plan:
        name = ItemId("more")
        told: dict[str, Any] = {"item_id": name, "program_id": ProgramId(program_id), **changes}
        return evolve(plan, items=(*plan.items, evolve(plan.items[-1], **told)))

    return change


def _more_goal(**said: Any) -> Change:
    told: dict[str, Any] = {"goal_id": GoalId("own"), "kind": GoalKind.OWN, "title": words("Mine")}
    return lambda plan: evolve(plan, goals=(*plan.goals, PlanGoal(**(told | said))))


def _without(*goals: str) -> Change:
    """The plan without some goals, and without the items that serve nothing else."""

    def change(plan: Plan) -> Plan:
        return evolve(
            plan,
            goals=tuple(one for one in plan.goals if one.goal_id not in goals),
            items=tuple(one for one in plan.items if not {*one.goals} & {*goals}),
        )

    return change


def _and(*changes: Change) -> Change:
    def change(plan: Plan) -> Plan:
        for one in changes:
            plan = one(plan)
        return plan

    return change


def _held(on: date, at: str = "10:00", minutes: int | None = 60) -> PlannedSession:
    return PlannedSession(day=on, starts_at=at, minutes=minutes)


def _later(days: int) -> date:
    return ON + timedelta(days)


def _short(called_for: int, planned: int) -> Change:
    told = HoursShort(called_for=Decimal(called_for), planned=Decimal(planned), reason="closed")
    return _said(shortfall=told)


FORGED = RecordId("none-such")
DECIDED = MixingOverride(decided_by=StaffId("chief-1"), decided_on=ON, reason="no_other_group")
ATTACKS: dict[str, tuple[Change, set[str]]] = {
    # days
    "never reviewed": (_said(review_due=None), {"P8 @ review_due"}),
    "reviewed a day too late": (_said(review_due=date(2026, 9, 3)), {"P8 @ review_due"}),
    "begun before the assessment": (
        _said(starts=date(2026, 1, 14), review_due=date(2026, 6, 1)),
        {f"P7 @ needs[{n}].{what}" for n in range(4) for what in ("assessed_on", "evidence")},
    ),
    "begun when the assessment is over": (
        _said(starts=date(2027, 1, 15)),
        {f"P7 @ needs[{number}].evidence" for number in range(4)},
    ),
    "ends after the sentence": (
        _item(WORK, ends=END + timedelta(1)),
        {"P9 @ items[1].ends"},
    ),
    "begun after the sentence": (_item(WORK, starts=END), {"P9 @ items[1].ends"}),
    "a session on the day of freedom": (
        _item(WORK, sessions=(_held(_later(1)), _held(END))),
        {"P9 @ items[1].ends"},
    ),
    "a duty longer than the order": (
        _item(DUTY, ends=END + timedelta(1)),
        {"P9 @ items[0].ends", "P10 @ items[0].requirement"},
    ),
    "a step after the sentence": (
        _goal(1, steps=(some_step("late", END + timedelta(1)),)),
        {"P9 @ goals[1].steps[0].due"},
    ),
    "a step in the last century": (
        _goal(1, steps=(some_step("late", date(2199, 12, 31)),)),
        {"P9 @ goals[1].steps[0].due"},
    ),
    # bases
    "a consent that nobody gave": (_item(WORK, consent=FORGED), {"P10 @ items[1].consent"}),
    "no consent": (_item(WORK, consent=None), {"P10 @ items[1].consent"}),
    "the duty as a consent": (_item(WORK, consent=RecordId("duty-1")), {"P10 @ items[1].consent"}),
    "a consent as the duty": (
        _item(WORK, basis=Basis.MANDATORY, consent=None, requirement=RecordId("consent-1")),
        {"P10 @ items[1].requirement"},
    ),
    "made mandatory": (_item(WORK, basis=Basis.MANDATORY), {"P10 @ items[1].requirement"}),
    "made mandatory by another duty": (
        _item(WORK, basis=Basis.MANDATORY, requirement=RecordId("duty-1")),
        {"P10 @ items[1].requirement"},
    ),
    "a duty that nobody imposed": (
        _item(DUTY, requirement=FORGED),
        {"P10 @ items[0].requirement"},
    ),
    "before the consent": (_item(WORK, starts=date(2026, 1, 31)), {"P10 @ items[1].consent"}),
    "a session before the consent": (
        _item(WORK, sessions=(_held(date(2026, 1, 31)), _held(_later(1)))),
        {"P10 @ items[1].consent"},
    ),
    "absences reported from what is voluntary": (
        _item(WORK, breach_after=1),
        {"P12 @ items[1].breach_after"},
    ),
    # hours
    "fewer hours": (_item(DUTY, hours=Decimal(39)), {"P22 @ shortfall"}),
    "no hours": (_item(DUTY, hours=None), {"P22 @ shortfall"}),
    "no shortfall": (_said(shortfall=None), {"P22 @ shortfall"}),
    "a small shortfall of less": (_short(99, 40), {"P22 @ shortfall"}),
    "a shortfall of a minute": (_short(100, 99), {"P22 @ shortfall"}),
    "hours of what counts for nothing": (
        _and(_item(DUTY, hours=None), _one_more("housing_advice", hours=Decimal(100))),
        {"P22 @ shortfall"},
    ),
    "hours for a need that the person does not have": (
        _and(_item(DUTY, hours=None), _one_more("drop_in", hours=Decimal(100))),
        {"P22 @ shortfall"},
    ),
    # sessions
    "one session twice": (
        _item(WORK, sessions=(_held(_later(1)), _held(_later(1)))),
        {"P21 @ items[1].sessions[1].starts_at"},
    ),
    "two sessions that share a minute": (
        _item(WORK, sessions=(_held(_later(1)), _held(_later(1), "10:59"))),
        {"P21 @ items[1].sessions[1].starts_at"},
    ),
    "in two places at once": (
        _and(
            _item(DUTY, sessions=(_held(_later(3), "09:00", 120),)),
            _item(WORK, sessions=(_held(_later(3)),)),
        ),
        {"P21 @ items[1].sessions[0].starts_at"},
    ),
    "within another session": (
        _item(WORK, sessions=(_held(_later(1), "09:00", 240), _held(_later(1), "10:00", None))),
        {"P21 @ items[1].sessions[1].starts_at"},
    ),
    # needs and goals
    "a need forgotten": (_without("work"), {"P2 @ needs.work"}),
    "two needs forgotten": (
        _and(_without("work", "attitudes"), _short(100, 0)),
        {"P2 @ needs.work", "P2 @ needs.attitudes"},
    ),
    "put off without a day": (
        _and(_without("work"), _said(deferrals=(Deferral(need="work", reason="later"),))),
        {"P2 @ needs.work"},
    ),
    "put off until yesterday": (
        _and(
            _without("work"),
            _said(deferrals=(Deferral(need="work", reason="later", until=_later(-1)),)),
        ),
        {"P2 @ needs.work"},
    ),
    "a goal of the person instead": (
        _and(_without("work"), _more_goal(steps=(some_step("own"),))),
        {"P2 @ needs.work"},
    ),
    "a need only to be assessed": (
        _goal(2, kind=GoalKind.ASSESSMENT),
        {"P2 @ needs.work"},
    ),
    "a goal that nothing serves": (_more_goal(), {"P31 @ goals[3]"}),
    "an assessment that is not there": (
        lambda plan: evolve(plan, needs=tuple(evolve(n, evidence=(FORGED,)) for n in plan.needs)),
        {f"P7 @ needs[{number}].evidence" for number in range(4)},
    ),
    # ages, order, groups
    "an adult among juveniles": (
        _one_more("thinking_skills_juvenile"),
        {"P25 @ items[2]"},
    ),
    "after something that never was": (
        _one_more("relapse_prevention"),
        {"P20 @ items[2].program_id"},
    ),
    "beside what it requires": (
        _and(
            _one_more("therapeutic_community", item_id=ItemId("first")),
            _one_more("relapse_prevention"),
        ),
        {"P20 @ items[3].starts"},
    ),
    "running, as is said": (
        _one_more("relapse_prevention", enrolment=FORGED),
        {"P20 @ items[2].program_id"},
    ),
    "a programme that is not in the catalogue": (
        _one_more("no_such"),
        {"P25 @ items[2]?"},
    ),
}


def _found(plan: Any, case: CaseFile = XX["adult_on_probation"], on: date = ON) -> set[str]:
    return {
        f"{one.law_id} @ {one.place}{'' if one.answer == 'not_met' else '?'}"
        for one in rc.check_plan(plan, case, COUNTRY, on=on)
    }


@pytest.mark.parametrize("name", ATTACKS)
def test_what_is_wrong_is_found_where_it_is(name: str) -> None:
    change, wanted = ATTACKS[name]
    plan = _drafted("adult_on_probation")
    assert _found(plan) == set()
    assert _found(change(plan)) == wanted


@pytest.mark.parametrize("name", ATTACKS)
def test_a_book_tells_the_same_of_each_version_that_may_be_followed(name: str) -> None:
    change, wanted = ATTACKS[name]
    case = XX["adult_on_probation"]
    plan = change(_drafted("adult_on_probation"))
    book = rc.open_plan("plan-1", case.case_id, plan, on=ON, by=StaffId("officer-1"))
    assert _found(book) == {one.replace("@ ", "@ versions[1].") for one in wanted}


@given(st.permutations([*ATTACKS]), st.integers(2, 5))
def test_whatever_is_wrong_together_is_told_without_a_fall(names: list[str], count: int) -> None:
    plan = _drafted("adult_on_probation")
    for name in names[:count]:
        with suppress(rc.InputError, IndexError):  # the next change may not fit the ones before
            plan = ATTACKS[name][0](plan)
    case = XX["adult_on_probation"]
    found = rc.check_plan(plan, case, COUNTRY, on=ON)
    assert found == rc.check_plan(plan, case, COUNTRY, on=ON)
    laws = [int(one.law_id[1:]) for one in found]
    assert laws == sorted(laws)
    assert len({str(one) for one in found}) == len(found)


# --- the plan is right, and the person is another, or another than before -------------------------


def _with(name: str, **lists: Any) -> CaseFile:
    """A golden case with other lists of records."""
    return evolve(XX[name], **lists)


def _agreed(**said: Any) -> tuple[Consent, ...]:
    return (consent("consent-1", "2026-02-01", **said),)


TREATED = {
    "enrolments": (enrolment("e-1", "2025-01-01", "therapeutic_community"),),
    "completions": (completion("f-1", "e-1", "2025-10-01"),),
}
RUNS = {"enrolments": (enrolment("e-1", "2026-02-01", "thinking_skills"),)}
MONDAYS = {
    "availabilities": (availability("a-1", "monday", "2026-01-01", times=("09:00", "12:00")),)
}
PEOPLE: dict[str, tuple[str, CaseFile, Change, set[str]]] = {
    "the person died": (
        "adult_on_probation",
        _with("adult_on_probation", deaths=(death("d-1", "2026-03-10"),)),
        _said(),
        {
            *("P9 @ goals[0].steps[0].due", "P9 @ goals[1].steps[0].due"),
            *("P9 @ goals[2].steps[0].due", "P9 @ items[0].ends", "P9 @ items[1].ends"),
        },
    ),
    "aftercare of a person who died": (
        "days_before_the_gate",
        _with("days_before_the_gate", deaths=(death("d-1", "2026-03-10"),)),
        _and(_item(0, aftercare=True), _item(1, aftercare=True)),
        {"P9 @ items[0].ends", "P9 @ items[1].ends"},
    ),
    "the consent was withdrawn": (
        "adult_on_probation",
        _with("adult_on_probation", consents=_agreed(withdrawn="2026-03-05")),
        _said(),
        {"P10 @ items[1].consent"},
    ),
    "the consent ends before the course": (
        "days_before_18",
        _with("days_before_18", consents=_agreed(expires="2026-08-05")),
        _said(),
        {"P10 @ items[0].consent?"},  # nobody can tell whether the person agrees again
    ),
    "the consent is for another course": (
        "adult_on_probation",
        _with("adult_on_probation", consents=_agreed(program="drop_in")),
        _said(),
        {"P10 @ items[1].consent"},
    ),
    "the consent is to share data": (
        "adult_on_probation",
        _with("adult_on_probation", consents=_agreed(purpose="health_data")),
        _said(),
        {"P10 @ items[1].consent"},
    ),
    "the order is of another course": (
        "adult_on_probation",
        _with(
            "adult_on_probation",
            requirements=(requirement("duty-1", "2025-06-01", "2027-06-01", "drop_in"),),
        ),
        _said(),
        {"P10 @ items[0].requirement"},
    ),
    "an adult's course before 18": (
        "days_before_18",
        XX["days_before_18"],
        _item(0, starts=ON),
        {"P25 @ items[0]"},
    ),
    "a session before 18": (
        "days_before_18",
        XX["days_before_18"],
        _item(0, sessions=(_held(date(2026, 3, 5)), _held(date(2026, 3, 6)))),
        {"P25 @ items[0]"},
    ),
    "a juvenile's course that ended on the birthday": (
        "days_before_18",
        XX["days_before_18"],
        _one_more("thinking_skills_juvenile", starts=ON, ends=date(2026, 3, 6)),
        set(),
    ),
    "a juvenile's course on the birthday": (
        "days_before_18",
        XX["days_before_18"],
        _one_more("thinking_skills_juvenile", starts=ON, ends=date(2026, 3, 7)),
        {"P25 @ items[1]"},
    ),
    "a group before there is a home": (
        "days_before_the_gate",
        XX["days_before_the_gate"],
        _item(1, modality=Modality.GROUP),
        {"P19 @ items[1].starts"},
    ),
    "a group that runs, as is said": (
        "days_before_the_gate",
        XX["days_before_the_gate"],
        _item(1, modality=Modality.GROUP, enrolment=FORGED),
        {"P19 @ items[1].starts"},
    ),
    "a group that runs": (
        "days_before_the_gate",
        _with("days_before_the_gate", **RUNS),
        _item(1, modality=Modality.GROUP, enrolment=RecordId("e-1")),
        set(),
    ),
    "what is required was completed": (
        "adult_on_probation",
        _with("adult_on_probation", **TREATED),
        _one_more("relapse_prevention"),
        set(),
    ),
    "low risk among high": (
        "adult_on_probation",
        _with("adult_on_probation", risk_assessments=(risk("r", "low", *ASSESSED),)),
        _item(WORK, group_level="high"),
        {"P24 @ items[1].group_level"},
    ),
    "risk that nobody knows among high": (
        "adult_on_probation",
        _with("adult_on_probation", risk_assessments=()),
        _item(WORK, group_level="high"),
        {"P24 @ items[1].group_level?"},
    ),
    "low risk among high, as somebody decided": (
        "adult_on_probation",
        _with("adult_on_probation", risk_assessments=(risk("r", "low", *ASSESSED),)),
        _item(WORK, group_level="high", group_override=DECIDED),
        set(),
    ),
    "more hours than the person has": (
        "adult_on_probation",
        _with("adult_on_probation", **MONDAYS),
        _item(WORK, hours_a_week=Decimal(3)),
        {"P21 @ week of 2026-03-02"},
    ),
    "sessions longer than the person has": (
        "adult_on_probation",
        _with("adult_on_probation", **MONDAYS),
        _and(
            _item(DUTY, hours_a_week=None),
            _item(WORK, sessions=(_held(_later(7), "09:00", 181),)),
        ),
        {"P21 @ week of 2026-03-09"},
    ),
    "a plan of somebody whom nobody assessed": (
        "adult_on_probation",
        XX["nothing_assessed"],
        _said(),
        {
            *(f"P7 @ needs[{number}].evidence" for number in range(4)),
            *("P1 @ goals[1].needs", "P1 @ goals[2].needs", "P10 @ items[0].requirement"),
            "P19 @ items[0].starts?",
        },
    ),
    "a plan of somebody in prison for a month": (
        "adult_on_probation",
        XX["two_weeks_left"],
        _said(),
        {"P8 @ review_due", "P2 @ needs.housing", "P9 @ items[0].ends"}
        | {"P10 @ items[0].requirement", "P9 @ goals[0].steps[0].due"}
        | {"P9 @ goals[1].steps[0].due", "P9 @ goals[2].steps[0].due"},
    ),
}


@pytest.mark.parametrize("name", PEOPLE)
def test_a_plan_is_held_against_what_is_known_of_this_person(name: str) -> None:
    drafted, case, change, wanted = PEOPLE[name]
    assert _found(_drafted(drafted), XX[drafted]) == set()
    on = date(2026, 3, 10)
    assert _found(change(_drafted(drafted)), case, on=on) == wanted


def test_nothing_is_called_for_after_death() -> None:
    case = _with("adult_on_probation", deaths=(death("d-1", "2026-02-10"),))
    assert _found(rc.plan(case, COUNTRY, on=ON).content, case) == set()


@pytest.mark.parametrize("name", XX)
def test_a_plan_of_somebody_else_is_no_plan_of_this_person(name: str) -> None:
    """It is checked without a fall, and is found to be wrong where the people differ."""
    case = XX[name]
    clean = [other for other in XX if _found(_drafted(other), case) == set()]
    assert name in clean
    assert len(clean) < len(XX)
