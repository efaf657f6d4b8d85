"""What a draft proposes, what it leaves out and why, and what it asks of whom by when."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from rehabcore import jurisdictions
from rehabcore.care.needs import SubdomainSeen
from rehabcore.care.needs.dosage import Credit
from rehabcore.care.plans.drafting.drafts import Draft
from rehabcore.care.plans.drafting.given import (
    AgainReason,
    ClosingDay,
    Declined,
    ImposedDuty,
    LaterOffer,
    LiveConsent,
    PutOff,
    WorkUnderway,
)
from rehabcore.care.plans.drafting.making import alternatives, drafted
from rehabcore.care.plans.drafting.reasons import ChoiceReason, PassedReason
from rehabcore.care.release_days import ReleaseBasis, ReleaseDay
from rehabcore.plans import Actor, GoalKind, PlanContent, PlanItem
from rehabcore.programs import Offer, Program
from rehabcore.rules.criteria import ask
from rehabcore.rules.sources import Text
from rehabcore.rules.time.partial import PartialDay
from rehabcore.rules.truth import Answer
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import (
    Basis,
    Deliverer,
    GoalId,
    ItemId,
    Kind,
    Modality,
    ProgramId,
    RecordId,
    Setting,
    StepId,
)
from tests.kit.drafts import (
    ON,
    POLICY,
    dose,
    draft_of,
    given,
    need,
    offer,
    program,
    waiting_for,
    with_hours,
)
from tests.kit.plans import content, goal, item

PEERS, DRUGS, HOUSING = need("peers"), need("drugs"), need("housing")
CUSTODY = frozenset({Setting.CUSTODY})
OUTSIDE = frozenset({Setting.COMMUNITY})


def _id(own: str) -> ProgramId:
    return ProgramId(own)


def _item(draft: Draft, own: str) -> PlanItem:
    return next(one for one in draft.content.items if one.program_id == own)


def _passed(draft: Draft) -> dict[str, PassedReason]:
    return {one.program_id: one.why for one in draft.passed_over}


def _deferred(draft: Draft) -> list[tuple[str, str, date | None]]:
    return [(one.need, one.reason, one.until) for one in draft.content.deferrals]


REVIEW, SOON = date(2027, 5, 16), date(2026, 12, 16)


def _underway(own: str, since: date = date(2026, 9, 16), hours: int = 0) -> WorkUnderway:
    return WorkUnderway(
        program_id=_id(own), since=since, enrolment=RecordId("e"), hours_given=Decimal(hours)
    )


def _duty(subject: str) -> ImposedDuty:
    return ImposedDuty(record_id=RecordId("r"), subject=subject, title=Text.of(en="As ordered"))


def _leaves(on: date, **more: Any) -> dict[str, Any]:
    release = ReleaseDay(day=on, basis=ReleaseBasis.PLANNED)
    return {"release": release, "setting": Setting.CUSTODY, **more}


# --- what runs and what is done -----------------------------------------------------------


def test_what_is_open_serves_its_need_with_a_step_and_a_reason() -> None:
    told = {"dose": dose(40, months=2), "delivered_by": frozenset({Deliverer.PEER})}
    draft = draft_of(given((PEERS,), (program("circle", "peers", **told),)))
    (only,) = draft.content.items
    assert (only.starts, only.ends, only.hours) == (ON, date(2027, 1, 16), Decimal(40))
    assert (only.hours_a_week, only.delivered_by) == (Decimal("4.6"), Deliverer.PEER)
    assert (only.basis, only.goals, only.office) == (Basis.VOLUNTARY, ("peers",), "office-1")
    (need_goal,) = draft.content.goals
    assert (need_goal.title, need_goal.target) == (Text.of(en="Peers"), date(2027, 1, 16))
    assert [(step.step_id, step.actor, step.due) for step in need_goal.steps] == [
        ("peers/circle", Actor.OFFICER, SOON),
        ("peers/circle/consent", Actor.OFFICER, SOON),
    ]
    assert [(c.program_id, c.why, c.needs) for c in draft.choices] == [
        ("circle", ChoiceReason.COVERS_NEED, ("peers",))
    ]
    assert draft.merit.needs == ("peers",)
    assert draft.merit.finish == date(2027, 1, 16)
    assert draft.content.review_due == REVIEW
    assert repr(draft) == "<Draft of 2026-11-16: 1 goals, 1 items>"


def test_what_runs_goes_on_and_its_hours_are_not_counted_again() -> None:
    circle, talks = (program(own, "peers", dose=dose(60, months=6)) for own in ("circle", "talks"))
    one = with_hours(given((PEERS,), (circle, talks), underway=(_underway("talks", hours=20),)))
    draft = draft_of(evolve(one, credit=Credit(minutes=1200, unsure_minutes=0)))
    on = _item(draft, "talks")
    assert (on.enrolment, on.starts, on.ends, on.hours) == ("e", ON, date(2027, 3, 16), Decimal(40))
    assert draft.dosage is not None
    assert draft.dosage.planned == 20 + 40 + 60  # done, to come, and the other one
    assert [(c.program_id, c.why) for c in draft.choices] == [
        ("talks", ChoiceReason.CONTINUES),
        ("circle", ChoiceReason.HOURS),
    ]
    assert draft.content.goals[0].steps[1].actor is Actor.OFFICER
    assert draft.content.goals[0].steps[0].actor is Actor.PERSON


@pytest.mark.parametrize(
    ("duty_is", "goes_on"),
    [({}, "ordered"), ({"underway": True}, "ordered"), ({"answer": Answer.UNKNOWN}, "talks")],
)
def test_what_runs_by_choice_gives_way_to_a_duty(duty_is: dict[str, Any], goes_on: str) -> None:
    """Two that exclude each other never stand in one draft, and the duty is not to be chosen."""
    ordered, talks = program("ordered", exclusions=(_id("talks"),)), program("talks", "peers")
    running = [_underway("talks"), *([_underway("ordered")] if "underway" in duty_is else [])]
    answers = {"ordered": duty_is.get("answer", Answer.MET)}
    one = given((PEERS,), (talks, ordered), answers, underway=tuple(running))
    draft = draft_of(evolve(one, duties=(_duty("ordered"),)))
    assert draft.programs == (goes_on,)
    if goes_on == "ordered":
        (passed,) = [each for each in draft.passed_over if each.program_id == "talks"]
        assert (passed.why, passed.other) == (PassedReason.EXCLUDED, "ordered")


def test_what_was_refused_later_does_not_go_on_unless_it_is_a_duty() -> None:
    one = given((PEERS,), (program("talks", "peers"),), underway=(_underway("talks"),))
    one = evolve(one, declined=(Declined(program_id=_id("talks"), since=ON),))
    assert draft_of(one).content.items == ()
    assert draft_of(evolve(one, duties=(_duty("talks"),))).programs == ("talks",)


def test_what_is_over_by_its_length_has_no_day_on_which_it_ends() -> None:
    talks = program("talks", "peers", dose=dose(months=1))
    draft = draft_of(given((PEERS,), (talks,), underway=(_underway("talks"),)))
    assert (_item(draft, "talks").ends, _item(draft, "talks").hours) == (None, None)
    assert draft.content.goals[0].target == REVIEW


def test_what_is_completed_is_proposed_only_with_a_reason() -> None:
    one = given((PEERS,), (program("talks", "peers"),), completed=(_id("talks"),))
    draft = draft_of(one)
    assert _passed(draft) == {"talks": PassedReason.COMPLETED}
    assert _deferred(draft) == [("peers", "completed", REVIEW)]
    again = AgainReason(program_id=_id("talks"), reason="relapsed")
    (choice,) = draft_of(evolve(one, again=(again,))).choices
    assert (choice.program_id, choice.note) == ("talks", "relapsed")


def test_two_that_exclude_each_other_are_never_both_planned() -> None:
    circle, talks = (
        program("circle", "peers"),
        program("talks", "drugs", exclusions=(_id("circle"),)),
    )
    both = program("both", "peers", "drugs", exclusions=(_id("none"),))
    draft = draft_of(given((PEERS, DRUGS), (circle, talks)))
    assert draft.programs == ("circle",)
    (passed,) = draft.passed_over
    assert (passed.program_id, passed.why, passed.other) == (
        "talks",
        PassedReason.EXCLUDED,
        "circle",
    )
    assert _deferred(draft) == [("drugs", "excluded", REVIEW)]
    assert draft_of(given((PEERS, DRUGS), (circle, talks, both))).programs == ("both",)
    running = given((PEERS, DRUGS), (circle, talks), underway=(_underway("circle"),))
    assert _passed(draft_of(running)) == {"talks": PassedReason.EXCLUDED}


# --- the order of merit -------------------------------------------------------------------


def test_a_duty_comes_before_needs_and_a_severe_need_before_others() -> None:
    excludes = {"exclusions": (_id("circle"), _id("shelter"))}
    ordered = program("ordered", "peers", **excludes)
    circle = program("circle", "drugs", exclusions=(_id("shelter"),))
    programs = (circle, ordered, program("shelter", "housing"))
    needs = (PEERS, need("drugs", "high"), need("housing", acute=True))
    assert draft_of(given(needs, programs)).programs == ("shelter",)
    calm = (PEERS, need("drugs", "high"), HOUSING)
    assert draft_of(given(calm, programs)).programs == ("circle",)
    draft = draft_of(given(needs, programs, duties=(_duty("ordered"),)))
    assert (draft.programs, draft.merit.duties) == (("ordered",), ("ordered",))
    only = _item(draft, "ordered")
    assert (only.basis, only.requirement, only.consent) == (Basis.MANDATORY, "r", None)
    assert draft.choices[0].why is ChoiceReason.DUTY


def test_of_equals_the_sooner_is_chosen_and_the_other_told() -> None:
    slow, fast = (
        program(own, "peers", dose=dose(months=n)) for own, n in (("slow", 6), ("fast", 3))
    )
    draft = draft_of(given((PEERS,), (slow, fast, program("open_ended", "peers"))))
    (choice,) = draft.choices
    assert (choice.program_id, choice.otherwise) == ("fast", "slow")
    assert _passed(draft) == {
        "slow": PassedReason.NOT_NEEDED,
        "open_ended": PassedReason.NOT_NEEDED,
    }


def test_hours_are_planned_up_to_what_is_called_for() -> None:
    courses = tuple(program(f"course_{n}", "peers", dose=dose(40, months=3)) for n in (1, 2, 3, 4))
    one = with_hours(given((PEERS,), courses))
    draft = draft_of(one)
    assert draft.programs == ("course_1", "course_2", "course_3")
    assert draft.content.shortfall is None
    assert draft.merit.hours == 100
    short = draft_of(with_hours(given((PEERS,), courses[:1]))).content.shortfall
    assert short is not None
    assert (short.called_for, short.planned) == (Decimal(100), Decimal(40))
    assert short.reason == "nothing_offered"
    unknown = draft_of(evolve(one, risk=None))
    assert unknown.content.shortfall is None
    none_called = draft_of(evolve(one, risk="low"))
    assert none_called.programs == ("course_1",)


def test_weekly_hours_lay_one_after_the_other_or_leave_it_out() -> None:
    courses = tuple(program(own, own, dose=dose(52, weeks=13)) for own in ("peers", "drugs"))
    draft = draft_of(given((PEERS, DRUGS), courses, hours_a_week=Decimal(5)))
    first, second = draft.content.items
    assert first.ends == second.starts == date(2027, 2, 15)
    tight = draft_of(given((PEERS, DRUGS), courses, hours_a_week=Decimal(3)))
    assert set(_passed(tight).values()) == {PassedReason.TOO_MANY_HOURS}


def test_what_runs_without_an_end_may_leave_no_hours_for_more() -> None:
    talks = program("talks", "peers", dose=dose(8, weeks=2))
    more = program("more", "drugs", dose=dose(52, weeks=13))
    runs = (_underway("talks", date(2026, 11, 1)),)  # its two weeks are over, and it goes on
    one = given((PEERS, DRUGS), (talks, more), underway=runs, hours_a_week=Decimal(5))
    assert _passed(draft_of(one)) == {"more": PassedReason.TOO_MANY_HOURS}


def test_the_order_of_input_makes_no_difference() -> None:
    courses = tuple(
        program(f"course_{n}", own, dose=dose(20 * n, months=n))
        for n, own in enumerate(("peers", "drugs", "peers", "housing"), start=1)
    )
    one = with_hours(given((PEERS, DRUGS, HOUSING), courses))
    one = evolve(one, underway=(_underway("course_1"), _underway("course_2")))
    backwards = evolve(one, offers=one.offers[::-1], underway=one.underway[::-1])
    assert draft_of(one) == draft_of(backwards)


# --- what waits ---------------------------------------------------------------------------


def test_a_programme_starts_after_what_it_requires() -> None:
    first = program("first", "peers", dose=dose(months=2))
    second = program("second", "drugs", prerequisites=(_id("first"),))
    closed = {"second": offer("second", Answer.NOT_MET, closed_by="prerequisites")}
    draft = draft_of(given((PEERS, DRUGS), (second, first), closed))
    assert [(one.program_id, one.starts) for one in draft.content.items] == [
        ("first", ON),
        ("second", date(2027, 1, 16)),
    ]
    opening = draft_of(given((DRUGS,), (second, first), closed))
    assert [(c.program_id, c.why) for c in opening.choices] == [
        ("first", ChoiceReason.OPENS_THE_WAY),
        ("second", ChoiceReason.COVERS_NEED),
    ]
    running = draft_of(given((DRUGS,), (second, first), closed, underway=(_underway("first", ON),)))
    assert _item(running, "second").starts == date(2027, 1, 16)
    done = given((DRUGS,), (second, first), closed, completed=(_id("first"),))
    assert _item(draft_of(done), "second").starts == ON


def test_what_requires_something_that_is_not_to_be_had_waits() -> None:
    second = program("second", "drugs", prerequisites=(_id("first"),))
    shut = offer("second", Answer.NOT_MET, closed_by="prerequisites")
    closed: dict[str, Offer | Answer] = {"second": shut, "first": Answer.NOT_MET}
    draft = draft_of(given((DRUGS,), (second, program("first", "peers")), closed))
    assert _passed(draft)["second"] is PassedReason.WAITS
    assert _deferred(draft) == [("drugs", "waits", REVIEW)]
    endless = given((DRUGS,), (second, program("first", "peers")), {"second": shut})
    assert _passed(draft_of(endless))["second"] is PassedReason.WAITS
    other = {"second": offer("second", Answer.NOT_MET, closed_by="entry")}
    entry = draft_of(given((DRUGS,), (second, program("first", "peers")), other))
    assert _passed(entry)["second"] is PassedReason.CLOSED


def test_a_group_waits_until_what_is_acute_is_settled() -> None:
    group = program("group", "peers", modality=frozenset({Modality.GROUP}))
    shelter = program("shelter", "housing", dose=dose(months=1))
    needs = (PEERS, need("housing", "high"))
    draft = draft_of(with_hours(given(needs, (group, shelter))))
    assert _item(draft, "group").starts == _item(draft, "shelter").ends
    assert draft.content.goals[1].target == _item(draft, "shelter").ends
    assert [turn.program_id for turn in draft.turns] == ["shelter", "group"]
    alone = draft_of(with_hours(given(needs, (group,))))
    assert _passed(alone) == {"group": PassedReason.HELD_UP}
    endless = evolve(shelter, dose=None)
    open_ended = draft_of(with_hours(given(needs, (group, endless))))
    assert _passed(open_ended) == {"group": PassedReason.HELD_UP}
    running = with_hours(given(needs, (group, shelter), underway=(_underway("shelter", ON),)))
    assert _item(draft_of(running), "group").starts == date(2026, 12, 16)
    never = with_hours(given(needs, (group, endless), underway=(_underway("shelter", ON),)))
    assert _passed(draft_of(never)) == {"group": PassedReason.HELD_UP}
    either = draft_of(with_hours(given(needs, (evolve(group, modality=frozenset(Modality)),))))
    assert _item(either, "group").modality is Modality.INDIVIDUAL


# --- the gate, birthdays, the end of the sentence -----------------------------------------


def _nine_months(settings: frozenset[Setting]) -> Program:
    return program("course", "peers", settings=settings, dose=dose(90, months=9))


def test_what_cannot_be_finished_before_the_gate_is_not_proposed_inside() -> None:
    week = _leaves(date(2026, 11, 20))
    draft = draft_of(given((PEERS,), (_nine_months(CUSTODY),), **week))
    (passed,) = draft.passed_over
    assert (passed.why, passed.day) == (PassedReason.NO_TIME, date(2026, 11, 20))
    assert _deferred(draft) == [("peers", "no_time", REVIEW)]
    year = _leaves(date(2027, 11, 20))
    inside = _item(draft_of(given((PEERS,), (_nine_months(CUSTODY),), **year)), "course")
    assert (inside.setting, inside.office, inside.ends) == (
        Setting.CUSTODY,
        "office-1",
        date(2027, 8, 16),
    )


def test_what_goes_on_outside_crosses_the_gate_to_a_receiving_office() -> None:
    one = given((PEERS,), (_nine_months(CUSTODY | OUTSIDE),), **_leaves(date(2026, 11, 20)))
    draft = draft_of(one)
    only = _item(draft, "course")
    assert (only.setting, only.office, only.aftercare) == (None, "", False)
    assert draft.content.goals[0].steps[-1].step_id == "peers/course/office"
    ready = draft_of(evolve(one, receiving_office="office-2", sentence_end=date(2026, 12, 1)))
    across = _item(ready, "course")
    assert (across.office, across.aftercare) == ("office-2", True)
    assert "peers/course/office" not in [step.step_id for step in ready.content.goals[0].steps]


def test_what_is_held_only_outside_starts_after_the_gate() -> None:
    closed = {"course": offer("course", Answer.NOT_MET, closed_by="settings")}
    leaves = _leaves(date(2026, 12, 20))
    gate = (offer("course", on=date(2026, 12, 20)),)
    one = given((PEERS,), (_nine_months(OUTSIDE),), closed, outside=gate, **leaves)
    only = _item(draft_of(one), "course")
    assert (only.starts, only.setting) == (date(2026, 12, 20), Setting.COMMUNITY)
    (step, *_) = draft_of(one).content.goals[0].steps
    assert step.due == date(2026, 12, 20)
    december = ReleaseDay(
        day=PartialDay(date(2026, 12, 1), date(2026, 12, 31)), basis=ReleaseBasis.MILESTONE
    )
    later = _item(draft_of(evolve(one, release=december)), "course")
    assert later.starts == date(2026, 12, 31)
    stays = draft_of(evolve(one, release=None))
    assert _passed(stays) == {"course": PassedReason.CLOSED}


def test_what_may_open_after_the_gate_is_asked_about_before_it() -> None:
    gate = date(2026, 11, 20)
    one = given(
        (PEERS,),
        (_nine_months(OUTSIDE),),
        {"course": offer("course", Answer.NOT_MET, closed_by="status")},
        outside=(offer("course", Answer.UNKNOWN, on=gate),),
        **_leaves(gate),
    )
    draft = draft_of(one)
    (question,) = draft.content.questions
    assert (question.fact, question.due, question.goals) == ("open", gate, ("peers",))
    assert _deferred(draft) == [("peers", "asked", gate)]
    never = evolve(one, outside=(offer("course", Answer.NOT_MET, closed_by="law", on=gate),))
    assert _passed(draft_of(never)) == {"course": PassedReason.CLOSED}
    with pytest.raises(InputError, match=r"outside\[0\]"):
        evolve(one, outside=(offer("other"),))


def test_nobody_is_asked_about_what_could_not_be_finished_anyway() -> None:
    gate = date(2027, 1, 20)
    one = given((PEERS,), (_nine_months(CUSTODY),), {"course": Answer.UNKNOWN}, **_leaves(gate))
    (passed,) = draft_of(one).passed_over
    assert (passed.why, passed.day) == (PassedReason.NO_TIME, gate)
    assert draft_of(one).content.questions == ()
    in_time = draft_of(evolve(one, release=_leaves(date(2027, 11, 20))["release"]))
    assert _passed(in_time) == {"course": PassedReason.ASKED}
    endless = evolve(one, programs=(evolve(_nine_months(CUSTODY), dose=None),))
    assert _passed(draft_of(endless)) == {"course": PassedReason.ASKED}
    today = evolve(endless, release=_leaves(one.on)["release"])
    assert _passed(draft_of(today)) == {"course": PassedReason.NO_TIME}


def test_on_the_day_of_release_the_gate_is_today() -> None:
    closed = {"course": offer("course", Answer.NOT_MET, closed_by="settings")}
    leaves = _leaves(date(2026, 11, 16))
    one = given((PEERS,), (_nine_months(OUTSIDE),), closed, outside=(offer("course"),), **leaves)
    only = _item(draft_of(one), "course")
    assert (only.starts, only.setting) == (date(2026, 11, 16), Setting.COMMUNITY)
    late = evolve(one, release=_leaves(date(2026, 11, 15))["release"])
    assert _passed(draft_of(late)) == {"course": PassedReason.CLOSED}


def test_what_the_law_binds_to_a_sentence_is_no_aftercare() -> None:
    end = date(2026, 12, 1)
    one = given((PEERS,), (_nine_months(frozenset()),), sentence_end=end)
    bound = evolve(one, bound=frozenset({_id("course")}))
    (passed,) = draft_of(bound).passed_over
    assert (passed.why, passed.day) == (PassedReason.NO_TIME, end)
    assert _passed(draft_of(evolve(bound, sentence_end=None))) == {}


def test_a_risk_that_nobody_assessed_is_to_be_assessed() -> None:
    one = given((PEERS,), (), risk=None)
    (assess,) = draft_of(one).content.goals
    assert (assess.kind, assess.needs) == (GoalKind.ASSESSMENT, ("peers",))
    assert [(step.step_id, step.due) for step in assess.steps] == [
        ("assessment/risk", date(2026, 12, 16))
    ]
    assert assess.steps[0].about.in_language("en")[0] == "Assess the risk"


def test_what_only_opens_the_way_to_something_of_no_use_is_not_spoken_of() -> None:
    way = program("way", "drugs")
    later = evolve(program("later", "drugs"), prerequisites=(_id("way"),))
    assert draft_of(given((PEERS,), (way, later), {"way": Answer.NOT_MET})).passed_over == ()


def test_what_runs_inside_ends_at_the_gate() -> None:
    leaves = _leaves(date(2026, 11, 20), underway=(_underway("course"),))
    inside = draft_of(given((PEERS,), (_nine_months(CUSTODY),), **leaves))
    assert _item(inside, "course").ends == date(2026, 11, 20)
    assert _item(inside, "course").hours == Decimal(0)  # not a whole week is left
    unstated = evolve(_nine_months(CUSTODY), dose=dose(90))
    assert _item(draft_of(given((PEERS,), (unstated,), **leaves)), "course").hours == Decimal(90)
    endless = evolve(_nine_months(CUSTODY), dose=None)
    assert _item(draft_of(given((PEERS,), (endless,), **leaves)), "course").ends == date(
        2026, 11, 20
    )
    outside = draft_of(given((PEERS,), (_nine_months(CUSTODY | OUTSIDE),), **leaves))
    assert _item(outside, "course").ends == date(2027, 6, 16)


def test_a_variant_is_held_up_to_the_birthday_and_the_other_one_from_it_on() -> None:
    young = program("young", "peers", dose=dose(26, weeks=13))
    adult = program("adult", "drugs")
    birthday = date(2026, 12, 20)
    one = given(
        (PEERS, DRUGS),
        (young, adult),
        {"adult": Answer.NOT_MET},
        closing=(ClosingDay(program_id=_id("young"), day=birthday),),
        opening=(LaterOffer(opens=birthday, offer=offer("adult", on=birthday)),),
    )
    draft = draft_of(one)
    assert (_item(draft, "young").ends, _item(draft, "young").hours) == (birthday, Decimal(8))
    assert _item(draft, "adult").starts == birthday
    soon = evolve(one, closing=(ClosingDay(program_id=_id("young"), day=date(2026, 11, 20)),))
    assert _passed(draft_of(soon)) == {"young": PassedReason.NO_TIME}


def test_a_duty_ends_with_the_sentence_and_what_is_voluntary_becomes_aftercare() -> None:
    end = date(2026, 12, 1)
    one = given((PEERS,), (_nine_months(frozenset()),), sentence_end=end)
    voluntary = draft_of(one)
    assert _item(voluntary, "course").aftercare
    assert voluntary.content.review_due == end
    duty = _item(draft_of(evolve(one, duties=(_duty("course"),))), "course")
    assert (duty.ends, duty.aftercare, duty.hours) == (end, False, Decimal("4.63"))
    endless = evolve(one, programs=(program("course", "peers"),), duties=(_duty("course"),))
    assert _item(draft_of(endless), "course").ends == end
    late = evolve(one, opening=(LaterOffer(opens=date(2026, 12, 24), offer=offer("course")),))
    late = evolve(late, offers=(offer("course", Answer.NOT_MET),))
    assert draft_of(late).content.goals[0].steps[0].due == end


# --- what is not known, refused, put off --------------------------------------------------


def test_what_is_not_known_is_a_dated_question_and_covers_nothing() -> None:
    draft = draft_of(given((PEERS,), (program("talks", "peers"),), {"talks": Answer.UNKNOWN}))
    (question,) = draft.content.questions
    assert (question.question_id, question.program_ids) == ("open", ("talks",))
    assert (question.asks, question.due) == ("holder_of_the_case", SOON)
    assert question.goals == ("peers",)
    assert (draft.content.items, draft.merit.needs) == ((), ())
    assert _deferred(draft) == [("peers", "asked", SOON)]
    (waiting,) = draft.content.goals
    assert (waiting.target, waiting.steps) == (None, ())


def test_a_question_with_a_parameter_has_an_id_that_stays() -> None:
    asked = ask(jurisdictions.load("xx").facts["need_level"], domain="housing")
    (question,) = draft_of(
        given((PEERS,), (program("talks", "peers"),), {"talks": waiting_for("talks", asked)})
    ).content.questions
    assert (question.question_id, question.fact) == (
        "question-53677794d3cee825",
        "need_level(domain=housing)",
    )


def test_what_the_person_does_not_want_is_a_refusal() -> None:
    one = given((PEERS,), (program("talks", "peers"),))
    whole = draft_of(evolve(one, declined=(Declined(need="peers", since=ON, reason="no"),)))
    assert [(r.need, r.since, r.reason) for r in whole.content.refusals] == [("peers", ON, "no")]
    assert (whole.content.goals, whole.content.items) == ((), ())
    parts = draft_of(evolve(one, declined=(Declined(program_id=_id("talks"), since=ON),)))
    assert [(r.need, r.program_ids) for r in parts.content.refusals] == [("peers", ("talks",))]
    assert parts.content.deferrals == ()


@pytest.mark.parametrize("until", [None, date(2027, 1, 1)])
def test_what_was_put_off_waits_for_its_day(until: date | None) -> None:
    one = given((PEERS,), (program("talks", "peers"),))
    whole = draft_of(evolve(one, put_off=(PutOff(need="peers", until=until, reason="ill"),)))
    assert _deferred(whole) == [("peers", "ill", until or REVIEW)]
    part = PutOff(program_id=_id("talks"), until=until, reason="full")
    assert _deferred(draft_of(evolve(one, put_off=(part,)))) == [("peers", "put_off", REVIEW)]
    over = tuple(
        evolve(each, until=ON) for each in (part, PutOff(need="peers", until=ON, reason="x"))
    )
    assert draft_of(evolve(one, put_off=over)).programs == ("talks",)


def test_a_need_that_nothing_serves_is_put_off_to_the_review() -> None:
    assert _deferred(draft_of(given((PEERS,), ()))) == [("peers", "nothing_offered", REVIEW)]
    undated = evolve(POLICY, review_every=None, answer_within=None)
    nothing = drafted(given((PEERS,), ()), undated)
    assert _deferred(nothing) == [("peers", "nothing_offered", None)]


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"basis": frozenset({Basis.MANDATORY})}, PassedReason.NO_BASIS),
        ({"modality": frozenset({Modality.GROUP})}, PassedReason.KEPT_APART),
        ({"serves": frozenset({"heroin"})}, PassedReason.PART_NOT_KNOWN),
    ],
)
def test_what_is_out_of_the_question_says_why(changed: dict[str, Any], why: PassedReason) -> None:
    parts = (SubdomainSeen(subdomain="heroin", found=Answer.UNKNOWN),)
    talks = evolve(program("talks", "drugs"), **changed)
    one = given((need("drugs", subdomains=parts),), (talks,), kept_from=frozenset({_id("talks")}))
    assert _passed(draft_of(one)) == {"talks": why}
    again = SOON if why is PassedReason.PART_NOT_KNOWN else REVIEW
    assert _deferred(draft_of(one)) == [("drugs", why.value, again)]


@pytest.mark.parametrize(("found", "programs"), [(Answer.MET, ("talks",)), (Answer.NOT_MET, ())])
def test_a_part_of_a_domain_is_served_where_the_need_was_found_in_it(
    found: Answer, programs: tuple[str, ...]
) -> None:
    drugs = need("drugs", subdomains=(SubdomainSeen(subdomain="heroin", found=found),))
    assert draft_of(given((drugs,), (program("talks", "heroin"),))).programs == programs


def test_whoever_is_kept_apart_is_seen_alone() -> None:
    one = given((PEERS,), (program("talks", "peers"),), kept_from=frozenset({_id("talks")}))
    assert _item(draft_of(one), "talks").modality is Modality.INDIVIDUAL


def test_a_consent_to_the_programme_itself_comes_before_one_to_all() -> None:
    consents = (
        LiveConsent(record_id=RecordId("a")),
        LiveConsent(record_id=RecordId("b"), program_id=_id("talks")),
        LiveConsent(record_id=RecordId("c"), program_id=_id("other")),
    )
    one = given((PEERS,), (program("talks", "peers"),), consents=consents)
    assert _item(draft_of(one), "talks").consent == "b"
    assert [step.step_id for step in draft_of(one).content.goals[0].steps] == ["peers/talks"]


def test_a_programme_without_an_answer_is_closed() -> None:
    one = evolve(given((PEERS,), (program("talks", "peers"),)), offers=())
    assert _passed(draft_of(one)) == {"talks": PassedReason.CLOSED}


# --- goals --------------------------------------------------------------------------------


def test_a_need_whose_assessment_expired_is_assessed_anew_and_keeps_its_goal() -> None:
    one = given(
        (need("peers", None), evolve(need("drugs", None), unknown=None)),
        (program("course", "peers"),),
        underway=(_underway("course"),),
        previous=content(),
    )
    assess, kept = draft_of(one).content.goals
    assert (assess.kind, assess.needs) == (GoalKind.ASSESSMENT, ("peers", "drugs"))
    assert [step.step_id for step in assess.steps] == ["assessment/assess", "assessment/anew"]
    assert (kept.goal_id, kept.target) == ("peers", goal().target)
    assert [step.step_id for step in kept.steps] == [
        "peers/refer",
        "peers/course",
        "peers/course/consent",
    ]
    assert _item(draft_of(one), "course").goals == ("peers",)


def test_an_assessment_of_risk_that_is_due_or_overdue_stands_on_the_plan() -> None:
    one = given((PEERS,), (program("talks", "peers"),), reassess_risk_by=date(2026, 10, 1))
    assess = draft_of(one).content.goals[0]
    assert [(step.step_id, step.due) for step in assess.steps] == [
        ("assessment/risk", date(2026, 10, 1))
    ]
    later = draft_of(evolve(one, reassess_risk_by=date(2028, 1, 1)))
    assert [g.goal_id for g in later.content.goals] == ["peers"]
    nowhere = draft_of(evolve(one, profile=evolve(one.profile, needs=())))
    assert nowhere.content.goals == ()


def test_a_contest_and_a_need_in_an_unknown_part_stand_on_the_plan_with_a_day() -> None:
    contested = evolve(PEERS, contested=True)
    (goal_of_it,) = draft_of(given((contested,), ())).content.goals
    assert (goal_of_it.needs, goal_of_it.evidence) == (("peers",), ("assessment",))
    assert [(step.step_id, step.due) for step in goal_of_it.steps] == [("assessment/contest", SOON)]
    risk = draft_of(given((PEERS, DRUGS), (), risk_contested=True)).content.goals[0]
    assert (risk.needs, risk.evidence) == (("peers", "drugs"), ())
    in_parts = evolve(DRUGS, subdomains=(SubdomainSeen(subdomain="alcohol", found=Answer.UNKNOWN),))
    draft = draft_of(given((in_parts,), (program("sober", "alcohol"),)))
    assert [step.step_id for step in draft.content.goals[0].steps] == ["assessment/part/drugs"]
    assert _deferred(draft) == [("drugs", "part_not_known", SOON)]


def test_a_need_domain_of_any_name_and_steps_of_any_id_stand_beside_the_others() -> None:
    named = need("assessment")
    draft = draft_of(given((named,), (program("assess", "assessment"),), risk=None))
    assert [g.goal_id for g in draft.content.goals] == ["assessment/needs", "assessment"]
    own = evolve(goal(), goal_id=GoalId("own"), kind=GoalKind.OWN, needs=())
    twice = evolve(goal().steps[0], step_id=StepId("peers/circle"))
    before = evolve(content(), goals=(evolve(own, steps=(twice,)),), items=())
    goals = draft_of(given((PEERS,), (program("circle", "peers"),), previous=before)).content.goals
    assert [step.step_id for step in goals[1].steps] == ["own/peers/circle"]


def test_no_goal_of_the_plan_before_is_lost_because_of_its_need_or_its_id() -> None:
    """A plan of other software may name a need that nobody knows here, or an id that is taken."""
    elsewhere = evolve(goal(), goal_id=GoalId("far"), needs=("gambling",))
    safety = evolve(goal(), kind=GoalKind.VICTIM_SAFETY, needs=(), steps=())
    before = evolve(content(), goals=(elsewhere, safety), items=())
    one = given((PEERS,), (program("talks", "peers"),), previous=before)
    found = {each.goal_id: each.kind for each in draft_of(one).content.goals}
    assert found == {
        "peers": GoalKind.NEED,
        "far": GoalKind.NEED,
        "victim_safety/peers": GoalKind.VICTIM_SAFETY,
    }
    again = draft_of(evolve(one, previous=draft_of(one).content)).content.goals
    assert {each.goal_id: each.kind for each in again} == found


def test_an_alternative_is_not_worse_by_the_number_of_its_programmes() -> None:
    courses = (
        program("one", "peers", "drugs", dose=dose(20, months=2)),
        program("a", "peers", dose=dose(10, months=2)),
        program("b", "drugs", dose=dose(10, months=2)),
    )
    assert alternatives(given((PEERS, DRUGS), courses), POLICY, 5) == ()


def test_other_goals_stand_and_those_of_the_plan_before_are_kept() -> None:
    safety = evolve(goal(), goal_id=GoalId("safe"), kind=GoalKind.VICTIM_SAFETY, needs=())
    old = evolve(safety, goal_id=GoalId("own"), kind=GoalKind.OWN, steps=())
    over = evolve(old, goal_id=GoalId("service/card"), kind=GoalKind.SERVICE)
    before = evolve(content(), goals=(goal(), old, over))
    one = given((PEERS,), (), standing=(safety,), previous=before)
    assert [g.goal_id for g in draft_of(one).content.goals] == ["safe", "own"]


def test_a_duty_that_no_need_is_about_has_a_goal_of_its_own() -> None:
    one = given((), (program("talks", "peers"),), duties=(_duty("talks"),))
    (only,) = draft_of(one).content.goals
    assert (only.goal_id, only.kind, only.evidence) == ("duty/r", GoalKind.SERVICE, ("r",))
    assert draft_of(one).content.items[0].goals == ("duty/r",)
    (work,) = draft_of(given((), (), duties=(_duty("unpaid_work"),))).content.goals
    assert [(step.step_id, step.actor) for step in work.steps] == [("duty/r/do", Actor.PERSON)]
    shut = given((), (program("talks"),), {"talks": Answer.NOT_MET}, duties=(_duty("talks"),))
    (closed,) = draft_of(shut).content.goals
    assert [step.actor for step in closed.steps] == [Actor.OFFICER]


def test_a_service_without_a_need_is_planned_if_somebody_asked_for_it() -> None:
    card = program("card", kind=Kind.SERVICE)
    one = given((PEERS,), (card, program("course", "peers")), wanted=(_id("card"),))
    draft = draft_of(one)
    assert draft.content.goals[-1].goal_id == "service/card"
    assert draft.choices[-1].why is ChoiceReason.ASKED_FOR
    assert draft_of(evolve(one, wanted=())).programs == ("course",)
    before = evolve(content(), items=(evolve(item(), program_id=_id("card")),))
    assert "card" in draft_of(evolve(one, wanted=(), previous=before)).programs
    assert "card" not in draft_of(evolve(one, completed=(_id("card"),))).programs


def test_the_dead_have_no_goals() -> None:
    one = given((PEERS,), (program("talks", "peers"),), died=True)
    draft = draft_of(with_hours(one))
    assert (draft.content.goals, draft.content.items, draft.content.review_due) == ((), (), None)


# --- other drafts -------------------------------------------------------------------------


def test_alternatives_give_up_something_for_an_earlier_end_or_are_as_good() -> None:
    courses = (
        program("long", "peers", "drugs", dose=dose(90, months=9)),
        program("short", "peers", dose=dose(20, months=2)),
        program("twin", "peers", dose=dose(20, months=2)),
    )
    found = alternatives(with_hours(given((PEERS, DRUGS), courses)), POLICY, 5)
    assert [one.draft.programs for one in found] == [
        ("long", "twin"),
        ("short", "twin"),
    ]
    twin, sooner = found
    assert (twin.adds, twin.leaves_out, twin.sooner) == (("twin",), ("short",), 0)
    assert (sooner.covers_less, sooner.covers_more) == (("drugs",), ())
    assert (sooner.more_hours, sooner.sooner) == (Decimal(-60), 212)
    assert len(alternatives(with_hours(given((PEERS, DRUGS), courses)), POLICY, 1)) == 1


def _refused(make: Callable[[], object]) -> list[tuple[str, str]]:
    with pytest.raises(InputError) as caught:
        make()
    return [(problem.code, problem.path) for problem in caught.value.problems]


def test_what_cannot_be_meant_is_refused() -> None:
    one = given((PEERS,), (program("talks", "peers"),))
    assert _refused(lambda: alternatives(one, POLICY, 0)) == [("out_of_range", "most")]
    assert _refused(lambda: evolve(one, programs=())) == [("dangling_id", "offers[0].program_id")]
    assert _refused(lambda: Declined(since=ON)) == [("one_of_two", "need")]
    assert _refused(lambda: PutOff(need="peers", until=None, reason="")) == [
        ("out_of_range", "reason")
    ]
    assert _refused(lambda: AgainReason(program_id=_id("x"), reason="")) == [
        ("out_of_range", "reason")
    ]


# --- services that somebody asked for -----------------------------------------------------


def _before(*own: str) -> PlanContent:
    """A plan of services without a need, all for one goal."""
    serves = GoalId(f"service/{own[0]}")
    goals = (evolve(goal(), goal_id=serves, kind=GoalKind.SERVICE, needs=()),)
    items = tuple(
        evolve(item(), item_id=ItemId(one), program_id=_id(one), goals=(serves,)) for one in own
    )
    return evolve(content(), goals=goals, items=items)


def _service(own: str, **more: Any) -> Program:
    return program(own, kind=Kind.SERVICE, **more)


@pytest.mark.parametrize(
    ("service", "told"),
    [
        ({}, {"put_off": (PutOff(program_id=_id("card"), until=REVIEW, reason="later"),)}),
        ({}, {"put_off": (PutOff(program_id=_id("card"), until=None, reason="later"),)}),
        ({}, {"declined": (Declined(program_id=_id("card"), since=ON),)}),
        ({}, {"completed": (_id("card"),)}),
        ({"exclusions": (_id("run"),)}, {"underway": (_underway("run"),)}),
        ({"modality": frozenset({Modality.GROUP})}, {"kept_from": frozenset({"card"})}),
        ({"basis": frozenset({Basis.MANDATORY})}, {}),
        ({"settings": CUSTODY}, _leaves(ON)),
    ],
)
def test_what_rules_out_a_programme_rules_out_a_service(
    service: dict[str, Any], told: dict[str, Any]
) -> None:
    """A card that the plan before had, and that may not be in the next."""
    programs = (_service("card", **service), program("run"))
    draft = draft_of(given((), programs, previous=_before("card"), **told))
    assert "card" not in {one.program_id for one in draft.content.items}


@pytest.mark.parametrize(
    "told",
    [
        {"put_off": (PutOff(program_id=_id("card"), until=ON, reason="over"),)},
        {
            "completed": (_id("card"),),
            "again": (AgainReason(program_id=_id("card"), reason="lost"),),
        },
        {"kept_from": frozenset({"card"})},
    ],
)
def test_a_service_is_planned_where_nothing_rules_it_out(told: dict[str, Any]) -> None:
    draft = draft_of(given((), (_service("card"),), previous=_before("card"), **told))
    assert _item(draft, "card").ends is None


def test_of_two_services_that_exclude_each_other_the_first_is_planned() -> None:
    programs = (_service("card", exclusions=(_id("aid"),)), _service("aid"))
    draft = draft_of(given((), programs, previous=_before("aid", "card")))
    assert [one.program_id for one in draft.content.items] == ["card"]


def test_a_service_that_something_requires_stands_once() -> None:
    card = _service("card", dose=dose(months=1))
    course = program("course", "peers", prerequisites=(_id("card"),))
    shut = {"course": offer("course", Answer.NOT_MET, closed_by="prerequisites")}
    draft = draft_of(given((PEERS,), (card, course), shut, previous=_before("card")))
    assert [one.program_id for one in draft.content.items] == ["card", "course"]


def test_a_service_of_custody_ends_at_the_gate() -> None:
    card, gate = _service("card", settings=CUSTODY), date(2026, 11, 18)
    draft = draft_of(given((), (card,), previous=_before("card"), **_leaves(gate)))
    assert (_item(draft, "card").ends, _item(draft, "card").setting) == (gate, Setting.CUSTODY)


# --- the day of release, and what is filed twice ------------------------------------------


@pytest.mark.parametrize("underway", [(), (_underway("course"),)])
def test_nothing_of_custody_is_planned_on_the_day_of_release(
    underway: tuple[WorkUnderway, ...],
) -> None:
    course = program("course", "peers", settings=CUSTODY, dose=dose(40, months=9))
    draft = draft_of(given((PEERS,), (course,), underway=underway, **_leaves(ON)))
    assert draft.content.items == ()
    assert _passed(draft) == {"course": PassedReason.NO_TIME}
    assert _deferred(draft) == [("peers", "no_time", REVIEW)]


_GOAL = evolve(goal(), needs=("peers",))


def test_a_goal_of_two_needs_stays_when_the_assessment_of_one_expires() -> None:
    both = evolve(goal(), goal_id=GoalId("both"), needs=("peers", "drugs"))
    before = evolve(content(), goals=(both,), items=())
    draft = draft_of(given((need("peers", None), DRUGS), (), previous=before))
    assert both in draft.content.goals


def test_what_was_planned_stays_when_the_assessment_expires_and_nothing_is_added() -> None:
    """Until the need is assessed anew, nobody knows that the work is not called for."""
    before = evolve(content(), goals=(_GOAL,), items=(evolve(item(), program_id=_id("circle")),))
    programs = (program("talks", "peers"), program("circle", "peers"))
    one = given((need("peers", None),), programs, previous=before)
    draft = draft_of(one)
    assert draft.programs == ("circle",)
    assert draft.content.items[0].goals == (_GOAL.goal_id,)
    declined = (Declined(program_id=_id("circle"), since=ON),)
    assert draft_of(evolve(one, declined=declined)).programs == ()
    assert draft_of(evolve(one, previous=None)).programs == ()


def test_what_is_filed_twice_stands_in_an_order_of_its_own() -> None:
    refused = tuple(Declined(need="peers", since=ON, reason=reason) for reason in "ab")
    course = tuple(Declined(program_id=_id("course"), since=ON, reason=reason) for reason in "ab")
    later = tuple(PutOff(need="housing", until=REVIEW, reason=reason) for reason in "ab")
    programs = (program("course", "drugs"),)
    drafts = [
        draft_of(given((PEERS, DRUGS, HOUSING), programs, declined=told, put_off=put_off))
        for told, put_off in [
            ((*refused, *course), later),
            ((*course, *refused)[::-1], later[::-1]),
        ]
    ]
    assert drafts[0].content == drafts[1].content
