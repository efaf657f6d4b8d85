"""Laws of country packs: what should hold of any of them beyond being read, and what is waived."""
