"""Resettlement: where each pathway stands, what a return resets, what is to be assessed."""
