"""What is settled need by need is the best of all combinations, or is left to the search."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehabcore.care.plans.drafting import choosing, fewest
from rehabcore.care.plans.drafting.choosing import best
from rehabcore.care.plans.drafting.merit import standing, weights_of
from rehabcore.care.plans.drafting.options import ChoiceTask, Laid, Option
from tests.kit.drafting import MONDAY, best_of_all, possible, random_task


def _task(draw: random.Random) -> ChoiceTask:
    """A task of which most options have days of their own."""
    task = random_task(draw, most=7)
    free = (
        one._replace(after=0, held_by=0) if draw.random() < 0.9 else one for one in task.options
    )
    return task._replace(week=draw.choice([None, None, task.week]), options=tuple(free))


@settings(max_examples=60)
@given(st.integers(0, 10**9))
def test_what_is_settled_is_the_best_of_all_that_is_possible(seed: int) -> None:
    draw = random.Random(seed)
    task = _task(draw)
    settled = fewest.fewest(task)
    if settled is not None:
        assert standing(task, settled) == best_of_all(task)
    left_out = 1 << draw.randrange(len(task.options))
    early = fewest.fewest(task, without=left_out)
    all_of_them = [standing(task, one) for one in possible(task) if not _numbers(one) & left_out]
    if early is not None:
        assert standing(task, early) == max(all_of_them)
    before = -max(all_of_them).finish
    sooner = fewest.fewest(task, without=left_out, before=before)
    if sooner is not None:
        wanted = [one for one in all_of_them if -one.finish < before or not one.programs]
        assert standing(task, sooner) == max(wanted)


def _numbers(chosen: tuple[Laid, ...]) -> int:
    return sum(1 << (one.option or 0) for one in chosen)


def test_many_tasks_are_settled_without_a_search_and_the_rest_as_well_with_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    draw = random.Random(11)
    tasks = [_task(draw) for _ in range(60)]
    found = [best(task) for task in tasks]
    settled = sum(1 for task in tasks if fewest.fewest(task) is not None)
    assert 20 <= settled <= 40
    monkeypatch.setattr(fewest, "MOST_STEPS", -1)
    assert {fewest.fewest(task) for task in tasks} == {None}
    monkeypatch.setattr(choosing, "MOST_BRANCHES", 10_000)
    assert [best(task) for task in tasks] == found


WEEKS = Option(place=0, covers=1, minutes=240, days=28, opens=MONDAY)


def _of(*options: Option, to_reach: int = 0) -> list[int | None] | None:
    task = ChoiceTask(options=options, weights=weights_of([0, 0]), to_reach=to_reach)
    settled = fewest.fewest(task)
    return None if settled is None else [one.option for one in settled]


def test_the_fewest_are_taken_and_then_the_first_of_the_catalogue() -> None:
    both, other = WEEKS._replace(place=1, covers=3), WEEKS._replace(place=2, covers=2)
    assert _of(WEEKS, both, other) == [1]
    assert _of(WEEKS, both, other, to_reach=480) == [0, 1]
    assert _of() == []


def test_what_depends_on_others_is_left_to_the_search_if_it_could_be_in_time() -> None:
    waits = WEEKS._replace(place=1, covers=2, after=1)
    assert _of(WEEKS, waits) is None
    late = waits._replace(covers=1, opens=MONDAY + 1)
    assert _of(WEEKS, late) == [0]
    assert _of(WEEKS._replace(days=None)) is None


def test_what_excludes_another_is_settled_if_all_can_be_had_all_the_same() -> None:
    other = WEEKS._replace(place=1, covers=2)
    assert _of(WEEKS._replace(bars=2), other._replace(bars=1)) is None
    first, second = WEEKS._replace(place=2, bars=2), other._replace(bars=1)
    assert _of(first, second, WEEKS) == [1, 2]
