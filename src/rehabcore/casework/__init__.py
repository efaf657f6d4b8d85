"""The verbs an agency calls, what they return, and decisions that are kept."""

from rehabcore.casework.asking import match, near, needs, timeline
from rehabcore.casework.deciding import compare, decide
from rehabcore.casework.decisions import (
    Comparison,
    Decision,
    Difference,
    FactChange,
    Override,
    RecordChange,
    Since,
    replay,
)
from rehabcore.casework.moving import move
from rehabcore.casework.planning import plan
from rehabcore.casework.results import (
    Grounds,
    MatchResult,
    MoveResult,
    NearResult,
    NeedsResult,
    PlanResult,
    Result,
    Stamp,
    TimelineResult,
)

__all__ = [
    "Comparison",
    "Decision",
    "Difference",
    "FactChange",
    "Grounds",
    "MatchResult",
    "MoveResult",
    "NearResult",
    "NeedsResult",
    "Override",
    "PlanResult",
    "RecordChange",
    "Result",
    "Since",
    "Stamp",
    "TimelineResult",
    "compare",
    "decide",
    "match",
    "move",
    "near",
    "needs",
    "plan",
    "replay",
    "timeline",
]


def __dir__() -> list[str]:
    return __all__
