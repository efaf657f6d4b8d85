"""A figure that ended stops only its own rule, whichever verb asks; the report tells the cause."""

from pathlib import Path

import pytest

from rehabcore import casework, exchange, jurisdictions
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.records import CaseFile
from rehabcore.reports import explain
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.law.versions import NOT_ON_FILE
from rehabcore.rules.near.cures import NearKind
from rehabcore.rules.truth import Answer
from rehabcore.strict.problems import NotInForceError
from rehabcore.strict.vocabulary import DecisionOutcome, ProgramId, StaffId
from tests.kit.builders import day, release, span
from tests.kit.overlays import overlay

CASE = exchange.read(jurisdictions.examples()["xx/therapeutic-community"], CaseFile)
DROP_IN, THINKING = ProgramId("drop_in"), ProgramId("thinking_skills")
LAST, AFTER = day("2026-12-31"), day("2027-01-01")
MET, UNKNOWN = Answer.MET, Answer.UNKNOWN


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Jurisdiction:
    """Country ``xx``, in which the age for the drop-in is decreed until the end of 2026."""
    in_force = "in_force = { start = 2020-01-01, end = 2027-01-01 }"
    return overlay(
        tmp_path_factory.mktemp("local"),
        parameters=f'[parameters.drop_in_age]\nversions = [{{ value = "16 years", {in_force} }}]',
        entry='entry.drop_in = { fact = "age", at_least = { parameter = "drop_in_age" },'
        ' title = { en = "Old enough" } }',
    )


def test_the_other_programmes_answer_and_this_one_needs_a_person(country: Jurisdiction) -> None:
    for on, expected in ((LAST, MET), (AFTER, UNKNOWN)):
        offers = {o.program_id: o for o in casework.match(CASE, country, on=on).offers}
        assert (offers[DROP_IN].answer, offers[THINKING].answer) == (expected, MET)
    (missing,) = offers[DROP_IN].missing
    assert (missing.what.fact, missing.who) == (NOT_ON_FILE, ("responsible_agency",))


def test_a_plan_is_drafted_and_tells_why_the_programme_is_not_in_it(country: Jurisdiction) -> None:
    told = explain(casework.plan(CASE, country, on=AFTER))
    assert "the law, of which nothing is on file for these days, is met" in told
    assert "Thinking skills" in told


@pytest.mark.parametrize("detail", [False, True])
def test_the_report_tells_which_law_is_not_on_file(country: Jurisdiction, detail: bool) -> None:
    told = explain(casework.match(CASE, country, on=AFTER), detail=detail)
    missing = "the law, of which nothing is on file for these days, is met"
    lines = [line for line in told.splitlines() if missing in line]
    assert len(lines) == 1 + detail
    for line in lines:
        assert "Old enough" in line
        assert "a person has to judge" in line
        assert "agency responsible" in line


@pytest.mark.parametrize("detail", [False, True])
def test_the_report_names_the_figure_where_the_rule_has_no_title(
    tmp_path: Path, detail: bool
) -> None:
    in_force = "in_force = { start = 2020-01-01, end = 2027-01-01 }"
    country = overlay(
        tmp_path,
        parameters=f'[parameters.drop_in_age]\nversions = [{{ value = "16 years", {in_force} }}]',
        entry='entry.drop_in = { fact = "age", at_least = { parameter = "drop_in_age" } }',
    )
    told = explain(casework.match(CASE, country, on=AFTER), detail=detail)
    lines = [line for line in told.splitlines() if "nothing is on file for these days" in line]
    assert len(lines) == 1 + detail
    assert all("drop_in_age" in line for line in lines), lines
    near = explain(casework.near(CASE, country, on=AFTER), detail=detail)
    assert "to be decided: drop_in_age: the law, of which nothing is on file" in near


def test_near_waits_for_the_person_who_judges(country: Jurisdiction) -> None:
    doors = {door.program_id: door for door in casework.near(CASE, country, on=AFTER).doors}
    (way,) = doors[DROP_IN].ways
    assert (way.day, way.kinds) == (AFTER, (NearKind.PENDING,))


def test_a_timeline_goes_on_where_the_law_ends(country: Jurisdiction) -> None:
    within = span("2026-12-01", "2027-02-01")
    asked = casework.timeline(CASE, country, DROP_IN, within=within)
    assert asked.verdicts.answers() == (
        (span("2026-12-01", "2027-01-01"), MET),
        (span("2027-01-01", "2027-02-01"), UNKNOWN),
    )


def test_a_release_is_not_stopped(country: Jurisdiction) -> None:
    moved = casework.request_move(CASE, country, release(AFTER))
    assert moved.verdict.answer is MET


def test_a_decision_can_be_deferred_and_replayed(country: Jurisdiction) -> None:
    made = casework.decide(
        CASE,
        country,
        DROP_IN,
        on=AFTER,
        known_at=LAST,
        decided_by=StaffId("officer-17"),
        decided_on=AFTER,
        outcome=DecisionOutcome.DEFERRED,
        review_on=day("2027-02-01"),
    )
    assert made.episode == span("2027-01-01")
    assert casework.replay(made) == made.verdict
    assert casework.compare(made, CASE, country, known_at=LAST).differences() == ()


def test_compiled_rules_answer_as_match_does(country: Jurisdiction) -> None:
    rules = country.compiled.on(AFTER)
    answers = rules.answers(rules.sheet(country.facts_of(CASE).on(AFTER)))
    offers = casework.match(CASE, country, on=AFTER).offers
    assert answers == tuple(offer.answer for offer in offers)


def test_who_asks_the_rule_or_the_figure_itself_is_told_that_it_ended(
    country: Jurisdiction,
) -> None:
    cells = country.facts_of(CASE).on(AFTER)
    for ask in (
        lambda: judge(country.admissions[DROP_IN], cells, on=AFTER),
        lambda: country.parameters["drop_in_age"].at(AFTER),
    ):
        with pytest.raises(NotInForceError, match="drop_in_age covers: from 2020-01-01 until"):
            ask()
