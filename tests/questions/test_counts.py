"""Counting, where no record of a case file shows it: days on which nothing can count."""

from rehabcore.questions.counting.counts import Counted, count
from rehabcore.rules.facts import Assumption, Known
from tests.kit.builders import day


def test_what_ends_on_the_day_on_which_it_begins_never_counts() -> None:
    start = day("2026-03-01")
    counted = count([Counted(ids=("r-1",), start=start, end=start, least=1, most=1)])
    assert counted.at(start) == Known(0, assumption=Assumption.NONE_ON_FILE)
    assert counted.changes() == ()
