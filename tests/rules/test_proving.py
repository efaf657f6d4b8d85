"""Several criteria judged together: each as it would be alone, and what they share only once."""

from typing import Any

import pytest

from rehabcore.rules.criteria import About, AllOf, Compare, Criterion, ask
from rehabcore.rules.facts import Known, Operator
from rehabcore.rules.judging.cells import CellsOfDay
from rehabcore.rules.judging.proving import LARGE, judge, judge_all
from rehabcore.rules.truth import Answer
from rehabcore.strict.problems import InputError
from tests.kit.builders import day, flag, span

ON = day("2026-06-15")
SHARED = ask(flag("a")).is_(True) | ask(flag("b")).is_(True)
ENDED = Compare(
    ask(flag("c")), Operator.IS, True, about=About(in_force=span("2020-01-01", "2021-01-01"))
)
RULES: tuple[Criterion, ...] = (SHARED & ask(flag("c")).is_(True), ~SHARED, SHARED, ENDED & SHARED)
CELLS = CellsOfDay(ON, lambda asked: Known(asked.fact.name == "a"))


def test_each_of_several_criteria_is_judged_as_alone() -> None:
    verdicts = judge_all(RULES, CELLS, on=ON)
    assert verdicts == tuple(judge(rule, CELLS, on=ON) for rule in RULES)
    assert [v.answer for v in verdicts] == [
        Answer.NOT_MET,
        Answer.NOT_MET,
        Answer.MET,
        Answer.MET,
    ]


def test_a_node_that_criteria_share_is_proved_once() -> None:
    one, other, shared, _ = judge_all(RULES, CELLS, on=ON)
    assert one.children[0] is other.children[0] is shared


def test_equal_nodes_keep_their_own_proofs() -> None:
    again = ask(flag("a")).is_(True) | ask(flag("b")).is_(True)
    one, other = judge_all((AllOf((SHARED,)), AllOf((again,))), CELLS, on=ON)
    assert one.children[0].criterion is SHARED
    assert other.children[0].criterion is again


@pytest.mark.parametrize("criteria", [(SHARED, 1), ("a",)])
def test_what_is_no_criterion_is_refused(criteria: Any) -> None:
    with pytest.raises(InputError) as raised:
        judge_all(criteria, CELLS, on=ON)
    assert [(p.code, p.path) for p in raised.value.problems] == [("wrong_type", "criteria")]


def test_cells_of_another_day_are_refused() -> None:
    with pytest.raises(InputError):
        judge_all(RULES, CELLS, on=day("2026-06-16"))


def test_a_large_catalogue_is_judged_like_any_other() -> None:
    verdicts = judge_all((SHARED,) * (LARGE + 1), CELLS, on=ON)
    assert set(map(id, verdicts)) == {id(verdicts[0])}
    assert verdicts[0] == judge(SHARED, CELLS, on=ON)
