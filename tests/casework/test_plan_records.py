"""The bundled case of a woman on probation, which has every record on which a plan rests."""

import pytest

from rehabcore import casework, exchange, jurisdictions
from rehabcore.care.plans.separations import groups_to_keep_from, kept_apart_from
from rehabcore.records import CaseFile
from rehabcore.reports import explain
from rehabcore.rules.criteria import ask
from rehabcore.rules.facts import Assumption, Cell, Known
from rehabcore.rules.truth import Answer
from tests.kit.builders import day

XX = jurisdictions.load("xx")
CASE = exchange.read(jurisdictions.examples()["xx/individual-plan"], CaseFile)
ON = day("2026-04-01")
LISTS = (
    *("availabilities", "unavailabilities", "separations", "supporters", "strengths"),
    *("own_goals", "offer_refusals", "offer_deferrals", "needs_contests", "risk_contests"),
)
SAID = ("harvest", "never late", "driving licence", "not in a group", "one bad month")


def _cell(name: str, **asked: str) -> Cell:
    return XX.facts_of(CASE).on(ON)(ask(XX.facts[name], **asked))


def test_it_is_sound_and_has_a_record_of_every_list() -> None:
    XX.check(CASE)
    assert all(getattr(CASE, name) for name in LISTS)


def test_she_refuses_one_programme_and_nothing_else() -> None:
    assert _cell("program_refused", program="thinking_skills") == Known(True, evidence=("or-1",))
    for domain in ("attitudes", "work"):
        refused = _cell("need_refused", domain=domain)
        assert isinstance(refused, Known)
        assert refused.value is False


def test_her_need_was_found_in_alcohol_and_she_contests_it() -> None:
    substance = casework.needs(CASE, XX, on=ON).profile.needs[0]
    found = {part.subdomain: part.found for part in substance.subdomains}
    assert found == {
        "alcohol": Answer.MET,
        "drugs": Answer.NOT_MET,
        "gambling": Answer.NOT_MET,
    }
    assert substance.contested
    assert substance.evidence == ("na-1", "nc-1")
    level = _cell("risk_level")
    assert isinstance(level, Known)
    assert level.assumption is not Assumption.CONTESTED, "that contest was dismissed"


def test_nobody_knows_who_is_in_the_groups_unless_the_caller_says_it() -> None:
    codes = kept_apart_from(CASE, ON)
    assert codes == {"group-3"}
    assert set(groups_to_keep_from(XX.programs, codes, None).values()) == {Answer.UNKNOWN}


@pytest.mark.parametrize("language", ["en", "ka"])
def test_no_page_tells_what_she_said(language: str) -> None:
    results = (
        casework.match(CASE, XX, on=ON),
        casework.needs(CASE, XX, on=ON),
        casework.plan(CASE, XX, on=ON),
    )
    for result in results:
        told = explain(result, language=language, detail=True) + exchange.write(result)
        assert not [words for words in (*SAID, "group-3") if words in told]
