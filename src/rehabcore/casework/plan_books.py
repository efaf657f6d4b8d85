"""The book of a plan: opened, amended, and taken over by another office.

Each verb gives the book with one entry more. What is refused changes nothing.
"""

from datetime import date

from attrs import evolve

from rehabcore.care.plans.amending import amended, taken_over
from rehabcore.care.plans.book import Noted, PlanBook, PlanType, VersionOpened
from rehabcore.care.plans.differences import (
    PlanDifference,
    difference_of,
    planned_hours,
    with_hours_lost,
)
from rehabcore.care.plans.edits import PlanEdit
from rehabcore.care.plans.requests import AskedOfPlans
from rehabcore.care.plans.versions import plan_history
from rehabcore.care.plans.withdrawing import without_withdrawn
from rehabcore.casework.arguments import WORDS
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.plans import HoursShort, PlanContent
from rehabcore.records import CaseFile
from rehabcore.records.glossary import codes
from rehabcore.rules.time.partial import LATEST_DAY
from rehabcore.strict.checked import checked_with
from rehabcore.strict.problems import refuse
from rehabcore.strict.vocabulary import CaseId, StaffId

BOOK_WORDS = WORDS | {
    PlanBook: "the book of a plan, as read(source, PlanBook) gives it",
    PlanContent: "the content of a plan",
    StaffId: "the id of a member of staff, as text",
}
"""The types that verbs of plans take, in words."""

_verb = checked_with(BOOK_WORDS)


def asked_of_plans(jurisdiction: Jurisdiction) -> AskedOfPlans:
    """The demands of a country on every plan."""
    return AskedOfPlans(
        signed_by=jurisdiction.plan_policy.signed_by,
        levels=codes(jurisdiction.glossary.need_levels),
        answer_from=jurisdiction.plan_policy.goal_from,
        risk_levels=codes(jurisdiction.glossary.risk_levels),
    )


def next_entry(book: PlanBook, on: date, by: StaffId, recorded_on: date | None) -> Noted:
    """When and by whom the next entry of a book is made."""
    place = len(book.entries) + 1
    return Noted(place=place, on=on, recorded_on=recorded_on or on, by=by)


@_verb
def open_plan(
    plan_id: str,
    case_id: CaseId,
    content: PlanContent,
    *,
    on: date,
    by: StaffId,
    occasion: PlanType = PlanType.INITIAL,
    recorded_on: date | None = None,
) -> PlanBook:
    """A new book, whose first version is a draft with this content.

    Args:
        plan_id: the id of the plan.
        case_id: the case that the plan is for.
        content: what the plan says.
        on: the day on which it is opened.
        by: who opens it.
        occasion: the occasion.
        recorded_on: the day on which it is recorded; None for the same day.

    Raises:
        InputError: an id is empty, or it would be recorded before it happened.
    """
    noted = Noted(place=1, on=on, recorded_on=recorded_on or on, by=by)
    opened = VersionOpened(noted=noted, version=1, occasion=occasion, content=content)
    return PlanBook(plan_id=plan_id, case_id=case_id, versions=(opened,))


@_verb
def amend(
    book: PlanBook,
    jurisdiction: Jurisdiction,
    change: PlanContent | tuple[PlanEdit, ...],
    *,
    expects: str,
    on: date,
    by: StaffId,
    why: str = "",
    occasion: PlanType = PlanType.REVIEW,
    recorded_on: date | None = None,
) -> PlanBook:
    """The book after an edit of its newest version, or with a new version where that one stands.

    A version that was answered, signed or locked is never edited: its edit opens the next, which
    is a draft. No edit loses a need, and none asks for less without a reason.

    Args:
        book: the book.
        jurisdiction: the country, with or without an agency's overlay.
        change: the edits, in their order; or the whole content after them, such as a new draft
            after a reassessment.
        expects: the hash of the content that the edit is about, as ``version_on`` gives it.
        on: the day of the edit.
        by: who edits.
        why: the reason.
        occasion: the occasion, if the edit opens a version.
        recorded_on: the day on which it is recorded; None for the same day.

    Raises:
        InputError: the edit does not fit the content, changes nothing, loses a need, lowers
            something and nobody says why, or is told out of order.
        ContentChanged: somebody else edited the plan since; it carries the difference.
        RequestRefused: the plan is over, or was transferred and nobody has taken it over yet.
    """
    return amended(
        book,
        change,
        expects=expects,
        noted=next_entry(book, on, by, recorded_on),
        why=why,
        occasion=occasion,
        asked=asked_of_plans(jurisdiction),
    )


@_verb
def withdraw(
    book: PlanBook,
    case: CaseFile,
    jurisdiction: Jurisdiction,
    *,
    on: date,
    by: StaffId,
    recorded_on: date | None = None,
) -> PlanBook:
    """The book after the consents were withdrawn that the case file tells as withdrawn by a day.

    From the day of a withdrawal on, also if it was recorded late, no voluntary session is left that
    rests on it. Mandatory work and what is past stay. Hours that fall out with a whole item are
    told as a shortfall. If nothing is to be taken out, the book is the same.

    Args:
        book: the book.
        case: the case file of the same person.
        jurisdiction: the country, with or without an agency's overlay.
        on: the day of the edit.
        by: who edits.
        recorded_on: the day on which it is recorded; None for the same day.

    Raises:
        InputError: the plan is of another case, or the edit is told out of order.
        RequestRefused: the plan is over, or was transferred and nobody has taken it over yet.
    """
    if book.case_id != case.case_id:
        expected = "the case file of the person whose plan it is"
        refuse(case.case_id, "two_people", expected, path="case.case_id", secret=True)
    newest = plan_history(book, on=LATEST_DAY).newest
    if newest is None:
        return book
    after = without_withdrawn(newest.content, case, on=on)
    if after == newest.content:
        return book
    return amended(
        book,
        _with_shortfall(newest.content, after),
        expects=newest.content_hash,
        noted=next_entry(book, on, by, recorded_on),
        why="consent_withdrawn",
        occasion=PlanType.OTHER,
        asked=asked_of_plans(jurisdiction),
    )


def _with_shortfall(before: PlanContent, after: PlanContent) -> PlanContent:
    """The content after a withdrawal, which tells the hours that fell out with it."""
    called_for, planned = planned_hours(before), planned_hours(after)
    if planned >= called_for or after.shortfall is not None:
        return with_hours_lost(before, after)
    short = HoursShort(called_for=called_for, planned=planned, reason="consent_withdrawn")
    return evolve(after, shortfall=short)


@_verb
def take_over(
    book: PlanBook, *, on: date, by: StaffId, recorded_on: date | None = None
) -> PlanBook:
    """The book with a version for the office to which the plan was transferred.

    Everything is conserved: open goals, items with their consents, needs, what was deferred.

    Args:
        book: the book.
        on: the day on which the office takes over.
        by: who takes over.
        recorded_on: the day on which it is recorded; None for the same day.

    Raises:
        InputError: it is told out of order.
        RequestRefused: the plan was not transferred, or was taken over already.
    """
    return taken_over(book, noted=next_entry(book, on, by, recorded_on))


@_verb
def diff(a: PlanContent, b: PlanContent) -> PlanDifference:
    """Everything that differs from one content of a plan to another.

    Args:
        a: the first content, such as ``version_on(book, on=day).content``.
        b: the second.
    """
    return difference_of(a, b)
