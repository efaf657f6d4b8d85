"""Decisions of named persons about an entry, kept so that they can be judged again for ever.

A verdict is advice; a decision is made by somebody. It embeds the verdict with its criterion and
all cells, and states who decided, what and why. It is about one episode (the run of days with the
same answer) and has no effect on any other. If it contradicts the answer, it states by whose
authority and until when.
"""

from rehabcore.casework.decisions.comparison import (
    Comparison,
    Difference,
    FactChange,
    RecordChange,
    Since,
    compared,
)
from rehabcore.casework.decisions.decision import Decision, Override, episode, replay

__all__ = [
    "Comparison",
    "Decision",
    "Difference",
    "FactChange",
    "Override",
    "RecordChange",
    "Since",
    "compared",
    "episode",
    "replay",
]
