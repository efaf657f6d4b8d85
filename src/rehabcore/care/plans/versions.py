"""Versions: what the book of a plan tells of each on a day, as it was known on a day.

The entries are read in the order of the book, each on its own axis. What does not fit a table is
told beside it, and never refused: a book may come from elsewhere.
"""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from functools import cache

from attrs import evolve

from rehabcore.care.machines import machine
from rehabcore.care.plans.axes import (
    AGREEING,
    AgreementState,
    PlanLife,
    PlanStatus,
    SignatureState,
    go_together,
    status_of,
)
from rehabcore.care.plans.book import (
    AgreementAnswered,
    ContentEdited,
    CopyGiven,
    GoalNoted,
    LifeTurned,
    Noted,
    PlanAnswer,
    PlanBook,
    PlanEntry,
    PlanLifeEvent,
    PlanType,
    SignatureNoted,
    StepNoted,
    VersionOpened,
)
from rehabcore.care.plans.hashes import hash_of_content
from rehabcore.plans import PlanContent, PlanItem
from rehabcore.rules.machines.walking import HistoryEntry, Position, Ways
from rehabcore.strict.checked import checked, checked_arguments
from rehabcore.strict.frozen import frozen
from rehabcore.strict.vocabulary import Basis, GoalId, StepId, StepStatus


class GoalStatus(StrEnum):
    """Where a goal stands."""

    FUTURE = "future"
    ACTIVE = "active"
    ACHIEVED = "achieved"
    REMOVED = "removed"


@frozen(kw_only=True)
@checked
class GoalSeen:
    """A goal on a day, since when it stands so, and what was noted about it, in order."""

    goal_id: GoalId
    status: GoalStatus
    since: date
    noted: tuple[GoalNoted, ...] = ()


@frozen(kw_only=True)
@checked
class StepSeen:
    """A step on a day, and what was noted about it, in order."""

    step_id: StepId
    status: StepStatus = StepStatus.NOT_STARTED
    noted: tuple[StepNoted, ...] = ()


class PlanMisfit(StrEnum):
    """Why an entry does not fit those before it."""

    VERSION_REPEATED = "version_repeated"
    """A version of this number was opened before; this one is left aside."""
    NO_SUCH_VERSION = "no_such_version"
    NO_SUCH_GOAL = "no_such_goal"
    NO_SUCH_STEP = "no_such_step"
    NOT_FROM_HERE = "not_from_here"
    """The table of the axis has no such way from where the version, goal or step stood."""
    NOT_TOGETHER = "not_together"
    """After it, the three axes stand as they never should together."""


@frozen(kw_only=True)
@checked
class MisfitEntry:
    """An entry of the book that does not fit, by its place, and why."""

    place: int
    why: PlanMisfit


@frozen(kw_only=True)
@checked
class PlanVersion:
    """A version on a day: what it says, and where its three axes stand.

    ``answers``, ``signatures``, ``copies`` and ``turns`` are the entries of the book about it, in
    order. ``disagreements`` are the answers of a person who did not agree, to this version and to
    all before it. ``answered_before`` is the last answer to an earlier version, other than that
    the person could not answer. ``goals`` and ``steps`` are those of its content.
    """

    number: int
    occasion: PlanType
    opened: Noted
    content: PlanContent
    life: PlanLife
    agreement: AgreementState
    signature: SignatureState
    answers: tuple[AgreementAnswered, ...]
    disagreements: tuple[AgreementAnswered, ...]
    answered_before: PlanAnswer | None
    signatures: tuple[SignatureNoted, ...]
    copies: tuple[CopyGiven, ...]
    turns: tuple[LifeTurned, ...]
    goals: tuple[GoalSeen, ...]
    steps: tuple[StepSeen, ...]

    @property
    def content_hash(self) -> str:
        """The hash of its content, which is what is signed."""
        return hash_of_content(self.content)

    @property
    def status(self) -> PlanStatus:
        """Where it stands, in one word."""
        return status_of(self.life, self.agreement, self.signature)

    @property
    def is_settled(self) -> bool:
        """Whether its content is not to be edited any more: it was answered, signed, or locked."""
        return (
            self.life not in (PlanLife.DRAFT, PlanLife.PROPOSED)
            or self.agreement is not AgreementState.UNANSWERED
            or self.signature is not SignatureState.UNSIGNED
        )

    @property
    def running(self) -> tuple[PlanItem, ...]:
        """The items that run: only while it is active; if the person did not agree, the mandatory.

        Whether each consent is still live stands in the case file, not here.
        """
        if self.life is not PlanLife.ACTIVE:
            return ()
        agreed = self.agreement in AGREEING
        return tuple(item for item in self.content.items if agreed or item.basis is Basis.MANDATORY)


LIVING = frozenset({PlanLife.DRAFT, PlanLife.PROPOSED, PlanLife.ACTIVE})
"""The lives of versions that have not ended."""
_ENDS = frozenset({PlanLife.COMPLETED, PlanLife.TERMINATED})


@frozen(kw_only=True)
@checked
class PlanHistory:
    """Everything that a book tells of its versions by a day.

    ``goals`` and ``steps`` are all that any version ever had, in the order in which they came.
    """

    on: date
    versions: tuple[PlanVersion, ...]
    goals: tuple[GoalSeen, ...]
    steps: tuple[StepSeen, ...]
    misfits: tuple[MisfitEntry, ...]

    @property
    def newest(self) -> PlanVersion | None:
        """The version that was opened last; None before the first."""
        return self.versions[-1] if self.versions else None

    @property
    def active(self) -> PlanVersion | None:
        """The version that is active, the newest if a book has several; None if there is none."""
        active = [one for one in self.versions if one.life is PlanLife.ACTIVE]
        return active[-1] if active else None

    @property
    def ended(self) -> PlanVersion | None:
        """The version with which the plan ended; None while it goes on.

        A plan ends when a version that was active is completed or terminated, or when the newest is
        terminated and none is left. One that is terminated beside another ends nothing.
        """
        left = any(one.life in LIVING for one in self.versions)
        for version in reversed(self.versions):
            followed = any(turn.event is PlanLifeEvent.ACTIVATED for turn in version.turns)
            if version.life in _ENDS and (followed or not left):
                return version
        return None

    def version(self, number: int) -> PlanVersion | None:
        """The version of a number; None if there is none."""
        return next((one for one in self.versions if one.number == number), None)


@checked_arguments
def plan_history(book: PlanBook, *, on: date, known_at: date | None = None) -> PlanHistory:
    """Every version of a plan as it stood on a day, in time that grows with the book.

    Args:
        book: the book of the plan.
        on: the day; what happened later does not count.
        known_at: the day up to which entries were recorded; None for all.
    """
    walk = _BookWalk()
    for entry in book.entries:
        noted = entry.noted
        if noted.on <= on and (known_at is None or noted.recorded_on <= known_at):
            walk.enter(entry)
    return walk.history(on)


@checked_arguments
def version_on(book: PlanBook, *, on: date, known_at: date | None = None) -> PlanVersion | None:
    """The newest version of a plan as it stood on a day; None before the first.

    Args:
        book: the book of the plan.
        on: the day; what happened later does not count.
        known_at: the day up to which entries were recorded; None for all.
    """
    return plan_history(book, on=on, known_at=known_at).newest


@cache
def _ways(name: str) -> Ways:
    return Ways(machine(name))


def _agreement(answer: PlanAnswer, before: PlanAnswer | None) -> AgreementState:
    """The state to which an answer leads, by the last answer to an earlier version."""
    changed = before not in (None, answer)
    match answer:
        case PlanAnswer.AGREES:
            return AgreementState.UPDATED_AGREED if changed else AgreementState.AGREED
        case PlanAnswer.DOES_NOT_AGREE:
            return AgreementState.UPDATED_DO_NOT_AGREE if changed else AgreementState.DO_NOT_AGREE
        case _:
            return AgreementState.COULD_NOT_ANSWER


class _Given:
    """The last answer to each version, other than that the person could not answer."""

    def __init__(self) -> None:
        self._numbers = list[int]()
        self._answers = dict[int, PlanAnswer]()

    def note(self, entry: AgreementAnswered) -> None:
        """Take note of an answer."""
        if entry.answer is not PlanAnswer.COULD_NOT_ANSWER:
            if entry.version not in self._answers:
                insort(self._numbers, entry.version)
            self._answers[entry.version] = entry.answer

    def before(self, version: int) -> PlanAnswer | None:
        """The answer to the last version before one that has any."""
        earlier = bisect_left(self._numbers, version)
        return self._answers[self._numbers[earlier - 1]] if earlier else None


class _OpenVersion:
    """One version, while the book is read."""

    def __init__(self, opened: VersionOpened) -> None:
        self.opened, self.content = opened, opened.content
        self.at = {
            "plan_life": Position(state=PlanLife.DRAFT.value),
            "agreement": Position(state=AgreementState.UNANSWERED.value),
            "signature": Position(state=SignatureState.UNSIGNED.value),
        }
        self.answers = list[AgreementAnswered]()
        self.signatures = list[SignatureNoted]()
        self.copies = list[CopyGiven]()
        self.turns = list[LifeTurned]()

    @property
    def axes(self) -> tuple[PlanLife, AgreementState, SignatureState]:
        """Where its axes stand."""
        return (
            PlanLife(self.at["plan_life"].state),
            AgreementState(self.at["agreement"].state),
            SignatureState(self.at["signature"].state),
        )


class _BookWalk:
    """The versions, goals and steps of a book, while its entries are read."""

    def __init__(self) -> None:
        self._versions: dict[int, _OpenVersion] = {}
        self._answers, self._given = list[AgreementAnswered](), _Given()
        self._goals: dict[GoalId, GoalSeen] = {}
        self._present = frozenset[GoalId]()
        self._steps: dict[StepId, StepSeen] = {}
        self._goal_notes: dict[GoalId, list[GoalNoted]] = defaultdict(list)
        self._step_notes: dict[StepId, list[StepNoted]] = defaultdict(list)
        self._misfits = list[MisfitEntry]()

    def enter(self, entry: PlanEntry) -> None:
        """Read one entry."""
        if isinstance(entry, VersionOpened):
            self._open(entry)
            return
        version = self._versions.get(entry.version)
        if version is None:
            self._misfit(entry, PlanMisfit.NO_SUCH_VERSION)
            return
        match entry:
            case ContentEdited():
                version.content = entry.content
                self._see_parts(entry, entry.content)
            case AgreementAnswered():
                version.answers.append(entry)
                self._answers.append(entry)
                to = _agreement(entry.answer, self._given.before(entry.version))
                self._given.note(entry)
                self._turn(version, "agreement", entry, entry.answer.value, to.value)
            case SignatureNoted():
                version.signatures.append(entry)
                self._turn(version, "signature", entry, entry.event.value)
            case CopyGiven():
                version.copies.append(entry)
            case LifeTurned():
                version.turns.append(entry)
                self._turn(version, "plan_life", entry, entry.event.value)
            case GoalNoted():
                self._note_goal(entry)
            case _:
                self._note_step(entry)

    def _open(self, entry: VersionOpened) -> None:
        if entry.version in self._versions:
            self._misfit(entry, PlanMisfit.VERSION_REPEATED)
        else:
            self._versions[entry.version] = _OpenVersion(entry)
            self._see_parts(entry, entry.content)

    def _turn(
        self, version: _OpenVersion, axis: str, entry: PlanEntry, event: str, to: str = ""
    ) -> None:
        """Move on one axis; that no other moves is what keeps them apart."""
        version.at[axis] = self._after(axis, version.at[axis], entry, event, to)
        if not go_together(*version.axes):
            self._misfit(entry, PlanMisfit.NOT_TOGETHER)

    def _after(
        self, table: str, before: Position, entry: PlanEntry, event: str, to: str = ""
    ) -> Position:
        """Where an event leads; also one that the table does not have from there, which is told."""
        asked = HistoryEntry(event=event, on=entry.noted.on, to=to)
        passed = _ways(table).passed(before, asked)
        if passed.misfits:
            self._misfit(entry, PlanMisfit.NOT_FROM_HERE)
        return passed.after or before

    def _misfit(self, entry: PlanEntry, why: PlanMisfit) -> None:
        self._misfits.append(MisfitEntry(place=entry.noted.place, why=why))

    def _see_parts(self, entry: PlanEntry, content: PlanContent) -> None:
        """Follow the goals and steps to a new content: what it leaves out is removed."""
        present = {goal.goal_id: goal for goal in content.goals}
        for goal_id, goal in present.items():
            status = GoalStatus.FUTURE if goal.target is None else GoalStatus.ACTIVE
            seen = self._goals.get(goal_id)
            if seen is None or seen.status not in (status, GoalStatus.ACHIEVED):
                self._set_goal(goal_id, status, entry.noted.on)
        # In time that grows with the content: what an earlier one had taken away stays so.
        for goal_id in self._present - present.keys():
            if self._goals[goal_id].status is not GoalStatus.ACHIEVED:
                self._set_goal(goal_id, GoalStatus.REMOVED, entry.noted.on)
        self._present = frozenset(present)
        for goal in content.goals:
            for step in goal.steps:
                self._steps.setdefault(step.step_id, StepSeen(step_id=step.step_id))

    def _set_goal(self, goal_id: GoalId, status: GoalStatus, on: date) -> None:
        self._goals[goal_id] = GoalSeen(goal_id=goal_id, status=status, since=on)

    def _note_goal(self, entry: GoalNoted) -> None:
        seen = self._goals.get(entry.goal_id)
        if seen is None:
            self._misfit(entry, PlanMisfit.NO_SUCH_GOAL)
            return
        self._goal_notes[entry.goal_id].append(entry)
        before = Position(state=seen.status.value)
        status = GoalStatus(self._after("goal", before, entry, entry.event.value).state)
        if status is not seen.status:
            self._set_goal(entry.goal_id, status, entry.noted.on)

    def _note_step(self, entry: StepNoted) -> None:
        seen = self._steps.get(entry.step_id)
        if seen is None:
            self._misfit(entry, PlanMisfit.NO_SUCH_STEP)
            return
        self._step_notes[entry.step_id].append(entry)
        before = Position(state=seen.status.value)
        status = StepStatus(self._after("step", before, entry, entry.status.value).state)
        self._steps[entry.step_id] = evolve(seen, status=status)

    def history(self, on: date) -> PlanHistory:
        """All of it, by the day up to which it was read."""
        goals = {
            goal_id: evolve(seen, noted=tuple(self._goal_notes[goal_id]))
            for goal_id, seen in self._goals.items()
        }
        steps = {
            step_id: evolve(seen, noted=tuple(self._step_notes[step_id]))
            for step_id, seen in self._steps.items()
        }
        return PlanHistory(
            on=on,
            versions=tuple(self._seen(goals, steps)),
            goals=tuple(goals.values()),
            steps=tuple(steps.values()),
            misfits=tuple(self._misfits),
        )

    def _seen(
        self, goals: dict[GoalId, GoalSeen], steps: dict[StepId, StepSeen]
    ) -> Iterator[PlanVersion]:
        disagreed = tuple(one for one in self._answers if one.answer is PlanAnswer.DOES_NOT_AGREE)
        for number, version in sorted(self._versions.items()):
            life, agreement, signature = version.axes
            yield PlanVersion(
                number=number,
                occasion=version.opened.occasion,
                opened=version.opened.noted,
                content=version.content,
                life=life,
                agreement=agreement,
                signature=signature,
                answers=tuple(version.answers),
                disagreements=tuple(one for one in disagreed if one.version <= number),
                answered_before=self._given.before(number),
                signatures=tuple(version.signatures),
                copies=tuple(version.copies),
                turns=tuple(version.turns),
                goals=tuple(goals[goal.goal_id] for goal in version.content.goals),
                steps=tuple(
                    steps[step.step_id] for goal in version.content.goals for step in goal.steps
                ),
            )
