"""The verbs an agency calls, what they return, and decisions that are kept."""

from rehabcore.casework.asking import match, near_misses, needs, timeline
from rehabcore.casework.deciding import compare, decide
from rehabcore.casework.moving import move
from rehabcore.casework.planning import draft_plan

__all__ = [
    "compare",
    "decide",
    "draft_plan",
    "match",
    "move",
    "near_misses",
    "needs",
    "timeline",
]
