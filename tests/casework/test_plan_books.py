"""The verbs of a plan's book, one entry each."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from rehabcore.care.needs.profile import NeedSeen
from rehabcore.care.plans.book import (
    CopyGiven,
    GoalEvent,
    PlanAnswer,
    PlanBook,
    PlanLifeEvent,
    PlanType,
    SignatureEvent,
)
from rehabcore.care.plans.edits import AddPart, DeferPart, RemovePart, ReplacePart
from rehabcore.care.plans.requests import ContentChanged
from rehabcore.care.plans.versions import PlanVersion, plan_history, version_on
from rehabcore.care.plans.withdrawing import running_items, withdrawn_on
from rehabcore.casework.plan_acts import (
    answer,
    copy_given,
    note_goal,
    note_step,
    sign,
    turn_plan,
)
from rehabcore.casework.plan_books import amend, diff, open_plan, take_over, withdraw
from rehabcore.jurisdictions import load
from rehabcore.plans import Deferral, HoursShort, PlannedSession
from rehabcore.records import CaseFile, Consent
from rehabcore.rules.machines.requests import RequestRefused
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import (
    Basis,
    CaseId,
    GoalId,
    ItemId,
    RecordId,
    StaffId,
    StepId,
    StepStatus,
)
from tests.kit.builders import case, filed, some_day
from tests.kit.plans import DAY, content, item, noted

XX = load("xx")
BY = StaffId("officer-1")
ITEM = ItemId("course")
LATER = DAY + timedelta(30)


def _newest(plan: PlanBook) -> PlanVersion:
    version = version_on(plan, on=date(2030, 1, 1))
    assert version is not None
    return version


def _hash(plan: PlanBook) -> str:
    return _newest(plan).content_hash


def _opened(what: Any = None) -> PlanBook:
    return open_plan("plan-1", CaseId("case"), what or content(), on=DAY, by=BY)


def _turned(plan: PlanBook, event: str, **told: Any) -> PlanBook:
    return turn_plan(plan, XX, PlanLifeEvent(event), by=BY, **({"on": DAY} | told))


def _signed(plan: PlanBook, on: date = DAY) -> PlanBook:
    plan = _turned(plan, "proposed", on=on)
    plan = answer(plan, XX, PlanAnswer.AGREES, on=on, by=BY)
    event, digest = SignatureEvent.SIGNED, _hash(plan)
    plan = sign(plan, XX, event, expects=digest, role="officer", on=on, by=BY)
    return copy_given(plan, XX, expects=digest, language="en", on=on, by=BY)


def _active() -> PlanBook:
    return _turned(_signed(_opened()), "activated")


def test_a_plan_is_opened_agreed_signed_followed_and_completed() -> None:
    plan = _active()
    assert _newest(plan).status == "active"
    plan = note_step(plan, XX, StepId("peers/refer"), StepStatus.IN_PROGRESS, on=DAY, by=BY)
    event = GoalEvent.ACHIEVED
    plan = note_goal(plan, XX, GoalId("peers"), event, note="", on=LATER, by=BY)
    plan = _turned(plan, "completed", on=LATER)
    assert _newest(plan).status == "completed"
    assert len(plan.entries) == 9
    with pytest.raises(RequestRefused, match="edited is refused in completed"):
        amend(plan, XX, (RemovePart(item=ITEM),), expects=_hash(plan), on=LATER, by=BY)


def test_a_draft_that_is_dropped_does_not_end_the_plan() -> None:
    plan, edits = _active(), (ReplacePart(part=evolve(item(), office="x")),)
    second = amend(plan, XX, edits, expects=_hash(plan), on=LATER, by=BY)
    dropped = _turned(second, "terminated", version=2, reason="so", on=LATER)
    assert plan_history(dropped, on=LATER).ended is None
    third = (ReplacePart(part=evolve(item(), office="y")),)
    after = amend(dropped, XX, third, expects=_hash(dropped), on=LATER, by=BY)
    assert (_newest(after).number, _newest(after).status) == (3, "draft")
    over = _turned(second, "terminated", version=1, reason="so", on=LATER)
    with pytest.raises(RequestRefused, match="edited is refused in terminated"):
        amend(over, XX, third, expects=_hash(over), on=LATER, by=BY)
    signed = _signed(over, LATER)
    with pytest.raises(RequestRefused, match="no_other_active"):
        _turned(signed, "activated", on=LATER)
    never = _turned(_opened(), "terminated", reason="so")
    with pytest.raises(RequestRefused, match="edited is refused in terminated"):
        amend(never, XX, edits, expects=_hash(never), on=DAY, by=BY)


def test_an_edit_of_a_draft_changes_it_and_one_of_a_signed_version_opens_the_next() -> None:
    edits = (ReplacePart(part=evolve(item(), office="x")),)
    draft = amend(_opened(), XX, edits, expects=_hash(_opened()), on=DAY, by=BY)
    assert (_newest(draft).number, _newest(draft).content.items[0].office) == (1, "x")
    for before in (_signed(_opened()), _active()):
        after = amend(before, XX, edits, expects=_hash(before), on=LATER, by=BY)
        assert (_newest(after).number, _newest(after).occasion) == (2, PlanType.REVIEW)
        assert _newest(after).status == "draft"
        assert after.edits == ()
        assert version_on(after, on=DAY) == version_on(before, on=DAY)


def test_an_answer_is_not_carried_over_to_what_the_person_has_not_seen() -> None:
    plan = answer(_turned(_opened(), "proposed"), XX, PlanAnswer.AGREES, on=DAY, by=BY)
    edits = (ReplacePart(part=evolve(item(), office="x")),)
    after = amend(plan, XX, edits, expects=_hash(plan), on=DAY, by=BY)
    assert (_newest(after).number, _newest(after).agreement) == (2, "unanswered")


def test_the_second_of_two_editors_is_refused_with_the_difference() -> None:
    first = _opened()
    edits = (ReplacePart(part=evolve(item(), office="x")),)
    after = amend(first, XX, edits, expects=_hash(first), on=DAY, by=BY)
    with pytest.raises(ContentChanged) as caught:
        amend(after, XX, edits, expects=_hash(first), on=DAY, by=BY)
    assert caught.value.difference == diff(_newest(first).content, _newest(after).content)
    signed, event = _signed(after), SignatureEvent.REFUSED_TO_SIGN
    with pytest.raises(ContentChanged):
        sign(signed, XX, event, expects=_hash(first), role="person", on=DAY, by=BY)


def test_nothing_is_lowered_without_a_reason() -> None:
    plan, edits = _active(), (RemovePart(item=ITEM),)
    with pytest.raises(InputError, match="item_removed"):
        amend(plan, XX, edits, expects=_hash(plan), on=LATER, by=BY)
    after = amend(plan, XX, edits, expects=_hash(plan), on=LATER, by=BY, why="closed")
    assert _newest(after).content.items == ()
    again = amend(after, XX, (AddPart(part=item()),), expects=_hash(after), on=LATER, by=BY, why="")
    assert _newest(again).content.items == (item(),)
    assert _newest(again).number == 2


def test_a_reassessment_upward_takes_no_hours_away_without_a_shortfall() -> None:
    plan = _active()
    fewer = evolve(content(), items=(evolve(item(), hours=Decimal(30)),))
    more_risk = evolve(fewer, risk="high")
    known = amend(plan, XX, evolve(content(), risk="low"), expects=_hash(plan), on=LATER, by=BY)
    asked: dict[str, Any] = {"on": LATER, "by": BY, "why": "places"}
    with pytest.raises(InputError, match="shortfall"):
        amend(known, XX, more_risk, expects=_hash(known), **asked)
    short = HoursShort(called_for=Decimal(40), planned=Decimal(30), reason="places")
    told = evolve(more_risk, shortfall=short)
    assert _newest(amend(known, XX, told, expects=_hash(known), **asked)).content == told
    need = evolve(content().needs[0], level="some")
    low = _signed(_opened(evolve(content(), needs=(need,))))
    once = amend(low, XX, evolve(fewer, needs=(need,)), expects=_hash(low), **asked)
    with pytest.raises(InputError, match="at least 40 hours"):
        amend(once, XX, fewer, expects=_hash(once), **asked)


def test_a_copy_is_of_the_version_that_says_what_it_says() -> None:
    plan = _turned(_opened(), "proposed")
    plan = answer(plan, XX, PlanAnswer.AGREES, on=DAY, by=BY)
    signed, first = SignatureEvent.SIGNED, _hash(plan)
    plan = sign(plan, XX, signed, expects=first, role="officer", on=DAY, by=BY)
    edits = (ReplacePart(part=evolve(item(), office="x")),)
    plan = amend(plan, XX, edits, expects=first, on=LATER, by=BY)
    plan = copy_given(plan, XX, expects=first, language="en", on=LATER, by=BY)
    assert [one.version for one in plan.copies] == [1]


def test_no_edit_loses_a_need() -> None:
    plan = _active()
    gone = (RemovePart(item=ITEM), RemovePart(goal=GoalId("peers")))
    with pytest.raises(InputError) as caught:
        amend(plan, XX, gone, expects=_hash(plan), on=LATER, by=BY, why="asked")
    assert [(one.code, one.path) for one in caught.value.problems] == [("need_dropped", "change")]
    kept = (RemovePart(item=ITEM), DeferPart(goal=GoalId("peers"), until=LATER, reason="custody"))
    after = amend(plan, XX, kept, expects=_hash(plan), on=LATER, by=BY, why="custody")
    assert _newest(after).content.deferrals == (
        Deferral(need="peers", reason="custody", until=LATER),
    )


def test_a_proposed_version_still_answers_every_need_after_an_edit() -> None:
    plan = _turned(_opened(), "proposed")
    more = (*content().needs, NeedSeen(domain="work", level="high"))
    with pytest.raises(InputError, match="since the version is proposed"):
        amend(plan, XX, evolve(content(), needs=more), expects=_hash(plan), on=DAY, by=BY)
    later = Deferral(need="work", reason="custody", until=LATER)
    told = evolve(content(), needs=more, deferrals=(later,))
    after = amend(plan, XX, told, expects=_hash(plan), on=DAY, by=BY)
    assert (_newest(after).number, _newest(after).status) == (1, "proposed")


def test_a_need_that_is_low_now_may_go_with_a_reason() -> None:
    plan = _active()
    low = evolve(content(), goals=(), items=(), needs=(NeedSeen(domain="peers", level="none"),))
    with pytest.raises(InputError, match="need_dropped"):
        amend(plan, XX, low, expects=_hash(plan), on=LATER, by=BY)
    after = amend(plan, XX, low, expects=_hash(plan), on=LATER, by=BY, why="reassessed")
    assert _newest(after).content == low


def test_an_edit_changes_something_in_a_book_with_a_version() -> None:
    plan = _opened()
    with pytest.raises(InputError, match="changes something"):
        amend(plan, XX, content(), expects=_hash(plan), on=DAY, by=BY)
    nothing = PlanBook(plan_id="plan-1", case_id=CaseId("case"))
    with pytest.raises(InputError, match="at least one version"):
        amend(nothing, XX, content(), expects="", on=DAY, by=BY)
    with pytest.raises(InputError, match="at least one version"):
        _turned(nothing, "proposed")
    with pytest.raises(InputError, match="at least one version"):
        take_over(nothing, on=DAY, by=BY)
    assert withdraw(nothing, case(), XX, on=DAY, by=BY) == nothing


def test_whoever_the_country_asks_has_to_sign() -> None:
    asked = evolve(XX.plan_policy, signed_by=("officer", "person"))
    country = evolve(XX, plan_policy=asked)
    plan = _signed(_opened())
    with pytest.raises(RequestRefused, match="signed_by_all"):
        turn_plan(plan, country, PlanLifeEvent.ACTIVATED, on=DAY, by=BY)
    event = SignatureEvent.REFUSED_TO_SIGN
    plan = sign(plan, country, event, expects=_hash(plan), role="person", on=DAY, by=BY)
    active = turn_plan(plan, country, PlanLifeEvent.ACTIVATED, on=DAY, by=BY)
    assert _newest(active).status == "active"


@pytest.mark.parametrize("roles", [("officer", "officer"), ("Head of unit",)])
def test_the_roles_of_a_country_are_codes_each_once(roles: tuple[str, ...]) -> None:
    with pytest.raises(InputError, match="signed_by"):
        evolve(XX.plan_policy, signed_by=roles)


def test_a_transferred_plan_is_taken_over_whole() -> None:
    plan = _turned(_active(), "transferred", on=LATER, to_office="probation-2")
    with pytest.raises(RequestRefused, match="taken_over is refused"):
        take_over(_active(), on=LATER, by=BY)
    with pytest.raises(RequestRefused, match="edited is refused in transferred"):
        amend(plan, XX, (RemovePart(item=ITEM),), expects=_hash(plan), on=LATER, by=BY)
    over = take_over(plan, on=LATER, by=StaffId("officer-2"))
    version = _newest(over)
    assert (version.number, version.occasion, version.status) == (2, PlanType.TRANSFER, "draft")
    assert version.content == evolve(content(), holder="probation-2")
    assert [one.part for one in diff(content(), version.content).changes] == ["plan"]
    with pytest.raises(RequestRefused, match="taken_over is refused"):
        take_over(over, on=LATER, by=BY)


def test_blanks_are_no_reason() -> None:
    plan = _turned(_opened(), "proposed")
    with pytest.raises(InputError, match="reason: missing_key"):
        answer(plan, XX, PlanAnswer.DOES_NOT_AGREE, reason=" ", on=DAY, by=BY)
    with pytest.raises(RequestRefused, match="reason_given"):
        _turned(plan, "rejected", reason=" ")
    active, less = _active(), (RemovePart(item=ITEM),)
    with pytest.raises(InputError, match="why: missing_key"):
        amend(active, XX, less, expects=_hash(active), why=" ", on=LATER, by=BY)


# --- consent ------------------------------------------------------------------------------

SESSIONS = tuple(PlannedSession(day=DAY + timedelta(days)) for days in (0, 7, 14, 21))
VOLUNTARY = evolve(item(), sessions=SESSIONS)
ORDERED = evolve(
    item(), item_id=ItemId("ordered"), basis=Basis.MANDATORY, sessions=SESSIONS, consent=None
)
BOTH = evolve(content(), items=(VOLUNTARY, ORDERED))


def _consent(record_id: str = "c-1", **told: Any) -> Consent:
    given = {} if "refused" in told else {"given": DAY - timedelta(7)}
    return Consent(filed=filed(record_id), purpose="programme", **(given | told))


def _file(*consents: Consent) -> CaseFile:
    return case(consents=consents)


def test_a_withdrawal_takes_out_what_is_voluntary_from_its_own_day_on() -> None:
    plan = _opened(BOTH)
    told_late = _file(_consent(withdrawn=DAY + timedelta(7)))
    after = withdraw(plan, told_late, XX, on=DAY + timedelta(16), by=BY)
    left, ordered = _newest(after).content.items
    assert [one.day for one in left.sessions] == [DAY]
    assert left.ends == DAY + timedelta(7)
    assert ordered == ORDERED
    assert _newest(after).content.goals == BOTH.goals
    assert withdraw(after, told_late, XX, on=LATER, by=BY) == after


def test_nothing_is_taken_out_before_the_withdrawal_or_without_one() -> None:
    plan = _opened(BOTH)
    for told in (_file(_consent(withdrawn=LATER)), _file(_consent()), case()):
        assert withdraw(plan, told, XX, on=DAY, by=BY) == plan
    bare = _opened(evolve(content(), items=(evolve(item(), consent=None),)))
    assert withdraw(bare, _file(_consent(withdrawn=DAY)), XX, on=LATER, by=BY) == bare
    other = evolve(case(), case_id=CaseId("c-2"))
    with pytest.raises(InputError, match="whose plan it is"):
        withdraw(plan, other, XX, on=DAY, by=BY)


def test_a_withdrawal_is_never_refused_for_the_hours_that_fall_out_with_it() -> None:
    later = evolve(VOLUNTARY, starts=LATER, ends=None, sessions=())
    plan = _signed(_opened(evolve(content(), risk="low", items=(later,))))
    up = evolve(content(), risk="high", items=(later,))
    plan = amend(plan, XX, up, expects=_hash(plan), on=DAY, by=BY)
    withdrawn = _file(_consent(withdrawn=DAY))
    after = withdraw(plan, withdrawn, XX, on=DAY, by=BY)
    short = HoursShort(called_for=Decimal(40), planned=Decimal(0), reason="consent_withdrawn")
    assert _newest(after).content == evolve(up, items=(), shortfall=short)
    told = evolve(up, shortfall=evolve(short, planned=Decimal(39), reason="places"))
    plan = amend(plan, XX, told, expects=_hash(plan), on=DAY, by=BY)
    after = withdraw(plan, withdrawn, XX, on=DAY, by=BY)
    short = evolve(short, reason="places")  # what fell out now is counted, too
    assert _newest(after).content == evolve(told, items=(), shortfall=short)


def test_an_edit_that_takes_hours_away_counts_them_in_the_shortfall_that_is_told() -> None:
    """Before, a page said *planned: 50* of a plan in which nothing was left."""
    short = HoursShort(called_for=Decimal(100), planned=Decimal(50), reason="places")
    before = evolve(content(), items=(VOLUNTARY,), shortfall=short)
    plan = _opened(before)
    edits = (RemovePart(item=VOLUNTARY.item_id),)
    plan = amend(plan, XX, edits, expects=_hash(plan), why="full", on=DAY, by=BY)
    left = Decimal(50) - (VOLUNTARY.hours or 0)
    assert _newest(plan).content.shortfall == evolve(short, planned=left)


def test_an_item_that_had_not_begun_is_taken_out() -> None:
    later = evolve(VOLUNTARY, starts=LATER, ends=None, sessions=())
    plan = _opened(
        evolve(content(), items=(later, evolve(VOLUNTARY, item_id=ItemId("now"), ends=None)))
    )
    after = withdraw(plan, _file(_consent(withdrawn=DAY + timedelta(1))), XX, on=LATER, by=BY)
    (left,) = _newest(after).content.items
    assert (left.item_id, left.ends) == ("now", DAY + timedelta(1))


def test_of_a_signed_version_the_next_one_leaves_it_out_and_nothing_runs_meanwhile() -> None:
    before = _turned(_signed(_opened(BOTH)), "activated")
    told = _file(_consent(withdrawn=DAY + timedelta(7)))
    after = withdraw(before, told, XX, on=DAY + timedelta(8), by=BY)
    assert (_newest(after).number, _newest(after).occasion) == (2, PlanType.OTHER)
    followed = version_on(before, on=LATER)
    assert followed is not None
    days = [DAY, DAY + timedelta(6), DAY + timedelta(7), DAY - timedelta(1), date(2027, 5, 16)]
    running = [[one.item_id for one in running_items(followed, told, on=on)] for on in days]
    assert running == [["course", "ordered"], ["course", "ordered"], ["ordered"], [], []]


@pytest.mark.parametrize(
    ("consents", "day"),
    [
        ([_consent(withdrawn=some_day("2026-11"))], date(2026, 11, 9)),
        ([_consent(withdrawn=some_day("2026-12"))], date(2026, 12, 1)),
        ([_consent(), _consent("c-2", refused=LATER)], LATER),
        ([_consent(), _consent("c-2", refused=DAY - timedelta(30))], None),
        ([_consent(), evolve(_consent("c-2", refused=LATER), purpose="health_data")], None),
        (
            [
                _consent(),
                evolve(
                    _consent(withdrawn=LATER),
                    filed=filed("c-3", "2026-12-17", corrects="c-1"),
                ),
            ],
            LATER,
        ),
        ([_consent(refused=DAY)], None),
    ],
)
def test_the_day_of_a_withdrawal(consents: list[Consent], day: date | None) -> None:
    assert withdrawn_on(_file(*consents), RecordId("c-1"), on=date(2027, 1, 1)) == day


# --- what would be lost without a word ----------------------------------------------------


def test_a_transfer_to_an_office_of_blanks_is_refused() -> None:
    with pytest.raises(RequestRefused, match="next_holder_named"):
        _turned(_active(), "transferred", to_office="  ")


def test_no_edit_of_a_draft_leaves_out_a_need_that_nobody_answered() -> None:
    """The need is high, or nobody knows; a low one may go."""
    unknown = NeedSeen(domain="work", level=None, unknown=UnknownKind.MISSING)
    low = NeedSeen(domain="housing", level="none")
    bare = evolve(content(), goals=(), items=(), needs=(*content().needs, unknown, low))
    edited = evolve(bare, needs=())
    with pytest.raises(InputError) as caught:
        amend(_opened(bare), XX, edited, expects=_hash(_opened(bare)), on=DAY, by=BY)
    assert [one.found for one in caught.value.problems] == ['"peers"', '"work"']


def test_what_was_rejected_lowers_nothing_and_is_not_transferred() -> None:
    """The second version had no course any more, and was rejected; the first is followed."""
    plan, gone = _active(), (RemovePart(item=ITEM),)
    plan = amend(plan, XX, gone, expects=_hash(plan), on=LATER, by=BY, why="asked")
    plan = _turned(plan, "proposed", on=LATER)
    plan = _turned(plan, "rejected", on=LATER, reason="wants the course")
    more = (ReplacePart(part=evolve(content().goals[0], target=None)),)
    with pytest.raises(InputError, match="the reason for less than before: item_removed"):
        amend(plan, XX, more, expects=_hash(plan), on=LATER, by=BY)
    given = _turned(plan, "transferred", on=LATER, to_office="office-2")
    over = _newest(take_over(given, on=LATER, by=BY))
    assert over.number == 3
    assert over.content == evolve(content(), holder="office-2")


def test_what_is_noted_for_a_day_after_a_turn_is_no_reason_for_it() -> None:
    plan = _active()
    known: dict[str, Any] = {"recorded_on": LATER + timedelta(9), "by": BY}
    day = LATER + timedelta(3)
    plan = note_goal(plan, XX, GoalId("peers"), GoalEvent.ACHIEVED, note="", on=day, **known)
    with pytest.raises(RequestRefused, match="goals_closed"):
        turn_plan(plan, XX, PlanLifeEvent.COMPLETED, on=LATER, **known)
    done = turn_plan(plan, XX, PlanLifeEvent.COMPLETED, on=day, **known)
    assert _newest(done).status == "completed"


@pytest.mark.parametrize("role", ["", "A Name"])
def test_a_signature_has_the_code_of_a_role(role: str) -> None:
    plan = answer(_turned(_opened(), "proposed"), XX, PlanAnswer.AGREES, on=DAY, by=BY)
    with pytest.raises(InputError, match="role"):
        sign(plan, XX, SignatureEvent.SIGNED, expects=_hash(plan), role=role, on=DAY, by=BY)


@pytest.mark.parametrize("language", ["", "de", "English"])
def test_a_copy_is_in_a_language_that_the_country_knows(language: str) -> None:
    plan = _opened()
    with pytest.raises(InputError, match=r"language: unknown_value: .* expected one of en, xx"):
        copy_given(plan, XX, expects=_hash(plan), language=language, on=DAY, by=BY)


def test_a_copy_names_its_language_by_a_code() -> None:
    with pytest.raises(InputError, match="language: not_a_code"):
        CopyGiven(noted=noted(2), version=1, content_hash="x", language="")


def test_nothing_is_deferred_to_a_day_that_is_past() -> None:
    plan = _active()
    late = (DeferPart(item=ITEM, until=DAY, reason="x"),)
    with pytest.raises(InputError, match="until: out_of_range"):
        amend(plan, XX, late, expects=_hash(plan), on=LATER, by=BY, why="x")


def test_the_words_of_a_plan_stand_in_no_repr() -> None:
    parts = (content().goals[0], Deferral(need="peers", reason="Other"))
    put_off = DeferPart(item=ITEM, until=LATER, reason="Other")
    assert not [one for one in (*parts, put_off) if "Other" in repr(one) or "Refer" in repr(one)]
