"""The book of a plan: everything that was done with it, in order; nothing in it is ever changed.

What people agree to stands in versions. Three other things are told beside it, each in a list of
its own, so that none can change another: what the person answered, who signed, and where the plan
stands in its life. How goals and steps went is told in a list as well.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from itertools import chain
from typing import Any

from attrs import evolve, field

from rehabcore.plans import PlanContent
from rehabcore.strict.checked import SECRET, checked, codes_only, not_empty
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem
from rehabcore.strict.vocabulary import CaseId, GoalId, StaffId, StepId, StepStatus

MOST_ENTRIES = 5_000
"""The most entries of one book: two a day for seven years."""


class PlanType(StrEnum):
    """The occasion for which a version was opened."""

    INITIAL = "initial"
    REVIEW = "review"
    TERMINATE = "terminate"
    TRANSFER = "transfer"
    OTHER = "other"


class PlanAnswer(StrEnum):
    """The answer of the person to a version."""

    AGREES = "agrees"
    DOES_NOT_AGREE = "does_not_agree"
    COULD_NOT_ANSWER = "could_not_answer"


class SignatureEvent(StrEnum):
    """Something that was done to the signatures of a version."""

    SIGNED = "signed"
    """Signed by one person; nobody else has to."""
    SENT_TO_COUNTERSIGN = "sent_to_countersign"
    """Signed, and another has to sign, too."""
    COUNTERSIGNED = "countersigned"
    SENT_TO_DOUBLE_COUNTERSIGN = "sent_to_double_countersign"
    """Countersigned, and a third has to sign, too."""
    DOUBLE_COUNTERSIGNED = "double_countersigned"
    REJECTED = "rejected"
    """The one who was to countersign did not, and says why."""
    REFUSED_TO_SIGN = "refused_to_sign"
    """Somebody was asked to sign and did not; the signatures of others count all the same."""
    LOCKED_INCOMPLETE = "locked_incomplete"
    ROLLED_BACK = "rolled_back"


class PlanLifeEvent(StrEnum):
    """A turn in the life of a version."""

    PROPOSED = "proposed"
    REJECTED = "rejected"
    ACTIVATED = "activated"
    SUPERSEDED = "superseded"
    COMPLETED = "completed"
    TERMINATED = "terminated"
    TRANSFERRED = "transferred"


class GoalEvent(StrEnum):
    """Something that happened to a goal; whether it is removed, the content of the plan tells."""

    ACHIEVED = "achieved"
    NOTED = "noted"


@frozen(kw_only=True)
@checked
class Noted:
    """When and by whom an entry was made.

    ``place`` counts the entries of the whole book from 1. ``on`` is the day on which it happened,
    ``recorded_on`` the day from which the book knows it.
    """

    place: int
    on: date
    recorded_on: date
    by: StaffId = field(repr=False, metadata=SECRET)

    def _problems(self) -> Iterable[Problem]:
        yield from not_empty(self, "by")
        if self.place < 1:
            yield Problem.of(self.place, "out_of_range", "1 or more", path="place")
        if self.recorded_on < self.on:
            expected = f"a day not before {self.on.isoformat()}, on which it happened"
            yield Problem.of(self.recorded_on, "wrong_order", expected, path="recorded_on")


@frozen(kw_only=True)
@checked
class VersionOpened:
    """A new version, with its first content. Versions count from 1."""

    noted: Noted
    version: int
    occasion: PlanType
    content: PlanContent


@frozen(kw_only=True)
@checked
class ContentEdited:
    """The content of a version after an edit, and why. ``expects`` is the hash of it before."""

    noted: Noted
    version: int
    expects: str
    content: PlanContent
    why: str = field(default="", repr=False, metadata=SECRET)


@frozen(kw_only=True)
@checked
class AgreementAnswered:
    """The person's answer to a version. Only who agrees need not have a reason."""

    noted: Noted
    version: int
    answer: PlanAnswer
    reason: str = field(default="", repr=False, metadata=SECRET)

    def _problems(self) -> Iterable[Problem]:
        if self.answer is not PlanAnswer.AGREES and not self.reason.strip():
            expected = "why, in words: only who agrees need not say it"
            yield Problem.of(self.reason, "missing_key", expected, path="reason")


@frozen(kw_only=True)
@checked
class SignatureNoted:
    """Something that was done to the signatures of a version, about one content.

    ``role`` is that of the one who signs, or was asked to: a code of the country.
    """

    noted: Noted
    version: int
    content_hash: str
    event: SignatureEvent
    role: str = ""
    reason: str = field(default="", repr=False, metadata=SECRET)

    def _problems(self) -> Iterable[Problem]:
        if self.role:
            yield from codes_only(self, "role")


@frozen(kw_only=True)
@checked
class CopyGiven:
    """A copy of a version that the person got, in a language."""

    noted: Noted
    version: int
    content_hash: str
    language: str

    def _problems(self) -> Iterable[Problem]:
        return codes_only(self, "language")


@frozen(kw_only=True)
@checked
class LifeTurned:
    """A turn in the life of a version. A transfer names the office that takes over."""

    noted: Noted
    version: int
    event: PlanLifeEvent
    reason: str = field(default="", repr=False, metadata=SECRET)
    to_office: str = field(default="", metadata=SECRET)


@frozen(kw_only=True)
@checked
class GoalNoted:
    """Something that happened to a goal of a version, with a note."""

    noted: Noted
    version: int
    goal_id: GoalId
    event: GoalEvent
    note: str = field(default="", repr=False, metadata=SECRET)


@frozen(kw_only=True)
@checked
class StepNoted:
    """The status that somebody gave to a step of a version."""

    noted: Noted
    version: int
    step_id: StepId
    status: StepStatus
    note: str = field(default="", repr=False, metadata=SECRET)


PlanEntry = (
    VersionOpened
    | ContentEdited
    | AgreementAnswered
    | SignatureNoted
    | CopyGiven
    | LifeTurned
    | GoalNoted
    | StepNoted
)
"""Anything that a book may tell."""


@frozen(kw_only=True)
@checked
class PlanBook:
    """The book of one person's plan.

    It takes every entry that can be read: whether they fit together is what the laws of plans say,
    since a book may come from elsewhere.

    Raises:
        InputError: there are more than ``MOST_ENTRIES``, or their places are not 1, 2, 3, ....
    """

    plan_id: str = field(metadata=SECRET)
    case_id: CaseId = field(repr=False, metadata=SECRET)
    versions: tuple[VersionOpened, ...] = ()
    edits: tuple[ContentEdited, ...] = ()
    answers: tuple[AgreementAnswered, ...] = ()
    signatures: tuple[SignatureNoted, ...] = ()
    copies: tuple[CopyGiven, ...] = ()
    life: tuple[LifeTurned, ...] = ()
    goals: tuple[GoalNoted, ...] = ()
    steps: tuple[StepNoted, ...] = ()

    def __repr__(self) -> str:
        return f"<PlanBook of {len(self.versions)} versions>"

    @property
    def entries(self) -> tuple[PlanEntry, ...]:
        """Everything that it tells, in the order of the book."""
        return tuple(sorted(self._listed(), key=lambda entry: entry.noted.place))

    def _listed(self) -> Iterator[PlanEntry]:
        return chain(
            self.versions,
            self.edits,
            self.answers,
            self.signatures,
            self.copies,
            self.life,
            self.goals,
            self.steps,
        )

    def _problems(self) -> Iterable[Problem]:
        yield from not_empty(self, "plan_id", "case_id")
        places = [entry.noted.place for entry in self._listed()]
        if len(places) > MOST_ENTRIES:
            found, expected = f"{len(places)} entries", f"at most {MOST_ENTRIES}"
            yield Problem(code="too_large", path="", found=found, expected=expected)
        elif sorted(places) != list(range(1, len(places) + 1)):
            expected = f"the places 1 to {len(places)}, each once"
            yield Problem.of(sorted(places), "wrong_order", expected)


_LISTS: dict[type, str] = {
    VersionOpened: "versions",
    ContentEdited: "edits",
    AgreementAnswered: "answers",
    SignatureNoted: "signatures",
    CopyGiven: "copies",
    LifeTurned: "life",
    GoalNoted: "goals",
    StepNoted: "steps",
}
"""The list of a book in which each kind of entry stands."""


def with_entry(book: PlanBook, entry: PlanEntry) -> PlanBook:
    """The book with one entry more, at its end.

    Raises:
        InputError: its place is not the next one, or the book is full.
    """
    name = _LISTS[type(entry)]
    changes: dict[str, Any] = {name: (*getattr(book, name), entry)}
    return evolve(book, **changes)
