"""State machines of Hypothesis: a store of one's own, driven beside what was really told to it."""
