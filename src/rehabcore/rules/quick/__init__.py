"""Answers of many rules at once: lowered, generated, in tables, over time."""
