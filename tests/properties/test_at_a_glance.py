"""Laws of what is seen at a glance: it is what a closer look would find, or it is left to that."""

from datetime import date
from typing import Any

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from rehabcore.questions import Question
from rehabcore.questions.plain.gathered import Gathered
from rehabcore.records import CaseFile
from rehabcore.records.case_file import RECORD_LISTS
from rehabcore.records.certainty import certainly_sound
from rehabcore.records.changes import held_over_time
from rehabcore.records.examination import examine_in_detail
from rehabcore.records.words import Words
from tests.kit.record_makers import XX, facts_of
from tests.kit.record_strategies import (
    EVERY_QUESTION,
    PROGRAMS,
    WORDS,
    case_files,
    days,
    exact_case_files,
)

AT_A_GLANCE = tuple(
    (asked, question.read_plainly)
    for asked in EVERY_QUESTION
    if isinstance(question := XX.questions[asked.fact.name], Question)
    and question.read_plainly is not None
)
WEIGHED = (
    *("deaths", "level_overrides", "resolutions", "sessions", "attendances"),
    *("needs_contests", "risk_contests", "retractions"),
)


def of_one_office(case: CaseFile) -> CaseFile:
    """The file as one office would tell it: nothing twice, and nothing that takes back another."""
    lists: dict[str, Any] = {
        name: () if name in WEIGHED else tuple(map(_by_the_office, getattr(case, name)))
        for name in RECORD_LISTS
    }
    lists["beneficiary"] = lists["beneficiary"][:1]
    return evolve(case, **lists)


def _by_the_office(record: Any) -> Any:
    filed = evolve(record.filed, source="a", corrects=None, same_as=None, sequence=None)
    confirmed = {"confirmed_by": "staff-1"} if hasattr(record, "confirmed_by") else {}
    return evolve(record, filed=evolve(filed, changes=None, since=None), **confirmed)


@given(
    exact_case_files().map(of_one_office),
    st.lists(days(), min_size=3, max_size=3),
)
def test_a_fact_is_at_a_glance_what_it_is_when_all_is_weighed(
    case: CaseFile, on: list[date]
) -> None:
    facts, gathered = facts_of(case), Gathered(case)
    for asked, read in AT_A_GLANCE:
        for day in on:
            seen = read(asked, gathered, day)
            if seen is not None:
                assert seen == facts.timeline(asked).at(day), (str(asked), day)


@given(st.one_of(exact_case_files().map(of_one_office), case_files()), days())
def test_days_ahead_are_those_of_the_timeline(case: CaseFile, on: date) -> None:
    facts = facts_of(case)
    ahead = facts.ahead(on)
    for asked, _ in AT_A_GLANCE:
        seen, whole = ahead(asked), facts.timeline(asked)
        turns = {on, *(day for one in (seen, whole) for day in one.starts if day > on)}
        for day in turns:
            assert seen.at(day) == whole.at(day), (str(asked), day)


@given(st.one_of(case_files(), case_files().map(of_one_office)), days())
def test_a_file_that_certainly_is_sound_has_no_fault_and_holds_as_it_was_filed(
    case: CaseFile, known_at: date
) -> None:
    words = Words(WORDS, PROGRAMS)
    if certainly_sound(case, words, known_at):
        assert examine_in_detail(case, words, known_at).found == ()
        assert case.as_known(known_at) == case
        assert held_over_time(case).values == (case,)
