"""What a draft is made from, as a case file tells it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from rehabcore import casework, exchange, jurisdictions
from rehabcore.care.plans.drafting.drafts import Draft
from rehabcore.care.plans.drafting.given import AgainReason, DraftGiven
from rehabcore.care.plans.drafting.reasons import ChoiceReason, PassedReason
from rehabcore.casework.drafting import draft_given
from rehabcore.casework.grounding import needs_and_risks
from rehabcore.casework.plan_results import PlanResult
from rehabcore.plans import GoalKind
from rehabcore.programs import offers_on
from rehabcore.records import (
    Availability,
    CaseFile,
    Consent,
    OfferDeferral,
    OfferRefusal,
    OwnGoal,
    Separation,
)
from rehabcore.rules.time.days import OPEN
from rehabcore.rules.time.partial import PartialDay, days_between
from rehabcore.rules.truth import Answer
from rehabcore.strict.vocabulary import ProgramId, Setting, Weekday
from tests.kit.builders import case, filed, person, span
from tests.kit.record_makers import (
    attendance,
    completion,
    consent,
    enrolment,
    needs,
    placement,
    requirement,
    risk,
    sentence,
    session,
    standing,
    transition,
    transition_act,
)

XX = jurisdictions.load("xx")
ON = date(2026, 6, 1)
LEVELS = {"substance_use": "high", "attitudes": "some", "work": "none", "housing": "none"}
ADULT = (person(birth_date=date(1990, 5, 1), languages=frozenset({"en"})),)


def _file(**more: Any) -> CaseFile:
    """An adult on probation, at medium risk, with a need in attitudes and a severe one in drugs."""
    records: dict[str, Any] = {
        "beneficiary": ADULT,
        "placements": (placement("pl", "community", "2025-01-01"),),
        "legal_standings": (standing("ls", "probation", "2025-01-01"),),
        "needs_assessments": (needs("na", "2026-01-01", "2027-01-01", findings=LEVELS),),
        "risk_assessments": (risk("ra", "medium", "2026-01-01", "2027-01-01"),),
        "consents": (consent("co", "2026-01-01"),),
        **more,
    }
    return case(**records)


def _given(file: CaseFile, **more: Any) -> DraftGiven:
    facts = XX.facts_of(file)
    seen, risks = needs_and_risks(facts, XX, ON)
    offers = offers_on(XX.admissions_on_any_day, facts.on(ON), on=ON)
    return draft_given(facts, XX, ON, offers=offers, needs=seen, risk=risks[0], **more)


def _draft(file: CaseFile, **more: Any) -> Draft:
    draft = casework.plan(file, XX, on=ON, **more).draft
    assert draft is not None
    return draft


RUNS = {
    "enrolments": (enrolment("e", "2026-05-01"), enrolment("e-2", "2026-05-02")),
    "sessions": (session("s", "2026-05-04", minutes=120), session("later", "2026-07-01")),
    "attendances": (attendance("a", "s"),),
}


def test_what_runs_is_told_with_its_hours_and_goes_on() -> None:
    given = _given(_file(**RUNS))
    (one,) = given.underway
    assert (one.program_id, one.enrolment) == ("thinking_skills", "e")
    assert one.hours_given == Decimal(2)
    assert given.credit is not None
    assert given.credit.minutes == 120
    draft = _draft(_file(**RUNS))
    assert draft.choices[0].why is ChoiceReason.CONTINUES
    assert draft.content.items[0].hours == Decimal(38)
    ended = {**RUNS, "completions": (completion("c", "e", "2026-05-10", "withdrawn"),)}
    assert [each.enrolment for each in _given(_file(**ended)).underway] == ["e-2"]


def test_hours_of_an_earlier_enrolment_are_not_those_of_the_one_that_runs() -> None:
    again = {
        **RUNS,
        "enrolments": (enrolment("e", "2026-05-01"), enrolment("e-2", "2026-05-12")),
        "completions": (completion("c", "e", "2026-05-10", "withdrawn"),),
    }
    (one,) = _given(_file(**again)).underway
    assert (one.enrolment, one.hours_given) == ("e-2", Decimal(0))


def test_what_is_completed_is_told_and_not_proposed_without_a_reason() -> None:
    done = {
        "completions": (completion("c", "e", "2026-05-20"),),
        "enrolments": RUNS["enrolments"][:1],
    }
    assert _given(_file(**done)).completed == ("thinking_skills",)
    draft = _draft(_file(**done))
    assert "thinking_skills" not in draft.programs
    again = (AgainReason(program_id=ProgramId("thinking_skills"), reason="relapsed"),)
    assert "thinking_skills" in _draft(_file(**done), again=again).programs


def test_refusals_and_deferrals_hold_on_their_days() -> None:
    no = OfferRefusal(filed=filed("r"), span=span("2026-02-01"), domain="attitudes", reason="no")
    some_day = days_between(PartialDay(date(2026, 2, 1), date(2026, 2, 28)), OPEN)
    later = OfferDeferral(
        filed=filed("d"),
        deferred_on=date(2026, 5, 1),
        until=date(2026, 9, 1),
        domain="substance_use",
        reason="ill",
    )
    file = _file(offer_refusals=(no,), offer_deferrals=(later,))
    content = _draft(file).content
    assert [(one.need, one.since) for one in content.refusals] == [("attitudes", date(2026, 2, 1))]
    assert [(one.need, one.until) for one in content.deferrals] == [
        ("substance_use", date(2026, 9, 1))
    ]
    over = evolve(no, span=span("2026-02-01", "2026-03-01"))
    past = evolve(later, until=date(2026, 5, 20))
    told = _given(_file(offer_refusals=(over,), offer_deferrals=(past,)))
    assert (told.declined, told.put_off) == ((), ())
    (unsure,) = _given(_file(offer_refusals=(evolve(no, span=some_day),))).declined
    assert unsure.since == PartialDay(date(2026, 2, 1), date(2026, 2, 28))
    nobody_knows = evolve(no, span=days_between(PartialDay(last=date(2026, 2, 1)), OPEN))
    assert len(_given(_file(offer_refusals=(nobody_knows,))).declined) == 1


def test_duties_and_consents_are_those_that_hold() -> None:
    consents = (
        consent("co", "2026-01-01"),
        consent("own", "2026-01-01", program="drop_in"),
        consent("late", "2026-07-01"),
        consent("back", "2026-01-01", program="work_start", withdrawn="2026-02-01"),
        consent("over", "2026-01-01", "2026-02-01"),
        consent("no", refused="2026-01-01"),
        consent("health", "2026-01-01", purpose="health_data"),
    )
    duties = (requirement("q", "2026-01-01"), requirement("past", "2026-01-01", "2026-02-01"))
    given = _given(_file(consents=consents, requirements=duties))
    assert [one.record_id for one in given.consents] == ["co", "own"]
    assert [(one.record_id, one.subject) for one in given.duties] == [("q", "thinking_skills")]
    (item,) = [one for one in _draft(_file(requirements=duties)).content.items if one.requirement]
    assert item.requirement == "q"


@pytest.mark.parametrize(
    ("consents", "declined"),
    [
        ((consent("co", "2026-01-01"),), False),
        ((consent("co", "2026-01-01", withdrawn="2026-05-01"),), True),
        ((consent("co", "2026-01-01", withdrawn="2026-06-02"),), False),
        ((consent("co", refused="2026-05-01"),), True),
        ((consent("co", "2026-01-01"), consent("no", refused="2026-05-01")), True),
        ((consent("co", refused="2026-05-01"), consent("yes", "2026-05-20")), False),
        (
            (consent("co", "2026-01-01"), consent("own", refused="2026-05-01", program="drop_in")),
            True,
        ),
        (
            (consent("co", refused="2026-05-01"), consent("own", "2026-01-01", program="drop_in")),
            False,
        ),
        ((consent("co", "2026-01-01", "2026-05-01"),), False),
        ((consent("co", refused="2026-05-01", purpose="health_data"),), False),
    ],
)
def test_nothing_comes_back_after_a_consent_was_withdrawn(
    consents: tuple[Consent, ...], declined: bool
) -> None:
    """Without a new consent it is not proposed again: the person said no to it."""
    file = _file(consents=consents)
    told = {one.program_id for one in _given(file).declined}
    assert ("drop_in" in told) is declined
    draft = _draft(file)
    assert ("drop_in" in draft.programs) is not declined
    whys = {one.program_id: one.why for one in draft.passed_over}
    assert (whys.get(ProgramId("drop_in")) is PassedReason.DECLINED) is declined


@pytest.mark.parametrize(
    ("last", "declined"), [(date(2026, 12, 31), False), (date(2026, 5, 31), True)]
)
def test_a_withdrawal_that_may_lie_ahead_is_no_refusal_and_asked_about(
    last: date, declined: bool
) -> None:
    """The consent does not hold in doubt, and nobody says that the person said no."""
    withdrawn = PartialDay(date(2026, 1, 2), last)
    file = _file(consents=(evolve(consent("co", "2026-01-01"), withdrawn=withdrawn),))
    assert {one.since for one in _given(file).declined} == ({withdrawn} if declined else set())
    draft = _draft(file)
    assert ("drop_in" in draft.programs) is not declined
    steps = {step.step_id for goal in draft.content.goals for step in goal.steps}
    assert ("substance_use/drop_in/consent" in steps) is not declined


def test_the_gate_and_the_office_that_takes_over_are_told() -> None:
    file = _file(
        placements=(placement("pl", "custody", "2025-01-01"),),
        legal_standings=(standing("ls", "sentenced_custody", "2025-01-01"),),
        sentences=(sentence("se", "2025-01-01", "2026-12-01"),),
        transitions=(transition("t", "2026-05-01", planned_for="2026-09-01"),),
        transition_acts=(
            transition_act("ask", "t", "referred", "2026-05-02", "office-2"),
            transition_act("yes", "t", "accepted", "2026-05-03", "office-2", source="office-2"),
        ),
    )
    given = _given(file)
    assert given.release is not None
    assert (given.release.day, given.setting) == (date(2026, 9, 1), Setting.CUSTODY)
    assert (given.receiving_office, given.sentence_end) == ("office-2", date(2026, 12, 1))
    assert _given(_file()).receiving_office == ""
    assert _given(_file(placements=())).setting is None


@pytest.mark.parametrize(
    ("planned", "ends", "gate"),
    [
        ("2026-05-20", "2026-08-01", date(2026, 8, 1)),  # the sentence tells the last day
        ("2026-05-20", "2026-05-25", None),  # nothing that is ahead is told
        ("2026-06-20", "2026-08-01", date(2026, 6, 20)),
    ],
)
def test_a_release_that_did_not_happen_is_asked_about(
    planned: str, ends: str, gate: date | None
) -> None:
    file = _file(
        placements=(placement("pl", "custody", "2025-01-01"),),
        sentences=(sentence("se", "2025-01-01", ends),),
        transitions=(transition("t", "2026-03-01", planned_for=planned),),
    )
    given = _given(file)
    assert (given.release and given.release.day) == gate
    steps = {step.step_id for goal in _draft(file).content.goals for step in goal.steps}
    overdue = planned < str(ON)
    assert given.release_overdue is overdue
    assert ("service/release-day/ask" in steps) is overdue


def test_the_hours_of_a_week_are_those_at_which_the_person_can_come() -> None:
    def slot(own: str, weekday: Weekday, starts: str = "", ends: str = "") -> Availability:
        return Availability(
            filed=filed(own),
            span=span("2026-01-01"),
            weekday=weekday,
            starts_at=starts,
            ends_at=ends,
        )

    slots = (
        slot("a", Weekday.MONDAY, "09:00", "11:30"),
        slot("b", Weekday.MONDAY, "10:00", "11:00"),
        slot("c", Weekday.TUESDAY, "22:00"),
    )
    assert _given(_file()).hours_a_week is None
    assert _given(_file(availabilities=slots)).hours_a_week == Decimal("4.5")


def test_goals_of_the_person_are_kept_with_the_record_that_has_the_words() -> None:
    wish = OwnGoal(filed=filed("w"), said="To see my son", span=span("2026-01-01"))
    over = OwnGoal(filed=filed("x"), said="A dog", span=span("2025-01-01", "2025-06-01"))
    goals = _draft(_file(own_goals=(wish, over))).content.goals
    assert [(one.goal_id, one.evidence) for one in goals if one.kind is GoalKind.OWN] == [
        ("own/w", ("w",))
    ]


def test_whoever_is_kept_apart_joins_a_group_only_if_the_caller_says_so() -> None:
    apart = (Separation(filed=filed("sep"), apart_from="g-1", span=span("2026-01-01")),)
    juvenile = (person(birth_date=date(2010, 5, 1), languages=frozenset({"en"})),)
    file = _file(separations=apart, beneficiary=juvenile)
    passed: dict[str, PassedReason] = {o.program_id: o.why for o in _draft(file).passed_over}
    assert passed["thinking_skills_juvenile"] is PassedReason.KEPT_APART
    draft = _draft(file, may_share=lambda program, codes: Answer.MET)
    assert "thinking_skills_juvenile" in draft.programs


def test_birthdays_close_one_variant_and_open_the_other() -> None:
    juvenile = (person(birth_date=date(2008, 10, 1), languages=frozenset({"en"})),)
    given = _given(_file(beneficiary=juvenile))
    birthday = date(2026, 10, 1)
    assert [(one.program_id, one.day) for one in given.closing] == [
        ("thinking_skills_juvenile", birthday)
    ]
    assert [(one.offer.program_id, one.opens) for one in given.opening] == [
        ("thinking_skills", birthday)
    ]
    draft = _draft(_file(beneficiary=juvenile))
    assert ("thinking_skills", birthday) in [
        (one.program_id, one.starts) for one in draft.content.items
    ]
    unborn = _given(_file(beneficiary=(person(),)))
    assert (unborn.closing, unborn.opening) == ((), ())


def test_the_assessment_sets_a_day_for_the_review() -> None:
    soon = (needs("na", "2026-01-01", "2026-08-01", findings=LEVELS),)
    assert _given(_file(needs_assessments=soon)).assessed_until == date(2026, 8, 1)
    assert _draft(_file(needs_assessments=soon)).content.review_due == date(2026, 8, 1)
    for_ever = (needs("na", "2026-01-01", OPEN, findings=LEVELS),)
    assert _given(_file(needs_assessments=for_ever)).assessed_until is None


def test_a_country_without_levels_has_nothing_to_credit() -> None:
    silent = jurisdictions.load("md")
    file = case(enrolments=(), placements=(placement("pl", "custody", "2025-01-01"),))
    result = casework.plan(file, silent, on=ON)
    draft = result.draft
    assert draft is not None
    assert exchange.read(exchange.write(result)) == result
    assert (draft.content.needs, draft.dosage) == ((), None)


@pytest.mark.parametrize("more", [{}, RUNS])
def test_a_plan_with_its_draft_is_stored_and_read(more: dict[str, Any]) -> None:
    result = casework.plan(_file(**more), XX, on=ON)
    assert exchange.read(exchange.write(result), PlanResult) == result
