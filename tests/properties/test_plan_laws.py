"""Laws of one version of a plan: no sound plan breaks one, and what breaks one is found.

Each law takes a sound plan and breaks it as little as can be. It is found by that law, and by no
other than those that follow from it.
"""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given

from rehabcore.care.needs.dosage import DosageTarget
from rehabcore.care.needs.profile import NeedSeen, NeedsProfile
from rehabcore.care.plans.laws.checking import CONTENT_CHECKS, check_content, plan_laws
from rehabcore.care.plans.laws.of_time import last_day
from rehabcore.plans import Deferral, GoalKind, PlanGoal, PlanItem, PlannedSession
from rehabcore.rules.time.days import OPEN, Span
from rehabcore.rules.truth import Answer
from rehabcore.strict.vocabulary import Basis, GoalId, ItemId, Modality, ProgramId
from tests.kit.plan_grounds import program
from tests.kit.plan_strategies import (
    MOST_A_WEEK,
    MadePlan,
    first,
    made_plan,
    some_step,
    sound_plans,
)
from tests.kit.plans import DAY, words

Law = Callable[[MadePlan], None]


def _laws(plan: MadePlan, answer: Answer = Answer.NOT_MET) -> set[str]:
    return {one.law_id for one in check_content(*plan) if one.answer is answer}


def _broken(law_id: str, plan: MadePlan, known: dict[str, Any] | None = None, **said: Any) -> None:
    """A plan is sound, and with some changes it breaks one law and those that follow."""
    assert check_content(*plan) == ()
    changed = MadePlan(evolve(plan.content, **said), evolve(plan.grounds, **(known or {})))
    assert _laws(changed) == {law_id, *plan_laws()[law_id].also}


def _one_goal(goals: tuple[PlanGoal, ...], **more: Any) -> tuple[PlanGoal, ...]:
    """Goals and one more that is served by a step."""
    said: dict[str, Any] = {"steps": (some_step("more"),)} | more
    own = PlanGoal(goal_id=GoalId("more"), title=words("More"), **said)
    return (*goals, own)


def _item(plan: MadePlan, basis: Basis, **changes: Any) -> tuple[PlanItem, ...]:
    """The items, of which the first of a basis is changed."""
    items = list(plan.content.items)
    at = next(index for index, item in enumerate(items) if item.basis is basis)
    items[at] = evolve(items[at], **changes)
    return tuple(items)


def law_p1(plan: MadePlan) -> None:
    """A goal about needs that nobody assessed serves nothing."""
    goals = _one_goal(plan.content.goals, kind=GoalKind.NEED, needs=("money",))
    _broken("P1", plan, goals=goals)


def law_p2(plan: MadePlan) -> None:
    """A need that calls for a goal is forgotten; one that is not known is nobody's to find out."""
    debts = NeedSeen(domain="money", level="high", assessed_on=DAY, evidence=("a-1",))
    known = {"profile": _with_need(plan, debts), "goal_from": "high"}
    _broken("P2", plan, known)
    over = (*plan.content.deferrals, Deferral(need="money", reason="x", until=DAY))
    later = {**known, "on": DAY + timedelta(1)}
    if all(one.until and one.until > DAY for one in plan.content.deferrals):
        _broken("P2", plan, later, deferrals=over)
    unclear = _with_need(plan, NeedSeen(domain="money"))
    asked = MadePlan(plan.content, evolve(plan.grounds, profile=unclear))
    assert (_laws(asked), _laws(asked, Answer.UNKNOWN)) == (set(), {"P2"})


def _with_need(plan: MadePlan, need: NeedSeen) -> NeedsProfile:
    profile = plan.grounds.profile
    return evolve(profile, needs=(*profile.needs, need))


def law_p7(plan: MadePlan) -> None:
    """A plan rests on an assessment of a later day, or on one that ended on its first day."""
    later = NeedSeen(domain="money", level="low", assessed_on=DAY + timedelta(1), evidence=("a-1",))
    _broken("P7", plan, needs=(*plan.content.needs, later))
    span = plan.grounds.assessments["a-1"]
    over = {**plan.grounds.assessments, "a-2": evolve(span, end=DAY)}
    ended = evolve(later, assessed_on=DAY, evidence=("a-2",))
    _broken("P7", plan, {"assessments": over}, needs=(*plan.content.needs, ended))


def law_p8(plan: MadePlan) -> None:
    """The next review is a day too late, or never."""
    latest = DAY + timedelta(90)
    for due in (latest + timedelta(1), None):
        _broken("P8", plan, {"review_by": lambda _: latest}, review_due=due)


def law_p9(plan: MadePlan) -> None:
    """A step or an item goes on after the sentence, or after the person died."""
    end = DAY + timedelta(900)
    late = (evolve(some_step("more"), due=end + timedelta(1)),)
    goals = _one_goal(plan.content.goals, kind=GoalKind.OWN, steps=late)
    _broken("P9", plan, {"sentence_end": end}, goals=goals)
    for said in ({"ends": end + timedelta(1)}, {"starts": end, "ends": None}):
        items = _and_one(plan, **said)
        _broken("P9", plan, {"sentence_end": end, **_covered(plan)}, items=items)
    past = _and_one(plan, ends=end + timedelta(2), aftercare=True)
    _broken("P9", plan, {"sentence_end": None, "died_on": end, **_covered(plan)}, items=past)


def _and_one(plan: MadePlan, **said: Any) -> tuple[PlanItem, ...]:
    """The items and one more of one day: like the first, but of a programme of its own."""
    before = plan.content.items[0]
    more = PlanItem(
        **{
            "item_id": ItemId("more"),
            "program_id": ProgramId("more"),
            "goals": before.goals,
            "basis": before.basis,
            "requirement": before.requirement,
            "consent": before.consent,
            "starts": before.starts,
            "ends": before.starts + timedelta(1),
        }
        | said
    )
    return (*plan.content.items, more)


def _covered(plan: MadePlan) -> dict[str, Any]:
    """Consents and duties that hold for ever."""
    lasting = Span(DAY - timedelta(30), OPEN)
    return {
        name: dict.fromkeys(getattr(plan.grounds, name), lasting)
        for name in ("consents", "requirements")
    }


def law_p10(plan: MadePlan) -> None:
    """The consent or the duty is not there, or ends a day before the item.

    Of a consent that was given for a time only, nobody can tell yet.
    """
    for basis, name, spans in (
        (Basis.VOLUNTARY, "consent", "consents"),
        (Basis.MANDATORY, "requirement", "requirements"),
    ):
        _broken("P10", plan, items=_item(plan, basis, **{name: None}))
        item = next(one for one in plan.content.items if one.basis is basis)
        last, known = last_day(item) or item.starts, getattr(plan.grounds, spans)
        named, end = getattr(item, name), max(last, item.starts)
        short = {**known, named: Span(DAY - timedelta(30), end)}
        _broken("P10", plan, {spans: short, "withdrawn": {named: end}})
        given: dict[str, Any] = {spans: short}
        for_a_time = MadePlan(plan.content, evolve(plan.grounds, **given))
        unsure = basis is Basis.VOLUNTARY and item.starts < end
        wanted = (set(), {"P10"}) if unsure else ({"P10"}, set())
        assert (_laws(for_a_time), _laws(for_a_time, Answer.UNKNOWN)) == wanted


def law_p12(plan: MadePlan) -> None:
    """Absences from what is voluntary are to be reported as a breach."""
    _broken("P12", plan, items=_item(plan, Basis.VOLUNTARY, breach_after=1))


def law_p19(plan: MadePlan) -> None:
    """A group starts a day before that is settled which it waits for."""
    urgent = NeedSeen(domain="housing", level="medium", assessed_on=DAY, evidence=("a-1",))
    others = tuple(need for need in plan.grounds.profile.needs if need.domain != "housing")
    profile = evolve(plan.grounds.profile, needs=(urgent, *others))
    kept = tuple(one for one in plan.content.goals if "housing" not in one.needs)
    home, group, last = plan.content.items
    until = group.starts + timedelta(1)
    goals = _one_goal(kept, kind=GoalKind.NEED, needs=("housing",), target=until)
    alone = evolve(last, modality=Modality.INDIVIDUAL)
    items = (home, evolve(group, modality=Modality.GROUP), alone)
    _broken("P19", plan, {"profile": profile}, goals=goals, items=items)
    unclear = evolve(profile, needs=(NeedSeen(domain="housing"), *others))
    for until, laws in ((group.starts, {"P19"}), (group.starts - timedelta(1), set())):
        asked = _one_goal(kept, kind=GoalKind.ASSESSMENT, needs=("housing",), target=until)
        changed = MadePlan(
            evolve(plan.content, goals=asked, items=items), evolve(plan.grounds, profile=unclear)
        )
        assert (_laws(changed), _laws(changed, Answer.UNKNOWN)) == (set(), laws)


def law_p20(plan: MadePlan) -> None:
    """A programme starts on the last day of the one that it requires, or that one is nowhere."""
    starts = last_day(plan.content.items[0]) or DAY
    items = _and_one(plan, starts=starts, ends=starts + timedelta(1))
    more = program("more", after=("home",))
    programs = {**plan.grounds.programs, more.program_id: more}
    known = {"programs": programs, "sentence_end": None, **_covered(plan)}
    _broken("P20", plan, known, items=items)
    nowhere = {**programs, more.program_id: program("more", after=("elsewhere",))}
    _broken("P20", plan, {**known, "programs": nowhere}, items=items)
    done = {**known, "programs": nowhere, "completed": frozenset({"elsewhere"})}
    changed = MadePlan(evolve(plan.content, items=items), evolve(plan.grounds, **done))
    assert _laws(changed) == set()


def law_p21(plan: MadePlan) -> None:
    """A week has too many hours, or two sessions overlap by a minute."""
    full = _and_one(plan, hours_a_week=MOST_A_WEEK + 1)
    _broken("P21", plan, {"hours_a_week": MOST_A_WEEK}, items=full)
    day = plan.content.items[0].starts
    pair = tuple(PlannedSession(day=day, starts_at=at, minutes=31) for at in ("05:00", "05:30"))
    _broken("P21", plan, items=_and_one(plan, sessions=pair))


def law_p22(plan: MadePlan) -> None:
    """The hours do not reach what is called for, and nobody says why; or the reason is of less."""
    short = plan.content.shortfall
    target = short.called_for if short else _planned(plan) + 10
    _broken("P22", plan, {"called_for": DosageTarget(hours=target)}, shortfall=None)
    if short:
        _broken("P22", plan, {"called_for": DosageTarget(hours=target + 1)})
        more = evolve(short, planned=short.planned + 1)
        _broken("P22", plan, shortfall=more)


def _planned(plan: MadePlan) -> Decimal:
    return plan.grounds.credited + sum((one.hours or 0 for one in plan.content.items), Decimal(0))


def law_p24(plan: MadePlan) -> None:
    """Somebody of low risk is in a group of high risk, and nobody decided so."""
    items = [evolve(one, group_level=None) for one in plan.content.items]
    mixed = (*items, _and_one(plan, group_level="high")[-1])
    _broken("P24", plan, {"risk": "low"}, items=mixed)


def law_p25(plan: MadePlan) -> None:
    """On the last day of an item the person is of another age."""
    item = plan.content.items[0]
    last, of_age = last_day(item) or item.starts, plan.grounds.of_age

    def too_old(program_id: ProgramId, day: date) -> Answer:
        late = program_id == item.program_id and day >= last
        return Answer.NOT_MET if late else of_age(program_id, day)

    _broken("P25", plan, {"of_age": too_old})


def law_p31(plan: MadePlan) -> None:
    """Nothing is done for a goal."""
    _broken("P31", plan, goals=_one_goal(plan.content.goals, kind=GoalKind.OWN, steps=()))


LAWS: tuple[Law, ...] = (
    *(law_p1, law_p2, law_p7, law_p8, law_p9, law_p10, law_p12),
    *(law_p19, law_p20, law_p21, law_p22, law_p24, law_p25, law_p31),
)


@given(sound_plans())
def test_what_breaks_a_law_is_found_by_it_and_those_that_follow(plan: MadePlan) -> None:
    for law in LAWS:
        law(plan)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_each_law_finds_what_breaks_one_plan(law: Law) -> None:
    law(made_plan(first))


def test_every_law_of_a_version_is_broken_here() -> None:
    named = {law.__name__ for law in LAWS}
    assert named == {f"law_{law_id.lower()}" for law_id in CONTENT_CHECKS}
