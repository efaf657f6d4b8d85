"""What a result would need to say more: answers, known codes, facts of the respondent."""

from datetime import date
from typing import Any

import pytest

from rehabcore.instruments import Respondent, find, lacking, read_instrument, score
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import Sex

ON = date(2026, 3, 1)
OGRS3 = {
    "gender": "FEMALE",
    "total_sanctions": 2,
    "age_at_first_sanction": 20,
    "age_at_followup": 30,
    "age_at_conviction": 29,
    "offence_category": "violence",
}


def told(name: str, answers: Any, **how: Any) -> list[tuple[str, str, str]]:
    """What a result of the library lacks."""
    result = score(find(name), answers, on=ON, **how)
    return [(one.name, one.why.value, one.expected) for one in lacking(result)]


@pytest.mark.parametrize("profile", ["rsr-calculator", "hmpps-arns-gen1"])
@pytest.mark.parametrize(
    ("gender", "why"),
    [(None, "no_answer"), *((code, "unknown_code") for code in ("female", "F", "OTHER", "na"))],
)
def test_a_sex_that_the_model_does_not_know_is_told_with_the_words_it_wants(
    profile: str, gender: str | None, why: str
) -> None:
    found = told(f"uk-ew/ogrs3@{profile}", {**OGRS3, "gender": gender})
    assert found == [("gender", why, "one of MALE, FEMALE")]


def test_nothing_is_lacking_of_a_complete_form() -> None:
    assert told("uk-ew/ogrs3@rsr-calculator", OGRS3) == []
    assert told("phq-9", {str(item): 1 for item in range(1, 10)}) == []


def test_items_without_an_answer_are_named_with_what_may_be_answered() -> None:
    answers = {str(item): 2 for item in range(1, 11) if item not in (4, 9)}
    assert told("audit", answers) == [
        ("4", "no_answer", "one of 0, 1, 2, 3, 4"),
        ("9", "no_answer", "one of 0, 2, 4"),
    ]


DUDIT = {str(item): 0 for item in range(1, 12)}


@pytest.mark.parametrize(
    ("name", "answers", "sex", "why"),
    [
        ("dudit", DUDIT, None, "not_stated"),
        ("dudit", DUDIT, Sex.OTHER, "not_covered"),
        ("dudit", DUDIT, Sex.MALE, None),
        ("audit-c", {"1": 1, "2": 1, "3": 1}, Sex.OTHER, "not_covered"),
        ("audit-c", {"1": 1, "2": 1, "3": 1}, Sex.FEMALE, None),
        ("audit-c", {"1": 1, "2": 1, "3": 1}, None, None),
    ],
)
def test_a_sex_that_norms_ask_for_is_told(
    name: str, answers: dict[str, int], sex: Sex | None, why: str | None
) -> None:
    expected = [("sex", why, "one of female, male")] if why else []
    assert told(name, answers, respondent=Respondent(sex=sex)) == expected


FORM = read_instrument(
    """
instrument = { id = "made", tool = "M", title = "Made", edition = "1", higher_means = "more" }
validity = { population = "nobody", administered_by = "anyone" }
licence = { class = "public_domain", holder = "none", notice = "Made for a test." }
source = [{ id = "s", cite = "this test", tier = "A" }, { id = "o", cite = "said", tier = "O" }]
items = [{ numbers = ["x", "y"], values = [0, 1, 2, 3, 4], sentinels = { 9 = "refused" } }]
norms.mean = [
  { when = { ages = [18, 24] }, value = 1, source = "s" },
  { when = { ages = [65, "open"], jurisdiction = "us-id" }, value = 2, source = "s" },
]
norms.believed = [{ value = 2, source = "o" }]
scales.raw = { sum = ["x", "y"], range = [0, 8] }
scales.above = { plus = ["raw"], minus = ["mean"] }
flags.over = { of = "raw", over = "believed", source = "s" }
[bands.level]
of = "raw"
[[bands.level.tables]]
when = { sex = ["female", "not_stated"], jurisdiction = ["us-id", "us-ny"] }
source = "s"
table = [{ from = 0, to = 8, label = "any" }]
"""
)
ALL = [
    ("age", "not_stated", "completed years 18-24, 65-"),
    ("jurisdiction", "not_stated", "one of us-id, us-ny"),
    ("sex", "not_stated", "one of female"),
]


@pytest.mark.parametrize(
    ("person", "names"),
    [
        (Respondent(), ["age", "jurisdiction", "sex"]),
        (Respondent(age=30), ["age", "jurisdiction", "sex"]),
        (Respondent(age=18, jurisdiction="us-ny", sex=Sex.FEMALE), []),
        (Respondent(age=24, jurisdiction="us-ny"), []),
        (Respondent(birth_date=date(1950, 1, 1), jurisdiction="us-id", sex=Sex.FEMALE), []),
        (Respondent(age=70, jurisdiction="us-id", sex=Sex.MALE), ["sex"]),
        (Respondent(age=70, jurisdiction="ro", sex=Sex.FEMALE), ["jurisdiction"]),
        (Respondent(age=25, jurisdiction="us-id", sex=Sex.FEMALE), ["age"]),
    ],
    ids=range(8),
)
def test_facts_of_the_respondent_are_told_where_norms_or_tables_ask(
    person: Respondent, names: list[str]
) -> None:
    result = score(FORM, {"x": 1, "y": 1}, on=ON, respondent=person)
    assert [one.name for one in lacking(result)] == names


def test_what_norms_and_tables_ask_is_told_in_words() -> None:
    result = score(FORM, {"x": 1, "y": 1}, on=ON)
    assert [(one.name, one.why.value, one.expected) for one in lacking(result)] == ALL


def test_an_answer_that_stands_for_a_reason_lacks_as_none_does() -> None:
    result = score(FORM, {"x": 9, "y": 1}, on=ON)
    assert [(one.name, one.why.value) for one in lacking(result)][:1] == [("x", "no_answer")]


@pytest.mark.parametrize("sex", ["F", "FEMALE", "female", 2])
def test_a_sex_that_is_none_of_the_closed_list_is_refused_with_its_words(sex: Any) -> None:
    with pytest.raises(InputError, match=r"sex: wrong_type: .* Sex \(female, male, other\) or"):
        Respondent(sex=sex)
