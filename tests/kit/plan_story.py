"""The plan of one person as it goes: acts that may or may not be allowed, one after the other."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import Any

from attrs import evolve

import rehabcore as rc
from rehabcore.care.plans.axes import AgreementState, PlanLife, SignatureState
from rehabcore.care.plans.book import GoalEvent, PlanAnswer, PlanBook, PlanLifeEvent, SignatureEvent
from rehabcore.care.plans.edits import AddPart, DeferPart, PlanEdit, RemovePart, ReopenPart
from rehabcore.care.plans.laws.checking import check_book
from rehabcore.care.plans.laws.grounds import PlanGrounds
from rehabcore.care.plans.laws.law import LawFinding
from rehabcore.care.plans.schedules.delivered import delivered
from rehabcore.care.plans.versions import PlanHistory, PlanVersion, plan_history
from rehabcore.care.plans.withdrawing import without_withdrawn
from rehabcore.casework.checking import plan_grounds
from rehabcore.plans import GoalKind, PlanContent, PlanGoal
from rehabcore.records import Attendance, Consent, Death, Filed, Session
from rehabcore.rules.truth import Answer
from rehabcore.strict.problems import RehabcoreError
from rehabcore.strict.vocabulary import (
    AttendanceOutcome,
    Basis,
    GoalId,
    RecordId,
    StaffId,
    StepStatus,
)
from tests.kit.plan_strategies import some_step
from tests.kit.plans import words

XX = rc.load("xx")
COUNTRY = evolve(XX, plan_policy=evolve(XX.plan_policy, signed_by=("officer",)))
BEGUN = date(2026, 2, 16)
BY = StaffId("officer-1")
OVER = frozenset(PlanLife) - {PlanLife.DRAFT, PlanLife.PROPOSED, PlanLife.ACTIVE}
ANSWERS = (PlanAnswer.AGREES, PlanAnswer.DOES_NOT_AGREE, PlanAnswer.COULD_NOT_ANSWER)
SIGNINGS = (
    SignatureEvent.SIGNED,
    SignatureEvent.SENT_TO_COUNTERSIGN,
    SignatureEvent.COUNTERSIGNED,
    SignatureEvent.REFUSED_TO_SIGN,
    SignatureEvent.LOCKED_INCOMPLETE,
    SignatureEvent.ROLLED_BACK,
)
Axes = tuple[PlanLife, AgreementState, SignatureState]


@cache
def _first_case() -> rc.CaseFile:
    case: rc.CaseFile = rc.read(rc.examples()["xx/therapeutic-community"], rc.CaseFile)
    return case


@cache
def _first_draft() -> PlanContent:
    draft = rc.plan(_first_case(), COUNTRY, on=BEGUN).draft
    assert draft is not None
    return draft.content


class PlanStory:
    """A case file, a plan's book, and today. What is refused changes nothing."""

    def __init__(self) -> None:
        self.case, self.today = _first_case(), BEGUN
        self.book = rc.open_plan("plan-1", self.case.case_id, _first_draft(), on=BEGUN, by=BY)
        self.done, self.refused = list[str](), list[str]()
        self.earlier: dict[date, PlanHistory] = {}
        self.filed = 0

    @property
    def history(self) -> PlanHistory:
        """The versions as they stand today."""
        return plan_history(self.book, on=self.today)

    @property
    def newest(self) -> PlanVersion:
        """The newest version."""
        return self.history.versions[-1]

    def do(self, act: str, which: int = 0) -> "PlanStory":
        """One act of the story; ``which`` picks one of its variants."""
        before, case = self.book, self.case
        try:
            ACTS[act](self, which)
        except RehabcoreError:
            refused = True
        else:
            refused = False
        if refused:
            assert self.book is before
            assert self.case is case
            self.refused.append(act)
            return self
        assert self.book.entries[: len(before.entries)] == before.entries
        _require_one_axis(before, self.book, self.today)
        self.done.append(act)
        return self

    def _record(self) -> Filed:
        self.filed += 1
        record_id = RecordId(f"told-{self.filed}")
        return Filed(record_id=record_id, recorded_on=self.today, source="probation-2")

    # --- what is filed ----------------------------------------------------------------------------

    def wait(self, which: int) -> None:
        """Some days pass."""
        self.earlier[self.today] = self.history
        self.today += timedelta(days=(1, 7, 30)[which % 3])

    def attend(self, which: int) -> None:
        """A session of what runs, attended or missed."""
        active = None if self.case.deaths else self.history.active
        for item in active.running if active else ():
            one = Session(
                filed=self._record(), program_id=item.program_id, day=self.today, minutes=60
            )
            outcome = (AttendanceOutcome.ATTENDED, AttendanceOutcome.ABSENT_UNACCEPTABLE)[which % 2]
            told = Attendance(filed=self._record(), session=one.filed.record_id, outcome=outcome)
            self.case = evolve(
                self.case,
                sessions=(*self.case.sessions, one),
                attendances=(*self.case.attendances, told),
            )
            policy = COUNTRY.plan_policy.attendance
            seen = delivered(item, self.case, policy, on=self.today)
            assert item.basis is Basis.MANDATORY or seen.breach is Answer.NOT_MET

    def withdraw_consent(self, which: int) -> None:
        """The person takes back the consent that stands; an odd one is told as a correction."""
        *others, last = self.case.consents
        if last.withdrawn is None and not self.case.deaths:
            filed = evolve(self._record(), corrects=last.filed.record_id) if which % 2 else None
            told = evolve(last, filed=filed or last.filed, withdrawn=self.today)
            kept = (*others, last) if filed else tuple(others)
            self.case = evolve(self.case, consents=(*kept, told))

    def consent_anew(self, _: int) -> None:
        """The person consents again; nothing comes back by itself."""
        if self.case.consents[-1].withdrawn is not None and not self.case.deaths:
            anew = Consent(filed=self._record(), purpose="programme", given=self.today)
            self.case = evolve(self.case, consents=(*self.case.consents, anew))

    def die(self, _: int) -> None:
        """The person dies."""
        if not self.case.deaths:
            death = Death(filed=self._record(), died_on=self.today)
            self.case = evolve(self.case, deaths=(death,))

    # --- what is done with the plan ---------------------------------------------------------------

    def turn(self, which: int) -> None:
        """A turn in the life of a version."""
        event = [*PlanLifeEvent][which % len(PlanLifeEvent)]
        told: dict[str, Any] = {"reason": "so", "to_office": "probation-3"} if which < 10 else {}
        self.book = rc.turn_plan(self.book, COUNTRY, event, on=self.today, by=BY, **told)

    def answer(self, which: int) -> None:
        """An answer, perhaps told some days later."""
        on = self.today - timedelta(days=3 * (which > 10))
        told: dict[str, Any] = {"reason": "so", "recorded_on": self.today}
        given = ANSWERS[which % 3]
        self.book = rc.answer(self.book, COUNTRY, given, on=on, by=BY, **told)

    def sign(self, which: int) -> None:
        """Something about signatures, by the officer or another role."""
        self.book = rc.sign(
            self.book,
            COUNTRY,
            SIGNINGS[which % len(SIGNINGS)],
            expects=self.newest.content_hash,
            role="officer" if which < 8 else "person",
            on=self.today,
            by=BY,
            reason="so",
        )

    def give_copy(self, _: int) -> None:
        """A copy of the newest version."""
        digest = self.newest.content_hash
        told: dict[str, Any] = {"expects": digest, "language": "en", "on": self.today, "by": BY}
        self.book = rc.copy_given(self.book, COUNTRY, **told)

    def note(self, which: int) -> None:
        """A note about a goal or a step."""
        goals = self.newest.content.goals
        goal = goals[which % len(goals)]
        told: dict[str, Any] = {"note": "so", "on": self.today, "by": BY}
        if which % 2 or not goal.steps:
            event = [*GoalEvent][which % 2]
            self.book = rc.note_goal(self.book, COUNTRY, goal.goal_id, event, **told)
        else:
            status, step = [*StepStatus][which % len(StepStatus)], goal.steps[0].step_id
            self.book = rc.note_step(self.book, COUNTRY, step, status, **told)

    def amend(self, which: int) -> None:
        """An edit; one that asks for less has its reason, or not."""
        version = self.newest if which % 10 else self.history.versions[0]
        self.book = rc.amend(
            self.book,
            COUNTRY,
            _edits(self.newest.content, which % 6, self.today),
            expects=version.content_hash,
            on=self.today,
            by=BY,
            why="so" if which < 10 else "",
        )

    def review(self, _: int) -> None:
        """A new draft in the place of the newest version."""
        before = self.newest.content
        draft = rc.plan(self.case, COUNTRY, on=self.today, previous=before).draft
        if draft is not None and draft.content != before:
            told: dict[str, Any] = {
                "expects": self.newest.content_hash,
                "on": self.today,
                "by": BY,
                "why": "so",
            }
            self.book = rc.amend(self.book, COUNTRY, draft.content, **told)

    def take_out(self, _: int) -> None:
        """What was withdrawn is taken out of the plan."""
        self.book = rc.withdraw(self.book, self.case, COUNTRY, on=self.today, by=BY)
        content = self.newest.content
        assert without_withdrawn(content, self.case, on=self.today) == content

    def take_over(self, _: int) -> None:
        """Another office takes over."""
        before = self.newest.content
        self.book = rc.take_over(self.book, on=self.today, by=BY)
        assert evolve(self.newest.content, holder=before.holder) == before

    # --- what always holds ------------------------------------------------------------------------

    def require_laws(self) -> None:
        """What the verbs allowed breaks no law for certain, and is the same when it is read."""
        history = self.history
        assert rc.read(rc.write(self.book), PlanBook) == self.book
        assert history.misfits == ()
        for finding in self.findings():
            if finding.answer is Answer.NOT_MET:
                assert self._is_explained(finding), str(finding)
        for day, seen in self.earlier.items():
            assert plan_history(self.book, on=day, known_at=day) == seen
        said = [one for one in self.book.answers if one.answer is PlanAnswer.DOES_NOT_AGREE]
        for version in history.versions:
            told = tuple(one for one in said if one.version <= version.number)
            assert {*told} == {*version.disagreements}

    def findings(self) -> tuple[LawFinding, ...]:
        """All that the laws find today."""
        return check_book(self.book, self._grounds())

    def _grounds(self) -> PlanGrounds:
        return plan_grounds(self.case, COUNTRY, self.today)

    def _is_explained(self, finding: LawFinding) -> bool:
        """Whether a law is broken by what happened outside the plan, and is still to be mended.

        A copy is still to be given; what was withdrawn is still to be taken out; for what a review
        proposes anew, consent is still to be asked; and the plan of who died is still to be ended.
        """
        number, *item = map(int, re.findall(r"\[(\d+)\]", finding.place))
        version = self.history.version(number)
        if finding.law_id == "P27":
            return not [one for one in self.book.copies if one.version == number]
        if finding.law_id == "P9":
            return bool(self.case.deaths)
        if finding.law_id not in ("P10", "P11") or version is None:
            return False
        content = version.content
        to_ask = content.items[item[0]].consent is None
        return to_ask or without_withdrawn(content, self.case, on=self.today) != content


def _edits(content: PlanContent, which: int, on: date) -> tuple[PlanEdit, ...]:
    goal = content.goals[-1]
    until = on + timedelta(days=60)
    match which:
        case 0:
            own = GoalId(f"own-{len(content.goals)}")
            step = some_step(own)
            more = PlanGoal(goal_id=own, kind=GoalKind.OWN, title=words("Mine"), steps=(step,))
            return (AddPart(part=more),)
        case 1:
            step = some_step(f"{goal.goal_id}-{len(goal.steps)}")
            return (AddPart(part=step, goal=goal.goal_id),)
        case 2:
            gone = tuple(RemovePart(item=one.item_id) for one in content.items)
            return gone[:1] or (RemovePart(goal=GoalId("none")),)
        case 3:
            served = [one.item_id for one in content.items if one.goals == (goal.goal_id,)]
            removed = tuple(RemovePart(item=item) for item in served)
            return (*removed, DeferPart(goal=goal.goal_id, until=until, reason="later"))
        case 4:
            return (ReopenPart(goal=GoalId("work")),)
        case _:
            return (RemovePart(goal=goal.goal_id),)


def _require_one_axis(before: PlanBook, after: PlanBook, on: date) -> None:
    """Of each version at most one axis moved, and none left its end."""
    old, new = _axes(before, on), _axes(after, on)
    for number, axes in old.items():
        assert sum(one != other for one, other in zip(axes, new[number], strict=True)) <= 1
        assert axes[0] not in OVER or new[number][0] is axes[0]
    assert sum(axes[0] is PlanLife.ACTIVE for axes in new.values()) <= 1


def _axes(book: PlanBook, on: date) -> dict[int, Axes]:
    versions = plan_history(book, on=on).versions
    return {one.number: (one.life, one.agreement, one.signature) for one in versions}


ACTS: dict[str, Callable[[PlanStory, int], None]] = {
    name: getattr(PlanStory, name)
    for name in (
        *("wait", "attend", "withdraw_consent", "consent_anew", "die", "turn", "answer", "sign"),
        *("give_copy", "note", "amend", "review", "take_out", "take_over"),
    )
}
