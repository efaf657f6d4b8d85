"""Findings of the laws of plans in words."""

from rehabcore.care.plans.laws.checking import plan_laws
from rehabcore.care.plans.laws.law import LawFinding
from rehabcore.reports.wording import Wording


def told_finding(finding: LawFinding, wording: Wording) -> str:
    """One finding: the law, the place, and what would be right. An agency's law has only its id."""
    law = plan_laws().get(finding.law_id)
    return wording.say(
        f"law_finding.{finding.answer.value}",
        law=finding.law_id,
        place=finding.place or wording.say("law_finding.whole"),
        statement="" if law is None else wording.title(law.statement),
        expected=finding.expected,
    ).replace("  ", " ")
