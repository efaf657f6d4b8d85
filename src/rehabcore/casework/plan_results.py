"""The result of the verb that drafts a plan.

It stands apart from the others, because most verbs need nothing of what a draft is made from.
"""

from collections.abc import Iterable

from attrs import field

from rehabcore.care.plans.drafting.drafts import Draft
from rehabcore.casework.results import Grounds, programs_named
from rehabcore.plans import PlanContent
from rehabcore.strict.checked import SECRET, checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem
from rehabcore.strict.vocabulary import CaseId, ProgramId


@frozen(kw_only=True)
@checked
class PlanResult:
    """A drafted plan, with all that it stands on. If the person has ``died``, it has no goals."""

    grounds: Grounds
    case_id: CaseId = field(repr=False, metadata=SECRET)
    draft: Draft
    died: bool = False

    @property
    def content(self) -> PlanContent:
        """All that the drafted plan says."""
        return self.draft.content

    def __repr__(self) -> str:
        goals, items = len(self.content.goals), len(self.content.items)
        return f"<PlanResult {self.grounds.in_short}: {goals} goals, {items} items>"

    def _problems(self) -> Iterable[Problem]:
        return self.grounds.lacks(_of_draft(self.draft))


def _of_draft(draft: Draft) -> Iterable[tuple[str, ProgramId]]:
    """The programmes of a draft, with their paths."""
    yield from programs_named("draft.offers", draft.offers)
    yield from programs_named("draft.turns", draft.turns)
    for index, item in enumerate(draft.content.items):
        yield f"draft.content.items[{index}].program_id", item.program_id
    if draft.dosage is not None:
        for index, program_id in enumerate(draft.dosage.unstated):
            yield f"draft.dosage.unstated[{index}]", program_id
