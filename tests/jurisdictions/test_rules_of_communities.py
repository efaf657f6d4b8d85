"""Each published rule of therapeutic communities is in a profile, with the source that states it.

Rules are named as the domain's reference names them: C7 and C12 are references, C17 to C23 and C25,
C26 what is known of the communities of Moldova, Georgia, Ukraine and Romania.
"""

from typing import Any

import pytest

from rehabcore import jurisdictions
from rehabcore.care.community.profiles import UnitProfile
from rehabcore.care.community.references import reference_profiles
from rehabcore.rules.sources import Status
from rehabcore.strict.vocabulary import Sex, UnitStage

REFERENCES = {profile.profile_id: profile for profile in reference_profiles()}
RULES: list[tuple[str, str, str, str, tuple[str, ...]]] = [
    (
        "C7",
        "",
        "amity",
        "crimesolutions-amity",
        ("volunteers", "9 to 12 months", "medium"),
    ),
    ("C7", "", "amity", "crimesolutions-amity", ("Four hours", "weekday", "life are mentors")),
    ("C12", "", "dovegate", "dovegate-criteria", ("21 months", "category B or lower")),
    ("C12", "", "dovegate", "dovegate-criteria", ("6 months", "A in the last 12", "appeal")),
    ("C12", "", "dovegate", "dovegate-criteria", ("drug test", "self-harm", "2 months")),
    ("C12", "", "dovegate", "dovegate-criteria", ("mental illness", "brain damage", "epilepsy")),
    ("C17", "md", "catharsis", "pompidou-handbook", ("10 modules", "training")),
    ("C18", "md", "catharsis", "ipn-catharsis", ("26 places", "one year of monitoring")),
    ("C18", "md", "catharsis", "prison-off-catharsis", ("27 residents", "8 graduates")),
    (
        "C18",
        "md",
        "catharsis",
        "positive-people-catharsis",
        ("70", "31 were", "0 returned"),
    ),
    (
        "C19",
        "md",
        "catharsis",
        "ipn-catharsis",
        ("men of closed", "drugs", "no legal status"),
    ),
    (
        "C20",
        "md",
        "catharsis",
        "prison-off-catharsis",
        ("3 staff", "11 volunteers", "12-step"),
    ),
    ("C21", "md", "catharsis", "coe-pruncul", ("29 November 2017",)),
    ("C21", "md", "catharsis", "positive-people-catharsis", ("30 July 2018",)),
    ("C22", "md", "catharsis", "prison-off-catharsis", ("Anenii Noi", "housing and work")),
    ("C23", "ge", "laituri", "coe-laituri", ("July 2024",)),
    ("C23", "ua", "prison-community", "coe-kyiv-2023", ("2023",)),
    ("C23", "ua", "prison-community", "phoenix-workshop-2023", ("potentially in Odesa",)),
    ("C25", "ro", "jilava", "md-prison-administration", ("ten online meetings", "October 2022")),
    ("C26", "md", "catharsis", "yates-burns-2021", ("evaluated in 2021",)),
]
"""A rule, its country or none, the profile, the source, and words that it has to say."""


def _profile(country: str, name: str) -> UnitProfile:
    return jurisdictions.load(country).unit_profile(name) if country else REFERENCES[name]


@pytest.mark.parametrize("stated", RULES, ids=lambda row: f"rule_{row[0]}-{row[3]}-{row[4][0]}")
def test_a_published_rule_is_quoted_with_its_source(stated: Any) -> None:
    rule, country, name, source, words = stated
    [quote] = [
        one
        for one in _profile(country, name).quoted
        if all(word in dict(one.says.wordings)["en"] for word in words)
    ]
    assert source in {cited.source_id for cited in quote.cite}
    assert (quote.status is Status.DRAFT) is (rule == "C26")  # of which only the title was read


def test_rules_c7_and_c12_have_their_figures() -> None:
    amity, dovegate = REFERENCES["amity"], REFERENCES["dovegate"]
    assert (amity.places, amity.houses, len(amity.phases)) == (200, Sex.MALE, 3)
    assert str(dovegate.minimum_stay) == "24 months"
    assert [str(phase.maximum) for phase in dovegate.phases] == ["8 weeks", "12 weeks"]


def test_rules_c18_c23_and_c25_say_what_runs_and_what_is_only_expected() -> None:
    catharsis = _profile("md", "catharsis")
    assert (catharsis.places, catharsis.houses) == (26, Sex.MALE)
    assert catharsis.stage is _profile("ro", "jilava").stage is UnitStage.RUNNING
    for country, name in (("ge", "laituri"), ("ua", "prison-community"), ("md", "rusca")):
        assert _profile(country, name).stage is UnitStage.PLANNED


def test_every_rule_that_the_profiles_carry_is_tried() -> None:
    assert {rule for rule, *_ in RULES} == {
        *("C7", "C12", "C17", "C18", "C19", "C20", "C21", "C22", "C23", "C25", "C26"),
    }
