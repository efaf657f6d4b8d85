"""What ``pyproject.toml`` says of the project holds."""

import gc
import re
import sys
import tomllib
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from rehabcore.strict.version import __version__

ROOT = Path(__file__).parent.parent
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def test_the_version_of_the_project_is_stamped_on_results() -> None:
    assert PROJECT["version"] == __version__


def test_the_floors_that_are_declared_are_the_releases_that_are_tried() -> None:
    tried = (ROOT / "requirements" / "floors.txt").read_text()
    pinned = dict(re.findall(r"^([a-z-]+)==([0-9.]+[0-9])", tried, re.MULTILINE))
    floors = dict(one.split(">=") for one in PROJECT["dependencies"])
    assert list(floors) == list(pinned)
    assert all(f"{pinned[name]}.".startswith(f"{floor}.") for name, floor in floors.items())


def test_the_command_leads_to_the_command_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    module, name = PROJECT["scripts"]["rehabcore"].split(":")
    monkeypatch.setattr(sys, "argv", ["rehabcore", "jurisdictions", "list"])
    for setting in ("freeze", "set_threshold"):  # of a process that ends, as this one does not
        monkeypatch.setattr(gc, setting, lambda *_: None)
    with pytest.raises(SystemExit) as caught:
        getattr(import_module(module), name)()
    assert caught.value.code == 0
    assert "xx@" in capsys.readouterr().out
