"""Days and terms, ageing, and what holds on which days."""
