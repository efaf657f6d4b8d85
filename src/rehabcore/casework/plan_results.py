"""The result of the verb that drafts a plan.

It stands apart from the others, because most verbs need nothing of what a draft is made from.
"""

from collections.abc import Iterable

from rehabcore.care.plans.content import PlanContent
from rehabcore.care.plans.drafting.drafts import Draft
from rehabcore.casework.results import Grounds, programs_named
from rehabcore.plans import Plan
from rehabcore.strict.checked import checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem, refuse
from rehabcore.strict.vocabulary import ProgramId


@frozen(kw_only=True)
@checked
class PlanResult:
    """A drafted plan, and the same as goals that a move takes along.

    ``draft`` is None in documents that were stored before plans were drafted by merit.
    """

    grounds: Grounds
    plan: Plan
    draft: Draft | None = None

    @property
    def content(self) -> PlanContent:
        """All that the drafted plan says.

        Raises:
            InputError: it was stored before a draft said so.
        """
        if self.draft is None:
            refuse(None, "missing_key", "a draft: make the plan anew", path="draft")
        return self.draft.content

    def __repr__(self) -> str:
        goals, gaps = len(self.plan.goals), len(self.plan.uncovered)
        return f"<PlanResult {self.grounds.in_short}: {goals} goals, {gaps} needs uncovered>"

    def _problems(self) -> Iterable[Problem]:
        yield from self.grounds.lacks(_of_plan(self.plan))
        if self.draft is not None:
            yield from self.grounds.lacks(_of_draft(self.draft))


def _of_draft(draft: Draft) -> Iterable[tuple[str, ProgramId]]:
    """The programmes of a draft, with their paths."""
    yield from programs_named("draft.offers", draft.offers)
    yield from programs_named("draft.turns", draft.turns)
    for index, item in enumerate(draft.content.items):
        yield f"draft.content.items[{index}].program_id", item.program_id


def _of_plan(plan: Plan) -> Iterable[tuple[str, ProgramId]]:
    """The programmes of a plan, with their paths."""
    for number, goal in enumerate(plan.goals):
        for index, step in enumerate(goal.steps):
            yield from programs_named(f"plan.goals[{number}].steps[{index}].offers", step.offers)
    for index, gap in enumerate(plan.uncovered):
        yield from programs_named(f"plan.uncovered[{index}].offers", gap.offers)
    yield from programs_named("plan.turns", plan.turns)
    if plan.dosage is not None:
        for index, program_id in enumerate(plan.dosage.unstated):
            yield f"plan.dosage.unstated[{index}]", program_id
