"""The clocks of law: days other than the day asked about that may select a version of a law."""

from rehabcore.strict.vocabulary import Clock

CLOCKS: dict[str, str] = {
    Clock.OFFENCE: "time_since_offence",
    Clock.SENTENCE: "time_served",
    Clock.RELEASE: "time_to_earliest_release",
    Clock.REFERRAL: "time_since_referral",
}
"""The name of the fact whose anchor day each clock uses; a country need not have all of them."""
