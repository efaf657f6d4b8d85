"""Law that changes: versions, the days they cover, and the clocks that select them."""
