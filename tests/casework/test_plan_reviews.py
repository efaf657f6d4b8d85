"""A review proposes what a new assessment calls for, and lowers nothing silently."""

from datetime import date

import pytest
from attrs import evolve

import rehabcore as rc
from rehabcore.care import PlanAnswer, PlanLifeEvent, SignatureEvent, plan_history
from rehabcore.records import CaseFile
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import CaseId
from tests.kit.golden_plans import CASES, ON, XX_NEEDS
from tests.kit.record_makers import needs

XX, BY = rc.load("xx"), rc.StaffId("officer-1")
CASE = CASES["xx"]["adult_on_probation"]
DRAFT = rc.plan(CASE, XX, on=ON).content
LATER = date(2026, 4, 2)


def _reassessed(**levels: str) -> CaseFile:
    found = needs("needs-2", "2026-03-20", "2027-03-20", findings=XX_NEEDS | levels)
    return evolve(CASE, needs_assessments=(*CASE.needs_assessments, found))


def _signed() -> rc.PlanBook:
    """A plan that the person agreed to, and that is signed."""
    book = rc.open_plan("plan-1", CASE.case_id, DRAFT, on=ON, by=BY)
    book = rc.turn_plan(book, XX, PlanLifeEvent.PROPOSED, on=ON, by=BY)
    book = rc.answer(book, XX, PlanAnswer.AGREES, on=ON, by=BY)
    read = rc.content_hash(DRAFT)
    return rc.sign(book, XX, SignatureEvent.SIGNED, expects=read, role="officer", on=ON, by=BY)


def test_more_need_is_proposed_and_accepted_without_a_word() -> None:
    book, case = _signed(), _reassessed(work="high", housing="high")
    review = rc.review_plan(book, case, XX, on=LATER)
    told = rc.explain(review, country=XX)
    assert "Need: Housing: changed\n  - level: no need, now high need" in told
    assert "- Goal: Housing: new" in told
    assert (review.version, review.expects) == (1, rc.content_hash(DRAFT))
    assert "housing" in {need for goal in review.content.goals for need in goal.needs}


def test_less_need_is_proposed_and_lowers_nothing_without_a_reason() -> None:
    book, case = _signed(), _reassessed(attitudes="none", work="none")
    review = rc.review_plan(book, case, XX, on=LATER)
    assert "goal_removed" in {one.kind for one in review.lowered}
    told = rc.explain(review, country=XX)
    assert "It may be accepted only with a reason." in told
    assert "- Work and education: a goal that is taken away" in told
    assert "- A start at work: taken away" in told
    with pytest.raises(InputError, match="why: missing_key"):
        rc.amend(book, XX, review.content, expects=review.expects, on=LATER, by=BY)


def test_what_was_agreed_and_signed_stays() -> None:
    book, case = _signed(), _reassessed(attitudes="none", work="none")
    review = rc.review_plan(book, case, XX, on=LATER)
    why = "the needs are lower now"
    after = rc.amend(book, XX, review.content, expects=review.expects, on=LATER, by=BY, why=why)
    first, second = plan_history(after, on=LATER).versions
    assert (first.content, str(first.status)) == (DRAFT, "signed")
    assert (second.content, str(second.status)) == (review.content, "draft")
    assert (first.answers, first.signatures) == (
        plan_history(book, on=LATER).versions[0].answers,
        plan_history(book, on=LATER).versions[0].signatures,
    )


def test_without_anything_new_only_days_are_proposed() -> None:
    review = rc.review_plan(_signed(), CASE, XX, on=LATER)
    assert {one.kind.value for one in review.difference.changes} == {"changed"}


def test_nothing_is_told_as_less_where_nothing_is() -> None:
    review = rc.review_plan(_signed(), CASE, XX, on=ON)
    told = rc.explain(review, country=XX)
    assert told.startswith("Review of version 1\n")
    assert "What it asks less for" not in told


def test_a_plan_is_reviewed_with_its_own_case_and_on_a_day_that_it_has() -> None:
    book = _signed()
    with pytest.raises(InputError, match="on: out_of_range"):
        rc.review_plan(book, CASE, XX, on=date(2026, 3, 1))
    with pytest.raises(InputError, match=r"plan\.case_id: dangling_id"):
        rc.review_plan(book, evolve(CASE, case_id=CaseId("other")), XX, on=LATER)
