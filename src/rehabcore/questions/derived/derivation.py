"""Facts that a country makes of other facts, as data: comparisons and scores.

They ask other facts as rules do, so that bounds, evidence and assumptions carry over. They stand in
an order in which each asks only facts of records and derived facts above it: there are no circles.
"""

from rehabcore.questions.derived.comparisons import FactComparison
from rehabcore.questions.derived.scores import Score

Derived = FactComparison | Score
"""What makes a fact (``fact``) of others, and reads it from their histories (``read``)."""
