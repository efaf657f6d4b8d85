"""State machines as data, the walk through one, and deadlines laid from an anchor."""
