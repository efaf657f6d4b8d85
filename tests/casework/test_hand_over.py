"""Everything that crosses to a recipient: each thing once, with its reason, and nothing hidden."""

from typing import Any

import pytest
from attrs import evolve

from rehabcore import casework, exchange, jurisdictions
from rehabcore.care.moves.open_goals import OpenGoalReason
from rehabcore.care.moves.open_records import HandedReason
from rehabcore.care.moves.packages import (
    DutyKind,
    HandedNeedReason,
    HandOverPackage,
)
from rehabcore.care.moves.recipients import Recipient, RecipientRole
from rehabcore.care.plans.book import LifeTurned, Noted, PlanBook, PlanLifeEvent
from rehabcore.casework.care_results import HandOverResult
from rehabcore.casework.coherence_of_care import incoherences_of_care
from rehabcore.plans import Actor, GoalKind, PlanContent, PlanGoal, PlanQuestion, PlanStep
from rehabcore.records import CaseFile
from rehabcore.reports import explain
from rehabcore.rules.sources import Text
from rehabcore.rules.time.days import ONE_DAY, UNSURE
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import (
    CaseId,
    GoalId,
    ProgramId,
    RecordId,
    StaffId,
    StepId,
    StepStatus,
)
from tests.kit.builders import case, day, release, some_day
from tests.kit.plans import followed
from tests.kit.record_makers import (
    appointment,
    attendance,
    checklist_entry,
    completion,
    consent,
    continuity_item,
    death,
    enrolment,
    entitlement,
    needs,
    referral,
    requirement,
    ruling,
    session,
    supply,
    support_need_act,
    transition,
    transition_act,
)

XX = jurisdictions.load("xx")
EXAMPLE = evolve(
    exchange.read(jurisdictions.examples()["xx/therapeutic-community"], CaseFile),
    transitions=(),
    transition_acts=(),
    checklist_entries=(),
)
ON = day("2026-11-21")
CASE_STAFF, HEALTH_STAFF, PROGRAM_STAFF = RecipientRole
PROBATION = Recipient(office="probation-2", role=CASE_STAFF)
CLINIC = Recipient(office="clinic-1", role=HEALTH_STAFF)
COURSE = Recipient(office="ngo-1", role=PROGRAM_STAFF)


def _package(
    file: CaseFile, to: Recipient = PROBATION, plan: PlanContent | PlanBook | None = None
) -> HandOverPackage:
    return casework.hand_over(file, XX, on=ON, to=to, plan=plan).package


def _records(package: HandOverPackage) -> dict[str, tuple[str, str]]:
    return {one.record_id: (one.kind.value, one.reason.value) for one in package.records}


def _with(**records: Any) -> CaseFile:
    """The bundled case with more records."""
    lists: dict[str, Any] = {name: (*getattr(EXAMPLE, name), *of) for name, of in records.items()}
    return evolve(EXAMPLE, **lists)


def _content() -> PlanContent:
    """A plan whose goals have open steps, but for one that has none."""
    content = casework.plan(EXAMPLE, XX, on=ON).content
    first, second, third, fourth = content.goals
    return evolve(content, goals=(first, second, third, evolve(fourth, steps=())))


def _plan() -> PlanBook:
    """The book of the plan, in which all steps of one goal are closed."""
    content = _content()
    closed = (step.step_id for step in content.goals[2].steps)
    return followed(content, EXAMPLE.case_id, *closed, on=ON)


# --- goals and needs ----------------------------------------------------------------------


def test_goals_cross_with_and_without_steps() -> None:
    goals = _package(EXAMPLE, plan=_plan()).goals
    assert goals is not None
    assert [(goal.goal_id, goal.reason.value, len(goal.steps)) for goal in goals] == [
        ("assessment/needs", "open_steps", 2),
        ("substance_use", "open_steps", 2),
        ("attitudes", "steps_closed", 0),
        ("work", "no_steps", 0),
    ]


def test_without_a_plan_it_is_told_that_none_was_given() -> None:
    assert _package(EXAMPLE).goals is None
    assert "No plan was given." in explain(casework.hand_over(EXAMPLE, XX, on=ON, to=PROBATION))


def test_a_plan_without_goals_is_a_plan() -> None:
    plan = evolve(_content(), goals=(), items=(), questions=())
    assert _package(EXAMPLE, plan=plan).goals == ()


def test_every_need_crosses_once_whether_a_plan_speaks_of_it_or_not() -> None:
    def reasons(plan: PlanBook | None, file: CaseFile = EXAMPLE) -> dict[str, str]:
        return {one.need.domain: one.reason.value for one in _package(file, plan=plan).needs}

    assert reasons(_plan()) == {
        "substance_use": "in_a_goal",
        "attitudes": "in_a_goal",
        "work": "in_a_goal",
        "housing": "not_known",
    }
    assert reasons(None) == {
        "substance_use": "without_a_goal",
        "attitudes": "without_a_goal",
        "work": "without_a_goal",
        "housing": "not_known",
    }
    low = case(needs_assessments=(needs("na", "2026-11-01", findings={"work": "none"}),))
    assert reasons(None, low)["work"] == HandedNeedReason.TO_BE_KNOWN.value


def test_a_plan_of_somebody_else_is_refused_without_naming_anybody() -> None:
    with pytest.raises(InputError) as caught:
        _package(EXAMPLE, plan=evolve(_plan(), case_id=CaseId("other")))
    (problem,) = caught.value.problems
    assert (problem.code, problem.path) == ("dangling_id", "plan.case_id")
    assert "other" not in str(caught.value)


# --- records ------------------------------------------------------------------------------


def test_enrolments_cross_while_they_run() -> None:
    file = case(
        enrolments=(
            enrolment("e-1", "2026-10-01"),
            enrolment("e-2", "2026-10-01"),
            enrolment("e-3", "2026-10-01"),
            enrolment("e-4", "2026-12-01", "drop_in"),
            enrolment("e-5", "2026-10-01"),
            enrolment("e-6", "2026-10-01"),
        ),
        completions=(
            completion("co-2", "e-2", "2026-11-21"),
            completion("co-3", "e-3", "2026-11-22"),
            completion("co-5", "e-5", "2026-11-21", "transferred"),
            completion("co-6", "e-6", "2026-11-20", "transferred"),
        ),
    )
    assert _records(_package(file)) == {
        "e-1": ("enrolment", "stands"),
        "e-3": ("enrolment", "stands"),
        "e-4": ("enrolment", "begins_later"),
        "e-5": ("enrolment", "stands"),
    }


def test_referrals_cross_until_the_person_is_enrolled() -> None:
    file = case(
        referrals=(
            referral("r-1", "2026-09-01"),
            referral("r-2", "2026-10-01", "drop_in"),
            referral("r-3", "2026-10-20", "drop_in"),
            referral("r-4", "2026-12-01", "drop_in"),
        ),
        enrolments=(
            enrolment("e-1", "2026-09-01", after="r-1"),
            enrolment("e-2", "2026-10-10", "drop_in"),
        ),
        completions=(
            completion("co-1", "e-1", "2026-11-01"),
            completion("co-2", "e-2", "2026-10-15"),
        ),
    )
    assert _records(_package(file)) == {"r-3": ("referral", "unanswered")}


def test_consents_cross_as_the_person_last_said() -> None:
    file = case(
        consents=(
            consent("c-1", "2026-10-01"),
            consent("c-2", "2026-10-01", "2026-11-21"),
            consent("c-3", "2026-10-01", withdrawn="2026-11-01"),
            consent("c-4", "2026-10-01", purpose="health_data"),
            consent("c-5", refused="2026-11-01", purpose="health_data"),
            consent("c-6", refused="2026-12-01"),
            consent("c-7", "2026-10-01", UNSURE, program="drop_in"),
            consent("c-8", refused="2026-09-01", purpose="health_data", program="drop_in"),
        )
    )
    assert _records(_package(file)) == {
        "c-1": ("consent", "stands"),
        "c-4": ("consent", "perhaps"),
        "c-5": ("consent", "refused"),
        "c-7": ("consent", "perhaps"),
        "c-8": ("consent", "refused"),
    }


def test_decisions_and_requirements_cross_while_they_are_in_force() -> None:
    partial: Any = {"from": "2026-10-01", "to": "2026-12-01"}
    perhaps = evolve(ruling("ru-3", "granted", "2026-10-01"), decided_on=some_day(partial))
    file = case(
        rulings=(
            ruling("ru-1", "granted", "2026-10-01"),
            ruling("ru-2", "granted", "2026-10-01", "2026-11-21"),
            perhaps,
            ruling("ru-4", "granted", "2026-12-01"),
        ),
        requirements=(
            requirement("rq-1", "2026-10-01"),
            requirement("rq-2", "2026-10-01", "2026-11-01"),
            requirement("rq-3", "unknown", "open"),
        ),
    )
    assert _records(_package(file)) == {
        "ru-1": ("ruling", "stands"),
        "ru-3": ("ruling", "perhaps"),
        "rq-1": ("requirement", "stands"),
        "rq-3": ("requirement", "perhaps"),
    }


def test_hours_cross_with_the_next_session_of_each_programme() -> None:
    file = case(
        sessions=(
            session("s-1", "2026-11-02"),
            session("s-2", "2026-11-09"),
            session("s-3", "2026-11-30"),
            session("s-4", "2026-11-23"),
            session("s-5", "2026-11-23", held=False, reason="lockdown"),
            session("s-6", "2026-11-25", "drop_in"),
            session("s-7", "2026-11-26", "release_course"),
        ),
        attendances=(
            attendance("a-1", "s-1"),
            attendance("a-2", "s-2", "late", 60),
            attendance("a-7", "s-7"),
        ),
    )
    told = {w.program_id: (w.minutes, w.next_session, w.next_on) for w in _package(file).work}
    assert told == {
        "drop_in": (0, "s-6", day("2026-11-25")),
        "release_course": (0, None, None),
        "thinking_skills": (150, "s-4", day("2026-11-23")),
    }


# --- duties and passages ------------------------------------------------------------------


def _referred(*acts: Any) -> CaseFile:
    return _with(
        transitions=(transition("tr", "2026-11-01"), transition("tr-2", "2026-12-01")),
        transition_acts=(
            transition_act("ta-1", "tr", "referred", "2026-11-02", "ngo", answer_by="2026-11-20"),
            transition_act("ta-2", "tr", "referred", "2026-11-02", "ngo-2", answer_by="2026-11-21"),
            transition_act("ta-3", "tr", "referred", "2026-11-02", "ngo-3"),
            *acts,
        ),
    )


def _duties(file: CaseFile, plan: PlanContent | None = None) -> list[tuple[str, str, str]]:
    duties = _package(file, plan=plan).duties
    return [(one.kind.value, one.due.isoformat(), one.about) for one in duties]


def test_what_is_overdue_crosses() -> None:
    risk = ("reassess_risk", "2026-08-09", "")
    silent = [
        ("answer_referral", "2026-11-20", "ngo"),
        ("answer_referral", "2026-11-16", "ngo-3"),  # the country gives 14 days for a release
    ]
    office = ("find_an_office", "2026-11-17", "")  # the last office that was asked is silent
    assert _duties(_referred()) == [risk, *silent, office]
    late = evolve(_content(), review_due=day("2026-11-20"))
    assert _duties(EXAMPLE, late) == [risk, ("review_plan", "2026-11-20", "")]
    assert _duties(EXAMPLE, evolve(late, review_due=ON)) == [risk]


def test_what_was_to_be_done_in_a_passage_is_overdue_from_the_day_after() -> None:
    moved = casework.record_move(EXAMPLE, XX, release(day("2026-11-03"))).case  # contact by 11-17
    tasks = {"find_an_office", "set_an_appointment", "make_contact"}

    def overdue(on: str, to: Recipient = PROBATION) -> dict[str, tuple[str, str | None]]:
        package = casework.hand_over(moved, XX, on=day(on), to=to).package
        return {
            duty.kind.value: (duty.due.isoformat(), duty.record_id)
            for duty in package.duties
            if duty.kind.value in tasks
        }

    (passage,) = {own for _, own in overdue("2026-11-18").values()}
    assert "make_contact" not in overdue("2026-11-17")
    assert overdue("2026-11-18")["make_contact"] == ("2026-11-17", passage)
    assert overdue("2026-11-18", COURSE) == {}
    died = evolve(moved, deaths=(death("d", "2026-11-10"),))
    package = casework.hand_over(died, XX, on=day("2026-11-18"), to=PROBATION).package
    assert not tasks & {duty.kind.value for duty in package.duties}


@pytest.mark.parametrize(
    ("act", "silent"),
    [
        (
            transition_act(
                "ta-4", "tr", "declined", "2026-11-03", "ngo", reason="died", source="ngo"
            ),
            False,
        ),
        (
            transition_act(
                "ta-4", "tr", "declined", "2026-11-21", "ngo", reason="died", source="ngo"
            ),
            False,
        ),
        (transition_act("ta-4", "tr", "accepted", "2026-11-01", "ngo"), True),
        (transition_act("ta-4", "tr", "accepted", "2026-12-03", "ngo"), True),
        (transition_act("ta-4", "tr", "accepted", "2026-11-03", "ngo-2"), True),
        (transition_act("ta-4", "tr", "closed", "2026-11-03"), False),
    ],
)
def test_an_office_is_silent_until_it_answers(act: Any, silent: bool) -> None:
    duties = [(kind, about) for kind, _, about in _duties(_referred(act))]
    assert (("answer_referral", "ngo") in duties) is silent


def test_the_order_of_answers_in_the_file_does_not_matter() -> None:
    said = [
        transition_act("ta-4", "tr", "declined", "2026-11-01", "ngo", reason="died", source="ngo"),
        transition_act("ta-5", "tr", "declined", "2026-11-03", "ngo", reason="died", source="ngo"),
    ]
    for acts in (said, said[::-1]):
        assert "ngo" not in [about for _, _, about in _duties(_referred(*acts))]


def test_passages_cross_until_they_are_closed_but_not_to_staff_of_programmes() -> None:
    assert _records(_package(_referred()))["tr"] == ("transition", "stands")
    assert "tr-2" not in _records(_package(_referred()))
    closed = _referred(transition_act("ta-4", "tr", "closed", "2026-11-21"))
    assert "tr" not in _records(_package(closed))
    died = evolve(_referred(), deaths=(death("d", "2026-11-20"),))
    assert "tr" not in _records(_package(died))
    package = _package(_referred(), COURSE)
    assert "tr" not in _records(package)
    assert [one.kind.value for one in package.duties] == ["reassess_risk"]


def test_a_passage_that_a_later_move_overtook_is_over_and_nobody_waits_for_its_answers() -> None:
    on = day("2026-11-16")
    asked = transition_act("ta-1", "tr", "referred", "2026-11-10", "ngo", answer_by="2026-11-12")
    asking = _with(
        transitions=(transition("tr", "2026-11-01", "conditional_release"),),
        transition_acts=(asked,),
    )
    released = casework.record_move(asking, XX, release(on)).case
    assert _records(_package(released))["tr"] == ("transition", "stands")
    assert ("answer_referral", "2026-11-12", "ngo") in _duties(released)
    back = release(
        day("2026-11-20"), move_id="return_to_custody", to_holder="prison-1", record_prefix="b"
    )
    recalled = casework.record_move(released, XX, back).case
    assert "tr" not in _records(_package(recalled))
    assert ("answer_referral", "2026-11-12", "ngo") not in _duties(recalled)


def test_care_that_is_not_handed_over_is_not_told_as_nothing() -> None:
    told = explain(casework.hand_over(EXAMPLE, XX, on=ON, to=COURSE))
    assert "Nothing that may be told to this recipient." in told


def test_after_a_death_nothing_is_overdue() -> None:
    assert _package(_with(deaths=(death("d", "2026-11-21"),))).duties == ()
    assert _package(_with(deaths=(death("d", "2026-11-22"),))).duties


def test_the_accountable_office_is_named_and_programmes_answer_on_the_day_after() -> None:
    package = _package(EXAMPLE)
    assert package.holder == "prison-1"
    assert _package(case()).holder == ""
    assert {offer.verdict.on for offer in package.after} == {ON + ONE_DAY}
    assert len(package.after) == len(XX.programs)


# --- health data --------------------------------------------------------------------------


def _treated(*consents: Any, kind: str = "opioid_agonist", program: str = "drop_in") -> CaseFile:
    """Somebody with a treatment, by a programme that would tell of it, and with counselling."""
    return _with(
        consents=consents,
        continuity_items=(
            continuity_item("ci-1", kind, "2026-01-01", program=program),
            continuity_item("ci-2", "counselling", "2026-01-01"),
        ),
        supplies=(supply("su", "ci-1", "2026-01-01"),),
        transitions=(transition("tr", "2026-11-01"),),
        checklist_entries=(checklist_entry("ce", "tr", "naloxone", "2026-11-02"),),
        enrolments=(enrolment("e-9", "2026-01-01", program),),
        sessions=(session("s-9", "2026-11-30", program),),
    )


def _untreated() -> CaseFile:
    return _with(
        continuity_items=(continuity_item("ci-2", "counselling", "2026-01-01"),),
        transitions=(transition("tr", "2026-11-01"),),
    )


FOR_ALL = consent("c-9", "2026-02-01", purpose="health_data")
FOR_CLINIC = consent("c-9", "2026-02-01", purpose="health_data", recipients=("clinic-1",))
ENDED = consent("c-9", "2026-02-01", purpose="health_data", withdrawn="2026-11-21")


@pytest.mark.parametrize(
    ("consents", "kind", "sees"),
    [
        ((), "opioid_agonist", []),
        ((), "tuberculosis", [CLINIC]),
        ((FOR_ALL,), "opioid_agonist", [PROBATION, CLINIC]),
        ((FOR_CLINIC,), "opioid_agonist", [CLINIC]),
        ((ENDED,), "opioid_agonist", []),
    ],
)
def test_law_t12_health_data_reaches_those_with_consent_or_a_basis_in_law(
    consents: tuple[Any, ...], kind: str, sees: list[Recipient]
) -> None:
    file = _treated(*consents, kind=kind)
    for to in (PROBATION, CLINIC, COURSE):
        package = _package(file, to)
        told = [item.record_id for item in package.care.items]
        assert told == (["ci-1", "ci-2"] if to in sees else ["ci-2"])
        assert ("e-9" in _records(package)) is (to in sees)
        assert ("drop_in" in {w.program_id for w in package.work}) is (to in sees)
        assert len(package.after) == len(XX.programs)
        assert (package.care.unspoken == ()) is (to not in sees) or to is CLINIC


def test_steps_about_a_treatment_stay_behind_with_it() -> None:
    plan = casework.plan(EXAMPLE, XX, on=ON).content
    goals = _package(_treated(), COURSE, plan).goals
    assert goals is not None
    assert "drop_in" not in {own for goal in goals for own in goal.programs}
    told = explain(casework.hand_over(_treated(), XX, on=ON, to=COURSE, plan=plan))
    assert "Drop-in" not in told.split("What is known of the needs")[0]


def test_a_goal_that_only_names_a_treatment_stays_behind_too() -> None:
    """Such as a duty to take part that nothing is planned for, a question, or an older step."""
    title = next(one.title for one in XX.programs if one.program_id == "drop_in")
    need = PlanGoal(goal_id=GoalId("g"), kind=GoalKind.OWN, title=Text.of(en="Feel well"))
    asked = PlanQuestion(
        question_id="q",
        program_ids=(ProgramId("drop_in"),),
        fact="consent",
        asks="person",
        goals=(GoalId("asking"),),
    )
    kept = PlanStep(step_id=StepId("kept"), about=Text.of(en="Rest"), actor=Actor.PERSON)
    words = Text.of(en=f"More of {title.wordings[0][1].lower()}")
    older = evolve(kept, step_id=StepId("older"), about=words)
    goals = (
        evolve(need, goal_id=GoalId("duty/rq"), title=title),
        evolve(need, goal_id=GoalId("service/drop_in")),
        evolve(need, goal_id=GoalId("asking"), steps=(kept,)),
        evolve(need, steps=(evolve(kept, step_id=StepId("g/drop_in/office")), older)),
        evolve(need, goal_id=GoalId("h"), steps=(evolve(kept, step_id=StepId("h")),)),
    )
    plan = evolve(_content(), goals=goals, items=(), questions=(asked,))
    told = {one.goal_id: len(one.steps) for one in _package(_treated(), COURSE, plan).goals or ()}
    assert told == {"asking": 0, "g": 0, "h": 1}
    assert len(_package(EXAMPLE, COURSE, plan).goals or ()) == len(goals)


def test_a_treatment_that_is_no_longer_offered_is_known_by_its_id() -> None:
    own = PlanGoal(goal_id=GoalId("service/gone"), kind=GoalKind.OWN, title=Text.of(en="Go on"))
    plan = evolve(_content(), goals=(own,), items=(), questions=())
    assert _package(_treated(program="gone"), COURSE, plan).goals == ()


def test_of_a_plan_that_was_rejected_nothing_is_open() -> None:
    book = casework.open_plan("p", EXAMPLE.case_id, _content(), on=ON, by=StaffId("o"))
    noted = Noted(place=2, on=ON, recorded_on=ON, by=StaffId("o"))
    assert _package(EXAMPLE, plan=book).goals
    no = LifeTurned(noted=noted, version=1, event=PlanLifeEvent.REJECTED)
    assert _package(EXAMPLE, plan=evolve(book, life=(no,))).goals == ()


def test_of_the_book_only_those_entries_count_that_were_known() -> None:
    later = tuple(
        evolve(one, noted=evolve(one.noted, recorded_on=ON + ONE_DAY)) for one in _plan().steps
    )
    book = evolve(_plan(), steps=later)
    result = casework.hand_over(EXAMPLE, XX, on=ON, to=PROBATION, plan=book, known_at=ON)
    known = result.package.goals
    assert known is not None
    assert "steps_closed" in {one.reason for one in _package(EXAMPLE, plan=book).goals or ()}
    assert "steps_closed" not in {one.reason for one in known}


def test_a_package_does_not_tell_that_anything_was_held_back() -> None:
    """Not by an answer that is missing, nor by a fault that was set aside."""
    again = enrolment("e-8", "2026-02-01", "drop_in", corrects="e-9", recorded_on="2026-03-01")
    treated = _treated()
    corrected = evolve(treated, enrolments=(*treated.enrolments, again))
    unknown = continuity_item("ci-9", "unheard_of", "2026-01-01", corrects="ci-1")
    files = (treated, _treated(program="nowhere"), corrected, _with_item(treated, unknown))
    for to in (PROBATION, COURSE):
        plain = exchange.write(casework.hand_over(_untreated(), XX, on=ON, to=to))
        for file in files:
            assert exchange.write(casework.hand_over(file, XX, on=ON, to=to)) == plain


def test_staff_of_programmes_are_told_of_no_consent_to_the_use_of_health_data() -> None:
    other = consent("c-8", "2026-02-01")
    refused = consent("c-7", refused="2026-02-01", purpose="health_data")
    file = _treated(FOR_CLINIC, other, refused)
    own = {"c-7", "c-8", "c-9"}
    assert own & {*_records(_package(file, COURSE))} == {"c-8"}
    assert own & {*_records(_package(file))} == own


def test_what_was_filed_later_changes_no_package_of_before() -> None:
    """Not even by what is withheld: of a passage that was not on file yet the acts were."""
    later = transition("tr", "2026-11-01", recorded_on="2026-11-20")
    file = evolve(_treated(), transitions=(later,))
    before = evolve(file, transitions=())
    for to in (PROBATION, COURSE):
        told = [
            casework.hand_over(one, XX, on=ON, to=to, known_at=day("2026-11-10"))
            for one in (file, before)
        ]
        assert told[0] == told[1]


def test_an_item_that_was_filed_later_shows_no_supply_of_before() -> None:
    item = continuity_item("x", "counselling", "2026-01-01", recorded_on="2026-11-20")
    before = evolve(_treated(), supplies=(supply("su-9", "x", "2026-11-01"),))
    for to in (PROBATION, COURSE):
        told = [
            casework.hand_over(file, XX, on=ON, to=to, known_at=day("2026-11-10"))
            for file in (before, _with_item(before, item))
        ]
        assert told[0] == told[1]


def test_the_order_of_the_file_changes_no_package() -> None:
    file = _with(
        continuity_items=(
            continuity_item("ci-1", "counselling", "2026-02-01"),
            continuity_item("ci-2", "counselling", "2026-01-01"),
        ),
        consents=(consent("c-8", "2026-02-01"), consent("c-9", "2026-01-01")),
        entitlements=(entitlement("en-1", "2026-02-01"), entitlement("en-2", "2026-01-01")),
    )
    lists = {name: getattr(file, name) for name in ("continuity_items", "consents", "entitlements")}
    turned = evolve(file, **{name: records[::-1] for name, records in lists.items()})
    package = _package(file)
    assert _package(turned) == package
    assert [item.record_id for item in package.care.items] == ["ci-2", "ci-1"]
    assert [paper.record_id for paper in package.entitlements] == ["en-2", "en-1"]
    assert [one.record_id for one in package.records if one.record_id in ("c-8", "c-9")] == [
        "c-9",
        "c-8",
    ]


@pytest.mark.parametrize(
    "lost",
    [
        {"checklist_entries": (checklist_entry("x", "tr", "unheard_of", "2026-11-02"),)},
        {"supplies": (supply("x", "gone", "2026-01-01"),)},
        {"appointments": (appointment("x", "gone", "2026-12-01"),)},
        {"support_need_acts": (support_need_act("x", "gone", "met", "2026-11-02"),)},
    ],
)
def test_only_who_may_see_all_is_told_of_an_item_that_nobody_knows(lost: dict[str, Any]) -> None:
    """It may tell of a treatment by another name, or of one that is not on file."""

    def faults(to: Recipient, *consents: Any) -> int:
        file = evolve(_treated(*consents), **lost)
        return len(casework.hand_over(file, XX, on=ON, to=to).grounds.set_aside)

    assert [faults(to) for to in (PROBATION, COURSE)] == [0, 0]
    assert faults(PROBATION, FOR_ALL) == 1


def test_a_file_with_records_that_change_is_handed_over_alike() -> None:
    filing = evolve(transition("tr-2", "2026-11-01").filed, changes=RecordId("tr"), since=ON)
    treated = _treated()
    later = evolve(treated.transitions[0], filed=filing)
    changed = evolve(treated, transitions=(*treated.transitions, later))
    assert _package(changed, COURSE) == _package(treated, COURSE)
    assert _package(changed).after == _package(treated).after


def _with_item(file: CaseFile, item: Any) -> CaseFile:
    return evolve(file, continuity_items=(*file.continuity_items, item))


def test_a_country_without_consent_to_health_data_lets_none_pass() -> None:
    purposes = tuple(c for c in XX.glossary.consent_purposes if c.id != "health_data")
    country = evolve(XX, glossary=evolve(XX.glossary, consent_purposes=purposes))
    package = casework.hand_over(_treated(), country, on=ON, to=PROBATION).package
    assert [item.record_id for item in package.care.items] == ["ci-2"]


def test_an_office_without_a_code_is_no_recipient() -> None:
    with pytest.raises(InputError):
        Recipient(office="", role=CASE_STAFF)


# --- stored and told ----------------------------------------------------------------------


def _result(to: Recipient = CLINIC) -> HandOverResult:
    file = _treated(FOR_ALL, kind="counselling")
    more = evolve(
        file,
        referrals=(referral("r-9", "2026-10-01"),),
        rulings=(ruling("ru-9", "granted", "2026-10-01", "2027-10-01", subject="home_leave"),),
        attendances=(attendance("a-9", "s-8"),),
        sessions=(*file.sessions, session("s-8", "2026-11-03")),
        transition_acts=(
            transition_act("ta-1", "tr", "referred", "2026-11-02", "ngo", answer_by="2026-11-20"),
        ),
    )
    return casework.hand_over(more, XX, on=ON, to=to, plan=_plan())


@pytest.mark.parametrize(
    "line",
    [
        "To clinic-1, as health staff.",
        "Accountable office: prison-1.",
        "- Attitudes towards crime (all its steps are closed: say whether it is reached)",
        "- Work and education (nothing is planned towards it yet)",
        "? Housing: no record says it (to be assessed)",
        "- enrolment: Drop-in counselling (stands; on 2026-01-01; on record e-9)",
        "- consent: use of health data (stands; on 2026-02-01; on record c-9)",
        "- decision: leave at home (stands; on 2026-10-01; until the day before: on 2027-10-01; on "
        "record ru-9)",
        "- Drop-in counselling (minutes attended: 0; next session on 2026-11-30)",
        "- Thinking skills (minutes attended: 90)",
        "! assess anew: risk overall (was due by 2026-08-09)",
        "! ngo was asked to take over, and has not answered (was due by 2026-11-20)",
        "- naloxone kit and training: done",
        "+ Thinking skills: MET",
    ],
)
def test_the_package_is_told(line: str) -> None:
    assert line in explain(_result()).splitlines()


def test_proofs_are_told_on_demand_and_nobody_accountable_is_told_too() -> None:
    assert len(explain(_result(), detail=True)) > len(explain(_result()))
    told = explain(casework.hand_over(case(), XX, on=ON, to=COURSE))
    assert "No office is accountable on this day, as far as is on file." in told


def test_a_stored_hand_over_is_read_back_equal() -> None:
    result = _result()
    assert exchange.read(exchange.write(result), HandOverResult) == result
    assert repr(result) == "<HandOverResult xx@2026.2 on 2026-11-21: 6 open records>"


def _altered(**changes: Any) -> list[str]:
    result = _result()
    altered = evolve(result, package=evolve(result.package, **changes))
    return [problem.path for problem in incoherences_of_care(altered)]


def test_a_package_that_contradicts_itself_is_found() -> None:
    package = _result().package
    today = casework.match(EXAMPLE, XX, on=ON).offers
    assert _altered() == []
    assert _altered(needs=package.needs[1:]) == ["package.needs"]
    assert _altered(records=(*package.records, package.records[0])) == ["package.records"]
    assert "package.after[0].verdict" in _altered(after=today)
    later = (evolve(package.records[0], since=ON + ONE_DAY),)
    assert _altered(records=later) == ["package.records[0].reason"]
    late = (evolve(package.duties[0], due=ON),)
    assert _altered(duties=late) == ["package.duties[0].due"]
    for record, reason in (("e-9", "refused"), ("e-9", "unanswered"), ("r-9", "stands")):
        kept = [one for one in package.records if one.record_id == record]
        wrong = (evolve(kept[0], reason=HandedReason(reason)),)
        assert _altered(records=wrong) == ["package.records[0].reason"]
    assert package.goals is not None
    goal, work, need = package.goals[0], package.work[0], package.needs[0]
    assert _altered(goals=(evolve(goal, reason=OpenGoalReason.NO_STEPS),))[0] == (
        "package.goals[0].reason"
    )
    done = tuple(evolve(step, status=StepStatus.COMPLETED) for step in goal.steps)
    assert "package.goals[0].steps" in _altered(goals=(evolve(goal, steps=done),))
    assert "package.needs[0].reason" in _altered(goals=())
    unknown = evolve(need, reason=HandedNeedReason.NOT_KNOWN)
    assert "package.needs[0].reason" in _altered(needs=(unknown, *package.needs[1:]))
    assert _altered(work=(evolve(work, next_on=None),)) == ["package.work[0].next_on"]
    assert _altered(work=(evolve(work, next_on=day("2026-11-20")),)) == ["package.work[0].next_on"]
    asked = (evolve(package.duties[0], kind=DutyKind.ANSWER_REFERRAL),)
    assert _altered(duties=asked) == ["package.duties[0].kind"]
    health = _package(_treated(FOR_ALL), CLINIC).care
    assert _altered(to=COURSE, care=health, records=()) == ["package.care"]
    assert "package.care.items" in _altered(care=evolve(health, items=health.items[:1] * 2))
