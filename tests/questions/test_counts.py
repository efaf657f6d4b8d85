"""Counting, where no record of a case file shows it: days on which nothing can count."""

from rehabcore.questions.counting.counts import Counted, count
from rehabcore.rules.facts import Assumption, Known, Unknown
from rehabcore.rules.truth import UnknownKind
from tests.kit.builders import day


def test_what_ends_on_the_day_on_which_it_begins_never_counts() -> None:
    start = day("2026-03-01")
    counted = count([Counted(ids=("r-1",), start=start, end=start, least=1, most=1)])
    assert counted.at(start) == Known(0, assumption=Assumption.NONE_ON_FILE)
    assert counted.changes() == ()


def test_what_surely_counts_from_some_day_on_may_count_before() -> None:
    first, sure = day("2026-03-01"), day("2026-03-05")
    one = Counted.perhaps(("r-1",), (first, None), (sure, None), UnknownKind.MISSING)
    counted = count(one)
    assert counted.at(first) == Unknown(UnknownKind.MISSING, evidence=("r-1",), between=(0, 1))
    assert counted.at(sure) == Known(1, evidence=("r-1",), assumption=Assumption.NONE_ON_FILE)
    assert counted.changes() == (first, sure)
