"""What every instrument says of itself in numbers: its window, its direction, its ranges."""

from typing import Any

import pytest

from rehabcore import instruments
from rehabcore.instruments.checks.ranges import ranges_of
from rehabcore.instruments.engine.numbers import ends_of
from rehabcore.strict.problems import InputError, Problems
from tests.kit.instrument_forms import scored

DAYS = {
    "asi-alcohol": 30,
    "asi-drug": 30,
    "asi-medical": 30,
    "ces-d": 7,
    "gad-7": 14,
    "k6": 30,
    "phq-2": 14,
    "phq-9": 14,
}
MONTHS = {
    "assist-3.1": 3,
    "audit": 12,
    "audit-c": 12,
    "cudit-r": 6,
    "dast-10": 12,
    "dudit": 12,
    "pc-ptsd-5": 1,
    "pcl-5": 1,
    "pgsi": 12,
    "sds": 12,
}
BETTER = {"cmr", "rses", "urica", "whoqol-bref"}
NEITHER = {
    "socrates-8",  # to be ambivalent is neither
    "uk-ew/pni@accredited-programmes",
    "uk-ew/pni@hmpps-arns",
    "uk-ew/tier@hmpps-tier-v3",
}
UNREACHED = {
    ("asi-alcohol", "score"),  # above 1 where much money is spent
    ("uk-ew/ogrs3@hmpps-arns-gen1", "z"),
    ("uk-ew/ogrs3@hmpps-arns-gen1", "one_year_pct"),  # any percentage can be read, 1 to 99 comes
    ("uk-ew/ogrs3@hmpps-arns-gen1", "two_year_pct"),
    ("uk-ew/ogrs3@rsr-calculator", "z"),
}
"""Scales that state another range than the one in which their numbers lie."""


@pytest.mark.parametrize("name", instruments.names())
def test_window_of_an_instrument_is_the_published_one(name: str) -> None:
    validity = instruments.find(name).validity
    assert (validity.recall_days, validity.recall_months) == (DAYS.get(name), MONTHS.get(name))


@pytest.mark.parametrize("name", instruments.names())
def test_more_is_worse_but_for_a_few(name: str) -> None:
    assert instruments.find(name).worse is (None if name in NEITHER else name not in BETTER)


@pytest.mark.parametrize("name", instruments.names())
def test_range_of_a_scale_is_what_its_answers_reach(name: str) -> None:
    instrument = instruments.find(name)
    reached = ranges_of(instrument, Problems()).all
    other = {
        (name, scale.name)
        for scale in instrument.scales
        if scale.range and reached[scale.name] != ends_of(scale.range)
    }
    assert other == {scale for scale in UNREACHED if scale[0] == name}


@pytest.mark.parametrize("name", sorted({name for name, _ in UNREACHED}))
def test_stated_range_that_is_not_reached_is_the_published_one(name: str) -> None:
    stated = {
        "score": (0, 1),
        "z": (-745, 706),
        "one_year_pct": (0, 100),
        "two_year_pct": (0, 100),
    }
    for scale in instruments.find(name).scales:
        if (name, scale.name) in UNREACHED:
            assert scale.range == stated[scale.name]


@pytest.mark.parametrize(
    ("name", "item", "low", "high"),
    [
        ("asi-alcohol", "alcohol_days", 0, 30),
        ("asi-drug", "problem_days", 0, 30),
        ("asi-medical", "days", 0, 30),
        ("psa", "age_at_arrest", 0, 150),
        ("audit", "1", 0, 4),
    ],
)
def test_answer_beyond_the_first_or_last_is_refused(
    name: str, item: str, low: int, high: int
) -> None:
    def refused(answer: Any) -> list[str]:
        try:
            scored(name, {item: answer})
        except InputError as error:
            return [problem.path for problem in error.problems]
        return []

    found = [refused(answer) for answer in (low - 1, low, high, high + 1)]
    assert found == [[f"answers.{item}"], [], [], [f"answers.{item}"]]
