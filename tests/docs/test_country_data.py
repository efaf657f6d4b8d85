"""The page of country data tells what of Georgia is stated, and what is a draft."""

from rehabcore import jurisdictions
from rehabcore.rules.sources import Status
from rehabcore.strict.vocabulary import Kind

GE = jurisdictions.load("ge")
PROGRAMS = [program for program in GE.programs if program.kind is Kind.PROGRAM]
SERVICES = [program for program in GE.programs if program.kind is Kind.SERVICE]
STATED = ("areas", "need_domains", "risk_levels")
DRAFTS = ("need_levels", "consent_purposes", "observation_kinds")


def test_nineteen_programmes_and_nine_services_are_stated() -> None:
    assert (len(PROGRAMS), len(SERVICES)) == (19, 9)
    assert {program.status for program in GE.programs} == {Status.REVIEWED}


def test_there_are_five_areas_and_the_services_and_two_areas_have_no_programme() -> None:
    assert len(GE.glossary.areas) == 6
    areas = {program.area for program in PROGRAMS}
    assert areas.isdisjoint({"education_promotion", "employment_promotion"})


def test_two_services_are_for_former_prisoners_only() -> None:
    audiences = {program.program_id: str(program.audience) for program in SERVICES}
    assert [
        name
        for name, audience in audiences.items()
        if "former_prisoner" in audience and "excluded" not in audience
    ] == ["legal_assistance", "healthcare_support"]


def test_no_entry_rule_and_no_dose_is_stated_or_made_up() -> None:
    assert {(program.entry, program.dose) for program in GE.programs} == {(None, None)}


def test_which_needs_a_programme_serves_is_a_draft() -> None:
    assert all("serves" in program.draft for program in GE.programs if program.serves)


def test_nine_domains_and_four_levels_of_risk_are_stated() -> None:
    assert (len(GE.glossary.need_domains), len(GE.glossary.risk_levels)) == (9, 4)


def test_words_are_stated_or_drafts_list_by_list() -> None:
    for lists, status in ((STATED, Status.REVIEWED), (DRAFTS, Status.DRAFT)):
        for name in lists:
            assert {word.status for word in getattr(GE.glossary, name)} == {status}, name


def test_the_plan_policy_is_a_draft_and_states_no_review() -> None:
    policy = GE.plan_policy
    assert policy is not None
    assert (policy.status, policy.review_every) == (Status.DRAFT, None)
    assert policy.goal_from == "medium"


def test_both_moves_are_drafts() -> None:
    assert [move.status for move in GE.moves] == [Status.DRAFT] * 2


def test_every_wording_in_georgian_is_a_draft() -> None:
    words = [word for name in (*STATED, *DRAFTS) for word in getattr(GE.glossary, name)]
    titles = [named.title for named in (*GE.programs, *words)]
    assert {"ka" in title.drafts for title in titles if "ka" in title.languages()} == {True}
