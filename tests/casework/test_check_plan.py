"""A plan is held against the laws of plans with all that a case file and a country tell."""

from datetime import date
from typing import Any

import pytest
from attrs import evolve

import rehabcore as rc
from rehabcore.care.plans.laws.law import Breach, LawFinding
from rehabcore.plans import GoalKind, PlanContent, PlanGoal, PlanItem, PlannedSession
from rehabcore.records import Consent, Filed, NeedsAssessment, Requirement
from rehabcore.rules.time.days import UNSURE, Span
from rehabcore.rules.time.partial import Period, between
from rehabcore.strict.vocabulary import (
    Basis,
    GoalId,
    ItemId,
    ProgramId,
    RecordId,
    RequirementKind,
)
from tests.kit.plans import step, words

ON = date(2026, 2, 16)
XX = rc.load("xx")
CASE = rc.read(rc.examples()["xx/therapeutic-community"], rc.CaseFile)


def _filed(record_id: str) -> Filed:
    return Filed(record_id=RecordId(record_id), recorded_on=ON, source="probation-1")


def _with(case: rc.CaseFile, **lists: Any) -> rc.CaseFile:
    more: dict[str, Any] = {name: (*getattr(case, name), *some) for name, some in lists.items()}
    return evolve(case, **more)


def _plan(**changes: Any) -> PlanContent:
    goal = PlanGoal(
        goal_id=GoalId("duty"), kind=GoalKind.SERVICE, title=words("A duty"), steps=(step(),)
    )
    item = PlanItem(
        item_id=ItemId("one"),
        program_id=ProgramId("thinking_skills_juvenile"),
        goals=(GoalId("duty"),),
        basis=Basis.MANDATORY,
        starts=ON,
        ends=date(2026, 3, 16),
    )
    return PlanContent(
        starts=ON, component_of=words("plan"), goals=(goal,), items=(evolve(item, **changes),)
    )


def _found(plan: Any, case: rc.CaseFile = CASE, **more: Any) -> list[str]:
    found = rc.check_plan(plan, case, XX, on=ON, **more)
    return [f"{one.law_id} @ {one.place}" for one in found]


def test_a_draft_breaks_no_law_for_certain() -> None:
    draft = rc.plan(CASE, XX, on=ON).draft
    assert draft is not None
    assert [
        one for one in rc.check_plan(draft.content, CASE, XX, on=ON) if one.answer == "not_met"
    ] == []
    book = rc.open_plan("plan-1", CASE.case_id, draft.content, on=ON, by=rc.StaffId("s-1"))
    assert _broken(book) == []


def test_other_plans_tell_what_they_give_up() -> None:
    others = rc.casework.other_plans(CASE, XX, on=ON, most=2)
    assert [(one.draft.programs, one.leaves_out, one.covers_less) for one in others] == [
        (("drop_in",), ("thinking_skills",), ("attitudes",)),
        (("thinking_skills",), ("drop_in",), ("substance_use",)),
    ]
    with pytest.raises(rc.InputError, match="most: out_of_range"):
        rc.casework.other_plans(CASE, XX, on=ON, most=0)


def _broken(plan: PlanContent | rc.PlanBook) -> list[LawFinding]:
    found = rc.check_plan(plan, CASE, XX, on=ON)
    return [one for one in found if one.answer is rc.Answer.NOT_MET]


def test_a_plan_of_somebody_else_is_refused() -> None:
    book = rc.open_plan("plan-1", rc.CaseId("other"), _plan(), on=ON, by=rc.StaffId("s-1"))
    with pytest.raises(rc.InputError) as caught:
        rc.check_plan(book, CASE, XX, on=ON)
    assert [one.path for one in caught.value.problems] == ["plan.case_id"]
    assert "other" not in str(caught.value)


def test_a_country_switches_laws_off_and_an_agency_adds_one() -> None:
    lenient = evolve(XX, plan_policy=evolve(XX.plan_policy, laws_off=frozenset({"P10"})))
    assert "P10 @ items[0].requirement" in _found(_plan())
    told = [one.law_id for one in rc.check_plan(_plan(), CASE, lenient, on=ON)]
    assert "P10" not in told
    own = {"own": lambda plan, _: [Breach(place="starts", expected="a Tuesday")]}
    assert _found(_plan(), of_content=own) == ["own @ starts"]


def test_a_law_needs_a_function() -> None:
    wrong: Any = {"own": 3}
    with pytest.raises(rc.InputError, match="own: wrong_type"):
        rc.check_plan(_plan(), CASE, XX, on=ON, of_content=wrong)


def _requirement(span: Any) -> Requirement:
    return Requirement(
        filed=_filed("q-1"),
        kind=RequirementKind.COURT_ORDER,
        subject="thinking_skills_juvenile",
        imposed_by="court-1",
        span=span,
    )


@pytest.mark.parametrize(
    ("span", "holds"),
    [
        (Span(date(2026, 1, 1), date(2027, 1, 1)), True),
        (Span(date(2026, 1, 1), ON), False),
        (Period(date(2026, 1, 1), between(date(2026, 6, 1), date(2026, 7, 1))), True),
        (Period(between(date(2026, 1, 1), date(2027, 1, 1)), UNSURE), False),
    ],
)
def test_a_duty_has_to_hold_for_certain(span: Any, holds: bool) -> None:
    case = _with(CASE, requirements=(_requirement(span),))
    plan = _plan(requirement=RecordId("q-1"))
    assert ("P10 @ items[0].requirement" not in _found(plan, case)) is holds


@pytest.mark.parametrize(
    ("consent", "laws"),
    [
        ({"given": date(2026, 1, 1)}, set()),
        ({"given": between(date(2026, 1, 1), date(2026, 3, 1))}, {"P10"}),
        ({"given": date(2026, 1, 1), "expires": date(2026, 3, 1)}, {"P10"}),
        ({"given": date(2026, 1, 1), "withdrawn": date(2026, 2, 16)}, {"P10"}),
        ({"given": ON, "expires": between(ON, date(2026, 9, 1))}, {"P10"}),
        ({"refused": date(2026, 1, 1)}, {"P10"}),
    ],
)
def test_a_consent_has_to_be_live_for_certain(consent: dict[str, Any], laws: set[str]) -> None:
    record = Consent(filed=_filed("k-1"), purpose="programme", **consent)
    plan = _plan(basis=Basis.VOLUNTARY, consent=RecordId("k-1"))
    found = {one.partition(" ")[0] for one in _found(plan, _with(CASE, consents=(record,)))}
    assert found & {"P10", "P11"} == laws


def test_a_record_that_was_corrected_counts_under_its_first_id() -> None:
    first = Consent(filed=_filed("k-1"), purpose="programme", given=date(2026, 1, 1))
    again = evolve(first, filed=evolve(_filed("k-2"), corrects=RecordId("k-1")))
    plan = _plan(basis=Basis.VOLUNTARY, consent=RecordId("k-1"))
    assert "P10 @ items[0].consent" not in _found(plan, _with(CASE, consents=(first, again)))
    ended = evolve(again, withdrawn=date(2026, 2, 10))
    book = rc.open_plan("plan-1", CASE.case_id, plan, on=ON, by=rc.StaffId("s-1"))
    found = _found(book, _with(CASE, consents=(first, ended)))
    assert "P11 @ versions[1].items[0].ends" in found
    assert not [
        one
        for one in _found(book, _with(CASE, consents=(first, ended)), known_at=date(2026, 2, 15))
        if one.startswith("P11")
    ]


def test_sessions_after_a_withdrawal_are_found() -> None:
    record = Consent(
        filed=_filed("k-1"), purpose="programme", given=date(2026, 1, 1), withdrawn=date(2026, 2, 1)
    )
    sessions = (PlannedSession(day=date(2026, 2, 20)),)
    plan = _plan(basis=Basis.VOLUNTARY, consent=RecordId("k-1"), sessions=sessions)
    book = rc.open_plan("plan-1", CASE.case_id, plan, on=ON, by=rc.StaffId("s-1"))
    assert "P11 @ versions[1].items[0].sessions[0]" in _found(book, _with(CASE, consents=(record,)))


@pytest.mark.parametrize(
    ("given", "holds"),
    [
        ({}, True),
        ({"program_id": ProgramId("thinking_skills_juvenile")}, True),
        ({"program_id": ProgramId("drop_in")}, False),
        ({"purpose": "health_data"}, False),
    ],
)
def test_a_consent_is_for_this_programme_and_to_take_part(
    given: dict[str, Any], holds: bool
) -> None:
    said: Any = {"purpose": "programme", "given": date(2026, 1, 1), **given}
    record = Consent(filed=_filed("k-1"), **said)
    plan = _plan(basis=Basis.VOLUNTARY, consent=RecordId("k-1"))
    found = _found(plan, _with(CASE, consents=(record,)))
    assert ("P10 @ items[0].consent" not in found) is holds


@pytest.mark.parametrize(("subject", "holds"), [("drop_in", False), ("unpaid_work", True)])
def test_a_duty_is_for_this_programme_or_for_something_wider(subject: str, holds: bool) -> None:
    duty = evolve(_requirement(Span(date(2026, 1, 1), date(2027, 1, 1))), subject=subject)
    found = _found(_plan(requirement=RecordId("q-1")), _with(CASE, requirements=(duty,)))
    assert ("P10 @ items[0].requirement" not in found) is holds


REFUSED: Any = [
    ("2026-02-10", True),
    ("2025-12-01", False),
    (between(date(2025, 12, 1), date(2026, 2, 1)), True),
]


@pytest.mark.parametrize(("refused", "ends"), REFUSED)
def test_a_later_refusal_of_the_same_ends_a_consent(refused: Any, ends: bool) -> None:
    day = date.fromisoformat(refused) if isinstance(refused, str) else refused
    agreed = Consent(filed=_filed("k-1"), purpose="programme", given=date(2026, 1, 1))
    refusal = Consent(filed=_filed("k-2"), purpose="programme", refused=day)
    case = _with(evolve(CASE, consents=()), consents=(agreed, refusal))
    plan = _plan(basis=Basis.VOLUNTARY, consent=RecordId("k-1"))
    assert ("P10 @ items[0].consent" in _found(plan, case)) is ends
    planned = [item.consent for item in rc.plan(case, XX, on=ON).content.items]
    assert (RecordId("k-1") not in planned) is ends


@pytest.mark.parametrize(
    ("born", "answer"),
    [
        (date(2009, 1, 1), None),
        (date(2008, 3, 1), "not_met"),
        (date(1990, 1, 1), "not_met"),
        (between(date(2007, 1, 1), date(2009, 1, 1)), "unknown"),
    ],
)
def test_an_adult_is_not_planned_into_a_programme_for_juveniles(
    born: Any, answer: str | None
) -> None:
    people = tuple(evolve(one, birth_date=born) for one in CASE.beneficiary)
    found = rc.check_plan(_plan(), evolve(CASE, beneficiary=people), XX, on=ON)
    assert [one.answer for one in found if one.law_id == "P25"] == ([answer] if answer else [])


def test_of_which_age_somebody_was_nobody_can_tell_without_the_day_of_birth() -> None:
    born = between(date(2007, 1, 1), date(2009, 1, 1))
    people = tuple(evolve(one, birth_date=born) for one in CASE.beneficiary)
    case = evolve(CASE, beneficiary=people)
    (found,) = (
        one
        for one in rc.check_plan(_plan(starts=date(2026, 2, 1)), case, XX, on=ON)
        if one.law_id == "P25"
    )
    assert found.answer is rc.Answer.UNKNOWN


def test_a_programme_for_adults_may_be_planned_from_the_birthday_on() -> None:
    people = tuple(evolve(one, birth_date=date(2008, 3, 1)) for one in CASE.beneficiary)
    case = evolve(CASE, beneficiary=people)
    adult = ProgramId("thinking_skills")
    early = _found(_plan(program_id=adult), case)
    late = _found(_plan(program_id=adult, starts=date(2026, 3, 1)), case)
    assert ("P25 @ items[0]" in early, "P25 @ items[0]" in late) == (True, False)


def test_only_confirmed_assessments_count() -> None:
    needs = rc.needs(CASE, XX, on=ON).profile.needs
    plan = evolve(_plan(), needs=needs)
    assert not [one for one in _found(plan) if one.startswith("P7")]
    unconfirmed: list[NeedsAssessment] = [
        evolve(one, confirmed_by=None) for one in CASE.needs_assessments
    ]
    case = evolve(CASE, needs_assessments=tuple(unconfirmed))
    assert "P7 @ needs[0].evidence" in _found(plan, case)
