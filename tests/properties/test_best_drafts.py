"""The draft is the best of all plans by the order of merit, whatever the order of the file."""

import random
import re
from typing import Any

import pytest
from attrs import evolve, fields

import rehabcore as rc
from rehabcore.care.plans.drafting.choosing import best
from rehabcore.records import CaseFile
from tests.kit import drafts as kit
from tests.kit.best_drafts import COUNT, compared
from tests.kit.drafting import best_of_all, naive, random_task
from tests.kit.golden_plans import CASES, ON
from tests.kit.pages import page

NOT_THE_BEST: list[int] = []
"""The numbers of the people who do not get the best plan: at most 1 in 100."""
TASKS = 300
PAGE = page("explanation/drafts.md")


def test_whole_drafts_are_the_best_where_a_naive_way_misses_it() -> None:
    found = compared(lambda given: frozenset(kit.draft_of(given).programs))
    assert found.drafted == NOT_THE_BEST
    assert len(found.drafted) <= 0.01 * COUNT
    assert len(found.naively) >= 0.3 * COUNT
    assert _told("whole drafts") == (COUNT, len(found.naively), len(found.drafted))


def test_the_search_finds_the_best_where_the_naive_way_misses_it() -> None:
    draw = random.Random(20261116)
    missed, naively = [], 0
    for number in range(TASKS):
        task = random_task(draw)
        optimum = best_of_all(task)
        if best(task).standing != optimum:
            missed.append(number)
        naively += naive(task) != optimum
    assert missed == NOT_THE_BEST
    assert naively >= 0.3 * TASKS
    assert _told("choices among options") == (TASKS, naively, len(missed))


def _told(what: str) -> tuple[int, ...]:
    """The figures of a row of the page: how many, naively missed, missed by the draft."""
    [row] = re.findall(rf"^\| {what}[^|]*\| (\d+) \| (\d+) \| (\d+) \|$", PAGE, re.MULTILINE)
    return tuple(map(int, row))


def _turned(case: CaseFile) -> CaseFile:
    """The same file with every list of records in the reverse order."""
    lists: dict[str, Any] = {
        one.name: getattr(case, one.name)[::-1]
        for one in fields(CaseFile)
        if isinstance(getattr(case, one.name), tuple)
    }
    return evolve(case, **lists)


@pytest.mark.parametrize("name", CASES["xx"])
def test_the_order_of_a_case_file_makes_no_difference(name: str) -> None:
    for country, cases in CASES.items():
        one, loaded = cases[name], rc.load(country)
        drafted = rc.plan(one, loaded, on=ON).content
        assert rc.plan(_turned(one), loaded, on=ON).content == drafted
