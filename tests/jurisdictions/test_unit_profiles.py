"""Profiles of therapeutic communities: what packs and references say, and what they leave empty."""

from pathlib import Path
from typing import Any

import pytest

from rehabcore import jurisdictions
from rehabcore.care.community.profiles import Quoted, UnitProfile
from rehabcore.care.community.references import reference_profiles, reference_sources
from rehabcore.rules.criteria import Criterion
from rehabcore.rules.sources import Source, Status
from rehabcore.rules.time.days import Term
from rehabcore.strict.problems import InputError, JurisdictionError
from rehabcore.strict.vocabulary import UnitStage
from tests.kit.overlays import overlay

XX, GE, MD = (jurisdictions.load(name) for name in ("xx", "ge", "md"))
REFERENCES = {profile.profile_id: profile for profile in reference_profiles()}
PROFILES = [
    *(
        (name, p)
        for name in jurisdictions.bundled()
        for p in jurisdictions.load(name).unit_profiles
    ),
    *REFERENCES.items(),
]


def test_the_fictional_country_has_one_that_runs_and_one_that_is_planned() -> None:
    runs, planned = XX.unit_profiles
    assert (runs.stage, runs.places, runs.residents_per_counsellor) == (UnitStage.RUNNING, 20, 15)
    assert [phase.minimum for phase in runs.phases] == [
        Term.parse("30 days"),
        Term.parse("5 months"),
        Term.parse("1 month"),
    ]
    assert XX.unit_profile("second-house") is planned
    assert (planned.stage, planned.phases, planned.status) == (UnitStage.PLANNED, (), Status.DRAFT)


def test_laituri_is_expected_and_nobody_says_that_it_runs() -> None:
    laituri = GE.unit_profile("laituri")
    assert (laituri.stage, laituri.places, laituri.phases) == (UnitStage.PLANNED, None, ())


def test_an_overlay_adds_profiles_to_those_of_its_base(tmp_path: Path) -> None:
    local = overlay(
        tmp_path, units='[[unit_profiles]]\nprofile_id = "third"\ntitle = { en = "A third house" }'
    )
    assert [profile.profile_id for profile in local.unit_profiles] == [
        "open-house",
        "second-house",
        "third",
    ]
    assert local.unit_profiles[-1].origin == "local@1"


@pytest.mark.parametrize(
    ("said", "code", "path"),
    [
        ('profile_id = "open-house"', "duplicate_id", "unit_profiles[0].profile_id"),
        ('profile_id = "x"\nprogram = "nothing"', "dangling_id", "unit_profiles[0].program"),
        ('profile_id = "x"\nplaces = -1', "out_of_range", "unit_profiles[0].places"),
        ('profile_id = "X Y"', "not_a_code", "unit_profiles[0].profile_id"),
        ('profile_id = "x"\nstatus = "reviewed"', "uncited", "unit_profiles[0]"),
        (
            'profile_id = "x"\nconsent = { fact = "aeg" }',
            "unknown_fact",
            "unit_profiles[0].consent.fact",
        ),
        (
            'profile_id = "x"\nquoted = [{ says = { en = "x" }, answered_by = "A B" }]',
            "not_a_code",
            "unit_profiles[0].quoted[0].answered_by",
        ),
        (
            'profile_id = "x"\nphases = [{ phase_id = "a", title = { en = "a" } }, '
            '{ phase_id = "a", title = { en = "a" } }]',
            "repeated_item",
            "unit_profiles[0].phases[1].phase_id",
        ),
    ],
)
def test_a_profile_that_is_not_sound_is_refused_with_its_place(
    tmp_path: Path, said: str, code: str, path: str
) -> None:
    with pytest.raises(JurisdictionError) as caught:
        overlay(tmp_path, units=f'[[unit_profiles]]\ntitle = {{ en = "x" }}\n{said}')
    [problem] = caught.value.problems
    assert (problem.file, problem.code, problem.path) == ("units.toml", code, path)


def test_there_is_no_profile_of_another_name() -> None:
    with pytest.raises(InputError) as caught:
        XX.unit_profile("open_hose")
    assert [(p.code, p.path) for p in caught.value.problems] == [("dangling_id", "profile_id")]


# --- references -------------------------------------------------------------------------------


def test_references_cite_what_they_say() -> None:
    known = {source.source_id for source in reference_sources()}
    for profile in REFERENCES.values():
        cited = [*profile.cite, *(one for quote in profile.quoted for one in quote.cite)]
        assert cited
        assert {citation.source_id for citation in cited} <= known


def test_references_are_of_no_country_that_has_a_pack() -> None:
    stages = {name: profile.stage for name, profile in REFERENCES.items()}
    assert stages == {"general": None, "amity": None, "dovegate": None}


@pytest.mark.parametrize(
    ("country", "stages"),
    [
        ("md", {"catharsis": UnitStage.RUNNING, "rusca": UnitStage.PLANNED}),
        ("ro", {"jilava": UnitStage.RUNNING}),
        ("ua", {"prison-community": UnitStage.PLANNED}),
    ],
)
def test_what_is_only_planned_is_never_called_running(
    country: str, stages: dict[str, UnitStage]
) -> None:
    profiles = jurisdictions.load(country).unit_profiles
    assert {profile.profile_id: profile.stage for profile in profiles} == stages


def test_catharsis_has_26_planned_places_and_no_published_phases() -> None:
    catharsis = jurisdictions.load("md").unit_profile("catharsis")
    assert (catharsis.places, catharsis.phases, catharsis.minimum_stay) == (26, (), None)


@pytest.mark.parametrize(
    ("profiles", "sources", "unread"),
    [
        (tuple(REFERENCES.values()), reference_sources(), set()),
        (MD.unit_profiles, MD.sources, {"yates-burns-2021", "rehabcore-draft"}),
    ],
    ids=["references", "md"],
)
def test_only_what_a_reviewed_source_states_is_reviewed(
    profiles: tuple[UnitProfile, ...], sources: tuple[Source, ...], unread: set[str]
) -> None:
    drafts = {one.source_id for one in sources if one.status is Status.DRAFT}
    assert drafts == unread
    for profile in profiles:
        claims: tuple[UnitProfile | Quoted, ...] = (profile, *profile.quoted)
        for claim in claims:
            cited = {citation.source_id for citation in claim.cite}
            assert (claim.status is Status.DRAFT) is bool(cited & drafts)


def test_amity_has_the_lengths_that_were_published() -> None:
    lengths = [(str(p.minimum), str(p.maximum)) for p in REFERENCES["amity"].phases]
    assert lengths == [("2 months", "3 months"), ("5 months", "6 months"), ("1 month", "3 months")]


def test_what_dovegate_says_of_medicines_is_quoted_for_a_professional() -> None:
    dovegate = REFERENCES["dovegate"]
    assert (dovegate.consent, dovegate.clearance, dovegate.program) == (None, None, None)
    asked = [quote for quote in dovegate.quoted if "medication" in dict(quote.says.wordings)["en"]]
    assert [quote.answered_by for quote in asked] == ["health_professional"]


@pytest.mark.parametrize(("name", "profile"), PROFILES)
def test_law_c11_no_profile_has_a_rule_that_asks_for_a_treatment(
    name: str, profile: UnitProfile
) -> None:
    """Only consent and clearance are rules; whatever a text says of medicines is a quotation."""
    rules: list[Any] = [getattr(profile, field) for field in ("consent", "clearance")]
    assert all(rule is None or isinstance(rule, Criterion) for rule in rules)
    assert not any("medic" in str(rule) or "opi" in str(rule) for rule in rules), name
