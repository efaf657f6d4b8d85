"""When a plan is reviewed, and which policies on it make no sense."""

from collections.abc import Callable
from datetime import date

import pytest
from attrs import evolve

from rehabcore.care.plans.policy import PlanPolicy, ReviewNearRelease
from rehabcore.care.plans.reviews import next_review
from rehabcore.rules.sources import Text
from rehabcore.rules.time.days import Term
from rehabcore.strict.problems import InputError

ON = date(2026, 11, 16)


def _row(within: int, every: int) -> ReviewNearRelease:
    return ReviewNearRelease(release_within=Term(months=within), review_every=Term(months=every))


POLICY = PlanPolicy(
    component_of=Text.of(en="Plan"),
    review_every=Term(months=6),
    near_release=(_row(12, 3), _row(2, 1)),
)


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({}, date(2027, 5, 16)),
        ({"release": date(2027, 11, 17)}, date(2027, 5, 16)),
        ({"release": date(2027, 11, 16)}, date(2027, 2, 16)),
        ({"release": date(2027, 1, 16)}, date(2026, 12, 16)),
        ({"sentence_end": date(2026, 12, 1)}, date(2026, 12, 1)),
        ({"assessed_until": date(2026, 12, 2)}, date(2026, 12, 2)),
        ({"assessed_until": ON}, date(2027, 5, 16)),  # it is overdue, and told elsewhere
    ],
)
def test_the_review_is_the_earliest_day_that_anything_asks_for(
    known: dict[str, date], expected: date
) -> None:
    assert next_review(POLICY, ON, **known) == expected


def test_nothing_stated_and_a_day_beyond_all_years_are_no_review() -> None:
    silent = evolve(POLICY, review_every=None, near_release=())
    assert next_review(silent, ON) is None
    assert next_review(evolve(silent, review_every=Term(years=190)), ON) is None


def _said(make: Callable[[], object]) -> list[tuple[str, str]]:
    with pytest.raises(InputError) as caught:
        make()
    return [(problem.code, problem.path) for problem in caught.value.problems]


def test_terms_are_a_day_long_at_least_and_shrink_as_release_nears() -> None:
    assert _said(lambda: evolve(_row(1, 1), release_within=Term(), review_every=Term())) == [
        ("out_of_range", "release_within"),
        ("out_of_range", "review_every"),
    ]
    assert _said(lambda: evolve(POLICY, answer_within=Term())) == [
        ("out_of_range", "answer_within")
    ]
    assert _said(lambda: evolve(POLICY, near_release=(_row(12, 7),))) == [
        ("out_of_range", "near_release[0]")
    ]
    rows = (_row(12, 3), _row(12, 2), _row(2, 4))
    assert _said(lambda: evolve(POLICY, near_release=rows)) == [
        ("out_of_range", "near_release[1]"),
        ("out_of_range", "near_release[2]"),
    ]
    assert evolve(POLICY, review_every=None).near_release == POLICY.near_release
