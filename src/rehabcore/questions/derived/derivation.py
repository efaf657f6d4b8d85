"""Facts that a country makes of other facts, as data: comparisons and scores.

They ask other facts as rules do, so bounds, evidence and assumptions carry over. They are in an
order in which each asks only facts of records and derived facts above it. So there are no circles.
"""

from rehabcore.questions.derived.comparisons import FactComparison
from rehabcore.questions.derived.scores import Score

Derived = FactComparison | Score
"""A derived fact: its declaration (``fact``), and how it is read from other facts (``read``)."""
