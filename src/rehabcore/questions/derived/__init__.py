"""Facts that a country makes of other facts: comparisons and scores."""
