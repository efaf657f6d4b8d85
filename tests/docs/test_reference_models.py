"""The guide to reference models tells in what two profiles of one model differ."""

import re

from rehabcore import instruments
from tests.kit.pages import page, section

PROFILES = ("uk-ew/pni@hmpps-arns", "uk-ew/pni@accredited-programmes")


def _asked(name: str) -> set[str]:
    return {number for group in instruments.find(name).items for number in group.numbers}


def test_items_of_one_profile_only_are_told_beside_those_of_the_other() -> None:
    table = section(page("how-to/reference-models.md"), f"| `{PROFILES[0]}`", "\n\n")
    cells = [line.strip("|").split("|") for line in table.splitlines()[2:]]
    first, second = map(_asked, PROFILES)
    for only, column in ((first - second, 0), (second - first, 1)):
        told = {name for row in cells for name in re.findall(r"`([a-z0-9_]+)`", row[column])}
        assert told - {"predictors"} == only


def test_the_profiles_share_sixteen_items() -> None:
    first, second = map(_asked, PROFILES)
    assert len(first & second) == 16
    assert "rsr" in first & second
