"""The laws of country packs: how shipped and broken ones stand with them, and what is waived."""

from pathlib import Path

import attrs
import pytest

from rehabcore import jurisdictions
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.jurisdictions.pack_laws.checking import PACK_LAWS, pack_findings
from rehabcore.jurisdictions.pack_laws.findings import PackFinding, PackStanding
from rehabcore.rules.differences import diagrams
from rehabcore.strict.problems import JurisdictionError
from rehabcore.strict.vocabulary import Setting

PACK = """
id = "zz-laws"
version = "2026.1"
extends = "xx"
title = { en = "An invented agency" }
about = { en = "Its programmes break the laws of packs." }
languages = ["en"]
"""
PROGRAMS = """
[defaults]
kind = "program"
cite = ["xx-catalogue"]
status = "reviewed"

[[programs]]
program_id = "for_nobody"
title = { en = "For adults who are juveniles" }
area = "thinking"
audience = { all = [{ rule = "adult" }, { rule = "juvenile" }] }
entry = { rule = "consents" }

[[programs]]
program_id = "for_everybody"
title = { en = "For all, whatever they know" }
area = "thinking"
entry = { any = [{ rule = "consents" }, { not = { rule = "consents" } }] }

[[programs]]
program_id = "never_both"
title = { en = "After a programme that it excludes" }
area = "thinking"
prerequisites = ["thinking_skills"]
exclusions = ["thinking_skills"]
entry = { rule = "consents" }

[[programs]]
program_id = "by_comparison"
title = { en = "By two days that are compared" }
area = "thinking"
audience = { fact = "compared_custody_level", is = "same", cite = ["xx-act"] }
entry = { rule = "consents" }
"""
WAIVERS = """
[[waivers]]
law = "can_be_refused"
about = "programs.for_everybody"
reason = "Everybody is to be let in."

[[waivers]]
law = "can_be_entered"
about = "programs.for_everybody"
reason = "Once nobody was."

[[waivers]]
law = "can_be_enterd"
about = "programs.for_nobody"
reason = "This one is misspelt."
"""
XX = jurisdictions.load("xx")


@pytest.fixture
def broken(tmp_path: Path) -> Jurisdiction:
    """A country with programmes that break laws, one of which is waived."""
    for file, text in (("pack", PACK), ("programs", PROGRAMS), ("waivers", WAIVERS)):
        tmp_path.joinpath(f"{file}.toml").write_text(text, "utf-8")
    return jurisdictions.load(tmp_path)


def findings(country: Jurisdiction, standing: PackStanding) -> dict[str, PackFinding]:
    """What stands so, by its law and what it is about."""
    found = (one for one in pack_findings(country) if one.standing is standing)
    return {f"{one.law_id} @ {one.about}": one for one in found}


@pytest.mark.parametrize("country", jurisdictions.bundled())
def test_a_bundled_country_breaks_no_law(country: str) -> None:
    assert findings(jurisdictions.load(country), PackStanding.BROKEN) == {}


def test_rules_that_are_not_published_are_a_class_of_their_own() -> None:
    found = findings(XX, PackStanding.NOT_PUBLISHED)
    assert list(found) == [f"{law} @ programs.release_course" for law in ENTRY]
    assert len(findings(jurisdictions.load("ge"), PackStanding.NOT_PUBLISHED)) > len(ENTRY)


ENTRY = ("can_be_entered", "can_be_refused")


def test_what_stands_in_the_same_records_is_not_proved() -> None:
    found = findings(XX, PackStanding.NOT_REFUTED)[
        "can_be_refused @ programs.therapeutic_community"
    ]
    assert found.told == "read together: observed_drug_test, observed_health_clearance"
    assert "can_be_refused @ rules.consents" in findings(XX, PackStanding.PROVED)


def test_a_derived_fact_may_stand_in_any_records(broken: Jurisdiction) -> None:
    found = findings(broken, PackStanding.NOT_REFUTED)["can_be_refused @ programs.by_comparison"]
    assert found.told == "read together: compared_custody_level, consent(purpose=programme)"


def test_a_rule_that_is_too_large_is_not_proved(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diagrams, "MOST_NODES", 0)
    found = findings(XX, PackStanding.NOT_REFUTED)["can_be_refused @ rules.consents"]
    assert found.told == "the rule is too large to be weighed whole"


def test_programmes_that_break_laws_are_told_with_what_breaks_them(broken: Jurisdiction) -> None:
    found = findings(broken, PackStanding.BROKEN)
    assert list(found) == [
        "can_be_entered @ programs.for_nobody",
        "no_contradiction @ programs.never_both.thinking_skills",
        "waivers_waive @ can_be_entered.programs.for_everybody",
        "waivers_waive @ can_be_enterd.programs.for_nobody",
    ]
    nobody, both, nothing, misspelt = (str(one) for one in found.values())
    assert ": broken: nobody meets it on any day on which it is law: " in nobody
    assert both.endswith("requires thinking_skills, and never_both excludes thinking_skills")
    assert nothing.endswith("it waives nothing: the law holds there, or nothing has this name")
    assert "there is no such law; expected can_be_entered, or another one of " in misspelt


def test_what_is_waived_is_told_with_its_reason(broken: Jurisdiction) -> None:
    (found,) = findings(broken, PackStanding.WAIVED).values()
    assert found.told.startswith("Everybody is to be let in. (it refuses nobody")
    assert "waivers_waive @ can_be_refused.programs.for_everybody" in findings(
        broken, PackStanding.PROVED
    )


def test_a_waiver_of_the_base_that_an_overlay_no_longer_needs_is_no_finding() -> None:
    example = jurisdictions.load("ge-example")
    told = attrs.evolve(example, languages=("en",))
    assert [one for one in pack_findings(told) if one.law_id == "waivers_waive"] == []


def test_a_waiver_needs_a_reason(tmp_path: Path) -> None:
    tmp_path.joinpath("pack.toml").write_text(PACK, "utf-8")
    text = '[[waivers]]\nlaw = "can_be_refused"\nabout = "rules.adult"\nreason = ""\n'
    tmp_path.joinpath("waivers.toml").write_text(text, "utf-8")
    with pytest.raises(JurisdictionError) as caught:
        jurisdictions.load(tmp_path)
    (problem,) = caught.value.problems
    assert (problem.file, problem.path) == ("waivers.toml", "waivers[0].reason")


def test_a_citation_of_no_source_is_found() -> None:
    found = findings(attrs.evolve(XX, sources=XX.sources[1:]), PackStanding.BROKEN)
    assert {one.law_id for one in found.values()} == {"citations_resolve"}
    assert found["citations_resolve @ moves"].told.startswith("no source for xx-act#art-")


def test_a_title_that_is_not_told_in_a_language_is_found() -> None:
    found = findings(attrs.evolve(XX, languages=("en", "xx")), PackStanding.BROKEN)
    told = found["titles_translated @ unit_profiles.xx"].told
    assert " are not told in it: " in told
    assert not {about for about in found if about.endswith(".en")}


def test_a_place_that_nobody_leaves_is_found() -> None:
    moves = tuple(move for move in XX.moves if Setting.HOSPITAL not in move.setting_from)
    found = findings(attrs.evolve(XX, moves=moves), PackStanding.BROKEN)
    assert list(found) == ["no_trap @ settings.hospital"]


def test_levels_that_turn_from_band_to_band_are_found() -> None:
    policy = XX.risk_policy
    item = policy.instrument_levels[0]
    low, medium, high, *rest = item.bands
    swapped = attrs.evolve(medium, level=high.level), attrs.evolve(high, level=medium.level)
    turned = attrs.evolve(item, bands=(low, *swapped, *rest))
    own = attrs.evolve(turned, instrument="own")  # of which the library knows no order of bands
    policy = attrs.evolve(policy, instrument_levels=(turned, own))
    found = findings(attrs.evolve(XX, risk_policy=policy), PackStanding.BROKEN)
    assert list(found) == [
        f"levels_follow_bands @ risk_policy.{name}.{item.table}" for name in ("audit", "own")
    ]


def test_a_law_that_holds_is_told_without_a_reason() -> None:
    found = findings(XX, PackStanding.PROVED)["can_be_refused @ rules.consents"]
    assert str(found) == "can_be_refused @ rules.consents: proved"


def test_every_law_is_stated_and_cited_once() -> None:
    assert len({law.law_id for law in PACK_LAWS}) == len(PACK_LAWS)
    assert all(law.statement.endswith(".") and law.cite for law in PACK_LAWS)
