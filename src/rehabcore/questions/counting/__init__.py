"""How questions count: runs, windows, records, days of sentences."""
