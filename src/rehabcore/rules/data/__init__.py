"""The forms in which rules, verdicts and near misses are written, and read strictly."""
