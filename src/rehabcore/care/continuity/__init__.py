"""Care that must not lapse: who goes on with it, where it is interrupted, what has to be asked."""
