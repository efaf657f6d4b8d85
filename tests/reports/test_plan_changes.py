"""Differences of plans, and refused acts of their books, in words."""

from datetime import timedelta
from decimal import Decimal

import pytest
from attrs import evolve

import rehabcore as rc
from rehabcore.care import (
    Deferral,
    HoursShort,
    LoweringKind,
    NeedRefused,
    NeedSeen,
    PlanContent,
    PlanGoal,
    PlanItem,
    PlanQuestion,
    PlanStep,
    RemovePart,
)
from rehabcore.reports.wording import Wording
from rehabcore.rules import PartialDay
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.frozen import field_names
from rehabcore.strict.vocabulary import Basis, GoalId, ProgramId, RecordId
from tests.kit.plan_acts import after
from tests.kit.plans import DAY, content, goal, item, step, words

XX = rc.load("xx")
OTHER = evolve(goal(), goal_id=GoalId("work"), steps=())
QUESTION = PlanQuestion(
    question_id="q", program_ids=(ProgramId("work_start"),), fact="literacy", asks="court"
)


def _lines(b: PlanContent, a: PlanContent | None = None) -> list[str]:
    text = rc.explain(rc.diff(a or content(), b), country=XX)
    return [line for line in text.splitlines()[2:] if line]


@pytest.mark.parametrize(
    ("b", "told"),
    [
        (content(), ["Nothing changed."]),
        (evolve(content(), items=()), ["- Programme or service: course: taken away"]),
        (evolve(content(), goals=(goal(), OTHER)), ["- Goal: Other friends: new"]),
        (
            evolve(content(), holder="probation-2", review_due=None),
            [
                "- The plan: changed",
                "  - next review: 2027-05-16, now nothing",
                "  - accountable office: nothing, now probation-2",
            ],
        ),
        (
            evolve(content(), goals=(evolve(goal(), title=words("Friends"), steps=()),)),
            [
                "- Goal: Friends: changed",
                "  - what is to be reached: Other friends, now Friends",
                "- Step: Refer to the course: taken away",
            ],
        ),
        (
            evolve(content(), items=(evolve(item(), hours=Decimal(8), basis=Basis.MANDATORY),)),
            [
                "- Programme or service: course: changed",
                "  - basis: voluntary, now mandatory",
                "  - hours: 40, now 8",
            ],
        ),
        (
            evolve(
                content(),
                shortfall=HoursShort(called_for=Decimal(9), planned=Decimal(1), reason="x"),
            ),
            [
                "- The plan: changed",
                "  - hours that are missing: nothing, now Hours called for: 9; planned: 1",
            ],
        ),
        (
            evolve(content(), deferrals=(Deferral(need="work", reason="x"),)),
            ["- Left for later: Work and education: new"],
        ),
        (
            evolve(content(), questions=(QUESTION,)),
            ["- Question: Ask: court. What: literacy: new"],
        ),
    ],
)
def test_a_difference_is_told_in_words(b: PlanContent, told: list[str]) -> None:
    assert _lines(b) == told


def test_values_of_every_kind_are_told() -> None:
    work = evolve(OTHER, title=words("Work"))
    a = evolve(
        content(),
        refusals=(NeedRefused(need="work", since=DAY),),
        goals=(evolve(goal(), steps=(evolve(step(), due=None),)), work),
        items=(evolve(item(), aftercare=True),),
    )
    b = evolve(
        content(),
        refusals=(
            NeedRefused(need="work", since=PartialDay(), program_ids=(ProgramId("work_start"),)),
        ),
        goals=(
            evolve(work, needs=("work",)),
            evolve(goal(), evidence=(RecordId("a-1"), RecordId("a-2"))),
        ),
        items=(evolve(item(), consent=RecordId("c-2"), goals=(GoalId("work"),), hours=None),),
        needs=(evolve(content().needs[0], level=None, unknown=UnknownKind.STALE),),
    )
    told = _lines(b, a)
    assert {
        "- The goals: in another order",
        "  - records that show it: nothing, now 2 in all",
        "  - by: nothing, now 2026-12-16",
        "  - programmes and services: nothing, now A start at work",
        "  - needs that it serves: peers, now Work and education",
        "  - goals that it serves: Other friends, now Work",
        "  - consent on which it rests: another than before",
        "  - goes on after the sentence: yes, now no",
        "  - why the level is not known: nothing, now the record is past its validity",
    } <= set(told)
    assert not [line for line in told if "a-1" in line or "c-2" in line or "_" in line]


def test_a_step_that_moves_names_both_goals() -> None:
    work = evolve(OTHER, title=words("Work"))
    a = evolve(content(), goals=(goal(), work))
    b = evolve(content(), goals=(evolve(goal(), steps=()), evolve(work, steps=(step(),))))
    assert "  - for the goal: Other friends, now Work" in _lines(b, a)


def test_sessions_are_counted_with_their_first_and_last_day() -> None:
    days = tuple(rc.care.PlannedSession(day=DAY + timedelta(weeks=week)) for week in range(3))
    a = evolve(content(), items=(evolve(item(), sessions=days),))
    b = evolve(content(), items=(evolve(item(), sessions=days[:1]),))
    assert _lines(b, a)[1] == (
        "  - sessions: 3 in all, from 2026-11-16 to 2026-11-30, "
        "now 1 in all, from 2026-11-16 to 2026-11-16"
    )


def test_every_field_has_a_name_in_words() -> None:
    told = (PlanContent, NeedSeen, PlanGoal, PlanStep, PlanItem, PlanQuestion, Deferral)
    names = {name for kind in (*told, NeedRefused) for name in field_names(kind)} | {"goal"}
    keys = {"domain", "goal_id", "step_id", "item_id", "question_id", "need"}
    lists = {"steps", "items", "questions", "deferrals", "refusals"}
    lacking = {name for name in names if not Wording("en").has(f"plan_field.{name}")}
    assert lacking == keys | lists


@pytest.mark.parametrize("kind", LoweringKind)
def test_every_way_of_asking_for_less_has_words(kind: LoweringKind) -> None:
    assert Wording("en").has(f"plan_lowering.{kind.value}")


def test_what_a_language_lacks_is_marked() -> None:
    b = evolve(content(), goals=(evolve(goal(), title=words("Friends")),))
    told = rc.explain(rc.diff(content(), b), country=XX, language="ka")
    assert "- მიზანი: [en] Friends: შეცვლილია" in told
    assert "[en] Other friends, ახლა [en] Friends" in told


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
