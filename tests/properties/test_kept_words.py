"""What is said once for everybody is what would be said anew each time."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from rehabcore.reports.phrasing import Phrasing
from rehabcore.reports.vocabularies import vocabulary_of
from rehabcore.reports.wording import LANGUAGES, Wording
from rehabcore.rules.criteria import Criterion
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.judging.verdicts import holds_drafts
from rehabcore.testing.strategies.criteria import criteria, sheets
from rehabcore.testing.strategies.time import days


@given(criteria(), days(), st.sampled_from(LANGUAGES), st.data())
@settings(max_examples=30)
def test_law_kept_words_are_those_of_a_new_vocabulary(
    rule: Criterion, on: date, language: str, data: st.DataObject
) -> None:
    phrasing = Phrasing(Wording(language), None)
    for _ in range(2):  # the second person finds the words of the first
        verdict = judge(rule, data.draw(sheets(rule)).__getitem__, on=on)
        kept = phrasing.deciding(verdict), phrasing.reasons(verdict), phrasing.rule(rule)
        vocabulary_of.cache_clear()
        new = Phrasing(Wording(language), None)
        assert kept == (new.deciding(verdict), new.reasons(verdict), new.rule(rule))


@given(criteria(), days(), st.data())
@settings(max_examples=30)
def test_law_an_answer_rests_on_a_draft_only_if_its_rule_holds_one(
    rule: Criterion, on: date, data: st.DataObject
) -> None:
    verdict = judge(rule, data.draw(sheets(rule)).__getitem__, on=on)
    assert holds_drafts(rule) or not verdict.drafts()
