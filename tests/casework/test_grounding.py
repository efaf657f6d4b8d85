"""The words that a result holds: those that its facts mention, and no others."""

from rehabcore import casework, exchange, jurisdictions
from rehabcore.records import CaseFile
from rehabcore.records.glossary import codes
from tests.kit.builders import day

XX = jurisdictions.load("xx")
CASE = exchange.read(jurisdictions.examples()["xx/therapeutic-community"], CaseFile)
ON = day("2026-11-16")


def test_an_answer_has_the_words_that_its_facts_mention() -> None:
    words = casework.match(CASE, XX, on=ON).grounds.glossary
    assert codes(words.observation_kinds) == ("drug_test", "health_clearance")
    assert words.event_kinds == XX.glossary.event_kinds  # any of them can be asked for
    assert words.registers == words.transition_reasons == ()
    for name in ("areas", "need_domains", "need_levels", "risk_levels"):
        assert getattr(words, name) == getattr(XX.glossary, name)


def test_what_speaks_of_more_than_its_rules_has_all_words() -> None:
    assert casework.needs(CASE, XX, on=ON).grounds.glossary == XX.glossary
    assert casework.plan(CASE, XX, on=ON).grounds.glossary == XX.glossary


def test_one_list_of_words_is_shared_by_all_answers_of_the_same_facts() -> None:
    one, other = (casework.match(CASE, XX, on=ON).grounds.glossary for _ in range(2))
    assert one is other
