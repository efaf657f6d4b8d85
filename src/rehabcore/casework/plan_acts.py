"""All that is done with a plan: proposed, answered, signed, activated, ended; and how its goals go.

Each verb gives the book with one entry more, and changes one axis only. What is refused changes
nothing: the error tells what stands against it, and what would be possible.
"""

from datetime import date

from rehabcore.care.plans.book import (
    AgreementAnswered,
    CopyGiven,
    GoalEvent,
    GoalNoted,
    LifeTurned,
    PlanAnswer,
    PlanBook,
    PlanLifeEvent,
    SignatureEvent,
    SignatureNoted,
    StepNoted,
)
from rehabcore.care.plans.requests import entered
from rehabcore.care.plans.versions import PlanVersion, plan_history
from rehabcore.casework.plan_books import BOOK_WORDS, asked_of_plans, next_entry
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.rules.time.partial import LATEST_DAY
from rehabcore.strict.checked import checked_with
from rehabcore.strict.problems import one_of, refuse
from rehabcore.strict.vocabulary import GoalId, StaffId, StepId, StepStatus

_verb = checked_with(
    BOOK_WORDS
    | {
        PlanAnswer: "an answer, such as PlanAnswer.AGREES",
        PlanLifeEvent: "a turn in the life of a version, such as PlanLifeEvent.PROPOSED",
        SignatureEvent: "something done to the signatures, such as SignatureEvent.SIGNED",
        StepStatus: "the status of a step, such as StepStatus.COMPLETED",
    }
)


@_verb
def answer(
    book: PlanBook,
    jurisdiction: Jurisdiction,
    given: PlanAnswer,
    *,
    on: date,
    by: StaffId,
    reason: str = "",
    recorded_on: date | None = None,
) -> PlanBook:
    """The book with the person's answer to the newest version.

    Args:
        book: the book.
        jurisdiction: the country, with or without an agency's overlay.
        given: the answer.
        on: the day on which it was given.
        by: who recorded it.
        reason: why; only who agrees need not say it.
        recorded_on: the day on which it is recorded; None for the same day.

    Raises:
        InputError: the reason lacks, or it is told out of order.
        RequestRefused: the version is not proposed, or has its answer already.
    """
    entry = AgreementAnswered(
        noted=next_entry(book, on, by, recorded_on),
        version=_newest(book).number,
        answer=given,
        reason=reason,
    )
    return entered(book, entry, asked_of_plans(jurisdiction))


@_verb
def sign(
    book: PlanBook,
    jurisdiction: Jurisdiction,
    event: SignatureEvent,
    *,
    expects: str,
    role: str,
    on: date,
    by: StaffId,
    reason: str = "",
    recorded_on: date | None = None,
) -> PlanBook:
    """The book with a signature under the newest version, or something else done to its signatures.

    Args:
        book: the book.
        jurisdiction: the country, with or without an agency's overlay.
        event: what is done: signed, with or without another who has to sign; refused to sign; or
            another event.
        expects: the hash of the content that was read before it, as ``version_on`` gives it.
        role: the role of the one who signs or refuses; that of the person is ``person``.
        on: the day.
        by: who did it, or who recorded it for the person.
        reason: why; needed where a version is rejected, locked or rolled back.
        recorded_on: the day on which it is recorded; None for the same day.

    Raises:
        InputError: the role is no code, or it is told out of order.
        ContentChanged: somebody edited the plan since; it carries the difference.
        RequestRefused: nobody has answered, the role has signed already, or nobody awaits it.
    """
    if not role:
        refuse(role, "missing_key", "the code of the role of whoever did it", path="role")
    entry = SignatureNoted(
        noted=next_entry(book, on, by, recorded_on),
        version=_newest(book).number,
        content_hash=expects,
        event=event,
        role=role,
        reason=reason,
    )
    return entered(book, entry, asked_of_plans(jurisdiction))


@_verb
def copy_given(
    book: PlanBook,
    jurisdiction: Jurisdiction,
    *,
    expects: str,
    language: str,
    on: date,
    by: StaffId,
    recorded_on: date | None = None,
) -> PlanBook:
    """The book with the copy of a version that the person got: the newest that says what it says.

    Args:
        book: the book.
        jurisdiction: the country, with or without an agency's overlay.
        expects: the hash of the content of which it is a copy.
        language: the language of the copy, one that the country knows.
        on: the day on which it was given.
        by: who gave it.
        recorded_on: the day on which it is recorded; None for the same day.

    Raises:
        InputError: the country knows no such language, or it is told out of order.
        ContentChanged: somebody edited the plan since; it carries the difference.
    """
    known = (*jurisdiction.languages, *(one.id for one in jurisdiction.glossary.languages))
    if language not in known:
        refuse(language, "unknown_value", one_of(dict.fromkeys(known), language), path="language")
    entry = CopyGiven(
        noted=next_entry(book, on, by, recorded_on),
        version=_of_content(book, expects).number,
        content_hash=expects,
        language=language,
    )
    return entered(book, entry, asked_of_plans(jurisdiction))


@_verb
def turn_plan(
    book: PlanBook,
    jurisdiction: Jurisdiction,
    event: PlanLifeEvent,
    *,
    on: date,
    by: StaffId,
    version: int | None = None,
    reason: str = "",
    to_office: str = "",
    recorded_on: date | None = None,
) -> PlanBook:
    """The book after a turn in the life of a version: proposed, activated, or ended.

    Args:
        book: the book.
        jurisdiction: the country, with or without an agency's overlay.
        event: the turn.
        on: the day.
        by: who did it.
        version: the number of the version. None: the newest, if it is proposed, rejected or
            activated; else the active one, if there is one.
        reason: why; needed where it is rejected or terminated.
        to_office: the office that takes over, where it is transferred.
        recorded_on: the day on which it is recorded; None for the same day.

    Raises:
        InputError: there is no such version, or it is told out of order.
        RequestRefused: it cannot turn so from where it stands, or something is lacking.
    """
    meant = _newest(book) if event in _BEGINNING else _followed(book)
    entry = LifeTurned(
        noted=next_entry(book, on, by, recorded_on),
        version=meant.number if version is None else version,
        event=event,
        reason=reason,
        to_office=to_office,
    )
    return entered(book, entry, asked_of_plans(jurisdiction))


_BEGINNING = frozenset({PlanLifeEvent.PROPOSED, PlanLifeEvent.REJECTED, PlanLifeEvent.ACTIVATED})


@_verb
def note_goal(
    book: PlanBook,
    jurisdiction: Jurisdiction,
    goal: GoalId,
    event: GoalEvent,
    *,
    note: str,
    on: date,
    by: StaffId,
    recorded_on: date | None = None,
) -> PlanBook:
    """The book with a note about a goal of the version that is followed.

    That is the active version; before there is one, the newest.

    Args:
        book: the book.
        jurisdiction: the country, with or without an agency's overlay.
        goal: the id of the goal.
        event: that it was achieved, or only noted.
        note: the note; it may be empty for a goal that was achieved.
        on: the day.
        by: who noted it.
        recorded_on: the day on which it is recorded; None for the same day.

    Raises:
        InputError: the version has no such goal, or it is told out of order.
        RequestRefused: the goal was achieved or removed, or there is nothing noted.
    """
    entry = GoalNoted(
        noted=next_entry(book, on, by, recorded_on),
        version=_followed(book).number,
        goal_id=goal,
        event=event,
        note=note,
    )
    return entered(book, entry, asked_of_plans(jurisdiction))


@_verb
def note_step(
    book: PlanBook,
    jurisdiction: Jurisdiction,
    step: StepId,
    status: StepStatus,
    *,
    on: date,
    by: StaffId,
    note: str = "",
    recorded_on: date | None = None,
) -> PlanBook:
    """The book with the status of a step of the version that is followed, as for a goal.

    Args:
        book: the book.
        jurisdiction: the country, with or without an agency's overlay.
        step: the id of the step.
        status: its status now.
        on: the day.
        by: who noted it.
        note: a note.
        recorded_on: the day on which it is recorded; None for the same day.

    Raises:
        InputError: the version has no such step, or it is told out of order.
        RequestRefused: the step cannot stand so after where it stood.
    """
    entry = StepNoted(
        noted=next_entry(book, on, by, recorded_on),
        version=_followed(book).number,
        step_id=step,
        status=status,
        note=note,
    )
    return entered(book, entry, asked_of_plans(jurisdiction))


def _newest(book: PlanBook) -> PlanVersion:
    newest = plan_history(book, on=LATEST_DAY).newest
    if newest is None:
        refuse([], "empty_group", "a book with at least one version", path="book.versions")
    return newest


def _of_content(book: PlanBook, digest: str) -> PlanVersion:
    """The newest version with a content; if there is none, the newest at all."""
    versions = reversed(plan_history(book, on=LATEST_DAY).versions)
    return next((one for one in versions if one.content_hash == digest), _newest(book))


def _followed(book: PlanBook) -> PlanVersion:
    """The active version; before there is one, the newest."""
    return plan_history(book, on=LATEST_DAY).active or _newest(book)
