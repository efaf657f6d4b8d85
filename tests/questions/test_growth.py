"""The steps that a family of facts takes grow about as the records do, also where these overlap.

Steps are calls of functions, so that no test depends on a time. They are counted for a file and for
one four times as large.
"""

from functools import partial
from math import log

import pytest

from benchmarks import large_files
from benchmarks.exponents import FAMILIES, reading
from benchmarks.large_files import Make
from tests.kit.record_makers import XX
from tests.kit.steps import steps_of

FEW, MANY = 20, 80
MOST = 1.3
"""The greatest exponent. Sorting takes more than its share, and a small file less than it."""

WORST = (
    ("setting", large_files.settings_of_many_offices),
    ("setting", large_files.institutions_in_a_row),
    ("states", large_files.contradicted_states),
    ("sentences", large_files.concurrent_sentences),
    ("sentences", large_files.sentences_of_one_day),
    ("sentences", large_files.sentences_of_unknown_end),
    ("offences", large_files.concurrent_sentences),
    ("risks", large_files.risks_of_many_instruments),
    ("risks", large_files.risks_of_one_instrument),
    ("events", large_files.sanctions_told_twice),
    ("events", large_files.sanctions_of_every_month),
    ("duties", large_files.visits_on_partial_days),
    ("deaths", large_files.deaths_told_by_ends),
    ("participation", large_files.enrolments_told_twice),
)
"""Families with the files that cost most before their facts were followed from day to day."""


def _steps(name: str, made: Make, count: int) -> int:
    """How many functions are called to read all facts of a family over all days."""
    case = made(count)
    # Days that are added up cost as much as the years that they lie in, whatever the records.
    facts = [one for one in FAMILIES[name].facts if not one[0].startswith("days_in")]
    reads = [partial(reading, XX, fact, given) for fact, given in facts]
    for read in reads:
        read(case)  # what is kept from now on is no step of this file
    return steps_of(lambda: [read(case) for read in reads])


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("name", "made"), WORST, ids=lambda one: one if isinstance(one, str) else one.__name__
)
def test_steps_grow_about_as_records_do(name: str, made: Make) -> None:
    few, many = (_steps(name, made, count) for count in (FEW, MANY))
    assert log(many / few) / log(MANY / FEW) < MOST
