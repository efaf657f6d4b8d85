"""Mistakes that public scorers of these instruments make, each shown not to be made here."""

from math import log

import pytest

from rehabcore import instruments
from rehabcore.instruments.model.expressions import names_in
from rehabcore.rules.sources import Status
from rehabcore.strict.problems import InputError
from tests.kit.instrument_forms import ASI_OF_NO_ALCOHOL, PSA_OF_NOTHING, scored

AUDIT = {str(number): 0 for number in range(1, 11)}
NO_TO_ALL = {str(number): 0 for number in range(1, 11)}
TOOLS = (
    "asi-alcohol",
    "asi-drug",
    "asi-medical",
    "assist-3.1",
    "audit",
    "audit-c",
    "cudit-r",
    "dast-10",
    "dudit",
    "nods",
    "pgsi",
    "psa",
    "sds",
    "tcuds-5",
)


def test_three_violent_convictions_are_more_than_one() -> None:
    one, three = (scored("psa", {**PSA_OF_NOTHING, "prior_violent_convictions": n}) for n in (1, 3))
    for scale in ("nca_raw", "nvca_raw"):
        assert (one.score(scale).value, three.score(scale).value) == (1, 2)


@pytest.mark.parametrize("item", ["4", "5", "6", "7", "8", "9", "10"])
def test_audit_c_has_no_items_after_the_third(item: str) -> None:
    with pytest.raises(InputError, match=rf"the item {item};"):
        scored("audit-c", {"1": 1, "2": 1, "3": 1, item: 0})


@pytest.mark.parametrize("tool", TOOLS)
def test_every_item_of_the_form_is_scored_or_opens_what_is(tool: str) -> None:
    instrument = instruments.find(tool)
    read = {name for scale in instrument.scales for name in names_in(scale.of)}
    read |= {gate.item for gate in instrument.gates}
    assert {name for items in instrument.items for name in items.numbers} <= read


@pytest.mark.parametrize("answer", [1, 3])
@pytest.mark.parametrize("item", ["9", "10"])
def test_audit_answers_between_0_2_and_4_do_not_exist(item: str, answer: int) -> None:
    with pytest.raises(InputError) as refused:
        scored("audit", {**AUDIT, item: answer})
    assert [(p.path, p.code) for p in refused.value.problems] == [
        (f"answers.{item}", "unknown_value")
    ]


def test_all_refused_answers_are_named_at_once() -> None:
    with pytest.raises(InputError) as refused:
        scored("audit", {**AUDIT, "1": 5, "9": 1, "10": 3, "11": 0})
    paths = [problem.path for problem in refused.value.problems]
    assert paths == ["answers.1", "answers.9", "answers.10", "answers"]


@pytest.mark.parametrize(
    ("third", "keyed", "total"), [(0, False, 1), (1, False, 0), (0, True, 0), (1, True, 1)]
)
def test_dast_10_raw_and_keyed_answers_give_two_known_results(
    third: int, keyed: bool, total: int
) -> None:
    result = scored("dast-10", {**NO_TO_ALL, "3": third}, keyed=keyed)
    assert result.score("total").value == total
    assert result.request.keyed is keyed


@pytest.mark.parametrize(
    ("substance", "most"), [("cannabis", 39), ("alcohol", 39), ("tobacco", 31)]
)
def test_assist_score_is_at_most_39_and_31_for_tobacco(substance: str, most: int) -> None:
    asked = "234" if substance == "tobacco" else "2345"
    answers = {**dict.fromkeys(asked, 4), "6": "past3m", "7": "past3m"}
    choices = {"substance": substance}
    assert scored("assist-3.1", answers, choices=choices).score("score").value == most
    nothing = scored("assist-3.1", {}, choices=choices).score("score")
    assert (nothing.value, nothing.low, nothing.high) == (None, 0, most)


def test_assist_item_5_is_not_asked_for_tobacco() -> None:
    with pytest.raises(InputError) as refused:
        scored("assist-3.1", {"5": 0}, choices={"substance": "tobacco"})
    assert [problem.code for problem in refused.value.problems] == ["not_asked"]


def test_asi_alcohol_passes_1_when_much_money_is_spent_and_says_so() -> None:
    answers = {"bothered": 4, "importance": 4, "money_usd": 5_000}
    answers |= dict.fromkeys(("alcohol_days", "intoxication_days", "problem_days"), 30)
    result = scored("asi-alcohol", {**ASI_OF_NO_ALCOHOL, **answers})
    composite = 5 / 6 + log(5_001) / 44
    assert composite > 1
    assert result.score("score").value == pytest.approx(composite, abs=1e-12)
    assert "never_clamped" in result.policies


@pytest.mark.parametrize(
    ("tool", "licence", "tiers"),
    [
        ("asi-alcohol", "public_domain", "R"),
        ("asi-drug", "public_domain", "R"),
        ("asi-medical", "public_domain", "R"),
        ("assist-3.1", "free_noncommercial", "A"),
        ("audit", "free_noncommercial", "AT"),
        ("audit-c", "free_noncommercial", "A"),
        ("cudit-r", "free_with_citation", "A"),
        ("dast-10", "free_noncommercial", "AT"),
        ("dudit", "free_with_citation", "A"),
        ("nods", "free_with_citation", "A"),
        ("pgsi", "free_with_citation", "AO"),
        ("psa", "user_licence", "AT"),
        ("sds", "free_with_citation", "A"),
        ("tcuds-5", "free_noncommercial", "A"),
    ],
)
def test_file_that_nobody_compared_with_the_original_is_a_draft_and_says_its_terms(
    tool: str, licence: str, tiers: str
) -> None:
    instrument = instruments.find(tool)
    assert instrument.status is Status.DRAFT
    assert instrument.licence.licence_class == licence
    assert {origin.tier.value for origin in instrument.origins} == set(tiers)
    assert not instrument.rests_on_unread
