"""Reviews: what a draft of today would change of a plan. A review proposes, and changes nothing.

A new assessment is told so. What the person agreed to and what was signed stays as it is, and what
would be less than before is told, since ``amend`` takes it only with a reason.
"""

from datetime import date

from rehabcore.care.plans.book import PlanBook
from rehabcore.care.plans.differences import (
    Lowering,
    PlanDifference,
    difference_of,
    lowerings,
)
from rehabcore.care.plans.drafting.given import AgainReason
from rehabcore.care.plans.separations import MayShare
from rehabcore.care.plans.versions import plan_history
from rehabcore.casework.plan_books import BOOK_WORDS
from rehabcore.casework.planning import plan
from rehabcore.casework.plans_given import require_own
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.plans import PlanContent
from rehabcore.records import CaseFile
from rehabcore.strict.checked import checked, checked_with
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import refuse


@frozen(kw_only=True)
@checked
class PlanReview:
    """A proposal for the newest version of a plan, on a day.

    ``content`` is what a draft of the day says. ``difference`` tells what it would change of the
    ``version``, and ``lowered`` what it asks less for. To accept it, amend with the content and
    the hash that it ``expects``; for less than before ``amend`` wants to be told why.
    """

    version: int
    expects: str
    content: PlanContent
    difference: PlanDifference
    lowered: tuple[Lowering, ...]


@checked_with(
    BOOK_WORDS
    | {MayShare | None: "a function of a programme and of codes that gives an Answer, or None"}
)
def review_plan(
    book: PlanBook,
    case: CaseFile,
    jurisdiction: Jurisdiction,
    *,
    on: date,
    again: tuple[AgainReason, ...] = (),
    may_share: MayShare | None = None,
    strict: bool = False,
) -> PlanReview:
    """Draft a plan anew, such as after a reassessment, and tell what that would change.

    Nothing is changed: whoever decides on it amends the plan with the content, or does not.

    Args:
        book: the book.
        case: the case file of the same person, which tells the assessments.
        jurisdiction: the country, with or without an agency's overlay.
        on: the day of the review.
        again: why programmes that were completed may be proposed all the same.
        may_share: as for ``plan``.
        strict: whether to refuse a file with a fault of a single record, too.

    Raises:
        InputError: the plan is of another case, or was not there on the day; or the case file is
            inconsistent.
    """
    require_own(book, case)
    newest = plan_history(book, on=on).newest
    if newest is None:
        refuse(on, "out_of_range", "a day on which the plan was there", path="on")
    before = newest.content
    drafted = plan(
        case,
        jurisdiction,
        on=on,
        previous=before,
        again=again,
        may_share=may_share,
        strict=strict,
    ).content
    return PlanReview(
        version=newest.number,
        expects=newest.content_hash,
        content=drafted,
        difference=difference_of(before, drafted),
        lowered=lowerings(before, drafted),
    )
