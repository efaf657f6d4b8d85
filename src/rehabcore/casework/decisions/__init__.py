"""What a named person decided about an entry, kept so that it can be judged again for ever.

A verdict is advice. A decision is somebody's: it embeds the verdict with its criterion and
everything that was found, says who decided, what and why, and on which episode (the run of days
with one answer) it was made. It speaks of no other one. Where it contradicts the answer it says by
whose authority and until when.
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
