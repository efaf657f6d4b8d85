"""What importing the library costs and loads."""

import subprocess
import sys

import pytest

from rehabcore.strict.on_demand import class_named
from rehabcore.strict.problems import InputError

ALLOWED = {"attr", "attrs", "cattrs", "cattr", "dateutil", "six", "typing_extensions", "rehabcore"}

WALKED = """
import importlib, pkgutil, rehabcore
def every(package):
    for module in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        if module.name not in {apart}:
            found = importlib.import_module(module.name)
            if module.ispkg:
                every(found)
every(importlib.import_module({package!r}))
"""
KIT = "rehabcore.testing"


def _every_module(package: str = "rehabcore", *apart: str) -> str:
    """The statement that imports a package with all that is below it, but for some."""
    return WALKED.format(package=package, apart=apart)


def _loaded_after(statement: str) -> set[str]:
    code = (
        f"import sys; before = set(sys.modules)\n{statement}\n"
        "print(' '.join(sorted(set(sys.modules) - before)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_every_room_loads_only_the_three_dependencies() -> None:
    packages = _packages(_loaded_after(_every_module("rehabcore", KIT)))
    assert packages - ALLOWED == set()
    assert {"attr", "cattrs", "dateutil"} <= packages


def _packages(loaded: set[str]) -> set[str]:
    """The packages of some modules, without those of Python."""
    return {name.split(".")[0] for name in loaded} - sys.stdlib_module_names - {"tzdata"}


def test_only_the_testing_kit_loads_what_draws_and_runs_tests() -> None:
    needed = _packages(_loaded_after("import hypothesis.strategies, pytest"))
    assert _packages(_loaded_after(_every_module(KIT))) <= ALLOWED | needed
    assert not {"hypothesis", "pytest"} & _loaded_after(f"import {KIT}")
    assert "pytest" not in _loaded_after(f"import {KIT}.laws")


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
