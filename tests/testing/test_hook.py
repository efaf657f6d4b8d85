"""What ``import hypothesis`` loads of the library, and what ``st.from_type`` then gives."""

import subprocess
import sys
import tomllib
from importlib.util import find_spec, module_from_spec
from pathlib import Path

import pytest
from hypothesis import Phase, find, settings
from hypothesis import strategies as st

from rehabcore.records import CaseFile
from rehabcore.testing.hook import offer, strategy_of
from rehabcore.testing.strategies.types import STRATEGIES

ENTRY = tomllib.loads(Path(__file__).parents[2].joinpath("pyproject.toml").read_text("utf-8"))
ONE = settings(max_examples=5, database=None, deadline=None, phases=[Phase.generate])
EARLY = (
    "rehabcore",
    "rehabcore.strict",
    "rehabcore.strict.on_demand",
    "rehabcore.testing",
    "rehabcore.testing.hook",
)
"""The modules that Hypothesis loads, in every process that imports it."""

AS_INSTALLED = """
import sys, tempfile, pathlib
folder = pathlib.Path(tempfile.mkdtemp()) / "early-1.dist-info"
folder.mkdir()
(folder / "METADATA").write_text("Metadata-Version: 2.1\\nName: early\\nVersion: 1\\n")
(folder / "entry_points.txt").write_text("[hypothesis]\\nearly = rehabcore.testing.hook:offer\\n")
sys.path.insert(0, str(folder.parent))
import hypothesis
print(*sorted(name for name in sys.modules if name.split(".")[0] == "rehabcore"))
from hypothesis import given, settings, strategies as st
from rehabcore.records import CaseFile
seen = []
@settings(max_examples=3, database=None)
@given(st.from_type(CaseFile))
def test(case):
    seen.append(case)
    assert case.placements
test()
print(len(seen))
"""


def test_hypothesis_loads_the_hook_alone_and_finds_strategies_without_an_import_of_ours() -> None:
    run = subprocess.run(
        [sys.executable, "-c", AS_INSTALLED], capture_output=True, text=True, check=True
    )
    loaded, number = run.stdout.splitlines()
    assert tuple(loaded.split()) == EARLY
    assert number == "3"


def test_the_entry_point_names_the_hook() -> None:
    assert ENTRY["project"]["entry-points"]["hypothesis"] == {
        "rehabcore": f"{offer.__module__}:{offer.__name__}"
    }


@pytest.mark.parametrize("name", EARLY)
def test_what_runs_before_coverage_is_measured_runs_once_more(name: str) -> None:
    """Else the lines of these modules would seem untried, or would have to be left out."""
    spec = find_spec(name)
    assert spec is not None
    assert spec.loader is not None
    again = module_from_spec(spec)
    spec.loader.exec_module(again)
    assert set(vars(again)) - {"__cached__"} <= set(vars(sys.modules[name])) | {"names_on_demand"}
    assert again is not sys.modules[name]


@pytest.mark.parametrize("kind", STRATEGIES, ids=lambda kind: kind.__name__)
def test_every_type_that_is_registered_is_drawn(kind: type) -> None:
    offer()
    drawn = find(st.from_type(kind), lambda made: True, settings=ONE)
    assert isinstance(drawn, kind)


def test_types_of_others_and_those_without_a_strategy_are_left_to_hypothesis() -> None:
    assert strategy_of(int) is None
    assert strategy_of(type(CaseFile)) is None
    assert strategy_of(offer) is None
