"""How rules are judged: what a comparison means, proofs on a day, and answers over time."""
