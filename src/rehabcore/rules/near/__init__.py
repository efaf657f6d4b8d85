"""Near misses: the facts that would have to change for a rule to be met."""
