"""Differences of plans, and refused acts of their books, in words."""

from decimal import Decimal

import pytest
from attrs import evolve

import rehabcore as rc
from rehabcore.care import Deferral, HoursShort, NeedRefused, PlanContent, RemovePart
from rehabcore.reports.wording import Wording
from rehabcore.rules import PartialDay
from rehabcore.strict.vocabulary import GoalId, ProgramId, RecordId
from tests.kit.plan_acts import after
from tests.kit.plans import DAY, content, goal, item, step, words

XX = rc.load("xx")
OTHER = evolve(goal(), goal_id=GoalId("work"), steps=())


def _lines(b: PlanContent, a: PlanContent | None = None) -> list[str]:
    text = rc.explain(rc.diff(a or content(), b), country=XX)
    return [line for line in text.splitlines()[2:] if line]


@pytest.mark.parametrize(
    ("b", "told"),
    [
        (content(), "Nothing changed."),
        (evolve(content(), items=()), "Programme or service: course: taken away"),
        (evolve(content(), goals=(goal(), OTHER)), "Goal: work: added"),
        (
            evolve(content(), holder="probation-2", review_due=None),
            "The plan: changed: review_due: 2027-05-16, now nothing; "
            "holder: nothing, now probation-2",
        ),
        (
            evolve(content(), goals=(evolve(goal(), title=words("Friends"), steps=()),)),
            "Goal: peers: changed: title: Other friends, now Friends",
        ),
        (
            evolve(content(), items=(evolve(item(), hours=Decimal(8), goals=(GoalId("peers"),)),)),
            "Programme or service: course: changed: hours: 40, now 8",
        ),
        (
            evolve(
                content(),
                shortfall=HoursShort(called_for=Decimal(9), planned=Decimal(1), reason="x"),
            ),
            "The plan: changed: shortfall: nothing, now something",
        ),
        (
            evolve(content(), deferrals=(Deferral(need="work", reason="x"),)),
            "Left for later: Work and education: added",
        ),
    ],
)
def test_a_difference_is_told_in_words(b: PlanContent, told: str) -> None:
    assert told in [line.removeprefix("- ") for line in _lines(b)]


def test_values_of_every_kind_are_told() -> None:
    a = evolve(
        content(),
        refusals=(NeedRefused(need="work", since=DAY),),
        goals=(evolve(goal(), steps=(evolve(step(), due=None),)), OTHER),
    )
    b = evolve(
        content(),
        refusals=(
            NeedRefused(need="work", since=PartialDay(), program_ids=(ProgramId("course"),)),
        ),
        goals=(OTHER, evolve(goal(), evidence=(RecordId("a-1"), RecordId("a-2")))),
        needs=(evolve(content().needs[0], level=None, subdomains=()),),
    )
    told = "\n".join(_lines(b, a))
    assert "The goals: in another order" in told
    assert "evidence: nothing, now a-1, a-2" in told
    assert "due: nothing, now 2026-12-16" in told
    assert "program_ids: nothing, now course" in told


def test_fewer_sessions_are_counted() -> None:
    days = tuple(rc.care.PlannedSession(day=DAY) for _ in range(3))
    a = evolve(content(), items=(evolve(item(), sessions=days),))
    b = evolve(content(), items=(evolve(item(), sessions=days[:1]),))
    assert "sessions: 3 in all, now 1 in all" in _lines(b, a)[0]


def _ask(plan: rc.PlanBook, word: str) -> None:
    if word == "edited":
        version = rc.version_on(plan, on=DAY)
        assert version is not None
        edits, digest = (RemovePart(item=item().item_id),), version.content_hash
        rc.amend(plan, XX, edits, expects=digest, on=DAY, by=rc.StaffId("x"))
    else:
        rc.turn_plan(plan, XX, rc.care.PlanLifeEvent(word), on=DAY, by=rc.StaffId("x"))


def _refused(plan: rc.PlanBook, word: str) -> str:
    with pytest.raises(rc.RequestRefused) as caught:
        _ask(plan, word)
    return rc.explain(caught.value, country=XX)


def test_a_refused_act_says_why_and_what_is_possible() -> None:
    told = _refused(after("life:proposed agrees"), "activated")
    assert "a copy that the person got" in told
    assert "the signatures of all who have to sign what it says now" in told
    over = "life:proposed agrees signed given life:activated goal:achieved life:completed"
    assert "it stands at: completed" in _refused(after(over), "edited")


@pytest.mark.parametrize(
    ("table", "group"),
    [
        *((one, one) for one in ("plan_life", "agreement", "signature")),
        *(("goal", "goal_status"), ("step", "step_status")),
    ],
)
def test_every_state_event_and_guard_has_words(table: str, group: str) -> None:
    shown, wording = rc.care.machine(table), Wording("en")
    codes = {*(state.code for state in shown.states), *(arrow.event for arrow in shown.arrows)}
    assert [code for code in codes if not wording.has(f"{group}.{code}")] == []
    assert [fact.name for fact in shown.facts if not wording.has(f"fact.{fact.name}")] == []
