"""A plan's book takes what can be read, in its order."""

from datetime import date

import pytest
from attrs import evolve

from rehabcore.care.plans.book import (
    MOST_ENTRIES,
    AgreementAnswered,
    Noted,
    PlanAnswer,
    PlanBook,
    StepNoted,
)
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import CaseId, StaffId, StepId, StepStatus
from tests.kit.plans import DAY, book, noted


def test_entries_come_in_the_order_of_the_book() -> None:
    begun = StepNoted(
        noted=noted(2), version=1, step_id=StepId("peers/refer"), status=StepStatus.IN_PROGRESS
    )
    answer = AgreementAnswered(noted=noted(3), version=1, answer=PlanAnswer.AGREES)
    plan = evolve(book(), steps=(begun,), answers=(answer,))
    assert plan.entries == (*book().versions, begun, answer)
    assert repr(plan) == "<PlanBook of 1 versions>"


def test_places_are_without_gap() -> None:
    answer = AgreementAnswered(noted=noted(3), version=1, answer=PlanAnswer.AGREES)
    with pytest.raises(InputError, match="places 1 to 2, each once"):
        evolve(book(), answers=(answer,))


def test_a_book_has_a_limit() -> None:
    many = tuple(
        AgreementAnswered(noted=noted(2), version=1, answer=PlanAnswer.AGREES)
        for _ in range(MOST_ENTRIES)
    )
    with pytest.raises(InputError, match=f"{MOST_ENTRIES + 1} entries"):
        evolve(book(), answers=many)


def test_ids_are_not_empty() -> None:
    with pytest.raises(InputError) as caught:
        PlanBook(plan_id="", case_id=CaseId(""))
    assert [problem.path for problem in caught.value.problems] == ["plan_id", "case_id"]


@pytest.mark.parametrize("answer", PlanAnswer)
def test_only_who_agrees_need_not_say_why(answer: PlanAnswer) -> None:
    if answer is PlanAnswer.AGREES:
        AgreementAnswered(noted=noted(2), version=1, answer=answer)
    else:
        with pytest.raises(InputError, match="reason"):
            AgreementAnswered(noted=noted(2), version=1, answer=answer)


def test_an_entry_is_recorded_when_it_has_happened() -> None:
    with pytest.raises(InputError) as caught:
        Noted(place=0, on=DAY, recorded_on=date(2026, 11, 15), by=StaffId(""))
    said = [(problem.code, problem.path) for problem in caught.value.problems]
    assert said == [
        ("out_of_range", "by"),
        ("out_of_range", "place"),
        ("wrong_order", "recorded_on"),
    ]
