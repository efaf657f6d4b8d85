"""The words of a country are kept from one explanation to the next, and stay right."""

from datetime import date
from decimal import Decimal

import pytest

import rehabcore as rc
from rehabcore.reports import phrasing, vocabularies
from rehabcore.rules.criteria import About, AnyOf, ask
from rehabcore.rules.judging.verdicts import Verdict
from rehabcore.rules.time.days import OPEN, Span, Term
from rehabcore.rules.truth import Answer

XX = rc.load("xx")
CASE = rc.read(rc.examples()["xx/therapeutic-community"], rc.CaseFile)
RESULT = rc.match(CASE, XX, on=date(2026, 11, 16))


def test_the_same_is_said_again_however_little_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    told = rc.explain(RESULT, detail=True)
    monkeypatch.setattr(phrasing, "MOST_SAID", 1)
    vocabularies.vocabulary_of.cache_clear()
    assert rc.explain(RESULT, detail=True) == told


def test_a_changed_programme_is_told_by_its_new_title() -> None:
    assert "Drop-in counselling" in rc.explain(RESULT)
    changed = XX.with_program("drop_in", {"title": {"en": "Open door"}})
    told = rc.explain(rc.match(CASE, changed, on=date(2026, 11, 16)))
    assert "Open door" in told
    assert "Drop-in counselling" not in told


def test_each_language_has_its_own_words() -> None:
    english, georgian = (rc.explain(RESULT, language=one, detail=True) for one in ("en", "ka"))
    assert english != georgian
    assert rc.explain(RESULT, language="en", detail=True) == english


def test_equal_amounts_are_told_as_each_rule_writes_them() -> None:
    owed = ask(XX.facts["measured_restitution_owed"])
    exact, short = (owed.at_most(Decimal(amount)) for amount in ("12.50", "12.5"))
    assert exact == short
    for rule, amount in ((exact, "12.50"), (short, "12.5"), (exact, "12.50")):
        assert f" {amount} " in rc.explain(rule, country=XX)
        assert f" {amount} " in rc.explain(rule & rule, country=XX)


def test_versions_of_which_none_or_several_are_law_are_told_as_they_are() -> None:
    age, on = ask(rc.load("xx").facts["age"]), date(2026, 3, 2)
    versions = tuple(age.at_least(Term(years=years)) for years in (18, 21))
    both = AnyOf(versions, about=About(covered=Span(date(2020, 1, 1), OPEN)))
    for in_force in (True, False):
        told = tuple(Verdict(Answer.NOT_MET, one, on, in_force) for one in versions)
        verdict = Verdict(Answer.NOT_MET, both, on, children=told)
        assert phrasing.as_law(verdict) is verdict
