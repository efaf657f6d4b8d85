"""A country that is loaded again: kept while its files are the same, never mixed with another."""

import copy
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from rehabcore import jurisdictions
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.jurisdictions.reading.loading import read_country
from rehabcore.strict.problems import JurisdictionError
from tests.kit.overlays import PACK, overlay, overlay_in

RULES = '[rules.local]\nfact = "age"\nat_least = "{} years"\nstatus = "draft"'


def _about(country: Jurisdiction) -> str:
    return country.about.in_language("en")[0]


def test_a_country_is_kept_as_long_as_no_file_changes(tmp_path: Path) -> None:
    first = overlay(tmp_path, rules=RULES.format(16))
    again = jurisdictions.load(tmp_path)
    assert again is first
    (tmp_path / "rules.toml").write_text(RULES.format(17), "utf-8")
    changed = jurisdictions.load(tmp_path)
    assert changed.rules["local"] != first.rules["local"]
    (tmp_path / "rules.toml").write_text(RULES.format(16), "utf-8")
    assert jurisdictions.load(tmp_path) == first


def test_a_file_that_comes_or_goes_is_noticed(tmp_path: Path) -> None:
    assert "local" not in overlay(tmp_path).rules
    assert "local" in overlay(tmp_path, rules=RULES.format(16)).rules
    (tmp_path / "rules.toml").unlink()
    assert "local" not in jurisdictions.load(tmp_path).rules


def test_a_change_of_the_base_is_noticed(tmp_path: Path) -> None:
    base = PACK.replace('"local"', '"base"')
    overlay_in(tmp_path / "base", base)
    above = overlay_in(tmp_path / "above", PACK.replace('"xx"', '"../base"'))
    assert "local" not in jurisdictions.load(above).rules
    overlay_in(tmp_path / "base", base, rules=RULES.format(16))
    assert "local" in jurisdictions.load(above).rules


@pytest.mark.no_cover
def test_folders_of_different_content_are_never_mixed(tmp_path: Path) -> None:
    folders = [
        overlay_in(tmp_path / str(n), PACK.replace("Local rules.", f"Rules {n}."))
        for n in range(12)  # more than are kept
    ]
    with ThreadPoolExecutor(4) as pool:
        loaded = list(pool.map(jurisdictions.load, folders * 3))
    assert [_about(country) for country in loaded] == [f"Rules {n}." for n in range(12)] * 3


@pytest.mark.parametrize("name", jurisdictions.bundled())
def test_a_kept_country_equals_one_that_is_read_anew(name: str) -> None:
    kept = jurisdictions.load(name)
    anew = read_country(kept._tables)
    assert anew == kept
    assert anew is not kept


def test_no_tables_that_several_countries_read_are_changed() -> None:
    kept = jurisdictions.load("xx")
    before = copy.deepcopy([tables.files for tables in kept._tables])
    read_country(kept._tables)
    kept.with_program("drop_in", {"area": "thinking"})
    kept.with_parameter("adult_age", "19 years")
    assert [tables.files for tables in kept._tables] == before


def test_what_is_wrong_is_told_each_time(tmp_path: Path) -> None:
    overlay_in(tmp_path, rules="[rules.local]")
    for _ in range(2):
        with pytest.raises(JurisdictionError, match="rules"):
            jurisdictions.load(tmp_path)
