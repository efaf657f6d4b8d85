"""Counting for questions: runs, windows, records, days of sentences."""
