"""Which day selects the version of a law, where it is not the day that is asked about."""

from rehabcore.strict.vocabulary import Clock

CLOCKS: dict[str, str] = {
    Clock.OFFENCE: "time_since_offence",
    Clock.SENTENCE: "time_served",
    Clock.RELEASE: "time_to_earliest_release",
}
"""The name of the fact whose anchor day a clock goes by; a country need not declare all of them."""
