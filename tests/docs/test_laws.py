"""Every law of communities, through-care and plans is a property, and is broken on purpose."""

import re
from importlib import import_module
from inspect import getsource
from types import ModuleType

import pytest
from hypothesis import is_hypothesis_test

from rehabcore.care.plans.laws.checking import plan_laws
from tests.kit.pages import page, rows

TITLES = re.compile(r"^## .*$", re.MULTILINE)
SECTIONS = TITLES.split(page("reference/laws.md"))[1:]
EVERY = [*(f"C{n}" for n in range(1, 13)), *(f"T{n}" for n in range(1, 19)), *plan_laws()]
LAW = r"^\| ([CPT]\d+) \| "
STATED = r"^\| (P\d+) \| (.+?) \|$"


def _module(name: str) -> ModuleType:
    return import_module(f"tests.properties.{name}")


def _mutants(module: ModuleType) -> list[str]:
    """The names of the mutants of a module, as its test shows them."""
    names = []
    for test in vars(module).values():
        for mark in getattr(test, "pytestmark", ()):
            if mark.name == "parametrize" and mark.args[1] is module.MUTANTS:
                names += [mark.kwargs["ids"](made) for made in module.MUTANTS]
    return names


def test_every_law_is_listed_once() -> None:
    listed = [law for section in SECTIONS for (law,) in rows(LAW, section)]
    assert sorted(listed, key=EVERY.index) == EVERY


def test_the_laws_of_plans_stand_as_the_data_states_them() -> None:
    stated = {law_id: law.statement.in_language("en")[0] for law_id, law in plan_laws().items()}
    listed = [row for section in SECTIONS for row in rows(STATED, section)]
    assert dict(listed) == stated


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.split("`")[1])
def test_every_law_is_tried_on_what_is_drawn_and_has_a_mutant(section: str) -> None:
    tried, broken = section.split("broken in")
    [module] = map(_module, re.findall(r"`(\w+)\.py`", tried))
    tests = [getattr(module, name) for name in re.findall(r"`(test_\w+)`", tried)]
    assert all(map(is_hypothesis_test, tests))
    [mutants] = [_mutants(_module(name)) for name in re.findall(r"`(\w+)\.py`", broken)]
    for (law,) in rows(LAW, section):
        name = f"law_{law.lower()}"
        assert getattr(module, name).__doc__
        inner = [test.hypothesis.inner_test for test in tests]
        assert any(f"{name}(" in getsource(test) or "in LAWS" in getsource(test) for test in inner)
        assert [made for made in mutants if re.match(rf"{name}\b|{name}_", made)], law
