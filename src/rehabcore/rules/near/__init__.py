"""What would have to change for a rule to be met."""
