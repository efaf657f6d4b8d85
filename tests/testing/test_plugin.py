"""The plugin of pytest: which tests it adds, what they tell, and what an update writes."""

import shutil
import subprocess
import sys
import tomllib
from importlib.util import find_spec, module_from_spec
from pathlib import Path

import pytest

from rehabcore import jurisdictions
from rehabcore.testing import plugin
from rehabcore.testing.laws import items

pytest_plugins = ["pytester"]

PACKS = Path(jurisdictions.__file__).parent / "packs"
PROJECT = Path(__file__).parents[2] / "pyproject.toml"
GOLDEN = "cases/release.expected.json"
TRAP = '[[waivers]]\nlaw = "no_trap"\nabout = "settings.custody"\nreason = "Once it was one."\n'


def run(pytester: pytest.Pytester, *options: str) -> pytest.RunResult:
    return pytester.runpytest_inprocess("-p", plugin.__name__, "-p", "no:cacheprovider", *options)


@pytest.fixture
def folder(pytester: pytest.Pytester) -> Path:
    """A small pack of one's own, with golden cases of which one is not answered as expected."""
    own = pytester.path / "own"
    shutil.copytree(PACKS / "ge", own)
    golden = own / GOLDEN
    text = golden.read_text("utf-8")
    golden.write_text(text.replace('"not_met"', '"met"', 1), "utf-8")
    return own


def test_without_its_options_it_adds_nothing(pytester: pytest.Pytester) -> None:
    assert run(pytester).ret == pytest.ExitCode.NO_TESTS_COLLECTED


def test_without_its_options_it_loads_nothing() -> None:
    code = "import sys, rehabcore.testing.plugin; print(*sys.modules)"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name for name in shown.stdout.split() if name.split(".")[0] == "rehabcore"}
    assert loaded == {
        *("rehabcore", "rehabcore.strict", "rehabcore.strict.on_demand"),
        *("rehabcore.testing", "rehabcore.testing.plugin"),
    }
    assert "pytest" not in shown.stdout.split()


def test_a_bundled_country_passes(pytester: pytest.Pytester) -> None:
    result = run(pytester, "--rehabcore-country", "ro", "-v")
    result.assert_outcomes(passed=7)
    result.stdout.fnmatch_lines(["ro::no_trap-settings.* PASSED*"])


def test_what_fails_is_told_and_written_only_on_request(
    pytester: pytest.Pytester, folder: Path
) -> None:
    before = {path: path.read_text("utf-8") for path in folder.glob("cases/*.json")}
    result = run(pytester, "--rehabcore-country", "own", "-k", "golden")
    result.assert_outcomes(failed=1, passed=1)
    result.stdout.fnmatch_lines(
        ["*: expected met, found not_met", "golden-release: A golden case*"]
    )
    assert {path: path.read_text("utf-8") for path in before} == before

    result = run(pytester, "--rehabcore-country", "own", "-k", "golden", "--rehabcore-update")
    result.assert_outcomes(failed=1, passed=1)
    result.stdout.fnmatch_lines(
        ["written, to be reviewed:", f"--- {GOLDEN}", '-*"met"*', '+*"not_met"*']
    )
    changed = {path.name for path in before if path.read_text("utf-8") != before[path]}
    assert changed == {"release.expected.json"}
    run(pytester, "--rehabcore-country", "own", "-k", "golden").assert_outcomes(passed=2)


def test_what_is_waived_is_skipped_and_a_waiver_of_nothing_fails(
    pytester: pytest.Pytester, folder: Path
) -> None:
    with folder.joinpath("waivers.toml").open("a", encoding="utf-8") as waivers:
        waivers.write(TRAP)
    result = run(pytester, "--rehabcore-country", "own", "-k", "rules.ka or waivers_waive", "-rs")
    result.assert_outcomes(failed=1, passed=3, skipped=1)
    result.stdout.fnmatch_lines(["*it waives nothing*", "SKIPPED*The page was read in English*"])


def test_a_country_that_does_not_load_is_told(pytester: pytest.Pytester) -> None:
    result = run(pytester, "--rehabcore-country", "nowhere")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: nowhere: 1 problem*"])


def test_the_entry_point_names_the_module() -> None:
    entries = tomllib.loads(PROJECT.read_text("utf-8"))["project"]["entry-points"]
    assert entries["pytest11"] == {plugin.__name__: plugin.__name__}


def test_what_runs_before_coverage_is_measured_runs_once_more() -> None:
    """Else the lines of the plugin would seem untried."""
    spec = find_spec(plugin.__name__)
    assert spec is not None
    assert spec.loader is not None
    again = module_from_spec(spec)
    spec.loader.exec_module(again)
    assert again is not plugin


def test_the_parent_of_the_tests_collects_nothing(request: pytest.FixtureRequest) -> None:
    node = items.CountryNode.from_parent(request.session, name="own", nodeid="own")
    assert list(node.collect()) == []
