"""Quick answers of many rules at once, on one day or over time, without proofs."""
