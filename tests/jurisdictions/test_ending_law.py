"""Law that ends: told before it does, with everything that rests on it."""

from datetime import date
from pathlib import Path

import pytest

from rehabcore import jurisdictions
from rehabcore.jurisdictions import Jurisdiction, ending_law
from rehabcore.rules.time.days import Term
from tests.kit.builders import day
from tests.kit.overlays import overlay

XX_FOLDER = Path(jurisdictions.__file__).parent / "packs" / "xx"
UNTIL_2027 = "in_force = { start = 2020-01-01, end = 2027-01-01 }"
PARAMETERS = f"""
[parameters.visits]
versions = [{{ value = 3, {UNTIL_2027} }}]
[parameters.unused]
clock = "offence"
versions = [{{ value = 3, in_force = {{ start = 2020-01-01, end = 2026-01-01 }} }}]
[parameters.declared]
versions = [
  {{ value = 3, {UNTIL_2027} }},
  {{ gap = true, in_force = {{ start = 2027-01-01, end = "open" }} }},
]
"""
VISITS = (
    'fact = "events", kind = "sanction", within = "1 year", ageing = "exclusive", '
    'at_most = { parameter = "visits" }'
)
ADULT = 'fact = "age", at_least = "18 years"'
ENTRY = f"""
[entry]
drop_in = {{ id = "few", {VISITS} }}
work_start = {{ id = "few", {VISITS} }}
housing_advice = {{ id = "reform", versions = [{{ {UNTIL_2027}, {ADULT} }}] }}
[entry.relapse_prevention]
id = "old"
versions = [
  {{ in_force = {{ start = 2020-01-01, end = 2026-01-01 }}, {ADULT} }},
  {{ in_force = {{ start = 2026-01-01, end = 2027-03-01 }}, {ADULT} }},
]
"""
DERIVED = f"""
[[scores]]
id = "points"
title = {{ en = "Points" }}
parts = [{{ points = 1, when = {{ {VISITS} }} }}]
"""


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Jurisdiction:
    return overlay(
        tmp_path_factory.mktemp("local"), parameters=PARAMETERS, entry=ENTRY, derived=DERIVED
    )


def _told(country: Jurisdiction, on: str, **asked: Term) -> list[tuple[str, str, str]]:
    found = ending_law(country, on=day(on), **asked)
    return [(law.law, law.ends.isoformat(), " ".join(law.stops)) for law in found]


UNUSED = ("unused", "2026-01-01", "")
REFORM = ("reform", "2027-01-01", "housing_advice")
FIGURE = ("visits", "2027-01-01", "drop_in score_points")
"""Not ``work_start``: it ends itself on that day, and then nobody asks what is law in it."""


@pytest.mark.parametrize(
    ("on", "within", "told"),
    [
        pytest.param("2026-09-01", Term(months=3), [UNUSED], id="not-yet"),
        pytest.param("2026-10-02", Term(days=90), [UNUSED], id="a-day-too-early"),
        pytest.param("2026-10-03", Term(days=90), [UNUSED, REFORM, FIGURE], id="in-90-days"),
        pytest.param(
            "2027-01-01",
            Term(months=2),
            [UNUSED, REFORM, FIGURE, ("old", "2027-03-01", "relapse_prevention")],
            id="ended",
        ),
        pytest.param("2019-01-01", Term(days=0), [], id="before-everything"),
    ],
)
def test_law_is_told_that_ends_within_a_term_or_has_ended(
    local: Jurisdiction, on: str, within: Term, told: list[tuple[str, str, str]]
) -> None:
    assert _told(local, on, within=within) == told


def test_ninety_days_are_looked_ahead_if_nothing_is_said(local: Jurisdiction) -> None:
    assert _told(local, "2026-10-02") == [UNUSED]
    assert _told(local, "2026-10-03") == [UNUSED, REFORM, FIGURE]


def test_figures_of_dosage_end_too(tmp_path: Path) -> None:
    rnr = XX_FOLDER.joinpath("rnr.toml").read_text("utf-8")
    ended = rnr.replace('end = "open" }', "end = 2026-01-01 }")
    assert _told(overlay(tmp_path, rnr=ended), "2026-01-01") == [("dosage", "2026-01-01", "")]


@pytest.mark.parametrize("name", jurisdictions.bundled())
def test_no_law_of_a_bundled_country_ends(name: str) -> None:
    assert ending_law(jurisdictions.load(name), on=date(2026, 11, 30), within=Term(years=10)) == ()
