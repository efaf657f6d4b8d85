"""A drug problem opens no programme for gambling: needs, plans, hours and order by sub-domains."""

import json

import pytest
from attrs import evolve

from rehabcore import casework, exchange, programs
from rehabcore.care.needs import NeedSeen, RnrPolicy, SubdomainSeen
from rehabcore.care.needs.dosage import Credit, WorkDone, credited
from rehabcore.care.plans.drafting.drafts import Draft
from rehabcore.casework.drafting import draft_given
from rehabcore.casework.grounding import needs_and_risks
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.jurisdictions.reading.needs_tables import with_subdomains
from rehabcore.programs import Program
from rehabcore.reports import explain
from rehabcore.rules.sources import Text
from rehabcore.rules.truth import Answer
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import ProgramId
from tests.kit.builders import case, day
from tests.kit.record_makers import XX, attendance, needs, profiled, session
from tests.kit.refusals import problems_of

ON = day("2030-06-01")
GAMBLING = ProgramId("gambling_course")


def _served(code: str) -> Program:
    """A programme for one part of a domain, open to whoever has a need in the domain."""
    served = next(one for one in XX.programs if one.program_id == "drop_in")
    return evolve(
        served,
        program_id=GAMBLING,
        title=Text.of(en="Gambling course"),
        serves=frozenset({code}),
    )


COUNTRY: Jurisdiction = evolve(XX, programs=(_served("gambling"),))
LEVELS = {"attitudes": "none", "work": "none", "housing": "none"}


def _needs_in(parts: str, level: str = "high") -> Draft:
    """A draft for somebody whose need for substance use was found in some parts."""
    findings = {"substance_use": level, **LEVELS}
    found = needs("n", "2030-01-01", findings=findings, found_in={"substance_use": parts})
    return casework.plan(case(needs_assessments=(found,)), COUNTRY, on=ON).draft


SEEN = NeedSeen(
    domain="substance_use",
    level="high",
    subdomains=(
        SubdomainSeen(subdomain="alcohol", found=Answer.NOT_MET),
        SubdomainSeen(subdomain="drugs", found=Answer.MET),
        SubdomainSeen(subdomain="gambling", found=Answer.UNKNOWN),
    ),
)


@pytest.mark.parametrize(
    ("serves", "expected"),
    [
        ("", Answer.NOT_MET),
        ("work", Answer.NOT_MET),
        ("substance_use", Answer.MET),
        ("alcohol", Answer.NOT_MET),
        ("drugs", Answer.MET),
        ("gambling", Answer.UNKNOWN),
        ("gambling drugs", Answer.MET),
        ("gambling alcohol", Answer.UNKNOWN),
        ("alcohol substance_use", Answer.MET),
    ],
)
def test_a_need_is_served_by_its_domain_or_by_the_part_in_which_it_was_found(
    serves: str, expected: Answer
) -> None:
    assert SEEN.served_by(frozenset(serves.split())) is expected


def test_a_profile_tells_every_part_of_a_domain() -> None:
    (substance, *others) = profiled(
        needs(
            "n",
            "2030-01-01",
            findings={"substance_use": "high"},
            found_in={"substance_use": "drugs"},
        )
    ).needs
    assert [(part.subdomain, part.found) for part in substance.subdomains] == [
        ("alcohol", Answer.NOT_MET),
        ("drugs", Answer.MET),
        ("gambling", Answer.NOT_MET),
    ]
    assert all(need.subdomains == () for need in others)


def test_a_drug_problem_opens_no_programme_for_gambling() -> None:
    draft = _needs_in("drugs")
    assert draft.content.items == ()
    assert [one.reason for one in draft.content.deferrals] == ["nothing_offered"]


def test_a_gambling_problem_does() -> None:
    draft = _needs_in("gambling drugs")
    assert (draft.programs, draft.content.deferrals) == ((GAMBLING,), ())


def test_a_need_found_in_no_part_is_never_covered_but_asked_about() -> None:
    draft = _needs_in("")
    assert draft.programs == ()
    assert [one.reason for one in draft.content.deferrals] == ["part_not_known"]
    steps = [step.step_id for goal in draft.content.goals for step in goal.steps]
    assert "assessment/part/substance_use" in steps


def test_a_draft_says_what_has_to_be_found_out() -> None:
    file = case(needs_assessments=(needs("n", "2030-01-01", findings={"substance_use": "high"}),))
    told = explain(casework.plan(file, COUNTRY, on=ON))
    why = "it serves a part of the need domain, and nobody says in which part the need is"
    assert f"- {why}\n  - Gambling course\n" in told


def test_needs_are_told_with_the_parts_in_which_they_were_found() -> None:
    found = needs(
        "n", "2030-01-01", findings={"substance_use": "high"}, found_in={"substance_use": "drugs"}
    )
    told = explain(casework.needs(case(needs_assessments=(found,)), XX, on=ON))
    assert "found in Drugs" in told


def test_a_stored_draft_names_every_part_of_the_country_or_is_refused() -> None:
    findings = {"substance_use": "high", **LEVELS}
    result = casework.plan(
        case(needs_assessments=(needs("n", "2030-01-01", findings=findings),)), COUNTRY, on=ON
    )
    document = json.loads(exchange.write(result))
    assert exchange.read(json.dumps(document)) == result
    (substance, *others) = result.content.needs
    content = evolve(result.content, needs=(evolve(substance, subdomains=()), *others))
    altered = evolve(result.draft, content=content)
    with pytest.raises(InputError) as raised:
        exchange.read(exchange.write(evolve(result, draft=altered)))
    assert any(problem.path.endswith("needs[0].subdomains") for problem in raised.value.problems)


# --- hours and order ----------------------------------------------------------------------


def _credit(parts: str, served: str, level: str = "high") -> object:
    person = profiled(
        needs(
            "n",
            "2030-01-01",
            findings={"substance_use": level, "work": "none"},
            found_in={"substance_use": parts},
        )
    )
    done = WorkDone(domains=frozenset({served}), on=ON, minutes=60)
    return credited(XX.rnr_policy.dosage, lambda _: person, [done])


@pytest.mark.parametrize(
    ("parts", "served", "level", "expected"),
    [
        ("drugs", "drugs", "high", Credit(minutes=60, unsure_minutes=0)),
        ("drugs", "gambling", "high", Credit(minutes=0, unsure_minutes=0)),
        ("", "gambling", "high", Credit(minutes=0, unsure_minutes=60)),
        ("drugs", "drugs", "none", Credit(minutes=0, unsure_minutes=0)),
        ("drugs", "substance_use", "high", Credit(minutes=60, unsure_minutes=0)),
    ],
    ids=["in-its-part", "in-another", "in-none", "no-need", "in-the-domain"],
)
def test_work_on_a_part_counts_for_a_need_that_was_found_in_it(
    parts: str, served: str, level: str, expected: Credit
) -> None:
    assert _credit(parts, served, level) == expected


@pytest.mark.parametrize(("parts", "minutes"), [("gambling", 90), ("drugs", 0)])
def test_a_plan_credits_attended_sessions_of_a_part_of_a_domain(parts: str, minutes: int) -> None:
    findings, found_in = {"substance_use": "high", **LEVELS}, {"substance_use": parts}
    file = case(
        needs_assessments=(needs("n", "2030-01-01", findings=findings, found_in=found_in),),
        sessions=(session("s", "2030-05-01", GAMBLING),),
        attendances=(attendance("a", "s", recorded_on="2030-05-02"),),
    )
    facts = COUNTRY.facts_of(file)
    offers = programs.offers_on(COUNTRY.admissions_on_any_day, facts.on(ON), on=ON)
    seen, (risk, *_) = needs_and_risks(facts, COUNTRY, ON)
    given = draft_given(facts, COUNTRY, ON, offers=offers, needs=seen, risk=risk)
    assert given.credit == Credit(minutes=minutes, unsure_minutes=0)


def test_work_on_a_part_that_nobody_knows_is_refused() -> None:
    assert problems_of(lambda: _credit("", "gone")) == [("unknown_value", "work[0].domains")]


def test_a_country_counts_and_orders_work_on_a_part_as_work_on_its_domain() -> None:
    policy = XX.rnr_policy
    parts = frozenset(XX.glossary.subdomains_of("substance_use"))
    assert policy.dosage.criminogenic is not None
    assert parts < policy.dosage.criminogenic.domains
    whole, part = (evolve(_served(code), area="none") for code in ("substance_use", "gambling"))
    assert policy.sequence.place(part) == policy.sequence.place(whole)
    assert with_subdomains(policy, XX.glossary) == policy


def test_a_country_that_counts_no_work_still_may_have_parts_of_domains() -> None:
    assert with_subdomains(RnrPolicy(), XX.glossary) == RnrPolicy()
