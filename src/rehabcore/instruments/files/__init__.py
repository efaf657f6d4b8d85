"""Instruments as TOML files, and lists of codes beside them."""
