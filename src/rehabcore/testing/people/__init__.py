"""People of whom certain things are known: the case files that say them."""
