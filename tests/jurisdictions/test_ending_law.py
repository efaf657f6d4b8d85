"""Law that ends: told before it does, with everything that rests on it."""

from pathlib import Path

import pytest
from attrs import evolve

from rehabcore import jurisdictions
from rehabcore.jurisdictions import Jurisdiction, ending_law
from rehabcore.rules.criteria import AllOf
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
ITSELF = ("work_start", "2027-01-01", "work_start")


@pytest.mark.parametrize(
    ("on", "within", "told"),
    [
        pytest.param("2026-09-01", Term(months=3), [UNUSED], id="not-yet"),
        pytest.param("2026-10-02", Term(days=90), [UNUSED], id="a-day-too-early"),
        pytest.param(
            "2026-10-03", Term(days=90), [UNUSED, REFORM, FIGURE, ITSELF], id="in-90-days"
        ),
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
    assert _told(local, "2026-10-03") == [UNUSED, REFORM, FIGURE, ITSELF]


CLAUSE = '{{ id = "{id}", {adult}, in_force = {{ start = {start}, end = {end} }} }}'


def test_what_ceases_to_be_in_force_is_told_unless_something_follows_it(tmp_path: Path) -> None:
    clauses = ", ".join(
        CLAUSE.format(id=name, adult=ADULT, start=start, end=end)
        for name, start, end in (
            ("past", "2020-01-01", "2026-01-01"),
            ("old", "2020-01-01", "2026-12-01"),
            ("new", "2026-12-01", "2026-12-15"),
        )
    )
    single = CLAUSE.format(id="single", adult=ADULT, start="2020-01-01", end="2026-12-20")
    entry = f"[entry]\ndrop_in = {{ all = [{clauses}] }}\nhousing_advice = {single}\n"
    country = overlay(tmp_path, entry=entry)
    assert _told(country, "2026-11-01") == [
        ("new", "2026-12-15", "drop_in"),
        ("single", "2026-12-20", "housing_advice"),
        ITSELF,
    ]
    assert {law.lapses for law in ending_law(country, on=day("2026-11-01"))} == {True}


def test_the_rule_that_the_person_lives_is_not_told_to_end(tmp_path: Path) -> None:
    entry = f"{UNTIL_2027}, {ADULT}"
    country = overlay(tmp_path, entry=f'[entry]\nhousing_advice = {{ id = "single", {entry} }}\n')
    program = next(one for one in country.programs if one.program_id == "housing_advice")
    assert isinstance(program.entry, AllOf)
    alone = evolve(country, programs=(evolve(program, entry=program.entry.parts[-1]),))
    assert alone.admissions[program.program_id].parts[-1].about.id == "alive"
    assert _told(alone, "2026-11-01") == [("single", "2027-01-01", "housing_advice")]


def test_figures_of_dosage_end_too(tmp_path: Path) -> None:
    rnr = XX_FOLDER.joinpath("rnr.toml").read_text("utf-8")
    ended = rnr.replace('end = "open" }', "end = 2026-01-01 }")
    assert _told(overlay(tmp_path, rnr=ended), "2026-01-01") == [("dosage", "2026-01-01", "")]


@pytest.mark.parametrize("name", jurisdictions.bundled())
def test_of_a_bundled_country_only_one_invented_programme_ends(name: str) -> None:
    told = _told(jurisdictions.load(name), "2026-11-30", within=Term(years=10))
    assert told == ([ITSELF] if name.startswith("xx") else [])
