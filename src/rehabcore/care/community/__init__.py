"""Therapeutic communities: units, who has a place, profiles, and stays of residents."""
