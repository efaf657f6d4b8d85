"""Kleene's tables, as ELIGIBILITY.md section 5.1 states them."""

from itertools import product

import pytest

from rehabcore.rules.truth import Answer, UnknownKind, at_least, opposite
from rehabcore.strict.problems import InputError

T, F, U = Answer.MET, Answer.NOT_MET, Answer.UNKNOWN


def _id(answers: tuple[Answer, ...]) -> str:
    return "-".join(answer.value for answer in answers)


@pytest.mark.parametrize(
    ("answer", "expected"), [(T, F), (F, T), (U, U)], ids=lambda answer: str(answer.value)
)
def test_opposite(answer: Answer, expected: Answer) -> None:
    assert opposite(answer) is expected


ALL = {
    (T, T): T,
    (T, F): F,
    (T, U): U,
    (F, T): F,
    (F, F): F,
    (F, U): F,
    (U, T): U,
    (U, F): F,
    (U, U): U,
}
ANY = {
    (T, T): T,
    (T, F): T,
    (T, U): T,
    (F, T): T,
    (F, F): F,
    (F, U): U,
    (U, T): T,
    (U, F): U,
    (U, U): U,
}


@pytest.mark.parametrize("pair", ALL, ids=_id)
def test_all_of_two_is_two_of_two(pair: tuple[Answer, Answer]) -> None:
    assert at_least(2, pair) is ALL[pair]


@pytest.mark.parametrize("pair", ANY, ids=_id)
def test_any_of_two_is_one_of_two(pair: tuple[Answer, Answer]) -> None:
    assert at_least(1, pair) is ANY[pair]


TWO_OF_THREE: dict[tuple[Answer, ...], Answer] = {
    (T, T, T): T,
    (T, T, U): T,
    (T, T, F): T,
    (T, U, U): U,
    (T, U, F): U,
    (T, F, F): F,
    (U, U, U): U,
    (U, U, F): U,
    (U, F, F): F,
    (F, F, F): F,
}


@pytest.mark.parametrize("answers", TWO_OF_THREE, ids=_id)
def test_two_of_three(answers: tuple[Answer, ...]) -> None:
    assert at_least(2, answers) is TWO_OF_THREE[answers]


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_k_of_four_is_met_by_k_met_and_refused_once_k_cannot_be_met(count: int) -> None:
    for answers in product(Answer, repeat=4):
        met, refused = answers.count(T), answers.count(F)
        expected = T if met >= count else F if 4 - refused < count else U
        assert at_least(count, answers) is expected


def test_answers_may_be_given_one_by_one() -> None:
    assert at_least(1, iter([F, T])) is T


def test_wire_values_of_answers_and_of_not_knowing() -> None:
    assert [answer.value for answer in Answer] == ["met", "not_met", "unknown"]
    assert [kind.value for kind in UnknownKind] == ["missing", "stale", "disputed", "needs_person"]


@pytest.mark.parametrize("answer", Answer)
def test_an_answer_is_neither_true_nor_false(answer: Answer) -> None:
    with pytest.raises(InputError, match=r"expected a comparison, such as: answer is Answer\.MET"):
        bool(answer)


def test_an_answer_is_equal_to_its_wire_value_and_is_told_as_it() -> None:
    assert [answer == answer.value == f"{answer}" for answer in Answer] == [True] * 3
