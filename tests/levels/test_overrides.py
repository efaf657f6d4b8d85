"""How often levels are overridden: counts, and nothing of whom."""

from fractions import Fraction

import pytest
from attrs import evolve

from rehabcore.levels.overrides import OverrideReport, override_report
from rehabcore.levels.policy import RiskPolicy
from rehabcore.rules.time.days import Span
from tests.kit.builders import case, day, span
from tests.kit.record_makers import XX, override, retraction, risk

POLICY = XX.risk_policy
FILES = [
    case(
        risk_assessments=(
            risk("a", "low", "2020-01-01"),
            risk("b", "high", "2020-06-01"),
            risk("c", "high", "2020-09-01"),
        ),
        level_overrides=(
            override("o", "a", "high", "2020-01-02", by="nino"),
            override("n", "a", "medium", "2020-02-01", by="otar"),
            override("m", "b", "low", "2020-06-01", by="nino"),
        ),
    ),
    case(
        risk_assessments=(
            risk("a", "medium", "2020-06-01"),
            risk("d", "low", "2020-06-01", confirmed=False),
            risk("e", None, "2020-06-01"),
        ),
        level_overrides=(
            override("p", "a", "low", "2020-06-01", by="nino", recorded_on="2020-07-01"),
            override("d-1", "d", "high", "2020-06-01"),
            override("e-1", "e", "high", "2020-06-01"),
        ),
    ),
]


def test_overrides_are_counted_over_all_files() -> None:
    assert override_report(FILES, POLICY) == OverrideReport(
        assessments=4,
        overridden=3,
        up=2,
        down=2,
        beyond=1,
        by_decider=(3, 1),
        most_share="1/10",
    )


@pytest.mark.parametrize(
    ("within", "assessments", "overridden"),
    [
        (span("2020-01-01", "2020-06-01"), 1, 1),
        (span("2020-06-01", "2020-09-01"), 2, 2),
        (span("2020-01-02"), 3, 2),
        (span("2021-01-01"), 0, 0),
    ],
)
def test_a_report_may_be_of_the_assessments_of_some_days(
    within: Span, assessments: int, overridden: int
) -> None:
    report = override_report(FILES, POLICY, within=within)
    assert (report.assessments, report.overridden) == (assessments, overridden)


@pytest.mark.parametrize(("known_at", "overridden"), [("2020-06-30", 2), ("2020-07-01", 3)])
def test_a_report_counts_what_was_known(known_at: str, overridden: int) -> None:
    assert override_report(FILES, POLICY, known_at=day(known_at)).overridden == overridden


def test_a_retracted_override_is_not_counted() -> None:
    file = evolve(FILES[0], retractions=(retraction("rt", "m"),))
    assert override_report([file], POLICY).down == 0


@pytest.mark.parametrize(
    ("overridden", "rate", "within_share"),
    [(1, Fraction(1, 20), True), (2, Fraction(1, 10), True), (3, Fraction(3, 20), False)],
)
def test_the_rate_is_set_against_the_share_that_the_country_allows(
    overridden: int, rate: Fraction, within_share: bool
) -> None:
    report = evolve(override_report([], POLICY), assessments=20, overridden=overridden)
    assert (report.rate, report.within_share) == (rate, within_share)


def test_where_nothing_was_assessed_or_no_share_is_published_nothing_is_judged() -> None:
    nobody, nothing = override_report([], POLICY), override_report(FILES, RiskPolicy())
    assert (nobody.rate, nobody.within_share) == (None, None)
    assert (nothing.rate, nothing.within_share) == (Fraction(3, 4), None)


def test_a_report_names_nobody() -> None:
    told = repr(override_report(FILES, POLICY))
    assert [name for name in ("nino", "otar", "staff") if name in told] == []
