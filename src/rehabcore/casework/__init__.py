"""The verbs an agency calls, what they return, and decisions that are kept."""

from rehabcore.casework.verbs import (
    check,
    compare,
    decide,
    draft_plan,
    match,
    move,
    near_misses,
    needs,
    timeline,
)

__all__ = [
    "check",
    "compare",
    "decide",
    "draft_plan",
    "match",
    "move",
    "near_misses",
    "needs",
    "timeline",
]
