"""Whether the tables of an instrument fit each other: names, reach, bands without a gap."""
