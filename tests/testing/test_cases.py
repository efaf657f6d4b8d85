"""Case files of invented people: sound, people-like, short when they fail, printed as code."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from attrs import evolve
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from rehabcore import jurisdictions, records
from rehabcore.records import CaseFile, Retraction
from rehabcore.rules.time import days
from rehabcore.rules.time.days import OPEN, UNSURE, Span, Term
from rehabcore.strict import vocabulary
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import LegalStatus, Sex
from rehabcore.testing import as_code, beneficiaries, cases
from rehabcore.testing.code import Shown
from rehabcore.testing.dice import Dice
from rehabcore.testing.people.lives import life
from tests.kit.builders import case as case_of

COUNTRIES = {name: jurisdictions.load(name) for name in ("xx", "ge", "md")}
XX = COUNTRIES["xx"]
ON = date(2026, 1, 31)


def lives(number: int, country: str = "xx", on: date = ON) -> list[CaseFile]:
    """Files that are the same in every run."""
    chance = Random(number)
    return [
        life(
            COUNTRIES[country],
            on,
            Dice(chance.randbytes(32)),
            [Dice(chance.randbytes(32)) for _ in range(chance.randint(0, 24))],
            {},
        )
        for _ in range(number)
    ]


PEOPLE = lives(400)


def share(of: Callable[[CaseFile], Any]) -> float:
    """How many of the people are so."""
    return sum(bool(of(case)) for case in PEOPLE) / len(PEOPLE)


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_file_is_sound_and_tells_nothing_of_the_days_to_come(country: str) -> None:
    for case in lives(60, country, date(2024, 2, 29)):
        COUNTRIES[country].check(case)
        assert all(one.filed.recorded_on <= date(2024, 2, 29) for one in case.records())
        corrected = {one.filed.corrects for one in case.records()}
        known = set(case.as_known(date(2024, 2, 29)).records())
        assert {one for one in case.records() if one.filed.record_id not in corrected} == known


def test_a_country_without_words_has_no_records_that_need_them() -> None:
    assert not any(case.measurements for case in lives(60, "md"))


@pytest.mark.parametrize(
    ("least", "of", "most"),
    [
        (0.6, lambda case: case.beneficiary[0].sex is Sex.MALE, 0.95),
        (0.01, lambda case: case.beneficiary[0].birth_date is None, 0.1),
        (0.01, lambda case: case.beneficiary[0].sex is None, 0.2),
        (0.05, lambda case: case.beneficiary[0].languages is None, 0.25),
        (0.3, lambda case: len(case.legal_standings) > 1, 0.8),
        (0.1, lambda case: not case.sentences, 0.3),
        (0.02, lambda case: case.legal_standings[-1].status is LegalStatus.FORMER_PRISONER, 0.3),
        (0.001, lambda case: case.sentences and case.sentences[0].end is OPEN, 0.1),
        (0.001, lambda case: case.sentences and case.sentences[0].end is UNSURE, 0.1),
        (0.2, lambda case: case.sentences and case.sentences[0].earliest_release, 0.7),
        (0.3, lambda case: case.enrolments, 0.9),
        (0.02, lambda case: len(case.referrals) > len(case.enrolments), 0.6),
        (0.1, lambda case: case.completions, 0.7),
        (0.05, lambda case: any(one.refused for one in case.consents), 0.6),
        (0.02, lambda case: any(one.withdrawn for one in case.consents), 0.5),
        (0.05, lambda case: any(not one.confirmed_by for one in case.risk_assessments), 0.5),
        (0.3, lambda case: case.events, 0.9),
        (0.02, lambda case: any(one.filed.corrects for one in case.events), 0.4),
        (0.02, lambda case: any(one.filed.same_as for one in case.events), 0.4),
        (0.3, lambda case: case.observations and case.measurements, 0.9),
        (0.3, lambda case: case.states, 0.9),
    ],
    ids=[
        "male",
        "birth_unknown",
        "sex_unknown",
        "languages_unknown",
        "several_stages",
        "no_sentence",
        "former_prisoner",
        "life_term",
        "end_unknown",
        "earliest_release",
        "enrolled",
        "only_referred",
        "course_ended",
        "refused",
        "withdrawn",
        "unconfirmed",
        "events",
        "corrected",
        "told_twice",
        "observed",
        "states",
    ],
)
def test_what_is_known_and_what_is_not_looks_like_people(
    least: float, of: Callable[[CaseFile], Any], most: float
) -> None:
    assert least <= share(of) <= most


def test_a_person_has_one_state_of_each_kind() -> None:
    kinds = XX.glossary.state_kinds
    states = [Dice(b"\x80" + bytes(31)) for _ in range(len(kinds) + 3)]
    case = life(XX, ON, Dice(b""), states, {})
    assert [one.kind for one in case.states] == [kind.id for kind in kinds]


def test_people_come_at_all_ages() -> None:
    born = [case.beneficiary[0].birth_date for case in PEOPLE]
    ages = sorted((ON - day).days // 365 for day in born if isinstance(day, date))
    assert 15 < ages[0] < 20
    assert 55 < ages[-1] < 95


QUICK = settings(max_examples=500, database=None, deadline=None)


@pytest.mark.no_cover  # it shrinks
def test_the_simplest_person_has_four_records_and_a_failing_one_those_that_matter() -> None:
    simplest = find(cases("xx"), lambda case: True, settings=QUICK, random=Random(0))
    assert [name for name, _ in simplest.entries()] == [
        "beneficiary[0]",
        "legal_standings[0]",
        "placements[0]",
        "sentences[0]",
    ]
    told = find(cases(XX), lambda case: case.completions, settings=QUICK, random=Random(0))
    assert len(list(told.records())) == 7
    assert [len(told.referrals), len(told.enrolments), len(told.completions)] == [1, 1, 1]


def test_any_field_can_be_fixed_by_a_value_or_a_strategy() -> None:
    [other] = case_of().beneficiary
    drawn = st.just((evolve(other, sex=Sex.FEMALE),))
    only = settings(QUICK, phases=[Phase.generate])
    strategy = cases(XX, beneficiary=drawn, sentences=())
    case = find(strategy, lambda case: True, settings=only, random=Random(0))
    assert case.beneficiary == (evolve(other, sex=Sex.FEMALE),)
    assert case.sentences == ()
    person = find(beneficiaries(XX), lambda one: True, settings=only, random=Random(0))
    assert person.beneficiary_id == "person-1"


def test_a_field_that_a_case_file_does_not_have_is_refused() -> None:
    with pytest.raises(InputError, match="unknown_key"):
        cases(XX, sentence=())


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (Span(date(2026, 1, 31), OPEN), "Span(date(2026, 1, 31), Ending.OPEN)"),
        (Term(months=6), "Term(months=6)"),
        (Decimal("1.50"), "Decimal('1.50')"),
        ((), "()"),
        ((1,), "(1,)"),
        (("a", None), "('a', None)"),
        (frozenset({"b", "a"}), "frozenset({'a', 'b'})"),
        (frozenset[str](), "frozenset()"),
        (Sex.MALE, "Sex.MALE"),
    ],
)
def test_values_are_written_as_the_code_that_makes_them(value: object, code: str) -> None:
    assert as_code(value) == repr(Shown(value)) == code


def test_a_file_that_is_written_as_code_is_the_same_when_it_is_read() -> None:
    names = {**vars(records), **vars(days), **vars(vocabulary)}
    names |= {"Decimal": Decimal, "date": date, "Retraction": Retraction}
    for case in PEOPLE[:20]:
        assert eval(as_code(case), dict(names)) == case
        assert "case-1" in as_code(case)


def test_bytes_that_are_used_up_are_the_simplest_choice() -> None:
    dice = Dice(b"\xff\xff")
    assert [dice.below(10), dice.spent, dice.below(10), dice.pick("ab")] == [9, True, 0, "a"]


@settings(max_examples=25)
@given(st.data())
def test_files_of_every_country_are_sound(data: st.DataObject) -> None:
    country = data.draw(st.sampled_from(sorted(COUNTRIES)))
    COUNTRIES[country].check(data.draw(cases(COUNTRIES[country])))
