"""From answers to numbers, scores, bands and flags."""
