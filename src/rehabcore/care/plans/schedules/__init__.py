"""Schedules: the days of sessions, where they find a place, and how many of them were attended."""
