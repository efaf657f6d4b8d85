"""What assessments and persons say of levels of need and risk, and how a country goes about it."""
