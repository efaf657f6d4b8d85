"""The verbs of an agency: each result is stamped, complete in itself, and refuses what is wrong."""

from datetime import datetime
from typing import Any

import pytest
from attrs import evolve

from rehabcore import casework, exchange, jurisdictions
from rehabcore.casework.results import Stamp
from rehabcore.records import CaseFile, Consent, LegalStanding
from rehabcore.rules.time.days import Term
from rehabcore.rules.truth import Answer, UnknownKind
from rehabcore.strict.problems import InputError
from rehabcore.strict.version import __version__
from rehabcore.strict.vocabulary import LegalStatus, ProgramId
from tests.kit.builders import case, day, filed, person, span

XX = jurisdictions.load("xx")
GE_EXAMPLE = jurisdictions.load("ge-example")
CASE = exchange.read(jurisdictions.examples()["xx/therapeutic-community"], CaseFile)
PROBATIONER = exchange.read(jurisdictions.examples()["ge/probationer"], CaseFile)
ON = day("2026-11-19")


def _answers(records: CaseFile, **asked: Any) -> dict[ProgramId, Answer]:
    result = casework.match(records, GE_EXAMPLE, **{"on": ON, **asked})
    return {offer.program_id: offer.answer for offer in result.offers}


def _difference(one: CaseFile, other: CaseFile, **asked: Any) -> dict[str, tuple[str, str]]:
    before, after = _answers(one, **asked), _answers(other, **asked)
    assert list(before) == list(after)
    return {
        program: (before[program].value, after[program].value)
        for program in before
        if before[program] is not after[program]
    }


# --- three cases that differ in one fact --------------------------------------------------


def test_seventeen_and_eighteen_differ_in_the_variants_for_juveniles_and_adults() -> None:
    grown = evolve(
        PROBATIONER,
        beneficiary=(evolve(PROBATIONER.beneficiary[0], birth_date=day("2008-11-19")),),
    )
    assert _difference(PROBATIONER, grown) == {
        "understanding_crime_juvenile": ("met", "not_met"),
        "understanding_crime_adult": ("not_met", "met"),
        "life_values_adults": ("not_met", "unknown"),
        "healthy_lifestyle_minors": ("unknown", "not_met"),
    }


def test_an_eighteenth_birthday_differs_in_the_same_way_from_the_day_before() -> None:
    before = _answers(PROBATIONER, on=day("2026-11-19"))
    after = _answers(PROBATIONER, on=day("2026-11-20"))
    assert {program for program in before if before[program] is not after[program]} == {
        "understanding_crime_juvenile",
        "understanding_crime_adult",
        "life_values_adults",
        "healthy_lifestyle_minors",
    }


def test_a_need_that_is_not_assessed_makes_unknown_what_the_assessed_one_decides() -> None:
    assessment = PROBATIONER.needs_assessments[0]
    silent = evolve(
        PROBATIONER,
        needs_assessments=(
            evolve(
                assessment,
                findings=tuple(
                    f for f in assessment.findings if f.domain != "values_and_attitudes"
                ),
            ),
        ),
    )
    assert _difference(PROBATIONER, silent) == {"understanding_crime_juvenile": ("met", "unknown")}
    offers = {o.program_id: o for o in casework.match(silent, GE_EXAMPLE, on=ON).offers}
    unknown = offers[ProgramId("understanding_crime_juvenile")].verdict
    assert unknown.unknown_kinds() == {UnknownKind.MISSING}
    assert {str(leaf.criterion) for leaf in unknown.missing()} == {
        "need_level(domain=mentality_and_behaviour) at_least medium",
        "need_level(domain=values_and_attitudes) at_least medium",
    }


def test_a_withdrawn_consent_refuses_what_needs_it_and_nothing_else() -> None:
    withdrawn = evolve(
        PROBATIONER, consents=(evolve(PROBATIONER.consents[0], withdrawn=day("2026-11-01")),)
    )
    assert _difference(PROBATIONER, withdrawn) == {
        "understanding_crime_juvenile": ("met", "not_met"),
        "drug_rehabilitation": ("unknown", "not_met"),
        "gambling_addiction_rehabilitation": ("unknown", "not_met"),
        "psychological_consultation": ("met", "not_met"),
    }
    assert _difference(PROBATIONER, withdrawn, on=day("2026-10-31")) == {}


# --- stamps and clocks --------------------------------------------------------------------


def test_a_result_says_under_which_rules_and_for_which_day_it_was_made() -> None:
    stamp = casework.match(PROBATIONER, GE_EXAMPLE, on=ON, known_at=day("2026-11-01")).grounds.stamp
    assert stamp == Stamp(
        packs=("ge@2026.2", "ge-example@2026.1"),
        library=__version__,
        on=ON,
        known_at=day("2026-11-01"),
    )


def test_results_hold_every_fact_source_and_programme_that_they_speak_of() -> None:
    result = casework.match(CASE, XX, on=ON)
    assert [p.program_id for p in result.grounds.programs] == [o.program_id for o in result.offers]
    asked = {
        leaf.criterion.asked.fact.name  # type: ignore[union-attr]
        for offer in result.offers
        for leaf in offer.verdict.reasons()
    }
    assert asked <= {fact.name for fact in result.grounds.facts}
    plan = casework.plan(CASE, XX, on=ON)
    mentioned = {offer.program_id for offer in plan.draft.offers}
    assert mentioned <= {p.program_id for p in plan.grounds.programs}


def test_near_misses_refuse_a_lead_that_is_no_term() -> None:
    lead: Any = "6 months"
    with pytest.raises(InputError, match="lead: wrong_type"):
        casework.near(PROBATIONER, GE_EXAMPLE, on=ON, lead=lead)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"case": "{}"}, r"a CaseFile, as read\(source, CaseFile\) gives it"),
        ({"jurisdiction": "xx"}, r'a country, as load\("xx"\) gives it'),
        ({"program_id": casework.match(CASE, XX, on=ON).offers[0]}, "the id of a programme"),
        ({"within": (ON, ON)}, r"a Span, such as Span\("),
        ({"known_at": "2026-01-31"}, "a day without a time, such as date"),
    ],
    ids=lambda wrong: next(iter(wrong)) if isinstance(wrong, dict) else "",
)
def test_what_a_verb_takes_is_told_where_it_is_given_something_else(
    wrong: dict[str, Any], told: str
) -> None:
    fine = {
        "case": CASE,
        "jurisdiction": XX,
        "program_id": ProgramId("drop_in"),
        "within": span("2026-01-01", "2027-01-01"),
    }
    with pytest.raises(InputError, match=f"{next(iter(wrong))}: wrong_type: .*; expected {told}"):
        casework.timeline(**{**fine, **wrong})


def test_near_misses_stand_on_their_own_and_leave_out_what_is_met() -> None:
    matched = casework.match(PROBATIONER, GE_EXAMPLE, on=ON)
    near = casework.near(PROBATIONER, GE_EXAMPLE, on=ON)
    assert near.grounds.stamp == matched.grounds.stamp
    assert near.case_id == matched.case_id
    verdicts = {door.program_id: door.verdict for door in near.doors}
    closed = [offer for offer in matched.offers if offer.answer is not Answer.MET]
    assert verdicts == {offer.program_id: offer.verdict for offer in closed}
    assert {p.program_id for p in near.grounds.programs} == set(verdicts)


@pytest.mark.parametrize(("on", "near"), [("2026-11-18", False), ("2026-11-19", True)], ids=str)
def test_near_misses_look_ahead_as_far_as_asked(on: str, near: bool) -> None:
    birthday = ProgramId("understanding_crime_adult")
    asked: dict[str, Any] = {"on": day(on), "known_at": day(on)}
    result = casework.near(PROBATIONER, GE_EXAMPLE, **asked, lead=Term(days=1))
    [door] = [door for door in result.doors if door.program_id == birthday]
    assert [str(way.day) for way in door.ways] == (["2026-11-20"] if near else [])
    assert result.grounds.stamp.known_at == day(on)


def test_what_was_recorded_later_has_no_effect_on_what_was_known() -> None:
    early = day("2026-04-01")
    later = Consent(
        filed=filed("consent-2", "2026-06-01", "probation-kutaisi"),
        purpose="programme",
        refused=day("2026-05-30"),
    )
    more = evolve(PROBATIONER, consents=(*PROBATIONER.consents, later))
    known = casework.match(PROBATIONER, GE_EXAMPLE, on=ON, known_at=early)
    assert casework.match(more, GE_EXAMPLE, on=ON, known_at=early) == known
    assert casework.match(more, GE_EXAMPLE, on=ON) != casework.match(PROBATIONER, GE_EXAMPLE, on=ON)


# --- refusals -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "verb",
    [casework.match, casework.near, casework.plan],
    ids=["match", "near", "plan"],
)
def test_an_inconsistent_case_is_refused_with_all_its_problems(verb: Any) -> None:
    standings = (
        LegalStanding(filed=filed("a"), status=LegalStatus.PROBATION, span=span("2020-01-01")),
        LegalStanding(filed=filed("b"), status=LegalStatus.DIVERTED, span=span("2021-01-01")),
    )
    records = case(beneficiary=(person(birth_date=day("2021-06-01")),), legal_standings=standings)
    with pytest.raises(InputError) as caught:
        verb(records, XX, on=ON)
    assert [(p.code, p.path) for p in caught.value.problems] == [
        ("before_birth", "legal_standings[0].span.start"),
        ("before_birth", "legal_standings[1].span.start"),
        ("two_at_once", "legal_standings[1].span"),
    ]


@pytest.mark.parametrize(
    ("on", "code"),
    [(datetime(2026, 1, 1), "wrong_type"), (day("1066-10-14"), "date_out_of_range")],
    ids=["moment", "long ago"],
)
def test_the_day_asked_about_is_a_day_of_our_time(on: Any, code: str) -> None:
    with pytest.raises(InputError) as caught:
        casework.match(CASE, XX, on=on)
    assert [(p.code, p.path) for p in caught.value.problems] == [(code, "on")]


def test_contradictions_between_sources_are_kept_and_disputed() -> None:
    standings = (
        LegalStanding(
            filed=filed("a", source="court"),
            status=LegalStatus.FORMER_PRISONER,
            span=span("2020-01-01"),
        ),
        LegalStanding(
            filed=filed("b", source="office"),
            status=LegalStatus.SENTENCED_CUSTODY,
            span=span("2020-01-01"),
        ),
    )
    result = casework.match(case(legal_standings=standings), GE_EXAMPLE, on=ON)
    legal = next(o for o in result.offers if o.program_id == "legal_assistance")
    assert legal.answer is Answer.UNKNOWN
    audience = legal.verdict.missing()[0]
    assert audience.unknown_kinds() == {UnknownKind.DISPUTED}
    assert audience.evidence() == ("a", "b")
