"""Questions: what has to be known before a programme can answer, whom to ask, and by which day."""

from collections.abc import Iterable
from datetime import date
from hashlib import sha256

from rehabcore.care.plans.drafting.given import ClosingDay
from rehabcore.care.plans.drafting.serving import Served
from rehabcore.plans import GoalKind, PlanGoal, PlanQuestion
from rehabcore.programs import Offer
from rehabcore.rules.criteria import Asked
from rehabcore.rules.judging.verdicts import Missing
from rehabcore.strict.problems import is_code
from rehabcore.strict.vocabulary import ProgramId

WHO_HAS_THE_CASE = "holder_of_the_case"
"""The one who is asked for a fact of which nobody else is said to know it."""


def questions_of(
    offers: Iterable[Offer],
    served: Served,
    goals: Iterable[PlanGoal],
    due: date | None,
    closing: Iterable[ClosingDay] = (),
) -> tuple[PlanQuestion, ...]:
    """One question for each fact that is not known, in the order in which rules ask for them.

    Args:
        offers: the offers that may be open once it is known.
        served: the needs that each programme serves.
        goals: the goals of the plan, which the programmes may serve.
        due: the day by which an answer is wanted.
        closing: days on which programmes close, after which an answer is of no use.
    """
    waiting: dict[Asked, tuple[Missing, list[ProgramId]]] = {}
    for offer in offers:
        for missing in offer.missing:
            waiting.setdefault(missing.what, (missing, []))[1].append(offer.program_id)
    goals = tuple(goals)
    days = {one.program_id: one.day for one in closing}
    return tuple(
        PlanQuestion(
            question_id=_id(asked),
            program_ids=tuple(program_ids),
            fact=str(asked),
            asks=missing.who[0] if missing.who else WHO_HAS_THE_CASE,
            due=min(
                (day for day in (due, *map(days.get, program_ids)) if day is not None),
                default=None,
            ),
            goals=tuple(
                goal.goal_id
                for goal in goals
                if goal.kind is not GoalKind.ASSESSMENT
                and any(served[one].intersection(goal.needs) for one in program_ids)
            ),
        )
        for asked, (missing, program_ids) in waiting.items()
    )


def _id(asked: Asked) -> str:
    """An id that stays the same in later drafts: the name of the fact, if that says it all."""
    name = asked.fact.name
    if not asked.given and is_code(name):
        return name
    return f"question-{sha256(str(asked).encode()).hexdigest()[:16]}"
