"""Laws of a plan's book after any acts: P4 to P6, P11, P13, P15 to P17, and P28 to P30."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from functools import reduce
from itertools import pairwise
from typing import Any

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import rehabcore as rc
from rehabcore.care import (
    AddPart,
    Deferral,
    GoalEvent,
    PlanAnswer,
    PlanBook,
    PlanLife,
    PlanLifeEvent,
    PlannedSession,
    RemovePart,
    ReplacePart,
    SignatureEvent,
    lowerings,
    plan_history,
)
from rehabcore.care.machines import machine
from rehabcore.care.plans.axes import AGREEING, go_together
from rehabcore.care.plans.book import with_entry
from rehabcore.care.plans.differences import answered_needs
from rehabcore.care.plans.laws.checking import check_book
from rehabcore.care.plans.versions import PlanHistory
from rehabcore.records import Consent
from rehabcore.rules.time.partial import LATEST_DAY
from rehabcore.strict.vocabulary import Basis, CaseId, GoalId, ItemId, StaffId, StepId, StepStatus
from tests.kit.builders import case, filed
from tests.kit.plan_grounds import grounds
from tests.kit.plans import DAY, content, item

XX, BY = rc.load("xx"), StaffId("officer-1")
DUTY = evolve(item(), basis=Basis.MANDATORY)
EDITS: tuple[tuple[Any, ...], ...] = (
    (ReplacePart(part=DUTY),),
    (ReplacePart(part=item()),),
    (RemovePart(item=item().item_id),),
    (AddPart(part=item()),),
    (RemovePart(item=item().item_id), RemovePart(goal=GoalId("peers"))),
    (ReplacePart(part=evolve(item(), hours=Decimal(30))),),
    (AddPart(part=Deferral(need="peers", reason="later")),),
)
OF_BOOKS = {"P3", "P4", "P5", "P6", "P13", "P15", "P16", "P26", "P28", "P29"}
Act = Callable[[PlanBook, int, dict[str, Any]], PlanBook]


def _now(plan: PlanBook) -> PlanHistory:
    return plan_history(plan, on=LATEST_DAY)


def _hash(plan: PlanBook, chosen: int = 0) -> str:
    """The hash of the newest content; now and then of the first one."""
    versions = _now(plan).versions
    return versions[-1 if chosen % 7 else 0].content_hash


def _pick(options: Any, chosen: int) -> Any:
    listed = list(options)
    return listed[chosen % len(listed)]


def _turn(plan: PlanBook, chosen: int, when: dict[str, Any]) -> PlanBook:
    if chosen % 3:
        when |= {"reason": "so", "to_office": "office"}
    version = _pick((None, None, 1, 2), chosen // 8)
    return rc.turn_plan(plan, XX, _pick(PlanLifeEvent, chosen), version=version, **when)


def _answer(plan: PlanBook, chosen: int, when: dict[str, Any]) -> PlanBook:
    return rc.answer(plan, XX, _pick(PlanAnswer, chosen), reason="so", **when)


def _sign(plan: PlanBook, chosen: int, when: dict[str, Any]) -> PlanBook:
    role, event = _pick(("officer", "person", "chief"), chosen), _pick(SignatureEvent, chosen)
    digest = _hash(plan, chosen)
    return rc.sign(plan, XX, event, expects=digest, role=role, reason="so", **when)


def _copy(plan: PlanBook, chosen: int, when: dict[str, Any]) -> PlanBook:
    return rc.copy_given(plan, XX, expects=_hash(plan, chosen), language="en", **when)


def _amend(plan: PlanBook, chosen: int, when: dict[str, Any]) -> PlanBook:
    why = "so" if chosen % 3 else ""
    return rc.amend(plan, XX, _pick(EDITS, chosen), expects=_hash(plan, chosen), why=why, **when)


def _note(plan: PlanBook, chosen: int, when: dict[str, Any]) -> PlanBook:
    if chosen % 2:
        event = _pick(GoalEvent, chosen // 2)
        return rc.note_goal(plan, XX, GoalId("peers"), event, note="so", **when)
    return rc.note_step(plan, XX, StepId("peers/refer"), _pick(StepStatus, chosen), **when)


def _take_over(plan: PlanBook, _: int, when: dict[str, Any]) -> PlanBook:
    return rc.take_over(plan, **when)


def _go_on(plan: PlanBook, _: int, when: dict[str, Any]) -> PlanBook:
    """The first act on the usual way that is allowed; else nothing."""
    digest, signed = _hash(plan, 1), SignatureEvent.SIGNED
    acts: tuple[Callable[[], PlanBook], ...] = (
        lambda: rc.turn_plan(plan, XX, PlanLifeEvent.ACTIVATED, **when),
        lambda: rc.turn_plan(plan, XX, PlanLifeEvent.SUPERSEDED, **when),
        lambda: rc.turn_plan(plan, XX, PlanLifeEvent.PROPOSED, **when),
        lambda: rc.answer(plan, XX, PlanAnswer.AGREES, **when),
        lambda: rc.sign(plan, XX, signed, expects=digest, role="officer", **when),
        lambda: rc.copy_given(plan, XX, expects=digest, language="en", **when),
    )
    for act in acts:
        with suppress(rc.RequestRefused):
            return act()
    return plan


ACTS: tuple[Act, ...] = (
    *(_go_on, _go_on, _go_on, _turn, _answer, _sign, _copy, _amend, _amend, _note, _take_over),
)
STEPS = st.lists(
    st.tuples(st.sampled_from(ACTS), st.integers(0, 60), st.integers(0, 2)), max_size=16
)


def _books(steps: list[tuple[Act, int, int]]) -> list[PlanBook]:
    """The book after each act; one that is refused changes nothing."""
    day = DAY
    books = [rc.open_plan("plan-1", CaseId("case"), content(), on=day, by=BY)]
    for act, chosen, later in steps:
        day += timedelta(later)
        with suppress(rc.RequestRefused, rc.ContentChanged, rc.InputError):
            books.append(act(books[-1], chosen, {"on": day, "by": BY}))
    return books


FINAL = {
    axis: {state.code for state in machine(table).states if state.final}
    for axis, table in (("life", "plan_life"), ("agreement", "agreement"))
}


@settings(max_examples=15)
@given(STEPS)
def test_laws_p4_p5_p6_p17_p30_hold_after_every_act(steps: list[tuple[Act, int, int]]) -> None:
    books = _books(steps)
    for before, after in pairwise(books):
        old, new = _now(before), _now(after)
        assert [one.number for one in new.versions] == [*range(1, len(new.versions) + 1)]  # P5
        assert sum(one.life is PlanLife.ACTIVE for one in new.versions) <= 1  # P6
        assert new.misfits == ()
        assert all(go_together(one.life, one.agreement, one.signature) for one in new.versions)
        turned = 0
        for was, now in zip(old.versions, new.versions, strict=False):
            if was.is_settled:
                assert now.content == was.content  # P4
            for axis in ("life", "agreement", "signature"):
                turned += getattr(was, axis) is not getattr(now, axis)
                if getattr(was, axis) in FINAL.get(axis, ()):
                    assert getattr(was, axis) is getattr(now, axis)  # P17
            assert set(was.disagreements) <= set(now.disagreements)
        assert turned + (len(new.versions) - len(old.versions)) <= 1  # P30


@settings(max_examples=15)
@given(STEPS)
def test_law_p15_every_state_is_read_again_from_the_entries(
    steps: list[tuple[Act, int, int]],
) -> None:
    books = _books(steps)
    for book in books:
        entries = book.entries
        assert entries[: len(books[0].entries)] == books[0].entries
        empty = PlanBook(plan_id=book.plan_id, case_id=book.case_id)
        assert reduce(with_entry, entries, empty) == book
        assert rc.read(rc.write(book), PlanBook) == book  # P14
    last = books[-1]
    for book in books:
        assert last.entries[: len(book.entries)] == book.entries
        day = book.entries[-1].noted.on
        known = [one for one in books if one.entries[-1].noted.on <= day][-1]
        assert plan_history(last, on=day, known_at=day) == plan_history(known, on=day)


@settings(max_examples=15)
@given(STEPS)
def test_what_the_verbs_make_breaks_no_law_of_books(steps: list[tuple[Act, int, int]]) -> None:
    plan = _books(steps)[-1]
    known = evolve(grounds(), signed_by=())
    assert [one for one in check_book(plan, known) if one.law_id in OF_BOOKS] == []
    for version in _now(plan).versions:
        agreed = version.agreement in AGREEING
        assert agreed or all(one.basis is Basis.MANDATORY for one in version.running)  # P29


CONTENTS = st.lists(st.sampled_from(EDITS), max_size=4)


@settings(max_examples=25)
@given(CONTENTS, CONTENTS)
def test_a_difference_is_empty_where_contents_are_equal_and_only_there(
    one: list[tuple[Any, ...]], other: list[tuple[Any, ...]]
) -> None:
    a, b = (_edited(edits) for edits in (one, other))
    assert (rc.diff(a, b).changes == ()) is (a == b)
    assert (rc.diff(b, a).changes == ()) is (a == b)
    assert lowerings(a, a) == ()
    lost = {one.id for one in lowerings(a, b) if one.kind == "need_dropped"}
    assert lost == {*answered_needs(a)} - {*answered_needs(b)}


def _edited(edits: list[tuple[Any, ...]]) -> rc.care.PlanContent:
    plan = rc.open_plan("plan-1", CaseId("case"), content(), on=DAY, by=BY)
    for edit in edits:
        with suppress(rc.InputError):
            plan = rc.amend(plan, XX, edit, expects=_hash(plan, 1), why="so", on=DAY, by=BY)
    return _now(plan).versions[-1].content


DAYS = st.integers(-10, 30)


@settings(max_examples=25)
@given(st.lists(DAYS, max_size=6, unique=True), DAYS, st.integers(0, 40))
def test_law_p11_a_withdrawal_takes_out_future_voluntary_sessions_and_nothing_else(
    days: list[int], withdrawn: int, late: int
) -> None:
    sessions = tuple(PlannedSession(day=DAY + timedelta(day)) for day in sorted(days))
    free = evolve(item(), starts=DAY - timedelta(20), sessions=sessions)
    duty = evolve(DUTY, item_id=ItemId("duty"), starts=free.starts, sessions=sessions)
    what = evolve(content(), items=(free, duty))
    plan = rc.open_plan("plan-1", CaseId("case"), what, on=DAY - timedelta(20), by=BY)
    day = DAY + timedelta(withdrawn)
    consent = Consent(
        filed=filed("c-1"), purpose="programme", given=DAY - timedelta(20), withdrawn=day
    )
    on = day + timedelta(late)
    after = rc.withdraw(plan, case(consents=(consent,)), XX, on=on, by=BY)
    left, kept = _now(after).versions[-1].content.items
    assert kept == duty
    assert left.sessions == tuple(one for one in sessions if one.day < day)
    assert rc.withdraw(after, case(consents=(consent,)), XX, on=on, by=BY) == after
    early = rc.withdraw(plan, case(consents=(consent,)), XX, on=day - timedelta(1), by=BY)
    assert early == plan
