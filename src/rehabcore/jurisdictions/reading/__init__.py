"""Reading and checking country packs."""
