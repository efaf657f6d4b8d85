"""Georgia: every row of the published page is there, cited, and no more is claimed than it says."""

import pytest
from attrs import evolve

from rehabcore import casework, exchange, jurisdictions
from rehabcore.programs import Program
from rehabcore.records import CaseFile
from rehabcore.records.glossary import codes
from rehabcore.rules.facts import Shape
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.judging.verdicts import Verdict, is_draft
from rehabcore.rules.sources import Status
from rehabcore.rules.truth import Answer
from rehabcore.strict.vocabulary import Basis, Deliverer, Kind, Modality, ProgramId
from tests.kit.builders import day
from tests.kit.record_makers import placement, sentence, standing

GE = jurisdictions.load("ge")
EXAMPLE = jurisdictions.load("ge-example")
CASES = {
    name: exchange.read(text, CaseFile)
    for name, text in sorted(jurisdictions.examples().items())
    if name.startswith("ge/")
}
ON = day("2026-11-16")

PROGRAMS = [
    ("001-01", "changing_violent_attitudes", "psychosocial_rehabilitation"),
    ("001-02", "bibliotherapy", "psychosocial_rehabilitation"),
    ("001-03", "understanding_crime_juvenile", "psychosocial_rehabilitation"),
    ("001-04", "understanding_crime_adult", "psychosocial_rehabilitation"),
    ("001-05", "penitential_stress", "psychosocial_rehabilitation"),
    ("001-06", "drug_rehabilitation", "overcoming_addictions"),
    ("001-07", "gambling_addiction_rehabilitation", "overcoming_addictions"),
    ("001-08", "healthy_lifestyle", "overcoming_addictions"),
    ("001-09", "relapse_prevention", "overcoming_addictions"),
    ("001-10", "equality", "prosocial_behaviour"),
    ("001-11", "interpersonal_communication", "prosocial_behaviour"),
    ("001-12", "positive_skills", "prosocial_behaviour"),
    ("001-13", "life_values_adults", "prosocial_behaviour"),
    ("001-14", "social_integration", "prosocial_behaviour"),
    ("001-15", "social_and_cognitive_skills", "prosocial_behaviour"),
    ("001-16", "life_risks_and_resources", "prosocial_behaviour"),
    ("001-17", "healthy_lifestyle_minors", "prosocial_behaviour"),
    ("001-18", "self_esteem_and_new_opportunities", "prosocial_behaviour"),
    ("001-19", "emotion_regulation", "prosocial_behaviour"),
]
SERVICES = [
    ("001-22", "id_card"),
    ("001-23", "transport_card"),
    ("001-24", "psychological_consultation"),
    ("001-25", "legal_assistance"),
    ("001-26", "healthcare_support"),
    ("001-27", "professional_retraining"),
    ("001-28", "informal_education"),
    ("001-29", "language_and_subject_courses"),
    ("001-30", "sports_culture_education_events"),
]


def _program(program_id: str) -> Program:
    return next(p for p in GE.programs if p.program_id == program_id)


def test_the_catalogue_is_nineteen_programmes_and_nine_services_and_nothing_else() -> None:
    programs = [p.program_id for p in GE.programs if p.kind is Kind.PROGRAM]
    services = [p.program_id for p in GE.programs if p.kind is Kind.SERVICE]
    assert programs == [program_id for _, program_id, _ in PROGRAMS]
    assert services == [program_id for _, program_id in SERVICES]


@pytest.mark.parametrize(("row", "program_id", "area"), PROGRAMS, ids=[r for r, _, _ in PROGRAMS])
def test_programme_stands_in_its_area_delivered_as_the_page_says(
    row: str, program_id: str, area: str
) -> None:
    program = _program(program_id)
    assert row.startswith("001-")
    assert program.area == area
    assert program.status is Status.REVIEWED
    assert {citation.source_id for citation in program.cite} == {"ge-agency-page"}
    assert program.modality == {Modality.INDIVIDUAL, Modality.GROUP}
    assert program.basis == {Basis.MANDATORY, Basis.VOLUNTARY}
    assert program.delivered_by == {Deliverer.PSYCHOLOGIST, Deliverer.SOCIAL_WORKER}


def test_five_areas_of_programmes_two_of_which_name_none() -> None:
    areas = codes(GE.glossary.areas)
    assert areas[:5] == (
        "psychosocial_rehabilitation",
        "overcoming_addictions",
        "prosocial_behaviour",
        "education_promotion",
        "employment_promotion",
    )
    used = {program.area for program in GE.programs}
    assert set(areas) - used == {"education_promotion", "employment_promotion"}


def test_the_two_healthy_lifestyles_are_two() -> None:
    one, two = _program("healthy_lifestyle"), _program("healthy_lifestyle_minors")
    assert one.area != two.area
    assert one.title != two.title


def test_legal_and_health_support_are_for_former_prisoners() -> None:
    for program_id in ("legal_assistance", "healthcare_support"):
        audience = _program(program_id).audience
        assert audience == GE.rules["former_prisoners_only"]


def test_support_for_former_prisoners_is_given_during_and_after_conditional_release() -> None:
    released = CASES["ge/release"]
    file = evolve(
        released,
        legal_standings=(standing("ls", "conditional_release", "2028-01-01"),),
        placements=(placement("pl", "community", "2028-01-01"),),
        sentences=(sentence("s", "2026-01-01", "2030-01-01"),),
    )
    facts = GE.facts_of(file)
    for on in ("2028-01-01", "2029-12-31", "2030-01-01", "2035-06-01"):
        audience = judge(GE.rules["former_prisoners_only"], facts.on(day(on)), on=day(on))
        assert audience.answer is Answer.MET, on


def test_the_goal_groups_are_rules_of_their_own() -> None:
    assert {"probationer", "former_prisoner", "excluded_person", "goal_group"} <= set(GE.rules)


def test_the_nine_domains_and_the_plan_component_are_cited() -> None:
    assert len(GE.glossary.need_domains) == 9
    for domain in GE.glossary.need_domains:
        assert domain.status is Status.REVIEWED
        assert [c.source_id for c in domain.cite] == ["ge-probation-site"]
    component, _ = GE.plan_policy.component_of.in_language("en")
    assert component == "individual sentence execution plan"
    assert [str(c) for c in GE.plan_policy.cite] == ["ge-agency-page#plan", "ge-probation-site"]


def test_who_signs_a_plan_is_cited_and_a_draft() -> None:
    """The source states it of probationers only; for prisoners it is believed."""
    assert GE.plan_policy.signed_by == ("officer", "person")
    assert GE.plan_policy.status is Status.DRAFT


def test_four_prison_risk_levels_are_cited() -> None:
    assert codes(GE.glossary.risk_levels) == ("low", "medium", "increased", "high")
    assert {level.status for level in GE.glossary.risk_levels} == {Status.REVIEWED}


def test_nothing_unpublished_is_claimed() -> None:
    for program in GE.programs:
        assert program.entry is None
        assert program.dose is None
        assert program.prerequisites == ()
        assert program.exclusions == ()
        assert not program.serves or "serves" in program.draft
    assert is_draft(GE.rules["juvenile"])
    assert is_draft(GE.rules["adult"])
    assert GE.plan_policy.review_every is None
    assert {move.status for move in GE.moves} == {Status.DRAFT}


@pytest.mark.parametrize("name", sorted(CASES))
@pytest.mark.parametrize("on", ["2024-06-01", "2026-11-16", "2027-11-20", "2031-01-01"])
def test_nothing_is_met_where_entry_rules_are_not_published(name: str, on: str) -> None:
    result = casework.match(CASES[name], GE, on=day(on))
    assert len(result.offers) == 28
    assert Answer.MET not in {offer.answer for offer in result.offers}


def _of_law(verdict: Verdict) -> list[Verdict]:
    """The reasons that some text states; that the person lives needs none."""
    return [leaf for leaf in verdict.reasons() if leaf.criterion.about.id != "alive"]


def test_the_overlay_opens_doors_and_says_that_it_is_the_one_who_does() -> None:
    result = casework.match(CASES["ge/probationer"], EXAMPLE, on=ON)
    met = [offer for offer in result.offers if offer.answer is Answer.MET]
    assert [offer.program_id for offer in met] == [
        "understanding_crime_juvenile",
        "psychological_consultation",
    ]
    for offer in met:
        origins = {leaf.criterion.about.origin for leaf in _of_law(offer.verdict)}
        assert origins == {"ge@2026.2", "ge-example@2026.1"}
        assert offer.verdict.drafts()


def test_every_rule_of_the_overlay_is_a_draft() -> None:
    own = set(EXAMPLE.rules) - set(GE.rules)
    assert own
    for name in own:
        assert EXAMPLE.rules[name].about.status is Status.DRAFT


def test_refusals_and_unknowns_cite_or_say_that_they_are_drafts() -> None:
    for country in (GE, EXAMPLE):
        for records in CASES.values():
            for offer in casework.match(records, country, on=ON).offers:
                for leaf in _of_law(offer.verdict):
                    assert leaf.criterion.about.cite or is_draft(leaf.criterion)


def test_missing_facts_say_who_can_answer() -> None:
    for records in CASES.values():
        for offer in casework.match(records, EXAMPLE, on=ON).offers:
            for leaf in offer.verdict.missing():
                assert leaf.criterion.asked.fact.answered_by  # type: ignore[union-attr]


def test_georgian_wordings_that_are_not_published_are_marked_as_our_own() -> None:
    words = [*GE.glossary.areas, *GE.glossary.need_domains]
    titles = [*(program.title for program in GE.programs), *(word.title for word in words)]
    translated = [title for title in titles if "ka" in title.languages()]
    assert translated
    assert all("ka" in title.drafts for title in translated)
    assert _program("bibliotherapy").title.in_language("ka") == ("ბიბლიოთერაპია", "ka")


def test_facts_of_georgia_are_declared_for_all_its_programmes() -> None:
    (program,) = GE.facts["completed"].parameters
    assert program.codes == tuple(p.program_id for p in GE.programs)
    assert GE.facts["need_level"].shape is Shape.LEVEL
    assert ProgramId("id_card") in GE.known_programs()
