"""The parts of an instrument, the request to score a form, and the result."""
