"""The questions that can be asked of a case file, one module a family."""
