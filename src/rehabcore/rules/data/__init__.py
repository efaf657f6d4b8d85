"""Every form in which rules and their verdicts are written, and read strictly."""
