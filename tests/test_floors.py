"""The oldest releases that are allowed are those that ``make floors`` tries."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_the_floors_that_are_declared_are_the_releases_that_are_tried() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    tried = (ROOT / "requirements" / "floors.txt").read_text()
    pinned = dict(re.findall(r"^([a-z-]+)==([0-9.]+[0-9])", tried, re.MULTILINE))
    assert [one.split(">=")[0] for one in declared] == list(pinned)
    for one in declared:
        name, floor = one.split(">=")
        assert f"{pinned[name]}.".startswith(f"{floor}."), name
