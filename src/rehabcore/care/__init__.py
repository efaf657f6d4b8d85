"""What is done with a person: needs and their profile, and moves between settings."""
