"""Strategies of Hypothesis, one module for each room of which they draw something."""
