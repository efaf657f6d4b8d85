"""What importing the library costs and loads."""

import subprocess
import sys

import pytest

from rehabcore.strict.on_demand import class_named
from rehabcore.strict.problems import InputError

ALLOWED = {"attr", "attrs", "cattrs", "cattr", "dateutil", "six", "typing_extensions", "rehabcore"}

EVERY_MODULE = """
import importlib, pkgutil, rehabcore
for module in pkgutil.walk_packages(rehabcore.__path__, "rehabcore."):
    importlib.import_module(module.name)
"""


def _loaded_after(statement: str) -> set[str]:
    code = (
        f"import sys; before = set(sys.modules)\n{statement}\n"
        "print(' '.join(sorted(set(sys.modules) - before)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_every_room_loads_only_the_three_dependencies() -> None:
    loaded = _loaded_after(EVERY_MODULE)
    packages = {name.split(".")[0] for name in loaded}
    foreign = {
        name
        for name in packages
        if name not in ALLOWED and name not in sys.stdlib_module_names and name != "tzdata"
    }
    assert foreign == set()
    assert {"attr", "cattrs", "dateutil"} <= packages


def test_the_everyday_verbs_load_neither_the_instruments_nor_what_reports() -> None:
    loaded = _loaded_after("import rehabcore as rc; rc.load; rc.read; rc.match; rc.write")
    rooms = {".".join(name.split(".")[:2]) for name in loaded}
    assert {"rehabcore.casework", "rehabcore.exchange", "rehabcore.jurisdictions"} <= rooms
    assert not {"cattrs", "rehabcore.reports", "rehabcore.rules.quick.compilation"} & loaded
    assert not {name for name in loaded if name.startswith("rehabcore.instruments.model")}
    assert not {name for name in loaded if ".machines" in name}
    assert "rehabcore.care.plans.book" not in loaded


def test_importing_the_package_loads_no_room() -> None:
    loaded = {name for name in _loaded_after("import rehabcore") if name.startswith("rehabcore")}
    assert loaded == {"rehabcore", "rehabcore.strict", "rehabcore.strict.on_demand"}


@pytest.mark.parametrize(
    ("name", "loaded", "not_loaded"),
    [
        ("InputError", "rehabcore.strict.problems", "rehabcore.rules"),
        ("CaseFile", "rehabcore.records", "rehabcore.casework"),
        ("score", "rehabcore.instruments", "rehabcore.casework"),
    ],
)
def test_a_name_loads_what_it_needs_when_it_is_used(
    name: str, loaded: str, not_loaded: str
) -> None:
    modules = _loaded_after(f"import rehabcore; rehabcore.{name}")
    assert loaded in modules
    assert not_loaded not in modules


def test_the_list_of_commands_needs_no_room_and_no_dependency() -> None:
    loaded = _loaded_after("import rehabcore.__main__ as line; line._parser().format_help()")
    assert {"rehabcore.commands.chosen", "argparse"} <= loaded
    assert not {"attr", "typing", "rehabcore.reports", "rehabcore.commands.options"} & loaded


def test_a_command_loads_what_it_needs_when_it_is_chosen() -> None:
    chosen = "line._parser().parse_args(['jurisdictions', 'list'])"
    loaded = _loaded_after(f"import rehabcore.__main__ as line; {chosen}")
    assert "rehabcore.commands.countries" in loaded
    assert not {"rehabcore.commands.asking", "rehabcore.commands.scores"} & loaded


def test_an_object_is_told_by_the_name_of_its_class_and_the_names_of_those_above_it() -> None:
    class Narrower(InputError): ...

    named = class_named("rehabcore.strict.problems", "InputError")
    assert isinstance(InputError([]), named)
    assert issubclass(Narrower, named)
    assert not isinstance("InputError", named)
    assert not issubclass(ValueError, named)
