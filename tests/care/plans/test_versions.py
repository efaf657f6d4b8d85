"""What a book tells of its versions on a day."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from attrs import evolve

from rehabcore.care.machines import machine
from rehabcore.care.plans.axes import (
    AgreementState,
    PlanLife,
    PlanStatus,
    SignatureState,
    go_together,
)
from rehabcore.care.plans.book import GoalEvent, GoalNoted, PlanBook, StepNoted
from rehabcore.care.plans.hashes import hash_of_content
from rehabcore.care.plans.versions import (
    GoalStatus,
    PlanMisfit,
    PlanVersion,
    plan_history,
    version_on,
)
from rehabcore.strict.vocabulary import Basis, CaseId, GoalId, ItemId, StepId, StepStatus
from tests.kit.plan_acts import after, edited, entry, opened, told
from tests.kit.plans import DAY, book, content, goal, item, noted, step

LATER = DAY + timedelta(30)


def _seen(plan: PlanBook, on: date = DAY) -> PlanVersion:
    version = version_on(plan, on=on)
    assert version is not None
    return version


@pytest.mark.parametrize(
    ("table", "states"),
    [
        ("plan_life", PlanLife),
        ("agreement", AgreementState),
        ("signature", SignatureState),
        ("goal", GoalStatus),
        ("step", StepStatus),
    ],
)
def test_the_states_are_those_of_the_tables(
    table: str, states: type[PlanLife | AgreementState | SignatureState | GoalStatus | StepStatus]
) -> None:
    assert {state.code for state in machine(table).states} == {*states}


@pytest.mark.parametrize(
    ("words", "axes", "status"),
    [
        ("", "draft unanswered unsigned", "draft"),
        ("life:proposed", "proposed unanswered unsigned", "proposed"),
        ("life:proposed agrees", "proposed agreed unsigned", "agreed"),
        ("life:proposed does_not_agree", "proposed do_not_agree unsigned", "disagreed"),
        ("life:proposed could_not_answer", "proposed could_not_answer unsigned", "unable"),
        ("life:proposed could_not_answer agrees", "proposed agreed unsigned", "agreed"),
        ("life:proposed agrees signed", "proposed agreed self_signed", "signed"),
        (
            "life:proposed agrees sent_to_countersign refused_to_sign",
            "proposed agreed awaiting_countersign",
            "agreed",
        ),
        (
            "life:proposed agrees sent_to_countersign countersigned given life:activated",
            "active agreed countersigned",
            "active",
        ),
        ("life:proposed life:rejected", "rejected unanswered unsigned", "rejected"),
    ],
)
def test_each_axis_is_walked_apart(words: str, axes: str, status: str) -> None:
    version = _seen(after(words))
    assert f"{version.life} {version.agreement} {version.signature}" == axes
    assert version.status is PlanStatus(status)
    assert plan_history(after(words), on=DAY).misfits == ()
    assert version.is_settled is (status not in ("draft", "proposed"))


@pytest.mark.parametrize(
    ("words", "why", "axes"),
    [
        ("agrees", PlanMisfit.NOT_TOGETHER, "draft agreed unsigned"),
        ("life:proposed signed", PlanMisfit.NOT_TOGETHER, "proposed unanswered self_signed"),
        ("life:activated", PlanMisfit.NOT_FROM_HERE, "active unanswered unsigned"),
        (
            "life:proposed agrees does_not_agree",
            PlanMisfit.NOT_FROM_HERE,
            "proposed agreed unsigned",
        ),
        ("step:completed", PlanMisfit.NOT_FROM_HERE, "draft unanswered unsigned"),
        ("goal:achieved goal:noted", PlanMisfit.NOT_FROM_HERE, "draft unanswered unsigned"),
    ],
)
def test_what_does_not_fit_is_told(words: str, why: PlanMisfit, axes: str) -> None:
    plan = after(words)
    version = _seen(plan)
    assert why in {one.why for one in plan_history(plan, on=DAY).misfits}
    assert f"{version.life} {version.agreement} {version.signature}" == axes


def test_entries_about_nothing_are_told() -> None:
    plan = told(
        book(),
        entry("life:proposed", 2, version=2),
        GoalNoted(noted=noted(3), version=1, goal_id=GoalId("x"), event=GoalEvent.NOTED),
        StepNoted(
            noted=noted(4), version=1, step_id=StepId("x"), status=StepStatus.NO_LONGER_NEEDED
        ),
        opened(5, 1, content()),
    )
    history = plan_history(plan, on=DAY)
    assert [(one.place, one.why) for one in history.misfits] == [
        (2, PlanMisfit.NO_SUCH_VERSION),
        (3, PlanMisfit.NO_SUCH_GOAL),
        (4, PlanMisfit.NO_SUCH_STEP),
        (5, PlanMisfit.VERSION_REPEATED),
    ]
    assert [one.number for one in history.versions] == [1]


def test_a_version_is_rebuilt_for_any_day_as_any_day_knew_it() -> None:
    changed = evolve(content(), items=())
    late = evolve(noted(3, DAY + timedelta(1)), recorded_on=DAY + timedelta(9))
    plan = told(
        book(),
        edited(2, content(), changed, DAY + timedelta(1)),
        evolve(entry("life:proposed", 3), noted=late),
    )
    assert version_on(plan, on=DAY - timedelta(1)) is None
    assert _seen(plan).content == content()
    assert _seen(plan, DAY + timedelta(1)).content == changed
    assert _seen(plan, DAY + timedelta(1)).life is PlanLife.PROPOSED
    known = version_on(plan, on=LATER, known_at=DAY + timedelta(8))
    assert known is not None
    assert known.life is PlanLife.DRAFT


def test_a_disagreement_is_told_in_all_later_versions() -> None:
    plan = told(after("life:proposed does_not_agree"), opened(4, 2, content(), LATER))
    second = _seen(plan, LATER)
    assert (second.number, second.agreement) == (2, AgreementState.UNANSWERED)
    assert second.disagreements == plan.answers
    changed = told(plan, entry("life:proposed", 5, 2, LATER), entry("agrees", 6, 2, LATER))
    assert _seen(changed, LATER).agreement is AgreementState.UPDATED_AGREED
    assert _seen(changed, LATER).disagreements == plan.answers


def test_a_person_who_no_longer_agrees_has_changed_the_answer() -> None:
    first = after("life:proposed agrees")
    plan = told(
        first,
        opened(4, 2, content(), LATER),
        entry("life:proposed", 5, 2, LATER),
        entry("could_not_answer", 6, 2, LATER),
        entry("does_not_agree", 7, 2, LATER),
    )
    assert _seen(plan, LATER).agreement is AgreementState.UPDATED_DO_NOT_AGREE
    kept = told(
        first,
        opened(4, 2, content(), LATER),
        entry("life:proposed", 5, 2, LATER),
        entry("agrees", 6, 2, LATER),
    )
    assert _seen(kept, LATER).agreement is AgreementState.AGREED


def test_versions_are_found_by_number_and_the_active_one_by_its_state() -> None:
    whole = "life:proposed agrees signed given life:activated"
    plan = told(after(whole), opened(7, 2, content(), LATER))
    history = plan_history(plan, on=LATER)
    assert history.active is history.version(1)
    assert history.newest is history.version(2)
    assert history.version(3) is None
    nothing = PlanBook(plan_id="plan-1", case_id=CaseId("case-1"))
    assert plan_history(nothing, on=DAY).active is None
    assert plan_history(nothing, on=DAY).newest is None


def test_only_mandatory_items_run_where_the_person_does_not_agree() -> None:
    ordered = evolve(item(), item_id=ItemId("ordered"), basis=Basis.MANDATORY)
    both = evolve(content(), items=(item(), ordered))
    for answer, running in (
        ("agrees", both.items),
        ("does_not_agree", (ordered,)),
        ("could_not_answer", (ordered,)),
    ):
        plan = after(f"life:proposed {answer} signed given life:activated")
        first = evolve(plan.versions[0], content=both)
        assert _seen(evolve(plan, versions=(first,))).running == running
    assert _seen(book()).running == ()


def test_a_goal_follows_the_content_and_what_is_noted() -> None:
    future = evolve(goal(), target=None)
    contents = (
        content(),
        evolve(content(), goals=(future,)),
        evolve(content(), goals=(), items=()),
        content(),
    )
    plan, told_of = book(), list[GoalStatus]()
    for place, (before, now) in enumerate(pairwise(contents), 2):
        told_of.append(plan_history(plan, on=LATER).goals[0].status)
        plan = told(plan, edited(place, before, now, DAY + timedelta(place)))
    plan = told(plan, entry("goal:noted", 5), entry("goal:achieved", 6))
    told_of.append(plan_history(plan, on=LATER).goals[0].status)
    assert told_of == ["active", "future", "removed", "achieved"]
    assert [one.event for one in plan_history(plan, on=LATER).goals[0].noted] == [
        GoalEvent.NOTED,
        GoalEvent.ACHIEVED,
    ]
    gone = told(plan, edited(7, content(), contents[2]))
    assert plan_history(gone, on=LATER).goals[0].status is GoalStatus.ACHIEVED


def test_a_step_stands_as_it_was_noted_last() -> None:
    plan = after("step:in_progress step:cannot_be_done_yet step:not_started step:in_progress")
    (seen,) = _seen(plan).steps
    assert seen.status is StepStatus.IN_PROGRESS
    assert len(seen.noted) == 4


def test_the_hash_tells_contents_apart() -> None:
    assert hash_of_content(content()) == _seen(book()).content_hash
    later = evolve(content(), goals=(evolve(goal(), steps=(evolve(step(), due=None),)),))
    assert hash_of_content(later) != hash_of_content(content())
    assert _seen(after("step:in_progress")).content_hash == hash_of_content(content())


def test_the_table_of_what_goes_together_has_every_state() -> None:
    found = [
        (life, agreement, signature)
        for life in PlanLife
        for agreement in AgreementState
        for signature in SignatureState
        if go_together(life, agreement, signature)
    ]
    assert len(found) == 255
    for number, states in enumerate((PlanLife, AgreementState, SignatureState)):
        assert {one[number] for one in found} == {*states}
