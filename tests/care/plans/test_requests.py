"""What the tables of a plan allow, and that no axis changes another."""

from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve

from rehabcore.care.machines import machine
from rehabcore.care.needs.profile import NeedSeen
from rehabcore.care.plans.axes import AgreementState, PlanLife, SignatureState, go_together
from rehabcore.care.plans.book import (
    GoalEvent,
    GoalNoted,
    LifeTurned,
    PlanAnswer,
    PlanBook,
    PlanEntry,
    PlanLifeEvent,
    SignatureEvent,
    SignatureNoted,
    StepNoted,
)
from rehabcore.care.plans.hashes import hash_of_content
from rehabcore.care.plans.requests import (
    AskedOfPlans,
    ContentChanged,
    entered,
    known_of,
    signed_by_all,
)
from rehabcore.care.plans.versions import PlanHistory, PlanVersion, plan_history, version_on
from rehabcore.plans import Deferral, GoalKind, PlanContent
from rehabcore.rules.machines.requests import RequestRefused, possible
from rehabcore.rules.machines.walking import Position
from rehabcore.rules.truth import Answer
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import GoalId, StepId, StepStatus
from tests.kit.plan_acts import after, edited, entry, opened, told
from tests.kit.plans import DAY, book, content, goal, noted

NOTHING = AskedOfPlans()
READY = "life:proposed agrees signed given"


def _asked_for(word: str, plan: PlanBook, asked: AskedOfPlans = NOTHING) -> PlanBook:
    return entered(plan, entry(word, len(plan.entries) + 1), asked)


def _version(plan: PlanBook) -> PlanVersion:
    version = version_on(plan, on=DAY)
    assert version is not None
    return version


Axes = tuple[str, str, str]
START: Axes = ("draft", "unanswered", "unsigned")
DUTIES = evolve(content(), items=())
ACTS: dict[str, PlanEntry] = {
    "plan_life": LifeTurned(
        noted=noted(9), version=1, event=PlanLifeEvent.TERMINATED, reason="so", to_office="next"
    ),
    "agreement": entry("agrees", 9),
    "signature": SignatureNoted(
        noted=noted(9),
        version=1,
        content_hash="",
        event=SignatureEvent.SIGNED,
        role="chief",
        reason="so",
    ),
}


def _lacking_nothing() -> PlanHistory:
    """A version that lacks nothing but what its axes say, and a later one that is ready."""
    digest = hash_of_content(DUTIES)
    signed, refused, given = (
        evolve(entry(word, 2), content_hash=digest, **role)
        for word, role in (
            ("signed", {"role": "officer"}),
            ("refused_to_sign", {"role": "person"}),
            ("given", {}),
        )
    )
    first = evolve(
        _version(book()),
        content=DUTIES,
        goals=(),
        signatures=(signed, refused),
        copies=(given,),
    )
    second = evolve(
        first,
        number=2,
        life=PlanLife.PROPOSED,
        agreement=AgreementState.AGREED,
        signature=SignatureState.SELF_SIGNED,
    )
    return PlanHistory(on=DAY, versions=(first, second), goals=(), steps=(), misfits=())


def _next(history: PlanHistory, axes: Axes) -> set[Axes]:
    """Where the axes of the first version may stand after one act."""
    version = evolve(
        history.versions[0],
        life=PlanLife(axes[0]),
        agreement=AgreementState(axes[1]),
        signature=SignatureState(axes[2]),
    )
    now = evolve(history, versions=(version, history.versions[1]))
    found = set[Axes]()
    for number, (table, act) in enumerate(ACTS.items()):
        known, at = known_of(now, version, act, NOTHING), Position(state=axes[number])
        for one in possible(machine(table), at, on=DAY, cells=known):
            if one.answer is Answer.MET:
                before, after_it = axes[:number], axes[number + 1 :]
                found.add((*before, one.to, *after_it))  # type: ignore[arg-type]
    return found


def test_the_tables_reach_what_goes_together_and_nothing_else() -> None:
    reached, whole = set[Axes](), _lacking_nothing()
    for given_before in (None, PlanAnswer.AGREES, PlanAnswer.DOES_NOT_AGREE):
        first = evolve(whole.versions[0], answered_before=given_before)
        history, ahead = evolve(whole, versions=(first, whole.versions[1])), {START}
        seen = set[Axes]()
        while ahead:
            axes = ahead.pop()
            seen.add(axes)
            ahead |= _next(history, axes) - seen
        reached |= seen
    assert reached == {
        (life.value, agreement.value, signature.value)
        for life in PlanLife
        for agreement in AgreementState
        for signature in SignatureState
        if go_together(life, agreement, signature)
    }


@pytest.mark.parametrize(
    ("before", "word", "lacking"),
    [
        ("", "agrees", "in_hand"),
        ("", "life:activated", "not_from_here"),
        ("life:proposed", "signed", "answered"),
        ("life:proposed", "life:activated", "answered, signed_by_all, copy_given, duties_only"),
        ("life:proposed agrees signed", "signed", "not_from_here"),
        ("life:proposed agrees signed", "life:rejected", "reason_given, fully_signed"),
        ("life:proposed agrees signed", "life:activated", "copy_given"),
        ("life:proposed agrees given", "life:activated", "signed_by_all"),
        ("life:proposed does_not_agree signed given", "life:activated", "duties_only"),
        ("life:proposed agrees agrees", "agrees", "not_from_here"),
        (
            "life:proposed agrees sent_to_countersign",
            "countersigned",
            "role_is_new",
        ),
        ("life:proposed agrees refused_to_sign", "refused_to_sign", "refusal_is_new"),
        ("life:proposed agrees sent_to_countersign", "rejected", "reason_given"),
        ("life:proposed agrees signed locked_incomplete", "life:proposed", "not_from_here"),
        (f"{READY} life:activated", "life:superseded", "later_ready"),
        (f"{READY} life:activated", "life:completed", "goals_closed"),
        (f"{READY} life:activated", "life:terminated", "reason_given"),
        (f"{READY} life:activated", "life:transferred", "next_holder_named"),
        (f"{READY} life:activated life:completed", "life:terminated", "not_from_here"),
        (f"{READY} life:activated life:completed", "goal:achieved", "version_open"),
        (f"{READY} life:activated life:completed", "step:in_progress", "version_open"),
        ("", "goal:noted", "note_given"),
        ("", "step:completed", "not_from_here"),
    ],
)
def test_what_is_not_allowed_is_refused_and_says_why(before: str, word: str, lacking: str) -> None:
    plan = after(before)
    with pytest.raises(RequestRefused) as caught:
        _asked_for(word, plan)
    for name in lacking.split(", "):
        assert name in str(caught.value)
    assert plan == after(before)


def test_what_is_allowed_stands_in_the_book() -> None:
    plan = book()
    for word in f"{READY} life:activated step:in_progress goal:achieved life:completed".split():
        plan = _asked_for(word, plan)
    version = _version(plan)
    assert (version.life, len(plan.entries)) == (PlanLife.COMPLETED, 9)
    assert plan_history(plan, on=DAY).misfits == ()


def test_a_plan_is_proposed_when_each_high_need_is_answered() -> None:
    asked = AskedOfPlans(levels=("low", "some", "high"), answer_from="some")
    needs = (
        NeedSeen(domain="peers", level="high"),
        NeedSeen(domain="work", level="low"),
        NeedSeen(domain="drugs"),
        NeedSeen(domain="housing", level="some"),
    )
    what = evolve(content(), needs=needs)
    assert [*asked.unanswered(what)] == ["housing", "drugs"]
    assert [*NOTHING.unanswered(what)] == []
    assess = evolve(
        goal(), goal_id=GoalId("drugs"), kind=GoalKind.ASSESSMENT, needs=("drugs",), steps=()
    )
    someday = Deferral(need="housing", reason="released_first")
    some = evolve(what, deferrals=(someday,), goals=(goal(), assess))
    assert [*asked.unanswered(some)] == ["housing"]
    with pytest.raises(RequestRefused, match="needs_answered"):
        _asked_for("life:proposed", _opened(some), asked)
    answered = evolve(some, deferrals=(evolve(someday, until=DAY),))
    proposed = _asked_for("life:proposed", _opened(answered), asked)
    assert _version(proposed).life is PlanLife.PROPOSED


def _opened(what: PlanContent) -> PlanBook:
    return evolve(book(), versions=(evolve(book().versions[0], content=what),))


def _signed(*events: tuple[str, str]) -> PlanVersion:
    """A version with signature events, each with a role."""
    plan = after("life:proposed agrees")
    for place, (event, role) in enumerate(events, 4):
        plan = told(plan, evolve(entry(event, place), role=role))
    return _version(plan)


@pytest.mark.parametrize(
    ("events", "signed"),
    [
        ([], False),
        ([("signed", "officer")], False),
        ([("refused_to_sign", "person"), ("signed", "officer")], True),
        ([("refused_to_sign", "officer"), ("signed", "person")], False),
        ([("sent_to_countersign", "officer")], False),
        ([("sent_to_countersign", "officer"), ("refused_to_sign", "person")], True),
        ([("sent_to_countersign", "officer"), ("countersigned", "person")], True),
        ([("refused_to_sign", "person")], False),
    ],
)
def test_who_is_asked_has_signed_or_is_the_person_and_refused(
    events: list[tuple[str, str]], signed: bool
) -> None:
    assert signed_by_all(_signed(*events), ("person", "officer")) is signed


def test_a_signature_under_another_content_is_none() -> None:
    version = _signed(("signed", "officer"))
    assert signed_by_all(version, ("officer",))
    other = evolve(version, content=evolve(content(), holder="another"))
    assert not signed_by_all(other, ("officer",))
    assert not signed_by_all(other, ())


def test_whoever_read_another_content_signs_nothing() -> None:
    changed = evolve(content(), items=())
    plan = told(book(), edited(2, content(), changed))
    plan = told(plan, entry("life:proposed", 3), entry("agrees", 4))
    with pytest.raises(ContentChanged) as caught:
        _asked_for("signed", plan)
    refused = caught.value
    assert refused.found == hash_of_content(changed)
    assert str(refused) == (
        "the plan was changed since: item course; read it again, then ask again"
    )
    never = evolve(entry("given", 5), content_hash="0" * 64)
    with pytest.raises(InputError, match="hash of a content"):
        entered(plan, never, NOTHING)


def test_a_version_is_superseded_by_one_that_is_ready() -> None:
    plan = told(after(f"{READY} life:activated"), opened(7, 2, content()))
    with pytest.raises(RequestRefused, match="later_ready"):
        _asked_for("life:superseded", plan)
    for word in READY.split():
        plan = entered(plan, entry(word, len(plan.entries) + 1, 2), NOTHING)
    with pytest.raises(RequestRefused, match="no_other_active"):
        entered(plan, entry("life:activated", 12, 2), NOTHING)
    plan = _asked_for("life:superseded", plan)
    plan = entered(plan, entry("life:activated", 13, 2), NOTHING)
    history = plan_history(plan, on=DAY)
    assert [one.life for one in history.versions] == [PlanLife.SUPERSEDED, PlanLife.ACTIVE]


def test_an_older_version_is_not_active_after_a_newer_one() -> None:
    plan = told(after(READY), opened(6, 2, content()))
    for word in f"{READY} life:activated life:completed".split():
        place = len(plan.entries) + 1
        plan = told(plan, entry(word, place, 2))
    with pytest.raises(RequestRefused, match="no_other_active"):
        entered(plan, entry("life:activated", 13, 1), NOTHING)
    assert _version(_superseded(plan)).number == 2


def _superseded(plan: PlanBook) -> PlanBook:
    """A version that was never active is overtaken by a later one."""
    return entered(plan, entry("life:superseded", 13, 1), NOTHING)


@pytest.mark.parametrize(
    ("word", "code", "path"),
    [
        ("life:proposed", "wrong_order", "on"),
        ("goal:achieved", "wrong_order", "recorded_on"),
    ],
)
def test_a_book_is_told_in_order(word: str, code: str, path: str) -> None:
    changed = evolve(content(), holder="another")
    plan = told(book(), edited(2, content(), changed, DAY + timedelta(2)))
    with pytest.raises(InputError) as caught:
        _asked_for(word, plan)
    assert (code, path) in [(one.code, one.path) for one in caught.value.problems]


def test_what_is_noted_of_a_goal_may_be_recorded_late() -> None:
    changed = evolve(content(), holder="another")
    plan = told(book(), edited(2, content(), changed, DAY + timedelta(2)))
    for place, word in enumerate(("goal:achieved", "step:in_progress"), 3):
        late = evolve(noted(place), recorded_on=DAY + timedelta(2))
        plan = entered(plan, evolve(entry(word, place), noted=late), NOTHING)
    assert (plan.goals[0].noted.on, plan.steps[0].noted.on) == (DAY, DAY)


def test_an_entry_is_about_something_in_the_book() -> None:
    strange: tuple[Any, ...] = (
        entry("life:proposed", 2, 7),
        GoalNoted(noted=noted(2), version=1, goal_id=GoalId("x"), event=GoalEvent.NOTED),
        StepNoted(noted=noted(2), version=1, step_id=StepId("x"), status=StepStatus.COMPLETED),
    )
    for one, path in zip(strange, ("version", "goal_id", "step_id"), strict=True):
        with pytest.raises(InputError) as caught:
            entered(book(), one, NOTHING)
        assert [(p.code, p.path) for p in caught.value.problems] == [("dangling_id", path)]
