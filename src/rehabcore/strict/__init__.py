"""Strictness that every room relies on: problems, plain data, checked records, closed lists."""
