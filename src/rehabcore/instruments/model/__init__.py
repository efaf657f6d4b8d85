"""What an instrument is made of: items, expressions, norms, bands, and their sources."""
