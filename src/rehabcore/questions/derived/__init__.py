"""Facts that a country makes of others: comparisons and scores."""
