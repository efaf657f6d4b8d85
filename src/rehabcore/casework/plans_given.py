"""Plans that verbs take: the content of one, or its book, which is of one case."""

from rehabcore.care.plans.book import PlanBook
from rehabcore.plans import PlanContent
from rehabcore.records import CaseFile
from rehabcore.strict.problems import refuse

ANY_PLAN = {PlanContent | PlanBook | None: "the content of a plan, its book, or None"}
"""The plans that a verb may take or not, in words."""


def require_own(plan: PlanContent | PlanBook | None, case: CaseFile) -> None:
    """Refuse the book of a plan that is of another case. A content does not say of which it is."""
    if isinstance(plan, PlanBook) and plan.case_id != case.case_id:
        expected = "the id of the case file"
        refuse(plan.case_id, "dangling_id", expected, path="plan.case_id", secret=True)
