"""Any result of a verb that asks about a person, a plan or a move."""

from rehabcore.casework.results import (
    MatchResult,
    MoveResult,
    MovesResult,
    NearResult,
    NeedsResult,
    TimelineResult,
)
from rehabcore.strict.on_demand import class_named

__all__ = ["PlanResult", "Result"]

TYPE_CHECKING = False  # type checkers read it as true; most results are no plans

if TYPE_CHECKING:
    from rehabcore.casework.plan_results import PlanResult
else:
    PlanResult = class_named("rehabcore.casework.plan_results", "PlanResult")

Result = (
    MatchResult | NearResult | TimelineResult | NeedsResult | PlanResult | MoveResult | MovesResult
)
