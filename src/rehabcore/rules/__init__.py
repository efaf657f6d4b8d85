"""Logic that knows nothing of rehabilitation: days, truth, facts, criteria and verdicts."""
